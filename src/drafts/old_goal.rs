//! What a goal of an older slate hands on to the one that continues it.

use super::asks::NewAsk;
use super::carried::carried;
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
    /// The tracking issue as Markdown.
    pub(crate) tracking_issue: Option<String>,
    /// What was asked of whom, in the words of the older period.
    pub(crate) asks: Vec<NewAsk>,
    /// The name of its slate.
    pub(crate) slate: String,
}

impl OldGoal {
    /// Reads it; `relocate` tells what a relative link of it is in the new slate.
    pub(crate) fn read(slate: &Slate, old: &Goal, relocate: impl Fn(&str) -> Option<String>) -> OldGoal {
        let file = slate.file_of(old);
        let text = |part: &Spanned<String>| carried(&file.source, &file.document, part.span, &relocate);
        let issue = old.field(Field::TrackingIssue).map(|row| text(&row.value));
        let is_value = |value: &String| !value.is_empty() && !goal::is_placeholder_text(value);
        let done = slate.format.done_badge.as_ref().map(|badge| format!("![{badge}]"));
        let is_done = |notes: &str| done.as_ref().is_some_and(|done| notes.contains(done.as_str()));
        let mut asks = Vec::new();
        for (task, ask) in old.asks().filter(|(task, _)| !is_done(&task.notes.value)) {
            let notes = Some(text(&task.notes)).filter(is_value).unwrap_or_default();
            let what = &task.name.value;
            asks.extend(ask.team_names().map(|team| NewAsk::new(team, what, &notes)));
        }
        let title = old.title.as_ref().map_or_else(String::new, |title| {
            // In a heading a link would lead away from it.
            carried(&file.source, &file.document, title.span, |_| None)
        });
        OldGoal {
            title,
            contact: old.contact.as_ref().map(|contact| contact.value.clone()),
            tracking_issue: issue.filter(is_value),
            asks,
            slate: slate.name.clone(),
        }
    }

    /// The sentence that leads to its page.
    pub(crate) fn mention(&self, address: &str) -> String {
        format!("This goal continues [{}]({address}) of {}.", link_text(&self.title), self.slate)
    }
}
