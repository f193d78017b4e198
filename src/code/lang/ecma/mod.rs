//! What JavaScript and TypeScript share: the parser of oxc, and the parts of files that pages show.

use super::program::{Program, Shape, c_like, guarded, opens_only};
use super::{
    Comments, Content, Family, Fault, Judgement, Language, NearMiss, Strings, Verdict, fill, script,
};
use crate::source::Span;
use oxc_allocator::Allocator;
use oxc_parser::{ParseOptions, Parser};
use oxc_span::SourceType;

#[cfg(test)]
mod tests;

/// The language to parse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// JavaScript, including JSX, since both have the same label.
    JavaScript,
    /// TypeScript without JSX.
    TypeScript,
    /// TypeScript with JSX.
    Tsx,
}

/// What the languages of this family have in common.
pub(super) const fn language(labels: &'static [&'static str]) -> Language {
    Language {
        family: Family::Script,
        comments: Comments::SLASHES,
        strings: Some(Strings::BACKTICKS),
        closes_brackets: true,
        near_miss: Some(NearMiss::WORDS),
        ..Language::new(labels)
    }
}

impl Dialect {
    /// The dialect that a label of [`Language::mistaken_for`] names.
    fn labelled(label: &str) -> Option<Self> {
        match label {
            "ts" => Some(Self::TypeScript),
            "tsx" => Some(Self::Tsx),
            _ => None,
        }
    }

    fn source_type(self) -> SourceType {
        match self {
            Self::JavaScript => SourceType::jsx(),
            Self::TypeScript => SourceType::ts(),
            Self::Tsx => SourceType::tsx(),
        }
    }
}

/// The parts of files that are accepted: members of objects and classes, function bodies,
/// expressions, arguments, list items, branches.
const JAVASCRIPT: &[Shape] = &[
    Shape::when("", "\n}", opens_only),
    Shape::when("x", "\n", |text| text.trim_start().starts_with('.')),
    Shape::new("({", "\n})"),
    Shape::new("async function* f() {", "\n}"),
    Shape::new("class X extends Y {", "\n}"),
    Shape::new("(", "\n)"),
    Shape::new("[", "\n]"),
    Shape::new("switch (x) {", "\n}"),
    Shape::when("(<>", "\n</>)", has_elements),
    Shape::when("(<X ", "\n/>)", has_attributes),
];

const TYPESCRIPT: &[Shape] = &[
    Shape::when("", "\n}", opens_only),
    Shape::when("x", "\n", |text| text.trim_start().starts_with('.')),
    Shape::new("({", "\n})"),
    Shape::new("async function* f() {", "\n}"),
    Shape::new("interface X {", "\n}"),
    Shape::new("class X extends Y {", "\n}"),
    Shape::new("(", "\n)"),
    Shape::new("[", "\n]"),
    Shape::new("type X = ", "\n"),
    Shape::new("abstract class X {", "\n}"),
    Shape::new("function f(", "\n) {}"),
    Shape::new("switch (x) {", "\n}"),
    Shape::new("declare module 'x' {", "\n}"),
    Shape::new("enum X {", "\n}"),
];

const TSX: &[Shape] = &[
    Shape::when("", "\n}", opens_only),
    Shape::when("x", "\n", |text| text.trim_start().starts_with('.')),
    Shape::new("({", "\n})"),
    Shape::new("async function* f() {", "\n}"),
    Shape::new("interface X {", "\n}"),
    Shape::new("class X extends Y {", "\n}"),
    Shape::new("(", "\n)"),
    Shape::when("(<>", "\n</>)", has_elements),
    Shape::when("(<X ", "\n/>)", has_attributes),
];

/// Whether a text has JSX tags; the text between two tags may be anything.
fn has_elements(text: &str) -> bool {
    let text = text.trim();
    text.starts_with('<') && text.ends_with('>') || text.starts_with("{/*")
}

fn has_attributes(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with("//")).unwrap_or("");
    let Some((names, _)) = first.split_once('=') else { return false };
    let keyword = ["const", "let", "var", "type", "import", "export", "return"];
    names.starts_with(char::is_alphabetic)
        && names.chars().all(|c| c.is_alphanumeric() || c.is_whitespace() || "-_:@".contains(c))
        && !names.contains(": ")
        && !keyword.contains(&names.split_whitespace().next().unwrap_or(""))
}

/// Judges a block of one of the languages; `others` are the labels it may be mistaken for.
pub(super) fn judge(text: &str, dialect: Dialect, others: &[&'static str]) -> Judgement {
    let judgement = judge_as(text, dialect);
    if judgement.verdict != Verdict::Broken {
        return judgement;
    }
    if says_faulty(text) || is_opening_tag(text, dialect) || is_sketch(text, dialect) {
        return Judgement::new(Verdict::Elision, Content::Opaque);
    }
    if script::is_only_commands(text) {
        return Judgement::new(Verdict::Mislabelled("bash"), Content::Opaque);
    }
    if let Some(code) = embedded(text) {
        // The rest of such a file is in another language.
        return match judge_as(&code, Dialect::Tsx) {
            inner if matches!(inner.verdict, Verdict::Broken | Verdict::NotChecked(_)) => inner,
            _ => Judgement::fragment(),
        };
    }
    for &label in others {
        let Some(other) = Dialect::labelled(label) else { continue };
        if matches!(judge_as(text, other).verdict, Verdict::Valid | Verdict::Fragment) {
            return Judgement::new(Verdict::Mislabelled(label), Content::Opaque);
        }
    }
    judgement
}

fn judge_as(text: &str, dialect: Dialect) -> Judgement {
    let shapes = match dialect {
        Dialect::JavaScript => JAVASCRIPT,
        Dialect::TypeScript => TYPESCRIPT,
        Dialect::Tsx => TSX,
    };
    let parse = |text: &str| parse(text, dialect.source_type());
    Program { parse: &parse, shapes, fill: c_like }.judge(text)
}

/// The code of a component file with everything else blanked: between `---` lines (Astro), or in
/// `<script>` (Vue, Svelte). Such files are often labelled as the language of their code.
fn embedded(text: &str) -> Option<String> {
    let lead = text.len() - text.trim_start().len();
    let body = &text[lead..];
    let mut kept = Vec::new();
    if let Some(inner) = body.strip_prefix("---\n") {
        let start = lead + 4;
        let len = inner.find("\n---").or_else(|| inner.starts_with("---").then_some(0))?;
        kept.push(Span::new(start, start + len));
    } else if ["<script", "<template", "<style"].iter().any(|tag| body.starts_with(tag)) {
        let mut at = 0;
        while let Some(step) = text[at..].find("<script") {
            let start = at + step + text[at + step..].find('>')? + 1;
            let end = start + text[start..].find("</script>")?;
            kept.push(Span::new(start, end));
            at = end;
        }
    } else {
        return None;
    }
    let mut bytes = text.as_bytes().to_vec();
    let mut end = 0;
    for span in kept {
        fill(&mut bytes, Span::new(end, span.start), b' ');
        end = span.end;
    }
    fill(&mut bytes, Span::new(end, text.len()), b' ');
    String::from_utf8(bytes).ok()
}

/// Whether a block consists of one opening tag.
fn is_opening_tag(text: &str, dialect: Dialect) -> bool {
    let text = text.trim();
    let Some(tag) = text.strip_suffix('>').filter(|tag| tag.starts_with('<')) else {
        return false;
    };
    if tag.ends_with('/') || tag.contains("</") {
        return false;
    }
    let source_type =
        if dialect == Dialect::JavaScript { SourceType::jsx() } else { SourceType::tsx() };
    let whole = [tag, "/>"].concat();
    guarded(&whole, || parse(&whole, source_type).is_none()).unwrap_or(false)
}

/// Whether the only faults are signatures such as `read(path, mode?) -> Line[]`, with a result in
/// the style of other languages. In code with a body the arrow is a fault.
fn is_sketch(text: &str, dialect: Dialect) -> bool {
    const ARROW: &str = ") ->";
    if dialect != Dialect::TypeScript || !text.contains(ARROW) {
        return false;
    }
    let bodiless = |line: &str| !line.contains(ARROW) || !line.contains(['{', '=']);
    text.lines().all(bodiless)
        && judge_as(&text.replace(ARROW, "):  "), dialect).verdict == Verdict::Fragment
}

/// Whether a block has a mark of Twoslash, which shows compiler errors on purpose.
fn says_faulty(text: &str) -> bool {
    text.contains("// @noErrors") || text.contains("// @errors:")
}

/// The first fault of syntax.
fn parse(text: &str, source_type: SourceType) -> Option<Fault> {
    let allocator = Allocator::default();
    let options = ParseOptions {
        allow_return_outside_function: true,
        enable_ident_hashes: false,
        ..ParseOptions::default()
    };
    let parsed = Parser::new(&allocator, text, source_type).with_options(options).parse();
    let mut found: Option<Fault> = None;
    for diagnostic in parsed.diagnostics {
        if is_meaning(diagnostic.code.number.as_deref(), &diagnostic.message) {
            continue;
        }
        let at = diagnostic.labels.first().map_or(Span::new(0, 0), |label| {
            Span::new(label.span().start as usize, label.span().end as usize)
        });
        let span = at.clamped(text);
        if found.as_ref().is_none_or(|fault| span.start < fault.span.start) {
            found =
                Some(Fault::new(span, message(&diagnostic.message, &text[span.start..span.end])));
        }
    }
    found
}

/// The numbered errors of TypeScript that are about syntax: something is expected or damaged.
const SYNTAX: &[&str] =
    &["1003", "1005", "1009", "1109", "1110", "1128", "1131", "1136", "1141", "1248"];

/// Whether an error is about meaning, not syntax: it does not occur when the code is pasted into a
/// complete file. The numbers are those of TypeScript.
fn is_meaning(number: Option<&str>, message: &str) -> bool {
    // Only the 8000s mean that the text is not JavaScript at all.
    number.is_some_and(|number| !number.starts_with('8') && !SYNTAX.contains(&number))
        || [
            "Identifier `",
            "Duplicated export",
            "Missing initializer in",
            "`await` is only",
            "A 'yield' expression",
            "Cannot use `",
            "'super' can only",
            "Unexpected export",
            "Function implementation",
            "`for await`",
            "await can only",
        ]
        .iter()
        .any(|start| message.starts_with(start))
}

/// The message of the parser in docgen's style.
fn message(said: &str, written: &str) -> String {
    let said = said.trim_end_matches('.');
    if said.starts_with("Expected a semicolon") {
        return "expected a semicolon or a line break".to_owned();
    }
    if said == "Unexpected token" {
        let line = written.lines().next().unwrap_or("");
        return match line.chars().count() {
            0 => "the code ends in the middle".to_owned(),
            1..=30 => format!("unexpected `{line}`"),
            _ => "unexpected token".to_owned(),
        };
    }
    let found = said.replace(" but found ", ", found ").replace("found `EOF`", "found the end");
    let mut chars = found.chars();
    chars.next().map_or(String::new(), |first| first.to_lowercase().chain(chars).collect())
}
