//! The answers in words: as a table for a terminal, as CSV, as Markdown, as JSON.
//!
//! A terminal gets what helps at a glance, the other forms everything. A user is `@name` where people read it, a
//! link in Markdown so that pasting a table does not ping, and bare in CSV, where `@` would begin a formula.

pub(crate) mod asks;
pub(crate) mod cells;
pub(crate) mod changes;
pub(crate) mod format;
pub(crate) mod goals;
pub(crate) mod matrix;
pub(crate) mod review;
pub(crate) mod roster;
pub(crate) mod votes;

pub use format::{OutputFormat, TotalsKind};
