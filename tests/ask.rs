//! The commands that answer questions, as their users meet them: every form of every answer, every message.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use common::{GOAL, Place, fixtures, output, show, snapshot, titled};

/// Runs the program in `fixtures/`, once for each list of arguments.
fn runs(all: &[&[&str]]) -> String {
    let run = |args: &&[&str]| show(args, &output(&fixtures(), args, b"", &[]));
    all.iter().map(run).collect::<Vec<_>>().join("\n").replace('\r', "␍")
}

#[test]
fn goals_are_listed() {
    snapshot(
        "ask-list",
        &runs(&[
            &["list", "2026"],
            &["list", "2025h1", "--team", "docs-tools", "--status", "proposed"],
            &["list", "2026", "--person", "@MARA-okafor", "-q"],
            &["list", "--person", "rnordmann", "--team", "compiler", "--format", "json"],
            &["list", "2026", "--format", "csv"],
            &["list", "2026", "--format", "markdown", "-q"],
        ]),
    );
}

#[test]
fn asks_are_shown_with_totals() {
    snapshot(
        "ask-asks",
        &runs(&[
            &["asks", "2026"],
            &["asks", "2025h1"],
            &["asks", "2026", "--team", "[Lang]", "--format", "markdown"],
            &["asks", "2025h1", "--person", "priya-raman", "--format", "csv", "-q"],
            &["asks", "2026", "--totals", "teams", "-q"],
            &["asks", "2026", "--totals", "champions", "--format", "markdown", "-q"],
            &["asks", "2025h1", "--totals", "people", "--format", "csv", "-q"],
            &["asks", "2025h1", "--status", "not accepted"],
        ]),
    );
    snapshot("ask-asks-json", &runs(&[&["asks", "2026", "--team", "lang", "--format", "json"]]));
}

#[test]
fn names_that_mean_nothing_are_failures() {
    snapshot(
        "ask-unknown-names",
        &runs(&[
            &["asks", "--team", "complier"],
            &["asks", "--team", "nonsense"],
            &["list", "--person", "@mara-okafr"],
            &["list", "--person", "Mara Okafor"],
            &["list", "--person", "nobody-of-that-name"],
            &["list", "2026", "--status", "Acepted"],
            &["list", "2026", "--status", "x"],
            &["asks", "1999"],
            &["asks", "--format", "yaml"],
            &["asks", "--teams", "lang"],
            &["ask"],
            &["list", "2026/README.md"],
        ]),
    );
}

/// A slate with every kind of fault that hides something.
fn faulty() -> Place {
    let unknown = GOAL.replace("[compiler]", "[complier]").replace("# A goal", "# A `goal` of [links](x.md) | =1+1 #");
    let no_status = GOAL.replace("Proposed ", "Proposd  ").replace("@Manishearth", "nobody");
    let broken =
        GOAL.replace("| Metadata         |              |\n", "").replace("|------------------|--------------|\n", "");
    let hostile = GOAL
        .replace(
            "# A goal",
            "# ::error::\u{202e}漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字",
        )
        .replace("|       |\n", "| =HYPERLINK(\"x\"), ##[group] \u{1b}[31m a\\|b |\n");
    Place::with(&[
        ("src/2025h1/broken.md", &broken),
        ("src/2025h1/hostile.md", &hostile),
        ("src/2025h1/no-status.md", &no_status),
        ("src/2025h1/unknown.md", &unknown),
    ])
}

#[test]
fn a_slate_with_errors_is_answered_as_far_as_it_can_be_read() {
    let place = faulty();
    let runs = [
        place.run(&["list"]),
        place.run(&["asks"]),
        place.run(&["asks", "--format", "csv", "-q"]),
        place.run(&["asks", "--format", "markdown", "-q"]),
        place.run(&["list", "--format", "json", "-q", "--person", "manishearth"]),
        place.run(&["asks", "--team", "rustdoc"]),
        place.run(&["list", "--status", "Proposd"]),
        Place::new().run(&["list"]),
        Place::with(&[("src/2025h1/README.md", "# Goals\n")]).run(&["asks"]),
    ];
    // How many errors there are is for the rules to say; a new one is no reason to look at this again.
    let text = runs.join("\n").replace('\r', "␍");
    let lines = text.lines().map(|line| match line.split_once(" errors in this slate") {
        Some((before, after)) => {
            let before = before.trim_end_matches(|c: char| c.is_ascii_digit());
            format!("{before}[some] errors in this slate{after}")
        }
        None => line.to_owned(),
    });
    snapshot("ask-faulty", &lines.collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_pipe_gets_a_row_a_line_whatever_the_environment_says() {
    for args in [&["list", "2025h1"][..], &["list", "2026"], &["asks", "2026"], &["asks", "2026", "--totals", "people"]]
    {
        let run = |environment| output(&fixtures(), args, b"", environment);
        let text = run(&[("COLUMNS", "200")]).stdout;
        assert_eq!(run(&[("COLUMNS", "20")]).stdout, text);
        let text = String::from_utf8(text).unwrap();
        let fields: Vec<usize> = text.lines().map(|line| line.split('\t').count()).collect();
        assert!(fields.len() > 1 && fields.iter().all(|&count| count == fields[0] && count > 1), "{text}");
    }
    let rows = String::from_utf8(output(&fixtures(), &["list", "2026"], b"", &[]).stdout).unwrap();
    let goals = String::from_utf8(output(&fixtures(), &["list", "2026"], b"", &[]).stderr).unwrap();
    assert_eq!(goals.split(' ').next(), Some((rows.lines().count() - 1).to_string().as_str()));
}

#[test]
fn csv_is_read_back_as_it_was_meant() {
    // What a reader of RFC 4180 makes of it: as many fields in every row as there are heads, no stray line.
    for args in [&["asks", "2025h1"][..], &["asks", "2026"], &["list", "2026"], &["asks", "--totals", "people"]] {
        let run = output(&fixtures(), &[args, &["--format", "csv"]].concat(), b"", &[]);
        let rows = records(&String::from_utf8(run.stdout).unwrap());
        assert!(rows.len() > 1 && rows.iter().all(|row| row.len() == rows[0].len()), "{rows:#?}");
    }
    let text = String::from_utf8(faulty().output(&["asks", "--format", "csv"], b"").stdout).unwrap();
    let rows = records(&text);
    assert!(rows.iter().flatten().all(|cell| !cell.starts_with(['=', '@', '+', '-'])), "{rows:#?}");
    assert!(rows.iter().flatten().any(|cell| cell.starts_with("'=HYPERLINK(\"x\")")), "{rows:#?}");
}

/// Reads CSV strictly.
fn records(text: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for line in text.strip_suffix("\r\n").unwrap().split("\r\n") {
        let (mut row, mut rest) = (Vec::new(), line);
        loop {
            let (cell, after) = if let Some(quoted) = rest.strip_prefix('"') {
                let closes = |at: &usize| quoted[at + 1..].starts_with(',') || at + 1 == quoted.len();
                let alone = |at: &usize| quoted[..*at].bytes().rev().take_while(|&byte| byte == b'"').count() % 2 == 0;
                let end = quoted.match_indices('"').map(|(at, _)| at).find(|at| closes(at) && alone(at)).unwrap();
                (quoted[..end].replace("\"\"", "\""), &quoted[end + 1..])
            } else {
                let end = rest.find(',').unwrap_or(rest.len());
                assert!(!rest[..end].contains('"'), "{line}");
                (rest[..end].to_owned(), &rest[end..])
            };
            row.push(cell);
            match after.strip_prefix(',') {
                Some(after) => rest = after,
                None => break assert!(after.is_empty(), "{line}"),
            }
        }
        rows.push(row);
    }
    rows
}

#[test]
#[cfg(unix)]
fn a_closed_pipe_ends_quietly() {
    use std::process::{Command, Stdio};
    for args in [&["asks"][..], &["list"], &["roster"], &["config"], &["completions", "bash"], &["man"], &["--help"]] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_goals"))
            .args(args)
            .current_dir(fixtures())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let run = child.wait_with_output().unwrap();
        let text = String::from_utf8_lossy(&run.stderr);
        assert!(
            run.status.success() && !text.contains("panicked") && !text.contains("failed to write"),
            "{args:?}: {text}"
        );
    }
}

#[test]
fn markdown_links_goals_to_their_pages() {
    let goal = |title: &str| titled(GOAL, title);
    let files = [
        ("src/2025h1/@everyone (x).md", goal("With `code` and [a link](https://example.org)")),
        ("src/2025h1/sub/README.md", goal("Below")),
    ];
    let place = Place::new();
    for (name, text) in &files {
        place.write(name, text.as_bytes());
    }
    let unlinked = place.run(&["list", "--format", "markdown"]);
    place.write("goals.toml", b"site = \"https://example.org/@goals/\"\n");
    let linked = ["list", "asks"].map(|command| place.run(&[command, "--format", "markdown"]));
    snapshot("ask-links", &format!("{unlinked}\n{}", linked.join("\n")));
}
