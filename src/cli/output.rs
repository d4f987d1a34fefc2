//! The two streams of the program, and what is said on them. Only this file touches them.

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use clap::error::ErrorKind;
use goals::output::answers::OutputFormat;
use goals::output::{Style, findings};
use goals::{Error, Warning};

use super::args::When;
use super::habits;
use super::help::{painted, wanted_color};

/// No errors.
pub(crate) const CLEAN: u8 = 0;
/// Errors were found.
pub(crate) const FOUND: u8 = 1;
/// Something could not be done.
pub(crate) const FAILED: u8 = 2;

/// The two streams: results, and what is about the run.
pub(crate) struct Output {
    /// How diagnostics on standard output look.
    pub(crate) result_look: Style,
    /// How diagnostics on standard error look.
    pub(crate) run_look: Style,
    /// How diagnostics in files look.
    pub(crate) file_look: Style,
    /// Whether standard output is a terminal.
    is_terminal: bool,
    /// Whether warnings are counted only.
    pub(crate) errors_only: bool,
    /// How wide the lines about the run are where a terminal would break them within words.
    note_width: Option<usize>,
    quiet: bool,
    verbose: bool,
    /// What could not be done so far, for formats that carry it.
    pub(crate) failures: Vec<Error>,
    /// What was said of the run's own inputs so far, likewise.
    pub(crate) warnings: Vec<Warning>,
    /// What else its reader should know, likewise.
    pub(crate) remarks: Vec<String>,
    /// Whether standard output takes nothing any more: its reader has gone away and has seen enough, or see `broken`.
    closed: bool,
    /// Why standard output could not be written, where that was not intended.
    broken: Option<std::io::Error>,
}

impl Output {
    pub(crate) fn new(color: When, quiet: bool, verbose: bool) -> Output {
        let (stdout, stderr) = (std::io::stdout(), std::io::stderr());
        let result_look = Style::new(wants_colour(color, stdout.is_terminal()), columns(&stdout));
        let run_look = Style::new(wants_colour(color, stderr.is_terminal()), columns(&stderr));
        let file_look = Style::new(color == When::Always, None);
        let (failures, warnings, remarks) = (Vec::new(), Vec::new(), Vec::new());
        Output {
            result_look,
            run_look,
            file_look,
            is_terminal: stdout.is_terminal(),
            errors_only: false,
            note_width: columns(&stderr),
            quiet,
            verbose,
            failures,
            warnings,
            remarks,
            closed: false,
            broken: None,
        }
    }

    /// How tables on standard output are written: drawn on a terminal, elsewhere a row a line.
    pub(crate) fn table(&self) -> OutputFormat {
        if self.is_terminal { OutputFormat::Table(self.result_look) } else { OutputFormat::Tabs }
    }

    /// Ends the process with the exit code of the run, which may not end well if a result was lost.
    pub(crate) fn end(&mut self, code: u8) -> ExitCode {
        let Some(error) = self.broken.take() else { return exit(code) };
        self.important(&format!("failed to write to standard output: {error}\n"));
        exit(FAILED)
    }

    /// Writes a result to standard output.
    pub(crate) fn result(&mut self, text: &str) {
        self.result_bytes(text.as_bytes());
    }

    /// Whether standard output takes nothing, so that what is said there is lost.
    pub(crate) fn is_lost(&self) -> bool {
        self.broken.is_some()
    }

    /// The same for bytes that may be no text.
    pub(crate) fn result_bytes(&mut self, bytes: &[u8]) {
        let mut stdout = std::io::stdout().lock();
        if self.closed {
            return;
        }
        if let Err(error) = stdout.write_all(bytes).and_then(|()| stdout.flush()) {
            self.closed = true;
            self.broken = Some(error).filter(|error| error.kind() != std::io::ErrorKind::BrokenPipe);
        }
    }

    /// Standard input and output as the two directions of a conversation with another program.
    pub(crate) fn conversation() -> (std::io::Stdin, impl Write) {
        (std::io::stdin(), std::io::BufWriter::new(std::io::stdout()))
    }

    /// Whether somebody types what comes on standard input.
    pub(crate) fn is_typed() -> bool {
        std::io::stdin().is_terminal()
    }

    /// Writes to standard error what must be known: a failure, a reason for an exit code.
    pub(crate) fn important(&mut self, text: &str) {
        let _ = std::io::stderr().write_all(text.as_bytes());
    }

    /// Writes a line to standard error that `--quiet` leaves out.
    pub(crate) fn note(&mut self, text: &str) {
        if !self.quiet {
            let text = goals::sanitize(text);
            match self.note_width {
                Some(width) => self.important(&format!("{}\n", textwrap::fill(&text, wrapped(width)))),
                None => self.important(&format!("{text}\n")),
            }
        }
    }

    /// Says what the reader of a result should know, in formats that carry it too.
    pub(crate) fn remark(&mut self, text: String) {
        self.note(&format!("note: {text}"));
        self.remarks.push(text);
    }

    /// Says what does not stop the run, once.
    pub(crate) fn warn(&mut self, warning: &Warning) {
        if self.warnings.iter().any(|said| said.says_the_same(warning)) {
            return;
        }
        match warning.about.place() {
            _ if self.errors_only => {}
            Some(_) => self.diagnostics(&findings::warning(&warning.about, self.run_look)),
            None => {
                self.note(&format!("warning: {}", warning.about.message()));
                if let Some(help) = warning.about.advice() {
                    self.note(&format!("  help: {help}"));
                }
            }
        }
        self.warnings.push(warning.clone());
    }

    /// Writes a diagnostic to standard error that `--quiet` omits.
    pub(crate) fn diagnostics(&mut self, text: &str) {
        if !self.quiet {
            self.important(text);
        }
    }

    /// Writes a line to standard error that only `--verbose` asks for.
    pub(crate) fn detail(&mut self, text: &str) {
        if self.verbose {
            self.note(text);
        }
    }

    /// Says what could not be done; what stopped several slates alike, such as a roster that cannot be read, is said once.
    pub(crate) fn fail(&mut self, failure: &Error) -> u8 {
        if self.failures.iter().any(|said| said.says_the_same(failure)) {
            return FAILED;
        }
        let text = findings::failure(failure, self.run_look);
        self.important(&text);
        self.failures.push(failure.clone());
        FAILED
    }
}

/// Ends the process. On Unix that is done at once: what the C library does at the end is to have the allocator give its memory
/// back page by page, which the system does anyway.
fn exit(code: u8) -> ExitCode {
    #[cfg(unix)]
    {
        // All that is left to be done at the end; it fails where a result has failed before.
        let _ = std::io::stdout().flush();
        signal_hook::low_level::exit(code.into());
    }
    #[cfg(not(unix))]
    ExitCode::from(code)
}

/// How a line about the run is broken: not within words, and not at the hyphens of names.
fn wrapped(width: usize) -> textwrap::Options<'static> {
    textwrap::Options::new(width)
        .break_words(false)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
}

/// How many columns a stream's terminal has, if it is one.
#[cfg(unix)]
fn columns(stream: &impl std::os::fd::AsFd) -> Option<usize> {
    terminal_size::terminal_size_of(stream).map(|(width, _)| usize::from(width.0))
}

#[cfg(windows)]
fn columns(stream: &impl std::os::windows::io::AsHandle) -> Option<usize> {
    terminal_size::terminal_size_of(stream).map(|(width, _)| usize::from(width.0))
}

/// `--color` beats everything, then `NO_COLOR`, then the two variables that force color, then the terminal.
fn wants_colour(when: When, terminal: bool) -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let forced = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != *"0");
    match when {
        When::Always => true,
        When::Never => false,
        When::Auto if set("NO_COLOR") => false,
        When::Auto if forced("FORCE_COLOR") || forced("CLICOLOR_FORCE") => true,
        When::Auto => terminal && std::env::var_os("TERM").is_none_or(|term| term != *"dumb"),
    }
}

/// Help and version are results; everything else that clap says is about wrong arguments.
pub(crate) fn usage(error: &clap::Error, args: &[OsString]) -> ExitCode {
    let text = error.render().to_string();
    let mut output = Output::new(wanted_color(args), false, false);
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let text = painted(&text, output.result_look);
            output.result(&text);
            output.end(0)
        }
        _ => {
            if let Some(failure) = habits::answer(error) {
                return ExitCode::from(output.fail(&failure));
            }
            // An argument may be a file's name, so it is shown like one; clap's own lines stay.
            let lines: Vec<_> = text.lines().map(goals::sanitize).collect();
            let text = painted(&(lines.join("\n") + "\n"), output.run_look);
            output.important(&text);
            ExitCode::from(2)
        }
    }
}

/// How many columns help takes: those of the terminal that it goes to.
pub(crate) fn help_width() -> usize {
    Style::new(false, columns(&std::io::stdout())).width
}

/// `1 goal`, `2 goals`
pub(crate) fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
