//! `docgen check` day by day: repairs, and findings that are accepted.

use std::fs;

use crate::common::Tree;

const BROKEN: &str = "# A\n\n```json\n{“a”: 1}\n```\n\n[x](indx.md) and [y](gone.md)\n";

fn tree() -> Tree {
    Tree::new(&[
        ("docgen.toml", ""),
        ("content/index.md", "# Home\n\n[a](a.md)\n"),
        ("content/a.md", BROKEN),
    ])
}

#[test]
fn safe_repairs() {
    let tree = tree();
    let run = tree.run(&["check", "--fix"]);
    assert_eq!(run.code, 1, "the links are left: {run:?}");
    assert!(run.err.contains("fixed 1 finding in 1 file"), "{run:?}");
    assert_eq!(tree.read("content/a.md"), BROKEN.replace(['“', '”'], "\""));
    assert!(run.out.contains("gone.md") && !run.out.contains("curly"), "{run:?}");
    let again = tree.run(&["check", "--fix"]);
    assert!(again.err.contains("fixed 0 findings in 0 files"), "{again:?}");
}

#[test]
fn all_repairs() {
    let tree = tree();
    let run = tree.run(&["check", "--fix", "--unsafe-fixes"]);
    assert!(run.err.contains("fixed 2 findings in 1 file"), "{run:?}");
    assert!(tree.read("content/a.md").contains("[x](index.md)"));
    assert_eq!(tree.findings().len(), 1);
    let run = tree.run(&["check", "--unsafe-fixes"]);
    assert_eq!(run.code, 2, "{run:?}");
}

#[test]
fn repairs_are_shown() {
    let tree = tree();
    let run = tree.run(&["check", "--diff"]);
    assert_eq!(run.code, 1);
    let expected = "--- a/content/a.md\n+++ b/content/a.md\n@@ -1,7 +1,7 @@\n # A\n \n ```json\n-{“a”: \
                    1}\n+{\"a\": 1}\n ```\n \n [x](indx.md) and [y](gone.md)\n";
    assert_eq!(run.out, expected);
    assert!(run.err.contains("would fix 1 finding in 1 file"), "{run:?}");
    assert_eq!(tree.read("content/a.md"), BROKEN, "nothing is written");
}

#[test]
fn findings_of_today_are_accepted() {
    let tree = tree();
    let run = tree.run(&["check", "--write-baseline", "--baseline", "accepted.json"]);
    assert_eq!((run.code, run.out.as_str()), (0, "accepted 3 findings in accepted.json\n"));
    let check = |tree: &Tree| tree.run(&["check", "--baseline", "accepted.json"]);
    let run = check(&tree);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.out.contains("3 findings accepted by the baseline"), "{run:?}");
    let run = tree.run(&["build", "--baseline", "accepted.json"]);
    assert_eq!(run.code, 0, "{run:?}");
    // Text above moves nothing, and what is new is told.
    tree.write("content/a.md", BROKEN.replace("# A\n", "# A\n\n## New\n\n[z](lost.md)\n"));
    let run = check(&tree);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.out.contains("lost.md") && !run.out.contains("gone.md"), "{run:?}");
    // The file shrinks when something is mended, and the fault cannot come back.
    tree.write("content/a.md", BROKEN.replace(['“', '”'], "\""));
    let run = check(&tree);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.err.contains("removed 1 finding from"), "{run:?}");
    assert!(!tree.read("accepted.json").contains("smart-quotes"));
    tree.write("content/a.md", BROKEN);
    assert_eq!(check(&tree).code, 1);
}

#[test]
fn a_baseline_in_the_settings_counts_everywhere() {
    let tree = tree();
    tree.write("docgen.toml", "baseline = \"accepted.json\"\n");
    let run = tree.run(&["check"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.err.contains("--write-baseline"), "{run:?}");
    assert_eq!(tree.run(&["check", "--write-baseline"]).code, 0);
    assert_eq!(tree.run(&["check"]).code, 0);
    assert_eq!(tree.run(&["build"]).code, 0);
    // A page moves; its links are written from the root of the content.
    assert_eq!(tree.run(&["check", "content/a.md"]).code, 0);
    tree.write("content/deep/b.md", tree.read("content/a.md"));
    fs::remove_file(tree.root().join("content/a.md")).unwrap();
    tree.write("content/index.md", "# Home\n\n[a](deep/b.md)\n");
    let run = tree.run(&["check"]);
    assert_eq!(run.code, 0, "{run:?}");
}

#[test]
fn a_damaged_baseline_is_told() {
    let tree = tree();
    for (text, expected) in [
        ("", "accepted.json"),
        ("{\"docgen-baseline\": 9, \"findings\": []}", "version 9"),
        ("[1, 2", "line 1"),
    ] {
        tree.write("accepted.json", text);
        for command in ["check", "build"] {
            let run = tree.run(&[command, "--baseline", "accepted.json"]);
            assert_eq!(run.code, 2, "{run:?}");
            assert!(run.err.contains(expected), "{run:?}");
        }
        assert_eq!(tree.read("accepted.json"), text, "it stays as it is");
    }
    let run = tree.run(&["check", "--write-baseline"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.err.contains("--baseline FILE"), "{run:?}");
}

#[test]
fn what_is_kept_between_runs_changes_no_result() {
    let tree = tree();
    for number in 0..1100 {
        let text = format!("# Page {number}\n\n[next]({}.md#page) [x](gone.md)\n", number + 1);
        tree.write(&format!("content/p/{number}.md"), text);
    }
    let cache = tree.root().with_file_name("cache");
    let check = |arguments: &[&str]| {
        let output = assert_cmd::Command::cargo_bin("docgen")
            .unwrap()
            .current_dir(tree.root())
            .env("XDG_CACHE_HOME", &cache)
            .args([&["check", "--format", "json"], arguments].concat())
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let kept = || fs::read_dir(cache.join("docgen")).map_or(0, |entries| entries.count());
    let cold = check(&["--no-cache"]);
    assert_eq!(kept(), 0);
    assert_eq!(check(&[]), cold);
    assert_eq!(kept(), 1);
    assert_eq!(check(&[]), cold);
    tree.write("content/p/7.md", "# Page 7\n\n[x](gone.md) [y](lost.md)\n");
    assert_eq!(check(&[]), check(&["--no-cache"]));
    // Whatever is in the file, it costs time and nothing else.
    let file = fs::read_dir(cache.join("docgen")).unwrap().next().unwrap().unwrap().path();
    let bytes = fs::read(&file).unwrap();
    for damaged in [&bytes[..bytes.len() / 2], b"nonsense", b""] {
        fs::write(&file, damaged).unwrap();
        assert_eq!(check(&[]), check(&["--no-cache"]));
    }
    assert!(!tree.exists(".docgen"), "nothing is written into the tree");
}
