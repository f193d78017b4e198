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

#[test]
fn redirects_that_depend_on_the_host_are_said_once() {
    let redirects =
        "[[redirect]]\nfrom = \"/old/*\"\nto = \"/\"\n[[redirect]]\nfrom = \"/a\"\nto = \"/\"\n";
    let tree = Tree::new(&[("docgen.toml", redirects), ("content/index.md", "# Home\n\nText.\n")]);
    let run = tree.run(&["build"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(run.out.matches("only in `_redirects`: `/old/*` (").count(), 1, "{run:?}");
    tree.write("docgen.toml", "[[redirect]]\nfrom = \"/a\"\nto = \"/\"\n");
    assert!(!tree.run(&["build"]).out.contains("_redirects"));
}

#[test]
fn an_address_below_the_path_of_the_site_may_be_meant() {
    let settings =
        "base_url = \"https://a.dev/docs\"\n[[redirect]]\nfrom = \"/docs/a\"\nto = \"/\"\n";
    let tree = Tree::new(&[("docgen.toml", settings), ("content/index.md", "# Home\n\nText.\n")]);
    let said = |arguments: &[&str]| tree.run(arguments).out;
    assert!(said(&["check"]).contains("readers would find it at `/docs/docs/a`"));
    tree.write("content/docs/b.md", "# B\n\nText.\n");
    assert!(!said(&["check"]).contains("readers would find it"));
}

#[test]
fn templates_that_no_page_uses() {
    let base = "{% extends \"base.html\" %}\n";
    let tree = Tree::new(&[
        ("docgen.toml", ""),
        ("content/index.md", "# Home\n\nText.\n"),
        ("templates/page.html", "{% extends \"own/frame.html\" %}\n"),
        ("templates/own/frame.html", base),
    ]);
    let run = tree.run(&["check"]);
    assert!(!run.out.contains("no page uses"), "{run:?}");
    tree.write("templates/toc.html", "<nav></nav>\n");
    let run = tree.run(&["check"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(run.out.matches("no page uses this template").count(), 1, "{run:?}");
    assert!(run.out.contains("did you mean `partials/toc.html`?"), "{run:?}");
}

#[test]
fn faults_of_the_settings_show_their_line() {
    let tree = Tree::new(&[("content/index.md", "# Home\n")]);
    for (settings, message, place, excerpt) in [
        (
            "title = \"x\"\nlogo = My logo\n",
            "error: ",
            "docgen.toml:2:8",
            "2 | logo = My logo\n  |        ^",
        ),
        (
            "titel = \"x\"\n",
            "error: unknown key `titel`",
            "docgen.toml:1:1",
            "1 | titel = \"x\"\n  | ^^^^^",
        ),
        (
            "math = 1\n",
            "error: `math` must be true or false",
            "docgen.toml:1:8",
            "1 | math = 1\n  |        ^",
        ),
    ] {
        tree.write("docgen.toml", settings);
        for command in ["check", "build"] {
            let run = tree.run(&[command]);
            assert_eq!(run.code, 2, "{run:?}");
            for part in [message, place, excerpt] {
                assert!(run.err.contains(part), "{part} in {}", run.err);
            }
        }
    }
    tree.write("docgen.toml", "qqqqqq = 1\n");
    let run = tree.run(&["check"]);
    assert!(run.err.contains("unknown key `qqqqqq`"), "{run:?}");
    assert!(run.err.lines().all(|line| line.len() < 100), "{run:?}");
}
