//! Each keyword, draft by draft, and the cost of hostile schemas.

use crate::truth::schema::{Schema, Undecided, Validation};
use crate::truth::testing::node;

fn load(text: &str) -> Schema {
    Schema::load("test", text).unwrap_or_else(|why| panic!("{text:.200}: {why}"))
}

fn validated(schema: &str, document: &str) -> Validation {
    load(schema).validate_document(&node(document))
}

/// Schemas with documents that satisfy them and documents that do not.
type Cases<'c> = &'c [(&'c str, &'c [&'c str], &'c [&'c str])];

fn check(dialect: &str, cases: Cases<'_>) {
    for (schema, right, wrong) in cases {
        let text = match (dialect, schema.strip_prefix('{')) {
            ("", _) | (_, None) => (*schema).to_owned(),
            (dialect, Some("}")) => format!(r#"{{"$schema": "{dialect}"}}"#),
            (dialect, Some(rest)) => format!(r#"{{"$schema": "{dialect}", {rest}"#),
        };
        for (documents, satisfied) in [(right, true), (wrong, false)] {
            for document in *documents {
                let found = validated(&text, document);
                assert_eq!(found.undecided, None, "{text} {document}");
                assert_eq!(found.violations.is_empty(), satisfied, "{text} {document} {found:?}");
            }
        }
    }
}

#[test]
fn values() {
    check(
        "",
        &[
            ("{}", &["1", "null"], &[]),
            (r#"{"type": "integer"}"#, &["1", "1.0", "1e3"], &["1.5", "\"1\"", "true"]),
            (r#"{"type": ["null", "object"]}"#, &["null", "{}"], &["[]", "0"]),
            (r#"{"type": "number"}"#, &["1.5", "1"], &["\"1\"", "null"]),
            (
                r#"{"enum": [1, {"a": [true]}, null]}"#,
                &["1.0", "{a: [true]}", "null"],
                &["{a: [1]}", "0", "{}"],
            ),
            (r#"{"const": {"b": 1, "a": 2}}"#, &["{a: 2, b: 1}"], &["{a: 2}", "{a: 2, c: 1}"]),
            (r#"{"const": [false]}"#, &["[false]"], &["[0]", "[]", "false"]),
            (r#"{"minimum": 1.1}"#, &["1.1", "2", "\"x\""], &["1", "-5"]),
            (r#"{"maximum": 9007199254740992}"#, &["9007199254740992"], &["9007199254740993"]),
            (r#"{"exclusiveMinimum": 1}"#, &["1.1"], &["1", "0"]),
            (r#"{"exclusiveMaximum": 1}"#, &["0.9"], &["1", "2"]),
            (r#"{"multipleOf": 0.01}"#, &["0.07", "4", "\"x\""], &["0.075"]),
            (r#"{"minLength": 2}"#, &["\"éé\"", "1"], &["\"é\""]),
            (r#"{"maxLength": 2.0}"#, &["\"😀😀\""], &["\"abc\""]),
            (r#"{"pattern": "^a"}"#, &["\"ab\"", "1"], &["\"ba\""]),
            (r#"{"format": "ipv4"}"#, &["\"127.0.0.1\"", "1"], &["\"x\""]),
            (r#"{"format": "uuid"}"#, &["\"2eb8aa08-aa98-11ea-b4aa-73b441d16380\""], &["\"x\""]),
            (r#"{"format": "made-up"}"#, &["\"x\""], &[]),
        ],
    );
}

#[test]
fn objects_and_lists() {
    check(
        "",
        &[
            (r#"{"required": ["a"]}"#, &["{a: null}", "[]"], &["{}"]),
            (
                r#"{"minProperties": 1, "maxProperties": 2}"#,
                &["{a: 1}", "1"],
                &["{}", "{a: 1, b: 1, c: 1}"],
            ),
            (
                r#"{"properties": {"a": {"type": "string"}, "b": false}, "patternProperties": {"^x": {"type": "null"}}, "additionalProperties": {"type": "boolean"}}"#,
                &["{a: \"\", x1: null, c: true}", "1"],
                &["{a: 1}", "{b: 1}", "{x1: 1}", "{c: 1}"],
            ),
            (r#"{"additionalProperties": false}"#, &["{}", "[]"], &["{a: 1}"]),
            (r#"{"propertyNames": {"maxLength": 1}}"#, &["{a: 1}"], &["{ab: 1}"]),
            (r#"{"propertyNames": false}"#, &["{}"], &["{a: 1}"]),
            (r#"{"dependentRequired": {"a": ["b"]}}"#, &["{}", "{a: 1, b: 1}"], &["{a: 1}"]),
            (r#"{"dependentSchemas": {"a": {"required": ["b"]}}}"#, &["{}"], &["{a: 1}"]),
            (
                r#"{"dependencies": {"a": ["b"], "c": {"required": ["d"]}}}"#,
                &["{}"],
                &["{a: 1}", "{c: 1}"],
            ),
            (r#"{"items": {"type": "null"}}"#, &["[]", "[null]", "{}"], &["[null, 1]"]),
            (
                r#"{"prefixItems": [{"type": "null"}], "items": false}"#,
                &["[]", "[null]"],
                &["[1]", "[null, 1]"],
            ),
            (r#"{"items": false}"#, &["[]"], &["[1]"]),
            (r#"{"contains": {"const": 1}}"#, &["[0, 1]", "{}"], &["[]", "[0]"]),
            (
                r#"{"contains": {"const": 1}, "minContains": 2, "maxContains": 2}"#,
                &["[1, 0, 1]"],
                &["[1]", "[1, 1, 1]"],
            ),
            (r#"{"contains": {"const": 1}, "minContains": 0}"#, &["[]"], &[]),
            (r#"{"minItems": 1, "maxItems": 2}"#, &["[1]", "1"], &["[]", "[1, 2, 3]"]),
            (
                r#"{"uniqueItems": true}"#,
                &["[1, \"1\", true, [1], {a: 1}]"],
                &["[1, 1.0]", "[{a: 1, b: 2}, {b: 2, a: 1}]"],
            ),
            (r#"{"uniqueItems": true}"#, &["[[\"a\", \"b\"], [\"a,b\"]]"], &["[[1], [1]]"]),
        ],
    );
}

#[test]
fn combinations() {
    check(
        "",
        &[
            (r#"{"allOf": [{"minimum": 1}, {"maximum": 2}]}"#, &["1"], &["0", "3"]),
            (r#"{"anyOf": [{"type": "null"}, {"minimum": 2}]}"#, &["null", "2"], &["1"]),
            (r#"{"oneOf": [{"minimum": 1}, {"maximum": 2}]}"#, &["0", "3"], &["1"]),
            (r#"{"not": {"type": "null"}}"#, &["1"], &["null"]),
            (
                r#"{"if": {"minimum": 5}, "then": {"multipleOf": 5}, "else": {"multipleOf": 2}}"#,
                &["10", "4"],
                &["6", "3"],
            ),
            (
                r##"{"$ref": "#/$defs/a", "maximum": 3, "$defs": {"a": {"minimum": 1}}}"##,
                &["2"],
                &["0", "4"],
            ),
            (
                r##"{"properties": {"n": {"$ref": "#"}}, "additionalProperties": false}"##,
                &["{n: {n: {}}}"],
                &["{n: {m: 1}}"],
            ),
            (r##"{"$ref": "#/a~1b/c%25", "a/b": {"c%": {"type": "null"}}}"##, &["null"], &["1"]),
            (
                r##"{"$ref": "#here", "$defs": {"a": {"$anchor": "here", "type": "null"}}}"##,
                &["null"],
                &["1"],
            ),
            (
                r##"{"$id": "https://x.y/a", "$ref": "b", "$defs": {"z": {"$id": "/b", "$ref": "#/$defs/c", "$defs": {"c": {"type": "null"}}}}}"##,
                &["null"],
                &["1"],
            ),
            (
                r##"{"$dynamicAnchor": "n", "properties": {"a": {"$dynamicRef": "#n"}}, "required": ["b"]}"##,
                &["{b: 1, a: {b: 1}}"],
                &["{b: 1, a: {}}"],
            ),
            (
                r##"{"allOf": [{"properties": {"a": true}}, {"patternProperties": {"^x": true}}], "unevaluatedProperties": false}"##,
                &["{a: 1, x: 1}"],
                &["{b: 1}"],
            ),
            (
                r##"{"anyOf": [{"properties": {"a": {"const": 1}}, "required": ["a"]}, {"$ref": "#/$defs/b"}], "unevaluatedProperties": {"type": "null"}, "$defs": {"b": {"properties": {"b": true}}}}"##,
                &["{a: 1, b: 2}", "{b: 2}", "{b: 2, c: null}"],
                &["{a: 2}", "{b: 2, c: 1}"],
            ),
            (
                r#"{"if": {"properties": {"a": true}, "required": ["a"]}, "then": {"properties": {"b": true}}, "else": {"properties": {"c": true}}, "unevaluatedProperties": false}"#,
                &["{a: 1, b: 1}", "{c: 1}"],
                &["{a: 1, c: 1}", "{b: 1}"],
            ),
            (
                r#"{"prefixItems": [true], "contains": {"type": "null"}, "unevaluatedItems": false}"#,
                &["[1, null]"],
                &["[null, 1]"],
            ),
            (
                r#"{"allOf": [{"unevaluatedProperties": true}], "unevaluatedProperties": false}"#,
                &["{a: 1}"],
                &[],
            ),
        ],
    );
}

#[test]
fn drafts() {
    check(
        "http://json-schema.org/draft-04/schema#",
        &[
            (r#"{"type": "integer"}"#, &["1"], &["1.0"]),
            (r#"{"minimum": 1, "exclusiveMinimum": true}"#, &["2"], &["1"]),
            (r#"{"maximum": 1, "exclusiveMaximum": false}"#, &["1"], &["2"]),
            (r#"{"const": 1, "if": true, "then": false, "format": "uuid"}"#, &["\"x\""], &[]),
            (
                r##"{"id": "http://x.y/", "$ref": "http://x.y/#/definitions/a", "definitions": {"a": {"type": "null"}}}"##,
                &["null"],
                &["1"],
            ),
            (
                r#"{"items": [{"type": "null"}], "additionalItems": false}"#,
                &["[null]", "[]"],
                &["[1]", "[null, 1]"],
            ),
        ],
    );
    check(
        "http://json-schema.org/draft-07/schema",
        &[
            (
                r##"{"properties": {"a": {"$ref": "#/definitions/b", "minimum": 9}}, "definitions": {"b": {"type": "number"}}}"##,
                &["{a: 1}"],
                &["{a: null}"],
            ),
            (
                r#"{"dependentRequired": {"a": ["b"]}, "unevaluatedProperties": false}"#,
                &["{a: 1}"],
                &[],
            ),
            (
                r##"{"allOf": [{"$ref": "#a"}], "definitions": {"b": {"$id": "#a", "type": "null"}}}"##,
                &["null"],
                &["1"],
            ),
            (
                r#"{"items": [true, {"type": "null"}], "additionalItems": {"type": "string"}}"#,
                &["[1, null, \"\"]"],
                &["[1, 1]", "[1, null, 1]"],
            ),
        ],
    );
    check(
        "https://json-schema.org/draft/2019-09/schema",
        &[
            (
                r##"{"$recursiveAnchor": true, "properties": {"a": {"$recursiveRef": "#"}}, "required": ["b"]}"##,
                &["{b: 1}"],
                &["{b: 1, a: {}}"],
            ),
            (
                r#"{"items": [true], "unevaluatedItems": {"type": "null"}}"#,
                &["[1, null]"],
                &["[1, 1]"],
            ),
            (r#"{"prefixItems": [false]}"#, &["[1]"], &[]),
        ],
    );
}

#[test]
fn schemas_that_are_none() {
    for (schema, reason) in [
        (r#"{"type": 5}"#, "`type` must be the name of a type"),
        (r#"{"properties": []}"#, "`properties` must be an object"),
        (r#"{"properties": {"a": 5}}"#, "`true` or `false` at `/properties/a`"),
        (r#"{"properties": {"a/b": {"minLength": -1}}}"#, "at `/properties/a~1b`"),
        (r#"{"minimum": "1"}"#, "`minimum` must be a number"),
        (r#"{"multipleOf": 0}"#, "above 0"),
        (r#"{"required": true}"#, "list of keys"),
        (r#"{"allOf": []}"#, "list of schemas"),
        (r#"{"pattern": 1}"#, "a string"),
        (r#"{"exclusiveMinimum": true}"#, "a number"),
        (r##"{"$ref": "#nowhere"}"##, "leads to nothing"),
        (r#"{"$ref": 1}"#, "a string"),
    ] {
        let message = Schema::load("bad", schema).expect_err(reason);
        assert!(message.contains(reason) && message.contains("cannot be used"), "{message}");
    }
}

/// How many steps a document takes; the schema does not have to be satisfied.
fn steps(schema: &str, document: &str) -> u64 {
    let found = validated(schema, document);
    assert_eq!(found.undecided, None, "{schema:.200}");
    found.steps
}

/// A chain of definitions, each made of the next one.
fn chain(depth: usize, one: impl Fn(&str) -> String, last: &str) -> String {
    let mut all = String::new();
    for at in 0..depth {
        all += &format!("\"d{at}\": {}, ", one(&format!(r##"{{"$ref": "#/$defs/d{}"}}"##, at + 1)));
    }
    format!(r##"{{"$ref": "#/$defs/d0", "$defs": {{{all} "d{depth}": {last}}}}}"##)
}

#[test]
fn definitions_that_multiply_cost_what_they_are_long() {
    let text = "{\"type\": \"string\", \"minLength\": 9}";
    /// A keyword, and a schema with it that asks twice or more for the next definition.
    type Multiplying = (&'static str, fn(&str) -> String);
    let multiplying: &[Multiplying] = &[
        ("anyOf", |next| format!(r#"{{"anyOf": [{next}, {next}]}}"#)),
        ("allOf", |next| format!(r#"{{"allOf": [{next}, {next}]}}"#)),
        ("oneOf", |next| format!(r#"{{"oneOf": [{next}, {next}, {next}, {next}]}}"#)),
        ("not", |next| format!(r#"{{"allOf": [{{"not": {next}}}, {{"not": {next}}}]}}"#)),
        ("if", |next| format!(r#"{{"if": {next}, "then": {next}, "else": {next}}}"#)),
        ("dependentSchemas", |next| {
            format!(r#"{{"dependentSchemas": {{"a": {next}, "b": {next}}}}}"#)
        }),
        ("unevaluatedProperties", |next| {
            format!(r#"{{"anyOf": [{next}, {next}], "unevaluatedProperties": {{"type": "null"}}}}"#)
        }),
    ];
    for (name, one) in multiplying {
        for document in ["\"x\"", "1", "{a: 1, b: 2}", "\"long enough\""] {
            let taken = |depth| steps(&chain(depth, one, text), document);
            let (half, whole) = (taken(20), taken(40));
            assert!(whole < 2 * half + 100, "{name} {document}: {half} and {whole} steps");
            assert!(whole < 20_000, "{name} {document}: {whole} steps");
        }
    }
}

#[test]
fn values_inside_one_another_do_not_multiply() {
    let schema = r##"{"anyOf": [
        {"properties": {"n": {"$ref": "#"}}, "required": ["a"]},
        {"properties": {"n": {"$ref": "#"}}, "required": ["b"]}]}"##;
    let deep = |depth: usize| format!("{}{{}}{}", "{n: ".repeat(depth), "}".repeat(depth));
    let (half, whole) = (steps(schema, &deep(30)), steps(schema, &deep(60)));
    // Each level lacks a key, and passes on what the levels below it lack.
    assert!(whole < 5 * half, "{half} and {whole} steps");
}

#[test]
fn a_long_chain_of_references_is_not_followed_for_ever() {
    let schema = chain(100_000, |next| next.to_owned(), "{}");
    assert_eq!(validated(&schema, "1").undecided, Some(Undecided::TooManySteps));
}

#[test]
fn work_that_is_too_much_is_given_up() {
    let items = |count: usize| {
        let items: String = (0..count).map(|n| format!("\"{n}\", ")).collect();
        format!("[{items}]")
    };
    let keys = |count: usize| {
        let keys: String = (0..count).map(|n| format!("k{n}: {n}, ")).collect();
        format!("{{{keys}}}")
    };
    // Items are compared by what they are, not with one another.
    assert!(steps(r#"{"uniqueItems": true}"#, &items(20_000)) < 100_000);
    let heavy: Vec<String> =
        (0..2_000).map(|n| format!(r#"{{"pattern": "a{{500}}\\p{{L}}{{500}}{n}"}}"#)).collect();
    let patterns: String =
        (0..2_000).map(|n| format!("\"(a|b|k)*[0-9]*{n}x$\": {{\"type\": \"null\"}}, ")).collect();
    let patterns = format!("{{\"patternProperties\": {{{patterns} \"y\": {{}}}}}}");
    let values: Vec<String> = (0..2_000).map(|n| format!("\"v{n}\"")).collect();
    for (name, schema, document) in [
        (
            "patterns",
            format!(r#"{{"anyOf": [{}]}}"#, heavy.join(", ")),
            format!("\"{}\"", "a".repeat(600)),
        ),
        ("keys", patterns, keys(2_000)),
        ("values", format!(r#"{{"items": {{"enum": [{}]}}}}"#, values.join(", ")), items(5_000)),
    ] {
        let found = validated(&schema, &document);
        assert!(found.violations.is_empty(), "{name}");
        assert!(found.undecided.is_some(), "{name}");
        assert!(found.steps <= super::super::MAX_STEPS + 10_000, "{name}: {}", found.steps);
    }
}

#[test]
fn the_patterns_of_a_schema_have_a_budget_together() {
    let heavy: Vec<String> =
        (0..2_000).map(|n| format!(r#"{{"pattern": "a{{500}}\\p{{L}}{{500}}{n}"}}"#)).collect();
    let schema = load(&format!(r#"{{"anyOf": [{}]}}"#, heavy.join(", ")));
    let refused = schema.untranslated().len();
    assert!((1_000..1_900).contains(&refused), "{refused} patterns refused");
}
