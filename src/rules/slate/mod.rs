//! Rules about the goals of a slate taken together.

pub(crate) mod duplicate_theme;
pub(crate) mod duplicate_title;
pub(crate) mod duplicate_tracking_issue;
pub(crate) mod empty_roadmap;
pub(crate) mod unlisted_flagship;
pub(crate) mod unlisted_goal;
