//! Conversion of LaTeX formulas to MathML.

use std::error::Error as _;

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Event, Parser, ParserError, Storage};

use crate::panics;

/// The longest formula that is accepted, in bytes.
const MAX_BYTES: usize = 16 << 10;
/// The most parser events of a formula, which limits what macros expand to.
const MAX_EVENTS: usize = 20_000;
/// The number of commands and groups from which on the parser runs on its own thread with a large
/// stack: it recurses for each command that waits for its argument.
const MANY: usize = 100;
/// The size of that stack in bytes, enough for the longest formula.
const STACK: usize = 128 << 20;

const UNREAD: &str = "docgen cannot read it";

/// The MathML of a formula, or why it cannot be read.
pub fn mathml(formula: &str, display: bool) -> Result<String, String> {
    if formula.len() > MAX_BYTES {
        return Err(format!("it is longer than {} KiB", MAX_BYTES >> 10));
    }
    let waiting = formula.bytes().filter(|byte| matches!(byte, b'\\' | b'{' | b'^' | b'_'));
    let large = waiting.count() > MANY;
    // The parser panics on a few invalid texts, such as `\char` before a letter.
    let result = panics::caught(|| match large {
        true => stacker::grow(STACK, || translate(formula, display)),
        false => translate(formula, display),
    });
    result.unwrap_or_else(|_| Err(UNREAD.to_owned()))
}

fn translate(formula: &str, display: bool) -> Result<String, String> {
    let storage = Storage::new();
    let mut events: Vec<Event<'_>> = Vec::new();
    for event in Parser::new(formula, &storage) {
        events.push(event.map_err(|error| reason(&error))?);
        if events.len() > MAX_EVENTS {
            return Err("it has too many parts".to_owned());
        }
    }
    let mode = if display { DisplayMode::Block } else { DisplayMode::Inline };
    // The writer does not escape it.
    let source = escaped(formula.trim());
    let config =
        RenderConfig { display_mode: mode, annotation: Some(&source), ..RenderConfig::default() };
    let mut out = String::new();
    let events = events.into_iter().map(Ok::<_, std::convert::Infallible>);
    pulldown_latex::push_mathml(&mut out, events, config).map_err(|error| error.to_string())?;
    // The parser writes an entity for the spaces `~` and `\ `, where the rest is text.
    if !formula.contains("nbsp;") {
        out = out.replace("&amp;nbsp;", "\u{a0}").replace("&nbsp;", "\u{a0}");
    }
    sound(&out).ok_or_else(|| UNREAD.to_owned())
}

/// The markup of the writer, with the characters escaped that it does not escape itself; `None` if
/// it does not close all elements, as for a few formulas that make no sense.
fn sound(markup: &str) -> Option<String> {
    let mut out = String::with_capacity(markup.len());
    let mut open: Vec<&str> = Vec::new();
    let mut rest = markup;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, behind) = rest.split_at(at);
        out.push_str(before);
        match element(behind) {
            Some((_, tag)) if tag.ends_with("/>") => {}
            Some((name, tag)) if tag.starts_with("</") => {
                open.pop().filter(|opened| *opened == name)?;
            }
            Some((name, _)) => open.push(name),
            None => {}
        }
        match behind.as_bytes()[0] {
            b'<' if element(behind).is_none() => out.push_str("&lt;"),
            b'&' if !ENTITIES.iter().any(|known| behind.starts_with(known)) => {
                out.push_str("&amp;");
            }
            byte => out.push(byte.into()),
        }
        rest = &behind[1..];
    }
    out.push_str(rest);
    open.is_empty().then(|| out.replace("\"minsize=", "\" minsize="))
}

const ENTITIES: [&str; 5] = ["&amp;", "&lt;", "&gt;", "&quot;", "&#"];

/// The name of the element whose tag a text begins with, and the tag.
fn element(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('<')?;
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let name = &inner[..inner.find(|c: char| !c.is_ascii_lowercase())?];
    let known = name.starts_with('m') || matches!(name, "semantics" | "annotation" | "none");
    known.then_some((name, &text[..=text.find('>')?]))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The message of the parser without the excerpt that shows the position.
fn reason(error: &ParserError) -> String {
    let said = error.source().map_or_else(|| error.to_string(), ToString::to_string);
    let said = said.split(" - ").next().unwrap_or(&said).trim_end_matches('.');
    said.replace("unkown", "unknown")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_and_what_is_wrong_with_others() {
        let good = mathml(r"\frac{a}{b} < \text{<b> & c}", false).unwrap();
        assert!(good.starts_with("<math display=\"inline\">"), "{good}");
        assert!(good.contains("<mfrac>") && good.contains("&lt;b&gt; &amp; c"), "{good}");
        assert!(good.contains(r"\text{&lt;b&gt; &amp; c}</annotation>"), "{good}");
        assert!(mathml("x", true).unwrap().starts_with("<math display=\"block\">"));
        for spaced in [r"a,\ b", "a~b", r"\text{ a b }"] {
            let shown = mathml(spaced, false).unwrap();
            assert!(shown.contains('\u{a0}') && !shown.contains("nbsp"), "{shown}");
        }
        assert!(mathml(r"\text{&nbsp;}", false).unwrap().contains("&amp;nbsp;"));
        for (text, reason) in [
            (r"\frac{a}{b", "unbalanced group found, expected it to be closed with `}`"),
            (r"\nonsense x", "unknown primitive command found"),
            (r"\begin{foo}x\end{foo}", "unknown mathematical environment found"),
            ("a^", "expected a token"),
        ] {
            assert_eq!(mathml(text, false).unwrap_err(), reason, "{text}");
        }
    }

    #[test]
    fn nobody_is_kept_waiting() {
        let deep = [r"\sqrt", "^", "x_", r"\left(", r"\frac", r"\hat", "{", r"\begin{matrix}"];
        for part in deep {
            assert!(mathml(&part.repeat(MAX_BYTES / part.len()), true).is_err(), "{part}");
        }
        let tens = r"\a\a\a\a\a\a\a\a\a\a";
        let more = tens.replace('a', "b");
        let text = format!(
            r"\def\a{{xxxxxxxxxx}}\def\b{{{tens}}}\def\c{{{more}}}\c\c\c\c\c\c\c\c\c\c\c\c\c\c\c\c\c\c\c\c\c"
        );
        assert!(mathml(&text, true).is_err());
    }

    const PARTS: [&str; 72] = [
        r"\frac",
        "{",
        "}",
        "a",
        "^",
        "_",
        "&",
        r"\\",
        r"\left",
        "(",
        ")",
        r"\right",
        r"\begin{matrix}",
        r"\end{matrix}",
        r"\text{",
        "é",
        "%",
        "\n",
        "#1",
        r"\def\a",
        r"\a",
        r"\sqrt",
        "[",
        "]",
        r"\limits",
        r"\sum",
        r"\color{red}",
        r"\hspace{1em}",
        r"\kern",
        "1",
        "em",
        "'",
        "~",
        r"\char",
        "\"41",
        r"\mathbb",
        r"\not",
        "=",
        r"\begin{array}{c|c}",
        r"\end{array}",
        r"\let",
        r"\newcommand{\b}[1]",
        r"\tag",
        "$",
        "<",
        ">",
        r"\ ",
        "\\",
        r"\hline",
        r"\over",
        r"\middle|",
        r"\big",
        r"\substack{",
        r"\overset",
        r"\underbrace",
        r"\begin{cases}",
        r"\end{cases}",
        r"\begin{align}",
        r"\end{align}",
        r"\operatorname",
        r"\mathrm",
        r"\genfrac",
        r"\phantom",
        r"\rule",
        r"\boxed",
        r"\hat",
        r"\vec",
        r"\dots",
        r"\mathcal",
        r"\displaystyle",
        r"\pmod",
        "\u{2212}",
    ];

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]
        /// All formulas that are accepted give well-formed markup.
        #[test]
        fn markup_is_sound(parts in prop::collection::vec(prop::sample::select(PARTS.to_vec()), 0..14)) {
            if let Ok(html) = mathml(&parts.concat(), true) {
                let plain = html.replace(|c: char| c.is_control(), " ");
                prop_assert!(roxmltree::Document::parse(&plain).is_ok(), "{html}");
            }
        }
    }
}
