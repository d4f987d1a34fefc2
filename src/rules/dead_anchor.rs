//! A link to a heading that the RFC does not have.

use std::collections::{BTreeSet, HashMap};

use crate::finding::Finding;
use crate::markdown::{anchor, percent_decode};
use crate::nearest::nearest;
use crate::period::DirectiveKind;
use crate::rfc::chapters::files_in_rfc;
use crate::slate::{File, Slate};
use crate::source::Span;

pub(crate) fn check(slate: &Slate) -> Vec<(usize, Finding)> {
    let in_rfc = files_in_rfc(slate);
    let files: Vec<&File> = in_rfc.iter().map(|index| &slate.files[*index]).collect();
    let anchors = anchors(slate, &files);
    let mut findings = Vec::new();
    for (index, file) in slate.files.iter().enumerate().filter(|(index, _)| in_rfc.contains(index)) {
        for (span, target) in file.targets() {
            let Some(wanted) = target.strip_prefix('#') else { continue };
            // The top of a page needs no heading, and what is written with escapes is compared without them.
            let decoded = percent_decode(wanted);
            if matches!(wanted, "" | "top") || anchors.contains(&decoded) || has_own_anchor(&files, &decoded) {
                continue;
            }
            let finding = Finding::new(span, format!("the RFC has no heading for `#{wanted}`"));
            findings.push((
                index,
                finding.help(match nearest(&decoded, anchors.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean `#{near}`?"),
                    None => "write the words of a heading in lower case, with `-` for spaces".to_owned(),
                }),
            ));
        }
    }
    findings
}

/// The anchors of the RFC, as GitHub makes them: of two headings with one text the second ends in `-1`.
fn anchors(slate: &Slate, files: &[&File]) -> BTreeSet<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut anchors = BTreeSet::new();
    let mut add = |text: &str| {
        let base = anchor(text);
        let number = seen.entry(base.clone()).or_insert(0);
        anchors.insert(if *number == 0 { base } else { format!("{base}-{number}") });
        *number += 1;
    };
    for (position, file) in files.iter().enumerate() {
        // The first heading of a chapter goes, and with directives in a heading its anchor is not known before.
        let headings = file.document.headings.iter().skip(usize::from(position > 0));
        for heading in headings.filter(|heading| !has_directive(file, heading.span)) {
            add(&heading.text);
        }
        let kinds = file.directives.iter().filter_map(|directive| slate.format.directives.get(&directive.name.value));
        if kinds.into_iter().any(|kind| *kind == DirectiveKind::TeamAsks) {
            let goals = slate.goals.iter().filter(|goal| Slate::may_be_accepted(goal));
            let teams: BTreeSet<&str> = goals.flat_map(|goal| goal.teams()).collect();
            teams.into_iter().for_each(|team| add(&format!("{team} team")));
        }
    }
    anchors
}

fn has_directive(file: &File, heading: Span) -> bool {
    file.directives.iter().any(|directive| heading.contains(directive.span))
}

/// Whether a heading with a directive or a piece of HTML (`<a id="x">`) may have the anchor: it gets the benefit of the doubt.
fn has_own_anchor(files: &[&File], wanted: &str) -> bool {
    let in_html = |file: &&File| {
        let text = file.source.text();
        [format!("id=\"{wanted}\""), format!("name=\"{wanted}\"")].iter().any(|attribute| text.contains(attribute))
    };
    let words: Vec<&str> =
        wanted.split('-').filter(|word| word.len() > 1 && !word.bytes().all(|b| b.is_ascii_digit())).collect();
    let in_directive = |file: &&File| {
        let headings = file.document.headings.iter().filter(|heading| has_directive(file, heading.span));
        headings.into_iter().any(|heading| {
            let heading = anchor(&heading.text);
            !words.is_empty() && words.iter().all(|word| heading.contains(word))
        })
    };
    files.iter().any(|file| in_html(file) || in_directive(file))
}
