//! What the reference parsers say of the text of a code block.

use std::io::Write;
use std::process::{Command, Stdio};

/// Whether the reference parser of a language takes a text; `None` where there is none.
///
/// A text counts as taken in any of the forms that a page may show: whole, members without their
/// braces, items without their brackets, several values, with elisions.
pub fn accepts(label: &str, text: &str) -> Option<bool> {
    let text = &without_elisions(text);
    Some(match label.to_ascii_lowercase().as_str() {
        "json" => json(text, |text| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()),
        "jsonc" | "json5" => json(text, |text| json5::from_str::<serde_json::Value>(text).is_ok()),
        "yaml" | "yml" => yaml(text),
        "toml" => toml::from_str::<toml::Table>(text).is_ok(),
        "bash" | "sh" | "shell" | "zsh" => bash(text),
        "js" | "javascript" | "mjs" | "cjs" => script(text, "a.mjs"),
        "ts" | "typescript" | "mts" => script(text, "a.ts"),
        "jsx" => script(text, "a.jsx"),
        "tsx" => script(text, "a.tsx"),
        "py" | "python" => ruff_python_parser::parse_module(text).is_ok(),
        "rust" | "rs" => rust(text),
        "xml" => roxmltree::Document::parse(text).is_ok(),
        _ => return None,
    })
}

fn without_elisions(text: &str) -> String {
    let mark =
        |line: &str| matches!(line.trim(), "..." | "…" | "// ..." | "# ..." | "// …" | "# …");
    let lines: Vec<&str> =
        text.split('\n').map(|line| if mark(line) { "" } else { line }).collect();
    let text = lines.join("\n");
    let text = text.replace("[...]", "[]").replace("[…]", "[]");
    text.replace("{...}", "{}").replace("{ ... }", "{}").replace("{ … }", "{}")
}

fn json(text: &str, whole: impl Fn(&str) -> bool) -> bool {
    if text.matches(['{', '[']).count() > 100 && deep(text) {
        return true;
    }
    whole(text)
        || whole(&format!("{{{text}}}"))
        || whole(&format!("[{text}]"))
        || text.lines().filter(|line| !line.trim().is_empty()).all(&whole)
        || text.split("\n\n").filter(|part| !part.trim().is_empty()).all(&whole)
}

/// Too deep for a parser that recurses.
fn deep(text: &str) -> bool {
    let mut depth = 0_usize;
    text.bytes().any(|byte| {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > 100
    })
}

fn yaml(text: &str) -> bool {
    saphyr_parser::Parser::new_from_str(text).all(|event| event.is_ok())
}

/// `bash -n`, with a word in the place of each placeholder.
fn bash(text: &str) -> bool {
    let mut child = Command::new("bash")
        .args(["-n"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("bash is installed");
    let filled = fill(text);
    // bash may stop reading at the first fault.
    let _ = child.stdin.take().expect("piped").write_all(filled.as_bytes());
    child.wait().expect("it ends").success()
}

/// Puts a word in the place of `<name>` and `<a|b>`.
fn fill(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        let inside = &rest[open + 1..];
        let close = inside.find('>').filter(|&at| {
            inside[..at].starts_with(|c: char| c.is_ascii_alphabetic())
                && !inside[..at].contains('\n')
        });
        match close {
            Some(close) => {
                out.push_str("word");
                rest = &inside[close + 1..];
            }
            None => {
                out.push('<');
                rest = inside;
            }
        }
    }
    out + rest
}

fn script(text: &str, name: &str) -> bool {
    let kind = oxc_span::SourceType::from_path(name).expect("a known suffix");
    let takes = |text: &str| {
        let allocator = oxc_allocator::Allocator::default();
        let parsed = oxc_parser::Parser::new(&allocator, text, kind).parse();
        parsed.diagnostics.is_empty() && !parsed.panicked
    };
    takes(text)
        || takes(&format!("async function f() {{ {text}\n }}"))
        || takes(&format!("({{ {text}\n }})"))
        || takes(&format!("class C {{ {text}\n }}"))
        || takes(&format!("({text}\n)"))
}

fn rust(text: &str) -> bool {
    // Lines that mdBook and rustdoc hide.
    let shown = |line: &str| {
        let start = line.trim_start();
        start.strip_prefix("# ").map_or_else(
            || if start == "#" { String::new() } else { line.to_owned() },
            str::to_owned,
        )
    };
    let text: Vec<String> = text.lines().map(shown).collect();
    let text = text.join("\n");
    syn::parse_file(&text).is_ok()
        || syn::parse_file(&format!("fn f() {{ {text}\n }}")).is_ok()
        || syn::parse_file(&format!("impl T {{ {text}\n }}")).is_ok()
}
