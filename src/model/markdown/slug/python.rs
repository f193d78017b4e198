//! Python-Markdown's `toc`, which MkDocs uses, and the rules of pymdownx that may replace it.

use unicode_general_category::{GeneralCategory, get_general_category};
use unicode_normalization::UnicodeNormalization;

/// `ascii`: characters without an ASCII form are removed, which is the default.
pub(super) fn slug(title: &str, ascii: bool) -> String {
    let kept: String = if ascii {
        title.nfkd().filter(char::is_ascii).filter(|c| stays(*c)).collect()
    } else {
        title.chars().filter(|c| stays(*c)).collect()
    };
    let mut out = String::with_capacity(kept.len());
    let mut gap = false;
    for c in kept.trim().to_lowercase().chars() {
        if c.is_whitespace() || c == '-' {
            gap = true;
            continue;
        }
        if std::mem::take(&mut gap) {
            out.push('-');
        }
        out.push(c);
    }
    if gap {
        out.push('-');
    }
    out
}

/// The rule of pymdownx: each space becomes a hyphen, also in runs.
pub(super) fn pymdownx(title: &str, lower: bool) -> String {
    let title: String = title.trim().nfc().collect();
    let title = if lower { title.to_lowercase() } else { title };
    let kept = title.chars().filter(|c| is_word(*c) || matches!(c, '-' | ' '));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

fn stays(c: char) -> bool {
    is_word(c) || c.is_whitespace() || c == '-'
}

/// Python's `\w`: `str.isalnum`, and the underscore.
fn is_word(c: char) -> bool {
    use GeneralCategory::{
        DecimalNumber, LetterNumber, LowercaseLetter, ModifierLetter, OtherLetter, OtherNumber,
        TitlecaseLetter, UppercaseLetter,
    };
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    matches!(
        get_general_category(c),
        UppercaseLetter
            | LowercaseLetter
            | TitlecaseLetter
            | ModifierLetter
            | OtherLetter
            | DecimalNumber
            | LetterNumber
            | OtherNumber
    )
}

#[cfg(test)]
mod tests {
    use crate::markdown::slug::SlugRule;

    #[test]
    fn cases() {
        for (title, python, unicode, pymdownx) in [
            ("Quick  setup", "quick-setup", "quick-setup", "Quick--setup"),
            ("a -- b", "a-b", "a-b", "a----b"),
            ("žlutý Café", "zluty-cafe", "žlutý-café", "žlutý-Café"),
            ("A & B / C", "a-b-c", "a-b-c", "A--B--C"),
            ("中文 x", "x", "中文-x", "中文-x"),
            ("`--flag` x_y", "-flag-x_y", "-flag-x_y", "--flag-x_y"),
            ("1.2.3", "123", "123", "123"),
            ("ﬁne ½", "fine-12", "ﬁne-½", "ﬁne-½"),
            ("What's “new”?", "whats-new", "whats-new", "Whats-new"),
            ("tool.uv.sources", "tooluvsources", "tooluvsources", "tooluvsources"),
            ("a -", "a-", "a-", "a--"),
            ("!", "", "", ""),
        ] {
            assert_eq!(SlugRule::Python.slug(title), python, "{title}");
            assert_eq!(SlugRule::PythonUnicode.slug(title), unicode, "{title}");
            let rule = SlugRule::Pymdownx { lower: false };
            assert_eq!(rule.slug(title), pymdownx, "{title}");
        }
        assert_eq!(SlugRule::Pymdownx { lower: true }.slug("Über Uns"), "über-uns");
    }
}
