//! Where projects were before, as far as that is built in: `rules/projects/moved.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::site::Repository;
use crate::sys::error::Error;

const MOVED: &str = include_str!("../../../rules/projects/moved.toml");

/// Where one project was before.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Moved {
    /// Former names of its repository.
    #[serde(default)]
    pub(super) repositories: Vec<String>,
    /// Former addresses of its site.
    #[serde(default)]
    pub(super) sites: Vec<String>,
}

/// Where the project with this repository was before.
pub(super) fn of(repository: &Repository) -> Result<Moved, Error> {
    let projects: BTreeMap<String, Moved> =
        toml::from_str(MOVED).map_err(|error| Error::new(format!("rules/projects/moved.toml: {}", error.message())))?;
    let is_it = |name: &str| Repository::parse(name).is_some_and(|known| known.is(repository));
    Ok(projects.into_iter().find(|(name, _)| is_it(name)).map(|(_, moved)| moved).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_built_in_can_be_read() {
        let moved = of(&Repository::parse("Rust-Lang/Goals").unwrap()).unwrap();
        assert!(moved.repositories.iter().all(|name| Repository::parse(name).is_some()));
        assert!(!moved.repositories.is_empty() && moved.sites.iter().all(|site| super::super::site::is_address(site)));
        assert!(of(&Repository::parse("a/b").unwrap()).unwrap().sites.is_empty());
    }
}
