//! The characters of the text of a block, one bit for each that is in a mark of some kind: most
//! blocks have none that matter, which is known without a copy of their text.

use super::Kind;
use crate::markdown::outline::InlineKind;
use crate::prose::Leaf;

/// Which bit stands for which byte. Those that no mark has have none.
pub(super) struct Bits([u64; 256]);

impl Bits {
    /// The bits of the marks of some kinds.
    pub(super) fn new<'k>(kinds: impl Iterator<Item = &'k Kind>) -> Self {
        let (mut bits, mut next) = ([0; 256], 1_u64);
        for byte in kinds.flat_map(|kind| kind.marks).flat_map(|mark| mark.bytes()) {
            let bit = &mut bits[usize::from(byte)];
            // From the last one on they share it, and some blocks are looked at in vain.
            if *bit == 0 {
                *bit = next;
                next = if next == 1 << 63 { next } else { next << 1 };
            }
        }
        Self(bits)
    }

    /// Those of each mark of a kind.
    pub(super) fn of_marks<'b>(&'b self, kind: &'b Kind) -> impl Iterator<Item = u64> + 'b {
        kind.marks.iter().map(|mark| self.of(mark.as_bytes()))
    }

    /// Those of the plain text of a block.
    pub(super) fn of_leaf(&self, source: &str, leaf: &Leaf<'_, '_>) -> u64 {
        let inlines = leaf.inlines.iter().filter(|inline| inline.kind == InlineKind::Text);
        let spans = inlines.map(|inline| inline.span);
        spans.fold(0, |all, span| all | self.of(&source.as_bytes()[span.start..span.end]))
    }

    fn of(&self, text: &[u8]) -> u64 {
        text.iter().fold(0, |all, byte| all | self.0[usize::from(*byte)])
    }
}
