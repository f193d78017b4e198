//! Components that are closed only after the end of their parent.

use std::collections::HashMap;

use crate::markdown::facts::PageFacts;

/// For each closing tag that closes nothing, the number of the component that it was probably meant
/// to close: the last open one of its name before it.
pub fn openings(facts: &PageFacts) -> Vec<Option<usize>> {
    let mut open: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut next = 0;
    let mut found = Vec::with_capacity(facts.stray.len());
    for (name, span) in &facts.stray {
        while let Some(component) =
            facts.components.get(next).filter(|one| one.span.start < span.start)
        {
            if !component.closed {
                open.entry(&component.name).or_default().push(next);
            }
            next += 1;
        }
        found.push(open.get_mut(name.as_str()).and_then(Vec::pop));
    }
    found
}
