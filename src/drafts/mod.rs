//! Files that begin right: the text of a new goal, and the pages of a new slate.
//!
//! Everything here is text from text. What exists already, and what is written, is for the engine and the commands to say.

pub(crate) mod asks;
pub(crate) mod carried;
pub(crate) mod file_name;
pub(crate) mod front_matter;
pub(crate) mod goal;
pub(crate) mod layout;
pub(crate) mod left_behind;
pub(crate) mod old_goal;
pub(crate) mod outline;
pub(crate) mod passing;
pub(crate) mod renewal;
pub(crate) mod settings;
pub(crate) mod summary;
pub(crate) mod template;
pub(crate) mod title;
