//! How text for people looks: colors, and the width that it may have.
//!
//! The colors are those of the sixteen that can be read on dark and on light: no yellow, no cyan, no white. Nothing is said by
//! color alone.

/// What text for people looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether it has colors.
    pub color: bool,
    /// How wide it may be, in columns.
    pub width: usize,
}

/// The narrowest text; what a narrower terminal makes of it, it does itself.
const MIN_WIDTH: usize = 80;
/// The widest text; longer lines are hard to read.
const MAX_WIDTH: usize = 140;
/// How wide text is that goes to no terminal.
const DEFAULT_WIDTH: usize = 100;

impl Default for Style {
    fn default() -> Style {
        Style { color: false, width: DEFAULT_WIDTH }
    }
}

impl Style {
    /// The style on a terminal of so many columns; without a terminal, `None`.
    pub fn new(color: bool, columns: Option<usize>) -> Style {
        Style { color, width: columns.map_or(DEFAULT_WIDTH, |columns| columns.clamp(MIN_WIDTH, MAX_WIDTH)) }
    }

    /// A text in a color, where there are colors.
    pub fn paint(self, paint: Paint, text: &str) -> String {
        if self.color { format!("\u{1b}[{}m{text}\u{1b}[0m", paint.code()) } else { text.to_owned() }
    }
}

/// What a part of a text is, which says how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// A title, or a name that stands out.
    Bold,
    /// An error.
    Error,
    /// A warning.
    Warning,
    /// What helps.
    Help,
    /// What is removed.
    Removed,
    /// What is added.
    Added,
}

impl Paint {
    fn code(self) -> &'static str {
        match self {
            Paint::Bold => "1",
            Paint::Error => "1;31",
            Paint::Warning => "1;35",
            Paint::Help | Paint::Added => "32",
            Paint::Removed => "31",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_as_wide_as_the_terminal_within_limits() {
        let width = |columns| Style::new(false, columns).width;
        assert_eq!([None, Some(40), Some(80), Some(120), Some(200)].map(width), [100, 80, 80, 120, 140]);
    }

    #[test]
    fn color_is_there_where_it_is_wanted() {
        assert_eq!(Style::new(true, None).paint(Paint::Error, "x"), "\u{1b}[1;31mx\u{1b}[0m");
        assert_eq!(Style::new(false, None).paint(Paint::Error, "x"), "x");
    }
}
