//! Patterns of `exclude`: paths from the root in which `*`, `?` and `**` are placeholders.
//!
//! Forty lines of our own: `globset` brings braces, classes and a matcher of regular expressions, of which no list of paths needs
//! anything.

use crate::text::source::Span;

/// A path or pattern of paths that are never looked at.
#[derive(Clone, Debug)]
pub struct Exclusion {
    /// As it is written.
    pub pattern: String,
    /// Where it is in `goals.toml`.
    pub span: Span,
}

impl Exclusion {
    /// Whether a path from the root, with `/`, or a directory above it is meant.
    pub fn covers(&self, path: &str) -> bool {
        let pattern: Vec<&str> = parts(&self.pattern).collect();
        // Which parts of the pattern can come next; the path is read once.
        let mut next = vec![false; pattern.len() + 1];
        next[0] = true;
        skip_any_depth(&pattern, &mut next);
        for part in parts(path) {
            if next[pattern.len()] {
                return true;
            }
            let mut after = vec![false; pattern.len() + 1];
            for (index, wanted) in pattern.iter().enumerate().filter(|(index, _)| next[*index]) {
                if *wanted == "**" {
                    after[index] = true;
                } else if part_matches(wanted, part) {
                    after[index + 1] = true;
                }
            }
            skip_any_depth(&pattern, &mut after);
            next = after;
        }
        next[pattern.len()]
    }

    /// Whether it is the path of one file or directory.
    pub fn is_plain(&self) -> bool {
        !self.pattern.contains(['*', '?'])
    }
}

/// `**` may stand for no directory at all.
fn skip_any_depth(pattern: &[&str], next: &mut [bool]) {
    for (index, part) in pattern.iter().enumerate() {
        if next[index] && *part == "**" {
            next[index + 1] = true;
        }
    }
}

fn parts(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|part| !matches!(*part, "" | "."))
}

/// Whether a name fits, where `*` stands for any characters and `?` for one.
fn part_matches(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    let (mut at, mut read) = (0, 0);
    // The last `*`, and what it stands for so far.
    let mut star: Option<(usize, usize)> = None;
    while read < name.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, read));
                at += 1;
            }
            Some(&c) if c == '?' || c == name[read] => (at, read) = (at + 1, read + 1),
            _ => match &mut star {
                Some((place, taken)) => {
                    *taken += 1;
                    (at, read) = (*place + 1, *taken);
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|&c| c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_cover_files_and_what_is_below_directories() {
        let covers =
            |pattern: &str, path: &str| Exclusion { pattern: pattern.to_owned(), span: Span::at(0) }.covers(path);
        for (pattern, path) in [
            ("src/2026/a.md", "src/2026/a.md"),
            ("./src/2026/", "src/2026/a.md"),
            ("src/*/notes.md", "src/2026/notes.md"),
            ("src/2026/*.md", "src/2026/a.md"),
            ("src/**/notes.md", "src/notes.md"),
            ("src/**/notes.md", "src/2026/deep/notes.md"),
            ("**/notes.md", "src/2026/notes.md"),
            ("src/20??", "src/2026/a.md"),
            ("src/2026/**", "src/2026/x/a.md"),
            ("**", "a"),
            ("src/*-draft*", "src/a-draft-b/c.md"),
            ("*/2026", "src/2026/é.md"),
            ("src/2026/?.md", "src/2026/é.md"),
        ] {
            assert!(covers(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in [
            ("src/2026/a.md", "src/2026/ab.md"),
            ("notes.md", "src/2026/notes.md"),
            ("src/*.md", "src/2026/a.md"),
            ("src/?", "src/2026/a.md"),
            ("src/2026/a.md/b", "src/2026/a.md"),
            ("src/**/a.md", "src/2026/b.md"),
            ("[a-z].md", "a.md"),
        ] {
            assert!(!covers(pattern, path), "{pattern} {path}");
        }
        let long = "a".repeat(5000);
        assert!(!covers(&"*a".repeat(200), &format!("{long}b")));
    }
}
