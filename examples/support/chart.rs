//! Pictures for people: SVG by `plotters`. The only floats of the project, for places on paper.
#![allow(dead_code, reason = "each example draws its own kind")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::float_arithmetic,
    reason = "a place in a picture is no result, and its numbers are small"
)]

pub(crate) mod bars;
pub(crate) mod grouped;
pub(crate) mod traffic;

use bandwidth_cost::{DataRate, RateUnit, Ratio};
use plotters::{
    coord::Shift,
    prelude::*,
    style::text_anchor::{HPos, Pos, VPos},
};
use std::error::Error;

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

/// One entry of the legend.
struct Entry {
    name: String,
    colour: RGBColor,
    mark: Mark,
}

#[derive(Clone, Copy)]
enum Mark {
    Dot,
    Line,
}

/// The unit in which rates up to `highest` are drawn: one in which the axis counts to 10 at least.
pub(crate) fn unit_of(highest: DataRate) -> RateUnit {
    let units = [RateUnit::Tbps, RateUnit::Gbps, RateUnit::Mbps, RateUnit::Kbps];
    let counts = |unit: &RateUnit| highest.in_unit(*unit) >= Ratio::from(10);
    units.into_iter().find(counts).unwrap_or(RateUnit::Bps)
}

/// A number as a height.
pub(crate) fn height(number: &Ratio) -> f64 {
    format!("{number:.6}").parse().unwrap_or_default()
}

/// White paper with the title, the legend in rows below it, and the axes' names; and the part of
/// it that is left for the plot.
fn frame<'a>(
    svg: &'a mut String,
    labels: &Labels<'_>,
    legend: &[Entry],
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
    for Entry { name, colour, mark } in legend {
        let advance = text_width(name) + TEXT * 2;
        if x > left && x + advance > width {
            (x, y) = (left, y + TEXT * 3 / 2);
        }
        match mark {
            Mark::Dot => canvas.draw(&Circle::new((x + 7, y), 7, colour.filled()))?,
            Mark::Line => {
                canvas.draw(&PathElement::new([(x, y), (x + 14, y)], colour.stroke_width(4)))?;
            }
        }
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
