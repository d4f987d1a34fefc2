//! How much was checked, and how much was found.

use super::diagnostic::Diagnostic;
use super::level::Level;

/// How much was checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Files, goals among them.
    pub files: usize,
    /// Goals.
    pub goals: usize,
}

/// How many errors and warnings there are.
pub fn totals<'a>(findings: impl IntoIterator<Item = &'a Diagnostic>) -> (usize, usize) {
    findings.into_iter().fold((0, 0), |(errors, warnings), reported| match reported.level {
        Level::Error => (errors + 1, warnings),
        _ => (errors, warnings + 1),
    })
}

/// How many findings are fixable.
pub fn fixable<'a>(findings: impl IntoIterator<Item = &'a Diagnostic>) -> usize {
    findings.into_iter().filter(|reported| reported.finding.fix.is_some()).count()
}
