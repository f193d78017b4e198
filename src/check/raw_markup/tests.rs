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
        ("<h3>a</h3>\n_noun_\nwhat it is", "_noun_"),
        ("<p>it is *not so* easy</p>", "*not so*"),
        ("<td>~~gone~~, then</td>", "~~gone~~"),
        ("<td>a __very bold__ one</td>", "__very bold__"),
        ("#[#3015](https://x.y) also does", "#[#"),
        ("and (#[#3][a]) is\n\n[a]: b.md", "#[#"),
        ("thanks @[@name](https://x.y)!", "@[@"),
        ("see !![a picture](a.png)", "!"),
        ("see [the guide](a.md)) and", ")"),
        ("see (this) [guide](a.md)].", "]"),
        ("##[Install](a.md)", "##[Install"),
        ("Pages:\n-[Install](a.md)\n-[Use](b.md)", "-[Install](a.md)\n-[Use"),
        ("Pages:\n1.[Install](a.md)\n2.[Use](b.md)", "1.[Install](a.md)\n2.[Use"),
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
        ("- :octicons-tag-16: here", ":octicons-tag-16:"),
        ("a ** strong** text", "** strong**"),
        ("and **Note: **text", "**Note: **"),
        ("a __strong __ text", "__strong __"),
        ("a __ strong__", "__ strong__"),
        ("tap __Enable It** now", "__Enable It**"),
        ("- __설정 열기**을 누르세요", "__설정 열기**"),
        ("tap **Enable it__ now", "**Enable it__"),
        ("2. __**Enable it** now", "__"),
        ("a word^[This is a note.] here", "^[This is a note.]"),
        ("a&nbps;b", "&nbps;"),
        ("a &hellp; b", "&hellp;"),
        ("a&nbsp b", "&nbsp"),
        ("{{#inlude a.md}}", "{{#inlude a.md}}"),
        ("-First item\n-Second item\n", "-First item\n-Second item"),
        ("Steps:\n1)first\n2)second\n", "1)first\n2)second"),
        ("1.安装\n2.配置", "1.安装\n2.配置"),
        ("- One item\n-Two items\n- Three", "-Two items"),
        ("1. One\n2.Two\n3. Three", "2.Two"),
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
fn bold_text_and_tasks_that_touch_letters_are_found() {
    for (text, raw) in [
        ("use**“引用”**后", "**“引用”**"),
        ("- [x]done with it", "[x]done with it"),
        ("a **bold **text here", "**bold **"),
        ("**Very bold **text", "**Very bold **"),
        ("-The first item here", "-The first item here"),
        ("Steps:\n-The first one\nand more", "-The first one"),
        ("-项目", "-项目"),
        ("a &rt; b", "&rt;"),
        ("x&lt;b&rt; c", "&rt;"),
        ("caf&eacut; au lait", "&eacut;"),
        ("[ ] todo", "[ ] todo"),
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
        "[Ann]: [https://x.y/z](https://x.y/z) is what she wrote",
        "<div style=\"color: red; display: none\">[a](b.md) <div>`c`</div> **d**</div>",
        "<p hidden>see [a](b.md)</p>",
        "* Officer: {{ALTERNATE EO}}, one of {{K8S TEAM 2}}",
        "#hashtag and #123 and #!shebang",
        "# Install",
        "-v is a flag; - [ ] box; list[] is empty",
        "- [x](a.md) b\n- [x] done\n- [ ]",
        "a[ ] b and x**“**y**z",
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
        "# Title {/* #own-id */}",
        "at 12:30 a:material-b: or :simple: or :Material-x: or `:material-x:`",
        "[[nodes]]: see below",
        "-Wall shows all\\n-Werror makes errors\n-Xmx is memory",
        "-Dname=a b\n-Dother=b c",
        "-v for more\n-q for less",
        "1.x is old\n2.x is new",
        "1)one  \n2)two",
        "2020)a\n2021)b and 1.One\n3.Two",
        "a -One thing\nand -Two things",
        "__init__ and __main__ and f__x __ y",
        "f(__name, **options) and __a**2 and **kwargs__ and {__a__,b}/**/c__",
        "__ and __ fill the blanks",
        "^[a-z]+$ and x^[0-9] and a^[i] and x^[see]",
        "R&D; a&b; &foo; <https://x.y?a=1&nbsp=2&time;> x?y&nbps;",
        "&nbsp; &copy; &Lt;",
        "C:\\new\\name and \\n in a text",
        "<td>__init__ and _id and a_b_c and *args, *more and 2 * 3 * 4 and ~5~</td>",
        "<p>a_b_c, _x.y_, *.md, _a_b, **, __ and __</p>",
        "#[12](https://x.y), C#[#3](a.md), a@[@b](a.md) and [#3](a.md) and @[b](a.md)",
        "so good!![x](a.png) and ![y](b.png)",
        "(see [the guide](a.md)) and [[a](b.md)] and \\([b](c.md)) and （[c](d.md))",
        "-[a](b.md) alone",
        "f(**a, **b) of it",
        "a** b** of it",
        "**/a **/b of it",
        "x **a_b **c of it",
        "-Ada Lovelace",
        "It is so.\n-Ada Lovelace, London",
        "> It is so.\n>\n> -Ada of the old house",
        "-Xmx is memory, -Dname=a b, -Wall shows all",
        "-XX:Some is an option of it",
        "R&d; x &Rt; y &ab1; and x?a=1&rt;",
        "#[general](a.md) is a channel",
    ] {
        assert_eq!(found(text), [], "{text:?}");
    }
}

/// The comment behind a heading of MDX names its id.
#[test]
fn ids_in_comments_are_not_shown() {
    let text = "# Title {/* own-id */}";
    let scan = prepare(text, true, 0, Dialect::MINTLIFY);
    let outline = Outline::new(text, &scan);
    super::find(text, &outline, true, &|_| true, &mut |kind, _, _| panic!("{}", kind.message));
}

#[test]
fn calculations_of_mdx_are_found() {
    let text = "{1+1} {1 + 1} {a && b} {a || \"b\"} {a ? \"b\" : \"c\"} {list.map(x => x)} \
                {owner/repo} {1-5} {a|b} {C++} {C++ or D} {a*} {x?} {id} {a, b} {key: value}";
    let scan = prepare(text, true, 0, Dialect::MINTLIFY);
    let outline = Outline::new(text, &scan);
    let mut out = Vec::new();
    super::find(text, &outline, true, &|_| true, &mut |_, shown, raw| {
        let span = shown.span(raw.span.start, raw.span.end);
        out.push(&text[span.start..span.end]);
    });
    let expected = ["{1+1}", "{1 + 1}", "{a && b}", "{a || \"b\"}", "{a ? \"b\" : \"c\"}"];
    assert_eq!(out, [&expected[..], &["{list.map(x => x)}"]].concat());
}

/// A place in the text is the same place in the source, whatever stands between.
#[test]
fn places_are_those_of_the_source() {
    let text = "ä `c` &amp; <b>x</b> \\* **Note:**text";
    assert_eq!(found(text), [(0, "**Note:**")]);
}
