//! Names of files that links cannot lead to, or that tell of a slip.

use crate::finding::Finding;
use crate::rules::duplicates::Places;
use crate::slate::{Slate, anchor};

/// What every page ends with.
const EXTENSION: &str = ".md";

pub(crate) fn check(slate: &Slate) -> Vec<(usize, Finding)> {
    let mut pages = Places::default();
    let mut findings = Vec::new();
    for (index, file) in slate.files.iter().enumerate() {
        let page = slate.page_of(index);
        match judge(page) {
            Some(message) => {
                let finding = Finding::new(anchor(file), message).help(format!("call the file `{}`", repaired(page)));
                findings.push((index, finding));
            }
            None => pages.add(page.to_lowercase(), (index, anchor(file))),
        }
    }
    let message = "the name of another file differs in letter case only: many systems can keep one of the two";
    findings.extend(pages.findings(message, "give one of them another name", "the other file"));
    findings
}

fn judge(page: &str) -> Option<String> {
    let stem = page.strip_suffix(EXTENSION);
    let odd = page.chars().find(|c| c.is_whitespace() || c.is_control() || "#?%()[]<>\"\\|*:".contains(*c));
    match (odd, stem) {
        (Some(c), _) if c.is_whitespace() => {
            Some("the name of this file has white space in it, so links to it break".to_owned())
        }
        (Some(c), _) => Some(format!("the name of this file has `{c}` in it, so links to it break")),
        (None, None) => Some(format!("the name of this file does not end in `{EXTENSION}` in small letters")),
        (None, Some(stem)) if stem.to_lowercase().ends_with(EXTENSION) => {
            Some(format!("the name of this file ends in `{EXTENSION}` twice"))
        }
        _ => None,
    }
}

/// The name without what is wrong with it.
fn repaired(page: &str) -> String {
    let mut stem = page;
    while let Some(at) = stem.len().checked_sub(EXTENSION.len()).filter(|at| stem.is_char_boundary(*at)) {
        if !stem[at..].eq_ignore_ascii_case(EXTENSION) {
            break;
        }
        stem = &stem[..at];
    }
    let kept = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/') { c } else { '-' };
    let stem: String = stem.chars().map(kept).collect();
    let parts: Vec<&str> = stem.split('-').filter(|part| !part.is_empty()).collect();
    format!("{}{EXTENSION}", parts.join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_judged_and_repaired() {
        for (page, name) in [
            ("my goal.md", "my-goal.md"),
            ("goal (1).md", "goal-1.md"),
            ("a.md.md", "a.md"),
            ("a.MD", "a.md"),
            ("a.md.MD", "a.md"),
            ("b/50%.md", "b/50.md"),
        ] {
            assert!(judge(page).is_some(), "{page}");
            assert_eq!(repaired(page), name);
            assert_eq!(judge(name), None);
        }
        for fine in ["ATPIT.md", "libc-1.0.md", "optimize_clippy-2.md", "b/a.md", "\u{e9}t\u{e9}.md"] {
            assert_eq!(judge(fine), None, "{fine}");
        }
    }
}
