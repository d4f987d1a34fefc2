//! Which asks of two states of a goal are one, and what changed of them.

use std::collections::BTreeSet;

use super::change::ChangeKind;
use crate::markdown::shown::shown;
use crate::model::goal::Goal;
use crate::model::slate::Slate;
use crate::text::order::sort_by;

/// An ask of one team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AskRow {
    pub(super) team: String,
    /// The support level or what is asked for.
    pub(super) kind: String,
    notes: String,
    /// The heading of the subgoal that asks.
    subgoal: String,
}

impl AskRow {
    /// Whether both ask for the same, however it is written.
    fn is_same_kind(&self, other: &AskRow) -> bool {
        self.kind.eq_ignore_ascii_case(&other.kind)
    }

    fn has_same_notes(&self, other: &AskRow) -> bool {
        shown(&self.notes) == shown(&other.notes) && addresses(&self.notes).eq(addresses(&other.notes))
    }
}

/// Where the links of a text lead.
fn addresses(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || "()<>[]".contains(c)).filter(|word| word.contains("://"))
}

/// The asks of a goal, one for each team that a row asks.
pub(super) fn ask_rows(slate: &Slate, goal: &Goal) -> Vec<AskRow> {
    let mut rows = Vec::new();
    for plan in &goal.plans {
        let subgoal = plan.subgoal.as_ref().map_or("", |subgoal| subgoal.value.as_str());
        for task in &plan.tasks {
            let Some(ask) = &task.ask else { continue };
            let kind = slate.format.level(&task.name.value).map_or(task.name.value.as_str(), |(_, known, _)| known);
            let teams: BTreeSet<&str> = ask.team_names().map(|team| slate.roster.today(team)).collect();
            rows.extend(teams.into_iter().map(|team| AskRow {
                team: team.to_owned(),
                kind: shown(kind).into_owned(),
                notes: task.notes.value.clone(),
                subgoal: shown(subgoal).into_owned(),
            }));
        }
    }
    sort_by(&mut rows, |a, b| a.team.cmp(&b.team));
    rows
}

/// Tells `report` what changed between the asks of two states: what, of which team, what was there, what is there.
pub(super) fn compare_asks(
    old: &[AskRow],
    new: &[AskRow],
    mut report: impl FnMut(ChangeKind, &str, Option<String>, Option<String>),
) {
    let (mut old, mut new): (Vec<&AskRow>, Vec<&AskRow>) = (old.iter().collect(), new.iter().collect());
    let mut paired = Vec::new();
    // From what is surely one to what may be: a row that moved stays what it is.
    let is_same: [fn(&AskRow, &AskRow) -> bool; 6] = [
        |was, is| was.subgoal == is.subgoal && was.is_same_kind(is) && was.has_same_notes(is),
        |was, is| was.is_same_kind(is) && was.has_same_notes(is),
        |was, is| was.subgoal == is.subgoal && was.is_same_kind(is),
        |was, is| was.is_same_kind(is),
        |was, is| was.has_same_notes(is),
        |was, is| was.subgoal == is.subgoal,
    ];
    for is_same in is_same {
        old.retain(|was| match new.iter().position(|is| was.team == is.team && is_same(was, is)) {
            Some(at) => {
                paired.push((*was, new.remove(at)));
                false
            }
            None => true,
        });
    }
    for (was, is) in paired {
        if !was.is_same_kind(is) {
            report(ChangeKind::Level, &is.team, Some(was.kind.clone()), Some(is.kind.clone()));
        }
        if !was.has_same_notes(is) {
            let some = |notes: &str| Some(notes.to_owned()).filter(|notes| !notes.is_empty());
            report(ChangeKind::Notes, &is.team, some(&was.notes), some(&is.notes));
        }
    }
    old.iter().for_each(|was| report(ChangeKind::RemovedAsk, &was.team, Some(was.kind.clone()), None));
    new.iter().for_each(|is| report(ChangeKind::NewAsk, &is.team, None, Some(is.kind.clone())));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(kind: &str, notes: &str, subgoal: &str) -> AskRow {
        AskRow { team: "lang".to_owned(), kind: kind.to_owned(), notes: notes.to_owned(), subgoal: subgoal.to_owned() }
    }

    fn compared(old: &[AskRow], new: &[AskRow]) -> Vec<ChangeKind> {
        let mut kinds = Vec::new();
        compare_asks(old, new, |kind, _, _, _| kinds.push(kind));
        kinds
    }

    #[test]
    fn a_row_that_moved_is_no_change() {
        let (a, b) = (row("Standard reviews", "", "One"), row("Standard reviews", "", "Two"));
        assert_eq!(compared(&[a.clone(), b.clone()], &[b.clone(), a.clone()]), []);
        assert_eq!(compared(std::slice::from_ref(&a), std::slice::from_ref(&b)), []);
        assert_eq!(compared(&[row("Small", "a  *b*", "")], &[row("small", "a b", "")]), []);
    }

    #[test]
    fn one_edit_is_one_change() {
        use ChangeKind::{Level, NewAsk, Notes, RemovedAsk};
        assert_eq!(compared(&[row("Small", "x", "")], &[row("Large", "x", "")]), [Level]);
        assert_eq!(compared(&[row("Small", "x", "")], &[row("Small", "y", "")]), [Notes]);
        assert_eq!(compared(&[row("Small", "[x](https://a.b)", "")], &[row("Small", "[x](https://a.c)", "")]), [Notes]);
        assert_eq!(compared(&[], &[row("Small", "y", "")]), [NewAsk]);
        assert_eq!(compared(&[row("Small", "y", "")], &[]), [RemovedAsk]);
        let (a, b) = (row("RFC decision", "", ""), row("Design meeting", "", ""));
        assert_eq!(compared(&[a.clone(), b.clone()], &[b.clone(), row("Policy decision", "", "")]), [Level]);
        assert_eq!(compared(&[a, b.clone()], &[b]), [RemovedAsk]);
    }
}
