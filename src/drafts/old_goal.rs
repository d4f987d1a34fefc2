//! What a goal of an older slate hands on to the one that continues it.

use super::asks::OldAsk;
use super::carried::carried;
use super::left_behind::{is_done, left_behind};
use crate::markdown::escape::link_text;
use crate::model::goal::{self, Goal};
use crate::model::slate::Slate;
use crate::policy::format::Field;
use crate::text::source::Spanned;

/// What is taken over.
#[derive(Clone, Debug)]
pub(crate) struct OldGoal {
    /// The title as Markdown.
    pub(crate) title: String,
    /// The user name of the point of contact, without `@`.
    pub(crate) contact: Option<String>,
    /// The tracking issues as Markdown, a value for each row that has one.
    pub(crate) tracking_issues: Vec<String>,
    /// What was asked of whom, in the words of the older period.
    pub(crate) asks: Vec<OldAsk>,
    /// The name of its slate; none for a goal that is in no slate.
    pub(crate) slate: Option<String>,
    /// What the new goal does not have, each as a note.
    pub(crate) left_behind: Vec<String>,
}

impl OldGoal {
    /// Reads it. `place` is its file as it was named; `relocate` tells what a relative link of it is in the new slate.
    pub(crate) fn read(slate: &Slate, old: &Goal, place: &str, relocate: impl Fn(&str) -> Option<String>) -> OldGoal {
        let file = slate.file_of(old);
        let text = |part: &Spanned<String>| carried(&file.source, &file.document, part.span, &relocate);
        // In a heading a link would lead away from it, and in a note there is no room for one.
        let bare = |part: &Spanned<String>| carried(&file.source, &file.document, part.span, |_| None);
        let is_value = |value: &String| !value.is_empty() && !goal::is_placeholder_text(value);
        let mut asks = Vec::new();
        for plan in &old.plans {
            let subgoal = plan.subgoal.as_ref().map_or_else(String::new, bare);
            for task in plan.tasks.iter().filter(|task| !is_done(slate, task)) {
                let Some(ask) = &task.ask else { continue };
                asks.push(OldAsk {
                    teams: ask.team_names().map(str::to_owned).collect(),
                    what: task.name.value.clone(),
                    subgoal: subgoal.clone(),
                    notes: Some(text(&task.notes)).filter(is_value).unwrap_or_default(),
                });
            }
        }
        OldGoal {
            title: old.title.as_ref().map_or_else(String::new, bare),
            contact: old.contact.as_ref().map(|contact| contact.value.clone()),
            tracking_issues: old.fields(Field::TrackingIssue).map(|row| text(&row.value)).filter(is_value).collect(),
            asks,
            slate: slate.period.map(|_| slate.name.clone()),
            left_behind: left_behind(slate, old, place),
        }
    }

    /// The sentence that leads to its page.
    pub(crate) fn mention(&self, address: &str) -> String {
        let of = self.slate.as_ref().map_or_else(String::new, |slate| format!(" of {slate}"));
        format!("This goal continues [{}]({address}){of}.", link_text(&self.title))
    }
}
