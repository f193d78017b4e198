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

/// A site with a page that can only be read as Markdown, and one that can only be read.
pub fn with_few_actions() -> Files {
    let mut tree = plain();
    tree[0].1 = "title = \"Few\"\n".to_owned();
    tree.push(("content/b.md".to_owned(), "---\nlayout: blank\ntitle: B\n---\n\n# B\n".to_owned()));
    tree.push(("content/404.md".to_owned(), "---\ntitle: Gone\n---\n\nText.\n".to_owned()));
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

/// What a reader can do with a page stands in one menu, and what is not there is not offered.
#[test]
fn the_actions_of_a_page_are_those_of_the_settings() {
    has(
        &full_page("a/index.html"),
        &[
            "data-url=\"/docs/a.md\">Copy page</button>",
            "<li><a href=\"/docs/a.md\">View as Markdown</a></li>",
            "<li><a href=\"https://claude.ai/new?q=Read%20https%3A%2F%2Fexample%2Eorg%2Fdocs%2Fa%2Emd%20so",
            "rel=\"nofollow\">Open in Claude</a></li>",
            "<li><a href=\"/ask?https%3A%2F%2Fexample%2Eorg%2Fdocs%2Fa%2Emd\" rel=\"nofollow\">Open in Ours</a></li>",
            "<li><a href=\"https://example.org/edit/content/a.md\">Edit this page</a></li>",
            "<li><a href=\"https://example.org/new?title=A%20%3Cb%3E%20title&amp;\
             body=https%3A%2F%2Fexample%2Eorg%2Fdocs%2Fa%2F+content%2Fa%2Emd\">Report a problem</a></li>",
        ],
    );
    let html = &published(other())["dated/index.html"];
    has(html, &["<li><a href=\"https://github.com/a/b/issues\">Report a problem</a></li>"]);
    lacks(html, &["copy-page", "View as Markdown", "Edit this page", "nofollow"]);
    // An assistant reads the page from the web.
    let mut tree = plain();
    tree[0].1.insert_str(0, "assistants = [\"claude\"]\n");
    lacks(&published(tree)["index.html"], &["claude.ai", "page-actions"]);
}

/// The title that a text begins with stands above it, so that on phones nothing goes before it; a
/// template of the site that prints the top or the text itself finds it in the text.
#[test]
fn the_title_of_a_text_stands_at_the_top_of_the_page() {
    let html = &published(other())["dated/index.html"];
    let (top, text) = html.split_once("<article class=\"prose\">").unwrap();
    assert!(top.contains("<h1 id=\"dated\">Dated") && !text.contains("<h1"), "{html}");
    let mut tree = other();
    tree.push((
        "templates/page.html".to_owned(),
        "{% extends \"base.html\" %}{% block page_header %}{% endblock %}".to_owned(),
    ));
    let html = &published(tree)["dated/index.html"];
    let (top, text) = html.split_once("<article class=\"prose\">").unwrap();
    assert!(!top.contains("<h1") && text.contains("<h1 id=\"dated\">Dated"), "{html}");
}

#[test]
fn readers_are_asked_where_the_settings_say_so() {
    let html = full_page("a/index.html");
    has(
        &html,
        &[
            "<form class=\"feedback\" method=\"post\" action=\"https://example.org/feedback\">",
            "name=\"page\" value=\"https://example.org/docs/a/\"",
            "data-scripts=\"[&quot;https://stats.example.org/x.js?a=%22&quot;,&quot;/docs/own.js",
            "aria-label=\"Privacy\"",
            "<button class=\"consent-button\" type=\"button\">Privacy</button>",
        ],
    );
    lacks(&html, &["src=\"https://stats.example.org"]);
    lacks(&full_page("404.html"), &["class=\"feedback"]);
    let html = &published(other())["dated/index.html"];
    has(html, &["<form class=\"feedback needs-script\" method=\"post\">", "<p>May we?</p>"]);
    lacks(&published(plain())["index.html"], &["class=\"feedback", "class=\"consent"]);
}

#[test]
fn titles_have_the_form_that_the_settings_say() {
    let made = published(other());
    has(&made["dated/index.html"], &["<title>Other – Dated</title>"]);
    has(&made["404.html"], &["<title>Other – Page not found</title>"]);
    let mut tree = other();
    tree[2].1 = "# {site} of Other\n".to_owned();
    has(&published(tree)["dated/index.html"], &["<title>Other – {site} of Other</title>"]);
}

#[test]
fn the_navigation_shows_the_method_and_the_badge_of_a_page() {
    let mut tree = plain();
    let page = "---\ntitle: Users\napi: GET /users\ntag: New & hot\n---\n\nText.\n";
    tree.push(("content/users.md".to_owned(), page.to_owned()));
    let html = &published(tree)["users/index.html"];
    let method = "<span class=\"method method-get\">GET</span> ";
    has(
        html,
        &[
            &format!("<p class=\"endpoint\">{method}<code>/users</code></p>"),
            &format!(
                "href=\"/users/\">{method}Users <span class=\"badge\">New &amp; hot</span></a>"
            ),
        ],
    );
}

#[test]
fn the_list_of_headings_names_versions_of_a_changelog() {
    let page = "# Changes\n\n## Released\n\n<Update label=\"2.0 `beta`\">\n\n### Added\n\nA.\n\n</Update>\n\n\
                <Update label=\"1.0\" id=\"first\">\n\nB.\n\n</Update>\n\n## Older\n\nC.\n";
    let files = vec![
        ("docgen.toml".to_owned(), "search = false\n".to_owned()),
        ("content/changes.md".to_owned(), page.to_owned()),
    ];
    let html = published(files).remove("changes/index.html").expect("the page");
    let toc = html.split("class=\"toc\"").nth(1).and_then(|rest| rest.split("</nav>").next());
    let toc = toc.expect("a list of headings");
    let links: Vec<&str> = toc
        .split("href=\"#")
        .skip(1)
        .map(|link| &link[..link.find('"').expect("its end")])
        .collect();
    assert_eq!(links, ["released", "20-beta", "added", "first", "older"]);
    assert!(toc.contains(">2.0 beta<"), "{toc}");
}

/// A font that stands in until another is loaded, and that no text names, lets the page jump.
#[test]
fn texts_name_every_font_that_the_theme_declares() {
    let css = include_str!("../../static/docgen.css");
    let declared = css.split("@font-face").skip(1).filter_map(|rule| {
        let name = rule.split("font-family:").nth(1)?.split(';').next()?;
        Some(name.trim().trim_matches('"'))
    });
    let stacks: String = ["--sans:", "--mono:"]
        .iter()
        .filter_map(|name| css.split(name).nth(1)?.split(';').next())
        .collect();
    let declared: std::collections::BTreeSet<&str> = declared.collect();
    assert!(declared.len() > 2, "{declared:?}");
    for name in declared {
        assert!(stacks.contains(name), "{name} is not in {stacks}");
    }
}
