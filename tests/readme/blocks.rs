//! What the documents show to be copied works.

use std::process::Command;

use regex_lite::Regex;
use serde_json::Value;

use crate::common::{Place, fixtures, has};
use crate::documents::{blocks, names, read};
use crate::terminal::broken_goal;

fn yaml(text: &str) -> Value {
    serde_saphyr::from_str(text).unwrap()
}

/// The blocks of YAML that have this key.
fn yaml_with(key: &str) -> Vec<(String, Value)> {
    let all = blocks("yaml").into_iter().map(|(name, text)| (name, yaml(&text)));
    let found: Vec<_> = all.filter(|(_, block)| block[key] != Value::Null).collect();
    assert!(!found.is_empty(), "no document shows a file with `{key}`");
    found
}

#[test]
fn hooks_are_those_of_the_manifest() {
    let manifest = yaml(&read(".pre-commit-hooks.yaml"));
    let ids: Vec<&str> = manifest.as_array().unwrap().iter().map(|hook| hook["id"].as_str().unwrap()).collect();
    for (name, block) in yaml_with("repos") {
        for hook in block["repos"][0]["hooks"].as_array().unwrap() {
            assert!(ids.contains(&hook["id"].as_str().unwrap()), "{name}: {hook}");
        }
    }
    let page = read("docs/ci.md");
    for id in ids {
        assert!(page.contains(&format!("`{id}`")), "docs/ci.md does not tell of the hook {id}");
    }
}

#[test]
fn workflows_fit_the_action() {
    let inputs = yaml(&read("action.yml"))["inputs"].clone();
    for (name, block) in yaml_with("jobs") {
        // The site is built without the action.
        let Some(steps) = block["jobs"]["lint"]["steps"].as_array() else { continue };
        let is_ours = |step: &&Value| step["uses"].as_str().is_some_and(|uses| uses.starts_with("OWNER/goals@"));
        let step = steps.iter().find(is_ours).unwrap();
        for input in step["with"].as_object().unwrap().keys() {
            assert!(inputs[input].is_object(), "{name}: the action has no input {input}");
        }
        assert_eq!(steps[0]["with"]["fetch-depth"], 0, "{name}: `--since` needs the whole history");
    }
    let page = read("docs/ci.md");
    for input in inputs.as_object().unwrap().keys() {
        assert!(page.contains(&format!("| `{input}` |")), "docs/ci.md does not tell of the input {input}");
    }
}

#[test]
fn actions_are_pinned() {
    let pinned = Regex::new("^ *- uses: ([^@ ]+@[0-9a-f]{40} # v[0-9.]+|OWNER/goals@REVISION)$").unwrap();
    // What is shown to others is what this repository uses itself.
    let own = read(".github/workflows/ci.yml");
    let mut number = 0;
    for (name, text) in blocks("yaml") {
        for line in text.lines().filter(|line| line.contains("uses:")) {
            number += 1;
            assert!(pinned.is_match(line), "{name}: pin `{}` by a full commit hash", line.trim());
            let is_own = line.contains("OWNER/goals@") || own.contains(line.trim());
            assert!(is_own, "{name}: `{}` is not what .github/workflows/ci.yml uses", line.trim());
        }
    }
    assert!(number >= 2, "{number} steps use an action");
}

/// What tells the configuration of an editor from `goals.toml`.
const OF_EDITORS: [&str; 2] = ["language-server", "language_servers"];

#[test]
fn configuration_is_accepted() {
    let is_of_editor = |text: &str| {
        let table: toml::Table = text.parse().unwrap();
        OF_EDITORS.iter().any(|key| table.contains_key(*key))
    };
    for (name, text) in blocks("toml").into_iter().filter(|(_, text)| !is_of_editor(text)) {
        let place = Place::new();
        for entry in std::fs::read_dir(fixtures().join("team")).unwrap() {
            let path = entry.unwrap().path();
            let file = format!("team/{}", path.file_name().unwrap().to_string_lossy());
            place.write(&file, &std::fs::read(&path).unwrap());
        }
        // A part of another file says so at its beginning.
        let file = if text.starts_with("# book.toml\n") { "book.toml" } else { "goals.toml" };
        place.write(file, text.as_bytes());
        let run = place.output(&["config"], b"");
        assert!(run.status.success(), "{name}: {}", String::from_utf8_lossy(&run.stderr));
    }
}

#[test]
fn every_key_of_the_configuration_is_shown() {
    let schema: Value = serde_json::from_str(&read("rules/goals.schema.json")).unwrap();
    let tables: Vec<toml::Table> = blocks("toml").iter().map(|(_, text)| text.parse().unwrap()).collect();
    for key in schema["properties"].as_object().unwrap().keys() {
        assert!(tables.iter().any(|table| table.contains_key(key)), "no document shows `{key}` of goals.toml");
    }
}

/// What the program prints for editors: path, line, column, level, rule, message.
fn short_lines(place: &Place) -> Vec<String> {
    let run = place.output(&["lint", "--format", "short", "--quiet"], b"");
    let lines: Vec<String> = String::from_utf8(run.stdout).unwrap().lines().map(str::to_owned).collect();
    assert!(lines.len() > 1, "{lines:?}");
    lines
}

#[test]
fn the_task_of_vs_code_matches_what_is_printed() {
    let place = broken_goal();
    let all = blocks("json");
    let (name, text) = all.iter().find(|(_, text)| text.contains("problemMatcher")).unwrap();
    let task: Value = serde_json::from_str(text).unwrap();
    let task = &task["tasks"][0];
    let command = task["command"].as_str().unwrap();
    assert!(read(name).contains(&format!("```sh\n{command}\n")), "{command} is not the command of {name}");
    let pattern = &task["problemMatcher"]["pattern"];
    let matcher = Regex::new(pattern["regexp"].as_str().unwrap()).unwrap();
    for line in short_lines(&place) {
        let found = matcher.captures(&line).unwrap_or_else(|| panic!("`{line}` is not matched"));
        let part = |key: &str| &found[usize::try_from(pattern[key].as_u64().unwrap()).unwrap()];
        assert!(place.path().join(part("file")).is_file(), "{line}");
        let again = ["file", "line", "column", "severity", "code", "message"].map(part);
        let [file, number, column, severity, code, message] = again;
        assert_eq!(format!("{file}:{number}:{column}: {severity}[{code}] {message}"), line);
    }
}

#[test]
fn vim_fills_the_quickfix_list() {
    if !has("vim", "vim_fills_the_quickfix_list") {
        return;
    }
    let place = broken_goal();
    let [(_, settings)] = &blocks("vim")[..] else { panic!("one block for Vim is expected") };
    let list = "call writefile(map(getqflist(), {_, item -> printf('%s:%d:%d: %s', bufname(item.bufnr), item.lnum, \
                item.col, item.type)}), 'list')";
    place.write("settings.vim", format!("{settings}silent make!\n{list}\nqall!\n").as_bytes());
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_goals")).parent().unwrap();
    let path = format!("{}:{}", program.display(), crate::common::path_variable());
    let args = ["-u", "NONE", "-i", "NONE", "-N", "-n", "-e", "-s", "-S", "settings.vim"];
    let run = Command::new("vim").args(args).current_dir(place.path()).env("PATH", path).output().unwrap();
    let list = std::fs::read_to_string(place.path().join("list"))
        .unwrap_or_else(|_| panic!("vim: {}", String::from_utf8_lossy(&run.stderr)));
    let expected: Vec<String> = short_lines(&place)
        .iter()
        .map(|line| {
            let (place, rest) = line.split_once(": ").unwrap();
            format!("{place}: {}", &rest[..1])
        })
        .collect();
    assert_eq!(list.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn editors_start_the_server() {
    let all = common_blocks(&["lua", "toml", "json", "rust", "js"]);
    for word in ["'goals', 'server'", "args = [\"server\"]", "\"server\".into()", "args: ['server']"] {
        assert!(all.iter().any(|text| text.contains(word)), "no editor is told {word}");
    }
}

fn common_blocks(languages: &[&str]) -> Vec<String> {
    let all = languages.iter().flat_map(|language| blocks(language));
    all.filter(|(name, _)| name == "docs/editors.md").map(|(_, text)| text).collect()
}

#[test]
fn neovim_shows_what_is_found() {
    if !has("nvim", "neovim_shows_what_is_found") {
        return;
    }
    let place = broken_goal();
    let blocks = common_blocks(&["lua"]);
    // The other one is for versions that are newer than what CI has.
    let settings = blocks.iter().find(|text| text.contains("start_client")).unwrap();
    let path = goals_of(&place);
    let script = format!(
        "{settings}\nvim.cmd('edit {path}')\nvim.cmd('setfiletype markdown')\n\
         vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end, 20)\n\
         local lines = {{}}\nfor _, one in ipairs(vim.diagnostic.get(0)) do\n\
         table.insert(lines, (one.lnum + 1) .. ':' .. (one.col + 1))\nend\n\
         vim.fn.writefile(lines, 'list')\nvim.cmd('qall!')\n"
    );
    place.write("settings.lua", script.as_bytes());
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_goals")).parent().unwrap();
    let variable = format!("{}:{}", program.display(), crate::common::path_variable());
    let args = ["--headless", "--clean", "-n", "-i", "NONE", "-c", "luafile settings.lua"];
    let run = Command::new("nvim").args(args).current_dir(place.path()).env("PATH", variable).output().unwrap();
    let list = std::fs::read_to_string(place.path().join("list"))
        .unwrap_or_else(|_| panic!("nvim: {}", String::from_utf8_lossy(&run.stderr)));
    let mut shown: Vec<&str> = list.lines().collect();
    let mut expected: Vec<String> = short_lines(&place)
        .iter()
        .filter_map(|line| line.strip_prefix(&format!("{path}:")))
        .map(|rest| rest.split(": ").next().unwrap().to_owned())
        .collect();
    shown.sort_unstable();
    expected.sort_unstable();
    assert_eq!(shown, expected);
}

/// The first file with findings.
fn goals_of(place: &Place) -> String {
    short_lines(place)[0].split(':').next().unwrap().to_owned()
}

#[test]
fn suppressions_name_rules() {
    let named = Regex::new(r"goals: allow\(([^)]*)\) \w").unwrap();
    let mut number = 0;
    for (name, text) in blocks("markdown").into_iter().filter(|(name, _)| name != "docs/rules.md") {
        for found in named.captures_iter(&text) {
            number += 1;
            assert!(goals::find_rule(&found[1]).is_some(), "{name}: `{}` is no rule", &found[1]);
        }
    }
    assert!(number > 2, "{number} suppressions are read");
}

#[test]
fn every_block_says_what_it_is() {
    for name in names() {
        for block in crate::documents::parts(&name).0 {
            assert!(!block.language.is_empty(), "{name}: a block without a language:\n{}", block.text);
        }
    }
}
