//! Where what is at a place leads: a label to its definition, a link to its page or heading, a roadmap or highlight to where the
//! slate has it.

use super::anchors;
use super::place::{file_of, touches};
use crate::links::outside::OutsideFiles;
use crate::links::resolution::{self, Resolution};
use crate::links::target::{self, Target};
use crate::markdown::document::{Document, Link};
use crate::markdown::escape::percent_decode;
use crate::markdown::label::normalize_label;
use crate::model::goal::title;
use crate::model::slate::{File, FileKind, Slate};
use crate::policy::format::{ArgumentOf, DirectiveKind, Field, GoalFilter};
use crate::text::ids::FileId;
use crate::text::order::sort_by_key;
use crate::text::source::{Source, Span};

/// A place in a file of the project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    /// The file, by its path from the root, with `/`.
    pub path: String,
    /// Where in it, if the file is one of the slate; nothing for its beginning.
    pub span: Option<Span>,
    /// The anchor that is to be looked for in a file of which the slate knows nothing but that it is there, without `#`.
    pub anchor: Option<String>,
}

/// Where what is at an offset of a file leads, with the bytes that say so.
pub fn definition(
    slate: &Slate,
    outside: Option<&OutsideFiles>,
    file: &File,
    offset: usize,
) -> Option<(Span, Destination)> {
    let at = Span::at(offset);
    of_link(slate, outside, file, at)
        .or_else(|| of_definition(slate, outside, file, at))
        .or_else(|| of_row(slate, outside, file, at))
        .or_else(|| of_argument(slate, outside, file, at))
}

/// Where an anchor of a text is, without `#`; nothing where it has none of that name.
pub fn anchor_in(source: &Source, wanted: &str) -> Option<Span> {
    anchors::find(source, &Document::parse(source), wanted)
}

fn of_link(slate: &Slate, outside: Option<&OutsideFiles>, file: &File, at: Span) -> Option<(Span, Destination)> {
    let mut links: Vec<&Link> = file.document.links.iter().filter(|link| touches(link.span, at)).collect();
    sort_by_key(&mut links, |link| link.span.range().len());
    links.into_iter().find_map(|link| {
        let destination = match link.label {
            Some(label) => defined(file, label)?,
            None => destination_of(slate, outside, file, &link.target)?,
        };
        Some((link.span, destination))
    })
}

/// The definition of a label.
fn defined(file: &File, label: Span) -> Option<Destination> {
    let normal = normalize_label(file.source.slice(label));
    let definition = file.document.definitions.iter().find(|definition| definition.normal == normal)?;
    Some(Destination { path: file.source.path().to_owned(), span: Some(definition.span), anchor: None })
}

fn of_definition(slate: &Slate, outside: Option<&OutsideFiles>, file: &File, at: Span) -> Option<(Span, Destination)> {
    let mut definitions = file.document.definitions.iter().filter(|definition| !definition.is_footnote());
    let definition = definitions.find(|definition| touches(definition.span, at))?;
    let destination = destination_of(slate, outside, file, file.source.slice(definition.target))?;
    Some((definition.target, destination))
}

fn of_row(slate: &Slate, outside: Option<&OutsideFiles>, file: &File, at: Span) -> Option<(Span, Destination)> {
    let goal = slate.goal_in(file)?;
    let tables = std::iter::once(&goal.metadata).chain(goal.plans.iter().filter_map(|plan| plan.metadata.as_ref()));
    let row = tables.flat_map(|metadata| &metadata.rows).find(|row| touches(row.value.span, at))?;
    Some((row.value.span, of_value(slate, outside, file, row.field?, &row.value.value)?))
}

fn of_argument(slate: &Slate, outside: Option<&OutsideFiles>, file: &File, at: Span) -> Option<(Span, Destination)> {
    let directive = file.directives.iter().find(|directive| touches(directive.span, at))?;
    let argument = directive.argument.as_ref()?;
    let field = match slate.directive(directive)? {
        DirectiveKind::GoalTable { of: GoalFilter::Flagship } => Field::Theme,
        DirectiveKind::Site { of: Some(ArgumentOf::Theme), .. } => Field::Theme,
        _ => return None,
    };
    Some((argument.span, of_value(slate, outside, file, field, &argument.value)?))
}

/// Where the slate has what a row names: the page of a roadmap, or the directive that lists a theme or highlight.
pub(super) fn of_value(
    slate: &Slate,
    outside: Option<&OutsideFiles>,
    file: &File,
    field: Field,
    value: &str,
) -> Option<Destination> {
    let inside = |id: FileId, span| Destination { path: slate.files[id].source.path().to_owned(), span, anchor: None };
    let is_listed = |kind: &DirectiveKind| match field {
        Field::Theme => *kind == DirectiveKind::GoalTable { of: GoalFilter::Flagship },
        Field::Highlight => *kind == DirectiveKind::HighlightTable,
        _ => false,
    };
    let directive = || {
        slate.files.iter().find_map(|file| {
            let mut listed = file.directives.iter().filter(|one| slate.directive(one).is_some_and(is_listed));
            let one = listed.find(|one| one.argument.as_ref().is_some_and(|argument| argument.value == value))?;
            Some(inside(file.id, Some(one.span)))
        })
    };
    if field == Field::Theme {
        let roadmap = slate.roadmaps.iter().find(|roadmap| slate.roadmap_name(roadmap) == value);
        if let Some(roadmap) = roadmap {
            return Some(inside(roadmap.file, roadmap.title.as_ref().map(|title| title.span)));
        }
        // A value may be the link to the roadmap.
        let link = file.document.links.iter().find(|link| file.source.slice(link.span) == value);
        if let Some(found) = link.and_then(|link| destination_of(slate, outside, file, &link.target)) {
            return Some(found);
        }
    }
    matches!(field, Field::Theme | Field::Highlight).then(directive).flatten()
}

/// The file and place of the project that a link's target leads to; nothing where that is no file, or outside of the project.
pub(super) fn destination_of(
    slate: &Slate,
    outside: Option<&OutsideFiles>,
    file: &File,
    target: &str,
) -> Option<Destination> {
    let (path, anchor) = match target::read(slate, file, target) {
        Target::Here(anchor) => (file.source.path().to_owned(), Some(anchor)),
        Target::Inside(inside) => {
            let seen = target::seen_from_copy(slate, file, &inside);
            let path = match resolution::find(slate, outside, &inside.path) {
                Resolution::File => inside.path,
                Resolution::PageOf { from } => from,
                Resolution::Missing | Resolution::NotChecked => seen?,
            };
            (path, inside.anchor)
        }
        Target::Beyond | Target::Elsewhere => return None,
    };
    let anchor = anchor.map(percent_decode).filter(|anchor| !anchor.is_empty());
    let Some(there) = file_of(slate, &path) else {
        // A directory has nothing to show.
        return path.contains('.').then_some(Destination { path, span: None, anchor });
    };
    let span = match anchor {
        Some(anchor) => anchors::find(&there.source, &there.document, &anchor),
        None => title(&there.document).map(|title| title.span),
    };
    Some(Destination { path, span, anchor: None })
}

/// Whether a file is read as a goal, or should be one.
pub(super) fn is_goal(kind: FileKind) -> bool {
    matches!(kind, FileKind::Goal(_) | FileKind::GoalTemplate | FileKind::Broken { .. })
}
