//! Rows that were meant as those of champions.

use crate::model::goal::MetadataRow;
use crate::model::slate::Slate;
use crate::policy::format::Field;
use crate::text::similarity::did_you_mean;

/// The word that a pattern such as `[team] champion` has for what the row is.
pub(crate) fn word(pattern: &str) -> &str {
    pattern.rsplit(' ').next().unwrap_or(pattern)
}

/// The parts of a row's name that can be words or names of teams.
pub(crate) fn parts(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).filter(|part| !part.is_empty())
}

/// The team of a row that is called nothing but `[team]` and names a user.
pub(crate) fn bare_team<'r>(slate: &Slate, row: &'r MetadataRow) -> Option<&'r str> {
    let team = row.name.value.trim_end_matches("[]").strip_prefix('[')?.strip_suffix(']')?;
    (slate.roster.team(team).is_some() && row.value.value.starts_with('@')).then_some(team)
}

/// Whether a row was meant as a champion's and is not called like one.
pub(crate) fn is_champion_row(slate: &Slate, row: &MetadataRow) -> bool {
    // Nearly every row is one that the period knows.
    if slate.format.knows_row(&row.name.value) {
        return false;
    }
    let Some(pattern) = slate.format.row_of(Field::Champion) else { return false };
    let word = word(pattern);
    let mut parts = parts(&row.name.value).map(str::to_lowercase);
    let speaks_of_it = parts.any(|part| {
        let is_word = |part: &str| part.trim_end_matches('s') == word || did_you_mean(part, [word]).is_some();
        is_word(&part) || part.split('-').any(is_word)
    });
    speaks_of_it || bare_team(slate, row).is_some()
}
