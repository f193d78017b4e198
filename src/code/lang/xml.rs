//! XML: documents, and parts of them without a root, a declaration or their namespaces.

use super::program::{guarded, line_offset};
use super::{
    Comments, Content, Family, Fault, Judgement, Language, MAX_BLOCK, NearMiss, Repair, Verdict,
    fill, templates,
};
use crate::source::Span;
use roxmltree::{Document, Error, ParsingOptions};

pub(super) static LANGUAGE: Language = Language {
    family: Family::Markup,
    comments: Comments::MARKUP,
    holds_entities: true,
    near_miss: Some(NearMiss {
        repairs: &[Repair::CloseElements],
        ..NearMiss::WORDS_WITHOUT_COLON
    }),
    judge: Some(judge),
    ..Language::new(&["xml", "svg", "xsd", "xsl", "xslt", "rss", "atom", "plist", "wsdl"])
};

const BEFORE: &str = "<x>";

fn judge(text: &str) -> Judgement {
    if text.len() > MAX_BLOCK {
        return Judgement::too_large();
    }
    match guarded(text, || graded(text)) {
        Err(why) => Judgement::not_checked(why),
        Ok(Ok(verdict)) => Judgement::new(verdict, Content::Opaque),
        Ok(Err(fault)) => Judgement::broken(vec![fault]),
    }
}

fn graded(text: &str) -> Result<Verdict, Fault> {
    let Err(fault) = parse(text) else { return Ok(Verdict::Valid) };
    let part = without_names(&without_declarations(text));
    let Err(inner) = parse_part(&part, text) else { return Ok(Verdict::Fragment) };
    let filled = filled(&part);
    if filled != part && parse_part(&filled, text).is_ok() {
        return Ok(Verdict::Elision);
    }
    // Some blocks show only opening or only closing tags.
    if matches!(inner.1, Kind::Open) && (text.contains('…') || text.contains("...")) {
        return Ok(Verdict::Elision);
    }
    Err(if inner.0.span.start >= fault.span.start { inner.0 } else { fault })
}

/// Whether elements are left open at the end.
enum Kind {
    Open,
    Other,
}

fn parse(text: &str) -> Result<(), Fault> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    match Document::parse_with_options(text, options) {
        Ok(_) => Ok(()),
        Err(error) => Err(fault(&error, text, text, 0)),
    }
}

/// A text with any number of roots.
fn parse_part(part: &str, text: &str) -> Result<(), (Fault, Kind)> {
    let whole = [BEFORE, part, "</x>"].concat();
    let error = match Document::parse(&whole) {
        Ok(_) => return Ok(()),
        // The document type that declares the entity is not shown.
        Err(Error::UnknownEntityReference(..)) => return Ok(()),
        Err(error) => error,
    };
    let open = matches!(&error, Error::UnexpectedCloseTag(_, actual, _) if actual == "x");
    let kind = if open { Kind::Open } else { Kind::Other };
    Err((fault(&error, &whole, text, BEFORE.len()), kind))
}

/// The fault of an error in a text that begins `before` bytes after the start of the parsed one.
/// The parser may report the end of what it parsed, which is outside of the text.
fn fault(error: &Error, parsed: &str, text: &str, before: usize) -> Fault {
    let position = error.pos();
    let at = line_offset(parsed, position.row as usize, position.col as usize);
    let at = at.saturating_sub(before);
    let said = match error {
        Error::UnexpectedCloseTag(expected, actual, _) if actual == "x" && before > 0 => {
            format!("`<{expected}>` is never closed")
        }
        Error::UnexpectedCloseTag(expected, actual, _) if expected == "x" && before > 0 => {
            format!("`</{actual}>` closes nothing")
        }
        Error::UnexpectedCloseTag(expected, actual, _) => {
            format!("`</{actual}>` closes while `<{expected}>` is still open")
        }
        other => {
            let said = other.to_string();
            said.split(" at ").next().unwrap_or(&said).to_owned()
        }
    };
    Fault::new(Span::new(at, at + 1).clamped(text), said)
}

/// The text with declarations blanked, which are not allowed inside an element.
fn without_declarations(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for (open, close) in [("<?xml", "?>"), ("<!DOCTYPE", ">")] {
        let mut at = 0;
        while let Some(step) = text[at..].find(open) {
            let start = at + step;
            let Some(len) = text[start..].find(close) else { break };
            at = start + len + close.len();
            // A document with an internal subset was parsed as a whole already.
            if !text[start..at].contains('[') {
                fill(&mut bytes, Span::new(start, at), b' ');
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The text without the colons in names of tags, since the namespaces are declared elsewhere.
fn without_names(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let mut in_tag = false;
    let mut quote = None;
    for at in 0..bytes.len() {
        match (bytes[at], quote) {
            (byte, Some(open)) if in_tag => quote = if byte == open { None } else { quote },
            (byte @ (b'"' | b'\''), None) if in_tag => quote = Some(byte),
            (b'<', None) => in_tag = !text[at..].starts_with("<!"),
            (b'>', None) => in_tag = false,
            (b':', None) if in_tag => bytes[at] = b'_',
            _ => {}
        }
    }
    // `xmlns:a="b"` has become a plain attribute.
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The text with templates and placeholders replaced by words, and without dots inside tags.
fn filled(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for span in templates(text) {
        fill(&mut bytes, span, b'x');
    }
    let mut at = 0;
    while let Some(step) = text[at..].find('<') {
        let start = at + step;
        at = start + 1;
        let line = text[start..].lines().next().unwrap_or("");
        let Some(close) = line.find('>') else { continue };
        let inner = &line[1..close];
        let words = inner.starts_with(char::is_alphabetic)
            && !inner.contains("..")
            && !inner.contains(['=', '"', '/', '<']);
        let closed = text.contains(&format!("</{inner}"));
        if words && !closed && (inner.contains([' ', '-', '_']) || line[..close].contains("your")) {
            fill(&mut bytes, Span::new(start, start + close + 1), b'x');
        } else if let Some(dots) = inner.find("...").or_else(|| inner.find('…')) {
            let len = if inner[dots..].starts_with('.') { 3 } else { '…'.len_utf8() };
            let quoted = inner[..dots].matches('"').count() % 2 == 1;
            if !quoted {
                fill(&mut bytes, Span::new(start + 1 + dots, start + 1 + dots + len), b' ');
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Verdict::*;

    #[test]
    fn verdicts() {
        let cases = [
            ("<?xml version=\"1.0\"?>\n<a b=\"c\"><d/></a>\n", Valid),
            ("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", Valid),
            ("<a/>\n<b>c</b>\n", Fragment),
            ("<android:a b:c=\"d\">&e;</android:a>\n", Fragment),
            ("<!-- x.xml -->\n<?xml version=\"1.0\"?>\n<a/>\n", Fragment),
            ("<a>\n  <b><your key></b>\n</a>\n", Elision),
            ("<a ...>b</a>\n", Elision),
            ("<a><b></a>\n", Broken),
            ("<a b=\"c>d</a>\n", Broken),
            ("<a b=c>d</a>\n", Broken),
            ("<a>b\n", Broken),
        ];
        crate::lang::testing::verdicts(|text| judge(text).verdict, cases);
    }

    /// A version that no parser knows, and a comment that never ends: both texts end too early.
    #[test]
    fn a_fault_at_the_end_is_inside() {
        let text = "<?xml version=\"[opt]0\"?>\n<a b='c'><!-- !t ><e/>&amp;<![CDATA[f]]></a>\n";
        let judged = judge(text);
        assert_eq!(judged.verdict, Broken);
        for fault in judged.faults {
            assert!(text.get(fault.span.start..fault.span.end).is_some(), "{fault:?}");
        }
    }
}
