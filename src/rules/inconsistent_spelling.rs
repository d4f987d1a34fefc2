//! One user in two letter cases: tables would list one person twice.

use std::collections::{HashMap, HashSet};

use crate::finding::Finding;
use crate::goal;
use crate::slate::Slate;
use crate::source::Span;

pub(crate) fn check(slate: &Slate) -> Vec<(usize, Finding)> {
    let mut first: HashMap<String, (&str, usize, Span)> = HashMap::new();
    let mut marked = HashSet::new();
    let mut findings = Vec::new();
    for (file, span) in mentions(slate) {
        let login = slate.files[file].source.slice(span);
        let (seen, seen_file, seen_span) = *first.entry(login.to_lowercase()).or_insert((login, file, span));
        if seen == login {
            continue;
        }
        let right = slate.roster.person(login).map_or(seen, |person| person.login.as_str());
        // The place that differs from the roster is the one to mend.
        let (file, span, other_file, other_span) = match login == right {
            true => (seen_file, seen_span, file, span),
            false => (file, span, seen_file, seen_span),
        };
        if !marked.insert((file, span)) {
            continue;
        }
        let written = slate.files[file].source.slice(span);
        let other = slate.files[other_file].source.slice(other_span);
        let finding = Finding::new(span, format!("the user `@{written}` is spelt `@{other}` elsewhere"));
        let finding = finding.help(format!("write `@{right}`")).fix(span, right);
        findings.push((file, finding.related(other_file, other_span, "the other spelling")));
    }
    findings
}

/// Points of contact and the owners of tasks, each user name without its `@`.
fn mentions(slate: &Slate) -> Vec<(usize, Span)> {
    let mut mentions = Vec::new();
    for goal in &slate.goals {
        if let Some(contact) = &goal.contact {
            mentions.push((goal.file, contact.span.part(1..1 + contact.value.len())));
        }
        for task in goal.tasks() {
            let owners = slate.files[goal.file].source.slice(task.owners.span);
            mentions.extend(goal::users(owners).into_iter().map(|range| (goal.file, task.owners.span.part(range))));
        }
    }
    mentions
}
