//! HTML entities in code that is not HTML.

use super::{Damage, Kind, Part, Subject, by_line, edited};
use crate::diagnostic::Severity;
use crate::lang::Family;
use crate::source::Span;

const HELP: &str = "code needs no escapes: write the character itself";

/// The entities that tools write, with their characters.
const ENTITIES: &[(&str, &str)] = &[
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&amp;", "&"),
    ("&quot;", "\""),
    ("&apos;", "'"),
    ("&nbsp;", " "),
    ("&#39;", "'"),
    ("&#039;", "'"),
    ("&#x27;", "'"),
    ("&#34;", "\""),
    ("&#60;", "<"),
    ("&#62;", ">"),
    ("&#38;", "&"),
    ("&#123;", "{"),
    ("&#125;", "}"),
];

/// The entity that a text begins with: its length and its character.
pub fn is_entity(text: &str) -> Option<(usize, &'static str)> {
    let known = ENTITIES.iter().find(|(entity, _)| text.starts_with(entity))?;
    Some((known.0.len(), known.1))
}

/// HTML elements that examples name: between entities they are text about HTML.
const ELEMENTS: &[&str] = &[
    "a", "b", "i", "p", "u", "br", "hr", "div", "span", "em", "strong", "code", "pre", "ul", "ol",
    "li", "h1", "h2", "h3", "h4", "table", "tr", "td", "th", "script", "style", "head", "body",
    "html", "img", "input", "button", "form", "link", "meta", "title", "svg", "iframe", "textarea",
    "select", "option",
];

/// Whether a text begins with a placeholder: `&lt;name&gt;`, where the name is not an HTML element.
pub fn is_placeholder(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("&lt;") else { return false };
    let Some(len) = rest.find('&').filter(|len| (1..60).contains(len)) else { return false };
    let name = &rest[..len];
    rest[len..].starts_with("&gt;")
        && name.starts_with(|c: char| c.is_alphabetic())
        && name.chars().all(|c| c.is_alphanumeric() || " _-.|:".contains(c))
        && !ELEMENTS.contains(&name)
}

pub(super) fn find(subject: &Subject<'_>, out: &mut Vec<Damage>) {
    let text = subject.text;
    let meant = subject.has(|language| language.holds_entities);
    if meant || memchr::memchr(b'&', text.as_bytes()).is_none() {
        return;
    }
    let places: Vec<(Span, &'static str)> = memchr::memchr_iter(b'&', text.as_bytes())
        .filter_map(|at| is_entity(&text[at..]).map(|(len, with)| (Span::new(at, at + len), with)))
        .take(super::MAX_PLACES)
        .collect();
    if places.is_empty() {
        return;
    }
    let code: Vec<_> =
        places.iter().copied().filter(|(span, _)| subject.part(span.start) == Part::Code).collect();
    let fixed = [&code, &places]
        .into_iter()
        .find(|edits| !edits.is_empty() && subject.is_fixed_by(&edited(text, edits)));
    let (sure, doubtful) = match fixed {
        Some(edits) => (edits.clone(), Vec::new()),
        None => sorted_out(subject, &places),
    };
    for (edits, severity) in [(sure, Severity::Error), (doubtful, Severity::Warning)] {
        out.extend(by_line(subject, edits, |span, edits| {
            let written = &text[span.start..span.end];
            let message =
                format!("`{written}` is an HTML entity, which code shows as it is written");
            Damage { kind: Kind::Entity, span, message, help: HELP, severity, edits }
        }));
    }
}

type Edits = Vec<(Span, &'static str)>;

/// Sorts the entities that no parser decides about: certain damage, and possible damage.
fn sorted_out(subject: &Subject<'_>, places: &Edits) -> (Edits, Edits) {
    let (mut sure, mut doubtful) = (Vec::new(), Vec::new());
    let text = subject.text;
    // If elements are closed, a plugin of the site shows the block as HTML.
    if closes_element(text) {
        return (sure, doubtful);
    }
    // With tags, a block without a language may be HTML.
    let tags = has_tag(text);
    // Text that a parser has accepted is not damage.
    let judged = subject.judgement.is_some();
    let mut placeholder_end = 0;
    for &(span, with) in places {
        let rest = &text[span.start..];
        let placeholder = span.start < placeholder_end || is_placeholder(rest);
        if is_placeholder(rest) {
            placeholder_end = span.start + rest.find("&gt;").unwrap_or(0) + 4;
        }
        let operator = rest.starts_with("&amp;&amp;")
            || text[..span.end].ends_with("&amp;&amp;")
            || rest.starts_with("&gt;") && text[..span.start].ends_with(['-', '=']);
        let part = subject.part(span.start);
        match subject.family() {
            Some(Family::Program | Family::Script) if part == Part::Code && !judged && !tags => {
                sure.push((span, with));
            }
            Some(Family::Shell) if part == Part::Code => sure.push((span, with)),
            Some(Family::Yaml)
                if part == Part::Code && (operator || opens_value(subject, span)) =>
            {
                sure.push((span, with));
            }
            Some(Family::Script | Family::Program) => {}
            Some(_) if placeholder && part != Part::Comment => doubtful.push((span, with)),
            Some(_) => {}
            None if subject.is_text() && !tags && (placeholder || operator) => {
                doubtful.push((span, with));
            }
            None => {}
        }
    }
    (sure, doubtful)
}

/// Whether an entity is the first of a YAML value.
fn opens_value(subject: &Subject<'_>, span: Span) -> bool {
    let line = subject.line(span.start);
    let before = &subject.text[line.start..span.start];
    let entity = &subject.text[span.start..span.end];
    entity != "&amp;" && entity != "&nbsp;" && (before.ends_with(": ") || before.ends_with("- "))
}

fn closes_element(text: &str) -> bool {
    ELEMENTS.iter().chain(&["font"]).any(|name| text.contains(&format!("</{name}>")))
}

fn has_tag(text: &str) -> bool {
    memchr::memchr_iter(b'<', text.as_bytes()).any(|at| {
        let rest = &text[at + 1..];
        let name = rest.strip_prefix('/').unwrap_or(rest);
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!')
    })
}
