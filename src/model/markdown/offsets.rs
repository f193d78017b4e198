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

    /// Looks up many places, most of them near the one before.
    pub fn cursor(&self) -> Cursor<'_> {
        Cursor { map: self, index: None, places: 0..0 }
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
        self.end_behind(self.index(before), before)
    }

    /// The source offset after the character at `before`, which is in the part of this number.
    fn end_behind(&self, index: Option<usize>, before: usize) -> usize {
        match index {
            None => before + 1,
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

/// A place in a map of offsets.
#[derive(Clone, Debug)]
pub struct Cursor<'m> {
    map: &'m OffsetMap,
    /// The number of the entry that the last place was behind, and up to where all are.
    index: Option<usize>,
    places: std::ops::Range<usize>,
}

impl Cursor<'_> {
    fn index(&mut self, shifted: usize) -> Option<usize> {
        if !self.places.contains(&shifted) {
            let entries = &self.map.entries;
            let place = |behind: usize| entries.get(behind).map_or(usize::MAX, |one| one.shifted);
            // Most often it is the next one.
            let next = self.index.map_or(0, |index| index + 1);
            let is_next = place(next) <= shifted && shifted < place(next + 1);
            self.index = if is_next { Some(next) } else { self.map.index(shifted) };
            let start = self.index.map_or(0, place);
            self.places = start..place(self.index.map_or(0, |index| index + 1));
        }
        self.index
    }

    /// The source span of a range.
    pub fn span(&mut self, shifted: std::ops::Range<usize>) -> Span {
        let start = self
            .index(shifted.start)
            .map_or(shifted.start, |index| self.map.at(index, shifted.start));
        let end = match shifted.end.checked_sub(1) {
            None => self.map.start(0),
            Some(before) => self.map.end_behind(self.index(before), before),
        };
        Span::new(start, end.max(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_finds_what_the_map_finds() {
        let mut map = OffsetMap::default();
        for number in 0..40 {
            map.copy(number * 10, number * 7 + 3);
            map.insert(number * 10 + 6, number * 7 + 9);
        }
        for map in [map, OffsetMap::default()] {
            let mut cursor = map.cursor();
            let mut at: usize = 1;
            for step in 0..2000 {
                // Steps of all lengths in both directions.
                at = (at * 31 + step) % 420;
                for start in [at, at + 1, at.saturating_sub(9)] {
                    let range = start..start + step % 50;
                    assert_eq!(cursor.span(range.clone()), map.span(range.clone()), "{range:?}");
                }
            }
        }
    }
}
