//! What directives become on a page.

use super::issues::{Issues, how_to_write};
use super::layout::by_title;
use super::page::{Form, Insert, PageContext};
use super::{funding, owners, progress, roadmap_rows, rows, sections};
use crate::markdown::directive::Directive;
use crate::markdown::label::normalize_label;
use crate::markdown::table::Row;
use crate::model::directive_argument::{named, unmatched};
use crate::model::directive_effect::{is_meant, obstacle_in_text};
use crate::model::repeated_tables::MOST;
use crate::model::slate::FileKind;
use crate::policy::format::{Argument, DirectiveKind, Field, GoalFilter, SitePart};
use crate::rfc::goal_text::GoalTexts;
use crate::rfc::tables::NONE;
use crate::rfc::{highlights, levels, tables, team_tables};
use crate::sys::error::Error;
use crate::text::similarity::did_you_mean;
use crate::text::source::Span;

/// The directives of a page while they are expanded.
pub(crate) struct Expander<'c, 'a> {
    cx: &'c PageContext<'a>,
    texts: &'c GoalTexts<'a>,
    pub(crate) inserts: Vec<Insert>,
    pub(crate) notes: Vec<Error>,
    /// The tables that the page has so far, and how often.
    tables: Vec<(DirectiveKind, Option<String>, usize)>,
    /// Whether somebody was told that there is no file of tracking issues.
    issues_are_missed: bool,
}

impl<'c, 'a> Expander<'c, 'a> {
    pub(crate) fn new(cx: &'c PageContext<'a>, texts: &'c GoalTexts<'a>) -> Expander<'c, 'a> {
        Expander { cx, texts, inserts: vec![], notes: vec![], tables: vec![], issues_are_missed: false }
    }

    /// Expands all directives of the page. One that cannot be expanded stays as it is written, with a note.
    pub(crate) fn expand(&mut self) {
        // What authors copy shows the directives themselves.
        if self.cx.file.kind == FileKind::GoalTemplate {
            return;
        }
        for directive in self.cx.file.directives.iter() {
            let Some(kind) = self.kind(directive) else {
                self.unknown(directive);
                continue;
            };
            if let Some(insert) = self.insert(directive, &kind) {
                self.inserts.push(insert);
            }
        }
    }

    fn kind(&self, directive: &Directive) -> Option<DirectiveKind> {
        let own = self.cx.slate.directive(directive);
        own.or_else(|| self.cx.layout.directive(directive)).cloned()
    }

    fn note(&mut self, span: Span, message: String, help: &str) {
        self.notes.push(Error::in_text(self.cx.file.source.clone(), span, message).help(help));
    }

    fn unknown(&mut self, directive: &Directive) {
        let (slate, file) = (self.cx.slate, self.cx.file);
        if !is_meant(slate, file, directive) || slate.format.directives.contains_key(&directive.name.value) {
            return;
        }
        let written = file.source.slice(directive.name.span);
        let help = match slate.format.meant_directive(&directive.name.value) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "remove it, or use a directive that `goals` knows".to_owned(),
        };
        self.note(directive.span, format!("unknown directive `{written}`"), &help);
    }

    /// What takes the place of a directive; `None` where it stays.
    fn insert(&mut self, directive: &Directive, kind: &DirectiveKind) -> Option<Insert> {
        let name = directive.name.value.as_str();
        let argument = directive.argument.as_ref().map(|argument| argument.value.as_str());
        let shows = shown_part(kind);
        match (kind.argument(), argument) {
            (Argument::Never, Some(_)) => {
                self.note(directive.span, format!("`{name}` takes no argument"), "remove the argument");
                return None;
            }
            // A colon with nothing behind it names nothing.
            (_, Some("")) => return self.missing_argument(directive),
            (Argument::Always, None) => return self.missing_argument(directive),
            (_, None) if shows.is_some_and(needs_argument) => return self.missing_argument(directive),
            _ => {}
        }
        if *kind == DirectiveKind::Metadata {
            return self.placeholder(directive);
        }
        self.judge_argument(directive, kind);
        if shows == Some(SitePart::RoadmapRows) {
            return self.rows(directive, argument);
        }
        let makes_blocks = kind.makes_blocks() || shows.is_some_and(is_block);
        let document = &self.cx.file.document;
        if let Some(obstacle) = obstacle_in_text(&self.cx.file.source, document, directive.span, makes_blocks) {
            let message = format!("`{name}` has no effect in {}", obstacle.place());
            self.note(directive.span, message, "put it on a line of its own");
            return None;
        }
        if makes_blocks && self.is_beyond_limit(kind, argument) {
            self.note(directive.span, format!("`{name}` is on this page more than {MOST} times"), "remove it");
            return None;
        }
        let text = match shows {
            Some(part) => self.site_part(directive, part, argument)?,
            None => self.rfc_part(directive, kind, argument)?,
        };
        // Beside the slates there is nothing to list, and nothing to say about that.
        let text = if slate_has_none(self.cx, &text) { String::new() } else { text };
        let label = self.ask_label().filter(|_| *kind == DirectiveKind::TeamAsks);
        let form = if makes_blocks { Form::Block } else { Form::Inline };
        Some(Insert::new(directive.span, form, text).referring_to(label))
    }

    fn missing_argument(&mut self, directive: &Directive) -> Option<Insert> {
        let name = &directive.name.value;
        let help = format!("use `{}`", directive.spelled(&format!("{name}: …")));
        self.note(directive.span, format!("missing argument of `{name}`"), &help);
        None
    }

    /// The value of the row that a placeholder is in. One in a goal that cannot be read is no mistake of its own.
    fn placeholder(&mut self, directive: &Directive) -> Option<Insert> {
        let value = rows::placeholder(self.cx, self.texts, directive);
        if value.is_none() && !matches!(self.cx.file.kind, FileKind::Broken { .. }) {
            let message = format!("`{}` has no effect here", directive.name.value);
            self.note(directive.span, message, "put it into the row of a goal's metadata table that it fills in");
        }
        Some(Insert::new(directive.span, Form::Inline, value?))
    }

    /// Says so where nothing has the name that an argument states. Beside the slates nothing has any.
    fn judge_argument(&mut self, directive: &Directive, kind: &DirectiveKind) {
        let Some(argument) = directive.argument.as_ref().filter(|_| !self.cx.slate.beside_slates) else { return };
        let Some(what) = unmatched(self.cx.slate, kind, &argument.value) else { return };
        let names = named(self.cx.slate, kind).map(|(_, names)| names).unwrap_or_default();
        let help = match did_you_mean(&argument.value, names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "run `goals lint` for what it can name".to_owned(),
        };
        self.note(argument.span, format!("no {what} matches `{}`: nothing is listed", argument.value), &help);
    }

    /// Counts a table; answers whether the page has it so often that it stays as it is written.
    fn is_beyond_limit(&mut self, kind: &DirectiveKind, argument: Option<&str>) -> bool {
        let same =
            |(other, of, _): &&mut (DirectiveKind, Option<String>, usize)| other == kind && of.as_deref() == argument;
        match self.tables.iter_mut().find(same) {
            Some((.., times)) => {
                *times += 1;
                *times > MOST
            }
            None => {
                self.tables.push((kind.clone(), argument.map(str::to_owned), 1));
                false
            }
        }
    }

    /// The label to which the columns of a team's asks lead, if the page defines it.
    fn ask_label(&self) -> Option<String> {
        let label = self.cx.slate.format.rfc.ask_label.as_deref()?;
        let normal = normalize_label(label);
        let is_defined = self.cx.file.document.definitions.iter().any(|one| one.normal == normal);
        is_defined.then(|| label.to_owned())
    }

    /// What the RFC knows too. Lists of goals are laid out alike in all slates.
    fn rfc_part(&mut self, directive: &Directive, kind: &DirectiveKind, argument: Option<&str>) -> Option<String> {
        let (texts, slate) = (self.texts, self.cx.slate);
        Some(match kind {
            DirectiveKind::GoalCount { of } => slate.choose(*of).len().to_string(),
            DirectiveKind::GoalTable { of } => self.goal_list(directive, *of, argument),
            DirectiveKind::LevelTable { level } => {
                let mut goals = slate.choose(GoalFilter::All);
                by_title(&mut goals);
                levels::level_table(texts, goals, level)
            }
            DirectiveKind::TeamAsks => team_tables::team_asks(texts, self.ask_label().as_deref()),
            DirectiveKind::ValidAsks => tables::valid_asks(slate),
            DirectiveKind::Champions => tables::champions(texts, &self.cx.layout.newest().rfc),
            DirectiveKind::Roadmaps => tables::roadmaps(texts, argument),
            DirectiveKind::HighlightTable => highlights::table(texts, argument?),
            DirectiveKind::HighlightCredits => highlights::credits(slate, argument?),
            DirectiveKind::Nothing { .. } => String::new(),
            DirectiveKind::Metadata => return None,
            DirectiveKind::Site { .. } => {
                let name = &directive.name.value;
                self.note(directive.span, format!("`{name}` is not rendered"), "remove it");
                return None;
            }
        })
    }

    fn goal_list(&mut self, directive: &Directive, of: GoalFilter, theme: Option<&str>) -> String {
        let (texts, cx) = (self.texts, self.cx);
        let mut goals = tables::chosen(cx.slate, of, theme);
        by_title(&mut goals);
        let missed = std::cell::Cell::new(false);
        let progress = |goal: &_| {
            missed.set(matches!(cx.issues, Issues::Missing(_)));
            progress::progress(texts, cx.issues, goal)
        };
        let owners = |goal: &_| owners::owners_and_champions(texts, goal);
        let list = tables::list_of_goals(texts, &goals, &cx.layout.newest().rfc, &progress, &owners);
        if let (Issues::Missing(path), true, false) = (cx.issues, missed.get(), self.issues_are_missed) {
            self.issues_are_missed = true;
            let message = format!("{} not found: progress is shown as links", crate::sys::paths::shown(path));
            self.note(directive.span, message, &how_to_write(&cx.slate.name));
        }
        list
    }

    /// What only pages have.
    fn site_part(&mut self, directive: &Directive, part: SitePart, argument: Option<&str>) -> Option<String> {
        let (texts, slate) = (self.texts, self.cx.slate);
        let format = self.cx.slate.format.funding.as_ref().or(self.cx.layout.newest().funding.as_ref());
        Some(match part {
            SitePart::GoalChapters | SitePart::RoadmapChapters | SitePart::RoadmapRows => String::new(),
            SitePart::Reports => {
                let help = "remove it, or link the reports where they are";
                self.note(directive.span, "reports are not rendered: this directive gives nothing".to_owned(), help);
                String::new()
            }
            SitePart::Areas => self.areas(self.level_below(directive.span)),
            SitePart::HighlightGoals => sections::of_highlight(texts, argument?, self.level_below(directive.span)),
            SitePart::NeededGoals => sections::with_need(texts, argument?, self.level_below(directive.span)),
            SitePart::Funding => funding::table(texts, format?, argument),
            SitePart::FundingByRoadmap => funding::by_roadmap(texts, format?),
            SitePart::FundingByContact => funding::by_contact(texts, format?),
            SitePart::FundingLegend => funding::legend(slate, format?),
        })
    }

    /// A table of roadmaps for each application area, in the order of their names.
    fn areas(&self, level: u8) -> String {
        let rows = self.cx.slate.roadmaps.iter().filter_map(|roadmap| roadmap.metadata.field(Field::Area));
        let areas: std::collections::BTreeSet<&str> =
            rows.map(|row| row.value.value.as_str()).filter(|area| !area.is_empty()).collect();
        if areas.is_empty() {
            return NONE.to_owned();
        }
        let mark = "#".repeat(level.into());
        let tables =
            areas.into_iter().map(|area| format!("{mark} {area}\n\n{}", tables::roadmaps(self.texts, Some(area))));
        tables.collect::<Vec<_>>().join("\n")
    }

    /// The level of a heading below the one around a place.
    fn level_below(&self, span: Span) -> u8 {
        let headings = self.cx.file.document.headings.iter().filter(|heading| !heading.nested);
        let above = headings.take_while(|heading| heading.span.start < span.start).last();
        above.map_or(1, |heading| heading.level + 1).min(6)
    }

    /// The rows of a roadmap in the place of the row that the directive is in.
    fn rows(&mut self, directive: &Directive, argument: Option<&str>) -> Option<Insert> {
        let name = &directive.name.value;
        let roadmap = argument?;
        let table = self.cx.file.document.table_at(directive.span);
        let row = table.and_then(|table| table.body().iter().find(|row| row.span.contains(directive.span)));
        let is_alone = |row: &Row| row.cells.iter().all(|cell| cell.is_empty() || directive.span.contains(*cell));
        let obstacle = match row {
            None => "outside of a table",
            Some(row) if !is_alone(row) => "beside other text in its row",
            Some(_) => "",
        };
        let Some(row) = row.filter(|_| obstacle.is_empty()) else {
            let help =
                format!("put it into a row of its own: `| {} |`", directive.spelled(&format!("{name}: {roadmap}")));
            self.note(directive.span, format!("`{name}` has no effect {obstacle}"), &help);
            return None;
        };
        let form = Form::Rows { columns: roadmap_rows::COLUMNS, below: false };
        Some(Insert::new(row.span, form, roadmap_rows::rows(self.texts, roadmap)))
    }
}

/// Whether a text says that there is nothing, on a page where nothing can be.
fn slate_has_none(cx: &PageContext<'_>, text: &str) -> bool {
    cx.slate.beside_slates && text.trim_end() == NONE.trim_end()
}

/// What a directive adds to the site that the RFC does not have.
pub(crate) fn shown_part(kind: &DirectiveKind) -> Option<SitePart> {
    match kind {
        DirectiveKind::Nothing { shows } | DirectiveKind::Site { shows, .. } => *shows,
        _ => None,
    }
}

/// Whether a part lists what belongs to the argument of its directive, and nothing without one.
fn needs_argument(part: SitePart) -> bool {
    matches!(part, SitePart::HighlightGoals | SitePart::NeededGoals | SitePart::RoadmapRows)
}

fn is_block(part: SitePart) -> bool {
    !matches!(part, SitePart::GoalChapters | SitePart::RoadmapChapters | SitePart::Reports | SitePart::RoadmapRows)
}
