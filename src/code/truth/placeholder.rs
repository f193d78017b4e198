//! Recognises placeholders, which readers are to replace with their own values.

/// Whether `text` is, or contains, something that a reader replaces.
///
/// `<token>`, `${VAR}`, `$VAR`, `{{ x }}`, `{id}`, `%VAR%`, `...`, `xxx`, `your-token`.
pub fn is_placeholder(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let marked = ["...", "…", "${", "$(", "{{", "xxx", "your-", "your_", "<your"]
        .iter()
        .any(|mark| lower.contains(mark));
    marked
        || lower.starts_with("your ")
        || between(text, '<', '>')
        || between(text, '{', '}')
        || text.strip_prefix('$').is_some_and(is_name)
        || text.strip_prefix('%').and_then(|rest| rest.strip_suffix('%')).is_some_and(is_name)
}

/// Whether `text` is a value that a reader replaces: a placeholder, or a word like `MY_USER_ID`.
///
/// This is not used for keys, where `MY_USER_ID` is a name like any other.
pub fn is_placeholder_value(text: &str) -> bool {
    let shouted = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    is_placeholder(text)
        || (text.contains('_')
            && text.starts_with(|first: char| first.is_ascii_uppercase())
            && text.bytes().all(shouted))
}

/// Whether a name is between the two characters somewhere in `text`.
fn between(text: &str, open: char, close: char) -> bool {
    text.split(open).skip(1).any(|rest| {
        let Some((inner, _)) = rest.split_once(close) else { return false };
        inner.chars().next().is_some_and(|first| first.is_alphanumeric() || first == '_')
            && !inner.contains(['"', '\'', ':', ','])
    })
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shouted_words_are_placeholders_as_values_only() {
        assert!(is_placeholder_value("ALPHA_USER_ID") && !is_placeholder("ALPHA_USER_ID"));
        assert!(is_placeholder_value("<id>"));
        for text in ["LAN", "Alpha_ID", "_", "", "1_000"] {
            assert!(!is_placeholder_value(text), "{text}");
        }
    }

    #[test]
    fn placeholders_and_values() {
        for text in [
            "<token>",
            "<a|b>",
            "${VAR}",
            "{{ x }}",
            "...",
            "…",
            "sk-...",
            "$TOKEN",
            "{id}",
            "%HOME%",
            "YOUR_TOKEN",
            "your-api-key",
            "ghp_xxxx",
            "http://<host>/x",
            "Your name",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in ["loopback", "", "a < b", "$", "100%", "{\"a\": 1}", "a>b<c", "yours"] {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}
