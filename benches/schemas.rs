//! The configuration schema of a large program: loading it, finding the place of an example in it,
//! and holding examples against it.
#![allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "benches read the clock"
)]

use std::hint::black_box;

use divan::Bencher;
use docgen::data::{Node, json};
use docgen::truth::schema::Schema;

fn main() {
    divan::main();
}

const SCHEMA: &str = include_str!("../specs/openclaw-config.schema.json");

/// An example as the pages of a manual have them.
const EXAMPLE: &str = r#"{
  "gateway": {
    "mode": "local",
    "port": 18789,
    "bind": "lan",
    "auth": { "mode": "token", "token": "${TOKEN}", "allowTailscale": false },
    "trustedProxies": ["127.0.0.1", "10.0.0.2"],
    "controlUi": { "enabled": true, "basePath": "/openclaw" }
  },
  "channels": {
    "telegram": { "enabled": true, "botToken": "123:abc", "dmPolicy": "pairing", "allowFrom": ["tg:1"] },
    "discord": { "enabled": false, "token": "x" }
  },
  "agents": { "defaults": { "workspace": "~/work", "model": { "primary": "anthropic/x" } } },
  "logging": { "level": "info" }
}"#;

/// The same with a slip, a wrong type and a value that is not allowed.
const WRONG: &str = r#"{ "gateway": { "prot": 1, "port": "80", "bind": "wan" } }"#;

fn schema() -> Schema {
    Schema::load("openclaw", SCHEMA).expect("a schema")
}

fn document(text: &str) -> Node {
    json::document(text, json::Dialect::Json).expect("a document")
}

#[divan::bench]
fn load() -> Schema {
    Schema::load("openclaw", black_box(SCHEMA)).expect("a schema")
}

#[divan::bench(args = [EXAMPLE, WRONG])]
fn validate(bencher: Bencher<'_, '_>, text: &str) {
    let (schema, document) = (schema(), document(text));
    bencher.bench(|| schema.validate(black_box(&document), ""));
}

#[divan::bench]
fn recognise(bencher: Bencher<'_, '_>) {
    let (schema, document) = (schema(), document(EXAMPLE));
    bencher.bench(|| schema.recognises(black_box(&document), ""));
}
