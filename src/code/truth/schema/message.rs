//! The message and the span of a fault.

use serde_json::Value as Json;

use crate::data::{Node, Value};
use crate::suggest::nearest;

use super::Violation;
use super::fault::{Fault, Kind};
use super::instance::Instance;
use super::place;
use super::program::{Program, SchemaId};

/// The most allowed values or keys that a message lists.
const LISTED: usize = 12;
/// The most characters of a value that a message shows.
const SHOWN: usize = 60;

/// Converts faults to violations.
pub(super) struct Writer<'w> {
    pub root: &'w Json,
    pub program: &'w Program,
    pub instance: &'w Instance<'w>,
}

impl Writer<'_> {
    /// The violation for a fault; `None` when it lies outside the example.
    pub fn violation(&self, fault: &Fault) -> Option<Violation> {
        let entry = self.instance.entry(fault.at);
        let node = entry.node?;
        let segments = self.instance.path(fault.at);
        let path = dotted(&segments);
        let key_span = |key: &str| {
            entry.member(key).and_then(|member| self.instance.entry(member.key).key_span)
        };
        let (span, message, help) = match &fault.kind {
            Kind::UnknownKey { key, schema } => {
                let known = self.known_keys(*schema, &segments);
                let message = format!("unknown key `{}` {}", short(key), inside(&path));
                (key_span(key)?, message, known_keys(key, &known))
            }
            Kind::MissingKey(key) => {
                let message = format!("missing key `{key}` {}", inside(&path));
                (entry.key_span.unwrap_or(node.span), message, None)
            }
            Kind::Expected { types, values } => {
                let found = found(node, values);
                let (rest, help) = expected(&found, node.as_str(), types, values);
                (node.span, format!("{} {rest}", subject(&path)), help)
            }
            Kind::KeyName { key, fault } => {
                let (why, help) = key_name(key, fault.as_deref());
                let message = format!("the key `{}` {} {why}", short(key), inside(&path));
                (key_span(key)?, message, help)
            }
            Kind::Other(rest) => (node.span, format!("{} {rest}", subject(&path)), None),
        };
        let absent = matches!(fault.kind, Kind::MissingKey(_));
        Some(Violation { span, message, help, absent })
    }

    /// The keys that the rejecting schema knows, or all that are known at the place.
    fn known_keys(&self, schema: SchemaId, path: &[String]) -> Vec<String> {
        if let Some(names) = &self.program.schemas[schema as usize].names {
            return names.clone();
        }
        let names = place::names(&place::find(self.root, path).unwrap_or_default());
        let mut names: Vec<String> = names.into_iter().map(str::to_owned).collect();
        names.sort();
        names.dedup();
        names
    }
}

/// What is wrong with the name of a key, as the rest of a sentence, and what may be meant.
fn key_name(key: &str, fault: Option<&Fault>) -> (String, Option<String>) {
    match fault.map(|fault| &fault.kind) {
        Some(Kind::Other(why)) => (why.clone(), None),
        Some(Kind::Expected { types, values }) => {
            let found =
                if values.is_empty() { "a string".into() } else { format!("`{}`", short(key)) };
            expected(&found, Some(key), types, values)
        }
        _ => ("has none of the forms allowed".into(), None),
    }
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

/// `must be one of …, not …`, and the similar value that may be meant.
fn expected(
    found: &str,
    text: Option<&str>,
    types: &[&str],
    values: &[Json],
) -> (String, Option<String>) {
    let texts: Vec<String> = values.iter().map(|value| short(&plain(value))).collect();
    let mut wanted: Vec<String> =
        texts.iter().take(LISTED).map(|text| format!("`{text}`")).collect();
    if texts.len() > LISTED {
        wanted.push(format!("{} other values", texts.len() - LISTED));
    }
    wanted.extend(types.iter().map(|kind| type_name(kind).to_owned()));
    let one_of = if wanted.len() > 1 && types.is_empty() { "one of " } else { "" };
    let message = format!("must be {one_of}{}, not {found}", join(&wanted, "or"));
    let near = text.and_then(|text| nearest(text, values.iter().filter_map(Json::as_str)));
    (message, near.map(|near| format!("a similar value exists: `{near}`")))
}

/// The value in a message: its type if only types are allowed, else the value.
fn found(node: &Node, values: &[Json]) -> String {
    if values.is_empty() { kind_of(node).to_owned() } else { shown(node) }
}

/// A value of the schema as shown in a message.
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

/// The text, shortened for a message.
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
