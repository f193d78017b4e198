//! The drafts of JSON Schema, and which keyword belongs to which.

/// A version of JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Draft {
    Four,
    Six,
    Seven,
    /// 2019-09
    Nineteen,
    /// 2020-12
    Twenty,
}

impl Draft {
    /// The draft of a schema that names none.
    pub const DEFAULT: Self = Self::Twenty;

    /// The draft that `$schema` names; `None` for one that docgen does not know.
    pub fn named(uri: &str) -> Option<Self> {
        let uri = uri.trim_end_matches('#');
        let name = uri.strip_prefix("https://").or_else(|| uri.strip_prefix("http://"))?;
        Some(match name {
            "json-schema.org/draft-04/schema" => Self::Four,
            "json-schema.org/draft-06/schema" => Self::Six,
            "json-schema.org/draft-07/schema" => Self::Seven,
            "json-schema.org/draft/2019-09/schema" => Self::Nineteen,
            "json-schema.org/draft/2020-12/schema" => Self::Twenty,
            // The address from before there were several drafts.
            "json-schema.org/schema" => Self::DEFAULT,
            _ => return None,
        })
    }

    /// Whether this draft has the keyword.
    pub fn knows(self, keyword: &str) -> bool {
        let row = SINCE.iter().find(|(name, ..)| *name == keyword);
        row.is_some_and(|(_, first, last)| (*first..=*last).contains(&self))
    }

    /// The keyword that gives a schema its address.
    pub fn id(self) -> &'static str {
        if self == Self::Four { "id" } else { "$id" }
    }

    /// Whether `$ref` disables the keywords next to it.
    pub fn ref_stands_alone(self) -> bool {
        self <= Self::Seven
    }
}

/// The keywords that not all drafts have, or that make a difference here: the first and the last
/// draft that have them. `definitions` and `dependencies` are still read in later drafts.
const SINCE: &[(&str, Draft, Draft)] = &[
    ("$ref", Draft::Four, Draft::Twenty),
    ("$recursiveRef", Draft::Nineteen, Draft::Nineteen),
    ("$dynamicRef", Draft::Twenty, Draft::Twenty),
    ("$anchor", Draft::Nineteen, Draft::Twenty),
    ("$dynamicAnchor", Draft::Twenty, Draft::Twenty),
    ("$defs", Draft::Nineteen, Draft::Twenty),
    ("definitions", Draft::Four, Draft::Twenty),
    ("allOf", Draft::Four, Draft::Twenty),
    ("anyOf", Draft::Four, Draft::Twenty),
    ("oneOf", Draft::Four, Draft::Twenty),
    ("not", Draft::Four, Draft::Twenty),
    ("if", Draft::Seven, Draft::Twenty),
    ("then", Draft::Seven, Draft::Twenty),
    ("else", Draft::Seven, Draft::Twenty),
    ("type", Draft::Four, Draft::Twenty),
    ("enum", Draft::Four, Draft::Twenty),
    ("const", Draft::Six, Draft::Twenty),
    ("minimum", Draft::Four, Draft::Twenty),
    ("maximum", Draft::Four, Draft::Twenty),
    ("exclusiveMinimum", Draft::Four, Draft::Twenty),
    ("exclusiveMaximum", Draft::Four, Draft::Twenty),
    ("multipleOf", Draft::Four, Draft::Twenty),
    ("minLength", Draft::Four, Draft::Twenty),
    ("maxLength", Draft::Four, Draft::Twenty),
    ("pattern", Draft::Four, Draft::Twenty),
    ("format", Draft::Four, Draft::Twenty),
    ("items", Draft::Four, Draft::Twenty),
    ("prefixItems", Draft::Twenty, Draft::Twenty),
    ("additionalItems", Draft::Four, Draft::Nineteen),
    ("unevaluatedItems", Draft::Nineteen, Draft::Twenty),
    ("contains", Draft::Six, Draft::Twenty),
    ("minContains", Draft::Nineteen, Draft::Twenty),
    ("maxContains", Draft::Nineteen, Draft::Twenty),
    ("minItems", Draft::Four, Draft::Twenty),
    ("maxItems", Draft::Four, Draft::Twenty),
    ("uniqueItems", Draft::Four, Draft::Twenty),
    ("properties", Draft::Four, Draft::Twenty),
    ("patternProperties", Draft::Four, Draft::Twenty),
    ("additionalProperties", Draft::Four, Draft::Twenty),
    ("unevaluatedProperties", Draft::Nineteen, Draft::Twenty),
    ("propertyNames", Draft::Six, Draft::Twenty),
    ("required", Draft::Four, Draft::Twenty),
    ("minProperties", Draft::Four, Draft::Twenty),
    ("maxProperties", Draft::Four, Draft::Twenty),
    ("dependencies", Draft::Four, Draft::Twenty),
    ("dependentRequired", Draft::Nineteen, Draft::Twenty),
    ("dependentSchemas", Draft::Nineteen, Draft::Twenty),
];

/// Keywords whose value maps names to schemas.
pub(super) const NAMED_SCHEMAS: &[&str] = &[
    "properties",
    "patternProperties",
    "definitions",
    "$defs",
    "dependentSchemas",
    "dependencies",
];

/// Keywords whose value is a schema or a list of schemas.
pub(super) const SCHEMAS: &[&str] = &[
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "then",
    "else",
    "items",
    "prefixItems",
    "additionalItems",
    "unevaluatedItems",
    "contains",
    "additionalProperties",
    "unevaluatedProperties",
    "propertyNames",
];
