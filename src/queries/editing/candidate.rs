//! Something that can be written at a place.

use crate::text::source::Span;

/// Something that can be written at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What it is.
    pub kind: CandidateKind,
    /// Its name, by which it is chosen.
    pub label: String,
    /// What somebody may have written of it already, by which it is found.
    pub filter: String,
    /// What is written.
    pub text: String,
    /// A few words about it.
    pub detail: Option<String>,
    /// The bytes that it replaces.
    pub span: Span,
}

/// What a candidate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CandidateKind {
    /// A user.
    Person,
    /// A team.
    Team,
    /// A value that is one of several.
    Value,
    /// A metadata row.
    Row,
    /// A section of a goal.
    Section,
    /// A directive.
    Directive,
    /// A label that is defined.
    Label,
    /// A file that a link can lead to.
    File,
    /// A heading that a link can lead to.
    Anchor,
    /// A rule.
    Rule,
}
