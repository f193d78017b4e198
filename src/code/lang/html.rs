//! HTML: tags, attributes and quotes. Documentation shows parts of pages and many kinds of
//! templates, so an element that is only left open is not a fault.

use super::{
    Comments, Content, Family, Fault, Judgement, Language, MAX_BLOCK, Verdict, fill, templates,
};
use crate::source::Span;
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Error, Token, Tokenizer};

pub(super) static LANGUAGE: Language = Language {
    family: Family::Markup,
    comments: Comments::MARKUP,
    holds_entities: true,
    judge: Some(judge),
    ..Language::new(&["html", "htm", "xhtml"])
};

fn judge(text: &str) -> Judgement {
    if text.len() > MAX_BLOCK {
        return Judgement::too_large();
    }
    let filled = without_code(text);
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut open: Vec<(Vec<u8>, Span)> = Vec::new();
    let mut faults = Vec::new();
    for token in Tokenizer::new_with_emitter(filled.as_str(), emitter) {
        let Ok(token) = token;
        match token {
            Token::Error(error) => {
                let span = Span::new(error.span.start, error.span.end).clamped(text);
                faults.extend(message(error.value).map(|said| Fault::new(span, said)));
            }
            Token::StartTag(tag) if !tag.self_closing && !is_void(&tag.name) => {
                let span = Span::new(tag.span.start, tag.span.end).clamped(text);
                open.push((tag.name.to_vec(), span));
            }
            Token::EndTag(tag) => {
                let span = Span::new(tag.span.start, tag.span.end).clamped(text);
                faults.extend(close(&mut open, &tag.name, span));
            }
            _ => {}
        }
        if faults.len() > 20 {
            break;
        }
    }
    if !faults.is_empty() {
        return Judgement::broken(faults);
    }
    let verdict = if filled != text {
        Verdict::Elision
    } else if open.is_empty() {
        Verdict::Valid
    } else {
        Verdict::Fragment
    };
    Judgement::new(verdict, Content::Opaque)
}

/// Closes an element. It is a fault if an element inside it is still open that must be closed.
fn close(open: &mut Vec<(Vec<u8>, Span)>, name: &[u8], span: Span) -> Option<Fault> {
    let at = open.iter().rposition(|(opened, _)| opened == name)?;
    let crossed = open[at + 1..].iter().find(|(name, _)| !may_stay_open(name)).cloned();
    open.truncate(at);
    let (inner, _) = crossed?;
    let (inner, outer) = (String::from_utf8_lossy(&inner), String::from_utf8_lossy(name));
    Some(Fault::new(span, format!("`</{outer}>` closes while `<{inner}>` is still open")))
}

fn is_void(name: &[u8]) -> bool {
    const VOID: &[&[u8]] = &[
        b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta",
        b"param", b"source", b"track", b"wbr",
    ];
    VOID.contains(&name)
}

/// Elements whose end may be left out.
fn may_stay_open(name: &[u8]) -> bool {
    const OPTIONAL: &[&[u8]] = &[
        b"html",
        b"head",
        b"body",
        b"li",
        b"dt",
        b"dd",
        b"p",
        b"rt",
        b"rp",
        b"optgroup",
        b"option",
        b"colgroup",
        b"caption",
        b"thead",
        b"tbody",
        b"tfoot",
        b"tr",
        b"td",
        b"th",
    ];
    OPTIONAL.contains(&name)
}

/// The message for a serious error; others are matters of style, which every browser accepts.
fn message(error: Error) -> Option<&'static str> {
    Some(match error {
        Error::EofInTag => "this tag, or a quote in it, is never closed",
        Error::EofInComment => "this comment is never closed",
        Error::MissingWhitespaceBetweenAttributes => {
            "a quote is missing or extra: an attribute begins directly after another"
        }
        Error::UnexpectedCharacterInAttributeName => {
            "a quote or `<` in the name of an attribute: a quote or `>` before it is missing"
        }
        Error::UnexpectedCharacterInUnquotedAttributeValue => {
            "a quote in a value without quotes: the quote before it is missing"
        }
        Error::MissingAttributeValue => "the value of this attribute is missing",
        _ => return None,
    })
}

/// The text with the code of templates replaced by words: `{{ … }}`, `{% … %}`, `<% … %>`,
/// `<?php … ?>`, `${ … }`, and `{ … }` in place of a value.
fn without_code(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for span in templates(text) {
        fill(&mut bytes, span, b'x');
    }
    for (open, close) in [("<%", "%>"), ("<?", "?>"), ("${", "}")] {
        let mut at = 0;
        while let Some(step) = text[at..].find(open) {
            let start = at + step;
            let Some(len) = text[start..].find(close) else { break };
            at = start + len + close.len();
            fill(&mut bytes, Span::new(start, at), b'x');
        }
    }
    bound(text, &mut bytes);
    // A comment inside a tag is in place of attributes.
    let mut at = 0;
    while let Some(step) = text[at..].find("<!--") {
        let start = at + step;
        let Some(len) = text[start..].find("-->") else { break };
        let before = &text[text.floor_char_boundary(start.saturating_sub(4000))..start];
        if before.rfind('<') > before.rfind('>') {
            fill(&mut bytes, Span::new(start, start + len + 3), b' ');
        }
        at = start + len + 3;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Values and attributes in braces, as components have them: `a={() => b > c}`.
fn bound(text: &str, bytes: &mut [u8]) {
    let mut at = 0;
    while let Some(step) = text[at..].find('{') {
        let start = at + step;
        at = start + 1;
        let before = text[..start].chars().next_back();
        if !matches!(before, Some('=' | ' ' | '\n')) {
            continue;
        }
        let mut depth = 0usize;
        let rest = &text[start..(start + 2000).min(text.len()).max(start)];
        let rest = text.get(start..start + rest.len()).unwrap_or("");
        let end = rest.bytes().position(|byte| {
            depth = depth.wrapping_add(usize::from(byte == b'{'));
            depth = depth.saturating_sub(usize::from(byte == b'}'));
            depth == 0
        });
        if let Some(end) = end
            && before == Some('=')
        {
            at = start + end + 1;
            fill(bytes, Span::new(start, at), b'x');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Verdict::*;

    #[test]
    fn verdicts() {
        let cases = [
            ("<!doctype html>\n<html>\n<p>a<p>b\n<br><img src=x>\n</html>\n", Valid),
            ("<div class=\"a\" hidden data-b='c'>d</div>", Valid),
            ("<div>\n  <p>a</p>\n", Fragment),
            ("</div>\n", Valid),
            ("<a href=\"{{ url }}\">{% if a < b %}c{% endif %}</a>", Elision),
            ("<A on:click={() => a > \"b\"} />", Elision),
            ("<a :href=\"b\" @click=\"c\" v-slot:d #e [f]=\"g\" (h)=\"i\">j</a>", Valid),
            ("<script>if (a < b && c) { \"<div>\" }</script>", Valid),
            ("<a href=\"b>c</a>\n", Broken),
            ("<a href=b\">c</a>\n", Broken),
            ("<a href=\"b\"class=\"c\">d</a>\n", Broken),
            ("<div><span></div>\n", Broken),
            ("<div><span>a</span\n", Broken),
            ("<!-- a\n", Broken),
        ];
        crate::lang::testing::verdicts(|text| judge(text).verdict, cases);
    }
}
