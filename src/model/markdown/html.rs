//! A small parser of HTML and JSX tags, shared by the component scan, the facts and the renderer,
//! so that all three agree on what a tag is.

use std::ops::Range;

/// The kind of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagKind {
    /// `<a>`
    Open,
    /// `</a>`
    Close,
    /// `<a/>`
    SelfClosing,
}

/// The value of an attribute, as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttrValue {
    /// `name`
    None,
    /// `name="text"`, `name='text'` or `name=text`
    Text(Range<usize>),
    /// `name={expression}`, without the braces
    Expr(Range<usize>),
}

/// One attribute; ranges are relative to the text that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attr {
    /// The name.
    pub name: Range<usize>,
    /// The value.
    pub value: AttrValue,
}

/// A tag; ranges are relative to the text that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Its kind.
    pub kind: TagKind,
    /// The element's name.
    pub name: Range<usize>,
    /// The attributes in order.
    pub attrs: Vec<Attr>,
    /// The whole tag.
    pub range: Range<usize>,
}

/// The longest tag, in bytes, which bounds the cost of a stray `<`.
const MAX_TAG: usize = 16 << 10;

/// The number of bytes of a page that may be read for tags that never end; after that, only short
/// tags are recognised.
const MAX_VAIN: usize = 1 << 20;

/// The longest tag after that, in bytes.
const SHORT_TAG: usize = 256;

/// Reads the tags of a page.
#[derive(Debug, Default)]
pub struct Tags {
    /// Bytes that were read for tags that never end.
    vain: usize,
}

impl Tags {
    /// Reads a tag that begins exactly at `at` (where `text[at] == '<'`).
    pub fn at(&mut self, text: &str, at: usize) -> Option<Tag> {
        let longest = if self.vain < MAX_VAIN { MAX_TAG } else { SHORT_TAG };
        let mut seen = at;
        let tag = read(text, at, text.len().min(at + longest), &mut seen);
        if tag.is_none() {
            self.vain += seen - at;
        }
        tag
    }
}

/// Reads a tag that begins exactly at `at` (where `text[at] == '<'`).
pub fn tag_at(text: &str, at: usize) -> Option<Tag> {
    Tags::default().at(text, at)
}

/// The name of the tag at `at`, if one begins there: cheaper than reading all of it.
pub fn name_at(text: &str, at: usize) -> &str {
    let Some(rest) = text[at..].strip_prefix('<') else { return "" };
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let length = rest.bytes().take_while(|byte| is_name_byte(*byte)).count();
    if rest.starts_with(|first: char| first.is_ascii_alphabetic()) { &rest[..length] } else { "" }
}

/// Reads a tag that ends before `limit`; `seen` becomes the end of what was read.
fn read(text: &str, at: usize, limit: usize, seen: &mut usize) -> Option<Tag> {
    let bytes = text.as_bytes();
    let mut pos = at + 1;
    let close = bytes.get(pos) == Some(&b'/');
    if close {
        pos += 1;
    }
    if !bytes.get(pos)?.is_ascii_alphabetic() {
        return None;
    }
    let name_start = pos;
    while pos < limit && is_name_byte(bytes[pos]) {
        pos += 1;
    }
    let name = name_start..pos;
    let mut attrs = Vec::new();
    loop {
        let before = pos;
        pos = skip_space(bytes, pos, limit);
        *seen = pos;
        match *bytes.get(pos).filter(|_| pos < limit)? {
            b'>' => {
                let kind = if close { TagKind::Close } else { TagKind::Open };
                return Some(Tag { kind, name, attrs, range: at..pos + 1 });
            }
            b'/' if bytes.get(pos + 1) == Some(&b'>') && !close => {
                let kind = TagKind::SelfClosing;
                return Some(Tag { kind, name, attrs, range: at..pos + 2 });
            }
            // The end of braces and quotes is searched up to the limit.
            b'{' if !close => {
                *seen = limit;
                pos = brace_end(bytes, pos, limit)?;
            }
            byte if is_attr_start(byte) && pos > before && !close => {
                *seen = limit;
                let (attr, next) = attr_at(bytes, pos, limit)?;
                attrs.push(attr);
                pos = next;
            }
            _ => return None,
        }
    }
}

fn attr_at(bytes: &[u8], start: usize, limit: usize) -> Option<(Attr, usize)> {
    let mut pos = start;
    while pos < limit && is_attr_byte(bytes[pos]) {
        pos += 1;
    }
    let name = start..pos;
    let after = skip_space(bytes, pos, limit);
    if bytes.get(after) != Some(&b'=') {
        return Some((Attr { name, value: AttrValue::None }, pos));
    }
    pos = skip_space(bytes, after + 1, limit);
    let (value, next) = match *bytes.get(pos).filter(|_| pos < limit)? {
        quote @ (b'"' | b'\'') => {
            let end = pos + 1 + memchr::memchr(quote, &bytes[pos + 1..limit])?;
            (AttrValue::Text(pos + 1..end), end + 1)
        }
        b'{' => {
            let end = brace_end(bytes, pos, limit)?;
            (AttrValue::Expr(pos + 1..end - 1), end)
        }
        _ => {
            let begin = pos;
            while pos < limit
                && !bytes[pos].is_ascii_whitespace()
                && !matches!(bytes[pos], b'"' | b'\'' | b'=' | b'<' | b'>' | b'`')
            {
                pos += 1;
            }
            if pos == begin {
                return None;
            }
            (AttrValue::Text(begin..pos), pos)
        }
    };
    Some((Attr { name, value }, next))
}

/// The offset after the brace that closes the one at `start`; strings inside are skipped.
fn brace_end(bytes: &[u8], start: usize, limit: usize) -> Option<usize> {
    let mut depth = 0usize;
    let mut quote = None;
    let mut pos = start;
    while pos < limit {
        let byte = bytes[pos];
        match quote {
            Some(_) if byte == b'\\' => pos += 1,
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None => match byte {
                b'"' | b'\'' | b'`' => quote = Some(byte),
                b'{' => depth += 1,
                b'}' => {
                    depth -= 1;
                    if depth == 0 {
                        return Some(pos + 1);
                    }
                }
                _ => {}
            },
        }
        pos += 1;
    }
    None
}

fn skip_space(bytes: &[u8], mut pos: usize, limit: usize) -> usize {
    while pos < limit && bytes[pos].is_ascii_whitespace() {
        pos += 1;
    }
    pos
}

const fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b':' | b'_')
}

const fn is_attr_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'_' | b':' | b'@' | b'#')
}

const fn is_attr_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b':' | b'_' | b'@' | b'#')
}

impl Tag {
    /// The name as text.
    pub fn name<'a>(&self, text: &'a str) -> &'a str {
        &text[self.name.clone()]
    }

    /// The attribute called `name`.
    pub fn attr(&self, text: &str, name: &str) -> Option<&Attr> {
        self.attrs.iter().find(|attr| &text[attr.name.clone()] == name)
    }

    /// The text of an attribute that is a string, or an expression with only a literal.
    pub fn value<'a>(&self, text: &'a str, name: &str) -> Option<&'a str> {
        literal(text, &self.attr(text, name)?.value).map(|range| &text[range])
    }
}

/// The range of a value that is known without running code: a string, or `{"x"}`, `{2}`, `{true}`.
pub fn literal(text: &str, value: &AttrValue) -> Option<Range<usize>> {
    match value {
        AttrValue::None => None,
        AttrValue::Text(range) => Some(range.clone()),
        AttrValue::Expr(range) => {
            let inner = &text[range.clone()];
            let start = range.start + (inner.len() - inner.trim_start().len());
            let trimmed = inner.trim();
            let end = start + trimmed.len();
            let quoted = ["\"", "'", "`"].iter().any(|quote| {
                trimmed.len() >= 2
                    && trimmed.starts_with(quote)
                    && trimmed.ends_with(quote)
                    && !trimmed[1..trimmed.len() - 1].contains([
                        quote.chars().next().unwrap_or('"'),
                        '$',
                        '\\',
                    ])
            });
            if quoted {
                return Some(start + 1..end - 1);
            }
            let plain = !trimmed.is_empty()
                && trimmed.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
            let number_or_bool =
                trimmed.parse::<f64>().is_ok() || matches!(trimmed, "true" | "false");
            (plain && number_or_bool).then_some(start..end)
        }
    }
}

/// Elements without content.
pub fn is_void(name: &str) -> bool {
    VOID.iter().any(|void| void.eq_ignore_ascii_case(name))
}

#[rustfmt::skip]
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// An element whose end tag may be left out, the elements at whose beginning it ends then, and those at
/// whose end it does.
type Omissible = (&'static str, &'static [&'static str], &'static [&'static str]);

#[rustfmt::skip]
const OMISSIBLE: &[Omissible] = &[
    ("p", &[
        "address", "article", "aside", "blockquote", "center", "dd", "details", "dialog", "dir",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
        "h4", "h5", "h6", "header", "hgroup", "hr", "li", "main", "menu", "nav", "ol", "p", "pre",
        "search", "section", "summary", "table", "ul",
    ], &[
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog",
        "div", "dl", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup",
        "li", "main", "menu", "nav", "ol", "search", "section", "table", "td", "th", "tr", "ul",
    ]),
    ("li", &["li"], &["menu", "ol", "ul"]),
    ("dt", &["dd", "dt"], &["dl"]),
    ("dd", &["dd", "dt"], &["dl"]),
    ("td", &["tbody", "td", "tfoot", "th", "tr"], &["table", "tbody", "tfoot", "thead", "tr"]),
    ("th", &["tbody", "td", "tfoot", "th", "tr"], &["table", "tbody", "tfoot", "thead", "tr"]),
    ("tr", &["tbody", "tfoot", "tr"], &["table", "tbody", "tfoot", "thead"]),
    ("thead", &["tbody", "tfoot"], &["table"]),
    ("tbody", &["tbody", "tfoot"], &["table"]),
    ("tfoot", &["tbody"], &["table"]),
    ("option", &["hr", "optgroup", "option"], &["datalist", "optgroup", "select"]),
    ("optgroup", &["hr", "optgroup"], &["select"]),
];

/// A tag that ends elements whose own end tag was left out.
#[derive(Clone, Copy, Debug)]
pub enum Ending<'t> {
    /// The beginning of this element.
    Start(&'t str),
    /// The end of this element.
    End(&'t str),
}

/// Whether the end tag of an element may be left out.
pub fn may_lack_end(name: &str) -> bool {
    OMISSIBLE.iter().any(|(own, ..)| *own == name)
}

/// Whether a tag ends an element that has no end tag.
pub fn is_ended(name: &str, by: Ending<'_>) -> bool {
    OMISSIBLE.iter().any(|(own, starts, ends)| {
        let ended = match by {
            Ending::Start(other) => starts.contains(&other),
            Ending::End(other) => ends.contains(&other),
        };
        *own == name && ended
    })
}

/// Whether `name` is an element that begins an HTML block in CommonMark, up to the next blank line.
pub fn is_block(name: &str) -> bool {
    let first = name.bytes().next().map_or(0, |first| first.to_ascii_lowercase());
    let alike = &BLOCKS[BLOCKS_BY_LETTER.with(first)];
    alike.iter().any(|block| block.eq_ignore_ascii_case(name))
}

/// Whether `name` is an element that cannot contain a paragraph.
pub fn holds_one_paragraph(name: &str) -> bool {
    matches!(name, "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "summary")
}

#[rustfmt::skip]
const BLOCKS: &[&str] = &[
    "address", "article", "aside", "base", "basefont", "blockquote", "body", "caption", "center",
    "col", "colgroup", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5",
    "h6", "head", "header", "hr", "html", "iframe", "legend", "li", "link", "main", "menu",
    "menuitem", "nav", "noframes", "ol", "optgroup", "option", "p", "param", "search", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "track", "ul",
];

/// Whether `name` is an element of HTML, SVG or MathML, or may be a custom element.
pub fn is_html_element(name: &str) -> bool {
    let alike = &ELEMENTS[ELEMENTS_BY_LETTER.with(name.bytes().next().unwrap_or(0))];
    alike.contains(&name) || name.contains('-') || is_shouted(name)
}

/// Whether `name` is an element of HTML in capitals: `BR`, `TABLE`. One letter is a type: `Vec<A>`.
pub fn is_shouted(name: &str) -> bool {
    name.len() > 1
        && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && ELEMENTS.binary_search(&name.to_ascii_lowercase().as_str()).is_ok()
}

#[rustfmt::skip]
const ELEMENTS: &[&str] = &[
    "a", "abbr", "acronym", "address", "animate", "animateMotion", "animateTransform", "area",
    "article", "aside", "audio", "b", "base", "bdi", "bdo", "big", "blockquote", "body", "br",
    "button", "canvas", "caption", "center", "circle", "cite", "clipPath", "code", "col",
    "colgroup", "data", "datalist", "dd", "defs", "del", "desc", "details", "dfn", "dialog", "dir",
    "div", "dl", "dt", "ellipse", "em", "embed", "feBlend", "feColorMatrix", "feComposite",
    "feDropShadow", "feFlood", "feGaussianBlur", "feMerge", "feMergeNode", "feOffset", "fieldset",
    "figcaption", "figure", "filter", "font", "footer", "foreignObject", "form", "frame",
    "frameset", "g", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html",
    "i", "iframe", "image", "img", "input", "ins", "kbd", "label", "legend", "li", "line",
    "linearGradient", "link", "main", "map", "mark", "marker", "marquee", "mask", "math", "menu",
    "meta", "meter", "mfrac", "mi", "mn", "mo", "mover", "mrow", "ms", "mspace", "msqrt", "mstyle",
    "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "nav", "nobr", "noscript",
    "object", "ol", "optgroup", "option", "output", "p", "param", "path", "pattern", "picture",
    "polygon", "polyline", "pre", "progress", "q", "radialGradient", "rect", "rp", "rt", "ruby",
    "s", "samp", "script", "search", "section", "select", "semantics", "slot", "small", "source",
    "span", "stop", "strike", "strong", "style", "sub", "summary", "sup", "svg", "switch",
    "symbol", "table", "tbody", "td", "template", "text", "textPath", "textarea", "tfoot", "th",
    "thead", "time", "title", "tr", "track", "tspan", "tt", "u", "ul", "use", "var", "video",
    "view", "wbr",
];

static BLOCKS_BY_LETTER: ByLetter = ByLetter::new(BLOCKS);
static ELEMENTS_BY_LETTER: ByLetter = ByLetter::new(ELEMENTS);

/// Where the names with each first letter are in a sorted list of at most 255: nearly all names
/// that are looked up differ in that from most that there are.
struct ByLetter([u8; 129]);

impl ByLetter {
    const fn new(names: &[&str]) -> Self {
        let mut starts = [0; 129];
        let (mut letter, mut at) = (0, 0);
        while letter < starts.len() {
            while at < names.len() && (names[at].as_bytes()[0] as usize) < letter {
                at += 1;
            }
            starts[letter] = at as u8;
            letter += 1;
        }
        Self(starts)
    }

    /// The names with this first byte.
    fn with(&self, first: u8) -> Range<usize> {
        let first = usize::from(first.min(127));
        usize::from(self.0[first])..usize::from(self.0[first + 1])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_by_their_first_letter() {
        assert!(ELEMENTS.len() < 256);
        assert!(ELEMENTS.iter().all(|name| is_html_element(name)));
        assert!(BLOCKS.iter().all(|name| is_block(name) && is_block(&name.to_ascii_uppercase())));
        for name in ["", "x", "blocks", "z", "~", "\u{e9}"] {
            assert!(!is_html_element(name) && !is_block(name), "{name}");
        }
    }

    #[test]
    fn elements_are_sorted() {
        assert!(ELEMENTS.is_sorted());
        assert!(BLOCKS.is_sorted());
    }

    #[test]
    fn elements_may_be_shouted() {
        for (name, expected) in
            [("br", true), ("BR", true), ("H2", true), ("Br", false), ("A", false), ("ID", false)]
        {
            assert_eq!(is_html_element(name), expected, "{name}");
        }
    }

    #[test]
    fn reads_tags() {
        let text = r#"<Card title="A > b" cols={2} style={{ a: "}" }} x='y' on />"#;
        let tag = tag_at(text, 0).unwrap();
        assert_eq!(tag.kind, TagKind::SelfClosing);
        assert_eq!(tag.range, 0..text.len());
        assert_eq!(tag.value(text, "title"), Some("A > b"));
        assert_eq!(tag.value(text, "cols"), Some("2"));
        assert_eq!(tag.value(text, "style"), None);
        assert_eq!(tag.value(text, "x"), Some("y"));
        assert!(tag.attr(text, "on").is_some());
    }

    #[test]
    fn what_is_no_tag() {
        for text in
            ["<", "< a>", "<1>", "<a", "<a b=>", "<a|b>", "<https://x>", "</a b>", "<a \"x\">"]
        {
            assert!(tag_at(text, 0).is_none(), "{text}");
        }
        assert!(tag_at("</Note >", 0).is_some());
    }

    #[test]
    fn literals() {
        let value = |text: &str| tag_at(text, 0).unwrap().value(text, "a").map(str::to_owned);
        assert_eq!(value(r#"<x a={"b c"}>"#).as_deref(), Some("b c"));
        assert_eq!(value("<x a={ true }>").as_deref(), Some("true"));
        assert_eq!(value("<x a={b}>"), None);
        assert_eq!(value("<x a={`${b}`}>"), None);
    }
}
