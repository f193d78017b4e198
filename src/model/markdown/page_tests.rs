//! Pages as authors write them, and the text for the parser.

use super::{Containers, Dialect, facts, front_matter, prepare};
use crate::markdown::facts::PageFacts;

const MINTLIFY: Dialect = Dialect::MINTLIFY;
const NATIVE: Dialect = Dialect::GITHUB;

fn shifted(text: &str) -> String {
    let (_, body) = front_matter::read(text);
    prepare(text, false, body, MINTLIFY).text.into_owned()
}

fn shifted_as(text: &str, flavour: Containers) -> String {
    let dialect = Dialect { containers: flavour, ..NATIVE };
    prepare(text, false, 0, dialect).text.into_owned()
}

#[test]
fn containers_become_comments_and_their_bodies_move_left() {
    for (text, expected) in [
        (
            "!!! note\n    a [b](c)\n\n    ```json\n    {}\n    ```\n\nd\n",
            "<!--dg:0-->\na [b](c)\n\n```json\n{}\n```\n\n<!--dg:1-->\nd\n",
        ),
        (
            "!!! note \"T\"\n    a\n    !!! tip\n        b\n\n    c\nd\n",
            "<!--dg:0-->\nT\n<!--dg:1-->\na\n<!--dg:2-->\nb\n\n<!--dg:3-->\nc\n<!--dg:4-->\nd\n",
        ),
        (
            "=== \"A\"\n\n    a\n\n=== \"B\"\n\n    - b\n",
            "<!--dg:0-->\nA\n<!--dg:1-->\n\na\n\n<!--dg:2-->\n<!--dg:3-->\nB\n<!--dg:4-->\n\n- b\n",
        ),
        (
            "- x\n\n    !!! note\n        a\n\n    b\n- y\n",
            "- x\n\n  <!--dg:0-->\n  a\n\n  <!--dg:1-->\n    b\n- y\n",
        ),
        ("T\n:   a\n\n    b\n\nc\n", "T\n<!--dg:0-->\na\n\nb\n\n<!--dg:1-->\nc\n"),
        ("A\n===\n!!!\n", "A\n===\n!!!\n"),
    ] {
        assert_eq!(shifted_as(text, Containers::Indented), expected, "{text}");
    }
    for (text, expected) in [
        (":::note\na\n:::\nb\n", "<!--dg:0-->\na\n<!--dg:1-->\nb\n"),
        (
            "::::tip[A *b*]\n:::note C\nd\n:::\n::::\n",
            "<!--dg:0-->\nA *b*\n<!--dg:1-->\n<!--dg:2-->\nC\n<!--dg:3-->\nd\n<!--dg:4-->\n<!--dg:5-->\n",
        ),
        (
            "1. a\n\n   :::note\n   b\n   :::\n2. c\n",
            "1. a\n\n   <!--dg:0-->\n   b\n   <!--dg:1-->\n2. c\n",
        ),
        ("> :::note\n> a\n> :::\n", "> <!--dg:0-->\n> a\n> <!--dg:1-->\n"),
        ("```\n:::note\n```\n:::\n", "```\n:::note\n```\n:::\n"),
        (
            ":::a\n<Note>\nb\n</Note>\n:::\n",
            "<!--dg:0-->\n<!--dg:1-->\nb\n<!--dg:2-->\n<!--dg:3-->\n",
        ),
    ] {
        assert_eq!(shifted_as(text, Containers::Colons), expected, "{text}");
    }
}

#[test]
fn titles_of_alerts_get_lines_of_their_own() {
    let dialect = Dialect { alert_titles: true, ..NATIVE };
    for (text, expected) in [
        ("> [!NOTE] A *b*  \n> c\n", "> [!NOTE]\n> <!--dg:0-->\n> A *b*\n> <!--dg:1-->\n> c\n"),
        ("> a\n>\n> > [!tip] b\n", "> a\n>\n> > [!tip]\n> > <!--dg:0-->\n> > b\n> > <!--dg:1-->\n"),
        ("> [!NOTE]\n> c\n", "> [!NOTE]\n> c\n"),
        ("> a\n> [!NOTE] b\n", "> a\n> [!NOTE] b\n"),
        ("> [!NOTE](b.md) c\n", "> [!NOTE](b.md) c\n"),
        ("> [!NOTES] b\n", "> [!NOTES] b\n"),
        ("> [!NOTE] > b\n", "> [!NOTE] > b\n"),
        ("[!NOTE] b\n", "[!NOTE] b\n"),
        ("```\n> [!NOTE] b\n```\n", "```\n> [!NOTE] b\n```\n"),
    ] {
        assert_eq!(prepare(text, false, 0, dialect).text, expected, "{text}");
    }
    let text = "> [!NOTE] See [b](/c)\n> [d](/e)\n";
    let facts = facts(text, false, dialect);
    let links: Vec<&str> =
        facts.links.iter().map(|link| &text[link.span.start..link.span.end]).collect();
    assert_eq!(links, ["/c", "/e"]);
}

#[test]
fn links_in_containers_have_their_places() {
    let text =
        "!!! tip \"[a](/t)\"\n\n    - [b](/u)\n\n        [c](/v)\n\n??? note\n\t[d](/w)\n[e](/x)\n";
    let dialect = Dialect { containers: Containers::Indented, ..NATIVE };
    let facts = facts(text, false, dialect);
    let cut = |span: crate::source::Span| &text[span.start..span.end];
    let links: Vec<&str> = facts.links.iter().map(|link| cut(link.span)).collect();
    assert_eq!(links, ["/t", "/u", "/v", "/w", "/x"]);
    assert!(facts.components.is_empty());
}

/// Containers of a page that are never closed, by their marks and names.
#[test]
fn containers_that_are_never_closed() {
    for (text, expected) in [
        (":::note\na\n:::\n", vec![]),
        (":::note\na\n:::::\n", vec![]),
        (":::note\na\n\n# b\n", vec![":::note"]),
        ("::: note T\na\n::\n", vec![":::note"]),
        ("::::tabs\n:::tab A\na\n:::\n:::\n", vec!["::::tabs"]),
        ("::::tabs\n:::tab A\na\n::::\n", vec![":::tab"]),
        ("::::tabs\n:::tab A\na\n:::tab B\nb\n:::\n::::\n", vec![":::tab"]),
        (":::tabs\n:::tab A\na\n:::\n:::\n", vec![]),
        ("- a\n\n  :::tip\n  b\n\n- c\n", vec![":::tip"]),
        ("- a\n\n  :::tip\n  b\n  :::\n- c\n", vec![]),
        ("> :::tip\n> b\n\nc\n", vec![":::tip"]),
        ("- :::tip\n  b\n", vec![":::tip"]),
        ("<Note>\n:::tip\nb\n</Note>\n:::\n", vec![":::tip"]),
        (":::{.a}\nb\n", vec![":::"]),
        ("```\n:::note\n```\n", vec![]),
        ("<!--\n:::note\n-->\n", vec![]),
        ("a :::note\n", vec![]),
    ] {
        let dialect = Dialect { containers: Containers::Colons, ..NATIVE };
        let facts = facts(text, false, dialect);
        let open = facts.containers.iter().filter(|container| !container.closed);
        let open: Vec<&str> = open.map(|container| container.marked.as_str()).collect();
        assert_eq!(open, expected, "{text}");
    }
    let dialect = Dialect { containers: Containers::Indented, ..NATIVE };
    let facts = facts("!!! note\n    a\n\n/// tip | T\na\n", false, dialect);
    assert_eq!(facts.containers.len(), 1);
    let open = &facts.containers[0];
    assert_eq!((open.marked.as_str(), open.closed, open.span.start), ("///tip", false, 16));
}

fn ids(facts: &PageFacts) -> Vec<&str> {
    facts.anchors.iter().map(|anchor| anchor.id.as_str()).collect()
}

#[test]
fn components_become_comments_and_their_bodies_move_left() {
    for (name, text, expected) in [
        (
            "nested",
            "<Steps>\n  <Step title=\"a\">\n    text\n  </Step>\n</Steps>\n",
            "<!--dg:0-->\n<!--dg:1-->\ntext\n<!--dg:2-->\n<!--dg:3-->\n",
        ),
        ("one line", "<Note>a **b**</Note>\n", "<!--dg:0-->\na **b**\n<!--dg:1-->\n"),
        (
            "code keeps its shape",
            "<Tab title=\"x\">\n    ```js\n    {\n      a\n    }\n    ```\n</Tab>\n",
            "<!--dg:0-->\n```js\n{\n  a\n}\n```\n<!--dg:1-->\n",
        ),
        (
            "in a list item",
            "1. one\n\n   <Tip>\n     tip\n   </Tip>\n\n2. two\n",
            "1. one\n\n   <!--dg:0-->\n   tip\n   <!--dg:1-->\n\n2. two\n",
        ),
        ("behind a marker", "- <Note>x</Note>\n", "- <!--dg:0-->\n  x\n  <!--dg:1-->\n"),
        (
            "a list inside is left at the end",
            "<Note>\n- a\n  </Note>\nb\n",
            "<!--dg:0-->\n- a\n<!--dg:1-->\nb\n",
        ),
        (
            "inline stays",
            "a <Tooltip tip=\"t\">b</Tooltip> c\n",
            "a <Tooltip tip=\"t\">b</Tooltip> c\n",
        ),
        (
            "expressions are hidden from the parser",
            "a <Tooltip tip={\"t\"}>b</Tooltip>\n",
            "a <dg-0>b</Tooltip>\n",
        ),
        (
            "tags in code are text",
            "`<Note>`\n\n```\n<Note>\n```\n",
            "`<Note>`\n\n```\n<Note>\n```\n",
        ),
        ("tags in comments are nothing", "<!--\n<Note>\n-->\n", "<!--\n<Note>\n-->\n"),
        (
            "over several lines",
            "<Card\n  title=\"a\"\n  href=\"/b\"\n>\n  c\n</Card>\n",
            "<!--dg:0-->\nc\n<!--dg:1-->\n",
        ),
        (
            "html ends before a tag",
            "<Tab title=\"x\">\n<hr />\n</Tab>\nb\n",
            "<!--dg:0-->\n<hr />\n\n<!--dg:1-->\nb\n",
        ),
        (
            "Markdown in an element on one line",
            "<Tab title=\"x\">\n<p>*a*</p>\n</Tab>\nb\n",
            "<!--dg:0-->\n<dg-1>*a*<dg-2>\n\n<!--dg:3-->\nb\n",
        ),
        ("MDX comments", "{/* a\n<Note>\n*/}\nb\n", "b\n"),
        ("a quote", "> <Note>\n> a\n> </Note>\n", "> <!--dg:0-->\n> a\n> <!--dg:1-->\n"),
    ] {
        assert_eq!(shifted(text), expected, "{name}");
    }
}

#[test]
fn spans_point_into_the_source() {
    let text = "---\ntitle: é\n---\n<Steps>\n  <Step title=\"a\">\n    See [b](/c#d) and ![e](f.png).\n\n    ```json title=\"x\"\n    {\n      \"ä\": 1\n    }\n    ```\n  </Step>\n</Steps>\n";
    let facts = facts(text, false, MINTLIFY);
    let cut = |span: crate::source::Span| &text[span.start..span.end];
    assert_eq!(
        facts.links.iter().map(|link| cut(link.span)).collect::<Vec<_>>(),
        ["/c#d", "f.png"]
    );
    let code = &facts.code[0];
    assert_eq!(code.text(text), "{\n  \"ä\": 1\n}\n");
    assert_eq!(cut(code.info_span), "json title=\"x\"");
    let at = code.text(text).find('1').unwrap();
    assert_eq!(cut(code.source_span(text, crate::source::Span::new(at, at + 1))), "1");
    assert!(code.closed);
}

#[test]
fn line_breaks_of_other_systems_are_one_character() {
    let text = "- a\r\n  ```json\r\n  {\r\n    \"b\": 1\r\n  }\r\n  ```\r\n";
    let facts = facts(text, false, NATIVE);
    let code = &facts.code[0];
    assert_eq!(code.text(text), "{\n  \"b\": 1\n}\n");
    let at = code.text(text).find('1').unwrap();
    let span = code.source_span(text, crate::source::Span::new(at, at + 1));
    assert_eq!(&text[span.start..span.end], "1");
}

#[test]
fn ids_of_a_page() {
    let text = "# A/B\n\n## C {#own}\n\n## C\n\n<a id=\"x\"></a>\n\n<Accordion title=\"C\">\nc\n</Accordion>\n\n<ParamField body=\"fooBar\">\n</ParamField>\n";
    let mintlify = facts(text, false, MINTLIFY);
    assert_eq!(ids(&mintlify), ["own", "x", "a/b", "c", "c-2", "param-foo-bar", "ab", "c-1"]);
    let native = facts(text, false, NATIVE);
    assert_eq!(ids(&native), ["own", "x", "ab", "c", "c-1", "param-foo-bar", "a/b", "c-2"]);
    assert_eq!(native.title(), Some("A/B"));
}

#[test]
fn faults_are_facts() {
    let open = facts("<Note>\na\n", false, MINTLIFY);
    assert!(!open.components[0].closed);
    let stray = facts("a\n\n</Note>\n", false, MINTLIFY);
    assert_eq!(stray.stray.len(), 1);
    let fence = facts("```json\n{}\n", false, MINTLIFY);
    assert!(!fence.code[0].closed);
    let crossed = facts("<Note>\n<Tip>\na\n</Note>\n</Tip>\n", false, MINTLIFY);
    assert_eq!((crossed.components[1].closed, crossed.stray.len()), (false, 1));
    let comment = facts("<!-- b\n\nc\n<Note>\n", false, MINTLIFY);
    assert!(comment.open_comment.is_some() && comment.components.is_empty());
    let text = facts("a <!-- b\n\n<Note>\nc\n", false, MINTLIFY);
    assert!(text.open_comment.is_none() && !text.components[0].closed);
    let hidden = facts("a\n\n{/* b\n\n# c\n", false, MINTLIFY);
    assert!(hidden.open_comment.is_some());
}

#[test]
fn words_that_look_like_components_are_text() {
    let unknown = |text: &str| facts(text, false, NATIVE).unknown.len();
    assert_eq!(unknown("Press <Check> in the dialog.\n"), 1);
    assert_eq!(unknown("- Use <Warning> sparingly\n- b\n"), 1);
    assert_eq!(unknown("a <Note>b</Note> c\n"), 0);
    assert_eq!(unknown("a <Tooltip tip=\"x\">b</Tooltip> c\n"), 0);
}

#[test]
fn braces_in_headings_are_text_unless_they_are_attributes() {
    let facts = facts("# GET /users/{id}\n\n## `{#x}`\n\n## A `b` {#own}\n", false, NATIVE);
    let texts: Vec<&str> = facts.headings.iter().map(|heading| heading.text.as_str()).collect();
    assert_eq!(texts, ["GET /users/{id}", "{#x}", "A b"]);
    assert_eq!(facts.headings[2].ids.primary, "own");
}

#[test]
fn elements_in_lines_of_text_close_themselves() {
    let text = "<div>\n\n<div>a</div> <div>b\nc</div>\n</div>\n";
    assert!(facts(text, false, MINTLIFY).stray.is_empty());
}
