//! Renders code blocks: figure, caption, marked and hidden lines.

mod lines;

use self::lines::Lines;
use super::highlight::{Highlighter, Unpainted};
use super::{escape, icons};
use crate::lang::{self, Drawn, Family};
use crate::markdown::hidden::{Hiding, flags};
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
    /// The list below whose items its comments stand for: what their ids begin with, and how many
    /// there are.
    pub list: Option<(String, usize)>,
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
    let mut lines = Lines::new(info, options.hiding, text);
    let (list, items) = options.list.as_ref().map_or(("", 0), |(list, items)| (list, *items));
    lines.annotate(text, items);
    let kinds = [
        ("bad", info.bad.is_some()),
        ("output", known.is_some_and(|known| known.family == Family::Output)),
        ("diff", known.is_some_and(|known| known.family == Family::Diff)),
        ("patch", lines.is_patch()),
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
    let unpainted = if lines.are_plain() {
        let painted = highlighter.block(&language, text);
        out.push_str(&painted.html);
        painted.unpainted
    } else {
        let painted = highlighter.block(&language, &lines.code(text));
        lines.write(out, &painted.html, text, list);
        painted.unpainted
    };
    out.push_str("</code></pre></figure>");
    unpainted
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
        out.push_str(&icons::of_file(title));
        escape::text(out, title);
    }
    out.push_str("</figcaption>");
}
