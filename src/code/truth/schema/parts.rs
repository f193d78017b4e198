//! Finds the part of a document that an example shows without naming it.

use std::collections::HashMap;

use serde_json::Value;

use crate::data::Node;
use crate::suggest::is_typo;

use super::instance::is_gap;
use super::place::{expand, fits, holds, names};

/// The deepest level at which parts are looked for.
const MAX_DEPTH: usize = 8;
/// The most parts of a schema that are compared.
const MAX_PARTS: usize = 20_000;
/// The most schemas of all parts together, since many alternatives make a few parts expensive.
const MAX_SCHEMAS: usize = 1_000_000;
/// The most parts that may have a key for it to be rare.
const RARE: usize = 2;

/// Every object that the schema describes, by the keys that it knows.
#[derive(Debug, Default)]
pub(super) struct Parts {
    paths: Vec<Vec<String>>,
    by_key: HashMap<String, Vec<u32>>,
}

impl Parts {
    /// Walks the schema. The whole document is not a part.
    pub fn new(root: &Value) -> Self {
        let mut parts = Self::default();
        let mut waiting: Vec<(Vec<String>, Vec<&Value>)> =
            vec![(Vec::new(), expand(root, vec![root]))];
        let mut looked_at = 0;
        while let Some((path, schemas)) = waiting.pop() {
            looked_at += schemas.len();
            if parts.paths.len() >= MAX_PARTS || looked_at > MAX_SCHEMAS {
                return Self::default();
            }
            let mut keys = names(&schemas);
            keys.sort_unstable();
            keys.dedup();
            if !keys.is_empty() && !path.is_empty() {
                let number = parts.paths.len() as u32;
                for &key in &keys {
                    parts.by_key.entry(key.to_owned()).or_default().push(number);
                }
                parts.paths.push(path.clone());
            }
            if path.len() < MAX_DEPTH {
                waiting.extend(below(root, &path, &schemas, &keys));
            }
        }
        parts
    }

    /// The part that knows the keys of the document, if there is exactly one and that is hardly
    /// chance.
    pub fn find(&self, root: &Value, document: &Node) -> Option<&[String]> {
        let members: Vec<_> =
            document.members().iter().filter(|member| !is_gap(member)).take(200).collect();
        let known: Vec<(&str, &[u32])> = members
            .iter()
            .filter_map(|member| {
                let parts = self.by_key.get(&member.key)?;
                Some((member.key.as_str(), parts.as_slice()))
            })
            .collect();
        let strange = members.len() - known.len();
        // At least two known keys, and at most one unknown key, only among three or more.
        if known.len() < 2 || strange > usize::from(known.len() >= 3) {
            return None;
        }
        let rarest = known.iter().min_by_key(|(_, parts)| parts.len())?;
        if known.len() == 2 && rarest.1.len() > RARE {
            return None;
        }
        let all = |part: &u32| known.iter().all(|(_, parts)| parts.binary_search(part).is_ok());
        let mut fitting = rarest.1.iter().filter(|part| all(part)).filter(|part| {
            let path = &self.paths[**part as usize];
            members.iter().all(|member| {
                let below = [&path[..], std::slice::from_ref(&member.key)].concat();
                match self.by_key.contains_key(&member.key) {
                    true => super::place::find(root, &below)
                        .is_some_and(|schemas| fits(&schemas, &member.value)),
                    // A key that no part knows must be a misspelling of one that this part knows.
                    false => super::place::find(root, path).is_some_and(|schemas| {
                        names(&schemas).iter().any(|name| is_typo(&member.key, name))
                    }),
                }
            })
        });
        let part = *fitting.next()?;
        fitting.next().is_none().then(|| self.paths[part as usize].as_slice())
    }
}

/// The places one step down.
fn below<'a>(
    root: &'a Value,
    path: &[String],
    schemas: &[&'a Value],
    keys: &[&str],
) -> Vec<(Vec<String>, Vec<&'a Value>)> {
    let child = |segment: &str, found: Vec<&'a Value>| {
        let path = [path, &[segment.to_owned()]].concat();
        (path, expand(root, found))
    };
    let mut found: Vec<_> = keys
        .iter()
        .map(|key| {
            let below = schemas.iter().filter_map(|schema| schema.get("properties")?.get(*key));
            child(key, below.filter(|schema| holds(schema)).collect())
        })
        .collect();
    for (keyword, segment) in [("items", "0"), ("additionalProperties", ANY)] {
        let below = schemas.iter().filter_map(|schema| schema.get(keyword));
        found.push(child(segment, below.filter(|schema| holds(schema)).collect()));
    }
    found.retain(|(_, schemas)| !schemas.is_empty());
    found
}

/// Represents a key of the author's choice.
const ANY: &str = "<name>";
