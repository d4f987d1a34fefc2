//! The names that can be written: users and teams of the roster, values and names of the format, files, headings, and labels.

use std::collections::BTreeSet;

use super::anchors;
use super::candidate::{Candidate, CandidateKind};
use super::context::{Context, Wanted, team_of};
use super::definition::destination_of;
use super::place::file_of;
use crate::links::outside::OutsideFiles;
use crate::links::target::{self, Form, Inside, Target, relative_link};
use crate::markdown::address::has_scheme;
use crate::model::goal::{Goal, title};
use crate::model::slate::{File, FileKind, Slate};
use crate::policy::format::{Argument, ArgumentOf, DirectiveKind, Field, GoalFilter, RowFormat, WordsFormat};
use crate::queries::spelling::Spelling;
use crate::rules::registry::RULES;
use crate::rules::rule::{Check, Rule};
use crate::text::source::Span;

/// Everything that can be written at a place.
pub(super) fn candidates(
    slate: &Slate,
    outside: Option<&OutsideFiles>,
    file: &File,
    context: &Context,
) -> Vec<Candidate> {
    let list = List { slate, outside, file, span: context.span };
    match &context.wanted {
        Wanted::Rules => list.rules(),
        Wanted::Directives { close } => list.directives(close),
        Wanted::Arguments { name } => list.arguments(name),
        Wanted::Labels { is_image } => list.labels(*is_image),
        Wanted::Files { begun } => list.files(begun),
        Wanted::Anchors { target } => list.anchors(target),
        Wanted::Users { team } => list.users(team.as_deref()),
        Wanted::Sections => list.sections(),
        Wanted::Rows { has } => list.rows(has),
        Wanted::Value { field, row } => list.values(*field, row),
        Wanted::Teams => list.asked_teams(),
        Wanted::Levels => list.levels(),
        Wanted::Asks => list.asks(),
        Wanted::Words { of_costs } => list.words(*of_costs),
    }
}

struct List<'s> {
    slate: &'s Slate,
    outside: Option<&'s OutsideFiles>,
    file: &'s File,
    /// What a candidate replaces.
    span: Span,
}

impl List<'_> {
    fn one(&self, kind: CandidateKind, label: &str, text: String, detail: Option<String>) -> Candidate {
        let (label, filter) = (label.to_owned(), label.to_owned());
        Candidate { kind, label, filter, text, detail, span: self.span }
    }

    fn plain(&self, kind: CandidateKind, label: &str) -> Candidate {
        self.one(kind, label, label.to_owned(), None)
    }

    /// What follows the bytes that are replaced.
    fn rest(&self) -> &str {
        self.file.source.text().get(self.span.end as usize..).unwrap_or_default()
    }

    /// A text with what closes it, unless that is there already.
    fn closed(&self, text: &str, close: &str) -> String {
        let is_closed = self.rest().trim_start_matches(' ').starts_with(close.trim_start());
        if is_closed { text.to_owned() } else { format!("{text}{close}") }
    }

    fn rules(&self) -> Vec<Candidate> {
        let rules = RULES.iter().filter(|rule| !matches!(rule.check, Check::Suppressions));
        let summary = |rule: &Rule| rule.read().ok().map(|data| data.summary);
        rules.map(|rule| self.one(CandidateKind::Rule, rule.id, rule.id.to_owned(), summary(rule))).collect()
    }

    fn directives(&self, close: &str) -> Vec<Candidate> {
        let known = self.slate.format.directives.iter();
        let one = |(name, kind): (&String, &DirectiveKind)| {
            let text = match kind.argument() {
                Argument::Always => self.closed(&format!("{name}: "), close),
                _ => self.closed(name, close),
            };
            self.one(CandidateKind::Directive, name, text, None)
        };
        known.map(one).collect()
    }

    fn arguments(&self, name: &str) -> Vec<Candidate> {
        let field = match self.slate.format.directives.get(name) {
            Some(DirectiveKind::GoalTable { of: GoalFilter::Flagship }) => Field::Theme,
            Some(DirectiveKind::HighlightTable | DirectiveKind::HighlightCredits) => Field::Highlight,
            Some(DirectiveKind::Roadmaps) => Field::Area,
            Some(DirectiveKind::Site { of: Some(of), .. }) => match of {
                ArgumentOf::Theme => Field::Theme,
                ArgumentOf::Highlight => Field::Highlight,
                ArgumentOf::Need => Field::Need,
            },
            _ => return Vec::new(),
        };
        // A template may name what only goals have so far.
        let values = self.values_of(field).into_iter().chain(self.used(field));
        let values: BTreeSet<String> = values.collect();
        values.iter().map(|value| self.plain(CandidateKind::Value, value)).collect()
    }

    fn labels(&self, is_image: bool) -> Vec<Candidate> {
        let close = |label: &str| self.closed(label, "]");
        let badges = self.slate.config.links.keys().chain(self.slate.format.badges.keys());
        let badges = badges.chain(&self.slate.format.badge);
        let mut seen = BTreeSet::new();
        let badges = badges.filter(|label| seen.insert(label.to_lowercase()));
        let badges: Vec<Candidate> =
            badges.map(|label| self.one(CandidateKind::Label, label, close(label), None)).collect();
        if is_image {
            return badges;
        }
        let document = &self.file.document;
        let defined = document.definitions.iter().filter(|definition| !definition.is_footnote());
        let defined = defined.map(|definition| {
            let (label, target) = (self.file.source.slice(definition.label), self.file.source.slice(definition.target));
            self.one(CandidateKind::Label, label, close(label), Some(target.to_owned()))
        });
        let teams = self.slate.roster.team_names();
        let teams = teams.map(|team| self.one(CandidateKind::Team, team, close(team), None));
        defined.chain(teams).chain(badges).collect()
    }

    /// The files to which a link can lead that is begun like this; none where it is the address of something else.
    fn files(&self, begun: &str) -> Vec<Candidate> {
        match begun.rsplit_once('/') {
            _ if has_scheme(begun) => Vec::new(),
            None | Some((".", _)) => self.files_of_slate(begun),
            Some((directory, _)) => self.files_in(directory),
        }
    }

    fn files_of_slate(&self, begun: &str) -> Vec<Candidate> {
        let from = self.file.source.path();
        let others = self.slate.files.iter().filter(|other| other.id != self.file.id);
        let one = |other: &File| {
            let link = relative_link(from, other.source.path());
            let label = link.strip_prefix("./").unwrap_or(&link).to_owned();
            // Editors compare what they show with all that is written, and that may be without `./`.
            let filter = if begun.is_empty() || begun.starts_with('.') { link.clone() } else { label.clone() };
            Candidate { filter, ..self.one(CandidateKind::File, &label, link, self.title_of(other)) }
        };
        others.map(one).collect()
    }

    /// The pages that are known of a directory, by the way to it as it is written.
    fn files_in(&self, written: &str) -> Vec<Candidate> {
        let way = format!("{written}/");
        let Target::Inside(Inside { path, form: Form::Relative, .. }) = target::read(self.slate, self.file, &way)
        else {
            return Vec::new();
        };
        let own = self.slate.files.iter().filter(|file| file.id != self.file.id).map(|file| file.source.path());
        let own = own.filter_map(|file| match file.rsplit_once('/') {
            Some((above, name)) => (above == path).then_some(name),
            None => path.is_empty().then_some(file),
        });
        let others = self.outside.into_iter().flat_map(|outside| outside.pages_in(&path));
        let others = others.filter(|name| self.file.source.path() != path_in(&path, name));
        let names: BTreeSet<&str> = own.chain(others).collect();
        let one = |name: &str| {
            let link = format!("{way}{}", relative_link("", name).trim_start_matches("./"));
            let title = file_of(self.slate, &path_in(&path, name)).and_then(|file| self.title_of(file));
            Candidate { filter: link.clone(), ..self.one(CandidateKind::File, name, link, title) }
        };
        names.into_iter().map(one).collect()
    }

    fn title_of(&self, file: &File) -> Option<String> {
        title(&file.document).map(|title| title.text.clone())
    }

    fn anchors(&self, target: &str) -> Vec<Candidate> {
        let there = match target {
            "" => Some(self.file),
            target => destination_of(self.slate, self.outside, self.file, target)
                .and_then(|destination| file_of(self.slate, &destination.path)),
        };
        let Some(there) = there else { return Vec::new() };
        let texts = there.document.headings.iter().map(|heading| heading.text.clone());
        let anchors = anchors::headings(&there.document).zip(texts);
        anchors
            .map(|((anchor, _), text)| self.one(CandidateKind::Anchor, &anchor, anchor.clone(), Some(text)))
            .collect()
    }

    /// Everybody whom the roster or the slate knows; first the members of a team, then those whom the slate names.
    fn users(&self, team: Option<&str>) -> Vec<Candidate> {
        let roster = &self.slate.roster;
        let record = team.and_then(|team| roster.team_record(team));
        let members = record.into_iter().flat_map(|team| &team.members).map(|member| member.login.as_str());
        let spelling = Spelling::of(self.slate);
        let named: Vec<&str> = spelling.all().collect();
        let all = members.chain(named).chain(roster.people().map(|person| person.login.as_str()));
        let mut seen = BTreeSet::new();
        let all = all.filter(|login| seen.insert(login.to_lowercase()));
        all.map(|login| {
            let label = format!("@{login}");
            let name = roster.person(login).map(|person| person.name.clone());
            self.one(CandidateKind::Person, &label, label.clone(), name)
        })
        .collect()
    }

    fn sections(&self) -> Vec<Candidate> {
        let has = |name: &str| self.file.document.headings.iter().any(|heading| heading.text == name);
        let missing = self.slate.format.sections.keys().filter(|name| !has(name));
        missing.map(|name| self.plain(CandidateKind::Section, name)).collect()
    }

    fn rows(&self, has: &[String]) -> Vec<Candidate> {
        let has = |name: &str| has.iter().any(|other| other.eq_ignore_ascii_case(name));
        let rows = match (self.file.kind, &self.slate.format.roadmaps) {
            (FileKind::Roadmap(_), Some(roadmaps)) => &roadmaps.rows,
            _ => &self.slate.format.metadata.rows,
        };
        let rows = rows.iter().filter(|(name, row)| !row.later && (row.many || !has(name)));
        let names = rows.flat_map(|(name, row)| match row.field {
            Some(Field::Champion) => self.champion_rows(name),
            _ => vec![name.clone()],
        });
        names
            .filter(|name| !has(name) || self.is_repeatable(name))
            .map(|name| self.plain(CandidateKind::Row, &name))
            .collect()
    }

    fn is_repeatable(&self, name: &str) -> bool {
        self.slate.format.row(name).is_some_and(|(row, team): (&RowFormat, _)| row.many && team.is_none())
    }

    /// The rows for champions of the teams that the goal asks.
    fn champion_rows(&self, pattern: &str) -> Vec<String> {
        let goal = self.slate.goal_in(self.file);
        let teams = goal.map(Goal::teams).unwrap_or_default();
        teams.into_iter().map(|team| pattern.replace("[team]", &format!("[{team}]"))).collect()
    }

    fn values(&self, field: Option<Field>, row: &str) -> Vec<Candidate> {
        match field {
            Some(Field::Contact | Field::Champion) => self.users(team_of(self.slate, row).as_deref()),
            Some(field) => self.values_of(field).iter().map(|value| self.plain(CandidateKind::Value, value)).collect(),
            None => {
                let known = self.slate.format.row(row).map(|(row, _)| &row.values);
                known.into_iter().flatten().map(|(value, _)| self.plain(CandidateKind::Value, value)).collect()
            }
        }
    }

    /// The values that a row of this field can have.
    fn values_of(&self, field: Field) -> Vec<String> {
        let slate = self.slate;
        let owned = |values: Vec<&str>| values.into_iter().map(str::to_owned).collect();
        match field {
            Field::Status => {
                let own = slate.format.statuses.iter().filter(|(_, status)| !status.later);
                own.map(|(name, _)| name.clone()).collect()
            }
            Field::Theme => owned(slate.themes().unwrap_or_default()),
            Field::Highlight => {
                let listed: BTreeSet<&str> = slate.arguments(&DirectiveKind::HighlightTable).collect();
                owned(listed.into_iter().collect())
            }
            Field::Area => self.used(Field::Area).into_iter().collect(),
            _ => {
                let rows = slate.format.metadata.rows.values().filter(|row| row.field == Some(field));
                rows.flat_map(|row| row.values.keys().cloned()).collect()
            }
        }
    }

    /// The values that rows of this field have in the slate.
    fn used(&self, field: Field) -> BTreeSet<String> {
        let goals = self.slate.goals.iter().map(|goal| &goal.metadata);
        let all = goals.chain(self.slate.roadmaps.iter().map(|roadmap| &roadmap.metadata));
        all.flat_map(|metadata| metadata.fields(field)).map(|row| row.value.value.clone()).collect()
    }

    fn asked_teams(&self) -> Vec<Candidate> {
        let badge = self.slate.format.badge.as_ref().map_or(String::new(), |badge| format!("![{badge}][] "));
        let names = self.slate.roster.team_names();
        names.map(|team| self.one(CandidateKind::Team, team, format!("{badge}[{team}]"), None)).collect()
    }

    fn levels(&self) -> Vec<Candidate> {
        let levels = self.slate.format.levels.keys();
        levels.map(|level| self.plain(CandidateKind::Value, level)).collect()
    }

    fn asks(&self) -> Vec<Candidate> {
        let asks = self.slate.format.asks.iter();
        asks.map(|(name, ask)| self.one(CandidateKind::Value, name, name.clone(), Some(ask.about.clone()))).collect()
    }

    fn words(&self, of_costs: bool) -> Vec<Candidate> {
        let Some(funding) = &self.slate.format.funding else { return Vec::new() };
        let WordsFormat { words, .. } = if of_costs { &funding.costs } else { &funding.states };
        words.iter().map(|word| self.plain(CandidateKind::Value, word)).collect()
    }
}

/// The path of a file in a directory, both from the root.
fn path_in(directory: &str, name: &str) -> String {
    if directory.is_empty() { name.to_owned() } else { format!("{directory}/{name}") }
}
