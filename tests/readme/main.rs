//! README.md and the pages of `docs/` say what the program really does: commands run, what is to be copied works, links lead
//! somewhere, and what is made from data is current. `UPDATE_README=1 cargo test --test readme` writes what is made.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod blocks;
mod commands;
#[path = "../common/mod.rs"]
mod common;
mod documents;
mod links;
mod rules;
mod security;
mod terminal;

/// The longest README that is read to its end, in lines.
const MAX_LINES: usize = 150;

#[test]
fn the_readme_is_short() {
    let lines = documents::read("README.md").lines().count();
    assert!(lines <= MAX_LINES, "README.md has {lines} lines; move what is not for everyone to docs/");
}
