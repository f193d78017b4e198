//! What authors write where a reader is to put something of their own.

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

/// Whether a name stands between the two characters somewhere in `text`.
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
