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

impl NewAsk {
    pub(crate) fn new(team: &str, what: &str, notes: &str) -> NewAsk {
        NewAsk { team: team.to_owned(), what: what.to_owned(), notes: notes.to_owned() }
    }
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
/// team has one row with the largest of them, and the notes name the older asks. `unkept` is told what has no place any more.
pub(crate) fn carried(slate: &Slate, old: Vec<NewAsk>, unkept: &mut Vec<String>) -> Vec<NewAsk> {
    let mut asks: Vec<NewAsk> = Vec::new();
    for one in old {
        let team = match slate.roster.team(&one.team) {
            Some(Known::Team(_)) => one.team.clone(),
            Some(Known::Renamed { today } | Known::Merged { into: today, .. }) => today.to_owned(),
            Some(Known::Archived(_)) => {
                unkept.push(format!("team `{}`, which is archived", one.team));
                continue;
            }
            None => {
                unkept.push(format!("unknown team `{}`", one.team));
                continue;
            }
        };
        match has_levels(&slate.format) {
            true => add_by_level(&slate.format, &mut asks, team, one),
            false => match corresponding(&slate.format, &one.what) {
                Some(what) => add_by_kind(&mut asks, NewAsk { team, what, ..one }),
                None => unkept.push(format!("`{}` of `{team}`, which is not an ask of {}", one.what, slate.name)),
            },
        }
    }
    asks
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

/// Teams that were merged may have been asked for the same.
fn add_by_kind(asks: &mut Vec<NewAsk>, ask: NewAsk) {
    match asks.iter_mut().find(|known| known.team == ask.team && known.what == ask.what) {
        Some(known) => add_note(&mut known.notes, &ask.notes),
        None => asks.push(ask),
    }
}

fn add_by_level(format: &Format, asks: &mut Vec<NewAsk>, team: String, old: NewAsk) {
    let is_level = format.level(&old.what).is_some();
    let what = corresponding(format, &old.what).unwrap_or_default();
    // A level says nothing about what it is for; the older ask does.
    let notes = match (is_level || old.what.is_empty(), old.notes.is_empty()) {
        (true, _) => old.notes,
        (false, true) => old.what,
        (false, false) => format!("{}: {}", old.what, old.notes),
    };
    let rank = |level: &str| format.level(level).map(|(rank, _, _)| rank);
    match asks.iter_mut().find(|known| known.team == team) {
        Some(known) => {
            if rank(&what) > rank(&known.what) {
                known.what = what;
            }
            add_note(&mut known.notes, &notes);
        }
        None => asks.push(NewAsk { team, what, notes }),
    }
}

/// What is between the notes of several asks in one row.
const BETWEEN_NOTES: &str = "; ";

fn add_note(notes: &mut String, more: &str) {
    if more.is_empty() || notes.split(BETWEEN_NOTES).any(|known| known == more) {
        return;
    }
    if !notes.is_empty() {
        notes.push_str(BETWEEN_NOTES);
    }
    notes.push_str(more);
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
