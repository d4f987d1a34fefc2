//! Sorting for lists that are short, or sorted once.
//!
//! The sort of the standard library is compiled anew for every kind of item and key, and takes 8 KB of the program each time.
//! Here places are sorted instead of items, which is compiled once; a list that is sorted again and again is better off with
//! the standard library.

use std::cmp::Ordering;

/// Sorts items by a key that is made once of each; those with the same key stay in their order.
pub(crate) fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl FnMut(&T) -> K) {
    if items.len() < 2 {
        return;
    }
    let keys: Vec<K> = items.iter().map(key).collect();
    let targets = targets(keys.len(), &|a, b| keys[a].cmp(&keys[b]));
    arrange(targets, &mut |a, b| items.swap(a, b));
}

/// Sorts items as `compare` says; those that are equal stay in their order.
pub(crate) fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    if items.len() < 2 {
        return;
    }
    let targets = targets(items.len(), &|a, b| compare(&items[a], &items[b]));
    arrange(targets, &mut |a, b| items.swap(a, b));
}

/// Where each of so many items belongs.
#[inline(never)]
fn targets(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|a, b| compare(*a, *b));
    let mut targets = vec![0; count];
    for (target, place) in order.into_iter().enumerate() {
        targets[place] = target;
    }
    targets
}

/// Brings items to where they belong; each swap brings one of them there.
#[inline(never)]
fn arrange(mut targets: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for place in 0..targets.len() {
        while targets[place] != place {
            let target = targets[place];
            swap(place, target);
            targets.swap(place, target);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_sorted_as_by_the_standard_library() {
        for count in [0, 1, 2, 3, 10, 100, 1000] {
            let items: Vec<(usize, usize)> = (0..count).map(|place| (place * 7919 % 13, place)).collect();
            let mut expected = items.clone();
            expected.sort_by_key(|item| item.0);
            let mut sorted = items.clone();
            sort_by_key(&mut sorted, |item| item.0);
            assert_eq!(sorted, expected);
            expected.sort_by_key(|item| std::cmp::Reverse(item.0));
            sort_by(&mut sorted, |a, b| b.0.cmp(&a.0));
            assert_eq!(sorted, expected);
        }
    }
}
