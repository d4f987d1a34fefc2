//! A section that a goal must have and has not.

use crate::finding::Finding;
use crate::goal::Goal;
use crate::nearest::{nearest, same};
use crate::slate::{File, Slate, anchor};

pub(crate) fn check(slate: &Slate, goal: &Goal) -> Vec<Finding> {
    let file = slate.file_of(goal);
    let headings = || file.document.headings.iter().filter(|heading| !heading.nested);
    let required = slate.format.sections.iter().filter(|(name, section)| {
        let is_used = |file: &File| file.document.headings.iter().any(|heading| heading.text == **name);
        Slate::requires(section.required, goal, || slate.files.iter().any(is_used))
    });
    let missing = required.map(|(name, _)| name).filter(|name| !headings().any(|heading| heading.text == **name));
    let finding = |name: &String| match headings().find(|heading| nearest(&heading.text, [name.as_str()]).is_some()) {
        Some(meant) => Finding::new(meant.content, format!("the section `{}` is misspelt", meant.text))
            .help(format!("write `{name}`"))
            .maybe_fix(same(&meant.text, [name.as_str()]).map(|name| (meant.content, name.to_owned()))),
        None => Finding::new(anchor(file), format!("this goal has no section `{name}`"))
            .help(format!("add the heading `## {name}` and what belongs below it")),
    };
    missing.map(finding).collect()
}
