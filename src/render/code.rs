//! Renders code blocks: figure, caption, marked and hidden lines.

use std::borrow::Cow;

use super::escape;
use super::highlight::{Highlighter, Unpainted};
use crate::lang::{self, Drawn, Family};
use crate::markdown::hidden::{Hiding, Mark, flags};
use crate::markdown::info::{BadMark, Info};

/// The number of lines that a folded block shows.
const FOLDED_LINES: usize = 12;

/// Everything that a block shows besides its text.
#[derive(Clone, Debug, Default)]
pub struct BlockOptions<'a> {
    /// The note on a bad example.
    pub bad: &'a str,
    /// The label of output.
    pub output: &'a str,
    /// The name of the schema or specification it was validated against, if any.
    pub checked: Option<String>,
    /// Whether it is a tab of a group, which shows its title.
    pub in_group: bool,
    /// The info string of a book: style sheets and scripts of its own options for its words.
    pub flags: &'a str,
    /// How its lines are marked as hidden.
    pub hiding: Option<Hiding<'a>>,
}

/// Writes a code block. Returns why it could not be highlighted, if its language has a grammar.
pub fn block(
    out: &mut String,
    info: &Info,
    text: &str,
    highlighter: &Highlighter,
    options: BlockOptions<'_>,
) -> Option<Unpainted> {
    let language = info.language.to_ascii_lowercase();
    let known = lang::find(&language);
    let kinds = [
        ("bad", info.bad.is_some()),
        ("output", known.is_some_and(|known| known.family == Family::Output)),
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
    // The label is drawn by CSS, so that it is neither copied nor searched.
    let is_output = info.bad.is_none() && kinds.iter().any(|(name, is)| *name == "output" && *is);
    // Without a script that draws it, a diagram shows its language.
    let diagram = known.and_then(|known| match known.drawn? {
        Drawn::Diagram(name) => Some(name),
        Drawn::Formula => None,
    });
    let label = options.checked.as_deref().or(is_output.then_some(options.output)).or(diagram);
    if let Some(label) = label.filter(|label| !label.is_empty()) {
        let name = if options.checked.is_some() { "data-checked" } else { "data-label" };
        escape::attribute(out, name, label);
    }
    if let Some(first) = info.numbers.filter(|first| *first != 1) {
        escape::attribute(out, "style", &format!("--first:{}", first.saturating_sub(1)));
    }
    if !language.is_empty() {
        escape::attribute(out, "data-lang", &language);
    }
    out.push('>');
    caption(out, info, &options);
    out.push_str("<pre tabindex=\"0\"><code");
    if !language.is_empty() {
        let mut class = format!("language-{language}");
        if lang::is_rustdoc(&info.language) {
            flags(options.flags).for_each(|flag| class.extend([" ", flag]));
        }
        escape::attribute(out, "class", &class);
    }
    out.push('>');
    let marks = Marks::new(info, text);
    let hidden = Hidden::new(options.hiding, text);
    let painted = highlighter.block(&language, &hidden.code(text));
    if marks.is_empty() && hidden.lines.is_empty() {
        out.push_str(&painted.html);
    } else {
        marked(out, &painted.html, text, &marks, &hidden);
    }
    out.push_str("</code></pre></figure>");
    painted.unpainted
}

fn caption(out: &mut String, info: &Info, options: &BlockOptions<'_>) {
    let title = info.title.as_deref().filter(|_| !options.in_group);
    if title.is_none() && info.bad.is_none() {
        return;
    }
    out.push_str("<figcaption>");
    if let Some(bad) = &info.bad {
        out.push_str("<strong class=\"bad-label\">");
        escape::text(out, options.bad);
        out.push_str("</strong> ");
        if let BadMark::Reason(reason) = bad {
            escape::text(out, reason);
        }
    }
    if let Some(title) = title {
        escape::text(out, title);
    }
    out.push_str("</figcaption>");
}

fn marked(out: &mut String, html: &str, text: &str, marks: &Marks, hidden: &Hidden) {
    let mut html = html.split_inclusive('\n');
    for (at, source) in text.split_inclusive('\n').enumerate() {
        let line = html.next().unwrap_or_default();
        let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
        let mark = hidden.lines.get(at).and_then(Option::as_ref);
        let hides = mark.is_some_and(|mark| mark.hides);
        if hides {
            out.push_str("<span class=\"hidden-line\">");
        }
        if !marks.is_empty() {
            out.push_str("<span class=\"line");
            if let Some(class) = marks.class(at + 1) {
                out.push(' ');
                out.push_str(class);
            }
            out.push_str("\">");
        }
        match mark {
            Some(mark) => {
                let (before, behind) = line.split_at(offset(line, mark.range.start));
                out.push_str(before);
                out.push_str("<span class=\"line-mark\">");
                escape::text(out, &source[mark.range.clone()]);
                out.push_str("</span>");
                out.push_str(behind);
            }
            None => out.push_str(line),
        }
        out.push_str(if marks.is_empty() { "" } else { "</span>" });
        out.push_str(end);
        out.push_str(if hides { "</span>" } else { "" });
    }
}

/// The offset in a line of HTML after a number of bytes of its text, which are blanks.
fn offset(html: &str, mut bytes: usize) -> usize {
    let mut at = 0;
    while bytes > 0 && at < html.len() {
        let rest = &html[at..];
        let tag = rest.starts_with('<').then(|| rest.find('>')).flatten();
        match tag {
            Some(end) => at += end + 1,
            None => {
                let len = rest.chars().next().map_or(1, char::len_utf8);
                at += len;
                bytes = bytes.saturating_sub(len);
            }
        }
    }
    at
}

/// Hidden lines, which readers can reveal. Their markers stay in the page, invisible, so that
/// its text is the same as in the source.
struct Hidden {
    lines: Vec<Option<Mark>>,
}

impl Hidden {
    fn new(hiding: Option<Hiding<'_>>, text: &str) -> Self {
        let Some(hiding) = hiding else { return Self { lines: Vec::new() } };
        let lines: Vec<_> = text.split('\n').map(|line| hiding.mark(line)).collect();
        let any = lines.iter().any(Option::is_some);
        Self { lines: if any { lines } else { Vec::new() } }
    }

    /// The text without the markers of hidden lines.
    fn code<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.lines.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut code = String::with_capacity(text.len());
        for (line, mark) in text.split_inclusive('\n').zip(&self.lines) {
            let range = mark.as_ref().map_or(0..0, |mark| mark.range.clone());
            code.push_str(&line[..range.start]);
            code.push_str(&line[range.end..]);
        }
        Cow::Owned(code)
    }
}

/// The marked lines, and the kinds of their marks.
struct Marks {
    lines: Vec<Option<&'static str>>,
    /// Whether lines are numbered, and so need elements even if none is marked.
    all: bool,
}

impl Marks {
    fn new(info: &Info, text: &str) -> Self {
        let diff = lang::find(&info.language).is_some_and(|one| one.family == Family::Diff);
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
