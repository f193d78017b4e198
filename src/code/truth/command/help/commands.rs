//! Lists of commands: `  serve, s  Answer requests`.

use super::flags::{columns, token};
use super::lines::{Kind, Line, Section};
use super::stub;
use crate::truth::command::CommandNode;

/// The commands that a help text lists, in order.
pub(super) fn read(sections: &[Section<'_>], tool: &str, path: &[String]) -> Vec<CommandNode> {
    let mut found: Vec<CommandNode> = Vec::new();
    for section in sections {
        match section.kind {
            Kind::Commands => {
                let base = section.lines.iter().map(|line| line.indent).min().unwrap_or(0);
                let set = braced(&section.lines);
                // `{serve,build}` with the commands indented below it.
                let own = |line: &&Line<'_>| line.indent == base;
                if set.is_empty() {
                    let lines = section.lines.iter().filter(own);
                    found.extend(lines.filter_map(|line| entry(line.text, tool, path)));
                } else {
                    found.extend(listed(&section.lines, &set));
                }
            }
            Kind::Arguments | Kind::Other => {
                let set = braced(&section.lines);
                found.extend(listed(&section.lines, &set));
            }
            _ => {}
        }
    }
    let mut names: Vec<String> = Vec::new();
    found.retain(|one| {
        let new = !names.contains(&one.name) && one.name != "help";
        names.push(one.name.clone());
        new
    });
    found
}

/// The names in a `{serve,build}` that opens a list.
fn braced<'a>(lines: &[Line<'a>]) -> Vec<&'a str> {
    let open = lines.iter().find(|line| line.text.starts_with('{'));
    let inner = open.and_then(|line| line.text[1..].split_once('}')).map_or("", |(inner, _)| inner);
    inner.split(',').map(str::trim).filter(|name| !name.is_empty()).collect()
}

/// The entries below a `{serve,build}`: `serve (s)  Answer requests`.
fn listed(lines: &[Line<'_>], set: &[&str]) -> Vec<CommandNode> {
    let Some(open) = lines.iter().position(|line| line.text.starts_with('{')) else {
        return Vec::new();
    };
    let (base, mut inside) = (lines[open].indent, None);
    let mut found = Vec::new();
    for line in &lines[open + 1..] {
        if line.indent <= base {
            break;
        }
        let (names, _) = columns(line.text);
        let name = names.split([' ', '(']).next().unwrap_or(names);
        if *inside.get_or_insert(line.indent) != line.indent || !set.contains(&name) {
            continue;
        }
        let mut node = stub(name);
        if let Some((_, others)) = names.split_once('(') {
            let others = others.trim_end_matches(')').split(',').map(str::trim);
            node.aliases = others.filter(|one| is_name(one)).map(str::to_owned).collect();
        }
        found.push(node);
    }
    found
}

/// The command of one line of a list; `None` for prose.
fn entry(text: &str, tool: &str, path: &[String]) -> Option<CommandNode> {
    let (mut names, about) = columns(text);
    // Some lists repeat the program and the commands above.
    if let Some(rest) = names.strip_prefix(tool).and_then(|rest| rest.strip_prefix(' ')) {
        names = rest;
        for word in path {
            names = names.strip_prefix(word.as_str())?.strip_prefix(' ')?;
        }
    }
    let (first, mut rest) = token(names);
    let mut words: Vec<&str> = first.trim_end_matches([':', '*']).split('|').collect();
    while let Some(more) = rest.strip_prefix(", ") {
        let (word, behind) = token(more);
        words.push(word);
        rest = behind;
    }
    let mut tail = rest.split_whitespace();
    let arguments = tail.all(|word| {
        word.starts_with(['[', '<', '{', '(', '.'])
            || !word.contains(|c: char| c.is_lowercase())
            || word.ends_with([']', '>'])
    });
    if !arguments || !words.iter().all(|word| is_name(word)) {
        return None;
    }
    let mut node = stub(words[0]);
    node.aliases = words[1..].iter().map(|&word| word.to_owned()).collect();
    for open in ["[aliases: ", "[alias: ", "(aliases: "] {
        let Some((_, list)) = about.split_once(open) else { continue };
        let list = list.split([']', ')']).next().unwrap_or(list).split(',').map(str::trim);
        node.aliases.extend(list.filter(|one| is_name(one)).map(str::to_owned));
    }
    Some(node)
}

/// Whether a word can be the name of a command.
pub(super) fn is_name(word: &str) -> bool {
    let plain = |c: char| {
        c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | ':' | '.')
    };
    word.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && word.chars().all(plain)
}
