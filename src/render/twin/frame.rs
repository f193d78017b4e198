//! Converts the content of a component to plain Markdown.

use crate::components::{self, Attrs};
use crate::config::words::Words;
use crate::title;

/// The Markdown form of a component.
pub(super) enum Kind {
    /// A GitHub alert: its kind and its title.
    Alert(&'static str, String),
    /// Its content after this line.
    Titled(String),
    /// Its content between a hint and a caption.
    Captioned {
        /// The hint; may be empty.
        hint: String,
        /// The caption; may be empty.
        caption: String,
    },
    /// Its content between a file name and a caption in Markdown.
    Listing {
        /// The line with the file name; may be empty.
        file: String,
        /// The caption; may be empty.
        caption: String,
    },
    /// Steps, and how many there were so far.
    Steps(usize),
    /// An item of a list.
    Item {
        /// The list marker, with a space.
        marker: String,
        /// Its first line.
        head: String,
    },
    /// Its content in place.
    Flat,
    /// An HTML element: its opening tag, which is empty if it is left out, and its name.
    Element(String, String),
}

impl Kind {
    /// Sets a title that was found in the text.
    pub(super) fn set_title(&mut self, text: &str) {
        match self {
            Self::Alert(_, title) => *title = text.to_owned(),
            Self::Titled(title) | Self::Item { head: title, .. } => *title = bold(text),
            _ => {}
        }
    }
}

/// A component that is open.
pub(super) struct Frame {
    pub(super) kind: Kind,
    /// The number of its tag; `None` if nothing closes it.
    pub(super) number: Option<usize>,
    /// The offset in the output where its content starts.
    pub(super) start: usize,
    /// Whether it follows a list marker on the same line.
    pub(super) begins_item: bool,
    /// The prefix of each of its lines.
    prefix: String,
}

impl Frame {
    /// A component whose tag comes after `prefix` in its line.
    pub(super) fn new(kind: Kind, prefix: &str, number: Option<usize>) -> Self {
        let begins_item = !prefix.bytes().all(|byte| matches!(byte, b' ' | b'>' | b'\t'));
        // After text, it is in the middle of a line.
        let mark = |byte: u8| byte.is_ascii_digit() || b" >\t.)-*+".contains(&byte);
        let prefix = if prefix.bytes().all(mark) { prefix } else { "" };
        let prefix = prefix.chars().map(|c| if c == '>' { '>' } else { ' ' }).collect();
        Self { kind, number, start: 0, begins_item, prefix }
    }

    /// Writes it around its content.
    pub(super) fn write(&self, inside: &str, out: &mut String) {
        let mut lines: Vec<&str> = inside.lines().map(|line| self.unindented(line)).collect();
        while lines.last().is_some_and(|line| line.trim().is_empty()) {
            lines.pop();
        }
        let blank = lines.iter().take_while(|line| line.trim().is_empty()).count();
        let lines = self.lowered(&lines[blank..]);
        for (at, line) in lines.iter().enumerate() {
            let prefix = if at == 0 && self.begins_item { "" } else { self.prefix.as_str() };
            let prefix = if line.is_empty() { prefix.trim_end() } else { prefix };
            out.push_str(prefix);
            out.push_str(line);
            out.push('\n');
        }
    }

    fn unindented<'l>(&self, line: &'l str) -> &'l str {
        line.strip_prefix(self.prefix.as_str()).unwrap_or_else(|| line.trim_start_matches(' '))
    }

    fn lowered(&self, lines: &[&str]) -> Vec<String> {
        let own = || lines.iter().map(|line| (*line).to_owned());
        let gap = || (!lines.is_empty()).then(String::new);
        match &self.kind {
            Kind::Alert(kind, title) => {
                let title = (!title.is_empty()).then(|| bold(title));
                let gap = title.as_ref().and_then(|_| gap());
                let head = std::iter::once(format!("[!{kind}]")).chain(title).chain(gap);
                let quoted = |line: String| format!("> {line}").trim_end().to_owned();
                head.chain(own()).map(quoted).collect()
            }
            Kind::Titled(head) if head.is_empty() => own().collect(),
            Kind::Titled(head) => std::iter::once(head.clone()).chain(gap()).chain(own()).collect(),
            Kind::Captioned { hint, caption } => {
                let hint = (!hint.is_empty()).then(|| [hint.clone(), String::new()]);
                let caption = (!caption.is_empty()).then(|| format!("*{caption}*"));
                let gap = caption.as_ref().and_then(|_| gap());
                hint.into_iter().flatten().chain(own()).chain(gap).chain(caption).collect()
            }
            Kind::Listing { file, caption } => {
                let file = (!file.is_empty()).then(|| [file.clone(), String::new()]);
                let caption = (!caption.is_empty()).then(|| [String::new(), caption.clone()]);
                file.into_iter()
                    .flatten()
                    .chain(own())
                    .chain(caption.into_iter().flatten())
                    .collect()
            }
            Kind::Steps(_) | Kind::Flat => own().collect(),
            Kind::Item { marker, head } => {
                let indent = " ".repeat(marker.len());
                let inside = own().map(|line| match line.is_empty() {
                    true => line,
                    false => format!("{indent}{line}"),
                });
                let first = format!("{marker}{head}").trim_end().to_owned();
                std::iter::once(first).chain(gap()).chain(inside).collect()
            }
            Kind::Element(tag, _) if tag.is_empty() => own().collect(),
            Kind::Element(tag, name) => {
                let (before, behind) = (gap(), gap());
                let head = std::iter::once(tag.clone()).chain(before);
                head.chain(own()).chain(behind).chain([format!("</{name}>")]).collect()
            }
        }
    }
}

/// A title on a line of its own; empty for none.
pub(super) fn bold(title: &str) -> String {
    let title = title.trim();
    if title.is_empty() { String::new() } else { format!("**{}**", title::without_bold(title)) }
}

/// The end of a link, behind its text.
pub(super) fn link_end(href: String, title: &str) -> String {
    let href = if href.contains(['(', ')', ' ']) { format!("<{href}>") } else { href };
    if title.is_empty() {
        return format!("]({href})");
    }
    format!("]({href} \"{}\")", title.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A card: an item with its picture, its title and its link. `absolute` completes an address.
pub(super) fn card(attrs: &dyn Attrs, absolute: impl Fn(&str) -> String) -> Kind {
    let (title, href) = (attrs.get("title").unwrap_or_default(), attrs.link("href"));
    let text = if title.is_empty() { attrs.get("cta").unwrap_or_default() } else { title };
    let head = match href.map(|href| absolute(&href)) {
        Some(href) if text.is_empty() => format!("<{href}>"),
        Some(href) => format!("**[{}]({href})**", title::without_bold(&text)),
        None => bold(&text),
    };
    let image = attrs.link("img").map(|src| format!("![]({})", absolute(&src)));
    let parts = [image, Some(head), attrs.get("description")].map(Option::unwrap_or_default);
    Kind::Item { marker: "- ".to_owned(), head: parts.join(" ").trim().to_owned() }
}

/// What a tooltip explains and where it leads, behind its term. `absolute` completes an address.
pub(super) fn tip(attrs: &dyn Attrs, absolute: impl Fn(&str) -> String) -> String {
    let link = components::more(attrs).map(|(href, text)| format!("[{text}]({})", absolute(&href)));
    let parts: Vec<String> = components::tip(attrs).into_iter().chain(link).collect();
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join("; ")) }
}

/// The link to a video.
pub(super) fn video(attrs: &dyn Attrs, absolute: impl Fn(&str) -> String) -> String {
    let title = attrs.get("title").unwrap_or_default();
    match attrs.link("src").map(|src| absolute(&src)) {
        Some(src) if title.is_empty() => format!("<{src}>"),
        Some(src) => format!("[{}]({src})", title::without_bold(&title)),
        None => bold(&title),
    }
}

/// The heading of a parameter: its name and its properties.
pub(super) fn field(attrs: &dyn Attrs, words: &Words) -> String {
    let (place, name) = ["query", "path", "body", "header", "name"]
        .into_iter()
        .find_map(|key| attrs.get(key).map(|name| (key, name)))
        .unwrap_or(("name", String::new()));
    let mut notes: Vec<String> = attrs.get("type").into_iter().collect();
    if place != "name" {
        notes.push(place.to_owned());
    }
    for (flag, word) in [("required", "field_required"), ("deprecated", "field_deprecated")] {
        if attrs.flag(flag) {
            notes.push(words.get(word).to_owned());
        }
    }
    notes.extend(attrs.get("default").map(|default| words.filled("field_default", &default)));
    if notes.is_empty() { format!("`{name}`") } else { format!("`{name}` ({})", notes.join(", ")) }
}

/// Whether an element only arranges its content.
pub(super) fn only_arranges(name: &str) -> bool {
    matches!(name, "div" | "section" | "article" | "center" | "main" | "span" | "p")
}

/// A text as Markdown that shows it as it is.
pub(super) fn literally(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '~' | '[' | ']' | '<' | '>' | '&' | '|' | '#') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
