//! Maps a text with includes back to the files that it came from.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::source::{Span, VPath};

#[derive(Clone, Copy, Debug)]
struct Piece {
    at: usize,
    file: u32,
    source: usize,
    /// The length of what the text stands for, if it is not copied from the file: all of it maps
    /// to that.
    stands_for: Option<usize>,
}

/// The pieces of a text, in order.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    files: Vec<VPath>,
    numbers: HashMap<VPath, u32>,
    /// Files of which only a part was included.
    cut: HashSet<VPath>,
    pieces: Vec<Piece>,
}

/// The origin of a span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The file.
    pub path: VPath,
    /// Its span in the file.
    pub span: Span,
    /// Whether all of the text is in that span.
    pub exact: bool,
}

impl SourceMap {
    pub(super) fn copy(&mut self, at: usize, file: &VPath, source: usize) {
        let number = self.number(file);
        if let Some(last) = self.pieces.last()
            && last.stands_for.is_none()
            && last.file == number
            && last.source + (at - last.at) == source
        {
            return;
        }
        self.pieces.push(Piece { at, file: number, source, stands_for: None });
    }

    pub(super) fn insert(&mut self, at: usize, file: &VPath, source: usize) {
        let file = self.number(file);
        self.pieces.push(Piece { at, file, source, stands_for: Some(0) });
    }

    /// A text that stands for a part of a file.
    pub(super) fn replace(&mut self, at: usize, file: &VPath, part: Range<usize>) {
        let file = self.number(file);
        let stands_for = Some(part.len());
        self.pieces.push(Piece { at, file, source: part.start, stands_for });
    }

    pub(super) fn cut(&mut self, file: &VPath) {
        self.cut.insert(file.clone());
    }

    /// Whether only a part of a file was included.
    pub fn is_cut(&self, file: &VPath) -> bool {
        self.cut.contains(file)
    }

    fn number(&mut self, file: &VPath) -> u32 {
        if let Some(&number) = self.numbers.get(file) {
            return number;
        }
        let number = self.files.len() as u32;
        self.files.push(file.clone());
        self.numbers.insert(file.clone(), number);
        number
    }

    /// The files, including the page itself.
    pub fn files(&self) -> &[VPath] {
        &self.files
    }

    fn piece(&self, at: usize) -> Option<usize> {
        self.pieces.partition_point(|piece| piece.at <= at).checked_sub(1)
    }

    fn place(piece: &Piece, at: usize) -> usize {
        if piece.stands_for.is_none() { piece.source + (at - piece.at) } else { piece.source }
    }

    /// The end of a span that ends at `at`, in this piece.
    fn place_of_end(piece: &Piece, at: usize) -> usize {
        let whole = piece.stands_for.filter(|_| at > piece.at);
        whole.map_or_else(|| Self::place(piece, at), |len| piece.source + len)
    }

    /// The file that an offset of the text comes from.
    pub fn file_at(&self, at: usize) -> Option<&VPath> {
        self.piece(at).map(|index| &self.files[self.pieces[index].file as usize])
    }

    /// The origin of a span of the text. One over several files is cut to the first.
    pub fn origin(&self, span: Span) -> Option<Origin> {
        let index = self.piece(span.start)?;
        let first = self.pieces[index];
        let start = Self::place(&first, span.start);
        let last_byte = span.end.max(span.start + 1) - 1;
        let mut exact = first.stands_for.is_none();
        let mut end = start;
        for (at, piece) in self.pieces.iter().enumerate().skip(index) {
            if piece.at > last_byte {
                break;
            }
            if piece.file != first.file {
                exact = false;
                break;
            }
            exact &= at == index;
            let next = self.pieces.get(at + 1).map_or(usize::MAX, |next| next.at);
            end = end.max(Self::place_of_end(piece, span.end.min(next).max(piece.at)));
        }
        let path = self.files[first.file as usize].clone();
        Some(Origin { path, span: Span::new(start, end.max(start)), exact })
    }
}
