//! A user without `@`: no table of the RFC counts or links them.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use crate::diagnostics::finding::Finding;
use crate::markdown::label::normalize_label;
use crate::model::goal::Goal;
use crate::model::placeholders::is_placeholder_user;
use crate::model::slate::File;
use crate::rules::context::LintContext;
use crate::rules::shared::announced::{Announced, announced};
use crate::rules::shared::mentions::{mentions, of_goal};
use crate::text::ids::FileId;
use crate::text::similarity::People;
use crate::text::source::Span;
use crate::text::user_names::is_surely_login;

pub(crate) fn check(cx: &LintContext<'_>) -> Vec<(FileId, Finding)> {
    let mentions = mentions(cx);
    let mut named = HashMap::new();
    // Placeholders are nobody's name.
    for mention in mentions.iter().filter(|mention| !is_placeholder_user(cx.slate, mention.login)) {
        named.entry(mention.login.to_lowercase()).or_insert(mention.login);
    }
    let mut findings = Vec::new();
    for goal in cx.slate.goals.iter().filter(|goal| cx.wants(goal.file)) {
        let known = Known { cx, goal, named: &named, handles: OnceCell::new(), labels: OnceCell::new() };
        let mut found = Vec::new();
        for &cell in cx.owner_cells(goal) {
            let parts = known.parts(cell);
            found.extend(parts.iter().filter_map(|part| known.owner(*part)));
            if let [part] = parts.as_slice() {
                found.extend(known.unknown(*part).filter(|_| known.owner(*part).is_none()));
            }
        }
        for notes in goal.tasks().map(|task| task.notes.span) {
            // Notes are prose, unless they are nothing but users.
            let users: Option<Vec<Finding>> = known.parts(notes).into_iter().map(|part| known.user(part)).collect();
            found.extend(users.into_iter().flatten());
        }
        findings.extend(found.into_iter().map(|finding| (goal.file, finding)));
    }
    let files = cx.slate.files.iter().filter(|file| cx.wants(file.id));
    let in_text = files.flat_map(|file| in_text(cx, file).into_iter().map(|finding| (file.id, finding)));
    findings.extend(in_text);
    findings
}

/// What can be known of the names in a goal.
struct Known<'s> {
    cx: &'s LintContext<'s>,
    goal: &'s Goal,
    /// The users whom the slate names, as it spells them first, by their names in lower case.
    named: &'s HashMap<String, &'s str>,
    /// The users whom the goal names.
    handles: OnceCell<People<'s>>,
    /// The labels that its file defines.
    labels: OnceCell<HashSet<&'s str>>,
}

impl<'s> Known<'s> {
    /// A text as it is shown.
    fn shown(&self, span: Span) -> Cow<'s, str> {
        self.cx.slate.file_of(self.goal).shown(span)
    }

    /// What is between commas and the like in a cell.
    fn parts(&self, cell: Span) -> Vec<Span> {
        let text = self.shown(cell);
        let mut parts = Vec::new();
        let mut start = 0;
        let mut add = |start: usize, end: usize| {
            let part = &text[start..end];
            let trimmed = part.trim();
            if !trimmed.is_empty() {
                let before = start + part.len() - part.trim_start().len();
                parts.push(cell.part(before..before + trimmed.len()));
            }
        };
        for (at, byte) in text.bytes().enumerate() {
            let mark = match byte {
                _ if at < start => continue,
                b',' | b';' | b'&' | b'+' => 1,
                b' ' if text[at..].starts_with(" and ") => " and ".len(),
                b' ' if text[at..].starts_with(" or ") => " or ".len(),
                _ => continue,
            };
            add(start, at);
            start = at + mark;
        }
        add(start, text.len());
        parts
    }

    /// A part that says who does the work and is no user yet.
    fn owner(&self, part: Span) -> Option<Finding> {
        self.user(part).or_else(|| self.display_name(part)).or_else(|| self.misspelled(part))
    }

    /// A user of the roster, or one whom the slate names elsewhere, with or without emphasis or brackets.
    fn user(&self, part: Span) -> Option<Finding> {
        let text = self.shown(part);
        let bare = text.trim_end_matches("[]").trim_matches(['*', '_', '[', ']']);
        if !is_word(bare)
            || self.cx.slate.roster.team(bare).is_some()
            || self.cx.slate.roster.team(&bare.to_lowercase()).is_some()
            // The beginning or end of a link with several names for its text.
            || text.starts_with('[') != text.ends_with(']')
        {
            return None;
        }
        if text.starts_with('[') && self.is_defined(bare) {
            return None;
        }
        let person = self.cx.slate.roster.person(bare);
        let right = match person {
            Some(person) => person.login.as_str(),
            None => self.named.get(&bare.to_lowercase())?,
        };
        if is_surely_login(bare, right) {
            return Some(unmarked(part, bare, right).fix(part, format!("@{right}")));
        }
        let help = match person.filter(|person| !person.name.is_empty() && person.name != right) {
            Some(person) => format!("if {} is meant, use `@{right}`", person.name),
            None => format!("if `@{right}` is meant, add the `@`"),
        };
        let finding = Finding::new(part, format!("`{bare}` could be a user without `@`"));
        Some(finding.help(help).group(right.to_lowercase()))
    }

    /// The display name of a person in the roster, of more than one word: a single one may be anyone's.
    fn display_name(&self, part: Span) -> Option<Finding> {
        let text = self.shown(part);
        let name = text.trim_matches(['*', '_']);
        if !name.contains(' ') {
            return None;
        }
        let person = self.cx.slate.roster.called(name)?;
        Some(unmarked(part, name, &person.login).fix(part, format!("@{}", person.login)))
    }

    /// A name one letter away from that of a user whom the goal names.
    fn misspelled(&self, part: Span) -> Option<Finding> {
        let text = self.shown(part);
        let name = text.trim_matches(['*', '_']);
        if !is_word(name) || self.cx.slate.roster.team(&name.to_lowercase()).is_some() {
            return None;
        }
        let handles = || People::new(of_goal(self.cx, self.goal).iter().map(|mention| (mention.login, "")));
        let near = self.handles.get_or_init(handles).nearest_by_letter(name)?;
        let right = self.cx.slate.roster.person(near).map_or(near, |person| person.login.as_str());
        let finding = Finding::new(part, format!("missing `@` before user `{name}`"));
        Some(finding.help(format!("did you mean `@{right}`?")).group(name.to_lowercase()))
    }

    /// A word that looks like a user name: with a digit, a hyphen or a capital letter inside. Among others it may be anything.
    fn unknown(&self, part: Span) -> Option<Finding> {
        let name = self.shown(part);
        let name = name.as_ref();
        let letters = name.as_bytes();
        let inner_capital = letters.windows(2).any(|two| two[0].is_ascii_lowercase() && two[1].is_ascii_uppercase());
        let looks_like_one = letters.iter().any(u8::is_ascii_digit) || name.contains('-') || inner_capital;
        if !is_word(name) || !looks_like_one || self.cx.slate.roster.team(&name.to_lowercase()).is_some() {
            return None;
        }
        let finding = Finding::new(part, format!("`{name}` looks like a user without `@`"));
        Some(finding.help(format!("use `@{name}` if that is a GitHub user")))
    }

    fn is_defined(&self, label: &str) -> bool {
        let definitions = &self.cx.slate.file_of(self.goal).document.definitions;
        let labels = || definitions.iter().map(|definition| definition.normal.as_str()).collect();
        self.labels.get_or_init(labels).contains(normalize_label(label).as_str())
    }
}

/// The users without `@` behind a word that says that names follow, in running text.
fn in_text(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let roster = &cx.slate.roster;
    let mut findings = Vec::new();
    for Announced { names } in announced(file) {
        let has_marked = names.iter().any(|name| file.source.slice(*name).starts_with('@'));
        for name in names {
            let text = file.source.slice(name);
            if !is_word(text) || roster.team(text).is_some() {
                continue;
            }
            let Some(person) = roster.person(text).filter(|person| person.login == text) else { continue };
            let is_sure = has_marked || is_surely_login(text, &person.login);
            let fix = is_sure.then(|| (name, format!("@{text}")));
            findings.push(unmarked(name, text, &person.login).maybe_fix(fix));
        }
    }
    findings
}

fn unmarked(part: Span, name: &str, login: &str) -> Finding {
    Finding::new(part, format!("missing `@` before user `{name}`"))
        .help(format!("use `@{login}`"))
        .group(login.to_lowercase())
}

/// Whether a text could be a user name.
fn is_word(text: &str) -> bool {
    text.len() >= 3 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') && !text.starts_with('-')
}
