//! Edits and asks at random, as an editor could: what the language server says is what a new run finds in the same texts.

#![no_main]
#![allow(clippy::unwrap_used, clippy::panic)] // a surprise is what it looks for

#[path = "../../tests/conversation/mod.rs"]
mod conversation;

use std::path::Path;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // A text that is open is in the place of its file, which is never written.
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures").canonicalize().unwrap();
    conversation::play(&fixtures, bytes);
});
