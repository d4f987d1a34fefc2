//! One line of Markdown on its own, such as the description of an ask: what it holds besides words.

use comrak::nodes::NodeValue;
use comrak::{Arena, Options};

use crate::text::sanitize::hidden_in;

/// What a line holds besides words.
#[derive(Debug, Default)]
pub(crate) struct Line {
    /// The first piece of raw HTML.
    pub(crate) html: Option<String>,
    /// Where links and images lead.
    pub(crate) targets: Vec<String>,
    /// The first hidden character that its reader gets, also by a character reference.
    pub(crate) hidden: Option<char>,
}

/// Reads a line as it is read behind a word, where it begins no block.
pub(crate) fn read_line(text: &str) -> Line {
    let arena = Arena::new();
    let root = comrak::parse_document(&arena, &format!("x {text}"), &Options::default());
    let mut line = Line::default();
    for node in root.descendants() {
        match &node.data.borrow().value {
            NodeValue::HtmlInline(html) | NodeValue::Raw(html) => {
                line.html.get_or_insert_with(|| html.clone());
            }
            NodeValue::HtmlBlock(html) => {
                line.html.get_or_insert_with(|| html.literal.clone());
            }
            NodeValue::Link(link) | NodeValue::Image(link) => line.targets.push(link.url.clone()),
            NodeValue::Text(text) => line.hidden = line.hidden.or_else(|| hidden_in(text)),
            _ => {}
        }
    }
    line
}
