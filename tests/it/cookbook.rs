//! The programs of `examples`: each prints what its last comment says.
#![cfg(all(feature = "csv", feature = "serde", feature = "toml"))]

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The first line of the comment that holds a program's output.
const PRINTS: &str = "\n// Prints:\n//\n";

/// The folder of the programs that are built with this test: `target/debug/examples`, for one.
fn folder() -> PathBuf {
    let test = env::current_exe().unwrap();
    test.parent().and_then(Path::parent).unwrap().join("examples")
}

/// Builds the programs, if this test was built without them, as by `cargo test --test it`.
fn build(folder: &Path) {
    let profile = folder.parent().unwrap();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--offline", "--examples", "--manifest-path"]);
    cargo.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"));
    cargo.args(["--package", env!("CARGO_PKG_NAME")]);
    cargo.arg("--target-dir").arg(profile.parent().unwrap());
    if profile.ends_with("release") {
        cargo.arg("--release");
    }
    assert!(cargo.status().unwrap().success(), "the examples do not build");
}

fn programs() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut programs: Vec<(String, String)> = files
        .filter(|file| file.extension().is_some_and(|extension| extension == "rs"))
        .map(|file| {
            let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(file).unwrap())
        })
        .collect();
    programs.sort();
    programs
}

#[test]
fn each_program_prints_what_its_last_comment_says() {
    let (programs, folder) = (programs(), folder());
    let file = |name: &str| folder.join(name).with_extension(env::consts::EXE_EXTENSION);
    if programs.iter().any(|(name, _)| !file(name).exists()) {
        build(&folder);
    }
    for (name, text) in &programs {
        let output = Command::new(file(name)).output().unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        let (_, comment) = text.split_once(PRINTS).unwrap_or_else(|| panic!("{name}: {printed}"));
        let comment_of = |line: &str| format!("// {line}").trim_end().to_owned() + "\n";
        let printed: String = printed.lines().map(comment_of).collect();
        assert_eq!(printed, comment, "{name}");
    }
}

#[test]
fn each_program_asks_one_question_in_few_lines() {
    let programs = programs();
    assert!((12..=40).contains(&programs.len()), "{} programs", programs.len());
    for (name, text) in programs {
        let question = text.lines().next().unwrap();
        assert!(question.starts_with("//! ") && question.ends_with('?'), "{name}: {question}");
        let program = text.split_once(PRINTS).unwrap().0;
        let lines = program.lines().filter(|line| !line.trim().is_empty()).count();
        assert!((10..=40).contains(&lines), "{name}: {lines} lines");
    }
}
