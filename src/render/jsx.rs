//! Converts JSX attributes to HTML attributes. Values that need running code are left out.

use std::ops::Range;

use super::escape;
use crate::markdown::collect::unescape;
use crate::markdown::html::{self, AttrValue, Tag, TagKind};

/// Writes a tag of an HTML element. `link` gives the published address of a link attribute.
pub fn tag(
    out: &mut String,
    source: &str,
    tag: &Tag,
    mut link: impl FnMut(&str, &str) -> Option<String>,
) {
    let name = tag.name(source);
    if tag.kind == TagKind::Close {
        if !html::is_void(name) {
            close(out, name);
        }
        return;
    }
    out.push('<');
    out.push_str(name);
    for attr in &tag.attrs {
        attribute(out, source, name, &source[attr.name.clone()], &attr.value, &mut link);
    }
    out.push('>');
    if tag.kind == TagKind::SelfClosing && !html::is_void(name) {
        close(out, name);
    }
}

fn close(out: &mut String, name: &str) {
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

fn attribute(
    out: &mut String,
    source: &str,
    element: &str,
    name: &str,
    value: &AttrValue,
    link: &mut impl FnMut(&str, &str) -> Option<String>,
) {
    let html_name = html_name(name);
    match value {
        AttrValue::None => {
            out.push(' ');
            out.push_str(&html_name);
        }
        AttrValue::Expr(range) if name == "style" => {
            let css = style(&source[range.clone()]);
            if !css.is_empty() {
                escape::attribute(out, "style", &css);
            }
        }
        value => {
            let Some(range) = html::literal(source, value) else { return };
            let raw = &source[range];
            if matches!(value, AttrValue::Expr(_))
                && matches!(raw, "true" | "false")
                && !name.starts_with("aria-")
            {
                if raw == "true" {
                    out.push(' ');
                    out.push_str(&html_name);
                }
                return;
            }
            let plain = unescape(raw);
            let resolved = link(element, name);
            escape::attribute(out, &html_name, resolved.as_deref().unwrap_or(&plain));
        }
    }
}

/// The HTML spelling of a JSX attribute.
fn html_name(name: &str) -> String {
    match name {
        "className" => "class".to_owned(),
        "htmlFor" => "for".to_owned(),
        "tabIndex" | "srcSet" | "colSpan" | "rowSpan" | "autoPlay" | "playsInline"
        | "allowFullScreen" | "frameBorder" | "referrerPolicy" | "crossOrigin" | "dateTime"
        | "autoFocus" | "readOnly" | "maxLength" | "useMap" => name.to_ascii_lowercase(),
        "strokeWidth" | "strokeLinecap" | "strokeLinejoin" | "fillRule" | "clipRule"
        | "stopColor" | "fontSize" | "fontFamily" | "textAnchor" | "strokeDasharray"
        | "fillOpacity" | "strokeOpacity" => kebab(name),
        _ => name.to_owned(),
    }
}

fn kebab(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 2);
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            out.push('-');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// A style object as CSS; properties that are not literals are left out.
fn style(expression: &str) -> String {
    let Some(inner) = expression.trim().strip_prefix('{').and_then(|rest| rest.strip_suffix('}'))
    else {
        return String::new();
    };
    let mut css = String::new();
    for part in split(inner) {
        let Some((key, value)) = pair(&inner[part]) else { continue };
        let property = if key.starts_with("--") { key.to_owned() } else { kebab(key) };
        let quoted =
            value.len() >= 2 && value.starts_with(['"', '\'']) && value.ends_with(&value[..1]);
        let plain = if quoted { &value[1..value.len() - 1] } else { value };
        let number = !quoted && plain.parse::<f64>().is_ok();
        if (!quoted && !number) || plain.contains([';', '{', '}']) {
            continue;
        }
        let unit = if number && plain != "0" && !key.starts_with("--") && !UNITLESS.contains(&key) {
            "px"
        } else {
            ""
        };
        if !css.is_empty() {
            css.push(';');
        }
        css.push_str(&format!("{property}:{plain}{unit}"));
    }
    css
}

const UNITLESS: &[&str] = &[
    "flex",
    "flexGrow",
    "flexShrink",
    "fontWeight",
    "lineHeight",
    "opacity",
    "order",
    "zIndex",
    "zoom",
    "columns",
];

fn pair(part: &str) -> Option<(&str, &str)> {
    let part = part.trim();
    let (key, value) = match part.strip_prefix(['"', '\'']) {
        Some(rest) => {
            let end = rest.find(['"', '\''])?;
            (&rest[..end], rest[end + 1..].trim_start().strip_prefix(':')?)
        }
        None => part.split_once(':')?,
    };
    let name = key.trim();
    let plain =
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    plain.then_some((name, value.trim()))
}

/// Splits a range at commas outside strings and brackets.
fn split(text: &str) -> Vec<Range<usize>> {
    let (mut parts, mut start, mut depth, mut quote) = (Vec::new(), 0, 0usize, None);
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'(' | b'[' | b'{') => depth += 1,
            (None, b')' | b']' | b'}') => depth = depth.saturating_sub(1),
            (None, b',') if depth == 0 => {
                parts.push(start..at);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(start..text.len());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(source: &str) -> String {
        let mut out = String::new();
        tag(&mut out, source, &html::tag_at(source, 0).unwrap(), |_, _| None);
        out
    }

    #[test]
    fn attributes() {
        for (jsx, expected) in [
            (r#"<div className="a" />"#, r#"<div class="a"></div>"#),
            (
                r#"<p style={{ "--score": "68", marginTop: 4, zIndex: 2 }}>"#,
                r#"<p style="--score:68;margin-top:4px;z-index:2">"#,
            ),
            (r#"<p style={{ color: theme.x }} onClick={run}>"#, "<p>"),
            (r#"<img src='a "b"' />"#, r#"<img src="a &quot;b&quot;">"#),
            ("<a hidden={true} open={false} x={2}>", r#"<a hidden x="2">"#),
            ("<br/>", "<br>"),
            ("</div>", "</div>"),
            ("</br>", ""),
            (r#"<a title="a &amp; b">"#, r#"<a title="a &amp; b">"#),
        ] {
            assert_eq!(html(jsx), expected);
        }
    }
}
