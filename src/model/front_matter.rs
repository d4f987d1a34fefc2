//! The list at the top of a template that the RFC repository wants: what the RFC is called, when it was started, and where it
//! is discussed.

use super::slate::{File, Slate};
use crate::markdown::document::BlockKind;
use crate::policy::format::FrontMatterKey;
use crate::text::source::{Span, trim};

/// The front matter that a template brings itself.
#[derive(Clone, Debug)]
pub(crate) struct FrontMatterList {
    /// The whole list.
    pub(crate) span: Span,
    /// What its first item begins with, such as `- `.
    pub(crate) mark: Span,
    /// The lines of it that are known, in their order.
    pub(crate) lines: Vec<Line>,
}

/// A line of the front matter.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    pub(crate) key: FrontMatterKey,
    /// All of it, without the mark of the item.
    pub(crate) span: Span,
    /// What follows the colon.
    pub(crate) value: Span,
}

impl FrontMatterList {
    /// The front matter of a template: a list above the first heading that begins with one of the lines, or has
    /// several.
    pub(crate) fn of(slate: &Slate, file: &File) -> Option<FrontMatterList> {
        let blocks = &file.document.blocks;
        let first = blocks.iter().position(|block| block.kind == BlockKind::Item)?;
        let heading = file.document.headings.first().map_or(u32::MAX, |heading| heading.span.start);
        let list = blocks[..first].last().map_or(blocks[first].span, |list| list.span);
        let inside = blocks[first..].iter().take_while(|block| block.span.start < heading.min(list.end));
        let paragraphs: Vec<Span> = inside
            .filter(|block| block.kind == BlockKind::Paragraph && block.depth == 2)
            .map(|block| block.span)
            .collect();
        let first_line = paragraphs.first().filter(|line| blocks[first].span.contains(**line))?;
        let names = &slate.format.rfc.front_matter;
        let line = |span: &Span| {
            let text = file.source.slice(*span);
            let (written, _) = text.split_once(':')?;
            let (key, _) = names.iter().find(|(_, name)| name.eq_ignore_ascii_case(written.trim_end()))?;
            let value = trim(&file.source, span.part(written.len() + 1..text.len()));
            Some(Line { key: *key, span: *span, value })
        };
        let lines: Vec<Line> = paragraphs.iter().filter_map(line).collect();
        let mark = Span { start: blocks[first].span.start, end: first_line.start };
        let is_first = lines.first().is_some_and(|line| line.span == *first_line);
        (is_first || lines.len() > 1).then_some(FrontMatterList { span: list, mark, lines })
    }

    /// The line of a key.
    pub(crate) fn line(&self, key: FrontMatterKey) -> Option<&Line> {
        self.lines.iter().find(|line| line.key == key)
    }
}

/// The number of a pull request in whatever form it is written: `17`, `#17`, `rust-lang/rfcs#17`, its address, or a link of
/// these. `None` where the text says anything else.
pub(crate) fn pull_request(text: &str) -> Option<u64> {
    const PLACES: &[&str] = &[
        "https://",
        "github.com/",
        "rust-lang/rfcs/pull/",
        "rust-lang/rfcs/issues/",
        "rust-lang/rfcs",
        "/files",
        "RFC",
        "PR",
    ];
    let mut rest = text.to_owned();
    for place in PLACES {
        rest = rest.replace(place, " ");
    }
    let is_mark = |c: char| c.is_whitespace() || matches!(c, '#' | '[' | ']' | '(' | ')' | '<' | '>' | '!' | '.' | ',');
    let mut numbers = rest
        .split(is_mark)
        .filter(|part| !part.is_empty())
        .map(|part| part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<u64>().ok()).flatten());
    let first = numbers.next()??;
    numbers.all(|number| number == Some(first)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pull_request_is_known_in_every_form() {
        for text in [
            "17",
            "#17",
            "rust-lang/rfcs#17",
            "[rust-lang/rfcs#17]",
            "[#17][]",
            "[RFC #17]",
            "[rust-lang/rfcs#17](https://github.com/rust-lang/rfcs/pull/17)",
            "[rust-lang/rfcs#17](https://github.com/rust-lang/rfcs/issues/17)",
            "<https://github.com/rust-lang/rfcs/pull/17>",
            "https://github.com/rust-lang/rfcs/pull/17",
        ] {
            assert_eq!(pull_request(text), Some(17), "{text}");
        }
        assert_eq!(pull_request("[rust-lang/rfcs#0000](https://github.com/rust-lang/rfcs/pull/0000)"), Some(0));
        for text in [
            "",
            "N/A",
            "TBD (after 2025)",
            "[rust-lang/rfcs#17](https://github.com/rust-lang/rfcs/pull/18)",
            "[#17][rfc]",
            "a17",
            "rust-lang/rust#17",
        ] {
            assert_eq!(pull_request(text), None, "{text}");
        }
    }
}
