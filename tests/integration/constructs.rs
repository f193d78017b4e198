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
