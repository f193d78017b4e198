//! The order of the rooms: one table, one row for each.

use super::facts::Kind;
use super::source::is_within;
use super::{Findings, Sources};

/// The rooms. One uses only those above it. A row takes in all modules below it that have no row
/// of their own.
pub const ROOMS: &[&str] = &[
    "docgen_base::source",
    "docgen_base::diagnostic",
    "docgen_base::coverage",
    "docgen_base::error",
    "docgen_base::panics",
    "docgen_base::suggest",
    "docgen_code::data",
    "docgen_code::lang",
    "docgen_code::truth",
    "docgen_model::icons",
    "docgen_model::markdown",
    "docgen_model::config",
    "docgen_model::site",
    "docgen_model::project",
    "docgen_check",
    "docgen_render",
    "docgen_render::publish",
    "docgen::report",
    "docgen::io",
    "docgen::open",
    "docgen::cli",
    "docgen::main",
];

/// The place of the room that a path leads into.
fn room(path: &[String]) -> Option<usize> {
    let rooms = ROOMS.iter().enumerate().filter(|(_, room)| is_within(path, room));
    rooms.max_by_key(|(_, room)| room.len()).map(|(at, _)| at)
}

/// Finds uses of a room below the own one, in tests as well.
pub fn check(sources: &Sources, findings: &mut Findings) {
    for (file, facts) in sources.each() {
        let Some(own) = room(&file.module) else {
            // The root of a crate only names its rooms.
            if file.module.len() > 1 {
                findings.add(file, 1, "order", "no room of the table of rooms".to_owned());
            }
            continue;
        };
        for fact in facts {
            let Kind::Path { path, .. } = &fact.kind else { continue };
            if let Some(used) = room(path).filter(|used| *used > own) {
                let text = format!("`{}` uses `{}`, which is below it", ROOMS[own], ROOMS[used]);
                findings.add(file, fact.line, "order", text);
            }
        }
    }
}

/// The rows of the table that no file belongs to.
pub fn empty(sources: &Sources) -> Vec<&'static str> {
    let filled: Vec<_> = sources.files.iter().filter_map(|file| room(&file.module)).collect();
    let rooms = ROOMS.iter().enumerate().filter(|(at, _)| !filled.contains(at));
    rooms.map(|(_, room)| *room).collect()
}
