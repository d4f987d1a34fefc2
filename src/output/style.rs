//! How text on a terminal looks.

/// What a picture looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Whether it has colours.
    pub colour: bool,
}
