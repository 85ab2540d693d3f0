//! Bars side by side for each of some groups, on an axis from zero, with levels across it.

use super::{
    COLOURS, Entry, GRID, INK, Labels, Mark, Result, frame, height, place, text, traffic::steps,
    widest,
};
use crate::chart::Bars;
use bandwidth_cost::Ratio;
use plotters::{
    prelude::*,
    style::text_anchor::{HPos, VPos},
};

/// Draws the bars, the value of each above it if all fit; `labels.y` names the unit of the values.
pub(super) fn draw(labels: &Labels<'_>, drawn: &Bars) -> Result<String> {
    let values = drawn.series.iter().flat_map(|(_, values)| values);
    let values = values.chain(drawn.levels.iter().map(|(_, level)| level));
    // Some room above the highest for its value.
    let (step, steps) = steps(values.map(height).fold(0.0, f64::max) * 1.1);
    let grouped = |tick: i32| format!("{:#}", Ratio::from(i64::from(tick * step)));
    let ticks: Vec<String> = (0..=steps).rev().map(grouped).collect();

    let entry = |name: &String, colour, mark| Entry { name: name.clone(), colour, mark };
    let bars = drawn.series.iter().zip(COLOURS);
    let levels = drawn.levels.iter().zip(COLOURS.into_iter().skip(drawn.series.len()));
    let legend = bars.clone().map(|((name, _), colour)| entry(name, colour, Mark::Dot));
    let lines = levels.clone().map(|((name, _), colour)| entry(name, colour, Mark::Line));
    let legend: Vec<Entry> = legend.chain(lines).collect();
    let mut svg = String::new();
    let (canvas, plot) = frame(&mut svg, labels, &legend, &ticks)?;
    let (left, top) = plot.get_base_pixel();
    let (width, bottom) = plot.dim_in_pixel();
    let (width, bottom) = (f64::from(width), f64::from(bottom));
    let y_of = |value: f64| place((1.0 - value / f64::from(steps * step)) * bottom);
    let across = |y, style| PathElement::new([(0, y), (place(width), y)], style);

    for (tick, value) in ticks.into_iter().zip((0..=steps).rev()) {
        let y = y_of(f64::from(value * step));
        plot.draw(&across(y, ShapeStyle::from(GRID)))?;
        canvas.draw(&text(tick, (left - 12, top + y), HPos::Right, VPos::Center))?;
    }
    let group_width = width / drawn.groups.len().max(1) as f64;
    // Half a bar is left free on each side of a group.
    let bar = group_width / (drawn.series.len() + 1) as f64;
    let name = |value: &Ratio| format!("{value:#.1}");
    let names = drawn.series.iter().flat_map(|(_, values)| values.iter().map(name));
    let names_fit = f64::from(widest(&names.collect::<Vec<_>>())) <= bar;
    for (index, group) in drawn.groups.iter().enumerate() {
        let middle = place((index as f64 + 0.5) * group_width);
        let below = (left + middle, top + place(bottom) + 12);
        canvas.draw(&text(group.clone(), below, HPos::Center, VPos::Top))?;
        for (slot, ((_, values), colour)) in bars.clone().enumerate() {
            let Some(value) = values.get(index) else { continue };
            let x_of = |bars: f64| place(index as f64 * group_width + (slot as f64 + bars) * bar);
            let y = y_of(height(value));
            let corners = [(x_of(0.55), y), (x_of(1.45), place(bottom))];
            plot.draw(&Rectangle::new(corners, colour.filled()))?;
            if names_fit {
                let above = (left + x_of(1.0), top + y - 6);
                canvas.draw(&text(name(value), above, HPos::Center, VPos::Bottom))?;
            }
        }
    }
    for ((_, level), colour) in levels {
        plot.draw(&across(y_of(height(level)), colour.stroke_width(3)))?;
    }
    plot.draw(&across(place(bottom), ShapeStyle::from(INK)))?;
    canvas.present()?;
    drop((plot, canvas));
    Ok(svg)
}
