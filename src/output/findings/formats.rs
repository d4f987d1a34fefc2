//! The one list of the formats in which findings are written. Help, error texts and tests go through it.

use super::github::github;
use super::human;
use super::job_summary::job_summary;
use super::json::json;
use super::run::Run;
use super::sarif::{MAX_RESULTS, sarif};
use super::short::short;
use super::statistics::statistics;
use crate::output::style::Style;
use crate::sys::error::Error;

/// A format in which findings are written.
#[derive(Debug)]
pub struct FindingsFormat {
    /// Its name, as the command line has it.
    pub name: &'static str,
    /// Whether it is one document, which must be alone where it is written. The others are lines.
    pub is_document: bool,
    /// Whether it is read by people as it is, who need to see at its end what has scrolled away.
    pub is_for_people: bool,
    /// Whether it is for the runner of a job, in whose log what others print beside it is folded into a group.
    pub is_for_runner: bool,
    /// Whether it has a place for what could not be done, also where nothing was checked.
    pub carries_errors: bool,
    /// How many findings it holds at most, if there is a limit.
    pub max_findings: Option<usize>,
    /// What goes onto the summary page of a GitHub Actions job beside it, in at most so many bytes.
    pub job_summary: Option<fn(&Run<'_>, usize) -> String>,
    render: Render,
}

/// Gives a run to `sink`, in pieces.
type Render = fn(run: &Run<'_>, style: Style, sink: &mut dyn FnMut(&str)) -> Result<(), Error>;

impl FindingsFormat {
    /// Writes a run; fails where a format cannot be made of it.
    pub fn render(&self, run: &Run<'_>, style: Style, sink: &mut dyn FnMut(&str)) -> Result<(), Error> {
        (self.render)(run, style, sink)
    }

    /// The format of this name.
    pub fn named(name: &str) -> Option<&'static FindingsFormat> {
        FORMATS.iter().find(|format| format.name == name)
    }
}

/// All formats, in the order in which they are listed; the first is written where none is named.
pub static FORMATS: &[FindingsFormat] = &[
    FindingsFormat {
        name: "human",
        is_document: false,
        is_for_people: true,
        is_for_runner: false,
        carries_errors: false,
        max_findings: None,
        job_summary: None,
        render: |run, style, sink| {
            // As ruff does: whoever asks for numbers wants no list of hundreds in front of them.
            if run.statistics {
                sink(&statistics(run, style));
            } else {
                run.slates.iter().for_each(|slate| human::findings(slate, None, run.current, style, sink));
            }
            Ok(())
        },
    },
    FindingsFormat {
        name: "short",
        is_document: false,
        is_for_people: false,
        is_for_runner: false,
        carries_errors: false,
        max_findings: None,
        job_summary: None,
        render: |run, style, sink| {
            sink(&if run.statistics { statistics(run, style) } else { short(run, style) });
            Ok(())
        },
    },
    FindingsFormat {
        name: "json",
        is_document: true,
        is_for_people: false,
        is_for_runner: false,
        carries_errors: false,
        max_findings: None,
        job_summary: None,
        render: |run, _, sink| {
            sink(&json(run));
            Ok(())
        },
    },
    FindingsFormat {
        name: "github",
        is_document: false,
        is_for_people: false,
        is_for_runner: true,
        carries_errors: true,
        max_findings: None,
        job_summary: Some(job_summary),
        render: |run, _, sink| {
            sink(&github(run));
            Ok(())
        },
    },
    FindingsFormat {
        name: "sarif",
        is_document: true,
        is_for_people: false,
        is_for_runner: false,
        carries_errors: true,
        max_findings: Some(MAX_RESULTS),
        job_summary: None,
        render: |run, _, sink| {
            sink(&sarif(run)?);
            Ok(())
        },
    },
];
