//! Pictures for people: SVG by `plotters`. The only floats of the project, for places on paper.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::float_arithmetic,
    reason = "a place in a picture is no result, and its numbers are small"
)]

use bandwidth_cost::Ratio;
use plotters::{
    coord::Shift,
    prelude::*,
    style::text_anchor::{HPos, Pos, VPos},
};
use std::{error::Error, fs, iter, path::Path};

/// A picture's width and height.
const SIZE: (i32, i32) = (1200, 720);
/// What is left free right of the plot and below it.
const MARGINS: (i32, i32) = (40, 90);
const TITLE: i32 = 30;
const TEXT: i32 = 24;
/// A letter's width by its height, more than most have: so that no text runs into another.
const LETTER: f64 = 0.5;

const INK: RGBColor = RGBColor(40, 40, 40);
const GRID: RGBColor = RGBColor(220, 220, 220);
/// Okabe and Ito's palette, which the colour-blind can tell apart.
const COLOURS: [RGBColor; 6] = [
    RGBColor(0, 114, 178),
    RGBColor(213, 94, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(230, 159, 0),
    RGBColor(86, 180, 233),
];

type Result<T> = std::result::Result<T, Box<dyn Error>>;
type Canvas<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// What the axes and the picture are called.
pub(crate) struct Labels<'a> {
    pub(crate) title: &'a str,
    pub(crate) x: &'a str,
    pub(crate) y: &'a str,
}

/// One entry of the legend: its name and a value for each group; a value of zero has no place on a
/// logarithmic axis and is left out.
pub(crate) struct Series {
    pub(crate) name: String,
    pub(crate) values: Vec<f64>,
}

/// Draws groups side by side, in each a dot on a stem for each series, on a logarithmic axis.
pub(crate) fn grouped(
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
    let names = all.iter().map(|series| &*series.name);
    let (canvas, plot) = frame(&mut svg, labels, names, &ticks)?;
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

/// A number as a height.
pub(crate) fn height(number: &Ratio) -> f64 {
    format!("{number:.6}").parse().unwrap_or_default()
}

/// White paper with the title, the legend in rows below it, and the axes' names; and the part of
/// it that is left for the plot.
fn frame<'a, 'n>(
    svg: &'a mut String,
    labels: &Labels<'_>,
    names: impl Iterator<Item = &'n str>,
    ticks: &[String],
) -> Result<(Canvas<'a>, Canvas<'a>)> {
    let (width, height) = SIZE;
    let (right, bottom) = MARGINS;
    let left = TEXT * 3 + widest(ticks);
    let size = (width.unsigned_abs(), height.unsigned_abs());
    let canvas = SVGBackend::with_string(svg, size).into_drawing_area();
    canvas.fill(&WHITE)?;
    let title = style(TITLE, HPos::Left, VPos::Top);
    canvas.draw(&Text::new(labels.title, (left, TITLE / 2), title))?;

    let (mut x, mut y) = (left, TITLE * 5 / 2);
    for (name, colour) in names.zip(COLOURS.iter().cycle()) {
        let advance = text_width(name) + TEXT * 2;
        if x > left && x + advance > width {
            (x, y) = (left, y + TEXT * 3 / 2);
        }
        canvas.draw(&Circle::new((x + 7, y), 7, colour.filled()))?;
        canvas.draw(&text(name.to_owned(), (x + 20, y), HPos::Left, VPos::Center))?;
        x += advance;
    }

    let plot = canvas.clone().margin(y + TEXT * 3 / 2, bottom, left, right);
    let (across, down) = plot.get_pixel_range();
    let middle = ((across.start + across.end) / 2, (down.start + down.end) / 2);
    let below = (middle.0, height - TEXT / 2);
    canvas.draw(&text(labels.x.to_owned(), below, HPos::Center, VPos::Bottom))?;
    let turned = style(TEXT, HPos::Center, VPos::Top).transform(FontTransform::Rotate270);
    canvas.draw(&Text::new(labels.y.to_owned(), (TEXT / 2, middle.1), turned))?;
    Ok((canvas, plot))
}

fn style<'a>(size: i32, h: HPos, v: VPos) -> TextStyle<'a> {
    ("sans-serif", size).into_font().color(&INK).pos(Pos::new(h, v))
}

fn text(words: String, at: (i32, i32), h: HPos, v: VPos) -> Text<'static, (i32, i32), String> {
    Text::new(words, at, style(TEXT, h, v))
}

fn text_width(words: &str) -> i32 {
    place(words.chars().count() as f64 * f64::from(TEXT) * LETTER)
}

fn widest(words: &[String]) -> i32 {
    words.iter().map(|words| text_width(words)).max().unwrap_or_default()
}

/// The nearest place on the paper.
#[allow(clippy::cast_possible_truncation, reason = "a picture is far smaller than i32")]
fn place(at: f64) -> i32 {
    at.round() as i32
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
