//! The files beside the pages, for machines and hosts: what stands in them.

use std::collections::BTreeMap;

use crate::common::rendering::{Rendering, check};
use docgen::project::{Inputs, Model};
use docgen::render::publish::Output;

/// The files of a site that are made from text, by their paths.
fn published(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    let site = Model::new(Inputs::from_texts(files.collect()).unwrap()).unwrap();
    let rendering = Rendering::of(&site);
    let publisher = rendering.publisher();
    let text = |(path, output): (String, Output)| {
        let bytes = publisher.render(&output).unwrap()?;
        Some((path, String::from_utf8_lossy(&bytes).into_owned()))
    };
    publisher.outputs().into_iter().filter_map(text).collect()
}

fn small() -> BTreeMap<String, String> {
    published(&[
        (
            "docgen.toml",
            "title = \"T\"\ndescription = \"D\"\nbase_url = \"https://x.dev/docs\"\n\
             [[nav]]\ntitle = \"Start\"\npages = [\"index\"]\n\
             [[redirect]]\nfrom = \"/z/:slug*\"\nto = \"/a/:slug*\"\n\
             [[redirect]]\nfrom = \"/before\"\nto = \"/a\"\n",
        ),
        ("content/index.md", "---\ndescription: The first\n---\n# Home\n\n## Further {#more}\n"),
        ("content/a.md", "---\naliases: [/old/a]\n---\n# A\n\n<p onclick=\"x()\">b</p>\n"),
        ("content/_gone.md", "---\nredirect: /a\n---\n"),
    ])
}

#[test]
fn lists_of_pages() {
    let files = small();
    let llms = "# T\n\n> D\n\n## Start\n\n- [Home](https://x.dev/docs/index.md): The first\n\n\
                ## Other pages\n\n- [A](https://x.dev/docs/a.md)\n";
    assert_eq!(files["llms.txt"], llms);
    let full = &files["llms-full.txt"];
    let order =
        ["Source: https://x.dev/docs/\n", "# Home", "Source: https://x.dev/docs/a/\n", "# A"];
    let places: Vec<usize> = order.iter().map(|part| full.find(part).expect(part)).collect();
    assert!(places.is_sorted(), "{full}");
    assert_eq!(
        files["robots.txt"],
        "User-agent: *\nAllow: /\n\nSitemap: https://x.dev/docs/sitemap.xml\n"
    );
    let urls: serde_json::Value = serde_json::from_str(&files["docs-urls.json"]).unwrap();
    let home = &urls["pages"][0];
    assert_eq!((home["url"].as_str(), home["title"].as_str()), (Some("/docs/"), Some("Home")));
    let anchors = home["anchors"].as_array().unwrap();
    assert!(anchors.iter().any(|one| one["id"] == "more" && one["title"] == "Further"));
    assert_eq!(urls["pages"].as_array().unwrap().len(), 2, "pages that send on are none");
}

#[test]
fn a_book_is_listed_in_its_order() {
    let files = published(&[
        ("book.toml", "[book]\ntitle = \"B\"\n"),
        (
            "src/SUMMARY.md",
            "# Summary\n\n[Before](z.md)\n\n# Part\n\n- [One](y.md)\n  - [Two](x.md)\n- [Draft]()\n",
        ),
        ("src/z.md", "# Before\n"),
        ("src/y.md", "# One\n"),
        ("src/x.md", "# Two\n"),
    ]);
    let titles: Vec<&str> = files["llms.txt"]
        .lines()
        .filter_map(|line| line.strip_prefix("- [")?.split(']').next())
        .collect();
    assert_eq!(titles, ["Before", "One", "Two"]);
    assert!(files["llms.txt"].contains("\n## Part\n"), "{}", files["llms.txt"]);
}

#[test]
fn addresses_that_moved() {
    let files = small();
    let lines: Vec<&str> = files["_redirects"].lines().collect();
    // The pattern would hold no address that stands behind it.
    assert_eq!(lines.last(), Some(&"/docs/z/* /docs/a/:splat 301"));
    assert!(lines.contains(&"/docs/before /docs/a/ 301"), "{lines:?}");
    assert!(lines.contains(&"/docs/old/a /docs/a/ 301"), "{lines:?}");
    for file in ["before/index.html", "old/a/index.html"] {
        assert!(files[file].contains("url=/docs/a/"), "{file}: {}", files[file]);
    }
}

#[test]
fn the_policy_holds_where_no_author_has_scripts() {
    let files = small();
    let policy = "http-equiv=\"Content-Security-Policy\"";
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        assert!(text.contains(policy), "{path}");
        let whole = text.contains("script-src");
        assert_eq!(whole, path != "a/index.html", "{path}");
        assert!(text.contains("form-action"), "{path}");
    }
    let headers = &files["_headers"];
    assert!(headers.starts_with("/docs/*\n"), "{headers}");
    assert!(headers.ends_with("\n/docs/a/\n  ! Content-Security-Policy\n"), "{headers}");
}

#[test]
fn the_authors_own_file_stands_in_the_place_of_ours() {
    let own = published(&[
        ("docgen.toml", "twins = false\n"),
        ("content/index.md", "# Home\n"),
        ("content/robots.txt", "mine"),
    ]);
    // A file that is copied is made from no text.
    assert!(!own.contains_key("robots.txt"));
    assert!(own.contains_key("docs-urls.json"));
    assert!(!own.contains_key("llms.txt") && !own.contains_key("index.md"));
}

#[test]
fn other_languages_are_not_in_the_lists() {
    let nav = r#"{"navigation": {"languages": [
        {"language": "en", "pages": ["index"]}, {"language": "de", "pages": ["de/index"]}]}}"#;
    let files = published(&[
        ("docs.json", nav),
        ("index.md", "# Home\n"),
        ("more.md", "# More\n"),
        ("de/index.md", "# Heim\n"),
        ("fr/index.md", "# Maison\n"),
    ]);
    let llms = &files["llms.txt"];
    for (title, listed) in [("Home", true), ("More", true), ("Heim", false), ("Maison", false)] {
        assert_eq!(llms.contains(title), listed, "{title}: {llms}");
    }
    for (path, language) in
        [("de/index.html", "de"), ("fr/index.html", "fr"), ("more/index.html", "en")]
    {
        assert!(files[path].contains(&format!("<html lang=\"{language}\"")), "{path}");
    }
}

#[test]
fn the_theme_speaks_the_language_of_the_page() {
    let page = "# A\n\n> [!TIP]\n> x\n\n:::note\nx\n:::\n\n- [ ] x\n";
    let site = |settings: &str| {
        published(&[
            ("docgen.toml", settings),
            ("content/index.md", page),
            ("content/b.md", "# B\n\n## C\n"),
        ])
    };
    let german = site("language = \"de-CH\"\n[words.de-CH]\nnext = \"Hopp\"\n");
    let html = &german["b/index.html"];
    for part in ["Auf dieser Seite", "\"copy\":\"Kopieren\"", "aria-label=\"Menü\"", ">Zurück<"] {
        assert!(html.contains(part), "{part}: {html}");
    }
    let html = &german["index.html"];
    for part in [">Tipp</p>", ">Hinweis</p>", "aria-label=\"offen\"", ">Hopp<"] {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(german["404.html"].contains("<html lang=\"de-CH\""));
    assert!(site("language = \"tlh\"\n")["b/index.html"].contains("On this page"));
}

/// Only what was held against a truth, and about which nothing is said, says so.
#[test]
fn blocks_tell_what_they_were_checked_against() {
    let page = "# A\n\n```json\n{\"a\": 1}\n```\n\n```json\n{\"a\": \"x\"}\n```\n\n\
                ```json bad=config-schema\n{\"a\": \"x\"}\n```\n\n```yaml\nb: 1\n```\n\n```output\nx\n```\n";
    let schema = r#"{"type": "object", "properties": {"a": {"type": "number"}}}"#;
    let settings = "gate = \"off\"\n";
    let settings = format!(
        "[check]\n{settings}[[schema]]\nfile = \"s.json\"\nname = \"tool\"\nlanguages = [\"json\"]\nwhen = \"always\"\n"
    );
    let files =
        [("docgen.toml", settings.as_str()), ("s.json", schema), ("content/index.md", page)];
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    let site = Model::new(Inputs::from_texts(files.collect()).unwrap()).unwrap();
    let (found, _) = check(&site);
    assert_eq!(found.len(), 1, "{found:?}");
    let rendering = Rendering::of(&site);
    let page = site.index.page_at("").unwrap();
    let html = rendering.publisher().render(&Output::Page(page)).unwrap().unwrap();
    let html = String::from_utf8(html).unwrap();
    assert_eq!(html.matches("data-checked=\"Checked against tool\"").count(), 1, "{html}");
    assert!(html.find("data-checked").unwrap() < html.find("data-lang=\"yaml\"").unwrap());
    assert_eq!(html.matches("data-label=\"Output\"").count(), 1, "{html}");
}

#[test]
fn diagrams_are_drawn_by_the_script_of_the_site() {
    let site = |settings: &str, label: &str| {
        let page = format!("# A\n\n```{label}\na --> b & c\n```\n");
        let files = published(&[
            ("docgen.toml", settings),
            ("content/index.md", &page),
            ("content/b.md", "# B\n"),
        ]);
        assert!(!files["b/index.html"].contains("draw.js"));
        files["index.html"].clone()
    };
    for label in ["mermaid", "Mermaid"] {
        let html = site("[theme]\nmermaid = \"draw.js\"\n", label);
        assert!(html.contains("<pre class=\"mermaid\">a --&gt; b &amp; c\n</pre>"), "{html}");
        assert!(html.contains("<script src=\"/draw.js\" defer></script>"), "{html}");
    }
    let html = site("", "mermaid");
    assert!(html.contains("data-lang=\"mermaid\"") && !html.contains("draw.js"), "{html}");
    assert!(html.contains("data-label=\"Mermaid\""), "{html}");
}

/// With the feature that draws them; a script of the site wins, and what is not drawn stays code.
#[cfg(feature = "mermaid")]
#[test]
fn diagrams_are_drawn_while_the_site_is_built() {
    let page = "# A\n\n```mermaid\nflowchart LR\n  accTitle: The way in\n  one --> two\n```\n\n\
                ```mermaid\nmindmap\n  three\n```\n\n```mermaid\npie\n  \"Four\" : 1\n```\n";
    let site = |settings: &str| {
        published(&[
            ("docgen.toml", settings),
            ("content/index.md", page),
            // The same diagram has the same files.
            ("content/b.md", page),
        ])
    };
    let files = site("base_url = \"https://a.dev/docs\"\n");
    let html = &files["index.html"];
    let drawn: Vec<&String> = files.keys().filter(|path| path.ends_with(".svg")).collect();
    assert_eq!(drawn.iter().filter(|path| path.starts_with("docgen/diagrams/")).count(), 4);
    for path in drawn.iter().filter(|path| path.starts_with("docgen/diagrams/")) {
        assert!(html.contains(&format!(" src=\"/docs/{path}\"")), "{path}: {html}");
        assert!(files[*path].starts_with("<svg ") && !files[*path].contains("<script"));
    }
    assert!(html.contains("<img class=\"only-light\" src=\"/docs/docgen/diagrams/"), "{html}");
    assert_eq!(html.matches(" alt=\"The way in\" ").count(), 2, "{html}");
    assert_eq!(html.matches(" alt=\"Diagram: pie chart\" ").count(), 2, "{html}");
    assert_eq!(html.matches("<details class=\"diagram-source\">").count(), 2, "{html}");
    assert_eq!(html.matches("class=\"language-mermaid\"").count(), 3, "{html}");
    assert!(files["index.md"].contains("  one --> two\n"), "{}", files["index.md"]);
    let files = site("[theme]\nmermaid = \"draw.js\"\n");
    assert!(!files.keys().any(|path| path.starts_with("docgen/diagrams/")));
    assert_eq!(files["index.html"].matches("<pre class=\"mermaid\">").count(), 3);
}

#[test]
fn tabs_and_languages_of_docgen_toml() {
    let site = |settings: &str| {
        let pages = ["index", "guide", "settings", "de/index"];
        let pages = pages.map(|page| (format!("content/{page}.md"), format!("# {page}\n")));
        let files = [("docgen.toml".to_owned(), settings.to_owned())].into_iter().chain(pages);
        Inputs::from_texts(files.collect())
    };
    let settings = "[[nav]]\ntab = \"Guides\"\ntitle = \"Start\"\npages = [\"index\"]\n\
        [[nav]]\npages = [\"guide\"]\n[[nav]]\ntab = \"Reference\"\npages = [\"settings\"]\n\
        [[nav]]\nlanguage = \"de\"\ntab = \"Heft\"\npages = [\"de/index\"]\n";
    let site_of = Model::new(site(settings).unwrap()).unwrap();
    assert!(check(&site_of).0.is_empty(), "{:?}", check(&site_of).0);
    let rendering = Rendering::of(&site_of);
    let publisher = rendering.publisher();
    let outputs = publisher.outputs();
    let html =
        |path: &str| String::from_utf8(publisher.render(&outputs[path]).unwrap().unwrap()).unwrap();
    let guide = html("guide/index.html");
    for part in [">Guides<", ">Reference<", "hreflang=\"de\"", "lang=\"en\""] {
        assert!(guide.contains(part), "{part}: {guide}");
    }
    let sidebar = &guide[guide.find("docgen-sidebar").unwrap()..guide.find("<main").unwrap()];
    assert!(sidebar.contains(">index<") && !sidebar.contains(">settings<"), "{sidebar}");
    assert!(html("de/index.html").contains("<html lang=\"de\""));
    let refused = site("[[nav]]\npages = [\"index\"]\n[[nav]]\ntab = \"B\"\npages = [\"guide\"]\n");
    let why = refused.err().unwrap().to_string();
    assert!(why.contains("some tables of `nav` have a `tab`"), "{why}");
}

#[test]
fn formulas_are_set_where_the_site_asks_for_them() {
    let page = "# The $x^2$ of it\n\nFrom $HOME to $PATH: $a$.\n\n$$\n\\frac{a}{b}\n$$\n\n```math\nc\n```\n";
    let site = |settings: &str| published(&[("docgen.toml", settings), ("content/index.md", page)]);
    let files = site("math = true\n");
    let html = &files["index.html"];
    assert!(html.contains("<h1 id=\"the-x2-of-it\">"), "{html}");
    assert!(html.contains("From $HOME to $PATH: <math display=\"inline\">"), "{html}");
    assert_eq!(html.matches("<math display=\"block\">").count(), 2, "{html}");
    assert!(files["index.md"].contains("$$\n\\frac{a}{b}\n$$"), "{}", files["index.md"]);
    let html = &site("")["index.html"];
    assert!(!html.contains("<math") && html.contains("$a$"), "{html}");
}

/// From the history of a repository, the command line through.
#[test]
fn pages_and_sitemap_have_the_day_of_the_last_change() {
    let dir = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        std::fs::create_dir_all(dir.path().join(path).parent().unwrap()).unwrap();
        std::fs::write(dir.path().join(path), text).unwrap();
    };
    write("docgen.toml", "base_url = \"https://x.dev\"\n");
    write("content/index.md", "# Home\n\nText.\n");
    write("content/own.md", "---\nlastmod: 2020-05-06\n---\n# Own\n");
    let git = |arguments: &[&str]| {
        let run = std::process::Command::new("git")
            .current_dir(dir.path())
            .args(["-c", "user.name=x", "-c", "user.email=x@example.com"])
            .args(arguments)
            .env("GIT_COMMITTER_DATE", "2031-02-03T04:05:06Z")
            .output();
        assert!(run.unwrap().status.success(), "{arguments:?}");
    };
    git(&["init", "--quiet"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "-m", "one"]);
    let build = || {
        let run = std::process::Command::new(env!("CARGO_BIN_EXE_docgen"))
            .args(["build", "--no-search", "."])
            .current_dir(dir.path())
            .output()
            .unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let read = |path: &str| std::fs::read_to_string(dir.path().join("public").join(path));
        (read("index.html").unwrap(), read("sitemap.xml").unwrap())
    };
    let (home, sitemap) = build();
    assert!(home.contains("<time datetime=\"2031-02-03\">2031-02-03</time>"), "{home}");
    for (page, day) in [("/", "2031-02-03"), ("/own/", "2020-05-06")] {
        let entry = format!("<loc>https://x.dev{page}</loc><lastmod>{day}</lastmod>");
        assert!(sitemap.contains(&entry), "{sitemap}");
    }
    write("docgen.toml", "base_url = \"https://x.dev\"\nlast_change = false\n");
    let (home, _) = build();
    assert!(!home.contains("<time"), "{home}");
}
