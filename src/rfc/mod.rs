//! A slate as one Markdown document: the text that is submitted as an RFC.
//!
//! Two steps, and a look at what has come of them. The steps go by spans found on the tree and never by patterns over text. `template` expands
//! directives in the template's text; `finish` parses the result once more and makes it self-contained: links lead to the
//! published site, names become links, headings nest, tables line up, definitions are gathered.

pub(crate) mod finish;
pub(crate) mod footnotes;
pub(crate) mod front_matter;
pub(crate) mod goal_text;
pub(crate) mod held_lines;
pub(crate) mod hidden;
pub(crate) mod highlights;
pub(crate) mod labels;
pub(crate) mod layout;
pub(crate) mod levels;
pub(crate) mod linking;
pub(crate) mod names;
pub(crate) mod open_blocks;
pub(crate) mod people;
pub(crate) mod quote;
pub(crate) mod scope;
pub(crate) mod site;
pub(crate) mod tables;
pub(crate) mod team_tables;
pub(crate) mod template;
pub(crate) mod verify;

use goal_text::GoalTexts;
use scope::Scope;
use site::Site;
use template::Expanded;

pub use verify::{Fault, FaultKind, check, verify};

use crate::markdown::hidden::may_hold_hidden;
use crate::model::rfc_lists::RfcLists;
use crate::model::slate::{Slate, TEMPLATE_FILE};
use crate::policy::config::{Config, FrontMatter};
use crate::sys::error::Error;

/// An RFC's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assembled {
    /// The text, which ends with one line break.
    pub text: String,
    /// What whoever submits it should know.
    pub notes: Vec<String>,
    /// The number of its pull request in the front matter, where there is one.
    pub pr: Option<u64>,
}

/// Fails where the template of a slate that is over has become a page of the site, which lists no goals: no RFC can be made of
/// it any more.
pub fn still_has_template(slate: &Slate) -> Result<(), Error> {
    if slate.template().is_none() || !slate.is_closed || RfcLists::of(slate).has_goals() {
        return Ok(());
    }
    let message =
        format!("{} has become a page of the site: no directive in it lists goals", slate.path_of(TEMPLATE_FILE));
    Err(Error::new(message)
        .help(format!("check out a revision from before it was merged: the slate {} is over", slate.name)))
}

/// Assembles the RFC of a slate. It does so whatever state the slate is in: what is missing is left empty, and nothing that
/// is there is left out. `stated` are lines of the front matter that replace the template's own or the configuration's. Fails
/// where there is no template, where the URL of the site is not configured, or where the text is not as it should be; see
/// [`check`].
pub fn assemble(slate: &Slate, config: &Config, stated: &FrontMatter) -> Result<Assembled, Error> {
    let Some(template) = slate.template() else {
        return Err(Error::new(format!("{} has no {TEMPLATE_FILE}", slate.directory)).help(format!(
            "add the directives that `goals rfc` expands to the slate's {TEMPLATE_FILE}, its template"
        )));
    };
    still_has_template(slate)?;
    let Some(address) = &config.site else {
        return Err(Error::new("the URL of the published site is not configured")
            .help("add `site = \"https://…\"` to goals.toml, or set the repository and site URL under [output.html] in book.toml"));
    };
    stated.check()?;
    let former = config.former_sites.iter().map(|former| former.value.clone());
    let site = Site::new(address, &slate.site_path).moved_from(former);
    let mut notes = Vec::new();
    let mut scope = Scope::new(slate);
    let mut expanded =
        template::expand(&GoalTexts::new(slate, &site), template, config, stated, &mut scope, &mut notes);
    for part in [&mut expanded.body, &mut expanded.footnotes] {
        if part.contains('\r') {
            // Pages may come with line ends of several kinds; the RFC has one.
            *part = part.replace("\r\n", "\n").replace('\r', "\n");
        }
    }
    if may_hold_hidden(&expanded.body) || may_hold_hidden(&expanded.footnotes) {
        let body = hidden::visible(&expanded.closed_text()).into_owned();
        expanded = Expanded { body, footnotes: String::new() };
    }
    let text = finish::finish(&expanded, slate, config, &site, &scope);
    notes.extend(check(slate, config, stated, &text)?);
    Ok(Assembled { text, notes, pr: front_matter::number(slate, config, stated) })
}
