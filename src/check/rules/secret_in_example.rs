//! Keys and tokens in examples that look real.

use crate::diagnostic::{Finding, Severity};
use crate::rule::{Check, PageContext, Rule};
use crate::source::{Span, line_start};

/// The rule.
pub static RULE: Rule = Rule {
    name: "secret-in-example",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/secret-in-example.md"),
    check: Check::Page(check),
};

/// The form of a token: its prefix, the length of the rest in bytes, and the characters of the
/// rest.
struct Shape {
    what: &'static str,
    prefix: &'static str,
    least: usize,
    most: usize,
    set: Set,
}

#[derive(Clone, Copy)]
enum Set {
    /// Capitals and the digits 2 to 7.
    Base32,
    /// Letters and digits.
    Letters,
    /// Letters, digits, `_` and `-`.
    Name,
}

const fn shape(
    what: &'static str,
    prefix: &'static str,
    least: usize,
    most: usize,
    set: Set,
) -> Shape {
    Shape { what, prefix, least, most, set }
}

const SHAPES: &[Shape] = &[
    shape("an AWS access key", "AKIA", 16, 16, Set::Base32),
    shape("a GitHub token", "ghp_", 36, 36, Set::Letters),
    shape("a GitHub token", "gho_", 36, 36, Set::Letters),
    shape("a GitHub token", "ghs_", 36, 36, Set::Letters),
    shape("a GitHub token", "ghu_", 36, 36, Set::Letters),
    shape("a GitHub token", "github_pat_", 82, 82, Set::Name),
    shape("a GitLab token", "glpat-", 20, 20, Set::Name),
    shape("a Slack token", "xoxb-", 40, 90, Set::Name),
    shape("a Slack token", "xoxp-", 40, 90, Set::Name),
    shape("a Slack token", "xoxa-", 40, 90, Set::Name),
    shape("a Google key", "AIzaSy", 33, 33, Set::Name),
    shape("a live Stripe key", "sk_live_", 24, 107, Set::Letters),
    shape("a live Stripe key", "rk_live_", 24, 107, Set::Letters),
    shape("an OpenAI key", "sk-proj-", 40, 180, Set::Name),
    shape("an Anthropic key", "sk-ant-api03-", 90, 100, Set::Name),
    shape("an npm token", "npm_", 36, 36, Set::Letters),
    shape("a PyPI token", "pypi-AgEI", 100, 220, Set::Name),
    shape("a Hugging Face token", "hf_", 34, 34, Set::Letters),
    shape("a DigitalOcean token", "dop_v1_", 64, 64, Set::Letters),
];

const HELP: &str = "if it was ever real, revoke it; write a placeholder such as `<token>` instead";

/// The rule runs only on pages that contain one of these.
pub const PREFILTER_TEXTS: &[&[&str]] = &[&PREFIXES, &[TELEGRAM, PRIVATE_KEY]];

const TELEGRAM: &str = ":AA";

const PRIVATE_KEY: &str = "PRIVATE KEY-----";

const PREFIXES: [&str; SHAPES.len()] = {
    let mut prefixes = [""; SHAPES.len()];
    let mut at = 0;
    while at < SHAPES.len() {
        prefixes[at] = SHAPES[at].prefix;
        at += 1;
    }
    prefixes
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    if !context.may_match_prefilter {
        return;
    }
    let text = context.text();
    for shape in SHAPES {
        for at in memchr::memmem::find_iter(text.as_bytes(), shape.prefix.as_bytes()) {
            let Some(span) = token(text, at, shape) else { continue };
            out.push(found(context, span, shape.what));
        }
    }
    for at in memchr::memmem::find_iter(text.as_bytes(), TELEGRAM) {
        if let Some(span) = telegram(text, at) {
            out.push(found(context, span, "a Telegram bot token"));
        }
    }
    for at in memchr::memmem::find_iter(text.as_bytes(), PRIVATE_KEY) {
        if let Some(span) = private_key(text, at) {
            let message = "this page contains a private key";
            out.push(Finding::new(context.path(), span, message).help(HELP));
        }
    }
}

/// The finding about a token. The message shows four characters, since reports are read by many.
fn found(context: &PageContext<'_>, span: Span, what: &str) -> Finding {
    let shown = &context.text()[span.start..span.start + 4];
    let message = format!("`{shown}…` looks like {what}, not like a placeholder");
    Finding::new(context.path(), span, message).help(HELP)
}

/// The token at `at`, if it has the shape and looks random.
fn token(text: &str, at: usize, shape: &Shape) -> Option<Span> {
    let bytes = text.as_bytes();
    let name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-".contains(byte);
    if at > 0 && name(&bytes[at - 1]) {
        return None;
    }
    let body = at + shape.prefix.len();
    let len = bytes[body..].iter().take(shape.most + 1).take_while(|byte| name(byte)).count();
    let end = body + len;
    let within = match shape.set {
        Set::Base32 => bytes[body..end].iter().all(|b| matches!(b, b'A'..=b'Z' | b'2'..=b'7')),
        Set::Letters => bytes[body..end].iter().all(u8::is_ascii_alphanumeric),
        Set::Name => true,
    };
    // Dots after it mean that it is shortened.
    let cut = text[end..].starts_with(['…', '*']) || text[end..].starts_with("...");
    let fits = (shape.least..=shape.most).contains(&len) && within && !cut;
    (fits && is_random(&text[body..end])).then(|| Span::new(at, end))
}

/// `123456789:AA…`: the number of the bot, and 35 characters.
fn telegram(text: &str, colon: usize) -> Option<Span> {
    let bytes = text.as_bytes();
    let digits = bytes[..colon].iter().rev().take(12).take_while(|b| b.is_ascii_digit()).count();
    let name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-".contains(byte);
    let len = bytes[colon + 1..].iter().take(40).take_while(|byte| name(byte)).count();
    let start = colon - digits;
    let number = &text[start..colon];
    let fits = (8..=10).contains(&digits) && len == 35 && !is_run(number);
    (fits && is_random(&text[colon + 3..colon + 36])).then(|| Span::new(start, colon + 36))
}

fn private_key(text: &str, at: usize) -> Option<Span> {
    let line = line_start(text, at).max(at.saturating_sub(60));
    let start = line + text.get(line..at)?.find("-----BEGIN ")?;
    let open = at + "PRIVATE KEY-----".len();
    let window = Span::new(open, open + 20_000).clamped(text);
    let body = &text[open..window.end];
    let body = &body[..body.find("-----END ")?];
    let plain: String = body.replace("\\n", "").chars().filter(|c| !c.is_whitespace()).collect();
    let base = plain.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(&b));
    (base && plain.len() >= 100 && is_random(&plain)).then(|| Span::new(start, at + 16))
}

/// Words in tokens that are made up.
const MADE_UP: &[&str] = &[
    "example",
    "xxxx",
    "your",
    "test",
    "fake",
    "dummy",
    "sample",
    "placeholder",
    "token",
    "secret",
    "redacted",
    "1234",
    "abcd",
    "0000",
    "demo",
    "change",
    "insert",
    "replace",
    "here",
    "none",
    "mock",
    "real",
    "value",
];

/// Whether a text looks random: many different characters, no sequences, no words.
fn is_random(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    if MADE_UP.iter().any(|word| lower.contains(word)) || is_run(text) {
        return false;
    }
    let bytes = text.as_bytes();
    let mut counts = [0usize; 128];
    for byte in bytes {
        counts[usize::from(byte & 127)] += 1;
    }
    let total = bytes.len() as f64;
    let share = |count: &usize| *count as f64 / total;
    let entropy: f64 = counts.iter().filter(|c| **c > 0).map(|c| -share(c) * share(c).log2()).sum();
    // Hexadecimal digits reach at most four bits per character.
    entropy >= (total.log2() - 1.2).min(3.6)
}

/// Whether a text counts up or down, or repeats itself.
fn is_run(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let bytes = lower.as_bytes();
    let pairs = bytes.len().saturating_sub(1).max(1);
    let steps = bytes.windows(2).filter(|pair| pair[0].abs_diff(pair[1]) <= 1).count();
    let thirds = (3..=bytes.len() / 3).take(20).any(|len| bytes[..len] == bytes[len..2 * len]);
    steps * 4 >= pairs || thirds
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Joins a token from two parts, so that secret scanners do not report this file.
    fn of(prefix: &str, body: &str) -> String {
        format!("x = \"{prefix}{body}\"")
    }

    fn fires(text: &str) -> bool {
        let shaped = SHAPES.iter().any(|shape| {
            text.match_indices(shape.prefix).any(|(at, _)| token(text, at, shape).is_some())
        });
        let bot = text.match_indices(":AA").any(|(at, _)| telegram(text, at).is_some());
        let key =
            text.match_indices("PRIVATE KEY-----").any(|(at, _)| private_key(text, at).is_some());
        shaped || bot || key
    }

    #[test]
    fn tokens_that_look_real() {
        for (prefix, body) in [
            ("AKIA", "Q3ZGV7XWN2PLRM5T"),
            ("ghp_", "q7Zk2VxN9sLm4TgRw8YbHc3JdPf6AuEe1GiK"),
            ("npm_", "q7Zk2VxN9sLm4TgRw8YbHc3JdPf6AuEe1GiK"),
            ("sk_live_", "q7Zk2VxN9sLm4TgRw8YbHc3J"),
            ("AIzaSy", "q7Zk2VxN9sLm4TgRw8YbHc3JdPf6AuE-e"),
            ("719384625:AA", "q7Zk2VxN9sLm4TgRw8YbHc3JdPf6AuE-e"),
        ] {
            assert!(fires(&of(prefix, body)), "{prefix}");
        }
        let body = "q7Zk2VxN9sLm4TgRw8YbHc3JdPf6AuEe1GiK+/q0".to_owned()
            + "\n"
            + "Zr5WqT8nVb2XyLc7MdKf4HsJg9PaUe6RiO1wQzEt3YvBxNmClDkFjGhSpAoXz8";
        assert!(fires(&format!(
            "-----BEGIN RSA PRIVATE KEY-----\n{body}\n-----END RSA PRIVATE KEY-----"
        )));
    }

    #[test]
    fn tokens_that_are_made_up() {
        for (prefix, body) in [
            ("AKIA", "IOSFODNN7EXAMPLE"),
            ("AKIA", "XXXXXXXXXXXXXXXX"),
            ("ghp_", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
            ("ghp_", "1234567890abcdefghijklmnopqrstuvwxyz"),
            ("ghp_", "aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789"),
            ("ghp_", "q7Zk2"),
            ("npm_", "config_registry_of_the_whole_company"),
            ("sk_live_", "abc123def456ghi789jkl012"),
            ("123456789:AA", "q7Zk2VxN9sLm4TgRw8YbHc3JdPf6AuE-e"),
            ("sk-proj-", "your-key-goes-here-and-nowhere-else-please-do-not-copy"),
        ] {
            assert!(!fires(&of(prefix, body)), "{prefix}{body}");
        }
        assert!(!fires("-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----"));
        assert!(!fires("-----BEGIN PRIVATE KEY-----\nMIIEvQ...\n-----END PRIVATE KEY-----"));
    }
}
