//! The review of a team as one Markdown document, to be read in a terminal, pasted into an agenda, or edited in a meeting.
//!
//! Tables name goals and users in brackets; where they lead is at the end, so that the source can be read as well. A user is a link,
//! which calls nobody.

use std::collections::BTreeMap;

use hashbrown::{HashMap, HashSet};
use unicode_width::UnicodeWidthStr;

use super::asks::{NOBODY, summary, what};
use super::format::json;
use crate::markdown::document::Document;
use crate::markdown::escape::{escape_pipes, link_text};
use crate::markdown::label::normalize_label;
use crate::queries::ask::Ask;
use crate::queries::review::{OtherAsk, Review, ReviewGoal};
use crate::text::order::sort_by_key;
use crate::text::sanitize::sanitize;
use crate::text::source::Source;
use crate::text::user_names::users;

/// How wide a column is made for its widest cell, so that the rows of a table fit on a terminal; wider cells jut out.
const MAX_COLUMN: usize = 60;

impl Review {
    /// The review as JSON.
    pub fn json(&self) -> String {
        json(self)
    }

    /// The review as a document.
    pub fn markdown(&self) -> String {
        let mut page = Page::new(self);
        page.line(&format!("# Goals review for {} team ({})\n", self.team, self.slate));
        match &self.totals {
            Some(totals) => page.line(&format!("{}.", summary(totals))),
            None => page.line("No asks."),
        }
        page.unanswered(self);
        if !self.asks.is_empty() {
            page.by_kind(self);
            if self.asks.iter().any(|ask| ask.champion.is_some() || ask.lacks_champion) {
                page.by_champion(self);
            }
        }
        page.roadmaps(self);
        if !self.goals.is_empty() {
            page.line("\n## Goals");
            self.goals.iter().for_each(|goal| page.goal(goal));
        }
        page.end(&self.footnotes)
    }

    /// Whether the asks have support levels.
    fn has_levels(&self) -> bool {
        self.asks.iter().any(|ask| ask.level.is_some())
    }
}

/// The document as it grows.
struct Page<'r> {
    text: String,
    /// How each goal is named, by path.
    names: HashMap<&'r str, String>,
    /// Where the labels lead that have been used.
    targets: BTreeMap<String, String>,
    /// The same for labels that may be used.
    labels: HashMap<&'r str, (String, String)>,
    /// Where tracking issues lead, as far as that is known.
    issues: &'r BTreeMap<String, String>,
}

impl<'r> Page<'r> {
    fn new(review: &'r Review) -> Page<'r> {
        let (mut names, mut labels, mut taken) = (HashMap::new(), HashMap::new(), HashSet::new());
        for goal in &review.goals {
            let title = link_text(&goal.title);
            // What cannot be a label, or is one already, says itself where it leads.
            let is_label = !title.is_empty() && !title.contains(['[', ']', '\\', '|', '\n']) && title.len() < 500;
            let name = match &goal.url {
                Some(url) if is_label && taken.insert(normalize_label(&title)) => {
                    labels.insert(goal.path.as_str(), (title.clone(), url.clone()));
                    format!("[{title}]")
                }
                Some(url) => format!("[{title}]({url})"),
                None => goal.title.clone(),
            };
            names.insert(goal.path.as_str(), name);
        }
        let targets = review.labels.clone();
        Page { text: String::new(), names, targets, labels, issues: &review.labels }
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// A goal as a link to its page.
    fn goal_link(&mut self, path: &str) -> String {
        if let Some((label, url)) = self.labels.get(path) {
            self.targets.insert(label.clone(), url.clone());
        }
        self.names.get(path).cloned().unwrap_or_default()
    }

    fn user(&mut self, user: &str) -> String {
        self.targets.insert(format!("@{user}"), format!("https://github.com/{user}"));
        format!("[@{user}]")
    }

    fn champion(&mut self, champion: Option<&String>, is_missing: bool) -> String {
        match champion {
            Some(user) => self.user(user),
            None if is_missing => NOBODY.to_owned(),
            None => String::new(),
        }
    }

    fn unanswered(&mut self, review: &Review) {
        if review.unanswered.is_empty() {
            return;
        }
        self.line("\n## Without a champion or an answer\n");
        for one in &review.unanswered {
            let goal = match &one.url {
                _ if self.names.contains_key(one.path.as_str()) => self.goal_link(&one.path),
                Some(url) => format!("[{}]({url})", link_text(&one.goal)),
                None => format!("{} (`{}`)", one.goal, one.path),
            };
            let contact = one.contact.as_ref().map(|user| self.user(user));
            let contact = contact.map_or_else(String::new, |user| format!("; point of contact: {user}"));
            self.line(&format!("- {goal}: missing {}{contact}", what(one)));
        }
    }

    fn by_kind(&mut self, review: &Review) {
        let (title, head) = if review.has_levels() { ("support level", "Level") } else { ("ask", "Ask") };
        self.line(&format!("\n## By {title}\n"));
        let mut asks: Vec<&Ask> = review.asks.iter().collect();
        if !review.has_levels() {
            // In the order of the period, as the totals have it.
            let order: Vec<&str> =
                review.totals.iter().flat_map(|all| &all.counts).map(|one| one.name.as_str()).collect();
            sort_by_key(&mut asks, |ask| order.iter().position(|name| *name == kind(ask)));
        }
        let mut rows = vec![[head, "Champion", "Goal"].map(str::to_owned)];
        for ask in asks {
            let champion = self.champion(ask.champion.as_ref(), ask.lacks_champion);
            rows.push([kind(ask).to_owned(), champion, self.goal_of(ask)]);
        }
        self.table(&rows);
    }

    fn by_champion(&mut self, review: &Review) {
        self.line("\n## By champion\n");
        let head = if review.has_levels() { "Level" } else { "Ask" };
        let mut rows = vec![["Champion", head, "Goal"].map(str::to_owned)];
        let champions = review.champions.iter().map(|total| Some(total.user.as_str())).chain([None]);
        for champion in champions {
            let of_champion = review.asks.iter().filter(|ask| ask.champion.as_deref() == champion);
            for (place, ask) in of_champion.enumerate() {
                let first = match champion {
                    _ if place > 0 => String::new(),
                    Some(user) => self.user(user),
                    None => "no champion".to_owned(),
                };
                let missing = if ask.lacks_champion { format!(" ({NOBODY})") } else { String::new() };
                rows.push([first, format!("{}{missing}", kind(ask)), self.goal_of(ask)]);
            }
        }
        self.table(&rows);
    }

    /// The goal of an ask, and which part of it asks.
    fn goal_of(&mut self, ask: &Ask) -> String {
        let subgoal = ask.subgoal.as_ref().map_or_else(String::new, |subgoal| format!(" ↳ {subgoal}"));
        format!("{}{subgoal}", self.goal_link(&ask.path))
    }

    fn roadmaps(&mut self, review: &Review) {
        if review.roadmaps.is_empty() {
            return;
        }
        self.line("\n## Roadmaps");
        for roadmap in &review.roadmaps {
            let name = match &roadmap.url {
                Some(url) => format!("[{}]({url})", link_text(&roadmap.name)),
                None => roadmap.name.clone(),
            };
            self.line(&format!("\n### {name}\n"));
            self.quote(&roadmap.summary);
            if !roadmap.summary.is_empty() {
                self.text.push('\n');
            }
            for path in &roadmap.goals {
                let of_goal = review.asks.iter().filter(|ask| ask.path == *path).map(kind);
                let asks = of_goal.collect::<Vec<_>>().join(", ");
                let goal = self.goal_link(path);
                self.line(&format!("- {goal} ({asks})"));
            }
        }
    }

    fn goal(&mut self, goal: &ReviewGoal) {
        let invited = if goal.invited { " (help wanted)" } else { "" };
        let name = self.goal_link(&goal.path);
        self.line(&format!("\n### {name}{invited}\n"));
        if goal.url.is_none() {
            self.line(&format!("- **File:** `{}`", goal.path));
        }
        if let Some(contact) = &goal.contact {
            let contact = self.user(contact);
            self.line(&format!("- **Point of contact:** {contact}"));
        }
        let issue =
            goal.tracking_issue.as_ref().map_or_else(String::new, |issue| match self.issues.contains_key(issue) {
                true => format!(", [{issue}]"),
                false => format!(", {issue}"),
            });
        self.line(&format!("- **Status:** {}{issue}", goal.status));
        if let Some(ask) = goal.asks.first().filter(|ask| ask.champion.is_some() || ask.level.is_some()) {
            let champion = self.champion(ask.champion.as_ref(), ask.lacks_champion);
            let champion = if champion.is_empty() { "none".to_owned() } else { champion };
            self.line(&format!("- **Champion:** {champion}"));
        }
        for ask in &goal.asks {
            let head = if ask.level.is_some() { "Support level" } else { "Ask" };
            let subgoal = ask.subgoal.as_ref().map_or_else(String::new, |subgoal| format!(" ↳ {subgoal}"));
            self.line(&format!("- **{head}:** {}{subgoal}", kind(ask)));
            if !ask.notes.is_empty() {
                let notes = self.without_pings(&ask.notes);
                self.line(&format!("- **Notes:** {notes}"));
            }
        }
        if !goal.others.is_empty() {
            let others: Vec<String> = goal.others.iter().map(|other| self.other(other)).collect();
            self.line(&format!("- **Other teams:** {}", others.join(", ")));
        }
        if !goal.summary.is_empty() {
            self.text.push('\n');
            self.quote(&goal.summary);
        }
    }

    fn other(&mut self, other: &OtherAsk) -> String {
        let asks = other.asks.join(" and ");
        match self.champion(other.champion.as_ref(), other.lacks_champion) {
            champion if champion.is_empty() => format!("{}: {asks}", other.team),
            champion => format!("{}: {asks} ({champion})", other.team),
        }
    }

    /// A text of several blocks, in which nothing is left open: what follows it is no part of it.
    fn quote(&mut self, markdown: &str) {
        let text = self.without_pings(markdown);
        for line in text.lines() {
            self.text.push_str(if line.is_empty() { ">" } else { "> " });
            self.line(line);
        }
    }

    /// Markdown with its users as links.
    fn without_pings(&mut self, markdown: &str) -> String {
        if !markdown.contains('@') {
            return markdown.to_owned();
        }
        let source = Source::from_bytes("", markdown.into());
        let document = Document::parse(&source);
        let mut text = String::with_capacity(markdown.len());
        let mut at = 0;
        for user in users(markdown) {
            let is_in = |span: &crate::text::source::Span| span.range().contains(&user.start);
            // A link calls nobody either.
            if !document.texts.iter().any(is_in) || document.links.iter().any(|link| is_in(&link.span)) {
                continue;
            }
            // The range begins after the `@`.
            text.push_str(&markdown[at..user.start - 1]);
            at = user.end;
            text.push_str(&self.user(&markdown[user]));
        }
        text + &markdown[at..]
    }

    /// A table whose columns line up in the source, too.
    fn table<const N: usize>(&mut self, rows: &[[String; N]]) {
        let used: Vec<usize> = (0..N).filter(|&at| rows.iter().skip(1).any(|row| !row[at].is_empty())).collect();
        let cells =
            |row: &[String; N]| -> Vec<String> { used.iter().map(|&at| escape_pipes(&row[at]).into_owned()).collect() };
        let rows: Vec<Vec<String>> = rows.iter().map(cells).collect();
        let width = |at: usize| rows.iter().map(|row| row[at].width()).max().unwrap_or(0).clamp(3, MAX_COLUMN);
        let widths: Vec<usize> = (0..used.len()).map(width).collect();
        for (number, row) in rows.iter().enumerate() {
            let mut line = String::from("|");
            for (cell, width) in row.iter().zip(&widths) {
                line.push_str(&format!(" {cell}{} |", " ".repeat(width.saturating_sub(cell.width()))));
            }
            self.line(&line);
            if number == 0 {
                let rule: String = widths.iter().map(|width| format!("{}|", "-".repeat(width + 2))).collect();
                self.line(&format!("|{rule}"));
            }
        }
    }

    fn end(mut self, footnotes: &str) -> String {
        if !footnotes.is_empty() {
            let footnotes = self.without_pings(footnotes);
            self.text.push_str(&format!("\n{}\n", footnotes.trim_end()));
        }
        if !self.targets.is_empty() {
            self.text.push('\n');
        }
        for (label, target) in std::mem::take(&mut self.targets) {
            self.line(&format!("[{label}]: {target}"));
        }
        self.text.split_inclusive('\n').map(|line| format!("{}\n", sanitize(line.trim_end_matches('\n')))).collect()
    }
}

/// The support level or the ask.
fn kind(ask: &Ask) -> &str {
    ask.level.as_deref().or(ask.ask.as_deref()).unwrap_or_default()
}
