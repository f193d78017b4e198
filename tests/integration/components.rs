//! The table of components and containers: each component is rendered with all its attributes,
//! each alert looks like the container of its name, and the manual lists them all.

use std::collections::HashMap;

use crate::common::rendering::{Rendering, check};
use docgen::markdown::components::{
    ALERTS, Attribute, AttributeKind, COMPONENTS, Component, container_names,
};
use docgen::project::{Inputs, Model};
use docgen::render::publish::Output;

fn written(attribute: &Attribute) -> String {
    let name = attribute.name;
    match attribute.kind {
        AttributeKind::Text | AttributeKind::Name => format!(" {name}=\"The {name}\""),
        AttributeKind::Flag => format!(" {name}"),
        AttributeKind::Number => format!(" {name}=\"3\""),
        AttributeKind::Link => format!(" {name}=\"other.md\""),
        AttributeKind::Picture => format!(" {name}=\"https://example.com/{name}.png\""),
        AttributeKind::Icon => format!(" {name}=\"gear\""),
    }
}

/// A page with one component around a text.
fn page(component: &Component, attributes: &[&Attribute]) -> String {
    let name = component.name;
    let attributes: String = attributes.iter().map(|attribute| written(attribute)).collect();
    if component.inline {
        return format!(
            "# A page\n\nBefore it <{name}{attributes}>the inside</{name}> behind it.\n"
        );
    }
    format!("# A page\n\n<{name}{attributes}>\n\nthe inside\n\n</{name}>\n")
}

/// The article and the twin of each page.
fn published(pages: &[String]) -> Vec<(String, String)> {
    let mut files = vec![
        ("docgen.toml".to_owned(), "search = false\n".to_owned()),
        ("content/other.md".to_owned(), "# Other\n".to_owned()),
    ];
    files.extend(pages.iter().enumerate().map(|(at, text)| (name(at, "content/"), text.clone())));
    let model = Model::new(Inputs::from_texts(files).expect("inputs")).expect("a model");
    let rendering = Rendering::of(&model);
    let publisher = rendering.publisher();
    let outputs: HashMap<String, Output> = publisher.outputs().into_iter().collect();
    let text = |path: &str| {
        let output = outputs.get(path).unwrap_or_else(|| panic!("no {path}"));
        String::from_utf8(publisher.render(output).expect("a text").expect("a text"))
            .expect("UTF-8")
    };
    let both = |at: usize| {
        let html = text(&format!("p{at}/index.html"));
        let (_, article) = html.split_once("<article class=\"prose\">").expect("an article");
        let (article, _) = article.split_once("</article>").expect("its end");
        (article.to_owned(), text(&name(at, "")))
    };
    (0..pages.len()).map(both).collect()
}

fn name(at: usize, folder: &str) -> String {
    format!("{folder}p{at}.md")
}

#[test]
fn every_attribute_shows_in_the_page() {
    let mut pages = Vec::new();
    let mut of = Vec::new();
    for component in COMPONENTS {
        for attribute in component.attributes {
            let others = || component.attributes.iter().filter(|other| *other != attribute);
            // Some count only beside others, and some only where others are missing.
            let around: [Vec<&Attribute>; 3] = [
                Vec::new(),
                others().collect(),
                others()
                    .filter(|one| !matches!(one.kind, AttributeKind::Text | AttributeKind::Name))
                    .collect(),
            ];
            for around in around {
                let with: Vec<&Attribute> =
                    around.iter().copied().chain(std::iter::once(attribute)).collect();
                pages.extend([page(component, &around), page(component, &with)]);
            }
            of.push((component.name, attribute.name));
        }
    }
    let published = published(&pages);
    for ((component, attribute), pairs) in of.iter().zip(published.chunks(6)) {
        let shows = pairs.chunks(2).any(|pair| pair[0].0 != pair[1].0);
        assert!(shows, "{component}: {attribute} makes no difference");
    }
}

#[test]
fn pages_and_twins_have_what_stands_inside() {
    let all =
        |component: &Component| page(component, &component.attributes.iter().collect::<Vec<_>>());
    let pages: Vec<String> = COMPONENTS.iter().map(all).collect();
    for (component, (article, twin)) in COMPONENTS.iter().zip(published(&pages)) {
        let name = component.name;
        assert!(article.contains("the inside"), "{name}: {article}");
        assert!(!article.contains("data-component"), "{name}: {article}");
        for element in ["div", "span", "aside", "section", "details", "figure", "ol", "li", "p"] {
            let opened = article.matches(&format!("<{element}>")).count()
                + article.matches(&format!("<{element} ")).count();
            let closed = article.matches(&format!("</{element}>")).count();
            assert_eq!(opened, closed, "{name}: <{element}> in {article}");
        }
        assert!(twin.contains("the inside"), "{name}: {twin}");
        assert!(!twin.contains(&format!("<{name}")), "{name}: {twin}");
    }
}

#[test]
fn a_tooltip_leads_where_it_says() {
    let pages: Vec<String> = [
        "An <Tooltip headline=\"API\" tip=\"an interface\" cta=\"Read on\" href=\"other.md\">API</Tooltip> here.",
        "An <Tooltip tip=\"an interface\" href=\"https://x.example/\">API</Tooltip> here.",
        "An <Tooltip tip=\"an interface\">API</Tooltip> here.",
    ]
    .iter()
    .map(|text| format!("# A page\n\n{text}\n"))
    .collect();
    let expected = [
        (
            "title=\"API: an interface\">API</span> (<a href=\"/other/\">Read on</a>) here.",
            "An API (API: an interface; [Read on](/other/)) here.",
        ),
        (
            "API</span> (<a href=\"https://x.example/\">https://x.example/</a>) here.",
            "An API (an interface; [https://x.example/](https://x.example/)) here.",
        ),
        ("title=\"an interface\">API</span> here.", "An API (an interface) here."),
    ];
    for ((html, twin), (article, markdown)) in expected.iter().zip(published(&pages)) {
        assert!(article.contains(html), "{html}: {article}");
        assert!(markdown.contains(twin), "{twin}: {markdown}");
    }
}

#[test]
fn the_manual_lists_every_component_with_its_attributes() {
    let manual = include_str!("../../content/manual/components.md");
    let (_, table) = manual.split_once("## All components").expect("the table");
    let rows: Vec<&str> = table.lines().filter(|line| line.starts_with("| `<")).collect();
    assert_eq!(rows.len(), COMPONENTS.len());
    for (component, row) in COMPONENTS.iter().zip(rows) {
        let names: Vec<String> =
            component.attributes.iter().map(|one| format!("`{}`", one.name)).collect();
        let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        assert_eq!(row, format!("| `<{}>` | {names} |", component.name));
    }
}

/// The first opening tag of an element in an article.
fn opening<'a>(article: &'a str, element: &str) -> &'a str {
    let (_, rest) =
        article.split_once(element).unwrap_or_else(|| panic!("no {element}: {article}"));
    rest.split('>').next().expect("its end")
}

#[test]
fn a_container_looks_like_the_alert_of_its_name() {
    let pages: Vec<String> = ALERTS
        .iter()
        .flat_map(|alert| {
            let name = alert.to_lowercase();
            [
                format!("# A page\n\n> [!{alert}]\n> the inside\n"),
                format!("# A page\n\n:::{name}\nthe inside\n:::\n"),
            ]
        })
        .collect();
    for (alert, pair) in ALERTS.iter().zip(published(&pages).chunks(2)) {
        let looks = [&pair[0], &pair[1]].map(|(article, _)| opening(article, "<aside").to_owned());
        assert_eq!(looks[0], looks[1], "{alert}");
        assert!(looks[0].contains(&format!("callout-{}", alert.to_lowercase())), "{looks:?}");
        assert!(pair[1].1.contains(&format!("> [!{alert}]\n> the inside")), "{}", pair[1].1);
    }
}

#[test]
fn the_title_of_a_container_may_be_an_attribute() {
    let page = |line: &str| format!("# A page\n\n{line}\nthe inside\n:::\n");
    let pages = [page(":::tip Read *this*"), page(":::tip{.a title=\"Read *this*\"}")];
    let published = published(&pages);
    assert!(published[0].0.contains("Read <em>this</em>"), "{}", published[0].0);
    assert_eq!(published[0], published[1]);
}

#[test]
fn an_alert_may_have_a_title_on_its_line() {
    let pages = [
        "# A page\n\n> [!TIP] Read *this*\n> the inside\n".to_owned(),
        "# A page\n\n:::tip Read *this*\nthe inside\n:::\n".to_owned(),
        "# A page\n\n<Steps>\n  <Step title=\"x\">\n    > [!TIP] Read *this*\n    > the inside\n  </Step>\n</Steps>\n".to_owned(),
        "# A page\n\n- > a\n  > > [!TIP] Read *this*\n  > > the inside\n".to_owned(),
    ];
    let published = published(&pages);
    for (article, twin) in &published {
        let article = article.replace('\n', "");
        let (_, callout) = article.split_once("<aside").expect("a callout");
        let (title, behind) = callout.split_once("</div>").expect("a title");
        assert!(title.contains("callout-tip"), "{article}");
        assert!(title.contains("callout-title\"><p>Read <em>this</em></p>"), "{article}");
        assert!(behind.contains("<p>the inside</p>"), "{article}");
        assert!(!article.contains("[!"), "{article}");
        assert!(twin.contains("> **Read *this***\n"), "{twin}");
    }
    assert_eq!(published[0].1, published[1].1);
}

#[test]
fn the_manual_lists_every_container() {
    let manual = include_str!("../../content/manual/components.md");
    let (_, table) = manual.split_once("## All containers").expect("the table");
    let rows = table.lines().filter(|line| line.starts_with("| `:::"));
    let mut listed: Vec<&str> =
        rows.flat_map(|row| row.split('`')).filter_map(|word| word.strip_prefix(":::")).collect();
    listed.sort_unstable();
    let mut names: Vec<&str> = container_names().collect();
    names.sort_unstable();
    assert_eq!(listed, names);
}

#[test]
fn marks_of_code_are_shown_and_not_written() {
    let page = |body: &str| format!("# A page\n\n{body}");
    let bodies = [
        "```json\n{\n  \"a\": 1, // [!code ++]\n  // highlight-start\n  \"b\": 2\n  // highlight-end\n}\n```\n",
        "```js {1} focus={1}\na // [!code ++]\n\nif (a < b) // [!code word:a <]\nab < b // [!code word:a]\n```\n",
        "```diff\n- a\n+ b\n  c\n```\n\n```diff\n@@ -1 +1 @@\n-a\n+b\n```\n",
        "```markdown\na <!-- [!code ++] -->\n```\n",
        "```rust lines hidelines=~\n~use a; // [!code hl]\nb // [!code --]\n```\n",
    ];
    let published = published(&bodies.map(page));
    let wanted: [&[&str]; 5] = [
        &[
            "<span class=\"line ins\">  <span class=\"a\">\"a\"",
            "<span class=\"line hl\">  <span class=\"a\">\"b\"</span><span class=\"p\">: </span><span \
             class=\"n\">2</span>\n</span><span class=\"line\"><span class=\"p\">}</span>\n</span></code>",
        ],
        &[
            "<span class=\"line ins hl focus\">a\n</span><span class=\"line\">\n</span>",
            "<span class=\"word\">a </span><span class=\"o\"><span class=\"word\">&lt;</span> </span>b",
            "<span class=\"word\">a</span>b <span class=\"o\">&lt; </span>b\n",
        ],
        &[
            "<figure class=\"code diff\" data-lang=\"diff\">",
            "<span class=\"line\"><span class=\"sign\">  </span>c\n</span>",
            "<figure class=\"code diff patch\" data-lang=\"diff\">",
        ],
        &["<span class=\"c\">&lt;!-- [!code ++] --&gt;</span>"],
        &["<span class=\"line del\">"],
    ];
    for ((html, twin), (body, wanted)) in published.iter().zip(bodies.iter().zip(wanted)) {
        for part in wanted {
            assert!(html.contains(part), "{part}\n{html}");
        }
        assert!(twin.contains(body.trim_end()), "the twin keeps the source: {twin}");
        let shown = html.contains("[!code") || html.contains("highlight-");
        assert_eq!(shown, body.starts_with("```markdown"), "{html}");
    }
}

#[test]
fn a_title_in_an_attribute_is_the_same_text_everywhere() {
    let places = [
        ("Tip", "title", "<p class=\"callout-title\">", "</p>"),
        ("Accordion", "title", "<span>", "</span>"),
        ("Accordion", "description", "<small>", "</small>"),
        ("Tab", "title", "<p class=\"tab-title\">", "</p>"),
        ("Step", "title", "<p class=\"step-title\">", "</p>"),
        ("Card", "title", "<p class=\"card-title\">", "</p>"),
        ("Frame", "caption", "<figcaption>", "</figcaption>"),
        ("Update", "label", "<p class=\"update-label\">", "</p>"),
        ("Update", "description", "<p class=\"update-description\">", "</p>"),
    ];
    let title = "**Do** `a` &amp; __init__";
    let page = |(name, key, _, _): (&str, &str, &str, &str)| {
        format!("# A page\n\n<{name} {key}=\"{title}\">\n\ntext\n\n</{name}>\n")
    };
    let pages: Vec<String> = places.map(page).into();
    let shown = "<strong>Do</strong> <code>a</code> &amp; __init__";
    for ((html, twin), (name, key, before, behind)) in published(&pages).iter().zip(places) {
        assert!(html.contains(&[before, shown, behind].concat()), "{name} {key}: {html}");
        assert!(!twin.contains("****"), "{name} {key}: {twin}");
    }
    let tab = &published(&pages)[3];
    assert!(tab.0.contains("data-title=\"Do a &amp; __init__\""), "{}", tab.0);
    assert!(tab.1.contains("\n**Do `a` & __init__**\n"), "{}", tab.1);
}

/// The lines with findings of `unknown-attribute` on a page, in a tree with these settings.
fn unknown_attributes(settings: (&str, &str), page: &str, text: &str) -> Vec<usize> {
    let files = [settings, (page, text)].map(|(path, text)| (path.to_owned(), text.to_owned()));
    let site = Model::new(Inputs::from_texts(files.to_vec()).unwrap()).unwrap();
    let found = check(&site).0.into_iter().filter(|one| one.rule.name == "unknown-attribute");
    found.map(|one| text[..one.finding.span.start].matches('\n').count() + 1).collect()
}

#[test]
fn attributes_are_unknown_where_the_table_is_the_truth() {
    let text = "# A\n\n<Card titl=\"a\">b</Card>\n\nA <Badge text=\"x\">y</Badge>.\n\n:::tip{titel=\"a\"}\nb\n:::\n";
    let native = ("docgen.toml", "title = \"X\"\n");
    assert_eq!(unknown_attributes(native, "content/index.md", text), [3, 5, 7]);
    let mintlify = ("docs.json", "{\"name\": \"X\", \"navigation\": {\"pages\": [\"index\"]}}");
    assert_eq!(unknown_attributes(mintlify, "index.mdx", text), [3, 5]);
    for other in [("mkdocs.yml", "site_name: X\ndocs_dir: .\n"), ("notes.txt", "")] {
        assert_eq!(unknown_attributes(other, "index.md", text), [0_usize; 0], "{other:?}");
    }
    let own = format!(
        "import {{ Card }} from '/snippets/card.jsx';\nexport const Badge = () => 1;\n\n{text}"
    );
    assert_eq!(unknown_attributes(native, "content/index.mdx", &own), [10]);
}

#[test]
fn attributes_that_mean_something_elsewhere_are_known() {
    let native = ("docgen.toml", "title = \"X\"\n");
    let text = "# A\n\n<Card title=\"a\" horizontal data-x=\"1\" aria-label=\"b\" {...more} onClick={f}>b</Card>\n\n\
                <Tabs sync={false}><Tab title=\"a\" id=\"b\" icon=\"c\">d</Tab></Tabs>\n\n\
                ::: details {.wide open title='a' #b}\nb\n:::\n\n`<Card titl=\"a\">`\n";
    assert_eq!(unknown_attributes(native, "content/index.md", text), [0_usize; 0]);
}

/// What has a list below it folds, whatever else stands in its item, and nothing outside of a tree.
#[test]
fn folders_of_a_tree_of_files_fold() {
    let tree = |list: &str| format!("# A\n\n<FileTree>\n\n{list}\n</FileTree>\n\n- a\n  - b\n");
    let pages = [
        tree("- src\n  - **a.rs** first\n  - b/\n    - c\n  - d\n- e\n"),
        tree("- src\n\n  - a.rs\n\n- e\n"),
        tree("- - a\n\n  text\n\n  - d\n- b\n  1. c\n"),
        "# A\n\n:::file-tree\n- src\n  - a\n:::\n".to_owned(),
    ];
    let [tight, loose, odd, container] = published(&pages).try_into().expect("four pages");
    let outside = "</div>\n<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>";
    for (page, part) in [
        (
            &tight,
            "<li><details open><summary>src</summary>\n<ul>\n<li><strong>a.rs</strong> first</li>",
        ),
        (
            &tight,
            "<li><details open><summary>b/</summary>\n<ul>\n<li>c</li>\n</ul>\n</details></li>",
        ),
        (&tight, "<li>d</li>\n</ul>\n</details></li>\n<li>e</li>"),
        (&loose, "<li><details open><summary>src</summary>\n<ul>\n<li>"),
        (&odd, "<li><ul>\n<li>a</li>\n</ul>\n<p>text</p>\n<ul>\n<li>d</li>"),
        (&odd, "<li><details open><summary>b</summary>\n<ol>\n<li>c</li>\n</ol>\n</details></li>"),
        (&container, "<details open><summary>src</summary>"),
        (&tight, outside),
    ] {
        let html = page.0.replace("\n\n", "\n").replace("<li>\n", "<li>");
        assert!(html.contains(part), "{part} is not in {html}");
        let (open, closed) = (html.matches("<details").count(), html.matches("</details>").count());
        assert_eq!(open, closed, "{html}");
    }
}

/// Examples that follow each other stand in one box, and others in one of their own.
#[test]
fn examples_of_an_endpoint_stand_together() {
    let request = "<RequestExample>\n\n```bash\na\n```\n\n</RequestExample>\n\n";
    let response = "<ResponseExample>\n\n```json\n1\n```\n\n</ResponseExample>\n\n";
    let pages = [
        format!("# A\n\n{request}{response}Text.\n"),
        format!("# A\n\n{request}Text.\n\n{response}"),
        format!("# A\n\n{request}<Update label=\"1\">\n{response}</Update>\n\n{response}"),
        format!("# A\n\nText[^a].\n\n{request}[^a]: A note.\n\n    {response}{response}"),
    ];
    for ((html, _), boxes) in published(&pages).iter().zip([1, 2, 3, 2]) {
        assert_eq!(html.matches("<div class=\"examples\">").count(), boxes, "{html}");
        assert_eq!(html.matches("<div").count(), html.matches("</div>").count(), "{html}");
        assert!(!html.contains("<div class=\"examples\"></div>"), "{html}");
    }
}

/// Comments of a block with `annotate` are links to the items of the list behind it.
#[test]
fn comments_stand_for_the_items_of_a_list() {
    let block = |flag: &str, list: &str| {
        format!("# A\n\n```js {flag}\na(); // (1)!\nb(); /* (2) */\nc(); // (3)\n```\n\n{list}")
    };
    let list = "1. One\n   1. Inner\n2. Two\n";
    let pages = [
        block("annotate", list),
        block("", list),
        block("annotate", "Text.\n\n1. One\n"),
        block("{ .annotate }", "1. One\n"),
    ];
    let [bound, plain, apart, one] = published(&pages).try_into().expect("four pages");
    let link = |number: usize| {
        format!(
            "<a class=\"annotation\" href=\"#docgen-code-1-{number}\" aria-label=\"{number}\"></a>"
        )
    };
    for (part, times) in [
        (format!("{}\n", link(1)), 1),
        (format!("{}\n", link(2)), 1),
        (link(3), 0),
        ("// (3)".to_owned(), 1),
        ("(1)".to_owned(), 0),
        ("<ol class=\"annotations\">\n<li id=\"docgen-code-1-1\">One".to_owned(), 1),
        ("<li>Inner".to_owned(), 1),
        ("<li id=\"docgen-code-1-2\">Two".to_owned(), 1),
    ] {
        assert_eq!(bound.0.matches(&part).count(), times, "{part} in {}", bound.0);
    }
    for other in [plain, apart] {
        assert!(other.0.contains("// (1)!"), "{}", other.0);
        assert!(!other.0.contains("annotation"), "{}", other.0);
    }
    assert!(one.0.contains(&link(1)) && one.0.contains("/* (2) */"), "{}", one.0);
    // Its Markdown has what was written.
    assert!(bound.1.contains("a(); // (1)!"), "{}", bound.1);
}
