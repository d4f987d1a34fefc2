//! Words of an author to the linter: `<!-- goals: allow(rule-id, other) reason -->`.
//!
//! A suppression on a line of its own covers the next block, in a table cell its row, above the first heading the file. What it
//! says amiss is found by three rules of its own, which nothing can suppress.

use crate::diagnostics::finding::Finding;
use crate::markdown::document::{BlockKind, Comment};
use crate::markdown::suppression::{MARK, is_suppression};
use crate::model::goal::is_placeholder_text;
use crate::model::slate::File;
use crate::rules::registry::{find, nearest_rule};
use crate::text::source::{Span, Spanned};

/// How a suppression is written.
const FORM: &str = "`<!-- goals: allow(rule) reason -->`";

/// What stands for a reason that is still to be given, in italics like everything that authors are to replace.
const REASON: &str = "*reason*";

/// A suppression of a rule whose reason is to be filled in: until then it is reported as one without a reason.
pub(crate) fn to_fill_in(rule: &str) -> String {
    format!("<!-- {MARK} allow({rule}) {REASON} -->")
}

/// One suppression.
#[derive(Clone, Debug)]
pub(crate) struct Suppression {
    /// The rules it names.
    pub(crate) rules: Vec<Spanned<String>>,
    /// What it covers; nothing where it is misplaced.
    covers: Option<Span>,
    /// What is wrong with how it is written, if anything.
    fault: Option<(Span, String, String)>,
}

/// The suppressions of a file, in its order.
pub(crate) fn suppressions(file: &File) -> Vec<Suppression> {
    let comments = file.document.comments.iter();
    let mut words = comments.filter(|comment| is_suppression(file.source.slice(comment.span))).peekable();
    if words.peek().is_none() {
        return Vec::new();
    }
    let places = Places::of(file);
    words.map(|comment| read(file, &places, comment)).collect()
}

impl Suppression {
    /// Where the findings lie that it covers.
    pub(crate) fn covered(&self) -> Option<Span> {
        self.covers
    }

    /// The finding of `malformed-suppression`, if there is one.
    pub(crate) fn malformed(&self) -> Option<Finding> {
        let (span, message, help) = self.fault.clone()?;
        Some(Finding::new(span, message).help(help))
    }

    /// The findings of `unknown-rule`.
    pub(crate) fn unknown_rules(&self) -> impl Iterator<Item = Finding> {
        self.rules.iter().filter(|rule| find(&rule.value).is_none()).map(|rule| {
            Finding::new(rule.span, format!("unknown rule `{}`", rule.value)).help(match nearest_rule(&rule.value) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "run `goals explain` for a list of rules".to_owned(),
            })
        })
    }

    /// The finding of `unused-suppression` for a rule that found nothing there.
    pub(crate) fn unused(rule: &Spanned<String>) -> Finding {
        Finding::new(rule.span, format!("unused suppression of `{}`", rule.value)).help("remove it")
    }

    /// Whether it is written as it should be, so that using it can be asked of it.
    pub(crate) fn is_sound(&self) -> bool {
        self.fault.is_none() && self.covers.is_some()
    }
}

fn read(file: &File, places: &Places, comment: &Comment) -> Suppression {
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
    let covers = places.coverage(file, comment.span);
    let fault = match reason {
        None => Some(("malformed suppression comment".to_owned(), format!("use {FORM}"))),
        Some(_) if rules.is_empty() => Some(("suppression without a rule".to_owned(), format!("use {FORM}"))),
        Some("") => {
            Some(("suppression without a reason".to_owned(), format!("add the reason after the parenthesis: {FORM}")))
        }
        Some(reason) if is_placeholder_text(reason) => {
            Some(("suppression without a reason".to_owned(), format!("replace `{reason}` with the reason")))
        }
        Some(_) if covers.is_none() => Some((
            "suppression that covers nothing".to_owned(),
            "move it to its own line above the block, or to a cell of the row".to_owned(),
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

/// What is asked for each comment of a file, found out once.
struct Places {
    /// Where the first heading begins.
    first_heading: Option<u32>,
    /// For each block the first one from it on that is not a suppression: several of them may be above one block.
    next: Vec<usize>,
}

impl Places {
    fn of(file: &File) -> Places {
        let document = &file.document;
        let first_heading = document.headings.iter().find(|heading| !heading.nested).map(|heading| heading.span.start);
        let mut next: Vec<usize> = (0..document.blocks.len()).collect();
        for (at, block) in document.blocks.iter().enumerate().rev().skip(1) {
            if block.kind == BlockKind::Html && is_suppression(file.source.slice(block.span)) {
                next[at] = next[at + 1];
            }
        }
        Places { first_heading, next }
    }

    /// What a comment at a place covers.
    fn coverage(&self, file: &File, comment: Span) -> Option<Span> {
        let document = &file.document;
        let tables = &document.tables;
        let above = tables.partition_point(|table| table.span.start <= comment.start);
        let rows = tables[..above].last().map_or(&[][..], |table| &table.rows);
        let row = rows.partition_point(|row| row.span.start <= comment.start).checked_sub(1).map(|row| &rows[row]);
        if let Some(row) = row.filter(|row| row.span.contains(comment)) {
            return Some(row.span);
        }
        let line = |offset: u32| file.source.line_span(file.source.line_index(offset as usize));
        let lines = Span { start: line(comment.start).start, end: line(comment.end).end };
        let text = file.source.slice(comment);
        // A line may have megabytes of comments, of which none is alone on its line.
        let before = file.source.slice(Span { start: lines.start, end: comment.start });
        let after = file.source.slice(Span { start: comment.end, end: lines.end });
        let is_mark = |c: char| matches!(c, '>' | ' ' | '\t');
        if text.is_empty() || !before.chars().all(is_mark) || !after.trim_start().is_empty() {
            return None;
        }
        if self.first_heading.is_none_or(|heading| comment.end <= heading) {
            return Some(Span::new(0..file.source.text().len()));
        }
        let below = document.blocks.partition_point(|block| block.span.start < comment.end);
        let block = &document.blocks[*self.next.get(below)?];
        // The last of the blocks has nothing after it, even where it is a suppression.
        let is_word = block.kind == BlockKind::Html && is_suppression(file.source.slice(block.span));
        (!is_word).then_some(block.span)
    }
}
