//! Input that is broken, hostile or merely huge: a finding or a message with a place, never a
//! panic, never a page lost in silence, never a write outside of the output, and never work that
//! grows with the square of it.

use std::fs;

use crate::common::{Run, Tree, cost, snapshot};

fn tree() -> Tree {
    Tree::new(&[("docgen.toml", ""), ("content/index.md", "# Home\n")])
}

/// Builds whatever is wrong; the page must be published all the same.
fn built(tree: &Tree, what: &str) -> Run {
    let run = tree.run(&["build", "--gate", "off"]);
    assert_eq!(run.code, 0, "{what}: {}", run.err);
    run
}

/// The rule must fire on the page, which must be published with `--gate off` and not without.
fn refused(tree: &Tree, what: &str, rule: &str, path: &str) {
    let found = tree.findings();
    let error = found.iter().find(|one| one.rule == rule && one.path == path);
    assert!(error.is_some_and(|one| one.severity == "error"), "{what}: no {rule}: {found:?}");
    assert_eq!(tree.run(&["build"]).code, 1, "{what}");
    assert!(!tree.exists("public"), "{what}");
}

#[test]
fn files_that_are_not_what_they_should_be() {
    let tree = tree();
    tree.write("content/bad.md", b"# Caf\xe9\n\n[x](gone.md)\n");
    refused(&tree, "not UTF-8", "unreadable-file", "content/bad.md");
    refused(&tree, "and still checked", "broken-link", "content/bad.md");
    built(&tree, "not UTF-8");
    assert!(tree.read("public/bad/index.html").contains("Caf\u{fffd}"));
}

/// Words that begin like an address and are none.
#[test]
fn what_only_looks_like_an_address() {
    let tree = tree();
    tree.write(
        "content/index.md",
        "# A\n\nsee www. for more (www.) www., *www.* https:// (http://)\n\n| a |\n|-|\n| www. |\n",
    );
    built(&tree, "a prefix alone");
    assert!(!tree.read("public/index.html").contains("href=\"http://www"));
}

/// Parsers of others may panic; whoever runs docgen sees a finding or a count, and no panic.
#[test]
fn a_panic_that_is_caught_prints_nothing() {
    let tree = tree();
    tree.write("content/index.md", "# A\n\n```bash\necho ${a:-<<''\n```\n\n$$\\char a$$\n");
    let run = tree.run(&["check"]);
    assert!(!run.err.contains("panic"), "{}", run.err);
}

#[test]
fn a_page_of_more_than_64_mib() {
    let tree = tree();
    tree.write("content/big.md", vec![b'a'; 65 << 20]);
    refused(&tree, "a huge page", "unreadable-file", "content/big.md");
}

#[cfg(unix)]
#[test]
fn links_of_the_file_system() {
    use std::os::unix::fs::symlink;
    let tree = tree();
    fs::write(tree.root().join("../secret.md"), "# Secret\n").unwrap();
    let content = tree.root().join("content");
    symlink("nowhere.md", content.join("gone.md")).unwrap();
    refused(&tree, "vanished", "unreadable-file", "content/gone.md");
    symlink("../../secret.md", content.join("out.md")).unwrap();
    refused(&tree, "leads outside of the root", "unreadable-file", "content/out.md");
    symlink("..", content.join("up")).unwrap();
    symlink("../../secret.md", content.join("secret.txt")).unwrap();
    built(&tree, "symlinks");
    for (name, bytes) in snapshot(&tree.root().join("public")) {
        assert!(!String::from_utf8_lossy(&bytes).contains("Secret"), "{name}");
    }
}

#[test]
fn nothing_is_written_outside_of_the_output() {
    let tree = tree();
    tree.write("content/up.md", "# Up\n\n[a](../../x.md) ![b](../../../etc/passwd) [c](/%2e%2e/x) <img src=\"../../../y\">\n");
    tree.write("content/to.md", "---\nredirect: ../../../x\n---\n");
    tree.write("docgen.toml", "[[redirect]]\nfrom = \"/a/../../../out\"\nto = \"/\"\n[[redirect]]\nfrom = \"/.git/x\"\nto = \"/\"\n");
    refused(&tree, "links", "broken-link", "content/up.md");
    refused(&tree, "redirects", "broken-redirect", "docgen.toml");
    refused(&tree, "a redirect of a page", "broken-redirect", "content/to.md");
    let before = snapshot(&tree.root().join(".."));
    built(&tree, "links that leave");
    for name in snapshot(&tree.root().join("..")).keys() {
        let own = name.starts_with("tree/public/") || name.starts_with("tree/.docgen/");
        assert!(own || before.contains_key(name), "{name} was written");
    }
    assert!(!tree.exists("public/.git"));
    for output in [".", "content/..", "content", "docgen.toml", "/dev/null"] {
        assert_eq!(tree.run(&["build", "--gate", "off", "--output", output]).code, 2, "{output}");
    }
    assert!(tree.exists("content/up.md") && tree.exists("docgen.toml"));
}

#[test]
fn places_that_two_want() {
    for (path, text) in [
        ("content/a/index.md", "# B\n"),
        ("content/a/index.html", "html"),
        ("content/a", "file"),
        ("content/index.html/b.md", "# B\n"),
    ] {
        let tree = tree();
        tree.write("content/a.md", "# A\n");
        tree.write(path, text);
        let found = tree.findings();
        assert!(found.iter().any(|one| one.rule == "duplicate-route"), "{path}: {found:?}");
        assert_eq!(tree.run(&["build"]).code, 1, "{path}");
        built(&tree, path);
        assert!(tree.exists("public/a/index.html"), "{path}");
    }
}

#[test]
fn names_of_all_kinds() {
    let tree = tree();
    let names = ["a b", "a%20b", "a#b", "a?b", "a\"b'<c>&", "é中", "a\nb", "a\\b", "a{b}", "-"];
    let mut index = String::from("# Home\n\n");
    for (at, name) in names.into_iter().enumerate() {
        tree.write(&format!("content/{name}.md"), format!("# Here {at}\n"));
        let encoded: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
        index.push_str(&format!("- [x]({encoded}.md)\n"));
    }
    tree.write("content/index.md", &index);
    let found = tree.findings();
    assert!(found.is_empty(), "{found:?}");
    built(&tree, "names");
    let html = tree.read("public/index.html");
    let mut seen = 0;
    for (at, _) in html.match_indices("<li><a href=\"") {
        let rest = &html[at + 13..];
        let address = &rest[..rest.find('"').unwrap()];
        assert!(
            address.is_ascii() && !address.contains(['\\', ' ', '\n', '#', '?', '<']),
            "{address}"
        );
        seen += usize::from(address.len() > 2);
    }
    assert!(seen >= names.len());
    for name in names {
        assert!(tree.exists(&format!("public/{name}/index.html")), "{name:?}");
    }
}

#[test]
fn templates_with_faults() {
    for (text, place) in [
        ("{% if %}", "templates/page.html:1:7"),
        ("a\n{{ nope.x }}", "templates/page.html:2:4"),
        ("{% extends \"nope.html\" %}", "templates/page.html"),
        ("{% extends \"page.html\" %}", "templates/page.html"),
        ("{% include \"page.html\" %}", "templates/page.html"),
    ] {
        let tree = tree();
        tree.write("templates/page.html", text);
        let run = tree.run(&["build"]);
        assert_eq!(run.code, 1, "{text}: {run:?}");
        assert!(run.out.contains("template-error") && run.out.contains(place), "{text}: {run:?}");
        assert!(!tree.exists("public"), "{text}");
    }
}

#[test]
fn front_matter_with_faults() {
    let deep = "[".repeat(100_000);
    for text in [
        "---\ntitle: [a\nb: : c\n---\n# X\n".to_owned(),
        format!("---\na: {deep}\n---\n# X\n"),
        format!("+++\na = {deep}\n+++\n# X\n"),
        "---\n- a\n---\n# X\n".to_owned(),
    ] {
        let tree = tree();
        tree.write("content/x.md", &text);
        refused(&tree, &text[..10], "front-matter", "content/x.md");
        built(&tree, &text[..10]);
        assert!(tree.read("public/x/index.html").contains("<h1"));
    }
}

/// Each of these is one page, or a part of it: one in so many. They are built and checked; what they
/// are told is their own matter.
fn hostile(part: usize) -> Vec<(&'static str, String)> {
    let many = |text: &str, times: usize| text.repeat(times / part);
    const DEEP: usize = 100_000;
    let mut pages = Vec::new();
    for (language, open, close) in [
        ("json", "[", "]"),
        ("json", "{\"a\":", "}"),
        ("jsonc", "[", "]"),
        ("json5", "{a:", "}"),
        ("jsonl", "[", "]"),
        ("yaml", "[", "]"),
        ("yaml", "{a: ", "}"),
        ("yaml", "- ", ""),
        ("yaml", "? ", ""),
        ("toml", "[", "]"),
        ("toml", "{a=", "}"),
        ("bash", "(", ")"),
        ("bash", "$(", ")"),
        ("bash", "{ ", "; }"),
        ("bash", "((", "))"),
        ("bash", "if ", "fi"),
        ("bash", "${a:-", "}"),
        ("bash", "\"$(", ""),
        ("bash", "`", ""),
        ("bash", "! ", ""),
        ("console", "$ (", ")"),
        ("properties", "a.", "=1"),
    ] {
        let start = if language == "toml" { "a = " } else { "" };
        let text = format!("{start}{}1{}", many(open, DEEP), many(close, DEEP));
        pages.push(("deep code", format!("# X\n\n```{language}\n{text}\n```\n")));
    }
    pages.extend([
        ("quotes", many("> ", 10_000) + "a"),
        ("lists", many("- ", 10_000) + "a"),
        ("numbers", many("1. ", 10_000) + "a"),
        ("components", many("<Note>\n", 10_000) + "a\n" + &many("</Note>\n", 10_000)),
        ("open components", many("<Note>\n", 2_000)),
        ("ends of components", many("</Note>\n", 2_000)),
        ("indented components", (0..500 / part).map(|n| "  ".repeat(n) + "<Note>\n").collect()),
        ("elements", many("<div>\n", 20_000)),
        (
            "inline components",
            many("<Tooltip tip=\"x\">", 10_000) + "a" + &many("</Tooltip>", 10_000),
        ),
        ("angles", many("<", 200_000)),
        ("open tags", many("<a ", 50_000)),
        ("tags on lines", many("<Note \n", 20_000)),
        ("open values", many("<Note a=\"", 20_000)),
        ("placeholders", many("Vec<String> ", 50_000)),
        ("comments", many("a <!-- ", 50_000)),
        ("brackets", many("[", 50_000)),
        ("links within", many("[a](", 50_000)),
        ("images within", many("![", 50_000)),
        ("stars", many("*a ", 50_000)),
        ("backticks", (1..1000 / part).map(|n| "`".repeat(n) + " ").collect()),
        ("odd backticks", many("`<Note> ", 20_001)),
        ("headings", many("## a\n\n", 100_000)),
        ("links", many("[a](#x)\n", 100_000)),
        ("long line", many("word ", 2_000_000)),
        ("long word", many("a", 10_000_000)),
        ("fences", many("```json\n{,}\n```\n\n", 2_000)),
        ("repeated keys", format!("```json\n{{{}}}\n```\n", many("\"a\":1,", 20_000))),
        ("properties", format!("```properties\n{}\n```\n", many("\\", 500_000))),
        ("footnotes", (0..5_000 / part).map(|n| format!("[^{n}] \n\n[^{n}]: a\n\n")).collect()),
        ("table", "|a|b|\n|-|-|\n".to_owned() + &many("|a|b|\n", 20_000)),
        ("zeros", many("\0", 50_000) + "<Note>\0</Note>"),
        ("returns", many("\r", 50_000)),
        ("entities", many("&amp", 50_000)),
        ("lines to mark", "```json {1-4000000000}\n{}\n```\n".to_owned()),
        ("words of a fence", format!("```json {}\n{{}}\n```\n", many("\"a ", 20_000))),
        (
            "bombs",
            "```yaml\na: &a [x,x,x,x,x,x,x,x,x]\n".to_owned()
                + &(0..12)
                    .map(|n| {
                        format!("a{n}: &a{n} [{}]\n", format!("*a{},", n - 1).repeat(9))
                            .replace("*a-1", "*a")
                    })
                    .collect::<String>()
                + "```\n",
        ),
    ]);
    pages
}

#[test]
fn hostile_pages() {
    for ((what, whole), (_, half)) in hostile(1).into_iter().zip(hostile(2)) {
        for name in ["x.md", "x.mdx"] {
            // Without tags and braces both are the same.
            if name == "x.mdx" && (what == "deep code" || !whole.contains(['<', '{'])) {
                continue;
            }
            let shown: String = whole.chars().skip(4).take(30).collect();
            let even = cost::even(&whole, &half, |text| {
                let tree = tree();
                tree.write(&format!("content/{name}"), text);
                let (run, spent) = cost::measured(&tree.root(), &["build", "--gate", "off"])?;
                assert_eq!(run.code, 0, "{what} ({name}, {shown:?}): {}", run.err);
                assert!(tree.exists("public/x/index.html"), "{what} ({name}, {shown:?})");
                Ok::<_, String>(spent)
            });
            even.unwrap_or_else(|why| panic!("{what} ({name}, {shown:?}): {why}"));
        }
    }
}

#[test]
fn marks_that_only_docgen_writes() {
    let tree = tree();
    tree.write("content/x.md", "# X\n\n<!--dg:0-->\n\n<Note>\n\nin <dg-0> <!--dg:1--> <!--dg:99999999999999999999-->\n\n</Note>\n\nbehind <!--dg:0-->\n");
    built(&tree, "marks");
    let html = tree.read("public/x/index.html");
    assert!(html.contains("behind"), "{html}");
    assert_eq!(html.matches("<aside").count(), 1, "a mark of the author opens nothing: {html}");
}

#[test]
fn ids_of_all_kinds() {
    let tree = tree();
    tree.write(
        "content/x.md",
        "# a {#}\n# b {#a b}\n# c {#\"><script>}\n# d {#é}\n# e {#x#y}\n# f {#%20}\n",
    );
    built(&tree, "ids");
    assert!(!tree.read("public/x/index.html").contains("\"><script>}"));
}

#[test]
fn byte_order_marks_and_line_breaks() {
    let tree = tree();
    tree.write("content/x.md", "\u{feff}---\r\ntitle: Über\r\n---\r\n\r\n<Note>\r\n  a [b](gone.md)\r\n</Note>\r\n\r\n```json\r\n{\"a\": 1}\r\n```\r\n");
    let found = tree.findings();
    let line = |rule: &str| found.iter().find(|one| one.rule == rule).map(|one| one.line);
    assert_eq!(line("broken-link"), Some(6), "{found:?}");
    assert_eq!(found.len(), 1, "{found:?}");
    built(&tree, "CRLF");
    let html = tree.read("public/x/index.html");
    assert!(html.contains("Über") && !html.contains('\r') && !html.contains('\u{feff}'), "{html}");
}
