//! Who votes on the RFC of a slate: the members of each team that it asks, and who of them has voted already.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::model::slate::Slate;
use crate::sys::error::Error;
use crate::text::order::sort_by_key;
use crate::text::user_names::is_login_byte;

/// The teams that vote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Votes {
    /// The slate's name.
    pub slate: String,
    /// The teams that its goals ask, by name.
    pub teams: Vec<TeamVotes>,
}

/// A team that votes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TeamVotes {
    /// The team, by today's name.
    pub team: String,
    /// Whether the roster knows it; nobody can vote for a team that it does not know.
    pub known: bool,
    /// Its members: leads first, then the others, each by name.
    pub members: Vec<Voter>,
}

/// A member of a team that votes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Voter {
    /// The user name.
    pub user: String,
    /// Whether their vote is required, since they lead the team.
    pub required: bool,
    /// Whether they have voted, where a comment tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voted: Option<bool>,
}

/// What of a comment could not be counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Uncounted {
    /// Who has a box in the comment and no vote today: `@user (team)`.
    pub strangers: Vec<String>,
    /// Who votes and has no box in the comment: `@user (team)`.
    pub unlisted: Vec<String>,
}

/// Who votes on a slate: the teams that any of its goals asks, those that are not accepted among them, since the RFC is about these
/// too.
pub fn votes(slate: &Slate) -> Votes {
    let teams: BTreeSet<&str> =
        slate.goals.iter().flat_map(|goal| goal.teams()).map(|team| slate.roster.today(team)).collect();
    let team = |name: &str| {
        let record = slate.roster.team_record(name);
        let members = record.map(|team| team.members.as_slice()).unwrap_or_default();
        let voter = |member: &crate::policy::roster::Member| Voter {
            user: member.login.clone(),
            required: member.is_lead,
            voted: None,
        };
        let mut members: Vec<Voter> = members.iter().map(voter).collect();
        sort_by_key(&mut members, |member| (!member.required, member.user.to_lowercase()));
        TeamVotes { team: name.to_owned(), known: record.is_some(), members }
    };
    Votes { slate: slate.name.clone(), teams: teams.into_iter().map(team).collect() }
}

impl Votes {
    /// Counts the votes of a comment: who has ticked their box has voted.
    pub fn count(&mut self, comment: &VoteComment) -> Uncounted {
        let mut boxes = comment.boxes.clone();
        let mut uncounted = Uncounted::default();
        for team in &mut self.teams {
            let mut of_team = boxes.remove(&team.team.to_lowercase()).unwrap_or_default();
            for member in &mut team.members {
                let ticked = of_team.remove(&member.user.to_lowercase());
                if ticked.is_none() {
                    uncounted.unlisted.push(format!("@{} ({})", member.user, team.team));
                }
                member.voted = Some(ticked.is_some_and(|(_, ticked)| ticked));
            }
            uncounted.strangers.extend(of_team.into_values().map(|(user, _)| format!("@{user} ({})", team.team)));
        }
        for (team, people) in boxes {
            uncounted.strangers.extend(people.into_values().map(|(user, _)| format!("@{user} ({team})")));
        }
        uncounted
    }
}

/// The comment that asked for votes, as it reads now.
#[derive(Clone, Debug)]
pub struct VoteComment {
    /// By team and user in lower case, each with the user as written and whether the box is ticked.
    boxes: Boxes,
}

type Boxes = BTreeMap<String, BTreeMap<String, (String, bool)>>;

impl VoteComment {
    /// Reads the boxes of a comment. Fails where it has none below the name of a team.
    pub fn parse(text: &str) -> Result<VoteComment, Error> {
        let boxes = boxes(text);
        if boxes.is_empty() {
            return Err(Error::new("no check boxes below team headings found")
                .help("pass the text of the comment that `goals fcp` wrote, as it reads now"));
        }
        Ok(VoteComment { boxes })
    }
}

/// The boxes of a comment: by team and user in lower case, each with the user as written and whether it is ticked. Of several
/// boxes of one user in one team a ticked one counts.
fn boxes(comment: &str) -> Boxes {
    let mut boxes = Boxes::new();
    let mut team: Option<String> = None;
    for line in comment.lines().map(|line| line.trim_start_matches(['>', ' ']).trim_end()) {
        if line.starts_with('#') {
            let name = line.trim_matches(['#', ' ', '[', ']', '`', '*']);
            team = Some(name.to_lowercase());
        } else if let (Some(team), Some((ticked, rest))) = (&team, check_box(line)) {
            let name = rest.trim_start_matches([' ', '@', '[', '`']);
            let user = &name[..name.bytes().take_while(|byte| is_login_byte(*byte)).count()];
            if !user.is_empty() {
                let of_team = boxes.entry(team.clone()).or_default();
                of_team.entry(user.to_lowercase()).or_insert((user.to_owned(), false)).1 |= ticked;
            }
        }
    }
    boxes
}

/// Whether the box at the beginning of a line is ticked, and what follows it.
fn check_box(line: &str) -> Option<(bool, &str)> {
    let rest = line.strip_prefix(['*', '-', '+'])?.trim_start().strip_prefix('[')?;
    let (mark, rest) = rest.split_once(']')?;
    match mark {
        " " | "" => Some((false, rest)),
        "x" | "X" => Some((true, rest)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_are_read_as_people_leave_them() {
        let comment = "words\n* [x] @early\n\n## lang\r\n\r\n* [x] @A (required, lead)\r\n- [ ] b (optional)\n> * [X] `c-d`\n* [y] e\n\n### [Types]\n* [ ] a\n* [x] @a\n";
        let read = boxes(comment);
        let of = |team: &str| -> Vec<(String, bool)> { read[team].values().cloned().collect() };
        assert_eq!(read.len(), 2);
        assert_eq!(of("lang"), [("A".to_owned(), true), ("b".to_owned(), false), ("c-d".to_owned(), true)]);
        assert_eq!(of("types"), [("a".to_owned(), true)]);
    }
}
