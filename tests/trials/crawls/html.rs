//! What a built page says: ids, links, code, text, and how its elements are nested.

use html5gum::{StartTag, Token, Tokenizer};

/// A page of HTML, read.
#[derive(Default)]
pub struct Html {
    /// Ids in order.
    pub ids: Vec<String>,
    /// Addresses that `href`, `src` and `poster` name, and whether each is in the content.
    pub hrefs: Vec<(String, bool)>,
    /// The text of each code block.
    pub code: Vec<String>,
    /// The text outside of code, scripts and styles.
    pub prose: String,
    /// Elements that are not well nested.
    pub faults: Vec<String>,
    /// The open elements.
    stack: Vec<String>,
    in_block: bool,
}

const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Elements before which a browser closes an open paragraph.
const ENDS_PARAGRAPH: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "search",
    "table",
    "ul",
];

impl Html {
    /// Reads a page.
    pub fn read(text: &str) -> Self {
        let mut page = Self::default();
        for token in Tokenizer::new(text) {
            match token.expect("a text in memory can be read") {
                Token::StartTag(tag) => page.start(&tag),
                Token::EndTag(tag) => page.end(&String::from_utf8_lossy(&tag.name)),
                Token::String(text) => page.text(&String::from_utf8_lossy(&text)),
                _ => {}
            }
        }
        let open = std::mem::take(&mut page.stack);
        page.faults.extend(open.iter().map(|name| format!("<{name}> is never closed")));
        page
    }

    fn is_in(&self, name: &str) -> bool {
        self.stack.iter().any(|open| open == name)
    }

    fn start(&mut self, tag: &StartTag<()>) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        let content = self.is_in("article");
        for (key, value) in &tag.attributes {
            let value = String::from_utf8_lossy(&value.value).into_owned();
            match key.as_slice() {
                b"id" => self.ids.push(value),
                b"href" | b"src" | b"poster" => self.hrefs.push((value, content)),
                _ => {}
            }
        }
        if ENDS_PARAGRAPH.contains(&name.as_str()) && self.is_in("p") {
            self.faults.push(format!("<{name}> inside <p>"));
        }
        let foreign = self.is_in("svg") || name == "svg";
        if VOID.contains(&name.as_str()) || (foreign && tag.self_closing) {
            return;
        }
        if tag.self_closing {
            self.faults.push(format!("<{name}/> is not void"));
        }
        // Every code block of docgen is figure > pre > code; HTML in a page may be otherwise.
        let in_figure = self.stack.ends_with(&["figure".to_owned(), "pre".to_owned()]);
        if name == "code" && in_figure {
            self.in_block = true;
            self.code.push(String::new());
        }
        self.stack.push(name);
    }

    fn end(&mut self, name: &str) {
        if self.stack.last().is_some_and(|top| top == name) {
            self.stack.pop();
        } else if self.is_in(name) {
            let top = self.stack.last().cloned().unwrap_or_default();
            self.faults.push(format!("</{name}> while <{top}> is open"));
            while self.stack.pop().is_some_and(|open| open != name) {}
        } else {
            self.faults.push(format!("</{name}> closes nothing"));
        }
        self.in_block &= name != "code";
    }

    fn text(&mut self, text: &str) {
        if self.in_block {
            if let Some(code) = self.code.last_mut() {
                code.push_str(text);
            }
        } else if !["pre", "code", "script", "style"].iter().any(|name| self.is_in(name)) {
            self.prose.push_str(text);
        }
    }
}
