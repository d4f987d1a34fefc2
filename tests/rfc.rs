//! `goals rfc`: where the text goes, and what is in it.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use common::{GOAL, Place, snapshot};

const CONFIG: &str = "site = \"https://x.org\"\n\n[rfc.2025h1]\nfeature-name = \"N/A\"\nstart-date = \"2025-01-02\"\n";
const TEMPLATE: &str = "## Summary\n\n<!-- #GOALS --> goals\n\n<!-- GOALS -->\n\n<!-- TEAM ASKS -->\n";
const OWN_FRONT: &str = "- Feature Name: own\n- Start Date: (fill in\n  the day)\n- RFC PR: [rust-lang/rfcs#0000](https://x.org)\n\
                         - Rust Issue: N/A\n\n# Title\n\n- Start Date: of something else\n";

fn place(template: &str) -> Place {
    Place::with(&[("goals.toml", CONFIG), ("src/2025h1/a.md", GOAL), ("src/2025h1/README.md", template)])
}

fn stdout(place: &Place, args: &[&str]) -> String {
    String::from_utf8(place.output(args, b"").stdout).unwrap()
}

fn modified(place: &Place, name: &str) -> std::time::SystemTime {
    std::fs::metadata(place.path().join(name)).unwrap().modified().unwrap()
}

#[test]
fn a_file_is_written_and_compared() {
    let place = place(TEMPLATE);
    let mut steps = vec![
        place.run(&["rfc", "--check", "rfc.md"]),
        place.run(&["rfc", "-o", "rfc.md"]),
        place.run(&["rfc", "-o", "rfc.md"]),
        place.run(&["rfc", "--check", "rfc.md"]),
    ];
    assert_eq!(std::fs::read_to_string(place.path().join("rfc.md")).unwrap(), stdout(&place, &["rfc"]));
    place.write("src/2025h1/b.md", GOAL.replace("A goal", "Another goal").as_bytes());
    steps.push(place.run(&["rfc", "--check", "rfc.md"]));
    steps.push(place.run(&["rfc", "--check", "rfc.md", "-q"]));
    steps.push(place.run(&["rfc", "--output", "rfc.md", "-q"]));
    assert_eq!(place.output(&["rfc", "--check", "rfc.md"], b"").status.code(), Some(0));
    snapshot("rfc-files", &steps.join("\n"));
}

#[test]
fn quoted_labels_are_text_and_lead_nowhere_else() {
    let template =
        format!("{TEMPLATE}\nSee [it], <code>@nikomatsakis [lang]</code>.\n\n[it]: https://example.org/elsewhere\n");
    let place = place(&template);
    let goal = GOAL.replace("[compiler] |       |", "[compiler] | Read [it] |") + "\n[it]: https://example.org/it\n";
    place.write("src/2025h1/a.md", goal.as_bytes());
    let text = stdout(&place, &["rfc", "--allow-errors"]);
    assert!(text.contains("| Read [it] |"), "{text}");
    assert!(text.contains("See [it][it (README)], <code>@nikomatsakis [lang]</code>."), "{text}");
    assert!(text.contains("[it (README)]: https://example.org/elsewhere\n") && !text.contains("[it]: "), "{text}");
}

#[test]
fn a_file_that_holds_the_text_is_left_alone() {
    let place = place(TEMPLATE);
    place.output(&["rfc", "-o", "rfc.md"], b"");
    let long_ago = std::time::SystemTime::UNIX_EPOCH;
    let file = std::fs::File::options().write(true).open(place.path().join("rfc.md")).unwrap();
    file.set_modified(long_ago).unwrap();
    place.output(&["rfc", "-o", "rfc.md"], b"");
    assert_eq!(modified(&place, "rfc.md"), long_ago);
    place.output(&["rfc", "-o", "rfc.md", "--pr", "7"], b"");
    assert_ne!(modified(&place, "rfc.md"), long_ago);
    let left: Vec<_> = std::fs::read_dir(place.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 3, "nothing but the configuration, the slate and the text: {left:?}");
}

#[test]
fn files_that_cannot_be_written_are_failures() {
    let place = place(TEMPLATE);
    std::fs::create_dir(place.path().join("dir.md")).unwrap();
    place.write("src/2026/a.md", b"# A page\n");
    place.write("team/teams.json", b"{\"compiler\": {\"members\": []}}\n");
    place.write("team/people.json", b"{\"people\": {}}\n");
    place.write(".git/config", b"[core]\n");
    place.write("goals.toml", format!("{CONFIG}\n[roster]\npath = \"team\"\n").as_bytes());
    let out = |path: &str| place.run(&["rfc", "-o", path, "src/2025h1"]);
    let steps = [
        out("dir.md"),
        out("nowhere/rfc.md"),
        out("src/2025h1/README.md"),
        out("src/2025h1/../2025h1/new.md"),
        out("src/2026/a.md"),
        out("./goals.toml"),
        out("team/teams.json"),
        out(".git/config"),
        out("-"),
        place.run(&["rfc", "--check", "dir.md", "src/2025h1"]),
        place.run(&["rfc", "--check", "x.md", "-o", "y.md"]),
    ];
    snapshot("rfc-files-refused", &steps.join("\n"));
    assert_eq!(std::fs::read_to_string(place.path().join("src/2025h1/README.md")).unwrap(), TEMPLATE);
    let bad = GOAL.replace("Proposed", "Proposd");
    place.write("src/2025h1/a.md", bad.as_bytes());
    assert_eq!(place.output(&["rfc", "-o", "rfc.md", "src/2025h1"], b"").status.code(), Some(1));
    assert!(!place.path().join("rfc.md").exists(), "a slate with errors is not written");
}

#[test]
#[cfg(unix)]
fn links_are_not_followed_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let place = place(TEMPLATE);
    let mode = |name: &str| std::fs::metadata(place.path().join(name)).unwrap().permissions().mode() & 0o777;
    place.write("other.md", b"theirs\n");
    let usual = mode("other.md");
    symlink("other.md", place.path().join("link.md")).unwrap();
    snapshot("rfc-link", &place.run(&["rfc", "-o", "link.md"]));
    assert_eq!(std::fs::read(place.path().join("other.md")).unwrap(), b"theirs\n");
    place.output(&["rfc", "-o", "new.md"], b"");
    assert_eq!(mode("new.md"), usual, "a new file is one like any other");
    std::fs::set_permissions(place.path().join("other.md"), PermissionsExt::from_mode(0o640)).unwrap();
    place.output(&["rfc", "-o", "other.md"], b"");
    assert_eq!(mode("other.md"), 0o640);
}

#[test]
fn arguments_state_the_front_matter() {
    let all = ["--pr", "3764", "--start-date", "2025-01-14", "--feature-name", "goals-*2025*"];
    let mut shown = String::new();
    for (name, template) in [
        ("of the configuration", TEMPLATE),
        ("of the template", OWN_FRONT),
        ("of a template with a part of it", "* Start Date: then\n* Other: x\n\n# Title\n"),
        ("a list that is none", "- RFC PR is a word\n- Start Date: x\n\n# Title\n"),
    ] {
        let tables = if template.contains("TEAM ASKS") { "" } else { "\n<!-- GOALS -->\n\n<!-- TEAM ASKS -->\n" };
        let place = place(&format!("{template}{tables}"));
        let args: Vec<&str> = ["rfc", "-q"].into_iter().chain(all).collect();
        shown.push_str(&format!("# {name}\n\n{}\n", stdout(&place, &args)));
        assert_ne!(stdout(&place, &["rfc", "-q", "--pr", "1"]), stdout(&place, &["rfc", "-q"]));
    }
    snapshot("rfc-front-matter", &shown);
}

#[test]
fn values_of_the_front_matter_are_one_line() {
    let place = place(TEMPLATE);
    let mut shown: Vec<String> = [
        &["--feature-name", "a\nb"][..],
        &["--feature-name", "a\u{1b}[31m"],
        &["--feature-name", ""],
        &["--feature-name", "a\u{202e}b"],
        &["--start-date", "14.1.2025"],
        &["--start-date", "2025-02-30"],
        &["--pr", "0"],
        &["--pr", "x"],
    ]
    .iter()
    .map(|args| place.run(&[&["rfc"], *args].concat()))
    .collect();
    place.write("goals.toml", CONFIG.replace("N/A", "a\\nb").as_bytes());
    shown.push(place.run(&["rfc"]));
    snapshot("rfc-front-matter-refused", &shown.join("\n"));
}

#[test]
fn warnings_are_shown_beside_the_text() {
    let place = place(TEMPLATE);
    place.write("goals.toml", format!("{CONFIG}\n[lint]\nunknown-status = \"warn\"\n").as_bytes());
    place.write("src/2025h1/a.md", GOAL.replace("Proposed", "Proposd").as_bytes());
    let steps = [place.run(&["rfc", "-o", "rfc.md"]), place.run(&["rfc", "-o", "rfc.md", "-q"])];
    snapshot("rfc-warnings", &steps.join("\n"));
}

/// A goal of 2026 that asks the compiler team, with these notes.
fn goal_2026(title: &str, notes: &str, more: &str) -> String {
    format!(
        "# {title}\n\n| Metadata         |              |\n|------------------|--------------|\n\
         | Point of contact | @nikomatsakis |\n| Status           | Proposed     |\n| What and why | The [what] and [why][w]. |\n\
         | Highlight | H |\n\n## Summary\n\nWords.\n\n\
         ## Team asks\n\n| Team | Support level | Notes |\n|------|---------------|-------|\n\
         | [compiler] | Small | {notes} |\n\n{more}\n"
    )
}

/// The RFC of a 2026 slate, whether or not it has errors.
fn rfc_2026(files: &[(&str, &str)]) -> String {
    let place = Place::with(&[("goals.toml", "site = \"https://x.org\"\n")]);
    for (name, text) in files {
        place.write(&format!("src/2026/{name}"), text.as_bytes());
    }
    let run = place.output(&["rfc", "--allow-errors"], b"");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

#[test]
fn labels_footnotes_and_anchors_of_several_files_stay_apart() {
    let goal = goal_2026(
        "A [paper] goal",
        "see [paper] and [b][far] and [RFC #1] and [^1] and [here](#summary)",
        "[paper]: https://goal.org/paper\n[far]: ./far.md\n[what]: #summary\n[w]: https://goal.org/why\n",
    );
    let template = "# T\n\nSee [paper], [the paper][PAPER], [paper][] and ![badge][paper].[^1] The [compiler] page is not \
                    [the team [lang] itself](./x.md) of [lang], and [Niko Matsakis] is not @nikomatsakis. [Open], [RFC #1].\n\n\
                    [^1]: One [paper],\n  and more.\n\n[paper]: https://template.org/paper \"T\"\n[compiler]: https://template.org\n\
                    [Niko Matsakis]: https://template.org/niko\n[RFC #1]: https://template.org/rfc\n\n\
                    Above: [goals](#goals), [again](#goals-1) and [goals of the faq](#goals-2).\n\n## Goals\n\n(((GOALS)))\n\n\
                    # Asks\n\n(((TEAM ASKS)))\n\n(((SMALL GOALS)))\n\n# Highlights\n\n(((HIGHLIGHT TABLE: H)))\n\n# Questions\n\n- [faq](./faq.md)\n- [more](./sub/more.md)\n";
    let faq = "# FAQ\n\n[paper] [Paper][], `[^1]` [^1][^2], [open] and [open][]; see [goals](#goals) and [mine][own], \
               [@nikomatsakis](#thanks-nikomatsakis).\n\n## Goals\n\n## Thanks @nikomatsakis\n\n[^1]: Other [paper].\n\
               [^2]: word\n\n[paper]: https://faq.org/paper\n[open]: https://faq.org/open\n[own]: #goals \"mine\"\n\n```text\n[^1] (((GOALS)))\n";
    let more = "# More\n\n[^1] and [paper] of [that page](./page.md), [this](#more) and [up](../up.md).\n\n[paper]: other.md\n\n[^1]: Third.\n\n\
                <!-- unclosed";
    let text = rfc_2026(&[
        ("a.md", &goal),
        ("README.md", template),
        ("faq.md", faq),
        ("sub/more.md", more),
        ("sub/page.md", "# Page\n"),
    ]);
    snapshot("rfc-collisions", &text);
}

#[test]
fn words_to_the_linter_leave_one_blank_line_behind() {
    let word = "<!-- goals: allow(unknown-team) x -->";
    let places = [
        (format!("# T\n{word}\n- a"), "## T\n\n- a"),
        (format!("# T\n{word} \n\n## U"), "## T\n\n### U"),
        (format!("# T\n\n<!-- a -->\n{word} \n\n## U"), "## T\n\n<!-- a -->\n\n### U"),
        (format!("# T\n\n{word}\n{word}\n\n## U"), "## T\n\n### U"),
        ("# T\n<!-- goals: allow(unknown-team)\n\nx -->\na".to_owned(), "## T\n\na"),
        (format!("# T\n\n<div>\n{word}\n</div>"), "## T\n\n<div>\n</div>"),
        (format!("# T\n\na {word}\nb"), "## T\n\na \nb"),
    ];
    for (template, expected) in places {
        let text = rfc_2026(&[("a.md", &goal_2026("A", "", "")), ("README.md", &template)]);
        let (_, below) = text.split_once("\n\n").unwrap();
        assert_eq!(below.trim_end(), expected, "{template}");
    }
}

#[test]
fn what_is_found_is_shown_in_every_mode_alike() {
    let goal = GOAL.replace("Proposed ", "Proposd  ").replace("@Manishearth", "@manishearth");
    let template = "# Goals\n\n<!-- GOALS -->\n\n<!-- TEAM ASKS -->\n";
    let files = [("goals.toml", "site = \"https://x.org\"\n"), ("src/2025h1/README.md", template)];
    let found = |place: &Place, args: &[&str]| {
        let run = String::from_utf8(place.output(&[&["rfc"], args].concat(), b"").stderr).unwrap();
        let (found, end) = run.split_once("files with errors:").unwrap_or_else(|| run.split_once("assembled").unwrap());
        assert!(found.contains("[src/2025h1/a.md:"), "{run}");
        (found.to_owned(), end.to_owned())
    };
    let place = Place::with(&[&files[..], &[("src/2025h1/a.md", &goal)]].concat());
    place.write("rfc.md", b"");
    let (refused, end) = found(&place, &[]);
    assert!(refused.contains("error[unknown-status]") && end.contains("or use `--allow-errors`"), "{refused}{end}");
    for args in
        [&["-o", "new.md"][..], &["--check", "rfc.md"], &["--allow-errors"], &["--allow-errors", "-o", "new.md"]]
    {
        assert_eq!(found(&place, args).0, refused, "{args:?}");
    }
    let sound = goal.replace("Proposd  ", "Proposed ");
    let place = Place::with(&[&files[..], &[("src/2025h1/a.md", &sound)]].concat());
    place.write("rfc.md", b"");
    let (warned, _) = found(&place, &[]);
    assert!(warned.contains("warning[inconsistent-spelling] [*]"), "{warned}");
    for args in [&["-o", "new.md"][..], &["--check", "rfc.md"], &["--allow-errors"]] {
        assert_eq!(found(&place, args).0, warned, "{args:?}");
    }
}

#[test]
fn a_way_out_is_proposed_where_it_is_one() {
    // Without a template there is no RFC, whatever is allowed.
    let goal = GOAL.replace("Proposed ", "Proposd  ");
    let place = Place::with(&[("goals.toml", "site = \"https://x.org\"\n"), ("src/2025h1/a.md", &goal)]);
    let run = place.run(&["rfc"]);
    assert!(!run.contains("--allow-errors"), "{run}");
}
