//! What the text looks like, and that nothing foreign upsets it.

use super::*;
use crate::check::rules::{broken_anchor, broken_link};
use crate::coverage::Coverage;
use crate::diagnostic::Finding;
use crate::report::samples::{any_finding, edit, error, hard_text, path, span, tree};
use crate::source::VPath;
use proptest::prelude::*;

fn written(files: &[(&str, &str)], options: Options, diagnostics: Vec<Diagnostic>) -> String {
    let tree = tree(files);
    let sources = |path: &VPath| tree.get(path);
    let mut out = Vec::new();
    let report = Report { diagnostics, coverage: Coverage::default(), sources: &sources };
    write(&report, &options, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The drawing of one finding about `part` of a file.
fn drawn(text: &str, part: &str) -> String {
    let finding = Finding::new(&path("a.md"), span(text, part), "wrong");
    let all =
        written(&[("a.md", text)], Options::default(), vec![error(&broken_link::RULE, finding)]);
    all.split("\n\nchecked ").next().unwrap().to_owned()
}

#[test]
fn the_exact_range_is_underlined() {
    let cases = [
        ("one\r\ntwo [x](y)\r\nthree\r\n", "[x]", ":2:5", "2 | two [x](y)", "^^^"),
        ("one\r\ntwo\r\nthree\r\n", "two\r\n", ":2:1", "2 | two", "^^^"),
        ("\tkey:\tvalue", "value", ":1:7", "1 |     key:    value", "^^^^^"),
        ("漢字 bad 漢字", "bad", ":1:4", "1 | 漢字 bad 漢字", "^^^"),
        ("漢字 bad", "字", ":1:2", "1 | 漢字 bad", "^^"),
        ("run\u{200b} -x", "\u{200b}", ":1:4", "1 | run<U+200B> -x", "^^^^^^^^"),
        ("👩\u{200d}💻 x", "\u{200d}", ":1:2", "1 | 👩<U+200D>💻 x", "^^^^^^^^"),
        ("", "", ":1:1", "1 |", "^"),
    ];
    let columns = ["    ", "", "            ", "     ", "  ", "   ", "  ", ""];
    for ((text, part, place, line, carets), before) in cases.into_iter().zip(columns) {
        let expected = format!(
            "error[broken-link]: wrong\n --> a.md{place}\n  |\n{line}\n  | {before}{carets}"
        );
        assert_eq!(drawn(text, part), expected, "{text:?}");
    }
}

#[test]
fn a_span_of_some_lines_is_bracketed_and_one_of_many_is_shortened() {
    let expected = "error[broken-link]: wrong\n --> a.md:2:1\n  |\n2 | / ```\n3 | | b\n4 | | c\n5 | | ```\n  | |___^";
    assert_eq!(drawn("a\n```\nb\nc\n```\nd\n", "```\nb\nc\n```\n"), expected);
    let many = format!("```\n{}", "x\n".repeat(5000));
    let expected =
        "error[broken-link]: wrong\n --> a.md:1:1\n  |\n1 | ```\n  | ^^^ goes on to line 5001";
    assert_eq!(drawn(&many, &many), expected);
}

#[test]
fn long_lines_are_cut_around_the_span() {
    let long = format!("{}needle{}", "ä".repeat(5000), "b".repeat(5000));
    let text = drawn(&long, "needle");
    assert!(text.contains(" --> a.md:1:5001\n"), "the place is that in the source: {text}");
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[3].starts_with("1 | …ää") && lines[3].ends_with("bb…"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 120), "{text}");
    let found = lines[3].chars().position(|c| c == 'n').unwrap();
    assert_eq!(lines[4], format!("  |{}^^^^^^", " ".repeat(found - 3)));
    assert!(drawn(&long, &long).lines().all(|line| line.chars().count() <= 120));
}

#[test]
fn everything_a_finding_has_is_told() {
    let text = "# A\n\n[x](y.md#z) and more\n";
    let other = "# Y\n\n## Zed\n";
    let finding = Finding::new(&path("a.md"), span(text, "y.md#z"), "no anchor `z` in `y.md`")
        .help("there is `zed`")
        .related(&path("y.md"), span(other, "## Zed"), "the nearest heading")
        .related(&path("a.md"), span(text, "# A"), "in this section")
        .related(&path("gone.md"), Span::new(0, 0), "not there")
        .fix(edit("a.md", span(text, "y.md#z"), "y.md#zed"));
    let missing = Finding::new(&path("gone.md"), Span::new(0, 0), "no such page");
    let found = vec![error(&broken_anchor::RULE, finding), error(&broken_link::RULE, missing)];
    let expected = "\
error[broken-anchor]: no anchor `z` in `y.md`
 --> a.md:3:5
  |
1 | # A
  | --- in this section
2 |
3 | [x](y.md#z) and more
  |     ^^^^^^
  |
 ::: y.md:3:1
  |
3 | ## Zed
  | ------ the nearest heading
  |
  = note: gone.md: not there
  = help: there is `zed`
help: fix it
  |
3 | [x](y.md#zed) and more
  |           ++

error[broken-link]: no such page
--> gone.md

checked 0 pages, 0 links, 0 anchors, 0 code blocks
2 errors
1 can be fixed with `--fix`
";
    assert_eq!(written(&[("a.md", text), ("y.md", other)], Options::default(), found), expected);
}

#[test]
fn too_many_related_places_are_counted() {
    let text = "a\n".repeat(100);
    let mut finding = Finding::new(&path("a.md"), Span::new(0, 1), "wrong");
    for at in 1..50 {
        finding = finding.related(&path("a.md"), Span::new(at * 4, at * 4 + 1), "again");
    }
    let all =
        written(&[("a.md", &text)], Options::default(), vec![error(&broken_link::RULE, finding)]);
    assert_eq!(all.matches("again").count(), 8, "{all}");
    assert!(all.contains("= note: and 41 more related places\n"), "{all}");
}

#[test]
fn notes_are_written_only_when_asked_for() {
    let mut note =
        error(&broken_link::RULE, Finding::new(&path("a.md"), Span::new(0, 1), "a trifle"));
    note.severity = Severity::Note;
    let hidden = written(&[("a.md", "x")], Options::default(), vec![note.clone()]);
    assert_eq!(hidden, "checked 0 pages, 0 links, 0 anchors, 0 code blocks\n1 note (not shown)\n");
    let shown =
        written(&[("a.md", "x")], Options { notes: true, ..Options::default() }, vec![note]);
    assert!(shown.starts_with("note[broken-link]: a trifle\n --> a.md:1:1\n"), "{shown}");
}

#[test]
fn colour_changes_nothing_but_colour_and_foreign_escapes_are_disarmed() {
    let finding = Finding::new(&path("a.md"), Span::new(2, 3), "bad \u{1b}[31m").help("\u{1b}[0m");
    let found = vec![error(&broken_link::RULE, finding)];
    let files = [("a.md", "a \u{1b}[31m b")];
    let plain = written(&files, Options::default(), found.clone());
    assert!(!plain.contains('\u{1b}'), "{plain}");
    let colored = written(&files, Options { color: true, ..Options::default() }, found);
    let mut parts = colored.split('\u{1b}');
    let mut stripped = parts.next().unwrap().to_owned();
    parts.for_each(|part| stripped.push_str(part.split_once('m').unwrap().1));
    assert!(colored.contains('\u{1b}'));
    assert_eq!(stripped, plain);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn any_text_and_any_span_can_be_drawn(
        a in hard_text(), b in hard_text(), width in 0..200usize, color in any::<bool>(),
        found in proptest::collection::vec(any_finding(), 0..4),
    ) {
        let count = found.len();
        let text = written(&[("a.md", &a), ("b.md", &b)], Options { color, width, notes: true }, found);
        prop_assert_eq!(text.matches("[code-syntax]").count(), count);
        prop_assert!(!text.contains(MARK), "every mark is replaced, and none comes from outside");
    }
}
