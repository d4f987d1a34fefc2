//! What is asked of teams, as text.

use super::cells::{number, yes};
use super::format::{OutputFormat, TotalsKind, json};
use crate::output::table::{NO_BREAK, TextTable};
use crate::queries::ask::Ask;
use crate::queries::asks::Asks;
use crate::queries::missing::Missing;
use crate::queries::totals::{ChampionTotal, Counted, MAX_GOALS, PersonTotal, TeamTotal};
use crate::queries::unanswered::Unanswered;

/// Shown where a champion is wanted and there is none yet.
pub(crate) const NOBODY: &str = "none yet";

impl Asks {
    /// The asks in this form, or one kind of totals alone. JSON always holds all; CSV is one table, so it has totals only where
    /// they are asked for.
    pub fn show(&self, view: OutputFormat, part: Option<TotalsKind>) -> String {
        match (view, part) {
            (OutputFormat::Json, _) => json(self),
            (_, Some(TotalsKind::Teams)) => view.of_sheets(&[self.team_sheet(view, "")]),
            (_, Some(TotalsKind::Champions)) => view.of_sheets(&[self.champion_sheet(view, "")]),
            (_, Some(TotalsKind::People)) => view.of_sheets(&[self.people_sheet(view, "", |_| true)]),
            (OutputFormat::Csv | OutputFormat::Tabs, None) => view.of_sheets(&[self.sheet(view)]),
            (_, None) => {
                let mut sheets: Vec<TextTable> =
                    self.totals.teams.iter().map(|team| self.of_team(view, team)).collect();
                sheets.push(self.unanswered_sheet(view));
                if self.totals.teams.len() > 1 {
                    sheets.push(self.team_sheet(view, "Teams"));
                }
                sheets.push(self.champion_sheet(view, "Champions by team"));
                let many = format!("People with more than {MAX_GOALS} goals in the slate, in any role");
                sheets.push(self.people_sheet(view, &many, |person| person.carries_many));
                view.of_sheets(&sheets)
            }
        }
    }

    /// The asks of one team.
    fn of_team(&self, view: OutputFormat, team: &TeamTotal) -> TextTable {
        let kind = if self.asks.iter().any(|ask| ask.level.is_some()) { "Level" } else { "Ask" };
        let mut sheet = TextTable::new(summary(team), &[kind, "Champion", "Goal", "Notes"]);
        sheet.whole = &[2];
        for ask in self.asks.iter().filter(|ask| ask.team == team.team) {
            let subgoal = ask.subgoal.as_ref().map_or_else(String::new, |name| format!(" ↳ {}", view.text(name)));
            let goal = format!("{}{subgoal}", view.goal(&ask.goal, ask.url.as_deref()));
            let champion = match &ask.champion {
                None if ask.lacks_champion => NOBODY.to_owned(),
                champion => view.maybe_user(champion.as_ref()),
            };
            sheet.row([ask.kind().to_owned(), champion, goal, view.text(&ask.notes)]);
        }
        sheet
    }

    /// All asks, with everything that is known of them.
    fn sheet(&self, view: OutputFormat) -> TextTable {
        let head = [
            "Team",
            "Level",
            "Ask",
            "Champion",
            "Without champion",
            "Goal",
            "Subgoal",
            "Notes",
            "Contact",
            "Status",
            "Path",
            "Line",
        ];
        let mut sheet = TextTable::new("", &head);
        for ask in &self.asks {
            sheet.row([
                ask.team.clone(),
                ask.level.clone().unwrap_or_default(),
                ask.ask.clone().unwrap_or_default(),
                view.maybe_user(ask.champion.as_ref()),
                yes(ask.lacks_champion),
                view.goal(&ask.goal, ask.url.as_deref()),
                ask.subgoal.as_ref().map_or_else(String::new, |name| view.text(name)),
                view.text(&ask.notes),
                view.maybe_user(ask.contact.as_ref()),
                ask.status.clone(),
                view.path(&ask.path),
                ask.line.to_string(),
            ]);
        }
        sheet
    }

    /// What teams have not answered, and who waits for it.
    fn unanswered_sheet(&self, view: OutputFormat) -> TextTable {
        let mut sheet = TextTable::new("Without a champion or an answer", &["Team", "Missing", "Goal", "Contact"]);
        sheet.whole = &[2];
        for one in &self.unanswered {
            let goal = view.goal(&one.goal, one.url.as_deref());
            sheet.row([one.team.clone(), what(one), goal, view.maybe_user(one.contact.as_ref())]);
        }
        sheet
    }

    fn team_sheet(&self, view: OutputFormat, title: &str) -> TextTable {
        let totals = &self.totals.teams;
        let kinds = Kinds::of(view, totals.iter().map(|total| total.counts.as_slice()));
        let mut sheet = TextTable::new(title, &["Team", "Goals", "Asks", "With champion", "Without"]);
        sheet.head.extend(kinds.head());
        for total in totals {
            let TeamTotal { team, goals, asks, counts, with_champion, lack_champion } = total;
            let numbers = [goals.to_string(), asks.to_string(), number(*with_champion), number(*lack_champion)];
            sheet.row([vec![team.clone()], numbers.to_vec(), kinds.cells(counts)].concat());
        }
        sheet
    }

    fn champion_sheet(&self, view: OutputFormat, title: &str) -> TextTable {
        let totals = &self.totals.champions;
        let kinds = Kinds::of(view, totals.iter().map(|total| total.counts.as_slice()));
        let mut sheet = TextTable::new(title, &["Champion", "Goals", "Total", "Teams"]);
        sheet.whole = &[3];
        sheet.head.extend(kinds.head());
        for total in totals {
            let ChampionTotal { user, goals, teams, counts, goals_in_all, .. } = total;
            let cells = [view.user(user), goals.to_string(), goals_in_all.to_string(), teams.join(", ")];
            sheet.row([cells.to_vec(), kinds.cells(counts)].concat());
        }
        sheet
    }

    fn people_sheet(&self, view: OutputFormat, title: &str, chosen: impl Fn(&PersonTotal) -> bool) -> TextTable {
        let mut sheet = TextTable::new(title, &["Person", "Name", "Goals", "Contact", "Champion", "Tasks"]);
        for person in self.totals.people.iter().filter(|person| chosen(person)) {
            sheet.row([
                view.user(&person.user),
                person.name.clone().unwrap_or_default(),
                person.goals.to_string(),
                number(person.contact),
                number(person.champion),
                number(person.owner),
            ]);
        }
        sheet
    }
}

/// What is missing, in words: `champion (Large)`.
pub(crate) fn what(one: &Unanswered) -> String {
    let missing = match one.missing {
        Missing::Champion => "champion",
        Missing::Answer => "level or ask",
    };
    let more = one.level.iter().cloned().chain(one.written.iter().map(|written| format!("`{written}`")));
    let more = more.collect::<Vec<_>>().join(", ");
    if more.is_empty() { missing.to_owned() } else { format!("{missing} ({more})") }
}

impl Ask {
    /// The support level or the ask.
    fn kind(&self) -> &str {
        self.level.as_deref().or(self.ask.as_deref()).unwrap_or_default()
    }
}

/// How asks are counted by support level or kind: in a column each, or where a terminal has no room for that, in words.
pub(crate) struct Kinds<'a> {
    names: Vec<&'a str>,
    in_words: bool,
}

/// How many columns of numbers a terminal has room for.
pub(crate) const MAX_KINDS: usize = 4;

impl<'a> Kinds<'a> {
    /// The kinds that are counted anywhere, in the order of the period.
    fn of(view: OutputFormat, all: impl Iterator<Item = &'a [Counted]>) -> Kinds<'a> {
        let mut names: Vec<(usize, &str)> = Vec::new();
        for one in all.flatten() {
            if !names.iter().any(|(_, name)| *name == one.name) {
                names.push((one.order, &one.name));
            }
        }
        names.sort_unstable();
        let in_words = matches!(view, OutputFormat::Table(_)) && names.len() > MAX_KINDS;
        Kinds { names: names.into_iter().map(|(_, name)| name).collect(), in_words }
    }

    fn head(&self) -> Vec<String> {
        if self.in_words {
            vec!["Purpose".to_owned()]
        } else {
            self.names.iter().map(|&name| name.to_owned()).collect()
        }
    }

    fn cells(&self, counts: &[Counted]) -> Vec<String> {
        if self.in_words {
            // A number stays beside its name.
            let entry =
                |one: &Counted| format!("{}{NO_BREAK}{}", one.number, one.short.replace(' ', &NO_BREAK.to_string()));
            return vec![counts.iter().map(entry).collect::<Vec<_>>().join(", ")];
        }
        let of = |name: &&str| counts.iter().find(|one| one.name == **name).map_or(0, |one| one.number);
        self.names.iter().map(|name| number(of(name))).collect()
    }
}

/// `lang: 3 asks in 2 goals (1 Large, 2 Small); 1 with a champion, 1 lacks one`
pub(crate) fn summary(team: &TeamTotal) -> String {
    let plural = |number: usize, noun: &str| format!("{number} {noun}{}", if number == 1 { "" } else { "s" });
    let mut text = format!("{}: {} in {}", team.team, plural(team.asks, "ask"), plural(team.goals, "goal"));
    text.push_str(&format!(" ({})", counted(&team.counts)));
    if team.with_champion + team.lack_champion > 0 {
        text.push_str(&format!("; {} with a champion", team.with_champion));
    }
    match team.lack_champion {
        0 => {}
        1 => text.push_str(", 1 without"),
        number => text.push_str(&format!(", {number} without")),
    }
    text
}

pub(crate) fn counted(counts: &[Counted]) -> String {
    counts.iter().map(|one| format!("{} {}", one.number, one.short)).collect::<Vec<_>>().join(", ")
}
