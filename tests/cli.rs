//! The program as its users meet it: every kind of message, bad input of every kind, exit codes.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use common::{GOAL, Place, commands, fixtures, output, show, snapshot, titled};

/// A title, the files that there are, and the arguments.
type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a [&'a str]);

/// Runs each case in a place of its own and shows all in one text.
fn cases(cases: &[Case<'_>]) -> String {
    let run = |(title, files, args): &Case<'_>| format!("# {title}\n\n{}", Place::with(files).run(args));
    cases.iter().map(run).collect::<Vec<_>>().join("\n")
}

/// A goal with one error, on line 6.
fn bad_goal() -> String {
    GOAL.replace("Proposed ", "Proposd  ")
}

#[test]
fn help() {
    // Each command has a snapshot of its own, so a new one asks for one.
    let place = Place::new();
    for command in commands() {
        let args: Vec<&str> = command.iter().map(String::as_str).chain(["--help"]).collect();
        snapshot(&format!("help-{}", command.join("-")), &place.run(&args));
    }
    snapshot("help", &[&["--help"], &["--version"]].map(|args| place.run(args)).join("\n"));
}

#[test]
fn bad_arguments() {
    let goal: &[(&str, &str)] = &[("src/2025h1/a.md", GOAL)];
    snapshot(
        "cli-bad-arguments",
        &cases(&[
            ("no command", &[], &[]),
            ("an unknown command", &[], &["lnt"]),
            ("an unknown option", &[], &["lint", "--deny-warning"]),
            ("an unknown format", &[], &["lint", "--format", "jsn"]),
            ("no period", goal, &["lint", "--period", "soon"]),
            ("an unknown rule", goal, &["lint", "--deny", "unknown-teams"]),
            ("a rule that is like no other", goal, &["lint", "--allow", "x"]),
            ("standard input without a name", goal, &["lint", "-"]),
            ("a name without standard input", goal, &["lint", "--stdin-filename", "src/2025h1/a.md"]),
            ("a path that does not exist", goal, &["lint", "src/2025h1/b.md", "src/2025h1/a.md"]),
            ("a file that is no Markdown", &[("2025h1/a.txt", "x")], &["lint", "2025h1/a.txt"]),
            ("a file in no slate", &[("notes/a.md", GOAL)], &["lint", "notes/a.md"]),
            ("a template for goals", &[("2025h1/TEMPLATE.md", "# T\n")], &["lint", "2025h1/TEMPLATE.md"]),
            ("a directory without goals", &[("notes/a.md", "# Notes\n")], &["lint", "notes"]),
            ("an empty slate", &[("src/2025h1/goals.md", "# Goals\n")], &["lint", "src/2025h1"]),
            ("a project without slates", &[("goals.toml", "")], &["lint"]),
            ("a project without goals", &[("src/2024h2/a.md", "# A\n"), ("src/2025h1/a.md", "# A\n")], &["lint"]),
            ("an empty slate among others", &[("src/2024h2/a.md", "# A\n"), ("src/2025h1/a.md", GOAL)], &["lint"]),
            ("no rule of this name", &[], &["explain", "unknown-teem"]),
        ]),
    );
}

#[test]
fn bad_configuration() {
    let with = |toml: &'static str| -> String {
        Place::with(&[("goals.toml", toml), ("src/2025h1/a.md", GOAL)]).run(&["lint"])
    };
    let runs = [
        ("an unknown key", with("src = \"src\"\nexlude = []\n")),
        ("an unknown key in a table", with("[roster]\nfile = \"x\"\n")),
        ("a value of the wrong type", with("exclude = \"a.md\"\n")),
        ("no TOML", with("src = \n")),
        ("an unknown rule", with("[lint]\nunknown-teem = \"warn\"\n")),
        ("an unknown rule in a period", with("[periods.2025h1.lint]\nx = \"warn\"\n")),
        ("an unknown level", with("[lint]\nunknown-team = \"warning\"\n")),
        ("a period that is none", with("[periods.next]\nlike = \"2025h1\"\n")),
        ("front matter of no period", with("[rfc.next]\npr = 1\n")),
        ("a new period like none", with("[periods.2031]\n[periods.2031.rfc]\nlongest-note = 3\n")),
        ("a new period like an unknown one", with("[periods.2025h1]\nlike = \"1999\"\n")),
        ("an unknown key of a period", with("[periods.2025h1.rfc]\nlongest-not = 3\n")),
        ("a pattern that is none", with("[linkifiers]\n'RFC #([0-9]+' = \"x\"\n")),
        ("a pattern that is too large", with("[linkifiers]\n'((a{100}){100}){100}' = \"x\"\n")),
        ("no roster", with("[roster]\npath = \"nowhere\"\n")),
    ];
    let mut text: Vec<String> = runs.into_iter().map(|(title, run)| format!("# {title}\n\n{run}")).collect();

    let broken =
        Place::with(&[("src/2025h1/a.md", GOAL), ("team/teams.json", "{\"lang\": 3}"), ("team/people.json", "{}")]);
    text.push(format!("# a roster that is none\n\n{}", broken.run(&["lint", "--roster", "team"])));
    text.push(format!("# no such file\n\n{}", broken.run(&["lint", "--config", "here.toml"])));
    broken.write("goals.toml", b"src = \"s\xffc\"\n");
    text.push(format!("# no UTF-8\n\n{}", broken.run(&["lint"])));
    let book = Place::with(&[("book.toml", "[book]\nsrc = 3\n"), ("src/2025h1/a.md", GOAL)]);
    text.push(format!("# a bad book.toml\n\n{}", book.run(&["lint"])));
    text.push(format!("# a bad book.toml, and no wish to read it\n\n{}", book.run(&["lint", "--isolated"])));
    snapshot("cli-bad-configuration", &text.join("\n"));
}

#[test]
fn bad_files() {
    let place = Place::with(&[
        ("2025h1/good.md", GOAL),
        ("2025h1/empty.md", ""),
        ("2025h1/directory.md/inner.md", &titled(&bad_goal(), "Below")),
    ]);
    let latin = titled(GOAL, "Latin")
        .replace("Words", "W\u{f6}rds")
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect::<Vec<_>>();
    place.write("2025h1/latin.md", &latin);
    place.write("2025h1/mark.md", format!("\u{feff}{}", titled(&bad_goal(), "Mark")).as_bytes());
    place.write("2025h1/crlf.md", titled(&bad_goal(), "Two").replace('\n', "\r\n").as_bytes());
    place.write("2025h1/cr.md", titled(&bad_goal(), "One").replace('\n', "\r").as_bytes());
    place.write("2025h1/nul.md", titled(&bad_goal(), "Nul").replace("Words", "W\0rds").as_bytes());
    let large = std::fs::File::create(place.path().join("2025h1/large.md")).unwrap();
    large.set_len((64 << 20) + 1).unwrap();
    snapshot("cli-bad-files", &place.run(&["lint", "2025h1"]));

    let json: serde_json::Value =
        serde_json::from_slice(&place.output(&["lint", "--format", "json", "2025h1"], b"").stdout).unwrap();
    let starts: Vec<String> = json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| format!("{} {} {}", finding["file"], finding["rule"], finding["start"]))
        .collect();
    snapshot("cli-bad-files-json", &starts.join("\n"));
}

#[test]
fn a_line_of_ten_megabytes() {
    let place = Place::new();
    let long = "word ".repeat(2 << 20);
    place.write("2025h1/long.md", GOAL.replace("Words.", &format!("{long} <!-- #GAOLS --> {long}")).as_bytes());
    place.write("2025h1/cell.md", titled(GOAL, "A cell").replace("compiler", &"x".repeat(100_000)).as_bytes());
    let run = place.run(&["lint", "2025h1"]);
    assert!(run.lines().all(|line| line.chars().count() <= 100));
    snapshot("cli-long-lines", &run);
}

#[test]
#[cfg(unix)]
fn a_hostile_file_name() {
    let place = Place::new();
    let text = bad_goal().replace("Proposd", "::error::x \u{202e}\u{1b}[31m ##[error]");
    place.write("2025h1/a\n::error::b\u{1b}[31m.md", text.as_bytes());
    let human = place.run(&["lint", "2025h1"]);
    let json = place.run(&["lint", "2025h1", "--format", "json"]);
    let named = place.output(&["lint", "2025h1/no\n::error::such\u{202e}.md"], b"");
    let named = show(&["lint", "(a hostile name)"], &named);
    for line in
        [&human, &json, &named].into_iter().flat_map(|run| run.lines()).filter(|line| !line.starts_with("$ goals"))
    {
        let line = line.trim_start_matches("stderr: ").trim_start();
        assert!(!line.starts_with("::") && !line.contains("##["), "a runner would take this for a command: {line}");
        assert!(!line.contains(['\u{1b}', '\u{202e}']), "sent as it is: {line}");
    }
    snapshot("cli-hostile", &[human, json, named].join("\n"));
}

#[test]
fn unreadable_files_do_not_stop_the_others() {
    let place = Place::with(&[("2025h1/a.md", &bad_goal())]);
    std::fs::create_dir(place.path().join("2025h1/b.md")).unwrap();
    let run = place.output(&["lint", "2025h1", "2025h1/missing.md"], b"");
    assert_eq!(run.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&run.stdout).contains("unknown-status"));
}

#[test]
fn levels_and_exit_codes() {
    let place = Place::with(&[("2025h1/a.md", &bad_goal())]);
    let code = |args: &[&str]| place.output(args, b"").status.code().unwrap();
    assert_eq!(code(&["lint", "2025h1"]), 1);
    assert_eq!(code(&["lint", "2025h1", "--allow", "unknown-status"]), 0);
    assert_eq!(code(&["lint", "2025h1", "--warn", "unknown-status"]), 0);
    assert_eq!(code(&["lint", "2025h1", "--warn", "unknown-status", "--deny-warnings"]), 1);
    assert_eq!(code(&["lint", "2025h1", "--deny", "unknown-status", "--allow", "all"]), 1);
    place.write("goals.toml", b"src = \".\"\n[lint]\nunknown-status = \"off\"\n");
    assert_eq!(code(&["lint"]), 0);
    place.write(
        "goals.toml",
        b"src = \".\"\n[lint]\nunknown-status = \"off\"\n[periods.2025h1.lint]\nunknown-status = \"warn\"\n",
    );
    assert_eq!(code(&["lint"]), 0);
    assert_eq!(code(&["lint", "--deny-warnings"]), 1);
    place.write("goals.toml", b"src = \".\"\nexclude = [\"2025h1/a.md\"]\n");
    assert_eq!(code(&["lint", "2025h1/a.md"]), 0, "an excluded file that is named is no failure");
}

#[test]
fn each_level_goes_before_the_one_below_it() {
    let place = Place::with(&[("2025h1/a.md", &bad_goal())]);
    let mut text = place.run(&["lint", "2025h1", "-q"]);
    place.write("goals.toml", b"src = \".\"\n[lint]\nunknown-status = \"warn\"\n");
    text.push_str(&format!("\n# the project says \"warn\"\n\n{}", place.run(&["lint", "-q"])));
    let period = "src = \".\"\n[lint]\nunknown-status = \"warn\"\n[periods.2025h1.lint]\nunknown-status = \"off\"\n";
    place.write("goals.toml", period.as_bytes());
    text.push_str(&format!("\n# its period says \"off\"\n\n{}", place.run(&["lint", "-q"])));
    text.push_str(&format!("\n# the command line\n\n{}", place.run(&["lint", "-q", "--deny", "unknown-status"])));
    snapshot("cli-levels", &text);
}

#[test]
fn standard_input_takes_the_place_of_a_file() {
    let place = Place::with(&[("2025h1/a.md", GOAL), ("2025h1/b.md", &titled(&bad_goal(), "Another"))]);
    let args = ["lint", "-", "--stdin-filename", "2025h1/a.md"];
    snapshot(
        "cli-standard-input",
        &[place.run_with(&args, bad_goal().as_bytes()), place.run_with(&args, GOAL.as_bytes())].join("\n"),
    );
}

#[test]
fn a_directory_of_another_name_is_a_slate_when_it_is_named() {
    let place = Place::with(&[("drafts/a.md", &bad_goal())]);
    let runs = [
        place.run(&["lint", "drafts"]),
        place.run(&["lint", "drafts", "--period", "2025h1"]),
        place.run(&["lint", "drafts/a.md", "--period", "2025h1"]),
    ];
    snapshot("cli-other-directory", &runs.join("\n"));
}

#[test]
fn one_file_is_checked_with_its_slate_as_context() {
    let other = GOAL.replace("# A goal", "# Another").replace("@Manishearth", "@ManishEarth");
    let place = Place::with(&[
        ("2025h1/a.md", GOAL),
        ("2025h1/b.md", &other),
        ("2025h1/c.md", &titled(&bad_goal(), "A third")),
    ]);
    snapshot("cli-one-file", &place.run(&["lint", "2025h1/b.md"]));
}

#[test]
fn json() {
    let place = Place::with(&[("2025h1/a.md", &bad_goal()), ("2025h1/b.md", &titled(GOAL, "Another"))]);
    snapshot(
        "cli-json",
        &[place.run(&["lint", "--format", "json", "2025h1"]), place.run(&["lint", "--format", "json", "2025h1/b.md"])]
            .join("\n"),
    );
}

#[test]
fn color() {
    let place = Place::with(&[("2025h1/a.md", &bad_goal())]);
    let colored = |args: &[&str], environment: &[(&str, &str)]| {
        output(place.path(), args, b"", environment).stdout.contains(&0x1b)
    };
    assert!(!colored(&["lint", "2025h1"], &[]));
    assert!(colored(&["lint", "2025h1", "--color", "always"], &[("NO_COLOR", "1")]));
    assert!(colored(&["lint", "2025h1"], &[("FORCE_COLOR", "1")]));
    assert!(colored(&["lint", "2025h1"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!colored(&["lint", "2025h1"], &[("FORCE_COLOR", "0")]));
    assert!(!colored(&["lint", "2025h1"], &[("FORCE_COLOR", "1"), ("NO_COLOR", "1")]));
    // A plain mark, a second place in the file, and one in another file.
    let twice = GOAL
        .replace("Proposed     |", "Proposed     |\n| Status           | Accepted     |")
        .replace("# A", "# Another");
    place.write("2025h1/b.md", twice.as_bytes());
    place.write("2025h1/c.md", GOAL.replace("# A", "# A third").replace("@Manishe", "@ManishE").as_bytes());
    let args = ["lint", "2025h1", "--color", "always"];
    snapshot("cli-color", &show(&args, &place.output(&args, b"")).replace('\u{1b}', "␛"));
    snapshot("cli-shapes", &place.run(&["lint", "2025h1"]));
    snapshot("cli-shapes-json", &place.run(&["lint", "2025h1", "--format", "json"]));
}

#[test]
fn quiet_and_verbose() {
    let place = Place::with(&[("2025h1/a.md", GOAL)]);
    snapshot("cli-quiet", &[place.run(&["-q", "lint", "2025h1"]), place.run(&["-v", "lint", "2025h1"])].join("\n"));
}

#[test]
fn rfcs_of_the_fixtures() {
    let directories = std::fs::read_dir(fixtures()).unwrap().map(|entry| entry.unwrap().file_name());
    let mut slates: Vec<String> = directories.map(|name| name.to_string_lossy().into_owned()).collect();
    slates.retain(|name| goals::PeriodName::parse(name).is_some());
    slates.sort_by_key(|name| goals::PeriodName::parse(name));
    for slate in &slates {
        let run = output(&fixtures(), &["rfc", slate], b"", &[]);
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        snapshot(&format!("rfc-{slate}"), &String::from_utf8(run.stdout).unwrap());
    }
    let newest = output(&fixtures(), &["rfc"], b"", &[]);
    let last = slates.last().unwrap();
    assert!(newest.stdout == output(&fixtures(), &["rfc", last], b"", &[]).stdout, "the newest slate is {last}");
}

#[test]
fn line_ends_do_not_show_in_the_rfc() {
    for (slate, end) in [("2025h1", "\r\n"), ("2026", "\r")] {
        let place = Place::new();
        // The slates lead to each other.
        for directory in ["", "team", "2025h1", "2026"] {
            for entry in std::fs::read_dir(fixtures().join(directory)).unwrap() {
                let path = entry.unwrap().path();
                let Ok(text) = std::fs::read_to_string(&path) else { continue };
                let is_page = path.extension().is_some_and(|extension| extension == "md");
                let text = if is_page { text.replace('\n', end) } else { text };
                place.write(path.strip_prefix(fixtures()).unwrap().to_str().unwrap(), text.as_bytes());
            }
        }
        let ours = output(&fixtures(), &["rfc", slate], b"", &[]);
        assert_eq!(place.output(&["rfc", slate], b"").stdout, ours.stdout, "{slate}");
    }
}

#[test]
fn the_fixtures_are_clean() {
    // What the generator fixes is there to show that it does.
    let allowed = ["--allow", "absolute-site-link", "--allow", "unused-definition"];
    let run = output(&fixtures(), &[&["lint", "--deny-warnings"], &allowed[..]].concat(), b"", &[]);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stdout));
    assert_eq!(String::from_utf8_lossy(&run.stdout), "");
}

#[test]
fn rfc_messages() {
    let template: &str = "## Summary\n\n<!-- #GOALS --> goals\n\n<!-- GOALS -->\n\n<!-- TEAM ASKS -->\n";
    let bad = bad_goal();
    let goals: &[(&str, &str)] =
        &[("goals.toml", "site = \"https://x.org\"\n"), ("src/2025h1/a.md", GOAL), ("src/2025h1/README.md", template)];
    let broken: &[(&str, &str)] =
        &[("goals.toml", "site = \"https://x.org\"\n"), ("src/2025h1/a.md", &bad), ("src/2025h1/README.md", template)];
    snapshot(
        "cli-rfc",
        &cases(&[
            ("a slate without front matter", goals, &["rfc"]),
            ("by the name of the period", goals, &["rfc", "2025h1", "-q"]),
            ("an error", broken, &["rfc"]),
            ("in spite of an error", broken, &["rfc", "--allow-errors"]),
            ("no template", &[("goals.toml", "site = \"https://x.org\"\n"), ("src/2025h1/a.md", GOAL)], &["rfc"]),
            ("no site", &[("src/2025h1/a.md", GOAL), ("src/2025h1/README.md", template)], &["rfc", "src/2025h1"]),
            ("no such period", goals, &["rfc", "2026"]),
            ("no such directory", goals, &["rfc", "src/2O25h1"]),
            ("a file", goals, &["rfc", "src/2025h1/a.md"]),
            ("no slate", &[], &["rfc"]),
            ("a slate without goals", &[("src/2025h1/README.md", template)], &["rfc", "src/2025h1"]),
        ]),
    );
}

#[test]
fn explanations() {
    let place = Place::new();
    snapshot("cli-explain", &[place.run(&["explain"]), place.run(&["explain", "unknown-status"])].join("\n"));
}

#[test]
#[cfg(unix)]
fn a_closed_pipe_ends_quietly() {
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_goals"))
        .args(["rfc", "2025h1"])
        .current_dir(fixtures())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let run = child.wait_with_output().unwrap();
    assert!(run.status.success());
    assert!(!String::from_utf8_lossy(&run.stderr).contains("panicked"));
}

#[test]
fn two_copies_give_the_same_bytes() {
    let files = |reversed: bool| {
        let place = Place::new();
        let mut found = Vec::new();
        for directory in ["", "team", "2025h1"] {
            for entry in std::fs::read_dir(fixtures().join(directory)).unwrap() {
                let path = entry.unwrap().path();
                if path.is_file() {
                    found.push(path.strip_prefix(fixtures()).unwrap().to_path_buf());
                }
            }
        }
        found.sort();
        if reversed {
            found.reverse();
        }
        for path in found {
            place.write(path.to_str().unwrap(), &std::fs::read(fixtures().join(&path)).unwrap());
        }
        // Something to find, in two files.
        place.write("2025h1/zz.md", bad_goal().as_bytes());
        place.write("2025h1/aa.md", titled(&bad_goal(), "Another").as_bytes());
        place
    };
    let (one, two) = (files(false), files(true));
    for args in [
        &["lint"][..],
        &["lint", "--format", "json"],
        &["rfc", "--allow-errors"],
        &["lint", "2025h1/zz.md", "2025h1/aa.md"],
    ] {
        let (first, second) = (one.output(args, b""), two.output(args, b""));
        assert_eq!((first.stdout, first.stderr), (second.stdout, second.stderr), "{args:?}");
    }
}

#[test]
fn suppressions_cover_a_block_a_row_or_the_file() {
    let words = |place: &str| format!("<!-- goals: allow(unknown-status, unknown-team) {place} -->");
    let bad = bad_goal().replace("[compiler]", "[complier]");
    let file = format!("{}\n\n{bad}", words("the whole file"));
    let block = bad.replace("\n| Metadata", &format!("\n{}\n\n| Metadata", words("only this table")));
    let row = bad.replace("| Proposd  ", &format!("| Proposd {} ", words("only this row")));
    let heading = bad.replace("## Ownership", &format!("{}\n## Ownership", words("only this heading")));
    let place = Place::with(&[
        ("2025h1/block.md", &block),
        ("2025h1/file.md", &titled(&file, "The file")),
        ("2025h1/heading.md", &titled(&heading, "A heading")),
        ("2025h1/row.md", &titled(&row, "A row")),
    ]);
    snapshot("cli-suppressions", &place.run(&["lint", "2025h1"]));
}

#[test]
fn no_suppression_reaches_the_rfc() {
    let goal = GOAL
        .replace("@Manishearth |", "@Manishearth <!-- goals: allow(malformed-contact) a --> |")
        .replace("|       |\n", "| with care <!-- goals: allow(unknown-ask) b --> |\n");
    let template = "<!-- goals: allow(dead-anchor) c -->\n\n# Goals\n\n<!-- GOALS -->\n\n<!-- TEAM ASKS -->\n\n\
                    Words <!-- goals: allow(x) d --> and words.\n";
    let place = Place::with(&[
        ("goals.toml", "site = \"https://x.org\"\n"),
        ("src/2025h1/a.md", &goal),
        ("src/2025h1/README.md", template),
    ]);
    let run = String::from_utf8(place.output(&["rfc", "--allow-errors", "-q"], b"").stdout).unwrap();
    assert!(!run.contains("goals:"), "{run}");
    assert!(run.contains("| with care "), "{run}");
}

/// The RFC of one goal with this template.
fn rfc_with(template: &str, goal: &str) -> String {
    let place = Place::with(&[
        ("goals.toml", "site = \"https://x.org\"\n"),
        ("src/2025h1/a.md", goal),
        ("src/2025h1/README.md", template),
    ]);
    let run = place.output(&["rfc", "--allow-errors"], b"");
    let text = String::from_utf8(run.stdout).unwrap();
    text.split_once("- Rust Issue:\n\n").unwrap().1.to_owned()
}

#[test]
fn a_table_is_apart_from_the_lines_around_its_directive() {
    let text = rfc_with(
        "# A\n\ntext above\n<!-- GOALS -->\ntext below\n\n> quoted\n> <!-- GOALS -->\n> more\n\n- item\n  <!-- GOALS -->\n  more\n\n\
         1. <!-- GOALS -->\n\nin <!-- GOALS --> a line\n\n<!-- GOALS -->\n<!-- TEAM ASKS -->\n[x]: ./a.md\n\n[x] <!-- #GOALS -->\n",
        GOAL,
    );
    snapshot("rfc-blocks", &text);
}

#[test]
fn odd_titles_and_notes_leave_the_rfc_in_order() {
    let goal = GOAL
        .replace("# A goal", "# A [lang] `a|b` | [link](./b.md) \\")
        .replace("|       |\n", "| [@Manishearth] \\@Manishearth [here](#summary) `x\\|y` and more |\n");
    let text = rfc_with("# A\n\n<!-- GOALS -->\n\n<!-- TEAM ASKS -->\n", &goal);
    snapshot("rfc-odd-text", &text);
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_a_failure() {
    use std::process::{Command, Stdio};
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let child = Command::new(env!("CARGO_BIN_EXE_goals"))
        .args(["rfc", "2025h1", "-q"])
        .current_dir(fixtures())
        .stdout(full)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let run = child.wait_with_output().unwrap();
    assert_eq!(run.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&run.stderr).starts_with("failed to write to standard output"));
}

#[test]
fn a_goal_in_a_file_that_is_not_read_is_said() {
    let place = Place::with(&[
        ("2025h1/a.md", GOAL),
        ("2025h1/b.markdown", GOAL),
        ("2025h1/no-extension", GOAL),
        ("2025h1/notes.txt", "Notes.\n"),
        ("2025h1/picture.svg", GOAL),
    ]);
    snapshot("cli-not-read", &place.run(&["lint", "2025h1"]));
}

#[test]
fn what_is_named_and_not_looked_at_is_said() {
    let files: &[(&str, &str)] = &[
        ("goals.toml", "exclude = [\"src/2025h1/b.md\"]\n"),
        ("src/2025h1/a.md", GOAL),
        ("src/2025h1/b.md", GOAL),
        ("src/2025h1/.hidden.md", GOAL),
        ("src/2024h2/a.md", "# A\n"),
    ];
    snapshot(
        "cli-not-looked-at",
        &cases(&[
            ("a hidden file", files, &["lint", "src/2025h1/.hidden.md"]),
            ("an excluded file", files, &["lint", "src/2025h1/b.md"]),
            ("an empty slate is a warning", files, &["lint", "--deny-warnings"]),
            ("a directory of slates", files, &["rfc", "src"]),
            (
                "an address that is none",
                &[("goals.toml", "site = \"example\"\n"), ("src/2025h1/a.md", GOAL)],
                &["lint"],
            ),
            ("all or nothing", files, &["lint", "--isolated", "--config", "goals.toml"]),
        ]),
    );
}

#[test]
fn a_project_may_be_called_like_a_period() {
    let place = Place::with(&[
        ("2026/goals.toml", ""),
        ("2026/notes.md", "# Notes\n"),
        ("2026/src/SUMMARY.md", "# Pages\n"),
        ("2026/src/2025h1/a.md", GOAL),
        // A slate that is a project by itself.
        ("2027/goals.toml", "[periods.2027]\nlike = \"2025h1\"\n"),
        ("2027/a.md", GOAL),
    ]);
    for args in [&["lint", "2026"][..], &["lint", "2026/src"], &["lint", "2026/src/2025h1/a.md"], &["lint", "2027"]] {
        let output = place.run(args);
        assert!(output.contains("checked 1 goal in 1 file of 20"), "{output}");
    }
    assert!(place.run(&["lint", "2026/src/SUMMARY.md"]).contains("checked 1 page outside the slates"));
    assert!(place.run(&["lint", "2026/notes.md"]).contains("not in a slate"));
    assert!(place.run(&["rfc", "2026"]).contains("not a slate, but a directory of slates"));
}

#[test]
#[cfg(unix)]
fn one_core_gives_the_same_bytes() {
    if !common::has("taskset", "one_core_gives_the_same_bytes") {
        return;
    }
    // Enough text for work to be shared.
    let config = "site = \"https://x.org\"\n\n[rfc.2025h1]\nfeature-name = \"N/A\"\nstart-date = \"2025-01-02\"\n";
    let template = "## Summary\n\nGoals.\n\n<!-- GOALS -->\n\n<!-- TEAM ASKS -->\n";
    let place = Place::with(&[("goals.toml", config), ("src/2025h1/README.md", template)]);
    for number in 0..90 {
        let text = titled(&bad_goal(), &format!("Goal {number}")) + &"\nWords [without] end, and more.\n".repeat(20);
        place.write(&format!("src/2025h1/{number}.md"), text.as_bytes());
    }
    for args in [&["lint"][..], &["lint", "--format", "json"], &["rfc", "--allow-errors"]] {
        let all = place.output(args, b"");
        let mut one = std::process::Command::new("taskset");
        one.args(["-c", "0", env!("CARGO_BIN_EXE_goals")]).args(args).current_dir(place.path());
        let one = one.env("NO_COLOR", "1").output().unwrap();
        assert!(!all.stdout.is_empty(), "{args:?}");
        assert!((all.status, &all.stdout, &all.stderr) == (one.status, &one.stdout, &one.stderr), "{args:?}");
    }
}

#[test]
fn links_are_read_without_their_escapes() {
    let links = [
        "[a](foo\\_bar.md)",
        "[b](foo\\_bar\\.md\\#a-goal)",
        "[c](a&amp;b.md)",
        "[d](a&#38;b&#46;md#a-goal)",
        "[e](./a\\&b.md)",
        "[f]\n\n[f]: foo\\_bar.md",
    ];
    let text = GOAL.replace("Words.", &links.join(" "));
    let place = Place::with(&[
        ("src/2025h1/a.md", &text),
        ("src/2025h1/foo_bar.md", &GOAL.replace("# A goal", "# A goal\n\nSee `x`.")),
        ("src/2025h1/a&b.md", &GOAL.replace("# A goal", "# A goal\n\nSee `x`.")),
    ]);
    let output = place.run(&["lint", "src/2025h1/a.md", "--format", "short", "-q"]);
    for rule in ["malformed-address", "dead-link", "dead-anchor", "absolute-site-link"] {
        assert!(!output.contains(rule), "{output}");
    }
    let fix = place.run(&["lint", "src/2025h1/a.md", "--fix"]);
    let fixed = std::fs::read_to_string(place.path().join("src/2025h1/a.md")).unwrap();
    assert!(links.iter().all(|link| fixed.contains(link)), "{fix}\n{fixed}");
    // What leads nowhere is found as ever, and fixed as a whole.
    let wrong = GOAL.replace("Words.", "[a](fo\\_bar.md) [b](foo\\_baz.md#x) [c](Foo\\_Bar.md)");
    let place = Place::with(&[("src/2025h1/a.md", &wrong), ("src/2025h1/foo_bar.md", &GOAL.replace("# A", "# B"))]);
    snapshot("cli-escaped-links", &place.run(&["lint", "src/2025h1/a.md", "--diff"]));
}

#[test]
fn fixes_are_applied_shown_and_written_to_standard_output() {
    let bad =
        bad_goal().replace("Proposd ", "proposed").replace("[compiler]", "compiler  ").replace("reviews ", "Reviews ");
    let untouched = titled(&bad_goal(), "Untouched");
    let place = Place::with(&[("2025h1/a.md", &bad.replace('\n', "\r\n")), ("2025h1/b.md", &untouched)]);
    place.write("2025h1/c.md", format!("\u{feff}{}", titled(&bad, "With a mark")).as_bytes());
    let diff = place.run(&["lint", "2025h1", "--diff"]);
    let before = std::fs::read(place.path().join("2025h1/a.md")).unwrap();
    let args = ["lint", "--fix", "-", "--stdin-filename", "2025h1/a.md"];
    let stdin = place.run_with(&args, bad.as_bytes());
    assert_eq!(std::fs::read(place.path().join("2025h1/a.md")).unwrap(), before, "neither of them writes a file");
    let fix = place.run(&["lint", "2025h1", "--fix"]);
    let again = place.run(&["lint", "2025h1", "--fix"]);
    snapshot("cli-fix", &[diff, stdin, fix, again].join("\n").replace('\r', "␍"));

    let text = std::fs::read_to_string(place.path().join("2025h1/a.md")).unwrap();
    assert_eq!(text.matches("\r\n").count(), text.matches('\n').count(), "line ends stay");
    assert!(std::fs::read(place.path().join("2025h1/c.md")).unwrap().starts_with(b"\xef\xbb\xbf"), "the mark stays");
    assert_eq!(std::fs::read_to_string(place.path().join("2025h1/b.md")).unwrap(), untouched);
    assert_eq!(std::fs::read_dir(place.path().join("2025h1")).unwrap().count(), 3, "nothing is left beside the files");
}

#[test]
#[cfg(unix)]
fn a_fix_keeps_permissions_and_follows_no_link() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let bad = bad_goal().replace("Proposd ", "proposed");
    let place = Place::with(&[("2025h1/a.md", &bad), ("elsewhere.md", &titled(&bad, "Elsewhere"))]);
    let path = place.path().join("2025h1/a.md");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    symlink(place.path().join("elsewhere.md"), place.path().join("2025h1/b.md")).unwrap();
    let run = place.run(&["lint", "2025h1", "--fix"]);
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(std::fs::read_to_string(place.path().join("elsewhere.md")).unwrap(), titled(&bad, "Elsewhere"));
    snapshot("cli-fix-link", &run);
}

#[test]
fn the_variables_for_color() {
    let place = Place::with(&[("2025h1/a.md", &bad_goal())]);
    let colored = |environment: &[(&str, &str)]| {
        let run = output(place.path(), &["lint", "2025h1", "--format", "short"], b"", environment);
        run.stdout.contains(&0x1b)
    };
    // Standard output is no terminal here, so only what forces color brings it.
    let matrix: [(&[(&str, &str)], bool); 10] = [
        (&[("FORCE_COLOR", "1")], true),
        (&[("FORCE_COLOR", "0")], false),
        (&[("FORCE_COLOR", "")], false),
        (&[("CLICOLOR_FORCE", "1")], true),
        (&[("CLICOLOR_FORCE", "0")], false),
        (&[("NO_COLOR", "1"), ("FORCE_COLOR", "1")], false),
        (&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], false),
        (&[("NO_COLOR", ""), ("FORCE_COLOR", "1")], true),
        (&[("CI", "true"), ("GITHUB_ACTIONS", "true")], false),
        (&[("TERM", "dumb"), ("FORCE_COLOR", "1")], true),
    ];
    for (environment, wanted) in matrix {
        assert_eq!(colored(environment), wanted, "{environment:?}");
    }
}

#[test]
#[cfg(unix)]
fn a_reader_that_goes_away_ends_a_run_quietly() {
    use std::process::{Command, Stdio};
    let many: String = (0..3000).map(|_| "| Standard reviews | ![Team][] [compiler] | | x |\n").collect();
    let place = Place::with(&[("2025h1/a.md", &(GOAL.to_owned() + &many))]);
    for args in
        [&["lint", "2025h1"][..], &["lint", "2025h1", "--format", "json"], &["explain", "unknown-team"], &["--help"]]
    {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let run = Command::new(env!("CARGO_BIN_EXE_goals"))
            .args(args)
            .current_dir(place.path())
            .stdout(writer)
            .stderr(Stdio::piped())
            .output()
            .unwrap();
        let said = String::from_utf8(run.stderr).unwrap();
        let end = ["files with errors:", "  1  2025h1/a.md:", "checked ", "run `goals explain RULE`"];
        assert!(said.lines().all(|line| end.iter().any(|known| line.starts_with(known))), "{args:?}: {said}");
        assert_eq!(run.status.code(), Some(i32::from(args[0] == "lint")), "{args:?}");
    }
}
