//! Rules about the sections of a goal.

pub(crate) mod empty_section;
pub(crate) mod incomplete_goal;
pub(crate) mod misplaced_heading;
pub(crate) mod missing_section;
pub(crate) mod misspelled_section;
pub(crate) mod repeated_section;
pub(crate) mod repeated_subgoal;
pub(crate) mod wrong_title_level;
