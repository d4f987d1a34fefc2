//! Fixes whatever comes: fixes settle, make no errors, change no comment, and lose nothing that is asked of anybody.

#![no_main]

mod shared;

use libfuzzer_sys::{fuzz_mutator, fuzz_target};

fuzz_target!(|bytes: &[u8]| shared::workbench().fix(bytes));
fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    shared::mutate(data, size, max_size, seed)
});
