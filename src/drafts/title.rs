//! A title as it is typed on a command line, as the Markdown of a heading.

use crate::markdown::document::Document;
use crate::markdown::escape::escape_text;
use crate::sys::error::Error;
use crate::text::hidden::first_hidden;
use crate::text::source::Source;

/// The title as Markdown that shows it. Code in backticks stays code; whatever else would be read as markup is escaped. Fails
/// where there is nothing to show, or something that cannot be shown.
pub(crate) fn title_markdown(typed: &str) -> Result<String, Error> {
    let title = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.is_empty() {
        return Err(Error::new("empty title").help("say in a few words what the goal is about"));
    }
    if let Some(hidden) = title.chars().find(|c| c.is_control()).or_else(|| first_hidden(&title)) {
        let message = format!("the title contains the hidden character U+{:04X}", u32::from(hidden));
        return Err(Error::new(message).help("remove it"));
    }
    if shows(&title, &title) {
        return Ok(title);
    }
    let mut parts: Vec<&str> = title.split('`').collect();
    // A backtick that nothing closes is a character.
    let rest = if parts.len().is_multiple_of(2) { parts.pop() } else { None };
    let mut text = String::new();
    for (index, part) in parts.iter().enumerate() {
        match index % 2 {
            // mdBook carries out directives in code, too.
            1 if !part.trim().is_empty() && !part.contains(MDBOOK) => text.push_str(&format!("`{part}`")),
            1 => text.push_str(&format!("\\`{}\\`", escaped(part))),
            _ => text.push_str(&escaped(part)),
        }
    }
    if let Some(rest) = rest {
        text.push_str(&format!("\\`{}", escaped(rest)));
    }
    // Number signs at the end would close the heading.
    let signs = text.len() - text.trim_end_matches('#').len();
    if signs > 0 && !shows(&text, &title.replace('`', "")) {
        text.insert(text.len() - signs, '\\');
    }
    Ok(text)
}

/// What begins a directive of mdBook.
const MDBOOK: &str = "{{";

/// Plain text as Markdown that shows it, and that nobody takes for a broken link or a directive of mdBook.
fn escaped(text: &str) -> String {
    escape_text(text).replace("\\](", "\\]\\(").replace(MDBOOK, "\\{{")
}

/// Whether a heading of this Markdown shows just this text, and nothing in it leads anywhere.
fn shows(markdown: &str, text: &str) -> bool {
    let source = Source::from_bytes("", format!("# {markdown}\n").into_bytes());
    let document = Document::parse(&source);
    let heading = document.headings.first().is_some_and(|heading| heading.text == text);
    heading
        && document.links.is_empty()
        && document.tags.is_empty()
        && document.comments.is_empty()
        && !markdown.contains(['[', ']'])
        && !["(((", "<!--", MDBOOK].iter().any(|mark| markdown.contains(mark))
        && markdown.matches('`').count().is_multiple_of(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_shown_as_they_are_typed() {
        for (typed, markdown) in [
            ("Count the lanterns", "Count the lanterns"),
            ("  Count\n the   lanterns ", "Count the lanterns"),
            ("Stabilize `impl Trait` in more places", "Stabilize `impl Trait` in more places"),
            ("bounded_const_evaluation is 5 * 3", "bounded_const_evaluation is 5 * 3"),
            ("*const* pointers", "\\*const\\* pointers"),
            ("Vec<T> & `Box<T>`", "Vec\\<T> \\& `Box<T>`"),
            ("[lang] and <br>", "\\[lang\\] and \\<br>"),
            ("Learn C #", "Learn C \\#"),
            ("C#", "C#"),
            ("\"Quotes\" and 'more' | / \\o/", "\"Quotes\" and 'more' | / \\o/"),
            ("a ` b", "a \\` b"),
            ("<!-- hidden", "\\<!-- hidden"),
            ("[a](b.md)", "\\[a\\]\\(b.md)"),
            ("{{#include a}} and `{{#b}}`", "\\{{#include a}} and \\`\\{{#b}}\\`"),
            ("*a* ` b", "\\*a\\* \\` b"),
            ("((( GOALS )))", "\\(\\(\\( GOALS )))"),
            ("🦀", "🦀"),
            ("# not a heading", "# not a heading"),
            ("...", "..."),
        ] {
            assert_eq!(title_markdown(typed).unwrap(), markdown, "{typed}");
            let plain = typed.split_whitespace().collect::<Vec<_>>().join(" ");
            let source = Source::from_bytes("", format!("# {markdown}\n").into_bytes());
            let shown = Document::parse(&source).headings.first().unwrap().text.clone();
            assert_eq!(shown.replace('`', ""), plain.replace('`', ""), "{typed}");
        }
        for odd in ["", " \n", "a\u{7}b", "a\u{202e}b", "\u{feff}bom", "\u{202a}"] {
            title_markdown(odd).unwrap_err();
        }
    }
}
