//! Conversations that nobody would have: edits and requests by chance.

use super::common::Dice;
use super::*;

/// How many conversations are held; `GOALS_CONVERSATIONS=1000` asks for more than one run of all tests has time for, and
/// `GOALS_SEED` for others.
#[test]
fn the_server_says_what_a_new_run_finds_whatever_is_edited() {
    let number = |name: &str| std::env::var(name).ok().map(|value| value.parse::<u64>().unwrap());
    let (count, first) = (number("GOALS_CONVERSATIONS").unwrap_or(3), number("GOALS_SEED").unwrap_or(1));
    let place = Place::new();
    copy(&fixtures(), place.path());
    for seed in 0..count {
        let mut dice = Dice(first.wrapping_mul(1_000_003).wrapping_add(seed));
        let bytes: Vec<u8> = (0..160).map(|_| u8::try_from(dice.below(256)).unwrap()).collect();
        let root = place.path().to_path_buf();
        if std::panic::catch_unwind(|| conversation::play(&root, &bytes)).is_err() {
            panic!("GOALS_SEED={first}, conversation {seed}: {bytes:?}");
        }
    }
}
