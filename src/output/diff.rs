//! Two texts of a file as a unified diff.
//!
//! The shortest diff takes the square of what differs, so it is looked for only where that is little. For all else the texts
//! are cut into pieces: at lines that both have once, and those without such lines at every so many lines. A diff of pieces
//! is as right as the shortest one and may be longer.

use std::borrow::Cow;
use std::fmt::Write;
use std::hash::Hash;
use std::ops::Range;

use hashbrown::HashMap;
use similar::algorithms::{Capture, DiffHook, Replace, myers};
use similar::udiff::UnifiedHunkHeader;
use similar::{Algorithm, DiffOp, DiffTag, DiffableStr, capture_diff_slices, group_diff_ops};

use super::style::{Paint, Style};
use crate::text::sanitize::sanitize;

/// How many unchanged lines surround a change.
const CONTEXT: usize = 3;

/// The lines of both texts times those that differ, up to which the shortest diff is looked for: two texts of 4,096 lines
/// that have none in common. It takes no longer than checking them.
const MAX_STEPS: usize = 1 << 26;

/// How many lines of each text are compared at a time where nothing tells which belong together.
const WINDOW: usize = 256;

/// Two texts of a file as a unified diff, with its path in the header. None where its lines hold what must not be sent to a
/// terminal, or end in CR alone: the diff would be no patch.
pub fn diff(path: &str, before: &str, after: &str) -> Option<String> {
    let (old, new) = (before.tokenize_lines(), after.tokenize_lines());
    let mut numbers = HashMap::new();
    let mut number = |line| {
        let next = numbers.len();
        *numbers.entry(line).or_insert(next)
    };
    let old_numbers: Vec<usize> = old.iter().map(|line| number(*line)).collect();
    let new_numbers: Vec<usize> = new.iter().map(|line| number(*line)).collect();

    let mut text = String::new();
    for hunk in group_diff_ops(operations(&old_numbers, &new_numbers), CONTEXT) {
        if text.is_empty() {
            let path = sanitize(path);
            text.push_str(&format!("--- a/{path}\n+++ b/{path}\n"));
        }
        let _ = writeln!(text, "{}", UnifiedHunkHeader::new(&hunk));
        for change in hunk.iter().flat_map(|operation| operation.iter_changes(&old, &new)) {
            let _ = write!(text, "{}{change}", change.tag());
            if change.missing_newline() {
                text.push_str("\\ No newline at end of file\n");
            }
        }
    }
    let is_plain = |line: &str| {
        let line = line.strip_suffix('\n').unwrap_or(line);
        let line = line.strip_suffix('\r').unwrap_or(line);
        matches!(sanitize(line), Cow::Borrowed(_))
    };
    text.split_inclusive('\n').all(is_plain).then_some(text)
}

/// A unified diff in colors: its header, the lines that say where, what is removed, what is added.
pub fn painted_diff(diff: &str, style: Style) -> String {
    if !style.color {
        return diff.to_owned();
    }
    let mut text = String::with_capacity(2 * diff.len());
    for (index, line) in diff.split_inclusive('\n').enumerate() {
        let content = line.trim_end_matches(['\r', '\n']);
        let paint = match content.bytes().next() {
            // A removed line may look like the header.
            _ if index < 2 => Some(Paint::Bold),
            Some(b'@') => Some(Paint::Bold),
            Some(b'-') => Some(Paint::Removed),
            Some(b'+') => Some(Paint::Added),
            _ => None,
        };
        text.push_str(&paint.map_or_else(|| content.to_owned(), |paint| style.paint(paint, content)));
        text.push_str(&line[content.len()..]);
    }
    text
}

/// What makes the new lines of the old ones.
fn operations<T: Copy + Hash + Ord>(old: &[T], new: &[T]) -> Vec<DiffOp> {
    let quick = in_pieces(old, new);
    let changed: usize = quick
        .iter()
        .filter(|operation| !is_equal(operation))
        .map(|operation| operation.old_range().len() + operation.new_range().len())
        .sum();
    if (old.len() + new.len()).saturating_mul(changed) > MAX_STEPS {
        return quick;
    }
    placed(&capture_diff_slices(Algorithm::Myers, old, new))
}

/// The same operations, each where the one before it ends. `similar` moves one past another and leaves the place in the text
/// that it does not change as it was, of which the header of a hunk is made.
fn placed(operations: &[DiffOp]) -> Vec<DiffOp> {
    let (mut old_index, mut new_index) = (0, 0);
    let place = |operation: &DiffOp| {
        let (old_len, new_len) = (operation.old_range().len(), operation.new_range().len());
        let placed = match operation.tag() {
            DiffTag::Equal => DiffOp::Equal { old_index, new_index, len: old_len },
            DiffTag::Delete => DiffOp::Delete { old_index, old_len, new_index },
            DiffTag::Insert => DiffOp::Insert { old_index, new_index, new_len },
            DiffTag::Replace => DiffOp::Replace { old_index, old_len, new_index, new_len },
        };
        old_index += old_len;
        new_index += new_len;
        placed
    };
    operations.iter().map(place).collect()
}

/// The same piece by piece, which takes a time in proportion to the lines.
fn in_pieces<T: Copy + Hash + Ord>(old: &[T], new: &[T]) -> Vec<DiffOp> {
    let mut operations = Replace::new(Capture::new());
    let (mut olds, mut news) = (0, 0);
    for (old_end, new_end) in anchors(old, new).into_iter().chain([(old.len(), new.len())]) {
        piece(old, olds..old_end, new, news..new_end, &mut operations);
        (olds, news) = (old_end, new_end);
    }
    let Ok(()) = operations.finish();
    operations.into_inner().into_ops()
}

/// Lines that each text has once, and both in the same order: the longest such row of them.
fn anchors<T: Copy + Hash + Ord>(old: &[T], new: &[T]) -> Vec<(usize, usize)> {
    let (old_once, new_once) = (once(old), once(new));
    let place = |line: &T| old_once.get(line).copied().flatten().zip(new_once.get(line).copied().flatten());
    let pairs: Vec<(usize, usize)> = old.iter().filter_map(place).collect();

    // For each length the row that ends first, by its last pair; and for each pair the one before it.
    let mut last: Vec<usize> = Vec::new();
    let mut before = Vec::with_capacity(pairs.len());
    for (at, (_, place)) in pairs.iter().enumerate() {
        let shorter = last.partition_point(|&end| pairs[end].1 < *place);
        before.push(shorter.checked_sub(1).map(|shorter| last[shorter]));
        match last.get_mut(shorter) {
            Some(end) => *end = at,
            None => last.push(at),
        }
    }
    let row = std::iter::successors(last.last().copied(), |&at| before[at]);
    let mut row: Vec<(usize, usize)> = row.map(|at| pairs[at]).collect();
    row.reverse();
    row
}

/// Where each line is, if it occurs only once.
fn once<T: Copy + Hash + Ord>(lines: &[T]) -> HashMap<T, Option<usize>> {
    let mut places = HashMap::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        places.entry(*line).and_modify(|place| *place = None).or_insert(Some(at));
    }
    places
}

/// The shortest diffs of a few lines at a time. Those at the end of a window may have their like after it, so they are
/// looked at again in the next one, as long as the window held anything else.
fn piece<T: Ord>(
    old: &[T],
    mut olds: Range<usize>,
    new: &[T],
    mut news: Range<usize>,
    operations: &mut Replace<Capture>,
) {
    let backwards = old[olds.clone()].iter().rev().zip(new[news.clone()].iter().rev());
    let same = backwards.take_while(|(old, new)| old == new).count();
    olds.end -= same;
    news.end -= same;
    while !olds.is_empty() || !news.is_empty() {
        let old_end = olds.end.min(olds.start + WINDOW);
        let new_end = news.end.min(news.start + WINDOW);
        let mut window = Capture::new();
        let Ok(()) = myers::diff(&mut window, old, olds.start..old_end, new, news.start..new_end);
        let mut window = window.into_ops();
        if old_end < olds.end || new_end < news.end {
            let half = (olds.start + WINDOW / 2, news.start + WINDOW / 2);
            let is_far = |end: &DiffOp| end.old_range().end >= half.0 || end.new_range().end >= half.1;
            let settled = window.iter().rposition(|operation| is_equal(operation) && is_far(operation));
            window.truncate(settled.map_or(window.len(), |settled| settled + 1));
        }
        for operation in window {
            let Ok(()) = operation.apply_to_hook(operations);
            (olds.start, news.start) = (operation.old_range().end, operation.new_range().end);
        }
    }
    if same > 0 {
        let Ok(()) = operations.equal(olds.end, news.end, same);
    }
}

fn is_equal(operation: &DiffOp) -> bool {
    matches!(operation, DiffOp::Equal { .. })
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::hash::Hasher;

    use super::*;

    #[test]
    fn a_removed_line_is_no_header() {
        let text = diff("a.md", "-- a/x\r\nb\n", "c\r\nb\n").unwrap();
        let painted = painted_diff(&text, Style::new(true, None)).replace('\u{1b}', "␛");
        assert_eq!(
            painted,
            "␛[1m--- a/a.md␛[0m\n␛[1m+++ b/a.md␛[0m\n␛[1m@@ -1,2 +1,2 @@␛[0m\n␛[31m--- a/x␛[0m\r\n␛[32m+c␛[0m\r\n b\n"
        );
        assert_eq!(painted_diff(&text, Style::default()), text);
    }

    thread_local! {
        static COMPARISONS: Cell<usize> = const { Cell::new(0) };
    }

    /// A line that counts how often it is compared.
    #[derive(Clone, Copy, Debug, Eq, PartialOrd, Ord)]
    struct Line(usize);

    impl PartialEq for Line {
        fn eq(&self, other: &Line) -> bool {
            COMPARISONS.set(COMPARISONS.get() + 1);
            self.0 == other.0
        }
    }

    impl Hash for Line {
        fn hash<H: Hasher>(&self, state: &mut H) {
            self.0.hash(state);
        }
    }

    /// How many comparisons it takes to make one text of another.
    fn comparisons(old: &[Line], new: &[Line]) -> usize {
        COMPARISONS.set(0);
        let operations = operations(old, new);
        let count = COMPARISONS.get();
        assert_eq!(applied(&operations, old, new), new);
        count
    }

    /// What the operations make of the old lines; those that they leave as they are come from the old ones.
    fn applied(operations: &[DiffOp], old: &[Line], new: &[Line]) -> Vec<Line> {
        let mut at = 0;
        let mut lines = Vec::new();
        for operation in operations {
            assert_eq!((operation.old_range().start, operation.new_range().start), (at, lines.len()), "{operation:?}");
            at = operation.old_range().end;
            lines.extend(if is_equal(operation) { &old[operation.old_range()] } else { &new[operation.new_range()] });
        }
        assert_eq!(at, old.len());
        lines
    }

    fn lines(count: usize, line: impl Fn(usize) -> usize) -> Vec<Line> {
        (0..count).map(|at| Line(line(at))).collect()
    }

    /// Two texts of so many lines.
    type Texts = fn(usize) -> (Vec<Line>, Vec<Line>);

    #[test]
    fn ten_times_the_lines_take_ten_times_as_long() {
        let cases: [(&str, Texts); 4] = [
            ("one row, changed all over", |n| (lines(n, |_| 0), lines(n, |_| 1))),
            ("every other row, and one more in between", |n| {
                (lines(n, |at| at % 2), lines(n + 1, |at| if at == n / 2 { 2 } else { 1 }))
            }),
            ("the other way round", |n| (lines(n, |at| at), lines(n, |at| n - at))),
            ("a few words in no order", |n| (lines(n, |at| at * at % 7), lines(n, |at| at * at * at % 11))),
        ];
        for (name, texts) in cases {
            let of = |count| {
                let (old, new) = texts(count);
                comparisons(&old, &new)
            };
            let (small, large) = (of(5_000), of(50_000));
            assert!(large <= 15 * small, "{name}: {small} comparisons for a tenth of what takes {large}");
        }
    }

    #[test]
    fn every_operation_begins_where_the_one_before_it_ends() {
        // `similar` moves the insertion after the last line, and leaves the removal where it was.
        for (old, new) in [([0, 3].as_slice(), [3, 2, 1, 3].as_slice()), (&[2, 0], &[0, 0, 1, 2, 2, 1, 2])] {
            let line = |number: &usize| Line(*number);
            let (old, new): (Vec<Line>, Vec<Line>) = (old.iter().map(line).collect(), new.iter().map(line).collect());
            comparisons(&old, &new);
        }
    }

    #[test]
    fn a_few_changes_in_a_long_text_stay_a_few() {
        let count = 100_000;
        let old = lines(count, |at| at);
        // Every hundredth line differs, every thousandth is gone, and a long part is new.
        let mut new: Vec<Line> = old.iter().filter(|line| line.0 % 1000 != 7).copied().collect();
        new.iter_mut().filter(|line| line.0 % 100 == 0).for_each(|line| line.0 += count);
        new.splice(50_000..50_000, lines(5_000, |at| 2 * count + 1 + at));
        let operations = operations(&old, &new);
        assert_eq!(applied(&operations, &old, &new), new);
        let changed = |range: fn(&DiffOp) -> Range<usize>| -> usize {
            operations.iter().filter(|operation| !is_equal(operation)).map(|operation| range(operation).len()).sum()
        };
        assert_eq!((changed(DiffOp::old_range), changed(DiffOp::new_range)), (1_100, 6_000));
    }

    #[test]
    fn pieces_make_the_new_text_whatever_it_is() {
        let mut state = 1_u64;
        let mut below = |bound: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % bound.max(1)
        };
        for _ in 0..300 {
            let kinds = 1 + below(2_000);
            let old: Vec<Line> = (0..below(2_000)).map(|_| Line(below(kinds))).collect();
            let mut new = old.clone();
            for _ in 0..below(30) {
                let at = below(new.len());
                let end = new.len().min(at + below(600));
                let moved: Vec<Line> = new.drain(at..end).collect();
                let to = below(new.len());
                match below(4) {
                    0 => {}
                    1 => drop(new.splice(to..to, moved)),
                    2 => drop(new.splice(at..at, moved.iter().map(|line| Line(line.0 + below(2))))),
                    _ => drop(new.splice(to..to, (0..below(600)).map(|_| Line(below(kinds))))),
                }
            }
            assert_eq!(applied(&in_pieces(&old, &new), &old, &new), new);
        }
    }
}
