//! One finding for what is wrong in the same way in several places of a file.

use hashbrown::HashMap;

use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::level::Level;
use crate::text::ids::FileId;

/// What findings have in common that are one: all but the place.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    rule: &'static str,
    file: FileId,
    is_error: bool,
    /// What is fixable is not mixed with what somebody has to do.
    is_fixable: bool,
    text: String,
}

impl Key {
    fn of(reported: &Diagnostic) -> Key {
        let finding = &reported.finding;
        let text = match &finding.group {
            Some(group) => group.clone(),
            None => [finding.message.as_str(), finding.help.as_deref().unwrap_or_default()].join("\n"),
        };
        Key {
            rule: reported.rule,
            file: reported.file,
            is_error: reported.level == Level::Error,
            is_fixable: finding.fix.is_some(),
            text,
        }
    }
}

/// Puts findings that are the same into one, at the first of their places. They come in the order in which they are reported, each
/// with one place.
pub(crate) fn grouped(places: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut groups: Vec<Diagnostic> = Vec::with_capacity(places.len());
    let mut known: HashMap<Key, usize> = HashMap::new();
    for place in places {
        let group = *known.entry(Key::of(&place)).or_insert(groups.len());
        match groups.get_mut(group) {
            Some(group) => group.also.push(place),
            None => groups.push(place),
        }
    }
    groups
}
