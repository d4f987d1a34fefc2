//! `book.toml` and `rust-project-goals.toml`, which other programs own as well: what they say is used, and what cannot be read
//! there is a warning at its place. A fault of our own `goals.toml` stops the run.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use common::{GOAL, Place, snapshot, titled};

/// A goal that asks an unknown team, so that it shows whether anything was checked.
fn faulty() -> String {
    GOAL.replace("[compiler]", "[complier]")
}

fn stderr(place: &Place, args: &[&str]) -> String {
    String::from_utf8(place.output(args, b"").stderr).unwrap()
}

/// What no author of a configuration has to know.
fn names_a_type(text: &str) -> bool {
    ["invalid type", " map", "sequence", "struct", "u64", "path string", "Option", "Spanned", "variant"]
        .iter()
        .any(|word| text.contains(word))
}

/// The settings by their keys, each with its value and where it comes from.
fn settings(place: &Place) -> Vec<(String, String, String)> {
    let run = place.output(&["config", "--format", "json"], b"");
    let json: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let key = |one: &serde_json::Value| {
        let parts: Vec<&str> = one["key"].as_array().unwrap().iter().map(|part| part.as_str().unwrap()).collect();
        parts.join(".")
    };
    let text = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let settings = json["settings"].as_array().unwrap().iter();
    settings.map(|one| (key(one), text(&one["value"]), text(&one["from"]))).collect()
}

fn setting(place: &Place, key: &str) -> Option<(String, String)> {
    settings(place).into_iter().find(|(known, _, _)| known == key).map(|(_, value, from)| (value, from))
}

/// Texts of the two files that have a fault, with its line, the words of the message, and of the help.
const FAULTS: &[(&str, &str, usize, &str, &str)] = &[
    ("book.toml", "[book]\nsrc = 5\n", 2, "invalid value of `src`: expected a string, found an integer", "use `src"),
    ("book.toml", "book = \"x\"\n", 1, "invalid value of `book`: expected a table, found a string", "header"),
    ("book.toml", "preprocessor = []\n", 1, "expected a table, found a list", "header"),
    ("book.toml", "[preprocessor]\ngoals = true\n", 2, "expected a table, found a boolean", "header"),
    ("book.toml", "[preprocessor.goals]\nusers = [\"@a\"]\n", 2, "`users`: expected a table, found a list", "header"),
    ("book.toml", "[preprocessor.goals]\nlinks = \"x\"\n", 2, "`links`: expected a table, found a string", "header"),
    ("book.toml", "[preprocessor.goals]\nignore_users = \"@a\"\n", 2, "expected a list, found a string", "use"),
    (
        "book.toml",
        "[preprocessor.goals]\nignore_users = [\"@a\", 3]\n",
        2,
        "expected a string, found an integer",
        "use",
    ),
    ("book.toml", "[preprocessor.goals.users]\n\n\"@a\" = 1.5\n", 3, "expected a string, found a float", "the name"),
    ("book.toml", "[preprocessor.goals.links]\nTeam = 2026-01-01\n", 2, "expected a string, found a date", "use a URL"),
    (
        "book.toml",
        "[preprocessor.goals.linkifiers]\n\"(\" = \"x\"\n",
        2,
        "invalid pattern: found open group without closing `)`",
        "fix",
    ),
    ("book.toml", "[preprocessor.goals.linkifiers]\n\"a\" = {}\n", 2, "expected a string, found a table", "the URL"),
    ("book.toml", "[output.html]\nsite-url = 1\n", 2, "`site-url`: expected a string, found an integer", "use"),
    ("book.toml", "[output.html]\nsite-url = \"/a b/\"\n", 2, "invalid path `/a b/`", "use the path"),
    ("book.toml", "[output.html]\nsite-url = \"https://x.org/\"\n", 2, "invalid path", "use the path"),
    ("book.toml", "[output.html]\ncname = [\"a.org\"]\n", 2, "`cname`: expected a string, found a list", "use"),
    ("book.toml", "[output.html]\ncname = \"https://a.org/\"\n", 2, "invalid domain `https://a.org/`", "use `a.org`"),
    ("book.toml", "[output.html]\ncname = \"a b\"\n", 2, "invalid domain `a b`", "use a domain"),
    ("book.toml", "[output.html]\ngit-repository-url = \"x y\"\n", 2, "invalid URL `x y`", "use the full URL"),
    ("book.toml", "[output.html]\nredirect = []\n", 2, "`redirect`: expected a table, found a list", "header"),
    ("book.toml", "[output.html.redirect]\n\"/a.html\" = 1\n", 2, "expected a string, found an integer", "the page"),
    // Below a header that is not theirs.
    (
        "book.toml",
        "[preprocessor.goals.users]\n\"@a\" = \"A\"\n\npreprocessor.goals.ignore_users = [\n    \"@b\",\n]\n",
        4,
        "`preprocessor.goals.ignore_users` is read as a key of `[preprocessor.goals.users]`",
        "write `ignore_users` below `[preprocessor.goals]`",
    ),
    (
        "book.toml",
        "[book]\noutput.html.cname = \"a.org\"\n",
        2,
        "is read as a key of `[book]`",
        "below `[output.html]`",
    ),
    (
        "book.toml",
        "[preprocessor.goals.links]\nignore_users = [\"@a\"]\n",
        2,
        "`ignore_users` has no effect in `[preprocessor.goals.links]`",
        "move it below `[preprocessor.goals]`",
    ),
    ("book.toml", "src = \"x\"\n", 1, "`src` has no effect above the first header", "move it below `[book]`"),
    ("book.toml", "[output]\ncname = \"a.org\"\n", 2, "`cname` has no effect in `[output]`", "below `[output.html]`"),
    ("book.toml", "[preprocessor.linkifiers]\na = \"b\"\n", 1, "`linkifiers` has no effect", "`[preprocessor.goals]`"),
    ("book.toml", "[preprocessor.goals]\nignore-users = []\n", 2, "unknown key `ignore-users`", "did you mean"),
    ("book.toml", "[output.html]\nsite_url = \"/\"\n", 2, "unknown key `site_url`", "did you mean `site-url`?"),
    // The whole file.
    ("book.toml", "[book\n", 1, "invalid TOML: ", "this file is ignored"),
    ("rust-project-goals.toml", "[team_asks\n", 1, "invalid TOML: ", "this file is ignored"),
    ("rust-project-goals.toml", "team_asks = \"x\"\n", 1, "`team_asks`: expected a table, found a string", "header"),
    ("rust-project-goals.toml", "[team-asks]\n", 1, "unknown key `team-asks`", "did you mean `team_asks`?"),
    ("rust-project-goals.toml", "[team_asks]\nA = 5\n", 2, "`A`: expected a string, found an integer", "description"),
    ("rust-project-goals.toml", "[team_asks]\nA = { short = \"a\" }\n", 2, "ask without `about`", "add `about"),
    ("rust-project-goals.toml", "[team_asks]\nA = { about = \"a\" }\n", 2, "ask without `short`", "add `short"),
    (
        "rust-project-goals.toml",
        "[team_asks]\nA = { short = \"a\", about = [], elide = true }\n",
        2,
        "`about`: expected a string, found a list",
        "use `about",
    ),
    (
        "rust-project-goals.toml",
        "[team_asks]\nA = { short = \"a\", about = \"b\", elide = \"yes\" }\n",
        2,
        "`elide`: expected `true` or `false`, found a string",
        "use one of the two",
    ),
    (
        "rust-project-goals.toml",
        "[team_asks]\nA = { short = \"a\", abuot = \"b\", about = \"b\" }\n",
        2,
        "unknown key `abuot`",
        "did you mean `about`?",
    ),
];

#[test]
fn a_fault_of_a_file_of_other_programs_is_a_warning_at_its_place() {
    let asks = "[team_asks]\n\"Standard reviews\" = \"review\"\n";
    for (name, text, line, message, help) in FAULTS {
        let place = Place::with(&[("book.toml", ""), ("src/2025h1/a.md", &faulty()), (name, text)]);
        if text.contains("\nA = ") {
            place.write(name, format!("{text}{}", asks.split_once('\n').unwrap().1).as_bytes());
        }
        let run = place.output(&["lint", "--format", "short"], b"");
        let (found, about) = (String::from_utf8(run.stdout).unwrap(), String::from_utf8(run.stderr).unwrap());
        assert_eq!(run.status.code(), Some(1), "{text}\n{about}");
        assert!(found.contains("error[unknown-team]") && !found.contains("unknown-ask"), "{text}\n{found}");
        let words = about.split([' ', '\n', '│']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        assert!(about.contains(&format!("[{name}:{line}:")), "{text}\n{about}");
        assert!(words.contains(message) && words.contains(help), "{text}\n{about}");
        assert!(about.contains("1 error, 1 warning"), "{text}\n{about}");
        assert!(!names_a_type(&about), "{text}\n{about}");
    }
}

#[test]
fn keys_of_other_programs_are_no_fault() {
    let place = Place::with(&[
        (
            "book.toml",
            "future = 1\n[book]\ntitle = \"T\"\nauthors = []\n[build]\nsrc = 1\n[rust]\nedition = \"2024\"\n\
             [preprocessor.goals]\ncommand = \"c\"\nbefore = [\"links\"]\n[preprocessor.links]\n[preprocessor.mermaid]\n\
             [output.links]\n[output.html]\nadditional-js = []\nedit-url-template = \"x\"\ngit-repository-icon = \"y\"\n\
             [output.html.fold]\nenable = true\n[output.markdown]\n",
        ),
        (
            "rust-project-goals.toml",
            "other = 1\n[team_asks]\n\"Standard reviews\" = { short = \"r?\", about = \"a\" }\n",
        ),
        ("src/2025h1/a.md", GOAL),
    ]);
    assert_eq!(stderr(&place, &["lint"]), "checked 1 goal in 1 file of 2025h1: 0 errors, 0 warnings\n");
}

#[test]
fn warnings_of_configuration_are_said_once_and_count() {
    let place = Place::with(&[
        ("book.toml", "[book]\nsrc = \"src\"\n\n[preprocessor.goals]\nignore_users = 7\n"),
        ("src/2025h1/a.md", GOAL),
        ("src/2025h2/a.md", &titled(GOAL, "Another goal")),
    ]);
    for args in [
        &["lint"][..],
        &["lint", "src/2025h1", "src/2025h2/a.md"],
        &["lint", "-", "--stdin-filename", "src/2025h1/a.md"],
    ] {
        let run = place.output(args, GOAL.as_bytes());
        let about = String::from_utf8(run.stderr).unwrap();
        assert_eq!(about.matches("expected a list").count(), 1, "{about}");
        assert!(about.contains("1 warning"), "{about}");
        assert_eq!(run.status.code(), Some(0));
    }
    assert_eq!(place.output(&["lint", "--deny-warnings"], b"").status.code(), Some(1));
    for args in [&["list"][..], &["asks"], &["config"], &["roster"]] {
        let about = stderr(&place, args);
        assert_eq!(about.matches("book.toml:5").count(), 1, "{args:?}\n{about}");
        assert!(!stderr(&place, &[args, &["-q"]].concat()).contains("book.toml"), "{args:?}");
    }
    // Whoever looks for a reason finds it also where nothing could be read.
    let empty = Place::with(&[("book.toml", "[book]\nsrc = 5\n")]);
    let about = stderr(&empty, &["rfc"]);
    assert!(about.contains("book.toml:2") && about.contains("no slate found"), "{about}");
    snapshot("foreign-config", &place.run(&["lint", "src/2025h1"]));
}

#[test]
fn many_faults_of_one_file_are_counted() {
    let users: String = (0..22).map(|number| format!("\"@u{number}\" = {number}\n")).collect();
    let place =
        Place::with(&[("book.toml", &format!("[preprocessor.goals.users]\n{users}")), ("src/2025h1/a.md", GOAL)]);
    let about = stderr(&place, &["lint"]);
    assert_eq!(about.matches("expected a string").count(), 20, "{about}");
    assert!(
        about.contains("2 more invalid entries from here on")
            && about.contains("book.toml:22")
            && about.contains("21 warnings"),
        "{about}"
    );
}

#[test]
fn a_file_that_is_no_text_is_a_warning_as_well() {
    let place = Place::with(&[("src/2025h1/a.md", &faulty())]);
    place.write("book.toml", b"[book]\ntitle = \"\xff\"\n");
    let run = place.output(&["lint"], b"");
    let about = String::from_utf8(run.stderr).unwrap();
    assert!(about.contains("book.toml:2") && about.contains("invalid UTF-8"), "{about}");
    assert_eq!(run.status.code(), Some(1));
    assert!(place.output(&["config"], b"").status.success());
}

#[test]
fn a_fault_of_our_own_file_stops_the_run_in_plain_words() {
    for (text, message) in [
        ("src = 5\n", "expected a path, found an integer"),
        ("site = []\n", "expected a string, found a list"),
        ("site = \"https://a b.org\"\n", "invalid URL `https://a b.org`"),
        ("exclude = \"a\"\n", "expected a list, found a string"),
        ("former-sites = \"https://a.org\"\n", "expected a list, found a string"),
        ("former-sites = [\"a.org\"]\n", "invalid URL `a.org`"),
        ("former-repositories = [\"goals\"]\n", "invalid repository `goals`"),
        ("former-repositories = 1\n", "expected a list, found an integer"),
        ("former-site = []\n", "unknown key `former-site`"),
        ("users = 3\n", "expected a table, found an integer"),
        ("links = [1]\n", "expected a table, found a list"),
        ("[links]\na = {}\n", "expected a string, found a table"),
        ("linkifiers = true\n", "expected a table, found a boolean"),
        ("roster = \"x\"\n", "expected a table, found a string"),
        ("[roster]\npath = 1.5\n", "expected a path, found a float"),
        ("[asks]\nA = \"x\"\n", "expected a table, found a string"),
        ("[asks]\nA = { short = \"a\" }\n", "missing key `about`"),
        ("[asks]\nA = { short = \"a\", about = \"b\", elide = 1 }\n", "expected `true` or `false`, found an integer"),
        ("lint = []\n", "expected a table, found a list"),
        ("[lint]\nall = 2026-01-01\n", "expected a string, found a"),
        ("periods = 1\n", "expected a table, found an integer"),
        ("[periods]\n2026 = 1\n", "expected a table, found an integer"),
        ("[periods.2026]\nroster = 1\n", "expected a path, found an integer"),
        ("[periods.2026]\nstatuses = 1\n", "expected a table, found an integer"),
        ("[periods.2026.statuses]\nPaused = { stage = \"x\" }\n", "unknown value `x`"),
        ("[periods.2026.statuses]\nPaused = { }\n", "missing key `stage`"),
        ("[rfc.2026]\npr = \"x\"\n", "expected a whole number that is not negative, found a string"),
        ("[rfc.2026]\npr = -1\n", "expected a whole number that is not negative, found an integer"),
    ] {
        let place = Place::with(&[("goals.toml", text), ("src/2026/a.md", GOAL)]);
        let run = place.output(&["lint"], b"");
        let about = String::from_utf8(run.stderr).unwrap();
        let words = about.split([' ', '\n', '│']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        assert_eq!(run.status.code(), Some(2), "{text}");
        assert!(words.contains(message), "{text}\n{about}");
        assert!(about.contains("[goals.toml:"), "{text}\n{about}");
        assert!(!names_a_type(&about), "{text}\n{about}");
    }
}

#[test]
fn a_fault_of_our_own_file_is_shown_at_its_own_line() {
    for (text, line, message, help) in [
        ("\n\nsitte = \"x\"\n", 3, "unknown key `sitte`", "did you mean `site`?"),
        ("[roster]\n\npaht = \"x\"\n", 3, "unknown key `paht`", "did you mean `path`?"),
        ("[asks.A]\nshort = \"a\"\nabout = \"b\"\nteam = []\n", 4, "unknown key `team`", "did you mean `teams`?"),
        ("[rfc.2026]\npr = 1\nisue = \"x\"\n", 3, "unknown key `isue`", "did you mean `issue`?"),
        ("[periods.2026]\n\nlik = \"2025h1\"\n", 3, "unknown key `lik`", "did you mean `like`?"),
        ("[periods.2026]\nlike = \"2025h2\"\nmetdata = 1\n", 3, "unknown key `metdata`", "did you mean `metadata`?"),
        ("[periods.2026]\n\nlike = \"2044\"\n", 3, "`like` must be the name", ""),
        ("[periods.2026.sections]\n\nSummary = { fild = \"x\" }\n", 3, "unknown key `fild`", "did you mean `field`?"),
        ("[periods.2026.metadata.rows.\"A.b\"]\n\nfild = 1\n", 3, "unknown key `fild`", "did you mean `field`?"),
        ("[periods.2026]\nbadges.x = 5\n[periods.2031]\nlike = \"2026\"\n", 2, "expected a string", ""),
        ("[periods.2031]\nlike = \"2026\"\n[periods.2026]\nbadges.x = 5\n", 4, "expected a string", ""),
        ("[periods.2026.statuses]\n\nX = { flagship = true }\n", 3, "missing key `stage`", "add `stage"),
        ("[periods.2026.statuses]\n\nX = false\n", 3, "there is no `X` to remove", ""),
        ("[periods.2026.rfc]\n\nteam-heading-level = 300\n", 3, "the number 300 is too large", ""),
        ("[periods.2026.rfc]\n\nteam-heading-level = 7\n", 3, "invalid heading level 7", "from 1 to 6"),
        ("[periods.2026.rfc.heads]\n\ngoals = [\"a\"]\n", 3, "expected a list of length 2", ""),
        ("[periods.2026.directives]\n\nX = 5\n", 3, "expected a table, found an integer", ""),
        ("[lint]\n\nunknown-teem = \"warn\"\n", 3, "unknown rule `unknown-teem`", "did you mean `unknown-team`?"),
    ] {
        let place = Place::with(&[("goals.toml", text), ("src/2026/a.md", GOAL)]);
        let about = stderr(&place, &["lint"]);
        let words = about.split([' ', '\n', '│']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        assert!(words.contains(message) && words.contains(help), "{text}\n{about}");
        assert!(about.contains(&format!("[goals.toml:{line}:")), "{text}\n{about}");
        assert!(!names_a_type(&about), "{text}\n{about}");
    }
}

#[test]
fn an_ask_may_be_its_description_alone() {
    let place = Place::with(&[
        ("book.toml", "[output.html]\ncname = \"x.org\"\n"),
        (
            "rust-project-goals.toml",
            "[team_asks]\n\"Standard reviews\" = \"read patches\"\nOther = { short = \"O\", about = \"do other things\" }\n",
        ),
        ("src/2025h1/a.md", GOAL),
        (
            "src/2025h1/README.md",
            "## Summary\n\n<!-- GOALS -->\n\n<!-- TEAM ASKS -->\n\n## Asks\n\n<!-- VALID TEAM ASKS -->\n\n[valid_team_asks]: #asks\n",
        ),
    ]);
    assert_eq!(place.output(&["lint"], b"").status.code(), Some(0));
    let rfc = String::from_utf8(place.output(&["rfc"], b"").stdout).unwrap();
    let row =
        |start: &str| rfc.lines().find(|line| line.starts_with(start)).unwrap_or_else(|| panic!("{start}\n{rfc}"));
    let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>().join("|");
    assert_eq!(cells(row("| \"Standard reviews\"")), "|\"Standard reviews\"|Standard reviews|read patches|");
    assert_eq!(cells(row("| \"Other\"")), "|\"Other\"|O|do other things|");
    assert!(rfc.contains("[Standard reviews][valid_team_asks]"), "{rfc}");
    let (ask, from) = setting(&place, "asks.Standard reviews").unwrap();
    assert!(ask.contains("\"short\":\"Standard reviews\"") && from == "rust-project-goals.toml:2", "{ask} {from}");
}

#[test]
fn ignored_users_are_read_at_their_former_place() {
    let book = |text: &str| Place::with(&[("book.toml", text), ("src/2025h1/a.md", GOAL)]);
    let former = book("[preprocessor.goals.users]\n\"@a\" = \"A\"\nignore_users = [\"@bot\"]\n");
    assert_eq!(setting(&former, "ignore_users"), Some(("[\"@bot\"]".to_owned(), "book.toml:3".to_owned())));
    assert_eq!(setting(&former, "users.@a").unwrap().0, "A");
    assert!(stderr(&former, &["lint"]).ends_with("0 errors, 0 warnings\n"));
    let both =
        book("[preprocessor.goals]\nignore_users = [\"@b\"]\n[preprocessor.goals.users]\nignore_users = [\"@c\"]\n");
    assert_eq!(setting(&both, "ignore_users"), Some(("[\"@b\"]".to_owned(), "book.toml:2".to_owned())));
    let warned = stderr(&both, &["lint"]);
    assert!(warned.contains("`ignore_users` has no effect in `[preprocessor.goals.users]`"), "{warned}");
    assert!(warned.contains("book.toml:4"), "{warned}");
}

#[test]
fn the_site_is_where_mdbook_publishes_it() {
    let html = |text: &str| Place::with(&[("book.toml", &format!("[output.html]\n{text}")), ("src/2025h1/a.md", GOAL)]);
    let repository = "git-repository-url = \"https://github.com/Example-Org/goals\"\n";
    for (text, site) in [
        ("cname = \"goals.example.org\"\n", Some("https://goals.example.org")),
        ("cname = \"goals.example.org\"\nsite-url = \"/\"\n", Some("https://goals.example.org")),
        ("cname = \"goals.example.org\"\nsite-url = \"/plans/\"\n", Some("https://goals.example.org/plans")),
        ("site-url = \"/plans/\"\n", None),
        (&format!("{repository}site-url = \"/plans/\"\n"), Some("https://example-org.github.io/plans")),
        (&format!("{repository}cname = \"a.org\"\nsite-url = \"/plans/\"\n"), Some("https://a.org/plans")),
        (repository, None),
        ("git-repository-url = \"https://gitlab.com/a/b\"\nsite-url = \"/b/\"\n", None),
        // With an address of its own that cannot be read, nobody knows where it is.
        (&format!("{repository}cname = 5\nsite-url = \"/plans/\"\n"), None),
        ("cname = \"a.org\"\nsite-url = []\n", None),
    ] {
        let place = html(text);
        assert_eq!(setting(&place, "site").map(|(site, _)| site).as_deref(), site, "{text}");
    }
    let place = html(&format!("{repository}site-url = \"/plans/\"\ncname = \"a.org\"\n"));
    assert_eq!(setting(&place, "site").unwrap().1, "book.toml:4");
    let former = ("[\"https://example-org.github.io/goals\"]".to_owned(), "book.toml:4".to_owned());
    assert_eq!(setting(&place, "former-sites"), Some(former));
    place.write("src/2025h1/README.md", b"## Summary\n\n<!-- GOALS -->\n\n<!-- TEAM ASKS -->\n");
    assert!(
        String::from_utf8(place.output(&["rfc"], b"").stdout).unwrap().contains("(https://a.org/plans/2025h1/a.html)")
    );
    let unknown = html("site-url = \"/plans/\"\n");
    unknown.write("src/2025h1/README.md", b"## Summary\n\n<!-- GOALS -->\n\n<!-- TEAM ASKS -->\n");
    assert!(stderr(&unknown, &["rfc"]).contains("URL of the published site is not configured"));
}
