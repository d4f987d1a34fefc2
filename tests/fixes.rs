//! What `--fix` leaves alone: whatever would change what is asked of whom, or take something out.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use goals::{ConfigFiles, Level, Levels, Project, Source, fix, lint};

/// A goal of 2026 with a row in its metadata and one in its asks.
fn goal_of_2026(metadata: &str, asks: &str) -> String {
    format!(
        "# Warm starts\n\n| Metadata | |\n|---|---|\n| Point of contact | @hanae |\n| Status | Proposed |\n{metadata}\n\n\
         ## Team asks\n\n| Team | Support level | Notes |\n|---|---|---|\n| [cargo] | Small | |\n{asks}\n"
    )
}

/// A goal of 2025h1 with a row in its tasks.
fn goal_of_2025h1(task: &str) -> String {
    format!(
        "# Warm starts\n\n| Metadata | |\n|---|---|\n| Point of contact | @hanae |\n| Status | Proposed |\n\n\
         ## Ownership and team asks\n\n| Task | Owner(s) or team(s) | Notes |\n|---|---|---|\n\
         | Standard reviews | ![Team][] [cargo] | |\n{task}\n"
    )
}

/// How many errors a text has, and what becomes of it.
fn fixed(period: &str, text: &str) -> (usize, String) {
    let project = Project::open(&common::fixtures(), ConfigFiles::default(), None).unwrap();
    let levels = Levels::built_in().unwrap();
    let path = format!("{period}/warm-starts.md");
    let source = Source::from_bytes(path.clone(), text.as_bytes().to_vec());
    let slate = project.slate(period, None, false, vec![source]).unwrap().slate;
    let errors = lint(&slate, None, &levels).iter().filter(|found| found.level == Level::Error).count();
    let fixed = fix(&slate, None, &levels, |_, _| true);
    (errors, fixed.texts.get(&path).map_or(text, String::as_str).to_owned())
}

#[test]
fn words_and_signs_beside_a_team_are_errors_and_stay() {
    for cell in [
        "not [lang]",
        "[lang] (no)",
        "maybe [lang]",
        "[lang]?",
        "no [lang]",
        "[lang] or [types]",
        "(lang)",
        "!lang",
        "[lang] \u{2013} nein",
        "\"lang\"",
        "not lang",
        "~~[lang]~~",
        "`[lang]`",
        "`lang`",
        "~~lang~~",
        "<!-- [lang] -->",
        "<s>[lang]</s>",
        "<del>lang</del>",
        "<strike>[lang]</strike>",
    ] {
        let text = goal_of_2026("", &format!("| {cell} | Small | |"));
        let (errors, after) = fixed("2026", &text);
        assert!(errors > 0, "{cell}");
        assert_eq!(after, text, "{cell}");
    }
    for cell in ["[types] ~~[lang]~~", "[types] <!-- lang -->", "[types] `lang`", "<del>[lang]</del> [types]"] {
        let text = goal_of_2026("", &format!("| {cell} | Small | |"));
        assert_eq!(fixed("2026", &text), (0, text.clone()), "{cell}");
    }
}

#[test]
fn a_doubtful_contact_stays() {
    for value in [
        "@hanae?",
        "@hanae (tbc)",
        "~~@hanae~~",
        "`@hanae`",
        "maybe @hanae",
        "not @hanae",
        "<!-- @hanae -->",
        "(@hanae)",
        "@hanae or @wen-zhao",
        "[@hanae](https://github.com/wen-zhao)",
        "[Hanae](https://github.com/wen-zhao)",
        "hanae?",
        "@hanae!",
        "@hanae\u{2026}",
        "https://github.com/hanae?",
        "\"@hanae\"",
    ] {
        let text = goal_of_2026("", "").replace("@hanae", value);
        let (errors, after) = fixed("2026", &text);
        assert!(errors > 0, "{value}");
        assert_eq!(after, text, "{value}");
    }
}

#[test]
fn words_in_the_name_of_a_row_stay() {
    for row in [
        "| not [lang] champion | @wen-zhao |",
        "| T-compiler [lang] champion | @mara-okafor |",
        "| [lang] champion? | @wen-zhao |",
        "| No roadmap | Warm machines |",
        "| [lang] no champion | @wen-zhao |",
        "| lang champion (tbc) | @wen-zhao |",
        "| [lang] and [types] champion | @wen-zhao |",
        "| [lang] ex-champion | @wen-zhao |",
        "| Not tracking issue | [a/b#7] |",
        "| former [lang] champion | @wen-zhao |",
        "| ~~lang champion~~ | @wen-zhao |",
        "| `lang champion` | @wen-zhao |",
        "| lang/types champion | @wen-zhao |",
        "| [lang] champion | not @wen-zhao |",
        "| [lang] champion | `@wen-zhao` |",
    ] {
        let text = goal_of_2026(row, "");
        assert_eq!(fixed("2026", &text).1, text, "{row}");
    }
}

#[test]
fn signs_in_a_task_and_names_that_are_read_in_part_stay() {
    for row in [
        "| \u{21b3} Design meeting | ![Team][] [cargo] | |",
        "| - Design meeting | ![Team][] [cargo] | |",
        "| \u{2022} design meeting | ![Team][] [cargo] | |",
        "| Design meeting? | ![Team][] [cargo] | |",
        "| ~~Design meeting~~ | ![Team][] [cargo] | |",
        "| `Design meeting` | ![Team][] [cargo] | |",
        "| (Design meeting) | ![Team][] [cargo] | |",
        "| RFC decision (A|B patterns) | ![Team][] [spec] | |",
        "| RFC decision A | B | ![Team][] [spec] | |",
        "| Design meeting | ![Team][] cargo, not spec | |",
        "| Write it | Hanae or Nobody | |",
        "| Write it | @ hanae or Nobody | |",
        "| Write it | `@hanae` | |",
        "| Write it | ~~hanae~~ | |",
        "| Write it | maybe Hanae, wen-zhao | |",
        "| Write it | [Hanae](https://github.com/wen-zhao) or @hanae? | |",
    ] {
        let text = goal_of_2025h1(row);
        assert_eq!(fixed("2025h1", &text).1, text, "{row}");
    }
}

#[test]
fn what_is_beside_a_comment_or_a_strike_is_fixed_alone() {
    for (row, right) in [
        ("| lang <!-- not types --> | Small | |", "| [lang] <!-- not types --> | Small | |"),
        ("| ~~types~~ lang | Small | |", "| ~~types~~ [lang] | Small | |"),
        ("| `types` [Lang] | Small | |", "| `types` [lang] | Small | |"),
    ] {
        assert_eq!(fixed("2026", &goal_of_2026("", row)), (1, goal_of_2026("", right)), "{row}");
    }
}

#[test]
fn no_row_is_made_of_a_part_of_one_or_cut_off() {
    for rows in [
        "| [lang] | Small | a note of which the first\nis due in May |",
        "| [lang] | Small |\ndue in May |",
        "| [lang] | Small\n| due in May |",
        "| [lang] | Small | a\nb\nc |",
        "| [lang] |\nSmall | due |",
        "| [lang] | Small | |\nwords between two rows\n| [types] | Small | |",
    ] {
        let text = goal_of_2026("", rows);
        assert_eq!(fixed("2026", &text).1, text, "{rows}");
    }
}
