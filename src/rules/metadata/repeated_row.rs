//! A repeated metadata row: only the first counts.

use crate::diagnostics::finding::Finding;
use crate::model::goal::MetadataRow;
use crate::model::slate::{File, FileKind};
use crate::rules::context::LintContext;

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let format = &cx.slate.format;
    let is_roadmap = matches!(file.kind, FileKind::Roadmap(_));
    let rows = match file.kind {
        FileKind::Goal(goal) => &cx.slate.goals[goal].metadata.rows,
        FileKind::Roadmap(roadmap) => &cx.slate.roadmaps[roadmap].metadata.rows,
        _ => return vec![],
    };
    let known = |name: &str| match is_roadmap {
        false => format.row(name).map(|(row, _)| (format.row_name(name).to_owned(), row.many)),
        true => format.roadmaps.as_ref()?.rows.named(name).map(|(name, row)| (name.to_owned(), row.many)),
    };
    let known = rows.iter().filter_map(|row| {
        let (name, _) = known(&row.name.value).filter(|(_, many)| !many)?;
        Some((name, row))
    });
    let known: Vec<(String, &MetadataRow)> = known.collect();
    let repeated = known.iter().enumerate().filter_map(|(index, (name, row))| {
        let (_, first) = known[..index].iter().find(|(first, _)| first.eq_ignore_ascii_case(name))?;
        let finding = Finding::new(row.name.span, format!("repeated row `{}`", row.name.value));
        let line = row.line_of_its_own(&file.source).filter(|_| first.value.value == row.value.value);
        let fix = line.map(|line| (line, String::new()));
        Some(finding.label("ignored").help("keep one of the two rows").maybe_fix(fix).related(
            file.id,
            first.name.span,
            "first occurrence, which is used",
        ))
    });
    repeated.collect()
}
