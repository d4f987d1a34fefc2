//! The one door for front ends.

use crate::diagnostics::diagnostic::Reported;
use crate::links::outside::OutsideFiles;
use crate::lint::levels::Levels;
use crate::lint::run::lint;
use crate::model::slate::Slate;
use crate::policy::config::FrontMatter;
use crate::rfc::{Assembled, assemble};
use crate::sys::error::Failure;
use crate::sys::threads;

/// Checks a slate and assembles its RFC at the same time; see [`lint()`] and [`assemble`]. Whether the text may be used, the
/// findings tell.
pub fn lint_and_assemble(
    slate: &Slate,
    outside: Option<&OutsideFiles>,
    levels: &Levels,
    stated: &FrontMatter,
) -> (Vec<Reported>, Result<Assembled, Failure>) {
    threads::both(slate.text_len(), || lint(slate, outside, levels), || assemble(slate, &slate.config, stated))
}
