//! Directives of templates and pages: `<!-- X -->` and `(((X)))` are the same.
//!
//! It finds them and splits name from argument. What a name means is data of the period; what replaces it is decided by `rfc`.

use super::document::Document;
use crate::text::source::{Source, Span, Spanned};

/// A directive, known or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// All its bytes.
    pub span: Span,
    /// What it says before a colon, such as `#GOALS`.
    pub name: Spanned<String>,
    /// What it says after the colon.
    pub argument: Option<Spanned<String>>,
}

/// What opens a directive in running text.
const OPEN: &str = "(((";

/// The directives of a document, in its order: what may be one. Comments of a few words may be, and whether they are is for
/// whoever knows the names.
pub(crate) fn directives(source: &Source, document: &Document) -> Vec<Directive> {
    let comments = document.comments.iter();
    let mut found: Vec<Directive> = comments.filter_map(|comment| read(source, comment.span, comment.body)).collect();
    let mut after = 0;
    // Most files have none of the second kind.
    let is_in_text = memchr::memmem::find(source.text().as_bytes(), OPEN.as_bytes()).is_some();
    for text in document.texts.iter().filter(|_| is_in_text) {
        let mut from = text.start.max(after) as usize;
        while let Some(open) = source.text().get(from..text.end as usize).and_then(|text| text.find(OPEN)) {
            let start = from + open;
            let line_end = source.line_span(source.line_index(start)).end as usize;
            let rest = &source.text()[start + OPEN.len()..line_end];
            let Some(close) = rest.find(")))") else { break };
            // An argument may itself end with a parenthesis.
            let close = close + rest[close + 3..].bytes().take_while(|&byte| byte == b')').count();
            let body = Span::new(start + 3..start + 3 + close);
            from = body.end as usize + 3;
            after = Span::at(from).start;
            found.extend(read(source, Span::new(start..from), body));
        }
    }
    found.sort_by_key(|directive| directive.span);
    found
}

fn read(source: &Source, span: Span, body: Span) -> Option<Directive> {
    let text = source.slice(body);
    let (name, argument) = match text.split_once(':') {
        Some((name, argument)) => (name, Some(argument)),
        None => (text, None),
    };
    if !is_name(name.trim()) {
        return None;
    }
    let argument = argument.map(|argument| {
        let start = body.start as usize + name.len() + 1;
        spanned(argument, start)
    });
    Some(Directive { span, name: spanned(name, body.start as usize), argument })
}

/// Whether a text could be a directive's name: up to five words of letters.
fn is_name(name: &str) -> bool {
    let name = name.trim_start_matches('#');
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    name.len() > 1 && name.split(' ').count() <= 5 && name.split(' ').all(is_word)
}

fn spanned(text: &str, start: usize) -> Spanned<String> {
    let trimmed = text.trim();
    let start = start + (text.len() - text.trim_start().len());
    Spanned::new(trimmed.to_owned(), Span::new(start..start + trimmed.len()))
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
    fn other_comments_and_code_are_left_alone() {
        assert_eq!(
            found("<!-- Words, and more -->\n\n<!-- Fix, then: B -->\n\n`(((GOALS)))` <!-- -->\n\n    (((GOALS)))\n"),
            []
        );
    }
}
