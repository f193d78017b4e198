//! What `docgen build` says of constructs that only the generator of a tree understands.

use crate::common::Tree;

#[test]
fn a_build_lists_what_it_does_not_render() {
    let tree = Tree::new(&[
        ("hugo.toml", "baseURL = 'https://example.com/'\n"),
        (
            "content/_index.md",
            "---\ntitle: A\n---\n\n{{< youtube a >}} and {{< youtube b >}}\n\n`{{< note >}}`\n",
        ),
        ("content/b.md", "---\ntitle: B\n---\n\n{{% tip %}}x{{% /tip %}}\n\n{{< youtube c >}}\n"),
    ]);
    let check = tree.run(&["check"]);
    assert!(!check.out.contains("youtube"), "{check:?}");
    let build = tree.run(&["build"]);
    assert_eq!(build.code, 0, "{build:?}");
    for line in [
        "docgen does not render all that these pages for hugo use:",
        "warning: {{< youtube >}}: 3 times on 2 pages, shown as text (content/_index.md:5)",
        "warning: {{% tip %}}: 2 times on 1 page, shown as text (content/b.md:5)",
    ] {
        assert!(build.out.contains(line), "{line}: {}", build.out);
    }
    assert!(!build.out.contains("note"), "{}", build.out);
}

/// A folder without settings may belong to any generator: what its pages have all over is
/// understood by something, and what one page has is a mistake. A build tells of both.
#[test]
fn what_a_folder_uses_all_over_is_no_mistake() {
    let pages = |count: usize| {
        let pages =
            (0..count).map(|at| (format!("p{at}.md"), format!("# P{at}\n\n:::tip\n\nA.\n\n:::\n")));
        let mut pages: Vec<_> = pages.collect();
        pages.push((
            "own.md".to_owned(),
            "# Own\n\nSee `:::tip` and {{< youtube a >}}.\n".to_owned(),
        ));
        let pages: Vec<_> = pages.iter().map(|(path, text)| (&**path, &**text)).collect();
        Tree::new(&pages)
    };
    let few = pages(2).run(&["check"]);
    assert_eq!(few.out.matches("this admonition as text").count(), 2, "{few:?}");
    let tree = pages(3);
    let many = tree.run(&["check"]);
    assert!(!many.out.contains("admonition"), "{many:?}");
    assert_eq!(many.out.matches("this template call").count(), 1, "{many:?}");
    let build = tree.run(&["build"]);
    let line = "warning: :::tip: 3 times on 3 pages, shown as text (p0.md:3)";
    assert!(build.out.contains("docgen does not render all that these pages use:"), "{build:?}");
    assert!(build.out.contains(line) && !build.out.contains("youtube }}:"), "{build:?}");
}

/// A generator that docgen does not support may understand anything.
#[test]
fn a_generator_that_docgen_does_not_support_has_its_own_markup() {
    let page = "# A\n\n::: tip\n\nB.\n\n:::\n\n{% include a.html %}\n";
    let tree = Tree::new(&[("_config.yml", "title: A\n"), ("a.md", page)]);
    let check = tree.run(&["check"]);
    assert!(!check.out.contains("raw-markup"), "{check:?}");
    let build = tree.run(&["build"]);
    assert!(build.out.contains("{% include %}: once on 1 page, shown as text"), "{build:?}");
    assert!(build.out.contains("::: tip: once on 1 page, shown as text"), "{build:?}");
}

/// Shortcodes are replaced before the links around them are read, and their content may be Markdown.
#[test]
fn shortcodes_in_addresses_and_elements() {
    let page = "---\ntitle: A\n---\n\nSee [a] and [b](https://x.y/{{< param v >}}/b.zip).\n\n\
                [a]: https://x.y/{{< param v >}}/a.zip\n\n<div>\n{{% card header=\"[c](https://x.y/c)\" %}}\n\
                [d](/d.md)\n{{% /card %}}\n<p>**e**</p>\n</div>\n";
    let tree = Tree::new(&[
        ("hugo.toml", "baseURL = 'https://example.com/'\n"),
        ("content/_index.md", page),
    ]);
    let check = tree.run(&["check"]);
    assert_eq!(check.out.matches("[raw-markup]").count(), 1, "{check:?}");
    assert!(check.out.contains("content/_index.md:13:4"), "{check:?}");
}

/// Python-Markdown does not end a cell inside a code span, and everything else does.
#[test]
fn bars_in_code_spans_of_tables() {
    let page =
        "# A\n\n| Rule | Match |\n| --- | --- |\n| a | ``` b(`^(c|d)$`) ``` |\n| e | f | g |\n";
    let settings = ("mkdocs.yml", "site_name: A\n");
    let check = Tree::new(&[settings, ("docs/index.md", page)]).run(&["check"]);
    assert_eq!(check.out.matches("[lost-text]").count(), 1, "{check:?}");
    let check = Tree::new(&[("index.md", page)]).run(&["check"]);
    assert_eq!(check.out.matches("[lost-text]").count(), 2, "{check:?}");
}

#[test]
fn a_text_that_is_lost_stops_the_build() {
    let page = "---\ntitle: A\n---\n\n<Hero title=\"Start here\" client:load />\n\n<Since v=\"1\" />\n\n\
                <Aside>text</Aside>\n\n{user.name}\n";
    let tree = Tree::new(&[
        ("astro.config.mjs", "import starlight from '@astrojs/starlight';\n"),
        ("src/content/docs/index.mdx", page),
    ]);
    let build = tree.run(&["build"]);
    assert_eq!(build.code, 1, "{build:?}");
    for line in [
        "error: <Hero>: once on 1 page, without its `title` (src/content/docs/index.mdx:5)",
        "warning: <Since>: once on 1 page, nothing is shown in its place (src/content/docs/index.mdx:7)",
        "warning: <Aside>: once on 1 page, its content is shown without its look",
        "warning: {…}: once on 1 page, shown as text (src/content/docs/index.mdx:11)",
    ] {
        assert!(build.out.contains(line), "{line}: {}", build.out);
    }
    assert!(build.err.contains("nothing was published"), "{}", build.err);
    assert_eq!(tree.run(&["build", "--gate", "off"]).code, 0);
}
