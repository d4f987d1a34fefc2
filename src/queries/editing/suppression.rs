//! Where a comment has to be put that allows a finding.

use std::sync::Arc;

use crate::lint::suppressions::{suppressions, to_fill_in};
use crate::markdown::directive::directives;
use crate::markdown::document::Document;
use crate::model::slate::File;
use crate::rules::registry::find;
use crate::rules::rule::Check;
use crate::text::source::{Source, Span};

/// The change of a file that allows a rule where one of its findings is, as narrowly as possible: in the row of a table, above the
/// block, else for the file. The reason is left to be filled in. Nothing where the rule is about suppressions themselves, which
/// nothing allows.
pub fn suppression_edit(file: &File, finding: Span, rule: &str) -> Option<(Span, String)> {
    let known = find(rule).filter(|rule| !matches!(rule.check, Check::Suppressions))?;
    let comment = to_fill_in(known.id);
    let ways = [in_row(file, finding, &comment), above_block(file, finding, &comment), above_all(file, &comment)];
    ways.into_iter().flatten().find(|edit| covers(file, finding, known.id, edit))
}

/// In the last cell of the row in which the finding is.
fn in_row(file: &File, finding: Span, comment: &str) -> Option<(Span, String)> {
    let table = file.document.table_at(finding)?;
    let row = table.rows.iter().find(|row| row.span.contains(finding))?;
    let cell = row.cells.last()?;
    // What follows a table without a blank line is in it only for a parser, and may be meant as anything.
    file.source.slice(row.span).contains('|').then_some(())?;
    let space = if file.source.slice(*cell).is_empty() { "" } else { " " };
    let end = cell.end as usize;
    // An empty cell may be as narrow as nothing at all.
    let after = file.source.text().get(end..).is_some_and(|rest| rest.starts_with('|'));
    Some((Span::at(end), format!("{space}{comment}{}", if after { " " } else { "" })))
}

/// On a line of its own above the block in which the finding is.
fn above_block(file: &File, finding: Span, comment: &str) -> Option<(Span, String)> {
    let top = file.document.blocks.iter().filter(|block| block.depth == 0);
    let block = top.take_while(|block| block.span.start <= finding.start).last()?;
    let line = file.source.line_span(file.source.line_index(block.span.start as usize));
    Some(own_line(file, line.start, comment))
}

/// On the first line of the file, which is above its first heading.
fn above_all(file: &File, comment: &str) -> Option<(Span, String)> {
    Some(own_line(file, file.source.line_span(0).start, comment))
}

fn own_line(file: &File, start: u32, comment: &str) -> (Span, String) {
    (Span::at(start as usize), format!("{comment}{}", file.source.line_end()))
}

/// Whether the text with the comment in it allows the rule where the finding is then.
fn covers(file: &File, finding: Span, rule: &str, (place, comment): &(Span, String)) -> bool {
    let mut text = file.source.text().to_owned();
    text.replace_range(place.range(), comment);
    let source = Source::from_bytes(file.source.path(), text.into_bytes());
    let document = Document::parse(&source);
    if !is_alike(&file.document, &document) {
        return false;
    }
    let directives = directives(&source, &document).into();
    let changed = File { source: Arc::new(source), document: Arc::new(document), directives, ..file.clone() };
    let added = Span::new(place.start as usize..place.start as usize + comment.len());
    let shift = if finding.start < place.start { 0 } else { added.end - added.start };
    let moved = finding.start + shift;
    suppressions(&changed).iter().any(|suppression| {
        let is_it = suppression.rules.iter().any(|named| named.value == rule && added.contains(named.span));
        is_it && suppression.covered().is_some_and(|covered| covered.start <= moved && moved <= covered.end)
    })
}

/// Whether a document with a comment more holds what it held without it.
fn is_alike(before: &Document, after: &Document) -> bool {
    let parts = |document: &Document| {
        let rows = document.tables.iter().map(|table| table.rows.len()).sum::<usize>();
        (document.headings.len(), document.tables.len(), rows, document.links.len(), document.definitions.len())
    };
    parts(before) == parts(after) && before.codes.len() == after.codes.len()
}
