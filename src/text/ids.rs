//! Places in lists, each good for one kind of list alone: a table's number cannot be taken for a heading's.

use std::ops::Range;

/// Makes the type of such a place.
macro_rules! id {
    ($(#[$about:meta])* $name:ident) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(usize);

        impl $name {
            /// The next place.
            pub fn next(self) -> $name {
                $name(self.0 + 1)
            }
        }

        impl From<usize> for $name {
            fn from(place: usize) -> $name {
                $name(place)
            }
        }

        impl From<$name> for usize {
            fn from(id: $name) -> usize {
                id.0
            }
        }
    };
}

pub(crate) use id;

/// The places of a range, in their order.
pub(crate) fn each<I: From<usize>>(range: Range<I>) -> impl DoubleEndedIterator<Item = I> + Clone
where
    usize: From<I>,
{
    (usize::from(range.start)..usize::from(range.end)).map(I::from)
}

id! {
    /// A file, as its place in the files of its slate, from 0.
    FileId
}
