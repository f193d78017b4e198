//! References and definitions whose label contains brackets: `` [`f(a[, b])`][] ``. A label ends at
//! its first bracket, in code too, so readers see all of it.

use std::collections::HashMap;

use super::{KIND, Kind, Raw, Shown, is_address};
use crate::diagnostic::Severity;
use crate::markdown::outline::{BlockKind, InlineKind, Outline};
use crate::prose;

/// Such a reference.
static REFERENCE: Kind = Kind {
    message: "readers see this link as text: its label contains brackets",
    help: "write `[text](address)`, where the text may contain pairs of brackets",
    severity: Severity::Error,
    marks: &["[]"],
    ..KIND
};

/// Such a definition, and those below it, which it makes a part of its paragraph.
static DEFINITION: Kind = Kind {
    message: "readers see this link definition as text: its label contains brackets",
    help: "write a backslash before each bracket in the label",
    severity: Severity::Error,
    marks: &["[]:"],
    ..KIND
};

/// Both kinds, for those who need to know what is looked for.
static BOTH: [&Kind; 2] = [&REFERENCE, &DEFINITION];

/// A definition in the text of a paragraph.
struct Definition<'t> {
    label: &'t str,
    /// What is written behind the label: an address, and maybe a title.
    target: &'t str,
}

/// Finds the references and definitions of a page that its brackets keep from being any.
pub(super) fn find(
    source: &str,
    outline: &Outline<'_>,
    is_mdx: bool,
    wanted: &dyn Fn(&Kind) -> bool,
    take: &mut dyn FnMut(&'static Kind, &Shown<'_>, Raw),
) {
    if !BOTH.into_iter().all(wanted) {
        return;
    }
    let mut candidates = Vec::new();
    for leaf in prose::leaves(outline) {
        let written = &source.as_bytes()[leaf.span.start..leaf.span.end];
        let has = |mark: &str| memchr::memmem::find(written, mark.as_bytes()).is_some();
        let shows = |byte: u8| {
            let mut texts = leaf.inlines.iter().filter(|inline| inline.kind == InlineKind::Text);
            texts.any(|inline| memchr::memchr(byte, inline.text.as_bytes()).is_some())
        };
        if (has("][") || has("]:")) && shows(b'[') && shows(b']') {
            let around = leaf.block.parent.map(|at| outline.blocks[at].kind);
            candidates.push(Shown { is_mdx, ..Shown::new(source, &leaf, around) });
        }
    }
    let mut known = HashMap::new();
    for shown in &candidates {
        if let Some(raw) = definitions(shown, &mut known) {
            take(&DEFINITION, shown, raw);
        }
    }
    for shown in &candidates {
        references(shown, &known, &mut |raw| take(&REFERENCE, shown, raw));
    }
}

/// The definitions that a paragraph begins with, if the first of them is none because of brackets.
fn definitions<'s>(shown: &Shown<'s>, known: &mut HashMap<&'s str, &'s str>) -> Option<Raw> {
    if shown.kind != BlockKind::Paragraph || !shown.text.starts_with('[') {
        return None;
    }
    let (mut end, mut escaped) = (0, String::new());
    for line in shown.text.split('\n') {
        let span = shown.span(end, end + line.len());
        let written = &shown.source[span.start..span.end];
        let Some(one) = definition(written) else { break };
        let is_bracketed = one.label.contains(['[', ']']);
        if end == 0 && !is_bracketed {
            return None;
        }
        if is_bracketed {
            known.entry(one.label).or_insert(one.target);
        }
        let separator = if end == 0 { "" } else { "\n" };
        escaped.push_str(&format!("{separator}[{}]: {}", escape(one.label), one.target));
        end += line.len() + 1;
    }
    let range = 0..end.checked_sub(1)?;
    // In a quote, the lines have marks of their own.
    let edit = (shown.around.is_none()).then_some((range.clone(), escaped));
    Some(Raw { span: range, edit, is_safe: true })
}

/// A line that is a definition but for the brackets in its label.
fn definition(line: &str) -> Option<Definition<'_>> {
    let close = line.find("]: ").filter(|_| line.starts_with('['))?;
    let (label, target) = (&line[1..close], line[close + 3..].trim());
    let (address, title) = target.split_once(' ').unwrap_or((target, ""));
    let titled =
        title.is_empty() || title.len() > 1 && title.starts_with('"') && title.ends_with('"');
    let whole = titled && is_address(address) && balanced(label);
    whole.then_some(Definition { label, target })
}

/// References to such definitions, and code in two pairs of brackets, which is nothing else.
fn references(shown: &Shown<'_>, known: &HashMap<&str, &str>, take: &mut dyn FnMut(Raw)) {
    let text = &*shown.text;
    for (middle, _) in text.match_indices("][") {
        let Some(open) = opening(shown.back(middle)).map(|len| middle - len) else { continue };
        let Some(len) = closing(shown.ahead(middle + 2)) else { continue };
        let close = middle + 2 + len;
        let of = |from: usize, to: usize| {
            let span = shown.span(from, to);
            &shown.source[span.start..span.end]
        };
        let name = of(open + 1, middle);
        let label = if len == 0 { name } else { of(middle + 2, close) };
        let target = known.get(label);
        let is_code = len == 0 && is_code(name);
        let indexes = shown.before(open).is_some_and(|c| c.is_alphanumeric() || "])".contains(c));
        if !label.contains(['[', ']']) || indexes || target.is_none() && !is_code {
            continue;
        }
        let mut found = Raw::new(open..close + 1);
        found.edit = target.map(|target| (middle + 1..close + 1, format!("({target})")));
        found.is_safe = true;
        take(found);
    }
}

/// Whether a text is one code span.
fn is_code(text: &str) -> bool {
    let inner = text.strip_prefix('`').and_then(|rest| rest.strip_suffix('`'));
    inner.is_some_and(|inner| !inner.is_empty() && !inner.contains('`'))
}

/// How far before the end of a text the bracket stands that a `]` there would close.
fn opening(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate().rev() {
        match byte {
            b']' => depth += 1,
            b'[' if depth == 0 => return Some(text.len() - at),
            b'[' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Where the bracket stands that closes the one before a text.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' => depth += 1,
            b']' if depth == 0 => return Some(at),
            b']' => depth -= 1,
            b'\n' => return None,
            _ => {}
        }
    }
    None
}

/// Whether the brackets of a text are in pairs.
fn balanced(text: &str) -> bool {
    !text.is_empty() && !text.contains('\\') && closing(&format!("{text}]")) == Some(text.len())
}

fn escape(label: &str) -> String {
    label.replace('[', "\\[").replace(']', "\\]")
}
