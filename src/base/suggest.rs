//! "Did you mean": finds the names that a word may be a misspelling of.
//!
//! Words are compared by the number of characters that have to be inserted, deleted, changed or
//! swapped with their neighbour, ignoring case. There are two thresholds. A *suggestion* does no
//! harm if it is wrong, so one edit in four characters is near enough, and so is a word that is
//! the beginning of a name, or the other way round. A *typo* decides whether something is reported
//! at all, so it allows only one edit, or two in long words.

/// The most names that one word is compared with, so that the work for a page with many broken
/// links and many headings is not quadratic.
const MAX_NAMES: usize = 5_000;

/// The longest word that is compared, in bytes: longer ones are not misspellings, and the time
/// of a comparison is the product of the two lengths.
const MAX_WORD_BYTES: usize = 256;

/// The shortest beginning of a name that counts, in characters: shorter ones fit too many names.
const MIN_PREFIX_CHARS: usize = 4;

/// The length in characters from which two edits are still a typo.
const LONG_WORD_CHARS: usize = 8;

/// The number of edits between two words, ignoring case.
pub fn distance(one: &str, other: &str) -> usize {
    strsim::osa_distance(&one.to_lowercase(), &other.to_lowercase())
}

/// The nearest name that `word` may be a misspelling of. Of equally near names, the alphabetically
/// first wins, so the result does not depend on the order of the names.
pub fn nearest<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    near(word, names.into_iter().map(|name| ((), name))).first().map(|(_, name, ())| *name)
}

/// Like [`nearest`], but a word that is only the beginning of a name does not count.
pub fn nearest_by_edits<'n>(
    word: &str,
    names: impl IntoIterator<Item = &'n str>,
) -> Option<&'n str> {
    let word = Word::new(word)?;
    let names = names.into_iter().take(MAX_NAMES);
    names.filter_map(|name| Some((word.edits(name)?, name))).min().map(|(_, name)| name)
}

/// All names that `word` may be a misspelling of, with their distances: nearest first, then
/// alphabetical.
pub fn near<'n, T>(
    word: &str,
    names: impl IntoIterator<Item = (T, &'n str)>,
) -> Vec<(usize, &'n str, T)> {
    let Some(word) = Word::new(word) else { return Vec::new() };
    let distance = |name| word.edits(name).or_else(|| word.surplus(name));
    let mut found: Vec<(usize, &str, T)> = names
        .into_iter()
        .take(MAX_NAMES)
        .filter_map(|(thing, name)| Some((distance(name)?, name, thing)))
        .collect();
    found.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    found
}

/// Whether `word` is so near to `name` that it is most likely a typo.
pub fn is_typo(word: &str, name: &str) -> bool {
    if word.len() < 3
        || name.len() < 3
        || word.len() > MAX_WORD_BYTES
        || name.len() > MAX_WORD_BYTES
    {
        return false;
    }
    // `lst` is a typo of `list`, and `topp` of `top`; but `stop` is not one of `top`, nor `rm`
    // of `ls`.
    if name.len() == 3 {
        let doubled = |at: usize| word[..at].ends_with(&word[at..at + 1]);
        let without = |at: usize| [&word[..at], &word[at + 1..]].concat();
        return word.is_ascii()
            && word.len() == 4
            && (1..4).any(|at| doubled(at) && without(at).eq_ignore_ascii_case(name));
    }
    let limit = if word.len() < LONG_WORD_CHARS { 1 } else { 2 };
    word.len().abs_diff(name.len()) <= limit * 4 && distance(word, name) <= limit
}

/// The name that `word` is a typo of, if one is nearer than all others.
pub fn typo_of<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let slips = names.into_iter().take(MAX_NAMES).filter(|name| is_typo(word, name));
    let mut found: Vec<(usize, &str)> = slips.map(|name| (distance(word, name), name)).collect();
    found.sort_unstable();
    found.dedup_by(|a, b| a.1.eq_ignore_ascii_case(b.1));
    match found.as_slice() {
        [(_, one)] => Some(one),
        [(least, one), (next, _), ..] if least < next => Some(one),
        _ => None,
    }
}

/// The most characters that a letter may grow by in lower case, which few letters do.
const MAX_CASE_GROWTH: usize = 2;

/// A word that names are compared with.
struct Word {
    lower: String,
    length: usize,
    letters: [u16; 64],
}

impl Word {
    /// `None` if nothing can be near to the word.
    fn new(word: &str) -> Option<Self> {
        let lower = word.to_lowercase();
        let fits = !lower.is_empty() && lower.len() <= MAX_WORD_BYTES;
        fits.then(|| Self { length: lower.chars().count(), letters: letters(&lower), lower })
    }

    /// The number of edits, if they are few.
    fn edits(&self, name: &str) -> Option<usize> {
        let limit = (self.length / 4).max(1);
        // The difference in length is a lower bound, and cheap: it rules out nearly all names.
        let missing = name.chars().take(MAX_WORD_BYTES).count().abs_diff(self.length);
        if name.len() > 2 * MAX_WORD_BYTES || missing > limit + MAX_CASE_GROWTH {
            return None;
        }
        let lower = name.to_lowercase();
        // Comparing letter counts is cheap, and rules out nearly all names that are not near.
        if apart(&self.letters, &letters(&lower)) > limit {
            return None;
        }
        let distance = strsim::osa_distance(&self.lower, &lower);
        // Words of two letters that share only one are not near.
        let near = distance <= limit && distance * 2 < lower.chars().count().max(self.length);
        near.then_some(distance)
    }

    /// If one of the two is the beginning of the other (most of it, or whole words of it), the
    /// number of characters that the other has after that.
    fn surplus(&self, name: &str) -> Option<usize> {
        if name.len() > 2 * MAX_WORD_BYTES {
            return None;
        }
        let lower = name.to_lowercase();
        let (beginning, rest) = match lower.strip_prefix(&self.lower) {
            Some(rest) => (self.length, rest),
            None => (lower.chars().count(), self.lower.strip_prefix(&lower)?),
        };
        let surplus = rest.chars().count();
        let words = rest.starts_with(|c: char| !c.is_alphanumeric());
        (beginning >= MIN_PREFIX_CHARS && (words || surplus <= beginning)).then_some(surplus)
    }
}

/// The number of occurrences of each letter in a word; some letters share a counter.
fn letters(word: &str) -> [u16; 64] {
    let mut counts = [0; 64];
    for c in word.chars() {
        counts[c as usize % 64] += 1;
    }
    counts
}

/// A lower bound of the number of edits between words with these letters.
fn apart(one: &[u16; 64], other: &[u16; 64]) -> usize {
    let more = |a: &[u16; 64], b: &[u16; 64]| -> usize {
        a.iter().zip(b).map(|(a, b)| usize::from(a.saturating_sub(*b))).sum()
    };
    more(one, other).max(more(other, one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names() {
        let names = ["trustedProxies", "port", "bind", "gateway", "tts", "output", "desktop-app"];
        for (word, expected) in [
            ("trustedProxys", Some("trustedProxies")),
            ("gatway", Some("gateway")),
            ("gatewya", Some("gateway")),
            ("Port", Some("port")),
            ("outputdir", Some("output")),
            ("outp", Some("output")),
            ("desktop", Some("desktop-app")),
            ("host", None),
            ("portable-network", None),
            ("zz", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, names), expected, "{word}");
        }
        assert_eq!(nearest("bind", ["bin", "bine"]), Some("bin"), "ties are alphabetical");
        assert_eq!(nearest_by_edits("outputdir", names), None);
        assert_eq!(nearest_by_edits("ouptut", names), Some("output"));
    }

    #[test]
    fn no_name_is_passed_over_for_its_letters() {
        let words = ["a", "Channel", "channels", "gateway", "get-away", "été", "ete", "aaab", "İx"];
        for a in words {
            for b in words {
                let word = Word::new(a).expect("a word");
                let limit = (word.length / 4).max(1);
                let length = b.to_lowercase().chars().count().max(word.length);
                let distance = distance(a, b);
                let near = distance <= limit && distance * 2 < length;
                assert_eq!(word.edits(b), near.then_some(distance), "{a} {b}");
            }
        }
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
            assert_eq!(is_typo(word, name), expected, "{word} {name}");
        }
        assert_eq!(typo_of("gatway", ["gateway", "other"]), Some("gateway"));
        assert_eq!(typo_of("list", ["lists", "lisp"]), None, "either may be meant");
    }

    #[test]
    fn the_work_is_bounded() {
        assert_eq!(nearest(&"a".repeat(1_000_000), ["a"]), None);
        assert_eq!(nearest("aaaa", [&*"a".repeat(1_000_000)]), None);
        let many = std::iter::repeat_n("other", MAX_NAMES).chain(["name"]);
        assert_eq!(nearest("nmae", many), None, "as many as that are not compared");
    }
}
