//! A link's traffic over time, with levels across it and some slots marked.

use super::{
    COLOURS, Entry, GRID, INK, Labels, Mark, Result, TEXT, frame, height as height_of, place, text,
    text_width,
};
use crate::chart::Traffic;
use bandwidth_cost::{
    Ratio,
    jiff::{Span, Timestamp, tz::TimeZone},
};
use plotters::{
    prelude::*,
    style::text_anchor::{HPos, VPos},
};

/// Draws the traffic; `labels.y` names the unit of its rates.
pub(super) fn draw(labels: &Labels<'_>, drawn: &Traffic) -> Result<String> {
    let slots: Vec<(Timestamp, f64)> =
        drawn.slots.iter().map(|(at, rate)| (*at, height_of(rate))).collect();
    let levels: Vec<f64> = drawn.levels.iter().map(|(_, level)| height_of(level)).collect();
    let (Some(first), Some(last)) = (slots.first(), slots.last()) else {
        return Err("no traffic to draw".into());
    };
    let highest = slots.iter().map(|slot| slot.1).chain(levels.iter().copied());
    let (step, steps) = steps(highest.fold(0.0, f64::max));
    let grouped = |tick: i32| format!("{:#}", Ratio::from(i64::from(tick * step)));
    let ticks: Vec<String> = (0..=steps).rev().map(grouped).collect();

    let [line, dots, level_colours @ ..] = COLOURS;
    let mut legend = vec![Entry { name: drawn.name.clone(), colour: line, mark: Mark::Line }];
    let marked = drawn.marked.as_ref().filter(|(_, marked)| marked.contains(&true));
    if let Some((name, _)) = marked {
        legend.push(Entry { name: name.clone(), colour: dots, mark: Mark::Dot });
    }
    if let Some(usual) = &drawn.usual {
        legend.push(Entry { name: usual.name.clone(), colour: INK, mark: Mark::Line });
        legend.push(Entry { name: usual.excess_name.clone(), colour: dots, mark: Mark::Dot });
    }
    for ((name, _), colour) in drawn.levels.iter().zip(level_colours) {
        legend.push(Entry { name: name.clone(), colour, mark: Mark::Line });
    }
    let mut svg = String::new();
    let (canvas, plot) = frame(&mut svg, labels, &legend, &ticks)?;
    let (left, top) = plot.get_base_pixel();
    let (width, height) = plot.dim_in_pixel();
    let (width, height) = (f64::from(width), f64::from(height));
    let seconds = |at: Timestamp| at.duration_since(first.0).as_secs_f64();
    // Stairs need room for the last slot, as wide as the others.
    let room = if drawn.usual.is_some() { 1.0 + 1.0 / slots.len() as f64 } else { 1.0 };
    let whole = seconds(last.0).max(1.0) * room;
    let x_of = |at: Timestamp| place(seconds(at) / whole * width);
    let y_of = |value: f64| place((1.0 - value / f64::from(steps * step)) * height);

    for (tick, value) in ticks.into_iter().zip((0..=steps).rev()) {
        let y = y_of(f64::from(value * step));
        plot.draw(&PathElement::new([(0, y), (place(width), y)], GRID))?;
        canvas.draw(&text(tick, (left - 12, top + y), HPos::Right, VPos::Center))?;
    }
    for (at, name) in days(first.0, last.0, &drawn.zone, width) {
        let x = x_of(at);
        plot.draw(&PathElement::new([(x, 0), (x, place(height))], GRID))?;
        let below = (left + x, top + place(height) + 12);
        canvas.draw(&text(name, below, HPos::Center, VPos::Top))?;
    }

    if let Some(usual) = &drawn.usual {
        // Few slots: each is a step from its start to its end.
        let starts = slots.iter().map(|slot| x_of(slot.0));
        let ends = starts.clone().skip(1).chain([place(width)]);
        let edges: Vec<(i32, i32)> = starts.zip(ends).collect();
        let usual: Vec<f64> = usual.rates.iter().map(height_of).collect();
        let above = edges.iter().zip(&slots).zip(&usual);
        for ((&(start, end), &(_, rate)), &usual) in
            above.filter(|((_, slot), usual)| slot.1 > **usual)
        {
            let corners = [(start, y_of(rate)), (end, y_of(usual))];
            plot.draw(&Rectangle::new(corners, dots.mix(0.6).filled()))?;
        }
        let stairs = |rates: &mut dyn Iterator<Item = f64>| -> Vec<(i32, i32)> {
            let steps = edges.iter().zip(rates);
            steps
                .flat_map(|(&(start, end), rate)| [(start, y_of(rate)), (end, y_of(rate))])
                .collect()
        };
        let rates = stairs(&mut slots.iter().map(|slot| slot.1));
        // Wider than the usual rates, and these dashed, so that it is seen where both are the same.
        plot.draw(&PathElement::new(rates, line.stroke_width(6)))?;
        let usual = stairs(&mut usual.iter().copied());
        // Dashes of about 12 pixels, two points a slot; whole where a slot is wider than that.
        let dash = place(12.0 * slots.len() as f64 / width);
        let (points, every) =
            if dash < 2 { (usual.len(), 1) } else { (dash.unsigned_abs() as usize * 2, 2) };
        for part in usual.chunks(points).step_by(every) {
            plot.draw(&PathElement::new(part.to_vec(), INK.stroke_width(2)))?;
        }
    } else {
        // As many points as the paper can show: the lowest and the highest of each column.
        let mut columns: Vec<(i32, i32, i32)> = Vec::new();
        for &(at, rate) in &slots {
            let (x, y) = (x_of(at), y_of(rate));
            match columns.last_mut() {
                Some(column) if column.0 == x => {
                    *column = (x, column.1.min(y), column.2.max(y));
                }
                _ => columns.push((x, y, y)),
            }
        }
        let ends = columns.iter().flat_map(|&(x, high, low)| [(x, high), (x, low)]);
        plot.draw(&PathElement::new(ends.collect::<Vec<_>>(), line))?;
    }
    let marked = marked.into_iter().flat_map(|(_, marked)| marked);
    for (&(at, rate), _) in slots.iter().zip(marked).filter(|(_, marked)| **marked) {
        plot.draw(&Circle::new((x_of(at), y_of(rate)), 2, dots.filled()))?;
    }
    for (level, colour) in levels.iter().zip(level_colours) {
        let y = y_of(*level);
        plot.draw(&PathElement::new([(0, y), (place(width), y)], colour.stroke_width(3)))?;
    }
    plot.draw(&PathElement::new([(0, place(height)), (place(width), place(height))], INK))?;
    canvas.present()?;
    drop((plot, canvas));
    Ok(svg)
}

/// A round step, and how many of them reach `highest`: 4 to 8 or so. `highest` must be far below 2³¹,
/// as it is in the unit that suits it.
pub(super) fn steps(highest: f64) -> (i32, i32) {
    let (mut step, mut power) = (1, 1_i32);
    for factor in [2, 5, 10].into_iter().cycle() {
        if f64::from(step) * 8.0 >= highest || power > 10_000_000 {
            break;
        }
        step = power * factor;
        if factor == 10 {
            power *= 10;
        }
    }
    (step, place((highest / f64::from(step)).ceil()).max(1))
}

/// Midnights with their names, so far apart that the names do not touch.
fn days(
    first: Timestamp,
    last: Timestamp,
    zone: &TimeZone,
    width: f64,
) -> Vec<(Timestamp, String)> {
    let whole = last.duration_since(first).as_secs_f64();
    let needed = f64::from(text_width("30 Sep") + TEXT);
    let apart = |days: f64| days * 86_400.0 / whole.max(1.0) * width;
    let every = [1, 2, 5, 7, 14, 28, 91, 365].into_iter().find(|&d| apart(f64::from(d)) >= needed);
    let every = usize::try_from(every.unwrap_or(3_650)).unwrap_or(1);
    let dates = zone.to_datetime(first).date().series(Span::new().days(1));
    let midnights = dates.filter_map(|date| zone.to_timestamp(date.at(0, 0, 0, 0)).ok());
    let name = |at: Timestamp| zone.to_datetime(at).strftime("%-d %b").to_string();
    midnights
        .map(|midnight| (midnight, name(midnight)))
        .skip_while(|(at, _)| *at < first)
        .take_while(|(at, _)| *at <= last)
        .step_by(every)
        .collect()
}
