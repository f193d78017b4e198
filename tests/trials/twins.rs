//! The Markdown twins say what the pages say: every word of a body is in its twin, and every word
//! of the twin is in the body.

use crate::shared;
use std::collections::BTreeMap;

use crate::common::rendering::{Rendering, check};
use crate::corpora::{CORPORA, Corpus, NEEDS, open};
use docgen::project::Model;
use docgen::render::publish::{Output, Publisher};
use docgen::site::pages::PageId;
use html5gum::{Token, Tokenizer};
use libtest_mimic::{Failed, Trial};
use pulldown_cmark::{Event, Options, Parser};
use rayon::prelude::*;

/// What the theme or the twin writes where the author wrote no title.
const OWN: [&str; 18] = [
    "note",
    "info",
    "tip",
    "warning",
    "danger",
    "check",
    "caution",
    "important",
    "details",
    "do",
    "not",
    "this",
    "done",
    "to",
    "code",
    "default",
    "required",
    "deprecated",
];

/// The trials of this subject.
pub fn trials() -> Vec<Trial> {
    let trials = CORPORA.map(|corpus| {
        let name = format!("{}: a page and its twin say the same", corpus.name);
        shared::trial(&name, &NEEDS, move || same_words(&corpus))
    });
    let trials = trials.into_iter().chain([
        Trial::test("a word that is lost is noticed", lost_word),
        Trial::test("twins pass a check of their own", twins_check),
        Trial::test("links are absolute", links_are_absolute),
        Trial::test("the title stands first", the_title_stands_first),
        Trial::test("components are lowered", components_are_lowered),
        Trial::test("components in lists keep their place", components_in_lists_keep_their_place),
        Trial::test(
            "the inside of a component begins at its own column",
            the_inside_of_a_component_begins_at_its_own_column,
        ),
    ]);
    trials.collect()
}

fn same_words(corpus: &Corpus) -> Result<(), Failed> {
    let site = open(corpus.files());
    let rendering = Rendering::of(&site);
    let publisher = rendering.publisher();
    let pages: Vec<(String, Output)> = publisher
        .outputs()
        .into_iter()
        .filter(|(_, output)| matches!(output, Output::Twin(_)))
        .collect();
    if pages.len() < 50 {
        return Err(format!("only {} twins", pages.len()).into());
    }
    let differences: Vec<String> = pages
        .par_iter()
        .filter_map(|(path, output)| {
            let Output::Twin(page) = output else { return None };
            let (body, twin) = rendered(&publisher, *page);
            let found = differences(&body, &twin);
            (!found.is_empty()).then(|| format!("{path}: {}", found.join(", ")))
        })
        .collect();
    if differences.is_empty() { Ok(()) } else { Err(differences.join("\n").into()) }
}

fn rendered(publisher: &Publisher<'_>, page: PageId) -> (String, String) {
    let text = |output: Output| {
        let bytes = publisher.render(&output).expect("the built-in templates work");
        String::from_utf8(bytes.expect("bytes")).expect("UTF-8")
    };
    (text(Output::Page(page)), text(Output::Twin(page)))
}

/// Words that one of the two has more often.
fn differences(page: &str, twin: &str) -> Vec<String> {
    let start = page.find("<div class=\"page-body\">").expect("a body");
    let end = page.find("</article>").expect("an article");
    // The theme writes title and description above the body, and the title that a body begins with.
    let between = |open: &str, close: &str| {
        let from = page[..start].find(open)? + open.len();
        Some(html_text(&page[from..from + page[from..].find(close)?]))
    };
    let title = page[..start].find("<h1").map_or("", |at| &page[at..start]);
    let title = html_text(title.find("</h1>").map_or("", |end| &title[..end]));
    let lead = between("<p class=\"lead\">", "</p>").unwrap_or_default();
    let body = format!("{title} {lead} {}", html_text(&page[start..end]));
    let mut found = Vec::new();
    let (in_body, in_twin) = (words(&body), words(twin));
    let shown = words(&markdown_text(twin));
    for (word, count) in &in_body {
        // `` `code`s `` is one word for the reader and two in the text.
        let there = in_twin.get(word).max(shown.get(word)).copied().unwrap_or(0);
        if there < *count && !OWN.contains(&word.as_str()) {
            found.push(format!("`{word}` is missing"));
        }
    }
    for (word, count) in &shown {
        if in_body.get(word).copied().unwrap_or(0) < *count && !OWN.contains(&word.as_str()) {
            found.push(format!("`{word}` is only in the twin"));
        }
    }
    found
}

fn words(text: &str) -> BTreeMap<String, usize> {
    let mut all = BTreeMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *all.entry(word.to_lowercase()).or_default() += 1;
    }
    all
}

fn html_text(html: &str) -> String {
    let mut out = String::new();
    for token in Tokenizer::new(html).flatten() {
        match token {
            Token::String(text) => out.push_str(&String::from_utf8_lossy(&text)),
            // What stands in attributes and is read: alternative texts, tips.
            Token::StartTag(tag) => {
                for name in ["alt", "title"] {
                    if let Some(text) = tag.attributes.get(name.as_bytes()) {
                        out.push_str(&format!(" {} ", String::from_utf8_lossy(text)));
                    }
                }
                out.push_str(if is_inline(&tag.name) { "" } else { " " });
            }
            Token::EndTag(tag) => out.push_str(if is_inline(&tag.name) { "" } else { " " }),
            _ => {}
        }
    }
    out
}

fn is_inline(name: &[u8]) -> bool {
    matches!(name, b"span" | b"a" | b"code" | b"em" | b"strong" | b"del" | b"b" | b"i")
}

fn markdown_text(text: &str) -> String {
    let mut out = String::new();
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_GFM;
    let mut html = String::new();
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Html(text) | Event::InlineHtml(text) => html.push_str(&text),
            Event::Text(text) | Event::Code(text) => {
                out.push_str(&html_text(&std::mem::take(&mut html)));
                out.push_str(&text);
            }
            Event::Start(_) | Event::End(_) => {
                out.push_str(&html_text(&std::mem::take(&mut html)));
                let block = !matches!(event, Event::Start(ref tag) if is_phrase(&tag.to_end()))
                    && !matches!(event, Event::End(ref tag) if is_phrase(tag));
                out.push_str(if block { " " } else { "" });
            }
            _ => {
                out.push_str(&html_text(&std::mem::take(&mut html)));
                out.push(' ');
            }
        }
    }
    out + &html_text(&html)
}

fn is_phrase(tag: &pulldown_cmark::TagEnd) -> bool {
    use pulldown_cmark::TagEnd;
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link)
}

fn site(files: &[(&str, &str)]) -> Model {
    open(files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect())
}

fn lost_word() -> Result<(), Failed> {
    let site = site(&[("docgen.toml", ""), ("content/index.md", "# A\n\nOne two.\n")]);
    let rendering = Rendering::of(&site);
    let page = site.index.page_at("").expect("the front page");
    let (body, twin) = rendered(&rendering.publisher(), page);
    assert_eq!(differences(&body, &twin), Vec::<String>::new());
    assert_eq!(differences(&body, &twin.replace("two", "")), ["`two` is missing"]);
    assert_eq!(differences(&body, &twin.replace("two", "two six")), ["`six` is only in the twin"]);
    Ok(())
}

/// A tree of twins has no link that is dead.
fn twins_check() -> Result<(), Failed> {
    let index = "# A\n\n<Steps><Step title=\"x\">[b](b.md#c)</Step></Steps>\n\n[r]\n\n[r]: /b\n";
    let files =
        [("docs.json", "{}"), ("index.md", index), ("b.md", "# B\n\n## C\n\n[a](index.md)\n")];
    let first = site(&files);
    let rendering = Rendering::of(&first);
    let publisher = rendering.publisher();
    let twins = publisher.outputs().into_iter().filter_map(|(path, output)| match output {
        Output::Twin(_) => Some((path, rendered_twin(&publisher, &output))),
        _ => None,
    });
    let mut twins: Vec<(String, String)> = twins.collect();
    assert_eq!(twins.len(), 2);
    twins.push(("docs.json".to_owned(), "{}".to_owned()));
    let (found, coverage) = check(&open(twins));
    let dead = found.iter().filter(|one| one.rule.name.starts_with("broken"));
    assert_eq!(dead.count(), 0, "{found:?}");
    assert_eq!(coverage.links, 3);
    Ok(())
}

fn rendered_twin(publisher: &Publisher<'_>, output: &Output) -> String {
    let bytes = publisher.render(output).expect("no template is asked").expect("bytes");
    String::from_utf8(bytes).expect("UTF-8")
}

fn twin_of(text: &str) -> String {
    let settings = "base_url = \"https://x.dev\"\nflavour = \"mintlify\"\n";
    let first = site(&[
        ("docgen.toml", settings),
        ("index.md", text),
        ("a.md", "# A\n\n## B\n"),
        ("y.png", ""),
    ]);
    let rendering = Rendering::of(&first);
    let page = first.index.page_of_file("index.md").expect("the page");
    rendered_twin(&rendering.publisher(), &Output::Twin(page))
}

fn links_are_absolute() -> Result<(), Failed> {
    let text = "# T\n\n[a](a.md#b \"t\") ![x](y.png) [*r*][R] <https://z.dev> [R]\n\n[R]: ./a\n";
    let expected = "# T\n\n[a](https://x.dev/a/#b \"t\") ![x](https://x.dev/y.png) \
                    [*r*](https://x.dev/a/) <https://z.dev> [R](https://x.dev/a/)\n";
    assert_eq!(twin_of(text), expected);
    Ok(())
}

fn the_title_stands_first() -> Result<(), Failed> {
    let text = "---\ntitle: T\ndescription: D\n---\n\nText.\n";
    assert_eq!(twin_of(text), "# T\n\n> D\n\nText.\n");
    Ok(())
}

fn components_are_lowered() -> Result<(), Failed> {
    let text = "# T\n\n<Note>\n  One\n\n  ```json\n  {}\n  ```\n</Note>\nTwo\n<Steps>\n  <Step title=\"A\">\n    Do `x`.\n  </Step>\n  <Step title=\"B\">\n    Then\n\n    - y\n  </Step>\n</Steps>\n\n<CardGroup>\n  <Card title=\"C\" href=\"/a\">Body</Card>\n</CardGroup>\n";
    let expected = "# T\n\n> [!NOTE]\n> One\n>\n> ```json\n> {}\n> ```\n\nTwo\n\n1. **A**\n\n   Do `x`.\n\n2. **B**\n\n   Then\n\n   - y\n\n- **[C](https://x.dev/a/)**\n\n  Body\n";
    assert_eq!(twin_of(text), expected);
    Ok(())
}

fn components_in_lists_keep_their_place() -> Result<(), Failed> {
    let text = "# T\n\n- one\n\n  <Tip>In it</Tip>\n\n- <Warning>Two</Warning>\n\nThe <Tooltip tip=\"tip\">word</Tooltip> here.\n";
    let expected = "# T\n\n- one\n\n  > [!TIP]\n  > In it\n\n- > [!WARNING]\n  > Two\n\nThe word (tip) here.\n";
    assert_eq!(twin_of(text), expected);
    Ok(())
}

fn the_inside_of_a_component_begins_at_its_own_column() -> Result<(), Failed> {
    let text = "# T\n\n<CardGroup>\n\n<Card title=\"C\" href=\"/a\">\n  **one** · two\n\n  Three.\n\n  <img src=\"y.png\" alt=\"z\" />\n</Card>\n\n</CardGroup>\n";
    let expected = "# T\n\n- **[C](https://x.dev/a/)**\n\n  **one** · two\n\n  Three.\n\n  <img src=\"https://x.dev/y.png\" alt=\"z\">\n";
    assert_eq!(twin_of(text), expected);
    Ok(())
}
