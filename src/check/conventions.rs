//! What the pages of a tree do so often that it is no mistake, found out when it is first asked for.

use std::sync::OnceLock;

/// More than there are kinds of markup.
const MOST: usize = 64;

/// Answers by the number of a kind.
#[derive(Debug)]
pub struct Conventions([OnceLock<bool>; MOST]);

impl Default for Conventions {
    fn default() -> Self {
        Self([const { OnceLock::new() }; MOST])
    }
}

impl Conventions {
    /// The answer for a kind, which `find` gives once.
    pub fn answer(&self, kind: usize, find: impl FnOnce() -> bool) -> bool {
        match self.0.get(kind) {
            Some(known) => *known.get_or_init(find),
            None => find(),
        }
    }
}
