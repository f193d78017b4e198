//! Attributes at the end of a heading: `{#id}`, `{#id .class}`, `{: #id}`.
//!
//! CommonMark libraries take any braces there for attributes, and `GET /users/{id}` loses its end.

/// Splits the text of a heading into what readers see and the id that its author gave it. `None`
/// when the text ends in no attributes.
pub fn split_attributes(text: &str) -> Option<(&str, Option<&str>)> {
    let inner = text.trim_end().strip_suffix('}')?;
    let open = inner.rfind('{')?;
    let words = inner[open + 1..].trim_start_matches(':').split_whitespace();
    let mut id = None;
    let mut any = false;
    for word in words {
        any = true;
        match word.split_at_checked(1) {
            Some(("#", name)) if !name.is_empty() => id = id.or(Some(name)),
            Some((".", name)) if !name.is_empty() => {}
            _ => return None,
        }
    }
    any.then(|| (text[..open].trim_end(), id))
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
            ("A {}", None),
            ("A {#}", None),
            ("}", None),
        ] {
            assert_eq!(split_attributes(text), expected, "{text}");
        }
    }
}
