//! The finished text read once more, as its reader would: nothing in it may be broken.
//!
//! A fault has one of two origins. What the slate itself says amiss (a reference that its own file does not define, a link to a
//! heading that no file of the RFC has) is for its author to fix; a rule finds it in the file, and it does not stop anyone who
//! assembles in spite of errors. Everything else the generator made wrong, and then the text is not to be used. The two are
//! told apart by reading the sources with the same eyes: a fault stems from the slate if one of its files, or the configuration,
//! has it already where it is written; see [`origins`]. What the generator promises by itself (links that lead to the site,
//! tables that line up, headings that nest, no directive left) is never excused by the source.

pub(crate) mod origins;
pub(crate) mod reader;
pub(crate) mod tables;

use std::fmt;

use crate::markdown::document::Document;
use crate::model::slate::Slate;
use crate::policy::config::{Config, FrontMatter};
use crate::sys::error::Error;
use crate::sys::threads;
use crate::text::order::sort_by_key;
use crate::text::source::{Source, Span};

/// Something wrong in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// Where in the text.
    pub span: Span,
    /// The line in the text, from 1.
    pub line: usize,
    /// What is there, as far as its first line goes.
    pub excerpt: String,
    /// Whether the slate or the configuration says so itself, so that only an author can fix it.
    pub from_source: bool,
}

impl Fault {
    /// Whether it is about what the text lacks, which has no place.
    fn is_of_the_whole(&self) -> bool {
        matches!(self.kind, FaultKind::MissingGoal | FaultKind::MissingAsk)
    }
}

/// What can be wrong in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FaultKind {
    /// `[text][label]` or `[label][]` that nothing defines.
    UndefinedReference,
    /// The mark of a footnote without a text.
    UndefinedFootnote,
    /// A link to a heading that the text does not have.
    DeadAnchor,
    /// The end of a link whose beginning is none.
    BrokenLink,
    /// A link that leads nowhere from outside the slate's directory.
    RelativeLink,
    /// An outside address appended to the site's own.
    WrappedAddress,
    /// Raw HTML that breaks the layout, or runs something.
    UnsafeHtml,
    /// A character that nobody sees, or a reference to one.
    HiddenCharacter,
    /// A row that does not line up with its table.
    RaggedTable,
    /// A directive that expands to something.
    LeftoverDirective,
    /// A word to the linter.
    LeftoverSuppression,
    /// A definition that nothing refers to.
    UnusedDefinition,
    /// A label that is defined twice.
    RepeatedDefinition,
    /// A heading of the first level, which is for the title of the file in the RFC repository.
    FirstLevel,
    /// A heading more than one level below the one before it, or below the sixth.
    HeadingJump,
    /// Blocks with no blank line between them, or several.
    BlankLines,
    /// An end that is not exactly one line break.
    TextEnd,
    /// A code block that is not as its source has it.
    ChangedCode,
    /// A number that does not agree with the slate.
    WrongNumber,
    /// A table of goals that lacks one, or has one twice.
    WrongTable,
    /// A goal that the text neither lists nor links.
    MissingGoal,
    /// A team whose table lacks something that it is asked for.
    MissingAsk,
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            FaultKind::UndefinedReference => "undefined reference",
            FaultKind::UndefinedFootnote => "undefined footnote",
            FaultKind::DeadAnchor => "broken anchor",
            FaultKind::BrokenLink => "stray end of a link",
            FaultKind::RelativeLink => "link that does not work outside the site",
            FaultKind::WrappedAddress => "URL nested in a URL",
            FaultKind::UnsafeHtml => "unsafe HTML",
            FaultKind::HiddenCharacter => "hidden character",
            FaultKind::RaggedTable => "misaligned table row",
            FaultKind::LeftoverDirective => "unexpanded directive",
            FaultKind::LeftoverSuppression => "leftover suppression comment",
            FaultKind::UnusedDefinition => "unused definition",
            FaultKind::RepeatedDefinition => "duplicate definition",
            FaultKind::FirstLevel => "heading of the first level",
            FaultKind::HeadingJump => "heading that skips a level",
            FaultKind::BlankLines => "blocks not separated by exactly one blank line",
            FaultKind::TextEnd => "text not ending with exactly one newline",
            FaultKind::ChangedCode => "code block that differs from its source",
            FaultKind::WrongNumber => "number that does not match the slate",
            FaultKind::WrongTable => "no table with exactly these goals",
            FaultKind::MissingGoal => "goal that is not listed",
            FaultKind::MissingAsk => "asks that are not listed",
        })
    }
}

/// What is found in a text, in its order.
pub(crate) struct Faults<'a> {
    source: &'a Source,
    found: Vec<Fault>,
}

impl Faults<'_> {
    fn add(&mut self, kind: FaultKind, span: Span, from_source: bool) {
        let excerpt = self.source.slice(span).lines().next().unwrap_or_default().to_owned();
        self.add_with(kind, span, excerpt, from_source);
    }

    /// The same where the text does not show what is missing.
    fn add_with(&mut self, kind: FaultKind, span: Span, excerpt: String, from_source: bool) {
        let line = self.source.line_index(span.start as usize) + 1;
        self.found.push(Fault { kind, span, line, excerpt, from_source });
    }
}

/// Everything that is wrong in a text that is to be the RFC of a slate, in the order of the text. `stated` is what was stated
/// when it was assembled.
pub fn verify(slate: &Slate, config: &Config, stated: &FrontMatter, text: &str) -> Vec<Fault> {
    let source = Source::from_bytes("assembled text", text.into());
    let document = Document::parse(&source);
    let faults = || Faults { source: &source, found: Vec::new() };
    let (mut found, of_tables) = threads::both(
        text.len(),
        || reader::read(slate, config, stated, &document, faults()),
        || tables::compare(slate, config, &document, faults()),
    );
    found.extend(of_tables);
    sort_by_key(&mut found, |fault| (fault.span, fault.kind));
    found
}

/// Answers what of a text's faults its author should know. Fails where the generator made it wrong: such a text is not to be
/// written anywhere.
pub fn check(slate: &Slate, config: &Config, stated: &FrontMatter, text: &str) -> Result<Vec<String>, Error> {
    let faults = verify(slate, config, stated, text);
    let (from_source, own): (Vec<Fault>, Vec<Fault>) = faults.into_iter().partition(|fault| fault.from_source);
    if let Some(first) = own.first() {
        let place = match first.is_of_the_whole() {
            true => format!("the RFC of {}", slate.name),
            false => format!("line {} of the RFC of {}", first.line, slate.name),
        };
        let more = if own.len() > 1 { format!(", and {} more", own.len() - 1) } else { String::new() };
        let message = format!("internal error: {} in {place}: `{}`{more}", first.kind, first.excerpt);
        let source = Source::from_bytes("assembled text", text.into());
        return Err(Error::in_text(source, first.span, message)
            .help("report this bug and include the slate: nothing was written"));
    }
    let note = |fault: Fault| match fault.is_of_the_whole() {
        true => format!("the RFC is not complete: {}: `{}`", fault.kind, fault.excerpt),
        false => {
            format!("line {} of the text: {}: `{}`; this comes from the slate", fault.line, fault.kind, fault.excerpt)
        }
    };
    Ok(from_source.into_iter().map(note).collect())
}

#[cfg(test)]
mod tests;
