//! Flags: `-p, --port <PORT>  Port to listen on [default: 80] [possible values: 80, 81]`.

use super::lines::{Kind, Line, Section};
use crate::truth::command::{Flag, FlagValue};

/// The largest indentation of an entry; lines that are indented more are text.
const MAX_INDENT: usize = 8;

/// All flags of a help text, in order.
pub(super) fn read(sections: &[Section<'_>]) -> Vec<Flag> {
    let mut entries: Vec<(String, String)> = Vec::new();
    for section in sections {
        if matches!(section.kind, Kind::Usage | Kind::Ignored | Kind::Aliases) {
            continue;
        }
        let mut open = false;
        for line in &section.lines {
            if is_entry(line) {
                let (names, about) = columns(line.text);
                entries.push((names.to_owned(), about.to_owned()));
                open = true;
            } else if let Some((_, about)) = entries.last_mut().filter(|_| open) {
                about.push('\n');
                about.push_str(line.text);
            }
        }
    }
    // If some flags are marked as switches, those without a mark may take a value.
    let typed = entries.iter().any(|(_, about)| about.contains("[boolean]"));
    let mut flags: Vec<Flag> = Vec::new();
    for (names, about) in &entries {
        let Some(flag) = flag(names, about, typed) else { continue };
        let same = |known: &Flag| known.long == flag.long && known.short == flag.short;
        if !is_standard(&flag) && !flags.iter().any(same) {
            flags.push(flag);
        }
    }
    flags
}

fn is_entry(line: &Line<'_>) -> bool {
    let name = line.text.trim_start_matches('-');
    let dashes = line.text.len() - name.len();
    (1..=MAX_INDENT).contains(&line.indent)
        && (1..=2).contains(&dashes)
        && name.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[' && dashes == 2)
}

/// The two columns of an entry, name and description, which two spaces separate.
pub(super) fn columns(text: &str) -> (&str, &str) {
    let (names, about) = text.split_once("  ").unwrap_or((text, ""));
    (names, about.trim_start())
}

/// `-h`, `--help`, `-V` and `--version` need not be listed.
fn is_standard(flag: &Flag) -> bool {
    flag.long.iter().all(|long| matches!(long.as_str(), "--help" | "--version"))
        && flag.short.iter().all(|short| matches!(short, 'h' | 'V'))
}

fn flag(names: &str, about: &str, typed: bool) -> Option<Flag> {
    let mut flag = Flag { global: true, ..Flag::default() };
    let mut rest = names;
    loop {
        rest = rest.trim_start_matches([' ', ',', '|', '/']);
        rest = rest.strip_prefix("or ").unwrap_or(rest).trim_start();
        if !rest.starts_with('-') {
            break;
        }
        rest = name(rest, &mut flag);
        rest = value(rest, &mut flag);
    }
    if flag.long.is_empty() && flag.short.is_empty() {
        return None;
    }
    if flag.value == FlagValue::None {
        flag.value = told_value(about, typed);
    }
    if flag.choices.is_empty() && flag.value != FlagValue::None {
        flag.choices = choices(about);
    }
    Some(flag)
}

/// Reads one name, and returns the text after it.
fn name<'a>(text: &'a str, flag: &mut Flag) -> &'a str {
    let (dashes, after) = match text.strip_prefix("--[no-]") {
        Some(after) => {
            flag.negate = true;
            ("--", after)
        }
        None => text.split_at(text.len() - text.trim_start_matches('-').len()),
    };
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    let end = after.find(|c| !word(c)).unwrap_or(after.len());
    let letters = after[..end].trim_end_matches(['.', ':']);
    let mut each = letters.chars();
    match (dashes, each.next(), each.next()) {
        (_, None, _) => {}
        ("-", Some(letter), None) => flag.short.push(letter),
        // The flag package of Go accepts one dash or two.
        ("-", Some(_), Some(_)) => {
            flag.long.extend([format!("--{letters}"), format!("-{letters}")]);
        }
        _ => flag.long.push(format!("--{letters}")),
    }
    &after[end..]
}

/// Reads the placeholder of the value, if there is one, and returns the text after it.
fn value<'a>(text: &'a str, flag: &mut Flag) -> &'a str {
    let direct = text.starts_with(['=', '[', '<', '{']);
    let Some(rest) = (if direct { Some(text) } else { text.strip_prefix(' ') }) else {
        return text;
    };
    let optional = rest.starts_with("[=");
    let rest = rest.strip_prefix('=').unwrap_or(rest);
    let (word, mut after) = token(rest);
    let last = after.trim().is_empty() || after.starts_with(',');
    let equals = direct && text.starts_with('=');
    if !(equals || optional || stands_for_value(word, last)) {
        return text;
    }
    let inner = word.trim_matches(['<', '>', '[', ']', '{', '}', '=']);
    let options =
        word.starts_with('[') && word.ends_with(']') && !inner.contains('|') || word.contains("[=");
    flag.value = if options { FlagValue::Optional } else { FlagValue::Required };
    flag.variadic |= word.contains("...") || matches!(inner, "strings" | "stringArray" | "ints");
    if word.starts_with(['[', '{']) && inner.contains(['|', ',']) && !optional {
        let split = inner.split(['|', ',']).map(str::trim).filter(|one| !one.is_empty());
        flag.choices = split.map(str::to_owned).collect();
        flag.value = FlagValue::Required;
    }
    // `INTEGER RANGE`, `FILE [FILE ...]`, `<FILE> ...`
    while let Some(more) = after.strip_prefix(' ') {
        let (word, behind) = token(more);
        let shouted = word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase() || c == '_');
        // `FILE [FILE ...]`, `<NAME> <VALUE>`
        let repeats = word.contains("...") && (word.starts_with('[') || word == "...")
            || word.starts_with('<');
        if !shouted && !repeats {
            break;
        }
        flag.variadic |= repeats;
        after = behind;
    }
    after
}

/// Whether a word after a flag is a placeholder for its value. A plain word is one if it ends the
/// column.
fn stands_for_value(word: &str, last: bool) -> bool {
    if word.starts_with(['<', '{']) {
        return true;
    }
    if word.starts_with('[') {
        return !word.starts_with("[-");
    }
    let shouted = word.len() > 1 || last;
    let plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || "_-=:.|,/[]".contains(c);
    let upper = word.starts_with(|c: char| c.is_ascii_uppercase()) && word.chars().all(plain);
    let lower =
        word.starts_with(|c: char| c.is_ascii_alphabetic()) && !word.ends_with('.') && word != "or";
    upper && shouted || lower && last
}

/// The next word, or the next brackets as a whole, and the text after it.
pub(super) fn token(text: &str) -> (&str, &str) {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '<' | '[' | '{' | '(' => depth += 1,
            '>' | ']' | '}' | ')' => depth = depth.saturating_sub(1),
            ' ' | ',' if depth == 0 => return text.split_at(at),
            _ => {}
        }
    }
    (text, "")
}

/// Whether the description of a flag says that it takes a value: `[number]` at its end.
fn told_value(about: &str, typed: bool) -> FlagValue {
    let has = |kinds: &[&str]| kinds.iter().any(|kind| about.contains(kind));
    if has(&["[string]", "[number]", "[array]"]) {
        FlagValue::Required
    } else if typed && !has(&["[boolean]", "[count]"]) {
        FlagValue::Optional
    } else {
        FlagValue::None
    }
}

/// The values that the description lists as the only ones.
pub(super) fn choices(about: &str) -> Vec<String> {
    for (open, close) in [("[possible values: ", ']'), ("(choices: ", ')'), ("[choices: ", ']')] {
        let Some((_, rest)) = about.split_once(open) else { continue };
        let end = if open.starts_with('(') { rest.find([close, ';']) } else { rest.find(close) };
        let list = rest[..end.unwrap_or(rest.len())].split(',');
        let list = list.map(|one| {
            // `(choices: "a", "b", default: "a")`
            one.trim().trim_matches(['"', '\'']).to_owned()
        });
        return list.filter(|one| !one.is_empty() && !one.starts_with("default: ")).collect();
    }
    let Some((_, rest)) = about.split_once("Possible values:\n") else { return Vec::new() };
    let items = rest.lines().map_while(|line| line.strip_prefix("- "));
    items.map(|item| item.split(':').next().unwrap_or(item).trim().to_owned()).collect()
}
