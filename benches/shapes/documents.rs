//! Documents built to be slow: each is much of one thing, at any size.

use std::fmt::Write;

/// A kind of document.
pub(crate) struct Shape {
    /// What it is much of.
    pub(crate) name: &'static str,
    /// How much of it the large one has; the small one has a tenth.
    pub(crate) size: usize,
    /// The files, by name, for a size.
    pub(crate) files: fn(usize) -> Vec<(String, String)>,
}

/// All shapes, in the order in which they are shown.
pub(crate) const SHAPES: &[Shape] = &[
    // Tables.
    shape("rows of tasks", 100_000, |n| rows(n, |i| format!("| Write part {i} | @tvanderberg | |"))),
    shape("rows of asks", 100_000, |n| rows(n, |_| "| Standard reviews | ![Team][] [rustdoc] | |".into())),
    shape("rows with unknown teams", 100_000, |n| {
        rows(n, |i| format!("| Standard reviews | ![Team][] [rusdoc{i}] | |"))
    }),
    shape("rows with unknown asks", 100_000, |n| rows(n, |i| format!("| Standard part {i} | ![Team][] [rustdoc] | |"))),
    shape("rows with fixable asks", 100_000, |n| rows(n, |_| "| standard reviews | ![Team][] [rustdoc] | |".into())),
    shape("rows with malformed users", 100_000, |n| rows(n, |i| format!("| Write part {i} | @tvander*berg,@ | |"))),
    shape("rows with unknown people", 10_000, |n| rows(n, |i| format!("| Write part {i} | @nobody-{i}-knows | |"))),
    shape("rows with extra cells", 100_000, |n| rows(n, |i| format!("| Write part {i} | @tvanderberg | | x |"))),
    shape("rows of other tables", 100_000, |n| {
        body(&format!("| a | b |\n|---|---|\n{}", lines(n, |_| "| x | y |".into())))
    }),
    shape("tables of one row", 10_000, |n| body(&lines(n, |_| "| a | b |\n|---|---|\n| x | y |\n".into()))),
    shape("rows separated by blank lines", 10_000, |n| {
        body(&format!("| a | b |\n|---|---|\n{}", lines(n, |_| "\n| x | y |".into())))
    }),
    shape("cells of one row", 10_000, |n| {
        body(&format!("|{}\n|{}\n|{}", "a|".repeat(n), "-|".repeat(n), "x|".repeat(n)))
    }),
    shape("champion rows", 10_000, |n| metadata(n, |i| format!("| [lang] champion | @tvanderberg{i} |"))),
    shape("unknown metadata rows", 100_000, |n| metadata(n, |i| format!("| Staus {i} | x |"))),
    shape("repeated metadata rows", 100_000, |n| metadata(n, |_| "| Status | Proposed |".into())),
    // Links.
    shape("links to URLs", 100_000, |n| body(&lines(n, |i| format!("[a](https://x.org/{i})")))),
    shape("links to a file", 100_000, |n| body(&lines(n, |_| "[a](./async-main.md)".into()))),
    shape("links to an anchor", 100_000, |n| body(&lines(n, |_| "[a](#summary)".into()))),
    shape("links to a missing file", 100_000, |n| body(&lines(n, |_| "[a](./asinc-main.md)".into()))),
    shape("links to different missing files", 100_000, |n| body(&lines(n, |i| format!("[a](./asinc-{i}.md)")))),
    shape("links to different files in missing directories", 100_000, |n| {
        body(&lines(n, |i| format!("[a](../d{i}/a.md)")))
    }),
    shape("links to a missing anchor", 100_000, |n| body(&lines(n, |i| format!("[a](#sumary-{i})")))),
    shape("links to a missing anchor among many headings", 10_000, |n| {
        body(&lines(n, |i| format!("#### Part {i}\n\n[a](#parrt-{i})\n")))
    }),
    shape("links by label", 100_000, |n| body(&format!("[l]: https://x.org\n\n{}", lines(n, |_| "[a][l]".into())))),
    shape("undefined labels", 100_000, |n| body(&lines(n, |i| format!("[a][l{i}]")))),
    shape("undefined labels among many definitions", 10_000, |n| {
        body(&lines(n, |i| format!("[a][lable{i}], [a][label-{i}]\n\n[label-{i}]: https://x.org/{i}\n")))
    }),
    shape("words in brackets", 100_000, |n| body(&lines(n, |i| format!("[word{i}]")))),
    // Definitions.
    shape("definitions, used", 10_000, |n| {
        body(&format!("{}\n{}", lines(n, |i| format!("[l{i}]: https://x.org/{i}")), lines(n, |i| format!("[a][l{i}]"))))
    }),
    shape("definitions, unused", 10_000, |n| body(&lines(n, |i| format!("[l{i}]: https://x.org/{i}")))),
    shape("definitions, conflicting", 10_000, |n| {
        body(&format!("{}\n[a][l]", lines(n, |i| format!("[l]: https://x.org/{i}"))))
    }),
    shape("definitions, identical", 10_000, |n| {
        body(&format!("{}\n[a][l]", lines(n, |_| "[l]: https://x.org".into())))
    }),
    shape("definitions in the template", 10_000, |n| {
        vec![
            ("zzz.md".into(), goal("Zzz", "", "[a][l1]\n\n[l1]: https://x.org", "")),
            (
                "faq.md".into(),
                format!(
                    "# FAQ\n\n{}\n{}",
                    lines(n, |i| format!("[l{i}]: https://x.org/{i}")),
                    lines(n, |i| format!("[a][l{i}]"))
                ),
            ),
        ]
    }),
    // Directives and their damaged marks are looked for in what the RFC takes in.
    shape("opening marks of directives in the RFC", 100_000, |n| in_rfc(&"(((a ".repeat(n))),
    shape("names of directives in the RFC", 100_000, |n| in_rfc(&"(GOALS) ".repeat(n))),
    shape("brackets without small letters in the RFC", 100_000, |n| in_rfc(&"[漢] ".repeat(n))),
    shape("counts among definitions in the RFC", 10_000, |n| {
        in_rfc(&format!("{}\n{}", lines(n, |i| format!("[l{i}]: https://x.org")), "(((#GOALS))) ".repeat(n)))
    }),
    shape("footnotes in the RFC", 10_000, |n| {
        in_rfc(&format!("{}\n{}", lines(n, |i| format!("a[^{i}]")), lines(n, |i| format!("\n[^{i}]: word"))))
    }),
    shape("blank lines in a footnote", 100_000, |n| body(&format!("a[^n]\n\n[^n]: b\n{}    c", "\n".repeat(n)))),
    shape("footnotes of a note", 10_000, |n| {
        let marks: String = (0..n).map(|i| format!("[^{i}]")).collect();
        let asks = format!("| Standard reviews | ![Team][] [rustdoc] | {marks} |");
        vec![("zzz.md".into(), goal("Zzz", "", &lines(n, |i| format!("\n[^{i}]: word")), &asks))]
    }),
    // Nesting.
    shape("nested block quotes", 10_000, |n| body(&format!("{}x", "> ".repeat(n)))),
    shape("nested lists", 10_000, |n| body(&format!("{}x", "- ".repeat(n)))),
    shape("nested lists with blank lines", 10_000, |n| body(&format!("{}x{}", "- ".repeat(n), "\n".repeat(n)))),
    shape("nested brackets", 10_000, |n| body(&format!("{}x{}", "[".repeat(n), "]".repeat(n)))),
    shape("nested images", 10_000, |n| body(&format!("{}x{}", "![".repeat(n), "](y)".repeat(n)))),
    shape("nested parentheses", 10_000, |n| body(&format!("{}x{}", "(".repeat(n), ")".repeat(n)))),
    shape("nested emphasis", 10_000, |n| body(&format!("{}x{}", "*a **b ".repeat(n), " c** d*".repeat(n)))),
    // Marks that open or close nothing.
    shape("opening brackets", 100_000, |n| body(&"[".repeat(n))),
    shape("opening brackets and words", 100_000, |n| body(&"[a ".repeat(n))),
    shape("closing brackets", 100_000, |n| body(&"a]".repeat(n))),
    shape("brackets and parentheses", 100_000, |n| body(&"[ (](".repeat(n))),
    shape("unclosed URLs", 100_000, |n| body(&"[a](<b".repeat(n))),
    shape("opening parentheses", 100_000, |n| body(&"(".repeat(n))),
    shape("URLs in parentheses, in a row", 100_000, |n| body(&"(./a.md".repeat(n))),
    shape("URLs in closed parentheses, in a row", 100_000, |n| body(&"(./a.md)".repeat(n))),
    shape("swapped brackets and parentheses", 100_000, |n| body(&"(a)[b.md".repeat(n))),
    shape("closing braces", 100_000, |n| body(&"}(x.md) ".repeat(n))),
    shape("opening asterisks", 100_000, |n| body(&"**a ".repeat(n))),
    shape("closing asterisks", 100_000, |n| body(&"a** ".repeat(n))),
    shape("asterisks and underscores", 100_000, |n| body(&"*a_ ".repeat(n))),
    shape("backtick runs of increasing length", 1_000, |n| body(&lines(n, |i| format!("e{}", "`".repeat(i))))),
    shape("opening backticks", 100_000, |n| body(&"a `b\n\n".repeat(n))),
    shape("unclosed comments", 100_000, |n| body(&"a <!-- b ".repeat(n))),
    shape("comments", 100_000, |n| body(&"a <!-- b --> ".repeat(n))),
    shape("comments as blocks", 10_000, |n| body(&"<!-- b -->\n\n".repeat(n))),
    shape("opening angle brackets", 100_000, |n| body(&"<a ".repeat(n))),
    shape("at signs", 100_000, |n| body(&"@a".repeat(n))),
    shape("users", 100_000, |n| body(&"@nobody-1 ".repeat(n))),
    shape("users beside a label", 100_000, |n| body(&format!("[label] {}", "@nobody-1 ".repeat(n)))),
    shape("pipes", 100_000, |n| body(&"|".repeat(n))),
    // Text.
    shape("a paragraph of one line", 10_000_000, |n| body(&"word ".repeat(n / 5))),
    shape("a paragraph without a space", 10_000_000, |n| body(&"w".repeat(n))),
    shape("a paragraph of many lines", 10_000_000, |n| body(&"word word\n".repeat(n / 10))),
    shape("links in a title", 100_000, |n| vec![("zzz.md".into(), goal(&"[a](b) ".repeat(n), "", "", ""))]),
    shape("asks of a goal with a long title", 10_000, |n| {
        let asks = lines(n, |i| format!("| Standard reviews | ![Team][] [team{i}] | |"));
        vec![("zzz.md".into(), goal(&"word ".repeat(n), "", "", &asks))]
    }),
    shape("tags", 100_000, |n| body(&lines(n, |_| "<b>a</b> <br>".into()))),
    shape("opening tags", 100_000, |n| body(&"<b>a ".repeat(n))),
    shape("closing tags", 100_000, |n| body(&"a</b> ".repeat(n))),
    shape("references to hidden characters", 100_000, |n| body(&"a&rlm;b ".repeat(n))),
    shape("a title", 10_000_000, |n| vec![("zzz.md".into(), goal(&"word ".repeat(n / 5), "", "", ""))]),
    shape("paragraphs", 100_000, |n| body(&"word\n\n".repeat(n))),
    shape("headings", 100_000, |n| body(&lines(n, |i| format!("#### Part {i}\n\nword\n")))),
    shape("headings with one name", 100_000, |n| body(&"#### Part\n\nword\n\n".repeat(n))),
    shape("headings without text", 100_000, |n| body(&"####\n\n".repeat(n))),
    shape("sections with one name", 10_000, |n| body(&"## Sumary\n\nword\n\n".repeat(n))),
    shape("underlined headings", 10_000, |n| body(&lines(n, |i| format!("Part {i}\n---\n\nword\n")))),
    shape("code blocks", 100_000, |n| body(&"```\ncode\n```\n\n".repeat(n))),
    shape("blank lines", 1_000_000, |n| body(&"\n".repeat(n))),
    shape("invalid bytes", 100_000, |n| body(&"\u{1}\u{0}".repeat(n))),
    // Findings and words to the linter.
    shape("findings on one line", 100_000, |n| body(&"[a](./asinc-main.md) ".repeat(n))),
    shape("template instructions", 10_000, |n| body(&"*TODO*\n\nTODO: write this.\n\n".repeat(n))),
    shape("suppressions, used", 10_000, |n| {
        body(&"<!-- goals: allow(dead-link) it comes later -->\n\n[a](./asinc-main.md)\n\n".repeat(n))
    }),
    shape("suppressions, unused", 10_000, |n| {
        body(&"<!-- goals: allow(dead-link) it comes later -->\n\nword\n\n".repeat(n))
    }),
    shape("suppressions in a row", 10_000, |n| {
        body(&format!("{}[a](./asinc-main.md)", "<!-- goals: allow(dead-link) it comes later -->\n\n".repeat(n)))
    }),
    shape("suppressions in cells", 10_000, |n| {
        rows(n, |i| format!("| Write part {i} | @tvanderberg <!-- goals: allow(unknown-team) why --> | |"))
    }),
    shape("suppressions of unknown rules", 10_000, |n| {
        body(&"<!-- goals: allow(dead-lnk) it comes later -->\n\nword\n\n".repeat(n))
    }),
    // Many files.
    shape("goals with one title", 10_000, |n| goals(n, |_| goal("Shape", "", "", ""))),
    shape("goals", 10_000, |n| goals(n, |i| goal(&format!("Shape {i}"), "", "", ""))),
    shape("goals with a dead link each", 10_000, |n| {
        goals(n, |i| goal(&format!("Shape {i}"), "", "[a](./gaol-1.md)", ""))
    }),
    shape("goals with a dead anchor each", 10_000, |n| {
        goals(n, |i| goal(&format!("Shape {i}"), "", "[a](#sumary)", ""))
    }),
    shape("goals that link to each other", 10_000, |n| {
        goals(n, |i| goal(&format!("Shape {i}"), "", &format!("[a](./goal-{}.md#summary)", (i + 1) % n), ""))
    }),
    shape("goals with one label for different URLs", 10_000, |n| {
        goals(n, |i| goal(&format!("Shape {i}"), "", &format!("[a][l]\n\n[l]: https://x.org/{i}"), ""))
    }),
    shape("pages that are not goals", 10_000, |n| goals(n, |i| format!("# Page {i}\n\nword\n"))),
    shape("files whose names differ by case", 10_000, |n| {
        (0..n)
            .map(|i| (format!("goal-{}{}.md", ["a", "A"][i % 2], i / 2), goal(&format!("Shape {i}"), "", "", "")))
            .collect()
    }),
];

const fn shape(name: &'static str, size: usize, files: fn(usize) -> Vec<(String, String)>) -> Shape {
    Shape { name, size, files }
}

/// So many lines.
fn lines(number: usize, line: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for index in 0..number {
        let _ = writeln!(text, "{}", line(index));
    }
    text
}

/// A goal with so many rows in its task table.
fn rows(number: usize, row: impl Fn(usize) -> String) -> Vec<(String, String)> {
    vec![("zzz.md".into(), goal("Shape", "", "", &lines(number, row)))]
}

/// A goal with so many more rows in its metadata table.
fn metadata(number: usize, row: impl Fn(usize) -> String) -> Vec<(String, String)> {
    vec![("zzz.md".into(), goal("Shape", &lines(number, row), "", ""))]
}

/// A goal with a text in one of its sections.
/// A template with a text below its directives.
fn in_rfc(text: &str) -> Vec<(String, String)> {
    vec![("README.md".into(), format!("# Goals\n\n<!-- GOALS -->\n\n<!-- TEAM ASKS -->\n\n## More\n\n{text}\n"))]
}

fn body(text: &str) -> Vec<(String, String)> {
    vec![("zzz.md".into(), goal("Shape", "", text, ""))]
}

/// So many files.
fn goals(number: usize, text: impl Fn(usize) -> String) -> Vec<(String, String)> {
    (0..number).map(|index| (format!("goal-{index}.md"), text(index))).collect()
}

/// A goal in which nothing is wrong but what it is given.
fn goal(title: &str, metadata: &str, body: &str, tasks: &str) -> String {
    format!(
        "# {title}

| Metadata         |              |
|------------------|--------------|
| Point of contact | @tvanderberg |
| Teams            | <!-- TEAMS WITH ASKS --> |
| Task owners      | <!-- TASK OWNERS --> |
| Status           | Proposed     |
{metadata}
## Summary

It is large.

## Motivation

It has to be read.

### The status quo

It is slow.

### The next 6 months

{body}

### The \"shiny future\" we are working towards

It is fast.

## Ownership and team asks

| Task | Owner(s) or team(s) | Notes |
|------|---------------------|-------|
| Standard reviews | ![Team][] [rustdoc] | |
{tasks}
## Frequently asked questions

### Is it large?

It is.
"
    )
}
