//! What a new goal asks of teams: as it is stated on a command line, or as an older goal asked, in the words of the new period.

use crate::model::slate::Slate;
use crate::policy::config::messages::quoted;
use crate::policy::format::Format;
use crate::policy::roster::{Known, Roster};
use crate::sys::error::Error;
use crate::text::similarity::{did_you_mean, find_ignoring_case};

/// An ask of a new goal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NewAsk {
    /// The team, by its name of today.
    pub(crate) team: String,
    /// The support level, or the ask where a period has a list of them; empty where that is still open.
    pub(crate) what: String,
    /// The notes, as Markdown.
    pub(crate) notes: String,
}

/// An ask of an older goal: a row of its table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OldAsk {
    /// The teams, by the names that they had.
    pub(crate) teams: Vec<String>,
    /// The support level or the ask, in the words of the older period.
    pub(crate) what: String,
    /// The subgoal that it is for, as Markdown; empty for the goal itself.
    pub(crate) subgoal: String,
    /// The notes, as Markdown.
    pub(crate) notes: String,
}

/// Whether a period asks for support by level, not by a list of asks.
pub(crate) fn has_levels(format: &Format) -> bool {
    !format.levels.is_empty()
}

/// The asks of a command line, each written as `team`, `team=level`, or `team=ask`. Fails at an unknown name, with the nearest
/// one.
pub(crate) fn stated(slate: &Slate, written: &[String]) -> Result<Vec<NewAsk>, Error> {
    let mut asks: Vec<NewAsk> = Vec::new();
    for one in written {
        let ask = read(slate, one)?;
        let is_same = |other: &&NewAsk| other.team == ask.team && (has_levels(&slate.format) || other.what == ask.what);
        if asks.iter().any(|other| is_same(&other)) {
            return Err(Error::new(format!("team `{}` is asked twice", ask.team)).help("remove one of the options"));
        }
        asks.push(ask);
    }
    Ok(asks)
}

fn read(slate: &Slate, written: &str) -> Result<NewAsk, Error> {
    let (team, what) = match written.split_once('=') {
        Some((team, what)) => (team, what.trim()),
        None => (written, ""),
    };
    let team = team_of_today(&slate.roster, team.trim().trim_start_matches('[').trim_end_matches(']'))?;
    let what = if has_levels(&slate.format) { level(slate, what)? } else { ask(slate, &team, what)? };
    Ok(NewAsk { team, what, notes: String::new() })
}

/// The name of a team that can be asked today.
fn team_of_today(roster: &Roster, written: &str) -> Result<String, Error> {
    match roster.team(written) {
        Some(Known::Team(_)) => return Ok(written.to_owned()),
        Some(Known::Renamed { today }) => return Ok(today.to_owned()),
        Some(Known::Merged { into, .. }) => {
            let failure = Error::new(format!("team `{written}` was merged into `{into}`"));
            return Err(failure.help(format!("use `{into}`")));
        }
        Some(Known::Archived(_)) => {
            let failure = Error::new(format!("team `{written}` is archived"));
            return Err(failure.help("run `goals roster` for a list of teams"));
        }
        None => {}
    }
    match roster.resolve(written) {
        Some(meant) if meant.certain => Ok(meant.name.to_owned()),
        meant => Err(Error::new(format!("unknown team `{written}`")).help(match meant {
            Some(meant) => format!("did you mean `{}`?", meant.name),
            None => "run `goals roster` for a list of teams".to_owned(),
        })),
    }
}

fn level(slate: &Slate, written: &str) -> Result<String, Error> {
    if written.is_empty() {
        return Ok(String::new());
    }
    if let Some((_, known, _)) = slate.format.level(written) {
        return Ok(known.to_owned());
    }
    let known: Vec<&str> = slate.format.levels.keys().map(String::as_str).collect();
    Err(unknown(&format!("unknown support level `{written}`"), written, &known))
}

fn ask(slate: &Slate, team: &str, written: &str) -> Result<String, Error> {
    let asks = &slate.format.asks;
    let is_for = |teams: &Option<Vec<String>>| teams.as_ref().is_none_or(|teams| teams.iter().any(|one| one == team));
    let names: Vec<&str> = asks.iter().filter(|(_, ask)| is_for(&ask.teams)).map(|(name, _)| name.as_str()).collect();
    if written.is_empty() {
        let example = names.first().copied().unwrap_or_default();
        let failure = Error::new(format!("missing ask for team `{team}`: {} has no support levels", slate.name));
        return Err(failure.help(format!("add what it is asked for, such as `--team '{team}={example}'`")));
    }
    if let Some(known) = find_ignoring_case(written, names.iter().copied()) {
        return Ok(known.to_owned());
    }
    let short = asks.iter().find(|(_, ask)| ask.short.eq_ignore_ascii_case(written) && is_for(&ask.teams));
    if let Some((known, _)) = short {
        return Ok(known.clone());
    }
    if let Some(known) = find_ignoring_case(written, asks.keys().map(String::as_str)) {
        let teams = asks[known].teams.iter().flatten().map(String::as_str).collect::<Vec<_>>();
        let failure = Error::new(format!("team `{team}` cannot be asked for `{known}`"));
        return Err(failure.help(format!("the ask is for {}", quoted(&teams))));
    }
    Err(unknown(&format!("unknown ask `{written}` for {}", slate.name), written, &names))
}

fn unknown(message: &str, written: &str, known: &[&str]) -> Error {
    Error::new(message).help(match did_you_mean(written, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("use one of {}", quoted(known)),
    })
}

/// What older asks become in a slate: the same ask, or what the period says that it corresponds to. Where support has levels, a
/// team has one row with the largest of them, and the notes name the older asks. A new goal has no subgoals yet: the notes name
/// those, too. `notes` is told what has no place any more, or another team.
pub(crate) fn carried(slate: &Slate, old: &[OldAsk], notes: &mut Vec<String>) -> Vec<NewAsk> {
    let format = &slate.format;
    let mut rows: Vec<Gathered> = Vec::new();
    for one in old {
        for team in teams_of_today(slate, &one.teams, notes) {
            let what = corresponding(format, &one.what);
            match (has_levels(format), what) {
                (true, what) => gather(format, &mut rows, team, what.unwrap_or_default(), label(format, one)),
                (false, Some(what)) => gather(format, &mut rows, team, what, label(format, one)),
                (false, None) => {
                    let what = format!("`{}` of `{team}`, which is not an ask of {}", one.what, slate.name);
                    notes.push(format!("not taken over: {what}"));
                }
            }
        }
    }
    rows.into_iter().map(Gathered::ask).collect()
}

/// The teams of a row by the names that they have today, each once.
fn teams_of_today(slate: &Slate, written: &[String], notes: &mut Vec<String>) -> Vec<String> {
    let mut teams: Vec<String> = Vec::new();
    for team in written {
        let (today, note) = match slate.roster.team(team) {
            Some(Known::Team(_)) => (Some(team.as_str()), None),
            Some(Known::Renamed { today }) => (Some(today), Some(format!("team `{team}` is `{today}` today"))),
            Some(Known::Merged { into, .. }) => {
                (Some(into), Some(format!("team `{team}` was merged into `{into}`, which is asked instead")))
            }
            Some(Known::Archived(_)) => (None, Some(format!("not taken over: team `{team}`, which is archived"))),
            None => (None, Some(format!("not taken over: unknown team `{team}`"))),
        };
        notes.extend(note.filter(|note| !notes.contains(note)));
        teams.extend(today.map(str::to_owned).filter(|today| !teams.contains(today)));
    }
    teams
}

/// A row in the making, with what is said of each ask in it and how often.
struct Gathered {
    team: String,
    what: String,
    labels: Vec<(String, usize)>,
}

impl Gathered {
    fn ask(self) -> NewAsk {
        let times = |(label, count): (String, usize)| match (label.is_empty(), count) {
            (_, 1) => label,
            (true, count) => format!("{count} times"),
            (false, count) => format!("{count} × {label}"),
        };
        let labels: Vec<String> = self.labels.into_iter().map(times).filter(|label| !label.is_empty()).collect();
        NewAsk { team: self.team, what: self.what, notes: labels.join("; ") }
    }
}

/// Adds an ask to the row of its team; where there are no levels, to that of the same ask.
fn gather(format: &Format, rows: &mut Vec<Gathered>, team: String, what: String, label: String) {
    let is_same = |row: &&mut Gathered| row.team == team && (has_levels(format) || row.what == what);
    let Some(row) = rows.iter_mut().find(is_same) else {
        rows.push(Gathered { team, what, labels: vec![(label, 1)] });
        return;
    };
    let rank = |level: &str| format.level(level).map(|(rank, _, _)| rank);
    if rank(&what) > rank(&row.what) {
        row.what = what;
    }
    match row.labels.iter_mut().find(|(known, _)| *known == label) {
        Some((_, count)) => *count += 1,
        None => row.labels.push((label, 1)),
    }
}

/// What the notes say of an ask: the ask itself where a level is in its place, the subgoal, and its own notes.
fn label(format: &Format, old: &OldAsk) -> String {
    let is_said = !has_levels(format) || format.level(&old.what).is_some();
    let what = if is_said { "" } else { old.what.as_str() };
    let head = match (what, old.subgoal.as_str()) {
        ("", subgoal) => subgoal.to_owned(),
        (what, "") => what.to_owned(),
        (what, subgoal) => format!("{what} ({subgoal})"),
    };
    [head.as_str(), old.notes.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ")
}

/// The asks of an older goal with those that are stated now in their place: a team's level, or an ask more.
pub(crate) fn overridden(format: &Format, mut asks: Vec<NewAsk>, stated: Vec<NewAsk>) -> Vec<NewAsk> {
    for ask in stated {
        let is_same = |known: &&mut NewAsk| known.team == ask.team && (has_levels(format) || known.what == ask.what);
        match asks.iter_mut().find(is_same) {
            Some(known) => known.what = ask.what,
            None => asks.push(ask),
        }
    }
    asks
}

/// What an ask or level of any period is in this one.
fn corresponding(format: &Format, old: &str) -> Option<String> {
    let own = match has_levels(format) {
        true => format.level(old).map(|(_, name, _)| name),
        false => find_ignoring_case(old, format.asks.keys().map(String::as_str)),
    };
    let former = || format.former_asks.iter().find(|(name, _)| name.eq_ignore_ascii_case(old));
    let is_known = |name: &String| match has_levels(format) {
        true => format.level(name).is_some(),
        false => format.asks.contains_key(name),
    };
    own.map(str::to_owned).or_else(|| former().map(|(_, name)| name.clone()).filter(is_known))
}
