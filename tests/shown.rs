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
    let report: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
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
    // A link in a link would end the outer one.
    let place = project("Lint", "<a href=\"a.md\">@nikomatsakis of [compiler]</a>, @nikomatsakis", "[compiler]");
    let text_of_notes = rfc(&place);
    assert!(text_of_notes.contains(">@nikomatsakis of \\[compiler\\]</a>, [Niko Matsakis]"), "{text_of_notes}");
    for expected in [shown, notes, "| See <b>all. Of</b> it. "] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
}

/// Writes one goal with this title into a slate that is fine otherwise, and answers the errors.
fn errors_of_title(title: &str) -> Vec<String> {
    errors(&project(title, "", ""))
}

#[test]
fn hidden_characters_are_found_and_never_in_the_rfc() {
    for hidden in
        ["\u{202e}", "\u{200b}", "\u{ad}", "\u{feff}", "\u{2800}", "\u{1b}", "&#x202e;", "&rlm;", "&#8203;", "&shy;"]
    {
        for (title, notes, more) in [
            (format!("Lint {hidden}in one run"), String::new(), String::new()),
            ("Lint".to_owned(), format!("a{hidden}b"), String::new()),
            ("Lint".to_owned(), String::new(), format!("[a{hidden}b](https://y.org)")),
            ("Lint".to_owned(), String::new(), format!("[a](https://y.org/{hidden} \"a\")")),
            ("Lint".to_owned(), String::new(), format!("[a](https://y.org \"a{hidden}b\")")),
            ("Lint".to_owned(), String::new(), format!("| a |\n|---|\n| x{hidden} |")),
            ("Lint".to_owned(), String::new(), format!("<b title=\"a{hidden}b\">c</b>")),
        ] {
            let place = project(&title, &notes, &more);
            let found = errors(&place);
            assert!(found.contains(&"hidden-character".to_owned()), "{title:?} {notes:?} {more:?}: {found:?}");
            let text = rfc(&place);
            assert!(!text.contains(hidden), "{title:?} {notes:?} {more:?}: {text}");
        }
    }
    for shown in ["👩\u{200d}💻", "❤\u{fe0f}", "Zo\u{eb} Zoe\u{308}", "a&nbsp;b", "`a&shy;b`", "\\&rlm;", "花江"]
    {
        assert_eq!(errors_of_title(&format!("Lint {shown}")), [""; 0], "{shown}");
    }
    // In the name of a file, which is a part of addresses and labels.
    let place = project("Lint", "see [a][l]", "[b][l]\n\n[l]: https://y.org");
    place
        .write("src/2026/a\u{200b}b\u{202e}.md", (goal("Another", "see [a][l]") + "\n[l]: https://z.org\n").as_bytes());
    assert!(!rfc(&place).contains(['\u{200b}', '\u{202e}']));
    // In code as it is written, though nobody sees it.
    let place = project("Lint", "", "```text\na\u{200b}b\n\u{1b}[31m\n```");
    assert_eq!(errors(&place), ["hidden-character"; 2]);
    assert!(!rfc(&place).contains(['\u{200b}', '\u{1b}']));
}

#[test]
fn values_from_elsewhere_bring_no_hidden_characters() {
    let place = project("Lint [RFC #1]", "by @nikomatsakis, ![Later][]", "");
    let config = "site = \"https://x.org\"\n[users]\n\"@nikomatsakis\" = \"Ni\\u202Eko&#x202e;\"\n\
                  [links]\nLater = \"https://y.org/l\\u200Bater\"\n\
                  [linkifiers]\n'RFC #([0-9]+)' = \"https://y.org/\\u00AD$1\"\n";
    place.write("goals.toml", config.as_bytes());
    let run = place.output(&["rfc", "--allow-errors"], b"");
    let text = String::from_utf8(run.stdout).unwrap();
    let hidden = ["\u{202e}", "\u{200b}", "\u{ad}", " &#x202e;"];
    assert!(hidden.iter().all(|hidden| !text.contains(hidden)), "{text}");
}

#[test]
fn a_title_shows_something() {
    for title in ["&nbsp;", "<!-- x -->", "[](x)", "![](x.png)", "<b></b>", "\u{2800}", "&shy;", "` `", "\u{3164}"] {
        let place = project(title, "", "");
        let found = errors(&place);
        let is_found = found.iter().any(|rule| rule == "missing-title");
        assert!(is_found, "{title:?}: {found:?}");
    }
    for title in [".", "👍", "`x`", "![x](https://y.org)", "&amp;", "[lang]"] {
        let found = errors_of_title(title);
        assert!(!found.contains(&"missing-title".to_owned()), "{title:?}: {found:?}");
    }
    let place = project("Lint", "", "");
    for short in ["&nbsp;", "<!-- x -->", "\u{200b}"] {
        let text = goal("Lint", "").replace("| Highlight | H |", &format!("| Short title | {short} |"));
        place.write("src/2026/deep/a.md", text.as_bytes());
        let found = errors(&place);
        assert!(found.iter().any(|rule| rule == "missing-title" || rule == "hidden-character"), "{short:?}");
    }
}

#[test]
fn titles_are_compared_as_they_are_shown() {
    for other in [
        "**Lint** in one run",
        "`Lint` in one&nbsp;run",
        "LINT in\u{2003}one run",
        "Li&shy;nt in one run",
        "Li\u{200b}nt in one run",
        "[Lint](https://y.org) in one run <!-- again -->",
        "&#76;int in <b>one</b> run",
    ] {
        let place = project("Lint in one run", "", "");
        place.write("src/2026/b.md", goal(other, "").as_bytes());
        let found = errors(&place);
        let is_found = found.contains(&"duplicate-title".to_owned());
        assert!(is_found, "{other:?}: {found:?}");
        let short = goal("Other words", "").replace("| Highlight | H |", &format!("| Short title | {other} |"));
        place.write("src/2026/b.md", short.as_bytes());
        let found = errors(&place);
        let is_found = found.contains(&"duplicate-title".to_owned());
        assert!(is_found, "short: {other:?}: {found:?}");
    }
    let place = project("Lint in one run", "", "");
    place.write("src/2026/b.md", goal("Lint in two runs", "").as_bytes());
    assert!(!errors(&place).contains(&"duplicate-title".to_owned()));
}

#[test]
fn one_long_text_makes_no_giant_of_the_rfc() {
    // A title, notes, and the words of a highlight, each of 30 KB and asked for hundreds of times.
    let long = "word ".repeat(6000);
    let template = format!("{TEMPLATE}{}", "(((HIGHLIGHT TABLE: H)))\n\n".repeat(50));
    let teams: String = (0..500).map(|number| format!(" [team{number}]")).collect();
    let asks: String = (0..500).map(|number| format!("| [lang] | Small | {number} |\n")).collect();
    let text = goal(&long, &long).replace("[compiler]", &teams).replace("See <b>", &format!("{long} See <b>")) + &asks;
    let place = project("Lint", "", "");
    place.write("src/2026/README.md", template.as_bytes());
    place.write("src/2026/deep/a.md", text.as_bytes());
    let size = template.len() + text.len();
    let made = rfc(&place);
    assert!(made.matches(long.trim_end()).count() >= 3, "each is whole once");
    assert!(made.len() < 16 * size, "{} bytes of {size}", made.len());
}
