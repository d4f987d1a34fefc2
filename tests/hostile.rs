//! Files that may have been put there to do harm, or that are no files at all: what each gets.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;

use common::{GOAL, Place, has, snapshot};

/// What must never be in an output: the text of a file that is not the project's.
const SECRET: &str = "0123-secret-token";

/// A place with a project in `project`, and next to it a file that must not be read.
fn project() -> Place {
    let place = Place::with(&[("outside/secret.md", SECRET), ("project/goals.toml", ""), ("project/src/2026/x", "")]);
    place.write("project/src/2025h1/good.md", GOAL.as_bytes());
    place
}

/// Runs the program in the project; nothing that it says may hold the secret.
fn run(place: &Place, args: &[&str]) -> String {
    let output = common::output(&place.path().join("project"), args, b"", &[]);
    let text = common::show(args, &output);
    assert!(!text.contains(SECRET), "{text}");
    text
}

/// Shows what each case gets.
fn show_all(name: &str, cases: Vec<(&str, String)>) {
    let text: Vec<String> = cases.into_iter().map(|(title, run)| format!("# {title}\n\n{run}")).collect();
    snapshot(name, &text.join("\n"));
}

#[test]
fn links_in_the_text_that_lead_elsewhere() {
    let links = [
        "../../../../outside/secret.md",
        "../../../outside/secret.md",
        "/etc/passwd",
        "file:///etc/passwd",
        "//example.org/x.md",
        "..%2f..%2f..%2foutside%2fsecret.md",
        "..\\..\\secret.md",
        "%00.md",
        "javascript:alert(1)",
    ];
    let place = project();
    place.write("project/src/2025h1/README.md", b"# RFC\n\n## Goals\n\n(((GOALS)))\n\n(((TEAM ASKS)))\n");
    place.write("project/goals.toml", b"site = \"https://goals.example.org\"\n");
    let mut cases = Vec::new();
    for link in links {
        place.write("project/src/2025h1/good.md", GOAL.replace("Words.", &format!("[words]({link})")).as_bytes());
        cases.push((link, run(&place, &["lint", "src/2025h1"])));
    }
    cases.push(("the same in the RFC", run(&place, &["rfc", "src/2025h1", "--allow-errors", "-q"])));
    show_all("hostile-targets", cases);
}

/// A goal with a fixable mistake.
fn fixable() -> String {
    GOAL.replace("# A goal", "# Kept elsewhere").replace("| Proposed     |", "| proposed     |")
}

/// The project with a link in it.
fn linked(from: &str, to: &str) -> Place {
    let place = project();
    place.write("project/.git/config", SECRET.as_bytes());
    place.write("project/notes/kept.md", fixable().as_bytes());
    place.write("project/notes/slate/2025h2/a.md", GOAL.as_bytes());
    let from = place.path().join("project").join(from);
    let _ = std::fs::remove_file(&from);
    symlink(to, from).unwrap();
    place
}

#[test]
fn symbolic_links() {
    let slate: &[&str] = &["lint", "src/2025h1"];
    let all: &[&str] = &["lint"];
    let (page, template) = ("src/2025h1/x.md", "src/TEMPLATE.md");
    let secret = "../../../outside/secret.md";
    let cases = [
        ("a page that links out of the repository", page, secret, slate),
        ("the same, as an argument", page, secret, &["lint", page]),
        ("a page that links into a hidden directory", page, "../../.git/config", slate),
        ("a page that links to a device", page, "/dev/zero", slate),
        ("a page that links to itself", page, "x.md", slate),
        ("a page with a broken link", page, "nowhere.md", slate),
        ("a page that links within the repository", page, "../../notes/kept.md", slate),
        ("the same, as an argument", page, "../../notes/kept.md", &["lint", page]),
        ("the same, with `--fix`", page, "../../notes/kept.md", &["lint", "--fix"]),
        ("a link out of the repository with another extension", "src/2025h1/x.markdown", secret, slate),
        ("a directory in a slate that links to its parent", "src/2025h1/circle", "..", slate),
        ("a directory in a slate that links out of the repository", "src/2025h1/out", "../../../outside", slate),
        ("a slate that links out of the repository", "src/2027", "../../outside", all),
        ("the same, as an argument", "src/2027", "../../outside", &["lint", "src/2027"]),
        ("the same, assembled", "src/2027", "../../outside", &["rfc", "src/2027"]),
        ("a slate with a broken link", "src/2027", "nowhere", all),
        ("a slate that links within the repository", "src/2027", "../notes/slate/2025h2", all),
        ("slates in a directory that links out of the repository", "src/more", "../../outside", &["lint", "src/more"]),
        ("a template that links out of the repository", template, "../../outside/secret.md", slate),
        ("a template with a broken link", template, "nowhere.md", slate),
        ("a template in a slate that links out of the repository", "src/2025h1/TEMPLATE.md", secret, slate),
        ("a configuration that links out of the repository", "goals.toml", "../outside/secret.md", slate),
        ("a configuration with a broken link", "goals.toml", "nowhere.toml", all),
        ("asks that link out of the repository", "rust-project-goals.toml", "../outside/secret.md", slate),
        ("a book.toml with a broken link", "book.toml", "nowhere.toml", slate),
        ("a roster that links out of the repository", "teams.json", "../outside/secret.md", &["lint", "--roster", "."]),
    ];
    let mut cases = cases.map(|(title, from, to, args)| (title, run(&linked(from, to), args))).to_vec();
    let place = linked("team", "../outside");
    place.write("project/goals.toml", b"[roster]\npath = \"team\"\n");
    cases.push(("a roster directory that links out of the repository", run(&place, slate)));
    show_all("hostile-links", cases);
}

#[test]
fn what_is_fixed_through_a_link_stays_as_it_is() {
    let place = linked("src/2025h1/x.md", "../../notes/kept.md");
    run(&place, &["lint", "--fix"]);
    assert_eq!(place.path().join("project/src/2025h1/x.md").read_link().unwrap(), Path::new("../../notes/kept.md"));
    let kept = place.path().join("project/notes/kept.md");
    assert_eq!(std::fs::read_to_string(&kept).unwrap(), fixable());
    assert_eq!(std::fs::read_dir(place.path().join("project/src/2025h1")).unwrap().count(), 2, "nothing is left");
}

#[test]
fn links_on_the_way_to_a_project_are_followed() {
    let good = "checked 1 goal in 1 file of 2025h1: 0 errors, 0 warnings";
    // The whole project as the target of a link, and the directory of its slates.
    let place = project();
    symlink("project", place.path().join("alias")).unwrap();
    std::fs::rename(place.path().join("project/src"), place.path().join("project/pages")).unwrap();
    symlink("pages", place.path().join("project/src")).unwrap();
    for (directory, path) in [("", "alias/src/2025h1"), ("alias", "src/2025h1"), ("alias/src", "2025h1/good.md")] {
        let output = common::output(&place.path().join(directory), &["lint", path], b"", &[]);
        let text = common::show(&["lint", path], &output);
        assert!(text.contains(good), "{directory}: {text}");
    }
    place.write("project/src/2025h1/good.md", fixable().as_bytes());
    let fixed = common::output(&place.path().join("alias"), &["lint", "--fix", "src/2025h1"], b"", &[]);
    assert!(common::show(&[], &fixed).contains("fixed 1 finding in 1 file"), "{fixed:?}");
    let text = std::fs::read_to_string(place.path().join("project/pages/2025h1/good.md")).unwrap();
    assert!(text.contains("| Proposed     |"), "{text}");
    // Below a repository, a project may link to its siblings.
    place.write(".git/HEAD", b"");
    place.write("beside/x.md", GOAL.replace("# A goal", "# Beside").as_bytes());
    symlink("../../../beside/x.md", place.path().join("project/src/2025h1/x.md")).unwrap();
    assert!(run(&place, &["lint", "src/2025h1"]).contains("checked 2 goals in 2 files"));
}

#[test]
fn anchors_of_pages_outside_are_not_told() {
    let place = linked("pages", "../outside");
    place.write("outside/notes.md", format!("# {SECRET}\n").as_bytes());
    place.write("outside/deep/notes.md", format!("# {SECRET}\n").as_bytes());
    place.write("project/.own/notes.md", format!("# {SECRET}\n").as_bytes());
    place.write("project/docs/deep/known.md", b"# Known\n");
    let links = "[a](../../pages/notes.md#x) [b](../../alias.md#x) [c](../../pages/deep/notes.md#x) \
         [d](../../.own/notes.md#x) [e](../../docs/own/notes.md#x) [f](../../docs/deep/out/notes.md#x) \
         [g](../../docs/deep/known.md#known)";
    place.write("project/src/2025h1/good.md", GOAL.replace("Words.", links).as_bytes());
    symlink("../outside/notes.md", place.path().join("project/alias.md")).unwrap();
    symlink("../.own", place.path().join("project/docs/own")).unwrap();
    symlink("../../../outside", place.path().join("project/docs/deep/out")).unwrap();
    // `run` fails where the heading is named as the nearest anchor.
    let shown = run(&place, &["lint", "src/2025h1", "--format", "short"]);
    assert_eq!(shown.matches("[dead-link] no such file").count(), 5, "{shown}");
}

/// Makes a pipe that is never written to.
fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
fn what_is_no_file() {
    if !has("mkfifo", "what_is_no_file") {
        return;
    }
    let place = project();
    let slate = place.path().join("project/src/2025h1");
    pipe(&slate.join("pipe.md"));
    let _socket = UnixListener::bind(slate.join("socket.md")).unwrap();
    std::fs::create_dir(slate.join("directory.md")).unwrap();
    std::fs::File::create(slate.join("large.md")).unwrap().set_len((64 << 20) + 1).unwrap();
    std::fs::write(slate.join(OsStr::from_bytes(b"odd-\xff.md")), GOAL.replace("# A", "# An odd")).unwrap();
    let mut cases =
        vec![("a directory, a large file, a pipe and a socket as pages", run(&place, &["lint", "src/2025h1"]))];

    let place = project();
    pipe(&place.path().join("project/rust-project-goals.toml"));
    cases.push(("a pipe as configuration", run(&place, &["lint"])));
    cases
        .push(("a pipe as configuration that is named", run(&place, &["lint", "--config", "rust-project-goals.toml"])));
    let place = project();
    place.write("project/team/people.json", b"{\"people\": {}}");
    pipe(&place.path().join("project/team/teams.json"));
    cases.push(("a pipe as a roster", run(&place, &["lint", "--roster", "team"])));
    cases.push(("a pipe as an output", run(&place, &["lint", "--format", "json=team/teams.json"])));
    place.write("project/goals.toml", b"site = \"https://goals.example.org\"\n");
    place.write("project/src/2025h1/README.md", b"# RFC\n\n## Goals\n\n(((GOALS)))\n\n(((TEAM ASKS)))\n");
    cases.push(("a directory as an output", run(&place, &["rfc", "2025h1", "-o", "src"])));
    cases.push(("a device as an output", run(&place, &["rfc", "2025h1", "-o", "/dev/null"])));
    symlink("../outside/secret.md", place.path().join("project/rfc.md")).unwrap();
    cases.push(("a link as an output", run(&place, &["rfc", "2025h1", "-o", "rfc.md"])));
    show_all("hostile-files", cases);
}

#[test]
fn characters_that_nobody_sees() {
    let mut cases = Vec::new();
    let titles = [
        ("escape codes in a title", "# A \u{1b}[31mred\u{1b}[0m goal\u{9b}2J"),
        ("a title with reordered text", "# A \u{202e}laog\u{202c}"),
        ("a title with a NUL", "# A goal\0"),
        ("a title with a thousand BEL characters", &format!("# A goal{}", "\u{7}".repeat(1000))),
    ];
    for (what, title) in titles {
        let place = project();
        place.write("project/goals.toml", b"site = \"https://goals.example.org\"\n");
        place.write("project/src/2025h1/README.md", b"# RFC\n\n## Goals\n\n(((GOALS)))\n\n(((TEAM ASKS)))\n");
        place.write("project/src/2025h1/good.md", GOAL.replace("# A goal", title).as_bytes());
        cases.push((what, run(&place, &["lint", "src/2025h1"])));
        cases.push((what, run(&place, &["rfc", "src/2025h1", "-q"])));
        cases.push((what, run(&place, &["lint", "src/2025h1", "--fix"])));
    }
    let names: [(&str, &[&[u8]]); 5] = [
        ("a file name that is not UTF-8", &[b"odd-\xff.md"]),
        ("two such file names", &[b"odd-\xff.md", b"odd-\xfe.md"]),
        ("a file name with reordered text", &["x\u{202e}dm.md".as_bytes()]),
        ("a file name with escape codes", &[b"x\x1b[31m.md"]),
        ("a file name that is a line ending", &[b"\r.md"]),
    ];
    for (what, names) in names {
        let place = project();
        for (number, name) in names.iter().enumerate() {
            let goal = GOAL.replace("# A goal", &format!("# Goal {number}"));
            std::fs::write(place.path().join("project/src/2025h1").join(OsStr::from_bytes(name)), goal).unwrap();
        }
        cases.push((what, run(&place, &["lint", "src/2025h1"])));
    }
    // Two files, of which one is called as the other is shown: nothing may be written into the wrong one.
    let place = project();
    let slate = place.path().join("project/src/2025h1");
    for (name, title) in [(&b"odd-\xff.md"[..], "# One"), ("odd-\u{fffd}.md".as_bytes(), "# Another")] {
        std::fs::write(slate.join(OsStr::from_bytes(name)), fixable().replace("# Kept elsewhere", title)).unwrap();
    }
    cases.push(("a file name that is displayed like another one", run(&place, &["lint", "src/2025h1", "--fix"])));
    let kept = std::fs::read_to_string(slate.join("odd-\u{fffd}.md")).unwrap();
    assert_eq!(kept, fixable().replace("# Kept elsewhere", "# Another"));
    show_all("hostile-characters", cases);
}

#[test]
fn too_much() {
    let place = project();
    let mut cases = Vec::new();
    let mut config = |title, text: &str| {
        place.write("project/goals.toml", text.as_bytes());
        cases.push((title, run(&place, &["lint"])));
    };
    let deep = 20_000;
    config("nested arrays", &format!("exclude = {}{}\n", "[".repeat(deep), "]".repeat(deep)));
    config("nested tables", &format!("[periods.2026.{}x]\n", "x.".repeat(deep)));
    config("a pattern of 1 MiB", &format!("[linkifiers]\n'{}' = \"x\"\n", "(a|b)*".repeat(1 << 17)));
    config("a pattern with nested repetitions", "[linkifiers]\n'((a{1000}){1000}){1000}' = \"x\"\n");
    config("a deeply nested pattern", &format!("[linkifiers]\n'{}{}' = \"x\"\n", "(".repeat(deep), ")".repeat(deep)));
    config("slates above the project", "src = \"../..\"\n");
    config("slates in the root directory", "src = \"/\"\n");
    config("a missing slates directory", "src = \"nowhere\"\n");
    config("a roster outside the project", "[roster]\npath = \"/etc\"\n");
    config("an exclusion above the project", "exclude = [\"src/2026\", \"../..\"]\n");
    config("an exclusion of everything", "exclude = [\"/\"]\n");
    std::fs::File::create(place.path().join("project/goals.toml")).unwrap().set_len(100 << 20).unwrap();
    cases.push(("100 MiB", run(&place, &["lint"])));

    let place = project();
    place.write("project/team/people.json", b"{\"people\": {}}");
    place.write("project/team/teams.json", "[".repeat(100_000).as_bytes());
    cases.push(("a deeply nested roster", run(&place, &["lint", "--roster", "team"])));
    let input = vec![b'x'; (64 << 20) + 1];
    let args = ["lint", "-", "--stdin-filename", "src/2025h1/good.md"];
    let output = common::output(&place.path().join("project"), &args, &input, &[]);
    cases.push(("64 MiB and a byte on standard input", common::show(&args, &output)));
    show_all("hostile-sizes", cases);
}

#[test]
fn nested_deeply() {
    let deep = 1000;
    let shapes = [
        ("block quotes", format!("{}x", "> ".repeat(deep))),
        ("lists", (0..deep / 10).map(|depth| format!("{}- x\n", "  ".repeat(depth))).collect()),
        ("lists on one line", format!("{}x", "- ".repeat(deep))),
        ("brackets", format!("{}x{}", "[".repeat(deep), "]".repeat(deep))),
        ("links", format!("{}x{}", "[".repeat(deep), "](y)".repeat(deep))),
        ("images", format!("{}x{}", "![".repeat(deep), "](y)".repeat(deep))),
        ("emphasis", format!("{}x{}", "*a **b ".repeat(deep), "c** d*".repeat(deep))),
        ("unclosed emphasis", "*a **b ".repeat(deep)),
        ("strikethrough", "~~a ~b ".repeat(deep)),
        ("HTML", "<a><b ".repeat(deep)),
        ("comments", "<!-- ".repeat(deep)),
        ("directives", format!("{}x{}", "(((".repeat(deep / 10), ")))".repeat(deep / 10))),
        ("backticks", (1..deep / 10).map(|length| "`".repeat(length) + " ").collect()),
        ("a table of many columns", ["|a", "|-", "|b"].map(|cell| cell.repeat(deep)).join("\n")),
    ];
    let mut cases = Vec::new();
    for (what, shape) in shapes {
        let place = project();
        place.write("project/src/2025h1/good.md", GOAL.replace("Words.", &shape).as_bytes());
        place.write(
            "project/src/2025h1/README.md",
            format!("# R\n\n{shape}\n\n## Goals\n\n(((GOALS)))\n\n(((TEAM ASKS)))\n").as_bytes(),
        );
        place.write("project/goals.toml", b"site = \"https://goals.example.org\"\n");
        let of_lint = run(&place, &["lint", "src/2025h1", "--statistics"]);
        let of_rfc = run(&place, &["rfc", "src/2025h1", "--allow-errors", "-o", "rfc.md", "-q"]);
        cases.push((what, of_lint + &of_rfc));
    }
    show_all("hostile-depth", cases);
}

#[test]
fn directories_nested_deeply() {
    // Deeper than any path can name at once: two deep ones, one put into the other.
    let place = project();
    let deep = ["deepest"; 400].join("/");
    let slate = place.path().join("project/src/2025h1");
    std::fs::create_dir_all(slate.join(&deep)).unwrap();
    std::fs::create_dir_all(place.path().join("b").join(&deep)).unwrap();
    std::fs::rename(place.path().join("b"), slate.join(&deep).join("b")).unwrap();
    let text = run(&place, &["lint", "src/2025h1"]);
    let end: Vec<&str> = text.lines().rev().take(3).collect();
    assert_eq!(end[0], "exit code 2");
    assert_eq!(end[1], "stderr: checked 1 goal in 1 file of 2025h1: 0 errors, 0 warnings", "the rest is checked");
    assert!(end[2].contains("name too long"), "what cannot be read is said: {text}");
}

/// Groups of cases: their heading on the page, and the snapshot that shows them.
const GROUPS: [(&str, &str); 6] = [
    ("Symbolic links", "hostile-links"),
    ("Special files", "hostile-files"),
    ("Size limits, and configuration that points outside", "hostile-sizes"),
    ("A thousand levels of nesting", "hostile-depth"),
    ("Links in text", "hostile-targets"),
    ("Hidden characters", "hostile-characters"),
];

/// What is said on the lines that begin with one of these marks, with what belongs to them.
fn said(lines: &[&str], marks: &[&str]) -> String {
    let mut said: Vec<String> = Vec::new();
    let mut is_inside = false;
    for line in lines {
        if marks.iter().any(|mark| line.starts_with(mark)) {
            said.push(line.trim_start_matches(['×', '⚠', ' ']).to_owned());
            is_inside = true;
        } else if let Some((more, last)) = line.strip_prefix("│ ").zip(said.last_mut()).filter(|_| is_inside) {
            *last = format!("{last} {more}");
        } else {
            is_inside = false;
        }
    }
    said.join("; ")
}

/// The rows of one case: a run each.
fn rows(case: &str) -> Vec<String> {
    let (title, runs) = case.split_once("\n\n").unwrap();
    let runs = runs.split("$ goals ").skip(1).map(|run| {
        let (args, rest) = run.split_once('\n').unwrap();
        let lines: Vec<&str> = rest.lines().map(|line| line.trim_start_matches("stderr:").trim()).collect();
        let of = |marks: &[&str]| said(&lines, marks);
        let words = [&["×"][..], &["⚠"], &["note: "], &["checked ", "assembled "]].map(of);
        let words = words.into_iter().find(|words| !words.is_empty()).unwrap_or_else(|| "nothing".to_owned());
        let code = lines.iter().find_map(|line| line.strip_prefix("exit code ")).unwrap();
        format!("| {title} | `goals {args}` | {} | {code} |\n", words.replace('|', "\\|"))
    });
    runs.collect()
}

#[test]
fn the_page_tells_what_each_gets() {
    let mut page = "# Hostile input\n\nThe messages and exit code of each case in `tests/hostile.rs`; \
                    `snapshots/hostile-*.snap` have the full output.\n\
                    This page is generated: `UPDATE_README=1 cargo test --test hostile`.\n"
        .to_owned();
    for (heading, picture) in GROUPS {
        page.push_str(&format!("\n## {heading}\n\n| input | command | messages | exit code |\n|---|---|---|---|\n"));
        let text = std::fs::read_to_string(common::repository().join(format!("snapshots/{picture}.snap"))).unwrap();
        let mut cases: Vec<String> = Vec::new();
        for part in text.split("\n# ").skip(1) {
            // A text that is shown has headings of its own.
            match (part.split_once("\n\n").is_some_and(|(_, runs)| runs.starts_with("$ goals ")), cases.last_mut()) {
                (false, Some(case)) => case.push_str(part),
                _ => cases.push(part.to_owned()),
            }
        }
        page.extend(cases.iter().flat_map(|case| rows(case)));
    }
    let path = common::repository().join("tests/hostile.md");
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), page, "`UPDATE_README=1 cargo test --test hostile` writes it");
}
