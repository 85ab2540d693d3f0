//! Values of some series for each of some groups, on a logarithmic axis.

use super::{
    COLOURS, Entry, GRID, INK, Labels, Mark, Result, TEXT, frame, height, place, text, widest,
};
use crate::chart::Dots;
use plotters::{
    prelude::*,
    style::text_anchor::{HPos, VPos},
};
use std::iter;

/// Draws groups side by side, in each a dot for each series, on a logarithmic axis.
pub(super) fn draw(labels: &Labels<'_>, drawn: &Dots) -> Result<String> {
    let (groups, all) = (&drawn.groups, &drawn.series);
    let values = || all.iter().flat_map(|(_, values)| values).map(height).filter(|&v| v > 0.0);
    let highest = place(values().fold(1.0, f64::max).log10().ceil());
    let lowest = place(values().fold(f64::INFINITY, f64::min).log10().floor()).min(highest - 1);
    let ticks: Vec<String> = (lowest..=highest).rev().map(power_of_ten).collect();

    let mut svg = String::new();
    let legend = all.iter().zip(COLOURS.into_iter().cycle()).map(|((name, _), colour)| Entry {
        name: name.clone(),
        colour,
        mark: Mark::Dot,
    });
    let legend: Vec<Entry> = legend.collect();
    let (canvas, plot) = frame(&mut svg, labels, &legend, &ticks)?;
    let (left, top) = plot.get_base_pixel();
    let (width, bottom) = plot.dim_in_pixel();
    let (width, bottom) = (f64::from(width), f64::from(bottom));
    let decade = bottom / f64::from(highest - lowest);
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
            plot.draw(&PathElement::new([(x, 0), (x, place(bottom))], GRID))?;
        }
        if index as f64 % every == 0.0 {
            let below = (left + x_of((all.len() + 1) as f64 / 2.0), top + place(bottom) + 12);
            canvas.draw(&text(group.clone(), below, HPos::Center, VPos::Top))?;
        }
        for (slot, ((_, values), colour)) in all.iter().zip(COLOURS.iter().cycle()).enumerate() {
            let Some(value) = values.get(index).map(height).filter(|&value| value > 0.0) else {
                continue;
            };
            let (x, y) = (x_of((slot + 1) as f64), y_of(value));
            plot.draw(&Circle::new((x, y), radius, colour.filled()))?;
        }
    }
    plot.draw(&PathElement::new([(0, place(bottom)), (place(width), place(bottom))], INK))?;
    canvas.present()?;
    drop((plot, canvas));
    Ok(svg)
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
