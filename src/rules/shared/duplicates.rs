//! Places that share a name no two may share. Each is a finding in its own file, since a file may be checked alone; it shows
//! the first place, and the first shows the second.

use hashbrown::HashMap;

use crate::diagnostics::finding::Finding;
use crate::text::ids::FileId;
use crate::text::source::Span;

/// Where something is: the file, and the part of it.
pub(crate) type Place = (FileId, Span);

/// The places of one kind by what they are called.
#[derive(Default)]
pub(crate) struct Places {
    /// The first place of each name, and whether there has been another.
    first: HashMap<String, (Place, bool)>,
    /// Each place that is not the only one of its name, with another.
    pub(crate) shared: Vec<(Place, Place)>,
}

impl Places {
    /// Adds a place under a name.
    pub(crate) fn add(&mut self, name: String, here: Place) {
        let (first, is_shared) = self.first.entry(name).or_insert((here, false));
        if *first == here {
            return;
        }
        if !*is_shared {
            self.shared.push((*first, here));
            *is_shared = true;
        }
        self.shared.push((here, *first));
    }

    /// A finding for each place that is not the only one of its name.
    pub(crate) fn findings(self, message: &str, help: &str, label: &str) -> Vec<(FileId, Finding)> {
        let finding = |((file, span), other): (Place, Place)| {
            (file, Finding::new(span, message).help(help).related(other.0, other.1, label))
        };
        self.shared.into_iter().map(finding).collect()
    }
}
