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
    // It leads to another goal.
    let other = "2025h1/quiet-test-runs.md";
    place.write(other, &std::fs::read(fixtures().join(other)).unwrap());
    let run = place.output(&["lint", name], b"");
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

/// The blocks of YAML in README.md.
fn yaml_blocks() -> Vec<serde_json::Value> {
    let readme = std::fs::read_to_string(repository().join("README.md")).unwrap();
    let blocks = readme.split("```yaml\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    blocks.map(|block| serde_saphyr::from_str(block).unwrap()).collect()
}

fn yaml(path: &str) -> serde_json::Value {
    serde_saphyr::from_str(&std::fs::read_to_string(repository().join(path)).unwrap()).unwrap()
}

#[test]
fn what_is_to_be_copied_fits_the_hooks_and_the_action() {
    let blocks = yaml_blocks();
    let hooks = yaml(".pre-commit-hooks.yaml");
    let ids: Vec<&serde_json::Value> = hooks.as_array().unwrap().iter().map(|hook| &hook["id"]).collect();
    for hook in blocks[0]["repos"][0]["hooks"].as_array().unwrap() {
        assert!(ids.contains(&&hook["id"]), "{hook}");
    }
    let readme = std::fs::read_to_string(repository().join("README.md")).unwrap();
    for id in ids {
        assert!(readme.contains(&format!("`{}`", id.as_str().unwrap())), "README.md does not tell of the hook {id}");
    }

    let inputs = yaml("action.yml")["inputs"].clone();
    let steps = blocks[1]["jobs"]["lint"]["steps"].as_array().unwrap();
    let step =
        steps.iter().find(|step| step["uses"].as_str().is_some_and(|uses| uses.starts_with("OWNER/goals@"))).unwrap();
    for input in step["with"].as_object().unwrap().keys() {
        assert!(inputs[input].is_object(), "the action has no input {input}");
    }
    assert_eq!(steps[0]["with"]["fetch-depth"], 0, "`--since` needs the whole history");
}
