//! What a rule finds: where, what is wrong, and what to do about it.
//!
//! It has no name, level or file yet: those are stamped on by `rule`. How it looks is for `report` to say.

use crate::text::blanks::only_difference;
use crate::text::ids::FileId;
use crate::text::source::Span;

/// Something that is wrong at a place. The engine adds the rule's name and level; a rule knows neither.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The smallest bytes that are wrong; for something absent, the heading or table that should hold it.
    pub span: Span,
    /// What is wrong, with the value that was found.
    pub message: String,
    /// A few words beside the mark.
    pub label: Option<String>,
    /// What to do.
    pub help: Option<String>,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// How to fix it, where that cannot change what the author meant.
    pub fix: Option<Fix>,
    /// Whether a fix was left out because it would change what is asked of whom, take something out, or bring an error.
    pub fix_withheld: bool,
    /// What it has in common with other findings of its rule in the same file that are one with it; where nothing is said,
    /// those with the same message and help are.
    pub(crate) group: Option<String>,
    /// How the text was meant, where what is wrong hides other mistakes or looks like some: the rest is judged as if it were
    /// written so. Nothing is fixed by that.
    pub(crate) meant: Vec<Meant>,
}

/// A part of a text as it was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Meant {
    /// What is written.
    pub(crate) span: Span,
    /// What was meant, up to the part that is somewhere else.
    pub(crate) before: String,
    /// A part of the text that was meant to be here.
    pub(crate) from: Option<Span>,
    /// What was meant behind that part.
    pub(crate) after: String,
}

/// A change of the file that fixes a finding and cannot change what its author meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an order: "write `[lang]`".
    pub message: String,
    /// The parts to be replaced, which do not overlap, each with the text that takes its place.
    pub edits: Vec<(Span, String)>,
}

/// Another place that belongs to a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The file.
    pub file: FileId,
    /// Where in it.
    pub span: Span,
    /// What is there.
    pub message: String,
}

impl Finding {
    /// A finding at a place.
    pub fn new(span: Span, message: impl Into<String>) -> Finding {
        Finding {
            span,
            message: message.into(),
            label: None,
            help: None,
            related: Vec::new(),
            fix: None,
            fix_withheld: false,
            group: None,
            meant: Vec::new(),
        }
    }

    /// Says what to do.
    pub fn help(mut self, help: impl Into<String>) -> Finding {
        self.help = Some(help.into());
        self
    }

    /// Says in the help how what it proposes differs, where that looks exactly like what was written.
    pub(crate) fn with_blanks_named(mut self) -> Finding {
        if let Some(help) = &mut self.help
            && let Some(said) = only_difference(&self.message, help)
        {
            *help = said;
        }
        self
    }

    /// Puts a few words beside the mark.
    pub fn label(mut self, label: impl Into<String>) -> Finding {
        self.label = Some(label.into());
        self
    }

    /// Says how to fix it by replacing the bytes of `span`.
    pub fn fix(mut self, span: Span, text: impl Into<String>) -> Finding {
        let text = text.into();
        let message = if text.is_empty() { "remove it".to_owned() } else { format!("use `{text}`") };
        self.fix = Some(Fix { message, edits: vec![(span, text)] });
        self
    }

    /// The same where there is only sometimes something to be replaced.
    pub fn maybe_fix(self, fix: Option<(Span, String)>) -> Finding {
        match fix {
            Some((span, text)) => self.fix(span, text),
            None => self,
        }
    }

    /// Makes it one finding with all others of its rule in the same file that have this in common, whatever each of them
    /// says.
    pub(crate) fn group(mut self, key: impl Into<String>) -> Finding {
        self.group = Some(key.into());
        self
    }

    /// Says how the text at a place was meant.
    pub(crate) fn meant(mut self, span: Span, text: impl Into<String>) -> Finding {
        self.meant.push(Meant { span, before: text.into(), from: None, after: String::new() });
        self
    }

    /// Says that a part of the text was meant to be at another place, on lines of its own.
    pub(crate) fn meant_at(mut self, part: Span, place: usize) -> Finding {
        let break_line = || "\n\n".to_owned();
        self.meant.push(Meant { span: part, before: String::new(), from: None, after: String::new() });
        let place = Span::at(place);
        self.meant.push(Meant { span: place, before: break_line(), from: Some(part), after: break_line() });
        self
    }

    /// Names another place that belongs to it.
    pub fn related(mut self, file: FileId, span: Span, message: impl Into<String>) -> Finding {
        self.related.push(Related { file, span, message: message.into() });
        self
    }
}
