//! Texts that another one can follow: what is open at their end is closed, and blank lines at their ends go.

use crate::markdown::document::{BlockKind, Document};
use crate::text::source::Source;

/// A text without blank lines at its ends; what a line begins with stays, since it may be code.
pub(crate) fn without_blank_ends(text: &str) -> &str {
    let end = text.trim_end();
    let first = end.len() - end.trim_start().len();
    &end[end[..first].rfind(['\n', '\r']).map_or(0, |line_end| line_end + 1)..]
}

/// Whether something may be open at the end of a text, which [`closed`] would close: only a code block or HTML can be.
pub(crate) fn may_be_open(source: &Source, document: &Document) -> bool {
    let Some(last) = document.blocks.iter().rfind(|block| block.depth == 0) else { return false };
    let text = source.slice(last.span).trim_start();
    match last.kind {
        BlockKind::Code => text.starts_with(['`', '~']),
        BlockKind::Html => !text.contains(html_end(text)),
        _ => false,
    }
}

/// A text that another one can follow: where a fence, comment or piece of HTML is open at its end, it is closed. On the
/// site that ends with its page; here it would swallow the rest of the RFC.
pub(crate) fn closed(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..2 {
        let source = Source::from_bytes("", format!("{text}\n\nend\n").into());
        let document = Document::parse(&source);
        let last = document.blocks.iter().rfind(|block| block.depth == 0);
        let Some(last) = last.filter(|last| last.kind != BlockKind::Paragraph) else { break };
        let open = source.slice(last.span).trim_start();
        match last.kind {
            BlockKind::Code if open.starts_with(['`', '~']) => {
                let mark = open.chars().next().unwrap_or('`');
                text.push('\n');
                text.extend(open.chars().take_while(|c| *c == mark));
            }
            BlockKind::Html => text.push_str(html_end(open)),
            _ => break,
        }
    }
    text
}

/// What ends a piece of HTML that no blank line ends.
fn html_end(open: &str) -> &'static str {
    let begins = |tag: &str| open.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    let ends = [
        ("<!--", " -->"),
        ("<![CDATA[", "]]>"),
        ("<?", "?>"),
        ("<script", "</script>"),
        ("<pre", "</pre>"),
        ("<style", "</style>"),
        ("<textarea", "</textarea>"),
    ];
    ends.into_iter().find(|(tag, _)| begins(tag)).map_or(">", |(_, end)| end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_open_at_the_end_is_closed() {
        for (text, end) in [
            ("a\n\n````text\n```\nb", "\n````"),
            ("a\n\n~~~\nb\n~~~", ""),
            ("- a\n\n  ```\n  b", ""),
            ("<!-- a\n\nb", " -->"),
            ("<pre>\n\na", "</pre>"),
            ("<div>\na", ""),
            ("    code", ""),
            ("a", ""),
        ] {
            assert_eq!(closed(text), format!("{text}{end}"));
        }
    }

    #[test]
    fn blank_lines_go_and_indentation_stays() {
        assert_eq!(without_blank_ends("\n  \n    a\n\n b \n \n"), "    a\n\n b");
        assert_eq!(without_blank_ends(" a"), " a");
        assert_eq!(without_blank_ends(" \n"), "");
    }
}
