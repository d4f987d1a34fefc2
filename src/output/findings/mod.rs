//! Findings and failures as text: for people, for programs, for GitHub. Each format is a module.
//!
//! What was found is for the rules to say, where the text goes for the program.

pub(crate) mod excerpt;
pub(crate) mod github;
pub(crate) mod human;
pub(crate) mod job_summary;
pub(crate) mod json;
pub(crate) mod run;
pub(crate) mod sarif;
pub(crate) mod short;
pub(crate) mod statistics;

pub use github::github;
pub use human::{failure, finding, findings, warning};
pub use job_summary::job_summary;
pub use json::json;
pub use run::{Checked, Run};
pub use sarif::{MAX_RESULTS, sarif};
pub use short::short;
pub use statistics::statistics;
