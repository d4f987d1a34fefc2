//! Where links lead: targets, the files and anchors around a slate, and what may have been meant.

pub(crate) mod anchors;
pub(crate) mod outside;
pub(crate) mod page_index;
pub(crate) mod resolution;
pub(crate) mod scan;
pub(crate) mod target;
