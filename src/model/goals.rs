//! The goals of a slate, which other readings of it share where their files are the same.

use std::ops::Index;
use std::slice::Iter;
use std::sync::Arc;

use super::goal::Goal;

/// Goals, in the order of their files.
#[derive(Clone, Debug, Default)]
pub struct Goals(Vec<Arc<Goal>>);

impl Goals {
    /// All of them.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Goal> + ExactSizeIterator + Clone {
        self.into_iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One by its place, from 0, if there are so many.
    pub fn get(&self, index: usize) -> Option<&Goal> {
        self.0.get(index).map(Arc::as_ref)
    }

    /// Adds one behind the others.
    pub(super) fn push(&mut self, goal: Arc<Goal>) {
        self.0.push(goal);
    }

    /// One by its place, for another reading of the slate.
    pub(super) fn shared(&self, index: usize) -> Arc<Goal> {
        Arc::clone(&self.0[index])
    }
}

impl Index<usize> for Goals {
    type Output = Goal;

    fn index(&self, index: usize) -> &Goal {
        &self.0[index]
    }
}

impl<'g> IntoIterator for &'g Goals {
    type Item = &'g Goal;
    type IntoIter = std::iter::Map<Iter<'g, Arc<Goal>>, fn(&'g Arc<Goal>) -> &'g Goal>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().map(Arc::as_ref)
    }
}
