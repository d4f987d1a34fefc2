//! A row that a goal need not have, under a name that is nearly right: it is not read.

use std::collections::HashSet;

use crate::diagnostics::finding::Finding;
use crate::model::goal::{Metadata, MetadataRow};
use crate::model::slate::{File, FileKind, Slate};
use crate::policy::format::RowFormat;
use crate::rules::context::LintContext;
use crate::rules::shared::champion_rows::is_champion_row;
use crate::text::similarity::{did_you_mean, is_slip};

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    match file.kind {
        FileKind::Goal(goal) => {
            let goal = &cx.slate.goals[goal];
            // A required row is reported by `missing-row`, and a champion's by `malformed-champion`.
            let is_optional = |row: &RowFormat| !Slate::requires(row.required, goal, || true);
            let rows = cx.slate.format.metadata.rows.iter().filter(|(_, row)| is_optional(row));
            let rows: Vec<_> = rows.filter(|(name, _)| !name.contains('[')).collect();
            let is_unknown =
                |row: &&MetadataRow| !cx.slate.format.knows_row(&row.name.value) && !is_champion_row(cx.slate, row);
            judge(cx.slate, &goal.metadata, &rows, is_unknown)
        }
        FileKind::Roadmap(roadmap) => {
            let rows: Vec<_> = cx.slate.format.roadmaps.iter().flat_map(|roadmaps| &roadmaps.rows).collect();
            let is_known = |name: &str| rows.iter().any(|(known, _)| *known == name);
            judge(cx.slate, &cx.slate.roadmaps[roadmap].metadata, &rows, |row| !is_known(&row.name.value))
        }
        _ => vec![],
    }
}

fn judge(
    slate: &Slate,
    metadata: &Metadata,
    rows: &[(&String, &RowFormat)],
    is_unknown: impl Fn(&&MetadataRow) -> bool,
) -> Vec<Finding> {
    let is_there = |name: &str| metadata.rows.iter().any(|row| row.name.value == name);
    let free = rows.iter().filter(|(name, row)| row.many || !is_there(name));
    // A row of this period before one of a later period.
    let (later, own): (Vec<_>, Vec<_>) = free.partition(|(_, row)| row.later);
    let mut findings = Vec::new();
    // A name that two rows would get makes one of them repeat the other.
    let mut taken = HashSet::new();
    let mut is_free = |name: &str| {
        let many = rows.iter().any(|(known, row)| *known == name && row.many);
        many || !is_there(name) && taken.insert(name.to_owned())
    };
    for row in metadata.rows.iter().filter(is_unknown) {
        let name = row.name.value.as_str();
        if let Some((today, _)) = slate.format.former_row(name) {
            if rows.iter().any(|(known, _)| *known == today) {
                let finding = Finding::new(row.name.span, format!("row `{name}` has been renamed to `{today}`"));
                let fix = is_free(today).then(|| (row.name.span, today.to_owned()));
                findings.push(finding.help(format!("use `{today}`")).maybe_fix(fix));
            }
            continue;
        }
        let near = |rows: &[&(&'_ String, &RowFormat)]| {
            did_you_mean(name, rows.iter().map(|(name, _)| name.as_str())).map(str::to_owned)
        };
        let Some(near) = near(&own).or_else(|| near(&later)) else { continue };
        // Without the pipe between them a user is a part of the name.
        let fix =
            (is_slip(name, &near) && !name.contains('@') && is_free(&near)).then(|| (row.name.span, near.clone()));
        findings.push(
            Finding::new(row.name.span, format!("unknown row `{name}` is ignored"))
                .help(format!("did you mean `{near}`?"))
                .maybe_fix(fix),
        );
    }
    findings
}
