//! Pictures for people, drawn with the feature `plot`.

#[cfg(feature = "plot")]
mod plotted;

use bandwidth_cost::{
    DataRate, RateUnit, Ratio,
    jiff::{Timestamp, tz::TimeZone},
};
use std::{error::Error, path::Path};

/// The texts of a picture.
#[derive(Debug)]
pub struct Labels<'a> {
    /// What is drawn.
    pub title: &'a str,
    /// What the picture shows, for those who do not see it.
    pub description: &'a str,
    /// The name of the axis across.
    pub x: &'a str,
    /// The name of the axis upwards, with the unit of its numbers.
    pub y: &'a str,
}

/// What is drawn.
#[derive(Debug)]
pub enum Picture {
    /// Bars side by side.
    Bars(Bars),
    /// The costs of quantities as curves.
    Curves(Curves),
    /// Dots side by side, on a logarithmic axis.
    Dots(Dots),
    /// A range that narrows over time.
    Fan(Fan),
    /// A link's traffic over time.
    Traffic(Traffic),
}

/// Bars side by side for each of some groups, on an axis from zero, with levels across it.
#[derive(Debug)]
pub struct Bars {
    /// The groups' names.
    pub groups: Vec<String>,
    /// The entries of the legend, each with a value for each group.
    pub series: Vec<(String, Vec<Ratio>)>,
    /// Values that are the same for all groups.
    pub levels: Vec<(String, Ratio)>,
}

/// The costs of quantities as curves, on two axes from zero, with some points marked.
#[derive(Debug)]
pub struct Curves {
    /// The entries of the legend, each with the points of its curve from left to right: a quantity and
    /// its cost, in the units of the axes.
    pub curves: Vec<(String, Vec<(Ratio, Ratio)>)>,
    /// Points that are marked, and what they mean.
    pub marked: Option<(String, Vec<(Ratio, Ratio)>)>,
}

/// Dots side by side for each of some groups, on a logarithmic axis.
#[derive(Debug)]
pub struct Dots {
    /// The groups' names.
    pub groups: Vec<String>,
    /// The entries of the legend, each with a value for each group. Zero has no place on a
    /// logarithmic axis and is left out.
    pub series: Vec<(String, Vec<Ratio>)>,
}

/// A range that narrows over time, with lines in it and a level across it, on an axis from zero.
#[derive(Debug)]
pub struct Fan {
    /// The name of the range, and its lower and upper end at each time.
    pub range: (String, Vec<(Ratio, Ratio, Ratio)>),
    /// The entries of the legend, each with a value at each time; the first one is drawn the widest.
    pub lines: Vec<(String, Vec<(Ratio, Ratio)>)>,
    /// A value that is the same at all times, and its name.
    pub level: (String, Ratio),
}

/// A link's traffic over time, with levels across it and some slots marked.
#[derive(Debug)]
pub struct Traffic {
    /// Whose days the axis shows.
    pub zone: TimeZone,
    /// The name of the traffic.
    pub name: String,
    /// When each slot begins, and its rate.
    pub slots: Vec<(Timestamp, Ratio)>,
    /// Which slots are marked, and what that means.
    pub marked: Option<(String, Vec<bool>)>,
    /// Rates that are the same at all times.
    pub levels: Vec<(String, Ratio)>,
    /// The usual traffic, above which the traffic is shaded.
    pub usual: Option<Usual>,
}

/// The usual rate of each slot, with the names of the usual traffic and of the excess.
#[derive(Debug)]
pub struct Usual {
    /// The name of the usual traffic.
    pub name: String,
    /// The usual rate of each slot.
    pub rates: Vec<Ratio>,
    /// The name of the excess over it.
    pub excess_name: String,
}

/// Returns the unit in which rates up to `highest` are drawn: one in which the axis counts to 10 at
/// least.
#[must_use]
pub fn unit_of(highest: DataRate) -> RateUnit {
    let units = [RateUnit::Tbps, RateUnit::Gbps, RateUnit::Mbps, RateUnit::Kbps];
    let counts = |unit: &RateUnit| highest.in_unit(*unit) >= Ratio::from(10);
    units.into_iter().find(counts).unwrap_or(RateUnit::Bps)
}

/// Draws the picture into an SVG file.
///
/// # Errors
///
/// The file cannot be written, there is nothing to draw, or the program was built without the
/// feature `plot`.
#[cfg_attr(not(feature = "plot"), expect(unused_variables, reason = "there is no pen"))]
pub fn draw(file: &Path, labels: &Labels<'_>, picture: &Picture) -> Result<(), Box<dyn Error>> {
    #[cfg(feature = "plot")]
    return plotted::draw(file, labels, picture);
    #[cfg(not(feature = "plot"))]
    return Err("this program was built without pictures: run it with `--features plot`".into());
}
