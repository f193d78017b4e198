//! A code block: figure, caption, marked lines.

use super::escape;
use super::highlight::Highlighter;
use crate::markdown::info::{BadMark, Info};

/// A block that folds shows so many lines.
const FOLDED_LINES: usize = 12;

/// Writes a code block.
pub fn block(out: &mut String, info: &Info, text: &str, highlighter: &Highlighter, in_group: bool) {
    let language = info.language.to_ascii_lowercase();
    let kinds = [
        ("bad", info.bad.is_some()),
        ("output", matches!(language.as_str(), "output" | "log")),
        ("numbered", info.numbers.is_some()),
        ("wrap", info.wrap),
        ("expandable", info.expandable && text.lines().count() > FOLDED_LINES),
    ];
    let mut class = "code".to_owned();
    for (name, _) in kinds.into_iter().filter(|(_, is)| *is) {
        class.push(' ');
        class.push_str(name);
    }
    out.push_str("<figure");
    escape::attribute(out, "class", &class);
    if let Some(first) = info.numbers.filter(|first| *first != 1) {
        escape::attribute(out, "style", &format!("--first:{}", first.saturating_sub(1)));
    }
    if !language.is_empty() {
        escape::attribute(out, "data-lang", &language);
    }
    out.push('>');
    caption(out, info, in_group);
    out.push_str("<pre tabindex=\"0\"><code");
    if !language.is_empty() {
        escape::attribute(out, "class", &format!("language-{language}"));
    }
    out.push('>');
    let marks = Marks::new(info, text);
    if marks.is_empty() {
        out.push_str(&highlighter.block(&language, text));
    } else {
        marked(out, &language, text, &marks, highlighter);
    }
    out.push_str("</code></pre></figure>");
}

fn caption(out: &mut String, info: &Info, in_group: bool) {
    let title = info.title.as_deref().filter(|_| !in_group);
    if title.is_none() && info.bad.is_none() {
        return;
    }
    out.push_str("<figcaption>");
    if let Some(bad) = &info.bad {
        out.push_str("<strong class=\"bad-label\">Do not do this</strong> ");
        if let BadMark::Reason(reason) = bad {
            escape::text(out, reason);
        }
    }
    if let Some(title) = title {
        escape::text(out, title);
    }
    out.push_str("</figcaption>");
}

fn marked(out: &mut String, language: &str, text: &str, marks: &Marks, highlighter: &Highlighter) {
    let html = highlighter.block(language, text);
    for (at, line) in html.split_inclusive('\n').enumerate() {
        let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
        out.push_str("<span class=\"line");
        if let Some(class) = marks.class(at + 1) {
            out.push(' ');
            out.push_str(class);
        }
        out.push_str("\">");
        out.push_str(line);
        out.push_str("</span>");
        out.push_str(end);
    }
}

/// The lines that stand out, and why.
struct Marks {
    lines: Vec<Option<&'static str>>,
    /// Lines are lines even where none stands out: they have numbers.
    all: bool,
}

impl Marks {
    fn new(info: &Info, text: &str) -> Self {
        let diff = info.language == "diff";
        let has_notes = text.contains("[!code ");
        let asked = info.numbers.is_some() || !info.lines.is_empty() || !info.focus.is_empty();
        if !asked && !diff && !has_notes {
            return Self { lines: Vec::new(), all: false };
        }
        let class = |number: usize, line: &str| {
            if diff {
                match line.as_bytes().first() {
                    Some(b'+') if !line.starts_with("+++") => return Some("ins"),
                    Some(b'-') if !line.starts_with("---") => return Some("del"),
                    _ => {}
                }
            }
            let note = [
                ("[!code ++]", "ins"),
                ("[!code --]", "del"),
                ("[!code highlight]", "hl"),
                ("[!code focus]", "focus"),
            ]
            .into_iter()
            .find(|(mark, _)| has_notes && line.contains(mark));
            let listed = info.lines.iter().any(|range| range.contains(&number));
            let focused = info.focus.iter().any(|range| range.contains(&number));
            note.map(|(_, class)| class)
                .or_else(|| listed.then_some("hl"))
                .or_else(|| focused.then_some("focus"))
        };
        let lines: Vec<_> =
            text.lines().enumerate().map(|(at, line)| class(at + 1, line)).collect();
        let any = lines.iter().any(Option::is_some);
        let all = info.numbers.is_some();
        Self { lines: if any || all { lines } else { Vec::new() }, all }
    }

    fn is_empty(&self) -> bool {
        self.lines.is_empty() && !self.all
    }

    fn class(&self, number: usize) -> Option<&'static str> {
        self.lines.get(number - 1).copied().flatten()
    }
}
