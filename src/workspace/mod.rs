//! Which projects, slates and files there are, and reading them once.

pub(crate) mod book;
pub(crate) mod discovery;
pub(crate) mod nearest;
pub(crate) mod pages;
pub(crate) mod parse_cache;
pub(crate) mod project;
pub(crate) mod selection;
