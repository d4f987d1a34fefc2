//! Tables that keep their order.

/// A table in the order of its file, hashed as all others are: names of the format are looked up for every row and heading.
pub(crate) type IndexMap<K, V> = indexmap::IndexMap<K, V, hashbrown::DefaultHashBuilder>;
