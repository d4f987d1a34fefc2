//! Directives whose marks or separators are damaged: `((TEAM ASKS))`, `<!- GOALS -->`, `<!-- "GOALS" -->`.
//!
//! They are no directives, so they would stay in the text as they are, or vanish as comments, with all that they list. What
//! they mean is known from their letters: nobody writes the name of a directive between marks to say something else.

use std::cell::OnceCell;
use std::ops::Range;

use crate::markdown::directive::{Directive, verbatim};
use crate::markdown::document::{BlockKind, Document};
use crate::markdown::suppression::is_suppression;
use crate::policy::format::Format;
use crate::text::order::sort_by_key;
use crate::text::similarity::{bare_name, did_you_mean};
use crate::text::source::{Source, Span};

/// Something that was meant to be a directive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MalformedDirective<'f> {
    /// All its bytes, with what is left of the marks.
    pub(crate) span: Span,
    /// The name that is meant.
    pub(crate) name: &'f str,
}

/// What a directive says is no longer than this, in bytes.
const LONGEST: usize = 160;

/// The malformed directives of a text, in its order.
pub(crate) fn malformed_directives<'f>(
    source: &Source,
    document: &Document,
    directives: &[Directive],
    format: &'f Format,
) -> Vec<MalformedDirective<'f>> {
    let names = Names::of(format);
    let mut found = Vec::new();
    for comment in &document.comments {
        let text = source.slice(comment.body);
        let is_read = directives.binary_search_by_key(&comment.span, |directive| directive.span).is_ok();
        if text.len() > LONGEST || is_read || is_suppression(source.slice(comment.span)) {
            continue;
        }
        let Some(name) = names.exactly(text).or_else(|| names.begun(text)) else { continue };
        if !document.unclosed.iter().any(|one| one.comment && one.span.contains(comment.span)) {
            found.push(MalformedDirective { span: comment.span, name });
        }
    }
    found.extend(in_code(source, document, &names));
    in_text(source, document, directives, &names, &mut found);
    sort_by_key(&mut found, |one| one.span);
    found
}

/// Paragraphs that are a whole directive in code: nobody shows one where it belongs.
fn in_code<'f>(source: &Source, document: &Document, names: &Names<'f>) -> Vec<MalformedDirective<'f>> {
    let paragraphs = document.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph && block.depth == 0);
    let codes = paragraphs.filter(|block| document.codes.binary_search(&block.span).is_ok());
    let found = codes.filter_map(|block| {
        let written = source.slice(block.span).trim_matches(['`', ' ']);
        let inner = written.strip_prefix("(((").and_then(|rest| rest.strip_suffix(")))"));
        let inner = inner.or_else(|| written.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->")))?;
        let name = names.exactly(inner).filter(|_| in_capitals(inner))?;
        Some(MalformedDirective { span: block.span, name })
    });
    found.collect()
}

/// The names of the directives of a period.
struct Names<'f> {
    format: &'f Format,
    /// The letters and digits of each, and the name; found out when the first text asks for them, which few do.
    bare: OnceCell<Vec<(String, &'f str)>>,
}

impl<'f> Names<'f> {
    fn of(format: &'f Format) -> Names<'f> {
        Names { format, bare: OnceCell::new() }
    }

    fn bare(&self) -> &[(String, &'f str)] {
        let names = || self.format.directives.keys().map(|name| (bare_name(name), name.as_str()));
        self.bare.get_or_init(|| names().collect())
    }

    /// The name whose letters a text has, whatever is around and within them; before a colon, where it has one.
    fn exactly(&self, text: &str) -> Option<&'f str> {
        let name = text.split_once(':').map_or(text, |(name, _)| name);
        // What is between the cells of a table, say.
        if !name.contains(char::is_alphanumeric) {
            return None;
        }
        let bare = bare_name(name);
        // A number sign tells the count from the table.
        let is_count = name.contains('#');
        let mut same = self.bare().iter().filter(|(known, _)| *known == bare).map(|(_, name)| *name);
        same.clone().find(|name| name.starts_with('#') == is_count).or_else(|| same.next())
    }

    /// The name with which a text begins, in capitals, before something else than words.
    fn begun(&self, text: &str) -> Option<&'f str> {
        let text = text.trim_start();
        let end = text.find(|c: char| !(c.is_uppercase() || matches!(c, ' ' | '#' | '_' | '-')))?;
        let is_sign = text[end..].starts_with(|c: char| !c.is_alphanumeric());
        if is_sign { self.exactly(&text[..end]) } else { None }
    }

    /// The name that words in capitals were meant to be.
    fn near(&self, text: &str) -> Option<&'f str> {
        let name = text.split_once(':').map_or(text, |(name, _)| name).trim();
        did_you_mean(name, self.format.directives.keys().map(String::as_str))
    }
}

fn in_text<'f>(
    source: &Source,
    document: &Document,
    directives: &[Directive],
    names: &Names<'f>,
    found: &mut Vec<MalformedDirective<'f>>,
) {
    for part in shown_parts(source, document, directives) {
        let text = source.slice(part);
        let runs = mark_runs(text);
        let is_strong = |run: Option<&Range<usize>>| run.is_some_and(|run| are_strong(&text[run.clone()]));
        let (mut is_open, mut is_close) = (false, is_strong(runs.first()));
        for (index, run) in runs.iter().enumerate() {
            let after = runs.get(index + 1);
            let from = index.checked_sub(1).map_or(0, |before| runs[before].end);
            let to = after.map_or(text.len(), |after| after.start);
            let is_open_before = is_open;
            (is_open, is_close) = (is_close, is_strong(after));
            let between = &text[run.end..to];
            // Nearly all that is between two marks is prose, which costs less to see than what its letters are.
            if !is_open && (is_close || !in_capitals(between)) {
                continue;
            }
            // Whoever escapes the marks wants to show them.
            let is_shown = |run: &Range<usize>| ends_escaped(&text[run.clone()]);
            if is_shown(run) {
                continue;
            }
            let may_be_name = is_open == is_close
                && between.len() <= LONGEST
                && between.contains(char::is_alphanumeric)
                && !between.contains("\n\n");
            let found_name = after.filter(|_| may_be_name).and_then(|after| {
                let all = run.start..after.end;
                let near = || if in_capitals(between) { names.near(between) } else { None };
                let name = match is_open {
                    true => names.exactly(between).or_else(near)?,
                    false if is_alone(source, part, &all) => names.exactly(between)?,
                    false => return None,
                };
                Some((all, name))
            });
            // What has marks on one side only ends with its line.
            let behind = || {
                let line = between.split('\n').next().filter(|line| is_open && in_capitals(line))?;
                let name = names.exactly(line)?;
                Some((run.start..run.end + line.trim_end().len(), name))
            };
            let ahead = || {
                let is_inside = |before: usize| is_open_before || is_shown(&runs[before]);
                if !is_open || index.checked_sub(1).is_some_and(is_inside) {
                    return None;
                }
                let line = text[from..run.start].rsplit('\n').next().filter(|line| in_capitals(line))?;
                let name = names.exactly(line)?;
                Some((run.start - line.trim_start().len()..run.end, name))
            };
            let first = found_name.or_else(behind);
            found.extend(first.or_else(ahead).map(|(range, name)| MalformedDirective { span: part.part(range), name }));
        }
    }
}

/// Whether the name that a text gives has no small letters.
fn in_capitals(text: &str) -> bool {
    // Between the cells of a table there are many blanks.
    text.trim_ascii_start().chars().take_while(|c| *c != ':').all(|c| !c.is_lowercase())
}

/// Whether nothing but the mark of a list or quotation is beside a range of a part of a text on its lines.
fn is_alone(source: &Source, part: Span, range: &Range<usize>) -> bool {
    let all = part.part(range.clone());
    let lines = lines_around(source, all);
    let before = source.slice(Span { start: lines.start, end: all.start });
    let after = source.slice(Span { start: all.end, end: lines.end.max(all.end) });
    before.trim_matches([' ', '\t', '>', '-', '*', '+']).is_empty() && after.trim().is_empty()
}

/// The lines that a span is on, without the last line end.
fn lines_around(source: &Source, span: Span) -> Span {
    let line = |offset: u32| source.line_span(source.line_index(offset as usize));
    Span { start: line(span.start).start, end: line(span.end).end }
}

/// The parts of a text that are neither code, nor comments, nor addresses, nor sound directives.
fn shown_parts(source: &Source, document: &Document, directives: &[Directive]) -> Vec<Span> {
    let mut hidden = verbatim(document);
    hidden.extend(document.unclosed.iter().map(|one| one.span));
    hidden.extend(directives.iter().map(|directive| directive.span));
    hidden.sort_unstable();
    let mut parts = Vec::new();
    let mut from = 0;
    for span in hidden {
        if span.start > from {
            parts.push(Span { start: from, end: span.start });
        }
        from = from.max(span.end);
    }
    let end = Span::at(source.text().len()).start;
    if end > from {
        parts.push(Span { start: from, end });
    }
    parts
}

/// Where the marks of a text are, whole or damaged, with the blanks among them: brackets, and what comments begin and end with.
fn mark_runs(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(next) = text.as_bytes()[at..].iter().position(|byte| MAY_BEGIN_MARK[usize::from(*byte)]) {
        at += next;
        let Some(c) = text[at..].chars().next() else { break };
        let mut end = at + c.len_utf8();
        let is_entity = |entity: &&str| c == '&' && text[at..].starts_with(*entity);
        let entity = ["&lt;", "&gt;"].into_iter().find(is_entity);
        let is_mark = match c {
            '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' | '!' | '\\' | '\u{ff08}' | '\u{ff09}' => true,
            // The delimiter rows of tables have many of these: next to each other all are marks.
            '-' if text.as_bytes().get(end) == Some(&b'-') => {
                end += text.as_bytes()[end..].iter().take_while(|byte| **byte == b'-').count();
                true
            }
            '-' | '\u{2013}' | '\u{2014}' => {
                let near = |c: Option<char>| {
                    c.is_some_and(|c| matches!(c, '-' | '<' | '>' | '!' | ';' | '\u{2013}' | '\u{2014}'))
                };
                near(text[..at].chars().next_back())
                    || near(text[end..].chars().next())
                    || text[end..].starts_with("&gt;")
            }
            _ => entity.is_some(),
        };
        if is_mark {
            end = entity.map_or(end, |entity| at + entity.len());
            match runs.last_mut().filter(|run| text[run.end..at].chars().all(|c| matches!(c, ' ' | '\t' | '\u{a0}'))) {
                Some(run) => run.end = end,
                None => runs.push(at..end),
            }
        }
        at = end;
    }
    runs
}

/// Whether a byte is the first one of what [`mark_runs`] looks for, which few bytes of a text are.
const MAY_BEGIN_MARK: [bool; 256] = {
    // The last two begin dashes and full-width parentheses.
    const FIRST: &[u8] = b"()[]{}<>!\\-&\xe2\xef";
    let mut is_first = [false; 256];
    let mut at = 0;
    while at < FIRST.len() {
        is_first[FIRST[at] as usize] = true;
        at += 1;
    }
    is_first
};

/// Whether the last bracket of some marks has a backslash before it.
fn ends_escaped(marks: &str) -> bool {
    let last = marks.rfind(['(', '[', '{', '<']);
    last.is_some_and(|last| marks[..last].ends_with('\\'))
}

/// Whether marks are more than what prose has around words: two brackets, or a part of what begins or ends a comment.
fn are_strong(marks: &str) -> bool {
    const PARTS: &[&str] =
        &["<!", "!-", "<-", "->", "--", "<\u{2013}", "\u{2013}>", "<\u{2014}", "\u{2014}>", "!\u{2013}", "!\u{2014}"];
    // One mark is none of these, and neither is what most links are written with.
    if marks.len() == 1 || matches!(marks, "](" | "][" | "[]" | "][]") {
        return false;
    }
    // The delimiter rows of tables have many of these.
    if marks.contains("--") {
        return true;
    }
    let is_bracket = |c: &char| matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | '\u{ff08}' | '\u{ff09}');
    let may_be_part = |c: char| matches!(c, '-' | '\u{2013}' | '\u{2014}' | '<' | '&');
    if marks.chars().filter(is_bracket).count() < 2 && !marks.contains(may_be_part) {
        return false;
    }
    let mut bare: String = marks.chars().filter(|c| !c.is_whitespace()).collect();
    // References become what they stand for; after that, what links and boxes are written with goes.
    for (part, instead) in [("&lt;", "<"), ("&gt;", ">"), ("](", ""), ("][", ""), ("[]", "")] {
        // Nearly all marks have none of these, which costs less to see than a copy.
        if bare.contains(part) {
            bare = bare.replace(part, instead);
        }
    }
    bare.chars().filter(is_bracket).count() >= 2 || PARTS.iter().any(|part| bare.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::directive::directives;
    use crate::policy::formats::Formats;

    fn found(text: &str) -> Vec<String> {
        let source = Source::from_bytes("a.md", text.into());
        let document = Document::parse(&source);
        let directives = directives(&source, &document);
        let (format, _) = Formats::built_in().newest().expect("it is built in");
        let found = malformed_directives(&source, &document, &directives, &format).into_iter();
        found.map(|one| format!("{}: {}", one.name, source.slice(one.span))).collect()
    }

    #[test]
    fn damaged_marks_are_known_by_the_name_between_them() {
        for text in [
            "((TEAM ASKS))",
            "(((TEAM ASKS))",
            "((TEAM ASKS)))",
            "((((TEAM ASKS))",
            "(((TEAM ASKS",
            "TEAM ASKS)))",
            "(TEAM ASKS)",
            "[TEAM ASKS]",
            "[[TEAM ASKS]]",
            "{{TEAM ASKS}}",
            "{{{ TEAM ASKS }}}",
            "( ( (TEAM ASKS) ) )",
            "((team asks))",
            "((TEAM-ASKS))",
            "((TEAM ASK))",
            "<!- TEAM ASKS -->",
            "<-- TEAM ASKS -->",
            "<! -- TEAM ASKS -->",
            "<!\u{2014} TEAM ASKS \u{2014}>",
            "&lt;!-- TEAM ASKS --&gt;",
            "<!--- TEAM ASKS --->",
            "<!-- TEAM ASKS. -->",
            "<!-- \"TEAM ASKS\" -->",
            "<!-- TEAM\u{2013}ASKS -->",
            "<!-- TEAM ASKS (all) -->",
            "<!-- TEAM ASKS 'Proposed' -->",
            "\\(((TEAM ASKS)))",
            "\u{ff08}\u{ff08}\u{ff08}TEAM ASKS\u{ff09}\u{ff09}\u{ff09}",
            "\"((TEAM ASKS))\"",
        ] {
            let all = found(text);
            assert!(all.len() == 1 && all[0].starts_with("TEAM ASKS: "), "{text}: {all:?}");
            let all = found(&format!("Words before.\n\n{text}\n\nWords (and more) behind."));
            assert!(all.len() == 1, "{text}: {all:?}");
        }
        assert_eq!(found("We have ((#GOALS)) goals."), ["#GOALS: ((#GOALS))"]);
        assert_eq!(found("((HIGHLIGHT TABLE: a))"), ["HIGHLIGHT TABLE: ((HIGHLIGHT TABLE: a))"]);
    }

    #[test]
    fn sound_directives_and_prose_are_left_alone() {
        for text in [
            "(((TEAM ASKS)))",
            "<!-- Team  asks -->",
            "<!-- Goals: as agreed -->",
            "<!-- goals: allow(dead-link) it moved -->",
            "The team asks (see [goals](goals.md)) are below.",
            "## Goals (large)",
            "- [Goals](./goals.md)",
            "`((TEAM ASKS))`",
            "We list goals -- all of them -- below.",
            "[Large goals][large] ((see above))",
            "(goals)",
            "[GOALS](./goals.md), [GOALS][], [GOALS][goals]",
            "- [ ] GOALS",
            "by [\\(\\(\\(GOALS)))][] and [\\<!-- GOALS -->][]",
            "| Goals | (goals) |\n|---|---|\n| a | b |",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}
