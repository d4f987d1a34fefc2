//! A link to a heading that its page, or the RFC, does not have.

use std::cell::OnceCell;

use hashbrown::HashMap;

use crate::diagnostics::finding::Finding;
use crate::links::anchors::Anchors;
use crate::links::resolution::Resolution;
use crate::links::target::{Inside, Target};
use crate::markdown::anchor::anchor;
use crate::markdown::escape::percent_decode;
use crate::rules::context::LintContext;
use crate::rules::shared::instructions;
use crate::text::ids::FileId;
use crate::text::source::Span;

pub(crate) fn check(cx: &LintContext<'_>) -> Vec<(FileId, Finding)> {
    let in_rfc = cx.slate.in_rfc();
    let mut known = Known { cx, rfc: OnceCell::new(), pages: HashMap::new() };
    let mut findings = Vec::new();
    for file in cx.slate.files.iter().filter(|file| cx.wants(file.id)) {
        let mut of_file = Vec::new();
        for (target, written) in cx.all_targets(file).filter(|(target, _)| target.is_used && target.has_anchor()) {
            let Some(at) = written.find('#').filter(|at| at + 1 < written.len()) else { continue };
            let span = target.span.part(at..written.len());
            let finding = match target.place(written) {
                Target::Here(anchor) if in_rfc.contains(&file.id) => judge(known.rfc(), "the RFC", span, anchor),
                Target::Here(anchor) => known.of(file.id).and_then(|page| judge(page, "this file", span, anchor)),
                Target::Inside(inside) => known.judge(span, &inside),
                Target::Beyond | Target::Elsewhere => None,
            };
            of_file.extend(finding);
        }
        let of_file = instructions::outside(cx.slate, file, of_file);
        findings.extend(of_file.into_iter().map(|finding| (file.id, finding)));
    }
    findings
}

/// The anchors of pages, each read when a link first asks for one.
struct Known<'s> {
    cx: &'s LintContext<'s>,
    rfc: OnceCell<Anchors>,
    pages: HashMap<FileId, Anchors>,
}

impl Known<'_> {
    fn rfc(&self) -> &Anchors {
        let slate = self.cx.slate;
        self.rfc.get_or_init(|| Anchors::of_chapters(slate, slate.in_rfc().iter().map(|id| &slate.files[*id])))
    }

    fn of(&mut self, id: FileId) -> Option<&Anchors> {
        let slate = self.cx.slate;
        let file = &slate.files[id];
        let read = || Anchors::of_page(slate, &file.source, &file.document, &file.directives);
        Some(self.pages.entry(id).or_insert_with(read))
    }

    fn judge(&mut self, span: Span, inside: &Inside<'_>) -> Option<Finding> {
        let wanted = inside.anchor?;
        let path = match self.cx.find(&inside.path) {
            Resolution::File => &inside.path,
            Resolution::PageOf { from } => &from.clone(),
            Resolution::Missing | Resolution::NotChecked => return None,
        };
        let name = format!("`{}`", path.rsplit('/').next().unwrap_or(path));
        match self.cx.slate.file_at(path) {
            Some(file) => judge(self.of(file)?, &name, span, wanted),
            None => judge(self.cx.outside?.anchors(path)?, &name, span, wanted),
        }
    }
}

fn judge(anchors: &Anchors, page: &str, span: Span, wanted: &str) -> Option<Finding> {
    // What is written with escapes is compared without them.
    let decoded = percent_decode(wanted);
    if anchors.has(&decoded) {
        return None;
    }
    let finding = Finding::new(span, format!("no heading `#{wanted}` in {page}"));
    Some(match anchors.did_you_mean(&decoded) {
        Some(near) => {
            // The words of the heading itself are its anchor in another form.
            let fix = (near == anchor(decoded.trim())).then(|| (span, format!("#{near}")));
            finding.help(format!("did you mean `#{near}`?")).maybe_fix(fix)
        }
        None => finding.help("an anchor is the text of a heading in lower case, with `-` for spaces"),
    })
}
