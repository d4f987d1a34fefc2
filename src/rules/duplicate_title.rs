//! Two goals under one name.

use std::collections::HashMap;

use crate::finding::Finding;
use crate::nearest::fold;
use crate::period::Fact;
use crate::slate::Slate;
use crate::source::Span;

pub(crate) fn check(slate: &Slate) -> Vec<(usize, Finding)> {
    let mut titles = HashMap::new();
    let mut names = HashMap::new();
    let mut findings = Vec::new();
    // A goal that was not accepted may come again.
    for goal in slate.goals.iter().filter(|goal| Slate::may_be_accepted(goal)) {
        let Some(title) = goal.title.as_ref().filter(|title| !title.value.is_empty()) else { continue };
        let short = goal.fact(Fact::ShortTitle).map(|row| &row.value).filter(|short| !short.value.is_empty());
        let here = (goal.file, title.span);
        let first = *titles.entry(fold(&title.value)).or_insert(here);
        if first != here {
            findings.push(finding(here, first, "another goal has this title", "title"));
        }
        let name = short.unwrap_or(title);
        let here = (goal.file, name.span);
        let (first, is_short) = *names.entry(fold(&name.value)).or_insert((here, short.is_some()));
        // Of two titles it is said above.
        if first != here && (is_short || short.is_some()) {
            findings.push(finding(here, first, "another goal has this name in the tables of the teams", "short title"));
        }
    }
    findings
}

fn finding(here: (usize, Span), first: (usize, Span), message: &str, what: &str) -> (usize, Finding) {
    let finding = Finding::new(here.1, message).help(format!("write a {what} that tells the two apart"));
    (here.0, finding.related(first.0, first.1, "the other goal"))
}
