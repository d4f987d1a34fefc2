//! A repeated metadata row: only the first counts.

use crate::diagnostics::finding::Finding;
use crate::model::goal::MetadataRow;
use crate::model::slate::{File, FileKind};
use crate::rules::context::LintContext;

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let format = &cx.slate.format;
    // By the names that they have in the format, or as they are written where a team is in them.
    let known: Vec<(&str, &MetadataRow)> = match file.kind {
        FileKind::Goal(goal) => {
            let known = cx.rows(&cx.slate.goals[goal]).filter_map(|(row, known)| Some((row, known?)));
            let once = known.filter(|(_, (_, known))| !known.many);
            once.map(|(row, (known, _))| match known.contains('[') {
                true => (format.row_name(&row.name.value), row),
                false => (known, row),
            })
            .collect()
        }
        FileKind::Roadmap(roadmap) => {
            let known = |name: &str| format.roadmaps.as_ref()?.rows.named(name).filter(|(_, row)| !row.many);
            let rows = cx.slate.roadmaps[roadmap].metadata.rows.iter();
            rows.filter_map(|row| Some((known(&row.name.value)?.0, row))).collect()
        }
        _ => return vec![],
    };
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
