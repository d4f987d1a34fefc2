//! Findings and failures as text: for people, for programs, for GitHub. Each format is a module.
//!
//! What was found is for the rules to say, where the text goes for the program.

pub(crate) mod closing;
pub(crate) mod excerpt;
pub(crate) mod formats;
pub(crate) mod github;
pub(crate) mod human;
pub(crate) mod job_summary;
pub(crate) mod json;
pub(crate) mod places;
pub(crate) mod run;
pub(crate) mod sarif;
mod sarif_rules;
pub(crate) mod short;
pub(crate) mod statistics;

pub use closing::{error_files, next_steps};
pub use formats::{FORMATS, FindingsFormat};
pub use github::{GROUP, GROUP_END};
pub use human::{FIXABLE, failure, finding, findings, warning};
pub use run::{Checked, Hidden, Run};
