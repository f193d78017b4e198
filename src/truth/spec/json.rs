//! The JSON form of a command specification.
//!
//! ```json
//! {
//!   "tool": "mytool",
//!   "version": "1.2.0",
//!   "missing": ["any third-party plugin command"],
//!   "root": {
//!     "name": "mytool",
//!     "flags": [{ "long": "--no-color", "value": "none", "negate": true }],
//!     "commands": [
//!       {
//!         "name": "serve",
//!         "aliases": ["start"],
//!         "args": [{ "name": "folder", "required": false }],
//!         "flags": [{ "long": "--port", "short": "-p", "value": "required" }],
//!         "commands": []
//!       }
//!     ]
//!   }
//! }
//! ```
//!
//! - `tool` is the name of the program; `version` is optional.
//! - `missing` lists what the specification does not describe. If it is not empty, the tool has
//!   plugins: an unknown command directly under the tool may be one of theirs.
//! - `root` is the tool itself, a command like all others. A command has a `name` and optionally
//!   `aliases`, `hidden`, `origin` (`core`, or the plugin that brings it), `args`, `flags`,
//!   `commands`, `allowUnknownFlags` and `allowExtraArguments`.
//! - A flag has `long` (with its dashes), `short` or both. `value` is `none` (the default),
//!   `required` or `optional`; `variadic` says that it takes several words. `choices` are values
//!   that the tool enforces. `negate` on `--x` admits `--no-x` too; on a flag that is itself
//!   written `--no-x` it says nothing new. `hidden` flags are accepted but never suggested.
//!   A flag is accepted behind the subcommands of its command as well, unless `global` is `false`.
//! - An argument has a `name` and optionally `required` and `variadic`.
//! - `-h`, `--help` and `--version` are accepted everywhere and need not be listed. Any other key
//!   is ignored, so help texts and defaults may be kept.

use serde::Deserialize;

use super::{Arg, CommandNode, CommandSpec, Flag, FlagValue};

#[derive(Deserialize)]
struct JsonSpec {
    tool: String,
    version: Option<String>,
    #[serde(default)]
    missing: Vec<String>,
    root: JsonCommand,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct JsonCommand {
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    hidden: bool,
    origin: Option<String>,
    #[serde(default)]
    commands: Vec<JsonCommand>,
    #[serde(default)]
    flags: Vec<JsonFlag>,
    #[serde(default)]
    args: Vec<JsonArg>,
    #[serde(default)]
    allow_unknown_flags: bool,
    #[serde(default)]
    allow_extra_arguments: bool,
}

#[derive(Deserialize)]
struct JsonFlag {
    long: Option<String>,
    short: Option<String>,
    #[serde(default)]
    value: JsonValue,
    #[serde(default)]
    variadic: bool,
    #[serde(default)]
    choices: Vec<String>,
    #[serde(default)]
    negate: bool,
    #[serde(default)]
    hidden: bool,
    #[serde(default = "yes")]
    global: bool,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "lowercase")]
enum JsonValue {
    #[default]
    None,
    Required,
    Optional,
}

#[derive(Deserialize)]
struct JsonArg {
    name: String,
    #[serde(default)]
    required: bool,
    #[serde(default)]
    variadic: bool,
}

/// Reads the JSON form.
pub(super) fn read(text: &str) -> Result<CommandSpec, String> {
    let spec: JsonSpec = serde_json::from_str(text)
        .map_err(|error| format!("not a command specification in JSON: {error}"))?;
    if spec.tool.trim().is_empty() {
        return Err("command specification: `tool` is empty".into());
    }
    Ok(CommandSpec {
        name: spec.tool,
        version: spec.version,
        root: command(spec.root, "")?,
        open: !spec.missing.is_empty(),
    })
}

fn command(from: JsonCommand, above: &str) -> Result<CommandNode, String> {
    let path = if above.is_empty() { from.name.clone() } else { format!("{above} {}", from.name) };
    let flags = from.flags.into_iter().map(|one| flag(one, &path)).collect::<Result<_, _>>()?;
    let commands =
        from.commands.into_iter().map(|one| command(one, &path)).collect::<Result<_, _>>()?;
    let args = from.args.into_iter().map(|arg| Arg {
        name: arg.name,
        required: arg.required,
        variadic: arg.variadic,
    });
    Ok(CommandNode {
        name: from.name,
        aliases: from.aliases,
        hidden: from.hidden,
        origin: from.origin,
        commands,
        flags,
        args: args.collect(),
        unknown_flags: from.allow_unknown_flags,
        extra_arguments: from.allow_extra_arguments,
    })
}

fn flag(from: JsonFlag, path: &str) -> Result<Flag, String> {
    let wrong = |what: &str| Err(format!("command specification: a flag of `{path}` {what}"));
    if from.long.is_none() && from.short.is_none() {
        return wrong("has neither `long` nor `short`");
    }
    if let Some(long) = from.long.as_ref().filter(|long| !long.starts_with("--")) {
        return wrong(&format!("has the long name `{long}`, which lacks the dashes"));
    }
    let mut short = Vec::new();
    if let Some(text) = &from.short {
        let mut letters = text.strip_prefix('-').unwrap_or(text).chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) => short.push(letter),
            _ => return wrong(&format!("has the short name `{text}`, which is not one letter")),
        }
    }
    Ok(Flag {
        long: from.long.into_iter().collect(),
        short,
        value: match from.value {
            JsonValue::None => FlagValue::None,
            JsonValue::Required => FlagValue::Required,
            JsonValue::Optional => FlagValue::Optional,
        },
        variadic: from.variadic,
        choices: from.choices,
        negate: from.negate,
        global: from.global,
        hidden: from.hidden,
    })
}
