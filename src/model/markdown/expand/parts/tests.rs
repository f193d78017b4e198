//! Parts of files and variables: what is put where, and the map back.

use std::collections::HashMap;
use std::sync::Arc;

use crate::markdown::Includes;
use crate::markdown::expand::{Expanded, FaultKind, Found, Roots, Variables, expand};
use crate::source::{Span, VPath};

const FILES: &[(&str, &str)] = &[
    ("parts/note.md", "---\ntitle: Note\n---\nA {{ v }} [l](m.md)\n\n- {{#include more.md}}\n"),
    ("parts/more.md", "one\ntwo\n"),
    ("parts/self.md", "{{#include self.md}}\n"),
    (
        "x.rs",
        "fn a() {\n    // ANCHOR: in\n    b();\n\n      c(\"{{ v }}\");\n    // ANCHOR_END: in\n}\n",
    ),
    ("x.js", "// #region one\na\n// #endregion one\n// #region two\nb\n// #endregion\n"),
    ("x.yaml", "---\na: 1\n---\nb: 2\n"),
    ("x.py", "# --8<-- [start:s]\nx\n# --8<-- [end:s]\n"),
];

fn expanded(text: &str) -> Option<Expanded> {
    let files: HashMap<VPath, Arc<str>> =
        FILES.iter().map(|(path, text)| (VPath::beyond(path), Arc::from(*text))).collect();
    let variables: Variables = [
        ("v", "1.2"),
        ("product.name", "A_b *c* & Co"),
        ("url", "https://example.com/a b"),
        ("quote", "a \"b\" \\ c"),
        ("tick", "a`b"),
        ("hash", "# d"),
    ]
    .map(|(name, text)| (name.to_owned(), text.to_owned()))
    .into();
    let page = VPath::new("content/page.md").unwrap();
    let roots = Roots { project: "", content: "content", variables: &variables };
    let found = expand(&page, text, Includes::Parts, roots, &|path| match files.get(path) {
        Some(text) => Found::Text(text.clone()),
        None => Found::Missing,
    })?;
    // Every character that was copied is where the map says, and a text stands for its use.
    for (at, c) in found.text.char_indices() {
        let origin = found.map.origin(Span::new(at, at + c.len_utf8())).unwrap();
        let source = if origin.path == page { text } else { &files[&origin.path] };
        let written = &source[origin.span.start..origin.span.end];
        let copied = origin.exact && source[origin.span.start..].starts_with(c);
        let stands = written.is_empty() || written.starts_with("{{") && written.ends_with("}}");
        assert!(copied || !origin.exact && stands, "{text}: {at} {c:?} {origin:?}");
    }
    Some(found)
}

fn is(text: &str, expected: &str) {
    let found = expanded(text);
    let (shown, faults) = found.map_or((text.to_owned(), Vec::new()), |one| (one.text, one.faults));
    assert_eq!(shown, expected, "{text}");
    assert!(faults.is_empty(), "{text}: {faults:?}");
}

#[test]
fn parts_are_taken_in() {
    is("{{#include ../parts/note.md}}\n", "A 1.2 [l](m.md)\n\n- one\n  two\n");
    is("> {{#include /parts/more.md}}\n\nb\n", "> one\n> two\n\nb\n");
    is("- {{ #include ../parts/more.md }} x\n", "- one\n  two x\n");
    is("a {{#include ../parts/more.md:2}} b\n", "a two b\n");
    is("```rust\n{{#include ../x.rs:in}}\n```\n", "```rust\nb();\n\n  c(\"{{ v }}\");\n```\n");
    is("1. ```\n   {{#include ../x.js:one}}\n   ```\n", "1. ```\n   a\n   ```\n");
    is("{{#include ../x.js:two}}|{{#include ../x.py:s}}\n", "b|x\n");
    is("```yaml\n{{#include ../x.yaml}}\n```\n", "```yaml\n---\na: 1\n---\nb: 2\n```\n");
    is("{{#include ../x.yaml:4:}}|{{#include ../x.yaml:1:2}}\n", "b: 2|---\na: 1\n");
    // What shows the syntax stays.
    is(
        "`{{#include ../no.md}}` \\{{#include no.md}}\n",
        "`{{#include ../no.md}}` \\{{#include no.md}}\n",
    );
    is("```\n\\{{#include no.md}}\n```\n", "```\n{{#include no.md}}\n```\n");
    is("```md\n{{#include no.md}} {{ v }}\n```\n", "```md\n{{#include no.md}} {{ v }}\n```\n");
}

#[test]
fn a_text_is_written_as_its_place_needs_it() {
    for (text, expected) in [
        ("{{ v }} and {{v}}", "1.2 and 1.2"),
        ("# {{product.name}}", "# A_b &#42;c&#42; &amp; Co"),
        ("{{ hash }}", "&#35; d"),
        ("- {{ hash }}", "- &#35; d"),
        ("a {{ hash }}", "a # d"),
        (
            "[{{ hash }}]({{ url }}/{{ v }} \"{{ quote }}\") {{ hash }}",
            "[# d](https://example.com/a%20b/1.2 \"a &quot;b&quot; &#92; c\") # d",
        ),
        ("[a]: {{ url }}", "[a]: https://example.com/a%20b"),
        ("https://a.b/{{ product.name }}/", "https://a.b/A_b%20%2Ac%2A%20&amp;%20Co/"),
        (
            "<Card title=\"{{ quote }}\" href=\"{{ url }}\">{{ v }}</Card>",
            "<Card title=\"a &quot;b&quot; &#92; c\" href=\"https://example.com/a%20b\">1.2</Card>",
        ),
        ("<Card\n  title='{{ v }}'\n/>", "<Card\n  title='1.2'\n/>"),
        ("`{{ product.name }}`", "`A_b *c* & Co`"),
        ("```json\n\"{{ quote }}\"\n```", "```json\n\"a \\\"b\\\" \\\\ c\"\n```"),
        (
            "```sh title=\"{{ v }}.sh\"\n{{ quote }}\n```",
            "```sh title=\"1.2.sh\"\na \"b\" \\ c\n```",
        ),
        (
            "---\ntitle: \"{{ quote }}\"\nb: {{ v }}\n---\n",
            "---\ntitle: \"a \\\"b\\\" \\\\ c\"\nb: 1.2\n---\n",
        ),
        (
            "---\nvariables:\n  v: {{ v }}.3\n  own: {a: x}\n---\n{{ v }} {{ own.a }}",
            "---\nvariables:\n  v: 1.2.3\n  own: {a: x}\n---\n1.2.3 x",
        ),
        // Other tools have templates too.
        (
            "${{ v }} {{{ v }}} {{ v | x }} {{ other }}",
            "${{ v }} {{{ v }}} {{ v | x }} {{ other }}",
        ),
        ("<p style={{ v }}>{{ v }}</p>", "<p style={{ v }}>1.2</p>"),
        ("\\{{ v }} and `\\{{ v }}`", "\\{{ v }} and `{{ v }}`"),
        ("```\n\\{{ v }} \\{{ other }}\n```", "```\n{{ v }} \\{{ other }}\n```"),
    ] {
        is(text, expected);
    }
}

#[test]
fn faults_are_told_at_the_use() {
    use FaultKind::{Include, Variable};
    for (text, kind, at, message, help) in [
        ("{{#include a.md}}", Include, "a.md", "no file at `a.md` to include", ""),
        ("{{#include ../x.rs:i}}", Include, "i", "`x.rs` has no part `i`", ""),
        ("{{#include ../x.js:ont}}", Include, "ont", "`x.js` has no part `ont`", "one"),
        ("{{#include ../x.py:9}}", Include, "9", "`x.py` has no lines 9: it has 3", ""),
        ("{{#include ../x.py:2:9}}", Include, "2:9", "`x.py` has no lines 2:9: it has 3", ""),
        (
            "{{ product.nam }}",
            Variable,
            "{{ product.nam }}",
            "no variable has the name `product.nam`",
            "product.name",
        ),
        ("`{{ tick }}`", Variable, "{{ tick }}", "the text of `tick` contains", ""),
        ("---\nvariables: [a]\n---\n{{ v }}", Variable, "[a]", "`variables` must be a table", ""),
        ("---\nvariables:\n  a b: c\n---\n{{ v }}", Variable, "a b", "the name of a variable", ""),
    ] {
        let found = expanded(text).unwrap();
        let [fault] = found.faults.as_slice() else { panic!("{text}: {:?}", found.faults) };
        assert_eq!((fault.kind, &text[fault.span.start..fault.span.end]), (kind, at), "{text}");
        assert!(fault.message.contains(message), "{}", fault.message);
        assert!(fault.help.as_deref().unwrap_or_default().contains(help), "{fault:?}");
    }
    let circle = expanded("{{#include ../parts/self.md}}").unwrap();
    assert_eq!(circle.faults[0].path.as_str(), "parts/self.md");
    assert!(circle.faults[0].message.ends_with("it includes itself"));
}
