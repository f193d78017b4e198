//! A code block: figure, caption, marked lines.

use super::escape;
use super::highlight::Highlighter;
use crate::markdown::info::{BadMark, Info};

/// Writes a code block.
pub fn block(out: &mut String, info: &Info, text: &str, highlighter: &Highlighter, in_group: bool) {
    let language = info.language.to_ascii_lowercase();
    out.push_str(if info.bad.is_some() {
        "<figure class=\"code bad\""
    } else {
        "<figure class=\"code\""
    });
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
}

impl Marks {
    fn new(info: &Info, text: &str) -> Self {
        let diff = info.language == "diff";
        let has_notes = text.contains("[!code ");
        if info.lines.is_empty() && !diff && !has_notes {
            return Self { lines: Vec::new() };
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
            note.map(|(_, class)| class).or_else(|| listed.then_some("hl"))
        };
        let lines: Vec<_> =
            text.lines().enumerate().map(|(at, line)| class(at + 1, line)).collect();
        let any = lines.iter().any(Option::is_some);
        Self { lines: if any { lines } else { Vec::new() } }
    }

    fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    fn class(&self, number: usize) -> Option<&'static str> {
        self.lines.get(number - 1).copied().flatten()
    }
}
