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
//!   plugins, and an unknown command directly under the tool may be one of theirs. An entry of
//!   one word, or of a word and something in parentheses, is the name of such a command.
//! - `root` is the tool itself, a command like all others. A command has a `name` and optionally
//!   `aliases`, `hidden`, `origin` (`core`, or the plugin that adds it), `args`, `flags`,
//!   `commands`, `allowUnknownFlags` and `allowExtraArguments`.
//! - A flag has `long` (with its dashes), `short` or both, and `aliases`: further spellings with
//!   their dashes. A long name may have a single dash if the program wants that (`-port`). `value`
//!   is `none` (the default), `required` or `optional`; `variadic` says that it takes several
//!   words. `choices` are values that the tool enforces. `negate` on `--x` accepts `--no-x` too; on
//!   a flag that is itself written `--no-x` it has no effect. `hidden` flags are accepted but never
//!   suggested. A flag is accepted after the subcommands of its command as well, unless `global` is
//!   `false`.
//! - An argument has a `name` and optionally `required`, `variadic` and `choices`.
//! - `-h`, `--help` and `--version` are accepted everywhere and need not be listed. Any other key
//!   is ignored, so the file may contain help texts and defaults.

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
    aliases: Vec<String>,
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
    #[serde(default)]
    choices: Vec<String>,
}

/// Reads the JSON form.
pub(super) fn read(text: &str) -> Result<CommandSpec, String> {
    let spec: JsonSpec = serde_json::from_str(text)
        .map_err(|error| format!("not a command specification in JSON: {error}"))?;
    if spec.tool.trim().is_empty() {
        return Err("command specification: `tool` is empty".into());
    }
    let plugins = spec.missing.iter().filter_map(|entry| plugin(entry)).collect();
    Ok(CommandSpec {
        plugins,
        name: spec.tool,
        version: spec.version,
        root: command(spec.root, "")?,
        open: !spec.missing.is_empty(),
    })
}

/// The command that an entry of `missing` names: `voice`, `voice (@example/voice)`.
fn plugin(entry: &str) -> Option<String> {
    let word = entry.split(" (").next()?.trim();
    (!word.is_empty() && !word.contains(char::is_whitespace)).then(|| word.to_owned())
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
        choices: arg.choices,
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

/// Whether the name of a flag is written with its dashes.
fn is_dashed(name: &str) -> bool {
    name.strip_prefix('-').is_some_and(|rest| !matches!(rest, "" | "-"))
}

fn flag(from: JsonFlag, path: &str) -> Result<Flag, String> {
    let wrong = |what: &str| Err(format!("command specification: a flag of `{path}` {what}"));
    if from.long.is_none() && from.short.is_none() {
        return wrong("has neither `long` nor `short`");
    }
    if let Some(long) = from.long.iter().chain(&from.aliases).find(|name| !is_dashed(name)) {
        return wrong(&format!("has the long name `{long}`, which lacks the dashes"));
    }
    let (mut long, mut short) = (Vec::from_iter(from.long), Vec::new());
    for alias in from.aliases {
        match alias.strip_prefix('-').map(|rest| (rest, rest.chars().count())) {
            Some((letter, 1)) => short.extend(letter.chars()),
            _ => long.push(alias),
        }
    }
    if let Some(text) = &from.short {
        let mut letters = text.strip_prefix('-').unwrap_or(text).chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) => short.insert(0, letter),
            _ => return wrong(&format!("has the short name `{text}`, which is not one letter")),
        }
    }
    Ok(Flag {
        long,
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
