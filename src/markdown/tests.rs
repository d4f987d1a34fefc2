//! What the model says about texts that comrak reports wrongly or not at all.

use super::document::*;
use crate::text::source::{Source, Span};

fn parts(text: &str) -> (Source, Document) {
    let source = Source::from_bytes("a.md", text.into());
    let document = Document::parse(&source);
    (source, document)
}

fn texts(text: &str) -> Vec<String> {
    let (source, document) = parts(text);
    document.texts.iter().map(|span| source.slice(*span).to_owned()).collect()
}

fn links(text: &str) -> Vec<(String, String)> {
    let (source, document) = parts(text);
    document.links.iter().map(|link| (source.slice(link.span).to_owned(), link.target.clone())).collect()
}

fn cells(text: &str) -> Vec<Vec<String>> {
    let (source, document) = parts(text);
    let rows = document.tables.iter().flat_map(|table| &table.rows);
    rows.map(|row| row.cells.iter().map(|cell| source.slice(*cell).to_owned()).collect()).collect()
}

#[test]
fn code_opens_no_section_and_setext_headings_are_seen() {
    let (source, document) =
        parts("# A `b`\n\n```\n# no\n```\n\n    # no\n\nTwo *words*\nmore\n---\n\n> ## q\n\n## C ##\n");
    let seen: Vec<_> = document
        .headings
        .iter()
        .map(|heading| (heading.level, heading.text.as_str(), source.slice(heading.content), heading.nested))
        .collect();
    assert_eq!(
        seen,
        [
            (1, "A b", "A `b`", false),
            (2, "Two words more", "Two *words*\nmore", false),
            (2, "q", "q", true),
            (2, "C", "C", false)
        ]
    );
}

#[test]
fn tables_without_outer_pipes_and_rows_of_odd_length_are_seen() {
    assert_eq!(cells("a | b\n--|--\nc \\| d | e\nf\n"), [vec!["a", "b"], vec!["c \\| d", "e"], vec!["f"]]);
    assert_eq!(cells("> | a | b |\n> |---|---|\n> | 1 | 2 | 3 |\n"), [vec!["a", "b"], vec!["1", "2", "3"]]);
}

#[test]
fn places_behind_an_escaped_pipe_are_right() {
    let text = "| a | b |\n|---|---|\n| x \\| `y\\|z` [t](u) | @v \\| w |\n";
    assert_eq!(links(text), [("[t](u)".to_owned(), "u".to_owned())]);
    assert_eq!(texts(text), ["a", "b", "x \\| ", " ", "@v \\| w"]);
}

#[test]
fn definitions_are_found_wherever_they_stand() {
    let text = "[a]: /a\n[b]: <http://b> \"t\"\ntext [a]\n\n- item\n\n  [c]: /c\n\n> [d]:\n> /d\n\n```\n[e]: /e\n```\n\n[a]: /second\n";
    let (source, document) = parts(text);
    let found: Vec<_> = document
        .definitions
        .iter()
        .map(|definition| (source.slice(definition.label), source.slice(definition.target)))
        .collect();
    assert_eq!(found, [("a", "/a"), ("b", "http://b"), ("c", "/c"), ("d", "/d"), ("a", "/second")]);
    assert_eq!(document.definition_map()["a"].span.start, 0, "the first of a label counts");
}

#[test]
fn places_below_definitions_are_right() {
    assert_eq!(texts("[a]: /a\n[b]: /b\nfirst [a] and\nsecond\n"), ["first ", " and", "second"]);
    assert_eq!(texts("> [a]: /a\n>  first\n> second\n"), ["first", "second"]);
}

#[test]
fn places_behind_a_destination_on_a_line_of_its_own_are_right() {
    let text = "- see [a](\n  http://b\n  ) and @c\n  2. more\n";
    assert_eq!(links(text), [("[a](\n  http://b\n  )".to_owned(), "http://b".to_owned())]);
    assert_eq!(texts(text), ["see ", " and @c", "2. more"]);
}

#[test]
fn each_kind_of_link_knows_its_parts() {
    let (source, document) = parts("[a](<b c> \"t\") ![i][L] [l][] [L] <http://x.y> [n](o(p)) [q]()\n\n[l]: /t\n");
    let seen: Vec<_> = document
        .links
        .iter()
        .map(|link| {
            let slice = |span: Option<Span>| span.map(|span| source.slice(span));
            (link.kind, source.slice(link.text), slice(link.destination), slice(link.label), link.image)
        })
        .collect();
    assert_eq!(
        seen,
        [
            (LinkKind::Inline, "a", Some("b c"), None, false),
            (LinkKind::Full, "i", None, Some("L"), true),
            (LinkKind::Collapsed, "l", None, Some("l"), false),
            (LinkKind::Shortcut, "L", None, Some("L"), false),
            (LinkKind::Autolink, "http://x.y", Some("http://x.y"), None, false),
            (LinkKind::Inline, "n", Some("o(p)"), None, false),
            (LinkKind::Inline, "q", Some(""), None, false),
        ]
    );
}

#[test]
fn what_comrak_takes_for_no_definition_is_none() {
    for text in ["[a]: b)", "[a]: (b", "[a]: <b<c>", "[a]: <b"] {
        assert_eq!(parts(text).1.definitions, [], "{text}");
    }
    for (text, target) in [("[a]: b(c)d", "b(c)d"), ("[a]: b\\)", "b\\)"), ("[a]: <b)\\>> \n", "b)\\>")] {
        let (source, document) = parts(text);
        let targets: Vec<_> = document.definitions.iter().map(|found| source.slice(found.target)).collect();
        assert_eq!(targets, [target], "{text}");
    }
    for title in ["(c\n[d](x)", "(c (d)", "\"c\" d"] {
        assert_eq!(parts(&format!("[a]: b {title}\n")).1.definitions, [], "{title}");
    }
    assert_eq!(links("[a]: b (c\n[d](x)\n"), [("[d](x)".to_owned(), "x".to_owned())]);
    // The link begins on a line that a definition would hide.
    assert_eq!(links("[a]: b[)\n`]()\n``"), [("[)\n`]()".to_owned(), String::new())]);
}

#[test]
fn references_resolve_beyond_the_parsers_budget_and_only_where_defined() {
    let far = "x".repeat(5000);
    let text = format!("{}\n\n```\n[b]: /no\n```\n\n[b] [a]\n\n[a]: http://{far}\n", "[a] ".repeat(200));
    let (_, document) = parts(&text);
    assert_eq!(document.links.len(), 201);
}

#[test]
fn undefined_references_are_text() {
    assert_eq!(links("[a] [b][c] ![d][] [e [#1] f](u)\n"), [("[e [#1] f](u)".to_owned(), "u".to_owned())]);
    assert_eq!(texts("[a] [b][c]\n"), ["[a] [b][c]"]);
}

#[test]
fn comments_are_found_in_blocks_and_lines() {
    let (source, document) = parts("a <!-- b --> c\n\n<!-- d\ne -->\n\n| <!-- f --> |\n|---|\n\n<!-- g\n");
    let seen: Vec<_> = document.comments.iter().map(|comment| source.slice(comment.body)).collect();
    assert_eq!(seen, [" b ", " d\ne ", " f ", " g"]);
}

#[test]
fn marks_line_ends_and_nul_leave_places_alone() {
    assert_eq!(texts("\u{feff}# a\r\n\r\n[x]: /x\r\nb\0 [x] c\rd\n"), ["a", "b\0 ", " c", "d"]);
}

#[test]
fn what_looks_like_a_definition_directly_above_a_table_is_text() {
    let text = "[a]: https://x.org\n[b]\n| c | d |\n|---|---|\n";
    assert_eq!(texts(text), ["[a]", ": https://x.org", "[b]", "c", "d"]);
    assert!(parts(text).1.definitions.is_empty());
}

#[test]
fn however_deep_parts_stand_in_each_other_they_are_read() {
    // Tests run on a quarter of the stack that the program has.
    let deep = 5_000;
    let images = format!("{}x{}", "![".repeat(deep), "](y)".repeat(deep));
    assert_eq!(parts(&images).1.links.len(), deep);
    assert_eq!(parts(&format!("# {images}")).1.headings.first().unwrap().text, "x");
    assert_eq!(parts(&format!("{}x", "> ".repeat(70_000))).1.blocks.last().unwrap().kind, BlockKind::Paragraph);
}

#[test]
fn a_label_in_a_cell_escapes_its_pipes() {
    let text =
        "| a | b |\n|---|---|\n| [A \\| B][] | [x][A \\| B] |\n\n[A \\| B][] [A | B][]\n\n[A | B]: https://x.org\n";
    let source = Source::from_bytes("", text.into());
    let document = Document::parse(&source);
    let links: Vec<&str> = document.links.iter().map(|link| source.slice(link.span)).collect();
    assert_eq!(links, ["[A \\| B][]", "[x][A \\| B]", "[A | B][]"]);
}
