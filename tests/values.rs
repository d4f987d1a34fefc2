//! Values of configuration and roster never make a text wrong: each is escaped where it is used, or a fault at its place. The
//! last check of an RFC never finds one.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use common::{GOAL, Place};

/// Values that mean something to Markdown, TOML, a terminal or the program.
const VALUES: &[&str] = &[
    "Ada",
    "A | B",
    "|",
    "a\\",
    "a\\|b",
    "[x]",
    "x]",
    "](",
    "a](b)",
    "[a](b.md)",
    "[a](#b)",
    "[a](https://x.org)",
    "[a][b]",
    "`",
    "a`b",
    "*a*",
    "<b>",
    "<br>",
    "<!-- TEAM ASKS -->",
    "-->",
    "(((GOALS)))",
    "(((#GOALS)))",
    "((( GOALS )))",
    "a\nb",
    "a\tb",
    "\u{202e}a",
    "a\u{200b}b",
    "\u{feff}",
    "\u{1b}[31m",
    "&#x202e;",
    "&amp;",
    "",
    "  ",
    " a ",
    "@ada",
    "# x",
    "- x",
    "```",
    "[^1]",
    "[x]: https://x.org",
    "https://x.org/(a)",
    "https://x.org/a b",
    "https://x.org/<b>",
    "https://x.org/a|b",
    "https://goals.example.org/https://x.org",
    "https://goals.example.org/2025h1/a.html",
    "https://",
    "javascript:alert(1)",
    "./a.md",
    "/a",
    "#a",
    "..",
    "$1",
    "(.*)",
    "(",
    "(a{1000}){1000}",
    "{{#include x}}",
    "花江",
    "👩\u{200d}💻",
    "::error::x",
];

/// A table of goals.toml with a value in it, written as a TOML string.
const KEYS: &[&str] = &[
    "[users]\n\"@ada\" = V",
    "[users]\nV = \"Ada\"",
    "[links]\nTeam = V",
    "[links]\nV = \"https://x.org\"",
    "[linkifiers]\n\"cargo#([0-9]+)\" = V",
    "[linkifiers]\nV = \"https://x.org/$0\"",
    "[asks]\n\"Standard reviews\" = { short = V, about = \"review\" }",
    "[asks]\n\"Standard reviews\" = { short = \"r?\", about = V }",
    "[asks]\n\"Standard reviews\" = { short = \"r?\", about = \"review\" }\nV = { short = \"x\", about = \"y\" }",
    "[rfc.2025h1]\nfeature-name = V",
    "[rfc.2025h1]\nstart-date = V",
    "[rfc.2025h1]\nissue = V",
    "[roster.renamed]\nV = \"lang\"",
    "[roster.renamed]\nold = V",
    "[periods.2025h1.badges]\nTeam = V",
    "[periods.2025h1.asks]\n\"Standard reviews\" = { short = V, about = \"review\" }",
    "[periods.2025h1.rfc.heads]\ngoals = [V, \"b\"]\nteam-asks = [V]",
    "[periods.2025h1.rfc.front-matter]\nissue = V",
];

const TEMPLATE: &str = "## Summary by @ada\n\n(((#GOALS))) goals.\n\n<!-- GOALS -->\n\n## Asks of @ada\n\n<!-- TEAM ASKS -->\n\n\
                        ## What asks mean\n\n<!-- VALID TEAM ASKS -->\n\n[valid_team_asks]: #what-asks-mean\n";

fn toml(value: &str) -> String {
    let escaped = value.chars().map(|c| match c {
        ' '..='~' if !matches!(c, '"' | '\\') => c.to_string(),
        c => format!("\\U{:08X}", u32::from(c)),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

fn place() -> Place {
    let goal = GOAL.replace("@Manishearth", "@ada").replace("Words.", "By @ada and [lang], see [cargo#4].");
    Place::with(&[
        ("src/2025h1/a.md", &goal),
        ("src/2025h1/README.md", TEMPLATE),
        ("team/teams.json", r#"{"compiler": {"website_data": null}, "lang": {"website_data": null}}"#),
        ("team/people.json", r#"{"people": {"ada": {"name": "Ada"}}}"#),
    ])
}

const TOP: &str = "site = \"https://goals.example.org\"\n[roster]\npath = \"team\"\n";

/// What the text of a run of `goals rfc` must be, whatever the configuration says; answers its exit code and standard error.
fn sound(place: &Place, about: &str) -> (i32, String, String) {
    let run = place.output(&["rfc", "2025h1"], b"");
    let (text, said) = (String::from_utf8(run.stdout).unwrap(), String::from_utf8(run.stderr).unwrap());
    assert!(!said.contains("internal error"), "{about}\n{said}");
    for hidden in ['\u{202e}', '\u{200b}', '\u{feff}', '\u{1b}'] {
        assert!(!text.contains(hidden) && !said.contains(hidden), "{about}: U+{:04X}", u32::from(hidden));
    }
    assert!(!text.contains("(((") && !text.replace("\\<!--", "").contains("<!--"), "{about}\n{text}");
    (run.status.code().unwrap(), text, said)
}

#[test]
fn no_value_of_our_own_file_makes_the_text_wrong() {
    for (index, key) in KEYS.iter().enumerate() {
        let place = place();
        let mut codes = [0; 3];
        // Each value meets half of the keys, each key half of the values.
        for value in VALUES.iter().skip(index % 2).step_by(2) {
            let config = format!("{TOP}{}\n", key.replace('V', &toml(value)));
            place.write("goals.toml", config.as_bytes());
            let (code, _, said) = sound(&place, &config);
            codes[usize::try_from(code).unwrap()] += 1;
            assert!(code != 2 || said.contains("[goals.toml:"), "{config}\n{said}");
        }
        assert!(codes[2] > 0 && codes[0] > 0, "{key}: {codes:?}");
    }
}

#[test]
fn no_value_of_other_files_makes_the_text_wrong_or_stops_the_run() {
    let json = |value: &str| serde_json::to_string(value).unwrap();
    type Write = fn(&str, &dyn Fn(&str) -> String) -> String;
    let files: [(&str, Write); 8] = [
        ("book.toml", |v, _| format!("[preprocessor.goals.users]\n\"@ada\" = {}\n", toml(v))),
        ("book.toml", |v, _| format!("[preprocessor.goals.links]\nTeam = {}\n", toml(v))),
        ("book.toml", |v, _| format!("[preprocessor.goals.linkifiers]\n\"cargo#([0-9]+)\" = {}\n", toml(v))),
        ("book.toml", |v, _| format!("[preprocessor.goals.linkifiers]\n{} = \"https://x.org/$0\"\n", toml(v))),
        ("rust-project-goals.toml", |v, _| {
            format!("[team_asks]\n\"Standard reviews\" = {{ short = {0}, about = {0} }}\n{0} = {0}\n", toml(v))
        }),
        ("team/people.json", |v, json| format!("{{\"people\": {{\n\"ada\": {{\"name\": {}}}}}}}", json(v))),
        ("team/teams.json", |v, json| {
            let teams = "\"compiler\": {\"website_data\": null}, \"lang\": {\"website_data\": {\"repo\": ";
            format!("{{{teams}{}}}}}}}", json(v))
        }),
        ("team/teams.json", |v, json| {
            let teams = "\"compiler\": {\"website_data\": null}, \"lang\": {\"website_data\": null}";
            format!("{{{teams}, {}: {{\"website_data\": null}}}}", json(v))
        }),
    ];
    for (name, write) in files {
        let place = place();
        place.write("goals.toml", TOP.as_bytes());
        let mut warned = 0;
        for value in VALUES {
            let text = write(value, &json);
            place.write(name, text.as_bytes());
            let (code, _, said) = sound(&place, &text);
            assert!(code < 2, "{name} {text}\n{said}");
            warned += usize::from(said.contains(&format!("[{name}:")));
        }
        assert!(warned > 0 && warned < VALUES.len(), "{name}: {warned}");
    }
}

#[test]
fn special_names_are_escaped_where_they_are_put() {
    let place = place();
    for (name, in_table, elsewhere) in [
        ("Ada | Ember", "[Ada \\| Ember][]", "[Ada | Ember]: https://github.com/ada"),
        (
            "A [b] `c` <d> & *e*",
            "[A \\[b\\] \\`c\\` \\<d> \\& \\*e\\*][]",
            "[A \\[b\\] \\`c\\` \\<d> \\& \\*e\\*]: https",
        ),
        ("back\\slash", "[back\\\\slash][]", "[back\\\\slash]: https"),
        ("(((GOALS)))", "[\\(\\(\\(GOALS)))][]", "[\\(\\(\\(GOALS)))]: https"),
    ] {
        place.write("goals.toml", format!("{TOP}[users]\n\"@ada\" = {}\n", toml(name)).as_bytes());
        let (code, text, said) = sound(&place, name);
        assert_eq!(code, 0, "{said}");
        let row = text.lines().find(|line| line.starts_with("| [A goal]")).unwrap();
        assert!(row.contains(in_table), "{row}");
        assert!(text.lines().any(|line| line.starts_with(elsewhere)), "{text}");
    }
    // An address with parentheses, one with what a goal wrote in it, one below the site.
    let links = "[links]\nTeam = \"https://x.org/a_(b)\"\n[linkifiers]\n'cargo#(.*)' = \"https://x.org/$1\"\n";
    place.write("goals.toml", format!("{TOP}{links}").as_bytes());
    let goal = GOAL.replace("Words.", "See [cargo#a b (c)].");
    place.write("src/2025h1/a.md", goal.as_bytes());
    place.write("src/2025h1/README.md", (TEMPLATE.to_owned() + "\n![Team][] [cargo#a b (c)]\n").as_bytes());
    let (code, text, said) = sound(&place, links);
    assert_eq!(code, 0, "{said}");
    assert!(text.contains("[Team]: https://x.org/a_%28b%29\n"), "{text}");
    assert!(text.contains("[cargo#a b (c)](https://x.org/a%20b%20%28c%29)"), "{text}");
}

#[test]
fn faults_say_what_and_where_and_what_to_do() {
    let place = place();
    for (config, place_of, message, help) in [
        ("[users]\n\"@ada\" = \"A\\u202Eb\"", 5, "contains the hidden character U+202E", "remove it"),
        ("[users]\n\"@ada\" = \" \"", 5, "is empty", "use the name to be shown"),
        ("[users]\n\"@a b\" = \"A\"", 5, "invalid user name `@a b`", "ASCII letters"),
        ("[links]\nTeam = \"x.org\"", 5, "does not start with `https://`", "use a full URL"),
        ("[links]\n\"a]b\" = \"https://x.org\"", 5, "invalid label `a]b`", "use words"),
        ("[linkifiers]\n'#([0-9]+)' = \"https://x.org/$2\"", 5, "the pattern has no group `2`", "add the group"),
        ("[linkifiers]\n'.*' = \"https://x.org\"", 5, "it matches empty text", "at least one character"),
        ("[asks.A]\nshort = \"a\"\nabout = \"(((GOALS)))\"", 6, "a mark of directives", "remove it"),
        ("[asks.A]\nshort = \"a\"\nabout = '''a\nb'''", 6, "contains a line break", "on one line"),
        ("[rfc.2025h1]\nissue = \"<b>\"", 5, "contains HTML", "use Markdown"),
        ("[roster.renamed]\n\"a b\" = \"lang\"", 5, "invalid team name `a b`", "ASCII letters"),
        ("[periods.2025h1.badges]\nTeam = \"x\"", 5, "does not start with `https://`", "use a full URL"),
        ("[periods.2025h1.rfc.heads]\ngoals = [\"a|b\", \"c\"]", 5, "contains `|`", "use a few words"),
    ] {
        place.write("goals.toml", format!("{TOP}{config}\n").as_bytes());
        let run = place.output(&["lint"], b"");
        let said = String::from_utf8(run.stderr).unwrap();
        let words = said.split([' ', '\n', '│']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        assert_eq!(run.status.code(), Some(2), "{config}\n{said}");
        assert!(said.contains(&format!("[goals.toml:{place_of}:")), "{config}\n{said}");
        assert!(words.contains(message) && words.contains(help), "{config}\n{said}");
    }
    // The same for an option.
    let run = place.run(&["rfc", "--feature-name", "(((GOALS)))", "--isolated"]);
    assert!(run.contains("contains `(((`") && run.contains("exit code 2"), "{run}");
}

#[test]
fn damaged_files_of_a_roster_are_named_with_their_line() {
    let place = place();
    place.write("goals.toml", TOP.as_bytes());
    for (name, text, line, message) in [
        ("team/people.json", "{\n\"people\": []}", 2, "expected an object, found an array"),
        ("team/people.json", "{\"people\": {\n\"ada\": {}}}", 2, "missing key `name`"),
        ("team/people.json", "{\"people\": {\n\n\"ada\": {\"name\": 1}}}", 3, "expected a string, found an integer"),
        ("team/teams.json", "{\n\"a\": 1}", 2, "expected an object, found an integer"),
        ("team/roster.toml", "date = \"2026-01-05\"\nrenamd = {}\n", 2, "unknown key `renamd`"),
        ("team/roster.toml", "\n[renamed]\n\"a b\" = \"lang\"\n", 3, "invalid team name `a b`"),
    ] {
        let before = std::fs::read(place.path().join(name)).ok();
        place.write(name, text.as_bytes());
        let run = place.run(&["lint"]);
        assert!(run.contains(&format!("[{name}:{line}:")) && run.contains(message), "{text}\n{run}");
        assert!(run.ends_with("exit code 2\n") && !run.contains("struct") && !run.contains("map"), "{run}");
        match before {
            Some(before) => place.write(name, &before),
            None => std::fs::remove_file(place.path().join(name)).unwrap(),
        }
    }
}
