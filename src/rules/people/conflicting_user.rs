//! A user beside the name of somebody else, and a name written as a user.

use crate::diagnostics::finding::Finding;
use crate::model::slate::File;
use crate::policy::roster::Person;
use crate::rules::context::LintContext;
use crate::text::ids::FileId;
use crate::text::source::{Span, lies_in};
use crate::text::user_names::is_login_byte;

/// The most words of a display name.
const MOST_WORDS: usize = 5;

pub(crate) fn check(cx: &LintContext<'_>) -> Vec<(FileId, Finding)> {
    let mut findings = Vec::new();
    for file in &cx.slate.files {
        let found = cx.memo(file).conflicting_users.get_or_init(|| in_file(cx, file));
        findings.extend(found.iter().map(|finding| (file.id, finding.clone())));
    }
    findings
}

fn in_file(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let people = People { cx };
    let mut signs = file.marks("@").peekable();
    if signs.peek().is_none() {
        return vec![];
    }
    // Who is named there is for `malformed-contact` and `malformed-champion` to judge.
    let judged = cx.slate.judged_cells(file);
    signs
        .filter(|(_, sign)| !lies_in(*sign, &judged))
        .filter_map(|(text, sign)| people.judge(file, text, sign))
        .collect()
}

struct People<'s> {
    cx: &'s LintContext<'s>,
}

impl<'s> People<'s> {
    /// Judges the user at `sign` within a piece of running text.
    fn judge(&self, file: &File, text: Span, sign: Span) -> Option<Finding> {
        let source = &file.source;
        let before = source.slice(Span { start: text.start, end: sign.start });
        let after = source.slice(Span { start: sign.end, end: text.end });
        let length = after.bytes().take_while(|byte| is_login_byte(*byte)).count();
        let login = &after[..length];
        if login.is_empty() || before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '@')) {
            return None;
        }
        let user = Span { start: sign.start, end: sign.end + Span::at(length).start };
        let rest = &after[length..];
        if let Some(person) = self.named_before(before, rest).or_else(|| self.named_behind(rest)) {
            return (!person.login.eq_ignore_ascii_case(login)).then(|| self.of_another(user, login, person));
        }
        if self.cx.slate.roster.person(login).is_some() {
            return None;
        }
        if let Some(person) = self.cx.slate.roster.called_in_one_word(login) {
            let message = format!("unknown user `@{login}`");
            let help = format!("did you mean `@{}` ({})?", person.login, person.name);
            // In the tables that say who does what, `unknown-person` says so.
            let in_table = file.document.table_at(user).is_some();
            return (!in_table).then(|| Finding::new(user, message).help(help));
        }
        let (person, length) = self.written_as_user(after, length)?;
        let span = Span { start: sign.start, end: sign.end + Span::at(length).start };
        let right = format!("@{}", person.login);
        let message = format!("`{}` is a name, not a user", source.slice(span));
        Some(Finding::new(span, message).help(format!("use `{right}`")).fix(span, right.clone()).meant(span, right))
    }

    fn of_another(&self, span: Span, login: &str, person: &Person) -> Finding {
        let message = match self.cx.slate.roster.person(login).filter(|other| !other.name.is_empty()) {
            Some(other) => format!("`@{login}` is {}, not {}", other.name, person.name),
            None => format!("`@{login}` is not the user name of {}", person.name),
        };
        Finding::new(span, message).help(format!("use `@{}`, or correct the name", person.login))
    }

    /// The person whose display name is before `(@name)`.
    fn named_before(&self, before: &str, rest: &str) -> Option<&'s Person> {
        let before = before.strip_suffix('(').filter(|_| rest.starts_with([')', ',', ';']))?;
        let before = before.trim_end_matches([' ', '*', '_']);
        let starts = before
            .char_indices()
            .rev()
            .filter(|(_, c)| !c.is_alphanumeric() && !matches!(c, '-' | '\'' | '.' | '\u{2019}'));
        let starts = starts.map(|(at, c)| at + c.len_utf8()).chain([0]);
        // The longest name counts: the last words of it may be somebody else's.
        let names = starts.take(MOST_WORDS).map(|start| &before[start..]);
        names.filter_map(|name| self.called(name)).last()
    }

    /// The person whose display name is in parentheses behind `@name`.
    fn named_behind(&self, rest: &str) -> Option<&'s Person> {
        let (name, _) = rest.strip_prefix(" (")?.split_once(')')?;
        self.called(name)
    }

    /// The person whose display name stands behind the sign, and how long it is.
    fn written_as_user(&self, after: &str, length: usize) -> Option<(&'s Person, usize)> {
        let ends = after
            .char_indices()
            .filter(|(_, c)| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '\''))
            .map(|(at, _)| at);
        let ends = ends.chain([after.len()]).take(MOST_WORDS);
        ends.filter(|end| *end > length).filter_map(|end| Some((self.called(&after[..end])?, end))).last()
    }

    /// The one person with a display name of several words: a single one may be anyone's.
    fn called(&self, name: &str) -> Option<&'s Person> {
        let name = name.trim();
        if name.contains(' ') { self.cx.slate.roster.called(name) } else { None }
    }
}
