//! A user written as something that is read as none.

use std::ops::Range;

use crate::diagnostics::finding::Finding;
use crate::markdown::address::without_scheme;
use crate::markdown::document::{Link, LinkKind};
use crate::model::goal::Goal;
use crate::model::slate::File;
use crate::rules::context::LintContext;
use crate::text::source::Span;

/// What a profile's address begins with.
const PROFILE: &str = "github.com/";

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let file = cx.slate.file_of(goal);
    let mut findings = Vec::new();
    for &cell in cx.owner_cells(goal) {
        findings.extend(by_label(file, cell));
        for (range, message, login) in faults(&file.unstruck(cell)) {
            let span = cell.part(range);
            let finding = Finding::new(span, message).help(format!("use `@{login}`"));
            // Code may be meant as an example.
            let fix = (!file.source.slice(span).starts_with('`')).then(|| (span, format!("@{login}")));
            findings.push(finding.maybe_fix(fix));
        }
    }
    findings
}

/// Links by label to the profile of somebody whom their text does not name.
fn by_label(file: &File, cell: Span) -> Vec<Finding> {
    let links = &file.document.links;
    let from = links.partition_point(|link| link.span.start < cell.start);
    let inside = links[from..].iter().take_while(|link| link.span.end <= cell.end);
    let by_label = inside.filter(|link| {
        let is_reference = matches!(link.kind, LinkKind::Full | LinkKind::Collapsed | LinkKind::Shortcut);
        is_reference && !link.image && !file.source.slice(link.text).contains('@')
    });
    let finding = |link: &Link| {
        let path = without_scheme(&link.target);
        let login = login(path.strip_prefix(PROFILE)?)?;
        let is_profile = path.trim_end_matches('/').len() == PROFILE.len() + login.len();
        let finding = Finding::new(link.span, "link to a profile is not recognized as a user");
        is_profile.then(|| finding.help(format!("use `@{login}`")).fix(link.span, format!("@{login}")))
    };
    by_label.filter_map(finding).collect()
}

/// The faults in a cell: where, what, and the user who was meant.
fn faults(text: &str) -> Vec<(Range<usize>, &'static str, &str)> {
    let mut faults = Vec::new();
    let mut at = 0;
    // Few cells have an address.
    let has_address = memchr::memchr(b'/', text.as_bytes()).is_some() && text.contains(PROFILE);
    let next = |text: &str| match has_address {
        true => text.find(['@', '`', '<', '[', 'h', 'g']),
        false => memchr::memchr2(b'@', b'`', text.as_bytes()),
    };
    while let Some(found) = next(&text[at..]) {
        let start = at + found;
        let rest = &text[start..];
        let before = text[..start].chars().next_back();
        let apart = before.is_none_or(|c| c.is_whitespace() || c == ',');
        at = start + 1;
        if !apart {
            continue;
        }
        let fault = spaced(rest).or_else(|| doubled(rest)).or_else(|| code(rest)).or_else(|| address(rest));
        if let Some((length, message, login)) = fault {
            faults.push((start..start + length, message, login));
            at = start + length;
        }
    }
    faults
}

type Fault<'t> = Option<(usize, &'static str, &'t str)>;

fn spaced(text: &str) -> Fault<'_> {
    let after = text.strip_prefix('@')?;
    let login = login(after.trim_start_matches(' '))?;
    let gap = after.len() - after.trim_start_matches(' ').len();
    (gap > 0).then(|| (1 + gap + login.len(), "user with a space after `@` is not recognized", login))
}

fn doubled(text: &str) -> Fault<'_> {
    let after = text.strip_prefix("@@")?.trim_start_matches('@');
    let login = login(after)?;
    Some((text.len() - after.len() + login.len(), "repeated `@`", login))
}

fn code(text: &str) -> Fault<'_> {
    let after = text.strip_prefix("`@")?;
    let login = login(after)?;
    after[login.len()..].starts_with('`').then(|| (login.len() + 3, "user in code is not recognized", login))
}

/// A profile's address, bare, in `<>` or as the target of a link whose text is no user.
fn address(text: &str) -> Fault<'_> {
    const MESSAGE: &str = "profile URL is not recognized as a user";
    let (open, close) = match text.as_bytes().first()? {
        b'[' => (text.find("](").filter(|end| !text[..*end].contains('@'))? + 2, ")"),
        b'<' => (1, ">"),
        _ => (0, ""),
    };
    let path = without_scheme(&text[open..]).strip_prefix(PROFILE)?;
    let login = login(path)?;
    let after = path[login.len()..].strip_prefix('/').unwrap_or(&path[login.len()..]);
    let after = after.strip_prefix(close)?;
    let ends = after.chars().next().is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '/' | '#' | '?' | '_'));
    ends.then(|| (text.len() - after.len(), MESSAGE, login))
}

/// The user name at the start of a text.
fn login(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(text.len());
    (end > 0).then(|| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_users_that_are_read_as_none() {
        let found = |text| {
            faults(text).into_iter().map(|(range, _, login)| format!("{}={login}", &text[range])).collect::<Vec<_>>()
        };
        assert_eq!(found("@ ada, @@bob, `@eve`"), ["@ ada=ada", "@@bob=bob", "`@eve`=eve"]);
        assert_eq!(
            found("https://github.com/ada, <https://github.com/bob>"),
            ["https://github.com/ada=ada", "<https://github.com/bob>=bob"]
        );
        assert_eq!(
            found("[Ada](https://github.com/ada/) and github.com/bob,"),
            ["[Ada](https://github.com/ada/)=ada", "github.com/bob=bob"]
        );
        // A second user would be lost.
        assert_eq!(found("[Ada, @bob](https://github.com/ada)"), [""; 0]);
        for right in ["@ada", "[@ada](https://github.com/ada)", "https://github.com/a/b", "`t-spec`", "me@x.org"] {
            assert_eq!(found(right), [""; 0], "{right}");
        }
    }
}
