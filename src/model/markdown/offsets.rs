//! Maps offsets in the text for the parser to offsets in the source.

use crate::source::Span;

#[derive(Clone, Copy, Debug)]
struct Entry {
    shifted: usize,
    source: usize,
    /// Whether everything up to the next entry maps to this one offset (text that docgen inserted).
    fixed: bool,
}

/// A sorted table of offsets. It is empty if both texts are the same.
#[derive(Clone, Debug, Default)]
pub struct OffsetMap {
    entries: Vec<Entry>,
}

impl OffsetMap {
    /// From `shifted` on, the text is a copy of the source from `source` on.
    pub fn copy(&mut self, shifted: usize, source: usize) {
        if let Some(last) = self.entries.last_mut() {
            if !last.fixed && last.source + (shifted - last.shifted) == source {
                return;
            }
            if last.shifted == shifted {
                *last = Entry { shifted, source, fixed: false };
                return;
            }
        }
        self.entries.push(Entry { shifted, source, fixed: false });
    }

    /// From `shifted` on, the text was inserted at `source`.
    pub fn insert(&mut self, shifted: usize, source: usize) {
        self.entries.push(Entry { shifted, source, fixed: true });
    }

    fn index(&self, shifted: usize) -> Option<usize> {
        self.entries.partition_point(|entry| entry.shifted <= shifted).checked_sub(1)
    }

    fn at(&self, index: usize, shifted: usize) -> usize {
        let entry = self.entries[index];
        if entry.fixed { entry.source } else { entry.source + (shifted - entry.shifted) }
    }

    /// The source offset of the character at `shifted`.
    pub fn start(&self, shifted: usize) -> usize {
        self.index(shifted).map_or(shifted, |index| self.at(index, shifted))
    }

    /// The source offset after the character that ends at `shifted`.
    pub fn end(&self, shifted: usize) -> usize {
        let Some(before) = shifted.checked_sub(1) else { return self.start(0) };
        match self.index(before) {
            None => shifted,
            Some(index) if self.entries[index].fixed => self.entries[index].source,
            Some(index) => self.at(index, before) + 1,
        }
    }

    /// The source span of a range.
    pub fn span(&self, shifted: std::ops::Range<usize>) -> Span {
        let start = self.start(shifted.start);
        Span::new(start, self.end(shifted.end).max(start))
    }

    /// The pieces of the source that a range was copied from, in order.
    pub fn pieces(&self, shifted: std::ops::Range<usize>, mut each: impl FnMut(Span)) {
        let mut pos = shifted.start;
        while pos < shifted.end {
            let index = self.index(pos);
            let next = index.map_or(0, |index| index + 1);
            let stop =
                self.entries.get(next).map_or(shifted.end, |entry| entry.shifted.min(shifted.end));
            match index {
                Some(index) if self.entries[index].fixed => {}
                Some(index) => {
                    let start = self.at(index, pos);
                    each(Span::new(start, start + (stop - pos)));
                }
                None => each(Span::new(pos, stop)),
            }
            pos = stop;
        }
    }
}
