//! Two asterisks that stay as they are, because nothing ends the emphasis that they begin, or the other way round.

use crate::diagnostics::finding::Finding;
use crate::model::slate::File;
use crate::rules::context::LintContext;
use crate::text::source::Span;

/// What makes text bold. A single asterisk may be one, as in a footnote or a product.
const MARK: &str = "**";

pub(crate) fn check(_: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let source = &file.source;
    let mut findings: Vec<Finding> = Vec::new();
    let mut last_line = None;
    for (_, mark) in file.marks(MARK).filter(|(_, mark)| touches_word(source.text(), *mark)) {
        // One in each line: the others may be its partners.
        let line = source.line_index(mark.start as usize);
        if last_line.replace(line) == Some(line) {
            continue;
        }
        findings.push(
            Finding::new(mark, "unmatched `**` is shown as text")
                .help("use `**` directly before the first and directly after the last bold word"),
        );
    }
    findings
}

/// Whether two asterisks, and no third, touch a word on one side and not on the other.
fn touches_word(all: &str, mark: Span) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let before = all[..mark.start as usize].chars().next_back();
    let after = all[mark.end as usize..].chars().next();
    before != Some('\\') && before != Some('*') && after != Some('*') && (is_word(before) != is_word(after))
}
