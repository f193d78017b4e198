//! github.com and github-slugger: letters, marks, decimal digits, connectors and hyphens are kept,
//! each space becomes a hyphen, and all else is removed.

use unicode_general_category::{GeneralCategory, get_general_category};

pub(super) fn slug(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    for c in title.chars() {
        match c {
            ' ' | '-' => out.push('-'),
            _ if is_word(c) => out.extend(c.to_lowercase()),
            _ => {}
        }
    }
    out
}

fn is_word(c: char) -> bool {
    use GeneralCategory::{
        ConnectorPunctuation, DecimalNumber, EnclosingMark, NonspacingMark, SpacingMark,
    };
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    c.is_alphabetic()
        || matches!(
            get_general_category(c),
            DecimalNumber | ConnectorPunctuation | NonspacingMark | SpacingMark | EnclosingMark
        )
}

#[cfg(test)]
mod tests {
    use crate::markdown::slug::SlugRule;

    #[test]
    fn cases() {
        for (title, expected) in [
            ("Quick setup", "quick-setup"),
            ("Session overrides (`/exec`)", "session-overrides-exec"),
            (
                "Public internet: Funnel + shared password",
                "public-internet-funnel--shared-password",
            ),
            ("agents.defaults.cwd", "agentsdefaultscwd"),
            ("What's new?", "whats-new"),
            ("What’s “new”", "whats-new"),
            ("permissions and ask_user", "permissions-and-ask_user"),
            ("Café 中文 Ünïcode", "café-中文-ünïcode"),
            ("a -- b", "a----b"),
            ("a – b — c", "a--b--c"),
            ("🚀 Launch 🎉", "-launch-"),
            ("v1.2.3", "v123"),
            ("1. First", "1-first"),
            ("x² ½ ①", "x--"),
            ("हिन्दी", "हिन्दी"),
            ("C# & F#", "c--f"),
            ("a\u{a0}b\tc", "abc"),
            ("--flag", "--flag"),
            ("<T> of `Vec<T>`", "t-of-vect"),
            ("！全角", "全角"),
            ("ß ẞ İ", "ß-ß-i\u{307}"),
            ("!", ""),
        ] {
            assert_eq!(SlugRule::GitHub.slug(title), expected, "{title}");
        }
        assert_eq!(SlugRule::GitHub.slug(" a "), "-a-");
        assert_eq!(SlugRule::Astro.slug("Launch 🎉"), "launch");
    }
}
