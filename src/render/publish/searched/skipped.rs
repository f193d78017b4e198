//! The element that is left out of the index, until it ends.

use crate::markdown::html::{Ending, is_ended, may_lack_end};

/// The most elements that are remembered inside one without an end tag, and so the most that are looked
/// at for each tag.
const MAX_INSIDE: usize = 32;

/// What a tag is to the element that is left out.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A part of it.
    Inside,
    /// Its end tag.
    End,
    /// A tag behind it: its author left out the end tag.
    Behind,
}

/// An element that is left out.
#[derive(Debug)]
pub(super) struct Skipped {
    name: String,
    /// How many elements of its name are open in it, with itself, if it has to have an end tag.
    open: usize,
    /// The elements that are open in it, if it need not have one.
    inside: Vec<String>,
}

impl Skipped {
    pub(super) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), open: 1, inside: Vec::new() }
    }

    /// Reads the beginning of an element; `is_whole` says that it has no end.
    pub(super) fn start(&mut self, name: &str, is_whole: bool) -> Place {
        if !may_lack_end(&self.name) {
            self.open += usize::from(self.name == name && !is_whole);
            return Place::Inside;
        }
        if self.ends_by(Ending::Start(name)) {
            return Place::Behind;
        }
        if !is_whole && self.inside.len() < MAX_INSIDE {
            self.inside.push(name.to_owned());
        }
        Place::Inside
    }

    /// Reads the end of an element.
    pub(super) fn end(&mut self, name: &str) -> Place {
        if !may_lack_end(&self.name) {
            self.open -= usize::from(self.name == name);
            return if self.open == 0 { Place::End } else { Place::Inside };
        }
        if let Some(at) = self.inside.iter().rposition(|one| one == name) {
            self.inside.truncate(at);
            return Place::Inside;
        }
        if self.name == name {
            return Place::End;
        }
        if self.ends_by(Ending::End(name)) { Place::Behind } else { Place::Inside }
    }

    /// Ends what a tag ends inside the element; whether that is the element itself.
    fn ends_by(&mut self, tag: Ending<'_>) -> bool {
        let open = self.inside.iter().rev().take_while(|one| may_lack_end(one)).count();
        let from = self.inside.len() - open;
        if from == 0 && is_ended(&self.name, tag) {
            return true;
        }
        if let Some(at) = self.inside[from..].iter().position(|one| is_ended(one, tag)) {
            self.inside.truncate(from + at);
        }
        false
    }
}
