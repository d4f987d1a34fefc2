//! The places of a page to which `#x` can lead: its headings, what they are made of by directives, and names in HTML.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use hashbrown::{HashMap, HashSet};

use crate::markdown::anchor::anchor;
use crate::markdown::directive::Directive;
use crate::markdown::document::Document;
use crate::model::slate::{File, Slate};
use crate::policy::format::DirectiveKind;
use crate::text::name_index::NameIndex;
use crate::text::similarity::did_you_mean;
use crate::text::source::Source;

/// The anchors of a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Anchors {
    /// Those of headings: of two headings with one text the second ends in `-1`.
    headings: BTreeSet<String>,
    /// How many headings have had each text so far.
    seen: HashMap<String, usize>,
    /// Names in HTML, such as `<a id="x">`.
    named: HashSet<String>,
    /// Headings with a directive in them, as anchors: what they will be is not known before.
    unfinished: Vec<String>,
    /// Whether a directive makes headings that are not known here.
    open: bool,
    /// The anchors of headings, for proposals.
    index: OnceLock<(Vec<String>, NameIndex)>,
}

impl Anchors {
    /// The anchors of one page by itself.
    pub(crate) fn of_page(slate: &Slate, source: &Source, document: &Document, directives: &[Directive]) -> Anchors {
        let mut anchors = Anchors::default();
        anchors.add(slate, source, document, directives, 0);
        anchors
    }

    /// Those of several files that become one page, the first whole, of the others all but the first heading.
    pub(crate) fn of_chapters<'f>(slate: &Slate, files: impl IntoIterator<Item = &'f File>) -> Anchors {
        let mut anchors = Anchors::default();
        for (position, file) in files.into_iter().enumerate() {
            anchors.add(slate, &file.source, &file.document, &file.directives, usize::from(position > 0));
        }
        anchors
    }

    fn add(&mut self, slate: &Slate, source: &Source, document: &Document, directives: &[Directive], skip: usize) {
        for heading in document.headings.iter().skip(skip) {
            let next = directives.partition_point(|directive| directive.span.start < heading.span.start);
            let has_directive = directives.get(next).is_some_and(|directive| heading.span.contains(directive.span));
            match explicit(&heading.text) {
                Some(name) => {
                    self.named.insert(name.to_owned());
                }
                None if has_directive => self.unfinished.push(anchor(&heading.text)),
                None => self.heading(&heading.text),
            }
        }
        for kind in directives.iter().filter_map(|directive| slate.directive(directive)) {
            match kind {
                DirectiveKind::TeamAsks if slate.file_at(source.path()).is_some() => {
                    let goals = slate.goals.iter().filter(|goal| Slate::may_be_accepted(goal));
                    let teams: BTreeSet<&str> = goals.flat_map(|goal| goal.teams()).collect();
                    teams.into_iter().for_each(|team| self.heading(&format!("{team} team")));
                }
                // The asks of another slate are not known, and parts of the site may have a heading for each goal.
                DirectiveKind::TeamAsks | DirectiveKind::Site { headings: true, .. } => self.open = true,
                _ => {}
            }
        }
        self.names(source.text());
    }

    fn heading(&mut self, text: &str) {
        let base = anchor(text);
        let number = self.seen.entry(base.clone()).or_insert(0);
        self.headings.insert(if *number == 0 { base } else { format!("{base}-{number}") });
        *number += 1;
    }

    /// The values of `id` and `name` in HTML, in whatever quotation marks.
    fn names(&mut self, text: &str) {
        for attribute in ["id=", "name="] {
            for at in memchr::memmem::find_iter(text.as_bytes(), attribute) {
                if !text[..at].ends_with(|c: char| c.is_whitespace()) {
                    continue;
                }
                let value = &text[at + attribute.len()..];
                let value = match value.chars().next() {
                    Some(mark @ ('"' | '\'')) => value[1..].split(mark).next(),
                    _ => value.split([' ', '>', '\n', '/']).next(),
                };
                self.named.extend(value.filter(|value| value.len() < 200).map(str::to_owned));
            }
        }
    }

    /// Whether `#wanted`, without escapes, leads to a place of the page, or may do so.
    pub(crate) fn has(&self, wanted: &str) -> bool {
        // The top of a page needs no heading.
        let is_known = matches!(wanted, "" | "top") || self.headings.contains(wanted) || self.named.contains(wanted);
        is_known || self.open || self.may_become(wanted)
    }

    /// A heading with a directive gets the benefit of the doubt.
    fn may_become(&self, wanted: &str) -> bool {
        let number = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
        let mut words = wanted.split('-').filter(|word| word.len() > 1 && !number(word)).peekable();
        words.peek().is_some() && self.unfinished.iter().any(|heading| words.clone().all(|word| heading.contains(word)))
    }

    /// The anchor that may have been meant.
    pub(crate) fn did_you_mean(&self, wanted: &str) -> Option<&str> {
        let folded = anchor(wanted.trim());
        if let Some(same) = self.headings.get(&folded).or_else(|| self.named.get(&folded)) {
            return Some(same);
        }
        let (headings, names) = self.index.get_or_init(|| {
            let headings: Vec<String> = self.headings.iter().cloned().collect();
            let names = NameIndex::new(headings.iter().map(String::as_str).enumerate());
            (headings, names)
        });
        did_you_mean(wanted, names.candidates(wanted).into_iter().map(|place| headings[place].as_str()))
    }
}

/// The anchor that a heading names itself: `## Text {#anchor}`.
fn explicit(heading: &str) -> Option<&str> {
    let (_, attributes) = heading.strip_suffix('}')?.rsplit_once('{')?;
    attributes.split_whitespace().find_map(|attribute| attribute.strip_prefix('#'))
}
