//! Tables that the text of an RFC would have several times, because a directive is in it several times.
//!
//! A table that is there twice may be meant; one that is there a thousand times makes a giant of a small slate.

use hashbrown::HashMap;

use super::directive_effect::has_effect;
use super::rfc_outline::chapters;
use super::slate::Slate;
use crate::markdown::directive::Directive;
use crate::text::ids::FileId;
use crate::text::order::sort_by_key;
use crate::text::source::Span;

/// How often a table is in an RFC at most; what is beyond is left out.
pub(crate) const MOST: usize = 3;

/// A directive, or the item that includes a page, for a table that the RFC has before.
#[derive(Clone, Debug)]
pub(crate) struct Repeated {
    /// Where it is.
    pub(crate) file: FileId,
    pub(crate) span: Span,
    /// The directive that made it first.
    pub(crate) first: (FileId, Span),
    /// How often the RFC has it before.
    before: usize,
}

impl Repeated {
    /// Whether the table is left out.
    pub(crate) fn is_left_out(&self) -> bool {
        self.before >= MOST
    }
}

/// The repeated tables of a slate's RFC, in the order of its text.
pub(crate) fn repeated_tables(slate: &Slate) -> Vec<Repeated> {
    let Some(template) = slate.template() else { return Vec::new() };
    let own = slate.files[template].directives.iter().map(|directive| (directive.span, template, directive));
    // The directives of a page are where its item is.
    let chapters = chapters(slate, &slate.files[template]);
    let included = chapters.iter().flat_map(|chapter| {
        slate.files[chapter.page].directives.iter().map(|directive| (chapter.item, chapter.page, directive))
    });
    let mut directives: Vec<(Span, FileId, &Directive)> = own.chain(included).collect();
    sort_by_key(&mut directives, |(place, ..)| place.start);
    let mut tables: HashMap<_, ((FileId, Span), usize)> = HashMap::new();
    let mut items: HashMap<FileId, Span> = HashMap::new();
    let mut found = Vec::new();
    for (place, file, directive) in directives {
        let Some(kind) = slate.directive(directive).filter(|kind| kind.makes_blocks()) else { continue };
        if !has_effect(slate, &slate.files[file], directive) {
            continue;
        }
        let argument = directive.argument.as_ref().map(|argument| argument.value.as_str());
        let (first, before) = tables.entry((kind, argument)).or_insert(((file, directive.span), 0));
        // A page that is included again is the fault of the item.
        let is_again = file != template && *items.entry(file).or_insert(place) != place;
        if *before > 0 {
            let (file, span) = if is_again { (template, place) } else { (file, directive.span) };
            found.push(Repeated { file, span, first: *first, before: *before });
        }
        *before += 1;
    }
    found
}
