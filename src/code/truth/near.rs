//! "Did you mean": the nearest of a set of names.

/// A letter can be several in lower case; names with more than a few of those are not met.
const CASES: usize = 2;

/// The candidate that `word` is most likely a misspelling of, if one is near enough.
///
/// Near is one edit for short names and one in four characters for longer ones, letter case
/// aside; a transposition counts as one edit. Ties go to the first in alphabetical order, so the
/// answer does not depend on the order of the candidates.
pub(crate) fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let word = word.to_lowercase();
    // Names in examples are short. A long one is not a misspelling, and the distance is quadratic.
    if word.is_empty() || word.len() > 128 {
        return None;
    }
    let length = word.chars().count();
    let limit = (length / 4).max(1);
    let own = letters(&word);
    candidates
        .into_iter()
        .filter(|name| name.len() <= 256)
        // So many letters are missing at least: cheap to see, and true of nearly all names.
        .filter(|name| name.chars().count().abs_diff(length) <= limit + CASES)
        .filter_map(|name| {
            let lower = name.to_lowercase();
            // To count letters is cheap, and says no to nearly all that are not alike.
            if apart(&own, &letters(&lower)) > limit {
                return None;
            }
            let distance = strsim::damerau_levenshtein(&word, &lower);
            // Two letters that share one of them are not alike.
            let alike = distance <= limit && distance * 2 < lower.chars().count().max(length);
            alike.then_some((distance, name))
        })
        .min()
        .map(|(_, name)| name)
}

/// How often each letter is in a word, several letters taken for one.
fn letters(word: &str) -> [u16; 64] {
    let mut counts = [0; 64];
    for c in word.chars() {
        counts[c as usize % 64] += 1;
    }
    counts
}

/// The least number of edits between words with these letters.
fn apart(one: &[u16; 64], other: &[u16; 64]) -> usize {
    let more = |a: &[u16; 64], b: &[u16; 64]| -> usize {
        a.iter().zip(b).map(|(a, b)| usize::from(a.saturating_sub(*b))).sum()
    };
    more(one, other).max(more(other, one))
}

/// Whether `word` is so near to `name` that a slip of the fingers explains it.
pub(crate) fn is_misspelling(word: &str, name: &str) -> bool {
    if word.len() < 3 || name.len() < 3 || word.len() > 128 || name.len() > 256 {
        return false;
    }
    // Of `rm` and `ls` neither is a slip, of `lst` and `list` one is; `stop` is none of `top`, but
    // `topp` is.
    if name.len() == 3 {
        let doubled = |at: usize| word[..at].ends_with(&word[at..at + 1]);
        let without = |at: usize| [&word[..at], &word[at + 1..]].concat();
        return word.is_ascii()
            && word.len() == 4
            && (1..4).any(|at| doubled(at) && without(at).eq_ignore_ascii_case(name));
    }
    let limit = if word.len() < 8 { 1 } else { 2 };
    strsim::damerau_levenshtein(&word.to_lowercase(), &name.to_lowercase()) <= limit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names() {
        let names = ["trustedProxies", "port", "bind", "gateway", "tts"];
        for (word, expected) in [
            ("trustedProxys", Some("trustedProxies")),
            ("gatway", Some("gateway")),
            ("gatewya", Some("gateway")),
            ("Port", Some("port")),
            ("host", None),
            ("zz", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, names), expected, "{word}");
        }
        assert_eq!(nearest("bind", ["bin", "bine"]), Some("bin"), "ties are alphabetical");
    }

    #[test]
    fn slips_of_the_fingers() {
        for (word, name, expected) in [
            ("lst", "list", true),
            ("lsit", "list", true),
            ("fiix", "fix", true),
            ("FFix", "fix", true),
            ("stop", "top", false),
            ("fox", "fix", false),
            ("rm", "ls", false),
            ("gatwey", "gateway", false),
            ("gatway", "gateway", true),
            ("töö", "tö", false),
        ] {
            assert_eq!(is_misspelling(word, name), expected, "{word} {name}");
        }
    }

    #[test]
    fn very_long_words_are_not_compared() {
        assert_eq!(nearest(&"a".repeat(1_000_000), ["a"]), None);
    }
}
