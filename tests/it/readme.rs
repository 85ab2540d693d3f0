//! The README on a registry's page, which has none of the repository's files beside it.

const README: &str = include_str!("../../README.md");

/// Returns the texts between `start` and any of `end`.
fn between<'a>(line: &'a str, start: &'a str, end: &'a [char]) -> impl Iterator<Item = &'a str> {
    line.split(start).skip(1).filter_map(move |rest| rest.split(end).next())
}

/// Returns the targets of links and pictures, in text outside of programs.
fn targets(text: &str) -> Vec<&str> {
    let (mut fenced, mut found) = (false, Vec::new());
    for line in text.lines() {
        fenced ^= line.starts_with("```");
        if !fenced {
            found.extend(between(line, "](", &[')', ' ']));
            found.extend(between(line, "src=\"", &['"']));
            found.extend(between(line, "]: ", &[' ']).filter(|_| line.starts_with('[')));
        }
    }
    found
}

#[test]
fn targets_of_links_and_pictures_are_found() {
    let text = "[a](b) and ![c](d \"e\")\n\n[f]: g\n<img src=\"h\">\n```text\n[i](j)\n```\n";
    assert_eq!(targets(text), ["b", "d", "g", "h"]);
}

#[test]
fn every_link_and_picture_of_the_readmes_is_absolute() {
    let of_sql = concat!(env!("CARGO_MANIFEST_DIR"), "/datafusion/README.md");
    let of_sql = std::fs::read_to_string(of_sql).unwrap_or_default(); // not in the package
    for target in [targets(README), targets(&of_sql)].concat() {
        assert!(target.starts_with("https://"), "`{target}` breaks on a registry's page");
    }
    assert!(!targets(README).is_empty());
}

#[test]
fn the_readme_is_read_in_three_minutes() {
    assert!(README.lines().count() <= 150);
}

/// Five columns for each power of ten, from a million dollars on.
#[test]
#[expect(clippy::float_cmp, reason = "both are whole numbers of columns")]
fn each_dot_of_the_readmes_picture_stands_at_the_logarithm_of_its_amount() {
    let axis = README.lines().find_map(|line| line.find("$1M")).unwrap();
    let dots: Vec<&str> = README.lines().filter(|line| line.contains('●')).collect();
    assert_eq!(dots.len(), 4);
    for line in dots {
        let amount = line.split('●').nth(1).unwrap().trim().trim_end_matches(" USD");
        let amount: f64 = amount.replace(',', "").parse().unwrap();
        let column = line.find('●').unwrap() - axis;
        assert_eq!(
            f64::from(u32::try_from(column).unwrap()),
            (5.0 * (amount.log10() - 6.0)).round(),
            "{line}"
        );
    }
}
