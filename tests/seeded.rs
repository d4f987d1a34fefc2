//! Mistakes of many kinds, one at a time, put into clean files at random places: goals, roadmaps, templates, pages of the RFC, and
//! what lies beside the slates. Of the real slates where `../shared/corpus` is, else of the fixtures.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)] // a test may stop at the first surprise

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use common::{Dice, corpus, fixtures};
use goals::{CheckedSlate, FileKind, Options, Request, Session};

/// Where a mistake is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    Goal,
    Roadmap,
    /// The template of the RFC.
    Template,
    /// A page that the RFC includes.
    Page,
    /// What authors copy.
    GoalTemplate,
    /// A page beside the slates.
    Beside,
}

/// How a mistake is made.
#[derive(Clone, Copy, Debug)]
enum Edit {
    /// One text is replaced by another, at a random one of its places.
    Replace(&'static str, &'static str),
    /// A paragraph is put before a random heading of level two or below.
    Insert(&'static str),
    /// A directive is damaged: its name in marks is replaced by this, with `NAME` for the name.
    Directive(&'static str),
}

use Edit::{Directive, Insert, Replace};
use Target::{Beside, Goal, GoalTemplate, Page, Roadmap, Template};

const KINDS: &[(Target, Edit)] = &[
    // The metadata of goals.
    (Goal, Replace("\n| Status ", "\n| Staus ")),
    (Goal, Replace("\n| Status ", "\n| **Status** ")),
    (Goal, Replace("\n| Status ", "\n| Sta\u{200b}tus ")),
    (Goal, Replace("\n| Point of contact ", "\n| Point of\u{a0}contact ")),
    (Goal, Replace("\n| Point of contact ", "\n| Point of contct ")),
    (Goal, Replace("\n| Point of contact ", "\n| POC ")),
    (Goal, Replace("\n| Contact ", "\n| Contat ")),
    (Goal, Replace("\n| Tracking issue ", "\n| Trackin isue ")),
    (Goal, Replace("\n| Zulip channel ", "\n| Zulip chanel ")),
    (Goal, Replace("\n| Roadmap ", "\n| Rodmap ")),
    (Goal, Replace("\n| Short title ", "\n| Short titel ")),
    (Goal, Replace("| Proposed", "| Propsed")),
    (Goal, Replace("| Proposed", "| *Proposed*")),
    (Goal, Replace("| Proposed", "| `Proposed`")),
    (Goal, Replace("| Proposed", "| In progress")),
    (Goal, Replace("| Accepted", "| Acepted")),
    (Goal, Replace("| Accepted", "| Proposed\u{a0}and accepted")),
    (Goal, Replace("contact | @", "contact | ")),
    (Goal, Replace("contact | @", "contact | @ ")),
    (Goal, Replace("contact | @", "contact | @@")),
    (Goal, Replace("contact | @", "contact | by @")),
    (Goal, Replace("champion | @", "champion | Jonas @")),
    (Goal, Replace("] champion ", "] chmpion ")),
    (Goal, Replace("[compiler] champion", "compiler champion")),
    (Goal, Replace("[lang] champion", "[lagn] champion")),
    (Goal, Replace("[rust-lang/rust-project-goals#", "#")),
    (Goal, Replace("[rust-lang/rust-project-goals#", "[rust-lang/rust-project-goals")),
    (Goal, Replace("[rust-lang/goals#", "rust-lang/goals#")),
    (Goal, Replace("[example-org/project-goals#", "[example-org/project-goals")),
    (Goal, Replace("|\n\n## Summary", "|\n| Other tracking issues | #812 |\n\n## Summary")),
    (Goal, Replace("|\n\n## Summary", "|\n| Status | Proposed |\n\n## Summary")),
    (Goal, Replace("|\n\n## Summary", "|\n| Other tracking issues | TODO |\n\n## Summary")),
    (Goal, Replace("|\n\n## Summary", "|\n| Short title | Project goal: short |\n\n## Summary")),
    (Goal, Replace("\n\n## Summary", "\n\n| Metadata | |\n|---|---|\n| Status | Proposed |\n\n## Summary")),
    // Headings of goals.
    (Goal, Replace("# ", "#")),
    (Goal, Replace("# ", "# Project goal: ")),
    (Goal, Replace("# ", "# Goal proposal - ")),
    (Goal, Replace("# ", "## ")),
    (Goal, Replace("\n## Summary", "\n## Sumary")),
    (Goal, Replace("\n## Summary", "\n##Summary")),
    (Goal, Replace("\n## Summary", "\n**Summary**")),
    (Goal, Replace("\n## Team asks", "\n## Team aks")),
    (Goal, Replace("\n## Team asks", "\n##Team asks")),
    (Goal, Replace("\n## Team asks", "\n## Team\u{a0}asks")),
    (Goal, Replace("\n## Ownership and team asks", "\n## Ownership and team ask")),
    (Goal, Replace("\n## Ownership and team asks", "\n## Ownership & team asks")),
    // Tables of goals.
    (Goal, Replace("\n| Team ", "\n| Teams ")),
    (Goal, Replace("\n| Team ", "\nTeam ")),
    (Goal, Replace("\n| Task ", "\n| Tasks ")),
    (Goal, Replace("\n| Task ", "\nTask ")),
    (Goal, Replace("| Support level ", "| Level of support ")),
    (Goal, Replace("| Support level | Notes |", "| Notes | Support level |")),
    (Goal, Replace("| Medium ", "| Medum ")),
    (Goal, Replace("| Medium ", "| *Medium* ")),
    (Goal, Replace("| Medium ", "| `Medium` ")),
    (Goal, Replace("| Small ", "| Smol ")),
    (Goal, Replace("| Large ", "| Huge ")),
    (Goal, Replace("\n| [types] ", "\n| [tpyes] ")),
    (Goal, Replace("\n| [types] ", "\n| types ")),
    (Goal, Replace("\n| [types] ", "\n| @types ")),
    (Goal, Replace("\n| [types] ", "\n| [ty\u{ad}pes] ")),
    (Goal, Replace("\n| [compiler] ", "\n| [compiler ")),
    (Goal, Replace("\n| [compiler] ", "\n| [complier] ")),
    (Goal, Replace("![Team][] [", "![Team] [] [")),
    (Goal, Replace("![Team][] [", "![Team][")),
    (Goal, Replace("![Team][] [", "![Taem][] [")),
    (Goal, Replace("![Team][] [lang]", "![Team][] [lang] ![Team][types]")),
    (Goal, Replace("![Team][] [compiler]", "![Team][] [complier]")),
    (Goal, Replace("\n| Standard reviews ", "\n| Standard review ")),
    (Goal, Replace("\n| Standard reviews ", "\n| *Standard reviews* ")),
    (Goal, Replace("\n| Standard reviews ", "\n| Standard\u{a0}reviews ")),
    (Goal, Replace("\n| Discussion and moral support ", "\n| Discussion and moral suport ")),
    (Goal, Replace("\n| Design meeting ", "\n| Desgin meeting ")),
    (Goal, Replace("![Help wanted][]", "![Help wantd][]")),
    (Goal, Replace("![Help wanted][]", "Help wanted")),
    (Goal, Replace("![Help wanted][]", "*help wanted*")),
    (Goal, Replace("![Help wanted][]", "[Help wanted]")),
    (Goal, Replace("![Help wanted][]", "*owner*")),
    (Goal, Replace("\n| Implementation ", "\n| TODO(ada) ")),
    // The text of goals.
    (Goal, Insert("TODO")),
    (Goal, Insert("TODO(ada): write this")),
    (Goal, Insert("See [here] (https://example.org/here).")),
    (Goal, Insert("See [here](htps://example.org/here).")),
    (Goal, Insert("See [here](./gone-for-good.md).")),
    (Goal, Insert("See [here](#gone-for-good).")),
    (Goal, Insert("See [here][gone-for-good].")),
    (Goal, Insert("See (here)[https://example.org/here].")),
    (Goal, Insert("See (the harbor)[harbor] first.\n\n[harbor]: https://harbor.example.org")),
    (Goal, Insert("See [here](https://example.org/here.")),
    (Goal, Insert("It lies there (run by [the harbor](https://harbor.example.org/about);")),
    (Goal, Insert("See [RFC 1234](https://github.com/rust-lang/rfcs/pull/1324).")),
    (Goal, Insert("See [rust-lang/cargo#12](https://github.com/rust-lang/rust/issues/12).")),
    (Goal, Insert("See [the RFC][RFC #1234] for more.")),
    (Goal, Insert("See [RFC #1234][] for more.")),
    (Goal, Insert("Ask [cargo] first.\n\n[cargo]: https://www.rust-lang.org/governance/teams/compiler")),
    (Goal, Insert("It is **bold.")),
    (Goal, Insert("It is `code.")),
    (Goal, Insert("It is\u{200b} here.")),
    (Goal, Insert("```text\nnever closed")),
    (Goal, Insert("<!-- never closed")),
    (Goal, Insert("[twice]: https://example.org/a\n[twice]: https://example.org/b\n\nSee [twice].")),
    (Goal, Insert("![Heap wanted][]")),
    // Roadmaps.
    (Roadmap, Replace("\n| Short title ", "\n| Short titel ")),
    (Roadmap, Replace("\n| What and why ", "\n| What & why ")),
    (Roadmap, Replace("\n| Point of contact ", "\n| Point of contct ")),
    (Roadmap, Replace("\n| Contact ", "\n| Contct ")),
    (Roadmap, Replace("# ", "## ")),
    (Roadmap, Replace("# ", "# Roadmap: ")),
    (Roadmap, Insert("TODO: write this")),
    (Roadmap, Insert("See [here](./gone-for-good.md).")),
    (Roadmap, Insert("See [here](#gone-for-good).")),
    (Roadmap, Insert("See [here][gone-for-good].")),
    (Roadmap, Insert("See (here)[https://example.org/here].")),
    (Roadmap, Insert("See [RFC 1234](https://github.com/rust-lang/rfcs/pull/1324).")),
    (Roadmap, Insert("It lies there (run by [the harbor](https://harbor.example.org/about).")),
    (Roadmap, Insert("```text\nnever closed")),
    (Roadmap, Insert("It is\u{202e} here.")),
    // The template of the RFC.
    (Template, Directive("((NAME))")),
    (Template, Directive("(((NAME))")),
    (Template, Directive("((NAME)))")),
    (Template, Directive("<!- NAME -->")),
    (Template, Directive("\"(((NAME)))\"")),
    (Template, Directive("`(((NAME)))`")),
    (Template, Directive("**(((NAME)))**")),
    (Template, Directive("(((NAMEE)))")),
    (Template, Directive("[[NAME]]")),
    (Template, Replace("- Feature Name: ", "- Feature: ")),
    (Template, Replace("- Start Date: 20", "- Start Date: 19")),
    (Template, Replace("](https://github.com/rust-lang/rfcs/pull/", "](https://github.com/rust-lang/rfcs/pull/1")),
    (Template, Replace("- RFC PR: ", "- RFC PR: (fill me in) ")),
    (Template, Replace("\n- [Goals](./goals.md)", "\n- See [Goals](./goals.md).")),
    (Template, Replace("](./goals.md)", "](./gaols.md)")),
    (Template, Insert("See [here](./gone-for-good.md).")),
    (Template, Insert("See [here](#gone-for-good).")),
    (Template, Insert("See [here][gone-for-good].")),
    (Template, Insert("Each goal follows [the plan that was lost].")),
    (Template, Insert("TODO: write this")),
    (Template, Insert("{{#include ./faq.md}}")),
    (Template, Insert("<script>x()</script>")),
    (Template, Insert("<a href=\"./gone-for-good.md\">here</a> it is.")),
    (Template, Insert("See [RFC 1234](https://github.com/rust-lang/rfcs/pull/1324).")),
    (Template, Insert("(((UNKNOWN WORDS)))")),
    // Pages that the RFC includes.
    (Page, Directive("((NAME))")),
    (Page, Directive("(((NAME")),
    (Page, Directive("<!-- NAME.")),
    (Page, Directive("`(((NAME)))`")),
    (Page, Insert("See [here](./gone-for-good.md).")),
    (Page, Insert("See [here][gone-for-good].")),
    (Page, Insert("The [**bold** plan] is lost.")),
    (Page, Insert("FIXME: write this")),
    (Page, Insert("| A | B |\n|---|---|\n| TODO(ada) | b |")),
    (Page, Insert("It lies there (run by [the harbor](https://harbor.example.org/about).")),
    (Page, Insert("It is `code.")),
    (Page, Insert("{{#include ./faq.md}}")),
    (Page, Insert("See [rust-lang/cargo#12](https://github.com/rust-lang/rust/issues/12).")),
    // What authors copy.
    (GoalTemplate, Replace("| [cargo] ", "| [crago] ")),
    (GoalTemplate, Replace("![Team][] [cargo]", "![Team][] [crago]")),
    (GoalTemplate, Replace("\n| Zulip channel ", "\n| Zulip chanel ")),
    (GoalTemplate, Replace("\n| Tracking issue ", "\n| Trackng issue ")),
    (GoalTemplate, Replace("![Help wanted][]", "![Heap wanted][]")),
    (GoalTemplate, Replace("\n| Standard reviews ", "\n| Standard review ")),
    (GoalTemplate, Insert("See [here](./2026/gone-for-good.md).")),
    // What lies beside the slates.
    (Beside, Insert("See [here](./2026/gone-for-good.md).")),
    (Beside, Insert("See [here][there].\n\n[there]: ./2025h1/gone-for-good.md")),
];

/// How many files a kind is tried in.
const TRIES: usize = 2;

/// A set of files that is checked as one.
struct Unit {
    request: Request,
    /// Findings that are there without any mistake: how often each rule says what, by file.
    known: BTreeMap<(PathBuf, &'static str, String), usize>,
    /// The files without any, each with what it is.
    clean: Vec<(PathBuf, String, Target)>,
}

impl Unit {
    fn new(session: &mut Session<'_>, root: PathBuf, directory: PathBuf, beside_slates: bool) -> Unit {
        let request = Request { root, directory, beside_slates, files: None, named: true, in_full: true };
        let checked = session.check(&request, false).unwrap();
        let known = found(&checked, &request.root);
        let dirty: BTreeSet<&PathBuf> = known.keys().map(|(file, ..)| file).collect();
        let slate = checked.slate();
        let target = |file: &goals::File| match file.kind {
            FileKind::Goal(goal) if slate.goals[goal].is_not_accepted() => None,
            FileKind::Goal(_) => Some(Goal),
            FileKind::Roadmap(_) => Some(Roadmap),
            FileKind::Template if !slate.is_closed => Some(Template),
            FileKind::GoalTemplate => Some(GoalTemplate),
            FileKind::Page if beside_slates => Some(Beside),
            // Of the earlier ones the RFC included no pages.
            FileKind::Page if slate.name == "2026" => {
                ["goals.md", "highlights.md", "roadmaps.md"].contains(&file.source.file_name()).then_some(Page)
            }
            _ => None,
        };
        let files = slate.files.iter().filter_map(|file| {
            let path = request.root.join(file.source.path());
            Some((path, file.source.text().to_owned(), target(file)?))
        });
        let clean =
            files.filter(|(path, _, target)| !dirty.contains(path) || matches!(target, Template | Page)).collect();
        Unit { request, known, clean }
    }
}

fn found(checked: &CheckedSlate, root: &Path) -> BTreeMap<(PathBuf, &'static str, String), usize> {
    let mut found = BTreeMap::new();
    for one in &checked.findings {
        let file = root.join(checked.slate().files[one.file].source.path());
        *found.entry((file, one.rule, one.finding.message.clone())).or_default() += 1;
    }
    found
}

/// Whether a place lies in a block of code, a comment or a quotation, where a mistake may be none.
fn is_quoted(text: &str, at: usize) -> bool {
    let fences = text[..at].lines().filter(|line| line.trim_start().starts_with("```")).count();
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line = text[line..].trim_start_matches('\n').lines().next().unwrap_or_default();
    let comment = text[..at].rfind("<!--").is_some_and(|open| !text[open..at].contains("-->"));
    fences % 2 == 1 || comment || line.starts_with('>')
}

fn apply(edit: Edit, text: &str, dice: &mut Dice) -> Option<String> {
    match edit {
        Replace(old, new) => {
            // A title is at the beginning, and nowhere else.
            let places: Vec<usize> = match old {
                "# " => text.starts_with(old).then_some(0).into_iter().collect(),
                _ => text.match_indices(old).map(|(at, _)| at).filter(|at| !is_quoted(text, *at)).collect(),
            };
            let at = *places.get(dice.below(places.len().max(1)))?;
            Some(format!("{}{new}{}", &text[..at], &text[at + old.len()..]))
        }
        Insert(paragraph) => {
            let places = text.match_indices("\n\n##").map(|(at, _)| at).filter(|at| !is_quoted(text, *at + 2));
            let places: Vec<usize> = places.collect();
            let at = *places.get(dice.below(places.len().max(1)))?;
            Some(format!("{}\n\n{paragraph}{}", &text[..at], &text[at..]))
        }
        Directive(damaged) => {
            let marks = [("\n(((", ")))\n"), ("\n<!-- ", " -->\n")];
            let places = marks.iter().flat_map(|(open, close)| {
                text.match_indices(*open).filter_map(move |(at, _)| {
                    let start = at + open.len();
                    let end = start + text[start..].find(*close)?;
                    let name = &text[start..end];
                    let is_name = name.chars().all(|c| c.is_ascii_uppercase() || c == ' ') && name.len() > 3;
                    is_name.then_some((at + 1, end + close.len() - 1, name))
                })
            });
            // What the site alone has is nothing in an RFC.
            let places: Vec<_> =
                places.filter(|(.., name)| !name.contains("CHAPTERS") && !name.contains("FUNDING")).collect();
            let (start, end, name) = *places.get(dice.below(places.len().max(1)))?;
            Some(format!("{}{}{}", &text[..start], damaged.replace("NAME", name), &text[end..]))
        }
    }
}

/// The lines of a new text that are not those of the old one, from 1, and one more on each side.
fn changed_lines(old: &str, new: &str) -> RangeInclusive<usize> {
    let same = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
    let rest = old.bytes().rev().zip(new.bytes().rev()).take_while(|(a, b)| a == b).count();
    let end = new.len() - rest.min(new.len() - same);
    let line = |at: usize| new.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
    line(same).saturating_sub(1)..=line(end) + 1
}

/// What came of the mistakes that were made.
#[derive(Default)]
struct Outcome {
    inputs: usize,
    found: usize,
    exactly_once: usize,
    kinds: BTreeSet<usize>,
    /// What was not found, or not once.
    complaints: Vec<String>,
}

/// Makes every `of`-th kind of mistake, from the `first` on.
fn seed(first: usize, of: usize, seed: u64) -> Outcome {
    let mut session = Session::new(Options::default()).unwrap();
    session.keep_parsed();
    let mut units = Vec::new();
    let mut add = |root: PathBuf, pages: &str, slates: &[&str]| {
        let pages = root.join(pages);
        for slate in slates {
            units.push(Unit::new(&mut session, root.clone(), pages.join(slate), false));
        }
        units.push(Unit::new(&mut session, root, pages, true));
    };
    add(fixtures(), "", &["2025h1", "2026"]);
    let mut tries = TRIES;
    let name = "seeded_mistakes_are_found_where_they_are";
    if let Some(root) = corpus("2026", name) {
        add(root, "src", &["2026"]);
        add(corpus("2025h2", name).unwrap(), "src", &["2025h2"]);
        add(corpus("2025h1", name).unwrap(), "src", &["2025h1", "2024h2"]);
        tries += 1;
    }
    let mut outcome = Outcome::default();
    for (kind, &(target, edit)) in KINDS.iter().enumerate().skip(first).step_by(of) {
        let mut dice = Dice(seed + kind as u64);
        let mut fitting: Vec<(&Unit, &PathBuf, &String)> = Vec::new();
        for unit in &units {
            let files = unit.clean.iter().filter(|(.., is)| *is == target);
            fitting.extend(files.map(|(path, text, _)| (unit, path, text)));
        }
        let mut left = tries;
        while left > 0 && !fitting.is_empty() {
            let (unit, path, text) = fitting.swap_remove(dice.below(fitting.len()));
            let Some(new) = apply(edit, text, &mut dice) else { continue };
            left -= 1;
            outcome.kinds.insert(kind);
            outcome.inputs += 1;
            session.overlay(path, new.clone().into_bytes());
            let checked = session.check(&unit.request, false).unwrap();
            session.remove_overlay(path);
            outcome.judge(unit, &checked, (path, &changed_lines(text, &new)), &format!("{target:?} {edit:?}"));
        }
    }
    outcome
}

impl Outcome {
    /// Looks for what a mistake has brought; `place` is the file and the lines of it that were changed.
    fn judge(&mut self, unit: &Unit, checked: &CheckedSlate, place: (&Path, &RangeInclusive<usize>), mistake: &str) {
        let (path, lines) = place;
        let mut known = unit.known.clone();
        let files = &checked.slate().files;
        let (mut more, mut is_there) = (Vec::new(), false);
        for one in &checked.findings {
            let file = unit.request.root.join(files[one.file].source.path());
            let key = (file, one.rule, one.finding.message.clone());
            if let Some(count) = known.get_mut(&key).filter(|count| **count > 0) {
                *count -= 1;
                continue;
            }
            let related = one.finding.related.iter().map(|related| (related.file, related.span));
            let mut places = std::iter::once((one.file, one.finding.span)).chain(related);
            is_there |= places.any(|(id, span)| {
                let source = &files[id].source;
                let line = |at: u32| source.position(at as usize).line;
                let is_near = line(span.start) <= *lines.end() && line(span.end) >= *lines.start();
                is_near && unit.request.root.join(source.path()) == path
            });
            more.push(format!("{}: {}", one.rule, one.finding.message));
        }
        self.found += usize::from(is_there);
        self.exactly_once += usize::from(more.len() == 1);
        if !is_there || more.len() != 1 {
            let what = if is_there { "several" } else { "not found" };
            self.complaints.push(format!("{what}: {mistake} in {}, lines {lines:?}: {more:?}", path.display()));
        }
    }
}

#[test]
fn seeded_mistakes_are_found_where_they_are() {
    const THREADS: usize = 2;
    let number = std::env::var("GOALS_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(23);
    let all: Vec<Outcome> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|first| scope.spawn(move || seed(first, THREADS, number))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let sum = |what: fn(&Outcome) -> usize| all.iter().map(what).sum::<usize>();
    let (inputs, kinds) = (sum(|one| one.inputs), sum(|one| one.kinds.len()));
    let (found, once) = (sum(|one| one.found), sum(|one| one.exactly_once));
    let complaints: Vec<&str> = all.iter().flat_map(|one| &one.complaints).map(String::as_str).collect();
    let measured = format!(
        "{kinds} kinds, {inputs} inputs: {found} found at the place, {once} exactly once\n{}",
        complaints.join("\n")
    );
    assert!(kinds >= 100, "{measured}");
    assert!(found * 100 >= inputs * 97, "{measured}");
    assert!(once * 100 >= inputs * 90, "{measured}");
    eprintln!("{measured}");
}
