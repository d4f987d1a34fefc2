//! The front matter of a new slate: its own name, and what is not known yet.

use super::passing::with_period;
use crate::markdown::document::Document;
use crate::model::front_matter::FrontMatterList;
use crate::model::slate::{File, Slate};
use crate::policy::format::{Format, FrontMatterKey};
use crate::text::source::Span;

/// The list at the top of a template, a line for each key of the format. `name` is the feature name.
pub(crate) fn front_matter(format: &Format, name: &str) -> String {
    let value = |key: &FrontMatterKey| match key {
        FrontMatterKey::FeatureName => name.to_owned(),
        // When and where it is discussed is known once somebody begins.
        FrontMatterKey::StartDate => "YYYY-MM-DD".to_owned(),
        FrontMatterKey::Pr => "[rust-lang/rfcs#0000](https://github.com/rust-lang/rfcs/pull/0000)".to_owned(),
        FrontMatterKey::Issue => "N/A".to_owned(),
    };
    format.rfc.front_matter.iter().map(|(key, label)| format!("- {label}: {}\n", value(key))).collect()
}

/// The feature name of a new slate: that of an older one with the new period in it, else what the format says.
pub(crate) fn feature_name(format: &Format, old: Option<(&Slate, &File)>, period: &str) -> String {
    let older = old.and_then(|(slate, file)| {
        let list = FrontMatterList::of(slate, file)?;
        let value = file.source.slice(list.line(FrontMatterKey::FeatureName)?.value);
        // `_` joins the words of such a name.
        let apart = value.replace('_', "\u{1f}");
        let renewed = with_period(&apart, slate.period?, period);
        (renewed != apart).then(|| renewed.replace('\u{1f}', "_"))
    });
    let of_format = || match format.new_slate.feature_name.as_str() {
        "" => format!("`project_goals_{period}`"),
        name => format!("`{}`", name.replace("{period}", period)),
    };
    older.unwrap_or_else(of_format)
}

/// Where the front matter of a template is, if it has one.
pub(crate) fn place(slate: &Slate, file: &File, document: &Document) -> Option<Span> {
    let list = FrontMatterList::of(slate, file)?;
    // The block of the list, which may say more than the lines that are known.
    document.blocks.iter().find(|block| block.depth == 0 && block.span.contains(list.span)).map(|block| block.span)
}
