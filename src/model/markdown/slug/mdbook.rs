//! mdBook: lower case; letters, digits, `_` and `-` are kept, white space becomes hyphens.

pub(super) fn slug(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    for c in title.trim().to_lowercase().chars() {
        match c {
            '_' | '-' => out.push(c),
            _ if c.is_alphanumeric() => out.push(c),
            _ if c.is_whitespace() => out.push('-'),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::markdown::slug::SlugRule;

    #[test]
    fn cases() {
        for (title, expected) in [
            ("`--passes`: add more rustdoc passes", "--passes-add-more-rustdoc-passes"),
            ("Method-call 🐙 expressions \u{1f47c}", "method-call--expressions-"),
            ("_-_12345", "_-_12345"),
            ("中文標題 CJK title", "中文標題-cjk-title"),
            ("Über", "über"),
            ("a\u{a0}b", "a-b"),
            ("x² of ½", "x²-of-½"),
            ("Using `Box<T>`", "using-boxt"),
            ("A & B", "a--b"),
            ("!.():", ""),
        ] {
            assert_eq!(SlugRule::MdBook.slug(title), expected, "{title}");
        }
    }
}
