//! From text to a compiled schema, with every way a foreign schema could hurt closed first.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jsonschema::{PatternOptions, Retrieve, Uri};
use serde_json::{Map, Value};

use crate::truth::pattern;

use super::Schema;

/// The largest text that is read.
const MAX_BYTES: usize = 64 << 20;
/// The deepest nesting that is read; the JSON parser recurses and stops at 128 by itself.
const MAX_NESTING: usize = 120;
/// How often the engine may step back in one match before it gives up.
const BACKTRACKS: usize = 50_000;
/// The memory one compiled pattern may take.
const PATTERN_BYTES: usize = 10 << 20;

/// How deep an example is looked into; what lies deeper is taken as left out.
const MAX_DEPTH: usize = 64;
/// The same for a schema that contains itself. Where alternatives contain themselves, the work
/// doubles with every level.
const MAX_DEPTH_RECURSIVE: usize = 10;

/// See [`Schema::load`].
pub(super) fn load(name: &str, text: &str) -> Result<Schema, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    check_size(text, MAX_BYTES).map_err(|cause| format!("schema `{name}`: {cause}"))?;
    let mut root: Value = serde_json::from_str(text)
        .map_err(|error| format!("schema `{name}` is not valid JSON: {error}"))?;
    if !root.is_object() {
        return Err(format!("schema `{name}` is not an object"));
    }
    let mut patterns = Patterns::default();
    patterns.rewrite_schema(&mut root);
    let recursive = check_references(&root).map_err(|cause| format!("schema `{name}`: {cause}"))?;
    let validator = jsonschema::options()
        .with_retriever(Refuse)
        .with_pattern_options(pattern_options())
        .should_validate_formats(true)
        .should_ignore_unknown_formats(true)
        .build(&root)
        .map_err(|error| describe(name, &error))?;
    let untranslated = patterns.dropped.into_iter().collect();
    let max_depth = if recursive { MAX_DEPTH_RECURSIVE } else { MAX_DEPTH };
    Ok(Schema {
        name: name.to_owned(),
        root,
        validator,
        untranslated,
        max_depth,
        parts: Default::default(),
    })
}

/// Refuses what is too large or too deep, before anything recurses over it.
fn check_size(text: &str, max_bytes: usize) -> Result<(), String> {
    if text.len() > max_bytes {
        return Err(format!("larger than {} MB", max_bytes >> 20));
    }
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => {
                depth += 1;
                if depth > MAX_NESTING {
                    return Err(format!("nested deeper than {MAX_NESTING} levels"));
                }
            }
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

/// The message for a schema that the validator does not take.
fn describe(name: &str, error: &jsonschema::ValidationError<'_>) -> String {
    let at = error.instance_path().as_str();
    let at = if at.is_empty() { String::new() } else { format!(" at `{at}`") };
    format!("schema `{name}` can not be used: {error}{at}")
}

fn pattern_options() -> PatternOptions<jsonschema::FancyRegex> {
    PatternOptions::fancy_regex()
        .backtrack_limit(BACKTRACKS)
        .size_limit(PATTERN_BYTES)
        .dfa_size_limit(PATTERN_BYTES)
}

/// Answers every request for another document with a refusal.
struct Refuse;

impl Retrieve for Refuse {
    fn retrieve(
        &self,
        uri: &Uri<String>,
    ) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
        let uri = uri.as_str();
        let shown = uri.strip_prefix("json-schema:///").unwrap_or(uri);
        Err(refusal(shown).into())
    }
}

fn refusal(reference: &str) -> String {
    format!("it refers to `{reference}`, and references to other documents are not followed")
}

/// Rewrites the patterns of a schema, each distinct one tried once.
#[derive(Default)]
struct Patterns {
    known: HashMap<String, Option<String>>,
    dropped: BTreeSet<String>,
}

impl Patterns {
    /// The pattern in the engine's dialect, if it has one.
    fn rewrite(&mut self, pattern: &str) -> Option<String> {
        if let Some(known) = self.known.get(pattern) {
            return known.clone();
        }
        let rewritten = pattern::translate(pattern).filter(|rewritten| compiles(rewritten));
        if rewritten.is_none() {
            self.dropped.insert(pattern.to_owned());
        }
        self.known.insert(pattern.to_owned(), rewritten.clone());
        rewritten
    }

    /// Visits a schema and the schemas in it, but not the values that only look like schemas.
    fn rewrite_schema(&mut self, schema: &mut Value) {
        match schema {
            Value::Array(schemas) => schemas.iter_mut().for_each(|one| self.rewrite_schema(one)),
            Value::Object(keywords) => {
                self.rewrite_own(keywords);
                for (keyword, value) in keywords.iter_mut() {
                    match (keyword.as_str(), value) {
                        ("enum" | "const" | "default" | "examples", _) => {}
                        (keyword, Value::Object(named)) if holds_named_schemas(keyword) => {
                            named.values_mut().for_each(|one| self.rewrite_schema(one));
                        }
                        (_, value) => self.rewrite_schema(value),
                    }
                }
            }
            _ => {}
        }
    }

    /// The `pattern` and `patternProperties` of one schema object.
    fn rewrite_own(&mut self, keywords: &mut Map<String, Value>) {
        if let Some(Value::String(pattern)) = keywords.get("pattern") {
            match self.rewrite(pattern) {
                Some(rewritten) => keywords.insert("pattern".into(), rewritten.into()),
                None => keywords.remove("pattern"),
            };
        }
        let Some(Value::Object(by_pattern)) = keywords.get_mut("patternProperties") else { return };
        let mut complete = true;
        let mut rewritten = Map::new();
        for (pattern, schema) in std::mem::take(by_pattern) {
            match self.rewrite(&pattern) {
                Some(pattern) => drop(rewritten.insert(pattern, schema)),
                None => complete = false,
            }
        }
        *by_pattern = rewritten;
        if !complete {
            // Keys that the lost pattern would have let in must not be called unknown.
            keywords.remove("additionalProperties");
            keywords.remove("unevaluatedProperties");
        }
    }
}

/// Keywords whose value maps names to schemas.
pub(super) fn holds_named_schemas(keyword: &str) -> bool {
    matches!(
        keyword,
        "properties"
            | "patternProperties"
            | "definitions"
            | "$defs"
            | "dependentSchemas"
            | "dependencies"
    )
}

/// Whether the engine takes the pattern, asked of the engine itself.
fn compiles(pattern: &str) -> bool {
    jsonschema::options()
        .with_pattern_options(pattern_options())
        .build(&serde_json::json!({ "pattern": pattern }))
        .is_ok()
}

/// Refuses references that lead back to themselves without a step into the document: no validator
/// could ever finish with them. Answers whether the schema contains itself with such a step.
fn check_references(root: &Value) -> Result<bool, String> {
    let mut open = vec!["#".to_owned()];
    let named = collect_references(root, &mut open);
    if let Some(other) = open.iter().find(|reference| !named && !reference.starts_with('#')) {
        return Err(refusal(other));
    }
    let mut in_place = BTreeMap::new();
    let mut anywhere = BTreeMap::new();
    while let Some(reference) = open.pop() {
        if in_place.contains_key(&reference) {
            continue;
        }
        let (mut next, mut all) = (BTreeSet::new(), Vec::new());
        if let Some(target) = super::place::local(root, &reference) {
            in_place_references(target, &mut next);
            collect_references(target, &mut all);
        }
        open.extend(next.iter().cloned());
        in_place.insert(reference.clone(), next);
        anywhere.insert(reference, all.into_iter().collect());
    }
    match cycle(&in_place) {
        Some(reference) => Err(format!("the reference `{reference}` leads back to itself")),
        None => Ok(named || cycle(&anywhere).is_some()),
    }
}

/// A reference that is never done: references are struck off once all they lead to are done, and
/// whatever can not be struck off is on a cycle or leads to one.
fn cycle(edges: &BTreeMap<String, BTreeSet<String>>) -> Option<&str> {
    let mut waiting: HashMap<&str, usize> = HashMap::new();
    let mut waited_for: HashMap<&str, Vec<&str>> = HashMap::new();
    for (reference, next) in edges {
        waiting.insert(reference, next.len());
        for one in next {
            waited_for.entry(one).or_default().push(reference);
        }
    }
    let mut done: Vec<&str> =
        waiting.iter().filter(|(_, count)| **count == 0).map(|(reference, _)| *reference).collect();
    while let Some(reference) = done.pop() {
        waiting.remove(reference);
        for one in waited_for.remove(reference).unwrap_or_default() {
            if let Some(count) = waiting.get_mut(one) {
                *count -= 1;
                if *count == 0 {
                    done.push(one);
                }
            }
        }
    }
    waiting.keys().min().copied()
}

/// Finds every reference in the value; answers whether a part of it gives itself an address, so
/// that a reference may look foreign and still stay inside.
fn collect_references(value: &Value, found: &mut Vec<String>) -> bool {
    match value {
        Value::Array(items) => {
            items.iter().fold(false, |named, item| collect_references(item, found) | named)
        }
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get("$ref") {
                found.push(reference.clone());
            }
            let text = |key: &str| members.get(key).and_then(Value::as_str);
            let old = text("id").is_some_and(|id| id.starts_with("http") || id.starts_with('#'));
            let named = old || text("$id").is_some();
            members.values().fold(named, |named, item| collect_references(item, found) | named)
        }
        _ => false,
    }
}

/// The references that apply to the same value as the schema itself.
fn in_place_references(schema: &Value, found: &mut BTreeSet<String>) {
    let Value::Object(keywords) = schema else { return };
    if let Some(Value::String(reference)) = keywords.get("$ref") {
        found.insert(reference.clone());
    }
    for keyword in ["allOf", "anyOf", "oneOf", "not", "if", "then", "else"] {
        match keywords.get(keyword) {
            Some(Value::Array(schemas)) => {
                schemas.iter().for_each(|one| in_place_references(one, found));
            }
            Some(one) => in_place_references(one, found),
            None => {}
        }
    }
    for keyword in ["dependentSchemas", "dependencies"] {
        if let Some(Value::Object(named)) = keywords.get(keyword) {
            named.values().for_each(|one| in_place_references(one, found));
        }
    }
}
