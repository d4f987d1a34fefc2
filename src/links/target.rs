//! Where a link's target leads: to a place of its own page, to a file of the project, or elsewhere.

use std::borrow::Cow;

use crate::markdown::address::has_scheme;
use crate::markdown::escape::{percent_decode, unescaped};
use crate::model::slate::{File, GOAL_TEMPLATE_FILE, Slate};
use crate::text::source::Span;

/// Where a target leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target<'t> {
    /// To an anchor of its own page, here without `#`.
    Here(&'t str),
    /// To a file or directory of the project.
    Inside(Inside<'t>),
    /// Out of the project by a path with too many `..`.
    Beyond,
    /// To an address, or nowhere.
    Elsewhere,
}

/// A target inside the project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Inside<'t> {
    /// The path from the project's root, without `.`, `..` and escapes.
    pub path: String,
    /// The path as written, which is how the target begins.
    pub written: &'t str,
    /// What follows `#`.
    pub anchor: Option<&'t str>,
    /// How the path is written.
    pub form: Form,
}

/// How a target names a place inside the project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// As a path from the file's own directory.
    Relative,
    /// As a path that begins with `/`, from the directory of all pages.
    FromTop,
    /// As the address of a published page.
    Published,
    /// As the address that a published page had before the site moved.
    Former,
}

/// A target of a file, and where it leads.
#[derive(Clone, Debug)]
pub(crate) struct FileTarget {
    /// Where it is written.
    pub(crate) span: Span,
    /// Whether a link or image leads there; nothing uses some definitions.
    pub(crate) is_used: bool,
    lead: Lead,
}

/// A [`Target`] that knows parts of the text as places in it.
#[derive(Clone, Debug)]
enum Lead {
    Here { anchor: usize },
    Inside { path: String, written: usize, anchor: Option<usize>, form: Form },
    Beyond,
    Elsewhere,
}

impl FileTarget {
    /// Reads a target in a file of a slate.
    pub(crate) fn read(slate: &Slate, file: &File, span: Span, is_used: bool) -> FileTarget {
        let text = file.source.slice(span);
        // An anchor is all that follows its mark.
        let start = |anchor: &str| text.len() - anchor.len();
        let lead = match read(slate, file, text) {
            Target::Here(anchor) => Lead::Here { anchor: start(anchor) },
            Target::Inside(Inside { path, written, anchor, form }) => {
                Lead::Inside { path, written: written.len(), anchor: anchor.map(start), form }
            }
            Target::Beyond => Lead::Beyond,
            Target::Elsewhere => Lead::Elsewhere,
        };
        FileTarget { span, is_used, lead }
    }

    /// Where it leads, given its text.
    pub(crate) fn place<'t>(&self, text: &'t str) -> Target<'t> {
        let from = |anchor: usize| text.get(anchor..).unwrap_or_default();
        match &self.lead {
            Lead::Here { anchor } => Target::Here(from(*anchor)),
            Lead::Inside { path, written, anchor, form } => {
                let written = text.get(..*written).unwrap_or_default();
                Target::Inside(Inside { path: path.clone(), written, anchor: anchor.map(from), form: *form })
            }
            Lead::Beyond => Target::Beyond,
            Lead::Elsewhere => Target::Elsewhere,
        }
    }

    /// Whether it leads to an anchor.
    pub(crate) fn has_anchor(&self) -> bool {
        matches!(self.lead, Lead::Here { .. } | Lead::Inside { anchor: Some(_), .. })
    }
}

/// Reads a target in a file of a slate.
pub(crate) fn read<'t>(slate: &Slate, file: &File, target: &'t str) -> Target<'t> {
    match unescaped(target) {
        Cow::Borrowed(_) => read_plain(slate, file, target),
        // What it means has other bytes than what is written.
        Cow::Owned(meaning) => match (read_plain(slate, file, &meaning), split(target)) {
            (Target::Inside(Inside { path, form, .. }), (written, anchor)) => {
                Target::Inside(Inside { path, written, anchor, form })
            }
            (Target::Here(_), (_, anchor)) => anchor.map_or(Target::Elsewhere, Target::Here),
            (Target::Beyond, _) => Target::Beyond,
            (Target::Elsewhere, _) => Target::Elsewhere,
        },
    }
}

/// The path of a target with escapes in it, and its anchor, both as written.
fn split(target: &str) -> (&str, Option<&str>) {
    let is_end = |(at, c): &(usize, char)| matches!(c, '#' | '?') && !target[..*at].ends_with('&');
    let end = target.char_indices().find(is_end).map_or(target.len(), |(at, _)| at);
    let (path, rest) = target.split_at(end);
    (path.strip_suffix('\\').unwrap_or(path), rest.split_once('#').map(|(_, anchor)| anchor))
}

/// The same for a target without escapes.
fn read_plain<'t>(slate: &Slate, file: &File, target: &'t str) -> Target<'t> {
    let end = memchr::memchr2(b'?', b'#', target.as_bytes()).unwrap_or(target.len());
    let (written, rest) = target.split_at(end);
    let anchor = rest.split_once('#').map(|(_, anchor)| anchor);
    let top = slate.pages_directory();
    let (form, base, path) = if let Some((page, form)) = published(slate, written) {
        (form, top, page)
    } else if written.starts_with("//") || has_scheme(target) {
        return Target::Elsewhere;
    } else if written.is_empty() {
        return anchor.map_or(Target::Elsewhere, Target::Here);
    } else if written.starts_with('/') {
        (Form::FromTop, top, written)
    } else {
        let directory = file.source.path().rsplit_once('/').map_or("", |(above, _)| above);
        (Form::Relative, directory, written)
    };
    match join(base, &percent_decode(path)) {
        Some(path) => Target::Inside(Inside { path, written, anchor, form }),
        None => Target::Beyond,
    }
}

/// What follows the address of the published site, of today or a former one, where an address begins with it.
fn published<'t>(slate: &Slate, address: &'t str) -> Option<(&'t str, Form)> {
    let (rest, is_former) = slate.config.on_site(address)?;
    // An absolute URL appended to the site's is not on the site.
    (!rest.contains("://")).then_some((rest, if is_former { Form::Former } else { Form::Published }))
}

/// A path as seen from a directory; `None` where it leads above the root.
fn join(directory: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = directory.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Where a relative path of what authors copy leads from a copy in the newest slate, if the file itself is in none.
pub(crate) fn seen_from_copy(slate: &Slate, file: &File, inside: &Inside<'_>) -> Option<String> {
    let is_copied = slate.beside_slates && file.source.file_name() == GOAL_TEMPLATE_FILE;
    let period = slate.period.filter(|_| is_copied && inside.form == Form::Relative)?;
    join(&slate.path_of(&period.to_string()), &percent_decode(inside.written))
}

/// The way from a file to another one, both from the root: `./a.md`, `../2024h2/a.md`.
pub(crate) fn relative_link(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let most = (from.len() - 1).min(to.len() - 1);
    let shared = from.iter().zip(&to).take(most).take_while(|(a, b)| a == b).count();
    let up = from.len() - 1 - shared;
    let start = if up == 0 { "./".to_owned() } else { "../".repeat(up) };
    let path = to[shared..].join("/");
    // What would end the target in Markdown, or begin its next part.
    let mut escaped = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            ' ' | '(' | ')' | '<' | '>' | '#' | '?' | '%' => escaped.push_str(&format!("%{:02X}", u32::from(c))),
            c => escaped.push(c),
        }
    }
    format!("{start}{escaped}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_up_and_down_and_never_out() {
        assert_eq!(join("src/2026", "./a.md").as_deref(), Some("src/2026/a.md"));
        assert_eq!(join("src/2026", "..//2025h1/./b.md").as_deref(), Some("src/2025h1/b.md"));
        assert_eq!(join("src", "..").as_deref(), Some(""));
        assert_eq!(join("src/2026", "../../../etc/passwd"), None);
    }

    #[test]
    fn the_way_is_the_shortest_one() {
        assert_eq!(relative_link("src/2026/a.md", "src/2026/b.md"), "./b.md");
        assert_eq!(relative_link("src/2026/a.md", "src/2025h1/b c.md"), "../2025h1/b%20c.md");
        assert_eq!(relative_link("a.md", "about/b.md"), "./about/b.md");
        assert_eq!(relative_link("src/2026/more/a.md", "src/2026/b.md"), "../b.md");
        assert_eq!(relative_link("src/2026/a.md", "src/2026"), "../2026");
    }
}
