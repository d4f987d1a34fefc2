//! A page of a slate as it begins in the next one: its headings and directives, and the text that holds for any slate.

use std::collections::BTreeSet;

use super::front_matter::{feature_name, front_matter, place};
use super::layout::tidied;
use super::passing::{is_dated, is_passing, with_period};
use super::template::region;
use crate::markdown::anchor::anchor;
use crate::markdown::definition::Definition;
use crate::markdown::directive::Directive;
use crate::markdown::document::{Block, BlockKind, Document, HeadingId, Link};
use crate::markdown::label::normalize_label;
use crate::markdown::suppression::is_suppression;
use crate::model::slate::{File, FileKind, Slate};
use crate::policy::format::{ArgumentOf, DirectiveKind, Format, GoalFilter};
use crate::policy::period::PeriodName;
use crate::text::edits::Edits;
use crate::text::ids::FileId;
use crate::text::sentences::for_each_sentence;
use crate::text::source::{Source, Span, lies_in, whole_lines};

/// The pages of a slate that the next one has too: the template, what it includes, and pages with directives that do not name
/// anything of this slate alone.
pub(crate) fn lasting_pages(slate: &Slate) -> Vec<FileId> {
    let lasts = |file: &File| match file.kind {
        FileKind::Template => true,
        FileKind::Page => {
            let directives = file.directives.iter().filter(|one| slate.directive(one).is_some());
            slate.in_rfc().contains(&file.id) || directives.into_iter().any(|one| !names_theme(slate, one))
        }
        _ => false,
    };
    slate.files.iter().filter(|file| lasts(file)).map(|file| file.id).collect()
}

/// Whether a format has every directive of these pages, and assembles them in the same way.
pub(crate) fn fits(slate: &Slate, pages: &[FileId], format: &Format) -> bool {
    let directives = pages.iter().flat_map(|page| slate.files[*page].directives.iter());
    let known = directives.filter(|one| slate.directive(one).is_some());
    known.into_iter().all(|one| format.directives.contains_key(&one.name.value))
        && slate.format.levels.is_empty() == format.levels.is_empty()
        && slate.format.rfc.chapters == format.rfc.chapters
}

/// Whether a directive is about something that the next slate may not have: a theme, a highlight, or the dates of a report.
fn names_theme(slate: &Slate, directive: &Directive) -> bool {
    let Some(argument) = &directive.argument else { return false };
    match slate.directive(directive) {
        Some(DirectiveKind::Nothing { .. }) => argument.value.contains(|c: char| c.is_ascii_digit()),
        Some(DirectiveKind::Site { of, .. }) => matches!(of, Some(ArgumentOf::Theme | ArgumentOf::Highlight)),
        Some(_) => true,
        None => false,
    }
}

/// A page as it begins in the next slate.
pub(crate) struct Renewed {
    pub(crate) text: String,
    /// The parts of the older page that are not in it, in order.
    pub(crate) left_out: Vec<Span>,
}

/// A page in the making.
struct Renewal<'a> {
    slate: &'a Slate,
    file: &'a File,
    pages: &'a [FileId],
    new: PeriodName,
    /// Parts that go with all that is below them.
    regions: Vec<Span>,
    /// Parts of what stays otherwise.
    parts: Vec<Span>,
}

/// A page for the period `new`; `pages` are those that are renewed.
pub(crate) fn renewed(slate: &Slate, file: &File, pages: &[FileId], format: &Format, new: PeriodName) -> Renewed {
    let period = new.to_string();
    let mut renewal = Renewal { slate, file, pages, new, regions: Vec::new(), parts: Vec::new() };
    let mut edits = Edits::default();
    renewal.themes(&period, &mut edits);
    let mut gone: Vec<Span> = renewal.blocks(&mut edits);
    gone.extend(renewal.regions.iter().copied());
    gone.sort_unstable();
    renewal.definitions(&gone, &mut edits);
    let mut above = String::new();
    if file.kind == FileKind::Template {
        if let Some(old) = place(slate, file, &file.document) {
            edits.replace(whole_lines(&file.source, old), "");
            // It has another one, which is no loss.
            gone.retain(|part| !part.contains(old));
            renewal.parts.retain(|part| !old.contains(*part));
        }
        let name = feature_name(format, Some((slate, file)), &period);
        above = format!("{}\n", front_matter(format, &name));
    }
    renewal.empty_sections(&gone, &period, &mut edits);
    let text = renewal.text(edits);
    let mut left_out = [gone, renewal.parts].concat();
    left_out.sort_unstable();
    Renewed { text: tidied(&format!("{above}{text}")).replace('\n', file.source.line_end()), left_out }
}

/// The form for goals of a slate for the period `new`, without what holds for the older one alone.
pub(crate) fn renewed_form(slate: &Slate, file: &File, new: PeriodName) -> Renewed {
    let renewal = Renewal { slate, file, pages: &[], new, regions: Vec::new(), parts: Vec::new() };
    let document = &file.document;
    let paragraphs =
        document.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Html));
    let dated = paragraphs.map(|block| block.span).filter(|span| is_dated(slate, file, *span));
    let mut left_out: Vec<Span> = dated.map(|span| whole_lines(&file.source, span)).collect();
    let is_gone = |place: Span| left_out.iter().any(|part| part.contains(place));
    // Definitions that were for what is gone.
    let uses = |definition: &Definition, gone: bool| {
        let references = document.links.iter().filter(|link| link.destination.is_none() && is_gone(link.span) == gone);
        let label = |link: &Link| normalize_label(file.source.slice(link.label.unwrap_or(link.text)));
        references.into_iter().any(|link| label(link) == definition.normal)
    };
    let definitions = document.definitions.iter().filter(|one| uses(one, true) && !uses(one, false));
    let definitions: Vec<Span> = definitions.map(|one| whole_lines(&file.source, one.span)).collect();
    left_out.extend(definitions);
    left_out.sort_unstable();
    let mut edits = Edits::default();
    left_out.iter().for_each(|part| edits.replace(*part, ""));
    let text = renewal.text(edits);
    let text = if left_out.is_empty() { text } else { tidied(&text).replace('\n', file.source.line_end()) };
    Renewed { text, left_out }
}

impl<'a> Renewal<'a> {
    fn document(&self) -> &'a Document {
        &self.file.document
    }

    fn source(&self) -> &'a Source {
        &self.file.source
    }

    /// The text of the page with edits, and with the name of the new period.
    fn text(&self, mut edits: Edits) -> String {
        edits.sort();
        let text = self.source().text();
        let text = edits.apply(text, Span::new(self.source().bom_len()..text.len()), str::to_owned);
        self.slate.period.map_or_else(|| text.clone(), |old| with_period(&text, old, &self.new.to_string()))
    }

    /// Takes out what is about one theme or highlight. Where themes had a table each, one of all takes the place of the first.
    fn themes(&mut self, period: &str, edits: &mut Edits) {
        let flagship = DirectiveKind::GoalTable { of: GoalFilter::Flagship };
        let is_flagship = |one: &&Directive| self.slate.directive(one) == Some(&flagship);
        let mut lists_all = self.file.directives.iter().filter(is_flagship).any(|one| one.argument.is_none());
        let mut regions: Vec<Span> = Vec::new();
        for directive in self.file.directives.iter().filter(|one| names_theme(self.slate, one)) {
            if regions.last().is_some_and(|last| last.contains(directive.span)) {
                continue;
            }
            let above = self.heading_above(directive.span).filter(|id| self.document().headings[*id].level > 1);
            let block =
                self.document().blocks.iter().find(|block| block.depth == 0 && block.span.contains(directive.span));
            let region = match (above, block) {
                (Some(heading), _) => region(self.source(), self.document(), heading),
                (None, Some(block)) => whole_lines(self.source(), block.span),
                (None, None) => directive.span,
            };
            let mut instead = String::new();
            if self.slate.directive(directive) == Some(&flagship) && !lists_all {
                lists_all = true;
                instead = format!("{}\n\n", directive.spelled(&directive.name.value));
            } else if regions.is_empty() {
                instead = format!("TODO: add sections for {period} with the directive `{}`.\n\n", directive.name.value);
            }
            edits.replace(region, instead);
            regions.push(region);
        }
        self.regions = regions;
    }

    fn heading_above(&self, place: Span) -> Option<HeadingId> {
        let headings = self.document().headings.iter_enumerated().rev();
        let mut above = headings.filter(|(_, heading)| !heading.nested && heading.span.start <= place.start);
        above.next().map(|(id, _)| id)
    }

    /// Takes out the blocks that hold for this slate alone; answers what went.
    fn blocks(&mut self, edits: &mut Edits) -> Vec<Span> {
        let first_heading = self.document().headings.first().map_or(u32::MAX, |heading| heading.span.start);
        let mut gone: Vec<Span> = Vec::new();
        // What announces something that is gone goes, too.
        let mut announcement: Option<Span> = None;
        for (index, block) in self.document().blocks.iter().enumerate() {
            if block.depth > 0 || block.kind == BlockKind::Heading || lies_in(block.span, &self.regions) {
                continue;
            }
            let is_note = block.kind == BlockKind::Quote && block.span.start < first_heading;
            let goes = is_note || self.goes(index, block, edits);
            if goes {
                gone.push(whole_lines(self.source(), block.span));
                gone.extend(announcement.map(|above| whole_lines(self.source(), above)));
            }
            let is_open = block.kind == BlockKind::Paragraph && self.source().slice(block.span).ends_with(':');
            announcement = (is_open && !goes).then_some(block.span);
        }
        gone.iter().for_each(|span| edits.replace(*span, ""));
        gone
    }

    /// Whether a block goes as a whole; what of it goes in part is taken out.
    fn goes(&mut self, index: usize, block: &Block, edits: &mut Edits) -> bool {
        let text = self.source().slice(block.span);
        let directives = || self.file.directives.iter().filter(|one| block.span.contains(one.span));
        let known = || directives().filter(|one| self.slate.directive(one).is_some());
        match block.kind {
            BlockKind::Html if is_suppression(text) => true,
            BlockKind::Rule => false,
            BlockKind::List => self.items(index, block, edits),
            BlockKind::Paragraph if known().next().is_some() => self.sentences(block, edits),
            _ => self.is_passing(block.span),
        }
    }

    /// Takes out items of a list; answers whether none is left.
    fn items(&mut self, index: usize, list: &Block, edits: &mut Edits) -> bool {
        let inside = self.document().blocks[index + 1..].iter().take_while(|block| block.span.start < list.span.end);
        let items: Vec<Span> = inside
            .filter(|block| block.kind == BlockKind::Item && block.depth == list.depth + 1)
            .map(|block| block.span)
            .collect();
        let passing: Vec<Span> = items.iter().copied().filter(|item| self.is_passing(*item)).collect();
        if passing.len() < items.len() {
            passing.iter().for_each(|item| edits.replace(whole_lines(self.source(), *item), ""));
            self.parts.extend(&passing);
        }
        passing.len() == items.len()
    }

    /// Takes out sentences of a paragraph with a directive, which is to stay; answers whether nothing is left.
    fn sentences(&mut self, paragraph: &Block, edits: &mut Edits) -> bool {
        if !self.is_passing(paragraph.span) {
            return false;
        }
        let mut starts: Vec<u32> = Vec::new();
        for_each_sentence(self.source(), paragraph.span, |sentence| starts.push(sentence.span.start));
        if let Some(first) = starts.first_mut() {
            *first = paragraph.span.start;
        }
        let ends = starts.iter().skip(1).copied().chain([paragraph.span.end]);
        let parts: Vec<Span> = starts.iter().zip(ends).map(|(start, end)| Span { start: *start, end }).collect();
        let has_directive = |part: &Span| self.file.directives.iter().any(|one| part.contains(one.span));
        let stays: Vec<&Span> = parts.iter().filter(|part| !self.is_passing(**part)).collect();
        if !stays.iter().any(|part| has_directive(part)) {
            return true;
        }
        let kept = stays.iter().map(|part| self.source().slice(**part).trim()).collect::<Vec<_>>().join(" ");
        let gone: Vec<Span> = parts.iter().copied().filter(|part| self.is_passing(*part)).collect();
        self.parts.extend(gone);
        edits.replace(paragraph.span, kept);
        false
    }

    fn is_passing(&self, part: Span) -> bool {
        is_passing(self.slate, self.file, part, self.new, |target| match target.strip_prefix('#') {
            Some(name) => self.has_anchor(name),
            None => {
                let path = self.slate.path_of(target);
                self.slate.file_at(&path).is_some_and(|file| self.pages.contains(&file))
            }
        })
    }

    /// Whether a heading that stays has this anchor; the pages become one document.
    fn has_anchor(&self, name: &str) -> bool {
        let is_it = |file: &File| {
            let is_gone = |place: Span| file.id == self.file.id && lies_in(place, &self.regions);
            file.document.headings.iter().any(|heading| anchor(&heading.text) == name && !is_gone(heading.span))
        };
        self.pages.iter().any(|page| is_it(&self.slate.files[*page]))
    }

    /// Takes out definitions that nothing uses any more.
    fn definitions(&self, gone: &[Span], edits: &mut Edits) {
        let document = self.document();
        let is_gone = |place: Span| gone.iter().any(|part| part.contains(place));
        let references = document.links.iter().filter(|link| link.destination.is_none() && !is_gone(link.span));
        let label = |link: &Link| link.label.unwrap_or(link.text);
        let used: BTreeSet<String> = references.map(|link| normalize_label(self.source().slice(label(link)))).collect();
        for definition in document.definitions.iter().filter(|one| !one.is_footnote()) {
            let target = self.source().slice(definition.target);
            let stays = match target.strip_prefix('#') {
                // They name the sections of an RFC, used or not.
                Some(name) => self.has_anchor(name),
                None => used.contains(&definition.normal),
            };
            if !stays {
                edits.replace(whole_lines(self.source(), definition.span), "");
            }
        }
    }

    /// Says what is to be written in sections that have nothing left.
    fn empty_sections(&self, gone: &[Span], period: &str, edits: &mut Edits) {
        let document = self.document();
        let is_gone = |place: Span| gone.iter().any(|part| part.contains(place));
        for (id, heading) in document.headings.iter_enumerated().filter(|(_, heading)| !heading.nested) {
            if is_gone(heading.span) {
                continue;
            }
            let part = region(self.source(), document, id);
            let inside =
                || document.blocks.iter().filter(|block| part.contains(block.span) && block.span != heading.span);
            let is_left = |block: &&Block| block.depth == 0 && !is_gone(block.span) && block.kind != BlockKind::Rule;
            let has_other = self.regions.iter().any(|region| part.contains(*region) && self.becomes_list(*region));
            if inside().next().is_some() && !inside().any(|block| is_left(&block)) && !has_other {
                let todo = format!("\n\nTODO: write this part for {period}.\n");
                edits.replace(Span::at(heading.span.end as usize), todo);
            }
        }
    }

    /// Whether a table of all flagship goals takes the place of a region.
    fn becomes_list(&self, region: Span) -> bool {
        let flagship = DirectiveKind::GoalTable { of: GoalFilter::Flagship };
        self.file.directives.iter().any(|one| region.contains(one.span) && self.slate.directive(one) == Some(&flagship))
    }
}
