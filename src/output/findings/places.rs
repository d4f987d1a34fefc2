//! The other places of a finding, in a few words.

use crate::diagnostics::diagnostic::Diagnostic;
use crate::text::source::Source;

/// How many lines are listed before the rest is counted.
const MAX_LINES: usize = 8;

/// The lines of the other places where the same was found: `line 12`, or `lines 12, 30, and 4 more`; `line 7 again` for another
/// place on the line of the first. Nothing where there is no other place.
pub(crate) fn other_lines(source: &Source, reported: &Diagnostic) -> Option<String> {
    let first = source.position(reported.finding.span.start as usize).line;
    let mut lines: Vec<usize> = Vec::new();
    let mut listed = 0;
    for other in &reported.also {
        let line = source.position(other.finding.span.start as usize).line;
        if lines.last() != Some(&line) {
            if lines.len() == MAX_LINES {
                break;
            }
            lines.push(line);
        }
        listed += 1;
    }
    let more = reported.also.len() - listed;
    let numbers: Vec<String> = lines.iter().map(usize::to_string).collect();
    match (numbers.as_slice(), more) {
        ([], _) => None,
        ([one], 0) if lines == [first] => Some(format!("line {one} again")),
        ([one], 0) => Some(format!("line {one}")),
        (all, 0) => Some(format!("lines {}", all.join(", "))),
        (all, more) => Some(format!("lines {}, and {more} more", all.join(", "))),
    }
}
