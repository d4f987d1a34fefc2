//! What leads and teams ask of a slate under vote: the review of a team, what changed, who votes, who champions what.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use common::{GOAL, Place, commit, copy, fixtures, git, has, output, path_variable, show, snapshot, titled};

/// A copy of the made-up project, in which files may change.
fn project() -> Place {
    let place = Place::new();
    copy(&fixtures(), place.path());
    place
}

/// Runs the program in `fixtures/`, once for each list of arguments.
fn runs(all: &[&[&str]]) -> String {
    let run = |args: &&[&str]| show(args, &output(&fixtures(), args, b"", &[]));
    all.iter().map(run).collect::<Vec<_>>().join("\n").replace('\r', "␍")
}

#[test]
fn a_review_holds_what_a_team_decides_about() {
    snapshot("desk-review", &runs(&[&["review", "lang"], &["review", "[Compiler]", "2025h1"]]));
    snapshot("desk-review-json", &runs(&[&["review", "infra", "2026", "--format", "json"]]));
    snapshot(
        "desk-review-none",
        &runs(&[&["review", "rustdoc"], &["review", "lnag"], &["review"], &["review", "lang", "--format", "csv"]]),
    );
}

/// A goal of 2026 with the rows of its asks, and a summary in which everything could go wrong that is quoted.
fn goal_of_2026(asks: &str) -> String {
    format!(
        "# A [goal] | of `[code]`\n\n| Metadata | |\n|---|---|\n| Point of contact | @mara-okafor |\n| Status | Proposed |\n\
         | [compiler] champion | TBD |\n| Roadmap | No page |\n\n## Summary\n\n[A page](other.md#part), [a label][l], [l], [compiler], a note[^1] and \
         @kofi42, [@kofi42](x.md), `@code`.\n\n<!-- for authors -->\n\n[l]: https://example.org/l\n[^1]: Of @priya-raman.\n\n\
         ### Below\n\n```text\n@kofi42 ## not a heading\n\n::error::x\n\n## Motivation\n```\n\n## Team asks\n\n\
         | Team | Support level | Notes |\n|---|---|---|\n{asks}"
    )
}

#[test]
fn a_review_quotes_without_calling_or_breaking_anything() {
    let asks = "| [lang] | Large | See [here](other.md) and [l] \\| @kofi42: <br> `a\\|b` |\n| [lang] | Small | |\n| [compiler] | | |\n";
    let goal = goal_of_2026(asks);
    let place = Place::with(&[("src/2026/a.md", &goal), ("src/2026/b.md", &goal.replace("TBD", "@kofi42"))]);
    let unlinked = place.run(&["review", "lang"]);
    place
        .write("goals.toml", b"site = \"https://example.org/goals\"\n[linkifiers]\n'l' = \"https://example.org/no\"\n");
    let linked = [place.run(&["review", "lang"]), place.run(&["review", "compiler"])];
    snapshot("desk-review-quotes", &format!("{unlinked}\n{}", linked.join("\n")));
    for text in [&unlinked, &linked[0]] {
        let ping =
            |line: &&str| line.contains("[@kofi42]") || !line.contains("@kofi42") || line.contains("> @kofi42 ##");
        assert!(text.lines().filter(|line| !line.starts_with("stderr")).all(|line| ping(&line)), "{text}");
    }
}

#[test]
fn what_lacks_an_answer_is_listed() {
    let asks = "| [lang] | Large | |\n| [compiler] | | |\n| [docs-tools] | TBD | |\n| [types] | Small | |\n";
    let place = Place::with(&[
        ("src/2026/a.md", &goal_of_2026(asks)),
        ("src/2026/b.md", &goal_of_2026("| [lang] | Small | |\n")),
    ]);
    let all: [&[&str]; 7] = [
        &["list", "--missing", "champion"],
        &["list", "--missing", "answer", "--format", "markdown"],
        &["list", "--missing", "champion", "--missing", "answer", "--team", "compiler"],
        &["list", "--missing", "champion", "--format", "json", "--team", "lang"],
        &["list", "--missing", "answer", "--team", "types"],
        &["asks", "--format", "markdown"],
        &["list", "--missing", "everything"],
    ];
    let runs: Vec<String> = all.iter().map(|args| place.run(args)).collect();
    snapshot("desk-missing", &runs.join("\n"));
}

#[test]
fn the_matrix_has_goals_and_teams() {
    snapshot(
        "desk-matrix",
        &runs(&[
            &["asks", "2026", "--matrix"],
            &["asks", "2026", "--matrix", "--format", "markdown", "-q"],
            &["asks", "2026", "--matrix", "--format", "csv", "-q"],
            &["asks", "2025h1", "--matrix", "--team", "compiler", "--format", "json", "-q"],
            &["asks", "2026", "--matrix", "--totals", "teams"],
        ]),
    );
}

#[test]
#[cfg(unix)]
fn a_terminal_gets_the_matrix_in_parts() {
    let text = common::on_terminal(&fixtures(), &["--color", "never", "asks", "2026", "--matrix"], 80);
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    snapshot("desk-matrix-terminal", &text);
}

#[test]
fn the_comment_asks_each_member() {
    snapshot(
        "desk-fcp",
        &runs(&[&["fcp"], &["fcp", "2025h1", "--format", "csv", "-q"], &["fcp", "2026", "--format", "json", "-q"]]),
    );
}

#[test]
fn votes_are_read_back() {
    let place = project();
    let comment = String::from_utf8(place.output(&["fcp", "2026", "-q"], b"").stdout).unwrap();
    place.write("comment.md", comment.as_bytes());
    let nobody = place.run(&["fcp", "2026", "--done", "comment.md"]);
    // One team is complete, one has its lead, somebody was added, somebody is gone.
    let first = comment.find("\n## ").unwrap() + 1;
    let second = first + comment[first..].find("\n## ").unwrap();
    let (one, others) = comment.split_at(second);
    let others = others.replacen("* [ ] @", "- [X] @", 1);
    let gone = others.lines().find(|line| line.contains("(optional)")).unwrap().to_owned();
    let others = others.replacen(&format!("{gone}\n"), "", 1);
    let later =
        format!("{}* [x] newcomer (optional)\n{others}\n## no-such-team\n* [ ] @x\n", one.replace("[ ]", "[x]"));
    place.write("later.md", later.replace('\n', "\r\n").as_bytes());
    let all: [&[&str]; 7] = [
        &["fcp", "2026", "--done", "later.md"],
        &["fcp", "2026", "--done", "later.md", "--format", "markdown", "-q"],
        &["fcp", "2026", "--done", "later.md", "--format", "csv", "-q"],
        &["fcp", "2026", "--done", "later.md", "--format", "json", "-q"],
        &["fcp", "2026", "--done", "goals.toml"],
        &["fcp", "2026", "--done", "missing.md"],
        &["fcp", "1999"],
    ];
    let runs: Vec<String> = all.iter().map(|args| place.run(args)).collect();
    snapshot("desk-votes", &format!("{nobody}\n{}", runs.join("\n")).replace('\r', "␍"));
}

#[test]
fn nobody_votes_for_a_team_that_is_unknown() {
    let place = Place::with(&[("src/2025h1/a.md", &GOAL.replace("[compiler]", "[complier]"))]);
    snapshot("desk-fcp-unknown", &place.run(&["fcp"]));
}

#[test]
fn changes_are_found_in_git_and_in_directories() {
    if !has("git", "changes_are_found_in_git_and_in_directories") {
        return;
    }
    let place = Place::new();
    let goal = |title: &str| titled(GOAL, title);
    let ask = |rows: &str| format!("| Standard reviews | ![Team][] [compiler] |       |\n{rows}");
    let asks = |title: &str, rows: &str| {
        goal(title).replace("| Standard reviews | ![Team][] [compiler] |       |\n", &ask(rows))
    };
    place.write("goals.toml", b"");
    place.write("old/src/2025h1/broken.md", goal("Broken").as_bytes());
    place
        .write("old/src/2025h1/gone.md", goal("Gone for good").replace("Words.", "Nothing else says this.").as_bytes());
    place.write("old/src/2025h1/moved.md", goal("Moved").as_bytes());
    place.write("old/src/2025h1/same.md", asks("Same", "| RFC decision | ![Team][] [lang] | *Soon* |\n").as_bytes());
    place.write("old/src/2025h1/title.md", goal("Title").as_bytes());
    copy(&place.path().join("old/src"), &place.path().join("src"));
    git(place.path(), &["init", "--quiet"]);
    commit(place.path(), "then");
    git(place.path(), &["tag", "then"]);
    let now = place.path().join("src/2025h1");
    std::fs::rename(now.join("moved.md"), now.join("elsewhere.md")).unwrap();
    std::fs::remove_file(now.join("gone.md")).unwrap();
    let broken =
        goal("Broken").replace("| Metadata         |              |\n|------------------|--------------|\n", "");
    place.write("src/2025h1/broken.md", broken.as_bytes());
    place.write(
        "src/2025h1/same.md",
        asks("Same", "| RFC  decision |![Team][] [lang]| Soon |\n| Design meeting | ![Team][] [lang], [types] | |\n")
            .replace("Proposed", "Accepted")
            .as_bytes(),
    );
    place.write("src/2025h1/title.md", goal("Another **title**").replace("@Manishearth", "@davidtwco").as_bytes());
    place.write("goals.toml", b"site = \"https://example.org\"\n");
    commit(place.path(), "now");
    let run = |args: &[&str]| {
        let path = path_variable();
        show(args, &output(place.path(), args, b"", &[("PATH", &path)])).replace('\r', "␍")
    };
    let all: [&[&str]; 12] = [
        &["changes", "--since", "then"],
        &["changes", "--since", "then", "--team", "lang", "--format", "markdown"],
        &["changes", "--old", "old", "--format", "json", "-q"],
        &["changes", "--old", "old/src/2025h1", "--format", "csv", "-q"],
        &["changes", "--since", "HEAD"],
        &["changes", "--since", "no-such-revision"],
        &["changes", "--since", "-x"],
        &["changes", "--old", "nowhere"],
        &["changes", "--old", "goals.toml"],
        &["changes"],
        &["changes", "--since", "then", "--old", "old"],
        &["changes", "--since", "then", "--team", "lnag"],
    ];
    let runs: Vec<String> = all.iter().map(|args| run(args)).collect();
    snapshot("desk-changes", &runs.join("\n"));
    let json = |args: &[&str]| -> serde_json::Value {
        let path = path_variable();
        serde_json::from_slice(&output(place.path(), args, b"", &[("PATH", &path)]).stdout).unwrap()
    };
    let (since, old) = (
        json(&["changes", "--since", "then", "--format", "json"]),
        json(&["changes", "--old", "old", "--format", "json"]),
    );
    assert_eq!(since["changes"], old["changes"]);
    assert!(since["version"] == 1 && !since["changes"].as_array().unwrap().is_empty());
}

#[test]
fn a_slate_that_is_new_has_new_goals() {
    if !has("git", "a_slate_that_is_new_has_new_goals") {
        return;
    }
    let place = Place::with(&[("src/2024h2/a.md", GOAL)]);
    git(place.path(), &["init", "--quiet"]);
    commit(place.path(), "then");
    place.write("src/2025h1/b.md", GOAL.as_bytes());
    let path = path_variable();
    let run = |args: &[&str]| show(args, &output(place.path(), args, b"", &[("PATH", &path)]));
    let old = run(&["changes", "--old", "src/2024h2"]);
    std::fs::create_dir(place.path().join("several")).unwrap();
    copy(&place.path().join("src/2024h2"), &place.path().join("several/2024h2"));
    snapshot(
        "desk-changes-new",
        &[run(&["changes", "--since", "HEAD"]), old, run(&["changes", "--old", "several"])].join("\n"),
    );
}
