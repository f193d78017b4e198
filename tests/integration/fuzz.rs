//! What fuzzing found, and that the targets still build. `cargo +nightly fuzz run NAME` looks for
//! more.

#[path = "../../fuzz/lib.rs"]
mod targets;

/// One text for each fault; the first character chooses among dialects, trees or languages.
#[test]
fn pages() {
    for text in [
        // Indentation before an HTML block stands nowhere in the text.
        "## W\n  <p",
        "x\n\n   <div>\n  a\n</div>",
        "> a\n>\n>   <p>\n> b",
        // A container is open at the end of a page, which is no end of a line.
        "a\n\n::: note\nb <em>c",
        "a\n::::: x\n   <em>b",
        // The last text of a page is an unbreakable space, which ends no page.
        "a\n<Note>\n\u{a0}",
    ] {
        for choice in '\u{20}'..'\u{34}' {
            targets::page(&format!("{choice}{text}"));
            targets::site(&format!("{choice}{text}"));
        }
    }
}

/// The first character chooses the language.
#[test]
fn languages() {
    // A here-document with an empty name, and nothing behind it.
    for text in
        [" << \"\" ", "a << ''", "$(a << \"\" )", "`a << ''`", "\"$(a << '' b)\"", "<(a << '')"]
    {
        for choice in '\u{30}'..'\u{50}' {
            targets::language(&format!("{choice}{text}"));
            targets::language(&format!("{choice}{text}\n"));
        }
    }
}

/// Every target on texts of its own kind.
#[test]
fn ordinary_texts() {
    for text in
        ["[a]\nb = 1\n", "{\"a\": [1, null]}", "a: b\n- c\n", "ls -a | grep \"b\"\n", "name x\n"]
    {
        targets::data(text);
        targets::truth(text);
        for choice in '\u{20}'..'\u{50}' {
            targets::language(&format!("{choice}{text}"));
            targets::settings(&format!("{choice}{text}"));
        }
    }
}
