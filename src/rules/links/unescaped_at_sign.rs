//! `@name` inside an address: on the site it becomes a link of its own, which breaks the one around it.

use crate::diagnostics::finding::Finding;
use crate::model::slate::File;
use crate::rules::context::LintContext;

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (span, target) in cx.targets(file) {
        if !target.starts_with("https://") && !target.starts_with("http://") {
            continue;
        }
        for (at, _) in target.match_indices('@') {
            let name: &str = target[at + 1..]
                .split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')))
                .next()
                .unwrap_or_default();
            // The site replaces the names that it knows.
            if cx.slate.roster.person(name).is_none() {
                continue;
            }
            let sign = span.part(at..at + 1);
            let finding = Finding::new(
                span.part(at..at + 1 + name.len()),
                format!("on the site, `@{name}` becomes a link inside this URL"),
            );
            findings.push(finding.help("replace `@` with `%40`").fix(sign, "%40"));
        }
    }
    findings
}
