//! What the targets share: the properties of tests/properties, and a mutator that damages goals as people do.

#![allow(dead_code, clippy::unwrap_used, clippy::panic)] // each target uses its part; a surprise is what it looks for

#[path = "../../tests/properties/mod.rs"]
mod properties;

use std::path::Path;
use std::sync::OnceLock;

use properties::Workbench;

/// The workbench, made once.
pub(crate) fn workbench() -> &'static Workbench {
    static WORKBENCH: OnceLock<Workbench> = OnceLock::new();
    WORKBENCH.get_or_init(|| Workbench::new(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures")))
}

/// Half the time a mistake of the kinds that people make, else one of the fuzzer's own.
pub(crate) fn mutate(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    if seed.is_multiple_of(2) {
        return libfuzzer_sys::fuzzer_mutate(data, size, max_size);
    }
    let mut state = u64::from(seed);
    let mut dice = |bound: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % bound.max(1)
    };
    let damaged = properties::damage(&data[..size], &mut dice);
    let length = damaged.len().min(max_size);
    data[..length].copy_from_slice(&damaged[..length]);
    length
}
