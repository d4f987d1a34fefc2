//! docs/security.md names the tests that show what it claims.

use regex_lite::Regex;

use crate::common::repository;
use crate::documents::read;

/// The names of all tests of a file in `tests/`.
fn tests_of(file: &str) -> Vec<String> {
    let path = repository().join(format!("tests/{file}.rs"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let test = Regex::new(r"#\[test\]\n(?:#\[[^\n]*\]\n)*fn (\w+)\(\)").unwrap();
    test.captures_iter(&text).map(|found| found[1].to_owned()).collect()
}

#[test]
fn each_claim_names_tests_that_exist() {
    let page = read("docs/security.md");
    let name = Regex::new("`([a-z_]+)::([a-z_0-9]+)`").unwrap();
    let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("| ")).skip(1).collect();
    assert!(rows.len() >= 15, "{} rows", rows.len());
    for row in rows {
        let (_, shown_by) = row.trim_end_matches(" |").rsplit_once(" | ").unwrap();
        assert!(name.is_match(shown_by), "no test shows this: {row}");
        for found in name.captures_iter(shown_by) {
            assert!(tests_of(&found[1]).contains(&found[2].to_owned()), "there is no test {}", &found[0]);
        }
        // Nothing else stands there, such as a name that is not read.
        assert_eq!(name.replace_all(shown_by, "").replace(", ", ""), "", "{row}");
    }
}
