//! What stands around the text of a page: landing pages, layouts, tabs, fonts, links and the footer.

use crate::common::Tree;
use crate::theme::{Files, full, full_page, has, lacks, other, plain, published};

/// A site whose front page is a landing page.
pub fn landing() -> Files {
    let front = "---\nlayout: home\nhero:\n  name: Tea & co\n  text: Warm `water`\n  tagline: For *all*\n  \
                 image: {light: l.svg, dark: d.svg, alt: A cup}\n  actions:\n    \
                 - {theme: brand, text: Start, link: ./a.md}\n    \
                 - {theme: alt, text: Code, link: \"https://example.org/repo\"}\nfeatures:\n  \
                 - {icon: rocket, title: Fast, details: Very <b>, link: ./ref.md, linkText: More}\n  \
                 - {icon: 🍵, title: Calm}\n  - {icon: {src: l.svg}, title: Drawn}\n---\n\n## Then\n";
    let mut tree = full();
    let home = tree.iter_mut().find(|(path, _)| path == "content/index.md").unwrap();
    home.1 = front.to_owned();
    tree
}

/// A site with more tabs than the bar has room for.
pub fn with_many_tabs() -> Files {
    let mut tree = full();
    for tab in 0..6 {
        tree[0].1.push_str(&format!("[[nav]]\ntab = \"T{tab}\"\npages = [\"t{tab}\"]\n"));
        tree.push((format!("content/t{tab}.md"), format!("# T{tab}\n")));
    }
    tree
}

/// A landing page from front matter, as VitePress and Starlight write it, in the page, in its twin
/// and without what stands beside a text.
#[test]
fn a_landing_page_has_what_its_front_matter_says() {
    let mut made = published(landing());
    let html = made.remove("index.html").unwrap();
    has(
        &html,
        &[
            "class=\"layout-home\"",
            "<h1 class=\"hero-title\"><span class=\"hero-name\">Tea &amp; co</span> \
             <span class=\"hero-text\">Warm <code>water</code></span></h1>",
            "<p class=\"hero-tagline\">For <em>all</em></p>",
            "<a class=\"action primary\" href=\"/docs/a/\">Start</a>",
            "<a class=\"action\" href=\"https://example.org/repo\">Code</a>",
            "<img class=\"only-light\" src=\"/docs/l.svg",
            "<img class=\"only-dark\" src=\"/docs/d.svg",
            "alt=\"A cup\"",
            "<a href=\"/docs/ref/\">Fast</a>",
            "Very &lt;b&gt;",
            "<p class=\"feature-more\">More</p>",
            "aria-hidden=\"true\">🍵</span></p>",
            "content=\"website\"",
            "{\"prefetch\":[{\"eagerness\":\"moderate\",\"where\":{\"href_matches\":\"/docs/*\"}}]}",
            "<title>Tea &amp; co · Fish &amp; Chips</title>",
            "aria-label=\"Documentation\"",
        ],
    );
    lacks(
        &html,
        &[
            "class=\"toc\"",
            "class=\"pager\"",
            "class=\"breadcrumbs\"",
            "class=\"page-foot\"",
            "class=\"page-header\"",
        ],
    );
    assert_eq!(html.matches("<h1").count(), 1);
    let twin = &made["index.md"];
    has(
        twin,
        &[
            "# Tea & co",
            "**Warm `water`**",
            "[Start](https://example.org/docs/a/)",
            "- **[Fast](https://example.org/docs/ref/)**: Very",
        ],
    );
}

/// `mode: custom` shows the text alone, and a wide page only lacks the list of headings.
#[test]
fn layouts_leave_out_what_they_say() {
    let mut tree = full();
    tree.push((
        "content/blank.md".to_owned(),
        "---\ntitle: B\nmode: custom\n---\n\n## One\n".to_owned(),
    ));
    tree.push((
        "content/wide.md".to_owned(),
        "---\ntitle: W\nlayout: wide\n---\n\n## One\n".to_owned(),
    ));
    let made = published(tree);
    let (blank, wide) = (&made["blank/index.html"], &made["wide/index.html"]);
    has(blank, &["class=\"layout-blank\"", "id=\"one\""]);
    lacks(blank, &["<h1", "class=\"toc\"", "class=\"breadcrumbs\""]);
    has(wide, &["class=\"layout-wide\"", "<h1>W</h1>"]);
    lacks(wide, &["class=\"toc\""]);
}

/// More than six tabs have a row of their own.
#[test]
fn many_tabs_stand_below_the_bar() {
    let html = &published(with_many_tabs())["a/index.html"];
    has(html, &["class=\"layout-article has-tabs\"", "</header>\n<nav class=\"site-tabs\""]);
}

/// Fonts that a setting replaces are not loaded first.
#[test]
fn fonts_of_the_theme_are_loaded_first_where_no_setting_replaces_them() {
    for (theme, loaded, style) in [
        ("", &["inter-latin", "mono-latin"][..], ""),
        ("[theme]\nfont = \"system\"\n", &["mono-latin"][..], "--sans:system-ui,sans-serif;"),
        ("[theme]\nfont = \"A\"\nfont_mono = \"B\"\n", &[][..], "--sans:A;--mono:B;"),
    ] {
        let mut tree = plain();
        tree[0].1.push_str(theme);
        let html = published(tree).remove("index.html").unwrap();
        let fonts: Vec<&str> = html
            .split("href=\"/docgen/fonts/")
            .skip(1)
            .filter_map(|rest| rest.split('.').next())
            .collect();
        assert_eq!(fonts, loaded, "{theme}");
        has(&html, &[style]);
    }
}

/// A link whose label is the name of a well-known site is its mark; other icons stand before the
/// label. The footer has what the settings say.
#[test]
fn links_have_icons_and_the_footer_its_columns() {
    let html = full_page("a/index.html");
    has(
        &html,
        &[
            "<a href=\"https://discord.gg/a\" class=\"icon-button\" aria-label=\"Discord\"><svg",
            "<a href=\"https://example.org/blog\"><svg",
            "</svg>Blog</a>",
            "<p class=\"footer-title\">More</p>",
            "<li><a href=\"/docs/b/\">Home</a></li>",
            "</svg>GitHub</a></li>",
            "<p>© 2026 A &amp; B</p>",
        ],
    );
    let html = &published(other())["index.html"];
    has(html, &["<a class=\"icon-button\" href=\"https://github.com/a/b\"", "icon-brand"]);
    lacks(html, &["footer-columns"]);
}

/// A misspelt icon of a landing page is found at its place.
#[test]
fn unknown_icons_of_a_landing_page_are_found() {
    let page = "---\ntitle: T\nlayout: home\nhero:\n  actions:\n    - {text: A, link: \"#b\", icon: \
                rockt}\nfeatures:\n  - {title: B, icon: zapp}\n  - {title: C, icon: rocket}\n---\n\n## B\n";
    let tree = Tree::new(&[("docgen.toml", ""), ("content/index.md", page)]);
    let found = tree.findings();
    let found = found.iter().filter(|one| one.rule == "unknown-icon");
    let lines: Vec<usize> = found.map(|one| one.line).collect();
    assert_eq!(lines, [6, 8]);
}
