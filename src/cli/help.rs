//! How help looks: clap's text, as wide as the terminal, with its headings and what can be typed in colors.

use std::ffi::OsString;

use clap::ValueEnum;
use goals::output::{Paint, Style};

use super::args::When;

/// Help, or what is wrong with the arguments, in colors.
pub(crate) fn painted(text: &str, style: Style) -> String {
    if !style.color {
        return text.to_owned();
    }
    let lines: Vec<String> = text.lines().map(|line| painted_line(line, style)).collect();
    lines.join("\n") + "\n"
}

fn painted_line(line: &str, style: Style) -> String {
    let word = line.trim_start();
    let indentation = line.len() - word.len();
    let (start, rest) = line.split_at(indentation);
    match indentation {
        0 => match line.split_once(':') {
            Some(("error", rest)) => format!("{}{rest}", style.paint(Paint::Error, "error:")),
            // A heading: alone on its line, or one of those with text after them.
            Some((heading, rest)) if rest.is_empty() || matches!(heading, "Usage" | "Exit codes") => {
                format!("{}{rest}", style.paint(Paint::Bold, &format!("{heading}:")))
            }
            _ => line.to_owned(),
        },
        // What can be typed stands at the start of its line; further in there are options, and text that is wrapped.
        2 => painted_start(start, rest, style),
        _ if word.starts_with('-') => painted_start(start, rest, style),
        _ => line.to_owned(),
    }
}

/// A line whose start, up to a gap, can be typed.
fn painted_start(start: &str, rest: &str, style: Style) -> String {
    let end = rest.find("  ").unwrap_or(rest.len());
    format!("{start}{}{}", style.paint(Paint::Help, &rest[..end]), &rest[end..])
}

/// What `--color` says, for what is said before the arguments are understood.
pub(crate) fn wanted_color(args: &[OsString]) -> When {
    let mut wanted = When::Auto;
    let mut args = args.iter().filter_map(|arg| arg.to_str());
    while let Some(arg) = args.next() {
        let value = match arg.strip_prefix("--color") {
            Some("") => args.next(),
            Some(rest) => rest.strip_prefix('='),
            None => None,
        };
        wanted = value.and_then(|value| When::from_str(value, false).ok()).unwrap_or(wanted);
    }
    wanted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_and_what_can_be_typed_are_painted() {
        let style = Style::new(true, None);
        let painted = |text| painted(text, style).replace('\u{1b}', "␛");
        assert_eq!(painted("Usage: goals lint"), "␛[1mUsage:␛[0m goals lint\n");
        assert_eq!(painted("  -q, --quiet  Be quiet"), "  ␛[32m-q, --quiet␛[0m  Be quiet\n");
        assert_eq!(painted("               quiet"), "               quiet\n");
        assert_eq!(painted("Check: all of it"), "Check: all of it\n");
    }

    #[test]
    fn the_option_is_found_in_both_forms() {
        let wanted = |args: &[&str]| wanted_color(&args.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(wanted(&["lint", "--help"]), When::Auto);
        assert_eq!(wanted(&["lint", "--color=never", "--help"]), When::Never);
        assert_eq!(wanted(&["lint", "--color", "always"]), When::Always);
        assert_eq!(wanted(&["lint", "--color", "sometimes"]), When::Auto);
    }
}
