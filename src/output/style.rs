//! How text on a terminal looks.

/// What a diagnostic looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Whether it has colors.
    pub color: bool,
}
