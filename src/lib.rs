//! The engine of the command line program `goals`: it reads the goals of a Rust project goals slate, checks them, and
//! assembles the RFC from them.
//!
//! The way through it: a [`Session`] opens projects and reads, checks and fixes their slates. Below it, [`Project::open`] reads
//! configuration and roster, [`Project::read_slate`] a slate, [`lint()`] checks it, and [`rfc::assemble`] renders the RFC;
//! [`queries`] answers what leads and teams ask of a slate, and [`output`] writes what was found and answered.
//!
//! Each folder is a floor of the house, and imports run downwards only: `text` < `sys`, `markdown`, `diagnostics` < `policy` <
//! `model` < `links` < `workspace`, `rules`, `rfc` < `lint` < `queries` < `output`, `engine`; `drafts` is
//! below `engine`.
//! Nothing here prints, reads the clock or uses the network, and the same input gives the same bytes.

mod diagnostics;
mod drafts;
mod engine;
mod links;
mod lint;
mod lsp;
mod markdown;
pub mod mdbook;
mod model;
pub mod output;
mod policy;
pub mod queries;
pub mod rfc;
mod rules;
mod site;
mod sys;
mod text;
mod workspace;

pub use diagnostics::counts::{Counts, fixable, totals};
pub use diagnostics::diagnostic::Diagnostic;
pub use diagnostics::finding::{Finding, Fix, Related};
pub use diagnostics::fingerprint::Fingerprint;
pub use diagnostics::level::Level;
pub use engine::draft::{Draft, DraftFile};
pub use engine::new_goal::GoalWishes;
pub use engine::{AppliedFixes, BookPage, BookRequest, CheckedSlate, Compared, FixedFile, LoadedBefore, LoadedSlate};
pub use engine::{Options, RenderedBook, RenderedPage, Session};
pub use links::outside::OutsideFiles;
pub use lint::fix::{Fixed, fix};
pub use lint::levels::{LevelOverrides, Levels};
pub use lint::run::{lint, lint_files};
pub use lsp::{Served, serve};
pub use markdown::definition::Definition;
pub use markdown::document::{Block, BlockKind, Comment, Document, Heading, HeadingId, Link, LinkKind, TableId};
pub use markdown::html::{Attribute, Tag, TagKind};
pub use markdown::table::{Row, Table};
pub use model::goal::{Goal, Metadata, MetadataRow, RowId, Task, TaskTable, TeamAsk, TeamName};
pub use model::goals::Goals;
pub use model::slate::{File, FileKind, Slate};
pub use policy::config::{Config, ConfigFiles, FrontMatter};
pub use policy::format::{Format, GoalFilter};
pub use policy::formats::built_in_periods;
pub use policy::period::PeriodName;
pub use policy::roster::pin::{Pinned, ROSTER_FILES, RosterFile};
pub use policy::roster::{Member, NOTES_FILE, Roster, TEAMS_FILE, Team};
pub use queries::settings::{Setting, Settings, settings};
pub use rules::registry::{RULES, find as find_rule, nearest_rule};
pub use rules::rule::{Change, Encoding, Example, Rule, RuleData, RuleLevel};
pub use sys::atomic_write::{
    Prepared, create as create_files, prepare as prepare_file, replace as replace_file, write as write_file,
};
pub use sys::error::Error;
pub use sys::git::Commit;
pub use sys::paths::{current_directory, shown};
pub use sys::symlink_boundary::{SymlinkBoundary, within_project};
pub use sys::tree::{Entry, OsTree, OverlayTree, Tree};
pub use sys::warning::{EMPTY_SLATE, RUN_RULES, RunRule, Warning};
pub use text::columns::{ColumnUnit, EditorPlace};
pub use text::ids::FileId;
pub use text::sanitize::{sanitize, sanitize_json};
pub use text::similarity::did_you_mean;
pub use text::source::{MAX_FILE_SIZE, Position, Source, Span, Spanned};
pub use workspace::discovery::{find_root, is_markdown};
pub use workspace::project::{Project, Reading};
pub use workspace::selection::{Pages, PagesOf, Request, Selection};

/// Starts the threads of this process, and begins to read what nearly every command needs, while the caller is still busy with
/// its arguments. For a program's main thread; whoever does not call it waits a little longer for the first slate.
pub fn prepare() {
    sys::threads::share_with_this_thread();
    sys::threads::meanwhile(|| {
        // On x86, whoever searches for a byte first finds out what the processor can do, which takes long in a virtual machine:
        // here nobody waits for it yet.
        let _ = memchr::memchr(b'\n', b"\n");
        policy::formats::whole_formats();
    });
}

/// Leaves what nothing needs any more to the end of the process, which takes less time than giving each piece back.
pub fn forget<T>(rest: T) {
    std::mem::forget(rest);
}
