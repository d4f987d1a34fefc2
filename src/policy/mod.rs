//! What holds: the formats of the periods, the configuration of a project, and its roster.

pub(crate) mod config;
pub(crate) mod format;
pub(crate) mod formats;
pub(crate) mod html;
pub(crate) mod maps;
pub(crate) mod period;
pub(crate) mod roster;
pub(crate) mod rows;
pub(crate) mod table_kind;
pub(crate) mod values;
