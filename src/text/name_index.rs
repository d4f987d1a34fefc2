//! Many questions after the nearest among many names: each costs about the same, however many names there are.
//!
//! A slate may have thousands of files, and a file a hundred thousand links that lead nowhere. Where there are too many names
//! to compare each with each, only those are compared that are close to what was written in alphabetical order.

use super::similarity::normalize;

/// With more names than this, those far off in the alphabet are not compared.
const MAX_COMPARED: usize = 256;

/// Names in the order of the alphabet, each with its place in the list that it comes from.
#[derive(Clone, Debug, Default)]
pub(crate) struct NameIndex(Vec<(String, usize)>);

impl NameIndex {
    /// Takes names, each with its place.
    pub(crate) fn new<'a>(names: impl IntoIterator<Item = (usize, &'a str)>) -> NameIndex {
        let mut names: Vec<_> = names.into_iter().map(|(place, name)| (normalize(name), place)).collect();
        names.sort_unstable();
        NameIndex(names)
    }

    /// The places of the names among which the one nearest to `written` is looked for, in the order of the list.
    pub(crate) fn candidates(&self, written: &str) -> Vec<usize> {
        let mut places: Vec<usize> = if self.0.len() <= MAX_COMPARED {
            self.0.iter().map(|(_, place)| *place).collect()
        } else {
            let folded = normalize(written);
            let at = self.0.partition_point(|(name, _)| *name < folded);
            let from = at.saturating_sub(MAX_COMPARED / 2).min(self.0.len() - MAX_COMPARED);
            self.0[from..from + MAX_COMPARED].iter().map(|(_, place)| *place).collect()
        };
        places.sort_unstable();
        places
    }

    /// The names that differ from `written` in nothing but what people confuse most, each with its place.
    pub(crate) fn exact(&self, written: &str) -> &[(String, usize)] {
        let folded = normalize(written);
        let from = self.0.partition_point(|(name, _)| *name < folded);
        let after = self.0[from..].partition_point(|(name, _)| *name == folded);
        &self.0[from..from + after]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_names_are_all_compared_and_of_many_those_close_by() {
        let few = NameIndex::new(["b", "A", "c-d"].into_iter().enumerate());
        assert_eq!(few.candidates("x"), [0, 1, 2]);
        assert_eq!(few.exact("C_D"), [("cd".to_owned(), 2)]);
        assert_eq!(few.exact("x"), []);
        let many: Vec<String> = (0..10_000).rev().map(|number| format!("name-{number:05}")).collect();
        let names = NameIndex::new(many.iter().map(String::as_str).enumerate());
        for written in ["name-0000", "name-05OO0", "name-99999", "a", "z"] {
            assert_eq!(names.candidates(written).len(), MAX_COMPARED, "{written}");
        }
        let near: Vec<&str> = names.candidates("name-0500").into_iter().map(|place| many[place].as_str()).collect();
        assert!(near.contains(&"name-05000") && near.is_sorted_by(|a, b| a > b));
    }
}
