//! Footnotes: at the end of the page, in the order of the text, with a way back to it.

use crate::common::rendering::Rendering;
use docgen::project::{Inputs, Model};
use docgen::render::publish::Output;

/// The text of a page, without the frame around it.
fn body(text: &str) -> String {
    let files = vec![
        ("docgen.toml".to_owned(), "search = false\n".to_owned()),
        ("content/index.md".to_owned(), text.to_owned()),
    ];
    let site = Model::new(Inputs::from_texts(files).unwrap()).unwrap();
    let rendering = Rendering::of(&site);
    let publisher = rendering.publisher();
    let outputs: Vec<(String, Output)> = publisher.outputs().into_iter().collect();
    let (_, page) = outputs.iter().find(|(path, _)| path == "index.html").expect("the page");
    let html = String::from_utf8(publisher.render(page).unwrap().expect("text")).unwrap();
    let (_, rest) = html.split_once("<article class=\"prose\">").expect("an article");
    let (body, _) = rest.split_once("</article>").expect("its end");
    body.trim().to_owned()
}

/// Whether parts stand in a text one after the other.
fn in_order(text: &str, parts: &[&str]) {
    let mut from = 0;
    for part in parts {
        let at = text[from..].find(part);
        from += at.unwrap_or_else(|| panic!("no `{part}` after byte {from} of\n{text}"));
        from += part.len();
    }
}

#[test]
fn in_the_order_of_the_text_at_the_end() {
    let html = body(
        "# T\n\n[^b]: Second.\n\n[^c]: Nobody mentions it.\n\nOne[^a], two[^b], one again[^a].\n\n\
         [^a]: First.\n\nThe end of the text.\n",
    );
    in_order(
        &html,
        &[
            "<sup class=\"footnote-reference\" data-pagefind-ignore><a href=\"#fn-a\" id=\"docgen-mention-1\">1</a>",
            "<a href=\"#fn-b\" id=\"docgen-mention-2\">2</a>",
            "<a href=\"#fn-a\" id=\"docgen-mention-1-2\">1</a>",
            "The end of the text.",
            "<section class=\"footnotes\" aria-label=\"Footnotes\">",
            "<li value=\"1\" id=\"fn-a\"><p>First. <a class=\"footnote-back\" data-pagefind-ignore href=\"#docgen-mention-1\"",
            "href=\"#docgen-mention-1-2\"",
            "<li value=\"2\" id=\"fn-b\"><p>Second. <a class=\"footnote-back\" data-pagefind-ignore href=\"#docgen-mention-2\"",
            "<li value=\"3\" id=\"fn-c\"><p>Nobody mentions it.</p></li>",
            "</ol></section>",
        ],
    );
    assert_eq!(html.matches("footnote-back").count(), 3);
}

#[test]
fn what_stands_around_a_footnote_stays_around_the_text() {
    // The line with the end of the box goes on with the footnote's paragraph.
    let html = body("# T\n\n<Note>\nSee[^1].\n\n[^1]: Text\nof it.\n</Note>\n\n## After\n");
    in_order(&html, &["<aside", "See", "</aside>", "id=\"after\"", "<section", "of it.", "</ol>"]);
    let quote = body("# T\n\n> A[^q]\n>\n> [^q]: Of it.\n>\n>     Two paragraphs.\n\nAfter.\n");
    in_order(&quote, &["</blockquote>", "After.", "<p>Of it.</p>", "Two paragraphs. <a"]);
    let inside = body("# T\n\nA[^1]\n\n[^1]: Text\n\n    <Tip>Own.</Tip>\n\nAfter.\n");
    in_order(&inside, &["After.", "<section", "<aside", "Own.", "</aside>", "</li>", "</section>"]);
}

#[test]
fn no_footnotes_no_list() {
    assert!(!body("# T\n\nText.\n").contains("footnotes"));
}
