//! What fuzzing found, and that the targets still build. `cargo +nightly fuzz run NAME` looks for
//! more.

#[path = "../../fuzz/lib.rs"]
pub mod targets;

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
        }
        for choice in ('\u{20}'..).take(targets::SETTINGS.len()) {
            targets::settings(&format!("{choice}{text}"));
        }
    }
}

/// The first character chooses the tree.
#[test]
fn rendering() {
    for text in [
        "see www. (www.) www., *www.* https:// http://\n\n|www.|\n|-|\n|(www.|\n",
        "```javascript\nx /* b */\n```\n",
        "```js {1-18446744073709551615}\na\n```\n\n``` {0}\n\n```\n",
        "[^a]\n\n[^a]: b [^a]\n",
        "<Tabs><Tab title=\"a\">\n",
        "$\\char a$ $$\\frac$$\n",
    ] {
        for choice in '\u{20}'..'\u{28}' {
            targets::render(&format!("{choice}{text}"));
        }
    }
}

/// A block that has been a fault, under every label.
#[test]
fn painting() {
    targets::paint(" x /* b */");
    let highlighter = docgen::render::highlight::Highlighter::new(Default::default());
    for label in highlighter.labels() {
        for text in ["x /* b */\n", "\"a\": true /* b"] {
            targets::painted(label, text);
        }
    }
}

#[test]
fn templates() {
    for text in [
        "{{ page.body }}",
        "{% include \"page.html\" %}",
        "{% extends \"page.html\" %}",
        "1\n{% include \"page.html\" %}",
        "1\n{% for a in range(end=5000) %}{% for b in range(end=5000) %}{% endfor %}{% endfor %}",
        "{% for a in page.title %}{{ a.b.c }}",
        "1\n{{ page.title | slice(start=1) }}{{ 1 / 0 }}",
    ] {
        targets::template(text);
    }
}
