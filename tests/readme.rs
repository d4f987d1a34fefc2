//! The README shows what the program really prints.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use common::{Place, fixtures, repository};

#[test]
fn the_picture_is_a_real_one() {
    let name = "2025h1/batched-doctests.md";
    let text = std::fs::read_to_string(fixtures().join(name)).unwrap().replacen("[rustdoc]", "[rusdoc]", 1);
    let place = Place::with(&[(name, &text)]);
    let roster = fixtures().join("team");
    let asks = std::fs::read_to_string(fixtures().join("goals.toml")).unwrap();
    place.write("goals.toml", asks.replace("path = \"team\"", &format!("path = {roster:?}")).as_bytes());
    let run = place.output(&["lint", "2025h1"], b"");
    let printed = String::from_utf8(run.stdout).unwrap();

    let readme = std::fs::read_to_string(repository().join("README.md")).unwrap();
    let shown = readme.split("```text\n").nth(1).unwrap().split("```").next().unwrap();
    assert_eq!(shown.trim_end(), printed.trim_end(), "the picture in README.md is not what the program prints");
}

/// What stands between these two lines of README.md is made from the rules' own data.
const BEGIN: &str = "<!-- rules: made by `UPDATE_README=1 cargo test --test readme` -->\n";
const END: &str = "<!-- end of rules -->";

#[test]
fn the_list_of_rules_is_current() {
    let mut table = String::from("\n| rule | level | `--fix` | what holds |\n|---|---|---|---|\n");
    for rule in goals::RULES {
        let data = rule.read().unwrap();
        let fixable = if data.fixable { "yes" } else { "" };
        let summary = data.summary.replace('|', "\\|");
        let elsewhere = data.elsewhere.map_or_else(String::new, |level| format!(", else {}", level.word()));
        table.push_str(&format!("| `{}` | {}{elsewhere} | {fixable} | {summary} |\n", rule.id, data.level.word()));
    }
    table.push('\n');
    let path = repository().join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = readme.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let current = format!("{before}{BEGIN}{table}{END}{after}");
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(path, current).unwrap();
    } else {
        assert!(
            readme == current,
            "the list of rules in README.md is out of date: UPDATE_README=1 cargo test --test readme"
        );
    }
}
