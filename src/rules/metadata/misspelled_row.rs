//! A row that a goal need not have, under a name that is nearly right, and any row in different case.

use hashbrown::HashSet;

use crate::diagnostics::finding::Finding;
use crate::model::goal::{Metadata, MetadataRow};
use crate::model::slate::{File, FileKind, Slate};
use crate::policy::format::{Field, Required, RowFormat, Rows};
use crate::rules::context::LintContext;
use crate::rules::shared::champion_rows::is_champion_row;
use crate::text::similarity::{did_you_mean, is_slip};

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    match file.kind {
        FileKind::Goal(_) | FileKind::GoalTemplate => {
            let Some(goal) = cx.slate.goal_in(file) else { return vec![] };
            let rows = &cx.slate.format.metadata.rows;
            let mut findings = in_other_case(rows, &goal.metadata);
            // A required row is reported by `missing-row`, and a champion's by `malformed-champion`.
            let is_optional = |row: &RowFormat| {
                // What authors copy need not have any.
                file.kind == FileKind::GoalTemplate
                    || row.field == Some(Field::TrackingIssue)
                    || !Slate::requires(row.required, goal, || true)
            };
            let rows = rows.iter().filter(|(_, row)| is_optional(row));
            let rows: Vec<_> = rows.filter(|(name, _)| !name.contains('[')).collect();
            let unknown = cx.rows(goal).filter(|(_, known)| known.is_none()).map(|(row, _)| row);
            let unknown = unknown.filter(|row| !is_champion_row(cx.slate, row));
            findings.extend(judge(cx.slate, &goal.metadata, &rows, unknown));
            let is_unknown =
                |row: &&MetadataRow| !cx.slate.format.knows_row(&row.name.value) && !is_champion_row(cx.slate, row);
            for own in goal.plans.iter().filter_map(|plan| plan.metadata.as_ref()) {
                findings.extend(in_other_case(&cx.slate.format.metadata.rows, own));
                findings.extend(judge(cx.slate, own, &rows, own.rows.iter().filter(is_unknown)));
            }
            findings
        }
        FileKind::Roadmap(roadmap) => {
            let Some(roadmaps) = &cx.slate.format.roadmaps else { return vec![] };
            let metadata = &cx.slate.roadmaps[roadmap].metadata;
            let mut findings = in_other_case(&roadmaps.rows, metadata);
            // A required row is reported by `missing-row`.
            let rows: Vec<_> = roadmaps.rows.iter().filter(|(_, row)| row.required == Required::Never).collect();
            let is_unknown = |row: &&MetadataRow| roadmaps.rows.named(&row.name.value).is_none();
            findings.extend(judge(cx.slate, metadata, &rows, metadata.rows.iter().filter(is_unknown)));
            findings
        }
        _ => vec![],
    }
}

/// Rows whose names are right but for the case of their letters.
fn in_other_case(rows: &Rows, metadata: &Metadata) -> Vec<Finding> {
    let count = |name: &str| metadata.rows.iter().filter(|row| row.name.value.eq_ignore_ascii_case(name)).count();
    let finding = |row: &MetadataRow| {
        let written = row.name.value.as_str();
        let (name, known) = rows.named(written)?;
        if written == name || !written.eq_ignore_ascii_case(name) {
            return None;
        }
        // Of two rows with one name only the first counts, and which of them was meant is not known.
        let fix = (known.many || count(name) == 1).then(|| (row.name.span, name.to_owned()));
        let mut finding = Finding::new(row.name.span, format!("row `{written}` is spelled in different case"));
        if row.field.is_none() && known.field.is_some() && fix.is_some() {
            finding = finding.meant(row.name.span, name);
        }
        Some(finding.help(format!("use `{name}`")).maybe_fix(fix))
    };
    metadata.rows.iter().filter_map(finding).collect()
}

fn judge<'m>(
    slate: &Slate,
    metadata: &Metadata,
    rows: &[(&String, &RowFormat)],
    unknown: impl Iterator<Item = &'m MetadataRow>,
) -> Vec<Finding> {
    let mut unknown = unknown.peekable();
    // Nearly every table has no such row.
    if unknown.peek().is_none() {
        return Vec::new();
    }
    let is_it = |row: &MetadataRow, name: &str| {
        row.name.value == name || row.name.value.eq_ignore_ascii_case(name) && slate.format.knows_row(&row.name.value)
    };
    let is_there = |name: &str| metadata.rows.iter().any(|row| is_it(row, name));
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
    for row in unknown {
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
        let is_bare = !name.contains('@');
        let is_free = (is_bare || is_slip(name, &near)) && is_free(&near);
        let fix = (is_slip(name, &near) && is_bare && is_free).then(|| (row.name.span, near.clone()));
        let mut finding = Finding::new(row.name.span, format!("unknown row `{name}` is ignored"))
            .help(format!("did you mean `{near}`?"))
            .maybe_fix(fix);
        if is_bare && is_free {
            finding = finding.meant(row.name.span, near);
        }
        findings.push(finding);
    }
    findings
}
