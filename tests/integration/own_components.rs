//! Components that a site makes with templates: what readers, machines and checks get of them, and
//! what a hostile template or page can do.

use std::time::Duration;

use crate::common::rendering::{Rendering, check};
use crate::common::{Tree, cost};
use docgen::project::{Inputs, Model};

const PRICE: &str = "<aside class=\"price\"><b>{{ attributes.amount }}</b>\
                     {% if attributes.per %} per {{ attributes.per }}{% endif %}\
                     {% if attributes.open %} open{% endif %}\
                     {% if attributes.href %}<a href=\"{{ attributes.href }}\">more</a>{% endif %}\n\
                     {{ children }}</aside>";

fn tree(page: &str) -> Tree {
    Tree::new(&[
        ("docgen.toml", ""),
        ("templates/components/price.html", PRICE),
        ("templates/components/Key.html", "<kbd class=\"key\">{{ children }}</kbd>"),
        ("content/other.md", "# Other\n"),
        ("content/index.md", page),
    ])
}

#[test]
fn components_of_a_site_are_rendered() {
    let tree = tree(
        "# A\n\n<Price amount=\"<5 €\" per=\"month\" open href=\"other.md\" id=\"it\">\n\nAll in **Basic**\n\n\
         <Price amount={3} />\n\n</Price>\n\n<Price amount=\"7\">in one *line*</Price>\n\n\
         Press <Key>Ctrl</Key> and <Key>`C`</Key>. See [it](#it).\n\n\
         <Price amount=\"1\" href=\"javascript:alert(1)\" />\n",
    );
    let run = tree.run(&["build", "--gate", "off"]);
    assert_eq!(run.code, 0, "{run:?}");
    let html = tree.read("public/index.html");
    for text in [
        "<span class=\"anchor-alias\" id=\"it\"></span><aside class=\"price\"><b>&lt;5 €</b> per month open\
         <a href=\"/other/\">more</a>\n",
        "<p>All in <strong>Basic</strong></p>",
        "<aside class=\"price\"><b>3</b>\n</aside>",
        "<b>7</b>\n\n<p>in one <em>line</em></p>",
        "<p>Press <kbd class=\"key\">Ctrl</kbd> and <kbd class=\"key\"><code>C</code></kbd>.",
        "<aside class=\"price\"><b>1</b>\n</aside>",
    ] {
        assert!(html.contains(text), "{text}: {html}");
    }
    let twin = tree.read("public/index.md");
    for text in ["All in **Basic**", "in one *line*", "Press Ctrl and `C`"] {
        assert!(twin.contains(text), "{text}: {twin}");
    }
    assert!(!twin.contains("Price"), "{twin}");
}

#[test]
fn they_are_checked_like_others() {
    let tree = tree(
        "# A\n\n<Price amonut=\"5\">\n\n[gone](gone.md) and ** bold**\n\n</Price>\n\n<Prise>\n\nx\n\n</Prise>\n\n\
         <Price href=\"javascript:alert(1)\" />\n\n<Price>\n",
    );
    tree.write("templates/components/card.html", "x");
    tree.write("templates/components/unused.html", "x");
    let found = tree.findings();
    let mut said: Vec<String> =
        found.iter().map(|one| format!("{}:{} {}", one.path, one.line, one.rule)).collect();
    said.sort();
    said.dedup();
    let expected = [
        "content/index.md:15 active-content",
        "content/index.md:17 unclosed-component",
        "content/index.md:3 unknown-attribute",
        "content/index.md:5 broken-link",
        "content/index.md:5 raw-markup",
        "content/index.md:9 unknown-component",
        "templates/components/card.html:1 template-error",
    ];
    assert_eq!(said, expected, "{found:?}");
    assert!(found.iter().any(|one| one.message == "`<Price>` has no attribute `amonut`"));
}

#[test]
fn a_template_that_fails_names_its_line_and_a_use() {
    let tree = tree("# A\n\n<Broken />\n");
    tree.write("templates/components/broken.html", "fine\n{{ nothing.here }}\n");
    tree.write("content/b.md", "# B\n\n<Price amount=\"1\" />\n\n<Broken />\n");
    let run = tree.run(&["check"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.out.contains("--> templates/components/broken.html:2:4"), "{}", run.out);
    assert!(run.out.contains("a use of it"), "{}", run.out);
    assert_eq!(run.out.matches("template-error").count(), 1, "{}", run.out);
    assert_eq!(tree.run(&["build"]).code, 1);
}

/// The page is held against its source after it was rendered, so `check` does not see this.
#[test]
fn a_template_that_drops_its_children_is_named_where_they_stand() {
    let tree = tree("# A\n\nBefore.\n\n<Quiet>\n\nDropped *entirely*.\n\n</Quiet>\n\nAfter.\n");
    tree.write("templates/components/quiet.html", "<hr>");
    assert_eq!(tree.run(&["check"]).code, 0);
    let run = tree.run(&["build"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.out.contains("lost-text") && run.out.contains("index.md:7:1"), "{}", run.out);
    assert!(run.out.contains("`Dropped ` is not shown"), "{}", run.out);
    tree.write("templates/components/quiet.html", "<hr>{{ children }}");
    assert_eq!(tree.run(&["build"]).code, 0);
}

/// In the tree of another generator, they stand for its programs.
#[test]
fn a_template_renders_a_component_of_another_generator() {
    let page = "---\ntitle: A\n---\n\n<Since version=\"2.0 and on\">\n\ntext\n\n</Since>\n";
    let tree = Tree::new(&[
        ("astro.config.mjs", "import starlight from '@astrojs/starlight';\n"),
        ("src/content/docs/index.mdx", page),
    ]);
    let run = tree.run(&["build", "--gate", "off"]);
    assert!(run.out.contains("templates/components/Since.html"), "{run:?}");
    tree.write("docgen.toml", "");
    tree.write("templates/components/Since.html", "<i>{{ attributes.version }}</i>{{ children }}");
    let run = tree.run(&["build"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(!run.out.contains("Since"), "{run:?}");
    let html = tree.read("_site/index.html");
    assert!(html.contains("<i>2.0 and on</i>") && html.contains("<p>text</p>"), "{html}");
}

#[test]
fn hostile_components_are_bounded() {
    let twice = "{{ children }}{{ children }}";
    let loops =
        "{% set a = range(end=9999) %}{% for b in a %}{% for c in a %}x{% endfor %}{% endfor %}";
    for (template, page) in [
        (twice, format!("{}x\n\n{}", "<Box>\n\n".repeat(200), "</Box>\n\n".repeat(200))),
        (twice, "<Box>x</Box>\n\n".repeat(10_000)),
        (loops, "<Box />\n\n".repeat(1000)),
        ("{{ children }}", "<Box>\n\n".repeat(10_000)),
        ("{{ children }}", "<Box> ".repeat(10_000)),
        ("{{ children }}", "a <Box /> ".repeat(10_000)),
        ("{{ children }}", "a <Box>b\n\n</Box> ".repeat(5000)),
        ("", "<Box>[a </Box>](b){ .c }\n\n<b><Box>\n\n[^1]: a </Box> b\n\n".repeat(100)),
        ("{{ attributes.a }}", "<Box a=\"b\" />\n".repeat(10_000)),
    ] {
        let files = [
            ("docgen.toml", "search = false\n".to_owned()),
            ("templates/components/box.html", template.to_owned()),
            ("content/index.md", format!("# A\n\n{page}")),
        ];
        let files = files.map(|(path, text)| (path.to_owned(), text)).to_vec();
        let (size, took) = cost::of_thread(|| {
            let model = Model::new(Inputs::from_texts(files).unwrap()).unwrap();
            let _ = check(&model);
            let rendering = Rendering::of(&model);
            let publisher = rendering.publisher();
            let index = publisher.outputs().into_iter().find(|(path, _)| path == "index.html");
            publisher.render(&index.unwrap().1).unwrap().unwrap().len()
        });
        assert!(size < 200 << 20, "{size}");
        assert!(took < Duration::from_secs(60), "{took:?}: {template} {}", &page[..20]);
    }
}
