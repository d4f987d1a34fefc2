//! What leads and teams ask of a slate: which goals there are, what is asked of whom, and who is who.
//!
//! Each question is a library call whose answer is plain data ([`goals`], [`asks()`], [`roster()`]); in which form it is written,
//! [`output`](crate::output) says. Answers hold what can be read and leave judging to the rules. Names of teams are today's;
//! user names are written without `@`.

pub(crate) mod ask;
pub(crate) mod asks;
pub(crate) mod changes;
pub mod editing;
pub(crate) mod filter;
pub(crate) mod list;
pub(crate) mod matrix;
pub(crate) mod missing;
pub(crate) mod pages;
pub(crate) mod review;
pub(crate) mod roster;
pub(crate) mod settings;
pub(crate) mod spelling;
pub(crate) mod summary;
pub(crate) mod totals;
pub(crate) mod unanswered;
pub(crate) mod votes;

pub use ask::Ask;
pub use asks::{Asks, asks};
pub use changes::{Change, ChangeKind, Changes, changes};
pub use filter::Filter;
pub use list::{ChampionRow, GoalList, GoalRow, goals};
pub use matrix::{Matrix, MatrixRow, matrix};
pub use missing::Missing;
pub use review::{OtherAsk, Review, ReviewGoal, ReviewRoadmap, review};
pub use roster::{MemberRow, PersonRow, RosterFilter, RosterList, TeamRow, roster};
pub use totals::{ChampionTotal, Counted, MAX_GOALS, PersonTotal, TeamTotal, Totals};
pub use unanswered::{Unanswered, unanswered};
pub use votes::{TeamVotes, Uncounted, VoteComment, Voter, Votes, votes};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::slate::Slate;
    use crate::{ConfigFiles, OsTree, Project};

    /// The demonstration slate with support levels.
    pub(crate) fn slate() -> Slate {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
        let project = Project::open(&root, ConfigFiles::default(), None).unwrap();
        project.read_slate(&OsTree, &root.join("2026"), None).unwrap().slate
    }

    #[test]
    fn totals_are_what_the_rows_come_to() {
        let asks = asks(&slate(), &Filter::default());
        assert!(!asks.asks.is_empty());
        let of_teams = |value: fn(&TeamTotal) -> usize| asks.totals.teams.iter().map(value).sum::<usize>();
        assert_eq!(of_teams(|team| team.asks), asks.asks.len());
        assert_eq!(of_teams(|team| team.lack_champion), asks.asks.iter().filter(|ask| ask.lacks_champion).count());
        assert_eq!(of_teams(|team| team.counts.iter().map(|one| one.number).sum()), asks.asks.len());
    }
}
