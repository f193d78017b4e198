//! What an author may have meant.

use crate::config::reader::nearest;
use crate::site::index::Index;
use crate::site::route;

/// The page address most like a dead one: the same last part somewhere else, or a misspelling.
pub fn page(index: &Index, key: &str) -> Option<String> {
    let key = route::stem(key.trim_matches('/'));
    let name = key.rsplit('/').next().unwrap_or(key);
    let mut moved: Vec<&str> =
        if name.is_empty() { Vec::new() } else { index.keys_named(name).collect() };
    moved.sort_unstable();
    let found = match moved.as_slice() {
        [one] => Some(*one),
        _ => best(key, moved.into_iter()).or_else(|| best(key, index.keys())),
    };
    found.map(|key| format!("/{key}"))
}

/// The id on a page most like a dead one.
pub fn anchor(index: &Index, page: usize, id: &str) -> Option<String> {
    best(id, index.pages[page].facts.anchors.iter().map(|anchor| anchor.id.as_str()))
        .map(str::to_owned)
}

fn best<'a>(wanted: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = wanted.chars().take(200).collect::<String>();
    nearest(&wanted, candidates.filter(|candidate| candidate.len() < 400))
}
