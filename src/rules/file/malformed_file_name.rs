//! Names of files that links cannot lead to, or that tell of a slip.

use hashbrown::HashMap;

use crate::diagnostics::finding::Finding;
use crate::model::slate::{File, Slate, anchor};
use crate::rules::context::LintContext;
use crate::rules::shared::duplicates::Places;
use crate::rules::shared::misnamed_goals::sign_of_goal;
use crate::text::ids::FileId;
use crate::text::sanitize::hides_something;

/// What every page ends with.
const EXTENSION: &str = ".md";

pub(crate) fn check(cx: &LintContext<'_>) -> Vec<(FileId, Finding)> {
    let mut pages = Places::default();
    let mut odd = Vec::new();
    for file in &cx.slate.files {
        let page = cx.slate.page_of_file(file);
        match judge(page) {
            Some(message) => odd.push((file, message, repaired(page))),
            None => pages.add(page.to_lowercase(), (file.id, anchor(file))),
        }
    }
    // How many files have a name, or would if they were called as is proposed.
    let mut takers: HashMap<String, usize> = HashMap::new();
    if !odd.is_empty() {
        let proposed = odd.iter().filter_map(|(_, _, proposed)| proposed.as_deref());
        let sound = cx.slate.files.iter().map(|file| cx.slate.page_of_file(file)).filter(|page| judge(page).is_none());
        for name in proposed.chain(sound) {
            *takers.entry(name.to_lowercase()).or_default() += 1;
        }
    }
    let finding = |(file, message, proposed): (&File, String, Option<String>)| {
        let free = proposed.filter(|name| takers.get(&name.to_lowercase()) == Some(&1));
        let help = match free {
            Some(name) => format!("rename the file to `{name}`"),
            None => "rename the file, using only letters, digits, and `-`".to_owned(),
        };
        (file.id, Finding::new(anchor(file), message).help(help))
    };
    let mut findings: Vec<_> = odd.into_iter().map(finding).collect();
    let message = "file name differs from another one only in case: many systems cannot store both";
    findings.extend(pages.findings(message, "rename one of them", "other file"));
    findings.extend(cx.slate.files.iter().filter_map(|file| Some((file.id, goal_named_roadmap(cx.slate, file)?))));
    findings
}

/// A goal that its name makes a roadmap.
fn goal_named_roadmap(slate: &Slate, file: &File) -> Option<Finding> {
    let roadmaps = slate.format.roadmaps.as_ref()?;
    let (place, what) = sign_of_goal(slate, file)?;
    let finding = Finding::new(anchor(file), "this file looks like a goal, but its name makes it a roadmap");
    let help = format!("rename the file: names of goals do not begin with `{}`", roadmaps.prefix);
    Some(finding.help(help).related(file.id, place, format!("only goals have this {what}")))
}

fn judge(page: &str) -> Option<String> {
    let stem = page.strip_suffix(EXTENSION);
    // Nearly every name is as it should be, which costs least to see.
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'/');
    if stem.is_some_and(|stem| stem.bytes().all(is_plain)) {
        return None;
    }
    let is_odd = |c: &char| c.is_whitespace() || is_unseen(*c) || *c == UNREADABLE || "#?%()[]<>\"\\|*:".contains(*c);
    let what = match (page.chars().find(is_odd), stem) {
        (Some(UNREADABLE), _) => "contains an invalid character, which breaks links to it".to_owned(),
        (Some(c), _) if c.is_whitespace() => "contains whitespace, which breaks links to it".to_owned(),
        (Some(c), _) if is_unseen(c) => {
            format!("contains the hidden character U+{:04X}, which breaks links to it", u32::from(c))
        }
        (Some(c), _) => format!("contains `{c}`, which breaks links to it"),
        (None, None) => format!("does not end in lower-case `{EXTENSION}`"),
        (None, Some(stem)) if stem.to_lowercase().ends_with(EXTENSION) => {
            format!("has the extension `{EXTENSION}` twice")
        }
        _ => return None,
    };
    Some(format!("file name {what}"))
}

/// What a path holds for each part of a name that is not UTF-8.
const UNREADABLE: char = char::REPLACEMENT_CHARACTER;

/// Whether this character is invisible in a name: what is not sent to a terminal, and what has no width and is not part
/// of a letter.
fn is_unseen(c: char) -> bool {
    let has_no_width = matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180f}' | '\u{200c}' | '\u{200d}'
        | '\u{206a}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{e0100}'..='\u{e01ef}');
    has_no_width || hides_something(c.encode_utf8(&mut [0; 4]))
}

/// The name without what is wrong with it, unless nothing sound is left.
fn repaired(page: &str) -> Option<String> {
    let mut stem = page;
    while let Some(at) = stem.len().checked_sub(EXTENSION.len()).filter(|at| stem.is_char_boundary(*at)) {
        if !stem[at..].eq_ignore_ascii_case(EXTENSION) {
            break;
        }
        stem = &stem[..at];
    }
    let parts: Vec<String> = stem.split('/').map(repaired_part).collect();
    // A name that begins with a full stop is hidden, and never read.
    let is_sound = parts.iter().all(|part| part.starts_with(|c: char| c.is_alphanumeric() || c == '_'));
    is_sound.then(|| format!("{}{EXTENSION}", parts.join("/")))
}

/// The same for a directory's name, or that of a file without its extension.
fn repaired_part(part: &str) -> String {
    let kept = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' };
    let seen: String = part.chars().filter(|c| !is_unseen(*c) || c.is_whitespace()).map(kept).collect();
    seen.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
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
            ("b c/ (d) .md", "b-c/d.md"),
            ("odd-\u{fffd}.md", "odd.md"),
            ("r\u{fffd}sum\u{fffd}.md", "r-sum.md"),
            ("go\u{200b}al.md", "goal.md"),
            ("goal\u{202e}\u{1b}.md", "goal.md"),
            ("a\u{85}b.md", "a-b.md"),
            ("_a b.md", "_a-b.md"),
            ("\u{2764}\u{fe0f}-a.md", "a.md"),
        ] {
            assert!(judge(page).is_some(), "{page}");
            assert_eq!(repaired(page).as_deref(), Some(name));
            assert_eq!(judge(name), None);
        }
        for nothing_left in
            ["\r.md", "\u{fffd}.md", " .md.md", "\u{3164}.md", "a b/\u{202e}.md", ".\u{200b}.md", "\u{200b}.a.md"]
        {
            assert!(judge(nothing_left).is_some() && repaired(nothing_left).is_none(), "{nothing_left:?}");
        }
        for fine in [
            "ATPIT.md",
            "libc-1.0.md",
            "optimize_clippy-2.md",
            "b/a.md",
            "\u{e9}t\u{e9}.md",
            "e\u{301}.md",
            "\u{2764}.md",
        ] {
            assert_eq!(judge(fine), None, "{fine}");
        }
    }
}
