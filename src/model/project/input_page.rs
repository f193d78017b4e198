//! A page as it was read, before it is parsed.

use crate::source::{Source, Span};

/// A page before it is parsed.
#[derive(Debug)]
pub struct InputPage {
    /// Its text.
    pub source: Source,
    /// Its path inside the folder of pages.
    pub content_path: String,
    /// The number of its folder among those of the tree, and its path inside that.
    pub place: Option<(usize, String)>,
    /// The title that a directive in its text gives it.
    pub title: Option<String>,
    /// What is wrong with its encoding.
    pub fault: Option<(Span, String)>,
}
