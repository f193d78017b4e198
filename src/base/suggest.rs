//! "Did you mean": which of a set of names a word may be a misspelling of.
//!
//! There is one distance: how many characters have to be added, left out, changed, or exchanged
//! with their neighbour, letter case aside. And there are two thresholds. A *suggestion* costs a
//! reader who did not mean it nothing, so one edit in four characters is near enough, and so is a
//! name of which only the beginning or more than all was written. A *slip* decides whether
//! something is reported at all, so it allows for the fingers alone: one edit, two in long words.

/// The most names that one word is compared with. Where a page has as many dead links as
/// headings, the work grows with the number of links and not with its square.
const MOST_NAMES: usize = 5_000;

/// Longer words, in bytes, are no misspellings, and comparing two words takes the product of their
/// lengths.
const LONGEST: usize = 256;

/// A beginning of fewer characters is that of too many names.
const SHORTEST_BEGINNING: usize = 4;

/// From this length on, two edits can be a slip.
const LONG_WORD: usize = 8;

/// The number of edits between two words, letter case aside.
pub fn distance(one: &str, other: &str) -> usize {
    strsim::osa_distance(&one.to_lowercase(), &other.to_lowercase())
}

/// The name that `word` may be a misspelling of, the nearest first. Ties go to the first in
/// alphabetical order, so the answer does not depend on the order of the names.
pub fn nearest<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    near(word, names.into_iter().map(|name| ((), name))).first().map(|(_, name, ())| *name)
}

/// Likewise, with every edit of a misspelling to be explained: beginnings do not count.
pub fn nearest_by_edits<'n>(
    word: &str,
    names: impl IntoIterator<Item = &'n str>,
) -> Option<&'n str> {
    let word = Word::new(word)?;
    let names = names.into_iter().take(MOST_NAMES);
    names.filter_map(|name| Some((word.edits(name)?, name))).min().map(|(_, name)| name)
}

/// All names that `word` may be a misspelling of, with their distances: the nearest first, then in
/// alphabetical order.
pub fn near<'n, T>(
    word: &str,
    names: impl IntoIterator<Item = (T, &'n str)>,
) -> Vec<(usize, &'n str, T)> {
    let Some(word) = Word::new(word) else { return Vec::new() };
    let distance = |name| word.edits(name).or_else(|| word.surplus(name));
    let mut found: Vec<(usize, &str, T)> = names
        .into_iter()
        .take(MOST_NAMES)
        .filter_map(|(thing, name)| Some((distance(name)?, name, thing)))
        .collect();
    found.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    found
}

/// Whether `word` is so near to `name` that a slip of the fingers explains it.
pub fn is_slip(word: &str, name: &str) -> bool {
    if word.len() < 3 || name.len() < 3 || word.len() > LONGEST || name.len() > LONGEST {
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
    let limit = if word.len() < LONG_WORD { 1 } else { 2 };
    word.len().abs_diff(name.len()) <= limit * 4 && distance(word, name) <= limit
}

/// The name that `word` is a slip of, if one is nearer than all others.
pub fn slip_of<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let slips = names.into_iter().take(MOST_NAMES).filter(|name| is_slip(word, name));
    let mut found: Vec<(usize, &str)> = slips.map(|name| (distance(word, name), name)).collect();
    found.sort_unstable();
    found.dedup_by(|a, b| a.1.eq_ignore_ascii_case(b.1));
    match found.as_slice() {
        [(_, one)] => Some(one),
        [(least, one), (next, _), ..] if least < next => Some(one),
        _ => None,
    }
}

/// A letter can be several in lower case; names with more than a few of those are not met.
const CASES: usize = 2;

/// A word that names are compared with.
struct Word {
    lower: String,
    length: usize,
    letters: [u16; 64],
}

impl Word {
    /// None where nothing can be near to the word.
    fn new(word: &str) -> Option<Self> {
        let lower = word.to_lowercase();
        let fits = !lower.is_empty() && lower.len() <= LONGEST;
        fits.then(|| Self { length: lower.chars().count(), letters: letters(&lower), lower })
    }

    /// The number of edits, if they are few.
    fn edits(&self, name: &str) -> Option<usize> {
        let limit = (self.length / 4).max(1);
        // So many letters are missing at least: cheap to see, and true of nearly all names.
        let missing = name.chars().take(LONGEST).count().abs_diff(self.length);
        if name.len() > 2 * LONGEST || missing > limit + CASES {
            return None;
        }
        let lower = name.to_lowercase();
        // To count letters is cheap, and says no to nearly all names that are not near.
        if apart(&self.letters, &letters(&lower)) > limit {
            return None;
        }
        let distance = strsim::osa_distance(&self.lower, &lower);
        // Two letters that share one of them are not near.
        let near = distance <= limit && distance * 2 < lower.chars().count().max(self.length);
        near.then_some(distance)
    }

    /// How many characters one of the two has behind the other, if it is the other's beginning:
    /// most of it, or whole words of it.
    fn surplus(&self, name: &str) -> Option<usize> {
        if name.len() > 2 * LONGEST {
            return None;
        }
        let lower = name.to_lowercase();
        let (beginning, rest) = match lower.strip_prefix(&self.lower) {
            Some(rest) => (self.length, rest),
            None => (lower.chars().count(), self.lower.strip_prefix(&lower)?),
        };
        let surplus = rest.chars().count();
        let words = rest.starts_with(|c: char| !c.is_alphanumeric());
        (beginning >= SHORTEST_BEGINNING && (words || surplus <= beginning)).then_some(surplus)
    }
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
            assert_eq!(is_slip(word, name), expected, "{word} {name}");
        }
        assert_eq!(slip_of("gatway", ["gateway", "other"]), Some("gateway"));
        assert_eq!(slip_of("list", ["lists", "lisp"]), None, "either may be meant");
    }

    #[test]
    fn the_work_is_bounded() {
        assert_eq!(nearest(&"a".repeat(1_000_000), ["a"]), None);
        assert_eq!(nearest("aaaa", [&*"a".repeat(1_000_000)]), None);
        let many = std::iter::repeat_n("other", MOST_NAMES).chain(["name"]);
        assert_eq!(nearest("nmae", many), None, "as many as that are not compared");
    }
}
