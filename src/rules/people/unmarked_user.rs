//! A user without `@`: no table of the RFC counts or links them.

use std::cell::{OnceCell, RefCell};

use hashbrown::{HashMap, HashSet};

use crate::diagnostics::finding::Finding;
use crate::markdown::label::normalize_label;
use crate::model::goal::Goal;
use crate::model::mentions::Standing;
use crate::model::placeholders::is_placeholder_user;
use crate::model::slate::File;
use crate::rules::context::{LintContext, Unmarked};
use crate::rules::shared::announced::{Announced, announced};
use crate::text::ids::FileId;
use crate::text::person_index::Few;
use crate::text::source::Span;
use crate::text::user_names::is_surely_login;

pub(crate) fn check(cx: &LintContext<'_>) -> Vec<(FileId, Finding)> {
    let mut named = HashMap::new();
    // Who is in the roster is known by that, and placeholders are nobody's name.
    let strangers = cx.all_mentions().filter(|mention| mention.standing == Standing::Unknown);
    for login in strangers.map(|mention| mention.login(cx.slate)).filter(|login| !is_placeholder_user(cx.slate, login))
    {
        named.entry(login.to_lowercase()).or_insert(login);
    }
    let mut findings = Vec::new();
    for goal in cx.slate.goals.iter().filter(|goal| cx.wants(goal.file)) {
        let alone = cx.memo(cx.slate.file_of(goal)).unmarked.get_or_init(|| {
            let known = Known::new(cx, goal, None);
            Unmarked { findings: known.in_tables(), words: known.unknown.into_inner() }
        });
        let found = match alone.words.iter().any(|word| named.contains_key(word)) {
            true => Known::new(cx, goal, Some(&named)).in_tables(),
            false => alone.findings.clone(),
        };
        findings.extend(found.into_iter().map(|finding| (goal.file, finding)));
    }
    for file in cx.slate.files.iter().filter(|file| cx.wants(file.id)) {
        let found = cx.memo(file).unmarked_in_text.get_or_init(|| in_text(cx, file));
        findings.extend(found.iter().map(|finding| (file.id, finding.clone())));
    }
    findings
}

/// What can be known of the names in a goal.
struct Known<'s> {
    cx: &'s LintContext<'s>,
    goal: &'s Goal,
    /// The users whom the slate names and the roster does not know, as it spells them first, by their names in lower case.
    named: Option<&'s HashMap<String, &'s str>>,
    /// The words that are not among them, in lower case.
    unknown: RefCell<Vec<String>>,
    /// The users whom the goal names.
    handles: OnceCell<Few<'s>>,
    /// The labels that its file defines.
    labels: OnceCell<HashSet<&'s str>>,
}

/// A part of a cell, and its text as it is shown.
#[derive(Clone, Copy)]
struct Part<'t> {
    span: Span,
    text: &'t str,
}

impl<'s> Known<'s> {
    fn new(cx: &'s LintContext<'s>, goal: &'s Goal, named: Option<&'s HashMap<String, &'s str>>) -> Known<'s> {
        let (unknown, handles, labels) = Default::default();
        Known { cx, goal, named, unknown, handles, labels }
    }

    /// What is found in the tables of the goal.
    fn in_tables(&self) -> Vec<Finding> {
        let mut found = Vec::new();
        let file = self.cx.slate.file_of(self.goal);
        for &cell in self.cx.owner_cells(self.goal) {
            let text = file.shown(cell);
            let mut parts = parts(cell, &text).peekable();
            let first = parts.next();
            let only = first.filter(|_| parts.peek().is_none());
            for part in first.into_iter().chain(parts) {
                let owner = self.owner(part);
                let unknown = only.filter(|_| owner.is_none()).and_then(|part| self.unknown(part));
                found.extend(owner.or(unknown));
            }
        }
        for notes in self.goal.tasks().map(|task| task.notes.span) {
            // Notes are prose, unless they are nothing but users.
            let text = file.shown(notes);
            let users: Option<Vec<Finding>> = parts(notes, &text).map(|part| self.user(part)).collect();
            found.extend(users.into_iter().flatten());
        }
        found
    }

    /// A part that says who does the work and is no user yet.
    fn owner(&self, part: Part<'_>) -> Option<Finding> {
        self.user(part).or_else(|| self.display_name(part)).or_else(|| self.misspelled(part))
    }

    /// A user of the roster, or one whom the slate names elsewhere, with or without emphasis or brackets.
    fn user(&self, part: Part<'_>) -> Option<Finding> {
        let text = part.text;
        // Nearly all of a note is no word.
        if text.contains(' ') {
            return None;
        }
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
            None => self.named(bare)?,
        };
        if is_surely_login(bare, right) {
            return Some(unmarked(part.span, bare, right).fix(part.span, format!("@{right}")));
        }
        let help = match person.filter(|person| !person.name.is_empty() && person.name != right) {
            Some(person) => format!("if {} is meant, use `@{right}`", person.name),
            None => format!("if `@{right}` is meant, add the `@`"),
        };
        let finding = Finding::new(part.span, format!("`{bare}` could be a user without `@`"));
        Some(finding.help(help).group(right.to_lowercase()))
    }

    /// The display name of a person in the roster, of more than one word: a single one may be anyone's.
    fn display_name(&self, part: Part<'_>) -> Option<Finding> {
        let name = part.text.trim_matches(['*', '_']);
        if !name.contains(' ') {
            return None;
        }
        let person = self.cx.slate.roster.called(name)?;
        Some(unmarked(part.span, name, &person.login).fix(part.span, format!("@{}", person.login)))
    }

    /// A name one letter away from that of a user whom the goal names.
    fn misspelled(&self, part: Part<'_>) -> Option<Finding> {
        let name = part.text.trim_matches(['*', '_']);
        if !is_word(name) || self.cx.slate.roster.team(&name.to_lowercase()).is_some() {
            return None;
        }
        let mentions = || self.cx.mentions(self.goal).iter();
        let handles = || Few::new(mentions().map(|mention| (mention.login(self.cx.slate), "")));
        let near = self.handles.get_or_init(handles).nearest_by_letter(name)?;
        let right = self.cx.slate.roster.person(near).map_or(near, |person| person.login.as_str());
        let finding = Finding::new(part.span, format!("missing `@` before user `{name}`"));
        Some(finding.help(format!("did you mean `@{right}`?")).group(name.to_lowercase()))
    }

    /// A word that looks like a user name: with a digit, a hyphen or a capital letter inside. Among others it may be anything.
    fn unknown(&self, part: Part<'_>) -> Option<Finding> {
        let name = part.text;
        let letters = name.as_bytes();
        let inner_capital = letters.windows(2).any(|two| two[0].is_ascii_lowercase() && two[1].is_ascii_uppercase());
        let looks_like_one = letters.iter().any(u8::is_ascii_digit) || name.contains('-') || inner_capital;
        if !is_word(name) || !looks_like_one || self.cx.slate.roster.team(&name.to_lowercase()).is_some() {
            return None;
        }
        let finding = Finding::new(part.span, format!("`{name}` looks like a user without `@`"));
        Some(finding.help(format!("use `@{name}` if that is a GitHub user")))
    }

    /// The user whom the slate names elsewhere by a word, as it is spelled there.
    fn named(&self, word: &str) -> Option<&'s str> {
        let word = word.to_lowercase();
        let login = self.named.and_then(|named| named.get(&word).copied());
        if login.is_none() {
            self.unknown.borrow_mut().push(word);
        }
        login
    }

    fn is_defined(&self, label: &str) -> bool {
        let definitions = &self.cx.slate.file_of(self.goal).document.definitions;
        let labels = || definitions.iter().map(|definition| definition.normal.as_str()).collect();
        self.labels.get_or_init(labels).contains(normalize_label(label).as_str())
    }
}

/// What is between commas and the like in a cell with this text.
fn parts(cell: Span, text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = Some(0);
    let all = std::iter::from_fn(move || {
        let start = rest?;
        let end = separator(&text[start..]);
        rest = end.map(|(at, length)| start + at + length);
        let part = &text[start..end.map_or(text.len(), |(at, _)| start + at)];
        let before = start + part.len() - part.trim_start().len();
        let trimmed = part.trim();
        Some(Part { span: cell.part(before..before + trimmed.len()), text: trimmed })
    });
    all.filter(|part| !part.text.is_empty())
}

/// Where the first separator of a text is, and its length.
fn separator(text: &str) -> Option<(usize, usize)> {
    text.bytes().enumerate().find_map(|(at, byte)| {
        let length = match byte {
            b',' | b';' | b'&' | b'+' => 1,
            b' ' if text[at..].starts_with(" and ") => " and ".len(),
            b' ' if text[at..].starts_with(" or ") => " or ".len(),
            _ => return None,
        };
        Some((at, length))
    })
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
