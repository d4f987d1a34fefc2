//! `goals rfc` gives an RFC that is complete, or none and the reason.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use common::{Place, snapshot};

const CONFIG: &str = "site = \"https://x.org\"\n\n[linkifiers]\n'([a-z-]+)/([a-z-]+)#([0-9]+)' = \"https://github.com/$1/$2/issues/$3\"\n";
const FRONT: &str = "- Feature Name: lantern_2026\n- Start Date: 2026-02-01\n- RFC PR: [rust-lang/rfcs#17](https://github.com/rust-lang/rfcs/pull/17)\n- Rust Issue: N/A\n\n";
const TEMPLATE: &str =
    "## Summary\n\nWe have (((#GOALS))) goals.\n\n## The goals\n\n(((GOALS)))\n\n## What is asked\n\n(((TEAM ASKS)))\n";

fn goal(title: &str, asks: &str, rest: &str) -> String {
    format!(
        "# {title}\n\n| Metadata | |\n|---|---|\n| Point of contact | @Manishearth |\n| Status | Proposed |\n\n## Summary\n\nLess soot.\n\n\
         ## Motivation\n\nSoot is black.\n\n## Team asks\n\n| Team | Support level | Notes |\n|---|---|---|\n{asks}\n\n\
         ## Frequently asked questions\n\nNone.\n{rest}"
    )
}

/// A slate of 2026 with one goal that asks the cargo team, and a template.
fn place(template: &str) -> Place {
    Place::with(&[
        ("goals.toml", CONFIG),
        ("src/2026/a.md", &goal("Lanterns", "| [cargo] | Small | |", "")),
        ("src/2026/README.md", &format!("{FRONT}{template}")),
    ])
}

/// What comes of a slate: the findings in short, whether there is an RFC, and what is said about it.
fn outcome(place: &Place) -> String {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let lint = text(place.output(&["lint", "--format", "short", "-q"], b"").stdout);
    let rfc = place.output(&["rfc"], b"");
    let made = match rfc.status.code().unwrap() {
        0 => {
            let rfc = text(rfc.stdout);
            let holds = |part: &str, name: &str| if rfc.contains(part) { format!(" {name}") } else { String::new() };
            format!("an RFC with{}{}\n", holds("| [Lanterns](", "goals"), holds("### cargo team", "asks"))
        }
        1 => "no RFC\n".to_owned(),
        _ => format!("a failure: {}", text(rfc.stderr)),
    };
    format!("{lint}{made}")
}

fn outcomes(variants: &[&str], place: impl Fn(&str) -> Place) -> String {
    variants.iter().map(|variant| format!("{variant:?}\n{}\n", outcome(&place(variant)))).collect()
}

#[test]
fn a_directive_is_read_or_found_whatever_was_done_to_it() {
    let variants = [
        "(((TEAM ASKS)))",
        "((( TEAM  ASKS )))",
        "(((team asks)))",
        "(((Team\nAsks)))",
        "(((TEAM\u{a0}ASKS)))",
        "<!--\nTEAM ASKS\n-->",
        "<!-- Team asks -->",
        "> (((TEAM ASKS)))",
        "- (((TEAM ASKS)))",
        "See (((TEAM ASKS))) here.",
        "<details>\n\n(((TEAM ASKS)))\n\n</details>",
        "((TEAM ASKS)))",
        "(((TEAM ASKS",
        "TEAM ASKS)))",
        "(TEAM ASKS)",
        "[[[TEAM ASKS]]]",
        "{{ TEAM ASKS }}",
        "<!- TEAM ASKS -->",
        "<!-- TEAM ASKS -",
        "<!--- TEAM ASKS --->",
        "<!-- TEAM ASKS. -->",
        "<!-- \"TEAM ASKS\" -->",
        "<!-- TEAM ASKS (all) -->",
        "<!-- (((TEAM ASKS))) -->",
        "\\(((TEAM ASKS)))",
        "(((TEAM-ASKS)))",
        "(((TEAMASKS)))",
        "(((TEAM ASK)))",
        "((((TEAM ASKS))))",
        "(((TEAM ASKS: cargo)))",
        "<!-- Team asks: cargo -->",
        "`(((TEAM ASKS)))`",
        "**(((TEAM ASKS)))**",
        "## (((TEAM ASKS)))",
        "[(((TEAM ASKS)))](./a.md)",
        "| a |\n|---|\n| (((TEAM ASKS))) |",
        "[a]\n\n[a]: ./a.md \"(((TEAM ASKS)))\"",
        "<pre>\n\n(((TEAM ASKS)))\n\n</pre>",
        "<span title=\"(((TEAM ASKS)))\">a</span>",
        "<!-- TEAM ASKS",
        "TEAM ASKS",
        "Nothing.",
    ];
    snapshot("rfc-directives", &outcomes(&variants, |written| place(&TEMPLATE.replace("(((TEAM ASKS)))", written))));
}

#[test]
fn a_page_is_included_or_found() {
    let variants = [
        "- [All goals](./all.md)",
        "1. [All goals](all.md \"a title\")",
        "- See [All goals](./all.md).",
        "- **[All goals](./all.md)**",
        "- [All goals][all]\n\n[all]: ./all.md",
        "- [All goals](./all.html)",
        "- [All goals](https://x.org/2026/all.html)",
        "- [All goals](../2026/all.md)",
        "- All of them:\n  - [All goals](./all.md)",
        "- [All goals](./all.md)\nThis is each of them in turn.",
        "[All goals](./all.md)",
        "See [All goals](./all.md).",
        "The site has [all goals](./all.md) in one long list.",
    ];
    let place = |item: &str| {
        let place = place(&format!("## Summary\n\nWe have goals.\n\n## The goals\n\n{item}\n"));
        place.write("src/2026/all.md", b"# All\n\n(((GOALS)))\n\n## By team\n\n(((TEAM ASKS)))\n");
        place
    };
    snapshot("rfc-pages", &outcomes(&variants, place));
}

#[test]
fn a_page_that_is_included_names_the_item_that_does_so() {
    let place = place(&format!("{TEMPLATE}\n## More\n\n- [High](./high.md)\n- [Help](./help.md)\n"));
    place.write("src/2026/high.md", b"# High\n\n## Disks\n\nFull ones.\n");
    place.write(
        "src/2026/help.md",
        b"# Help\n\nWrite to us.\n\n(((GOALS WITH NEEDS: Contributor)))\n\n{{#include ../help.md}}\n",
    );
    snapshot("rfc-included", &place.run(&["lint"]));
}

#[test]
fn what_is_left_out_is_named() {
    let place = place("## Summary\n\nNothing.\n\n((TEAM ASKS))\n\n(((SMALL GOALS: x)))\n");
    place.write("src/2026/b.md", goal("Wicks", "| [lang] | Large | |", "").as_bytes());
    snapshot("rfc-left-out", &place.run(&["rfc", "--allow-errors"]));
}

#[test]
fn a_slate_that_is_over_has_a_page_instead_of_a_template() {
    let place = place("# Goals of 2026\n\nThey are done.\n");
    place.write("src/2027/a.md", goal("Wicks", "| [lang] | Small | |", "").as_bytes());
    place.write("src/2027/README.md", TEMPLATE.as_bytes());
    snapshot("rfc-over", &[place.run(&["rfc", "2026"]), place.run(&["rfc", "2026", "--allow-errors"])].join("\n"));
}

#[test]
fn headings_begin_at_the_second_level() {
    let place = place(
        "# Summary\n\nText.\n\n### Jump\n\n# (((#GOALS))) goals\n\n> # Quoted\n\n> Also\n> quoted\n> ===\n\n```\n# code\n```\n\n(((GOALS)))\n\n\
         ## Asks\n\n(((TEAM ASKS)))\n",
    );
    snapshot("rfc-levels", &place.run(&["rfc"]));
}

#[test]
fn footnotes_come_with_what_refers_to_them() {
    let place = place(&format!("{TEMPLATE}\nThe template has a footnote[^w].\n\n[^w]: Of its own.\n"));
    let note = "Decide first[^w], then look at what is left of the old lanterns[^two]";
    let rest = "\n[^w]: Only if the format stays[^x].\n\n    And [this](./b.md) holds.\n[^two]: Two\nlines by @Manishearth.\n[^x]: As [said].\n\n[said]: https://said.example\n";
    place.write(
        "src/2026/a.md",
        goal("Lanterns[^x]", &format!("| [cargo] | Small | {note} |\n| [lang] | Small | so[^w] |"), rest).as_bytes(),
    );
    place.write(
        "src/2026/b.md",
        goal("Wicks", "| [cargo] | Small | Soon[^w], and no[^none] |", "\n[^w]: Another.\n").as_bytes(),
    );
    snapshot(
        "rfc-footnotes",
        &[place.run(&["lint", "--format", "short"]), place.run(&["rfc", "--allow-errors"])].join("\n"),
    );
}

#[test]
fn what_is_open_at_the_end_does_not_swallow_footnotes() {
    let end = "\n\n[^x]: As said.\n";
    for (open, close) in [("```text\ncode", "\n```"), ("<!-- open", " -->"), ("<div>\nclosed", ""), ("- item", "")] {
        let place = place(&format!("{TEMPLATE}\n{open}\n"));
        let goal = goal("Lanterns[^x]", "| [cargo] | Small | |", "\n[^x]: As said.\n");
        place.write("src/2026/a.md", goal.as_bytes());
        let rfc = String::from_utf8(place.output(&["rfc", "--allow-errors"], b"").stdout).unwrap();
        assert!(rfc.contains(&format!("{open}{close}{end}")), "{rfc}");
    }
}

#[test]
fn the_pull_request_has_one_form() {
    let variants = [
        "17",
        "#17",
        "[rust-lang/rfcs#17]",
        "[#17](https://github.com/rust-lang/rfcs/issues/17)",
        "<https://github.com/rust-lang/rfcs/pull/17>",
        "#0",
        "N/A",
        "[rust-lang/rfcs#17](https://github.com/rust-lang/rfcs/pull/71)",
    ];
    let mut text = String::new();
    for variant in variants {
        let place = place(TEMPLATE);
        let front = FRONT.replace("[rust-lang/rfcs#17](https://github.com/rust-lang/rfcs/pull/17)", variant);
        place.write("src/2026/README.md", format!("{front}{TEMPLATE}").as_bytes());
        for args in [&["rfc"][..], &["rfc", "--pr", "0"], &["rfc", "--pr", "9"]] {
            let rfc = String::from_utf8(place.output(args, b"").stdout).unwrap();
            let line = rfc.lines().find(|line| line.starts_with("- RFC PR")).unwrap_or("no RFC");
            text.push_str(&format!("{variant:?} {}: {line}\n", args[1..].join(" ")));
        }
    }
    snapshot("rfc-pull-request", &text);
}

#[test]
fn a_file_with_another_number_is_noted() {
    let place = place(TEMPLATE);
    let steps = ["0017-lantern.md", "0000-lantern.md", "3764-lantern.md", "lantern.md"]
        .map(|file| place.run(&["rfc", "-o", file]));
    snapshot("rfc-file-number", &steps.join("\n"));
}

#[test]
fn a_table_that_is_repeated_makes_no_giant() {
    let place = place(&format!("{TEMPLATE}{}", "\n(((GOALS)))\n".repeat(2000)));
    let rfc = place.output(&["rfc", "--allow-errors"], b"");
    assert_eq!(rfc.status.code(), Some(0));
    assert!(rfc.stdout.len() < 4000, "{} bytes", rfc.stdout.len());
    place.write("src/2026/README.md", format!("{FRONT}{TEMPLATE}{}", "\n(((GOALS)))\n".repeat(3)).as_bytes());
    snapshot("rfc-repeated", &place.run(&["lint"]));
    // Two names of one table count together.
    let names = "\n(((FLAGSHIP GOALS)))\n\n(((ROADMAP GOALS)))\n".repeat(2);
    place.write("src/2026/README.md", format!("{FRONT}{TEMPLATE}{names}").as_bytes());
    let rfc = String::from_utf8(place.output(&["rfc", "--allow-errors"], b"").stdout).unwrap();
    assert_eq!(rfc.matches("*None.*").count(), 3, "{rfc}");
}

#[test]
fn what_a_goal_says_is_in_the_rfc_or_found() {
    let mut text = String::new();
    for (title, asks, rest) in [
        ("Lanterns", "| [cargo] | Small | (((GOALS))) |", ""),
        ("Lanterns", "| [cargo] | Small | <!-- GOALS --> |", ""),
        ("Lanterns (((GOALS)))", "| [cargo] | Small | |", ""),
        ("Lanterns", "| [cargo][^1] | Small | |", "\n[^1]: Only if it is accepted.\n"),
        ("Lanterns", "| [car\u{feff}go] | Small | |", ""),
    ] {
        let place = place(TEMPLATE);
        place.write("src/2026/a.md", goal(title, asks, rest).as_bytes());
        text.push_str(&format!("# {title} {asks:?}\n\n{}\n", outcome(&place)));
        let allowed = place.output(&["rfc", "--allow-errors"], b"");
        assert_eq!(allowed.status.code(), Some(0), "{}", String::from_utf8(allowed.stderr).unwrap());
    }
    snapshot("rfc-quoted", &text);
}

#[test]
fn a_subgoal_may_have_links_and_people_in_its_name() {
    let goal = common::GOAL.replace(
        "## Frequently",
        "### Do [rust-lang/rust#12] with @Manishearth and [lang]\n\n| Task | Owner(s) or team(s) | Notes |\n|---|---|---|\n\
         | RFC decision | ![Team][] [compiler] | |\n\n## Frequently",
    );
    let template = "# Plans\n\n(((GOALS)))\n\n## Asks\n\n(((TEAM ASKS)))\n";
    let place = Place::with(&[("goals.toml", CONFIG), ("src/2025h1/a.md", &goal), ("src/2025h1/README.md", template)]);
    let rfc = place.output(&["rfc"], b"");
    assert_eq!(rfc.status.code(), Some(0), "{}", String::from_utf8(rfc.stderr).unwrap());
    assert!(
        String::from_utf8(rfc.stdout)
            .unwrap()
            .contains("↳ Do [rust-lang/rust#12](https://github.com/rust-lang/rust/issues/12)")
    );
}

#[test]
fn what_the_front_matter_lacks_is_found() {
    let mut text = String::new();
    for (old, new) in [
        ("- Start Date: 2026-02-01\n", ""),
        ("- Start Date: 2026-02-01\n", "- Start Date: 2026-02-01\n- Start Date: 2026-02-02\n"),
        ("2026-02-01", "2026-02-31"),
        ("2026-02-01", "2024-02-01"),
        ("lantern_2026", "lantern_2025h2"),
    ] {
        let place = place(TEMPLATE);
        place.write("src/2026/README.md", format!("{}{TEMPLATE}", FRONT.replace(old, new)).as_bytes());
        text.push_str(&place.run(&["lint", "--format", "short", "-q"]));
    }
    snapshot("rfc-front-matter-lacks", &text);
}

#[test]
fn a_heading_of_two_lines_may_follow_anything() {
    for above in
        ["<!-- a note -->", "[label]: https://x.org", "Words.\n", "| a |\n|---|\n| b |\n", "- item\n", "> words\n"]
    {
        let place = place(&format!("{TEMPLATE}\n{above}\nBelow it\n===\n\nMore.\n"));
        let run = place.run(&["rfc", "2026", "-q"]);
        assert!(run.contains("\n\n## Below it\n\nMore.\n"), "{above:?}: {run}");
    }
}

#[test]
fn what_finds_nothing_says_so() {
    let directives = "(((HIGHLIGHT TABLE: none)))\n\n(((HIGHLIGHT CREDITS: none)))\n\n(((LARGE GOALS)))\n\n(((CHAMPIONS)))\n\n(((ROADMAPS)))";
    let place = place(&format!("{TEMPLATE}\n\n## More\n\n{directives}\n"));
    let run = place.run(&["rfc", "2026", "-q"]);
    assert_eq!(run.matches("\n*None.*\n").count(), 5, "{run}");
}
