//! Words of an author to the linter: `<!-- goals: allow(rule-id, other) reason -->`.
//!
//! A suppression on a line of its own covers the next block, in a table cell its row, above the first heading the file. What it
//! says amiss is found by three rules of its own, which nothing can suppress.

use crate::finding::Finding;
use crate::markdown::{BlockKind, Comment};
use crate::rule::{find, nearest_rule};
use crate::slate::File;
use crate::source::{Span, Spanned};

/// What every word to the linter begins with, inside its comment.
const MARK: &str = "goals:";

/// How a suppression is written.
const FORM: &str = "`<!-- goals: allow(rule) reason -->`";

/// One suppression.
#[derive(Clone, Debug)]
pub(crate) struct Suppression {
    /// The rules it names.
    pub(crate) rules: Vec<Spanned<String>>,
    /// What it covers; nothing where it stands amiss.
    covers: Option<Span>,
    /// What is wrong with how it is written, if anything.
    fault: Option<(Span, String, String)>,
}

/// Whether a comment is a word to the linter.
pub(crate) fn is_suppression(text: &str) -> bool {
    text.trim_start().strip_prefix("<!--").is_some_and(|body| body.trim_start().starts_with(MARK))
}

/// The suppressions of a file, in its order.
pub(crate) fn suppressions(file: &File) -> Vec<Suppression> {
    let comments = file.document.comments.iter();
    comments
        .filter(|comment| is_suppression(file.source.slice(comment.span)))
        .map(|comment| read(file, comment))
        .collect()
}

impl Suppression {
    /// Whether it covers a finding of a rule.
    pub(crate) fn covers(&self, rule: &str, finding: &Finding) -> bool {
        let covers =
            self.covers.is_some_and(|covers| covers.start <= finding.span.start && finding.span.start <= covers.end);
        covers && self.rules.iter().any(|named| named.value == rule)
    }

    /// The finding of `malformed-suppression`, if there is one.
    pub(crate) fn malformed(&self) -> Option<Finding> {
        let (span, message, help) = self.fault.clone()?;
        Some(Finding::new(span, message).help(help))
    }

    /// The findings of `unknown-rule`.
    pub(crate) fn unknown_rules(&self) -> impl Iterator<Item = Finding> {
        self.rules.iter().filter(|rule| find(&rule.value).is_none()).map(|rule| {
            Finding::new(rule.span, format!("no rule is called `{}`", rule.value)).help(
                match nearest_rule(&rule.value) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "`goals explain` lists the rules".to_owned(),
                },
            )
        })
    }

    /// The finding of `unused-suppression` for a rule that found nothing there.
    pub(crate) fn unused(rule: &Spanned<String>) -> Finding {
        Finding::new(rule.span, format!("`{}` finds nothing here", rule.value)).help("take it out")
    }

    /// Whether it is written as it should be, so that using it can be asked of it.
    pub(crate) fn is_sound(&self) -> bool {
        self.fault.is_none() && self.covers.is_some()
    }
}

fn read(file: &File, comment: &Comment) -> Suppression {
    let text = file.source.slice(comment.body);
    let start = text.len() - text.trim_start().len() + MARK.len();
    let words = &text[start.min(text.len())..];
    let (rules, reason) = match parse(words) {
        Some((names, reason)) => {
            let offset = |part: &str| start + (part.as_ptr() as usize - words.as_ptr() as usize);
            let named = |name: &str| {
                let at = offset(name);
                Spanned::new(name.to_owned(), comment.body.part(at..at + name.len()))
            };
            (names.split(',').map(str::trim).filter(|name| !name.is_empty()).map(named).collect(), Some(reason))
        }
        None => (Vec::new(), None),
    };
    let covers = coverage(file, comment.span);
    let fault = match reason {
        None => Some(("the linter does not understand this".to_owned(), format!("write {FORM}"))),
        Some(_) if rules.is_empty() => Some(("no rule is named here".to_owned(), format!("write {FORM}"))),
        Some("") => Some(("no reason is given here".to_owned(), format!("say why, behind the parenthesis: {FORM}"))),
        Some(_) if covers.is_none() => Some((
            "this covers nothing where it stands".to_owned(),
            "put it on a line of its own above the block it is about, or into a cell of the row".to_owned(),
        )),
        Some(_) => None,
    };
    Suppression { rules, covers, fault: fault.map(|(message, help)| (comment.span, message, help)) }
}

/// Takes `allow(a, b) reason` apart.
fn parse(words: &str) -> Option<(&str, &str)> {
    let rest = words.trim_start().strip_prefix("allow")?.trim_start().strip_prefix('(')?;
    let (names, reason) = rest.split_once(')')?;
    Some((names, reason.trim()))
}

/// What a comment at a place covers.
fn coverage(file: &File, comment: Span) -> Option<Span> {
    let document = &file.document;
    let rows = document.tables.iter().flat_map(|table| &table.rows);
    if let Some(row) = rows.into_iter().find(|row| row.span.contains(comment)) {
        return Some(row.span);
    }
    let line = |offset: u32| file.source.line_span(file.source.line_index(offset as usize));
    let lines = Span { start: line(comment.start).start, end: line(comment.end).end };
    let alone = file.source.slice(lines).trim_start_matches(['>', ' ', '\t']).trim_end() == file.source.slice(comment);
    if !alone {
        return None;
    }
    let first_heading = document.headings.iter().find(|heading| !heading.nested);
    if first_heading.is_none_or(|heading| comment.end <= heading.span.start) {
        return Some(Span::new(0..file.source.text().len()));
    }
    // Several of them may stand above one block.
    let is_word = |span: Span| is_suppression(file.source.slice(span));
    let mut below = document.blocks.iter().filter(|block| block.span.start >= comment.end);
    below.find(|block| block.kind != BlockKind::Html || !is_word(block.span)).map(|block| block.span)
}
