//! What MDX adds to Markdown, as readers and machines get it: Markdown in elements, comments, and
//! strings in braces.

use std::collections::HashMap;

use crate::common::rendering::Rendering;
use docgen::project::{Inputs, Model};
use docgen::render::publish::Output;

/// The article and the twin of a page of MDX.
fn published(page: &str) -> (String, String) {
    let files = vec![
        ("docgen.toml".to_owned(), "search = false\n".to_owned()),
        ("content/p.mdx".to_owned(), format!("# A page\n\n{page}")),
    ];
    let model = Model::new(Inputs::from_texts(files).expect("inputs")).expect("a model");
    let rendering = Rendering::of(&model);
    let publisher = rendering.publisher();
    let outputs: HashMap<String, Output> = publisher.outputs().into_iter().collect();
    let text = |path: &str| {
        let output = outputs.get(path).unwrap_or_else(|| panic!("no {path}"));
        let bytes = publisher.render(output).expect("a text").expect("a text");
        String::from_utf8(bytes).expect("UTF-8")
    };
    let html = text("p/index.html");
    let (top, article) = html.split_once("<article class=\"prose\">").expect("an article");
    assert!(top.contains("</h1>"), "a title: {top}");
    let (article, _) = article.split_once("</article>").expect("its end");
    let (_, twin) = text("p.md").split_once("# A page\n").map_or_else(
        || panic!("no title"),
        |(before, twin)| (before.to_owned(), twin.trim().to_owned()),
    );
    (article.trim().to_owned(), twin)
}

#[test]
fn markdown_is_read_in_elements() {
    for (page, html, twin) in [
        ("<p>**a** b</p>\n", "<p><strong>a</strong> b</p>", "**a** b"),
        ("<p>\n**a**\n</p>\n", "<p>\n<strong>a</strong>\n</p>", "**a**"),
        ("<div>a *b*</div>\nc\n", "<div>a <em>b</em></div>\nc", "a *b*\nc"),
        ("<i>a</i>\n<div>*b*</div>\n", "<i>a</i>\n<div><em>b</em></div>", "<i>a</i>\n*b*"),
        (
            "<details><summary>`a`</summary>\n\n- b\n\n</details>\n",
            "<details>\n<summary><code>a</code></summary>\n<ul>\n<li>b</li>\n</ul>\n</details>",
            "<details>\n\n<summary>`a`</summary>\n\n- b\n\n</details>",
        ),
        (
            "<table>\n  <tr>\n    <td>*a*</td>\n  </tr>\n</table>\n",
            "<table>\n<tr>\n<td><em>a</em></td>\n</tr>\n</table>",
            "<table>\n\n<tr>\n\n<td>*a*</td>\n\n</tr>\n\n</table>",
        ),
    ] {
        let (article, copy) = published(page);
        assert_eq!(article, html, "{page}");
        assert_eq!(copy, twin, "{page}");
    }
}

#[test]
fn comments_are_not_shown_and_strings_are_text() {
    for (page, html, twin) in [
        ("a {/* b */} c\n", "<p>a c</p>", "a c"),
        ("<Tip>a {/* b */}</Tip>\n", "a</p>", "> a"),
        ("- a{' '}\n  {\"<b>\"}\n", "<li>a \n&lt;b&gt;</li>", "- a \n  \\<b\\>"),
        ("![a{/* b */}](https://a.b/c.png)\n", "alt=\"a\"", "![a](https://a.b/c.png)"),
        ("| a {/* b */} |\n| - |\n| c |\n", "<th>a</th>", "| a |"),
        ("`{/* a */}` \\{/* b \\*/}\n", "<code>{/* a */}</code> {/* b */}", "`{/* a */}`"),
    ] {
        let (article, copy) = published(page);
        assert!(article.contains(html), "{page}: {article}");
        assert!(copy.contains(twin), "{page}: {copy}");
    }
}
