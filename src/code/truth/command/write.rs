//! Writes the JSON form of a specification.

use serde::Serialize;

use super::{Arg, CommandNode, CommandSpec, Flag, FlagValue};

#[derive(Serialize)]
struct Spec<'a> {
    tool: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    missing: &'a [String],
    root: Command<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Command<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    aliases: &'a [String],
    #[serde(skip_serializing_if = "is_false")]
    hidden: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<&'a str>,
    #[serde(skip_serializing_if = "is_false")]
    allow_unknown_flags: bool,
    #[serde(skip_serializing_if = "is_false")]
    allow_extra_arguments: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    args: Vec<Argument<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    flags: Vec<FlagEntry<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    commands: Vec<Command<'a>>,
}

#[derive(Serialize)]
struct Argument<'a> {
    name: &'a str,
    required: bool,
    #[serde(skip_serializing_if = "is_false")]
    variadic: bool,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    choices: &'a [String],
}

/// A flag.
#[derive(Serialize)]
struct FlagEntry<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    long: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    short: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<String>,
    value: &'static str,
    #[serde(skip_serializing_if = "is_false")]
    variadic: bool,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    choices: &'a [String],
    #[serde(skip_serializing_if = "is_false")]
    negate: bool,
    #[serde(skip_serializing_if = "is_false")]
    hidden: bool,
    #[serde(skip_serializing_if = "is_true")]
    global: bool,
}

fn is_false(value: &bool) -> bool {
    !value
}

fn is_true(value: &bool) -> bool {
    *value
}

/// The specification as text; the same specification gives the same text.
pub(super) fn json(spec: &CommandSpec) -> String {
    let file = Spec {
        tool: &spec.name,
        version: spec.version.as_deref(),
        missing: &spec.plugins,
        root: command(&spec.root),
    };
    serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
}

fn command(node: &CommandNode) -> Command<'_> {
    Command {
        name: &node.name,
        aliases: &node.aliases,
        hidden: node.hidden,
        origin: node.origin.as_deref(),
        allow_unknown_flags: node.unknown_flags,
        allow_extra_arguments: node.extra_arguments,
        args: node.args.iter().map(argument).collect(),
        flags: node.flags.iter().map(flag).collect(),
        commands: node.commands.iter().map(command).collect(),
    }
}

fn argument(arg: &Arg) -> Argument<'_> {
    Argument {
        name: &arg.name,
        required: arg.required,
        variadic: arg.variadic,
        choices: &arg.choices,
    }
}

fn flag(flag: &Flag) -> FlagEntry<'_> {
    let dashed = |letter: &char| format!("-{letter}");
    let long = flag.long.iter().skip(1).cloned();
    FlagEntry {
        long: flag.long.first().map(String::as_str),
        short: flag.short.first().map(dashed),
        aliases: long.chain(flag.short.iter().skip(1).map(dashed)).collect(),
        value: match flag.value {
            FlagValue::None => "none",
            FlagValue::Required => "required",
            FlagValue::Optional => "optional",
        },
        variadic: flag.variadic,
        choices: &flag.choices,
        negate: flag.negate,
        hidden: flag.hidden,
        global: flag.global,
    }
}
