//! Chance that a seed repeats.

/// SplitMix64.
#[derive(Clone)]
pub struct Random(u64);

impl Random {
    /// A stream of its own for each name.
    pub fn new(seed: u64, name: &str) -> Self {
        let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self(name.bytes().fold(seed ^ 0xcbf2_9ce4_8422_2325, mix))
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }
}

/// A fair sample of a stream whose length is not known before.
pub struct Sample<T> {
    random: Random,
    size: usize,
    seen: usize,
    pub kept: Vec<T>,
}

impl<T> Sample<T> {
    pub fn new(random: Random, size: usize) -> Self {
        Self { random, size, seen: 0, kept: Vec::new() }
    }

    pub fn offer(&mut self, make: impl FnOnce() -> T) {
        self.seen += 1;
        if self.kept.len() < self.size {
            self.kept.push(make());
        } else {
            let at = self.random.below(self.seen);
            if at < self.size {
                self.kept[at] = make();
            }
        }
    }

    /// The sample in a random order.
    pub fn shuffled(mut self) -> Vec<T> {
        for at in (1..self.kept.len()).rev() {
            self.kept.swap(at, self.random.below(at + 1));
        }
        self.kept
    }
}
