//! Small schemas, hostile schemas, and the violations of examples.

use super::*;
use crate::truth::testing::node;

const GATEWAY: &str = r##"{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "type": "object",
  "additionalProperties": false,
  "required": ["gateway"],
  "properties": {
    "gateway": {
      "type": "object",
      "additionalProperties": false,
      "required": ["port"],
      "properties": {
        "port": { "type": "integer", "minimum": 1, "maximum": 65535 },
        "bind": { "anyOf": [{ "const": "lan" }, { "const": "loopback" }, { "const": "auto" }] },
        "trustedProxies": { "type": "array", "minItems": 2, "items": { "type": "string" } },
        "token": { "type": "string", "pattern": "^ghp_[a-f0-9]{8}$" },
        "timeout": { "type": ["number", "string"] },
        "secret": { "anyOf": [
          { "type": "string", "minLength": 1 },
          { "$ref": "#/definitions/secret" }
        ] },
        "on": { "oneOf": [
          { "type": "object", "additionalProperties": false, "required": ["kind", "url"],
            "properties": { "kind": { "const": "http" }, "url": { "type": "string" } } },
          { "type": "object", "additionalProperties": false, "required": ["kind", "cmd"],
            "properties": { "kind": { "const": "stdio" }, "cmd": { "type": "string" } } }
        ] }
      }
    },
    "channels": {
      "type": "object",
      "propertyNames": { "type": "string", "pattern": "^[a-z]+$" },
      "additionalProperties": {
        "type": "object",
        "additionalProperties": false,
        "properties": { "enabled": { "type": "boolean" }, "pattern": { "type": "string" } }
      }
    },
    "messages": { "type": "object", "properties": {} }
  },
  "definitions": {
    "secret": {
      "type": "object", "additionalProperties": false, "required": ["source", "id"],
      "properties": { "source": { "enum": ["env", "file"] }, "id": { "type": "string" } }
    }
  }
}"##;

fn schema(text: &str) -> Schema {
    Schema::load("test", text).expect("a schema")
}

/// The violations as `bytes | message | help`.
fn said(schema: &Schema, text: &str, pointer: &str) -> Vec<String> {
    let violations = schema.validate(&node(text), pointer).violations;
    let line = |it: &Violation| {
        let help = it.help.as_ref().map(|help| format!(" | {help}")).unwrap_or_default();
        format!("{} | {}{help}", &text[it.span.start..it.span.end], it.message)
    };
    violations.iter().map(line).collect()
}

#[test]
fn examples_and_what_is_said_about_them() {
    let schema = schema(GATEWAY);
    let cases: &[(&str, &str, &[&str])] = &[
        ("", "{gateway: {port: 1}}", &[]),
        ("", "{gateway: {port: 0x1F, timeout: .5, bind: \"auto\"}}", &[]),
        ("/gateway", "{port: 1}", &[]),
        (
            "/gateway",
            "{port: 1, trustedProxys: []}",
            &["trustedProxys | unknown key `trustedProxys` in `gateway` | a key with a similar \
               name exists: `trustedProxies`"],
        ),
        (
            "",
            "{gatewya: {}, gateway: {port: 1}}",
            &["gatewya | unknown key `gatewya` at the top level | a key with a similar name \
               exists: `gateway`"],
        ),
        (
            "",
            "{gateway: {port: \"80\"}}",
            &["\"80\" | `gateway.port` must be an integer, not a string"],
        ),
        ("", "{gateway: {port: Infinity}}", &["Infinity | `gateway.port` must be at most 65535"]),
        ("", "{gateway: {port: NaN}}", &[]),
        (
            "",
            "{gateway: {port: 1, timeout: true}}",
            &["true | `gateway.timeout` must be a number or a string, not a boolean"],
        ),
        (
            "",
            "{gateway: {port: 1, bind: \"lann\"}}",
            &["\"lann\" | `gateway.bind` must be one of `lan`, `loopback` or `auto`, not `lann` \
               | a similar value exists: `lan`"],
        ),
        ("", "{gateway: {bind: \"lan\"}}", &["gateway | missing key `port` in `gateway`"]),
        (
            "",
            "{channels: {x: {}}}",
            &["{channels: {x: {}}} | missing key `gateway` at the top level"],
        ),
        (
            "/gateway/trustedProxies",
            "[\"a\", 5]",
            &["5 | `gateway.trustedProxies[1]` must be a string, not a number"],
        ),
        (
            "/gateway/trustedProxies",
            "[\"a\"]",
            &["[\"a\"] | `gateway.trustedProxies` must have at least 2 items"],
        ),
        (
            "/channels",
            "{Tele: {}}",
            &["Tele | the key `Tele` in `channels` must match the pattern `^[a-z]+$`"],
        ),
        (
            "/channels/matrix",
            "{enabled: 1}",
            &["1 | `channels.matrix.enabled` must be `true` or `false`, not a number"],
        ),
        ("/channels/matrix", "{pattern: \"(\"}", &[]),
    ];
    for (pointer, text, expected) in cases {
        assert_eq!(said(&schema, text, pointer), *expected, "{text} at {pointer}");
    }
}

#[test]
fn unions_name_the_alternative_that_was_meant() {
    let schema = schema(GATEWAY);
    let cases: &[(&str, &[&str])] = &[
        ("{secret: \"x\"}", &[]),
        ("{secret: {source: \"env\", id: \"A\"}}", &[]),
        (
            "{secret: {source: \"enw\", id: \"A\"}}",
            &["\"enw\" | `gateway.secret.source` must be one of `env` or `file`, not `enw` | a \
             similar value exists: `env`"],
        ),
        (
            "{secret: {source: \"env\", id: \"A\", idd: 1}}",
            &[
                "idd | unknown key `idd` in `gateway.secret` | a key with a similar name exists: `id`",
            ],
        ),
        ("{secret: 5}", &["5 | `gateway.secret` must be a string or an object, not a number"]),
        (
            "{on: {kind: \"http\", uri: \"x\", url: \"y\"}}",
            &["uri | unknown key `uri` in `gateway.on` | a key with a similar name exists: `url`"],
        ),
        ("{on: {kind: \"stdio\"}}", &["on | missing key `cmd` in `gateway.on`"]),
        (
            "{on: {kind: \"ftp\", url: \"y\"}}",
            &["\"ftp\" | `gateway.on.kind` must be one of `http` or `stdio`, not `ftp`"],
        ),
    ];
    for (text, expected) in cases {
        let text = format!("{{port: 1, {}", &text[1..]);
        assert_eq!(said(&schema, &text, "/gateway"), *expected, "{text}");
    }
}

#[test]
fn what_the_author_left_out_is_not_missed() {
    let schema = schema(GATEWAY);
    for (pointer, text) in [
        ("", "{...}"),
        ("", "{gateway: ...}"),
        ("", "{gateway: {bind: \"lan\", ...}}"),
        ("", "{gateway: {port: ..., bind: ...}}"),
        ("/gateway/trustedProxies", "[\"a\", ...]"),
        ("/gateway", "{port: 1, token: \"<token>\"}"),
        ("/gateway", "{port: 1, token: \"${TOKEN}\", bind: \"<lan|loopback>\"}"),
        ("/gateway", "{port: \"<port>\"}"),
        ("/gateway", "{port: 1, secret: {source: \"{{ source }}\", id: \"...\"}}"),
        ("/gateway", "{port: 1, secret: {...}}"),
        ("/gateway", "{port: 1, on: {kind: \"http\", ...}}"),
        ("/channels", "{\"<id>\": {enabled: true}}"),
    ] {
        assert_eq!(said(&schema, text, pointer), Vec::<String>::new(), "{text} at {pointer}");
    }
    // Keys next to the gap are still checked.
    assert_eq!(said(&schema, "{gateway: {..., prt: 1}}", "").len(), 1);
    assert_eq!(said(&schema, "{on: {kind: \"ftp\", ...}, port: 1}", "/gateway").len(), 1);
}

#[test]
fn documents_are_recognised_by_their_keys() {
    let schema = schema(GATEWAY);
    for (pointer, text, expected) in [
        ("", "{gateway: 1}", true),
        ("", "{gatway: {}}", true),
        ("", "{message: \"ok\"}", false),
        ("", "{message: {}}", true),
        ("", "{gateway: {}, foo: 1}", false),
        ("", "{gateway: {}, message: {}, foo: 1}", true),
        ("", "{gateway: 1, foo: 1}", false),
        ("", "{gatway: {}, foo: {}}", false),
        ("", "{_messages: {}}", false),
        ("", "{gateway: {user: 1, scopes: [], role: 1}}", false),
        ("", "{gateway: {user: 1, scopes: [], porrt: 1}}", true),
        ("", "{gateway: {}, foo: 1, bar: 2}", false),
        ("", "{}", false),
        ("", "{...}", false),
        ("", "[1]", false),
        ("", "5", false),
        ("/gateway", "{port: 1}", true),
        ("/gateway", "{gateway: {}}", false),
        ("/channels", "{matrix: {enabled: true}}", true),
        ("/channels", "{matrix: {foo: true}}", false),
        ("/nowhere", "{port: 1}", false),
    ] {
        assert_eq!(schema.recognises(&node(text), pointer), expected, "{text} at {pointer}");
    }
    assert!(schema.has("") && schema.has("/channels/x/enabled") && !schema.has("/nowhere"));
}

#[test]
fn parts_are_located_by_their_keys() {
    let schema = schema(GATEWAY);
    for (text, expected) in [
        ("{port: 1, bind: \"lan\"}", Some("/gateway")),
        ("{port: 1, bind: \"lan\", token: \"x\", timeoutt: 1}", Some("/gateway")),
        ("{port: 1, bind: \"lan\", token: \"x\", other: 1}", None),
        ("{port: {}, bind: \"lan\"}", None),
        ("{source: \"env\", id: \"x\"}", Some("/gateway/secret")),
        ("{enabled: true, pattern: \"x\"}", Some("/channels/<name>")),
        ("{port: 1}", None),
        ("{kind: \"http\", url: \"x\"}", Some("/gateway/on")),
        ("{port: 1, url: \"x\"}", None),
        ("{gateway: {}, channels: {}}", None),
        ("[1]", None),
    ] {
        assert_eq!(schema.locate(&node(text)).as_deref(), expected, "{text}");
    }
    assert_eq!(said(&schema, "{enabled: 1}", "/channels/<name>").len(), 1);
}

#[test]
fn hostile_schemas_are_refused_with_the_reason() {
    let deep = format!("{{\"a\":{}{}}}", "[".repeat(5000), "]".repeat(5000));
    for (text, reason) in [
        ("", "not valid JSON"),
        ("{", "not valid JSON"),
        ("[]", "not an object"),
        (deep.as_str(), "nested deeper than 120 levels"),
        (r#"{"type": "strnig"}"#, "cannot be used"),
        (r#"{"$ref": "https://example.com/s.json"}"#, "`https://example.com/s.json`"),
        (r#"{"properties": {"a": {"$ref": "other.json#/x"}}}"#, "other documents are not followed"),
        (r#"{"$ref": "file:///etc/passwd"}"#, "other documents are not followed"),
        (r##"{"$ref": "#/nope"}"##, "cannot be used"),
        (r##"{"$ref": "#"}"##, "leads back to itself"),
        (
            r##"{"allOf": [{"$ref": "#/definitions/a"}], "definitions": {
                "a": {"anyOf": [{"$ref": "#/definitions/b"}]}, "b": {"$ref": "#/definitions/a"}}}"##,
            "leads back to itself",
        ),
    ] {
        let message = Schema::load("bad", text).expect_err(reason);
        assert!(message.contains(reason), "{reason}: {message}");
        assert!(message.contains("`bad`"), "{message}");
    }
}

#[test]
fn recursion_through_the_document_is_fine() {
    let schema = schema(
        r##"{"properties": {"next": {"$ref": "#"}, "n": {"type": "number"}},
            "additionalProperties": false, "type": "object"}"##,
    );
    assert_eq!(said(&schema, "{next: {next: {n: 1}}}", ""), Vec::<String>::new());
    assert_eq!(said(&schema, "{next: {next: {m: 1}}}", "").len(), 1);
    let deep = format!("{}1{}", "{next: ".repeat(1000), "}".repeat(1000));
    assert!(said(&schema, &deep, "").is_empty(), "what lies too deep is taken as left out");
}

#[test]
fn patterns_that_the_engine_does_not_know_are_dropped_and_counted() {
    let schema = schema(
        r##"{"type": "object", "additionalProperties": false,
            "properties": {
              "a": {"type": "string", "pattern": "\\uD800"},
              "b": {"type": "string", "pattern": "(((x{1000}){1000}){1000}){1000}"},
              "c": {"type": "string", "pattern": "^[^\\0]\\/$"},
              "d": {"const": {"pattern": "\\uD801"}}
            },
            "patternProperties": {"^(": {}}}"##,
    );
    assert_eq!(schema.untranslated(), ["(((x{1000}){1000}){1000}){1000}", "\\uD800", "^("]);
    assert_eq!(said(&schema, "{a: \"x\", b: \"y\", other: 1}", ""), Vec::<String>::new());
    assert_eq!(said(&schema, "{c: \"xy\"}", "").len(), 1);
}

#[test]
fn threads_share_one_schema() {
    fn shared<T: Send + Sync>() {}
    shared::<Schema>();
    shared::<crate::truth::command::CommandSpec>();
}

#[test]
fn spans_are_right_behind_other_alphabets_and_repeated_keys() {
    let schema = schema(GATEWAY);
    let said = said(&schema, "{gateway: {token: \"äöü…\", port: \"x\", port: 1, bindd: 1}}", "");
    assert_eq!(
        said,
        ["bindd | unknown key `bindd` in `gateway` | a key with a similar name \
                       exists: `bind`"],
        "the last of two equal keys counts"
    );
}

#[test]
fn what_depends_on_the_unknown_is_not_decided() {
    let schema = schema(
        r##"{"properties": {
              "a": {"pattern": "^(x)\\1$"},
              "b": {"not": {"pattern": "^(x)\\1$"}},
              "c": {"anyOf": [{"pattern": "^(x)\\1$"}, {"type": "string"}]},
              "d": {"$ref": "https://json-schema.org/draft/2020-12/schema"},
              "e": {"multipleOf": 1e-300},
              "f": {"type": "string"}},
            "patternProperties": {"^(y)\\1$": {"type": "string"}}, "additionalProperties": false}"##,
    );
    assert_eq!(schema.untranslated(), ["^(x)\\1$", "^(y)\\1$"]);
    let alone =
        self::schema(r#"{"properties": {"a": {"pattern": "\\1"}, "f": {"type": "string"}}}"#);
    for (schema, text, undecided) in [
        (&schema, "{a: \"xx\"}", true),
        (&schema, "{b: \"xx\"}", true),
        (&schema, "{d: 1}", true),
        (&schema, "{yy: 1}", true),
        (&alone, "{a: \"x\"}", true),
        (&alone, "{a: 1}", false),
        (&alone, "{f: \"x\"}", false),
        (&alone, "{}", false),
    ] {
        let found = schema.validate(&node(text), "");
        assert!(found.violations.is_empty(), "{text}: {found:?}");
        assert_eq!(found.undecided.is_some(), undecided, "{text}");
        let unknown = found.undecided.is_none_or(|why| why == Undecided::UnknownSchema);
        assert!(unknown, "{text}");
    }
    // Certain faults are reported.
    assert_eq!(said(&alone, "{a: \"x\", f: 1}", "").len(), 1);
    let unknown = self::schema(r#"{"$schema": "https://example.com/mine", "type": "string"}"#);
    assert_eq!(unknown.validate(&node("1"), "").undecided, Some(Undecided::UnknownSchema));
}
