//! Bold text and links that the parser took for text.

use super::{OTHER, Raw, Shown, has_call, is_address, is_apart};

/// `** bold **`, `**Note:**text`, `**bold **text`: two asterisks on both sides of words.
pub fn strong(shown: &Shown<'_>, out: &mut Vec<Raw>) {
    let text = &*shown.text;
    let marks: Vec<usize> = text
        .match_indices("**")
        .map(|(at, _)| at)
        .filter(|at| shown.before(*at) != Some('*') && shown.after(at + 2) != Some('*'))
        .collect();
    let mut at = 0;
    while let [open, close] = marks[at..(at + 2).min(marks.len())] {
        let inner = &text[open + 2..close];
        let words = inner.trim();
        // A quote or a bracket behind a letter that is no CJK cannot begin bold text.
        let quoted =
            inner.starts_with(|c: char| !c.is_ascii() && is_mark(c)) && words.ends_with(is_mark);
        let begins = (is_apart(shown.before(open)) || quoted)
            && !inner.starts_with(['/', '.', '_', ',', ')']);
        let spaced = (inner.starts_with(' '), inner.ends_with(' '));
        // A bare `**` between spaces is an operator, unless it starts the line.
        let led = spaced == (false, false)
            || shown.before(open).is_none_or(|c| c == '\n')
            || (spaced.0 != spaced.1
                && (is_apart(shown.after(close + 2)) || words.ends_with([':', '：'])));
        // `**bold **text`: both could begin bold text, so neither does. `f(**a, **b)` has no words.
        let torn = spaced == (false, true)
            && marks.len() == 2
            && shown.before(open).is_none_or(char::is_whitespace)
            && shown.after(close + 2).is_some_and(char::is_alphabetic)
            && words.chars().all(|c| c.is_alphanumeric() || " -'’:,.!?".contains(c));
        let led = led || torn;
        let ends = torn || is_apart(shown.after(close + 2)) || words.ends_with(is_mark);
        // `**kwargs, **options`
        let list = words.ends_with([',', '(', '/', '|']);
        let worded = words.chars().any(char::is_alphabetic) && !words.contains(['/', '=']);
        if begins && ends && led && worded && !list && !words.contains('\n') {
            let mut found = Raw::new(open..close + 2);
            if spaced != (false, false) && !words.contains(OTHER) {
                // The spaces move out, unless there are some already.
                let wordy = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
                let left = if spaced.0 && wordy(shown.before(open)) { " " } else { "" };
                let right = if spaced.1 && wordy(shown.after(close + 2)) { " " } else { "" };
                found.edit = Some((open..close + 2, format!("{left}**{words}**{right}")));
            }
            out.push(found);
            at += 2;
        } else {
            at += 1;
        }
    }
}

/// `__bold __`, `__ bold__`: a space at one of the ends. Names like `__init__` have none.
pub fn underscores(shown: &Shown<'_>, out: &mut Vec<Raw>) {
    let text = &*shown.text;
    let mut done = 0;
    for (open, _) in text.match_indices("__") {
        let ends = |at: usize| [shown.before(at), shown.after(at + 2)].contains(&Some('_'));
        if open < done || ends(open) || !is_apart(shown.before(open)) {
            continue;
        }
        let Some(len) = shown.ahead(open + 2).find("__") else { continue };
        let close = open + 2 + len;
        let inner = &text[open + 2..close];
        let words = inner.trim();
        let spaced = (inner.starts_with(' '), inner.ends_with(' '));
        let worded = words.chars().filter(|c| c.is_alphabetic()).count() > 2;
        let plain = worded && !words.contains(['_', '/', '=', '(', ',', '\n', OTHER]);
        if plain && spaced.0 != spaced.1 && !ends(close) && is_apart(shown.after(close + 2)) {
            let mut found = Raw::new(open..close + 2);
            let wordy = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
            let left = if spaced.0 && wordy(shown.before(open)) { " " } else { "" };
            let right = if spaced.1 && wordy(shown.after(close + 2)) { " " } else { "" };
            found.edit = Some((open..close + 2, format!("{left}__{words}__{right}")));
            out.push(found);
            done = close + 2;
        }
    }
}

/// `__bold**`, `**bold__`, `__**bold**`: bold text that begins with other marks than it ends with.
pub fn mixed(shown: &Shown<'_>, out: &mut Vec<Raw>) {
    let text = &*shown.text;
    for (mark, other) in [("__", "**"), ("**", "__")] {
        let mut done = 0;
        for (open, _) in text.match_indices(mark) {
            let from = open + mark.len();
            let beside = [shown.before(open), shown.after(from)];
            if open < done
                || beside.iter().any(|c| matches!(c, Some('_' | '*' | '/' | '\\' | OTHER)))
            {
                continue;
            }
            let apart = is_apart(shown.before(open));
            let source = &shown.source[shown.place(open)..];
            if mark == "__" && apart && source.starts_with("__**") {
                let edit = Some((open..from, String::new()));
                out.push(Raw { edit, ..Raw::new(open..from) });
                continue;
            }
            let Some(len) = shown.ahead(from).find(['_', '*', '\n', OTHER]) else { continue };
            let close = from + len;
            let end = close + other.len();
            let words = &text[from..close];
            let worded = words.chars().filter(|c| c.is_alphabetic()).count() > 2
                && !words.contains(['/', '=', '(', ',', '{', '"'])
                && words.trim() == words;
            let closes = text[close..].starts_with(other)
                && !matches!(shown.after(end), Some('_' | '*' | '/'))
                && (other == "**" || is_apart(shown.after(end)));
            if apart && worded && closes {
                let edit = Some((open..end, format!("**{words}**")));
                out.push(Raw { edit, ..Raw::new(open..end) });
                done = end;
            }
        }
    }
}

/// `text^[A note.]`: a note of several words, behind a word.
pub fn note(shown: &Shown<'_>, out: &mut Vec<Raw>) {
    let text = &*shown.text;
    for (at, _) in text.match_indices("^[") {
        let Some(len) = shown.ahead(at + 2).find([']', '[', OTHER]) else { continue };
        let inside = &text[at + 2..at + 2 + len];
        let behind =
            shown.before(at).is_some_and(|c| c.is_alphanumeric() || ".,;:!?)\"”’".contains(c));
        let begins = inside.starts_with(char::is_alphabetic);
        let words = inside.split_whitespace().filter(|word| word.chars().all(char::is_alphabetic));
        if behind && begins && text[at + 2 + len..].starts_with(']') && words.count() > 1 {
            out.push(Raw::new(at..at + len + 3));
        }
    }
}

fn is_mark(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace() && c != OTHER
}

/// `[text](a b.md)`
pub fn space_in_address(shown: &Shown<'_>, out: &mut Vec<Raw>) {
    let text = &*shown.text;
    for (middle, _) in text.match_indices("](") {
        let Some(open) = shown.last_before(middle, '[') else { continue };
        let from = middle + 2;
        let Some(len) = shown.ahead(from).find([')', '\n']) else { continue };
        let inside = &text[from..from + len];
        if !text[from + len..].starts_with(')')
            || inside.contains(['<', OTHER, '('])
            || has_call(inside)
        {
            continue;
        }
        let address = inside.find([' ', '\t']).map(|_| titled(inside));
        let Some(address) = address.filter(|address| address.contains(' ')) else { continue };
        if !is_address(address) || address.starts_with('#') && !address.contains('-') {
            continue;
        }
        let start = if text[..open].ends_with('!') { open - 1 } else { open };
        let mut found = Raw::new(start..from + len + 1);
        found.edit = Some((from..from + address.len(), format!("<{address}>")));
        found.is_safe = true;
        out.push(found);
    }
}

/// The address without the title after it.
fn titled(inside: &str) -> &str {
    let address = inside.trim_end();
    let quote = address.strip_suffix('"').and_then(|rest| rest.rfind(" \""));
    quote.map_or(address, |at| address[..at].trim_end())
}

/// `[text] (address)`
pub fn torn_link(shown: &Shown<'_>, out: &mut Vec<Raw>) {
    let text = &*shown.text;
    for (close, _) in text.match_indices(']') {
        let behind = shown.ahead(close + 1);
        let gap = behind.len() - behind.trim_start_matches([' ', '\n']).len();
        let from = close + 1 + gap;
        if gap == 0 || gap > 2 || !text[from..].starts_with('(') {
            continue;
        }
        let Some(open) = shown.last_before(close, '[') else { continue };
        let Some(len) = shown.ahead(from).find(')') else { continue };
        let (name, address) = (&text[open + 1..close], &text[from + 1..from + len]);
        let named = name.chars().filter(|c| c.is_alphabetic()).count() > 1;
        let plain = !address.contains([' ', '\n', OTHER, '(']) && is_address(address);
        let apart = !shown.before(open).is_some_and(|c| c.is_alphanumeric() || "])\\".contains(c));
        if named && plain && apart && !name.contains(OTHER) {
            let start = if text[..open].ends_with('!') { open - 1 } else { open };
            let mut found = Raw::new(start..from + len + 1);
            found.edit = Some((close + 1..from, String::new()));
            out.push(found);
        }
    }
}

/// `(text)[address]`
pub fn reversed_link(shown: &Shown<'_>, out: &mut Vec<Raw>) {
    let text = &*shown.text;
    for (middle, _) in text.match_indices(")[") {
        let Some(open) = shown.last_before(middle, '(') else { continue };
        let Some(len) = shown.ahead(middle + 2).find([']', '\n']) else { continue };
        let close = middle + 2 + len;
        let (name, address) = (&text[open + 1..middle], &text[middle + 2..close]);
        let plain = is_address(address) && !address.contains([' ', OTHER, '[']);
        let called = shown.before(open).is_some_and(|c| c.is_alphanumeric() || c == ']');
        if !text[close..].starts_with(']') || !plain || called || name.trim().is_empty() {
            continue;
        }
        if text[close + 1..].starts_with(['(', '[']) {
            continue;
        }
        let mut found = Raw::new(open..close + 1);
        if !name.contains([OTHER, '\n']) {
            found.edit = Some((open..close + 1, format!("[{name}]({address})")));
            found.is_safe = true;
        }
        out.push(found);
    }
}

/// `[text with a [link](address)](address)`: the address behind what is no link text.
pub fn nested_link(shown: &Shown<'_>, out: &mut Vec<Raw>) {
    let text = &*shown.text;
    for (middle, _) in text.match_indices("](") {
        let from = middle + 2;
        let Some(len) = shown.ahead(from).find([')', '\n', ' ', OTHER]) else { continue };
        let closed = text[from + len..].starts_with(')');
        if closed && is_address(&text[from..from + len]) {
            out.push(Raw::new(middle..from + len + 1));
        }
    }
}
