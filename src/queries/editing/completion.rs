//! What can be written at a place, as a list to choose from.

use super::candidate::Candidate;
use super::candidates::candidates;
use super::context::context;
use crate::links::outside::OutsideFiles;
use crate::model::slate::{File, Slate};

/// What can be written at an offset of a file, the most likely first.
pub fn completions(slate: &Slate, outside: Option<&OutsideFiles>, file: &File, offset: usize) -> Vec<Candidate> {
    context(slate, file, offset).map(|context| candidates(slate, outside, file, &context)).unwrap_or_default()
}
