//! "Did you mean": the known name nearest to one that nobody knows.

/// How many characters of a name are enough to know which one is begun.
const SHORTEST_START: usize = 4;

/// The name among `known` that `written` was most likely meant to be, or none if nothing is near enough to be meant.
///
/// Case, spaces, hyphens and underscores count little, since people confuse them most; beyond that one mistake in every
/// three characters is allowed. Of equally near names the first counts.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(written);
    let length = folded.chars().count();
    let mut best: Option<(usize, &str)> = None;
    for name in known {
        let other = fold(name);
        let allowed = length.min(other.chars().count()) / 3;
        if length.abs_diff(other.chars().count()) > allowed {
            continue;
        }
        // Who writes all but the end of a name means that name.
        let is_start = length >= SHORTEST_START && other.starts_with(&folded);
        let distance = if is_start { 0 } else { strsim::osa_distance(&folded, &other) };
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

/// The name among `known` that `written` is, but for letter case and emphasis around it: nothing else can be meant.
pub(crate) fn same<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let bare = written.trim_matches(['*', '_', '`', ' ']);
    known.into_iter().find(|name| name.eq_ignore_ascii_case(bare))
}

/// A name without what people confuse most: letter case, spaces, hyphens and underscores.
pub(crate) fn fold(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, ' ' | '-' | '_')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proposes_what_was_meant_and_nothing_else() {
        let teams = ["lang", "lang-docs", "compiler", "libs", "libs-api", "types", "rustdoc", "wg-macros"];
        let near = |written| nearest(written, teams);
        assert_eq!(near("complier"), Some("compiler"));
        assert_eq!(near("libs_api"), Some("libs-api"));
        assert_eq!(near("Lang"), Some("lang"));
        assert_eq!(near("type"), Some("types"));
        assert_eq!(near("cargo"), None);
        assert_eq!(near("x"), None);
        assert_eq!(near(""), None);
        let asks = ["MCP decision", "FCP decision(s)", "RFC decision", "Standard reviews", "Dedicated reviewer"];
        assert_eq!(nearest("FCP decision", asks), Some("FCP decision(s)"));
        assert_eq!(nearest("Standard review", asks), Some("Standard reviews"));
        assert_eq!(nearest("dedicated-reviewers", asks), Some("Dedicated reviewer"));
        assert_eq!(nearest("Author RFC", asks), None);
        let rows = ["Point of contact", "Status", "Tracking issue", "Other tracking issues", "[team] champion"];
        assert_eq!(nearest("Point of contct", rows), Some("Point of contact"));
        assert_eq!(nearest("Other tacking issues", rows), Some("Other tracking issues"));
        assert_eq!(nearest("See also", rows), None);
        let sections = ["Summary", "Motivation", "Ownership and team asks", "Frequently asked questions"];
        assert_eq!(nearest("Sumary", sections), Some("Summary"));
        assert_eq!(nearest("Ownership and Team Asks", sections), Some("Ownership and team asks"));
        assert_eq!(nearest("The status quo", sections), None);
        assert_eq!(nearest("TEAM ASK", ["TEAM ASKS", "VALID TEAM ASKS"]), Some("TEAM ASKS"));
        assert_eq!(nearest("unknown-teem", ["unknown-team", "unknown-rule"]), Some("unknown-team"));
        assert_eq!(nearest("asyc.md", ["async.md", "rfl.md"]), Some("async.md"));
        assert_eq!(nearest("the-staus-quo", ["the-status-quo", "terms"]), Some("the-status-quo"));
        let statuses = ["Proposed", "Proposed for flagship", "Accepted", "Not accepted"];
        assert_eq!(nearest("Proposd", statuses), Some("Proposed"));
        assert_eq!(nearest("proposed for Flagship", statuses), Some("Proposed for flagship"));
        assert_eq!(nearest("Done", statuses), None);
    }
}
