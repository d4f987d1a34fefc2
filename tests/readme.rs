//! The README shows what the program really prints.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use common::{Place, fixtures, repository};

#[test]
fn the_picture_is_a_real_one() {
    let name = "2025h1/batched-doctests.md";
    let text = std::fs::read_to_string(fixtures().join(name)).unwrap().replacen("[rustdoc]", "[rusdoc]", 1);
    let place = Place::with(&[(name, &text)]);
    let roster = fixtures().join("team");
    let asks = std::fs::read_to_string(fixtures().join("goals.toml")).unwrap();
    place.write("goals.toml", asks.replace("path = \"team\"", &format!("path = {roster:?}")).as_bytes());
    let run = place.output(&["lint", "2025h1"], b"");
    let printed = String::from_utf8(run.stdout).unwrap();

    let readme = std::fs::read_to_string(repository().join("README.md")).unwrap();
    let shown = readme.split("```text\n").nth(1).unwrap().split("```").next().unwrap();
    assert_eq!(shown.trim_end(), printed.trim_end(), "the picture in README.md is not what the program prints");
}
