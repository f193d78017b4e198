//! Mintlify: characters that `encodeURIComponent` would encode are kept, other punctuation becomes
//! hyphens.

pub(super) fn slug(title: &str) -> String {
    let title = title.trim();
    // The slug library drops the apostrophe of a closing `'s` or `'t`.
    let bytes = title.as_bytes();
    let contraction = bytes.len() > 2
        && bytes[bytes.len() - 2] == b'\''
        && matches!(bytes[bytes.len() - 1] | 0x20, b's' | b't')
        && bytes[bytes.len() - 3].is_ascii_alphanumeric();
    let apostrophe = if contraction { bytes.len() - 2 } else { usize::MAX };
    let mut out = String::with_capacity(title.len());
    let mut gap = false;
    for (at, c) in title.char_indices().filter(|(at, _)| *at != apostrophe) {
        let separator =
            c.is_whitespace() || matches!(c, '-' | '.' | '!' | '~' | '*' | '\'' | '(' | ')');
        if separator {
            gap = at > 0;
            continue;
        }
        if gap && !out.is_empty() {
            out.push('-');
        }
        gap = false;
        out.extend(c.to_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::markdown::slug::SlugRule;

    #[test]
    fn cases() {
        for (title, expected) in [
            ("Quick setup", "quick-setup"),
            ("Session overrides (`/exec`)", "session-overrides-`/exec`"),
            ("Session overrides (/exec)", "session-overrides-/exec"),
            (
                "Public internet: Funnel + shared password",
                "public-internet:-funnel-+-shared-password",
            ),
            ("agents.defaults.cwd", "agents-defaults-cwd"),
            ("What's new", "what-s-new"),
            ("The gateway's", "the-gateways"),
            ("permissions and ask_user", "permissions-and-ask_user"),
            ("Café 中文", "café-中文"),
            ("a -- b", "a-b"),
            ("  ", ""),
        ] {
            assert_eq!(SlugRule::Mintlify.slug(title), expected, "{title}");
        }
    }
}
