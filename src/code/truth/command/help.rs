//! Makes a specification from help texts, the output of `--help`, whatever library printed it.
//!
//! Nothing is assumed that a text does not say: a command whose own help is not given accepts any
//! flag and any word.

mod commands;
mod flags;
mod lines;
#[cfg(test)]
mod tests;
mod usage;

use super::{CommandNode, CommandSpec};
use lines::{Kind, Section};

/// The largest help text that is read, in bytes.
const MAX_BYTES: usize = 1 << 20;

/// The content of one help text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpPage {
    /// The words after the program that call the command.
    pub path: Vec<String>,
    /// The command; of those below it little more than the names is known.
    pub node: CommandNode,
}

/// Reads the help text of a program or of one of its commands.
pub fn read(tool: &str, text: &str) -> Result<HelpPage, String> {
    if text.len() > MAX_BYTES {
        return Err(format!("larger than {} MB", MAX_BYTES >> 20));
    }
    let clean = lines::clean(text);
    let sections = lines::sections(&clean);
    let usage = usage::read(&sections, tool);
    let path = usage.path.clone();
    let mut node = CommandNode {
        name: path.last().map_or(tool, String::as_str).to_owned(),
        aliases: aliases(&sections, path.last().map_or("", String::as_str)),
        flags: flags::read(&sections),
        commands: commands::read(&sections, tool, &path),
        args: usage.args,
        extra_arguments: usage.unclear,
        ..CommandNode::default()
    };
    for command in usage.commands {
        add(&mut node.commands, command);
    }
    if !node.commands.is_empty() {
        // `[command] [args]`: what follows belongs to the command.
        node.args.retain(|arg| !matches!(arg.name.to_lowercase().as_str(), "args" | "arg"));
    }
    usage::describe(&sections, &mut node.args);
    if !usage.found && node.flags.is_empty() && node.commands.is_empty() {
        return Err("no usage, no flags and no commands were recognised".to_owned());
    }
    Ok(HelpPage { path, node })
}

/// Joins help texts, in any order, to a specification.
pub fn join(tool: &str, mut pages: Vec<HelpPage>) -> CommandSpec {
    pages.sort_by_key(|page| page.path.len());
    let mut root = stub(tool);
    for page in pages {
        let mut here = &mut root;
        for word in &page.path {
            let at = here
                .commands
                .iter()
                .position(|one| one.name == *word || one.aliases.contains(word));
            let at = at.unwrap_or_else(|| {
                here.commands.push(stub(word));
                here.commands.len() - 1
            });
            here = &mut here.commands[at];
        }
        let HelpPage { node, .. } = page;
        for alias in node.aliases {
            if alias != here.name && !here.aliases.contains(&alias) {
                here.aliases.push(alias);
            }
        }
        here.flags = node.flags;
        here.args = node.args;
        here.unknown_flags = node.unknown_flags;
        here.extra_arguments = node.extra_arguments;
        for command in node.commands {
            add(&mut here.commands, command);
        }
    }
    let name = tool.to_owned();
    CommandSpec { name, version: None, root, open: false, plugins: Vec::new() }
}

/// A command with only its name known.
fn stub(name: &str) -> CommandNode {
    let name = name.to_owned();
    CommandNode { name, unknown_flags: true, extra_arguments: true, ..CommandNode::default() }
}

/// Adds a command, or completes it if it exists.
fn add(commands: &mut Vec<CommandNode>, command: CommandNode) {
    match commands.iter_mut().find(|one| one.name == command.name) {
        None => commands.push(command),
        Some(known) => {
            for alias in command.aliases {
                if !known.aliases.contains(&alias) {
                    known.aliases.push(alias);
                }
            }
            for below in command.commands {
                add(&mut known.commands, below);
            }
        }
    }
}

/// `Aliases:\n  serve, s`
fn aliases(sections: &[Section<'_>], own: &str) -> Vec<String> {
    let lists = sections.iter().filter(|section| section.kind == Kind::Aliases);
    let words = lists.flat_map(|section| &section.lines).flat_map(|line| line.text.split(','));
    let last = |word: &str| word.split_whitespace().last().unwrap_or_default().to_owned();
    let mut found: Vec<String> =
        words.map(last).filter(|word| commands::is_name(word) && word != own).collect();
    found.dedup();
    found
}
