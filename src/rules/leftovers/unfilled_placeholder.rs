//! Template text in place of the goal's own: in its title and in its metadata.

use crate::diagnostics::finding::Finding;
use crate::model::goal::{self, Goal, Metadata, MetadataRow, Roadmap};
use crate::model::placeholders::is_placeholder_value;
use crate::model::slate::{File, FileKind, Slate};
use crate::policy::format::{Field, Required};
use crate::rules::context::LintContext;
use crate::text::source::Spanned;

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    match file.kind {
        FileKind::Goal(goal) => of_goal(cx.slate, &cx.slate.goals[goal]),
        FileKind::Roadmap(roadmap) => {
            let Roadmap { title, metadata, .. } = &cx.slate.roadmaps[roadmap];
            let row = |name: &str| {
                let rows = &cx.slate.format.roadmaps.as_ref()?.rows;
                rows.named(name).map(|(_, row)| (row.required == Required::Always, row.field))
            };
            let title = template_title(cx.slate, title.as_ref());
            title.into_iter().chain(values(cx.slate, metadata, row)).collect()
        }
        _ => vec![],
    }
}

fn of_goal(slate: &Slate, goal: &Goal) -> Vec<Finding> {
    let row =
        |name: &str| slate.format.row(name).map(|(row, _)| (Slate::requires(row.required, goal, || true), row.field));
    let mut findings: Vec<Finding> = template_title(slate, goal.title.as_ref()).into_iter().collect();
    findings.extend(values(slate, &goal.metadata, row));
    let asked = goal.asks().flat_map(|(_, ask)| &ask.teams).map(|team| &team.name);
    let championed = goal.champions.iter().map(|champion| &champion.team);
    for team in asked.chain(championed).filter(|team| goal::is_placeholder_text(&team.value)) {
        let message = format!("`{}` contains template text", team.value);
        findings.push(Finding::new(team.span, message).help("use the name of a team, or remove the row"));
    }
    findings
}

fn template_title(slate: &Slate, title: Option<&Spanned<String>>) -> Option<Finding> {
    let title = title.filter(|title| is_template_title(slate, &title.value))?;
    Some(Finding::new(title.span, "leftover template title").help("replace it with a title of your own"))
}

/// The values of a table that are to be replaced; `row` tells whether a row is required, and what is read from it.
fn values(slate: &Slate, metadata: &Metadata, row: impl Fn(&str) -> Option<(bool, Option<Field>)>) -> Vec<Finding> {
    let left = metadata.rows.iter().filter(|row| is_placeholder_value(slate, &row.value.value));
    let finding = |written: &MetadataRow| {
        let name = &written.name.value;
        let (required, field) = row(name).unwrap_or((false, None));
        let help = match field {
            Some(Field::Champion) => "use a GitHub user, `@name`, or remove the row",
            _ if required => "replace it with your own value",
            _ => "replace it with your own value, or leave the cell empty",
        };
        let message = match goal::is_placeholder_text(&written.value.value) {
            true => format!("row `{name}` is entirely in italics, like template text"),
            false => format!("row `{name}` contains a placeholder"),
        };
        Finding::new(written.value.span, message).help(help)
    };
    left.map(finding).collect()
}

fn is_template_title(slate: &Slate, title: &str) -> bool {
    slate.goal_template.as_ref().is_some_and(|template| template.title == title) || title.starts_with("TEMPLATE")
}
