//! `docgen new --from`: the same pages and findings, from settings that say what they are.

use crate::common::{Run, Tree, run_in, snapshot};

/// Findings without the file of those that are about settings.
fn findings(tree: &Tree) -> Vec<String> {
    let mut all: Vec<String> = tree
        .findings()
        .iter()
        .map(|one| {
            let page = one.path.ends_with(".md") || one.path.ends_with(".mdx");
            let place = if page { format!("{}:{}", one.path, one.line) } else { String::new() };
            format!("{place} {} {} {}", one.severity, one.rule, one.message)
        })
        .collect();
    all.sort();
    all
}

/// Takes the settings over, and tries that nothing else changes; what was said and written.
fn taken_over(tree: &Tree, output: &str) -> (Run, String) {
    let build = ["build", "--gate", "off", "--no-cache"];
    assert_eq!(tree.run(&build).code, 0);
    let (before, found) = (snapshot(&tree.root().join(output)), findings(tree));
    assert!(!found.is_empty(), "there is something to compare");
    let run = tree.run(&["new", "--from", "."]);
    assert_eq!(run.code, 0, "{run:?}");
    let text = tree.read("docgen.toml");
    assert_eq!(findings(tree), found, "{text}");
    let again = tree.run(&build);
    assert_eq!(again.code, 0, "{again:?}");
    let after = snapshot(&tree.root().join(output));
    for (name, bytes) in &before {
        let other = after.get(name).unwrap_or_else(|| panic!("{name} is gone"));
        assert!(bytes == other, "{name} differs");
    }
    assert_eq!(before.len(), after.len());
    let over = tree.run(&["new", "--from", "."]);
    assert_eq!((over.code, tree.read("docgen.toml")), (2, text.clone()), "never over something");
    (run, text)
}

#[test]
fn of_mintlify() {
    let settings = r##"{
        "$schema": "https://mintlify.com/docs.json", "theme": "mint",
        "name": "Mint \"x\"", "description": "About",
        "logo": {"light": "/l.svg", "dark": "/d.svg"}, "favicon": "/f.svg",
        "colors": {"primary": "#123456", "light": "#abcdef", "dark": "#000000"},
        "navbar": {"links": [{"label": "Blog", "href": "https://x.example"}], "primary": {}},
        "navigation": {"pages": ["index", {"group": "Guide", "pages": ["guide/a",
            {"group": "Deep", "pages": ["guide/b", "gone"]}]},
            {"group": "Out", "href": "https://x.example/out"}]},
        "redirects": [{"source": "/old", "destination": "/guide/a"}, {"source": "/x/:y", "destination": "/z/:y"},
            {"source": "/dead", "destination": "/nowhere"}]
    }"##;
    let tree = Tree::new(&[
        ("docs.json", settings),
        ("index.mdx", "# Home\n\n[dead](/dead-link)\n"),
        ("guide/a.mdx", "---\ntitle: A\n---\n\nText.\n"),
        ("guide/b.mdx", "---\ntitle: B\n---\n\nText.\n"),
        ("style.css", "a{}"),
        ("l.svg", ""),
        ("d.svg", ""),
        ("f.svg", ""),
    ]);
    let (run, text) = taken_over(&tree, "public");
    for part in [
        "# recognised by docs.json\nflavour = \"mintlify\"\n",
        "# name\ntitle = \"Mint \\\"x\\\"\"\n",
        "# logo\nlogo = { light = \"/l.svg\", dark = \"/d.svg\" }\n",
        "# navigation\n[[nav]]\npages = [\n  \"index\",\n]\n",
        "[[nav]]\ntitle = \"Guide\"\n",
        "# redirects\n[[redirect]]\nfrom = \"/old\"\nto = \"/guide/a\"\n",
        "# colors\n[colors]\nprimary = \"#123456\"\ndark = \"#abcdef\"\n",
    ] {
        assert!(text.contains(part), "no `{part}` in:\n{text}");
    }
    assert!(!run.out.contains("not converted"), "{run:?}");
    let unread = "not read by docgen: theme, colors.dark, navbar.primary\n";
    assert!(run.out.contains(unread), "{run:?}");
}

#[test]
fn of_mintlify_with_more_than_one_tab() {
    let settings = r#"{"name": "x", "navigation": {"tabs": [
        {"tab": "A", "pages": ["index"]}, {"tab": "B", "pages": ["b"]}]}}"#;
    let tree = Tree::new(&[
        ("docs.json", settings),
        ("index.md", "# Home\n\n[dead](/dead-link)\n"),
        ("b.md", "# B\n\nText.\n"),
    ]);
    let (run, text) = taken_over(&tree, "public");
    for tab in ["[[nav]]\ntab = \"A\"\npages = [\n  \"index\",", "[[nav]]\ntab = \"B\"\n"] {
        assert!(text.contains(tab), "{text}");
    }
    assert!(!run.out.contains("the navigation of docs.json"), "{run:?}");
}

#[test]
fn of_mdbook() {
    let settings = "[book]\ntitle = \"Book\"\nauthors = [\"A\"]\nlanguage = \"de\"\nsrc = \"text\"\n\n\
                    [build]\nbuild-dir = \"x\"\n\n[preprocessor.toc]\n\n[output.html]\n\
                    site-url = \"/book/\"\ngit-repository-url = \"https://x.example/r\"\n\
                    additional-css = [\"a.css\"]\nadditional-js = [\"b.js\"]\nmathjax-support = true\n\n\
                    [output.html.redirect]\n\"old.html\" = \"one.html\"\n\"dead.html\" = \"gone.html\"\n\n\
                    [output.html.code.hidelines]\npython = \"~\"\n";
    let tree = Tree::new(&[
        ("book.toml", settings),
        ("text/SUMMARY.md", "# Summary\n\n- [One](one.md)\n  - [Two](two.md)\n- [Gone](gone.md)\n"),
        ("text/one.md", "# One\n\n[dead](dead.md)\n\n```python\n~import a\na()\n```\n"),
        ("text/two.md", "# Two\n\nText.\n"),
        ("a.css", "a{}"),
        ("b.js", "1"),
    ]);
    let (run, text) = taken_over(&tree, "_site");
    for part in [
        "# recognised by book.toml\nflavour = \"mdbook\"\n",
        "# book.authors\nauthors = [\"A\"]\n",
        "# book.language\nlanguage = \"de\"\n",
        "# book.src\ncontent = \"text\"\n",
        "# output.html.additional-css\nstylesheets = [\"/a.css\"]\n",
        "# output.html.code.hidelines\n[hidden_lines]\n\"python\" = \"~\"\n",
        "[[redirect]]\nfrom = \"/old.html\"\nto = \"/one.html\"\n",
    ] {
        assert!(text.contains(part), "no `{part}` in:\n{text}");
    }
    for part in [
        "wrote ./docgen.toml from book.toml\n",
        "not converted: the navigation of text/SUMMARY.md: docgen.toml has no numbered chapters",
        "not converted: the path `/book/` of the site",
        "not read by docgen: build, preprocessor.toc, output.html.mathjax-support\n",
    ] {
        assert!(run.out.contains(part), "no `{part}` in:\n{}", run.out);
    }
}

#[test]
fn of_something_else() {
    let tree =
        Tree::new(&[("a.md", "# A\n"), ("b/mkdocs.yml", "site_name: x\n"), ("b/docs/a.md", "")]);
    for (folder, why) in [
        (".", "no Mintlify or mdBook settings found"),
        ("b", "no Mintlify or mdBook settings found"),
        ("none", "cannot open"),
        ("a.md", "not a folder"),
    ] {
        let run = tree.run(&["new", "--from", folder]);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.err.contains(why), "{run:?}");
    }
    assert_eq!(run_in(&tree.root(), &["new"]).code, 2);
    assert_eq!(run_in(&tree.root(), &["new", "x", "--from", "."]).code, 2);
}
