//! Lines that git leaves in a file where a merge has not been finished.

use crate::diagnostics::finding::Finding;
use crate::markdown::document::BlockKind;
use crate::model::slate::File;
use crate::rules::context::LintContext;
use crate::text::source::Span;

/// What the lines before the two sides, between a third one, and behind them begin with.
const MARKS: [&str; 3] = ["<<<<<<< ", "||||||| ", ">>>>>>> "];
/// The line between the two sides.
const BETWEEN: &str = "=======";

pub(crate) fn check(_: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let source = &file.source;
    let mut lines = Vec::new();
    // Nearly no file has one, which costs least to see.
    for mark in MARKS {
        let found = memchr::memmem::find_iter(source.text().as_bytes(), mark.as_bytes());
        let found = found.map(|at| (at, source.line_span(source.line_index(at))));
        lines.extend(
            found.filter(|(at, line)| line.start as usize == *at && !is_code(file, *line)).map(|(_, line)| line),
        );
    }
    lines.sort_unstable();
    let finding = |(index, line): (usize, &Span)| {
        let finding = Finding::new(*line, "merge conflict marker")
            .help("finish the merge: keep one of the two sides, and remove the lines that git has added")
            .group("");
        // The first side is judged as if it were all.
        let is_first = source.slice(*line).starts_with(MARKS[0]);
        let end = lines[index..].iter().find(|line| source.slice(**line).starts_with(MARKS[2]));
        let between = end.and_then(|end| between(file, line.end, end.start));
        match (is_first, end, between) {
            (true, Some(end), Some(between)) => {
                let whole = |line: Span| source.whole_line(line.start as usize);
                let rest = Span { start: between.start, end: whole(*end).end };
                finding.meant(whole(*line), "").meant(rest, "")
            }
            _ => finding,
        }
    };
    lines.iter().enumerate().map(finding).collect()
}

fn is_code(file: &File, line: Span) -> bool {
    let blocks = &file.document.blocks;
    let before = &blocks[..blocks.partition_point(|block| block.span.start <= line.start)];
    before.last().is_some_and(|block| block.kind == BlockKind::Code && block.span.contains(line))
}

/// The line between the two sides.
fn between(file: &File, start: u32, end: u32) -> Option<Span> {
    let source = &file.source;
    let lines = source.line_index(start as usize)..source.line_index(end as usize);
    let mut lines = lines.map(|line| source.line_span(line));
    lines.find(|line| source.slice(*line) == BETWEEN)
}
