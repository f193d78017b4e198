//! JSON Schemas that data examples are held against.
//!
//! The schema is compiled once, whole. An example that shows only a part of the document is put
//! at its place inside an otherwise empty document, so one validator serves every fragment; what
//! the empty document lacks is not reported.

mod fault;
mod instance;
mod load;
mod message;
mod parts;
mod place;
mod union;

use std::sync::OnceLock;

use serde_json::Value;

use crate::data::Node;
use crate::source::Span;

use instance::Instance;

/// A compiled schema.
#[derive(Debug)]
pub struct Schema {
    name: String,
    root: Value,
    validator: jsonschema::Validator,
    untranslated: Vec<String>,
    /// How deep examples are looked into.
    max_depth: usize,
    /// Made when it is first asked for: few trees need it.
    parts: OnceLock<parts::Parts>,
}

/// One way in which an example contradicts the schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The bytes of the key or value at fault, in the text the node was read from.
    pub span: Span,
    /// One sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Whether something is not there, rather than something wrong.
    pub absent: bool,
}

impl Schema {
    /// Compiles the schema in `text`; `name` is what messages call it.
    ///
    /// A reference to another file or to the network is refused, as are texts larger than 64 MB,
    /// nesting deeper than 120 and references that lead back to themselves. A `pattern` the
    /// engine does not know is dropped and listed by [`Schema::untranslated`].
    pub fn load(name: &str, text: &str) -> Result<Self, String> {
        load::load(name, text)
    }

    /// What messages call the schema.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The patterns that were dropped because the engine does not know them, each once.
    pub fn untranslated(&self) -> &[String] {
        &self.untranslated
    }

    /// Whether the schema describes a place at the JSON pointer (`""` is the whole document).
    pub fn has(&self, pointer: &str) -> bool {
        let segments = place::segments(pointer);
        segments.len() <= place::MAX_SEGMENTS && place::find(&self.root, &segments).is_some()
    }

    /// Holds `document` against the schema.
    ///
    /// `pointer` says where in a whole document the example belongs: with `"/gateway"` it is the
    /// value of `gateway`, with `""` it is the document. The violations stand in the order of the
    /// text, each span once per message.
    pub fn validate(&self, document: &Node, pointer: &str) -> Vec<Violation> {
        let segments = place::segments(pointer);
        if segments.len() > place::MAX_SEGMENTS {
            return Vec::new();
        }
        let instance = Instance::new(document, segments, self.max_depth);
        let faults = fault::collect(&self.validator, &self.root, &instance);
        let mut violations: Vec<Violation> =
            faults.iter().filter_map(|fault| message::violation(fault, &instance)).collect();
        violations.sort_by(|a, b| (a.span, &a.message).cmp(&(b.span, &b.message)));
        violations.dedup();
        violations
    }

    /// Whether `document` looks like what the schema describes at `pointer`.
    ///
    /// It does when most of its keys are known there or nearly so, and at least half count, where a
    /// known key whose value has another shape and a misspelt key whose value has the right one
    /// count half. So a document whose only key is misspelt is recognised. It does not when three
    /// or more keys stand one level down and none of them is known. What is not an object, or an
    /// empty one, is not recognised.
    pub fn recognises(&self, document: &Node, pointer: &str) -> bool {
        place::recognises(&self.root, document, &place::segments(pointer))
    }

    /// The pointer to the part of a document that the example shows, where its keys leave no doubt:
    /// one part alone knows them all, or all but one that is a slip of a key that it knows, and
    /// their values have the right shapes. With two keys, one must be rare.
    pub fn locate(&self, document: &Node) -> Option<String> {
        let parts = self.parts.get_or_init(|| parts::Parts::new(&self.root));
        let path = parts.find(&self.root, document)?;
        let escaped = path.iter().map(|part| part.replace('~', "~0").replace('/', "~1"));
        Some(escaped.fold(String::new(), |pointer, part| pointer + "/" + &part))
    }
}

#[cfg(test)]
mod tests;
