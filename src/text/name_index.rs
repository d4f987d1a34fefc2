//! Many questions after the nearest among many names: each costs about the same, however many names there are.
//!
//! A slate may have thousands of files, and a file a hundred thousand links that lead nowhere. Where there are too many names
//! to compare each with each, only those are compared that are close to what was written in alphabetical order.

use super::similarity::fold;

/// With more names than this, those far off in the alphabet are not compared.
const MOST_COMPARED: usize = 256;

/// Names in the order of the alphabet, each with its place in the list that it comes from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names(Vec<(String, usize)>);

impl Names {
    /// Takes names, each with its place.
    pub(crate) fn new<'a>(names: impl IntoIterator<Item = (usize, &'a str)>) -> Names {
        let mut names: Vec<_> = names.into_iter().map(|(place, name)| (fold(name), place)).collect();
        names.sort_unstable();
        Names(names)
    }

    /// The places of the names among which the one nearest to `written` is looked for, in the order of the list.
    pub(crate) fn around(&self, written: &str) -> Vec<usize> {
        let mut places: Vec<usize> = if self.0.len() <= MOST_COMPARED {
            self.0.iter().map(|(_, place)| *place).collect()
        } else {
            let folded = fold(written);
            let at = self.0.partition_point(|(name, _)| *name < folded);
            let from = at.saturating_sub(MOST_COMPARED / 2).min(self.0.len() - MOST_COMPARED);
            self.0[from..from + MOST_COMPARED].iter().map(|(_, place)| *place).collect()
        };
        places.sort_unstable();
        places
    }

    /// The names that differ from `written` in nothing but what people confuse most, each with its place.
    pub(crate) fn same(&self, written: &str) -> &[(String, usize)] {
        let folded = fold(written);
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
        let few = Names::new(["b", "A", "c-d"].into_iter().enumerate());
        assert_eq!(few.around("x"), [0, 1, 2]);
        assert_eq!(few.same("C_D"), [("cd".to_owned(), 2)]);
        assert_eq!(few.same("x"), []);
        let many: Vec<String> = (0..10_000).rev().map(|number| format!("name-{number:05}")).collect();
        let names = Names::new(many.iter().map(String::as_str).enumerate());
        for written in ["name-0000", "name-05OO0", "name-99999", "a", "z"] {
            assert_eq!(names.around(written).len(), MOST_COMPARED, "{written}");
        }
        let near: Vec<&str> = names.around("name-0500").into_iter().map(|place| many[place].as_str()).collect();
        assert!(near.contains(&"name-05000") && near.is_sorted_by(|a, b| a > b));
    }
}
