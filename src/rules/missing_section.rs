//! A section that a goal must have and has not.

use crate::finding::Finding;
use crate::goal::Goal;
use crate::nearest::nearest;
use crate::period::Required;
use crate::slate::{Slate, anchor};

pub(crate) fn check(slate: &Slate, goal: &Goal) -> Vec<Finding> {
    let file = slate.file_of(goal);
    let headings = || file.document.headings.iter().filter(|heading| !heading.nested);
    let required = slate.format.sections.iter().filter(|(name, section)| match section.required {
        Required::Never => false,
        Required::Always => true,
        Required::WhenUsed => slate.files.iter().any(|file| file.document.headings.iter().any(|h| h.text == **name)),
        Required::UnlessNotAccepted => Slate::may_be_accepted(goal),
    });
    let missing = required.map(|(name, _)| name).filter(|name| !headings().any(|heading| heading.text == **name));
    let finding = |name: &String| match headings().find(|heading| nearest(&heading.text, [name.as_str()]).is_some()) {
        Some(meant) => Finding::new(meant.content, format!("the section `{}` is misspelt", meant.text))
            .help(format!("write `{name}`")),
        None => Finding::new(anchor(file), format!("this goal has no section `{name}`"))
            .help(format!("add the heading `## {name}` and what belongs below it")),
    };
    missing.map(finding).collect()
}
