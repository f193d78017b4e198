//! Slips, and what is something else.

use super::*;
use crate::lang::judged;

fn attempt(label: &str, text: &str) -> bool {
    let language = judged(label).expect("a language");
    let judgement = language.judge(text);
    assert_eq!(judgement.verdict, Verdict::Broken, "{label}: {text}");
    is_attempt(language, text, &judgement.faults)
}

#[test]
fn slips() {
    for (label, text) in [
        ("json", "{\n  \"a\": 1\n  \"b\": 2\n}"),
        ("json", "{\n  \"a\": 1\n  \"b\": 2\n  \"c\": 3\n  \"d\": 4\n}"),
        ("json", "{\"a\": [1, 2}"),
        ("json", "{\"a\": 1, \"b: 2}"),
        ("json", "{\"mode\": local}"),
        ("json", "{\n  \\\"a\": 1\n}"),
        ("json", "{\n  \"a\": {\n    \"b\": \"some wor"),
        ("json", "{\n  \"a\": {\n    \"b"),
        ("json", "{\n  \"a\": [\n    \"b\", \"c\",\n"),
        ("ts", "const a = {\n  b: f(1,\n"),
        ("json", "{\"a\" {\"b\": 1}}"),
        ("yaml", "a:\n  - b: 1\n      c: 2\n"),
        ("yaml", "a: \"b\nc: d\n"),
        ("yaml", "a: b: c\n"),
        ("toml", "[a]\nb=c\nd=e\n"),
        ("toml", "[a]\n  b: c:1\n"),
        ("toml", "[a]\nb = \"a\\.c\"\n"),
        ("json5", "{\n  a: 1;\n  b: 2;\n}"),
        ("bash", "if x then\n  y\nfi\n"),
        ("bash", "x 'y\n"),
        ("bash", "if x; then\n  y\n"),
        ("ts", "export interface X = {\n  a: string;\n}\n"),
        ("js", "f({ a: 1\n  b: 2 })"),
        ("js", "function f() {\n  retrun 'a'\n}\n"),
        ("python", "def f(a:\n    return 1\n"),
        ("python", "def f(a)\n    return 1\n"),
        ("rust", "fn f() { g(1 }\n"),
        ("xml", "<a>\n  <b>\n</a>\n"),
    ] {
        assert!(attempt(label, text), "{label}: {text}");
    }
}

#[test]
fn something_else() {
    for (label, text) in [
        ("json", "Pretty foo: Object {\n  \"x\": 1,\n  \"y\": 2,\n}"),
        ("json", "{\"a\": boolean, \"b\": epoch}"),
        ("json", "{\"a\": SOME_NAME}"),
        ("bash", "expect(received).toBe(expected)\n\n  Expected: (a)\n"),
        ("bash", "fix(a): b (c)\n\nMore (d): e\n"),
        ("python", "Lorem ipsum dolor sit amet\nnulla et\n"),
        ("yaml", "x/\n  a.yaml\n  # more\n  b/\n    c.yaml\n"),
        ("yaml", "a: whether it is used, in brackets (for example: one or the other)\nb: c\n"),
        ("yaml", ">= 1.13.0 < 1.15.0\n"),
        ("yaml", "\"a b\" | f \"c\"\n"),
        ("bash", "(a): 1\n(b): get /x\n"),
        ("rust", "&[T]     &Vec<T>\n&str     &String\n"),
        ("xml", "<a b=\"<X>\">\n</a>\n"),
    ] {
        assert!(!attempt(label, text), "{label}: {text}");
    }
}

#[test]
fn what_takes_too_long_to_know() {
    let deep = "[".repeat(50);
    assert!(attempt("json", &deep));
}
