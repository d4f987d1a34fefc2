//! Cells that several answers have.

/// A number, where there is anything to count.
pub(crate) fn number(number: usize) -> String {
    if number == 0 { String::new() } else { number.to_string() }
}

pub(crate) fn yes(value: bool) -> String {
    if value { "yes".to_owned() } else { String::new() }
}
