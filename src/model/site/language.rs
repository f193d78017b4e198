//! The language of a page by its path.

/// The languages of ISO 639-1, sorted.
#[rustfmt::skip]
const CODES: &[&str] = &[
    "aa", "ab", "ae", "af", "ak", "am", "an", "ar", "as", "av", "ay", "az", "ba", "be", "bg", "bh",
    "bi", "bm", "bn", "bo", "br", "bs", "ca", "ce", "ch", "co", "cr", "cs", "cu", "cv", "cy", "da",
    "de", "dv", "dz", "ee", "el", "en", "eo", "es", "et", "eu", "fa", "ff", "fi", "fj", "fo", "fr",
    "fy", "ga", "gd", "gl", "gn", "gu", "gv", "ha", "he", "hi", "ho", "hr", "ht", "hu", "hy", "hz",
    "ia", "id", "ie", "ig", "ii", "ik", "io", "is", "it", "iu", "ja", "jv", "ka", "kg", "ki", "kj",
    "kk", "kl", "km", "kn", "ko", "kr", "ks", "ku", "kv", "kw", "ky", "la", "lb", "lg", "li", "ln",
    "lo", "lt", "lu", "lv", "mg", "mh", "mi", "mk", "ml", "mn", "mr", "ms", "mt", "my", "na", "nb",
    "nd", "ne", "ng", "nl", "nn", "no", "nr", "nv", "ny", "oc", "oj", "om", "or", "os", "pa", "pi",
    "pl", "ps", "pt", "qu", "rm", "rn", "ro", "ru", "rw", "sa", "sc", "sd", "se", "sg", "si", "sk",
    "sl", "sm", "sn", "so", "sq", "sr", "ss", "st", "su", "sv", "sw", "ta", "te", "tg", "th", "ti",
    "tk", "tl", "tn", "to", "tr", "ts", "tt", "tw", "ty", "ug", "uk", "ur", "uz", "ve", "vi", "vo",
    "wa", "wo", "xh", "yi", "yo", "za", "zh", "zu",
];

/// Whether a segment of a path is a language: `fr`, `pt-BR`, `zh_Hans`.
pub fn is_language(part: &str) -> bool {
    let (code, region) = part.split_once(['-', '_']).map_or((part, None), |(a, b)| (a, Some(b)));
    let plain = |region: &str| {
        (2..=4).contains(&region.len()) && region.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    CODES.binary_search(&code).is_ok() && region.is_none_or(plain)
}

/// The language in a path, empty if there is none, and the path without it: `fr/guide/a.md` and
/// `guide/a.fr.md` both give `fr` and `guide/a.md`.
pub fn split(path: &str) -> (&str, String) {
    if let Some((first, rest)) = path.split_once('/')
        && is_language(first)
    {
        return (first, rest.to_owned());
    }
    let named = path.rsplit_once('.').and_then(|(stem, suffix)| {
        let (stem, code) = stem.rsplit_once('.')?;
        (is_language(code) && !stem.ends_with('/')).then(|| (code, format!("{stem}.{suffix}")))
    });
    named.unwrap_or(("", path.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_of_paths() {
        assert!(CODES.is_sorted());
        for (path, language, rest) in [
            ("fr/guide/a.md", "fr", "guide/a.md"),
            ("pt-BR/a.md", "pt-BR", "a.md"),
            ("zh_Hans/a.mdx", "zh_Hans", "a.mdx"),
            ("guide/a.fr.md", "fr", "guide/a.md"),
            ("guide/a.md", "", "guide/a.md"),
            ("go/a.md", "", "go/a.md"),
            ("en.md", "", "en.md"),
            ("a/.fr.md", "", "a/.fr.md"),
        ] {
            assert_eq!(split(path), (language, rest.to_owned()), "{path}");
        }
    }
}
