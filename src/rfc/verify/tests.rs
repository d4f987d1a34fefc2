//! Each kind of fault is caught, and whose it is.

use std::path::Path;

use super::FaultKind::*;
use super::*;
use crate::workspace::project::Project;
use crate::{ConfigFiles, rfc};

/// A goal of the fixtures' newest format, which asks one team.
fn goal(title: &str, more: &str) -> String {
    format!(
        "# {title}\n\n| Metadata | |\n|---|---|\n| Point of contact | @mara-okafor |\n| Status | Proposed |\n\
         | [compiler] champion | @mara-okafor |\n\n## Team asks\n\n| Team | Support level | Notes |\n|---|---|---|\n\
         | [compiler] | Large | {more} |\n"
    )
}

const TEMPLATE: &str = "# Title\n\nThere are (((#GOALS))) goals, see [code](#code).[^1]\n\n[^1]: A note.\n\n(((GOALS)))\n\n\
    (((TEAM ASKS)))\n\n(((CHAMPIONS)))\n\n## Code\n\n```text\n(((GOALS)))\n\n\nmore\n```\n\n- [x][t]\n\n[t]: https://y.org\n";

fn project() -> Project {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    Project::open(&fixtures, ConfigFiles::default(), None).unwrap()
}

fn slate(project: &Project, template: &str, more: &str) -> Slate {
    let sources = [("README.md", template.to_owned()), ("a.md", goal("First", more)), ("b.md", goal("Second", ""))];
    let sources = sources.map(|(name, text)| Source::from_bytes(format!("2026/{name}"), text.into_bytes()));
    project.slate("2026", None, false, sources.into()).unwrap().slate
}

/// The faults of the text after it was changed, with whether they stem from the source.
fn faults(template: &str, more: &str, doctor: impl Fn(&str) -> String) -> Vec<(FaultKind, bool)> {
    let project = project();
    let slate = slate(&project, template, more);
    let text = rfc::assemble(&slate, &project.config, &FrontMatter::default()).unwrap().text;
    let doctored = doctor(&text);
    let found = verify(&slate, &project.config, &FrontMatter::default(), &doctored);
    let mut found: Vec<_> = found.into_iter().map(|fault| (fault.kind, fault.from_source)).collect();
    found.dedup();
    found
}

#[test]
fn a_text_as_it_is_made_has_no_fault() {
    assert_eq!(faults(TEMPLATE, "", str::to_owned), []);
}

#[test]
fn each_kind_of_fault_is_caught_as_the_generators_own() {
    let added = |text: &str| {
        let text = text.to_owned();
        move |rfc: &str| rfc.replacen("### Code", &format!("{text}\n\n### Code"), 1)
    };
    let check = |expected: FaultKind, doctor: &dyn Fn(&str) -> String| {
        let project = project();
        let slate = slate(&project, TEMPLATE, "");
        let text = rfc::assemble(&slate, &project.config, &FrontMatter::default()).unwrap().text;
        let doctored = doctor(&text);
        assert_ne!(doctored, text, "{expected:?}: the text is as it was");
        let found = faults(TEMPLATE, "", doctor);
        assert!(found.contains(&(expected, false)), "{expected:?}: {found:?}");
    };
    check(UndefinedReference, &added("[a][nowhere]"));
    check(UndefinedReference, &|rfc| rfc.replace("[t]: https://y.org\n", ""));
    check(UndefinedReference, &added("![a][]"));
    check(DeadAnchor, &added("[a](#nowhere)"));
    check(DeadAnchor, &|rfc| rfc.replace("### Code", "### Codes"));
    check(BrokenLink, &added("a](https://y.org b)"));
    check(RelativeLink, &added("[a](./a.md)"));
    check(RelativeLink, &added("![a](a.png)"));
    check(RelativeLink, &added("a <a href='./a.md'>b</a>"));
    check(RelativeLink, &added("<details><summary>a</summary><img SRC=a.png></details>"));
    check(HiddenCharacter, &added("a\u{202e}b"));
    check(HiddenCharacter, &added("a&#x200b;b"));
    check(HiddenCharacter, &|rfc| rfc.replace("\n\n\nmore", "\n\n\nmo\u{ad}re"));
    check(UnsafeHtml, &added("a</td></tr></table>"));
    check(UnsafeHtml, &added("<details>\n\na"));
    check(UnsafeHtml, &added("a <b onclick='b()'>c</b>"));
    check(WrappedAddress, &added("[a](https://goals.example.org/https://y.org)"));
    check(RaggedTable, &added("| a | b |\n|---|---|\n| c | 😀 |\n| ccc | d |"));
    check(RaggedTable, &added("| a |\n|---|\n| c | d |"));
    check(LeftoverDirective, &added("<!-- GOALS -->"));
    check(LeftoverDirective, &added("a (((#GOALS))) b"));
    check(LeftoverSuppression, &added("a <!-- goals: allow(x) y -->"));
    check(UnusedDefinition, &|rfc| format!("{rfc}[unused]: https://y.org\n"));
    check(RepeatedDefinition, &|rfc| format!("{rfc}[T]: https://y.org\n"));
    check(HeadingJump, &added("###### Deep"));
    check(BlankLines, &|rfc| rfc.replace("### Code\n\n", "### Code\n"));
    check(BlankLines, &|rfc| rfc.replace("### Code\n\n", "### Code\n\n\n"));
    check(FirstLevel, &|rfc| rfc.replacen("## Title", "# Title", 1));
    check(UndefinedFootnote, &added("a[^2]"));
    check(LeftoverDirective, &added("((TEAM ASKS))"));
    check(MissingGoal, &|rfc| rfc.replace("/b.html", "/c.html"));
    check(MissingAsk, &|rfc| rfc.replace("compiler team", "lang team"));
    check(TextEnd, &|rfc| format!("{rfc}\n"));
    check(TextEnd, &|rfc| rfc.trim_end().to_owned());
    check(TextEnd, &|rfc| rfc.replace('\n', "\r\n"));
    check(ChangedCode, &|rfc| rfc.replace("\n\n\nmore", "\n\nmore"));
    check(ChangedCode, &added("```text\nnew\n```"));
    check(WrongNumber, &|rfc| rfc.replace("are 2 goals", "are 3 goals"));
    check(WrongNumber, &|rfc| rfc.replacen("| 2 ", "| 1 ", 1));
    let row_of = |rfc: &str, title: &str| {
        let row = rfc.lines().find(|line| line.starts_with(&format!("| [{title}]"))).unwrap();
        format!("{row}\n")
    };
    check(WrongTable, &|rfc| rfc.replacen(&row_of(rfc, "First"), "", 1));
    check(WrongTable, &|rfc| rfc.replacen(&row_of(rfc, "First"), &row_of(rfc, "First").repeat(2), 1));
    check(MissingAsk, &|rfc| {
        let at = rfc.find("compiler team").unwrap();
        format!("{}{}", &rfc[..at], rfc[at..].replacen(&row_of(&rfc[at..], "Second"), "", 1))
    });
}

#[test]
fn what_the_slate_says_amiss_is_its_own() {
    let with = |more: &str| format!("{TEMPLATE}\n{more}\n");
    for (template, more, expected) in [
        (with("[x][nowhere] and [nowhere][]"), "", UndefinedReference),
        (TEMPLATE.to_owned(), "for [x][nowhere]", UndefinedReference),
        (with("[x](#nowhere)"), "", DeadAnchor),
        (with("[x][d]\n\n[d]: #nowhere"), "", DeadAnchor),
        (with("[x](<>)"), "", RelativeLink),
        (with("x](http://y.org"), "", BrokenLink),
        (with("| a |\n|---|\n| b | c |"), "", RaggedTable),
        (with("a <b>c"), "", UnsafeHtml),
        (TEMPLATE.to_owned(), "see</table>", UnsafeHtml),
        (with("(((TEAM ASKZ)))"), "", LeftoverDirective),
        (TEMPLATE.to_owned(), "(((GOALS)))", LeftoverDirective),
    ] {
        assert_eq!(faults(&template, more, str::to_owned), [(expected, true)], "{template}{more}");
    }
}

#[test]
fn a_link_that_the_generator_lost_is_not_the_slates() {
    // The label and the heading are defined in the template, so their absence cannot stem from it.
    let lost = faults(TEMPLATE, "", |rfc| rfc.replace("[x][t]", "[x][u]").replace("[t]: https://y.org\n", ""));
    assert_eq!(lost, [(UndefinedReference, false)]);
    let lost = faults(TEMPLATE, "", |rfc| rfc.replace("(#code)", "(#codes)"));
    assert_eq!(lost, [(DeadAnchor, false)]);
}

#[test]
fn a_wrong_text_is_a_failure_that_names_the_place() {
    let project = project();
    let slate = slate(&project, TEMPLATE, "");
    let text = rfc::assemble(&slate, &project.config, &FrontMatter::default()).unwrap().text;
    assert_eq!(check(&slate, &project.config, &FrontMatter::default(), &text).unwrap(), [""; 0]);
    let doctored = text.replacen("see [code](#code)", "see [code](./code.md)", 1);
    let failure = check(&slate, &project.config, &FrontMatter::default(), &doctored).unwrap_err();
    let line = text.lines().position(|line| line.contains("see [code]")).unwrap() + 1;
    assert!(failure.message().contains(&format!("line {line} ")), "{failure}");
    assert!(failure.message().contains("`[code](./code.md)`"), "{failure}");
    assert!(failure.advice().unwrap().contains("report"));
    let (source, span) = failure.place().unwrap();
    assert_eq!(source.slice(span), "[code](./code.md)");
}
