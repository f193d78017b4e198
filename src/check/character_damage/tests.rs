use super::*;
use crate::diagnostic::Severity;

/// What is found in a block: the kinds, and how sure they are.
fn found(label: &str, text: &str) -> Vec<(Kind, Severity)> {
    let language = crate::lang::judged(label);
    let mut judged =
        Judged { judgement: language.map(|language| language.judge(text)), ..Judged::default() };
    of(text, label, &mut judged);
    judged.damages.iter().map(|damage| (damage.kind, damage.severity)).collect()
}

#[test]
fn damage_is_found() {
    use Kind::*;
    use Severity::*;
    for (label, text, kind, severity) in [
        ("json", "{\"a\\_b\": 1}", Escape, Error),
        ("json", "\\{\"a\": 1\\}", Escape, Error),
        ("json", "{\\\"a\\\": \\\"b c\\\"}", Escape, Error),
        ("json", "{\"a\": \\[1\\]}", Escape, Error),
        ("json", "{\"a\": \"say \\\\\"b\\\\\" c\"}", Escape, Error),
        ("yaml", "a\\_b: 1", Escape, Error),
        ("yaml", "a: \\[b, c\\]", Escape, Error),
        ("toml", "a\\_b = 1", Escape, Error),
        ("bash", "export A\\_B=1", Escape, Error),
        ("bash", "a\\_b | grep x", Escape, Error),
        ("bash", "curl https://x.y/a\\_b", Escape, Error),
        ("bash", "a \\&\\& b", Escape, Error),
        ("bash", "a \\| b", Escape, Error),
        ("bash", "\\# a comment\nls", Escape, Error),
        ("bash", "a \\\\\n  --b", Escape, Error),
        ("bash", "a \\<name\\>", Escape, Error),
        ("bash", "curl -d '{\\\"a\\\": 1}' x", Escape, Error),
        ("python", "a\\_b = 1", Escape, Error),
        ("go", "a\\_b := 1", Escape, Error),
        ("go", "a := b / c\\_d", Escape, Error),
        ("js", "f(a / b\\_c)", Escape, Error),
        ("bash", "sed x y; cd a\\_b", Escape, Error),
        ("", "A\\_B=1", Escape, Warning),
        ("bash", "a &amp;&amp; b", Entity, Error),
        ("bash", "a &lt;name&gt;", Entity, Error),
        ("bash", "a &gt; b", Entity, Error),
        ("json", "{&quot;a&quot;: 1}", Entity, Error),
        ("json", "{\"a\": \"&lt;name&gt;\"}", Entity, Warning),
        ("go", "a := &amp;b", Entity, Error),
        ("yaml", "a: &gt;\n  b", Entity, Error),
        ("", "x &lt;name&gt;", Entity, Warning),
        ("json", "{“a”: 1}", Quote, Error),
        ("json", "{\"a\": “b”}", Quote, Error),
        ("bash", "a “b c”", Quote, Error),
        ("bash", "export A=“b”", Quote, Error),
        ("bash", "a b --c ‘{\"d\":1}’", Quote, Error),
        ("yaml", "a: “b”", Quote, Error),
        ("go", "f(“a”)", Quote, Error),
        ("css", "content: ‘x’;", Quote, Error),
        ("json", "{\"a\":\u{a0}1}", Invisible, Error),
        ("bash", "a\u{a0}b", Invisible, Error),
        ("bash", "a –force", Invisible, Error),
        ("bash", "a —x", Invisible, Error),
        ("bash", "a\u{200b} b", Invisible, Error),
        ("yaml", "a:\u{a0}b", Invisible, Error),
        ("go", "a\u{a0}:= 1", Invisible, Error),
        ("go", "a := \"\u{202e}b\"", Invisible, Error),
        ("json", "{\"a\u{200b}\": 1}", Invisible, Warning),
        ("", "a\u{200b}b", Invisible, Warning),
    ] {
        assert_eq!(found(label, text).first(), Some(&(kind, severity)), "{label}: {text:?}");
    }
}

#[test]
fn strings_without_escapes_stay_as_they_are_beside_damage() {
    let text = "a\\_b = 1\nf(r\"c\\_d\")\n";
    let language = crate::lang::judged("python");
    let mut judged =
        Judged { judgement: language.map(|language| language.judge(text)), ..Judged::default() };
    of(text, "python", &mut judged);
    let edits: Vec<usize> =
        judged.damages.iter().flat_map(|one| &one.edits).map(|(span, _)| span.start).collect();
    assert_eq!(edits, [1]);
}

#[test]
fn what_is_meant_is_let_alone() {
    let wrong = [
        ("json", "{\"a\": \"say \\\"b\\\"\"}"),
        ("json", "{\"a\": \"\\\\d\\\\_\"}"),
        ("json", "{\"a\": \"\\.md\"}"),
        ("json", "{\"a\": \"C:\\\"}"),
        ("bash", "grep 'a\\_b' x"),
        ("bash", "sed -i s/a\\_b/c/ x"),
        ("python", "f(r\"a\\_b\")"),
        ("rust", "let a = r#\"a\\_b\"#;"),
        ("go", "a := `a\\_b`"),
        ("toml", "a = 'b\\_c'"),
        ("yaml", "a: 'b\\_c'"),
        ("js", "a.replace(/\\_b/g, '-')"),
        ("js", "a = /(x)\\_b/"),
        ("bash", "sed 's/\\./\\_/' x"),
        ("bash", "echo \"\\$A \\\"b\\\"\" \\* \\(x\\)"),
        ("bash", "expr a \\| b"),
        ("bash", "a \\\n  --b"),
        ("bash", "printf 'a\\\\n' \\\\\nb"),
        ("bash", "grep '\\<word\\>' x"),
        ("markdown", "a\\_b \\*c\\*"),
        ("latex", "a\\_b"),
        ("powershell", "cd a\\_b"),
        ("", "C:\\_a \\_b a\\b\\_c"),
        ("sql", "select 'a\\_b'"),
        ("yaml", "a: \\d+\\_"),
        ("html", "a &lt; b"),
        ("jsx", "<p>a &lt; b “c”</p>"),
        ("js", "const a = \"&lt;\";"),
        ("bash", "sed 's/</\\&lt;/g' # &lt;name&gt;"),
        ("bash", "curl 'x?a=1&b=2&lt=3'"),
        ("console", "$ a\n<b>x</b> &apos;y&apos;"),
        ("yaml", "copyright: A &amp; B &copy; 2020"),
        ("", "<p>&lt;name&gt;</p>"),
        ("json", "{\"a\": \"the “b”\"}"),
        ("bash", "echo \"the “b”\" # “c”"),
        ("bash", "cat <<EOF\n“a”\nEOF"),
        ("bash", "ls: cannot access ‘a’: no such file"),
        ("yaml", "a: It’s “the best” one"),
        ("yaml", "a: “This is a sentence.”"),
        ("powershell", "a “b” –c"),
        ("text", "“a” – b"),
        ("go", "// don’t\na := \"“b”\""),
        ("rust", "fn a() {}\n\nIt doesn’t matter what follows.\n"),
        ("json", "{\"a\": \"5\u{a0}€\"}"),
        ("bash", "echo \"a\u{a0}b\" # c\u{a0}d"),
        ("bash", "echo 'a – b' a–b"),
        ("text", "├──\u{a0}src"),
        ("bash", "tree\n├──\u{a0}src"),
        ("yaml", "title: Pourquoi\u{a0}?"),
        ("go", "a := \"می\u{200c}خواهم 👩\u{200d}💻\""),
        ("markdown", "\u{200b}```"),
    ]
    .into_iter()
    .filter(|(label, text)| !found(label, text).is_empty())
    .collect::<Vec<_>>();
    assert_eq!(wrong, []);
}

#[test]
fn a_language_keeps_silent_where_damage_explains_its_faults() {
    let text = "{“a”: 1}";
    let language = crate::lang::judged("json");
    let mut judged = Judged { judgement: language.map(|one| one.judge(text)), ..Judged::default() };
    of(text, "json", &mut judged);
    assert_eq!(judged.faults.as_deref(), Some(&[][..]));
}

#[test]
fn any_block_is_looked_at_in_bounded_time() {
    for text in [
        "\\_a".repeat(40_000),
        "&lt;".repeat(40_000),
        "“".repeat(40_000),
        "<<a\n".repeat(40_000),
        "\u{200b}a".repeat(40_000),
    ] {
        for label in ["bash", "yaml", "go", ""] {
            let mut judged = Judged::default();
            of(&text, label, &mut judged);
            assert!(judged.damages.len() <= MAX_DAMAGES);
        }
    }
}
