//! What is found while a site is rendered: under which rule, where, and who may accept it.

use docgen::check::checker::Checker;
use docgen::diagnostic::Severity;
use docgen::project::{Inputs, Model};

use crate::common::Tree;
use crate::common::rendering::Rendering;

#[test]
fn code_without_colours_is_a_finding_at_its_block() {
    let long = format!("let a = \"{}\";", "b".repeat(9 << 10));
    let text = |before: &str| format!("# A\n\n{before}\n\n```rust\n{long}\n```\n");
    for (before, expected) in [
        ("b", vec![("unpainted-code", Severity::Warning, 5)]),
        ("<!-- docgen-ignore unpainted-code: it is data -->", vec![]),
    ] {
        let files = [("docgen.toml", String::new()), ("content/index.md", text(before))];
        let files = files.map(|(path, text)| (path.to_owned(), text));
        let model = Model::new(Inputs::from_texts(files.into()).unwrap()).unwrap();
        let rendering = Rendering::of(&model);
        let publisher = rendering.publisher();
        publisher.for_each(|_, _| Ok(())).unwrap();
        let found = Checker::new(&model).report_rendering(publisher.findings());
        let line = |at| model.index.pages.as_slice()[0].source.position(at).line;
        let seen: Vec<_> = found
            .iter()
            .map(|one| (one.rule.name, one.severity, line(one.finding.span.start)))
            .collect();
        assert_eq!(seen, expected, "{before}");
    }
}

/// The gate holds for what only a build finds.
#[test]
fn a_build_reports_code_without_colours() {
    let tree = Tree::new(&[("docgen.toml", "")]);
    tree.write("content/index.md", format!("# A\n\n```rust\n{}\n```\n", "a".repeat(9 << 10)));
    let run = tree.run(&["build"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.out.contains("unpainted-code"), "{run:?}");
    let strict = Tree::new(&[("docgen.toml", "")]);
    strict.write("content/index.md", format!("# A\n\n```rust\n{}\n```\n", "a".repeat(9 << 10)));
    let run = strict.run(&["build", "--gate", "warning"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(!strict.exists("public"));
}

/// A language that is none is a finding, and neither text nor libraries get it.
#[test]
fn a_language_is_a_tag() {
    let tag = format!("en-{}", "a".repeat(46));
    let tree = Tree::new(&[("content/index.md", "# A\n\nb\n")]);
    tree.write("docgen.toml", format!("language = \"{tag}\"\n"));
    let found = tree.findings();
    assert!(found.iter().any(|one| one.rule == "broken-setting"), "{found:?}");
    let run = tree.run(&["build", "--gate", "off"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(tree.read("public/index.html").contains("lang=\"en\""));
}
