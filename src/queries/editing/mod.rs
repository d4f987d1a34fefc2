//! What an editor asks about a place in a file of a slate: what is there, where it leads, what can be written there, and how the
//! file is divided.
//!
//! Places are offsets in bytes. Every answer comes from what the engine knows: the format of the period, the roster, and the files
//! of the slate. How it is written or sent is for others to say.

mod anchors;
pub(crate) mod candidate;
mod candidates;
pub(crate) mod completion;
mod context;
pub(crate) mod definition;
pub(crate) mod item;
pub(crate) mod outline;
pub(crate) mod place;
pub(crate) mod suppression;

pub use candidate::{Candidate, CandidateKind};
pub use completion::completions;
pub use definition::{Destination, anchor_in, definition};
pub use item::{Item, ItemAt, PersonItem, TeamItem, TeamState, item_at};
pub use outline::{OutlineItem, OutlineKind, outline};
pub use place::file_of;
pub use suppression::suppression_edit;
