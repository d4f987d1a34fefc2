//! Template text in place of the goal's own: in its title and in its metadata.

use crate::diagnostics::finding::Finding;
use crate::model::goal::{self, Goal};
use crate::model::placeholders::is_placeholder_value;
use crate::model::slate::Slate;
use crate::policy::format::Field;
use crate::rules::context::LintContext;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(title) = &goal.title
        && is_template_title(cx.slate, &title.value)
    {
        findings
            .push(Finding::new(title.span, "leftover template title").help("replace it with the title of your goal"));
    }
    for row in goal.metadata.rows.iter().filter(|row| is_placeholder_value(cx.slate, &row.value.value)) {
        let name = &row.name.value;
        let (required, field) = match cx.slate.format.row(name) {
            Some((row, _)) => (Slate::requires(row.required, goal, || true), row.field),
            None => (false, None),
        };
        let help = match field {
            Some(Field::Champion) => "use a GitHub user, `@name`, or remove the row",
            _ if required => "replace it with your own value",
            _ => "replace it with your own value, or leave the cell empty",
        };
        let message = match goal::is_placeholder_text(&row.value.value) {
            true => format!("row `{name}` is entirely in italics, like template text"),
            false => format!("row `{name}` contains a placeholder"),
        };
        findings.push(Finding::new(row.value.span, message).help(help));
    }
    let asked = goal.asks().flat_map(|(_, ask)| &ask.teams).map(|team| &team.name);
    let championed = goal.champions.iter().map(|champion| &champion.team);
    for team in asked.chain(championed).filter(|team| goal::is_placeholder_text(&team.value)) {
        let message = format!("`{}` contains template text", team.value);
        findings.push(Finding::new(team.span, message).help("use the name of a team, or remove the row"));
    }
    findings
}

fn is_template_title(slate: &Slate, title: &str) -> bool {
    slate.goal_template.as_ref().is_some_and(|template| template.title == title) || title.starts_with("TEMPLATE")
}
