//! SVG by `plotters`. The only floats of the project, for places on paper.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::float_arithmetic,
    reason = "a place in a picture is no result, and its numbers are small"
)]

mod bars;
mod curves;
mod dots;
mod fan;
mod traffic;

use super::{Labels, Picture};
use bandwidth_cost::Ratio;
use plotters::{
    coord::Shift,
    prelude::*,
    style::text_anchor::{HPos, Pos, VPos},
};
use std::{error::Error, fs, path::Path};

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

/// Draws the picture and writes it to a file, with its title and its description.
pub(super) fn draw(file: &Path, labels: &Labels<'_>, picture: &Picture) -> Result<()> {
    let svg = match picture {
        Picture::Bars(bars) => bars::draw(labels, bars)?,
        Picture::Curves(curves) => curves::draw(labels, curves)?,
        Picture::Dots(dots) => dots::draw(labels, dots)?,
        Picture::Fan(fan) => fan::draw(labels, fan)?,
        Picture::Traffic(traffic) => traffic::draw(labels, traffic)?,
    };
    let (head, body) = svg.split_once(">\n").ok_or("plotters wrote no picture")?;
    let [title, description] = [labels.title, labels.description].map(escaped);
    let svg =
        format!("{head} role=\"img\">\n<title>{title}</title>\n<desc>{description}</desc>\n{body}");
    fs::write(file, svg).map_err(|error| format!("{}: {error}", file.display()).into())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
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

/// A number as a height.
fn height(number: &Ratio) -> f64 {
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
#[expect(clippy::cast_possible_truncation, reason = "a picture is far smaller than i32")]
fn place(at: f64) -> i32 {
    at.round() as i32
}
