//! Rows that the site adds to metadata tables: the teams that a goal asks, and who works on it.

use super::owners;
use super::page::{Form, Insert, PageContext};
use crate::markdown::directive::Directive;
use crate::markdown::document::TableId;
use crate::markdown::label::normalize_label;
use crate::model::slate::FileKind;
use crate::rfc::goal_text::GoalTexts;
use crate::rfc::tables::TableText;
use crate::text::source::Span;

/// How many cells a row of a metadata table has: a name and a value.
const COLUMNS: usize = 2;

/// What a row says that the site adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Added {
    Teams,
    Owners,
}

/// The rows below the last one of a goal's or roadmap's metadata table. Nothing is added where there is such a row already.
pub(crate) fn added(cx: &PageContext<'_>, texts: &GoalTexts<'_>) -> Option<Insert> {
    let (metadata, wanted): (_, &[Added]) = match cx.file.kind {
        FileKind::Goal(goal) => (&cx.slate.goals[goal].metadata, &[Added::Teams, Added::Owners]),
        FileKind::Roadmap(roadmap) => (&cx.slate.roadmaps[roadmap].metadata, &[Added::Owners]),
        _ => return None,
    };
    let mut rows = TableText { text: String::new() };
    for &added in wanted {
        let Some(name) = name(cx, added) else { continue };
        if metadata.rows.iter().any(|row| row.name.value.eq_ignore_ascii_case(name)) {
            continue;
        }
        rows.row(&[name.to_owned(), value(cx, texts, added)?]);
    }
    let below = last_line(cx, metadata.table)?;
    let form = Form::Rows { columns: COLUMNS, below: true };
    let definitions = cx.file.document.definitions.iter().filter(|one| !one.is_footnote());
    let labels = definitions.map(|one| one.normal.clone());
    (!rows.text.is_empty()).then(|| Insert::new(below, form, rows.text).referring_to(labels))
}

/// What replaces a placeholder in the metadata table of a goal: the value of the row that it is in.
pub(crate) fn placeholder(cx: &PageContext<'_>, texts: &GoalTexts<'_>, directive: &Directive) -> Option<String> {
    let FileKind::Goal(goal) = cx.file.kind else { return None };
    let row = cx.slate.goals[goal].metadata.rows.iter().find(|row| row.span.contains(directive.span))?;
    let all = [Added::Teams, Added::Owners];
    let is_it = |added: &Added| name(cx, *added).is_some_and(|name| name.eq_ignore_ascii_case(&row.name.value));
    value(cx, texts, all.into_iter().find(is_it)?)
}

/// The name of a row, as the format of the slate or the newest one has it.
fn name<'a>(cx: &PageContext<'a>, added: Added) -> Option<&'a str> {
    let own = &cx.slate.format.metadata.generated;
    let names = if own.is_empty() { &cx.layout.newest().metadata.generated } else { own };
    names.get(added as usize).map(String::as_str)
}

fn value(cx: &PageContext<'_>, texts: &GoalTexts<'_>, added: Added) -> Option<String> {
    let names = match (cx.file.kind, added) {
        (FileKind::Goal(goal), Added::Teams) => {
            let is_defined = |team: &str| {
                let normal = normalize_label(team);
                cx.file.document.definitions.iter().any(|one| one.normal == normal)
            };
            let shown = |team: &str| match is_defined(team) {
                true => format!("[{team}][]"),
                false => owners::team(cx.slate, team, "[]"),
            };
            cx.slate.goals[goal].teams().into_iter().map(shown).collect()
        }
        (FileKind::Goal(goal), Added::Owners) => owners::owners(texts, [&cx.slate.goals[goal]]),
        (FileKind::Roadmap(roadmap), Added::Owners) => {
            owners::of_roadmap(texts, cx.slate.roadmap_name(&cx.slate.roadmaps[roadmap]))
        }
        _ => return None,
    };
    Some(owners::cell(names))
}

/// The end of the last line of a table.
fn last_line(cx: &PageContext<'_>, table: TableId) -> Option<Span> {
    let table = &cx.file.document.tables[table];
    let last = table.rows.last()?.span.max(table.delimiter);
    let source = &cx.file.source;
    Some(Span::at(source.line_span(source.line_index(last.start as usize)).end as usize))
}
