//! Keys that occur twice in one object.

use super::{Node, Value};
use crate::source::Span;
use std::collections::HashMap;

/// A key that its object already has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeat {
    /// The key, unescaped.
    pub key: String,
    /// Its first occurrence.
    pub first: Span,
    /// Its second occurrence.
    pub again: Span,
    /// Whether its object is a part of another value.
    pub nested: bool,
    /// The gaps between the members from the first to the second occurrence, where an author may
    /// have separated alternatives.
    pub gaps: Vec<Span>,
}

/// All repeated keys below `node`, in the order of the text of each object.
pub fn repeats(node: &Node) -> Vec<Repeat> {
    let mut found = Vec::new();
    let mut waiting = vec![(node, false)];
    while let Some((node, nested)) = waiting.pop() {
        if let Value::Object(_) = node.value {
            in_object(node, nested, &mut found);
            waiting.extend(node.members().iter().map(|member| (&member.value, true)));
        }
        waiting.extend(node.items().iter().map(|item| (item, true)));
    }
    found.sort_by_key(|repeat| repeat.again.start);
    found
}

fn in_object(node: &Node, nested: bool, found: &mut Vec<Repeat>) {
    let members = node.members();
    if members.len() < 2 {
        return;
    }
    let mut seen: HashMap<&str, usize> = HashMap::with_capacity(members.len());
    for (at, member) in members.iter().enumerate() {
        // The merge key of YAML may be repeated, and so may `...`.
        if member.key == "<<" || (member.key == "..." && member.value.value == Value::Elision) {
            continue;
        }
        if let Some(before) = seen.insert(&member.key, at) {
            let gaps = members[before..=at]
                .windows(2)
                .map(|pair| {
                    let end = pair[1].key_span.start;
                    Span::new(pair[0].value.span.end.min(end), end)
                })
                .collect();
            found.push(Repeat {
                key: member.key.clone(),
                first: members[before].key_span,
                again: member.key_span,
                nested,
                gaps,
            });
        }
    }
}
