//! Here-documents: their text is skipped.

use std::borrow::Cow;

use super::{Parser, Refusal, Result};
use crate::lang::Fault;
use crate::source::Span;

/// A here-document whose text has not been read yet.
#[derive(Clone, Debug)]
pub(super) struct HereDocument {
    /// The line that ends it.
    delimiter: String,
    /// Whether lines are taken literally, since some of the delimiter is in quotes.
    verbatim: bool,
    /// Whether tabs before the delimiter are ignored.
    indented: bool,
    /// The operator and the delimiter.
    span: Span,
}

impl HereDocument {
    pub(super) fn new(text: &str, operator: Span, word: Span) -> Self {
        let written = text[word.start..word.end].replace("\\\n", "");
        let verbatim = written.contains(['\'', '"', '\\']);
        let delimiter = if verbatim { without_quotes(&written) } else { written };
        let indented = text[operator.start..operator.end].ends_with('-');
        Self { delimiter, verbatim, indented, span: Span::new(operator.start, word.end) }
    }
}

impl Parser<'_> {
    /// Reads the here-documents that begin at the position.
    pub(super) fn read_here_documents(&mut self) -> Result<()> {
        for document in std::mem::take(&mut self.state.pending) {
            self.at = self.end_of(&document, self.at)?;
        }
        Ok(())
    }

    /// Reads the here-documents that begin on the line below the position, if `$(…)` closes before
    /// they begin.
    pub(super) fn read_here_documents_below(&mut self) -> Result<()> {
        let rest = &self.text[self.at..];
        let end = self.at + rest.find('\n').unwrap_or(rest.len());
        let mut at = match self.jump {
            Some((line_end, to)) if line_end == end => to,
            _ => (end + 1).min(self.text.len()),
        };
        for document in std::mem::take(&mut self.state.pending) {
            at = self.end_of(&document, at)?;
        }
        self.jump = Some((end, at));
        Ok(())
    }

    /// The end of a here-document that begins at an offset.
    fn end_of(&self, document: &HereDocument, mut at: usize) -> Result<usize> {
        while at < self.text.len() {
            let (line, end) = self.line(at, document.verbatim);
            let words = if document.indented { line.trim_start_matches('\t') } else { &*line };
            if *line == document.delimiter || words == document.delimiter {
                return Ok(end);
            }
            // `EOF)`: bash accepts this as the end as well.
            if self.state.substitution.is_some()
                && let Some(rest) = words.strip_prefix(document.delimiter.as_str())
                && rest.contains(')')
                && self.text[..end].trim_end_matches('\n').ends_with(rest)
            {
                let ended = self.text[..end].trim_end_matches('\n').len();
                return Ok(ended - rest.len());
            }
            at = end;
        }
        let message = "a here-document is never closed";
        Err(Refusal::Fault(Fault::new(document.span, message)))
    }

    /// The line at an offset, joined with those that continue it, and the start of the next.
    fn line(&self, at: usize, verbatim: bool) -> (Cow<'_, str>, usize) {
        let mut joined: Option<String> = None;
        let mut at = at;
        loop {
            let rest = &self.text[at..];
            let len = rest.find('\n').unwrap_or(rest.len());
            let line = &rest[..len];
            let end = (at + len + 1).min(self.text.len());
            let slashes = line.len() - line.trim_end_matches('\\').len();
            let continues = !verbatim && slashes % 2 == 1 && len < rest.len();
            let content = if continues { &line[..len - 1] } else { line };
            match (&mut joined, continues) {
                (None, false) => return (Cow::Borrowed(line), end),
                (None, true) => joined = Some(content.to_owned()),
                (Some(text), _) => text.push_str(content),
            }
            if !continues {
                return (Cow::Owned(joined.unwrap_or_default()), end);
            }
            at = end;
        }
    }
}

/// A word as the shell sees it once its quotes are gone.
fn without_quotes(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut quote = None;
    let mut chars = word.chars();
    while let Some(c) = chars.next() {
        match (c, quote) {
            ('\\', None | Some('"')) => match chars.next() {
                Some(next) if quote.is_some() && !"$`\"\\".contains(next) => out.extend([c, next]),
                next => out.extend(next),
            },
            ('\'' | '"', None) => quote = Some(c),
            (_, Some(open)) if c == open => quote = None,
            _ => out.push(c),
        }
    }
    out
}
