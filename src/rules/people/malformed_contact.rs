//! A point of contact that is not exactly one user.

use crate::diagnostics::finding::Finding;
use crate::model::goal::MetadataRow;
use crate::model::placeholders::is_placeholder_value;
use crate::model::slate::{File, FileKind, Slate};
use crate::policy::format::Field;
use crate::rules::context::LintContext;
use crate::rules::shared::formatted_values::is_formatted;
use crate::rules::shared::known_people::{if_meant, is_surely_meant, person};
use crate::text::user_names;

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let metadata = match file.kind {
        FileKind::Goal(goal) => &cx.slate.goals[goal].metadata,
        FileKind::Roadmap(roadmap) => &cx.slate.roadmaps[roadmap].metadata,
        _ => return vec![],
    };
    // A missing row is reported by `missing-row`.
    let is_one = |row: &&MetadataRow| user_names::single_user(&row.value.value).is_some();
    let Some(row) = metadata.field(Field::Contact).filter(|row| !is_one(row)) else { return vec![] };
    judge(cx, file, row)
}

fn judge(cx: &LintContext<'_>, file: &File, row: &MetadataRow) -> Vec<Finding> {
    let value = row.value.value.as_str();
    // Template text is reported by `unfilled-placeholder`.
    if is_placeholder_value(cx.slate, value) || is_formatted(cx.slate, file, row) {
        return vec![];
    }
    if value.is_empty() {
        let message = format!("empty row `{}`", row.name.value);
        return vec![Finding::new(row.span, message).help("add the GitHub user who answers for it: `@name`")];
    }
    let (message, help) = describe(cx.slate, value);
    let meant = display_name(cx.slate, value).or_else(|| only_user(value)).or_else(|| person(cx.slate, value));
    let is_sure = |user: &&str| only_user(value).is_some() || is_surely_meant(value, user);
    let fix = meant.filter(is_sure).map(|user| (row.value.span, format!("@{user}")));
    let user = meant.or_else(|| users(value).first().copied());
    let finding = Finding::new(row.value.span, message).help(help).maybe_fix(fix);
    vec![match user {
        Some(user) => finding.meant(row.value.span, format!("@{user}")),
        None => finding,
    }]
}

fn users(value: &str) -> Vec<&str> {
    user_names::users(&value.replace(['`', '/'], " ")).into_iter().map(|range| &value[range]).collect()
}

/// The user of a value that says nothing else: `@name` in code, brackets or a link, or followed by a comma.
fn only_user(value: &str) -> Option<&str> {
    let bare = value.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '@' | '-' | '_'));
    let linked =
        value.starts_with('[') && value.contains("](") && value.ends_with(')') && value.matches('@').count() == 1;
    user_names::single_user(bare).or_else(|| users(value).first().copied().filter(|_| linked))
}

/// The person whose display name of several words is written as a user: `@Kofi Mensah`.
fn display_name<'s>(slate: &'s Slate, value: &str) -> Option<&'s str> {
    value.strip_prefix('@').filter(|name| name.contains(' ')).and_then(|name| person(slate, name))
}

fn describe(slate: &Slate, value: &str) -> (String, String) {
    let users = users(value);
    let only = only_user(value);
    if let Some(user) = display_name(slate, value) {
        return (format!("`{value}` is a name, not a user"), format!("use `@{user}`"));
    }
    match users.as_slice() {
        _ if only.is_some() => (
            format!("expected only `@name` as point of contact, found `{value}`"),
            format!("use only `@{}`", only.unwrap_or_default()),
        ),
        [] if person(slate, value).is_some() => {
            let user = person(slate, value).unwrap_or_default();
            if is_surely_meant(value, user) {
                return (format!("missing `@` in point of contact `{value}`"), format!("use `@{user}`"));
            }
            let help = if_meant(slate, user);
            (format!("expected a GitHub user as point of contact, found `{value}`"), help)
        }
        [] => (
            format!("expected a GitHub user as point of contact, found `{value}`"),
            "use the GitHub user who answers for it: `@name`".to_owned(),
        ),
        [user] if slate.roster.person(user).is_some() => (
            format!("expected a single GitHub user as point of contact, found `{value}`"),
            format!("use `@{user}`, and move the rest into the text"),
        ),
        [_] => (
            format!("expected a single GitHub user as point of contact, found `{value}`"),
            "use the GitHub user who answers for it: `@name`".to_owned(),
        ),
        [first, ..] => (
            format!("expected a single GitHub user as point of contact, found {}", users.len()),
            format!("keep the one who answers for it, such as `@{first}`"),
        ),
    }
}
