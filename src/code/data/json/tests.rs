//! Texts, their values, and their faults.
use super::*;
use crate::data::{Member, Value};

#[test]
fn each_liberty_is_noted_and_only_that() {
    let cases: &[(&str, &[Liberty])] = &[
        ("{\"a\": [1, -2.5e3, true, null, \"x\"]}", &[]),
        ("// c\n{}", &[Liberty::Comment]),
        ("{/* ... */}", &[Liberty::ElidedComment]),
        ("[1,]", &[Liberty::TrailingComma]),
        ("{a: 1}", &[Liberty::UnquotedKey]),
        ("['x']", &[Liberty::SingleQuotes]),
        ("[0x1F]", &[Liberty::Number]),
        ("[\"\\x41\"]", &[Liberty::Escape]),
        ("[\"\\_\"]", &[Liberty::Loose]),
        ("[\u{a0}1]", &[Liberty::Space]),
        ("{\"a\": 1, ...}", &[Liberty::Elision]),
        ("{\"a\": <token>}", &[Liberty::Placeholder]),
        ("{\"a\": {{ x }}}", &[Liberty::Placeholder]),
        ("{\"a\": \"x\" | \"y\"}", &[Liberty::Placeholder]),
        ("{\"a\": string}", &[Liberty::Placeholder]),
        ("{$a: 1}", &[Liberty::UnquotedKey]),
        ("\"a\": 1, \"b\": 2", &[Liberty::Members]),
        ("1, 2", &[Liberty::Items]),
        ("{}\n{}", &[Liberty::Several]),
    ];
    for (text, liberties) in cases {
        let parsed = parse(text, Dialect::Docs);
        assert_eq!(parsed.faults, [], "{text}");
        let taken: Vec<Liberty> = parsed.liberties.iter().map(|&(liberty, _)| liberty).collect();
        assert_eq!(&taken, liberties, "{text}");
    }
}

#[test]
fn faults_stand_at_their_byte() {
    let cases = [
        ("{\"a\": 1 \"b\": 2}", 7),
        ("\"a\": 1\n\"b\": 2", 6),
        ("{\"a\": 1", 7),
        ("[1, 2}", 5),
        ("{}}", 2),
        ("{\"a: 1}\n", 1),
        ("{a\": 1}", 1),
        ("{a: 1; b: 2}", 5),
        ("{a: 180_000}", 4),
        ("{“a”: 1}", 1),
        ("[1,\u{200b}2]", 3),
        ("[01]", 1),
        ("a: [1];", 6),
        ("{a {b: 1}}", 2),
        ("{\"a\": string\"}", 6),
        ("{\"a\": 1,, \"b\": 2}", 8),
        ("{..., \"a\": 1 \"b\": 2}", 12),
    ];
    for (text, at) in cases {
        let parsed = parse(text, Dialect::Docs);
        assert_eq!(parsed.faults.first().map(|fault| fault.span.start), Some(at), "{text}");
    }
}

#[test]
fn nesting_without_end_is_a_fault() {
    for opener in ["[", "{\"a\":", "[{a:"] {
        let parsed = parse(&opener.repeat(100_000), Dialect::Docs);
        assert_eq!(parsed.faults.len(), 1);
    }
}

#[test]
fn a_dialect_refuses_what_it_has_not() {
    assert!(document("{\"a\": 1}", Dialect::Json).is_ok());
    assert_eq!(document("{\"a\": 1,}", Dialect::Json).unwrap_err().span, Span::new(7, 8));
    assert!(document("{\"a\": 1,} // c", Dialect::Jsonc).is_ok());
    assert!(document("{a: 1}", Dialect::Jsonc).is_err());
    assert!(document("{a: 'x'}", Dialect::Json5).is_ok());
    assert!(document("a: 'x'", Dialect::Json5).is_err());
    assert!(document(" ", Dialect::Json).is_err());
}

#[test]
fn keys_that_were_left_out_leave_a_member() {
    let gaps = |text: &str| {
        let parsed = parse(text, Dialect::Docs);
        assert_eq!(parsed.faults, [], "{text}");
        let gap = |member: &&Member| member.value.value == Value::Elision;
        parsed.values[0].members().iter().filter(gap).count()
    };
    for (text, count) in [
        ("{\"a\": 1}", 0),
        ("{\"a\": 1, ...}", 1),
        ("{..., \"a\": 1, …}", 2),
        ("{\"a\": 1, // ...\n}", 1),
        ("{\"a\": 1, // one\n}", 0),
        ("{\"a\": {\"b\": 1, ...}}", 0),
        ("\"a\": 1, \"b\": 2", 1),
    ] {
        assert_eq!(gaps(text), count, "{text}");
    }
    let parsed = parse("{..., \"a\": 1, ...}", Dialect::Docs);
    assert_eq!(crate::data::repeats(&parsed.values[0]), []);
}
