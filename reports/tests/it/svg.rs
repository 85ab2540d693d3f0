//! Reads a picture back: what is written in it, and where.
#![expect(clippy::float_arithmetic, reason = "places on paper")]

use roxmltree::{Document, Node};

/// A text of a picture and the box that it fills: left, top, right, bottom.
#[derive(Debug)]
pub(crate) struct TextBox {
    pub(crate) text: String,
    pub(crate) size: f64,
    sides: [f64; 4],
}

/// The texts of a picture; fails unless each lies on the paper and none touches another.
#[track_caller]
pub(crate) fn texts_without_overlap(svg: &str) -> Vec<TextBox> {
    let document = Document::parse(svg).unwrap();
    let number = |name| attribute(&document.root_element(), name);
    let paper = [0.0, 0.0, number("width"), number("height")];
    let nodes = document.descendants().filter(|node| node.has_tag_name("text"));
    let texts: Vec<TextBox> = nodes.map(|node| text_box(&node)).collect();
    for (index, text) in texts.iter().enumerate() {
        let [left, top, right, bottom] = text.sides;
        assert!(left >= paper[0] && top >= paper[1], "off the paper: {text:?}");
        assert!(right <= paper[2] && bottom <= paper[3], "off the paper: {text:?}");
        for other in texts.iter().take(index) {
            let [other_left, other_top, other_right, other_bottom] = other.sides;
            let apart = right < other_left
                || other_right < left
                || bottom < other_top
                || other_bottom < top;
            assert!(apart, "{text:?} touches {other:?}");
        }
    }
    texts
}

fn attribute(node: &Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).unwrap().parse().unwrap()
}

/// The box of a text in a common sans-serif font, rather too wide than too narrow.
fn text_box(node: &Node<'_, '_>) -> TextBox {
    const LETTER: f64 = 0.65;
    let text = node.text().unwrap().trim().to_owned();
    let (x, y, size) = (attribute(node, "x"), attribute(node, "y"), attribute(node, "font-size"));
    let width = text.chars().map(|_| LETTER * size).sum::<f64>();
    let before = match node.attribute("text-anchor").unwrap() {
        "start" => 0.0,
        "middle" => width / 2.0,
        "end" => width,
        anchor => panic!("unknown anchor {anchor}"),
    };
    let above = match node.attribute("dy").unwrap() {
        "0.76em" => 0.0,
        "0.5ex" => size / 2.0,
        "-0.5ex" => size,
        dy => panic!("unknown shift {dy}"),
    };
    let sides = if node.attribute("transform").is_some_and(|turn| turn.starts_with("rotate(270")) {
        [x - above, y - width + before, x - above + size, y + before]
    } else {
        [x - before, y - above, x - before + width, y - above + size]
    };
    TextBox { text, size, sides }
}
