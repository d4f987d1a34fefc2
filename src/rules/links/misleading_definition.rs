//! A definition whose label is the name of a team or person and that leads to another team or person.

use crate::diagnostics::finding::Finding;
use crate::markdown::address::without_scheme;
use crate::markdown::definition::Definition;
use crate::model::slate::{File, Slate};
use crate::policy::roster::{Known, Roster};
use crate::rules::context::LintContext;
use crate::text::source::Span;

/// What the page of a team on the website is called, up to the team.
const TEAM_PAGES: &str = "rust-lang.org/governance/";

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let definitions = file.document.definitions.iter().filter(|definition| !definition.is_footnote());
    definitions.filter_map(|definition| judge(cx.slate, file, definition)).collect()
}

fn judge(slate: &Slate, file: &File, definition: &Definition) -> Option<Finding> {
    let (label, target) = (file.source.slice(definition.label), file.source.slice(definition.target));
    let roster = &slate.roster;
    if let Some(team) = team_called(roster, label) {
        let other = team_at(roster, target)?;
        if is_same_team(roster, team, other) {
            return None;
        }
        let message = format!("label `{label}` is the name of a team, but leads to the page of `{other}`");
        return Some(finding(definition.target, message, label));
    }
    let login = user_at(target)?;
    let mut people = roster
        .people()
        .filter(|person| person.login.eq_ignore_ascii_case(label.trim_start_matches('@')) || person.name == label);
    let person = people.next()?;
    if std::iter::once(person).chain(people).any(|person| person.login.eq_ignore_ascii_case(login)) {
        return None;
    }
    let message = format!("label `{label}` is the name of `@{}`, but leads to the profile of `@{login}`", person.login);
    Some(finding(definition.target, message, label))
}

fn finding(span: Span, message: String, label: &str) -> Finding {
    let help = format!("correct the URL, or remove the definition: `{label}` is known without it");
    Finding::new(span, message).help(help)
}

/// The team that a label names.
fn team_called<'r>(roster: &'r Roster, label: &str) -> Option<&'r str> {
    roster.team_names().find(|name| name.eq_ignore_ascii_case(label))
}

/// The team whose page or repository an address is; nothing where several have it.
fn team_at<'r>(roster: &'r Roster, address: &str) -> Option<&'r str> {
    let wanted = bare(address).to_lowercase();
    if let Some(path) = wanted.strip_prefix(TEAM_PAGES) {
        let name = path.rsplit(['/', '#']).next()?.trim_start_matches("team-");
        return roster.team_names().find(|team| *team == name);
    }
    let is_it = |repository: &str| {
        let repository = bare(repository);
        match repository.is_ascii() {
            true => repository.eq_ignore_ascii_case(&wanted),
            false => repository.to_lowercase() == wanted,
        }
    };
    let mut teams = roster.teams().filter(|(_, team)| team.repository.as_deref().is_some_and(is_it));
    let (name, _) = teams.next()?;
    teams.next().is_none().then_some(name)
}

/// An address without what makes no difference to where it leads.
fn bare(address: &str) -> &str {
    without_scheme(address).trim_end_matches('/')
}

/// Whether two names are those of one team: an old and a new one, or that of a part of the other.
fn is_same_team(roster: &Roster, one: &str, other: &str) -> bool {
    let today = |name: &str| match roster.team(name) {
        Some(Known::Renamed { today } | Known::Merged { into: today, .. }) => today.to_owned(),
        _ => name.to_owned(),
    };
    let is_part = |part: &str, whole: &str| {
        let parent = roster.teams().find(|(name, _)| *name == part).and_then(|(_, team)| team.parent.as_deref());
        parent == Some(whole)
    };
    today(one) == today(other) || is_part(one, other) || is_part(other, one)
}

/// The user whose profile an address is.
fn user_at(address: &str) -> Option<&str> {
    let path = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let login = path.trim_start_matches("www.").strip_prefix("github.com/")?.trim_end_matches('/');
    let is_login = !login.is_empty() && login.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_login.then_some(login)
}
