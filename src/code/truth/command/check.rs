//! Checks a command line against its specification.

use crate::diagnostic::Severity;
use crate::lang::{Command, Word};
use crate::source::Span;
use crate::suggest::{is_typo, nearest};
use crate::truth::placeholder::{is_placeholder, is_placeholder_value};

use super::{CommandNode, CommandSpec, Flag, FlagValue, program};

/// The most faults that are reported for one command.
const MAX_FAULTS: usize = 20;
/// The most values that a message lists.
const LISTED: usize = 12;

/// What is wrong with a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// A command.
    UnknownCommand,
    /// A flag.
    UnknownFlag,
    /// A value that is not one of those that its flag or argument takes.
    BadValue,
    /// A flag at the end of the line that needs a value.
    MissingValue,
}

/// A word that the tool would refuse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandFault {
    /// What kind of word it is.
    pub kind: FaultKind,
    /// The bytes of the word, of a flag without its value.
    pub span: Span,
    /// One sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The severity, if it is lower than usual: a plugin may know the word.
    pub severity: Option<Severity>,
    /// Whether the word is clearly a misspelling of a name that the tool knows.
    pub similar: bool,
}

/// See [`CommandSpec::check`].
pub(super) fn check(
    spec: &CommandSpec,
    command: &Command,
    runners: &[Vec<String>],
) -> Vec<CommandFault> {
    let Some(start) = program::arguments(&command.words, &spec.name, runners) else {
        return Vec::new();
    };
    let mut walk = Walk {
        spec,
        words: &command.words,
        at: start,
        chain: vec![&spec.root],
        words_only: false,
        position: 0,
        unsure: false,
        more: program::gets_more_words(&command.words[..start]),
        faults: Vec::new(),
    };
    while walk.faults.len() < MAX_FAULTS && walk.step() {}
    walk.faults
}

struct Walk<'a> {
    spec: &'a CommandSpec,
    words: &'a [Word],
    at: usize,
    /// The tool and the commands called so far.
    chain: Vec<&'a CommandNode>,
    /// A positional argument was seen: no command can follow.
    words_only: bool,
    /// How many positional arguments were seen.
    position: usize,
    /// Words from elsewhere follow those of the line, as with `xargs`.
    more: bool,
    /// An unknown flag was seen, and the next word may be its value.
    unsure: bool,
    faults: Vec<CommandFault>,
}

/// A word without the brackets that mark it as optional in a synopsis.
struct Bare<'a> {
    text: &'a str,
    start: usize,
    bracketed: bool,
    literal: bool,
}

impl<'a> Walk<'a> {
    /// Checks one word; `false` if the rest cannot be checked.
    fn step(&mut self) -> bool {
        let Some(word) = self.words.get(self.at) else { return false };
        self.at += 1;
        let bare = bare(word);
        match bare.text {
            "" | "|" | "-" => true,
            // The rest of the command line, or the commands up to the next flag, are left out.
            "..." | "…" => self.node().commands.is_empty() || self.words_only || bare.bracketed,
            "--" => false,
            text if text.starts_with('-') => self.flag(&bare, word),
            _ => self.word(&bare, word),
        }
    }

    fn node(&self) -> &'a CommandNode {
        self.chain[self.chain.len() - 1]
    }

    /// `openclaw gateway`
    fn path(&self) -> String {
        let below = self.chain[1..].iter().map(|node| node.name.as_str());
        std::iter::once(self.spec.name.as_str()).chain(below).collect::<Vec<_>>().join(" ")
    }

    fn word(&mut self, bare: &Bare<'_>, word: &Word) -> bool {
        let node = self.node();
        if node.commands.is_empty() || self.words_only {
            return self.argument(bare, word);
        }
        if !bare.literal || bare.text.contains(['|', '<', '>', '*', '{']) {
            return false;
        }
        if let Some(next) = node.command(bare.text) {
            self.chain.push(next);
            self.unsure = false;
            return true;
        }
        if node.takes_words() {
            self.words_only = true;
            return self.argument(bare, word);
        }
        let like_a_command = bare.text.starts_with(|c: char| c.is_ascii_alphabetic())
            && bare.text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':'))
            && !is_placeholder(bare.text);
        let elsewhere =
            self.chain.len() == 1 && self.spec.plugins.iter().any(|name| name == bare.text);
        if bare.text != "help" && !elsewhere && like_a_command && !bare.bracketed && !self.unsure {
            self.unknown_command(node, bare, word);
        }
        false
    }

    /// A positional argument.
    fn argument(&mut self, bare: &Bare<'_>, word: &Word) -> bool {
        let node = self.node();
        let here = node.args.get(self.position);
        let arg = here.or_else(|| node.args.last().filter(|last| last.variadic));
        self.position += 1;
        if let Some(arg) = arg.filter(|_| !self.unsure && bare.literal) {
            let name = arg.name.trim_matches(['<', '>', '[', ']', '.']);
            let taker = format!("`{name}` of `{}`", self.path());
            self.value(&taker, &arg.choices, bare.text, part(bare, word, bare.text.len()));
        }
        // The words that a command passes on may be flags of another program.
        !node.extra_arguments
    }

    /// Checks a value against those that `taker` accepts.
    fn value(&mut self, taker: &str, choices: &[String], text: &str, span: Span) {
        // Some programs ignore case, and some split values at commas.
        let known = |text: &str| choices.iter().any(|choice| choice.eq_ignore_ascii_case(text));
        let open = text.is_empty()
            || is_placeholder_value(text)
            || text.contains(['<', '>', '[', ']', '{', '}', '|', '*'])
            || !text.contains(|c: char| !(c.is_ascii_uppercase() || c == '-' || c == '_'));
        if choices.is_empty() || open || known(text) || text.split([',', '|', '/']).all(known) {
            return;
        }
        let near = nearest(text, choices.iter().map(String::as_str));
        let similar = near.is_some_and(|near| is_typo(text, near));
        let help = match near {
            Some(near) => Some(format!("a similar value exists: `{near}`")),
            None => (choices.len() <= LISTED).then(|| format!("it takes {}", listed(choices))),
        };
        self.faults.push(CommandFault {
            kind: FaultKind::BadValue,
            span,
            message: format!("`{text}` is not a value of {taker}"),
            help,
            severity: None,
            similar,
        });
    }

    fn unknown_command(&mut self, node: &CommandNode, bare: &Bare<'_>, word: &Word) {
        let visible = node.commands.iter().filter(|one| !one.hidden);
        let names = visible
            .flat_map(|one| std::iter::once(&one.name).chain(&one.aliases).map(String::as_str));
        let near = nearest(bare.text, names);
        // A name that differs from that of a command by one letter is hardly a plugin.
        let misspelt = near.is_some_and(|near| is_typo(bare.text, near));
        self.faults.push(CommandFault {
            kind: FaultKind::UnknownCommand,
            span: part(bare, word, bare.text.len()),
            message: format!("unknown command `{}` of `{}`", bare.text, self.path()),
            similar: near.is_some_and(|near| is_typo(bare.text, near)),
            help: near.map(|near| format!("a command with a similar name exists: `{near}`")),
            severity: (self.spec.open && self.chain.len() == 1 && !misspelt)
                .then_some(Severity::Note),
        });
    }

    fn flag(&mut self, bare: &Bare<'_>, word: &Word) -> bool {
        let (name, value) = match bare.text.split_once('=') {
            Some((name, _)) => (name, true),
            None => (bare.text, false),
        };
        // `--x|--y`, `-5`, `--$name`: not the name of one flag.
        let letters = name.trim_start_matches('-');
        let plain = letters.starts_with(|c: char| c.is_ascii_alphabetic())
            && letters.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
        if !plain || (!bare.literal && !value) {
            return true;
        }
        // Some programs write long names with one dash.
        if name.starts_with("--") || name.len() > 2 && self.find(|node| node.long(name)).is_some() {
            self.long(name, value, bare, word)
        } else {
            self.shorts(name, value, bare, word)
        }
        true
    }

    fn long(&mut self, name: &str, value: bool, bare: &Bare<'_>, word: &Word) {
        if matches!(name, "--help" | "--version") {
            return;
        }
        match self.find(|node| node.long(name)) {
            Some(flag) if !value => self.skip_value(flag, name, part(bare, word, name.len())),
            Some(flag) => {
                let text = &bare.text[name.len() + 1..];
                let start = part(bare, word, name.len()).end + 1;
                let span = Span::new(start.min(word.span.end), word.span.end);
                if bare.literal && flag.value != FlagValue::None {
                    self.value(&self.taker(name), &flag.choices, text, span);
                }
            }
            None => self.unknown_flag(name, part(bare, word, name.len())),
        }
    }

    /// `-a`, `-abc`, `-p8080`, `-p 8080`
    fn shorts(&mut self, name: &str, value: bool, bare: &Bare<'_>, word: &Word) {
        for (at, letter) in name.char_indices().skip(1) {
            if matches!(letter, 'h' | 'V') {
                continue;
            }
            let Some(flag) = self.find(|node| node.short(letter)) else {
                self.unknown_flag(&format!("-{letter}"), part(bare, word, name.len()));
                return;
            };
            if flag.value != FlagValue::None {
                let attached = value || at + letter.len_utf8() < name.len();
                if !attached {
                    let shown = format!("-{letter}");
                    self.skip_value(flag, &shown, part(bare, word, name.len()));
                }
                return;
            }
        }
    }

    /// The flag among those of the command, the global ones above it, and the tool's.
    fn find(&self, pick: impl Fn(&'a CommandNode) -> Option<&'a Flag>) -> Option<&'a Flag> {
        let above = &self.chain[1..self.chain.len().max(1)];
        let global = || above.iter().rev().filter_map(|node| pick(node)).find(|flag| flag.global);
        pick(self.node()).or_else(global).or_else(|| pick(&self.spec.root))
    }

    /// `--log` of `tool serve`
    fn taker(&self, flag: &str) -> String {
        format!("`{flag}` of `{}`", self.path())
    }

    /// Skips the words that are the values of the flag, and checks them.
    fn skip_value(&mut self, flag: &Flag, name: &str, span: Span) {
        if flag.value == FlagValue::None {
            return;
        }
        let mut taken = 0;
        while let Some(next) = self.words.get(self.at) {
            let text = bare(next).text;
            let dashed = text.starts_with('-') && text.len() > 1;
            // `--arg -y`: a flag that needs a value takes the next word whatever it looks like.
            // In a synopsis the value may be left out; then the next word may be a known flag.
            let first = taken == 0 && flag.value == FlagValue::Required && !self.knows(text);
            if dashed && !first {
                return;
            }
            let value = bare(next);
            if value.literal && (!dashed || flag.value == FlagValue::Required) {
                let span = part(&value, next, value.text.len());
                self.value(&self.taker(name), &flag.choices, value.text, span);
            }
            self.at += 1;
            taken += 1;
            if !flag.variadic {
                return;
            }
        }
        if taken == 0 && flag.value == FlagValue::Required && !self.more {
            self.faults.push(CommandFault {
                kind: FaultKind::MissingValue,
                span,
                message: format!("{} needs a value", self.taker(name)),
                help: (!flag.choices.is_empty() && flag.choices.len() <= LISTED)
                    .then(|| format!("it takes {}", listed(&flag.choices))),
                severity: None,
                similar: false,
            });
        }
    }

    /// Whether the word is a flag that the command accepts.
    fn knows(&self, text: &str) -> bool {
        let name = text.split_once('=').map_or(text, |(name, _)| name);
        let mut letters = name.chars().skip(1);
        match (letters.next(), letters.next()) {
            (Some('-'), Some(_)) => name == "--help" || self.find(|node| node.long(name)).is_some(),
            (Some(letter), None) => self.find(|node| node.short(letter)).is_some(),
            (Some(_), Some(_)) => self.find(|node| node.long(name)).is_some(),
            _ => false,
        }
    }

    fn unknown_flag(&mut self, name: &str, span: Span) {
        self.unsure = true;
        if self.chain.iter().any(|node| node.unknown_flags) {
            return;
        }
        let node = self.node();
        let path = self.path();
        let visible = node.flags.iter().chain(&self.spec.root.flags).filter(|flag| !flag.hidden);
        let near = nearest(
            name.trim_start_matches('-'),
            visible.flat_map(|flag| flag.long.iter().map(|long| long.trim_start_matches('-'))),
        );
        let below = || node.commands.iter().find(|one| !one.hidden && one.long(name).is_some());
        let similar = near.is_some_and(|near| is_typo(name.trim_start_matches('-'), near));
        // Some programs accept the name of a command with dashes as well, undocumented.
        let command = node.command(name.trim_start_matches('-')).filter(|one| !one.hidden);
        let help = match (command, near) {
            (Some(command), _) => {
                Some(format!("a command has this name: `{path} {}`", command.name))
            }
            (None, Some(near)) => Some(format!("a flag with a similar name exists: `--{near}`")),
            (None, None) => below().map(|one| format!("`{path} {}` has this flag", one.name)),
        };
        self.faults.push(CommandFault {
            kind: FaultKind::UnknownFlag,
            span,
            message: format!("unknown flag `{name}` of `{path}`"),
            help,
            severity: command.map(|_| Severity::Warning),
            similar,
        });
    }
}

/// `a`, `b` or `c`
fn listed(choices: &[String]) -> String {
    let shown: Vec<String> = choices.iter().map(|choice| format!("`{choice}`")).collect();
    match shown.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// Strips the brackets of a synopsis.
fn bare(word: &Word) -> Bare<'_> {
    let opened = word.text.trim_start_matches(['[', '(']);
    let text = opened.trim_end_matches("...").trim_end_matches([']', ')']);
    let text = if text.is_empty() { text } else { text.trim_end_matches("...") };
    let bracketed = text.len() != word.text.len();
    Bare {
        text,
        start: word.text.len() - opened.len(),
        bracketed,
        literal: word.literal || only_brackets(word, text),
    }
}

/// Whether the word would be literal without its brackets.
fn only_brackets(word: &Word, text: &str) -> bool {
    text.len() != word.text.len()
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_=.:".contains(&byte))
}

/// The bytes of the first `length` bytes of the bare word. A quoted word is not cut, since its
/// bytes are not those of its text.
fn part(bare: &Bare<'_>, word: &Word, length: usize) -> Span {
    let written = word.span.end - word.span.start;
    if written != word.text.len() {
        return word.span;
    }
    let start = word.span.start + bare.start;
    Span::new(start, start + length)
}
