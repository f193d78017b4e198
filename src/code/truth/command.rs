//! Specifications of command lines, which shell examples are checked against.
//!
//! The model is small: which commands there are, which flags each takes, and whether a flag takes
//! a value. Each input format has its own reader; [`check`](CommandSpec::check) uses only the
//! model.

mod check;
mod help;
mod json;
mod kdl;
mod program;
mod write;

pub use check::{CommandFault, FaultKind};
pub use help::HelpPage;

use crate::lang;

/// The largest text that is read, in bytes.
const MAX_BYTES: usize = 64 << 20;

/// The specification of the command line of a tool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandSpec {
    /// The name of the tool.
    pub name: String,
    /// The version described.
    pub version: Option<String>,
    /// The tool itself; its flags may precede any command.
    pub root: CommandNode,
    /// Whether plugins may add commands that are not described here.
    pub open: bool,
    /// Commands of plugins that exist and are not described.
    pub plugins: Vec<String>,
}

/// A command, or the tool itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommandNode {
    /// The word that calls it.
    pub name: String,
    /// Other words that call it.
    pub aliases: Vec<String>,
    /// Whether it is left out of the help, and so is not suggested.
    pub hidden: bool,
    /// Where the command comes from, if the specification says so: `core`, or a plugin.
    pub origin: Option<String>,
    /// The commands below it.
    pub commands: Vec<CommandNode>,
    /// Its own flags.
    pub flags: Vec<Flag>,
    /// Its positional arguments.
    pub args: Vec<Arg>,
    /// Whether it passes on flags it does not know.
    pub unknown_flags: bool,
    /// Whether it takes words beyond its arguments, or runs commands it does not describe.
    pub extra_arguments: bool,
}

/// A flag.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flag {
    /// Its long names, with the dashes.
    pub long: Vec<String>,
    /// Its short names, without the dash.
    pub short: Vec<char>,
    /// Whether it takes a value.
    pub value: FlagValue,
    /// Whether one flag takes several words as its values.
    pub variadic: bool,
    /// The values that the tool enforces; empty when it takes any.
    pub choices: Vec<String>,
    /// Whether `--no-x` is accepted as well as `--x`.
    pub negate: bool,
    /// Whether the commands below accept it too.
    pub global: bool,
    /// Whether it is left out of the help, and so is not suggested.
    pub hidden: bool,
}

/// Whether a flag takes a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FlagValue {
    /// It takes none.
    #[default]
    None,
    /// It needs one.
    Required,
    /// It may have one.
    Optional,
}

/// A positional argument.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arg {
    /// Its name in the help.
    pub name: String,
    /// Whether it is required.
    pub required: bool,
    /// Whether it takes all remaining words.
    pub variadic: bool,
    /// The values that the tool enforces; empty when it takes any.
    pub choices: Vec<String>,
}

impl CommandSpec {
    /// Reads a specification: the JSON form (its documentation is on the reader in `json.rs`) or
    /// a usage specification in KDL.
    pub fn load(text: &str, is_json: bool) -> Result<Self, String> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.len() > MAX_BYTES {
            return Err(format!("command specification larger than {} MB", MAX_BYTES >> 20));
        }
        if is_json { json::read(text) } else { kdl::read(text) }
    }

    /// Reads the `--help` text of `tool`, or of one of its commands.
    pub fn read_help(tool: &str, text: &str) -> Result<HelpPage, String> {
        help::read(tool, text)
    }

    /// The specification made from help pages. A command without a page accepts any flags and
    /// words.
    pub fn from_help(tool: &str, pages: Vec<HelpPage>) -> Self {
        help::join(tool, pages)
    }

    /// The JSON form, which [`CommandSpec::load`] reads back.
    pub fn to_json(&self) -> String {
        write::json(self)
    }

    /// Whether `command` runs this tool.
    pub fn is_for(&self, command: &lang::Command, runners: &[Vec<String>]) -> bool {
        program::arguments(&command.words, &self.name, runners).is_some()
    }

    /// What is wrong with `command`, if it runs this tool at all.
    ///
    /// `runners` are other ways to start the tool, each a list of leading words such as `["node",
    /// "app.mjs"]` or `["docker", "compose", "run", "cli"]`; flags may be between the words.
    pub fn check(&self, command: &lang::Command, runners: &[Vec<String>]) -> Vec<CommandFault> {
        check::check(self, command, runners)
    }
}

impl CommandNode {
    /// The command below that `word` calls.
    pub fn command(&self, word: &str) -> Option<&CommandNode> {
        self.commands
            .iter()
            .find(|one| one.name == word || one.aliases.iter().any(|alias| alias == word))
    }

    /// The flag of this command that is written `--long`, or whose negation is.
    pub fn long(&self, long: &str) -> Option<&Flag> {
        let positive = long.strip_prefix("--no-").map(|rest| format!("--{rest}"));
        self.flags.iter().find(|flag| {
            flag.long.iter().any(|own| {
                own == long || (flag.negate && positive.as_deref() == Some(own.as_str()))
            })
        })
    }

    /// The flag of this command that is written `-c`.
    pub fn short(&self, short: char) -> Option<&Flag> {
        self.flags.iter().find(|flag| flag.short.contains(&short))
    }

    /// Whether a word that is not one of its commands is an argument.
    pub fn takes_words(&self) -> bool {
        self.commands.is_empty() || !self.args.is_empty() || self.extra_arguments
    }
}

#[cfg(test)]
mod tests;
