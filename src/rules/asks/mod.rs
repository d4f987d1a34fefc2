//! Rules about what is asked of teams.

pub(crate) mod conflicting_level;
pub(crate) mod extra_team;
pub(crate) mod incomplete_badge;
pub(crate) mod misplaced_ask;
pub(crate) mod missing_ask;
pub(crate) mod missing_badge;
pub(crate) mod missing_level;
pub(crate) mod missing_team;
pub(crate) mod outdated_team;
pub(crate) mod repeated_ask;
pub(crate) mod unasked_team;
pub(crate) mod unbracketed_team;
pub(crate) mod unexpected_text;
pub(crate) mod unknown_ask;
pub(crate) mod unknown_level;
pub(crate) mod unknown_team;
pub(crate) mod unmarked_badge;
pub(crate) mod unsuitable_team;
