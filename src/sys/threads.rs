//! The same work for many items on all cores, on threads that are started once. Small work stays where it is, since a thread that
//! sleeps has to be woken; results come in the order of the items, whichever core was first.
//!
//! Whoever waits here for others does other work in the meantime, and may come upon any piece of it. So nothing in this module
//! may be called while a `OnceLock` is being filled: the other work could wait for that very lock.

use std::cmp::Reverse;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

/// More threads than this gain nothing on one slate.
const MAX_THREADS: usize = 8;

/// Whether there are threads to share work with.
static SHARED: OnceLock<bool> = OnceLock::new();

/// Starts the threads that share all work with this one, which has to live as long as the process. Without this they are
/// started when there is work, and whoever has it waits for them to do it.
pub(crate) fn share_with_this_thread() {
    SHARED.get_or_init(|| start(true));
}

/// Starts the threads; `with_this` says whether the calling one is one of them. Answers whether there is more than one: where
/// the system gives none, or the process shares work in ways of its own, all work is done by whoever asks for it.
fn start(with_this: bool) -> bool {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(MAX_THREADS);
    if threads < 2 {
        return false;
    }
    let pool = ThreadPoolBuilder::new().num_threads(threads);
    if with_this {
        // Unlike the global one it is there before its other threads are, so that nobody waits for these.
        pool.use_current_thread().build().map(std::mem::forget).is_ok()
    } else {
        pool.build_global().is_ok()
    }
}

/// Applies `f` to the place of every item from 0 to `count`. `weight` says how many bytes of text the work is about.
pub(crate) fn map<R: Send>(count: usize, weight: usize, f: impl Fn(usize) -> R + Sync + Send) -> Vec<R> {
    if pays(weight) && is_shared() { in_order(count, |place| place, f) } else { (0..count).map(f).collect() }
}

/// The same where items take more or less time, as `length` tells: the longest are begun first, so that nobody waits for one in
/// the end.
pub(crate) fn map_longest_first<R: Send>(
    count: usize,
    weight: usize,
    length: impl Fn(usize) -> usize,
    f: impl Fn(usize) -> R + Sync + Send,
) -> Vec<R> {
    if !(pays(weight) && is_shared()) {
        return (0..count).map(f).collect();
    }
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_cached_key(|item| Reverse(length(*item)));
    in_order(count, |place| order[place], f)
}

/// Does the work for `count` items on all threads, each of which takes the next one whenever it is ready; `order` says which item
/// comes at which place.
fn in_order<R: Send>(
    count: usize,
    order: impl Fn(usize) -> usize + Sync + Send,
    f: impl Fn(usize) -> R + Sync + Send,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let take_all = |_| {
        let mut done = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            if place >= count {
                return done;
            }
            let item = order(place);
            done.push((item, f(item)));
        }
    };
    let threads = rayon::current_num_threads().min(count);
    let done: Vec<Vec<(usize, R)>> = (0..threads).into_par_iter().with_max_len(1).map(take_all).collect();
    let mut results: Vec<(usize, R)> = done.into_iter().flatten().collect();
    results.sort_unstable_by_key(|(item, _)| *item);
    results.into_iter().map(|(_, result)| result).collect()
}

/// Does two pieces of work at the same time, where they are about so many bytes of text that it pays.
pub(crate) fn both<A: Send, B: Send>(
    weight: usize,
    a: impl FnOnce() -> A + Send,
    b: impl FnOnce() -> B + Send,
) -> (A, B) {
    if pays(weight) && is_shared() { rayon::join(a, b) } else { (a(), b()) }
}

/// Begins some work in the background: whoever needs its result first does it, or waits for it then.
pub(crate) fn meanwhile(work: impl FnOnce() + Send + 'static) {
    if is_shared() {
        rayon::spawn(work);
    }
}

fn is_shared() -> bool {
    *SHARED.get_or_init(|| start(false))
}

/// A thread is woken in less time than so many bytes are parsed.
fn pays(weight: usize) -> bool {
    const WORTH_WAKING: usize = 32 << 10;
    weight >= WORTH_WAKING
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items_whatever_the_weight() {
        for weight in [0, usize::MAX] {
            assert_eq!(map(1000, weight, |index| index * 2), (0..2000).step_by(2).collect::<Vec<_>>());
            assert_eq!(map(0, weight, |index| index), Vec::<usize>::new());
            let by_length = map_longest_first(1000, weight, |index| index % 7, |index| index * 2);
            assert_eq!(by_length, (0..2000).step_by(2).collect::<Vec<_>>());
            assert_eq!(both(weight, || 1, || "b"), (1, "b"));
        }
    }
}
