//! The lines of `SUMMARY.md` for a new slate: like those of an older one, above them.

use super::passing::with_period;
use crate::model::slate::TEMPLATE_FILE;
use crate::policy::period::PeriodName;

/// A page of the new slate: its path from the directory of `SUMMARY.md`, and its title.
pub(crate) struct Chapter {
    pub(crate) path: String,
    pub(crate) title: String,
}

/// The text with lines for the pages of a new slate, the first of which is its template; nothing where it has all of them. `old`
/// is the period of the older slate and its directory from that of the file, `new` those of the new one.
pub(crate) fn extended(
    text: &str,
    old: Option<(PeriodName, &str)>,
    new: (PeriodName, &str),
    pages: &[Chapter],
) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    let is_listed = |page: &&Chapter| lines.iter().any(|line| target(line).as_deref() == Some(page.path.as_str()));
    let missing: Vec<&Chapter> = pages.iter().filter(|page| !is_listed(page)).collect();
    if missing.is_empty() {
        return None;
    }
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let (at, mut added) = beside_own(&lines, new.1, &missing)
        .or_else(|| old.and_then(|(old, directory)| like_older(&lines, old, directory, new, &missing)))
        .unwrap_or_else(|| at_the_end(&lines, new.0, &missing));
    if lines.iter().any(|line| has_capital_half(line)) {
        added.iter_mut().for_each(|line| *line = with_capital(line, new.0));
    }
    let before = lines[..at].iter().map(|line| (*line).to_owned());
    let all = before.chain(added).chain(lines[at..].iter().map(|line| (*line).to_owned()));
    let all: String = all.map(|line| line + end).collect();
    // What has no line end behind it keeps that, unless something was added there.
    let is_open = !text.ends_with('\n') && at < lines.len();
    Some(if is_open { all.trim_end_matches(['\r', '\n']).to_owned() } else { all })
}

/// Where lines of the new slate are already, and those that it lacks.
fn beside_own(lines: &[&str], directory: &str, missing: &[&Chapter]) -> Option<(usize, Vec<String>)> {
    let prefix = format!("{directory}/");
    let last = lines.iter().rposition(|line| target(line).is_some_and(|path| path.starts_with(&prefix)))?;
    let mark = &lines[last][..lines[last].find('[')?];
    // Pages are below the first one of their slate.
    let is_first = target(lines[last]).is_some_and(|path| path.ends_with(TEMPLATE_FILE));
    let mark = if is_first { format!("  {mark}") } else { mark.to_owned() };
    Some((last + 1, missing.iter().map(|page| format!("{mark}[{}](./{})", page.title, page.path)).collect()))
}

/// The end of the chapters, and lines of their own: what follows the chapters of a book stays behind them.
fn at_the_end(lines: &[&str], period: PeriodName, missing: &[&Chapter]) -> (usize, Vec<String>) {
    let at = lines.iter().rposition(|line| is_item(line)).map_or(lines.len(), |last| last + 1);
    let mut added: Vec<String> = Vec::new();
    if lines[..at].last().is_some_and(|line| !line.trim().is_empty() && !is_item(line)) {
        added.push(String::new());
    }
    added.extend(missing.iter().map(|page| match page.path.ends_with(TEMPLATE_FILE) {
        true => format!("- [{period}](./{})", page.path),
        false => format!("  - [{}](./{})", page.title, page.path),
    }));
    (at, added)
}

/// Whether a line writes the half of a year with a capital: `2025H2`.
fn has_capital_half(line: &str) -> bool {
    let title = line.split("](").next().unwrap_or_default();
    title.match_indices('H').any(|(at, _)| title[..at].ends_with(|c: char| c.is_ascii_digit()))
}

/// A line with the name of a period in capitals, but for where it leads.
fn with_capital(line: &str, period: PeriodName) -> String {
    let name = period.to_string();
    match line.split_once("](") {
        Some((title, target)) => format!("{}]({target}", title.replace(&name, &name.to_ascii_uppercase())),
        None => line.replace(&name, &name.to_ascii_uppercase()),
    }
}

/// Where the lines of an older slate are, and the same lines for the pages that the new one has.
fn like_older(
    lines: &[&str],
    old: PeriodName,
    directory: &str,
    new: (PeriodName, &str),
    pages: &[&Chapter],
) -> Option<(usize, Vec<String>)> {
    let prefix = format!("{directory}/");
    let of_old = |line: &str| target(line).is_some_and(|path| path.starts_with(&prefix));
    let first = lines.iter().position(|line| of_old(line))?;
    let length = lines[first..].iter().take_while(|line| is_item(line) || line.trim().is_empty()).count();
    let period = new.0.to_string();
    let mut added: Vec<String> = Vec::new();
    let mut listed: Vec<String> = Vec::new();
    for line in lines[first..first + length].iter().filter(|line| of_old(line)) {
        let path = target(line)?;
        let moved = format!("{}/{}", new.1, path.strip_prefix(&prefix)?);
        if pages.iter().any(|page| page.path == moved) {
            // The period is in the title as well as in the path.
            added.push(with_period(&line.replace(&path, "\u{1f}"), old, &period).replace('\u{1f}', &moved));
            listed.push(moved);
        }
    }
    let last = added.last()?.clone();
    let mark = &last[..last.find('[')?];
    let others = pages.iter().filter(|page| !listed.contains(&page.path));
    added.extend(others.map(|page| format!("{mark}[{}](./{})", page.title, page.path)));
    // A part of its own gets a heading of its own.
    let above = lines[..first].iter().rposition(|line| !line.trim().is_empty());
    let heading = above.filter(|at| lines[*at].starts_with('#') && with_period(lines[*at], old, "") != lines[*at]);
    match heading {
        Some(at) => {
            added.insert(0, String::new());
            added.insert(0, with_period(lines[at], old, &period));
            added.push(String::new());
            Some((at, added))
        }
        None => Some((first, added)),
    }
}

fn is_item(line: &str) -> bool {
    line.trim_start().starts_with(['-', '*', '+'])
}

/// Where the link of a line leads, without `./`.
fn target(line: &str) -> Option<String> {
    let (_, rest) = line.split_once("](")?;
    let (target, _) = rest.split_once(')')?;
    let target = target.trim().trim_start_matches('<').trim_end_matches('>');
    Some(target.trim_start_matches("./").to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chapters(paths: &[&str]) -> Vec<Chapter> {
        paths.iter().map(|path| Chapter { path: (*path).to_owned(), title: "Goals".to_owned() }).collect()
    }

    fn period(name: &str) -> PeriodName {
        PeriodName::parse(name).unwrap()
    }

    #[test]
    fn a_part_is_repeated_for_the_new_slate() {
        let text = "# Summary\n\n[Home](./README.md)\n\n# The 2026 slate\n\n- [Overview](./2026/README.md)\n- [Goals of 2026](./2026/goals.md)\n- [Reports](./2026/reports.md)\n\n# Old\n\n- [x](./x.md)\n";
        let pages = chapters(&["2027/README.md", "2027/goals.md"]);
        let new = extended(text, Some((period("2026"), "2026")), (period("2027"), "2027"), &pages).unwrap();
        let (before, after) = text.split_once("# The 2026 slate").unwrap();
        let added = "# The 2027 slate\n\n- [Overview](./2027/README.md)\n- [Goals of 2027](./2027/goals.md)\n\n";
        assert_eq!(new, format!("{before}{added}# The 2026 slate{after}"));
        assert_eq!(extended(&new, None, (period("2027"), "2027"), &pages), None);
    }

    #[test]
    fn pages_that_the_older_slate_had_not_follow() {
        let text = "- [Goals](./2025h2/goals.md)\n- [x](./x.md)";
        let pages = chapters(&["2026/README.md", "2026/goals.md"]);
        let new = extended(text, Some((period("2025h2"), "2025h2")), (period("2026"), "2026"), &pages).unwrap();
        assert_eq!(new, format!("- [Goals](./2026/goals.md)\n- [Goals](./2026/README.md)\n{text}"));
    }

    #[test]
    fn items_are_put_above_those_of_the_older_slate() {
        let text = "* [Archive]()\r\n    * [2025H1](./2025h1/README.md)\r\n        * [Goals](2025h1/goals.md)\r\n";
        let pages = chapters(&["2025h2/README.md", "2025h2/goals.md"]);
        let new = extended(text, Some((period("2025h1"), "2025h1")), (period("2025h2"), "2025h2"), &pages).unwrap();
        assert_eq!(
            new,
            "* [Archive]()\r\n    * [2025H2](./2025h2/README.md)\r\n        * [Goals](2025h2/goals.md)\r\n    * [2025H1](./2025h1/README.md)\r\n        * [Goals](2025h1/goals.md)\r\n"
        );
    }

    #[test]
    fn without_an_older_slate_the_lines_are_at_the_end() {
        let pages = chapters(&["2026/README.md", "2026/goals.md"]);
        let new = extended("# Summary\n\n[Home](README.md)\n", None, (period("2026"), "2026"), &pages).unwrap();
        assert_eq!(new, "# Summary\n\n[Home](README.md)\n\n- [2026](./2026/README.md)\n  - [Goals](./2026/goals.md)\n");
    }
}
