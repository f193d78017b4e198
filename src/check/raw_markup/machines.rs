//! Text that was meant for a program: calls of templates, attributes, tags and escapes.

use super::{OTHER, Raw, Shown, is_apart};
use crate::markdown::components;
use crate::markdown::extensions::ICON_SETS;
use crate::markdown::html;
use crate::markdown::outline::BlockKind;
use crate::suggest::typo_of;

/// `{{< note >}}`, `{{% tip %}}`, `{% include x %}`, `{{ site.title }}`
pub fn call(shown: &Shown<'_>, out: &mut Vec<Raw>) {
    const CALLS: &[(&str, &str)] = &[("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}"), ("{{", "}}")];
    let text = &*shown.text;
    let mut done = 0;
    while let Some(len) = text[done..].find('{') {
        let at = done + len;
        if text[at..].starts_with("{{{") {
            done = at + 1;
            continue;
        }
        let pair = CALLS.iter().find(|(open, _)| text[at..].starts_with(open));
        let end = pair.and_then(|(open, close)| {
            let from = at + open.len();
            let inside = shown.ahead(from).find(close).map(|len| &text[from..from + len])?;
            let name = inside.trim_matches(['-', ' ', '/', '#', '\n']);
            if open == &"{{" && is_placeholder(name) {
                return None;
            }
            let named = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '.' || c == '$');
            (named && inside.len() < 300 && !inside.contains(['{', '}']))
                .then_some(from + inside.len() + close.len())
        });
        done = match end {
            Some(end) => {
                out.push(Raw::new(at..end));
                end
            }
            None => at + 1 + usize::from(text[at + 1..].starts_with('{')),
        };
    }
}

/// `{{LIST OF NAMES}}`: several words in capitals, which a person is to replace.
fn is_placeholder(name: &str) -> bool {
    let is_word = |word: &str| word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    name.split(' ').count() > 1 && name.split(' ').all(is_word)
}

/// `:material-api:`, `:octicons-tag-16:`: an icon of Material for MkDocs.
pub fn icon(shown: &Shown<'_>, out: &mut Vec<Raw>) {
    let text = &*shown.text;
    let mut done = 0;
    for (at, _) in text.match_indices(':') {
        let rest = shown.ahead(at + 1);
        let Some(set) = ICON_SETS.iter().find(|set| rest.starts_with(**set)) else { continue };
        let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let len = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        let whole = len > set.len() && rest[len..].starts_with(':');
        if whole && at >= done && is_apart(shown.before(at)) {
            done = at + len + 2;
            out.push(Raw::new(at..done));
        }
    }
}

/// `{{#inlude a.md}}`: a directive that books do not have.
pub fn book(shown: &Shown<'_>, out: &mut Vec<Raw>) {
    const KNOWN: &[&str] =
        &["include", "rustdoc_include", "playground", "playpen", "title", "shiftinclude"];
    let text = &*shown.text;
    for (at, _) in text.match_indices("{{#") {
        let rest = shown.ahead(at + 3);
        let Some(len) = rest.find(['{', '}', '\n']).filter(|len| rest[*len..].starts_with("}}"))
        else {
            continue;
        };
        let name = rest[..len].split([' ', '\t']).next().unwrap_or_default();
        let named = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        let begins = name.starts_with(|c: char| c.is_ascii_alphabetic());
        let range = at..at + 3 + len + 2;
        let near = typo_of(name, KNOWN.iter().copied());
        // In a sentence, other names may be shown on purpose: the backslash before them is gone.
        let meant = near.is_some() || text.trim() == &text[range.clone()];
        if begins && name.chars().all(named) && meant && !KNOWN.contains(&name) {
            let mut found = Raw::new(range);
            found.edit = near.map(|near| (at + 3..at + 3 + name.len(), near.to_owned()));
            out.push(found);
        }
    }
}

/// `{props.name}`, `{new Date()}`, `{1 + 1}` in MDX; a name alone may be a placeholder.
pub fn expression(shown: &Shown<'_>, out: &mut Vec<Raw>) {
    if !shown.is_mdx {
        return;
    }
    let text = &*shown.text;
    for (at, _) in text.match_indices('{') {
        let Some(len) = shown.ahead(at + 1).find(['}', '{', '\n']) else { continue };
        let inside = &text[at + 1..at + 1 + len];
        let code = inside.trim();
        let first = code.trim_start_matches("new ");
        let is_name = |c: char| c.is_ascii_alphanumeric() || "_$.?[]()'\"".contains(c);
        let starts = first.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_' || c == '$');
        let ends = text[at + 1 + len..].starts_with('}') && shown.before(at) != Some('{');
        let computes = first.contains(['.', '(']) && !first.contains("..");
        let reads = starts && computes && first.chars().all(is_name);
        if ends && (reads || calculates(code)) {
            out.push(Raw::new(at..at + len + 2));
        }
    }
}

/// Whether a text is a calculation: `1+1`, `a && b`, `a ? "b" : "c"`. `1-5`, `a/b` and `a|b` may be
/// placeholders.
fn calculates(code: &str) -> bool {
    const SIGNS: &[&str] = &["+", "*", "&&", "||", "===", "!==", "=>", "?"];
    let operand = |c: char| c.is_ascii_alphanumeric() || "_$.()[]\"'! ".contains(c);
    let mut sign = SIGNS.iter().filter_map(|sign| Some((sign, code.split_once(sign)?)));
    sign.any(|(sign, (left, right))| {
        let (left, right) = (left.trim_end(), right.trim_start());
        let ends = |c: char| c.is_ascii_alphanumeric() || c == ')' || c == ']';
        let begins = |c: char| c.is_ascii_alphanumeric() || "\"'(![".contains(c);
        let chosen = *sign != "?" || right.contains(" : ");
        left.chars().all(operand)
            && left.ends_with(ends)
            && right.starts_with(begins)
            && chosen
            && !left.contains("  ")
    })
}

/// `{: .note }`, `{ .md-button }`, `{#id}` behind something that they could belong to.
pub fn attributes(shown: &Shown<'_>, out: &mut Vec<Raw>) {
    let text = &*shown.text;
    // Headings have attributes in every flavour.
    if matches!(shown.kind, BlockKind::Heading(_)) {
        return;
    }
    for (at, _) in text.match_indices('{').filter(|(at, _)| shown.after(at + 1) != Some('{')) {
        let Some(len) = shown.ahead(at).find(['}', '\n']) else { continue };
        let end = at + len;
        if !text[end..].starts_with('}') {
            continue;
        }
        let inside = text[at + 1..end].trim();
        let list = inside.strip_prefix(':').unwrap_or(inside).trim();
        let colon = inside.starts_with(':');
        let is_one = |word: &str| {
            let name = word.trim_start_matches(['.', '#']);
            let marked =
                name.len() < word.len() && name.starts_with(|c: char| c.is_ascii_alphabetic());
            let key = word.split_once('=').is_some_and(|(key, value)| {
                key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
                    && value.starts_with(['"', '\''])
            });
            (marked || key) && !word.contains([OTHER, '$', '('])
        };
        let lists = !list.is_empty() && list.split_whitespace().all(is_one);
        let classes = list.split_whitespace().all(|word| word.starts_with(['.', '#']));
        // `{{ .Values }}` is a template. A key and its value at the end of a line are attributes, in
        // the middle of it they may be an object.
        let behind = shown.ahead(end + 1).trim_start_matches(' ');
        let ends = behind.is_empty() || behind.starts_with('\n');
        // Those of a container that is not understood are shown with it.
        let line = shown.back(at).rsplit('\n').next().unwrap_or_default();
        if line.starts_with(":::") {
            continue;
        }
        let braced = shown.before(at) == Some('{') || behind.starts_with('}');
        if lists && !braced && (ends || colon || classes) {
            out.push(Raw::new(at..end + 1));
        }
    }
}

/// `<Card title="x"">`: the name of a component or element, and attributes behind it.
pub fn tag(shown: &Shown<'_>, out: &mut Vec<Raw>) {
    let text = &*shown.text;
    for (at, _) in text.match_indices('<') {
        let rest = shown.ahead(at + 1);
        let len = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len());
        let name = &rest[..len];
        let known = components::find(name).is_some() || (len > 0 && html::is_html_element(name));
        let line = rest[len..].split('\n').next().unwrap_or_default();
        let attribute = line.trim_start().split_once('=').is_some_and(|(key, value)| {
            let plain = |c: char| c.is_ascii_alphanumeric() || "-_:".contains(c);
            !key.is_empty() && key.chars().all(plain) && value.starts_with(['"', '\'', '{'])
        });
        // A tag that ends nowhere was cut off, which is another fault.
        if known
            && line.starts_with(' ')
            && attribute
            && let Some(end) = line.find('>')
        {
            out.push(Raw::new(at..at + 1 + len + end + 1));
        }
    }
}

/// `end.\n\nNext`: the escape of a string that became a page.
pub fn line_end(shown: &Shown<'_>, out: &mut Vec<Raw>) {
    let text = &*shown.text;
    for (at, _) in text.match_indices("\\n") {
        let before = shown.before(at);
        let rest = shown.ahead(at + 2);
        let twice = rest.starts_with("\\n");
        let ends = before.is_some_and(|c| ".!?:。！？：".contains(c));
        let goes_on = rest.starts_with(|c: char| c.is_uppercase())
            || rest.starts_with("- ")
            || rest.starts_with("* ");
        let first = !text[..at].ends_with("\\n");
        if first && ends && (twice || goes_on) && !is_apart(rest.chars().find(|c| *c != '\\')) {
            out.push(Raw::new(at..at + if twice { 4 } else { 2 }));
        }
    }
}

/// `{/* a */}`, `import A from "a"`: what only MDX reads, on a page that is none.
pub fn mdx(shown: &Shown<'_>, out: &mut Vec<Raw>) {
    // What an MDX page still has is the id of a heading: `{/* #id */}`.
    if shown.is_mdx {
        return;
    }
    let text = &*shown.text;
    for (at, _) in text.match_indices("{/*") {
        let Some(len) = shown.ahead(at).find("*/}") else { continue };
        let inside = text[at + 3..at + len].trim();
        let is_id = inside.starts_with('#') && !inside.contains(' ');
        if !(is_id && matches!(shown.kind, BlockKind::Heading(_))) {
            out.push(Raw::new(at..at + len + 3));
        }
    }
    let is_import = |rest: &str| {
        let from = rest.split_once(" from ").map(|(_, from)| from.trim_end().trim_end_matches(';'));
        from.is_some_and(|from| {
            let quote = from.starts_with(['"', '\'']) && from.ends_with(['"', '\'']);
            quote && from.len() > 2 && !from.contains(' ')
        })
    };
    let mut start = 0;
    for line in text.split('\n').filter(|_| shown.kind == BlockKind::Paragraph) {
        if line.strip_prefix("import ").is_some_and(is_import) {
            out.push(Raw::new(start..start + line.len()));
        }
        start += line.len() + 1;
    }
}

/// `[TOC]`, `[[toc]]`, `--8<-- "a.md"` as a paragraph of its own.
pub fn directive(shown: &Shown<'_>, out: &mut Vec<Raw>) {
    const CONTENTS: &[&str] = &["[toc]", "[[toc]]", "[[_toc_]]", "{:toc}"];
    let text = shown.text.trim();
    let is_alone = shown.kind == BlockKind::Paragraph && shown.around.is_none();
    let contents = CONTENTS.iter().any(|one| one.eq_ignore_ascii_case(text));
    let snippet = text.strip_prefix("--8<-- ").is_some_and(|rest| rest.starts_with(['"', '\'']));
    if is_alone && (contents || snippet && !text.contains('\n')) {
        out.push(Raw::new(0..shown.text.len()));
    }
}
