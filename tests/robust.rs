//! Damaged files: whatever becomes of a goal's text, the engine answers, every place lies in the text, and fixes settle.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use common::Dice;
use goals::{ConfigFiles, FrontMatter, Level, Levels, Project, Slate, Source, fix, lint};

/// A text with one mistake of the kinds that people and programs make.
fn damaged(text: &str, dice: &mut Dice) -> Vec<u8> {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let at = dice.below(lines.len());
    let other = dice.below(lines.len());
    match dice.below(12) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(at, String::new()),
        2 => lines.insert(at, lines[other].clone()),
        3 => lines.swap(at, other),
        4 => lines[at] = lines[at].to_uppercase(),
        5 => lines[at] = lines[at].replacen('|', "", 1),
        6 => lines[at] = lines[at].replace(['[', ']'], ""),
        7 => lines[at] = format!("{} | `x\\|y` |", lines[at]),
        8 => lines[at] = format!("<!-- goals: allow(unknown-team) x --> {}", lines[at]),
        9 => lines[at] = format!("```{}", lines[at]),
        10 => return lines.join("\r").into_bytes(),
        _ => {
            let mut bytes = text.as_bytes().to_vec();
            let place = dice.below(bytes.len());
            bytes[place] = [0, 0xff, b'|', b'\n', b'[', b'`'][dice.below(6)];
            return bytes;
        }
    }
    lines.join("\n").into_bytes()
}

#[test]
fn damaged_goals_are_answered() {
    let project = Project::open(&common::fixtures(), ConfigFiles::default(), None).unwrap();
    let levels = Levels::built_in().unwrap();
    let mut dice = Dice(42);
    for directory in ["2025h1", "2026"] {
        let reading = project.read_slate(&goals::Disk, &common::fixtures().join(directory), None).unwrap();
        for (index, file) in reading.slate.files.iter().enumerate() {
            for _ in 0..12 {
                let bytes = damaged(file.source.text(), &mut dice);
                let mut sources: Vec<Source> = reading.slate.files.iter().map(|file| file.source.clone()).collect();
                sources[index] = Source::from_bytes(file.source.path(), bytes.clone());
                let slate = project.slate(directory, None, false, sources).unwrap().slate;
                answered(&slate, &project, &levels, &String::from_utf8_lossy(&bytes));
            }
        }
    }
}

fn answered(slate: &Slate, project: &Project, levels: &Levels, text: &str) {
    for reported in lint(slate, levels) {
        let places = reported.finding.related.iter().map(|related| (related.file, related.span));
        for (file, span) in places.chain([(reported.file, reported.finding.span)]) {
            assert!(slate.files[file].source.text().get(span.range()).is_some(), "{reported:?}\n{text}");
        }
    }
    let once = fix(slate, levels, |_| true);
    let twice = fix(&once.slate, levels, |_| true);
    assert!(twice.texts.is_empty(), "a second run mends more:\n{text}");
    let errors = |slate: &Slate| lint(slate, levels).iter().filter(|reported| reported.level == Level::Error).count();
    assert!(errors(&once.slate) <= errors(slate), "a fix makes errors:\n{text}");
    if let Err(failure) = goals::rfc::assemble(slate, &project.config, &FrontMatter::default()) {
        panic!("{failure}:\n{text}");
    }
}
