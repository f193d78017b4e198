//! Code blocks with what their language says of them: judged once, for all rules.

use crate::lang::{self, Judgement, Language};
use crate::markdown::facts::CodeBlock;
use crate::source::Span;

/// A code block with its judgement.
pub struct Block<'a> {
    /// The block.
    pub code: &'a CodeBlock,
    /// Its language, if docgen checks it.
    pub language: Option<&'static Language>,
    /// What the language says.
    pub judgement: Option<Judgement>,
    source: &'a str,
}

impl<'a> Block<'a> {
    /// Judges a block of `source`.
    pub fn new(code: &'a CodeBlock, source: &'a str) -> Self {
        let language = lang::find(&code.info.language);
        // A block that never ends holds the rest of the page: what it says means nothing.
        let judged = language.filter(|_| !code.info.unchecked && code.closed);
        let judgement = judged.map(|language| (language.judge)(&code.text(source)));
        Self { code, language, judgement, source }
    }

    /// The bytes of the page that a range of the block was made from.
    pub fn span(&self, span: Span) -> Span {
        self.code.source_span(self.source, span)
    }
}
