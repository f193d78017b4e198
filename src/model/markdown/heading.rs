//! Attributes at the end of a heading: `{#id}`, `{#id .class}`, `{: #id}`.
//!
//! CommonMark libraries take any braces there as attributes, so `GET /users/{id}` loses its end.

/// Splits the text of a heading into the visible text and the explicit id. `None` if the text does
/// not end with attributes.
pub fn split_attributes(text: &str) -> Option<(&str, Option<&str>)> {
    let text = text.trim_end();
    // `%{#id}%`, for generators in which plain braces mean something else.
    let (inner, mark) = match text.strip_suffix("}%") {
        Some(inner) => (inner, "%"),
        None => (text.strip_suffix('}')?, ""),
    };
    let open = inner.rfind('{')?;
    let shown = text[..open].strip_suffix(mark)?.trim_end();
    let inner = &inner[open + 1..];
    // `{/*id*/}`, whose asterisks the parser takes as emphasis.
    if let Some(word) = inner.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')) {
        let bare = word.strip_prefix('*').and_then(|rest| rest.strip_suffix('*')).unwrap_or(word);
        if !bare.is_empty() && bare.chars().all(|c| c.is_alphanumeric() || "-_".contains(c)) {
            return Some((shown, Some(bare)));
        }
    }
    if let Some(comment) = inner.strip_prefix("/*").and_then(|rest| rest.strip_suffix("*/")) {
        // As in MDX, where braces contain code.
        let id = comment.trim().strip_prefix('#')?;
        return (!id.is_empty() && !id.contains(char::is_whitespace)).then_some((shown, Some(id)));
    }
    let listed = inner.starts_with(':');
    let mut id = None;
    let (mut any, mut sure) = (false, listed);
    for word in words(inner.trim_start_matches(':')) {
        any = true;
        match word.split_at_checked(1) {
            Some(("#", name)) if !name.is_empty() => id = id.or(Some(name)),
            Some((".", name)) if !name.is_empty() => {}
            _ if word.starts_with("data-") && word.contains('=') => {}
            _ if word.contains('=') => continue,
            _ => return None,
        }
        sure = true;
    }
    (any && sure).then_some((shown, id))
}

/// The words of an attribute list; a quoted value is one word.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        let mut quote = None;
        let end = rest.find(|c: char| {
            match quote {
                Some(open) if open == c => quote = None,
                Some(_) => {}
                None if matches!(c, '"' | '\'') => quote = Some(c),
                None => return c.is_whitespace(),
            }
            false
        });
        let (word, behind) = rest.split_at(end.unwrap_or(rest.len()));
        rest = behind;
        (!word.is_empty()).then_some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_attributes_are_attributes() {
        for (text, expected) in [
            ("A {#b}", Some(("A", Some("b")))),
            ("A{#b .c}", Some(("A", Some("b")))),
            ("A {: #b }", Some(("A", Some("b")))),
            ("A {.c}", Some(("A", None))),
            ("GET /users/{id}", None),
            ("Set {1, 2}", None),
            ("Use ${HOME}", None),
            ("A { data-x=\"b c\" }", Some(("A", None))),
            ("A {a=b}", None),
            ("A {#b a=b}", Some(("A", Some("b")))),
            ("A {/* #b */}", Some(("A", Some("b")))),
            ("A {/* b */}", None),
            ("A {/*b-c*/}", Some(("A", Some("b-c")))),
            ("A {/b-c/}", Some(("A", Some("b-c")))),
            ("A %{#b}%", Some(("A", Some("b")))),
            ("A {#b}%", None),
            ("A {}", None),
            ("A {#}", None),
            ("}", None),
        ] {
            assert_eq!(split_attributes(text), expected, "{text}");
        }
    }
}
