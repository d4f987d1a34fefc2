//! What is wrong with the labels of a file that nothing defines.

use std::cell::OnceCell;

use hashbrown::HashSet;

use super::badges::missing_badges;
use super::definitions;
use crate::diagnostics::finding::Finding;
use crate::markdown::address::is_address_like;
use crate::markdown::brackets::{Bracket, brackets};
use crate::markdown::label::normalize_label;
use crate::markdown::plain_text::MASK;
use crate::model::goal::Goal;
use crate::model::slate::File;
use crate::rules::context::{JudgedBrackets, LintContext};
use crate::text::name_index::NameIndex;
use crate::text::similarity::{did_you_mean, normalize};
use crate::text::source::{Span, lies_in};
use crate::text::user_names;

/// The definitions that were meant by undefined labels: they are unused because of that typo.
pub(crate) fn meant<'s>(cx: &'s LintContext<'_>, file: &File) -> HashSet<&'s str> {
    judged(cx, file).iter().filter_map(|(_, meant)| meant.as_deref()).collect()
}

/// What is wrong with the labels of a file, each with the definition that was meant.
pub(crate) fn judged<'s>(cx: &'s LintContext<'_>, file: &File) -> &'s [(Finding, Option<String>)] {
    &judgments(cx, file).findings
}

/// The texts in brackets alone that mean nothing, and look like the words of a link.
pub(crate) fn unlinked<'s>(cx: &'s LintContext<'_>, file: &File) -> &'s [Span] {
    &judgments(cx, file).unlinked
}

fn judgments<'s>(cx: &'s LintContext<'_>, file: &File) -> &'s JudgedBrackets {
    cx.memo(file).undefined_labels.get_or_init(|| {
        let labels = Labels::of(cx, file);
        let mut used: Option<HashSet<String>> = None;
        let mut with_definition = |finding: Finding, meant: Option<&str>| {
            let meant = meant.map(normalize_label);
            let mut is_unused =
                |label: &String| !used.get_or_insert_with(|| definitions::used(cx.slate, file)).contains(label);
            let unused = meant.as_ref().filter(|label| is_unused(label));
            let definition = unused.and_then(|label| file.document.definitions.iter().find(|one| one.normal == *label));
            let finding = match definition {
                Some(definition) => finding.related(file.id, definition.label, "defined here, and not used"),
                None => finding,
            };
            (finding, meant)
        };
        let (mut findings, mut unlinked) = (Vec::new(), Vec::new());
        let parts = cx.plain(file).parts();
        for (part, bracket) in parts.flat_map(|part| part.brackets.iter().map(move |bracket| (part, bracket))) {
            match labels.judge(part.span, part.text, bracket) {
                Judgment::Wrong(finding, meant) => findings.push(with_definition(*finding, meant)),
                Judgment::Meaningless => {
                    let span = part.span.part(bracket.text.clone());
                    let is_lost = is_lost_link(file.source.slice(span), part.text, bracket);
                    unlinked.extend(Some(span).filter(|_| is_lost));
                }
                Judgment::AccountedFor => {}
            }
        }
        JudgedBrackets { findings, unlinked }
    })
}

/// What a bracketed text turns out to be.
enum Judgment<'s> {
    /// It means something, or is for another rule to judge.
    AccountedFor,
    /// It means nothing, and nothing is wrong with that.
    Meaningless,
    /// Something is wrong with it; the label that was meant, where it is one of the file's.
    Wrong(Box<Finding>, Option<&'s str>),
}

/// Whether a text in brackets looks like the words of a link: no number, box, choice or code.
fn is_lost_link(written: &str, text: &str, bracket: &Bracket) -> bool {
    const FEWEST_LETTERS: usize = 3;
    let (before, after) = (text[..bracket.whole.start].chars().next_back(), text[bracket.whole.end..].chars().next());
    let letters = written.chars().filter(|c| c.is_alphabetic()).count();
    let is_plain = |c: char| c.is_alphanumeric() || c.is_whitespace() || "-'\u{2019}*_`,&/#:".contains(c);
    bracket.label.is_none()
        && !bracket.image
        // What editors write into the words of others.
        && !written.eq_ignore_ascii_case("sic")
        && letters >= FEWEST_LETTERS
        && written.chars().all(is_plain)
        && !before.is_some_and(|c| c.is_alphanumeric() || "#_]".contains(c))
        && !after.is_some_and(|c| c.is_alphanumeric() || "(:[]".contains(c))
}

/// The users whom the running text of a file names, without `@`, each place once.
fn users(file: &File) -> impl Iterator<Item = Span> {
    file.marks("@").filter_map(|(text, sign)| {
        let at = (sign.start - text.start) as usize;
        Some(text.part(user_names::user_at(file.source.slice(text), at)?))
    })
}

/// What a label in one file can mean. All but the definitions is found out when a label asks for it, which few do.
pub(crate) struct Labels<'s> {
    cx: &'s LintContext<'s>,
    file: &'s File,
    /// Labels of definitions, as they are compared; also of lines that only look like one, which `broken-link` finds.
    defined: HashSet<&'s str>,
    seeming: OnceCell<HashSet<String>>,
    /// The display names of the users whom the file names with `@`, as labels: each is a definition.
    names: OnceCell<HashSet<String>>,
    /// What another rule judges: the teams of champions, misspelled badges of asks.
    others: OnceCell<HashSet<Span>>,
    /// The same for whole cells.
    judged: &'s [Span],
    /// The labels as written, for proposals.
    written: OnceCell<NameIndex>,
    /// The badges of the project and the period, as they are compared.
    badges: OnceCell<HashSet<String>>,
}

impl<'s> Labels<'s> {
    fn of(cx: &'s LintContext<'s>, file: &'s File) -> Labels<'s> {
        let defined = file.document.definitions.iter().map(|definition| definition.normal.as_str()).collect();
        let judged = cx.judged_cells(file);
        let (seeming, names, others, written, badges) = Default::default();
        Labels { cx, file, defined, seeming, names, others, judged, written, badges }
    }

    fn goal(&self) -> Option<&'s Goal> {
        self.cx.slate.goal_in(self.file)
    }

    fn is_seeming(&self, normal: &str) -> bool {
        let find = || {
            let parts = self.cx.plain(self.file).parts();
            let lines = parts.flat_map(|part| part.text.lines()).map(|line| line.trim_start_matches([' ', MASK]));
            let labels = lines.filter_map(|line| line.strip_prefix('[')?.split_once("]:"));
            labels.map(|(label, _)| normalize_label(label)).collect()
        };
        self.seeming.get_or_init(find).contains(normal)
    }

    fn is_name(&self, normal: &str) -> bool {
        let find = || {
            let users = users(self.file);
            let people = users.filter_map(|login| self.cx.slate.roster.person(self.file.source.slice(login)));
            people.map(|person| normalize_label(&person.name)).collect()
        };
        self.names.get_or_init(find).contains(normal)
    }

    fn is_other(&self, span: Span) -> bool {
        let find = || {
            let Some(goal) = self.goal() else { return HashSet::new() };
            let source = &self.file.source;
            let rows = goal.metadata.rows.iter().map(|row| row.name.span);
            let named = rows.map(|span| bracketed(source.slice(span)).map_or(span, |at| span.part(at)));
            let badges = missing_badges(self.cx.slate, goal).into_iter().map(|finding| finding.span);
            named.chain(badges).collect()
        };
        self.others.get_or_init(find).contains(&span)
    }

    /// Whether it is a person in a cell that says who does the work, which is reported by `unmarked-user`.
    fn is_owner(&self, whole: Span, written: &str) -> bool {
        let lies_there = |goal: &Goal| lies_in(whole, self.cx.owner_cells(goal));
        self.cx.slate.roster.person(written).is_some() && self.goal().is_some_and(lies_there)
    }

    /// The labels among which the one is looked for that may have been meant, as written.
    fn around(&self, written: &str) -> impl Iterator<Item = &'s str> {
        let file = self.file;
        let label = |place: usize| file.source.slice(file.document.definitions[place].label);
        let names = self.written.get_or_init(|| {
            let places = 0..file.document.definitions.len();
            NameIndex::new(places.map(|place| (place, label(place))))
        });
        names.candidates(written).into_iter().map(label)
    }

    /// Whether a bracketed text means something, or is for another rule to judge.
    fn is_accounted_for(&self, part: Span, text: &str, bracket: &Bracket) -> bool {
        let label = bracket.label.clone().filter(|label| !label.is_empty());
        let written = self.file.source.slice(part.part(label.unwrap_or_else(|| bracket.text.clone())));
        // `x[0][1]` and footnotes are no references, and what should be an address or a link is another rule's.
        let before = text[..bracket.whole.start].chars().next_back();
        let is_index = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let is_other = written.starts_with('^') || is_address_like(written) || written.trim().is_empty();
        let (inner, whole) = (part.part(bracket.text.clone()), part.part(bracket.whole.clone()));
        is_index
            || is_other
            // What the badges of a cell are called is for nobody else to judge.
            || (lies_in(whole, self.judged) && (!bracket.image || self.makes_ask(inner)))
            || self.knows(written, bracket.image)
            || (bracket.label.is_none() && self.is_linkified(written))
            || self.is_other(inner)
            || self.is_other(whole)
            || self.is_owner(whole, written)
    }

    /// Whether a text is that of the badge that makes a row an ask, which `incomplete-badge` judges.
    fn makes_ask(&self, text: Span) -> bool {
        let badge = self.cx.slate.format.badge.as_deref();
        badge.is_some_and(|badge| badge.eq_ignore_ascii_case(self.file.source.slice(text)))
    }

    /// What is wrong with more brackets around what the site makes a link of: it knows the text in brackets alone.
    fn judge_linkified(&self, part: Span, bracket: &Bracket) -> Option<Finding> {
        let label = bracket.label.clone().filter(|_| !bracket.image)?;
        let source = &self.file.source;
        let (text, whole) = (source.slice(part.part(bracket.text.clone())), part.part(bracket.whole.clone()));
        let is_unknown = |label: &str| self.is_linkified(label) && !self.knows(label, false);
        let written = source.slice(part.part(label.clone()));
        if lies_in(whole, self.judged) || self.is_other(whole) {
            return None;
        }
        let finding = |known: &str| {
            let message = format!("the site turns `[{known}]` into a link, but only without further brackets");
            Finding::new(whole, message)
        };
        if written.is_empty() && is_unknown(text) {
            let surplus = part.part(label.start - 1..label.end + 1);
            return Some(finding(text).help(format!("use `[{text}]`")).fix(surplus, ""));
        }
        if written.is_empty() || !is_unknown(written) {
            return None;
        }
        let address = self.cx.slate.config.linkified(written)?;
        let link = format!("[{text}]({address})");
        Some(finding(written).help(format!("use `{link}`")).fix(whole, link))
    }

    /// Judges a bracketed text.
    fn judge(&self, part: Span, text: &str, bracket: &Bracket) -> Judgment<'s> {
        let source = &self.file.source;
        let label = bracket.label.clone().filter(|label| !label.is_empty());
        let span = part.part(label.unwrap_or_else(|| bracket.text.clone()));
        let written = source.slice(span);
        if let Some(finding) = self.judge_linkified(part, bracket) {
            return Judgment::Wrong(Box::new(finding), None);
        }
        if self.is_accounted_for(part, text, bracket) {
            return Judgment::AccountedFor;
        }
        if bracket.label.is_none() && !bracket.image {
            let wrong = self.judge_shortcut(text, bracket, span, written);
            return wrong.map_or(Judgment::Meaningless, |(finding, meant)| Judgment::Wrong(Box::new(finding), meant));
        }
        let what = if bracket.image { "unknown badge" } else { "undefined label" };
        let finding = Finding::new(span, format!("{what} `{written}`"));
        if let Some(near) = did_you_mean(written, self.around(written)) {
            let place = self.place_of_label(part, bracket);
            let fix =
                (normalize(near) == normalize(written) && !written.contains('@')).then(|| (place, near.to_owned()));
            let finding = finding.help(format!("did you mean `[{near}]`?")).maybe_fix(fix);
            return Judgment::Wrong(Box::new(finding), Some(near));
        }
        let roster = &self.cx.slate.roster;
        let known = if bracket.image {
            did_you_mean(written, self.badges())
        } else {
            did_you_mean(written, roster.team_names())
        };
        let person = roster.person(written.trim_start_matches('@'));
        let finding = match (person, known) {
            (Some(person), _) if !bracket.image => finding.help(format!("use `@{}` for the person", person.login)),
            (_, Some(near)) => finding.help(format!("did you mean `[{near}]`?")),
            _ if bracket.image => finding.help("use one of the badges of the project, or define this label"),
            _ => finding.help(format!("add a line `[{written}]: https://…`, or remove the brackets")),
        };
        Judgment::Wrong(Box::new(finding), None)
    }

    /// Where the label of a reference is, or is to be written for `[text][]`.
    fn place_of_label(&self, part: Span, bracket: &Bracket) -> Span {
        part.part(bracket.label.clone().unwrap_or(bracket.whole.end..bracket.whole.end))
    }

    /// A text in brackets alone may be meant as it is. It is a reference where it nearly has a meaning.
    fn judge_shortcut(
        &self,
        text: &str,
        bracket: &Bracket,
        span: Span,
        written: &str,
    ) -> Option<(Finding, Option<&'s str>)> {
        let follows = text[bracket.whole.end..].chars().next();
        if matches!(follows, Some('(' | ':' | '[' | ']')) {
            return None;
        }
        if let Some(meant) = self.linkifiable(written) {
            let finding = Finding::new(span, format!("`{written}` matches no linkifier"));
            return Some((finding.help(format!("use `[{meant}]`")).fix(span, meant), None));
        }
        let word = Word::of(written)?;
        let defined = self.around(written).find(|label| word.is_close_to(label));
        let near = defined.or_else(|| self.cx.slate.roster.team_names().find(|team| word.is_close_to(team)))?;
        let finding = Finding::new(span, format!("undefined label `{written}`"));
        Some((finding.help(format!("did you mean `[{near}]`?")), defined))
    }

    fn badges(&self) -> impl Iterator<Item = &str> {
        let format = &self.cx.slate.format;
        let named = self.cx.slate.config.links.keys().chain(format.badges.keys()).chain(&format.badge);
        named.map(String::as_str)
    }

    fn is_badge(&self, normal: &str) -> bool {
        self.badges.get_or_init(|| self.badges().map(normalize_label).collect()).contains(normal)
    }

    fn knows(&self, label: &str, image: bool) -> bool {
        let normal = normalize_label(label);
        self.defined.contains(normal.as_str())
            || (!image && self.cx.slate.roster.team(&normal).is_some())
            || self.is_badge(&normal)
            || self.is_seeming(&normal)
            || self.is_name(&normal)
    }

    fn is_linkified(&self, label: &str) -> bool {
        self.cx.slate.config.linkified(label).is_some()
    }

    /// The text that a linkifier knows and that must have been meant: `RFC #1` for `RFC 1`, `org/repo#1` for `org/repo/1`.
    fn linkifiable(&self, written: &str) -> Option<String> {
        let digits = written.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let (before, number) = written.split_at(digits);
        let before = before.trim_end_matches([' ', '#', '/', '-']);
        let before = before.strip_suffix("/pull").or(before.strip_suffix("/issues")).unwrap_or(before);
        if number.is_empty() || before.is_empty() {
            return None;
        }
        let candidates = [format!("{before}#{number}"), format!("{} #{number}", before.to_uppercase())];
        candidates.into_iter().find(|candidate| self.is_linkified(candidate))
    }
}

/// The text between the brackets of a row's name such as `[team] champion`.
pub(crate) fn bracketed(name: &str) -> Option<std::ops::Range<usize>> {
    brackets(name).into_iter().next().map(|bracket| bracket.text)
}

/// A word that may be a slip for a name.
struct Word {
    /// In lower case.
    lower: String,
    /// How many characters it has as written.
    length: usize,
    /// See [`characters`]; nothing where it has others than those of ASCII.
    characters: Option<u128>,
}

impl Word {
    /// A word as written, unless it is too short to tell.
    fn of(written: &str) -> Option<Word> {
        const MIN_LENGTH: usize = 5;
        let length = written.chars().count();
        let word = || Word { lower: written.to_lowercase(), length, characters: characters(written) };
        (length >= MIN_LENGTH).then(word)
    }

    /// Whether it differs from a name by so little that it must be a slip.
    fn is_close_to(&self, name: &str) -> bool {
        const LONG: usize = 9;
        /// In lower case a name may have more characters than before.
        const MAX_LONGER: usize = 4;
        let allowed = if self.length < LONG { 1 } else { 2 };
        // Asked for every name there is: most are too long or too short, whatever their letters, and most others have
        // letters that the word has not.
        let longest = if self.characters.is_some() && name.is_ascii() { allowed } else { MAX_LONGER };
        if self.length.abs_diff(name.chars().count()) > longest {
            return false;
        }
        if let Some((own, other)) = self.characters.zip(characters(name)) {
            let lacks = |some: u128, others: u128| (others & !some).count_ones() as usize > allowed;
            if lacks(own, other) || lacks(other, own) {
                return false;
            }
        }
        let name = name.to_lowercase();
        self.lower != name && strsim::osa_distance(&self.lower, &name) <= allowed
    }
}

/// Which characters a text of ASCII has in lower case, as one bit each. A slip adds one of them, and takes one away, at most.
fn characters(text: &str) -> Option<u128> {
    let add = |all, byte: u8| all | 1 << byte.to_ascii_lowercase();
    text.is_ascii().then(|| text.bytes().fold(0, add))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::markdown::document::Document;
    use crate::model::slate::FileKind;
    use crate::text::ids::FileId;
    use crate::text::source::Source;

    #[test]
    fn a_slip_is_told_from_another_word() {
        let is_close = |word: &str, name: &str| Word::of(word).is_some_and(|word| word.is_close_to(name));
        for (word, name) in [
            ("libbs", "libs"),
            ("compilre", "compiler"),
            ("Rustdco", "rustdoc"),
            ("infrastructrue", "infrastructure"),
            ("s\u{e9}curity", "security"),
        ] {
            assert!(is_close(word, name), "{word} {name}");
        }
        for (word, name) in [
            ("lags", "lang"),
            ("rustdoc", "Rustdoc"),
            ("types", "lang"),
            ("compiler", "complete"),
            ("libs-api", "libs"),
        ] {
            assert!(!is_close(word, name), "{word} {name}");
        }
    }

    #[test]
    fn each_user_of_a_text_is_looked_at_once() {
        let source = Source::from_bytes("2026/a.md", "@nobody, @@x me@x.org `@f` ".repeat(50).into());
        let document = Arc::new(Document::parse(&source));
        let (source, directives) = (Arc::new(source), Arc::default());
        let file = File { id: FileId::from(0), source, document, directives, kind: FileKind::Page };
        assert_eq!(users(&file).count(), 50);
    }
}
