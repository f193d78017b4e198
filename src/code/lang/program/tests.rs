//! Hostile texts that could overflow the stack or take a parser forever.

use crate::lang::judged as find;
use crate::lang::testing::bounded;

const LANGUAGES: &[&str] = &[
    "ts",
    "tsx",
    "js",
    "python",
    "rust",
    "html",
    "xml",
    "dockerfile",
    "ini",
    "dotenv",
    "properties",
    "diff",
    "markdown",
];

/// Syntax that nests, in some language.
const PIECES: &[(&str, &str)] = &[
    ("(", ")"),
    ("[", "]"),
    ("{", "}"),
    ("<", ">"),
    ("<a>", "</a>"),
    ("{a:", "}"),
    ("f(", ")"),
    ("a?(b):(", ")"),
    ("(a,", ")"),
    ("(a)=>(", ")"),
    ("`${", "}`"),
    ("f\"{", "}\""),
    ("f'''{", "}'''"),
    ("!", ""),
    ("- ", ""),
    ("not ", ""),
    ("&", ""),
    ("*", ""),
    ("await ", ""),
    ("new ", ""),
    ("typeof ", ""),
    ("lambda: ", ""),
    ("a.", ""),
    ("a + ", ""),
    ("a ** ", ""),
    ("a = ", ""),
    ("a => ", ""),
    ("a ? b : ", ""),
    ("A<", ">"),
    ("Vec<", ">"),
    ("if (a) {} else ", ""),
    ("if a {} else ", ""),
    ("a: ", ""),
    ("\"", ""),
    ("'", ""),
    ("/", ""),
    ("/*", "*/"),
    ("#", ""),
    ("- ", "\n"),
    ("> ", ""),
    ("```\n", ""),
    ("[a]\n", ""),
    ("<!--", ""),
    ("<a b=\"", ""),
    ("...", ""),
    ("x(...)\n\n", ""),
];

fn judged(language: &str, text: &str, what: &str) {
    bounded(&format!("{language}: {what}"), || {
        let _ = find(language).expect("a language").judge(text);
    });
}

#[test]
fn a_hundred_thousand_levels_of_anything() {
    for language in LANGUAGES {
        for (open, close) in PIECES {
            let text = open.repeat(100_000);
            judged(language, &text, open);
            judged(language, &[text, close.repeat(100_000)].concat(), open);
        }
    }
}

/// The deepest texts that are still parsed.
#[test]
fn nesting_below_the_limit_keeps_the_stack() {
    for language in LANGUAGES {
        for (open, close) in PIECES {
            for depth in [30, 90, 1_000] {
                judged(language, &open.repeat(depth), open);
                let text = [open.repeat(depth), "a".to_owned(), close.repeat(depth)].concat();
                judged(language, &text, open);
            }
        }
    }
}

#[test]
fn deep_indentation_and_long_chains() {
    let mut text = String::new();
    for depth in 0..1_000 {
        text += &format!("{}if a:\n", " ".repeat(depth));
    }
    judged("python", &text, "indentation");
    let mut text = "if (a) {}\n".to_owned();
    text += &"else if (a) {}\n".repeat(2_000);
    judged("ts", &text, "else if");
    judged("python", &format!("if a: b\n{}", "elif a: b\n".repeat(4_000)), "elif");
    judged("rust", &format!("fn f() {{ if a {{}} {} }}", "else if a {} ".repeat(2_000)), "else if");
}
