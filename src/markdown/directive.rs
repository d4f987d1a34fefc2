//! Directives of templates and pages: `<!-- X -->` and `(((X)))` are the same.
//!
//! It finds them and splits name from argument. What a name means is data of the period; what replaces it is decided by `rfc`.

use super::document::{Block, BlockKind, Document};
use super::suppression::is_suppression;
use crate::text::blanks::one_line;
use crate::text::order::sort_by_key;
use crate::text::source::{Source, Span, Spanned};

/// A directive, known or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// All its bytes.
    pub span: Span,
    /// What it says before a colon, such as `#GOALS`: in capitals, with one space between words, however it is written.
    pub name: Spanned<String>,
    /// What it says after the colon.
    pub argument: Option<Spanned<String>>,
    /// Whether it is written as a comment, which may be nothing but a comment.
    pub is_comment: bool,
    /// Whether its name has no small letters as it is written.
    pub in_capitals: bool,
}

impl Directive {
    /// Whether it may be nothing but a comment: it is one, and not in capitals.
    pub(crate) fn is_loose(&self) -> bool {
        self.is_comment && !self.in_capitals
    }

    /// A directive in the spelling that the author of this one chose.
    pub(crate) fn spelled(&self, name: &str) -> String {
        if self.is_comment { format!("<!-- {name} -->") } else { format!("((({name})))") }
    }
}

/// What opens and closes a directive in running text.
const OPEN: &str = "(((";
const CLOSE: &str = ")))";

/// The directives of a document, in its order: what may be one. Comments of a few words may be, and whether they are is for
/// whoever knows the names. Three parentheses are one wherever text is shown, in links, titles and HTML too; not in code.
pub(crate) fn directives(source: &Source, document: &Document) -> Vec<Directive> {
    let comments = document.comments.iter().filter(|comment| !is_suppression(source.slice(comment.span)));
    let mut found: Vec<Directive> =
        comments.filter_map(|comment| read(source, comment.span, comment.body, true)).collect();
    // Most files have none of the second kind.
    if memchr::memmem::find(source.text().as_bytes(), OPEN.as_bytes()).is_some() {
        in_text(source, document, &mut found);
    }
    sort_by_key(&mut found, |directive| directive.span);
    found
}

fn in_text(source: &Source, document: &Document, found: &mut Vec<Directive>) {
    let text = source.text();
    let mut hidden = verbatim(document);
    hidden.sort_unstable();
    let mut from = 0;
    while let Some(open) = text[from..].find(OPEN) {
        let start = from + open;
        from = start + OPEN.len();
        let before = hidden.partition_point(|span| span.start as usize <= start);
        let is_hidden = hidden[..before].last().is_some_and(|span| start < span.end as usize);
        if is_hidden || is_escaped(text, start) {
            continue;
        }
        let rest = &text[from..end_of_text(source, &document.blocks, start)];
        // It closes before the next one opens, or not at all.
        let before_next = &rest[..rest.find(OPEN).unwrap_or(rest.len())];
        let Some(close) = before_next.find(CLOSE) else { continue };
        // An argument may itself end with a parenthesis.
        let close = close + rest[close + CLOSE.len()..].bytes().take_while(|&byte| byte == b')').count();
        let body = Span::new(from..from + close);
        from = body.end as usize + CLOSE.len();
        found.extend(read(source, Span::new(start..from), body, false));
    }
}

/// Where nothing is a directive: code, comments, and where links lead.
pub(crate) fn verbatim(document: &Document) -> Vec<Span> {
    let destinations = document.links.iter().filter_map(|link| link.destination);
    let targets = document.definitions.iter().filter(|one| !one.is_footnote()).map(|one| one.target);
    let comments = document.comments.iter().map(|comment| comment.span);
    document.codes.iter().copied().chain(comments).chain(destinations).chain(targets).collect()
}

/// Whether the character at a place has a backslash before it that is none itself.
pub(crate) fn is_escaped(text: &str, at: usize) -> bool {
    text.as_bytes()[..at].iter().rev().take_while(|&&byte| byte == b'\\').count() % 2 == 1
}

/// Where the block of text ends that a place is in.
fn end_of_text(source: &Source, blocks: &[Block], at: usize) -> usize {
    let line_end = source.line_span(source.line_index(at)).end as usize;
    let before = &blocks[..blocks.partition_point(|block| block.span.start as usize <= at)];
    let is_long = |block: &&Block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Html);
    before.last().filter(is_long).map_or(line_end, |block| line_end.max(block.span.end as usize))
}

fn read(source: &Source, span: Span, body: Span, is_comment: bool) -> Option<Directive> {
    let text = source.slice(body);
    let (name, argument) = match text.split_once(':') {
        Some((name, argument)) => (name, Some(argument)),
        None => (text, None),
    };
    if is_comment && !is_name(name.trim()) || !name.contains(char::is_alphanumeric) {
        return None;
    }
    let argument = argument.map(|argument| {
        let start = body.start as usize + name.len() + 1;
        spanned(argument, start, one_line(argument))
    });
    let in_capitals = !name.contains(char::is_lowercase);
    let name = spanned(name, body.start as usize, one_line(name).to_uppercase());
    Some(Directive { span, name, argument, is_comment, in_capitals })
}

/// Whether a text could be a directive's name: up to five words of letters.
fn is_name(name: &str) -> bool {
    let name = name.trim_start_matches('#');
    let is_word = |word: &str| word.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    name.len() > 1 && !name.starts_with(char::is_whitespace) && {
        let mut words = name.split_whitespace();
        words.by_ref().take(5).all(is_word) && words.next().is_none()
    }
}

fn spanned(text: &str, start: usize, value: String) -> Spanned<String> {
    let trimmed = text.trim();
    let start = start + (text.len() - text.trim_start().len());
    Spanned::new(value, Span::new(start..start + trimmed.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, Option<String>)> {
        let source = Source::from_bytes("a.md", text.into());
        let found = directives(&source, &Document::parse(&source)).into_iter();
        found.map(|one| (one.name.value, one.argument.map(|argument| argument.value))).collect()
    }

    fn one(name: &str, argument: Option<&str>) -> (String, Option<String>) {
        (name.to_owned(), argument.map(str::to_owned))
    }

    #[test]
    fn both_spellings_are_found_in_order() {
        assert_eq!(
            found("a <!-- #GOALS --> b (((TEAM ASKS)))\n\n<!-- GOALS -->\n"),
            [one("#GOALS", None), one("TEAM ASKS", None), one("GOALS", None)]
        );
    }

    #[test]
    fn arguments_hold_backticks_and_parentheses() {
        assert_eq!(found("(((FLAGSHIP GOALS: Beyond the `&`)))"), [one("FLAGSHIP GOALS", Some("Beyond the `&`"))]);
        assert_eq!(found("(((X Y: fast(er))))"), [one("X Y", Some("fast(er)"))]);
    }

    #[test]
    fn white_space_and_letter_case_make_no_difference() {
        for text in [
            "(((TEAM  ASKS)))",
            "(((\u{a0}Team\tasks )))",
            "a (((TEAM\nASKS)))",
            "<!--Team\n asks-->",
            "<!--TEAM ASKS-->",
        ] {
            assert_eq!(found(text), [one("TEAM ASKS", None)], "{text}");
        }
        assert_eq!(found("(((team asks :  a   b )))"), [one("TEAM ASKS", Some("a b"))]);
    }

    #[test]
    fn directives_are_found_wherever_text_is_shown() {
        let goals = || [one("#GOALS", None)];
        for text in [
            "[(((#GOALS))) goals](a.md)",
            "[(((#GOALS)))][a]\n\n[a]: b",
            "![(((#GOALS)))](a.png)",
            "[a](b.md \"(((#GOALS)))\")",
            "> # (((#GOALS)))",
            "| (((#GOALS))) |\n|---|",
            "<details>\n(((#GOALS)))\n</details>",
            "(((GOALS and (((#GOALS)))",
        ] {
            assert_eq!(found(text), goals(), "{text}");
        }
        for text in ["\\(((#GOALS)))", "[a](<b(((#GOALS)))>)", "<!-- (((#GOALS))) -->", "(((GOALS\n\n#)))"] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn other_comments_and_code_are_left_alone() {
        assert_eq!(
            found("<!-- Words, and more -->\n\n<!-- Fix, then: B -->\n\n`(((GOALS)))` <!-- -->\n\n    (((GOALS)))\n"),
            []
        );
    }
}
