//! What may be wrong. One rule is `rules/<id>.toml`, one file in a group below this folder and one line in `registry`.

pub(crate) mod asks;
pub(crate) mod context;
pub(crate) mod file;
pub(crate) mod leftovers;
pub(crate) mod links;
pub(crate) mod metadata;
pub(crate) mod people;
pub(crate) mod registry;
pub(crate) mod rule;
pub(crate) mod sections;
pub(crate) mod shared;
pub(crate) mod slate;
pub(crate) mod tables;
pub(crate) mod template;
