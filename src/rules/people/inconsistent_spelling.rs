//! One user in two letter cases, or in another than the roster's: tables would list one person twice.

use std::collections::HashMap;

use crate::diagnostics::finding::Finding;
use crate::model::mentions::Mention;
use crate::rules::context::LintContext;
use crate::rules::shared::mentions::mentions;
use crate::text::ids::FileId;

pub(crate) fn check(cx: &LintContext<'_>) -> Vec<(FileId, Finding)> {
    let mentions = mentions(cx);
    // The first place of each spelling, by the name in lower case.
    let mut spellings: HashMap<String, Vec<&Mention>> = HashMap::new();
    for mention in &mentions {
        let known = spellings.entry(mention.login.to_lowercase()).or_default();
        if known.iter().all(|other| other.login != mention.login) {
            known.push(mention);
        }
    }
    let mut findings = Vec::new();
    for mention in mentions.iter().filter(|mention| cx.wants(mention.file)) {
        let login = mention.login;
        let Some(known) = spellings.get(&login.to_lowercase()) else { continue };
        let person = cx.slate.roster.person(login);
        let right = person.map_or(known[0].login, |person| person.login.as_str());
        if login == right {
            continue;
        }
        let other = known.iter().find(|other| other.login == right);
        // The roster is that of today, and what was decided long ago need not follow it.
        if cx.slate.is_closed && known.len() == 1 {
            continue;
        }
        let place = match other {
            Some(_) => "elsewhere",
            None if is_configured(cx, right) => "in the configuration",
            None => "in the roster",
        };
        let finding = Finding::new(mention.span, format!("user `@{login}` is spelled `@{right}` {place}"))
            .help(format!("use `@{right}`"))
            .fix(mention.span, format!("@{right}"));
        findings.push((
            mention.file,
            match other {
                Some(other) => finding.related(other.file, other.span, "other spelling"),
                None => finding,
            },
        ));
    }
    findings
}

/// Whether the configuration spells a user so: then the roster, which has the last word, has no other spelling.
fn is_configured(cx: &LintContext<'_>, login: &str) -> bool {
    cx.slate.config.users.keys().any(|user| user.trim_start_matches('@') == login)
}
