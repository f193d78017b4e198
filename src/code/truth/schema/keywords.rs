//! Compiles the keywords of a schema.

use serde_json::{Map, Number, Value};

use super::draft::Draft;
use super::format::{Check, Format};
use super::number::Decimal;
use super::numbering::Numbering;
use super::program::{Bound, Datum, Keyword, Properties, SchemaId, Size, Types};
use super::resources::ResourceId;

/// What is wrong with a keyword, as a sentence without the place.
type Wrong = String;

/// The limits of a number.
const BOUNDS: &[(&str, Bound)] = &[
    ("minimum", Bound::Minimum),
    ("maximum", Bound::Maximum),
    ("exclusiveMinimum", Bound::ExclusiveMinimum),
    ("exclusiveMaximum", Bound::ExclusiveMaximum),
];

/// The limits of a size.
const SIZES: &[(&str, Size)] = &[
    ("minLength", Size::MinLength),
    ("maxLength", Size::MaxLength),
    ("minItems", Size::MinItems),
    ("maxItems", Size::MaxItems),
    ("minProperties", Size::MinProperties),
    ("maxProperties", Size::MaxProperties),
];

/// Compiles all keywords of one schema except its references.
pub(super) fn compile<'s>(
    numbering: &mut Numbering<'s>,
    keywords: &'s Map<String, Value>,
    draft: Draft,
    resource: ResourceId,
) -> Result<Vec<Keyword>, Wrong> {
    let mut reader = Reader { numbering, keywords, draft, resource, out: Vec::new() };
    reader.values()?;
    reader.numbers()?;
    reader.texts()?;
    reader.objects()?;
    reader.dependencies()?;
    reader.lists()?;
    reader.combinations()?;
    Ok(reader.out)
}

struct Reader<'c, 's> {
    numbering: &'c mut Numbering<'s>,
    keywords: &'s Map<String, Value>,
    draft: Draft,
    resource: ResourceId,
    out: Vec<Keyword>,
}

impl<'s> Reader<'_, 's> {
    /// The value of a keyword, if the draft has it.
    fn get(&self, keyword: &str) -> Option<&'s Value> {
        self.keywords.get(keyword).filter(|_| self.draft.knows(keyword))
    }

    fn schema(&mut self, value: &'s Value) -> SchemaId {
        self.numbering.schema(value, self.resource)
    }

    fn one(&mut self, keyword: &str) -> Option<SchemaId> {
        self.get(keyword).map(|value| self.schema(value))
    }

    fn list(&mut self, keyword: &str) -> Result<Option<Vec<SchemaId>>, Wrong> {
        let Some(value) = self.get(keyword) else { return Ok(None) };
        let items = value.as_array().filter(|items| !items.is_empty());
        let items = items.ok_or_else(|| wrong(keyword, "a list of schemas"))?;
        Ok(Some(items.iter().map(|item| self.schema(item)).collect()))
    }

    fn map(&self, keyword: &str) -> Result<Option<&'s Map<String, Value>>, Wrong> {
        let Some(value) = self.get(keyword) else { return Ok(None) };
        value.as_object().map(Some).ok_or_else(|| wrong(keyword, "an object"))
    }

    fn count(&self, keyword: &str) -> Result<Option<u64>, Wrong> {
        let Some(value) = self.get(keyword) else { return Ok(None) };
        let whole = |number: f64| number >= 0.0 && number.fract() == 0.0;
        let float = || value.as_f64().filter(|number| whole(*number)).map(|number| number as u64);
        let count = value.as_u64().or_else(float);
        count.map(Some).ok_or_else(|| wrong(keyword, "a whole number from 0 on"))
    }

    /// `type`, `enum` and `const`.
    fn values(&mut self) -> Result<(), Wrong> {
        if let Some(value) = self.get("type") {
            let mut types = Types::new(self.draft == Draft::Four);
            let names = match value {
                Value::Array(names) => names.as_slice(),
                one => std::slice::from_ref(one),
            };
            if !names.iter().all(|name| name.as_str().is_some_and(|name| types.insert(name))) {
                return Err(wrong("type", "the name of a type, or several"));
            }
            self.out.push(Keyword::Types(types));
        }
        if let Some(value) = self.get("enum") {
            let values = value.as_array().ok_or_else(|| wrong("enum", "a list"))?.clone();
            let data = values.iter().map(Datum::new).collect();
            self.out.push(Keyword::Enum { values, data });
        }
        if let Some(value) = self.get("const") {
            let data = vec![Datum::new(value)];
            self.out.push(Keyword::Enum { values: vec![value.clone()], data });
        }
        Ok(())
    }

    /// The limits of numbers.
    fn numbers(&mut self) -> Result<(), Wrong> {
        for &(keyword, mut kind) in BOUNDS {
            let exclusive = match kind {
                Bound::Minimum => Bound::ExclusiveMinimum,
                Bound::Maximum => Bound::ExclusiveMaximum,
                // In draft 4, these only modify the other two.
                _ if self.draft == Draft::Four => {
                    if self.get(keyword).is_some_and(|value| !value.is_boolean()) {
                        return Err(wrong(keyword, "`true` or `false`"));
                    }
                    continue;
                }
                other => other,
            };
            let Some(value) = self.get(keyword) else { continue };
            let flag = match exclusive {
                Bound::ExclusiveMinimum => "exclusiveMinimum",
                _ => "exclusiveMaximum",
            };
            if self.draft == Draft::Four && self.get(flag) == Some(&Value::Bool(true)) {
                kind = exclusive;
            }
            let (limit, text) = number(keyword, value)?;
            self.out.push(Keyword::Bound { kind, limit, text });
        }
        if let Some(value) = self.get("multipleOf") {
            let (unit, text) = number("multipleOf", value)?;
            if !unit.is_positive() {
                return Err(wrong("multipleOf", "a number above 0"));
            }
            self.out.push(Keyword::MultipleOf { unit, text });
        }
        for &(keyword, kind) in SIZES {
            if let Some(limit) = self.count(keyword)? {
                self.out.push(Keyword::Size { kind, limit });
            }
        }
        Ok(())
    }

    /// `pattern` and `format`.
    fn texts(&mut self) -> Result<(), Wrong> {
        if let Some(value) = self.get("pattern") {
            let text = value.as_str().ok_or_else(|| wrong("pattern", "a string"))?;
            let number = self.numbering.pattern(text);
            self.out.push(Keyword::Pattern { number, text: text.to_owned() });
        }
        if let Some(value) = self.get("format") {
            let name = value.as_str().ok_or_else(|| wrong("format", "a string"))?;
            // Any other format is a comment for readers, as in the specification.
            if let Some(format) = Format::named(name, self.draft) {
                let pattern = match format.check {
                    Check::Pattern(text) => Some(self.numbering.pattern(text)),
                    Check::Function(_) => None,
                };
                self.out.push(Keyword::Format { format, pattern });
            }
        }
        Ok(())
    }

    /// The keywords about the members of objects.
    fn objects(&mut self) -> Result<(), Wrong> {
        if let Some(value) = self.get("required") {
            let names = strings(value).ok_or_else(|| wrong("required", "a list of keys"))?;
            self.out.push(Keyword::Required(names));
        }
        let mut properties = Properties::default();
        for (name, value) in self.map("properties")?.into_iter().flatten() {
            let id = self.schema(value);
            properties.named.push((name.clone(), id));
        }
        properties.named.sort_by(|a, b| a.0.cmp(&b.0));
        for (pattern, value) in self.map("patternProperties")?.into_iter().flatten() {
            let number = self.numbering.pattern(pattern);
            let id = self.schema(value);
            properties.patterns.push((number, id));
        }
        properties.additional = self.one("additionalProperties");
        let none = properties.named.is_empty() && properties.patterns.is_empty();
        if !none || properties.additional.is_some() {
            self.out.push(Keyword::Properties(properties));
        }
        let names = self.one("propertyNames").map(Keyword::PropertyNames);
        let rest = self.one("unevaluatedProperties").map(Keyword::UnevaluatedProperties);
        self.out.extend(names.into_iter().chain(rest));
        Ok(())
    }

    fn dependencies(&mut self) -> Result<(), Wrong> {
        let (mut keys, mut schemas) = (Vec::new(), Vec::new());
        for keyword in ["dependencies", "dependentRequired", "dependentSchemas"] {
            for (name, value) in self.map(keyword)?.into_iter().flatten() {
                let list = value.is_array() && keyword != "dependentSchemas";
                if list || keyword == "dependentRequired" {
                    let names = strings(value).ok_or_else(|| wrong(keyword, "lists of keys"))?;
                    keys.push((name.clone(), names));
                } else {
                    let id = self.schema(value);
                    schemas.push((name.clone(), id));
                }
            }
        }
        if !keys.is_empty() {
            self.out.push(Keyword::DependentRequired(keys));
        }
        if !schemas.is_empty() {
            self.out.push(Keyword::DependentSchemas(schemas));
        }
        Ok(())
    }

    /// The keywords about the items of lists.
    fn lists(&mut self) -> Result<(), Wrong> {
        let (first, rest) = match self.get("items") {
            Some(Value::Array(items)) if self.draft < Draft::Twenty => {
                let first = items.iter().map(|item| self.schema(item)).collect();
                (first, self.one("additionalItems"))
            }
            _ => (self.list("prefixItems")?.unwrap_or_default(), self.one("items")),
        };
        if !first.is_empty() || rest.is_some() {
            self.out.push(Keyword::Items { first, rest });
        }
        if let Some(schema) = self.one("contains") {
            let min = self.count("minContains")?.unwrap_or(1);
            let max = self.count("maxContains")?;
            let evaluates = self.draft >= Draft::Twenty;
            self.out.push(Keyword::Contains { schema, min, max, evaluates });
        }
        match self.get("uniqueItems") {
            None | Some(Value::Bool(false)) => {}
            Some(Value::Bool(true)) => self.out.push(Keyword::UniqueItems),
            Some(_) => return Err(wrong("uniqueItems", "`true` or `false`")),
        }
        let rest = self.one("unevaluatedItems").map(Keyword::UnevaluatedItems);
        self.out.extend(rest);
        Ok(())
    }

    /// The keywords that combine schemas.
    fn combinations(&mut self) -> Result<(), Wrong> {
        let all = self.list("allOf")?.map(Keyword::All);
        let any = self.list("anyOf")?.map(Keyword::Any);
        let one = self.list("oneOf")?.map(Keyword::One);
        self.out.extend(all.into_iter().chain(any).chain(one));
        let not = self.one("not").map(Keyword::Not);
        self.out.extend(not);
        if let Some(test) = self.one("if") {
            let (then, otherwise) = (self.one("then"), self.one("else"));
            self.out.push(Keyword::If { test, then, otherwise });
        }
        Ok(())
    }
}

fn wrong(keyword: &str, wanted: &str) -> Wrong {
    format!("`{keyword}` must be {wanted}")
}

fn number(keyword: &str, value: &Value) -> Result<(Decimal, String), Wrong> {
    let text = value.as_number().map(Number::to_string);
    let read = text.and_then(|text| Some((Decimal::read(&text)?, text)));
    read.ok_or_else(|| wrong(keyword, "a number"))
}

fn strings(value: &Value) -> Option<Vec<String>> {
    let items = value.as_array()?.iter();
    items.map(|item| item.as_str().map(str::to_owned)).collect()
}
