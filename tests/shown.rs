//! What a reader of an RFC sees of a goal: raw HTML, characters without a shape, titles.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use common::Place;

/// A goal of 2026 that asks the compiler team, with these notes.
fn goal(title: &str, notes: &str) -> String {
    format!(
        "# {title}\n\n| Metadata | |\n|---|---|\n| Point of contact | @nikomatsakis |\n| Status | Proposed |\n\
         | Highlight | H |\n\n## Summary\n\nSee <b>all. Of</b> it. More.\n\n\
         ## Team asks\n\n| Team | Support level | Notes |\n|---|---|---|\n| [compiler] | Small | {notes} |\n"
    )
}

const TEMPLATE: &str = "- Feature Name: x\n- Start Date: 2026-01-02\n- RFC PR: [rust-lang/rfcs#1](https://x.org)\n\n\
    ## Summary\n\nWords.\n\n## Goals\n\n(((GOALS)))\n\n(((TEAM ASKS)))\n\n(((HIGHLIGHT TABLE: H)))\n\n## More\n\n";

/// A project with one goal, whose template ends with these words.
fn project(title: &str, notes: &str, more: &str) -> Place {
    let template = format!("{TEMPLATE}{more}\n");
    Place::with(&[
        ("goals.toml", "site = \"https://x.org\"\n"),
        ("src/2026/README.md", &template),
        ("src/2026/deep/a.md", &goal(title, notes)),
        ("src/2026/plan.png", ""),
    ])
}

fn rfc(place: &Place) -> String {
    let run = place.output(&["rfc", "--allow-errors"], b"");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

/// The rules whose findings are errors.
fn errors(place: &Place) -> Vec<String> {
    let run = place.output(&["lint", "--format", "json", "-q"], b"");
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    let report: serde_json::Value = serde_json::from_slice(&run.stdout).expect(&said);
    let findings = report["findings"].as_array().unwrap().iter();
    let errors = findings.filter(|finding| finding["level"] == "error");
    errors.map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn addresses_in_html_lead_to_the_site() {
    for (written, made) in [
        ("<a href=\"./deep/a.md\">x</a>", "<a href=\"https://x.org/2026/deep/a.html\">x</a>"),
        ("<A HREF='deep/a.md#summary'>x</A>", "<A HREF='https://x.org/2026/deep/a.html#summary'>x</A>"),
        ("<img\n  src=plan.png\n  alt=x>", "<img\n  src=https://x.org/2026/plan.png\n  alt=x>"),
        ("<a href=\"deep/a.md?b=1&amp;c=2\">x</a>", "<a href=\"https://x.org/2026/deep/a.html?b=1&amp;c=2\">x</a>"),
        ("<a href=\"&#46;/deep/a.md\">x</a>", "<a href=\"https://x.org/2026/deep/a.html\">x</a>"),
        (
            "[<img src=\"plan.png\">](deep/a.md)",
            "[<img src=\"https://x.org/2026/plan.png\">](https://x.org/2026/deep/a.html)",
        ),
        (
            "<details>\n<summary>a</summary>\n\n<img src=\"plan.png\">\n\n</details>",
            "\n\n<img src=\"https://x.org/2026/plan.png\">\n",
        ),
        (
            "<a href=\"#more\">x</a> <a href=\"https://y.org?a&amp;b\">y</a>",
            "<a href=\"#more\">x</a> <a href=\"https://y.org?a&amp;b\">y</a>",
        ),
        ("`<a href=\"./x.md\">` <!-- <img src=x.png> -->", "`<a href=\"./x.md\">` <!-- <img src=x.png> -->"),
    ] {
        let place = project("Lint", "", written);
        assert_eq!(errors(&place), [""; 0], "{written}");
        let text = rfc(&place);
        assert!(text.contains(made), "{written}: {text}");
    }
    for (written, rule) in [
        ("<a href=\"./b.md\">x</a>", "dead-link"),
        ("<a href='#nowhere'>x</a>", "dead-anchor"),
        ("<img src=\"\">", "malformed-address"),
        ("<a href=javascript:x>x</a>", "malformed-address"),
    ] {
        assert_eq!(errors(&project("Lint", "", written)), [rule], "{written}");
    }
}

#[test]
fn html_of_a_goal_is_quoted_with_what_belongs_to_it() {
    let title = "Lint <a href=\"./a.md\">in</a> <img src=\"../plan.png\" alt=\"x\"> [one](b.md) `[run]`";
    let text = rfc(&project(title, "<a href=\"../plan.png\">x</a> <a href=\"#summary\">y</a>", ""));
    let shown =
        "[Lint in <img src=\"https://x.org/2026/plan.png\" alt=\"x\"> one `[run]`](https://x.org/2026/deep/a.html)";
    let notes =
        "<a href=\"https://x.org/2026/plan.png\">x</a> <a href=\"https://x.org/2026/deep/a.html#summary\">y</a>";
    for expected in [shown, notes, "| See <b>all. Of</b> it. "] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
}
