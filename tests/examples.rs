//! Every rule, tried on the examples of its own file: what is common to all rules is proved here, so that a rule needs no
//! test of its own.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

use std::path::Path;

use goals::output::Style;
use goals::output::findings::{self, Checked};
use goals::{
    Change, ConfigFiles, Counts, Diagnostic, Encoding, Example, Level, Levels, PeriodName, Project, RULES, Rule,
    RuleLevel, Slate, Source, lint,
};

const DIRECTORY: &str = "examples";

/// The project whose roster and asks the examples use.
fn fixture() -> Project {
    Project::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"), ConfigFiles::default(), None).unwrap()
}

fn bytes(text: &str, encoding: Option<Encoding>) -> Vec<u8> {
    match encoding {
        Some(Encoding::Latin1) => text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect(),
        None => text.into(),
    }
}

/// The slate that an example makes of one of its two texts.
fn slate(project: &Project, example: &Example, text: Vec<u8>) -> Slate {
    let path = |name: &str| format!("{DIRECTORY}/{name}");
    let mut sources = vec![Source::from_bytes(path(example.file.as_deref().unwrap_or("example.md")), text)];
    sources.extend(example.with.iter().map(|(name, text)| Source::from_bytes(path(name), text.clone().into())));
    if example.beside_slates {
        return project.pages_beside_slates(DIRECTORY, sources).unwrap();
    }
    let period = example.period.as_deref().map(|name| PeriodName::parse(name).unwrap());
    project.slate(DIRECTORY, period, false, sources).unwrap().slate
}

/// The slate of an example once it is repaired.
fn repaired(project: &Project, example: &Example) -> Slate {
    let mut example = example.clone();
    example.file = example.renamed.take().or(example.file);
    slate(project, &example, bytes(&example.passes, None))
}

/// The built-in levels, and this rule on: some are off where nothing else is said.
fn levels_with(rule: &Rule) -> Levels {
    let mut levels = Levels::built_in().unwrap();
    if rule.read().unwrap().level == Level::Off {
        levels.set(rule.id, Level::Warn).unwrap();
    }
    levels
}

fn of_rule(slate: &Slate, rule: &Rule) -> Vec<Diagnostic> {
    // With every rule on: some look at what others found.
    let mut found = lint(slate, None, &levels_with(rule));
    found.retain(|reported| reported.rule == rule.id);
    found
}

/// Calls `judge` for every example of every rule and shows all complaints together.
fn for_each_example(judge: impl Fn(&Project, &Rule, &Example) -> Vec<String>) {
    let project = fixture();
    let mut complaints = Vec::new();
    for rule in RULES {
        for example in &rule.read().unwrap().examples {
            let found = judge(&project, rule, example);
            complaints.extend(found.into_iter().map(|what| format!("{}, {}: {what}", rule.id, example.title)));
        }
    }
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn what_fails_is_found_and_what_passes_is_not() {
    for_each_example(|project, rule, example| {
        let mut complaints = Vec::new();
        if of_rule(&slate(project, example, bytes(&example.fails, example.encoding)), rule).is_empty() {
            complaints.push("`fails` has no finding of the rule".to_owned());
        }
        for reported in of_rule(&repaired(project, example), rule) {
            complaints.push(format!("`passes` has a finding: {}", reported.finding.message));
        }
        complaints
    });
}

#[test]
fn a_repaired_text_is_free_of_errors() {
    for_each_example(|project, _, example| {
        let slate = repaired(project, example);
        let found = lint(&slate, None, &Levels::built_in().unwrap());
        let errors = found.iter().filter(|reported| reported.level == Level::Error);
        errors.map(|error| format!("`passes` has an error, {}: {}", error.rule, error.finding.message)).collect()
    });
}

#[test]
fn one_mistake_is_one_finding() {
    for_each_example(|project, rule, example| {
        let slate = slate(project, example, bytes(&example.fails, example.encoding));
        let found = lint(&slate, None, &Levels::built_in().unwrap());
        let others = found.iter().filter(|reported| reported.rule != rule.id && reported.level == Level::Error);
        others.map(|other| format!("`fails` has an error of {} too: {}", other.rule, other.finding.message)).collect()
    });
}

#[test]
fn every_place_lies_in_its_text() {
    for_each_example(|project, rule, example| {
        let slate = slate(project, example, bytes(&example.fails, example.encoding));
        let mut complaints = Vec::new();
        for reported in lint(&slate, None, &levels_with(rule)) {
            let related = reported.finding.related.iter().map(|related| (related.file, related.span));
            for (file, span) in std::iter::once((reported.file, reported.finding.span)).chain(related) {
                if slate.files[file].source.text().get(span.range()).is_none() {
                    complaints.push(format!("{span:?} does not lie in the text, or not between characters"));
                }
            }
            if reported.finding.help.is_none() {
                complaints.push(format!("no help: {}", reported.finding.message));
            }
        }
        complaints
    });
}

/// A text without what it quotes.
fn without_quotes(text: &str) -> String {
    text.split('`').step_by(2).collect::<Vec<_>>().join("`")
}

#[test]
fn help_is_one_order_or_one_question() {
    for_each_example(|project, rule, example| {
        let slate = slate(project, example, bytes(&example.fails, example.encoding));
        let helps = of_rule(&slate, rule).into_iter().filter_map(|reported| reported.finding.help);
        let is_glued = |help: &String| {
            let words = without_quotes(help);
            words.contains(';') || words.contains(". ") || words.trim_end_matches('?').contains('?')
        };
        helps.filter(is_glued).map(|help| format!("two sentences in one: {help}")).collect()
    });
}

/// The text of an example's file after every fix of its rule.
fn fixed(project: &Project, rule: &Rule, example: &Example) -> Option<String> {
    let slate = slate(project, example, bytes(&example.fails, example.encoding));
    let path = format!("{DIRECTORY}/{}", example.file.as_deref().unwrap_or("example.md"));
    let mut levels = Levels::built_in().unwrap();
    levels.set("all", Level::Off).unwrap();
    levels.set(rule.id, Level::Error).unwrap();
    goals::fix(&slate, None, &levels, |file, _| file == path).texts.remove(&path)
}

#[test]
fn what_is_said_to_be_fixable_is_fixed() {
    for_each_example(|project, rule, example| {
        let fixable = rule.read().unwrap().fixable;
        match fixed(project, rule, example) {
            Some(text) if !fixable => vec![format!("the rule is not declared fixable, but fixes this:\n{text}")],
            Some(_) if example.fixable == Some(false) => vec!["said not to be fixable, but is".to_owned()],
            Some(text) if text != example.passes => vec![format!("the fix is not `passes`, but\n{text}")],
            None if fixable && example.fixable != Some(false) => vec!["nothing is fixed".to_owned()],
            _ => vec![],
        }
    });
    let fixes_none = |rule: &&Rule| {
        let data = rule.read().unwrap();
        data.fixable && data.examples.iter().all(|example| example.fixable == Some(false))
    };
    assert_eq!(
        RULES.iter().filter(fixes_none).map(|rule| rule.id).collect::<Vec<_>>(),
        [""; 0],
        "fixable without an example"
    );
}

#[test]
fn a_fix_leaves_nothing_to_fix_and_no_new_error() {
    for_each_example(|project, rule, example| {
        let Some(text) = fixed(project, rule, example) else { return vec![] };
        let errors = |text: &str| {
            let slate = slate(project, example, text.into());
            let found = lint(&slate, None, &Levels::built_in().unwrap());
            let mine = found.iter().any(|reported| reported.rule == rule.id && reported.finding.fix.is_some());
            (mine, found.iter().filter(|reported| reported.level == Level::Error).count())
        };
        let (_, before) = errors(&example.fails);
        let (left, after) = errors(&text);
        let mut complaints = Vec::new();
        if left {
            complaints.push("a second run would fix more".to_owned());
        }
        if after > before {
            complaints.push("the fix makes new errors".to_owned());
        }
        complaints
    });
}

#[test]
fn rules_and_their_files_agree() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let files = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|extension| extension == "toml"));
    let mut files: Vec<String> = files.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    files.sort();
    let mut ids: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    ids.sort_unstable();
    assert_eq!(ids, files, "the list in src/rules/registry.rs and the files in rules/ differ");
    for rule in RULES {
        let data = rule.read().unwrap();
        let written = RuleLevel::built_in(data.level, data.outside_rfc);
        assert_eq!(rule.level().unwrap(), written, "{}: the level is not on the first line", rule.id);
        let changes: Vec<Change> = rule.fix_changes().collect();
        assert_eq!(changes, data.fix_changes, "{}: `fix-changes` is not one line above the summary", rule.id);
        assert_eq!(rule.in_comments(), data.in_comments, "{}: `in-comments` is not above the summary", rule.id);
        assert_eq!(rule.says_meant(), data.says_meant, "{}: `says-meant` is not above the summary", rule.id);
        assert_eq!(rule.fixable(), data.fixable, "{}: `fixable` is not above the summary", rule.id);
        assert_eq!((rule.summary(), rule.explanation()), (&*data.summary, &*data.explanation), "{}", rule.id);
        assert!(changes.is_empty() || data.fixable, "{}: what is never fixed changes nothing", rule.id);
        assert!(!data.examples.is_empty(), "{} has no example", rule.id);
        assert!(!data.summary.ends_with('.') && data.summary.len() <= 100, "{}: one line without a full stop", rule.id);
    }
}

#[test]
fn snapshots() {
    let project = fixture();
    for rule in RULES {
        let mut text = String::new();
        for example in &rule.read().unwrap().examples {
            let slate = slate(&project, example, bytes(&example.fails, example.encoding));
            let findings = of_rule(&slate, rule);
            let checked = Checked {
                slate: &slate,
                root: &project.root,
                findings: &findings,
                suppressed: 0,
                counts: Counts::default(),
            };
            text.push_str(&format!("# {}\n\n", example.title));
            for reported in &findings {
                text.push_str(&findings::finding(&checked, reported, &project.root, Style::new(false, Some(80))));
                text.push('\n');
            }
        }
        let longest = text.lines().map(unicode_width::UnicodeWidthStr::width).max();
        assert!(longest <= Some(80), "{}: a line is wider than 80 columns", rule.id);
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../snapshots");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(rule.id, text));
    }
}
