//! Icons of the navigation, from the settings and from front matter.

use crate::common::rendering::Rendering;
use docgen::project::{Inputs, Model};

type Files = Vec<(String, String)>;

fn files(files: &[(&str, &str)]) -> Files {
    files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

/// The page at the top of a tree.
fn home(files: Files) -> String {
    let site = Model::new(Inputs::from_texts(files).expect("inputs")).expect("a site");
    let rendering = Rendering::plain(&site);
    let publisher = rendering.publisher();
    let mut outputs = publisher.outputs().into_iter();
    let (_, output) = outputs.find(|(path, _)| path == "index.html").expect("a page");
    let bytes = publisher.render(&output).expect("a page").expect("a page");
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn the_navigation_shows_icons() {
    let page = "---\ntitle: Start\nicon: house\n---\n\nText.\n";
    let brand = "---\ntitle: Code\nicon: github\niconType: brands\n---\n\nText.\n";
    let native = "[[nav]]\ntitle = \"All\"\nicon = \"book\"\npages = [\"index\", \
        { title = \"More\", icon = \"\u{1f680}\", pages = [\"code\"] }]\n";
    let mintlify = r#"{"name": "x", "navigation": {"groups": [{"group": "All", "icon": "book",
        "pages": ["index", {"group": "More", "icon": {"name": "ROCKET"}, "pages": ["code"]}]}]}}"#;
    for (settings, text, folder) in [
        ("docgen.toml", native.to_owned(), "content/"),
        ("docs.json", mintlify.replace("ROCKET", "\u{1f680}"), ""),
    ] {
        let html = home(files(&[
            (settings, &text),
            (&format!("{folder}index.md"), page),
            (&format!("{folder}code.md"), brand),
        ]));

        let (_, sidebar) = html.split_once("<nav class=\"sidebar\"").expect("a sidebar");
        let (sidebar, _) = sidebar.split_once("</nav>").expect("its end");
        for (icon, before) in [
            ("</svg>", "All</summary>"),
            ("</svg>", "Start</a>"),
            ("\u{1f680}</span>", "More</summary>"),
            ("</svg>", "Code</a>"),
        ] {
            assert!(sidebar.contains(&format!("{icon}{before}")), "{settings} {before}: {sidebar}");
        }
        assert_eq!(sidebar.matches("class=\"icon icon-brand\"").count(), 1, "{settings}");
    }
}

#[test]
fn an_icon_of_the_settings_must_exist() {
    let wrong = "[[nav]]\ntitle = \"All\"\nicon = \"rokcet\"\npages = [\"index\"]\n";
    let inputs =
        Inputs::from_texts(files(&[("docgen.toml", wrong), ("content/index.md", "# A\n")]));
    let fault = format!("{:?}", inputs.err().expect("a fault"));
    assert!(fault.contains("no icon has the name `rokcet`"), "{fault}");
    assert!(fault.contains("did you mean `rocket`?"), "{fault}");
}
