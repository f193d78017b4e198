//! A cache of judgements, so that a block that occurs on many pages is judged once. In a tree of
//! twenty languages, most blocks do.

use std::collections::HashMap;
use std::hash::Hasher;
use std::sync::{Arc, Mutex, PoisonError};

use rapidhash::fast::RapidHasher;

use super::judged::Judged;

/// Judgements by the inputs they depend on.
#[derive(Default)]
pub struct JudgementCache {
    /// Several locks, so that threads rarely wait for each other.
    shards: [Mutex<HashMap<Key, Arc<Judged>>>; 16],
}

/// The inputs of a judgement, as two 64-bit hashes: one alone would collide now and then.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key(u64, u64);

impl Key {
    /// The key of a block with these inputs.
    pub fn new(parts: [&str; 4]) -> Self {
        Self(hash(1, parts), hash(2, parts))
    }
}

impl JudgementCache {
    /// The cached judgement of a block, or a new one.
    pub fn get(&self, key: Key, judge: impl FnOnce() -> Judged) -> Arc<Judged> {
        let shard = &self.shards[key.0 as usize % self.shards.len()];
        let known = shard.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        known.unwrap_or_else(|| {
            // Not under the lock, because a judgement can be slow.
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
