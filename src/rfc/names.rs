//! Names in running text: teams, badges, what linkifiers fit, and users. All become links, with definitions where they need some.
//!
//! The RFC and the pages of the site share this. It goes by spans of plain text, so that nothing in code, in an address or in
//! the text of a link is touched.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use hashbrown::{HashMap, HashSet};

use super::hidden::visible_value;
use super::people::People;
use crate::markdown::brackets::{Bracket, brackets};
use crate::markdown::directive::is_escaped;
use crate::markdown::document::{BlockKind, Document};
use crate::markdown::escape::encode_url;
use crate::markdown::html::{Tag, TagKind};
use crate::markdown::label::normalize_label;
use crate::model::slate::Slate;
use crate::text::edits::Edits;
use crate::text::source::{Source, Span};
use crate::text::user_names;

/// The teams and badges that a text names, whose pieces are read one after the other.
pub(crate) struct Names<'a> {
    slate: &'a Slate,
    /// Where an address that the configuration or the roster states leads, if not there.
    on_site: &'a dyn Fn(&str) -> Option<String>,
    /// Labels and addresses of badges, by normal label.
    badges: HashMap<String, (&'a str, &'a str)>,
    /// What is named, by normal label: label and address.
    found: BTreeMap<String, (String, String)>,
}

/// What a bracketed text leads to.
enum Meaning {
    /// A team or badge, by its label.
    Named(String),
    /// What a linkifier fits.
    Linkified,
}

impl<'a> Names<'a> {
    /// Names of a slate, of which none has been found yet.
    pub(crate) fn new(slate: &'a Slate, on_site: &'a dyn Fn(&str) -> Option<String>) -> Names<'a> {
        let badges = slate.config.links.iter().chain(&slate.format.badges).rev();
        let badges =
            badges.map(|(label, address)| (normalize_label(label), (label.as_str(), address.as_str()))).collect();
        Names { slate, on_site, badges, found: BTreeMap::new() }
    }

    /// `[team]` and badges in pieces of plain text get their definitions, linkifiers their addresses. A label that is `reserved`
    /// would lead elsewhere; a link with it has its address at its place. Answers where the bracketed texts begin that mean
    /// something.
    pub(crate) fn resolve(
        &mut self,
        source: &Source,
        texts: &[Span],
        reserved: impl Fn(&str) -> bool,
        edits: &mut Edits,
    ) -> HashSet<u32> {
        let mut resolved = HashSet::new();
        for &span in texts {
            let text = source.slice(span);
            // Few texts have one, and most are too short for anything but this search.
            if memchr::memchr(b'[', text.as_bytes()).is_none() {
                continue;
            }
            for bracket in brackets(text) {
                let inner = &text[bracket.text.clone()];
                let label = bracket.label.clone().map(|label| &text[label]).filter(|label| !label.is_empty());
                let label = label.unwrap_or(inner);
                let place = span.part(bracket.whole.clone());
                if self.is_found_again(label, &bracket, &reserved) {
                    resolved.insert(place.start);
                    continue;
                }
                let Some((meaning, name, address)) = self.meaning(label, &bracket) else { continue };
                resolved.insert(place.start);
                match meaning {
                    Meaning::Named(normal) if !reserved(&normal) => {
                        self.found.insert(normal, (name, address));
                    }
                    _ => {
                        let mark = if bracket.image { "!" } else { "" };
                        edits.replace(place, format!("{mark}[{inner}]({address})"));
                    }
                }
            }
        }
        resolved
    }

    /// Whether a label is one that has been found already, which is quicker to see than what it means. A team is called as it was
    /// written last, and has no image.
    fn is_found_again(&mut self, label: &str, bracket: &Bracket, reserved: impl Fn(&str) -> bool) -> bool {
        let normal = normalize_label(label);
        let is_badge = self.badges.contains_key(&normal);
        let Some((name, _)) = self.found.get_mut(&normal).filter(|_| is_badge || !bracket.image) else { return false };
        if !is_badge && name != label {
            label.clone_into(name);
        }
        !reserved(&normal)
    }

    /// What a label means, with the label of its definition and the address.
    fn meaning(&self, label: &str, bracket: &Bracket) -> Option<(Meaning, String, String)> {
        if label.starts_with('^') {
            return None;
        }
        let normal = normalize_label(label);
        if let Some((known, address)) = self.badges.get(&normal) {
            let name = visible_value(known).into_owned();
            return Some((Meaning::Named(normal), name, self.stated_address(address)));
        }
        if let Some(address) = self.slate.roster.team_address(&normal).filter(|_| !bracket.image) {
            return Some((Meaning::Named(normal), label.to_owned(), self.stated_address(address)));
        }
        let address = self.slate.config.linkified(label)?;
        Some((Meaning::Linkified, String::new(), self.stated_address(&address)))
    }

    /// An address that the configuration or the roster states, as the destination of a link.
    fn stated_address(&self, address: &str) -> String {
        let on_site = (self.on_site)(address);
        encode_url(on_site.as_deref().unwrap_or(address)).into_owned()
    }

    /// Bracketed texts that mean nothing, and would if they were defined; `resolved` are those that mean something. Within the
    /// text of a link, where nothing can be one, the names of teams and badges are kept from it. `is_number` tells texts that
    /// are only there until the text is finished.
    pub(crate) fn loose_labels(
        &self,
        source: &Source,
        document: &Document,
        resolved: &HashSet<u32>,
        is_number: impl Fn(&str) -> bool,
        edits: &mut Edits,
    ) -> HashSet<String> {
        let mut loose = HashSet::new();
        let links: HashSet<u32> = document.links.iter().map(|link| link.span.start).collect();
        let is_leaf = |kind| matches!(kind, BlockKind::Paragraph | BlockKind::Heading | BlockKind::Table);
        for block in document.blocks.iter().filter(|block| is_leaf(block.kind)) {
            let text = source.slice(block.span);
            for bracket in brackets(text) {
                let start = block.span.part(bracket.whole.clone()).start;
                if links.contains(&start) || resolved.contains(&start) {
                    continue;
                }
                let parts = std::iter::once(bracket.text.clone()).chain(bracket.label.clone());
                for part in parts.filter(|part| !part.is_empty() && !is_number(&text[part.clone()])) {
                    let normal = normalize_label(&text[part.clone()]);
                    if self.found.contains_key(&normal) {
                        edits.replace(block.span.part(part.start - 1..part.start), "\\[");
                        edits.replace(block.span.part(part.end..part.end + 1), "\\]");
                    } else {
                        loose.insert(normal);
                    }
                }
            }
        }
        loose
    }

    /// The normal labels of what has been found.
    pub(crate) fn labels(&self) -> impl Iterator<Item = &String> {
        self.found.keys()
    }

    /// Label and address of what has been found, in the order of their normal labels.
    pub(crate) fn into_definitions(self) -> impl Iterator<Item = (String, String)> {
        self.found.into_values()
    }
}

/// `@user` becomes a link.
pub(crate) fn link_users(source: &Source, texts: &[Span], people: &People, edits: &mut Edits) {
    for &span in texts {
        let text = source.slice(span);
        for range in users(source, span) {
            // In brackets of its own a name would become a link within brackets.
            if text[..range.start - 1].ends_with('[') && text[range.end..].starts_with(']') {
                continue;
            }
            if let Some(link) = people.link(&text[range.clone()]) {
                edits.replace(span.part(range.start - 1..range.end), link);
            }
        }
    }
}

/// The users that a piece of running text names. The backslash that makes one plain text is outside of the piece.
pub(crate) fn users(source: &Source, span: Span) -> impl Iterator<Item = Range<usize>> {
    let is_plain = is_escaped(source.text(), span.start as usize);
    user_names::users(source.slice(span)).into_iter().filter(move |range| range.start > 1 || !is_plain)
}

/// The names of all users in pieces of running text, as they are written.
pub(crate) fn logins<'s>(source: &'s Source, texts: &'s [Span]) -> impl Iterator<Item = &'s str> {
    texts.iter().flat_map(move |span| {
        let text = source.slice(*span);
        users(source, *span).map(move |range| &text[range])
    })
}

/// Elements of HTML whose text is shown letter by letter, as code is.
const VERBATIM: [&str; 4] = ["code", "kbd", "pre", "samp"];

/// The plain text of a document in which names are names: it is in no `<a href>`, since what is the text of a link already cannot
/// hold another, and in no `<code>` or the like.
pub(crate) fn running_text<'d>(source: &Source, document: &'d Document) -> Cow<'d, [Span]> {
    let mut hidden = elements(source, document, "a", |tag| tag.addresses(source).next().is_some());
    hidden.extend(VERBATIM.iter().flat_map(|name| elements(source, document, name, |_| true)));
    if hidden.is_empty() {
        return Cow::Borrowed(&document.texts);
    }
    hidden.sort_unstable();
    // Of one in another the outer counts.
    hidden.dedup_by(|next, last| {
        let is_joined = next.start < last.end;
        last.end = if is_joined { last.end.max(next.end) } else { last.end };
        is_joined
    });
    let is_outside = |text: &&Span| {
        let before = hidden.partition_point(|element| element.start <= text.start);
        before.checked_sub(1).is_none_or(|last| hidden[last].end <= text.start)
    };
    Cow::Owned(document.texts.iter().filter(is_outside).copied().collect())
}

/// What is within the elements of a name whose opening tag is one that counts.
fn elements(source: &Source, document: &Document, name: &str, counts: impl Fn(&Tag) -> bool) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut open: Option<u32> = None;
    for tag in document.tags.iter().filter(|tag| source.slice(tag.name).eq_ignore_ascii_case(name)) {
        match tag.kind {
            TagKind::Open => open = counts(tag).then_some(tag.span.end),
            TagKind::Close => found.extend(open.take().map(|start| Span { start, end: tag.span.start })),
            TagKind::Declaration | TagKind::Unfinished => {}
        }
    }
    found
}
