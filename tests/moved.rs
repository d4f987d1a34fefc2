//! Projects whose site or repository has moved: links to former addresses, and issues under former names.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use common::{GOAL, Place, titled};

const BOOK: &str = "[output.html]\ngit-repository-url = \"https://github.com/example-org/goals\"\nsite-url = \"/\"\n\
                    cname = \"plans.example.org\"\n";

fn findings(place: &Place) -> Vec<(String, String, String)> {
    let run = place.output(&["lint", "--format", "json"], b"");
    let json: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let findings = json["findings"].as_array().unwrap().iter();
    findings.map(|one| (text(&one["rule"]), text(&one["message"]), text(&one["help"]))).collect()
}

fn linked(address: &str) -> String {
    GOAL.replace("Reasons.", &format!("See [it]({address})."))
        .replace("## Summary\n\nWords.", "## Summary\n\nSome words.")
}

#[test]
fn links_to_a_former_site_lead_to_pages_of_the_project() {
    let own = "former-sites = [\"https://old.example.org/plans/\"]\n";
    let place = Place::with(&[
        ("book.toml", BOOK),
        ("goals.toml", own),
        (
            "src/2025h1/README.md",
            "## Summary\n\n<!-- GOALS -->\n\n<!-- TEAM ASKS -->\n\nSee [one](https://old.example.org/plans/2025h1/a.html#summary).\n",
        ),
        ("src/2025h1/b.md", &titled(GOAL, "Another goal")),
    ]);
    for site in ["https://example-org.github.io/goals", "https://old.example.org/plans"] {
        place.write("src/2025h1/a.md", linked(&format!("{site}/2025h1/b.html#summary")).as_bytes());
        let message = "link to a page of the project by a former URL of the site";
        let found = findings(&place);
        let expected = ("absolute-site-link".to_owned(), message.to_owned(), "use `./b.md`".to_owned());
        assert!(found.contains(&expected), "{site}\n{found:?}");
        assert_eq!(found.len(), 2, "the other one is of the template: {found:?}");

        place.write("src/2025h1/a.md", linked(&format!("{site}/2025h1/nothing.html")).as_bytes());
        let found = findings(&place);
        assert!(
            found.iter().any(|(rule, message, _)| rule == "dead-link" && message == "no such page on the site"),
            "{found:?}"
        );

        // What only begins like the site is another one.
        place.write("src/2025h1/a.md", linked(&format!("{site}-of-others/2025h1/b.html")).as_bytes());
        assert_eq!(findings(&place).len(), 1);
    }
    let rfc = String::from_utf8(place.output(&["rfc"], b"").stdout).unwrap();
    assert!(rfc.contains("[one](https://plans.example.org/2025h1/a.html#summary)"), "{rfc}");
    assert!(!rfc.contains("old.example.org"), "{rfc}");

    place.write("src/2025h1/a.md", linked("https://example-org.github.io/goals/2025h1/b.html#summary").as_bytes());
    place.output(&["lint", "--fix"], b"");
    let fixed = std::fs::read_to_string(place.path().join("src/2025h1/a.md")).unwrap();
    assert!(fixed.contains("[it](./b.md#summary)"), "{fixed}");
    assert_eq!(findings(&place), []);
}

#[test]
fn a_site_that_has_not_moved_has_no_former_address() {
    let place =
        Place::with(&[("book.toml", &BOOK.replace("cname = \"plans.example.org\"\n", "")), ("src/2025h1/a.md", GOAL)]);
    let config = String::from_utf8(place.output(&["config"], b"").stdout).unwrap();
    assert!(!config.contains("former"), "{config}");
}

#[test]
fn the_moves_of_known_projects_are_built_in() {
    let book = "[output.html]\ngit-repository-url = \"https://github.com/rust-lang/goals\"\nsite-url = \"/\"\n\
                cname = \"goals.rust-lang.org\"\n";
    let place = Place::with(&[
        ("book.toml", book),
        ("goals.toml", "former-sites = [\"https://a.org\"]\nformer-repositories = [\"a/b\", \"Rust-Lang/Goals\"]\n"),
        ("src/2025h1/a.md", GOAL),
    ]);
    let config = String::from_utf8(place.output(&["config"], b"").stdout).unwrap();
    let sites = "# goals.toml:1, book.toml:4, built in\nformer-sites = [\"https://a.org\", \
                 \"https://rust-lang.github.io/goals\", \"https://rust-lang.github.io/rust-project-goals\"]\n";
    assert!(config.contains(sites), "{config}");
    let names = "# goals.toml:2, built in\nformer-repositories = [\"a/b\", \"rust-lang/rust-project-goals\"]\n";
    assert!(config.contains(names), "{config}");
}

/// Two accepted goals with these tracking issues.
fn issues(config: &str, book: bool, one: &str, other: &str) -> Vec<(String, String, String)> {
    let goal = |title: &str, issue: &str| {
        let row = format!("| Status           | Accepted     |\n| Tracking issue   | {issue} |");
        titled(GOAL, title).replace("| Status           | Proposed     |", &row)
    };
    let place = Place::with(&[
        ("goals.toml", config),
        ("src/2025h2/a.md", &goal("A goal", one)),
        ("src/2025h2/b.md", &goal("Another goal", other)),
    ]);
    if book {
        place.write("book.toml", BOOK.as_bytes());
    }
    findings(&place)
}

#[test]
fn an_issue_is_one_under_both_names_of_its_repository() {
    let former = "former-repositories = [\"example-org/project-goals\"]\n";
    let rules = |found: Vec<(String, String, String)>| found.into_iter().map(|(rule, _, _)| rule).collect::<Vec<_>>();
    let twice = |rule: &str| vec![rule.to_owned(); 2];
    let (new, old) = ("[example-org/goals#7]", "[Example-org/project-goals#7]");
    assert_eq!(rules(issues(former, true, new, old)), twice("duplicate-tracking-issue"));
    assert_eq!(rules(issues(former, true, old, old)), twice("duplicate-tracking-issue"));
    assert_eq!(rules(issues(former, true, new, "[example-org/project-goals#8]")), [""; 0]);
    // A former name need not end as the format wants it.
    let other = "former-repositories = [\"example-org/plans\"]\n";
    assert_eq!(rules(issues(other, true, "[example-org/plans#7]", "[example-org/goals#8]")), [""; 0]);
    assert_eq!(rules(issues(other, true, "[example-org/plans#7]", new)), twice("duplicate-tracking-issue"));
    assert_eq!(rules(issues("", true, "[example-org/plans#7]", "[example-org/goals#8]")), ["malformed-tracking-issue"]);
}

#[test]
fn one_number_in_two_repositories_may_be_one_issue() {
    let (new, old) = ("[example-org/goals#7]", "[example-org/project-goals#7]");
    let found = issues("", true, new, old);
    let [(rule, message, help)] = &found[..] else { panic!("{found:?}") };
    assert_eq!(
        (rule.as_str(), message.as_str()),
        ("foreign-tracking-issue", "tracking issue has the number of one in `example-org/goals`")
    );
    assert!(help.contains("`former-repositories`"), "{help}");
    assert_eq!(issues("", false, new, old).len(), 2, "nobody knows which of the two is right");
    assert_eq!(issues("", true, new, "[others/project-goals#7]"), [], "another owner has other issues");
    assert_eq!(issues("", true, new, "[example-org/project-goals#8]"), []);
}
