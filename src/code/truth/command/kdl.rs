//! Usage specifications in KDL (<https://usage.jdx.dev>): the nodes that define a command line.
//! Nodes for help pages and completion are ignored, and so are those that would run a program
//! (`mount`, `complete`).

use std::collections::{HashMap, HashSet};

use kdl::{KdlDocument, KdlNode, KdlValue};

use crate::panics;

use super::{Arg, CommandNode, CommandSpec, Flag, FlagValue};

/// The deepest nesting that is read. The parser takes about 100 kB of stack for each level in an
/// unoptimised build, and threads have 2 MB.
const MAX_NESTING: usize = 16;

/// Nodes of the tool or of a command that do not define the command line. Other unknown nodes are
/// refused: a misspelt `flag` would make every use of the flag a fault.
const PASSED_OVER: &[&str] = &[
    "about",
    "about_long",
    "about_md",
    "after_help",
    "after_help_long",
    "after_help_md",
    "after_long_help",
    "alias",
    "allow_missing_positional",
    "arg",
    "arg_required_else_help",
    "args_conflicts_with_subcommands",
    "args_override_self",
    "author",
    "available_if",
    "before_help",
    "before_help_long",
    "before_help_md",
    "before_long_help",
    "bin",
    "clause",
    "cmd",
    "complete",
    "config",
    "default_subcommand",
    "default_subcommand_flags",
    "default_subcommand_help",
    "default_subcommand_on_empty",
    "deprecated",
    "deprecated_remove_at",
    "deprecated_warn_at",
    "disable_help",
    "disable_help_flag",
    "disable_help_subcommand",
    "disable_version_flag",
    "display_order",
    "dont_delimit_trailing_values",
    "effect",
    "example",
    "exit_code",
    "external_subcommand",
    "flag",
    "flagset",
    "flatten_help",
    "group",
    "heading",
    "help",
    "help_heading",
    "help_long",
    "help_md",
    "help_template",
    "hide",
    "license",
    "logo",
    "long_about",
    "long_help",
    "long_version",
    "max_term_width",
    "min_usage_version",
    "mount",
    "multicall",
    "name",
    "next_line_help",
    "output",
    "repository",
    "restart_token",
    "select",
    "source_code_link_template",
    "subcommand_help_heading",
    "subcommand_negates_reqs",
    "subcommand_precedence_over_arg",
    "subcommand_required",
    "subcommand_value_name",
    "surface",
    "term_width",
    "unknown_flags",
    "usage",
    "use",
    "version",
    "view",
];

/// Reads a usage specification.
pub(super) fn read(text: &str) -> Result<CommandSpec, String> {
    let wrong = |cause: &dyn std::fmt::Display| format!("not a usage specification: {cause}");
    if nesting(text) > MAX_NESTING {
        return Err(format!("usage specification nested deeper than {MAX_NESTING} levels"));
    }
    let document = panics::caught(|| text.parse::<KdlDocument>())
        .map_err(|_| wrong(&"the parser failed"))?
        .map_err(|error| wrong(&place_of(&error, text)))?;
    let top = document.nodes();
    if includes(top) {
        return Err("usage specification with `include`: put everything into one file".into());
    }
    let mut root = root(top).map_err(|error| wrong(&error))?;
    let text_of = |name: &str| last(top, name).and_then(|node| node.get(0)?.as_string());
    let name = text_of("bin").or_else(|| text_of("name")).unwrap_or_default().to_owned();
    if name.is_empty() {
        return Err("usage specification without `bin` and `name`".into());
    }
    root.name.clone_from(&name);
    root.extra_arguments |= last(top, "default_subcommand").is_some();
    let open = last(top, "mount").is_some();
    let version = text_of("version").map(str::to_owned);
    Ok(CommandSpec { name, version, root, open, plugins: Vec::new() })
}

/// The tool itself.
fn root(top: &[KdlNode]) -> Result<CommandNode, String> {
    let unknown = last(top, "unknown_flags").map(|node| says_value(text(node)?)).transpose()?;
    Reader { sets: sets(top)? }.command(top, None, unknown)
}

/// The first message of the parser, and its line.
fn place_of(error: &kdl::KdlError, text: &str) -> String {
    let first = error.diagnostics.first();
    let at = first.map_or(0, |one| one.span.offset());
    let line = text.bytes().take(at).filter(|&byte| byte == b'\n').count() + 1;
    let said = first.and_then(|one| one.message.clone());
    format!("line {line}: {}", said.unwrap_or_else(|| "this is not KDL".to_owned()))
}

/// How deeply blocks and comments are nested, ignoring strings.
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

/// Whether some of the nodes would read another file.
fn includes(nodes: &[KdlNode]) -> bool {
    nodes.iter().any(|node| node.name().value() == "include" || includes(children(node)))
}

/// The last node of a name: a later one replaces an earlier.
fn last<'a>(nodes: &'a [KdlNode], name: &str) -> Option<&'a KdlNode> {
    nodes.iter().rev().find(|node| node.name().value() == name)
}

fn children(node: &KdlNode) -> &[KdlNode] {
    node.children().map_or(&[], KdlDocument::nodes)
}

/// A setting of a node, which is a child or a property.
fn setting<'a>(node: &'a KdlNode, name: &str) -> Option<&'a KdlValue> {
    last(children(node), name).and_then(|child| child.get(0)).or_else(|| node.get(name))
}

fn is_set(node: &KdlNode, name: &str) -> bool {
    setting(node, name).and_then(KdlValue::as_bool) == Some(true)
}

/// The arguments of a node that are strings.
fn texts(node: &KdlNode) -> impl Iterator<Item = &str> {
    let arguments = node.entries().iter().filter(|entry| entry.name().is_none());
    arguments.filter_map(|entry| entry.value().as_string())
}

/// The first argument of a node, which must be a string.
fn text(node: &KdlNode) -> Result<&str, String> {
    texts(node).next().ok_or_else(|| format!("`{}` has no text", node.name().value()))
}

/// Whether unknown flags are passed on.
fn says_value(said: &str) -> Result<bool, String> {
    match said {
        "value" => Ok(true),
        "error" => Ok(false),
        _ => Err(format!("`unknown_flags` is `{said}`, not `value` or `error`")),
    }
}

/// The flags of each `flagset`.
fn sets(top: &[KdlNode]) -> Result<HashMap<&str, Vec<Flag>>, String> {
    let mut nodes = HashMap::new();
    for node in top.iter().filter(|node| node.name().value() == "flagset") {
        if nodes.insert(text(node)?, node).is_some() {
            return Err(format!("the flagset `{}` is declared twice", text(node)?));
        }
    }
    let mut sets = HashMap::new();
    // A set may use sets below it, so those whose sets are known come first.
    while sets.len() < nodes.len() {
        let before = sets.len();
        for (&name, node) in &nodes {
            let inner = children(node);
            let used = |set: &HashMap<&str, Vec<Flag>>| {
                let uses = inner.iter().filter(|child| child.name().value() == "use");
                uses.flat_map(texts).all(|used| set.contains_key(used))
            };
            if !sets.contains_key(name) && used(&sets) {
                let found = all_flags(inner, &sets)?;
                sets.insert(name, found);
            }
        }
        if sets.len() == before {
            return Err("a flagset uses itself, or one that does not exist".to_owned());
        }
    }
    Ok(sets)
}

/// The flags among some nodes, including those of the sets that they use. A flag that is declared
/// next to a `use` overrides one of the set.
fn all_flags(nodes: &[KdlNode], sets: &HashMap<&str, Vec<Flag>>) -> Result<Vec<Flag>, String> {
    let named = |name: &'static str| nodes.iter().filter(move |node| node.name().value() == name);
    let mut taken = HashSet::new();
    for node in named("flag") {
        taken.extend(flags(node)?.iter().flat_map(spellings));
    }
    let mut found = Vec::new();
    for node in nodes {
        match node.name().value() {
            "flag" => found.extend(flags(node)?),
            "use" => {
                for name in texts(node) {
                    let set = sets.get(name).ok_or_else(|| format!("no flagset `{name}`"))?;
                    for flag in set {
                        if spellings(flag).all(|one| !taken.contains(&one)) {
                            taken.extend(spellings(flag));
                            found.push(flag.clone());
                        }
                    }
                }
            }
            _ => {}
        }
    }
    Ok(found)
}

fn spellings(flag: &Flag) -> impl Iterator<Item = String> {
    flag.long.iter().cloned().chain(flag.short.iter().map(|letter| format!("-{letter}")))
}

struct Reader<'d> {
    sets: HashMap<&'d str, Vec<Flag>>,
}

impl Reader<'_> {
    /// The command that the nodes in `own`, or at the top level, describe. `above` says whether the
    /// commands above pass unknown flags on.
    fn command(
        &self,
        nodes: &[KdlNode],
        own: Option<&KdlNode>,
        above: Option<bool>,
    ) -> Result<CommandNode, String> {
        let said = own.and_then(|node| setting(node, "unknown_flags")?.as_string());
        let said = said.map(says_value).transpose()?;
        let unknown = said.or(above);
        let mut command = CommandNode {
            name: own.map(text).transpose()?.unwrap_or_default().to_owned(),
            hidden: own.is_some_and(|node| is_set(node, "hide")),
            flags: all_flags(nodes, &self.sets)?,
            ..CommandNode::default()
        };
        for node in nodes {
            match node.name().value() {
                "arg" => command.args.push(argument(node)?),
                "alias" => command.aliases.extend(texts(node).map(str::to_owned)),
                "cmd" => {
                    let below = self.command(children(node), Some(node), unknown)?;
                    match command.commands.iter_mut().find(|one| one.name == below.name) {
                        Some(earlier) => *earlier = below,
                        None => command.commands.push(below),
                    }
                }
                "mount" | "clause" => command.extra_arguments = true,
                other if PASSED_OVER.contains(&other) => {}
                other => return Err(format!("unknown node `{other}`")),
            }
        }
        let external = match own {
            Some(node) => is_set(node, "external_subcommand"),
            None => last(nodes, "external_subcommand")
                .is_some_and(|node| node.get(0).and_then(KdlValue::as_bool) == Some(true)),
        };
        command.extra_arguments |= external;
        // By default, usage passes unknown flags to an argument that can take them.
        let variadic = command.args.iter().any(|arg| arg.variadic);
        command.unknown_flags = unknown == Some(true) || said.is_none() && variadic;
        Ok(command)
    }
}

/// The values that the tool enforces.
fn choices(node: &KdlNode) -> Vec<String> {
    let Some(choices) = last(children(node), "choices") else { return Vec::new() };
    if choices.get("strict").and_then(KdlValue::as_bool) == Some(false) {
        return Vec::new();
    }
    let one_by_one = children(choices).iter().flat_map(|choice| texts(choice).take(1));
    texts(choices).chain(one_by_one).map(str::to_owned).collect()
}

/// The argument of a node: `<name>`, `[name]`, `<name>...`, and its settings.
fn argument(node: &KdlNode) -> Result<Arg, String> {
    let mut arg = placeholder(text(node)?);
    if let Some(required) = setting(node, "required").and_then(KdlValue::as_bool) {
        arg.required = required;
    }
    if let Some(variadic) = setting(node, "var").and_then(KdlValue::as_bool) {
        arg.variadic = variadic;
    }
    if node.get("default").is_some() || last(children(node), "default").is_some() {
        arg.required = false;
    }
    arg.choices = choices(node);
    Ok(arg)
}

/// The argument that a text such as `<name>...` describes.
fn placeholder(text: &str) -> Arg {
    let text = text.strip_prefix("-- ").unwrap_or(text);
    let is_placeholder = |part: &str| {
        part.starts_with('<') && part.ends_with('>') || part.starts_with('[') && part.ends_with(']')
    };
    let parts: Vec<&str> = text.split_whitespace().collect();
    let several = parts.len() > 1 && parts.iter().all(|part| is_placeholder(part));
    let first = if several { parts[0] } else { text };
    let without_dots = |text: &str| -> (String, bool) {
        let bare = text.strip_suffix("...").or_else(|| text.strip_suffix('…'));
        (bare.unwrap_or(text).to_owned(), bare.is_some())
    };
    let (written, behind) = without_dots(first);
    let required = match several {
        true => parts.iter().all(|part| part.starts_with('<')),
        false => !(written.starts_with('[') && written.ends_with(']')),
    };
    let inner = if is_placeholder(&written) { &written[1..written.len() - 1] } else { &written };
    let (name, within) = without_dots(inner.strip_prefix("-- ").unwrap_or(inner));
    Arg { name, required, variadic: several || behind || within, choices: Vec::new() }
}

/// The flag of a node, and its negation if that has its own name.
fn flags(node: &KdlNode) -> Result<Vec<Flag>, String> {
    let written = text(node)?;
    let (mut flag, mut arg) = spelt(written)?;
    for alias in children(node).iter().filter(|child| child.name().value() == "alias") {
        for name in texts(alias) {
            add_spelling(&mut flag, name, written)?;
        }
    }
    if let Some(child) = last(children(node), "arg") {
        arg = Some(argument(child)?);
    }
    if let Some(arg) = &mut arg {
        if setting(node, "default_missing").is_some() || is_set(node, "value_optional") {
            arg.required = false;
        }
        if arg.choices.is_empty() {
            arg.choices = choices(node);
        }
    }
    flag.value = match &arg {
        None => FlagValue::None,
        Some(arg) if arg.required => FlagValue::Required,
        Some(_) => FlagValue::Optional,
    };
    flag.variadic = arg.as_ref().is_some_and(|arg| arg.variadic);
    flag.choices = arg.map(|arg| arg.choices).unwrap_or_default();
    flag.global = is_set(node, "global");
    flag.hidden = is_set(node, "hide");
    let negation = setting(node, "negate").and_then(KdlValue::as_string).map(|name| Flag {
        long: vec![format!("--{}", name.trim_start_matches('-'))],
        global: flag.global,
        hidden: flag.hidden,
        ..Flag::default()
    });
    Ok(std::iter::once(flag).chain(negation).collect())
}

/// The flag and the value that a text such as `-p --port <port>` describes.
fn spelt(written: &str) -> Result<(Flag, Option<Arg>), String> {
    let mut flag = Flag::default();
    let mut values: Vec<&str> = Vec::new();
    let mut variadic = false;
    let apart = written.replace("...", "…").replace('…', " … ").replace(" … =", "=");
    let apart = apart.replace(" … [=", "[=");
    for part in apart.split_whitespace() {
        // `--color=<when>`, `--color[=<when>]`
        let (form, value) = match part.split_once("[=") {
            Some((form, value)) if part.starts_with('-') => (form, Some(value)),
            _ => match part.split_once('=').filter(|_| part.starts_with('-')) {
                Some((form, value)) => (form, Some(value)),
                None => (part, None),
            },
        };
        if form == "…" {
            variadic |= !values.is_empty();
        } else if form.starts_with(['<', '[']) && form.ends_with(['>', ']']) {
            values.push(form);
        } else if !form.ends_with(':') {
            add_spelling(&mut flag, form, written)?;
        }
        values.extend(value);
    }
    let optional = apart.contains("[=");
    let arg = (!values.is_empty()).then(|| {
        let mut arg = placeholder(&values.join(" "));
        arg.variadic |= variadic;
        arg.required &= !optional;
        arg
    });
    Ok((flag, arg))
}

/// Adds `--long` or `-s`.
fn add_spelling(flag: &mut Flag, name: &str, written: &str) -> Result<(), String> {
    let wrong = || Err(format!("`{name}` in the flag `{written}` is neither `-x` nor `--long`"));
    if name.strip_prefix("--").is_some_and(|rest| !rest.is_empty()) {
        flag.long.push(name.to_owned());
        return Ok(());
    }
    let mut letters = name.strip_prefix('-').unwrap_or_default().chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) => flag.short.push(letter),
        _ => return wrong(),
    }
    Ok(())
}
