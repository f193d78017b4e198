//! Whatever the program writes into a page is a word of the theme, in the language of the page.

use std::collections::BTreeMap;

use crate::common::rendering::Rendering;
use docgen::config::words::Words;
use docgen::markdown::components::COMPONENTS;
use docgen::project::{Inputs, Model};
use html5gum::{Token, Tokenizer};

type Files = Vec<(String, String)>;

/// Everything that is published of a tree and is text, by path.
fn published(files: Files) -> BTreeMap<String, String> {
    let site = Model::new(Inputs::from_texts(files).expect("inputs")).expect("a site");
    let rendering = Rendering::plain(&site);
    let publisher = rendering.publisher();
    let render = |(path, output)| {
        let bytes = publisher.render(&output).unwrap_or_else(|fault| panic!("{path}: {fault:?}"));
        Some((path, String::from_utf8(bytes?).ok()?))
    };
    publisher.outputs().into_iter().filter_map(render).collect()
}

/// A tree in which nothing is written in Latin letters, in a language whose words are not, either:
/// Latin letters that a reader sees are written by the program.
fn without_latin_letters() -> Files {
    let english = Words::new("en", &BTreeMap::new());
    let mut settings = "title = \"ω\"\ndescription = \"ω\"\nlanguage = \"qps\"\n\
                        repository = \"https://example.org/\"\nedit_url = \"https://example.org/{path}\"\n\
                        [theme]\nbanner = \"ω\"\n[words.qps]\n"
        .to_owned();
    for (key, word) in english.all() {
        let word = if word.contains('%') { "ω%" } else { "ω" };
        settings.push_str(&format!("{key} = \"{word}\"\n"));
    }
    let mut page = "---\ntitle: ω\nlastmod: 2026-11-26\n---\n\nω[^1]\n\n[^1]: ω\n\n\
                    - [ ] ω\n- [x] ω\n\n| ω |\n| - |\n| ω |\n\n```text bad=\"ω ω\"\nω\n```\n\n\
                    ```\nω\n```\n\n```output\nω\n```\n\n"
        .to_owned();
    for kind in ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"] {
        page.push_str(&format!("> [!{kind}]\n> ω\n\n"));
    }
    let attributes = "title=\"ω\" query=\"ω\" type=\"ω\" required deprecated default=\"ω\" \
                      file-name=\"ω\" number=\"1\" caption=\"ω\" label=\"ω\" description=\"ω\" \
                      tip=\"ω\" icon=\"ω\"";
    for component in COMPONENTS {
        let name = component.name;
        for attributes in ["", attributes] {
            page.push_str(&match component.inline {
                true => format!("ω <{name} {attributes}>ω</{name}>\n\n"),
                false => format!("<{name} {attributes}>\n\n```\nω\n```\n\n</{name}>\n\n"),
            });
        }
    }
    vec![
        ("docgen.toml".to_owned(), settings),
        ("content/index.md".to_owned(), page.clone()),
        ("content/ω.md".to_owned(), page),
    ]
}

/// What a reader sees or hears of a page.
fn seen(html: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut silent = false;
    for token in Tokenizer::new(html).flatten() {
        match token {
            Token::StartTag(tag) => {
                silent = matches!(tag.name.as_slice(), b"script" | b"style");
                let spoken = [
                    "alt",
                    "aria-label",
                    "data-checked",
                    "data-label",
                    "data-title",
                    "placeholder",
                    "title",
                ];
                let spoken =
                    spoken.into_iter().filter_map(|name| tag.attributes.get(name.as_bytes()));
                texts.extend(spoken.map(|text| String::from_utf8_lossy(text).into_owned()));
                if let Some(words) = tag.attributes.get(b"data-words".as_slice()) {
                    let words: BTreeMap<String, String> =
                        serde_json::from_slice(words).expect("JSON");
                    texts.extend(words.into_values());
                }
            }
            Token::EndTag(_) => silent = false,
            Token::String(text) if !silent => {
                texts.push(String::from_utf8_lossy(&text).into_owned());
            }
            _ => {}
        }
    }
    texts
}

#[test]
fn whatever_the_program_writes_is_a_word_of_the_theme() {
    // The program's name, and the places of a parameter in a request, which are code.
    let allowed = ["docgen", "query", "path", "body", "header"];
    // Alerts as GitHub writes them.
    let alerts = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];
    let made = published(without_latin_letters());
    let mut looked_at = 0;
    for (path, text) in &made {
        let texts: Vec<String> = match path.rsplit_once('.').map(|(_, suffix)| suffix) {
            Some("html") => seen(text).iter().map(|text| without_addresses(text)).collect(),
            Some("md") => text.lines().map(without_addresses).collect(),
            _ if path == "llms.txt" => text.lines().map(without_addresses).collect(),
            _ => continue,
        };
        looked_at += 1;
        for text in texts {
            let words = text.split(|c: char| !c.is_ascii_alphabetic());
            let mut words = words.filter(|word| !word.is_empty());
            let literal = words.find(|word| !allowed.contains(word) && !alerts.contains(word));
            assert!(literal.is_none(), "{path}: {literal:?} in {text:?}");
        }
    }
    assert!(looked_at >= 6, "{:?}", made.keys());
}

/// A text without the addresses of its links, the tags that its author wrote, and the names of
/// languages.
fn without_addresses(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line.trim_start_matches([' ', '`', '>', '-']);
    // A task that is done.
    rest = rest.strip_prefix("[x]").unwrap_or(rest);
    if line.trim_start().starts_with("```") {
        return out;
    }
    while let Some(at) = rest.find("](").into_iter().chain(rest.find('<')).min() {
        out.push_str(&rest[..at]);
        let end = if rest[at..].starts_with('<') { '>' } else { ')' };
        rest = rest[at..].find(end).map_or("", |end| &rest[at + end + 1..]);
    }
    out + rest
}
