//! Books of mdBook, built as they are.

use crate::common::Tree;

const SUMMARY: &str = "# Summary\n\n[Before](before.md)\n\n- [One](one.md)\n  - [Inner `x`](one/inner.md)\n  \
                       - [Later]()\n\n---\n\n# Second Part\n\n- [Two](two.md)\n\n---\n\n[After](after.md)\n";

fn book(settings: &str, more: &[(&str, &str)]) -> Tree {
    let tree = Tree::new(&[
        ("book.toml", settings),
        ("src/SUMMARY.md", SUMMARY),
        ("src/before.md", "# Before\n\nText.\n"),
        ("src/one.md", "# One of them\n\nText.\n"),
        ("src/one/inner.md", "## Inner\n\nText.\n"),
        ("src/two.md", "# Two\n\nText.\n"),
        ("src/after.md", "Text alone.\n"),
    ]);
    more.iter().for_each(|(path, text)| tree.write(path, text));
    tree
}

/// The page of a built book.
fn built(tree: &Tree, page: &str) -> String {
    let run = tree.run(&["build", "--gate", "off", "--no-cache"]);
    assert_eq!(run.code, 0, "{run:?}");
    tree.read(&format!("_site/{page}"))
}

fn has(html: &str, wanted: &[&str]) {
    for part in wanted {
        assert!(html.contains(part), "no `{part}` in:\n{html}");
    }
}

fn lacks(html: &str, unwanted: &[&str]) {
    for part in unwanted {
        assert!(!html.contains(part), "`{part}` in:\n{html}");
    }
}

#[test]
fn the_sidebar_is_the_table_of_contents() {
    let tree = book("[book]\ntitle = \"Book\"\n", &[]);
    let inner = built(&tree, "one/inner.html");
    let number = |number: &str| format!("<span class=\"nav-number\">{number}</span> ");
    has(
        &inner,
        &[
            "<a href=\"/before.html\">Before</a>",
            &format!("<a href=\"/one.html\">{}One</a><ul class=\"nav\">", number("1.")),
            &format!("href=\"/one/inner.html\">{}Inner x</a>", number("1.1.")),
            &format!("<span class=\"nav-draft\">{}Later</span>", number("1.2.")),
            "<hr class=\"nav-separator\">",
            "<details class=\"nav-section\" open><summary>Second Part</summary>",
            &format!("<a href=\"/two.html\">{}Two</a>", number("2.")),
            "<a href=\"/after.html\">After</a>",
            // The title of the table, the chapter that it lies below, its neighbours.
            "<title>Inner x · Book</title>",
            "<li><a href=\"/one.html\">One</a></li>",
            "rel=\"prev\" href=\"/one.html\"",
            "rel=\"next\" href=\"/two.html\"",
        ],
    );
    lacks(&inner, &["<h1"]);
    let after = tree.read("_site/after.html");
    has(&after, &["<h1>After</h1>", "rel=\"prev\" href=\"/two.html\""]);
    lacks(&after, &["<ol>\n<li><span>Second Part"]);
    assert_eq!(tree.run(&["check"]).code, 0);
}

/// The text of the code block of a page, tags taken out.
fn code(html: &str) -> String {
    let start = html.find("<code").unwrap();
    let inner = &html[start..start + html[start..].find("</code>").unwrap()];
    let mut text = String::new();
    inner.split('<').for_each(|part| text.push_str(part.split_once('>').map_or("", |two| two.1)));
    text.replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&")
}

#[test]
fn hidden_lines_are_there_and_marked() {
    let settings = "[output.html.code.hidelines]\npython = \"~\"\n";
    for (label, text, hidden) in [
        (
            "rust,ignore",
            "# use a::B;\nfn main() {\n    # let x = 1;\n    ##[allow(a)]\n    let y = 2;\n#\n}\n",
            3,
        ),
        ("rust", "fn main() {}\n", 0),
        ("text", "# not hidden\n", 0),
        ("python", "~import a\nif a:\n    ~pass\n    a()\n", 2),
        ("sh,hidelines=!!!", "!!!x=1\necho\n", 1),
    ] {
        let tree = book(settings, &[("src/two.md", &format!("# Two\n\n```{label}\n{text}```\n"))]);
        let html = built(&tree, "two.html");
        assert_eq!(code(&html), text, "the text stays as it is");
        assert_eq!(html.matches("<span class=\"hidden-line\">").count(), hidden, "{label}");
        assert!(!html.contains("<figcaption>"), "{label}: no title");
        let class = format!("class=\"language-{}\"", label.replace("sh,hidelines=!!!", "sh"));
        has(&html, &[&class.replace(',', " ")]);
        assert_eq!(tree.findings().iter().filter(|one| one.rule == "code-syntax").count(), 0);
    }
}

#[test]
fn listings_are_taken_in_with_their_other_lines_hidden() {
    let page = "{{#title My title}}\n# Two\n\n```rust\n{{#rustdoc_include ../code/a.rs:part}}\n```\n\n\
                \\{{#include x.rs}}\n";
    let listing = "use a::B;\n// ANCHOR: part\nfn main() {}\n// ANCHOR_END: part\n";
    let tree = book("", &[("src/two.md", page), ("code/a.rs", listing)]);
    let html = built(&tree, "two.html");
    assert_eq!(code(&html), "# use a::B;\nfn main() {}\n");
    has(&html, &["<title>My title · ", "{{#include x.rs}}", "</span> Two</a>"]);
    assert_eq!(tree.run(&["check"]).code, 0);
}

#[test]
fn settings_of_the_book_count() {
    let settings = "[book]\ntitle = \"B\"\ndescription = \"About\"\nauthors = [\"A\", \"C\"]\n\
                    language = \"de\"\n[output.html]\nsite-url = \"/book/\"\n\
                    git-repository-url = \"https://x.example/r\"\n\
                    edit-url-template = \"https://x.example/e/{path}\"\nadditional-css = [\"./theme/a.css\"]\n\
                    additional-js = [\"b.js\", \"../out.js\"]\n[output.html.redirect]\n\
                    \"old.html\" = \"two.html\"\n";
    let files =
        [("theme/a.css", "a{}"), ("b.js", "1"), ("theme/favicon.svg", "<svg/>"), ("c.js", "")];
    let tree = book(settings, &files);
    let html = built(&tree, "two.html");
    has(
        &html,
        &[
            "lang=\"de\"",
            "<meta name=\"description\" content=\"About\">",
            "<meta name=\"author\" content=\"A, C\">",
            "href=\"https://x.example/r\"",
            "<a href=\"https://x.example/e/src/two.md\">Diese Seite bearbeiten</a>",
            "<link rel=\"stylesheet\" href=\"/book/theme/a.css?v=",
            "<script src=\"/book/b.js?v=",
            "<link rel=\"icon\" href=\"/book/favicon.svg?v=",
            "<a href=\"/book/one.html\">",
        ],
    );
    lacks(&html, &["out.js"]);
    has(&tree.read("_site/old.html"), &["/book/two.html"]);
    assert!(tree.exists("_site/theme/a.css") && tree.exists("_site/b.js"));
    assert!(!tree.exists("_site/c.js") && !tree.exists("_site/theme/favicon.svg"));
}

#[test]
fn listings_have_their_number_and_caption() {
    let page = "# Two\n\n<Listing number=\"5-1\" file-name=\"src/main.rs\" caption=\"A `Vec<T>`\">\n\n\
                ```rust\nfn main() {}\n```\n\n</Listing>\n\nText.\n";
    let tree = book("", &[("src/two.md", page)]);
    let html = built(&tree, "two.html");
    has(
        &html,
        &[
            "<figure class=\"listing\"><p class=\"file-name\">Filename: src/main.rs</p>",
            "<figcaption>Listing 5-1: A <code>Vec&lt;T&gt;</code></figcaption></figure>",
        ],
    );
    assert_eq!(tree.run(&["check"]).code, 0);
}

#[test]
fn a_dead_link_leads_where_it_was_meant_to() {
    let tree = book("", &[("src/two.md", "# Two\n\n[x](gone.html#y)\n")]);
    has(&built(&tree, "two.html"), &["href=\"/gone.html#y\""]);
}

#[test]
fn texts_around_a_book_are_included_when_git_tracks_them() {
    let page = "# A\n\n{{#include ../../README.md}}\n\n```rust\n{{#include ../../src/lib.rs:2}}\n```\n\n\
                {{#include ../../.ci.yml}}\n\n{{#include ../../notes.md}}\n\n{{#include ../../.env}}\n\n\
                {{#include ../../.git/config}}\n\n{{#include ../../link.md}}\n\n{{#include ../../none.md}}\n\n\
                {{#include ../../../around.md}}\n";
    let tree = Tree::new(&[
        ("around.md", "Around\n"),
        ("top/README.md", "The readme, with [a link](gone.md).\n"),
        ("top/src/lib.rs", "// One\nfn two() {}\n"),
        ("top/.ci.yml", "A tracked and hidden file\n"),
        ("top/notes.md", "PRIVATE\n"),
        ("top/.env", "SECRET\n"),
        ("top/book/book.toml", ""),
        ("top/book/src/SUMMARY.md", "- [A](a.md)\n"),
        ("top/book/src/a.md", page),
    ]);
    let top = tree.root().join("top");
    std::os::unix::fs::symlink("../around.md", top.join("link.md")).expect("a link");
    for arguments in
        [&["init", "-q"][..], &["add", "README.md", "src", ".ci.yml", "link.md", "book"]]
    {
        let run = std::process::Command::new("git").arg("-C").arg(&top).args(arguments).output();
        assert!(run.expect("git").status.success());
    }
    let run = tree.run(&["build", "top/book", "--gate", "off", "--no-cache"]);
    assert_eq!(run.code, 0, "{run:?}");
    let html = tree.read("top/book/_site/a.html");
    has(&html, &["<p>The readme, with ", "two</span>", "<p>A tracked and hidden file</p>"]);
    lacks(&html, &["PRIVATE", "SECRET", "Around", "One", "repositoryformatversion"]);

    let run = tree.run(&["check", "top/book", "--no-cache", "--format", "concise"]);
    let said: Vec<&str> =
        run.out.lines().filter_map(|line| line.split_once(": ").map(|both| both.1)).collect();
    let refused =
        |name: &str, why: &str| format!("error[missing-include]: `{name}` is not included: {why}");
    let wanted = [
        "error[broken-link]: no page at `gone.md`".to_owned(),
        refused("../../notes.md", "it is outside of the tree, and git does not track it"),
        refused("../../.env", "it is hidden, and git does not track it"),
        refused("../../.git/config", "it belongs to git itself"),
        refused("../../link.md", "it is outside of the repository, where docgen reads nothing")
            .replace("error[", "warning["),
        "error[missing-include]: no file at `../../none.md` to include".to_owned(),
        refused(
            "../../../around.md",
            "it is outside of the repository, where docgen reads nothing",
        )
        .replace("error[", "warning["),
    ];
    assert_eq!(said, wanted, "{}", run.out);
    assert!(run.out.starts_with("../README.md:1:27: "), "{}", run.out);
}
