//! What is said of tables that the RFC has several times.

use hashbrown::HashSet;

use crate::diagnostics::finding::Finding;
use crate::model::repeated_tables::{Repeated, repeated_tables};
use crate::rules::context::LintContext;
use crate::text::ids::FileId;

/// The findings about tables that are repeated in some way.
pub(crate) fn findings(
    cx: &LintContext<'_>,
    chosen: impl Fn(&Repeated) -> bool,
    message: &str,
    help: &str,
) -> Vec<(FileId, Finding)> {
    let repeated = repeated_tables(cx.slate).into_iter().filter(chosen);
    let finding = |one: Repeated| {
        let written = cx.slate.files[one.file].source.slice(one.span);
        let finding = Finding::new(one.span, format!("{message}: `{written}` is in the RFC already"));
        (one.file, finding.help(help).related(one.first.0, one.first.1, "first here"))
    };
    let mut seen = HashSet::new();
    let mut findings: Vec<(FileId, Finding)> = repeated.map(finding).collect();
    // A page that is included twice has the same place twice.
    findings.retain(|(file, finding)| seen.insert((*file, finding.span)));
    findings
}
