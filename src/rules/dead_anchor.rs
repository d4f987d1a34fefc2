//! A link to a heading that the RFC does not have.

use std::collections::HashMap;

use crate::finding::Finding;
use crate::markdown::{Document, anchor};
use crate::nearest::nearest;
use crate::period::DirectiveKind;
use crate::rfc::chapters::{chapters, is_in_rfc};
use crate::slate::{File, Slate};
use crate::source::Span;

pub(crate) fn check(slate: &Slate) -> Vec<(usize, Finding)> {
    let Some(template) = slate.template() else { return vec![] };
    let anchors = anchors(slate, &slate.files[template]);
    let mut findings = Vec::new();
    for (index, file) in slate.files.iter().enumerate().filter(|(_, file)| is_in_rfc(slate, file)) {
        for (span, target) in targets(file) {
            let Some(wanted) = target.strip_prefix('#') else { continue };
            if anchors.contains_key(wanted) {
                continue;
            }
            let finding = Finding::new(span, format!("the RFC has no heading for `#{wanted}`"));
            findings.push((
                index,
                finding.help(
                    match nearest(wanted, anchors.keys().map(String::as_str).collect::<std::collections::BTreeSet<_>>())
                    {
                        Some(near) => format!("did you mean `#{near}`?"),
                        None => "write the words of a heading in lower case, with `-` for spaces".to_owned(),
                    },
                ),
            ));
        }
    }
    findings
}

/// The anchors of the RFC, as GitHub makes them: of two headings with one text the second ends in `-1`.
fn anchors(slate: &Slate, template: &File) -> HashMap<String, ()> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut anchors = HashMap::new();
    let mut add = |text: &str| {
        let base = anchor(text);
        let number = seen.entry(base.clone()).or_insert(0);
        anchors.insert(if *number == 0 { base } else { format!("{base}-{number}") }, ());
        *number += 1;
    };
    let headings =
        |document: &Document| document.headings.iter().map(|heading| heading.text.clone()).collect::<Vec<_>>();
    let mut files = vec![template];
    headings(&template.document).iter().for_each(|text| add(text));
    for chapter in chapters(slate, template) {
        let page = &slate.files[chapter.page];
        // The first heading of a chapter goes.
        headings(&page.document).iter().skip(1).for_each(|text| add(text));
        files.push(page);
    }
    let asks = |file: &&File| {
        let kinds = file.directives.iter().filter_map(|directive| slate.format.directives.get(&directive.name.value));
        kinds.into_iter().any(|kind| *kind == DirectiveKind::TeamAsks)
    };
    if files.iter().any(asks) {
        let teams = slate.goals.iter().filter(|goal| Slate::may_be_accepted(goal)).flat_map(|goal| goal.teams());
        let teams: std::collections::BTreeSet<&str> = teams.collect();
        teams.into_iter().for_each(|team| add(&format!("{team} team")));
    }
    anchors
}

/// Where the links of a file lead within the RFC: destinations, and definitions that somebody uses.
fn targets(file: &File) -> Vec<(Span, &str)> {
    let document = &file.document;
    let inline = document.links.iter().filter_map(|link| link.destination);
    let used = |normal: &str| {
        let labels = document.links.iter().filter_map(|link| link.label);
        labels.into_iter().any(|label| crate::markdown::normalize_label(file.source.slice(label)) == normal)
    };
    let defined = document
        .definitions
        .iter()
        .filter(|definition| file.source.slice(definition.target).starts_with('#') && used(&definition.normal));
    inline.chain(defined.map(|definition| definition.target)).map(|span| (span, file.source.slice(span))).collect()
}
