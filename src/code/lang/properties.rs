//! What holds for every language and any text.

use super::*;
use proptest::prelude::*;

/// Pieces that texts of these languages are made of, so that random texts get deep.
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]
    #[test]
    fn no_text_panics_and_every_span_is_inside(text in texts()) {
        for language in PARSED {
            let judgement = language.judge(&text);
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
