use super::KINDS;
use crate::markdown::outline::Outline;
use crate::markdown::{Dialect, prepare};

/// The source of everything that a page shows as markup, with the number of its kind.
fn found(text: &str) -> Vec<(usize, &str)> {
    let scan = prepare(text, false, 0, Dialect::GITHUB);
    let outline = Outline::new(text, &scan);
    let mut out = Vec::new();
    super::find(text, &outline, false, &|_| true, &mut |kind, shown, raw| {
        let number = KINDS.iter().position(|one| std::ptr::eq(one, kind)).unwrap_or(KINDS.len());
        let span = shown.span(raw.span.start, raw.span.end);
        out.push((number, &text[span.start..span.end]));
    });
    out
}

#[test]
fn markup_that_is_shown_is_found() {
    for (text, raw) in [
        ("** bold ** text", "** bold **"),
        ("a **Note:**text", "**Note:**"),
        ("| a |\n| - |\n| ** b ** |", "** b **"),
        ("see [x](a b.md) there", "[x](a b.md)"),
        ("![x](a b.png \"T\")", "![x](a b.png \"T\")"),
        ("[the docs] (https://x.y)", "[the docs] (https://x.y)"),
        ("[the docs]\n(docs/a.md)", "[the docs]\n(docs/a.md)"),
        ("(the docs)[https://x.y]", "(the docs)[https://x.y]"),
        ("[a [b](https://x.y) c](https://x.z)", "](https://x.z)"),
        ("<div>\n**a** b\n</div>", "**a**"),
        ("<td>see [a](b.md)</td>", "[a](b.md)"),
        ("<details><summary>`a`</summary>", "`a`"),
        ("<li>{{ a.b }}</li>", "{{ a.b }}"),
        ("<p markdown=\"span\">**a**</p>", "**a**"),
        ("::: a.b.C", "::: a.b.C"),
        ("a {/* b */} c", "{/* b */}"),
        ("import A from 'a';\n", "import A from 'a';"),
        ("{{#include a.md}}", "{{#include a.md}}"),
        ("--8<-- \"a.md\"", "--8<-- \"a.md\""),
        ("[TOC]", "[TOC]"),
        ("| a | b |\n\n| - | :-: |\n", "| - | :-: |"),
        ("##Install", "##Install"),
        ("#Install it", "#Install it"),
        ("-[ ] do it", "-[ ] do it"),
        ("- [] do it", "[] do it"),
        ("| name | value |\n| one | two |", "| name | value |"),
        ("[guide]: https://x.y more words", "[guide]: https://x.y more words"),
        ("!!! note\n    text", "!!! note"),
        (":::warning\n", ":::warning"),
        ("a {{< note >}} b", "{{< note >}}"),
        ("a {% raw %} b", "{% raw %}"),
        ("[x](y){ .md-button }", "{ .md-button }"),
        ("text\n{: .note }", "{: .note }"),
        ("<ParamField path=\"a\" deprecated\">x", "<ParamField path=\"a\" deprecated\">"),
        ("a&amp;nbsp;b", "&amp;nbsp;"),
        ("end.\\n\\nNext one", "\\n\\n"),
        ("see [`f(a[, b])`][] there", "[`f(a[, b])`][]"),
        ("see [the [x] one][] it\n\n[the [x] one]: a.md", "[the [x] one][]"),
        ("see [it][a[b]] x\n\n[a[b]]: https://x.y", "[it][a[b]]"),
        ("[`a[b]`]: a.md#b\n[c]: d.md", "[`a[b]`]: a.md#b\n[c]: d.md"),
    ] {
        let found = found(text);
        assert!(found.iter().any(|(_, found)| *found == raw), "{text:?}: {found:?}");
    }
}

#[test]
fn what_is_meant_to_be_shown_is_not_found() {
    for text in [
        "2 ** 3 ** 4 and src/**/x/**/y and f(**kwargs, **options)",
        "\\*\\* bold \\*\\* and `** x **` and **bold** text",
        "see [x](<a b.md>) and a[i](the index of it)",
        "see [1] (https://x.y) and [x] (see below)",
        "f(a)[b] and (see)[2]",
        "#hashtag and #123 and #!shebang",
        "# Install",
        "-v is a flag; - [ ] box; list[] is empty",
        "|x| + |y| = |z|",
        "[guide]: https://x.y \"title\"\n\n[guide]",
        "> [!NOTE]\n> x",
        "for #[derive] (#338) and a[b](c)",
        "> [link](x) and [!] text",
        "wow!!! note that; what??? tip",
        "{ a } and {} and ${x} and {{}} and { key: value }",
        "a < b and x <y z=1> and Vec<String>",
        "R&amp;D; a &lt; b &amp; c",
        "see [`f(a[, b])`](x.md) and [`f(a\\[b\\])`][]\n\n[`f(a\\[b\\])`]: a.md",
        "an array a[b[0]][] and [[0]][] and [x[0]][y[1]] and `[a[b]][]`",
        "[[nodes]]: see below",
        "C:\\new\\name and \\n in a text",
    ] {
        assert_eq!(found(text), [], "{text:?}");
    }
}

/// A place in the text is the same place in the source, whatever stands between.
#[test]
fn places_are_those_of_the_source() {
    let text = "ä `c` &amp; <b>x</b> \\* **Note:**text";
    assert_eq!(found(text), [(0, "**Note:**")]);
}
