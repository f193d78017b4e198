//! Rust: files, items, statements, expressions, and lines hidden by mdBook and rustdoc.

use super::program::{Program, Shape, c_like, opens_only};
use super::{
    Comments, Content, Family, Fault, Judgement, Language, NearMiss, Strings, Verdict, fill,
};
use crate::source::Span;
use proc_macro2::extra::invalidate_current_thread_spans;

pub(super) static LANGUAGE: Language = Language {
    family: Family::Program,
    comments: Comments::SLASHES,
    strings: Some(Strings::PLAIN),
    has_directives: true,
    holds_markup: false,
    closes_brackets: true,
    near_miss: Some(NearMiss::WORDS_WITHOUT_COLON),
    rustdoc_label: Some("rust"),
    judge: Some(judge),
    ..Language::new(&["rust", "rs"])
};

/// The parts of files that are accepted: function bodies, trait members, match arms, fields,
/// values, types.
const SHAPES: &[Shape] = &[
    Shape::when("", "\n}", opens_only),
    Shape::new("fn f() {", "\n}"),
    Shape::when("fn f() { x", "\n}", |text| text.trim_start().starts_with('.')),
    Shape::new("trait X {", "\n}"),
    Shape::new("impl X {", "\n}"),
    Shape::new("fn f() { match x {", "\n} }"),
    Shape::new("struct X {", "\n}"),
    Shape::new("enum X {", "\n}"),
    Shape::new("fn f() { X {", "\n} }"),
    Shape::new("fn f() { f(", "\n) }"),
    Shape::new("fn f() { [", "\n] }"),
    Shape::new("type X = ", "\n;"),
    Shape::new("trait X {", "\n;}"),
    Shape::new("", "\nstruct X;"),
    Shape::new("extern \"C\" {", "\n}"),
    Shape::new("fn f() { let ", "\n= x; }"),
];

fn judge(text: &str) -> Judgement {
    let shown = without_marks(text);
    let program = Program { parse: &parse, shapes: SHAPES, fill: c_like };
    let mut judgement = program.judge(&shown);
    if judgement.verdict == Verdict::Broken
        && let Some(filled) = without_printed_places(&shown).or_else(|| without_rest(&shown))
    {
        judgement = match program.judge(&filled) {
            inner if inner.verdict == Verdict::Broken => inner,
            _ => Judgement::new(Verdict::Elision, Content::Opaque),
        };
    }
    if judgement.verdict == Verdict::Broken && is_bounds(&shown) {
        judgement = Judgement::fragment();
    }
    // The crate keeps every parsed text for its spans; free it.
    invalidate_current_thread_spans();
    judgement
}

/// Whether each line is a bound of a where clause, `T: Clone`, with or without a comma behind it.
fn is_bounds(text: &str) -> bool {
    const MOST: usize = 20;
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
    lines.next_if_eq(&"where");
    let bound = |line: &str| {
        let line = line.strip_prefix("where ").unwrap_or(line).trim_end_matches(',');
        line.contains(": ") && parse(&format!("fn f() where {line} {{}}")).is_none()
    };
    lines.peek().is_some() && text.lines().count() <= MOST && lines.all(bound)
}

/// The text without the marks of hidden lines: `# ` hides a line, `##` begins one with `#`.
fn without_marks(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim_start();
        let mark = at + line.len() - words.len();
        if words.starts_with("# ") || words.trim_end() == "#" || words.starts_with("##") {
            fill(&mut bytes, Span::new(mark, mark + 1), b' ');
        }
        at += line.len();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The text with blanks in place of `..` between braces, which stands for what a type or a body
/// holds; `None` if there is none.
fn without_rest(text: &str) -> Option<String> {
    let filled = text.replace("{ .. }", "{    }");
    (filled != text).then_some(filled)
}

/// A value printed with `{:?}`, with `0` for each span in it, such as `#0 bytes(95..103)`; `None`
/// if there is none.
fn without_printed_places(text: &str) -> Option<String> {
    const BYTES: &str = " bytes(";
    let mut filled = text.as_bytes().to_vec();
    let mut found = false;
    for (at, _) in text.match_indices(BYTES) {
        let lead = text[..at].trim_end_matches(|c: char| c.is_ascii_digit());
        let Some(start) = lead.strip_suffix('#').map(str::len).filter(|_| lead.len() < at) else {
            continue;
        };
        let inner = at + BYTES.len();
        let Some(len) = text[inner..].find(|c: char| !c.is_ascii_digit() && c != '.') else {
            break;
        };
        if !text[inner + len..].starts_with(')') || !text[inner..inner + len].contains("..") {
            continue;
        }
        fill(&mut filled, Span::new(start, inner + len + 1), b' ');
        filled[start] = b'0';
        found = true;
    }
    found.then(|| String::from_utf8_lossy(&filled).into_owned())
}

fn parse(text: &str) -> Option<Fault> {
    let error = syn::parse_file(text).err()?;
    let range = error.span().byte_range();
    let span = Span::new(range.start, range.end).clamped(text);
    let said = error.to_string();
    if said.contains("lex error") || said.contains("cannot parse") {
        return Some(unread(text, span));
    }
    // If a text ends too early, the crate reports the whole group, or the first byte.
    Some(Fault::new(span, said.replace("unexpected end of input", "the code ends in the middle")))
}

/// The fault that the crate does not explain: an invalid character or an unclosed bracket.
fn unread(text: &str, span: Span) -> Fault {
    let mut open: Vec<(u8, usize)> = Vec::new();
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' | b'[' | b'{' => open.push((byte, at)),
            b')' | b']' | b'}' => {
                let wanted = if byte == b')' { b'(' } else { byte - 2 };
                match open.pop() {
                    Some((opened, _)) if opened == wanted => {}
                    Some((opened, _)) => {
                        let (found, opened) = (byte as char, opened as char);
                        let message = format!("`{found}` does not close the `{opened}` before it");
                        return Fault::new(Span::new(at, at + 1), message);
                    }
                    None => {
                        let message = format!("`{}` closes nothing", byte as char);
                        return Fault::new(Span::new(at, at + 1), message);
                    }
                }
            }
            _ => {}
        }
    }
    match open.first() {
        Some(&(bracket, at)) => {
            let message = format!("this `{}` is never closed", bracket as char);
            Fault::new(Span::new(at, at + 1), message)
        }
        None => Fault::new(span, "no token of Rust begins here, or a quote is never closed"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Verdict::*;
    use super::*;

    #[test]
    fn verdicts() {
        let cases = [
            ("fn main() {\n    println!(\"{}\", 1);\n}\n", Valid),
            ("# use std::fs;\n# fn main() {\nlet a = 1;\n# }\n", Valid),
            ("#[derive(Debug)]\nstruct A;\n", Valid),
            ("let a = 1;\na + 1\n", Fragment),
            ("use a::b;\nlet c = b();\n", Fragment),
            ("fn a(&self) -> u8;\n", Valid),
            ("fn a(&self) -> u8\n", Fragment),
            ("Some(a) => b,\nNone => c,\n", Fragment),
            ("name: String,\nage: u8,\n", Fragment),
            ("Vec<&'static str>\n", Fragment),
            ("fn main() { ... }\n", Elision),
            ("let a = ...;\n", Elision),
            ("struct A { .. }\n", Elision),
            ("A::B: C<D, E = A::F>\nA::G: C<D>\n", Fragment),
            ("where\n    A: B,\n    C: D\n", Fragment),
            ("A: B C\n", Broken),
            ("A {\n    b: \"c\",\n    span: #0 bytes(95..103)\n}\n", Elision),
            ("A {\n    b: \"c\"\n    span: #0 bytes(95..103)\n}\n", Broken),
            ("A {\n    span: #0 bytes(95..103\n}\n", Broken),
            ("macro_rules! m { ($a:expr) => { $a }; }\n", Valid),
            ("fn main() {\n    let a = (1;\n}\n", Broken),
            ("let a = \"b;\n", Broken),
            ("f(a b);\n", Broken),
            ("fn main() {\n", Fragment),
        ];
        crate::lang::testing::verdicts(|text| judge(text).verdict, cases);
    }
}
