//! The formats in which findings are written, each as its readers take it: a terminal, a program, GitHub.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use std::process::Output;

use common::{GOAL, Place, output, show, snapshot};
use goals::output::findings::FORMATS;
use serde_json::Value;

/// A goal with an error on line 6 and a warning on line 16, and a second place in the file that belongs to an error.
fn bad_goal() -> String {
    GOAL.replace("Proposed     |\n", "Proposd      |\n| Status           | Accepted     |\n")
        .replace("| Standard reviews | ![Team][] [compiler] |", "| Standard reviews | ![Team][] [lang-ops] |")
}

/// A repository whose project lies in a directory of its own.
fn repository() -> Place {
    let place = Place::with(&[
        (".git/HEAD", "ref: refs/heads/main\n"),
        ("docs/goals.toml", ""),
        ("docs/src/2025h1/a b,c:d.md", &bad_goal()),
        ("docs/src/2025h1/good.md", &GOAL.replace("# A goal", "# Another")),
    ]);
    std::fs::create_dir(place.path().join("docs/inner")).unwrap();
    place
}

/// Runs in a directory of a place, with a file for the job summary; shows the run and what was added to the file.
fn with_summary(place: &Place, directory: &str, args: &[&str]) -> (Output, String) {
    let page = place.path().join("summary");
    let run = output(&place.path().join(directory), args, b"", &[("GITHUB_STEP_SUMMARY", page.to_str().unwrap())]);
    (run, std::fs::read_to_string(page).unwrap_or_default())
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn every_format_of_the_same_findings() {
    // Each format of the registry has a snapshot of its own, so a new one asks for one.
    for format in FORMATS {
        let place = repository();
        let args = ["lint", "--format", format.name];
        let (run, page) = with_summary(&place, "docs/inner", &args);
        let text = match format.name {
            "sarif" => without_rules(&stdout(&run)),
            _ => show(&args, &run),
        };
        let page = if page.is_empty() { page } else { format!("\n# the job summary\n\n{page}") };
        snapshot(&format!("format-{}", format.name), &(text + &page));
    }
    let place = repository();
    let inner = place.path().join("docs/inner");
    let args = ["lint", "--format", "short", "--color", "always", "-q"];
    snapshot("format-short-color", &show(&args, &output(&inner, &args, b"", &[])).replace('\u{1b}', "␛"));
}

#[test]
fn help_and_documents_name_every_format() {
    let page = include_str!("../docs/ci.md");
    let help = stdout(&Place::new().output(&["lint", "--help"], b""));
    for format in FORMATS {
        assert!(help.contains(&format!(" {},", format.name)) || help.contains(&format!(" {};", format.name)), "{help}");
        assert!(page.contains(&format!("| `{}` |", format.name)), "docs/ci.md does not describe `{}`", format.name);
    }
}

/// A SARIF log without its rules, which are those of `goals explain`, and without the version.
fn without_rules(text: &str) -> String {
    let mut log: Value = serde_json::from_str(text).unwrap();
    let driver = log["runs"][0]["tool"]["driver"].as_object_mut().unwrap();
    assert_eq!(driver["rules"].as_array().unwrap().len(), goals::RULES.len() + goals::RUN_RULES.len());
    driver.retain(|key, _| key == "name");
    // A new rule moves the indexes of those after it; that they are right, `is_sarif_for_github` checks.
    for result in log["runs"][0]["results"].as_array_mut().unwrap() {
        result.as_object_mut().unwrap().remove("ruleIndex");
    }
    serde_json::to_string_pretty(&log).unwrap()
}

#[test]
fn several_formats_in_one_run() {
    let place = repository();
    let args =
        ["lint", "--format", "human", "--format=sarif=out/a.sarif", "--format", "json=a.json", "--format=short=a.txt"];
    let run = place.run(&args);
    std::fs::create_dir(place.path().join("out")).unwrap();
    place.write("a.json", b"an older text");
    let docs = place.path().join("docs");
    let again = output(
        &docs,
        &["lint", "-q", "--format=sarif=../out/a.sarif", "--format", "json=../a.json", "--format=short=../a.txt"],
        b"",
        &[],
    );
    assert_eq!(again.status.code(), Some(1), "{}", show(&[], &again));
    assert!(again.stdout.is_empty(), "all of it went to files");
    let read = |name: &str| std::fs::read_to_string(place.path().join(name)).unwrap();
    let printed = |format: &str| stdout(&output(&docs, &["lint", "--format", format], b"", &[]));
    assert_eq!(read("a.json"), printed("json"));
    assert_eq!(read("a.txt"), printed("short"));
    assert_eq!(read("out/a.sarif"), printed("sarif"));

    let lines = output(&docs, &["lint", "--format", "human", "--format", "github"], b"", &[]);
    let folded = format!("::group::goals lint\n{}::endgroup::\n", printed("human"));
    assert_eq!(stdout(&lines), folded + &printed("github"), "lines may share standard output");
    let wrong: [&[&str]; 7] = [
        &["lint", "--format", "json", "--format", "sarif"],
        &["lint", "--format", "human", "--format", "json"],
        &["lint", "--format", "short", "--format", "short"],
        &["lint", "--format", "json=a", "--format", "sarif=a"],
        &["lint", "--format", "json="],
        &["lint", "--format", "json=-"],
        &["lint", "--format", "sarf"],
    ];
    let mut text = vec![format!("# a directory that is not there\n\n{run}")];
    text.extend(wrong.iter().map(|args| show(args, &output(&docs, args, b"", &[]))));
    text.push(show(
        &["lint", "--diff", "--format", "json"],
        &output(&docs, &["lint", "--diff", "--format", "json"], b"", &[]),
    ));
    snapshot("outputs-several", &text.join("\n"));
}

#[test]
fn a_clean_slate_in_every_format() {
    let place = Place::with(&[("src/2025h1/a.md", GOAL)]);
    let run = |format: &str| place.output(&["lint", "--format", format], b"");
    for format in ["human", "short", "github"] {
        let run = run(format);
        assert_eq!((stdout(&run).as_str(), run.status.code()), ("", Some(0)), "{format}");
    }
    let json: Value = serde_json::from_slice(&run("json").stdout).unwrap();
    assert_eq!(json["findings"], serde_json::json!([]));
    let sarif: Value = serde_json::from_slice(&run("sarif").stdout).unwrap();
    assert_eq!(sarif["runs"][0]["results"], serde_json::json!([]));
    is_sarif_for_github(&sarif);
    let (_, page) = with_summary(&place, "", &["lint", "--format", "github"]);
    assert_eq!(page, "## goals\n\n0 errors, 0 warnings in 1 goal of `2025h1`\n");
}

/// What GitHub's page "SARIF support for code scanning" requires of a log.
fn is_sarif_for_github(log: &Value) {
    assert!(log["$schema"].as_str().unwrap().ends_with("sarif-2.1.0.json"));
    assert_eq!(log["version"], "2.1.0");
    let runs = log["runs"].as_array().unwrap();
    assert_eq!(runs.len(), 1);
    let run = &runs[0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let driver = &run["tool"]["driver"];
    assert!(driver["name"].is_string() && driver["semanticVersion"].is_string());
    let rules = driver["rules"].as_array().unwrap();
    assert_eq!(rules.len(), goals::RULES.len() + goals::RUN_RULES.len(), "the whole set, so that runs can be compared");
    for rule in rules {
        let text = |key: &str| rule[key]["text"].as_str().unwrap_or_else(|| panic!("{key} of {rule}"));
        assert!(rule["id"].as_str().unwrap().len() <= 255);
        assert!((1..=1024).contains(&text("shortDescription").chars().count()));
        assert!((1..=1024).contains(&text("fullDescription").chars().count()));
        assert!(!text("help").is_empty() && rule["help"]["markdown"].is_string());
        assert!(matches!(rule["defaultConfiguration"]["level"].as_str(), Some("error" | "warning" | "none")));
        assert!(rule["properties"]["tags"].as_array().unwrap().len() <= 10);
        assert!(rule["properties"]["precision"].is_string() && rule["properties"]["problem.severity"].is_string());
    }
    let results = run["results"].as_array().unwrap();
    assert!(results.len() <= 25_000);
    let mut seen = std::collections::HashSet::new();
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(matches!(result["level"].as_str(), Some("error" | "warning")));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        assert_eq!(result["locations"].as_array().unwrap().len(), 1);
        let fingerprint = result["partialFingerprints"]["primaryLocationLineHash"].as_str().unwrap();
        assert!(seen.insert(fingerprint.to_owned()), "two findings have one fingerprint");
        let related = result["relatedLocations"].as_array().cloned().unwrap_or_default();
        for location in result["locations"].as_array().unwrap().iter().chain(&related) {
            let place = &location["physicalLocation"];
            let uri = place["artifactLocation"]["uri"].as_str().unwrap();
            let plain = |c: char| c.is_ascii_alphanumeric() || "-._~/%".contains(c);
            assert!(!uri.is_empty() && !uri.starts_with('/') && !uri.contains("..") && uri.chars().all(plain), "{uri}");
            let number = |key: &str| place["region"][key].as_u64().unwrap_or_else(|| panic!("{key} of {place}"));
            let (start, end) = ((number("startLine"), number("startColumn")), (number("endLine"), number("endColumn")));
            assert!(start.0 >= 1 && start.1 >= 1 && start <= end);
        }
    }
}

#[test]
fn sarif_is_what_github_requires() {
    let place = repository();
    let log: Value = serde_json::from_slice(&place.output(&["lint", "docs", "--format", "sarif"], b"").stdout).unwrap();
    is_sarif_for_github(&log);
    assert!(log["runs"][0]["results"].as_array().unwrap().len() > 1);
    let broken = place.output(&["lint", "docs", "nowhere", "--format", "sarif"], b"");
    let log: Value = serde_json::from_slice(&broken.stdout).unwrap();
    is_sarif_for_github(&log);
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], false);
}

/// A goal with this many rows that each ask for something else that does not exist.
fn many(rows: usize) -> String {
    let row = |number: usize| format!("| Write part {number} | ![Team][] [cargo] | |\n");
    let ask = "| Standard reviews | ![Team][] [compiler] |       |\n";
    let rows: String = (0..rows).map(row).collect();
    GOAL.replace(ask, &format!("{ask}{rows}"))
}

#[test]
fn no_more_annotations_than_github_shows() {
    let place =
        Place::with(&[("src/2025h1/a.md", &many(11)), ("src/2025h1/b.md", &many(2).replace("# A", "# Another"))]);
    let (run, page) = with_summary(&place, "", &["lint", "--format", "github", "-q"]);
    let lines = stdout(&run);
    assert_eq!(lines.lines().filter(|line| line.starts_with("::error ")).count(), 10);
    assert_eq!(
        lines.lines().last().unwrap(),
        "::notice title=goals::3 more errors not shown; see the job summary or run `goals lint`"
    );
    assert_eq!(page.lines().filter(|line| line.contains("`unknown-ask`")).count(), 13, "{page}");
    let warnings = place.output(&["lint", "--format", "github", "-q", "--warn", "unknown-ask"], b"");
    assert_eq!(stdout(&warnings).lines().filter(|line| line.starts_with("::warning ")).count(), 10);
}

#[test]
fn the_job_summary_has_an_end() {
    let place = Place::with(&[("src/2025h1/a.md", &many(12_000))]);
    place.write("summary", b"# an earlier step\n");
    let (_, page) = with_summary(&place, "", &["lint", "--format", "github", "-q"]);
    assert!(page.starts_with("# an earlier step\n## goals\n"));
    assert!(page.len() <= 1 << 20 && page.len() > 1_000_000, "{}", page.len());
    let rows = page.lines().filter(|line| line.contains("`unknown-ask`")).count();
    let last = page.lines().last().unwrap();
    assert_eq!(last, format!("This page is full: {} lines omitted. Run `goals lint` to see all.", 12_000 - rows));
    let (_, again) = with_summary(&place, "", &["lint", "--format", "github", "-q"]);
    assert!(again.len() <= 1 << 20 && again.starts_with(&page), "another step finds it full, and says so where it can");
}

#[test]
fn no_log_is_larger_than_github_takes() {
    let text = many(25_005).replacen("Proposed ", "Proposd  ", 1);
    let place = Place::with(&[("src/2025h1/a.md", &text)]);
    let run = place.output(&["lint", "--format", "sarif", "-q", "--warn", "unknown-ask"], b"");
    let log: Value = serde_json::from_slice(&run.stdout).unwrap();
    is_sarif_for_github(&log);
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 25_000);
    assert_eq!(results[0]["ruleId"], "unknown-status", "errors come first");
    let notifications = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"];
    assert!(notifications[0]["message"]["text"].as_str().unwrap().starts_with("6 more findings omitted"));
}

#[test]
fn what_could_not_be_done_is_seen_on_github() {
    let place =
        Place::with(&[("goals.toml", "src = \"src\"\n[lint]\nunknown-teem = \"warn\"\n"), ("src/2025h1/a.md", GOAL)]);
    let args = ["lint", "--format", "github"];
    let (run, page) = with_summary(&place, "", &args);
    let early = ["lint", "--format", "github", "--deny", "x"];
    let (second, both) = with_summary(&place, "", &early);
    assert_eq!((run.status.code(), second.status.code()), (Some(2), Some(2)));
    let text =
        [show(&args, &run), format!("# the job summary\n\n{page}"), show(&early, &second), both.replacen(&page, "", 1)];
    let lost = output(
        place.path(),
        &["lint", "--isolated", "--format", "github"],
        b"",
        &[("GITHUB_STEP_SUMMARY", "no/where")],
    );
    snapshot(
        "outputs-failures",
        &[text.join("\n"), show(&["lint", "(a summary that cannot be written)"], &lost)].join("\n"),
    );
}

/// A project with a key in the wrong place, a slate without goals, and a goal with an unknown team.
fn with_warnings_of_the_run() -> Place {
    Place::with(&[
        (".git/HEAD", "ref: refs/heads/main\n"),
        ("docs/book.toml", "[book]\ntitle = \"Goals\"\nusers = { \"@a\" = \"A\" }\n"),
        ("docs/src/2024h2/README.md", "# Old\n"),
        ("docs/src/2025h1/a.md", &GOAL.replace("[compiler]", "[complier]")),
    ])
}

#[test]
fn warnings_of_the_run_are_in_every_format() {
    let places =
        [("ignored-key", "docs/book.toml", "book.toml", 3), ("empty-slate", "docs/src/2024h2", "src/2024h2", 1)];
    let place = with_warnings_of_the_run();
    let directory = place.path().join("docs");
    let run = |args: &[&str]| output(&directory, &[&["lint", "-q"], args].concat(), b"", &[]);
    let json: Value = serde_json::from_slice(&run(&["--format", "json"]).stdout).unwrap();
    assert_eq!((&json["summary"]["errors"], &json["summary"]["warnings"]), (&1.into(), &2.into()), "{json}");
    assert_eq!(json["findings"].as_array().unwrap().len(), 3);
    assert!(json["notes"][0].as_str().unwrap().starts_with("teams and people as of "), "{json}");
    let sarif: Value = serde_json::from_slice(&run(&["--format", "sarif"]).stdout).unwrap();
    is_sarif_for_github(&sarif);
    let short = stdout(&run(&["--format", "short"]));
    let (github, page) = with_summary(&place, "docs", &["lint", "--format", "github"]);
    let github = stdout(&github);
    for (rule, from_top, from_here, line) in places {
        let finding = json["findings"].as_array().unwrap().iter().find(|finding| finding["rule"] == rule).unwrap();
        assert_eq!((&finding["file"], &finding["start"]["line"]), (&from_here.into(), &line.into()));
        assert_eq!(finding["level"], "warning");
        let results = sarif["runs"][0]["results"].as_array().unwrap();
        let physical =
            &results.iter().find(|result| result["ruleId"] == rule).unwrap()["locations"][0]["physicalLocation"];
        assert_eq!(physical["artifactLocation"]["uri"], from_top);
        assert_eq!(physical["region"]["startLine"], line);
        assert!(short.contains(&format!("{from_here}:{line}:1: warning[{rule}] ")), "{short}");
        assert!(github.contains(&format!("::warning file={from_top},line={line},title={rule}::")), "{github}");
        assert!(page.contains(&format!("### `{from_top}`\n")), "{page}");
        assert!(page.contains(&format!("| {line} | warning | `{rule}` | ")), "{page}");
    }
    assert!(page.starts_with("## goals\n\n1 error, 2 warnings in "), "{page}");
    let told = output(&directory, &["lint"], b"", &[]);
    assert!(String::from_utf8_lossy(&told.stderr).contains(": 1 error, 2 warnings"));
    let numbers = stdout(&run(&["--statistics"]));
    assert!(
        numbers.contains("1  warning[empty-slate]\n") && numbers.contains("1  warning[ignored-key]\n"),
        "{numbers}"
    );
    // The exit code is that of the numbers.
    place.write("docs/src/2025h1/a.md", GOAL.as_bytes());
    assert_eq!(run(&["--format", "json"]).status.code(), Some(0));
    assert_eq!(run(&["--format", "json", "--deny-warnings"]).status.code(), Some(1));
    // `explain` knows every name that a finding bears.
    for rule in goals::RUN_RULES {
        let explained = output(&directory, &["explain", rule.id], b"", &[]);
        assert!(explained.status.success() && stdout(&explained).starts_with(rule.id));
        assert!(goals::find_rule(rule.id).is_none());
    }
}

#[test]
fn a_run_that_checked_nothing_looks_like_no_clean_one() {
    let place = Place::with(&[
        (".git/HEAD", "ref: refs/heads/main\n"),
        ("src/2025h1/a.md", GOAL),
        ("src/2024h2/README.md", "# Old\n"),
        ("bad/goals.toml", "exclud = 1\n"),
        ("bad/src/2025h1/a.md", GOAL),
    ]);
    // A path that is not there, a slate without goals, a configuration that cannot be read, a rule that is not known.
    let runs: [&[&str]; 4] =
        [&["lint", "nowhere"], &["lint", "src/2024h2"], &["lint", "bad"], &["lint", "--deny", "x"]];
    for args in runs {
        let run = |format: &str| place.output(&[args, &["--format", format, "-q"]].concat(), b"");
        for silent in ["json", "short", "human"] {
            let run = run(silent);
            assert_eq!((run.status.code(), stdout(&run).as_str()), (Some(2), ""), "{args:?} {silent}");
            assert!(!run.stderr.is_empty());
        }
        assert!(stdout(&run("github")).starts_with("::error "), "{args:?}");
        let sarif: Value = serde_json::from_slice(&run("sarif").stdout).unwrap();
        let sarif = &sarif["runs"][0];
        assert_eq!(sarif["invocations"][0]["executionSuccessful"], false);
        assert_eq!(sarif["invocations"][0]["toolExecutionNotifications"][0]["level"], "error");
        // An empty list would close what earlier runs found.
        assert!(sarif.get("results").is_none(), "{args:?}");
        std::fs::remove_file(place.path().join("summary")).ok();
        let (_, page) = with_summary(&place, "", &[args, &["--format", "github"]].concat());
        assert!(page.starts_with("## goals\n\nNo goal was checked: 1 failure, "), "{page}");
        let file = [args, &["--format", "json=out.json"]].concat();
        assert!(place.output(&file, b"").status.code() == Some(2) && !place.path().join("out.json").exists());
    }
    // What was checked is reported beside what could not be.
    let json: Value =
        serde_json::from_slice(&place.output(&["lint", "nowhere", "src/2025h1", "--format", "json"], b"").stdout)
            .unwrap();
    assert_eq!(json["summary"]["goals"], 1);
    assert_eq!(json["failures"][0]["message"], "no such file or directory");
    assert_eq!(json["failures"][0]["file"], "nowhere");
}

#[test]
fn statistics() {
    let place =
        Place::with(&[("src/2025h1/a.md", &bad_goal()), ("src/2025h1/b.md", &many(11).replace("# A", "# Another"))]);
    let json: Value =
        serde_json::from_slice(&place.output(&["lint", "--statistics", "--format", "json"], b"").stdout).unwrap();
    assert_eq!(json["statistics"]["unknown-ask"], 11);
    assert_eq!(json["findings"].as_array().unwrap().len(), 13, "programs get the findings all the same");
    snapshot(
        "outputs-statistics",
        &[place.run(&["lint", "--statistics"]), place.run(&["lint", "--statistics", "src/2025h1/b.md"])].join("\n"),
    );
}

/// Texts that mean something to a terminal, a runner, Markdown or a browser.
const HOSTILE: [&str; 26] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![x](https://x.org/a.png)",
    "[x](https://x.org)",
    "[x](javascript:alert(1))",
    "<https://x.org>",
    "https://x.org www.x.org a@x.org",
    "@everyone @rust-lang/core",
    "rust-lang/rust#1 GH-12 0123456789abcdef",
    "a \\| b \\\\| c",
    "`",
    "``` x",
    "a `<img src=x>` b",
    "`a``<b>`` c`",
    "*a* _b_ ~~c~~ &lt;b&gt; &amp;",
    "[x]: https://x.org",
    "x \\",
    "`x \\`",
    "<!-- x",
    "-->",
    "$x$ :tada:",
    "::error::x",
    "x ::warning file=a.md::y ##[error]z",
    "\u{1b}[31mred\u{1b}]8;;https://x.org\u{7}",
    "\u{202e}\u{2066}x\u{200b}\u{9b}",
    "%0A::error::x%",
];

#[test]
#[cfg(unix)]
fn hostile_text_is_harmless_in_every_format() {
    let mut shown = Vec::new();
    for (index, text) in HOSTILE.iter().enumerate() {
        let goal = GOAL
            .replace("# A goal", &format!("# {text}"))
            .replace("@Manishearth |", &format!("{text} |"))
            .replace("Proposed     |", &format!("{text} |"))
            .replace("[compiler]", &format!("[{text}]"))
            .replace("Standard reviews |", &format!("{text} |"))
            .replace("Words.", &format!("[words](./{text}.md) <!-- goals: allow({text}) x -->\n\n<!-- {text} -->"));
        let name = text.replace('/', "\u{2215}");
        let place = Place::with(&[
            (".git/HEAD", ""),
            (
                "src/2025h1/README.md",
                &format!("# {text}\n\n<!-- #{text} -->\n\n<!-- GOALS '{text}' -->\n\n<!-- TEAM ASKS -->\n"),
            ),
        ]);
        place.write(&format!("src/2025h1/{name}\n{name}.md"), goal.as_bytes());
        let missing = format!("src/2025h1/{name}.md");
        for format in FORMATS.iter().map(|format| format.name) {
            let (run, page) = with_summary(&place, "", &["lint", "src", &missing, "--format", format]);
            let all = stdout(&run) + &String::from_utf8(run.stderr.clone()).unwrap();
            for line in all.lines() {
                assert!(!line.contains("##["), "{format}: {line}");
                assert!(
                    line.chars().all(|c| !c.is_control() || c == '\t')
                        && !line.contains(['\u{202e}', '\u{2066}', '\u{200b}']),
                    "{format}: {line}"
                );
                let ours = format == "github"
                    && ["::error file=", "::error title=", "::warning file=", "::notice title="]
                        .iter()
                        .any(|start| line.starts_with(start));
                assert!(ours || !line.trim_start().starts_with("::"), "{format}: {line}");
                if ours {
                    let (properties, message) = line[2..].split_once("::").unwrap();
                    let (_, properties) = properties.split_once(' ').unwrap();
                    for property in properties.split(',') {
                        let (key, value) = property.split_once('=').unwrap();
                        assert!(["file", "line", "endLine", "col", "endColumn", "title"].contains(&key), "{line}");
                        assert!(!value.contains(':'), "{line}");
                    }
                    let escapes = line.split('%').skip(1);
                    assert!(
                        escapes
                            .into_iter()
                            .all(|rest| ["25", "0A", "3A", "2C"].iter().any(|code| rest.starts_with(code))),
                        "{line}"
                    );
                    assert!(!message.is_empty());
                }
            }
            match format {
                "json" => drop(serde_json::from_slice::<Value>(&run.stdout).unwrap()),
                "sarif" => is_sarif_for_github(&serde_json::from_slice(&run.stdout).unwrap()),
                _ => {}
            }
            assert_eq!(page.is_empty(), format != "github");
            let _ = std::fs::remove_file(place.path().join("summary"));
            if format == "github" {
                harmless_page(&page);
            }
            if [0, 21].contains(&index) && ["short", "github"].contains(&format) {
                let stdout = stdout(&run);
                shown.push(format!("# {format}\n\n{stdout}{page}"));
            }
        }
    }
    snapshot("outputs-hostile", &shown.join("\n"));
}

#[test]
fn hostile_configuration_is_harmless_in_every_format() {
    for text in HOSTILE {
        let key = serde_json::to_string(text).unwrap();
        let place = Place::with(&[("goals.toml", &format!("[lint]\n{key} = \"warn\"\n")), ("src/2025h1/a.md", GOAL)]);
        for format in FORMATS.iter().map(|format| format.name) {
            let (run, page) = with_summary(&place, "", &["lint", "--format", format]);
            assert_eq!(run.status.code(), Some(2), "no rule is called {text}");
            let all = stdout(&run) + &String::from_utf8(run.stderr.clone()).unwrap();
            for line in all.lines().filter(|line| !line.starts_with("::error file=goals.toml,line=2,title=goals::")) {
                assert!(!line.contains("##[") && !line.trim_start().starts_with("::"), "{format}: {line}");
                assert!(
                    line.chars().all(|c| !c.is_control() || c == '\t') && !line.contains(['\u{202e}', '\u{2066}']),
                    "{line}"
                );
            }
            if format == "github" {
                harmless_page(&page);
            }
            let _ = std::fs::remove_file(place.path().join("summary"));
        }
    }
}

/// Renders a page as GitHub does, with everything on that could do harm, and looks at what is there besides our own tables and
/// code.
fn harmless_page(page: &str) {
    let mut options = comrak::Options::default();
    options.render.r#unsafe = true;
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.footnotes = true;
    options.extension.math_dollars = true;
    let html = comrak::markdown_to_html(page, &options);
    let mut bare = String::new();
    for (index, part) in html.split("<code>").enumerate() {
        let text = if index == 0 { part } else { part.split_once("</code>").unwrap_or_else(|| panic!("{html}")).1 };
        bare.push_str(text);
    }
    for tag in bare.split('<').skip(1) {
        let name = tag.split(['>', ' ']).next().unwrap().trim_start_matches('/');
        let ours = ["h2", "h3", "p", "ul", "li", "table", "thead", "tbody", "tr", "th", "td"];
        assert!(ours.contains(&name), "<{name}> in\n{html}\nof\n{page}");
    }
    for mark in ["@", "http", "www", "#", "&amp;", "$", "GH-", "0123", ":tada", "::"] {
        assert!(!bare.contains(mark), "{mark} in\n{html}\nof\n{page}");
    }
    for row in html.split("<tr>").skip(1) {
        assert_eq!(row.split("</tr>").next().unwrap().matches("<t").count(), 5, "{html}\nof\n{page}");
    }
}

#[test]
fn what_people_read_is_folded_in_the_log_of_a_job() {
    let bad = GOAL.replace("Proposed ", "Proposd  ");
    let place = Place::with(&[("src/2025h1/a.md", &bad)]);
    let both = place.run(&["lint", "--format", "human", "--format", "github"]);
    let (folded, after) = both.split_once("::endgroup::\n").unwrap();
    assert!(folded.contains("\n::group::goals lint\nerror[unknown-status]"), "{both}");
    assert!(after.starts_with("::error file="), "{both}");
    // Whatever comes first, annotations are outside of the group.
    let other = place.run(&["lint", "--format", "github", "--format", "short"]);
    let (annotations, folded) = other.split_once("::group::goals lint\n").unwrap();
    assert!(annotations.contains("\n::error file=") && folded.starts_with("src/2025h1/a.md:6:22: error["), "{other}");
    let none = ["human", "short"].map(|format| place.run(&["lint", "--format", format]));
    assert!(none.iter().all(|run| !run.contains("::group::")), "{none:?}");
    let file = place.run(&["lint", "--format", "human", "--format", "github=annotations.txt"]);
    assert!(!file.contains("::group::"), "{file}");
    let clean = Place::with(&[("src/2025h1/a.md", GOAL)]);
    assert!(!clean.run(&["lint", "--format", "human", "--format", "github"]).contains("::group::"));
}
