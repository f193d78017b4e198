//! From a fault to a sentence and its bytes.

use serde_json::Value as Json;

use crate::data::{Node, Value};
use crate::truth::near::nearest;

use super::Violation;
use super::fault::{Fault, Kind};
use super::instance::{Instance, Place, member};

/// How many allowed values or keys a message lists.
const LISTED: usize = 12;
/// How many characters of a value a message shows.
const SHOWN: usize = 60;

/// The violation for a fault; `None` when it lies outside the example.
pub(super) fn violation(fault: &Fault, instance: &Instance<'_>) -> Option<Violation> {
    let Place::Here(node, key_span) = instance.place(&fault.path) else { return None };
    let path = dotted(&fault.path);
    let (span, message, help) = match &fault.kind {
        Kind::UnknownKey { key, known } => (
            member(node, key)?.key_span,
            format!("unknown key `{}` {}", short(key), inside(&path)),
            known_keys(key, known),
        ),
        Kind::MissingKey(key) => {
            (key_span.unwrap_or(node.span), format!("missing key `{key}` {}", inside(&path)), None)
        }
        Kind::Expected { types, values } => {
            let (message, help) = expected(&path, node, types, values);
            (node.span, message, help)
        }
        Kind::KeyName { key, why } => (
            member(node, key)?.key_span,
            format!("the key `{}` {} {why}", short(key), inside(&path)),
            None,
        ),
        Kind::Other(rest) => (node.span, format!("{} {rest}", subject(&path)), None),
    };
    let absent = matches!(fault.kind, Kind::MissingKey(_));
    Some(Violation { span, message, help, absent })
}

/// `gateway.auth[0]."odd key"`
fn dotted(path: &[String]) -> String {
    let mut out = String::new();
    for segment in path {
        if segment.bytes().all(|byte| byte.is_ascii_digit()) && !segment.is_empty() {
            out.push_str(&format!("[{segment}]"));
            continue;
        }
        if !out.is_empty() {
            out.push('.');
        }
        let plain =
            |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '$' | '/' | '@' | '<' | '>');
        if !segment.is_empty() && segment.chars().all(plain) {
            out.push_str(segment);
        } else {
            out.push_str(&format!("{:?}", short(segment)));
        }
    }
    out
}

fn inside(path: &str) -> String {
    if path.is_empty() { "at the top level".into() } else { format!("in `{path}`") }
}

fn subject(path: &str) -> String {
    if path.is_empty() { "the document".into() } else { format!("`{path}`") }
}

fn known_keys(key: &str, known: &[String]) -> Option<String> {
    if let Some(near) = nearest(key, known.iter().map(String::as_str)) {
        return Some(format!("a key with a similar name exists: `{near}`"));
    }
    if known.is_empty() || known.len() > LISTED {
        return None;
    }
    Some(format!("known keys: {}", list(known.iter().map(String::as_str), "and")))
}

fn expected(
    path: &str,
    node: &Node,
    types: &[String],
    values: &[Json],
) -> (String, Option<String>) {
    let texts: Vec<String> = values.iter().map(|value| short(&plain(value))).collect();
    let mut wanted: Vec<String> =
        texts.iter().take(LISTED).map(|text| format!("`{text}`")).collect();
    if texts.len() > LISTED {
        wanted.push(format!("{} other values", texts.len() - LISTED));
    }
    wanted.extend(types.iter().map(|kind| type_name(kind).to_owned()));
    // Told by type when only types are wanted, by value otherwise.
    let found = if values.is_empty() { kind_of(node).to_owned() } else { shown(node) };
    let one_of = if wanted.len() > 1 && types.is_empty() { "one of " } else { "" };
    let wanted = join(&wanted, "or");
    let message = format!("{} must be {one_of}{wanted}, not {found}", subject(path));
    let near = node.as_str().and_then(|text| nearest(text, values.iter().filter_map(Json::as_str)));
    (message, near.map(|near| format!("a similar value exists: `{near}`")))
}

/// A value of the schema as a reader would write it in a sentence.
fn plain(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn shown(node: &Node) -> String {
    match &node.value {
        Value::String(text) => format!("`{}`", short(text)),
        Value::Number(text) => format!("`{}`", short(text)),
        Value::Bool(value) => format!("`{value}`"),
        _ => kind_of(node).to_owned(),
    }
}

fn kind_of(node: &Node) -> &'static str {
    type_name(match node.value {
        Value::Null | Value::Elision => "null",
        Value::Bool(_) => return "a boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    })
}

fn type_name(kind: &str) -> &'static str {
    match kind {
        "string" => "a string",
        "number" => "a number",
        "integer" => "an integer",
        "boolean" => "`true` or `false`",
        "null" => "`null`",
        "array" => "a list",
        _ => "an object",
    }
}

/// The text, cut where a message would grow too long.
fn short(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    }
}

fn list<'a>(names: impl Iterator<Item = &'a str>, last: &str) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    join(&names, last)
}

fn join(parts: &[String], last: &str) -> String {
    match parts {
        [] => "something else".into(),
        [one] => one.clone(),
        [init @ .., end] => format!("{} {last} {end}", init.join(", ")),
    }
}
