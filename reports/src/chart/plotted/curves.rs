//! The costs of quantities as curves, with some points marked.

use super::{
    COLOURS, Entry, GRID, INK, Labels, MARGINS, Mark, Result, TEXT, frame, height as height_of,
    place, text, text_width, traffic::steps,
};
use crate::chart::Curves;
use bandwidth_cost::Ratio;
use plotters::{
    prelude::*,
    style::text_anchor::{HPos, VPos},
};

/// Draws the curves; `labels.x` and `labels.y` name the units of quantities and costs.
pub(super) fn draw(labels: &Labels<'_>, drawn: &Curves) -> Result<String> {
    let points = || drawn.curves.iter().flat_map(|(_, points)| points);
    let (x_step, x_steps) = steps(points().map(|point| height_of(&point.0)).fold(0.0, f64::max));
    let (y_step, y_steps) = steps(points().map(|point| height_of(&point.1)).fold(0.0, f64::max));
    let grouped = |number: i32| format!("{:#}", Ratio::from(i64::from(number)));
    let ticks: Vec<String> = (0..=y_steps).rev().map(|tick| grouped(tick * y_step)).collect();

    let coloured = || drawn.curves.iter().zip(COLOURS.into_iter().cycle());
    let entry = |name: &String, colour, mark| Entry { name: name.clone(), colour, mark };
    let lines = coloured().map(|((name, _), colour)| entry(name, colour, Mark::Line));
    let marked = drawn.marked.iter().map(|(name, _)| entry(name, INK, Mark::Dot));
    let legend: Vec<Entry> = lines.chain(marked).collect();
    let mut svg = String::new();
    let (canvas, plot) = frame(&mut svg, labels, &legend, &ticks)?;
    let (left, top) = plot.get_base_pixel();
    let (width, height) = plot.dim_in_pixel();
    let (width, height) = (f64::from(width), f64::from(height));
    let x_of = |value: f64| place(value / f64::from(x_steps * x_step) * width);
    let y_of = |value: f64| place((1.0 - value / f64::from(y_steps * y_step)) * height);
    let point = |(x, y): &(Ratio, Ratio)| (x_of(height_of(x)), y_of(height_of(y)));

    for (tick, value) in ticks.into_iter().zip((0..=y_steps).rev()) {
        let y = y_of(f64::from(value * y_step));
        plot.draw(&PathElement::new([(0, y), (place(width), y)], GRID))?;
        canvas.draw(&text(tick, (left - 12, top + y), HPos::Right, VPos::Center))?;
    }
    let longest = text_width(&grouped(x_steps * x_step)) + TEXT;
    let every = (f64::from(longest * x_steps) / width).ceil().max(1.0);
    for tick in 0..=x_steps {
        let x = x_of(f64::from(tick * x_step));
        plot.draw(&PathElement::new([(x, 0), (x, place(height))], GRID))?;
        // A long number at the end would not fit the paper.
        let fits = x + longest / 2 <= place(width) + MARGINS.0 + TEXT / 2;
        if fits && f64::from(tick) % every == 0.0 {
            let below = (left + x, top + place(height) + 12);
            canvas.draw(&text(grouped(tick * x_step), below, HPos::Center, VPos::Top))?;
        }
    }
    for ((_, points), colour) in coloured() {
        let points: Vec<(i32, i32)> = points.iter().map(point).collect();
        plot.draw(&PathElement::new(points, colour.stroke_width(4)))?;
    }
    for (x, y) in drawn.marked.iter().flat_map(|(_, points)| points).map(point) {
        plot.draw(&PathElement::new([(x, y), (x, place(height))], INK))?;
        plot.draw(&Circle::new((x, y), 7, INK.filled()))?;
    }
    plot.draw(&PathElement::new([(0, place(height)), (place(width), place(height))], INK))?;
    canvas.present()?;
    drop((plot, canvas));
    Ok(svg)
}
