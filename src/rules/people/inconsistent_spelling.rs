//! One user in two letter cases, or in another than the roster's: tables would list one person twice.

use hashbrown::{HashMap, HashSet};

use crate::diagnostics::finding::Finding;
use crate::model::mentions::{Mention, Standing};
use crate::rules::context::LintContext;
use crate::text::ids::FileId;

pub(crate) fn check(cx: &LintContext<'_>) -> Vec<(FileId, Finding)> {
    let login = |mention: &Mention| mention.login(cx.slate);
    // Nearly everybody is spelled as in the roster everywhere, and then there is nothing to compare.
    let in_other_case = cx.all_mentions().filter(|mention| mention.standing == Standing::InOtherCase);
    let in_other_case: HashSet<String> = in_other_case.map(|mention| login(mention).to_lowercase()).collect();
    let is_doubtful = |mention: &&Mention| match mention.standing {
        Standing::Known => !in_other_case.is_empty() && in_other_case.contains(&login(mention).to_lowercase()),
        Standing::InOtherCase | Standing::Unknown => true,
    };
    let doubtful: Vec<&Mention> = cx.all_mentions().filter(is_doubtful).collect();
    // The first place of each spelling, by the name in lower case.
    let mut spellings: HashMap<String, Vec<&Mention>> = HashMap::new();
    for &mention in &doubtful {
        let known = spellings.entry(login(mention).to_lowercase()).or_default();
        if known.iter().all(|other| login(other) != login(mention)) {
            known.push(mention);
        }
    }
    let mut findings = Vec::new();
    for mention in doubtful.into_iter().filter(|mention| cx.wants(mention.file)) {
        let written = login(mention);
        let Some(known) = spellings.get(&written.to_lowercase()) else { continue };
        let person = cx.slate.roster.person(written);
        let right = person.map_or(login(known[0]), |person| person.login.as_str());
        if written == right {
            continue;
        }
        let other = known.iter().find(|other| login(other) == right);
        // The roster is that of today, and what was decided long ago need not follow it.
        if cx.slate.is_closed && known.len() == 1 {
            continue;
        }
        let place = match other {
            Some(_) => "elsewhere",
            None if is_configured(cx, right) => "in the configuration",
            None => "in the roster",
        };
        let finding = Finding::new(mention.span, format!("user `@{written}` is spelled `@{right}` {place}"))
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
