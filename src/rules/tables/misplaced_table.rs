//! A table above the title, where no program looks for it.

use crate::diagnostics::finding::Finding;
use crate::markdown::document::BlockKind;
use crate::markdown::table::Table;
use crate::model::goal;
use crate::model::slate::{File, FileKind};
use crate::rules::context::LintContext;
use crate::text::source::Span;

/// The one line of text above a table at the beginning of a file.
fn line_above(file: &File, table: &Table) -> Option<Span> {
    let blocks = file.document.blocks.iter().filter(|block| block.kind != BlockKind::Html);
    let mut above = blocks.take_while(|block| block.span.end <= table.span.start);
    let only = above.next().filter(|block| block.kind == BlockKind::Paragraph && above.next().is_none())?;
    (!file.source.slice(only.span).contains('\n')).then_some(only.span)
}

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    // The template may begin with anything, and a file without a title is reported by `missing-title`.
    let Some(first) = goal::title(&file.document).filter(|_| file.kind != FileKind::Template) else { return vec![] };
    let above = file.document.tables.iter().filter(|table| table.span.start < first.span.start);
    let name = file.source.file_name();
    let finding = |table: &Table| match goal::looks_like_metadata(&file.source, table, &cx.slate.format) {
        true if first.level > 1 => match line_above(file, table) {
            Some(line) => Finding::new(line, "title without `#`")
                .help("add `# ` before it")
                .meant(Span::at(line.start as usize), "# "),
            None => Finding::new(table.head(), "missing title before the metadata table")
                .help("add `# Title` before it")
                .meant(Span::at(table.span.start as usize), format!("# {name}\n\n")),
        },
        true => Finding::new(table.head(), "metadata table before the title")
            .help("move it below the title")
            .meant_at(table.span, first.span.end as usize),
        false => {
            Finding::new(table.head(), "table before the title, outside of any section").help("move it below the title")
        }
    };
    above.map(finding).collect()
}
