//! The part of a text that a diagnostic shows: a few lines around some places, cut to the width of the diagnostic.
//!
//! miette is never handed a file. It would print whole lines (a paragraph is often one line of 2,000 characters), send
//! control characters as they are, search the file again for each finding, and panic beyond column 65,535. What it gets is
//! text made here, in which every place is known beforehand.

use std::fmt;

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use unicode_width::UnicodeWidthChar;

use crate::text::order::sort_by_key;
use crate::text::sanitize::sanitize;
use crate::text::source::{Source, Span, boundary_behind};

/// Lines shown above and below the line of a place.
const CONTEXT: usize = 1;
/// Shown where part of a line is omitted.
const CUT: &str = "…";

/// Text made for a diagnostic, and the places in it.
#[derive(Debug)]
pub(crate) struct Excerpt {
    path: String,
    text: String,
    pieces: Vec<Piece>,
    /// The places in `text`, in the order in which they were given.
    pub(crate) marks: Vec<std::ops::Range<usize>>,
}

/// Consecutive lines.
struct Piece {
    range: std::ops::Range<usize>,
    /// The first line, from 0.
    line: usize,
    /// For each mark in it: where it is in `text`, and its true line and column, from 0.
    marks: Vec<(usize, usize, usize)>,
}

impl fmt::Debug for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} from line {}", self.range, self.line)
    }
}

/// A place that a diagnostic marks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    /// The place.
    pub(crate) span: Span,
    /// How many columns the words beside it take; 0 without any.
    pub(crate) label_width: usize,
}

impl Excerpt {
    /// Cuts the lines around some places out of a file. Places on adjacent lines share their lines. `width` is what the
    /// diagnostic has for text and line numbers together.
    pub(crate) fn new(path: &str, source: &Source, places: &[Mark], width: usize) -> Excerpt {
        let mut excerpt = Excerpt {
            path: sanitize(path).replace('\t', " "),
            text: String::new(),
            pieces: Vec::new(),
            marks: vec![0..0; places.len()],
        };
        let line_of = |index: usize| source.line_index(places[index].span.start as usize);
        let mut order: Vec<usize> = (0..places.len()).collect();
        sort_by_key(&mut order, |&index| places[index].span);
        // Two places on one line could need two windows, so they never share one.
        let mut groups: Vec<&[usize]> = order.chunk_by(|&a, &b| are_close(line_of(a), line_of(b))).collect();
        // The first place is what the diagnostic is about, so it is shown first.
        sort_by_key(&mut groups, |group| !group.contains(&0));
        for group in groups {
            excerpt.add(source, places, group, width);
        }
        excerpt
    }

    fn add(&mut self, source: &Source, places: &[Mark], members: &[usize], width: usize) {
        let line_of = |index: usize| source.line_index(places[index].span.start as usize);
        let (Some(&top), Some(&bottom)) = (members.first(), members.last()) else { return };
        let first = line_of(top).saturating_sub(CONTEXT);
        let last = (line_of(bottom) + CONTEXT).min(source.line_count() - 1);
        // The gutter: a space, the number, a space, the rule, a space.
        let room = width.saturating_sub((last + 1).to_string().len() + 4);
        let start = self.text.len();
        let mut marks = Vec::new();
        // Lines of context are cut where the marked line above or below them is, so that columns stay above each other.
        let mut from = window(source, line_of(top), places[top], room);
        for line in first..=last {
            let text = source.slice(source.line_span(line));
            let member = members.iter().copied().find(|&index| line_of(index) == line);
            if let Some(index) = member {
                from = window(source, line, places[index], room);
            }
            let mark = member.map(|index| in_line(source, line, places[index].span));
            let (shown, place) = show(text, from, room, mark);
            if let (Some(index), Some(place)) = (member, place) {
                let place = self.text.len() + place.start..self.text.len() + place.end;
                let position = source.position(places[index].span.start as usize);
                marks.push((place.start, position.line - 1, position.column - 1));
                self.marks[index] = place;
            }
            self.text.push_str(&shown);
            // miette leaves out an empty last line.
            self.text.push_str(if shown.is_empty() && line == last { " \n" } else { "\n" });
        }
        self.pieces.push(Piece { range: start..self.text.len(), line: first, marks });
    }
}

/// Whether a place on a line further down shares the lines that are shown of a place above it.
pub(crate) fn are_close(above: usize, below: usize) -> bool {
    below > above && below <= above + 2 * CONTEXT
}

/// The part of a span that lies on a line, in bytes from the line's start.
fn in_line(source: &Source, line: usize, span: Span) -> std::ops::Range<usize> {
    let line = source.line_span(line);
    let relative = |offset: u32| (offset.clamp(line.start, line.end) - line.start) as usize;
    relative(span.start)..relative(span.end)
}

/// The first byte of a line that is shown, so that the mark and the words beside it fit into `room` columns.
fn window(source: &Source, line: usize, place: Mark, room: usize) -> usize {
    let text = source.slice(source.line_span(line));
    let mark = in_line(source, line, place.span);
    // No more of a line is looked at than a window could show: lines may have megabytes.
    let width = |range: std::ops::Range<usize>| -> usize {
        let part = text.get(range).unwrap_or_default();
        let is_plain = |part: &[u8]| part.iter().all(|byte| matches!(byte, b' '..=b'~' | b'\t'));
        match part.as_bytes().get(..2 * room).unwrap_or(part.as_bytes()) {
            part if is_plain(part) => part.len(),
            _ => part.chars().take(2 * room).map(width_of).sum(),
        }
    };
    let marked = width(mark.clone());
    // The label hangs from the middle of the mark: `╰── label`.
    let label = if place.label_width > 0 { marked / 2 + 4 + place.label_width } else { 0 };
    let needed = marked.min(room / 2).max(label) + 1;
    if width(0..mark.start) + needed <= room {
        return 0;
    }
    // About a third of the window is before the mark.
    let back = (room / 3).min(room.saturating_sub(needed + 1));
    let mut taken = 0;
    let before = text.get(..mark.start).unwrap_or_default().char_indices().rev();
    let shown = before.take_while(|(_, c)| {
        taken += width_of(*c);
        taken <= back
    });
    shown.last().map_or(mark.start, |(at, _)| at)
}

/// What is shown of a line from a byte on, and where the mark is in that.
fn show(
    line: &str,
    from: usize,
    room: usize,
    mark: Option<std::ops::Range<usize>>,
) -> (String, Option<std::ops::Range<usize>>) {
    let from = boundary_behind(line, from);
    let mut text = String::new();
    if from > 0 && from < line.len() {
        text.push_str(CUT);
    }
    let room = room.saturating_sub(text.chars().count());
    let (begin, end) = match add_plain(&mut text, line, from, room, mark.as_ref()) {
        Some(places) => places,
        None => add(&mut text, line, from, room, mark.as_ref()),
    };
    let place = mark.map(|_| {
        let begin = begin.unwrap_or_else(|| {
            // A place after the end of the line.
            text.push(' ');
            text.len() - 1
        });
        // An empty place shows as the character at it.
        let next = text[begin..].chars().next().map_or(0, char::len_utf8);
        begin..end.unwrap_or(begin + next)
    });
    (text, place)
}

/// Adds what is shown of a line from a byte on, in `room` columns; answers where the mark begins and ends in `text`.
fn add(
    text: &mut String,
    line: &str,
    from: usize,
    room: usize,
    mark: Option<&std::ops::Range<usize>>,
) -> (Option<usize>, Option<usize>) {
    let mut width = 0;
    let (mut begin, mut end) = (None, None);
    let mut previous = [' '; 2];
    let mut rest = line[from..].char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let at = from + at;
        // The excerpt follows a gutter, so only `##[` could be taken for a command.
        let splits = c == '[' && previous == ['#', '#'];
        previous = [previous[1], c];
        width += width_of(c) + usize::from(splits);
        let is_cut = width + usize::from(rest.peek().is_some()) > room;
        if mark.is_some_and(|mark| mark.start == at) {
            begin = Some(text.len());
        }
        if is_cut {
            text.push_str(CUT);
        } else {
            text.push_str(if splits { " " } else { "" });
            match c {
                ' '..='~' => text.push(c),
                '\t' => text.push(' '),
                c => text.push_str(&sanitize(c.encode_utf8(&mut [0; 4]))),
            }
        }
        if mark.is_some_and(|mark| mark.contains(&at)) {
            end = Some(text.len());
        }
        if is_cut {
            break;
        }
    }
    (begin, end)
}

/// The same for a line that shows as it is, as nearly all do; `None` for any other.
fn add_plain(
    text: &mut String,
    line: &str,
    from: usize,
    room: usize,
    mark: Option<&std::ops::Range<usize>>,
) -> Option<(Option<usize>, Option<usize>)> {
    let rest = &line.as_bytes()[from..];
    let is_cut = rest.len() > room;
    // How many characters are looked at; of a line that is cut, the last one makes room for the mark of the cut.
    let seen = if is_cut { room.max(1) } else { rest.len() };
    let is_plain = rest[..seen].iter().all(|byte| matches!(byte, b' '..=b'~'));
    let shown = line.get(from..from + seen).filter(|shown| is_plain && !shown.contains("##["))?;
    let start = text.len();
    let cut = if is_cut { CUT } else { "" };
    text.push_str(&shown[..seen - usize::from(is_cut)]);
    text.push_str(cut);
    let Some(mark) = mark else { return Some((None, None)) };
    let begin = mark.start.checked_sub(from).filter(|at| *at < seen).map(|at| start + at);
    // After the last character of the mark that is looked at.
    let last = mark.end.min(from + seen);
    let end = (mark.start.max(from) < last).then(|| match last - from {
        all if all == seen => text.len(),
        some => start + some,
    });
    Some((begin, end))
}

/// The columns that a character takes in an excerpt.
fn width_of(c: char) -> usize {
    match c {
        ' '..='~' | '\t' => 1,
        c => match sanitize(c.encode_utf8(&mut [0; 4])) {
            std::borrow::Cow::Borrowed(_) => c.width().unwrap_or(1),
            std::borrow::Cow::Owned(picture) => picture.chars().map(|c| c.width().unwrap_or(1)).sum(),
        },
    }
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        context_before: usize,
        _context_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let end = span.offset() + span.len();
        // A span over two pieces is an attempt to join them, which an error declines.
        let holds = |piece: &&Piece| piece.range.start <= span.offset() && end <= piece.range.end;
        let piece = self.pieces.iter().find(holds).ok_or(MietteError::OutOfBounds)?;
        // Without context, miette asks for the position that the header shows.
        let (line, column) = match piece.marks.iter().find(|(at, ..)| *at == span.offset()) {
            Some((_, line, column)) if context_before == 0 => (*line, *column),
            _ => (piece.line, 0),
        };
        let data = self.text[piece.range.clone()].as_bytes();
        let lines = data.iter().filter(|&&byte| byte == b'\n').count();
        let whole = SourceSpan::from(piece.range.clone());
        Ok(Box::new(MietteSpanContents::new_named(self.path.clone(), data, whole, line, column, lines)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_line_is_shown_like_any_other() {
        let line = "A # plain ##line## [of] text.";
        for from in 0..=line.len() {
            for room in 0..=line.len() + 1 {
                for (start, end) in (0..=line.len()).flat_map(|start| (start..=line.len()).map(move |end| (start, end)))
                {
                    let (mut quick, mut slow) = (String::from("…"), String::from("…"));
                    let places = add_plain(&mut quick, line, from, room, Some(&(start..end)));
                    assert_eq!(
                        places,
                        Some(add(&mut slow, line, from, room, Some(&(start..end)))),
                        "{from} {room} {start}"
                    );
                    assert_eq!(quick, slow);
                }
            }
        }
        for line in ["a ##[b", "a\tb", "aéb", "a\u{7}b", "a\u{300}b"] {
            assert_eq!(add_plain(&mut String::new(), line, 0, 80, None), None, "{line:?}");
        }
    }
}
