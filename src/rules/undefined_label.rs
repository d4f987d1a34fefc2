//! A reference to a label that nobody defines: the reader sees the brackets.

use std::collections::HashSet;

use super::leftover_instruction;
use super::missing_badge;
use crate::finding::Finding;
use crate::goal;
use crate::markdown::{Bracket, brackets, normalize_label};
use crate::masked::{MASK, Masked};
use crate::nearest::nearest;
use crate::people::owner_cells;
use crate::slate::{File, FileKind, Slate};
use crate::source::{Span, lies_in};
use crate::target::is_address_like;

pub(crate) fn check(slate: &Slate, file: &File) -> Vec<Finding> {
    let masked = Masked::of(file);
    let labels = Labels::of(slate, file, &masked);
    let mut findings = Vec::new();
    for (part, text) in masked.parts() {
        for bracket in brackets(text) {
            findings.extend(labels.judge(part, text, &bracket).map(|(finding, _)| finding));
        }
    }
    leftover_instruction::outside(slate, file, findings)
}

/// The definitions that were meant by labels that nobody defines: nobody uses them because of that slip.
pub(super) fn meant(slate: &Slate, file: &File) -> HashSet<String> {
    let masked = Masked::of(file);
    let labels = Labels::of(slate, file, &masked);
    let found =
        masked.parts().flat_map(|(part, text)| brackets(text).into_iter().map(move |bracket| (part, text, bracket)));
    found.filter_map(|(part, text, bracket)| labels.judge(part, text, &bracket)?.1).map(normalize_label).collect()
}

/// What a label in one file can mean.
struct Labels<'s> {
    slate: &'s Slate,
    file: &'s File,
    /// Labels of definitions, as they are compared; also of lines that only look like one, which `broken-link` finds.
    defined: HashSet<String>,
    /// The same as written, for proposals.
    written: Vec<&'s str>,
    /// The users that the file names with `@`, in lower case: each is a definition of the display name.
    users: HashSet<String>,
    /// What another rule judges: the teams of champions, misspelt badges of asks.
    others: HashSet<Span>,
    /// The same for whole cells.
    judged: Vec<Span>,
    /// The cells that say who does the work: a person in brackets there is `unmarked-user`'s business.
    owners: Vec<Span>,
}

impl<'s> Labels<'s> {
    fn of(slate: &'s Slate, file: &'s File, masked: &Masked) -> Labels<'s> {
        let source = &file.source;
        let document = &file.document;
        let texts = document.texts.iter().map(|span| source.slice(*span));
        let users = texts.flat_map(|text| goal::users(text).into_iter().map(|at| text[at].to_lowercase()));
        let lines = masked.parts().flat_map(|(_, text)| text.lines()).map(|line| line.trim_start_matches([' ', MASK]));
        let seeming = lines.filter_map(|line| line.strip_prefix('[')?.split_once("]:")).map(|(label, _)| label);
        let definitions = document.definitions.iter();
        let mut defined: HashSet<String> = definitions.clone().map(|definition| definition.normal.clone()).collect();
        defined.extend(seeming.map(normalize_label));
        let others = match file.kind {
            FileKind::Goal(goal) => {
                let goal = &slate.goals[goal];
                let rows = goal.metadata.rows.iter().map(|row| row.name.span);
                let named = rows.map(|span| bracketed(source.slice(span)).map_or(span, |at| span.part(at)));
                let badges = missing_badge::check(slate, goal).into_iter().map(|finding| finding.span);
                named.chain(badges).collect()
            }
            _ => HashSet::new(),
        };
        let mut owners = match file.kind {
            FileKind::Goal(goal) => owner_cells(slate, &slate.goals[goal]),
            _ => Vec::new(),
        };
        owners.sort_unstable();
        let written = definitions.map(|definition| source.slice(definition.label)).collect();
        let judged = slate.judged_cells(file);
        Labels { slate, file, defined, written, users: users.collect(), others, judged, owners }
    }

    /// What is wrong with a bracketed text, and the label that was meant where it is one of the file's.
    fn judge(&self, part: Span, text: &str, bracket: &Bracket) -> Option<(Finding, Option<&'s str>)> {
        let source = &self.file.source;
        let label = bracket.label.clone().filter(|label| !label.is_empty());
        let span = part.part(label.unwrap_or_else(|| bracket.text.clone()));
        let written = source.slice(span);
        // `x[0][1]` and footnotes are no references, and what should be an address or a link is another rule's.
        let before = text[..bracket.whole.start].chars().next_back();
        let is_index = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let is_other = written.starts_with('^') || is_address_like(written) || written.trim().is_empty();
        let (inner, whole) = (part.part(bracket.text.clone()), part.part(bracket.whole.clone()));
        let is_judged = self.others.contains(&inner) || self.others.contains(&whole) || lies_in(whole, &self.judged);
        let is_owner = || self.slate.roster.person(written).is_some() && lies_in(whole, &self.owners);
        if is_index || is_other || is_judged || is_owner() || self.knows(written, bracket.image) {
            return None;
        }
        if bracket.label.is_none() && !bracket.image {
            return self.judge_shortcut(text, bracket, span, written);
        }
        let what = if bracket.image { "no badge is called" } else { "nothing defines the label" };
        let finding = Finding::new(span, format!("{what} `{written}`"));
        if let Some(near) = nearest(written, self.written.iter().copied()) {
            let place = self.place_of_label(part, bracket);
            let fix = (fold(near) == fold(written)).then(|| (place, near.to_owned()));
            return Some((finding.help(format!("did you mean `[{near}]`?")).maybe_fix(fix), Some(near)));
        }
        let roster = &self.slate.roster;
        let known = if bracket.image { nearest(written, self.badges()) } else { nearest(written, roster.team_names()) };
        let person = roster.person(written.trim_start_matches('@'));
        let finding = match (person, known) {
            (Some(person), _) if !bracket.image => finding.help(format!("write `@{}` for the person", person.login)),
            (_, Some(near)) => finding.help(format!("did you mean `[{near}]`?")),
            _ if bracket.image => finding.help("write one of the badges of the project, or define this label"),
            _ => finding.help(format!("add a line `[{written}]: https://…`, or take the brackets out")),
        };
        Some((finding, None))
    }

    /// Where the label of a reference stands, or is to be written for `[text][]`.
    fn place_of_label(&self, part: Span, bracket: &Bracket) -> Span {
        part.part(bracket.label.clone().unwrap_or(bracket.whole.end..bracket.whole.end))
    }

    /// A text in brackets alone may be meant as it stands. It is a reference where it nearly has a meaning.
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
            let finding = Finding::new(span, format!("no pattern makes a link of `{written}`"));
            return Some((finding.help(format!("write `[{meant}]`")).fix(span, meant), None));
        }
        let defined = self.written.iter().copied().find(|label| is_close(written, label));
        let near = defined.or_else(|| self.slate.roster.team_names().find(|team| is_close(written, team)))?;
        let finding = Finding::new(span, format!("nothing defines the label `{written}`"));
        Some((finding.help(format!("did you mean `[{near}]`?")), defined))
    }

    fn badges(&self) -> impl Iterator<Item = &str> {
        let format = &self.slate.format;
        let named = self.slate.config.links.keys().chain(format.badges.keys()).chain(&format.badge);
        named.map(String::as_str)
    }

    fn knows(&self, label: &str, image: bool) -> bool {
        let normal = normalize_label(label);
        let roster = &self.slate.roster;
        let is_person = || {
            self.users
                .iter()
                .any(|login| roster.person(login).is_some_and(|person| normalize_label(&person.name) == normal))
        };
        self.defined.contains(&normal)
            || self.badges().any(|badge| normalize_label(badge) == normal)
            || (!image && roster.team(&normal).is_some())
            || self.is_linkified(label)
            || is_person()
    }

    fn is_linkified(&self, label: &str) -> bool {
        self.slate.config.linkifiers.iter().any(|linkifier| linkifier.address(label).is_some())
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
fn bracketed(name: &str) -> Option<std::ops::Range<usize>> {
    brackets(name).into_iter().next().map(|bracket| bracket.text)
}

/// Whether two words differ by so little that one must be a slip for the other.
fn is_close(written: &str, name: &str) -> bool {
    const SHORTEST: usize = 5;
    const LONG: usize = 9;
    let length = written.chars().count();
    let allowed = if length < LONG { 1 } else { 2 };
    let (written, name) = (written.to_lowercase(), name.to_lowercase());
    length >= SHORTEST && written != name && strsim::osa_distance(&written, &name) <= allowed
}

/// A label without what people confuse.
fn fold(label: &str) -> String {
    label.chars().filter(|c| !matches!(c, ' ' | '-' | '_')).flat_map(char::to_lowercase).collect()
}
