//! Finding one's way in a schema: what it says about a place of the document.

use serde_json::Value;

use crate::data::{Node, Value as Data};
use crate::truth::near::nearest;

use super::instance::is_gap;

/// How many schemas may speak about one place before the rest is ignored.
const MAX_SCHEMAS: usize = 4096;

/// The parts of a JSON pointer, unescaped. A missing first `/` is forgiven.
pub(super) fn segments(pointer: &str) -> Vec<String> {
    let pointer = pointer.strip_prefix('/').unwrap_or(pointer);
    if pointer.is_empty() {
        return Vec::new();
    }
    pointer.split('/').map(|part| part.replace("~1", "/").replace("~0", "~")).collect()
}

/// The schema that a local reference (`#`, `#/definitions/x`) names.
pub(super) fn local<'a>(root: &'a Value, reference: &str) -> Option<&'a Value> {
    let fragment = reference.strip_prefix('#')?;
    let decoded = percent_encoding::percent_decode_str(fragment).decode_utf8().ok()?;
    root.pointer(&decoded)
}

/// All schemas that speak about the place at `path`; `None` when the schema knows no such place.
pub(super) fn find<'a>(root: &'a Value, path: &[String]) -> Option<Vec<&'a Value>> {
    let mut here = expand(root, vec![root]);
    for segment in path {
        let next: Vec<&Value> = here.iter().filter_map(|schema| step(schema, segment)).collect();
        here = expand(root, next);
        if here.is_empty() {
            return None;
        }
    }
    Some(here)
}

/// The schemas themselves and every alternative in them, references followed.
fn expand<'a>(root: &'a Value, mut open: Vec<&'a Value>) -> Vec<&'a Value> {
    let mut found: Vec<&Value> = Vec::new();
    open.reverse();
    while let Some(schema) = open.pop() {
        if found.len() >= MAX_SCHEMAS || found.iter().any(|&seen| std::ptr::eq(seen, schema)) {
            continue;
        }
        found.push(schema);
        let reference = schema.get("$ref").and_then(Value::as_str);
        open.extend(reference.and_then(|reference| local(root, reference)));
        for keyword in ["allOf", "anyOf", "oneOf"] {
            open.extend(schema.get(keyword).and_then(Value::as_array).into_iter().flatten().rev());
        }
        open.extend(["then", "else"].iter().filter_map(|keyword| schema.get(keyword)));
    }
    found
}

/// One step down, into a property or an item.
fn step<'a>(schema: &'a Value, segment: &str) -> Option<&'a Value> {
    let property = schema.get("properties").and_then(|properties| properties.get(segment));
    let rest = || schema.get("additionalProperties").filter(|rest| rest.is_object());
    let item = || {
        let items = schema.get("items")?;
        let index: usize = segment.parse().ok()?;
        if items.is_object() { Some(items) } else { items.get(index) }
    };
    property.or_else(rest).or_else(item)
}

/// The names of the properties that the schemas know.
pub(super) fn names<'a>(schemas: &[&'a Value]) -> Vec<&'a str> {
    let properties = schemas.iter().filter_map(|schema| schema.get("properties")?.as_object());
    properties.flat_map(|properties| properties.keys().map(String::as_str)).collect()
}

/// See [`super::Schema::recognises`].
pub(super) fn recognises(root: &Value, document: &Node, path: &[String]) -> bool {
    let Some(schemas) = find(root, path) else { return false };
    let names = names(&schemas);
    let mut path = path.to_vec();
    let (mut keys, mut known) = (0, 0);
    for member in document.members().iter().filter(|member| !is_gap(member)) {
        keys += 1;
        let as_it_stands = names.contains(&member.key.as_str());
        let name = if as_it_stands {
            Some(member.key.as_str())
        } else {
            nearest(&member.key, names.iter().copied())
        };
        let Some(name) = name else {
            // A map with keys of the author's choice: look at what it holds.
            path.push(member.key.clone());
            known += usize::from(names.is_empty() && recognises(root, &member.value, &path));
            path.pop();
            continue;
        };
        path.push(name.to_owned());
        let fits = as_it_stands || find(root, &path).is_some_and(|it| fits(&it, &member.value));
        path.pop();
        known += usize::from(fits);
    }
    keys > 0 && known * 2 >= keys
}

/// Whether a value of this kind may stand where these schemas apply.
fn fits(schemas: &[&Value], value: &Node) -> bool {
    let kind: &[&str] = match value.value {
        Data::Null => &["null"],
        Data::Bool(_) => &["boolean"],
        Data::Number(_) => &["number", "integer"],
        Data::String(_) => &["string"],
        Data::Array(_) => &["array"],
        Data::Object(_) => &["object"],
        Data::Elision => return true,
    };
    let mut typed = schemas.iter().filter_map(|schema| schema.get("type")).peekable();
    typed.peek().is_none()
        || typed.any(|types| match types {
            Value::String(one) => kind.contains(&one.as_str()),
            Value::Array(many) => {
                many.iter().filter_map(Value::as_str).any(|one| kind.contains(&one))
            }
            _ => false,
        })
}
