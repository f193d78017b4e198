//! What the fuzz targets do with any text. Each function panics where docgen breaks its word: a
//! span outside of the text or inside of a character, or a panic of docgen itself.

use std::sync::LazyLock;

use docgen::check::checker::{Checked, Checker};
use docgen::check::rules::RULES;
use docgen::config::native::DocgenToml;
use docgen::config::{Config, Flavour};
use docgen::data;
use docgen::lang::{Content, PARSED};
use docgen::markdown::outline::Outline;
use docgen::markdown::{self, info};
use docgen::project::{Inputs, Model};
use docgen::render::highlight::{Highlighter, Unpainted};
use docgen::render::publish::{Failure, Presentation, Publisher};
use docgen::report::{Report, json, text};
use docgen::source::{Source, Span, VPath};
use docgen::truth::command::CommandSpec;
use docgen::truth::schema::Schema;

/// Its cache would grow without end, so targets that paint ask it anew.
static HIGHLIGHTER: LazyLock<Highlighter> = LazyLock::new(|| Highlighter::new(Default::default()));

/// A span must be in bounds and on characters.
fn holds(text: &str, span: Span) {
    assert!(text.get(span.start..span.end).is_some(), "{span:?} of {} bytes", text.len());
}

/// Splits off a number that chooses, so that one target reaches all of a kind.
fn choose(text: &str, of: usize) -> (usize, &str) {
    let mut chars = text.chars();
    let first = chars.next().map_or(0, |c| c as usize);
    (first % of, chars.as_str())
}

/// The scanners of Markdown under each flavour: facts, outline, info strings, front matter.
pub fn page(text: &str) {
    let (which, text) = choose(text, 2 * Flavour::ALL.len());
    let dialect = Flavour::ALL[which / 2].dialect;
    let mdx = which % 2 == 1;
    let facts = markdown::facts(text, mdx, dialect);
    for link in &facts.links {
        holds(text, link.span);
    }
    for code in &facts.code {
        holds(text, code.span);
        holds(text, code.info_span);
        let inside = code.text(text);
        holds(text, code.source_span(text, Span::new(0, inside.len())));
    }
    for heading in &facts.headings {
        holds(text, heading.span);
    }
    for anchor in &facts.anchors {
        holds(text, anchor.span);
    }
    let (_, body) = markdown::front_matter::read(text);
    let scan = markdown::prepare(text, mdx, body, dialect);
    let outline = Outline::new(text, &scan);
    for block in &outline.blocks {
        holds(text, block.span);
        assert!(block.inlines.end <= outline.inlines.len());
    }
    for inline in &outline.inlines {
        holds(text, inline.span);
    }
    let read = info::parse(text.lines().next().unwrap_or(""));
    assert!(read.language_range.end <= text.len());
}

/// A tree of each kind: settings, their text, the folder of pages and their suffix.
pub const TREES: [(&str, &str, &str, &str); 8] = [
    ("docgen.toml", "", "content/", "md"),
    ("docs.json", "{\"navigation\": {\"pages\": [\"x\"]}}", "", "mdx"),
    ("other.txt", "", "", "md"),
    ("book.toml", "[book]\ntitle = \"x\"\n", "src/", "md"),
    ("mkdocs.yml", "site_name: x\nmarkdown_extensions: [pymdownx.snippets]\n", "docs/", "md"),
    ("docusaurus.config.js", "module.exports = {title: 'x'};", "docs/", "mdx"),
    (".vitepress/config.ts", "export default {}", "", "md"),
    ("hugo.toml", "title = \"x\"\n", "content/", "md"),
];

/// All rules over a page of a small site, and both reports of what they find.
pub fn site(page: &str) {
    let (which, page) = choose(page, TREES.len());
    let (settings, text, folder, suffix) = TREES[which];
    let files = [
        (settings.to_owned(), text.to_owned()),
        (format!("{folder}x.{suffix}"), page.to_owned()),
        (format!("{folder}index.{suffix}"), "# Home\n\n[x](x.md)\n".to_owned()),
        (format!("{folder}SUMMARY.md"), "- [x](x.md)\n- [i](index.md)\n".to_owned()),
    ];
    let site = Model::new(Inputs::from_texts(files.into()).expect("inputs")).expect("a site");
    let Checked { diagnostics, coverage, .. } = Checker::new(&site).check();
    for found in &diagnostics {
        let Some(source) = site.source(&found.finding.path) else { continue };
        holds(&source.text, found.finding.span);
        for related in &found.finding.related {
            site.source(&related.path).inspect(|source| holds(&source.text, related.span));
        }
        for edit in found.finding.fix.iter().flat_map(|fix| &fix.edits) {
            site.source(&edit.path).inspect(|source| holds(&source.text, edit.span));
        }
    }
    let sources = |path: &VPath| site.source(path);
    let report = Report { diagnostics, coverage, sources: &sources };
    let options = text::Options { notes: true, ..text::Options::default() };
    text::write(&report, &options, &mut std::io::sink()).expect("it goes nowhere");
    json::write(&report, &mut std::io::sink()).expect("it goes nowhere");
}

/// All files of a small site, as they are published: pages, twins, lists, redirects. What docgen
/// catches and reports for its users is a fault here.
pub fn render(page: &str) {
    let (which, page) = choose(page, TREES.len());
    let (settings, text, folder, suffix) = TREES[which];
    published(vec![
        (settings.to_owned(), text.to_owned()),
        (format!("{folder}x.{suffix}"), page.to_owned()),
        (format!("{folder}index.{suffix}"), "# Home\n\n[x](x.md)\n".to_owned()),
        (format!("{folder}SUMMARY.md"), "- [x](x.md)\n- [i](index.md)\n".to_owned()),
    ]);
}

/// Renders every file of a tree.
fn published(files: Vec<(String, String)>) {
    let Ok(site) = Inputs::from_texts(files).and_then(Model::new) else { return };
    let checker = Checker::new(&site);
    let checked = checker.check_part(&|_| false);
    let (presentation, highlighter) = (Presentation::new(&site), Highlighter::plain());
    let publisher = Publisher::new(&site, &checked, &presentation, &highlighter);
    for (path, output) in publisher.outputs() {
        match publisher.render(&output) {
            Ok(_) | Err(Failure::Template(_)) => {}
            Err(Failure::Place(error)) => panic!("{path}: {error}"),
        }
    }
    let found = checker.report_rendering(publisher.findings());
    assert!(found.is_empty(), "{found:?}");
}

/// Code under any label, and under every grammar in turn: its text is kept, in a bounded number of
/// steps.
pub fn paint(text: &str) {
    let labels = HIGHLIGHTER.labels();
    let (which, text) = choose(text, labels.len());
    painted(labels[which], text);
}

/// Paints code, which must keep its text.
pub fn painted(label: &str, text: &str) {
    let painted = HIGHLIGHTER.painted(label, text);
    if let Some(Unpainted::Failed(said)) = &painted.unpainted {
        panic!("{label}: {said}");
    }
    let parts = painted.html.split('<').map(|part| part.split_once('>').map_or(part, |two| two.1));
    let shown = parts.collect::<String>().replace("&lt;", "<").replace("&gt;", ">");
    assert_eq!(shown.replace("&amp;", "&"), text, "{label}");
    assert_eq!(painted.html.matches('\n').count(), text.matches('\n').count(), "{label}");
}

/// A template of the site, in the place of the page's and of a part of it.
pub fn template(text: &str) {
    let (name, text) = match text.split_once('\n') {
        Some(("1", rest)) => ("partials/footer.html", rest),
        _ => ("page.html", text),
    };
    published(vec![
        ("docgen.toml".to_owned(), String::new()),
        ("content/index.md".to_owned(), "# Home\n".to_owned()),
        (format!("templates/{name}"), text.to_owned()),
    ]);
}

/// The readers of JSON, YAML and TOML.
pub fn data(text: &str) {
    use data::json::Dialect;
    for dialect in [Dialect::Json, Dialect::Jsonc, Dialect::Json5] {
        data::json::document(text, dialect).err().inspect(|fault| holds(text, fault.span));
        let _ = data::json::parse(text, dialect);
    }
    data::yaml::parse(text).err().inspect(|fault| holds(text, fault.span));
    for fault in data::toml::parse_recovering(text).1 {
        holds(text, fault.span);
    }
}

/// One language, with its guard and the parser behind it.
pub fn language(text: &str) {
    let (which, text) = choose(text, PARSED.len());
    let judged = PARSED[which].judge(text);
    for fault in &judged.faults {
        holds(text, fault.span);
    }
    if let Content::Shell(commands) = &judged.content {
        for word in commands.iter().flat_map(|command| &command.words) {
            holds(text, word.span);
        }
    }
}

/// Specifications of commands, and schemas.
pub fn truth(text: &str) {
    let _ = CommandSpec::load(text, true);
    let _ = CommandSpec::load(text, false);
    let Ok(schema) = Schema::load("x", text) else { return };
    let example = "{\"a\": [1, {\"b\": null}], \"c\": \"d\", \"e\": 1.5}";
    if let Ok(node) = data::json::document(example, data::json::Dialect::Json) {
        for found in schema.validate(&node, "").violations {
            holds(example, found.span);
        }
        let _ = schema.recognises(&node, "");
    }
}

/// The readers of settings.
pub fn settings(text: &str) {
    let path = VPath::new("docgen.toml").expect("inside");
    let names: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
    let mut faults = Vec::new();
    for flavour in Flavour::ALL {
        let config = || Config::new(flavour);
        let own = DocgenToml::new(Source::new(path.clone(), text.to_owned()));
        faults.push(own.read(config(), &names).err());
        if let Some(own) = &flavour.own_settings {
            faults.push((own.read)(&path, text, config(), &|_| None).err());
        }
    }
    for fault in faults.iter().flatten().flatten() {
        holds(text, fault.span);
    }
    // All settings, and lists of chapters, by way of a whole tree that is published.
    let (which, text) = choose(text, SETTINGS.len());
    let (settings, chapters) = SETTINGS[which];
    let mut files: Vec<(String, String)> =
        ["src/x.md", "docs/x.md", "x.md", "src/content/docs/x.md", "content/x.md"]
            .map(|page| (page.to_owned(), "# X\n".to_owned()))
            .into();
    files.push((settings.to_owned(), text.to_owned()));
    files.push((chapters.to_owned(), text.to_owned()));
    if let Ok(site) = Inputs::from_texts(files.clone()).and_then(Model::new) {
        for found in Checker::new(&site).check().diagnostics {
            let source = site.source(&found.finding.path);
            source.inspect(|source| holds(&source.text, found.finding.span));
        }
        published(files);
    }
}

/// Files of settings, and of chapters where there are some.
pub const SETTINGS: [(&str, &str); 9] = [
    ("docgen.toml", "x.txt"),
    ("docs.json", "x.txt"),
    ("book.toml", "src/SUMMARY.md"),
    ("mkdocs.yml", "docs/SUMMARY.md"),
    ("docusaurus.config.js", "sidebars.js"),
    (".vitepress/config.ts", "SUMMARY.md"),
    ("astro.config.mjs", "src/content.config.ts"),
    ("hugo.toml", "config/_default/menus.toml"),
    ("zensical.toml", "docs/SUMMARY.md"),
];
