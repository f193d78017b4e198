//! The usage line: the words that call the command, and its arguments.

use super::commands::is_name;
use super::flags::{choices, columns, token};
use super::lines::{Kind, Section};
use crate::truth::command::{Arg, CommandNode};

/// The content of the usage line.
#[derive(Default)]
pub(super) struct Usage {
    /// Whether there is one.
    pub found: bool,
    /// The words after the program.
    pub path: Vec<String>,
    /// The arguments.
    pub args: Vec<Arg>,
    /// Commands that only the usage shows.
    pub commands: Vec<CommandNode>,
    /// Whether it contains more than this struct can represent.
    pub unclear: bool,
}

/// Reads the usage of a help text.
pub(super) fn read(sections: &[Section<'_>], tool: &str) -> Usage {
    let lines = lines(sections, tool);
    let mut usage = Usage { found: !lines.is_empty(), ..Usage::default() };
    let paths: Vec<Vec<String>> = lines.iter().map(|words| path(words)).collect();
    let listed = sections.iter().any(|section| section.kind == Kind::Commands);
    let differ = paths.iter().any(|path| *path != paths[0]);
    if differ && !listed {
        // docopt lists every form of the call.
        for words in &lines {
            form(words, &mut usage.commands);
        }
        usage.unclear = lines.iter().any(|words| !goes_on(words) && takes_words(words));
        return usage;
    }
    let Some(first) = lines.first() else { return usage };
    usage.path = paths.into_iter().next().unwrap_or_default();
    arguments(&first[usage.path.len()..], &mut usage);
    // A second form may take other arguments.
    usage.unclear |= lines.len() > 1 && !listed && !usage.args.is_empty();
    usage
}

/// The usage lines as words after the program.
fn lines(sections: &[Section<'_>], tool: &str) -> Vec<Vec<String>> {
    let mut found: Vec<String> = Vec::new();
    for section in sections.iter().filter(|section| section.kind == Kind::Usage) {
        let base = section.lines.first().map_or(0, |line| line.indent);
        for line in &section.lines {
            let text = line.text.trim_start_matches("$ ").trim_start_matches("or:").trim_start();
            let starts = calls(text, tool);
            match found.last_mut() {
                // Wrapped.
                Some(last) if !starts => {
                    last.push(' ');
                    last.push_str(text);
                }
                Some(_) if line.indent > base + 8 => {}
                _ => found.push(text.to_owned()),
            }
        }
    }
    if found.is_empty() {
        // Some texts begin with the usage, without a heading.
        let first = sections.first().and_then(|section| section.lines.first());
        found.extend(first.filter(|line| calls(line.text, tool)).map(|line| line.text.to_owned()));
    }
    found.truncate(64);
    found.iter().map(|text| behind_program(text, tool)).collect()
}

fn calls(text: &str, tool: &str) -> bool {
    let mut words = text.split_whitespace().take(4);
    words.any(|word| word.rsplit('/').next() == Some(tool))
}

/// The words after the program, which may be called through another one.
fn behind_program(text: &str, tool: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = columns(text.trim()).0;
    while !rest.is_empty() && words.len() < 200 {
        let (word, after) = token(rest.trim_start_matches([' ', ',']));
        if !word.is_empty() {
            words.push(word.to_owned());
        }
        rest = after.trim_start_matches([' ', ',']);
    }
    let program =
        words.iter().take(4).position(|word| word.rsplit('/').next() == Some(tool)).unwrap_or(0);
    words.split_off((program + 1).min(words.len()))
}

fn path(words: &[String]) -> Vec<String> {
    // `serve|s` has two names.
    let names = words.iter().map(|word| word.split('|').next().unwrap_or(word));
    names.take_while(|word| is_name(word)).map(str::to_owned).collect()
}

/// `ship (new|move) <name>`: the leading words are commands.
fn form(words: &[String], commands: &mut Vec<CommandNode>) {
    let Some((first, rest)) = words.split_first() else { return };
    let inner = first.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(first);
    let names: Vec<&str> = inner.split('|').map(str::trim).collect();
    if !names.iter().all(|name| is_name(name)) {
        return;
    }
    for name in names {
        let at = commands.iter().position(|one| one.name == name).unwrap_or_else(|| {
            // Flags are listed once for all forms.
            commands.push(CommandNode { name: name.to_owned(), ..CommandNode::default() });
            commands.len() - 1
        });
        let node = &mut commands[at];
        let mut below = std::mem::take(&mut node.commands);
        form(rest, &mut below);
        node.commands = below;
        // A word can be wrong only if each form continues with a command.
        node.extra_arguments |= !goes_on(rest);
    }
}

/// Whether a form continues with a command, or with one of several.
fn goes_on(words: &[String]) -> bool {
    words.first().is_some_and(|word| {
        let inner = word.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
        inner.unwrap_or(word).split('|').all(|name| is_name(name.trim()))
    })
}

/// Whether a form contains more than flags.
fn takes_words(words: &[String]) -> bool {
    words.iter().any(|word| !word.starts_with(['-', '|']) && !word.starts_with("[-"))
}

/// Adds the arguments among the words after the command.
fn arguments(words: &[String], usage: &mut Usage) {
    let mut at = 0;
    while let Some(word) = words.get(at) {
        at += 1;
        let next = words.get(at).map_or("", String::as_str);
        let inner = word.trim_end_matches("...").trim_matches(['[', ']', '<', '>']);
        let lower = inner.to_lowercase();
        if word == "--" || word == "[--]" || word.starts_with("[--]") {
            return;
        }
        if word == "..." || word == "[...]" {
            if let Some(last) = usage.args.last_mut() {
                last.variadic = true;
            }
            continue;
        }
        if word.starts_with('-') {
            // A required flag, and its value.
            at += usize::from(next.starts_with('<') || is_shouted(next));
            continue;
        }
        if word.starts_with("[-") || lower.contains("option") || lower.contains("flags") {
            continue;
        }
        if lower.contains("command") || word.starts_with('{') && next == "..." {
            return;
        }
        if word.contains(['(', '|']) && !word.starts_with('{') {
            usage.unclear = true;
            return;
        }
        argument(word, inner, usage);
    }
}

fn argument(word: &str, inner: &str, usage: &mut Usage) {
    let variadic = word.contains("...");
    let name = inner.trim_end_matches("...").trim_matches(['[', ']', '<', '>', ' ', '{', '}']);
    // `FILE [FILE ...]`
    if let Some(last) = usage.args.last_mut().filter(|last| last.name == name) {
        last.variadic = true;
        return;
    }
    let listed = word.starts_with('{') || word.starts_with("[{");
    let choices = if listed {
        name.split(',').map(|one| one.trim().to_owned()).collect()
    } else {
        Vec::new()
    };
    let name = if listed { "value" } else { name };
    let required = !word.starts_with('[');
    usage.args.push(Arg { name: name.to_owned(), required, variadic, choices });
}

fn is_shouted(word: &str) -> bool {
    word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase() || c == '_' || c == '-')
}

/// Completes the arguments of the usage from the list of arguments.
pub(super) fn describe(sections: &[Section<'_>], args: &mut [Arg]) {
    let plain = |name: &str| {
        let name = name.split_whitespace().next().unwrap_or_default();
        name.trim_matches(['[', ']', '<', '>', '.']).to_lowercase()
    };
    for section in sections.iter().filter(|section| section.kind == Kind::Arguments) {
        let mut name = String::new();
        let mut about = String::new();
        for line in &section.lines {
            let (column, text) = columns(line.text);
            if args.iter().any(|arg| plain(&arg.name) == plain(column)) && line.indent <= 8 {
                name = plain(column);
                about = text.to_owned();
            } else {
                about.push('\n');
                about.push_str(line.text);
            }
            let found = choices(&about);
            let arg = args.iter_mut().find(|arg| plain(&arg.name) == name);
            if let Some(arg) = arg.filter(|_| !found.is_empty()) {
                arg.choices = found;
            }
        }
    }
}
