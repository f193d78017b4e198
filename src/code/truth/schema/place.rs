//! Finds the schemas that apply to a place of the document.

use std::collections::HashSet;

use serde_json::Value;

use crate::data::{Node, Value as Data};
use crate::suggest::nearest_by_edits;

use super::instance::is_gap;

/// The most schemas of one place; the rest is ignored.
const MAX_SCHEMAS: usize = 4096;

/// The most keys of one object that are compared.
const MAX_KEYS: usize = 200;
/// The longest pointer that is followed.
pub(super) const MAX_SEGMENTS: usize = 32;

/// The parts of a JSON pointer, unescaped. The first `/` may be missing.
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

/// All schemas that apply to the place at `path`; `None` if there is no such place.
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
pub(super) fn expand<'a>(root: &'a Value, mut open: Vec<&'a Value>) -> Vec<&'a Value> {
    let mut found: Vec<&Value> = Vec::new();
    let mut seen: HashSet<*const Value> = HashSet::new();
    open.reverse();
    while let Some(schema) = open.pop() {
        if found.len() >= MAX_SCHEMAS || !seen.insert(schema) {
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

/// Whether a schema may describe an object or a list.
pub(super) fn holds(schema: &Value) -> bool {
    let plain = |kind: &Value| {
        matches!(kind.as_str(), Some("string" | "number" | "integer" | "boolean" | "null"))
    };
    schema.is_object() && !schema.get("type").is_some_and(plain)
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
///
/// A known key whose value has the right shape counts for the document. A known key with another
/// shape, or a misspelt one with the right shape, counts half: the response of some HTTP API has
/// keys like `tools` and `update` too.
pub(super) fn recognises(root: &Value, document: &Node, path: &[String]) -> bool {
    let Some(schemas) = find(root, path) else { return false };
    let names = names(&schemas);
    let (mut keys, mut halves, mut strange) = (0, 0, 0);
    let mut inner = Inner::default();
    for member in document.members().iter().filter(|member| !is_gap(member)).take(MAX_KEYS) {
        keys += 1;
        let below = |name: &str| [path, &[name.to_owned()]].concat();
        if names.contains(&member.key.as_str()) {
            let schemas = find(root, &below(&member.key)).unwrap_or_default();
            halves += if fits(&schemas, &member.value) { 2 } else { 1 };
            inner.count(&self::names(&schemas), &member.value);
        } else if names.is_empty() {
            // A map with keys of the author's choice: check its values.
            halves += 2 * usize::from(recognises(root, &member.value, &below(&member.key)));
        } else if let Some(name) = misspelt(&member.key, &names) {
            let schemas = find(root, &below(name)).unwrap_or_default();
            halves += usize::from(fits(&schemas, &member.value));
        } else {
            strange += 1;
        }
    }
    // Most keys must be known: with one of two, it may be another file that shares a word.
    keys > 0 && halves >= keys && strange * 2 < keys && !inner.is_foreign()
}

/// The name of which the key is a misspelling. `_meta` is not a misspelling of `meta`.
fn misspelt<'a>(key: &str, names: &[&'a str]) -> Option<&'a str> {
    if key.starts_with(['_', '$']) { None } else { nearest_by_edits(key, names.iter().copied()) }
}

/// The keys one level down.
#[derive(Default)]
struct Inner {
    keys: usize,
    known: usize,
}

impl Inner {
    fn count(&mut self, names: &[&str], value: &Node) {
        if names.is_empty() {
            return;
        }
        for member in value.members().iter().filter(|member| !is_gap(member)).take(MAX_KEYS) {
            self.keys += 1;
            let known = names.contains(&member.key.as_str());
            self.known += usize::from(known || misspelt(&member.key, names).is_some());
        }
    }

    /// Whether there are several keys and none is known: another document that happens to share
    /// a word like `auth`.
    fn is_foreign(&self) -> bool {
        self.keys >= 3 && self.known == 0
    }
}

/// Whether the schemas allow a value of this kind.
pub(super) fn fits(schemas: &[&Value], value: &Node) -> bool {
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
