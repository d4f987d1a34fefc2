//! What the directives expand to, as Markdown: tables of goals, of team asks, of the asks there are.
//!
//! Links are written as the slate's own pages would write them, names as `@user` and `[team]`; the last step resolves both.

use std::collections::BTreeMap;

use hashbrown::HashSet;

use super::goal_text::GoalTexts;
use crate::markdown::escape::escape_pipes;
use crate::model::goal::{Goal, Roadmap};
use crate::model::slate::Slate;
use crate::policy::format::{Field, Format, GoalFilter, GoalOrder, LastColumnHolds, ProgressWhen, RfcFormat, Stage};
use crate::text::order::sort_by_key;

/// A table that is being made. Cells are Markdown; pipes in them are escaped here and nowhere else.
pub(crate) struct TableText {
    pub(crate) text: String,
}

impl TableText {
    pub(crate) fn new<'h>(format: &Format, header: impl IntoIterator<Item = &'h String>) -> TableText {
        let mut table = TableText { text: String::new() };
        let header: Vec<String> = header.into_iter().map(|head| format.head(head).into_owned()).collect();
        table.row(&header);
        table.text.push_str(&format!("|{}\n", " :-- |".repeat(header.len())));
        table
    }

    pub(crate) fn row(&mut self, cells: &[String]) {
        self.text.push('|');
        for cell in cells {
            self.text.push(' ');
            self.text.push_str(&escape_pipes(cell));
            self.text.push_str(" |");
        }
        self.text.push('\n');
    }
}

/// A table of the goals that a filter chooses; of those that belong to a theme, where one is named.
pub(crate) fn goal_table(texts: &GoalTexts<'_>, filter: GoalFilter, theme: Option<&str>) -> String {
    let mut goals = chosen(texts.slate, filter, theme);
    if goals.is_empty() {
        return NONE.to_owned();
    }
    let format = &texts.slate.format.rfc;
    if format.goal_order == GoalOrder::Title {
        sort_by_key(&mut goals, |goal| goal.title_text());
    }
    list_of_goals(texts, &goals, format, &|goal| texts.tracking_issue(goal), &owners_and_champions)
}

/// The goals that a filter chooses, and of those the ones that belong to a theme, where one is named.
pub(crate) fn chosen<'s>(slate: &'s Slate, filter: GoalFilter, theme: Option<&str>) -> Vec<&'s Goal> {
    let mut goals = slate.choose(filter);
    goals.retain(|goal| theme.is_none_or(|theme| goal.has_theme(theme)));
    goals
}

/// A table of goals in their order: each with its contact, and in the last column what `format` says. `progress` answers how
/// far a goal has come, `owners` who works on it.
pub(crate) fn list_of_goals(
    texts: &GoalTexts<'_>,
    goals: &[&Goal],
    format: &RfcFormat,
    progress: &dyn Fn(&Goal) -> String,
    owners: &dyn Fn(&Goal) -> String,
) -> String {
    let shows_progress = match format.progress_when {
        ProgressWhen::NoneProposed => goals.iter().all(|goal| goal.stage() != Stage::Proposed),
        ProgressWhen::AllAccepted => goals.iter().all(|goal| goal.stage() == Stage::Accepted),
    };
    let [goal, contact] = &format.heads.goals;
    let last = if shows_progress { &format.heads.progress } else { &format.last_column.head };
    let mut table = TableText::new(&texts.slate.format, [goal, contact, last]);
    for goal in goals {
        let last = match format.last_column.holds {
            _ if shows_progress => progress(goal),
            LastColumnHolds::Teams => list(goal.teams().into_iter().map(|team| format!("[{team}]"))),
            LastColumnHolds::TeamsAndChampions => list(goal.teams().into_iter().map(|team| with_champion(goal, team))),
            LastColumnHolds::OwnersAndChampions => owners(goal),
        };
        table.row(&[texts.link(goal), texts.contact(goal), last]);
    }
    table.text
}

/// What replaces a table without rows.
pub(crate) const NONE: &str = "*None.*\n";

pub(crate) fn list(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(", ")
}

fn with_champion(goal: &Goal, team: &str) -> String {
    match goal.champion_of(team).and_then(|champion| champion.user.as_ref()) {
        Some(user) => format!("[{team}] (@{})", user.value),
        None => format!("[{team}]"),
    }
}

/// The owners of tasks but for the point of contact, each once, then the champions with their teams.
fn owners_and_champions(goal: &Goal) -> String {
    let contact = goal.contact.as_ref().map_or("", |contact| contact.value.as_str());
    let mut seen = HashSet::new();
    let mut owners: Vec<&str> = goal.owners().filter(|owner| !owner.eq_ignore_ascii_case(contact)).collect();
    owners.retain(|owner| seen.insert(owner.to_ascii_lowercase()));
    let champions = goal.champions.iter().filter_map(|champion| Some((champion, champion.user.as_ref()?)));
    let champions = champions.map(|(champion, user)| format!("@{} ([{}])", user.value, champion.team.value));
    list(owners.into_iter().map(|owner| format!("@{owner}")).chain(champions))
}

/// Who sees to which goals, those that are not accepted among them: by the user name as the goals spell it.
/// `format` says how the table is laid out.
pub(crate) fn champions(texts: &GoalTexts<'_>, format: &RfcFormat) -> String {
    let slate = texts.slate;
    let mut goals: BTreeMap<&str, Vec<&Goal>> = BTreeMap::new();
    for goal in &slate.goals {
        for user in goal.champions.iter().filter_map(|champion| champion.user.as_ref()) {
            let of_user = goals.entry(user.value.as_str()).or_default();
            if !of_user.iter().any(|known| known.file == goal.file) {
                of_user.push(goal);
            }
        }
    }
    if goals.is_empty() {
        return NONE.to_owned();
    }
    let by_goal = format.champion_rows_by_goal;
    let mut table = TableText::new(&slate.format, &format.heads.champions);
    for (user, mut goals) in goals {
        sort_by_key(&mut goals, |goal| goal.title_text());
        let number = goals.len().to_string();
        let links: Vec<String> = goals.iter().map(|goal| texts.link(goal)).collect();
        if by_goal {
            for (index, link) in links.into_iter().enumerate() {
                let first = |text: String| if index == 0 { text } else { String::new() };
                table.row(&[first(format!("@{user}")), first(number.clone()), link]);
            }
        } else {
            let links: Vec<String> = links.into_iter().map(|link| format!("° {link}")).collect();
            table.row(&[format!("@{user}"), number, links.join("<br>")]);
        }
    }
    table.text
}

/// The roadmaps of a slate; those of a field of application, where one is named.
pub(crate) fn roadmaps(texts: &GoalTexts<'_>, area: Option<&str>) -> String {
    let slate = texts.slate;
    let of_area = |roadmap: &&Roadmap| area.is_none_or(|area| texts.roadmap_field(roadmap, Field::Area) == area);
    let roadmaps: Vec<&Roadmap> = slate.roadmaps.iter().filter(of_area).collect();
    if roadmaps.is_empty() {
        return NONE.to_owned();
    }
    let mut table = TableText::new(&slate.format, &slate.format.rfc.heads.roadmaps);
    for roadmap in roadmaps {
        let [contact, about] = [Field::Contact, Field::WhatAndWhy].map(|field| texts.roadmap_field(roadmap, field));
        table.row(&[texts.roadmap_link(roadmap), contact, about]);
    }
    table.text
}

/// The asks there are, in their order.
pub(crate) fn valid_asks(slate: &Slate) -> String {
    let mut table = TableText::new(&slate.format, &slate.format.rfc.heads.asks);
    for (name, ask) in &slate.format.asks {
        table.row(&[format!("\"{name}\""), ask.short.clone(), ask.about.clone()]);
    }
    table.text
}
