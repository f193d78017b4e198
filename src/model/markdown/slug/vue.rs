//! VitePress, with `@mdit-vue/shared`: accents are removed, runs of punctuation and space become
//! one hyphen, and an id never begins with a digit.

use unicode_normalization::UnicodeNormalization;

pub(super) fn slug(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    let mut gap = false;
    let dropped = |c: &char| matches!(c, '\u{300}'..='\u{36f}' | '\0'..='\u{1f}');
    for c in title.nfkd().filter(|c| !dropped(c)) {
        if is_special(c) {
            gap = true;
            continue;
        }
        if std::mem::take(&mut gap) && !out.is_empty() {
            out.push('-');
        }
        if out.is_empty() && c.is_ascii_digit() {
            out.push('_');
        }
        out.extend(c.to_lowercase());
    }
    out
}

fn is_special(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}' || c.is_ascii_punctuation() || "“”‘’".contains(c)
}

#[cfg(test)]
mod tests {
    use crate::markdown::slug::SlugRule;

    #[test]
    fn cases() {
        for (title, expected) in [
            ("Привет", "привет"),
            ("Лед üäöß", "лед-uaoß"),
            ("hangul 가", "hangul-\u{1100}\u{1161}"),
            ("¼", "_1⁄4"),
            ("hambúrguer", "hamburguer"),
            ("1a", "_1a"),
            ("123456", "_123456"),
            ("a -- b", "a-b"),
            ("What's new?", "what-s-new"),
            ("`vite.config` / C++", "vite-config-c"),
            ("a\tb", "ab"),
            ("(x)", "x"),
            ("🚀 Go", "🚀-go"),
            ("a – b", "a-–-b"),
            ("!", ""),
        ] {
            assert_eq!(SlugRule::Vue.slug(title), expected, "{title}");
        }
    }
}
