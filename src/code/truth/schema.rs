//! JSON Schemas, which data examples are validated against.
//!
//! The schema is compiled once. An example that shows only a part of the document is put at its
//! place inside an otherwise empty document, so one program serves every fragment; missing keys
//! around the example are not reported.
//!
//! The validator is docgen's own, since values have spans and examples leave things out, and since
//! both schema and example are untrusted: its work is bounded by a budget of steps. Drafts 4, 6, 7,
//! 2019-09 and 2020-12 are supported. An example that depends on anything else is not checked.

mod compile;
mod draft;
mod eval;
mod fault;
mod format;
mod instance;
mod keywords;
mod load;
mod message;
mod number;
mod numbering;
mod parts;
mod place;
mod program;
mod resources;
mod union;

use std::sync::OnceLock;

use serde_json::Value;

use crate::data::Node;
use crate::source::Span;
use crate::truth::steps::Steps;

use eval::{Doubt, Evaluation};
use instance::Instance;

/// The most steps that one example may take, some tenths of a second. Of 1,500 examples in the
/// manual of a large program, the slowest takes 2,000.
const MAX_STEPS: u64 = 5_000_000;

/// A compiled schema.
#[derive(Debug)]
pub struct Schema {
    name: String,
    root: Value,
    program: program::Program,
    untranslated: Vec<String>,
    /// Computed on first use, since few trees need it.
    parts: OnceLock<parts::Parts>,
}

/// The result of validating an example.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validation {
    /// The violations of the schema, in the order of the text.
    pub violations: Vec<Violation>,
    /// Why it is not known whether the example is valid, if it is not known.
    pub undecided: Option<Undecided>,
    /// How many steps the validation took.
    pub steps: u64,
}

/// Why it is not known whether an example is valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undecided {
    /// The validation would take too many steps.
    TooManySteps,
    /// It depends on a part of the schema that docgen does not know.
    UnknownSchema,
}

impl Undecided {
    /// The reason as shown in the coverage.
    pub fn reason(self) -> &'static str {
        match self {
            Self::TooManySteps => "the schema takes too many steps",
            Self::UnknownSchema => "unknown to docgen in the schema",
        }
    }
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
    /// Whether something is missing, and not wrong.
    pub absent: bool,
}

impl Schema {
    /// Compiles the schema in `text`; `name` is used in messages.
    ///
    /// A reference to another file or to the network is refused, as are texts larger than 64 MB,
    /// nesting deeper than 120 and references that lead back to themselves. A `pattern` that
    /// cannot be compiled is listed by [`Schema::untranslated`].
    pub fn load(name: &str, text: &str) -> Result<Self, String> {
        load::load(name, text)
    }

    /// The name of the schema in messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The patterns that cannot be compiled, each once: an example that depends on one is not
    /// checked.
    pub fn untranslated(&self) -> &[String] {
        &self.untranslated
    }

    /// Whether the schema describes a place at the JSON pointer (`""` is the whole document).
    pub fn has(&self, pointer: &str) -> bool {
        let segments = place::segments(pointer);
        segments.len() <= place::MAX_SEGMENTS && place::find(&self.root, &segments).is_some()
    }

    /// Validates an example.
    ///
    /// `pointer` says where in a whole document the example belongs: with `"/gateway"` it is the
    /// value of `gateway`, with `""` it is the document. The violations are in the order of the
    /// text, each span once per message. What the author left out or wrote as a placeholder is not
    /// a violation.
    pub fn validate(&self, example: &Node, pointer: &str) -> Validation {
        let segments = place::segments(pointer);
        if segments.len() > place::MAX_SEGMENTS {
            return Validation {
                undecided: Some(Undecided::UnknownSchema),
                ..Validation::default()
            };
        }
        self.run(&Instance::example(example, &segments))
    }

    /// Validates a whole document written by a program, which contains no placeholders.
    pub fn validate_document(&self, document: &Node) -> Validation {
        self.run(&Instance::document(document))
    }

    fn run(&self, instance: &Instance<'_>) -> Validation {
        let mut steps = Steps::new(MAX_STEPS);
        let outcome = Evaluation::new(&self.program, instance, &mut steps)
            .check(self.program.root, Instance::ROOT);
        let Ok(outcome) = outcome else {
            let undecided = Some(Undecided::TooManySteps);
            return Validation { undecided, steps: steps.spent(), ..Validation::default() };
        };
        let (root, program) = (&self.root, &self.program);
        let writer = message::Writer { root, program, instance };
        let mut violations: Vec<Violation> =
            outcome.faults.iter().filter_map(|fault| writer.violation(fault)).collect();
        violations.sort_by(|a, b| (a.span, &a.message).cmp(&(b.span, &b.message)));
        violations.dedup();
        let unknown = violations.is_empty() && outcome.doubt == Doubt::UnknownSchema;
        let undecided = unknown.then_some(Undecided::UnknownSchema);
        Validation { violations, undecided, steps: steps.spent() }
    }

    /// Whether `document` looks like what the schema describes at `pointer`.
    ///
    /// Most of its keys must be known there or misspelt, and at least half count, where a known key
    /// whose value has another shape and a misspelt key whose value has the right one count half.
    /// So a document whose only key is misspelt is recognised. It is not recognised if it has three
    /// or more keys one level down and none of them is known. Values that are not objects, and
    /// empty objects, are not recognised.
    pub fn recognises(&self, document: &Node, pointer: &str) -> bool {
        place::recognises(&self.root, document, &place::segments(pointer))
    }

    /// The pointer to the part of a document that the example shows, if its keys leave no doubt:
    /// only one part knows them all, or all but one that is a misspelling of a known key, and their
    /// values have the right shapes. With two keys, one must be rare.
    pub fn locate(&self, document: &Node) -> Option<String> {
        let parts = self.parts.get_or_init(|| parts::Parts::new(&self.root));
        let path = parts.find(&self.root, document)?;
        let escaped = path.iter().map(|part| part.replace('~', "~0").replace('/', "~1"));
        Some(escaped.fold(String::new(), |pointer, part| pointer + "/" + &part))
    }
}

#[cfg(test)]
mod tests;
