//! The lines above the text: a list of what the RFC repository wants to know.

use crate::model::front_matter::{FrontMatterList, pull_request};
use crate::model::slate::{File, Slate};
use crate::policy::config::{Config, FrontMatter};
use crate::policy::format::FrontMatterKey;
use crate::text::edits::Edits;
use crate::text::source::Span;

/// Puts stated values into the front matter that a template brings itself, and gives the line of the pull request its one form.
/// Answers whether the template has any.
pub(crate) fn restate(slate: &Slate, file: &File, stated: &FrontMatter, edits: &mut Edits) -> bool {
    let Some(list) = FrontMatterList::of(slate, file) else { return false };
    let mark = file.source.slice(list.mark);
    let stated = FrontMatter { pr: stated.pr.or_else(|| written_number(file, &list)), ..stated.clone() };
    let mut above = None;
    for (key, name) in &slate.format.rfc.front_matter {
        let found = list.line(*key);
        if let Some(value) = stated.value(*key) {
            match (found, above) {
                (Some(line), _) => {
                    let text = file.source.slice(line.span);
                    let colon = text.find(':').map_or(text.len(), |colon| colon + 1);
                    edits.replace(line.span.part(colon..text.len()), format!(" {value}"));
                }
                (None, Some(above)) => {
                    let above: Span = above;
                    edits.replace(Span::at(above.end as usize), format!("\n{mark}{name}: {value}"));
                }
                (None, None) => {
                    edits.replace(Span::at(list.mark.start as usize), format!("{mark}{name}: {value}\n"));
                }
            }
        }
        above = found.map(|line| line.span).or(above);
    }
    true
}

/// The number of the pull request that the front matter of a template names, where it can be read.
fn written_number(file: &File, list: &FrontMatterList) -> Option<u64> {
    pull_request(file.source.slice(list.line(FrontMatterKey::Pr)?.value))
}

/// The number of the pull request in the front matter of a slate's RFC; `None` where it has none yet.
pub(crate) fn number(slate: &Slate, config: &Config, stated: &FrontMatter) -> Option<u64> {
    let written = || {
        let file = &slate.files[slate.template()?];
        let list = FrontMatterList::of(slate, file);
        match &list {
            Some(list) => written_number(file, list),
            None => config.front_matter(slate.period?)?.pr,
        }
    };
    stated.pr.or_else(written).filter(|number| *number != 0)
}

/// The front matter of a template that brings none: what is stated, then what the configuration states. What neither states
/// stays empty and is said.
pub(crate) fn made(slate: &Slate, config: &Config, stated: &FrontMatter, notes: &mut Vec<String>) -> String {
    let values = stated.or(slate.period.and_then(|period| config.front_matter(period)));
    let mut text = String::new();
    let mut missing = Vec::new();
    for (key, name) in &slate.format.rfc.front_matter {
        match values.value(*key) {
            Some(value) => text.push_str(&format!("- {name}: {value}\n")),
            None => {
                text.push_str(&format!("- {name}:\n"));
                missing.push(format!("`{name}`"));
            }
        }
    }
    if !missing.is_empty() {
        notes.push(format!(
            "missing front matter: {}; set it in `[rfc.{}]` of goals.toml",
            missing.join(", "),
            slate.name
        ));
    }
    text.push('\n');
    text
}
