//! "Did you mean": the known name nearest to one that nobody knows.

/// The name among `known` that `written` was most likely meant to be, or none if nothing is near enough to be meant.
///
/// Case, spaces, hyphens and underscores count little, since people confuse them most; beyond that one mistake in every
/// three characters is allowed. Of equally near names the first counts.
pub(crate) fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(written);
    let length = folded.chars().count();
    let mut best: Option<(usize, &str)> = None;
    for name in known {
        let other = fold(name);
        let allowed = length.min(other.chars().count()) / 3;
        if length.abs_diff(other.chars().count()) > allowed {
            continue;
        }
        let distance = strsim::osa_distance(&folded, &other);
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

fn fold(name: &str) -> String {
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
        let statuses = ["Proposed", "Proposed for flagship", "Accepted", "Not accepted"];
        assert_eq!(nearest("Proposd", statuses), Some("Proposed"));
        assert_eq!(nearest("proposed for Flagship", statuses), Some("Proposed for flagship"));
        assert_eq!(nearest("Done", statuses), None);
    }
}
