//! Hugo's three types of automatic ids. They are made from the Markdown of the heading, so the
//! destination of a link is part of the id.

use unicode_general_category::{GeneralCategory, get_general_category};
use unicode_normalization::UnicodeNormalization;

/// `github` and `github-ascii`.
pub(super) fn github(title: &str, ascii: bool) -> String {
    let plain: String;
    let title = if ascii {
        let accent = |c: &char| get_general_category(*c) == GeneralCategory::NonspacingMark;
        plain = title.nfd().filter(|c| !accent(c)).filter(char::is_ascii).collect();
        &plain
    } else {
        title
    };
    let mut out = String::with_capacity(title.len());
    for c in title.trim().chars() {
        match c {
            ' ' | '-' => out.push('-'),
            _ if c == '_' || is_letter(c) || is_digit(c) => out.extend(c.to_lowercase()),
            _ => {}
        }
    }
    out
}

/// `blackfriday`
pub(super) fn blackfriday(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    let mut gap = false;
    for c in title.chars() {
        if !is_letter(c) && !c.is_numeric() {
            gap = true;
            continue;
        }
        if std::mem::take(&mut gap) && !out.is_empty() {
            out.push('-');
        }
        out.extend(c.to_lowercase());
    }
    out
}

fn is_letter(c: char) -> bool {
    use GeneralCategory::{
        LowercaseLetter, ModifierLetter, OtherLetter, TitlecaseLetter, UppercaseLetter,
    };
    c.is_ascii_alphabetic()
        || (!c.is_ascii()
            && matches!(
                get_general_category(c),
                UppercaseLetter | LowercaseLetter | TitlecaseLetter | ModifierLetter | OtherLetter
            ))
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
        || (!c.is_ascii() && get_general_category(c) == GeneralCategory::DecimalNumber)
}

#[cfg(test)]
mod tests {
    use crate::markdown::slug::SlugRule;

    #[test]
    fn cases() {
        for (title, expected) in [
            ("God is good: 神真美好", "god-is-good-神真美好"),
            ("1+2=3", "123"),
            ("Special !\"#$%&(parens)=?´* chars", "special-parens-chars"),
            ("Resumé", "resumé"),
            ("Multiple--Hyphens", "multiple--hyphens"),
            ("Trailing hyphen-", "trailing-hyphen-"),
            ("Many   spaces  here", "many---spaces--here"),
            ("Forward/slash", "forwardslash"),
            ("Under_score", "under_score"),
            ("Nonbreaking\u{a0}Space", "nonbreakingspace"),
            ("Tab\tSpace", "tabspace"),
            ("Hello [Test](https://example.com)", "hello-testhttpsexamplecom"),
        ] {
            assert_eq!(SlugRule::Hugo.slug(title), expected, "{title}");
        }
        assert_eq!(SlugRule::HugoAscii.slug("god is神真美好 good"), "god-is-good");
        assert_eq!(SlugRule::HugoAscii.slug("Resumé"), "resume");
        let title = "Let's try this, shall we?";
        assert_eq!(SlugRule::Blackfriday.slug(title), "let-s-try-this-shall-we");
    }
}
