//! Markdown escapes that make a page show its markup.

use crate::diagnostic::{Finding, Safety, Severity};
use crate::rule::{Check, PageContext, Rule};
use crate::source::Span;
use crate::text::{Prose, fix, mentions};

/// The rule.
pub static RULE: Rule = Rule {
    name: "escaped-markdown",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/escaped-markdown.md"),
    check: Check::Page(check),
};

/// Words of a text that shows markup on purpose.
const ABOUT: &[&str] = &[
    "markdown",
    "asterisk",
    "backtick",
    "backslash",
    "escap",
    "syntax",
    "literal",
    "markup",
    "bold",
    "italic",
    "glob",
    "wildcard",
    "pattern",
    "kwargs",
    "hash sign",
    "pound sign",
    "formatting",
    "mdx",
];

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let text = context.text();
    let mut prose = None;
    let mut end = 0;
    for at in memchr::memchr_iter(b'\\', text.as_bytes()) {
        if at < end {
            continue;
        }
        let Some(found) = markup(text, at) else { continue };
        let prose = prose.get_or_insert_with(|| Prose::new(context));
        let shown = found.escapes.iter().all(|&escape| prose.covers(escape + 1));
        end = found.span.end;
        if !shown || mentions(text, found.span, ABOUT) {
            continue;
        }
        let edits = found.escapes.iter().map(|&at| (Span::new(at, at + 1), String::new()));
        // The two lines around a code block are no code block one by one.
        let fix = (!found.is_fence)
            .then(|| fix(context, "remove the backslashes", Safety::Unsafe, edits));
        out.push(
            Finding::new(context.path(), found.span, found.message)
                .help("remove the backslashes, or use a code span if they are meant to be shown")
                .severity(found.severity)
                .maybe_fix(fix),
        );
    }
}

struct Markup {
    span: Span,
    /// The offsets of its backslashes.
    escapes: Vec<usize>,
    message: &'static str,
    severity: Severity,
    /// Whether it is the first or the last line of a code block.
    is_fence: bool,
}

/// The length in bytes of the longest markup that is recognised.
const MAX_PIECE: usize = 300;

/// The escaped markup that begins with the backslash at `at`.
fn markup(text: &str, at: usize) -> Option<Markup> {
    let piece = Span::new(at, at + MAX_PIECE).clamped(text);
    let rest = text[piece.start..piece.end].split('\n').next().unwrap_or_default();
    let before = text[..at].chars().next_back().unwrap_or('\n');
    let opens = before.is_whitespace()
        || "([\"'“*_|>，。：、（「".contains(before)
        || !before.is_ascii() && before.is_alphabetic();
    match rest.as_bytes().get(1)? {
        b'*' if opens && rest.starts_with("\\*\\*") => strong(rest, at),
        b'`' if opens => fence(text, rest, at).or_else(|| code(rest, at)),
        b'[' if before != '!' && before != '\\' => link(rest, at),
        b'#' => heading(text, rest, at),
        _ => None,
    }
}

fn strong(rest: &str, at: usize) -> Option<Markup> {
    let inner = &rest[4..];
    let close = inner.find("\\*\\*")?;
    let (words, behind) = (&inner[..close], &inner[close + 4..]);
    let word = |c: char| c.is_alphanumeric();
    let tight = words.starts_with(|c: char| word(c) || "`[\"“".contains(c))
        && words.ends_with(|c: char| !c.is_whitespace() && !"\\*/(".contains(c))
        && !behind.starts_with(|c: char| c.is_ascii_alphanumeric() || "\\*/".contains(c));
    let plain = !words.contains(['\\', '/']);
    tight.then_some(())?;
    plain.then(|| Markup {
        span: Span::new(at, at + 4 + close + 4),
        escapes: vec![at, at + 2, at + 4 + close, at + 6 + close],
        message: "readers see asterisks here instead of bold text",
        severity: Severity::Error,
        is_fence: false,
    })
}

fn code(rest: &str, at: usize) -> Option<Markup> {
    let inner = &rest[2..];
    let close = inner.find("\\`").filter(|close| *close > 0)?;
    let (words, behind) = (&inner[..close], &inner[close + 2..]);
    let tight =
        !words.starts_with(' ') && !words.ends_with(' ') && !words.contains(['`', '\\', '$']);
    (tight && !behind.starts_with(['`', '\\'])).then(|| Markup {
        span: Span::new(at, at + 2 + close + 2),
        escapes: vec![at, at + 2 + close],
        message: "readers see backticks here instead of code",
        // Messages of programs contain backticks.
        severity: Severity::Warning,
        is_fence: false,
    })
}

/// `` \``` `` or `` \`\`\` `` at the beginning of a line, and behind it nothing or a language.
fn fence(text: &str, rest: &str, at: usize) -> Option<Markup> {
    // Only what may stand before a fence is gone through: a line may be as long as its page.
    let before = text[..at].trim_end_matches([' ', '\t', '>']);
    let (mut escapes, mut len, mut ticks) = (Vec::new(), 0, 0);
    while let Some(step) = ["\\`", "`"].iter().find(|step| rest[len..].starts_with(**step)) {
        if step.len() == 2 {
            escapes.push(at + len);
        }
        len += step.len();
        ticks += 1;
    }
    let language = rest[len..].trim();
    let plain = language.chars().all(|c| c.is_ascii_alphanumeric() || "+-#._".contains(c));
    let begins = before.is_empty() || before.ends_with('\n');
    (begins && ticks >= 3 && plain).then(|| Markup {
        span: Span::new(at, at + len),
        escapes,
        message: "readers see the backticks here, and no code block",
        severity: Severity::Error,
        is_fence: true,
    })
}

/// `\[text\](address)`, if the address looks like one.
fn link(rest: &str, at: usize) -> Option<Markup> {
    let close = rest.find("\\](").or_else(|| rest.find("\\]\\("))?;
    let open = close + if rest[close..].starts_with("\\](") { 3 } else { 4 };
    let len = rest[open..].find(')')?;
    let address = &rest[open..open + len];
    let words = &rest[2..close];
    let leads = ["http://", "https://", "/", "./", "../", "#", "mailto:"];
    let fits = leads.iter().any(|lead| address.starts_with(lead)) && !words.trim().is_empty();
    if !fits || address.contains(' ') || words.contains(['[', ']', '\\']) {
        return None;
    }
    let mut escapes = vec![at, at + close];
    if open == close + 4 {
        escapes.push(at + close + 2);
        if address.ends_with('\\') {
            escapes.push(at + open + len - 1);
        }
    }
    Some(Markup {
        span: Span::new(at, at + open + len + 1),
        escapes,
        message: "readers see brackets and an address here instead of a link",
        severity: Severity::Error,
        is_fence: false,
    })
}

/// `\# Heading` or `\## Heading` as a line of its own.
fn heading(text: &str, rest: &str, at: usize) -> Option<Markup> {
    let bytes = text.as_bytes();
    let indent = bytes[..at].iter().rev().take(4).take_while(|byte| **byte == b' ').count();
    let start = at - indent;
    let above = bytes[..start].iter().rev().take(4).take_while(|byte| b"\r\n".contains(byte));
    let breaks = above.filter(|byte| **byte == b'\n').count();
    let apart = start == 0 || breaks > 1;
    let mut escapes = Vec::new();
    let mut len = 0;
    while rest[len..].starts_with("\\#") || rest[len..].starts_with('#') {
        if rest[len..].starts_with('\\') {
            escapes.push(at + len);
            len += 1;
        }
        len += 1;
    }
    let marks = len - escapes.len();
    let title = rest[len..].strip_prefix(' ')?.trim_end();
    let named =
        title.starts_with(|c: char| c.is_uppercase() || c.is_alphabetic() && !c.is_lowercase());
    let short = title.chars().count() <= 80 && !title.ends_with(['.', ',', ';', ':', '。']);
    let fits = apart && named && short && marks <= 6;
    (fits && rest.len() < MAX_PIECE).then(|| Markup {
        span: Span::new(at, at + len),
        escapes,
        message: "readers see the `#` here, and no heading",
        severity: Severity::Error,
        is_fence: false,
    })
}

#[cfg(test)]
mod tests {
    use super::markup;

    #[test]
    fn markup_is_told_from_marks() {
        for text in [
            "\\*\\*Note\\*\\* this",
            "\\`code\\` here",
            "\\[text\\](https://x.y)",
            "\\[text\\]\\(./x.md\\)",
            "\\# Install",
            "\\## 安装",
            "\\#\\# Install it",
            "\\```bash",
            "\\`\\`\\`",
            "\\````",
        ] {
            assert!(markup(text, 0).is_some(), "{text}");
        }
        for text in [
            "\\*\\*kwargs and \\*args",
            "\\*\\*/\\*.md and \\*\\*/x",
            "\\*",
            "\\_a\\_",
            "\\`",
            "\\``",
            "\\``` and more",
            "\\[x\\]",
            "\\[x\\](y)",
            "\\[0\\](1 + 2)",
            "\\# of users",
            "\\#123",
            "\\# Sentence that ends.",
            "\\<br>",
            "\\|",
            "2 \\* 3",
        ] {
            assert!(markup(text, 0).is_none(), "{text}");
        }
        assert!(markup("a\\*\\*b\\*\\*", 1).is_none(), "a power");
        assert!(markup("text\n\\# Title", 5).is_none(), "not apart");
    }
}
