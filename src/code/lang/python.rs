//! Python: files, parts of files, console sessions, cells of notebooks.

use super::program::{Program, Shape};
use super::{
    Comments, Content, Family, Fault, Judgement, Language, NearMiss, Strings, Verdict, fill,
    script, templates,
};
use crate::source::Span;
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};

pub(super) static LANGUAGE: Language = Language {
    family: Family::Program,
    comments: Comments::HASH,
    strings: Some(Strings::PLAIN),
    holds_markup: false,
    closes_brackets: true,
    near_miss: Some(NearMiss::WORDS),
    mistaken_for: &["bash"],
    judge: Some(judge),
    ..Language::new(&[
        "python",
        "py",
        "python3",
        "py3",
        "pycon",
        "python-repl",
        "ipython",
        "ipython3",
        "pyi",
    ])
};

/// The parts of files that are accepted: a body, signatures, dictionary entries, arguments,
/// branches.
const SHAPES: &[Shape] = &[
    Shape::new("if 1:\n", "\n"),
    Shape::new("", ": ..."),
    Shape::new("", "\n ..."),
    Shape::new("", "\n        ..."),
    Shape::new("", "\ndef f(): ..."),
    Shape::new("{", "\n}"),
    Shape::new("f(", "\n)"),
    Shape::new("[", "\n]"),
    Shape::new("def f(", "\n): ..."),
    Shape::new("if 1:\n pass\n", "\n"),
    Shape::new("try:\n pass\n", "\n"),
    Shape::new("try:\n", "\nfinally: ..."),
    Shape::new("def ", ": ..."),
];

fn judge(text: &str) -> Judgement {
    let program = Program { parse: &parse, shapes: SHAPES, fill: filled };
    // The text after `%%` is in another language.
    if text.trim_start().starts_with("%%") {
        return Judgement::new(Verdict::Fragment, Content::Opaque);
    }
    if let Some(parts) = session(text) {
        // Each input of a session is parsed as a file, indented by the width of its prompt.
        for part in &parts {
            let mut judgement = program.judge(part);
            for fault in &mut judgement.faults {
                fault.span = fault.span.clamped(text);
            }
            if matches!(judgement.verdict, Verdict::Broken | Verdict::NotChecked(_)) {
                return judgement;
            }
        }
        return Judgement::new(Verdict::Valid, Content::Opaque);
    }
    let judgement = program.judge(text);
    if judgement.verdict == Verdict::Broken && script::is_only_commands(text) {
        return Judgement::new(Verdict::Mislabelled("bash"), Content::Opaque);
    }
    judgement
}

/// The first fault.
fn parse(text: &str) -> Option<Fault> {
    let parsed = parse_unchecked(text, ParseOptions::from(Mode::Module));
    let error = parsed.errors().first()?;
    let span = Span::new(error.location.start().to_usize(), error.location.end().to_usize());
    Some(Fault::new(span.clamped(text), message(&error.error.to_string())))
}

fn message(said: &str) -> String {
    let said = said.trim_end_matches('.');
    let mut chars = said.chars();
    chars.next().map_or(String::new(), |first| first.to_lowercase().chain(chars).collect())
}

/// The inputs of a console session, each with everything else blanked, if the block is one.
fn session(text: &str) -> Option<Vec<String>> {
    let mut parts: Vec<String> = Vec::new();
    let mut at = 0;
    let mut open = false;
    for line in text.split_inclusive('\n') {
        let words = line.trim_start();
        let begins = prompt(words);
        let goes_on = open
            && (words.starts_with("... ")
                || words.trim_end() == "..."
                || words.starts_with("...: "));
        if let Some(len) = begins {
            let len = len + line.len() - words.len();
            // Offsets stay the same: all lines before are blank, and the prompt becomes
            // indentation.
            parts.push(blank(&text[..at]) + &" ".repeat(len) + &line[len..]);
            open = true;
        } else if goes_on {
            let part = parts.last_mut()?;
            let dots = line.len() - words.len();
            let len = (dots + words.find(' ').map_or(words.trim_end().len(), |at| at + 1))
                .min(line.len());
            part.push_str(&" ".repeat(len));
            part.push_str(&line[len..]);
        } else {
            open = false;
        }
        at += line.len();
    }
    (!parts.is_empty()).then_some(parts)
}

/// The length of `>>> ` or `In [1]: `.
fn prompt(line: &str) -> Option<usize> {
    if line.starts_with(">>> ") {
        return Some(4);
    }
    if line.trim_end() == ">>>" {
        return Some(3);
    }
    let rest = line.strip_prefix("In [")?;
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    rest[digits..].starts_with("]: ").then_some(4 + digits + 3)
}

fn blank(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    fill(&mut bytes, Span::new(0, text.len()), b' ');
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The text without `...` where Python allows no expression, and with bodies where only a comment
/// is.
fn filled(text: &str) -> String {
    let mut bytes = text.replace('…', "...").into_bytes();
    for span in templates(text) {
        if !text[span.start..span.end].contains('\n') {
            let tag = text[span.start..].starts_with("{%");
            fill(&mut bytes, span, if tag { b' ' } else { b'x' });
        }
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let mut at = 0;
    while let Some(step) = text[at..].find("...") {
        let span = Span::new(at + step, at + step + 3);
        at = span.end;
        let before = text[..span.start].trim_end().chars().next_back();
        let behind = text[span.end..].trim_start();
        let space = text[span.end..].len() - behind.len();
        let opens = matches!(before, Some('(' | '[' | '{' | ','));
        if opens && behind.starts_with([')', ']', '}']) {
            fill(&mut bytes, span, b' ');
        } else if opens && behind.starts_with(',') {
            fill(&mut bytes, Span::new(span.start, span.end + space + 1), b' ');
        } else if opens && text[span.end..].trim_start_matches(' ').starts_with('\n')
            || before.is_some_and(|c| c.is_alphanumeric() || matches!(c, ')' | ']' | '"' | '\''))
                && !text[..span.start].trim_end_matches(' ').ends_with('\n')
            || behind.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '\''))
                && !text[span.end..].trim_start_matches(' ').starts_with('\n')
        {
            fill(&mut bytes, span, b' ');
        }
    }
    placeholders(&text, &mut bytes);
    commands(&text, &mut bytes);
    bodies(&text, &mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Fills placeholders such as `<your token>` with names.
fn placeholders(text: &str, bytes: &mut [u8]) {
    let mut at = 0;
    while let Some(step) = text[at..].find('<') {
        let start = at + step;
        at = start + 1;
        let line = text[start..].lines().next().unwrap_or("");
        let Some(close) = line.find('>') else { continue };
        let inner = &line[1..close];
        let name = inner.starts_with(char::is_alphabetic)
            && inner.chars().all(|c| c.is_alphanumeric() || " _-./'".contains(c));
        let before = text[..start].trim_end().chars().next_back();
        // `a <b> c` is a comparison in Python, but not to people.
        let word = name && !inner.contains(' ') && text[..start].ends_with([' ', '.']);
        if name && matches!(before, Some('=' | '(' | ',' | '[' | ':' | '{')) || word {
            at = start + close + 1;
            fill(bytes, Span::new(start, at), b'x');
        }
    }
}

/// Blanks lines for the shell or for the notebook itself: `!ls`, `%time x`, `x?`.
fn commands(text: &str, bytes: &mut [u8]) {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        let letter = words.chars().nth(1).is_some_and(|c| c.is_alphabetic() || "%!{".contains(c));
        let command = words.starts_with(['%', '!', '?']) && letter;
        if command || words.ends_with('?') && !words.starts_with('#') {
            fill(bytes, Span::new(at, at + line.len()), b' ');
        } else if let Some(mark) = line.find("= !") {
            fill(bytes, Span::new(at + mark + 2, at + line.trim_end().len()), b'x');
        }
        at += line.len();
    }
}

/// Fills bodies that consist of a comment such as `# ...`.
fn bodies(text: &str, bytes: &mut [u8]) {
    let mut opened = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        if opened && words.len() >= 3 && words.starts_with('#') {
            let start = at + line.len() - line.trim_start().len();
            fill(bytes, Span::new(start, start + words.len()), b' ');
            bytes[start..start + 3].copy_from_slice(b"...");
        }
        if !words.is_empty() {
            opened = words.ends_with(':') || opened && words.starts_with('#') && words.len() < 3;
        }
        at += line.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Verdict::*;

    #[test]
    fn verdicts() {
        let cases = [
            ("def f(a: int) -> str:\n    return f\"{a!r:>{10}}\"\n", Valid),
            ("return 1\nawait x\n", Valid),
            ("    a = 1\n    b = 2\n", Fragment),
            ("def f(a: int) -> str\n", Fragment),
            ("def f(a: int) -> str:\n", Fragment),
            ("@decorator(1)\n", Fragment),
            ("\"a\": 1,\n\"b\": 2,\n", Fragment),
            ("except ValueError:\n    pass\n", Fragment),
            ("def f(...):\n    # yours\n\nx = 1\n", Elision),
            ("f(a=1, ...)\nx = {\"a\": 1, ...}\n", Elision),
            ("x = [1, ..., 2]\n", Valid),
            ("token = <your token>\n", Elision),
            ("%load_ext x\n!pip install y\nz = 1\n", Elision),
            ("%%bash\nls -l | (\n", Fragment),
            (">>> a = 1\n>>> for b in c:\n...     d(b)\n...\nit's output (\n", Valid),
            (">>> a = (1\noutput\n", Broken),
            ("In [1]: a\nOut[1]: 1 (\n", Valid),
            ("f(a b)\n", Broken),
            ("x = {\"a\": 1 \"b\": 2}\n", Broken),
            ("x = 'a\n", Broken),
            ("if a:\nb = 1\n", Broken),
            ("f(a=1, ...\n", Elision),
            ("f(a=1, b c\n", Broken),
        ];
        crate::lang::testing::verdicts(|text| judge(text).verdict, cases);
        let fault = &judge("# ü\n>>> f(a b)\n").faults[0];
        assert_eq!(fault.span.start, 13);
    }
}
