//! How pages are laid out: all slates alike, as the newest format says.

use crate::markdown::directive::Directive;
use crate::model::goal::Goal;
use crate::policy::format::{DirectiveKind, Format};
use crate::policy::maps::IndexMap;
use crate::text::order::sort_by_key;

/// Sorts goals by title, in lower case.
pub(crate) fn by_title(goals: &mut [&Goal]) {
    sort_by_key(goals, |goal| goal.title_text().to_lowercase());
}

/// The formats of all periods, for what no slate decides for itself.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    newest: Format,
    /// The directives of all other periods, the newest first.
    others: Vec<IndexMap<String, DirectiveKind>>,
}

impl Layout {
    /// The layout by the newest format, with the directives of all other periods, the newest first.
    pub(crate) fn new(newest: Format, others: Vec<IndexMap<String, DirectiveKind>>) -> Layout {
        Layout { newest, others }
    }

    /// The newest format.
    pub(crate) fn newest(&self) -> &Format {
        &self.newest
    }

    /// What a directive is that the period of its slate does not know: what other periods say.
    pub(crate) fn directive(&self, written: &Directive) -> Option<&DirectiveKind> {
        let name = written.name.value.as_str();
        let known = |directives: &&IndexMap<String, DirectiveKind>| directives.contains_key(name);
        let own = self.newest.directive(name, written.is_loose(), written.argument.is_some());
        own.or_else(|| self.others.iter().find(known)?.get(name).filter(|_| !written.is_loose()))
    }
}
