//! What directives made, compared with what the slate says when it is counted in another way.

use std::borrow::Cow;
use std::collections::BTreeMap;

use hashbrown::{HashMap, HashSet};

use super::{Fault, FaultKind, Faults};
use crate::markdown::document::{BlockKind, Document, Heading};
use crate::markdown::escape::encode;
use crate::markdown::table::Table;
use crate::model::directive_effect::has_effect;
use crate::model::goal::Goal;
use crate::model::repeated_tables::MOST;
use crate::model::rfc_lists::RfcLists;
use crate::model::rfc_outline;
use crate::model::slate::{File, Slate};
use crate::policy::config::Config;
use crate::policy::format::{DirectiveKind, GoalFilter, Stage};
use crate::rfc::hidden::{visible, visible_in};
use crate::rfc::open_blocks::{closed, may_be_open, without_blank_ends};
use crate::rfc::site::Site;
use crate::text::hidden::first_hidden;
use crate::text::source::{Source, Span};

pub(crate) fn compare(slate: &Slate, config: &Config, document: &Document, mut found: Faults<'_>) -> Vec<Fault> {
    let faults = &mut found;
    let site = Site::new(config.site.as_deref().unwrap_or_default(), &slate.site_path);
    let pages: Pages<'_> = slate.goals.iter().map(|goal| (goal, address(slate, &site, goal))).collect();
    let listed = listed_goals(slate, document, faults.source);
    let mut tables = GoalsOfTables::new();
    for table in listed.iter().filter(|table| table.team.is_none()) {
        let mut goals = table.goals.clone();
        goals.sort_unstable();
        *tables.entry(goals).or_insert(0) += 1;
    }
    let mut times: HashMap<(&DirectiveKind, Option<&str>), usize> = HashMap::new();
    for &index in slate.in_rfc() {
        let file = &slate.files[index];
        for directive in file.directives.iter().filter(|directive| has_effect(slate, file, directive)) {
            let argument = directive.argument.as_ref().map(|argument| argument.value.as_str());
            match slate.directive(directive) {
                Some(DirectiveKind::GoalCount { of }) => {
                    let number = slate.goals.iter().filter(|goal| is_of(goal, *of)).count();
                    let words = around(&file.source, directive.span, &number.to_string());
                    if !faults.source.text().contains(&words) {
                        faults.add_with(FaultKind::WrongNumber, Span::at(0), words, false);
                    }
                }
                Some(kind @ DirectiveKind::GoalTable { of }) => {
                    let times = times.entry((kind, argument)).or_insert(0);
                    *times += 1;
                    if *times > MOST {
                        continue;
                    }
                    let goals = pages.iter().filter(|(goal, _)| is_of(goal, *of)).filter(|(goal, _)| {
                        argument.is_none_or(|theme| goal.themes.iter().any(|own| own.value == theme))
                    });
                    let goals = goals.map(|(_, page)| page.as_str()).collect();
                    take(goals, &directive.name.value, &mut tables, faults);
                }
                _ => {}
            }
        }
    }
    goals_and_asks(slate, &pages, document, &listed, faults);
    champions(slate, document, faults);
    codes(slate, document, faults);
    found.found
}

fn is_of(goal: &Goal, filter: GoalFilter) -> bool {
    let rejected = goal.stage() == Stage::NotAccepted;
    match filter {
        GoalFilter::All => !rejected,
        GoalFilter::Flagship => !rejected && goal.is_flagship(),
        GoalFilter::Other => !rejected && !goal.is_flagship(),
        GoalFilter::NotAccepted => rejected,
    }
}

/// The goals of a slate, each with the address of its page.
type Pages<'s> = Vec<(&'s Goal, String)>;

fn address(slate: &Slate, site: &Site, goal: &Goal) -> String {
    let page = encode(slate.page_of(goal.file));
    site.address(&page).unwrap_or(page)
}

/// A number with the plain words around it in its line.
fn around(source: &Source, directive: Span, number: &str) -> String {
    const WORDS: usize = 24;
    let line = source.line_span(source.line_index(directive.start as usize));
    let is_plain = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | ',' | '.');
    let before = source.slice(Span { start: line.start, end: directive.start });
    let before: Vec<char> = before.chars().rev().take(WORDS).take_while(is_plain).collect();
    let after = source.slice(Span { start: directive.end, end: line.end });
    let after: String = after.chars().take(WORDS).take_while(is_plain).collect();
    let before: String = before.into_iter().rev().collect();
    format!("{}{number}{}", before.trim_start(), after.trim_end())
}

/// For each team that is asked, the pages of the goals that ask it: one for each goal, or where rows are asks, for each of
/// these.
fn asks<'s>(slate: &Slate, pages: &'s Pages<'s>) -> BTreeMap<&'s str, Vec<&'s str>> {
    let by_level = slate.format.badge.is_none();
    let mut teams: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (goal, page) in pages.iter().filter(|(goal, _)| is_of(goal, GoalFilter::All)) {
        for (_, ask) in goal.asks() {
            let mut names: Vec<&str> = ask.team_names().collect();
            names.sort_unstable();
            names.dedup();
            for team in names {
                let pages = teams.entry(team).or_default();
                if by_level || pages.last() != Some(&page.as_str()) {
                    pages.push(page);
                }
            }
        }
    }
    teams
}

/// How many tables have exactly these goals in the links that their first cells begin with, sorted.
type GoalsOfTables<'t> = HashMap<Vec<&'t str>, usize>;

/// A table whose rows are goals.
struct ListedGoals<'d> {
    /// The team that is asked in it.
    team: Option<&'d str>,
    /// The addresses of the goals, by the links that its first cells begin with.
    goals: Vec<&'d str>,
    span: Span,
}

/// The tables whose rows are goals, in the order of the text.
fn listed_goals<'d>(slate: &Slate, document: &'d Document, source: &Source) -> Vec<ListedGoals<'d>> {
    let heads = &slate.format.rfc.heads;
    let of_goals = [&heads.goals[0], &heads.team_asks[0], &heads.team_levels[0]];
    let headings = &document.headings.raw;
    let asked: HashSet<&str> = slate.goals.iter().flat_map(|goal| goal.teams()).collect();
    let is_of_goals = |table: &&Table| {
        let first = table.header().first();
        first.is_some_and(|cell| of_goals.iter().any(|head| source.slice(*cell) == slate.format.head(head)))
    };
    let listed = |table: &'d Table| {
        let links = table.body().iter().filter_map(|row| {
            let cell = row.cells.first()?;
            let link = document.links.get(document.links.partition_point(|link| link.span.start < cell.start))?;
            // A subgoal may have a link in its name; only a goal begins with one.
            (link.span.start == cell.start && cell.contains(link.span)).then_some(link.target.as_str())
        });
        let above = headings[..headings.partition_point(|heading| heading.span.start < table.span.start)].last();
        // The first table below the heading is the team's.
        let is_first = |heading: &&Heading| {
            let before = document.tables.partition_point(|other| other.span.start < heading.span.start);
            document.tables.get(before).is_some_and(|first: &Table| first.span == table.span)
        };
        let above = above.filter(is_first);
        let team = above.and_then(|heading| heading.text.strip_suffix(" team"));
        ListedGoals { team: team.filter(|team| asked.contains(team)), goals: links.collect(), span: table.span }
    };
    document.tables.iter().filter(is_of_goals).map(listed).collect()
}

/// Each goal is in a table, or linked at least, and each ask is in the table of its team.
fn goals_and_asks(
    slate: &Slate,
    pages: &Pages<'_>,
    document: &Document,
    listed: &[ListedGoals<'_>],
    faults: &mut Faults<'_>,
) {
    let lists = RfcLists::of(slate);
    let shown: HashSet<&str> =
        listed.iter().filter(|table| table.team.is_none()).flat_map(|table| &table.goals).copied().collect();
    let of_teams: Vec<Span> = listed.iter().filter(|table| table.team.is_some()).map(|table| table.span).collect();
    let is_beside = |span: Span| {
        let before = of_teams.partition_point(|table| table.start <= span.start);
        !of_teams[..before].last().is_some_and(|table| table.contains(span))
    };
    let linked: HashSet<&str> =
        document.links.iter().filter(|link| is_beside(link.span)).map(|link| link.target.as_str()).collect();
    for (goal, page) in pages.iter().filter(|(goal, _)| is_of(goal, GoalFilter::All)) {
        let is_listed = lists.hold(slate, goal);
        if !shown.contains(page.as_str()) && (is_listed || !linked.contains(page.as_str())) {
            faults.add_with(FaultKind::MissingGoal, Span::at(0), goal.title_text().to_owned(), !is_listed);
        }
    }
    for (team, mut goals) in asks(slate, pages) {
        goals.sort_unstable();
        let is_whole = |table: &&ListedGoals<'_>| {
            // Few tables are of this team, and only those are worth sorting.
            table.team == Some(team) && {
                let mut shown = table.goals.clone();
                shown.sort_unstable();
                shown == goals
            }
        };
        if !listed.iter().any(|table| is_whole(&table)) {
            // Without what nobody sees in it, its heading is another.
            let is_written = !lists.team_asks || first_hidden(team).is_some();
            faults.add_with(FaultKind::MissingAsk, Span::at(0), format!("{team} team"), is_written);
        }
    }
}

/// Takes the table with these goals away; where there is none, one is missing.
fn take<'t>(mut goals: Vec<&'t str>, name: &str, tables: &mut GoalsOfTables<'t>, faults: &mut Faults<'_>) {
    goals.sort_unstable();
    match tables.get_mut(&goals) {
        _ if goals.is_empty() => {}
        Some(number) if *number > 0 => *number -= 1,
        _ => {
            let what = format!("{name}: {}", goals.join(", "));
            faults.add_with(FaultKind::WrongTable, Span::at(0), what, false);
        }
    }
}

/// The numbers in a table of champions are those of the goals beside them.
fn champions(slate: &Slate, document: &Document, faults: &mut Faults<'_>) {
    let source = faults.source;
    let is_of_champions = |table: &&Table| {
        let heads: Vec<&str> = table.header().iter().map(|cell| source.slice(*cell)).collect();
        heads == slate.format.rfc.heads.champions.each_ref().map(|head| slate.format.head(head))
    };
    for table in document.tables.iter().filter(is_of_champions) {
        let mut stated: Option<(Span, usize)> = None;
        let mut counted = 0;
        let mut wrong = Vec::new();
        for row in table.body() {
            let [_, number, goals] = row.cells[..] else { continue };
            if let Ok(next) = source.slice(number).parse() {
                wrong.extend(stated.filter(|(_, number)| *number != counted));
                (stated, counted) = (Some((number, next)), 0);
            }
            let links = &document.links[document.links.partition_point(|link| link.span.start < goals.start)..];
            counted += links.iter().take_while(|link| link.span.start < goals.end).filter(|link| !link.image).count();
        }
        wrong.extend(stated.filter(|(_, number)| *number != counted));
        for (span, _) in wrong {
            faults.add(FaultKind::WrongNumber, span, false);
        }
    }
}

/// Code blocks are byte for byte those of the files, but for their line ends.
fn codes(slate: &Slate, document: &Document, faults: &mut Faults<'_>) {
    let mut expected: BTreeMap<String, usize> = BTreeMap::new();
    for &index in slate.in_rfc() {
        let file = &slate.files[index];
        if is_taken_over(file) {
            expect_codes(&file.source, &file.document, &mut expected);
            continue;
        }
        let text = file.source.text().replace("\r\n", "\n").replace('\r', "\n");
        let source = Source::from_bytes("", closed(without_blank_ends(&visible(&text))).into());
        let document = Document::parse(&source);
        expect_codes(&source, &document, &mut expected);
    }
    for block in document.blocks.iter().filter(|block| block.kind == BlockKind::Code) {
        match expected.get_mut(faults.source.slice(block.span)) {
            Some(number) if *number > 0 => *number -= 1,
            _ => faults.add(FaultKind::ChangedCode, block.span, false),
        }
    }
    for (code, _) in expected.into_iter().filter(|(_, number)| *number > 0) {
        let first = code.lines().take(2).collect::<Vec<_>>().join(" ");
        faults.add_with(FaultKind::ChangedCode, Span::at(0), first, false);
    }
}

/// Whether the text of a file is in the RFC as it is, so that it is read there as it has been read already: nothing in it is
/// hidden, nothing is open at its end, its line ends are those of the RFC, and the blank lines at its ends are just that.
fn is_taken_over(file: &File) -> bool {
    let (source, document) = (&file.source, &file.document);
    let text = source.text();
    let ends = [&text[..text.len() - text.trim_start().len()], &text[text.trim_end().len()..]];
    let are_blank = ends.iter().all(|end| end.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\n')));
    // What is blank at the end of a file may be part of its last code block.
    let is_code = document.blocks.last().is_some_and(|last| last.kind == BlockKind::Code);
    are_blank
        && !is_code
        && !may_be_open(source, document)
        && memchr::memchr(b'\r', text.as_bytes()).is_none()
        && matches!(visible_in(source, document), Cow::Borrowed(_))
}

/// Adds the code blocks that the RFC has of a text.
fn expect_codes(source: &Source, document: &Document, expected: &mut BTreeMap<String, usize>) {
    let dropped = rfc_outline::status_note(source, document);
    for block in document.blocks.iter().filter(|block| block.kind == BlockKind::Code) {
        if !dropped.is_some_and(|note| note.contains(block.span)) {
            *expected.entry(source.slice(block.span).to_owned()).or_insert(0) += 1;
        }
    }
}
