//! Writes the texts that fuzzing begins with to a directory: `cargo run --features seeds --bin seeds -- seeds`.

#![allow(dead_code, unused_imports, clippy::unwrap_used, clippy::panic)] // whoever runs it sees what went wrong; the properties rest

#[path = "../../tests/properties/mod.rs"]
mod properties;

use std::path::Path;

fn main() {
    let directory = std::env::args_os().nth(1).unwrap_or_else(|| "seeds".into());
    std::fs::create_dir_all(&directory).unwrap();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures");
    for (name, text) in properties::Workbench::new(&fixtures).seeds() {
        std::fs::write(Path::new(&directory).join(name), text).unwrap();
    }
}
