//! What was said of a block, so that one that stands on many pages is judged once: in a tree of
//! twenty languages most do.

use std::collections::HashMap;
use std::hash::Hasher;
use std::sync::{Arc, Mutex, PoisonError};

use rapidhash::fast::RapidHasher;

use super::blocks::Judged;

/// Judged blocks by what they are judged from.
#[derive(Default)]
pub struct JudgementCache {
    /// Several, so that those who look at different blocks do not wait for each other.
    shards: [Mutex<HashMap<Key, Arc<Judged>>>; 16],
}

/// What a block is judged from. Two hashes: one alone would now and then take two blocks for one.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key(u64, u64);

impl Key {
    /// The key of a block with these parts.
    pub fn new(parts: [&str; 4]) -> Self {
        Self(hash(1, parts), hash(2, parts))
    }
}

impl JudgementCache {
    /// What was said of a block, or is said of it now.
    pub fn get(&self, key: Key, judge: impl FnOnce() -> Judged) -> Arc<Judged> {
        let shard = &self.shards[key.0 as usize % self.shards.len()];
        let known = shard.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        known.unwrap_or_else(|| {
            // Not under the lock: a judgement can take its time.
            let judged = Arc::new(judge());
            shard.lock().unwrap_or_else(PoisonError::into_inner).insert(key, judged.clone());
            judged
        })
    }
}

fn hash(seed: u64, parts: [&str; 4]) -> u64 {
    let mut hasher = RapidHasher::new(seed);
    for part in parts {
        hasher.write_usize(part.len());
        hasher.write(part.as_bytes());
    }
    hasher.finish()
}
