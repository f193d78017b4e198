//! What patterns match, what is refused, and how many steps it takes.

use proptest::prelude::*;

use super::*;
use crate::truth::steps::{Exhausted, Steps};

/// The largest pattern that the tests compile.
const STATES: u64 = 10_000;

fn compiled(pattern: &str) -> Result<Pattern, Refusal> {
    Pattern::new(pattern, &mut Steps::new(STATES))
}

fn is_match(pattern: &str, text: &str) -> bool {
    let pattern = compiled(pattern).unwrap_or_else(|why| panic!("{pattern}: {why:?}"));
    pattern.is_match(text, &mut Steps::new(10_000_000)).expect("few steps")
}

#[test]
fn what_matches() {
    for (pattern, matching, other) in [
        ("", &["", "a"] as &[&str], &[] as &[&str]),
        ("a", &["a", "bab"], &["", "b", "A"]),
        ("^a$", &["a"], &["ba", "ab", "a\n"]),
        ("^(?:ab|c)*$", &["", "abc", "cab"], &["ac", "b"]),
        ("^a{2}$", &["aa"], &["a", "aaa"]),
        ("^a{2,}$", &["aa", "aaaaa"], &["a"]),
        ("^a{1,3}?b$", &["ab", "aaab"], &["b", "aaaab"]),
        ("^x{,3}$", &["x{,3}"], &["xx"]),
        ("^a{$", &["a{"], &["a"]),
        ("^(a|ab)(c|bcd)(d*)$", &["abcd", "abcdd", "acd"], &["abd"]),
        ("^[a-c-e]+$", &["a-e"], &["d"]),
        ("^[\\w-.]+$", &["a-._"], &["+"]),
        ("^[a[b]+$", &["a[b"], &["]"]),
        ("^[^]$", &["a", "\n"], &[""]),
        ("^[]$", &[], &["", "a"]),
        ("^.$", &["a", "é", "😀"], &["\n", "\u{2028}", "ab"]),
        ("^\\d+$", &["12"], &["٣"]),
        ("^\\w+$", &["aZ_9"], &["é"]),
        ("^\\s+$", &[" \t\u{feff}\u{a0}"], &["a", "\u{180e}"]),
        ("^[\\D]$", &["a"], &["1"]),
        (r"^[^\0]*[^/\0]$", &["/x"], &["x/", "\0a\0"]),
        (r"^https?:\/\/", &["https://x"], &["ftp://"]),
        (r"^\cA\x41\u00e9\u{1F600}\uD83D\uDE00$", &["\u{1}Aé😀😀"], &["A"]),
        (r"^[\b\]]$", &["\u{8}", "]"], &["b"]),
        (r"\A\z\-", &["Az-"], &["z-"]),
        (r"^\p{L}+$", &["aé漢"], &["1"]),
        (r"^\P{L}$", &["1"], &["a"]),
        (r"^\p{Script=Greek}$", &["λ"], &["l"]),
        (r"^[^\p{Cs}]{1,2}$", &["é"], &["", "abc"]),
        (r"\bfoo\b", &["a foo!"], &["food"]),
        (r"\Boo", &["foo"], &["oo"]),
        ("^(?<year>\\d{4})-(?P<x>.)$", &["2026-a"], &["26-a"]),
        ("^(?i)ab[c-d]$", &["abc", "ABD"], &["abe"]),
        ("^(?i:a)b$", &["Ab"], &["AB"]),
        ("(?s)^a.b$", &["a\nb"], &["ab"]),
        ("(?m)^b$", &["a\nb\nc"], &["ab"]),
    ] {
        for text in matching {
            assert!(is_match(pattern, text), "{pattern} {text:?}");
        }
        for text in other {
            assert!(!is_match(pattern, text), "{pattern} {text:?}");
        }
    }
}

#[test]
fn looking_around() {
    for (pattern, matching, other) in [
        ("^(?!\\s)\\p{L}$", &["a"] as &[&str], &[" "] as &[&str]),
        ("^[Hh]ttps?:\\/\\/(?![^/?#]*@)", &["http://x/@"], &["http://a@x"]),
        ("^(?=.*[a-z])(?=.*\\d).{4,}$", &["ab12"], &["abcd", "1234", "a1"]),
        ("^(?!(?:constructor|prototype)$)[a-z]+$", &["constructors"], &["prototype"]),
        ("^\\d+(?![\\s\\S])", &["12"], &["12a"]),
        ("(?<=\\$)\\d", &["a$1"], &["a1"]),
        ("(?<!\\$)\\b\\d", &["a 1"], &["$1"]),
        ("(?<=ab?c)d", &["xacd", "xabcd"], &["xbcd"]),
        ("^(?:(?!ab).)*$", &["ba", "aab".get(..2).unwrap()], &["xaby"]),
        ("^(?!x(?=y))x", &["xz", "x"], &["xy"]),
        ("(?=a)*b", &["b"], &["a"]),
    ] {
        for text in matching {
            assert!(is_match(pattern, text), "{pattern} {text:?}");
        }
        for text in other {
            assert!(!is_match(pattern, text), "{pattern} {text:?}");
        }
    }
}

#[test]
fn what_is_refused() {
    for (pattern, why) in [
        ("(", Refusal::Syntax),
        ("a)", Refusal::Syntax),
        ("[a", Refusal::Syntax),
        ("[b-a]", Refusal::Syntax),
        ("*", Refusal::Syntax),
        ("a**", Refusal::Syntax),
        ("a{2,1}", Refusal::Syntax),
        ("\\", Refusal::Syntax),
        (r"\u12", Refusal::Syntax),
        (r"\u{zz}", Refusal::Syntax),
        (r"\c1", Refusal::Syntax),
        (r"\p{Nonsense}", Refusal::Syntax),
        ("(?<>a)", Refusal::Syntax),
        (r"^(a)\1$", Refusal::Unsupported),
        (r"(?<n>a)\k<n>", Refusal::Unsupported),
        (r"\uD800", Refusal::Unsupported),
        (r"[\uD800-\uDFFF]", Refusal::Unsupported),
        ("(?x) a", Refusal::Unsupported),
        ("(?>a)", Refusal::Unsupported),
        ("(((x{1000}){1000}){1000}){1000}", Refusal::TooLarge),
        ("(?:){4000000000}x{4000000000}", Refusal::TooLarge),
        (&"(".repeat(5_000), Refusal::TooLarge),
    ] {
        assert_eq!(compiled(pattern).map(|_| ()), Err(why), "{pattern:.40}");
    }
}

#[test]
fn what_the_standard_calls_a_pattern() {
    for (pattern, expected) in [
        ("", Ok(true)),
        (r"^(a)\1(?<n>b)\k<n>\uD800$", Ok(true)),
        ("(((x{1000}){1000}){1000}){1000}", Ok(true)),
        (r"(?i:a)\/\-", Ok(true)),
        ("(", Ok(false)),
        ("a**", Ok(false)),
        ("a?{1,2}", Ok(false)),
        ("{2}", Ok(false)),
        ("a{,2}", Ok(true)),
        (r"\a", Ok(false)),
        ("(?i)a", Ok(false)),
        ("(?P<n>a)", Ok(false)),
        ("(?#a)", Ok(false)),
        ("(?>a)", Ok(false)),
        (&"(".repeat(5_000), Err(Exhausted)),
    ] {
        let valid = Pattern::is_valid(pattern, &mut Steps::new(STATES));
        assert_eq!(valid, expected, "{pattern:.40}");
    }
}

/// How many steps a match takes; `None` if the budget does not suffice.
fn steps(pattern: &str, text: &str) -> Option<u64> {
    let pattern = compiled(pattern).unwrap_or_else(|why| panic!("{pattern}: {why:?}"));
    let mut steps = Steps::new(2_000_000);
    pattern.is_match(text, &mut steps).ok().map(|_| steps.spent())
}

#[test]
fn no_pattern_takes_more_than_states_times_characters() {
    for pattern in [
        "^(a+)+$",
        "^(a|aa)+$",
        "^(a|a|aa)*$",
        "(x+x+)+y",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
        "(?:){4000000000}a",
        "((((a{1,4}){1,4}){1,4})*)*b",
    ] {
        let states = compiled(pattern).expect(pattern).states() as u64;
        for length in [100, 1_000] {
            let text = "a".repeat(length) + "!";
            let taken = steps(pattern, &text).unwrap_or_else(|| panic!("{pattern}: no end"));
            // A state is visited from at most two others, and its automaton is set up twice.
            let most = 3 * states * (length as u64 + 2);
            assert!(taken <= most, "{pattern}: {taken} steps, {most} at most");
        }
    }
}

#[test]
fn heavy_patterns_cost_their_states() {
    let pattern = compiled("a{500}\\p{L}{500}i").expect("a pattern");
    assert!(pattern.states() < 1_010, "{}", pattern.states());
    let mut steps = Steps::new(1_000);
    assert_eq!(pattern.is_match(&"a".repeat(5_000), &mut steps), Err(Exhausted));
}

proptest! {
    #[test]
    fn no_pattern_makes_it_panic(
        pattern in r"(\\|\\u|\\c|\[|\]|\^|\(\?|\)|\||<!|[0-9a-fA-Fpuxcé{},*+?!=:()-]){0,20}",
        text in "[a-cé😀\n]{0,8}",
    ) {
        if let Ok(pattern) = compiled(&pattern) {
            let _ = pattern.is_match(&text, &mut Steps::new(100_000));
        }
    }

    /// If both engines accept a pattern, they agree.
    #[test]
    fn it_agrees_with_another_engine(
        pattern in r"([abé.]|\[a-b\]|\[\^a\]|\(\?:|\(|\)|\||[*+?]|\{1,2\}|\^|\$){0,12}",
        text in "[abcé]{0,6}",
    ) {
        if let (Ok(ours), Ok(theirs)) = (compiled(&pattern), regex::Regex::new(&pattern)) {
            let found = ours.is_match(&text, &mut Steps::new(10_000_000));
            prop_assert_eq!(found, Ok(theirs.is_match(&text)), "{} {:?}", pattern, text);
        }
    }
}
