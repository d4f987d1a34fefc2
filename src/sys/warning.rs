//! What a run has to say of its own inputs: directories, configuration, roster. It stops nothing, counts like the warnings of
//! rules, and has a name like theirs, so that every format of findings can hold it.

use super::error::Error;

/// What a warning of the run is about: a rule in name alone, since it is always said.
#[derive(Debug, PartialEq, Eq)]
pub struct RunRule {
    /// Its name, which no rule of `rules/` has.
    pub id: &'static str,
    /// What is checked: completes "checks that ...".
    pub summary: &'static str,
    /// Why it matters, and what to do.
    pub explanation: &'static str,
}

/// A slate among others that has no goal.
pub static EMPTY_SLATE: RunRule = RunRule {
    id: "empty-slate",
    summary: "every slate has a goal",
    explanation: "A directory that is named like a period is a slate. Without a goal it may be a leftover, or its goals may \
                  not be readable as goals. Add a goal, or remove the directory. If you check it by its own path, the \
                  missing goals are an error, unless it has a template: then it has just begun.",
};

/// A key of a file of another program, or its value, that has no effect.
pub(crate) static IGNORED_KEY: RunRule = RunRule {
    id: "ignored-key",
    summary: "keys of `book.toml` and `rust-project-goals.toml` have an effect",
    explanation: "Some keys of these files are read by `goals`, too. One that is in the wrong table, is misspelled, or has an \
                  unusable value is ignored, since the files belong to other programs; the slates are checked without it. \
                  Fix the key at its line.",
};

/// A pattern of `exclude` that fits nothing.
pub(crate) static UNMATCHED_PATTERN: RunRule = RunRule {
    id: "unmatched-pattern",
    summary: "patterns of `exclude` match a file",
    explanation: "A pattern that matches no file and no directory excludes nothing: it may be misspelled, or the file may have \
                  been moved. Fix it or remove it from `exclude` in goals.toml.",
};

/// An entry of a roster that cannot be used.
pub(crate) static IGNORED_ENTRY: RunRule = RunRule {
    id: "ignored-entry",
    summary: "entries of the roster can be used",
    explanation: "Names and addresses of the roster are put into the RFC. A display name that is empty or has hidden \
                  characters is replaced by the user name, and an unusable address by that of the governance page. Fix the \
                  entry, or set the name in `[users]` of goals.toml.",
};

/// A goal in a file that is not read.
pub(crate) static IGNORED_GOAL: RunRule = RunRule {
    id: "ignored-goal",
    summary: "every goal is in a file whose name ends in `.md`",
    explanation: "Only Markdown files with this ending are read, so a goal with another one is on no page and in no RFC. Rename \
                  the file, or add it to `exclude` in goals.toml.",
};

/// All of them, by name.
pub static RUN_RULES: [&RunRule; 5] = [&EMPTY_SLATE, &IGNORED_ENTRY, &IGNORED_GOAL, &IGNORED_KEY, &UNMATCHED_PATTERN];

/// Something that a run has to say of its own inputs.
#[derive(Clone, Debug)]
pub struct Warning {
    /// What it is about.
    pub rule: &'static RunRule,
    /// What is wrong, where, and what to do about it.
    pub about: Error,
}

impl Warning {
    /// Whether a reader is told the same by both.
    pub fn says_the_same(&self, other: &Warning) -> bool {
        self.rule == other.rule && self.about.says_the_same(&other.about)
    }
}
