//! Each kind of include, and the map back to the files.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Expanded, Found, Roots, Variables, expand};
use crate::markdown::Includes;
use crate::source::{Span, VPath};

fn expanded(includes: Includes, text: &str, files: &[(&str, &str)]) -> Option<Expanded> {
    let files: HashMap<VPath, Arc<str>> =
        files.iter().map(|(path, text)| (VPath::beyond(path), Arc::from(*text))).collect();
    let page = VPath::new("docs/a/page.md").unwrap();
    let variables = Variables::new();
    let roots = Roots { project: "", content: "docs", variables: &variables };
    let found = expand(&page, text, includes, roots, &|path| match files.get(path) {
        Some(text) => Found::Text(text.clone()),
        None if path.is_outside() => Found::Elsewhere("it is outside of the tree".to_owned()),
        None => Found::Missing,
    })?;
    // Every character that was copied is where the map says.
    for (at, c) in found.text.char_indices() {
        let origin = found.map.origin(Span::new(at, at + c.len_utf8())).unwrap();
        if origin.exact {
            let source = if origin.path == page { text } else { &files[&origin.path] };
            assert!(source[origin.span.start..].starts_with(c), "{at} {c:?} {origin:?}");
        }
    }
    Some(found)
}

#[test]
fn texts_are_put_in_place() {
    use Includes::{MdBook, Modules, Snippets, VitePress};
    let code =
        ("docs/x.rs", "one\n// ANCHOR: a\ntwo\n// ANCHOR: b\nthree\n// ANCHOR_END: a\nfour\n");
    let mark = "// ANCHOR: a\none\n// ANCHOR_END: a\ntwo\n// ANCHOR: a\nthree\n// ANCHOR_END: a\n";
    let twice = ("docs/y.rs", mark);
    let part = ("docs/a/p.md", "---\nt: 1\n---\nA [l](m)\n\nB\n");
    let snip = ("inc/s.md", "# --8<-- [start:k]\nkay\n# --8<-- [end:k]\nel\n");
    let js = ("docs/y.js", "// #region r\nx\n// #endregion r\ny\n");
    for (includes, text, file, expected) in [
        (MdBook, "```\n{{#include ../x.rs:a}}\n```\n", code, "```\ntwo\nthree\n```\n"),
        (
            MdBook,
            "{{#rustdoc_include ../x.rs:7:}}|{{#include ../x.rs:1}}",
            code,
            "# one\n# two\n# three\nfour|one",
        ),
        (
            MdBook,
            "{{#rustdoc_include ../y.rs:a}}|{{#include ../y.rs:a}}",
            twice,
            "one\n# two\nthree|one",
        ),
        (MdBook, "> {{#rustdoc_include ../x.rs:a}}\n", code, "> # one\n> two\n> three\n> # four\n"),
        (
            MdBook,
            "{{#rustdoc_include ../x.rs:1:2}}",
            code,
            "one\n// ANCHOR: a\n# two\n# three\n# four",
        ),
        (MdBook, "> {{#include ../x.rs:2:3}}\n", code, "> // ANCHOR: a\n> two\n"),
        (
            MdBook,
            "\\{{#include ../x.rs}} {{#title T}}{{ x }}",
            code,
            "{{#include ../x.rs}} {{ x }}",
        ),
        (MdBook, "`{{ #include }}` {{#include ../x.rs:1}}", code, "`{{ #include }}` one"),
        (Snippets, "a\n  --8<-- \"inc/s.md\"\nb\n", snip, "a\n  kay\n  el\nb\n"),
        (Snippets, "--8<-- \"inc/s.md:k\"\n", snip, "kay\n"),
        (Snippets, "-8<- 'inc/s.md:4'\n", snip, "el\n"),
        (Snippets, "--8<--\ninc/s.md:k\n; no.md\n--8<--\nb\n", snip, "kay\n\nb\n"),
        (Snippets, ";--8<-- \"inc/s.md\"\n", snip, "--8<-- \"inc/s.md\"\n"),
        (VitePress, "<<< @/y.js#r{1 ts}\nb\n", js, "````````ts\nx\n````````\nb\n"),
        (
            VitePress,
            "```\n<<< @/y.js\n```\n<!-- @include: ./p.md -->\n",
            part,
            "```\n<<< @/y.js\n```\nA [l](m)\n\nB\n",
        ),
        (VitePress, "<!--@include: ./p.md{4,4}-->x", part, "A [l](m)x"),
        (
            Modules,
            "import P from './p.md';\n\n<Tab>\n  <P a=\"b\" />\n</Tab>\n",
            part,
            "import P from './p.md';\n\n<Tab>\n  \n  A [l](m)\n  \n  B\n\n</Tab>\n",
        ),
        (MdBook, "{{#include ../../../x.rs:2:}}", ("../x.rs", "a\nb\n"), "b"),
        (Snippets, "--8<-- \"../x.md\"\n", ("../x.md", "a\n"), "a\n"),
        (
            Modules,
            "import P from '../../../p.md'\n\n<P />\n",
            ("../p.md", "a\n"),
            "import P from '../../../p.md'\n\n\na\n\n",
        ),
    ] {
        let found = expanded(includes, text, &[file]).unwrap();
        assert_eq!(found.text, expected, "{text}");
        assert!(found.faults.is_empty(), "{:?}", found.faults);
    }
}

#[test]
fn what_is_missing_stays_and_is_named() {
    for (includes, text, wanted) in [
        (Includes::MdBook, "a {{#include b.rs}} c", "b.rs"),
        (Includes::VitePress, "<<< ./b.js\n", "./b.js"),
        (Includes::VitePress, "a <!--@include: ./b.md-->", "./b.md"),
        (Includes::Modules, "import B from './b.mdx'\n", "./b.mdx"),
        (Includes::Snippets, "a\n--8<-- \"b.md\"\n", "b.md"),
    ] {
        let found = expanded(includes, text, &[]).unwrap();
        let fault = &found.faults[0];
        assert_eq!(&text[fault.span.start..fault.span.end], wanted);
        assert!(includes == Includes::Snippets || found.text == text, "{:?}", found.text);
    }
}

#[test]
fn what_is_refused_stays_and_says_why() {
    let own = ("docs/a/page.md", "text");
    for (includes, text, wanted, why) in [
        (Includes::MdBook, "{{#include ../../../b.rs}}", "../../../b.rs", "outside of the tree"),
        (Includes::VitePress, "<<< ../../../b.js\n", "../../../b.js", "outside of the tree"),
        (Includes::MdBook, "a {{#include page.md}} b", "page.md", "it includes itself"),
        (Includes::VitePress, "<!--@include: ./page.md-->", "./page.md", "it includes itself"),
        (Includes::Modules, "import A from './page.md'\n", "./page.md", "it includes itself"),
        (Includes::Snippets, "--8<-- \"docs/a/page.md\"\n", "docs/a/page.md", "includes itself"),
    ] {
        let found = expanded(includes, text, &[own]).unwrap();
        let [fault] = found.faults.as_slice() else { panic!("{text}: {:?}", found.faults) };
        assert_eq!(&text[fault.span.start..fault.span.end], wanted);
        assert!(fault.message.contains(why), "{}", fault.message);
        assert!(includes == Includes::Snippets || found.text == text, "{:?}", found.text);
    }
    assert!(expanded(Includes::Modules, "import A from 'package/a.md'\n", &[]).is_none());
}

#[test]
fn cycles_and_bombs_end() {
    let own = [
        ("docs/a/b.md", "{{#include b.md}}x{{#include c.md}}"),
        ("docs/a/c.md", "{{#include b.md}}"),
    ];
    let found = expanded(Includes::MdBook, "{{#include b.md}}", &own).unwrap();
    assert_eq!(found.text, "{{#include b.md}}x{{#include b.md}}");
    let faults: Vec<_> = found.faults.iter().map(|one| (one.path.as_str(), one.span)).collect();
    let (b, c) = ("docs/a/b.md", "docs/a/c.md");
    assert_eq!(faults, [(b, Span::new(11, 15)), (c, Span::new(11, 15))]);
}
