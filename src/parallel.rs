//! The same work for many items on all cores. Threads cost about as much as reading a few files, so small work stays where
//! it is; results come in the order of the items, whichever core was first.

use std::sync::atomic::{AtomicUsize, Ordering};

/// More threads than this gain nothing on one slate.
const MOST_THREADS: usize = 8;

/// Applies `f` to the place of every item from 0 to `count`. `weight` says how many bytes of text the work is about.
pub(crate) fn map<R: Send>(count: usize, weight: usize, f: impl Fn(usize) -> R + Sync) -> Vec<R> {
    let threads = threads_for(weight).min(count);
    if threads < 2 {
        return (0..count).map(f).collect();
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= count {
                return done;
            }
            done.push((index, f(index)));
        }
    };
    let mut results: Vec<(usize, R)> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut done = work();
        for other in others {
            match other.join() {
                Ok(more) => done.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

/// Does two pieces of work at the same time, where they are about so many bytes of text that it pays.
pub(crate) fn both<A, B: Send>(weight: usize, a: impl FnOnce() -> A, b: impl FnOnce() -> B + Send) -> (A, B) {
    if threads_for(weight) < 2 {
        return (a(), b());
    }
    std::thread::scope(|scope| {
        let other = scope.spawn(b);
        let a = a();
        match other.join() {
            Ok(b) => (a, b),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// Begins some work on a thread of its own that nobody waits for: whoever needs its result first does it, or waits for it then.
pub(crate) fn meanwhile(work: impl FnOnce() + Send + 'static) {
    // Where there is no thread to be had, nothing is lost.
    let _ = std::thread::Builder::new().spawn(work);
}

/// How many threads work on so many bytes of text. A thread is started in less time than 16 KiB are parsed.
fn threads_for(weight: usize) -> usize {
    const WORTH_A_THREAD: usize = 32 << 10;
    if weight < 2 * WORTH_A_THREAD {
        return 1;
    }
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    cores.min(MOST_THREADS).min(weight / WORTH_A_THREAD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items_whatever_the_weight() {
        for weight in [0, usize::MAX] {
            assert_eq!(map(1000, weight, |index| index * 2), (0..2000).step_by(2).collect::<Vec<_>>());
            assert_eq!(map(0, weight, |index| index), Vec::<usize>::new());
            assert_eq!(both(weight, || 1, || "b"), (1, "b"));
        }
    }
}
