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
            "## Summary\n\n<!-- GOALS -->\n\nSee [one](https://old.example.org/plans/2025h1/a.html#summary).\n",
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
