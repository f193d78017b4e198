//! Every command finds the tree that is meant, from anywhere in a repository.

use crate::common::{Tree, run_in};

/// A repository with settings in one of the usual places, and one page.
fn repository(settings: &str, text: &str, page: &str) -> Tree {
    Tree::new(&[
        (".git/HEAD", "ref: refs/heads/main\n"),
        ("README.md", "# The program\n\n[Nowhere](gone.md)\n"),
        (settings, text),
        (page, "# Page\n\nText.\n"),
    ])
}

const NAVIGATION: &str = r#"{"name": "X", "navigation": {"pages": ["index"]}}"#;

/// Settings file, its text, a page, and the flavour.
const REPOSITORIES: [(&str, &str, &str, &str); 5] = [
    ("docs/docs.json", NAVIGATION, "docs/index.md", "mintlify"),
    ("docs/docgen.toml", "title = \"X\"\n", "docs/content/index.md", "native"),
    ("book/book.toml", "[book]\ntitle = \"X\"\n", "book/src/a.md", "mdbook"),
    (
        "website/docusaurus.config.js",
        "module.exports = {title: 'X'};\n",
        "website/docs/index.md",
        "docusaurus",
    ),
    ("docs/mkdocs.yml", "site_name: X\n", "docs/docs/index.md", "mkdocs"),
];

#[test]
fn from_the_top_of_a_repository() {
    for (settings, text, page, flavour) in REPOSITORIES {
        let tree = repository(settings, text, page);
        if flavour == "mdbook" {
            tree.write("book/src/SUMMARY.md", "- [Page](a.md)\n");
        }
        let check = tree.run(&["check"]);
        assert_eq!(check.code, 0, "{settings}: {check:?}");
        assert!(check.out.contains(&format!("flavour: {flavour} (")), "{settings}: {check:?}");
        let build = tree.run(&["build", "--no-search", "--output", "out"]);
        assert_eq!(build.code, 0, "{settings}: {build:?}");
        assert!(build.out.starts_with("published 1 page"), "{settings}: {build:?}");
        assert!(!tree.exists("out/README.md"), "{settings}: only the documentation is published");
    }
}

#[test]
fn of_several_trees_none_is_guessed() {
    let tree = repository("docs/docs.json", NAVIGATION, "docs/index.md");
    tree.write("website/docusaurus.config.js", "module.exports = {title: 'X'};\n");
    tree.write("website/docs/index.md", "# Page\n");
    for arguments in [&["check"][..], &["build", "--output", "out"], &["serve", "--port", "0"]] {
        let run = tree.run(arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {run:?}");
        assert!(run.err.contains("`docs`, `website`; name one of them"), "{run:?}");
    }
    assert!(tree.run(&["check", "docs"]).out.contains("flavour: mintlify"));
    assert!(!tree.exists("out"));
}

#[test]
fn a_repository_without_settings_is_plain() {
    let tree = repository("notes/a.txt", "", "notes/a.md");
    let check = tree.run(&["check"]);
    assert!(check.out.contains("flavour: plain"), "{check:?}");
    assert!(check.out.contains("checked 2 pages"), "{check:?}");
}

/// `rules` says of a subfolder what `check` does there.
#[test]
fn rules_are_those_of_the_tree() {
    let tree = Tree::new(&[
        ("docgen.toml", "[check.rules]\nheading-order = \"error\"\n"),
        ("content/index.md", "# A\n\n### B\n"),
    ]);
    for folder in [tree.root(), tree.root().join("content")] {
        let rules = run_in(&folder, &["rules"]);
        let line = rules.out.lines().find(|line| line.starts_with("heading-order ")).unwrap();
        assert!(line.contains("error"), "{line}");
        let check = run_in(&folder, &["check", "."]);
        assert!(check.out.contains("error[heading-order]"), "{check:?}");
    }
}

/// A docgen.toml beside the settings of another generator counts from the top of a repository too.
#[test]
fn settings_beside_those_of_another_generator() {
    let tree = repository("docs/mkdocs.yml", "site_name: X\n", "docs/docs/index.md");
    tree.write("docs/docs/index.md", "# A\n\n### B\n");
    tree.write(
        "docs/docgen.toml",
        "flavour = \"mkdocs\"\n\n[check.rules]\nheading-order = \"error\"\n",
    );
    for folder in [tree.root(), tree.root().join("docs")] {
        let check = run_in(&folder, &["check"]);
        assert!(check.out.contains("error[heading-order]"), "{check:?}");
        assert!(check.out.contains("flavour: mkdocs"), "{check:?}");
    }
}

/// `new --from` finds the settings that `check` finds, and writes beside them.
#[test]
fn settings_to_convert_are_found_from_the_top() {
    let tree = repository("docs/docs.json", NAVIGATION, "docs/index.md");
    let run = tree.run(&["new", "--from", "."]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(!tree.exists("docgen.toml"), "it belongs beside the settings");
    assert!(tree.read("docs/docgen.toml").contains("title = \"X\""), "{run:?}");
    let again = tree.run(&["new", "--from", "docs"]);
    assert_eq!(again.code, 2, "{again:?}");
}
