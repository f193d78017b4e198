//! Property tests for every language and any text.

use super::*;
use proptest::prelude::*;

/// Parts of texts in these languages, so that random texts get past the first token.
const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "\"",
    "'",
    "`",
    ":",
    ",",
    ";",
    "|",
    "&",
    "<",
    ">",
    "<<EOF\n",
    "$(",
    "${",
    "{{ x }}",
    "{%",
    "%}",
    "<tok|en>",
    "[opt]",
    "...",
    "…",
    "é",
    "\u{a0}",
    "\u{200b}",
    "“",
    "–f",
    "//",
    "/*",
    "*/",
    "# ",
    "$ ",
    "> ",
    "\\",
    "\\u12",
    "\n",
    "\n\n",
    "\r\n",
    "  ",
    "\t",
    "a",
    "key",
    "- ",
    "---\n",
    "&a ",
    "*a",
    "!t ",
    "= ",
    "[t]\n",
    "1",
    "0x",
    "1e9",
    "if ",
    "then ",
    "fi",
    "done",
    "\u{1f600}",
];

fn texts() -> impl Strategy<Value = String> {
    let piece = (0..PIECES.len()).prop_map(|at| PIECES[at].to_owned());
    prop_oneof![
        3 => proptest::collection::vec(piece, 0..40).prop_map(|parts| parts.concat()),
        1 => any::<String>(),
    ]
}

fn in_bounds(text: &str, span: crate::source::Span) {
    assert!(span.start <= span.end, "{span:?}");
    assert!(text.get(span.start..span.end).is_some(), "{span:?} of {text:?}");
}

fn nodes_in_bounds(text: &str, node: &Node) {
    in_bounds(text, node.span);
    for member in node.members() {
        in_bounds(text, member.key_span);
        nodes_in_bounds(text, &member.value);
    }
    node.items().iter().for_each(|item| nodes_in_bounds(text, item));
}

/// Realistic blocks, which the tests change.
const BLOCKS: &[&str] = &[
    "{\"a\": [1, {\"b\": null}], // c\n \"d\": 'e'}",
    "a: &x\n  - b: |\n      c\n  - *x\n--- # d\n? e\n: [f, {g: h}]\n",
    "[a.b]\nc = 1979-05-27T07:32:00Z\nd = [\n  'e', \"\"\"f\"\"\",\n]\n[[g]]\n",
    "for f in $(ls -l | grep \"x y\"); do\n  cat <<EOF > ${f%.*}\n$f\nEOF\ndone\n",
    "$ ls -l \\\n  x\nit's output\n# whoami\n",
    "export async function f<T>(a: T, ...b: number[]): Promise<void> {\n  return <A b={`c${a}`} />;\n}\n",
    "@a\nasync def f(b: int = 1, *c) -> str:\n    return f\"{b!r:>{c}}\" if c else b'd'\n",
    "#[a]\nfn f<'a>(b: &'a str) -> impl Fn() {\n    println!(\"{b:?}\"); match b { _ => 'c' }\n}\n",
    "<?xml version=\"1.0\"?>\n<a b='c'><!-- d --><e/>&amp;<![CDATA[f]]></a>\n",
    "FROM a:b AS c\nRUN --mount=type=cache,target=/d e && \\\n  f\nCOPY <<EOF /g\nh\nEOF\n",
    "@@ -1,2 +1,2 @@\n a\n-b\n+c\n",
    "; a\n[b]\nc = \"d\nE=f # g\nh.i: j\\\n  k\n",
    "# a\n\n```b\nc\n```\n\n| d |\n| - |\n",
];

/// A block with some of it replaced, up to four times.
fn changed_blocks() -> impl Strategy<Value = String> {
    let change = (any::<prop::sample::Index>(), 0..6usize, 0..PIECES.len());
    let changes = proptest::collection::vec(change, 1..5);
    (0..BLOCKS.len(), changes).prop_map(|(block, changes)| {
        let mut chars: Vec<char> = BLOCKS[block].chars().collect();
        for (at, gone, piece) in changes {
            let at = at.index(chars.len() + 1);
            let end = (at + gone).min(chars.len());
            chars.splice(at..end, PIECES[piece].chars());
        }
        chars.into_iter().collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]
    #[test]
    fn no_text_panics_and_every_span_is_inside(text in prop_oneof![texts(), changed_blocks()]) {
        for language in PARSED {
            let judgement = language.judge(&text);
            // A panic of a parser would otherwise go unnoticed, since the block is only not
            // checked.
            prop_assert_ne!(judgement.verdict, Verdict::NotChecked(Unchecked::ParserFailed), "{}", language.name);
            prop_assert_eq!(judgement.verdict == Verdict::Broken, !judgement.faults.is_empty());
            judgement.faults.iter().chain(&judgement.repeats).for_each(|fault| in_bounds(&text, fault.span));
            match &judgement.content {
                Content::Opaque => {}
                Content::Data(nodes) => nodes.iter().for_each(|node| nodes_in_bounds(&text, node)),
                Content::Shell(commands) => {
                    commands.iter().flat_map(|c| &c.words).for_each(|w| in_bounds(&text, w.span));
                }
            }
        }
    }
}
