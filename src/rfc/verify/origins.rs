//! What the slate and the configuration say amiss themselves.

use std::borrow::Cow;

use hashbrown::HashSet;

use crate::markdown::brackets::brackets;
use crate::markdown::directive::directives;
use crate::markdown::document::Document;
use crate::markdown::footnote::{is_footnote, undefined_footnotes};
use crate::markdown::label::normalize_label;
use crate::model::directive_effect::has_effect;
use crate::model::slate::{FileKind, Slate};
use crate::policy::config::{Config, FrontMatter};
use crate::policy::format::FrontMatterKey;
use crate::rfc::hidden::visible_in;
use crate::rfc::scope::own_headings;
use crate::text::source::Source;

/// Faults that the generator took over.
#[derive(Debug, Default)]
pub(crate) struct Origins {
    /// Labels that the file which refers to them does not define, in their normal form.
    pub(crate) undefined: HashSet<String>,
    /// Anchors of the RFC that are no heading of the file which leads to them, with their `#`.
    pub(crate) anchors: HashSet<String>,
    /// Footnotes without a text, in their normal form.
    pub(crate) footnotes: HashSet<String>,
    /// Whether a file of the RFC has something that nothing closes: what follows may be read otherwise once it is closed.
    pub(crate) has_unclosed: bool,
    /// Ends of links without a beginning.
    pub(crate) broken: HashSet<String>,
    /// Directives that have no effect where they are.
    pub(crate) directives: HashSet<String>,
    /// Tags of raw HTML.
    pub(crate) tags: HashSet<String>,
    /// Rows with more cells than their table's header: both numbers.
    pub(crate) surplus: HashSet<(usize, usize)>,
}

impl Origins {
    pub(crate) fn new(slate: &Slate, config: &Config, stated: &FrontMatter) -> Origins {
        let mut origins = Origins::default();
        for file in &slate.files {
            origins.read(&file.source, &file.document);
            // What a hidden character keeps apart may be next to each other in the RFC.
            if let Cow::Owned(text) = visible_in(&file.source, &file.document) {
                let source = Source::from_bytes("", text.into());
                let document = Document::parse(&source);
                origins.read(&source, &document);
                let directives = directives(&source, &document).into_iter();
                origins.directives.extend(directives.map(|directive| source.slice(directive.span).to_owned()));
            }
            let is_quoted = matches!(file.kind, FileKind::Goal(_) | FileKind::Roadmap(_));
            for directive in file.directives.iter() {
                if is_quoted || !has_effect(slate, file, directive) {
                    origins.directives.insert(file.source.slice(directive.span).to_owned());
                }
            }
        }
        for (position, &index) in slate.in_rfc().iter().enumerate() {
            let file = &slate.files[index];
            let own = own_headings(file, position > 0);
            let inline = file.document.links.iter().filter_map(|link| link.destination);
            let defined = file.document.definitions.iter().map(|definition| definition.target);
            for target in inline.chain(defined).map(|span| file.source.slice(span)) {
                if target.strip_prefix('#').is_some_and(|anchor| !own.contains_key(anchor)) {
                    origins.anchors.insert(target.to_owned());
                }
            }
        }
        let files = slate.in_rfc().iter().map(|id| &slate.files[*id]);
        origins.has_unclosed = files.into_iter().any(|file| !file.document.unclosed.is_empty());
        // A team or badge that does not exist is undefined.
        let teams = slate.goals.iter().flat_map(|goal| {
            goal.teams().into_iter().chain(goal.champions.iter().map(|champion| champion.team.value.as_str()))
        });
        origins.undefined.extend(teams.chain(["Help Wanted", "TBD"]).map(normalize_label));
        let stated = stated.or(slate.period.and_then(|period| config.front_matter(period)));
        let keys = [FrontMatterKey::FeatureName, FrontMatterKey::StartDate, FrontMatterKey::Issue];
        let values = keys.into_iter().filter_map(|key| stated.value(key));
        let asks =
            slate.format.asks.iter().flat_map(|(name, ask)| [name.clone(), ask.short.clone(), ask.about.clone()]);
        for text in values.chain(asks) {
            let source = Source::from_bytes("", text.into());
            origins.read(&source, &Document::parse(&source));
        }
        origins
    }

    fn read(&mut self, source: &Source, document: &Document) {
        for span in &document.texts {
            let text = source.slice(*span);
            // Neither can be without one, and most texts are.
            if memchr::memchr(b']', text.as_bytes()).is_none() {
                continue;
            }
            self.undefined.extend(references(text).map(|(_, label)| normalize_label(label)));
            self.broken.extend(broken_links(text).map(|range| text[range].to_owned()));
        }
        let marks = undefined_footnotes(source, document).into_iter();
        self.footnotes.extend(marks.map(|mark| normalize_label(source.slice(mark))));
        self.tags.extend(document.tags.iter().map(|tag| source.slice(tag.span).to_owned()));
        for table in &document.tables {
            let columns = table.header().len();
            let surplus = table.body().iter().map(|row| row.cells.len()).filter(|cells| *cells > columns);
            self.surplus.extend(surplus.map(|cells| (cells, columns)));
        }
    }
}

/// The full and collapsed references of a text in which nothing is defined: where each is, and its label.
pub(crate) fn references(text: &str) -> impl Iterator<Item = (std::ops::Range<usize>, &str)> {
    brackets(text).into_iter().filter_map(|bracket| {
        let label = &text[bracket.label?];
        let inner = &text[bracket.text];
        let label = if label.is_empty() { inner } else { label };
        (!is_footnote(label) && !is_footnote(inner) && !label.trim().is_empty()).then_some((bracket.whole, label))
    })
}

/// Where links end in a text without having begun: `](`, with what follows up to whitespace or the next of them.
pub(crate) fn broken_links(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> {
    text.match_indices("](").filter(|(at, _)| !text[..*at].ends_with('\\')).map(|(at, _)| {
        let rest = &text[at..];
        // Else each of many in a row would be looked at up to the end of all.
        let rest = rest[2..].find("](").map_or(rest, |next| &rest[..2 + next]);
        at..at + rest.find(char::is_whitespace).unwrap_or(rest.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_of_a_link_is_read_up_to_the_next() {
        let text = "a](b](<c d \\](e) ](f";
        let found: Vec<&str> = broken_links(text).map(|range| &text[range]).collect();
        assert_eq!(found, ["](b", "](<c", "](f"]);
    }
}
