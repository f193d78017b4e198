//! Text that was made to hurt the checker: deep, huge, or in a knot. Each is looked at within a
//! bounded time and a bounded memory, and ends in findings or a message, never in an abort.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::common::{Tree, cost};
use docgen::lang::{self, PARSED};

/// Processor time of an unoptimised binary. What grows with the square of its input takes minutes.
const PATIENCE: Duration = Duration::from_secs(20);

/// Seconds of processor time of a run, all threads together.
const SECONDS: usize = 60;

/// Address space of a run, in KiB. Threads and their stacks are in it.
const MEMORY: usize = 3 << 20;

/// Checks a tree with bounded memory and time: what it said, or why it could not. The time is that
/// of the processor, so that a busy machine changes nothing.
fn check(root: &Path) -> Result<String, String> {
    let script =
        format!("ulimit -v {MEMORY} -t {SECONDS}; TIMEFORMAT='%U s'; time \"$0\" check \"$1\"");
    let binary = assert_cmd::cargo::cargo_bin("docgen");
    let output = Command::new("bash")
        .args(["-c", &script])
        .args([binary.as_os_str(), root.as_os_str()])
        .output()
        .unwrap();
    let out = String::from_utf8_lossy(&output.stdout);
    let err = String::from_utf8_lossy(&output.stderr);
    println!("    {}", err.lines().last().unwrap_or_default());
    let code = output.status.code().unwrap_or(-1);
    if !(0..=2).contains(&code) || err.contains("panicked") {
        let end: String = err.chars().take(400).collect();
        return Err(format!("ends in {}: {end}", output.status));
    }
    Ok(format!("{out}{err}"))
}

/// Checks a page of its own tree.
fn page(text: &str) -> Result<String, String> {
    let tree = Tree::new(&[
        ("docgen.toml", ""),
        (
            "content/index.md",
            "# Home
",
        ),
    ]);
    tree.write("content/x.md", text);
    check(&tree.root())
}

fn many(text: &str, times: usize) -> String {
    text.repeat(times)
}

/// What opens something in some language.
const OPENERS: &[&str] = &[
    "(",
    "[",
    "{",
    "<",
    "<a>",
    "<a ",
    "{{",
    "{%",
    "{\"a\":",
    "[{\"a\":",
    "a: {",
    "- ",
    "? ",
    "a:\n ",
    "\"",
    "'",
    "`",
    "$(",
    "${",
    "${a:-",
    "((",
    "if ",
    "if a:\n ",
    "f(",
    "a[",
    "!",
    "-",
    "not ",
    "lambda: ",
    "a=>",
    "a?b:",
    "{a:",
    "[a,",
    "fn f(){",
    "&",
    "*",
    "**",
    "/*",
    "//",
    "<!--",
    "<![CDATA[",
    "<!DOCTYPE a [",
    "\\",
    "a.",
    "\"${",
    "`${",
    "f\"{",
    "<T<",
    "match x{_=>",
    "case a in ",
    "while ",
    "<<A\n",
    "+",
    "@@ -1 +1 @@\n",
    "[a.",
    "a=[",
    "a={b=",
    "RUN ",
    "=",
    "async ",
    "return ",
    "yield ",
    "await ",
    "new ",
    "typeof ",
    "x = ",
    "|",
    ":",
    "#",
    "> ",
    "* ",
    "1. ",
    "```\n",
    "~~~~\n",
];

#[test]
fn every_language_bears_depth() {
    for language in PARSED {
        for opener in OPENERS {
            for times in [200, 100_000] {
                println!("{} {opener:?} {times}", language.name);
                let text = many(opener, times);
                let (_, took) = cost::of_thread(|| language.judge(&text));
                assert!(took < PATIENCE, "{} {opener:?} takes {took:?}", language.name);
            }
        }
    }
}

/// A block that is larger than any parser is trusted with, and one that is just not.
#[test]
fn every_language_bears_size() {
    for language in PARSED {
        for line in
            ["a: \"b\", # c\n", "{\"a\": [1, 2]}\n", "echo 'a' | b --c=d;\n", "<a b=\"c\">d</a>\n"]
        {
            for size in [1 << 19, 50 << 20] {
                println!("{} {line:?} {size}", language.name);
                let text = many(line, size / line.len());
                let (judged, took) = cost::of_thread(|| language.judge(&text));
                assert!(took < PATIENCE, "{} {line:?} takes {took:?}", language.name);
                let large = size > 1 << 20;
                let unchecked = matches!(judged.verdict, lang::Verdict::NotChecked(_));
                assert!(!large || unchecked, "{}", language.name);
            }
        }
    }
}

/// Bytes that are no text of any language.
#[test]
fn every_language_bears_noise() {
    let mut state = 1_u64;
    for language in PARSED {
        for _ in 0..20 {
            let mut text = String::new();
            for _ in 0..400 {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                let code = (state >> 33) as u32;
                text.push(match code % 4 {
                    0 => char::from_u32(code % 0x80).unwrap_or('a'),
                    1 => char::from_u32(0x80 + code % 0x3000).unwrap_or('\u{fffd}'),
                    2 => b"\"'`{}[]()<>#:=,;|&$\\\n\t -"[code as usize / 4 % 24] as char,
                    _ => '\n',
                });
            }
            let judged = language.judge(&text);
            for fault in &judged.faults {
                let (start, end) = (fault.span.start, fault.span.end);
                assert!(text.get(start..end).is_some(), "{}: {fault:?} in {text:?}", language.name);
            }
        }
    }
}

#[test]
fn pages_in_knots() {
    let all: Vec<(&str, String)> = vec![
        (
            "a block of 50 MB",
            format!("# X\n\n```json\n{}\n```\n", many("{\"a\": 1},\n", 5_000_000)),
        ),
        (
            "a block of 10 MB without a checker",
            format!("```text\n{}```\n", many("word word\n", 1_000_000)),
        ),
        ("one line of 3 MB", many("word `code` [a](index.md) <b>", 100_000)),
        ("one word of 10 MB", many("a", 10_000_000)),
        ("a million backticks", many("`", 1_000_000)),
        ("a million backticks in runs", (1..1400).map(|n| many("`", n) + "a").collect()),
        ("a million backticks and tags", (1..1400).map(|n| many("`", n) + "<b>").collect()),
        ("a million brackets", many("[", 1_000_000)),
        ("a million closing brackets", many("]", 1_000_000)),
        ("pairs of brackets", many("[]", 500_000)),
        ("a million braces", many("{", 1_000_000)),
        ("calls that never end", many("{{ a ", 100_000)),
        ("swapped brackets", many(")[", 200_000)),
        ("a million parentheses", many("[a](", 250_000) + &many("(", 500_000)),
        ("a million asterisks", many("*", 1_000_000)),
        ("asterisks and letters", many("*a", 300_000) + &many("a*", 200_000)),
        ("underscores and letters", many("_a ", 300_000)),
        ("tildes", many("~~a ", 300_000)),
        ("a million bars", many("|", 1_000_000)),
        ("100,000 quotes", many(">", 100_000) + "a"),
        ("100,000 lists", many("- ", 100_000) + "a"),
        ("100,000 lists on lines", (0..2_000).map(|n| many(" ", n * 2) + "- a\n").collect()),
        ("100,000 open values", many("<Note a={", 100_000)),
        ("100,000 open values on lines", many("<Note a={\n", 100_000)),
        ("100,000 open strings", many("<Note a=\"x", 100_000)),
        ("100,000 open components", many("<Note>\n", 100_000)),
        ("100,000 components and strangers", many("<Note>\n", 50_000) + &many("</Tip>\n", 50_000)),
        ("100,000 stray ends", many("</Note>\n", 100_000)),
        (
            "100,000 inline components",
            many("a <Tooltip tip=\"x\">", 50_000) + &many("</Foo>", 50_000),
        ),
        ("100,000 elements", many("<div>\n\n", 100_000)),
        ("100,000 elements inline", many("a <span>", 100_000)),
        ("100,000 comments", many("<!-- a\n", 100_000)),
        ("100,000 images within", many("![", 20_000) + &many("](\\*&copy;)", 20_000)),
        ("a million headings of one name", many("## a\n", 1_000_000)),
        ("200,000 links", many("[a](index.md#x)\n", 200_000)),
        ("200,000 links by reference", many("[a][b] ", 200_000) + "\n\n[b]: index.md\n"),
        ("200,000 references to nothing", many("[a][b] ", 200_000)),
        ("200,000 definitions", (0..200_000).map(|n| format!("[a{n}]: index.md\n")).collect()),
        ("200,000 equal definitions", many("[a]: index.md\n", 200_000)),
        ("100,000 footnotes", (0..100_000).map(|n| format!("[^{n}]\n\n[^{n}]: a\n\n")).collect()),
        ("a table of 100,000 rows", "|a|b|\n|-|-|\n".to_owned() + &many("|`a`|b|\n", 100_000)),
        (
            "a table of 10,000 columns",
            many("|a", 10_000) + "|\n" + &many("|-", 10_000) + "|\n" + &many("|b\n", 1_000),
        ),
        ("30,000 findings on one line", format!("# X\n\n{}\n", many("[a](gone.md) ", 30_000))),
        ("100,000 faults of one block", format!("```toml\n{}```\n", many("a = = 1\n", 100_000))),
        ("20,000 fences", many("```json\n{,}\n```\n\n", 20_000)),
        ("20,000 open fences", many("```json\n{\n", 20_000)),
        ("rising fences", (3..1_000).map(|n| many("`", n) + "json\n").collect()),
        ("100,000 admonitions", many("!!! note\n\n    a\n\n", 100_000)),
        ("admonitions within", (0..1_000).map(|n| many("    ", n) + "!!! note\n").collect()),
        ("100,000 colons", many(":::note\n", 100_000)),
        ("colons that close nothing", many(":::::note\n", 50_000) + &many("::::\n", 50_000)),
        ("100,000 conflicts", many("<<<<<<< a\n=======\n", 50_000)),
        ("entities", many("&lt;&amp;", 300_000)),
        ("escapes", many("\\_\\*\\`", 300_000)),
        ("carriage returns", many("a\r", 500_000)),
        ("zeros", many("\0", 500_000)),
        ("odd blanks", many("\u{a0}\u{200b}\u{202e} --", 100_000)),
        ("mojibake", many("Ã©â€™Â ", 200_000)),
        ("front matter without an end", "---\n".to_owned() + &many("a: b\n", 100_000)),
        ("front matter of one key", format!("---\n{}---\n# X\n", many("a: b\n", 20_000))),
        (
            "binary in a fence",
            format!("```json\n{}\n```\n", many("\u{0}\u{1}\u{7f}\u{fffd}\u{10ffff}", 100_000)),
        ),
        (
            "a session of 50,000 commands",
            format!("```console\n{}```\n", many("$ a --b | c <d> && e\nout\n", 30_000)),
        ),
        ("one command of 1 MB", format!("```bash\nexample {}\n```\n", many("--a b ", 150_000))),
        ("lines that go on", format!("```bash\nexample {}\n```\n", many("--a \\\n", 150_000))),
    ];
    // Each case is a process of its own: two at a time, or they take long.
    let half = |at: usize| {
        let cases = all.iter().skip(at).step_by(2);
        let wrong = cases.filter_map(|(what, text)| {
            println!("{what}:");
            page(text).err().map(|why| format!("{what} {why}"))
        });
        wrong.collect::<Vec<String>>()
    };
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let other = scope.spawn(|| half(1));
        half(0).into_iter().chain(other.join().expect("it ends")).collect()
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}
