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
    let is_mark = |line: &Span| MARKS.iter().any(|mark| source.slice(*line).starts_with(mark));
    // Nearly no line begins like one, which costs least to see.
    let begun = source.lines_that_begin(|byte| matches!(byte, b'<' | b'|' | b'>'));
    let lines: Vec<Span> = begun.filter(|line| is_mark(line) && !is_code(file, *line)).collect();
    if lines.is_empty() {
        return Vec::new();
    }
    let ends: Vec<Span> = lines.iter().copied().filter(|line| source.slice(*line).starts_with(MARKS[2])).collect();
    let all = (0..source.line_count()).map(|line| source.line_span(line));
    let betweens: Vec<Span> = all.filter(|line| source.slice(*line) == BETWEEN).collect();
    let finding = |line: &Span| {
        let finding = Finding::new(*line, "merge conflict marker")
            .help("finish the merge: keep one of the two sides, and remove the lines that git has added")
            .group("");
        if !source.slice(*line).starts_with(MARKS[0]) {
            return finding;
        }
        // The first side is judged as if it were all.
        let end = after(&ends, line.end);
        let between = after(&betweens, line.end);
        match (end, between) {
            (Some(end), Some(between)) if between < end => {
                let whole = |line: Span| source.whole_line(line.start as usize);
                let rest = Span { start: between.start, end: whole(end).end };
                finding.meant(whole(*line), "").meant(rest, "")
            }
            _ => finding,
        }
    };
    lines.iter().map(finding).collect()
}

fn is_code(file: &File, line: Span) -> bool {
    let blocks = &file.document.blocks;
    let before = &blocks[..blocks.partition_point(|block| block.span.start <= line.start)];
    before.last().is_some_and(|block| block.kind == BlockKind::Code && block.span.contains(line))
}

/// The first of some lines behind a place.
fn after(lines: &[Span], place: u32) -> Option<Span> {
    lines.get(lines.partition_point(|line| line.start < place)).copied()
}
