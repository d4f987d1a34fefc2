//! The part of the RFC about flagship goals, against the goals that are flagship goals: one that it does not speak of, and one
//! that it presents although it is none.

use hashbrown::HashSet;

use crate::diagnostics::finding::Finding;
use crate::markdown::document::{BlockKind, HeadingId, Link};
use crate::model::goal::{self, Goal};
use crate::model::slate::{File, Slate, page_in_slate};
use crate::policy::format::{DirectiveKind, Field, GoalFilter};
use crate::rules::context::LintContext;
use crate::text::ids::FileId;
use crate::text::source::Span;

/// The word by which such a part is known.
const WORD: &str = "flagship";

pub(crate) fn check(cx: &LintContext<'_>) -> Vec<(FileId, Finding)> {
    let parts: Vec<(FileId, HeadingId, Span)> =
        cx.slate.in_rfc().iter().copied().flat_map(|file| parts(cx.slate, file)).collect();
    let Some(&(file, heading, _)) = parts.first() else { return vec![] };
    let goals = cx.slate.goals_by_page();
    let mut presented: HashSet<FileId> = HashSet::new();
    let mut findings = Vec::new();
    for (file, _, part) in &parts {
        let links = &cx.slate.files[*file].document.links;
        let links = links[links.partition_point(|link| link.span.start < part.start)..].iter();
        for link in links.take_while(|link| link.span.start < part.end).filter(|link| !link.image) {
            let Some(goal) = page_in_slate(&link.target).and_then(|page| goals.get(page)) else { continue };
            // Goals that are not accepted are reported by `rejected-link`.
            if !goal.is_flagship() && !goal.is_not_accepted() && presents(&cx.slate.files[*file], link) {
                findings.push((*file, no_flagship(goal, link)));
            }
            presented.insert(goal.file);
        }
    }
    let flagships = cx.slate.choose(GoalFilter::Flagship);
    // A part that leads to none of them leaves that to a table, or is about something else.
    if !flagships.iter().any(|goal| presented.contains(&goal.file)) {
        return findings;
    }
    let listed: HashSet<Option<&str>> =
        parts.iter().flat_map(|(file, _, part)| listed(cx.slate, *file, *part)).collect();
    for goal in flagships.into_iter().filter(|goal| !presented.contains(&goal.file)) {
        let themes = || goal.themes.iter().map(|theme| Some(theme.value.as_str()));
        if listed.contains(&None) || themes().any(|theme| listed.contains(&theme)) {
            continue;
        }
        let at = cx.slate.files[file].document.headings[heading].content;
        let message = format!("flagship goal `{}` is not linked below this heading", cx.slate.page_of(goal.file));
        let finding = Finding::new(at, message).help("add text about it with a link, or change the status of the goal");
        findings.push((file, with_status(finding, goal)));
    }
    findings
}

/// The parts of a file about flagship goals: file, heading and what is below it. A part within another is none of its own.
fn parts(slate: &Slate, file: FileId) -> Vec<(FileId, HeadingId, Span)> {
    let document = &slate.files[file].document;
    let end = slate.files[file].source.text().len();
    let mut found: Vec<(FileId, HeadingId, Span)> = Vec::new();
    for (id, heading) in document.headings.iter_enumerated().filter(|(_, heading)| !heading.nested) {
        if !heading.text.to_lowercase().contains(WORD)
            || found.last().is_some_and(|(.., part)| part.contains(heading.span))
        {
            continue;
        }
        let next = goal::headings_below(document, id).end;
        let end = document.headings.get(next).map_or(end, |next| next.span.start as usize);
        found.push((file, id, Span::new(heading.span.start as usize..end)));
    }
    found
}

/// The themes whose goals a part lists by directive; `None` means all flagship goals.
fn listed(slate: &Slate, file: FileId, part: Span) -> impl Iterator<Item = Option<&str>> {
    let directives = &slate.files[file].directives;
    let directives = directives[directives.partition_point(|directive| directive.span.start < part.start)..].iter();
    directives.take_while(move |directive| directive.span.start < part.end).filter_map(|directive| {
        match slate.directive(directive)? {
            DirectiveKind::GoalTable { of: GoalFilter::Flagship } => {
                Some(directive.argument.as_ref().map(|argument| argument.value.as_str()))
            }
            DirectiveKind::GoalTable { of: GoalFilter::All } => Some(None),
            _ => None,
        }
    })
}

/// Whether a link presents its goal, rather than mentioning it: it is in bold, and the first of a paragraph that is no item of a
/// list within a list.
fn presents(file: &File, link: &Link) -> bool {
    let blocks = &file.document.blocks;
    let before = blocks.partition_point(|block| block.span.start <= link.span.start);
    let Some(block) = before.checked_sub(1).map(|at| blocks[at]).filter(|block| block.kind == BlockKind::Paragraph)
    else {
        return false;
    };
    let above = file.source.slice(Span { start: block.span.start, end: link.span.start });
    let is_bold = above.ends_with("**") || file.source.slice(link.text).starts_with("**");
    is_bold && block.depth <= 2 && !above.contains("](")
}

fn no_flagship(goal: &Goal, link: &Link) -> Finding {
    let finding = Finding::new(link.span, "listed as a flagship goal, but its status is not flagship");
    with_status(finding.help("change the status of the goal, or remove it here"), goal)
}

fn with_status(finding: Finding, goal: &Goal) -> Finding {
    let theme = goal.fields(Field::Theme).next();
    match theme.or_else(|| goal.field(Field::Status)) {
        Some(row) => finding.related(goal.file, row.span, "status of the goal"),
        None => finding,
    }
}
