//! The engine behind the command line program `goals`: it reads the goals of a Rust project goals slate, checks them, and
//! assembles the RFC from them.
//!
//! The way through it: [`Project::open`] reads configuration and roster; [`Project::read_slate`] reads a slate;
//! [`lint`] checks it; [`report`] shows what was found; [`explain`] tells about rules; [`rfc::assemble`] renders the RFC;
//! [`questions`] answers what leads and teams ask of a slate.
//! Nothing here prints, reads the clock or uses the network, and the same input gives the same bytes.

mod anchors;
mod config;
mod confine;
mod directive;
pub mod explain;
mod failure;
mod finding;
mod fingerprint;
mod fix;
mod goal;
mod goal_template;
mod lost_heading;
mod markdown;
mod masked;
mod names;
mod nearest;
mod neighbours;
mod pages;
mod parallel;
mod paths;
mod people;
mod period;
mod project;
mod prose;
pub mod questions;
pub mod report;
pub mod rfc;
mod roster;
mod rule;
mod rules;
mod select;
mod settings;
mod sheet;
mod slate;
mod source;
mod stand_in;
mod suppress;
mod target;
mod tree;
mod visible;

pub use config::{Config, ConfigFiles, FrontMatter};
pub use confine::Bounds;
pub use failure::Failure;
pub use finding::{Finding, Fix, Level, Related, Reported};
pub use fingerprint::Fingerprint;
pub use fix::{Fixed, fix};
pub use goal::{Goal, Metadata, MetadataRow, Plan, Task, TeamAsk, TeamName};
pub use markdown::{Block, BlockKind, Comment, Definition, Document, Heading, Link, LinkKind, Row, Table};
pub use nearest::nearest;
pub use paths::shown;
pub use period::{Format, GoalFilter, PeriodName, built_in_periods};
pub use project::{Project, Reading, find_root, is_markdown, slate_directories as slates_below};
pub use roster::{Member, NOTES_FILE, Pinned, ROSTER_FILES, Roster, RosterFile, TEAMS_FILE, Team};
pub use rule::{Encoding, Example, Levels, Rule, RuleData, RuleLevel, find as find_rule, lint, nearest_rule};
pub use rules::RULES;
pub use select::{Request, Selection, SlatesOf};
pub use settings::{Setting, Settings, settings};
pub use slate::{File, FileKind, Slate};
pub use source::{MAX_FILE_SIZE, Position, Source, Span, Spanned};
pub use tree::{Disk, Entry, Replaced, Tree};
pub use visible::{visible, visible_json};

/// Starts the threads of this process, and begins to read what nearly every command needs, while the caller is still busy with
/// its arguments. For a program's main thread; whoever does not call it waits a little longer for the first slate.
pub fn prepare() {
    parallel::share_with_this_thread();
    parallel::meanwhile(|| {
        period::Formats::built_in();
    });
}
