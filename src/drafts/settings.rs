//! What `goals.toml` says of a new period whose format is not known.

use crate::policy::period::PeriodName;

/// The text of the file with a period that is like another one; nothing where it cannot have one, as below `periods = { … }`.
pub(crate) fn with_new_period(text: &str, period: PeriodName, like: PeriodName) -> Option<String> {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut out = text.to_owned();
    if !out.is_empty() {
        if !out.ends_with('\n') {
            out.push_str(end);
        }
        out.push_str(end);
    }
    out.push_str(&format!("[periods.{period}]{end}like = \"{like}\"{end}"));
    out.trim_start_matches('\u{feff}').parse::<toml::Table>().is_ok().then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_line_ends_stay() {
        let add =
            |text: &str| with_new_period(text, PeriodName::parse("2027").unwrap(), PeriodName::parse("2026").unwrap());
        assert_eq!(add("").unwrap(), "[periods.2027]\nlike = \"2026\"\n");
        assert_eq!(
            add("# why\r\nsrc = \".\"").unwrap(),
            "# why\r\nsrc = \".\"\r\n\r\n[periods.2027]\r\nlike = \"2026\"\r\n"
        );
        assert!(add("[periods.2026.lint]\nmissing-ask = \"warn\"\n").is_some());
        assert_eq!(add("periods = { 2026 = { lint = { missing-ask = \"warn\" } } }\n"), None);
    }
}
