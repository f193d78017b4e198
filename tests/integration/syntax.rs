//! Syntax beyond that of GitHub, which only some generators have: each flavour shows what its
//! generator shows, and the others leave it as text.

use std::collections::HashMap;

use crate::common::rendering::Rendering;
use docgen::project::{Inputs, Model};
use docgen::render::publish::Output;

/// The article of a page, without line breaks, and its twin.
fn page(settings: &[(&str, &str)], path: &str, built: &str, text: &str) -> (String, String) {
    let mut files: Vec<(String, String)> =
        settings.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    files.push((path.to_owned(), text.to_owned()));
    let model = Model::new(Inputs::from_texts(files).expect("inputs")).expect("a model");
    let rendering = Rendering::of(&model);
    let publisher = rendering.publisher();
    let outputs: HashMap<String, Output> = publisher.outputs().into_iter().collect();
    let text = |path: &str| {
        let output = outputs.get(path).unwrap_or_else(|| panic!("no {path}: {:?}", outputs.keys()));
        String::from_utf8(publisher.render(output).expect("a text").expect("a text"))
            .expect("UTF-8")
    };
    let html = text(built);
    let (top, article) = html.split_once("<article class=\"prose\">").expect("an article");
    let (article, _) = article.split_once("</article>").expect("its end");
    // The title that a text begins with stands above it.
    let title = top.find("<h1").map_or("", |at| &top[at..]);
    let title = title.find("</h1>").map_or("", |end| &title[..end + "</h1>".len()]);
    let article = format!("{title}{article}");
    let twin = outputs.keys().find(|name| name.ends_with(".md")).map(|name| text(name));
    (article.replace('\n', ""), twin.expect("a twin"))
}

fn mkdocs(text: &str) -> (String, String) {
    page(&[("mkdocs.yml", "site_name: X\n")], "docs/index.md", "index.html", text)
}

fn native(text: &str) -> String {
    page(&[("docgen.toml", "search = false\n")], "content/index.md", "index.html", text).0
}

#[test]
fn mkdocs_has_what_its_usual_extensions_add() {
    for (text, expected) in [
        ("H~2~O, x^2^ and ~~gone~~", "<p>H<sub>2</sub>O, x<sup>2</sup> and <del>gone</del></p>"),
        (
            "==a **b** c== and ^^new^^",
            "<p><mark>a <strong>b</strong> c</mark> and <ins>new</ins></p>",
        ),
        ("==a *b== c*", "<p>==a <em>b== c</em></p>"),
        ("- ==a\n- b==", "<ul><li>==a</li><li>b==</li></ul>"),
        ("++ctrl+page-up++", "<p><kbd>Ctrl</kbd>+<kbd>Page Up</kbd></p>"),
        (":tada: :material-no-icon:", "<p>🎉 :material-no-icon:</p>"),
        (
            "a:material-check: `:material-check:`",
            "<p>a:material-check: <code>:material-check:</code></p>",
        ),
        (
            "HTML `HTML` https://a.org/HTML\n\n*[HTML]: Hyper & Text",
            "<p><abbr title=\"Hyper &amp; Text\">HTML</abbr> <code>HTML</code> \
             <a href=\"https://a.org/HTML\">https://a.org/HTML</a></p>",
        ),
        (
            "[a](https://a.org){ .md-button target=_blank onclick=\"x()\" } b",
            "<p><a href=\"https://a.org\" class=\"md-button\" target=\"_blank\">a</a> b</p>",
        ),
        (
            "![a](https://a.org/a.png){ width=300 .x }",
            "<p><img src=\"https://a.org/a.png\" alt=\"a\" loading=\"lazy\" width=\"300\" class=\"x\"></p>",
        ),
        (
            "[](){ #place } `a`{ .b }{c}",
            "<p><a id=\"place\"></a> <code class=\"b\">a</code>{c}</p>",
        ),
        ("text\n{: .lead }\n\n- a\n{ .b }\n\n{ .c }", "<p>text</p><ul><li>a</li></ul>"),
        (
            "One `a`\nTwo\n:   Both *of* them\n\n    more\n:   again\n\nThree\n\n:   last",
            "<dl><dt>One <code>a</code></dt><dt>Two</dt><dd><p>Both <em>of</em> them</p><p>more</p></dd>\
             <dd><p>again</p></dd><dt>Three</dt><dd><p>last</p></dd></dl>",
        ),
    ] {
        let (article, twin) = mkdocs(&format!("# A\n\n{text}\n"));
        let (_, body) = article.split_once("</h1>").expect("a heading");
        assert_eq!(body.trim_end(), expected, "{text}");
        assert!(!twin.contains("width=300") && !twin.contains(".b }`"), "{twin}");
        assert!(!twin.contains("<kbd>") && !twin.contains("<mark>"), "the twin keeps the source");
    }
}

#[test]
fn headings_are_read_alike_in_the_page_and_in_its_title() {
    let (article, _) = mkdocs("# ==A== :tada: ++ctrl+c++ H~2~O\n");
    let heading = "<mark>A</mark> 🎉 <kbd>Ctrl</kbd>+<kbd>C</kbd> H<sub>2</sub>O</h1>";
    assert!(article.contains(heading), "{article}");
    let files =
        [("docgen.toml", "search = false\n"), ("content/index.md", "# A :tada:\n\nText.\n")];
    let files = files.map(|(path, text)| (path.to_owned(), text.to_owned())).to_vec();
    let model = Model::new(Inputs::from_texts(files).expect("inputs")).expect("a model");
    let facts = &model.index.pages.iter().next().expect("a page").facts;
    assert_eq!(facts.title(), Some("A 🎉"));
    assert_eq!(facts.headings[0].ids.primary, "a-tada");
}

#[test]
fn mkdocs_has_icons_in_text() {
    let text = "# :material-check: Done\n\n:material-check:{ .a title=\"Yes\" } it is, \
                [next :octicons-arrow-right-24:](https://x.y), :fontawesome-brands-github::simple-docker:.\n";
    let (article, twin) = mkdocs(text);
    assert!(article.contains("<h1 id=\"done\">"), "{article}");
    assert!(
        article.contains("<span role=\"img\" aria-label=\"Yes\" title=\"Yes\"><svg class=\"icon\""),
        "{article}"
    );
    assert_eq!(article.matches("<svg class=\"icon").count(), 5, "{article}");
    for shown in [":material", ":octicons", ":simple", "{ .a"] {
        assert!(!article.contains(shown), "{shown}: {article}");
    }
    assert!(twin.contains("Done"), "{twin}");
    assert!(native(":material-check:\n").contains("<p>:material-check:</p>"));
}

#[test]
fn books_and_hugo_have_definitions() {
    let text = "# A\n\nTerm `x`\n: first **line**\n  goes on\n: second\n";
    let expected = "<dl><dt>Term <code>x</code></dt><dd><p>first <strong>line</strong>goes on</p></dd>\
                    <dd><p>second</p></dd></dl>";
    let tight = expected.replace("<p>", "").replace("</p>", "");
    let book = [("book.toml", ""), ("src/SUMMARY.md", "- [A](a.md)\n")];
    let (article, _) = page(&book, "src/a.md", "a.html", text);
    assert!(article.contains(expected) || article.contains(&tight), "{article}");
    let hugo = [("hugo.toml", "title = \"X\"\n")];
    let (article, _) = page(&hugo, "content/a.md", "a/index.html", text);
    assert!(article.contains(expected) || article.contains(&tight), "{article}");
    // The parser takes any line with a colon for a definition.
    let (article, _) = page(&book, "src/a.md", "a.html", "# A\n\nText\n:smile: more\n");
    assert!(article.contains("<p>Text:smile: more</p>"), "{article}");
}

#[test]
fn other_trees_leave_it_as_text() {
    let text =
        "# A\n\nH~2~O x^2^ ==a== ++b++ HTML\n\n*[HTML]: x\n\n[a](https://a.org){ .b }\n\nT\n: d\n";
    let article = native(text);
    for part in ["H~2~O x^2^ ==a== ++b++ HTML", "*[HTML]: x", "</a>{ .b }", "<p>T: d</p>"] {
        assert!(article.contains(part), "{part}: {article}");
    }
    assert!(native("# A\n\n:tada: a:x:b\n").contains("<p>🎉 a:x:b</p>"));
    let mintlify = [("docs.json", "{\"name\": \"X\", \"navigation\": {\"pages\": [\"index\"]}}")];
    let (article, _) = page(&mintlify, "index.mdx", "index.html", "# A\n\n:tada:\n");
    assert!(article.contains("<p>:tada:</p>"), "{article}");
    let vitepress = [(".vitepress/config.js", "export default {}\n")];
    let text = "# A\n\n:tada: [a](https://a.org){target=\"_self\"} ==x==\n";
    let (article, _) = page(&vitepress, "index.md", "index.html", text);
    let expected = "<p>🎉 <a href=\"https://a.org\" target=\"_self\">a</a> ==x==</p>";
    assert!(article.contains(expected), "{article}");
}
