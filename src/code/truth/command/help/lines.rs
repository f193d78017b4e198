//! Splits a help text into sections of lines.

/// A line without its indentation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    pub indent: usize,
    pub text: &'a str,
}

/// What a section is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Usage,
    Commands,
    Flags,
    Arguments,
    Aliases,
    /// Examples, environment variables, topics: neither commands nor flags.
    Ignored,
    /// Anything else; groups of flags have titles of their own.
    Other,
}

/// Lines under one heading, without blank ones.
#[derive(Debug)]
pub(super) struct Section<'a> {
    pub kind: Kind,
    pub lines: Vec<Line<'a>>,
}

/// The text without colours, overstrikes, tabs and boxes.
pub(super) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\u{1b}' => {
                // `ESC [ 1 m`
                if chars.next_if_eq(&'[').is_some() {
                    chars.by_ref().find(char::is_ascii_alphabetic);
                }
            }
            '\u{8}' => drop(out.pop()),
            '\t' => out.push_str("    "),
            '\r' => {}
            c => out.push(c),
        }
    }
    if !out.contains(['│', '┃', '╭', '┌']) {
        return out;
    }
    out.lines().map(|line| unboxed(line) + "\n").collect()
}

/// A line of a drawn box as plain text: the title becomes a heading, the columns are kept.
fn unboxed(line: &str) -> String {
    let text = line.trim();
    if text.starts_with(['╭', '┌', '╰', '└', '├']) {
        let title = text.trim_matches(|c: char| !c.is_alphanumeric());
        return if title.is_empty() { String::new() } else { format!("{title}:") };
    }
    let Some(inner) = text.strip_prefix(['│', '┃']) else { return line.to_owned() };
    let inner = inner.trim_end_matches(['│', '┃']).trim().trim_start_matches("* ").trim_start();
    // `--name  -n  TEXT  The name`: the names and the type are one column.
    let mut parts = inner.split("  ").map(str::trim).filter(|part| !part.is_empty()).peekable();
    let mut names: Vec<&str> = Vec::new();
    while let Some(part) = parts.next_if(|part| {
        let typed = part.starts_with(['[', '<']) && !part.contains(' ')
            || part.chars().all(|c| c.is_ascii_uppercase() || c == ' ' || c == '_');
        part.starts_with('-') || inner.starts_with('-') && typed
    }) {
        names.push(part);
    }
    let rest: Vec<&str> = parts.collect();
    if names.is_empty() {
        format!("  {}", rest.join("  "))
    } else {
        format!("  {}  {}", names.join(" "), rest.join(" "))
    }
}

/// The sections of a cleaned text.
pub(super) fn sections(text: &str) -> Vec<Section<'_>> {
    let mut sections = vec![Section { kind: Kind::Other, lines: Vec::new() }];
    for raw in text.lines() {
        let text = raw.trim();
        let indent = raw.len() - raw.trim_start().len();
        if text.is_empty() {
            // In some texts prose follows the usage, with the same indentation.
            let open = sections
                .last()
                .is_some_and(|last| last.kind == Kind::Usage && !last.lines.is_empty());
            if open {
                sections.push(Section { kind: Kind::Other, lines: Vec::new() });
            }
            continue;
        }
        if let Some((kind, rest)) = heading(text, indent) {
            sections.push(Section { kind, lines: Vec::new() });
            if rest.is_empty() {
                continue;
            }
            push(&mut sections, Line { indent: indent + 1, text: rest });
            continue;
        }
        // A paragraph of prose at the margin ends what came before it.
        let last = sections.last().map_or(Kind::Other, |section| section.kind);
        if indent == 0
            && matches!(last, Kind::Usage | Kind::Commands | Kind::Arguments | Kind::Aliases)
        {
            sections.push(Section { kind: Kind::Other, lines: Vec::new() });
        }
        push(&mut sections, Line { indent, text });
    }
    sections
}

fn push<'a>(sections: &mut [Section<'a>], line: Line<'a>) {
    if let Some(section) = sections.last_mut() {
        section.lines.push(line);
    }
}

/// The kind of section that a line opens, and the text after the colon.
fn heading(text: &str, indent: usize) -> Option<(Kind, &str)> {
    if indent > 2 || text.starts_with('-') {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    if lower.starts_with("usage of ") {
        return Some((Kind::Flags, ""));
    }
    if lower.starts_with("usage:") {
        return Some((Kind::Usage, text["usage:".len()..].trim()));
    }
    let title = text.trim_end_matches(':');
    let colon = title.len() < text.len();
    let shouted = text.len() >= 4
        && text.chars().all(|c| c.is_ascii_uppercase() || c == ' ')
        && text.split(' ').count() <= 4;
    let bare = matches!(
        lower.as_str(),
        "usage" | "options" | "flags" | "commands" | "subcommands" | "arguments" | "global options"
    );
    let short = title.split_whitespace().count() <= 8 && indent <= 1;
    ((colon && short) || (shouted && indent == 0) || bare).then(|| (kind(title), ""))
}

fn kind(title: &str) -> Kind {
    let title = title.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
    if has(&["example", "environment", "learn more", "topic", "see also", "exit", "note"]) {
        Kind::Ignored
    } else if has(&["usage", "synopsis"]) {
        Kind::Usage
    } else if has(&["alias"]) {
        Kind::Aliases
    } else if has(&["command"]) {
        Kind::Commands
    } else if has(&["option", "flag", "switch"]) {
        Kind::Flags
    } else if has(&["argument", "positional", "parameter"]) {
        Kind::Arguments
    } else {
        Kind::Other
    }
}
