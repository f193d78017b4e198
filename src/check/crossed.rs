//! Closing tags that come too late: which opening tag each of them was meant for.

use std::collections::{HashMap, HashSet};

use crate::markdown::facts::PageFacts;

/// For each closing tag that closes nothing, the component before it that has its name and is
/// never closed, by its number; no component is named twice.
pub fn openings(facts: &PageFacts) -> Vec<Option<usize>> {
    if facts.stray.is_empty() {
        return Vec::new();
    }
    let mut open: HashMap<&str, Vec<usize>> = HashMap::new();
    for (number, component) in facts.components.iter().enumerate() {
        if !component.closed {
            open.entry(&component.name).or_default().push(number);
        }
    }
    let mut taken = HashSet::new();
    let opening = |(name, span): &(String, crate::source::Span)| {
        let same = open.get(name.as_str())?;
        let before =
            same.partition_point(|&number| facts.components[number].span.start < span.start);
        let nearest = same[before.checked_sub(1)?];
        taken.insert(nearest).then_some(nearest)
    };
    facts.stray.iter().map(opening).collect()
}
