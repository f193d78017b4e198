//! Usage specifications in KDL (<https://usage.jdx.dev>), read by usage-lib.
//!
//! What would make the library read other files (`include`, schemas of an `output`) is refused or
//! dropped before it sees the text; what would make it run a program (`mount`, `complete`) is only
//! run when a command line is parsed, which never happens here.

use usage::kdl::{KdlDocument, KdlNode};
use usage::{Spec, SpecArg, SpecCommand, SpecFlag, UnknownFlags};

use super::{Arg, CommandNode, CommandSpec, Flag, FlagValue};

/// The deepest nesting that is read. The parser takes about 100 kB of stack for each level in an
/// unoptimised build, and threads have 2 MB.
const MAX_NESTING: usize = 16;

/// Reads a usage specification.
pub(super) fn read(text: &str) -> Result<CommandSpec, String> {
    let wrong = |cause: &dyn std::fmt::Display| format!("not a usage specification: {cause}");
    if nesting(text) > MAX_NESTING {
        return Err(format!("usage specification nested deeper than {MAX_NESTING} levels"));
    }
    let mut document: KdlDocument = text.parse().map_err(|error| wrong(&error))?;
    confine(document.nodes_mut())?;
    let spec: Spec = document.to_string().parse().map_err(|error| wrong(&error))?;
    let name = if spec.bin.is_empty() { spec.name.clone() } else { spec.bin.clone() };
    if name.is_empty() {
        return Err("usage specification without `bin` and `name`".into());
    }
    let unknown = spec.unknown_flags == Some(UnknownFlags::Value);
    let mut root = command(&spec.cmd, unknown);
    root.name.clone_from(&name);
    root.extra_arguments |= spec.default_subcommand.is_some();
    let open = !spec.cmd.mounts.is_empty();
    Ok(CommandSpec { name, version: spec.version, root, open, plugins: Vec::new() })
}

/// How deep blocks and comments nest, texts left aside.
fn nesting(text: &str) -> usize {
    let (mut depth, mut deepest, mut rest) = (0_usize, 0, text);
    let mut in_comment = 0_usize;
    while let Some(first) = rest.chars().next() {
        let mut step = first.len_utf8();
        match first {
            '/' if rest.starts_with("/*") => (in_comment, step) = (in_comment + 1, 2),
            '*' if in_comment > 0 && rest.starts_with("*/") => {
                (in_comment, step) = (in_comment - 1, 2);
            }
            _ if in_comment > 0 => {}
            '/' if rest.starts_with("//") => step = rest.find('\n').unwrap_or(rest.len()),
            '"' | '#' => step = string_length(rest),
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth + in_comment);
        rest = &rest[step..];
    }
    deepest
}

/// The length of the string, raw or not, at the start of `text`; 1 if there is none.
fn string_length(text: &str) -> usize {
    let hashes = text.bytes().take_while(|&byte| byte == b'#').count();
    let quotes = if text[hashes..].starts_with("\"\"\"") { 3 } else { 1 };
    if !text[hashes..].starts_with('"') {
        return 1;
    }
    let end = format!("{}{}", &"\"\"\""[..quotes], "#".repeat(hashes));
    let mut at = hashes + quotes;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with(&end) {
            return at + end.len();
        }
        let escape = hashes == 0 && rest.starts_with('\\');
        at += rest.chars().take(if escape { 2 } else { 1 }).map(char::len_utf8).sum::<usize>();
    }
    text.len()
}

/// Refuses includes and drops outputs: both make the library open files.
fn confine(nodes: &mut Vec<KdlNode>) -> Result<(), String> {
    nodes.retain(|node| node.name().value() != "output");
    for node in nodes {
        if node.name().value() == "include" {
            return Err("usage specification with `include`: put everything into one file".into());
        }
        if let Some(children) = node.children_mut() {
            confine(children.nodes_mut())?;
        }
    }
    Ok(())
}

/// `unknown` says whether the commands above pass on flags they do not know.
fn command(from: &SpecCommand, unknown: bool) -> CommandNode {
    let unknown = from.unknown_flags.map_or(unknown, |own| own == UnknownFlags::Value);
    let args: Vec<Arg> = from
        .args
        .iter()
        .map(|arg| Arg {
            name: arg.name.clone(),
            required: arg.required,
            variadic: arg.var,
            choices: choices(arg),
        })
        .collect();
    CommandNode {
        name: from.name.clone(),
        aliases: from.aliases.iter().chain(&from.hidden_aliases).cloned().collect(),
        hidden: from.hide,
        origin: None,
        commands: from.subcommands.values().map(|one| command(one, unknown)).collect(),
        flags: from.flags.iter().flat_map(flags).collect(),
        // Left unsaid, usage hands unknown flags to an argument that can take them.
        unknown_flags: unknown
            || (from.unknown_flags.is_none() && args.iter().any(|arg| arg.variadic)),
        args,
        extra_arguments: from.external_subcommand
            || !from.mounts.is_empty()
            || from.clause.is_some(),
    }
}

/// The values that the tool enforces.
fn choices(arg: &SpecArg) -> Vec<String> {
    let strict = arg.choices.as_ref().filter(|choices| choices.strict);
    strict.map(|choices| choices.choices.clone()).unwrap_or_default()
}

/// The flag, and the one that takes it back if that has a name of its own.
fn flags(from: &SpecFlag) -> Vec<Flag> {
    let value = match &from.arg {
        None => FlagValue::None,
        Some(arg) if arg.required && !from.value_optional => FlagValue::Required,
        Some(_) => FlagValue::Optional,
    };
    let arg = from.arg.as_ref();
    let dashed = |name: &String| format!("--{name}");
    let flag = Flag {
        long: from.long.iter().chain(&from.hidden_aliases).map(dashed).collect(),
        short: from.short.iter().chain(&from.hidden_short_aliases).copied().collect(),
        value,
        variadic: arg.is_some_and(|arg| arg.var),
        choices: arg.map(choices).unwrap_or_default(),
        negate: false,
        global: from.global,
        hidden: from.hide,
    };
    let negation = from.negate.as_ref().map(|name| Flag {
        long: vec![format!("--{}", name.trim_start_matches('-'))],
        global: from.global,
        hidden: from.hide,
        ..Flag::default()
    });
    std::iter::once(flag).chain(negation).collect()
}
