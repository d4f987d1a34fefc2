//! What the directives of an RFC list: which goals, and whether it says what is asked of the teams.

use hashbrown::HashSet;

use super::directive_effect::has_effect;
use super::goal::Goal;
use super::slate::Slate;
use crate::policy::format::{DirectiveKind, GoalFilter};

/// What the template of a slate, and the pages that it includes, list by directives.
#[derive(Debug, Default)]
pub(crate) struct RfcLists<'s> {
    /// Whether the asks of all teams are shown.
    pub(crate) team_asks: bool,
    all: bool,
    flagship: bool,
    other: bool,
    themes: HashSet<&'s str>,
    levels: HashSet<&'s str>,
}

impl<'s> RfcLists<'s> {
    /// Reads them off the directives that have an effect.
    pub(crate) fn of(slate: &'s Slate) -> RfcLists<'s> {
        let mut lists = RfcLists::default();
        let files = slate.in_rfc().iter().map(|id| &slate.files[*id]);
        let directives = files.flat_map(|file| file.directives.iter().map(move |directive| (file, directive)));
        for (file, directive) in directives {
            if !has_effect(slate, file, directive) {
                continue;
            }
            let theme = directive.argument.as_ref().map(|argument| argument.value.as_str());
            match (slate.directive(directive), theme) {
                (Some(DirectiveKind::TeamAsks), _) => lists.team_asks = true,
                (Some(DirectiveKind::GoalTable { of: GoalFilter::All }), _) => lists.all = true,
                (Some(DirectiveKind::GoalTable { of: GoalFilter::Other }), _) => lists.other = true,
                (Some(DirectiveKind::GoalTable { of: GoalFilter::Flagship }), None) => lists.flagship = true,
                (Some(DirectiveKind::GoalTable { of: GoalFilter::Flagship }), Some(theme)) => {
                    lists.themes.insert(theme);
                }
                (Some(DirectiveKind::LevelTable { level }), _) => {
                    lists.levels.insert(level);
                }
                _ => {}
            }
        }
        lists
    }

    /// Whether it lists any goals.
    pub(crate) fn has_goals(&self) -> bool {
        self.all || self.flagship || self.other || !self.themes.is_empty() || !self.levels.is_empty()
    }

    /// Whether a goal is in one of the tables.
    pub(crate) fn hold(&self, slate: &Slate, goal: &Goal) -> bool {
        let by_theme =
            || goal.is_flagship() && goal.themes.iter().any(|theme| self.themes.contains(theme.value.as_str()));
        let by_level = || {
            let levels = goal.asks().filter_map(|(task, _)| slate.format.level(&task.name.value));
            levels.max_by_key(|(rank, ..)| *rank).is_some_and(|(_, name, _)| self.levels.contains(name))
        };
        self.all || (if goal.is_flagship() { self.flagship } else { self.other }) || by_theme() || by_level()
    }
}
