//! A range that narrows over time, with lines in it and a level across it.

use super::{
    COLOURS, Entry, GRID, INK, Labels, Mark, Result, TEXT, frame, height as height_of, place, text,
    text_width, traffic::steps,
};
use crate::chart::Fan;
use bandwidth_cost::Ratio;
use plotters::{
    prelude::*,
    style::text_anchor::{HPos, VPos},
};

/// A pale blue, behind the grid.
const BAND: RGBColor = RGBColor(191, 219, 236);

/// Draws the fan; `labels.x` and `labels.y` name the units of its axes.
pub(super) fn draw(labels: &Labels<'_>, drawn: &Fan) -> Result<String> {
    let (range_name, range) = &drawn.range;
    let range: Vec<[f64; 3]> =
        range.iter().map(|(at, low, high)| [at, low, high].map(height_of)).collect();
    let (Some([first, ..]), Some([last, ..])) = (range.first(), range.last()) else {
        return Err("no forecasts to draw".into());
    };
    let in_lines = drawn.lines.iter().flat_map(|(_, points)| points).map(|(_, y)| height_of(y));
    let level = height_of(&drawn.level.1);
    let highest = range.iter().map(|[_, _, high]| *high).chain(in_lines).chain([level]);
    let (y_step, y_steps) = steps(highest.fold(0.0, f64::max));
    let grouped = |number: i32| format!("{:#}", Ratio::from(i64::from(number)));
    let ticks: Vec<String> = (0..=y_steps).rev().map(|tick| grouped(tick * y_step)).collect();

    let [_, level_colour, line_colours @ ..] = COLOURS;
    let coloured = || drawn.lines.iter().zip(line_colours.into_iter().cycle());
    let entry = |name: &String, colour, mark| Entry { name: name.clone(), colour, mark };
    let legend: Vec<Entry> = core::iter::once(entry(range_name, BAND, Mark::Dot))
        .chain([entry(&drawn.level.0, level_colour, Mark::Line)])
        .chain(coloured().map(|((name, _), colour)| entry(name, colour, Mark::Line)))
        .collect();
    let mut svg = String::new();
    let (canvas, plot) = frame(&mut svg, labels, &legend, &ticks)?;
    let (left, top) = plot.get_base_pixel();
    let (width, height) = plot.dim_in_pixel();
    let (width, height) = (f64::from(width), f64::from(height));
    let x_of = |at: f64| place((at - first) / (last - first).max(1.0) * width);
    let y_of = |value: f64| place((1.0 - value / f64::from(y_steps * y_step)) * height);

    let highs = range.iter().map(|[at, _, high]| (x_of(*at), y_of(*high)));
    let lows = range.iter().rev().map(|[at, low, _]| (x_of(*at), y_of(*low)));
    plot.draw(&Polygon::new(highs.chain(lows).collect::<Vec<_>>(), BAND.filled()))?;
    for (tick, value) in ticks.into_iter().zip((0..=y_steps).rev()) {
        let y = y_of(f64::from(value * y_step));
        plot.draw(&PathElement::new([(0, y), (place(width), y)], GRID))?;
        canvas.draw(&text(tick, (left - 12, top + y), HPos::Right, VPos::Center))?;
    }
    let wide = f64::from(text_width("30") + TEXT);
    let every = (wide * range.len() as f64 / width).ceil().max(1.0);
    for at in range.iter().map(|[at, ..]| *at).filter(|at| *at % every == 0.0) {
        let x = x_of(at);
        plot.draw(&PathElement::new([(x, 0), (x, place(height))], GRID))?;
        let below = (left + x, top + place(height) + 12);
        canvas.draw(&text(grouped(place(at)), below, HPos::Center, VPos::Top))?;
    }
    let across = [(0, y_of(level)), (place(width), y_of(level))];
    plot.draw(&PathElement::new(across, level_colour.stroke_width(3)))?;
    for (number, ((_, points), colour)) in coloured().enumerate() {
        let points: Vec<(i32, i32)> =
            points.iter().map(|(at, y)| (x_of(height_of(at)), y_of(height_of(y)))).collect();
        let wide = if number == 0 { 5 } else { 2 };
        plot.draw(&PathElement::new(points, colour.stroke_width(wide)))?;
    }
    plot.draw(&PathElement::new([(0, place(height)), (place(width), place(height))], INK))?;
    canvas.present()?;
    drop((plot, canvas));
    Ok(svg)
}
