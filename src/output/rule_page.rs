//! Where a rule is described on the web: its section of `docs/rules.md` in the repository of this program.

/// The repository, as `repository` of Cargo.toml states it; empty if it states none.
pub(crate) const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

/// The page with the sections of all rules.
const PAGE: &str = "docs/rules.md";

/// The URL of the section on a rule; none if the repository is not known. It is that of the default branch, since a build need
/// not be of a release.
pub fn rule_page(repository: &str, rule: &str) -> Option<String> {
    let repository = repository.trim_end_matches('/');
    let repository = repository.strip_suffix(".git").unwrap_or(repository);
    (!repository.is_empty()).then(|| format!("{repository}/blob/HEAD/{PAGE}#{rule}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_needs_a_repository() {
        let page = Some("https://example.org/o/goals/blob/HEAD/docs/rules.md#unknown-team".to_owned());
        for repository in
            ["https://example.org/o/goals", "https://example.org/o/goals/", "https://example.org/o/goals.git"]
        {
            assert_eq!(rule_page(repository, "unknown-team"), page);
        }
        assert_eq!(rule_page("", "unknown-team"), None);
    }
}
