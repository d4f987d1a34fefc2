//! Words of the template where the goal's own should stand: in its title and in its metadata.

use crate::finding::Finding;
use crate::goal::{self, Goal};
use crate::slate::Slate;

pub(crate) fn check(slate: &Slate, goal: &Goal) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(title) = &goal.title
        && is_template_title(slate, &title.value)
    {
        findings.push(
            Finding::new(title.span, "this is still the title of the template").help("write the title of your goal"),
        );
    }
    for row in goal.metadata.rows.iter().filter(|row| goal::is_placeholder(&row.value.value)) {
        let name = &row.name.value;
        let required = slate.format.row(name).is_some_and(|(row, _)| row.required == crate::period::Required::Always);
        let help = match required {
            true => "write your own value in its place".to_owned(),
            false => "write your own value in its place, or leave the cell empty".to_owned(),
        };
        findings.push(
            Finding::new(row.value.span, format!("the row `{name}` still has the words of the template")).help(help),
        );
    }
    findings
}

fn is_template_title(slate: &Slate, title: &str) -> bool {
    slate.goal_template.as_ref().is_some_and(|template| template.title == title)
        || title.split_whitespace().next() == Some("TEMPLATE")
}
