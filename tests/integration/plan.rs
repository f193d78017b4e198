//! What is published where, and what is said of a file whose place is taken.

use crate::common::rendering;
use docgen::project::{Inputs, Model};
use docgen::site::plan::Output;

fn site(files: &[&str]) -> (Vec<String>, Vec<String>) {
    let mut files: Vec<(String, String)> =
        files.iter().map(|path| ((*path).to_owned(), "# x\n".to_owned())).collect();
    files.push((
        "docgen.toml".to_owned(),
        "base_url = \"https://x.example\"\ntwins = false\n".to_owned(),
    ));
    let site = Model::new(Inputs::from_texts(files).unwrap()).unwrap();
    let findings = rendering::check(&site).0.into_iter().map(|one| one.finding.path.to_string());
    let files = site.plan().files.into_iter();
    let own = files.filter(|(_, output)| !matches!(output, Output::Theme(_) | Output::Machine(_)));
    (own.map(|(name, _)| name).collect(), findings.collect())
}

#[test]
fn nobody_goes_without_in_silence() {
    for (path, lost, kept) in [
        ("content/a/index.html", "content/a/index.html", "a/index.html"),
        ("content/a", "content/a", "a/index.html"),
        ("content/404.html", "content/404.html", "404.html"),
        ("content/404.html/x.png", "content/404.html/x.png", "404.html"),
        ("content/index.html/b.md", "content/index.html/b.md", "index.html"),
    ] {
        let (names, findings) = site(&["content/index.md", "content/a.md", path]);
        assert_eq!(findings, [lost], "{path}");
        assert!(names.contains(&kept.to_owned()), "{path}: {names:?}");
        assert_eq!(names.len(), 4, "{path}: {names:?}");
    }
    assert!(site(&["content/index.md", "content/a/b.md", "content/a/c.png"]).1.is_empty());
}
