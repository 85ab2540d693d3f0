//! Values of some series for each of some groups, on a logarithmic axis.

use super::{COLOURS, Entry, GRID, INK, Labels, Mark, Result, TEXT, frame, place, text, widest};
use plotters::{
    prelude::*,
    style::text_anchor::{HPos, VPos},
};
use std::{fs, iter, path::Path};

/// One entry of the legend: its name and a value for each group; a value of zero has no place on a
/// logarithmic axis and is left out.
pub(crate) struct Series {
    pub(crate) name: String,
    pub(crate) values: Vec<f64>,
}

/// Draws groups side by side, in each a dot on a stem for each series, on a logarithmic axis.
pub(crate) fn draw(
    file: &Path,
    labels: &Labels<'_>,
    groups: &[String],
    all: &[Series],
) -> Result<()> {
    let values = || all.iter().flat_map(|series| &series.values).copied().filter(|&v| v > 0.0);
    let highest = place(values().fold(1.0, f64::max).log10().ceil());
    let lowest = place(values().fold(f64::INFINITY, f64::min).log10().floor()).min(highest - 1);
    let ticks: Vec<String> = (lowest..=highest).rev().map(power_of_ten).collect();

    let mut svg = String::new();
    let legend = all.iter().zip(COLOURS.into_iter().cycle()).map(|(series, colour)| Entry {
        name: series.name.clone(),
        colour,
        mark: Mark::Dot,
    });
    let legend: Vec<Entry> = legend.collect();
    let (canvas, plot) = frame(&mut svg, labels, &legend, &ticks)?;
    let (left, top) = plot.get_base_pixel();
    let (width, height) = plot.dim_in_pixel();
    let (width, height) = (f64::from(width), f64::from(height));
    let decade = height / f64::from(highest - lowest);
    let y_of = |value: f64| place((f64::from(highest) - value.log10()) * decade);

    for (tick, exponent) in ticks.into_iter().zip((lowest..=highest).rev()) {
        let y = place(f64::from(highest - exponent) * decade);
        plot.draw(&PathElement::new([(0, y), (place(width), y)], GRID))?;
        canvas.draw(&text(tick, (left - 12, top + y), HPos::Right, VPos::Center))?;
    }

    let count = groups.len().max(1);
    let group_width = width / count as f64;
    let step = group_width / (all.len() + 1) as f64;
    let radius = place((step / 2.6).clamp(2.0, 8.0));
    let every = (f64::from(widest(groups) + TEXT) / group_width).ceil().max(1.0);
    for (index, group) in groups.iter().enumerate() {
        let x_of = |slot: f64| place(index as f64 * group_width + slot * step);
        if index > 0 {
            let x = x_of(0.0);
            plot.draw(&PathElement::new([(x, 0), (x, place(height))], GRID))?;
        }
        if index as f64 % every == 0.0 {
            let below = (left + x_of((all.len() + 1) as f64 / 2.0), top + place(height) + 12);
            canvas.draw(&text(group.clone(), below, HPos::Center, VPos::Top))?;
        }
        for (slot, (series, colour)) in all.iter().zip(COLOURS.iter().cycle()).enumerate() {
            let Some(&value) = series.values.get(index).filter(|&&value| value > 0.0) else {
                continue;
            };
            let (x, y) = (x_of((slot + 1) as f64), y_of(value));
            let stem = [(x, y), (x, place(height))];
            plot.draw(&PathElement::new(stem, colour.stroke_width(2)))?;
            plot.draw(&Circle::new((x, y), radius, colour.filled()))?;
        }
    }
    plot.draw(&PathElement::new([(0, place(height)), (place(width), place(height))], INK))?;
    canvas.present()?;
    drop((plot, canvas));
    fs::write(file, svg).map_err(|error| format!("{}: {error}", file.display()).into())
}

/// `1 thousand`, `10 million`: a power of ten in words.
fn power_of_ten(exponent: i32) -> String {
    const NAMES: [&str; 6] = ["", " thousand", " million", " billion", " trillion", " quadrillion"];
    let group = exponent.div_euclid(3);
    match usize::try_from(group).ok().and_then(|group| NAMES.get(group)) {
        Some(name) => {
            let zeros = usize::try_from(exponent.rem_euclid(3)).unwrap_or_default();
            iter::once('1').chain(iter::repeat_n('0', zeros)).chain(name.chars()).collect()
        }
        None => format!("10^{exponent}"),
    }
}
