//! Settings that are wrong are refused or reported, never passed over.

use crate::common::Tree;

/// What `docgen check` says about a tree with these settings and one page.
fn said(settings: &str) -> String {
    let tree = Tree::new(&[("docgen.toml", settings), ("content/index.md", "# Home\n\nText.\n")]);
    let run = tree.run(&["check"]);
    run.out + &run.err
}

#[test]
fn hosts_of_the_policy_are_hosts() {
    for (line, expected) in [
        (
            "connect = [\"https://a.dev; script-src *\"]",
            "`https://a.dev; script-src *` is not a host",
        ),
        ("script = [\"'unsafe-inline'\"]", "`'unsafe-inline'` is not a host"),
        ("font = [\"a.dev b.dev\"]", "`a.dev b.dev` is not a host"),
        ("style = [\"self\"]", "`self` is not a host"),
        ("image = [\"\"]", "`` is not a host"),
        ("frame = \"a.dev\"", "`frame` must be a list of strings"),
        ("scripts = [\"https://a.dev\"]", "`script` lists the hosts of scripts"),
        ("conect = []", "did you mean `connect`?"),
    ] {
        let said = said(&format!("[security]\n{line}\n"));
        assert!(said.contains(expected), "{line}: {said}");
    }
    let fine = "[security]\nconnect = [\"wss://a.dev\"]\nimage = []\nframe = [\"*.a.dev\"]\n";
    let said = said(fine);
    assert!(said.contains("no findings") && !said.contains("docgen.toml:"), "{said}");
}
