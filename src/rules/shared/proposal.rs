//! Help that names what may have been meant.

use crate::policy::config::messages::quoted;
use crate::text::similarity::did_you_mean;

/// A list of names for a help text: the nearest one to what was written, or all where they are few.
pub(crate) fn propose<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    match did_you_mean(written, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("use one of {}", quoted(&known)),
    }
}
