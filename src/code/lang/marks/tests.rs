//! Tests of the marks in code blocks.

use super::*;

/// The lines that are shown, with their classes and marked words.
fn shown(label: &str, text: &str) -> Vec<String> {
    let marks = Marks::new(label, text);
    if marks.lines.is_empty() {
        return text.split('\n').map(str::to_owned).collect();
    }
    let each = text.split('\n').zip(&marks.lines).filter(|(_, line)| !line.gone);
    each.map(|(text, line)| {
        let mut left = text.to_owned();
        for cut in line.cut.iter().rev() {
            left.replace_range(cut.clone(), "");
        }
        for kind in &line.kinds {
            left.push_str(" .");
            left.push_str(kind.class());
        }
        for word in &line.words {
            left.push_str(&format!(" <{}>", &text[word.clone()]));
        }
        left
    })
    .collect()
}

#[test]
fn each_mark_says_something_of_its_lines() {
    for (label, text, expected) in [
        ("yaml", "a # [!code --]\nb # [!code ++]", "a .del|b .ins"),
        ("js", "a // [!code ++:2]\nb\nc", "a .ins|b .ins|c"),
        ("js", "// [!code hl:2]\na\nb\nc", "a .hl|b .hl|c"),
        ("js", "// [!code focus:2]\n// [!code hl]\na\nb", "a .hl .focus|b .focus"),
        ("js", "a // [!code highlight] [!code error]", "a .hl .error"),
        ("js", "a // [!code warning]\nb // [!code info]", "a .warning|b .info"),
        ("js", "ab // [!code word:b]\nb b", "ab <b>|b b <b> <b>"),
        ("js", "// [!code word:b:1]\nb\nb", "b <b>|b"),
        ("js", "// highlight-next-line\na\nb", "a .hl|b"),
        ("py", "# highlight-start\na\n\n# highlight-end\nb", "a .hl| .hl|b"),
        ("jsx", "{/* highlight-next-line */}\n<a/>", "<a/> .hl"),
        ("js", "a // highlight-line\nb", "a .hl|b"),
        ("html", "<a> <!-- [!code ++] -->\n<b>", "<a> .ins|<b>"),
        ("css", "a /* [!code hl] */ b", "a b .hl"),
        ("lua", "a -- [!code ++]", "a .ins"),
        ("json", "{ // [!code ++]\n}", "{ .ins|}"),
        ("unknown", "a ;; [!code ++]", "a .ins"),
        ("", "a # [!code ++]", "a .ins"),
        ("js", "a // why [!code ++]", "a // why .ins"),
        ("js", "a /// [!code ++]", "a .ins"),
        ("js", "a // [!!code ++]", "a // [!code ++]"),
        ("md", "a <!-- [!!code ++] -->", "a <!-- [!code ++] -->"),
    ] {
        assert_eq!(shown(label, text).join("|"), expected, "{label}: {text}");
    }
}

#[test]
fn what_is_no_mark_stays() {
    for (label, text) in [
        ("text", "a [!code ++]"),
        ("js", "\"http://x [!code ++]\""),
        ("text", "a -- b [!code ++]"),
        ("js", "a // [!code nonsense]"),
        ("js", "a // [!code ++"),
        ("js", "// we call highlight-start here"),
        ("js", "highlight-next-line"),
        ("markdown", "a # [!code ++]"),
        ("mdx", "{/* highlight-next-line */}"),
        ("js", "// [!code word:]"),
    ] {
        let marks = Marks::new(label, text);
        assert_eq!(marks, Marks::default(), "{text}");
        assert_eq!(marks.blanked(text), None, "{text}");
    }
}

#[test]
fn a_difference_has_signs_and_a_patch_is_a_whole() {
    let signed = |text: &str| -> String {
        let lines = Marks::new("diff", text).lines;
        let rest =
            text.split('\n').zip(&lines).filter(|(_, line)| !line.kinds.contains(&Kind::Removed));
        rest.map(|(text, line)| &text[line.sign..]).collect::<Vec<_>>().join("|")
    };
    for (text, expected) in [
        ("-a\n+b\n c", "b|c"),
        ("- a\n+ b\n  c", "b|c"),
        ("- a\n+ b\n c", "b|c"),
        ("- a\n+ b\nc", "b|c"),
        ("-  a\n+  b\n  c", "  b|  c"),
        ("-    a\n+    b\n c:\n", "    b|c:|"),
        ("+\tb\n \tc", "\tb|\tc"),
        ("---\n+draft: true\n---", "---|draft: true|---"),
        ("+", ""),
        ("", ""),
    ] {
        assert_eq!(signed(text), expected, "{text}");
        assert!(!Marks::new("diff", text).patch);
    }
    let patch = Marks::new("patch", "--- a\n+++ b\n@@ -1 +1 @@\n-a\n+b\n");
    assert!(patch.patch);
    assert!(patch.lines.iter().all(|line| line.sign == 0));
    let kinds: Vec<_> = patch.lines.iter().flat_map(|line| &line.kinds).collect();
    assert_eq!(kinds, [&Kind::Removed, &Kind::Inserted]);
}

#[test]
fn offsets_stay_in_the_code_after_a_change() {
    for (text, expected) in [
        ("a: 1 # [!code --]\na: 2 # [!code ++]\n", "\na: 2\n"),
        ("\n# é [!code --]\na", "\n\na"),
        ("# highlight-next-line\na: é # [!code hl]", "\na: é"),
        ("a # [!code --:2]\nb\nc", "\n\nc"),
    ] {
        let blanked = Marks::new("yaml", text).blanked(text).expect("marks");
        assert_eq!(blanked.len(), text.len(), "{text}");
        let lines: Vec<&str> = blanked.split('\n').map(str::trim_end).collect();
        assert_eq!(lines.join("\n"), expected);
    }
}

#[test]
fn many_marks_take_linear_time() {
    let words = "// [!code word:a]\n".repeat(20_000) + &"a ".repeat(20_000);
    assert_eq!(Marks::new("js", &words).lines.last().map(|line| line.words.len()), Some(20_000));
    for unit in ["[!code ", "// [!code ", "h// ", "// [!code ++] ", "/*[!code hl]", "[!!code "] {
        let text = unit.repeat(100_000);
        let lines = Marks::new("js", &text).lines;
        assert!(lines.len() <= 1);
    }
}
