//! Findings and failures as text: for people, and as JSON.

mod excerpt;
mod human;
mod json;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

pub use human::{Look, failure, finding};
pub use json::json;

use similar::TextDiff;

use crate::finding::{Level, Reported};
use crate::paths::{relative, with_slashes};
use crate::slate::Slate;
use crate::source::{Source, Span};

/// The findings of one slate that are to be shown.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a> {
    /// The slate.
    pub slate: &'a Slate,
    /// The root of its project, absolute.
    pub root: &'a Path,
    /// What was found in the files that were asked for.
    pub findings: &'a [Reported],
    /// How many files and goals were checked.
    pub counts: Counts,
}

/// How much was checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Files, goals among them.
    pub files: usize,
    /// Goals.
    pub goals: usize,
}

impl Checked<'_> {
    /// A file's path as it is shown: from `current`, the current directory.
    pub fn shown_path(&self, file: usize, current: &Path) -> String {
        let path: PathBuf = self.root.join(self.slate.files[file].source.path());
        with_slashes(&relative(&path, current))
    }
}

/// How many errors and warnings there are.
pub fn totals<'a>(findings: impl IntoIterator<Item = &'a Reported>) -> (usize, usize) {
    findings.into_iter().fold((0, 0), |(errors, warnings), reported| match reported.level {
        Level::Error => (errors + 1, warnings),
        _ => (errors, warnings + 1),
    })
}

/// Two texts of a file as a unified diff, with its path in the header. None where its lines hold what must not be sent to a
/// terminal, or end in CR alone: the diff would be no patch.
pub fn diff(path: &str, before: &str, after: &str) -> Option<String> {
    let diff = TextDiff::from_lines(before, after);
    let path = crate::visible::visible(path);
    let text = diff.unified_diff().header(&format!("a/{path}"), &format!("b/{path}")).to_string();
    let is_plain = |line: &str| {
        let line = line.strip_suffix('\n').unwrap_or(line);
        let line = line.strip_suffix('\r').unwrap_or(line);
        matches!(crate::visible::visible(line), std::borrow::Cow::Borrowed(_))
    };
    text.split_inclusive('\n').all(is_plain).then_some(text)
}

/// How many findings can be mended by `--fix`.
pub fn fixable<'a>(findings: impl IntoIterator<Item = &'a Reported>) -> usize {
    findings.into_iter().filter(|reported| reported.finding.fix.is_some()).count()
}

/// Gives each finding a name that stays when lines above it come or go: a hash of its rule, its path from the root, its
/// line's text without white space, and a counter for findings that are alike in all that.
#[derive(Debug, Default)]
pub struct Fingerprints {
    seen: HashMap<u64, u32>,
    /// The last line that was asked about, and its text's hash: findings come in order, and a line may have many.
    line: Option<(String, usize, u64)>,
}

impl Fingerprints {
    /// The next finding's name: 16 hexadecimal digits. Ask in the order in which findings are reported.
    pub fn next(&mut self, rule: &str, source: &Source, span: Span) -> String {
        let index = source.line_index(span.start as usize);
        let line = match &self.line {
            Some((path, line, hash)) if *line == index && path == source.path() => *hash,
            _ => {
                let mut hash = Fnv::new();
                let words = source.slice(source.line_span(index)).split_whitespace();
                words.for_each(|word| hash.add_more(word.as_bytes()));
                self.line = Some((source.path().to_owned(), index, hash.0));
                hash.0
            }
        };
        let mut hash = Fnv::new();
        hash.add(rule.as_bytes());
        hash.add(source.path().as_bytes());
        hash.add(&line.to_le_bytes());
        let counter = self.seen.entry(hash.0).or_insert(0);
        *counter += 1;
        hash.add(&counter.to_le_bytes());
        format!("{:016x}", hash.0)
    }
}

/// FNV-1a, 64 bits: the standard library's hashes may change with its version, and these names are kept.
struct Fnv(u64);

impl Fnv {
    fn new() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }

    fn add_more(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// Adds a part that ends here.
    fn add(&mut self, bytes: &[u8]) {
        self.add_more(bytes);
        self.add_more(&[0xff]);
    }
}
