//! All that a team needs to decide about what is asked of it: its asks, who answers for them, and what each goal is about.
//!
//! The words of the goals are quoted as the RFC would quote them: links lead to the published pages, labels to where their file says.

use std::collections::BTreeMap;

use serde::Serialize;

use super::ask::Ask;
use super::asks::asks;
use super::filter::Filter;
use super::pages::address;
use super::summary::{linking, notes, summary};
use super::totals::{ChampionTotal, TeamTotal};
use super::unanswered::{Unanswered, unanswered};
use crate::markdown::brackets::brackets;
use crate::markdown::escape::encode_url;
use crate::model::goal::Goal;
use crate::model::slate::Slate;
use crate::policy::format::Field;
use crate::rfc::goal_text::GoalTexts;

/// What is asked of a team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Review {
    /// The slate's name.
    pub slate: String,
    /// The team, by today's name.
    pub team: String,
    /// What the asks come to; none where the team is asked for nothing.
    pub totals: Option<TeamTotal>,
    /// The asks: larger support levels first, then in the order of files and rows.
    pub asks: Vec<Ask>,
    /// What the champions of the team answer for, those with the most goals first.
    pub champions: Vec<ChampionTotal>,
    /// What the team has not answered.
    pub unanswered: Vec<Unanswered>,
    /// The roadmaps or themes that these goals belong to: in the order of their files, then those without a page by name.
    pub roadmaps: Vec<ReviewRoadmap>,
    /// The goals, in the order of their first ask.
    pub goals: Vec<ReviewGoal>,
    /// The footnotes to which summaries refer, as Markdown.
    pub footnotes: String,
    /// The bracketed texts in summaries, notes and tracking issues that mean something, each with its address: names of teams, badges,
    /// and what the configuration makes a link of.
    pub labels: BTreeMap<String, String>,
}

/// A roadmap, for those who decide about its goals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReviewRoadmap {
    /// Its name, as Markdown.
    pub name: String,
    /// The address of its page on the published site, where that is known.
    pub url: Option<String>,
    /// Its summary, as Markdown.
    pub summary: String,
    /// The paths of the goals that ask the team, in the order of the review.
    pub goals: Vec<String>,
}

/// A goal, for those who decide about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReviewGoal {
    /// The title, as Markdown.
    pub title: String,
    /// The user name of the point of contact, where it is exactly one.
    pub contact: Option<String>,
    /// The status as written.
    pub status: String,
    /// Whether an owner is wanted.
    pub invited: bool,
    /// The tracking issue as written, without brackets.
    pub tracking_issue: Option<String>,
    /// The summary, as Markdown; empty where the goal has none.
    pub summary: String,
    /// What the team is asked for.
    pub asks: Vec<Ask>,
    /// What other teams are asked for.
    pub others: Vec<OtherAsk>,
    /// The path of its file, from the root of the project.
    pub path: String,
    /// The address of its page on the published site, where that is known.
    pub url: Option<String>,
}

/// What another team is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OtherAsk {
    /// The team.
    pub team: String,
    /// The support levels or asks, each once, in the order of their rows.
    pub asks: Vec<String>,
    /// The user name of the team's champion.
    pub champion: Option<String>,
    /// Whether a level wants a champion and there is none.
    pub lacks_champion: bool,
}

impl Review {
    /// Calls each file by another path.
    pub fn rename_paths(&mut self, name: impl Fn(&str) -> String) {
        let of_goals = self.goals.iter_mut().flat_map(|goal| goal.asks.iter_mut());
        self.asks.iter_mut().chain(of_goals).for_each(|ask| ask.path = name(&ask.path));
        self.goals.iter_mut().for_each(|goal| goal.path = name(&goal.path));
        self.unanswered.iter_mut().for_each(|one| one.path = name(&one.path));
        self.roadmaps.iter_mut().flat_map(|roadmap| &mut roadmap.goals).for_each(|path| *path = name(path));
    }
}

/// The review of a team, by today's name. Goals that are not accepted ask nothing any more, so they are left out.
pub fn review(slate: &Slate, team: &str) -> Review {
    let filter = Filter { teams: vec![team.to_owned()], ..Filter::default() };
    let mut of_team = asks(slate, &filter);
    let of_all = asks(slate, &Filter::default()).asks;
    let linking = linking(slate);
    let texts = GoalTexts::new(slate, linking.as_ref());
    let goal_at = |path: &str| slate.goals.iter().find(|goal| slate.file_of(goal).source.path() == path);
    for ask in &mut of_team.asks {
        if let Some(notes) = goal_at(&ask.path).and_then(|goal| notes(&texts, goal, ask.line)) {
            ask.notes = notes;
        }
    }
    let mut paths: Vec<&str> = Vec::new();
    for ask in &of_team.asks {
        if !paths.contains(&ask.path.as_str()) {
            paths.push(&ask.path);
        }
    }
    let chosen: Vec<&Goal> = paths.iter().filter_map(|path| goal_at(path)).collect();
    let roadmaps = roadmaps(&texts, &chosen);
    let goals: Vec<ReviewGoal> =
        chosen.iter().map(|goal| review_goal(&texts, goal, team, &of_team.asks, &of_all)).collect();
    let footnotes = texts.quoted_footnotes();
    let mut labels = BTreeMap::new();
    let summaries = roadmaps.iter().map(|roadmap| &roadmap.summary).chain(goals.iter().map(|goal| &goal.summary));
    let notes = of_team.asks.iter().map(|ask| &ask.notes);
    summaries.chain(notes).chain([&footnotes]).for_each(|text| add_labels(slate, text, &mut labels));
    for issue in goals.iter().filter_map(|goal| goal.tracking_issue.as_ref()) {
        labels.extend(slate.config.linkified(issue).map(|address| (issue.clone(), encode_url(&address).into_owned())));
    }
    Review {
        slate: slate.name.clone(),
        team: team.to_owned(),
        totals: of_team.totals.teams.into_iter().next(),
        champions: of_team.totals.champions,
        unanswered: unanswered(slate, &filter),
        asks: of_team.asks,
        roadmaps,
        goals,
        footnotes,
        labels,
    }
}

fn review_goal(texts: &GoalTexts<'_>, goal: &Goal, team: &str, of_team: &[Ask], of_all: &[Ask]) -> ReviewGoal {
    let slate = texts.slate;
    let path = slate.file_of(goal).source.path();
    let asks: Vec<Ask> = of_team.iter().filter(|ask| ask.path == path).cloned().collect();
    let mut others: Vec<OtherAsk> = Vec::new();
    for ask in of_all.iter().filter(|ask| ask.path == path && ask.team != team) {
        let name = ask.level.as_ref().or(ask.ask.as_ref()).cloned().unwrap_or_default();
        match others.iter_mut().find(|other| other.team == ask.team) {
            Some(other) => {
                other.lacks_champion |= ask.lacks_champion;
                if !other.asks.contains(&name) {
                    other.asks.push(name);
                }
            }
            None => others.push(OtherAsk {
                team: ask.team.clone(),
                asks: vec![name],
                champion: ask.champion.clone(),
                lacks_champion: ask.lacks_champion,
            }),
        }
    }
    let issue = goal.field(Field::TrackingIssue).map(|row| row.value.value.trim_matches(['[', ']']).to_owned());
    ReviewGoal {
        title: goal.title_text().to_owned(),
        contact: asks.first().and_then(|ask| ask.contact.clone()),
        status: super::filter::status_of(goal).to_owned(),
        invited: goal.needs_owner,
        tracking_issue: issue.filter(|issue| !issue.is_empty()),
        summary: summary(texts, goal.file),
        asks,
        others,
        path: path.to_owned(),
        url: address(slate, goal.file),
    }
}

/// Adds the bracketed texts of a text that mean something and lead nowhere yet.
fn add_labels(slate: &Slate, text: &str, labels: &mut BTreeMap<String, String>) {
    for bracket in brackets(text) {
        let label = bracket.label.filter(|label| !label.is_empty()).unwrap_or(bracket.text);
        // What is in parentheses behind it says where it leads.
        if text[bracket.whole.end..].starts_with('(') {
            continue;
        }
        let label = &text[label];
        // What the configuration says of a badge comes before what the period does.
        let mut badges = slate.config.links.iter().chain(&slate.format.badges);
        let badge = badges.find(|(name, _)| name.eq_ignore_ascii_case(label)).map(|(_, address)| address.clone());
        let team = || slate.roster.team_address(&label.to_lowercase()).map(str::to_owned);
        if let Some(address) = badge.or_else(team).or_else(|| slate.config.linkified(label)) {
            labels.insert(label.to_owned(), encode_url(&address).into_owned());
        }
    }
}

/// The roadmaps that goals belong to, in the order of their files; then the themes that have no page, by name.
fn roadmaps(texts: &GoalTexts<'_>, goals: &[&Goal]) -> Vec<ReviewRoadmap> {
    let slate = texts.slate;
    let themes = |goal: &Goal| goal.themes.iter().map(|theme| theme.value.to_lowercase()).collect::<Vec<String>>();
    let of_theme = |name: &str| -> Vec<String> {
        let belong = goals.iter().filter(|goal| themes(goal).contains(&name.to_lowercase()));
        belong.map(|goal| slate.file_of(goal).source.path().to_owned()).collect()
    };
    let mut found = Vec::new();
    for roadmap in &slate.roadmaps {
        let name = slate.roadmap_name(roadmap);
        let (url, summary) = (address(slate, roadmap.file), summary(texts, roadmap.file));
        found.push(ReviewRoadmap { name: name.to_owned(), url, summary, goals: of_theme(name) });
    }
    let mut others: BTreeMap<String, &str> = BTreeMap::new();
    for theme in goals.iter().flat_map(|goal| &goal.themes) {
        others.entry(theme.value.to_lowercase()).or_insert(&theme.value);
    }
    for roadmap in &found {
        others.remove(&roadmap.name.to_lowercase());
    }
    let page_less =
        |name: &str| ReviewRoadmap { name: name.to_owned(), url: None, summary: String::new(), goals: of_theme(name) };
    found.extend(others.into_values().map(page_less));
    found.retain(|roadmap| !roadmap.goals.is_empty());
    found
}
