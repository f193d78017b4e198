//! The commands as a user meets them: exit codes, gates, paths, settings, what is written.

use std::fs;

use crate::common::{Tree, run_in, schema_errors, snapshot};

const BROKEN: &str = "# Home\n\n[gone](nope.md)\n";

fn native() -> Tree {
    Tree::new(&[
        ("docgen.toml", "title = \"T\"\n"),
        ("content/index.md", "# Home\n\n[a](guide/a.md#part)\n"),
        ("content/guide/a.md", "# A\n\n## Part\n\n![](p.png)\n"),
        ("content/guide/p.png", "png"),
    ])
}

#[test]
fn exit_codes() {
    let good = native();
    let bad = Tree::new(&[("docgen.toml", ""), ("content/index.md", BROKEN)]);
    let empty = Tree::new(&[("x/.keep", "")]);
    for (tree, arguments, code) in [
        (&good, "build", 0),
        (&good, "check", 0),
        (&good, "explain", 0),
        (&good, "explain broken-link", 0),
        (&good, "--help", 0),
        (&good, "--version", 0),
        (&good, "help", 0),
        (&bad, "check", 1),
        (&bad, "build", 1),
        (&bad, "check --format json", 1),
        (&bad, "check --gate off", 0),
        (&bad, "build --gate off", 0),
        (&empty, "check", 2),
        (&empty, "build", 2),
        (&empty, "serve --port 0", 2),
        (&good, "", 2),
        (&good, "frobnicate", 2),
        (&good, "check --gate sometimes", 2),
        (&good, "check nope", 2),
        (&good, "check content/guide/p.png", 2),
        (&good, "build nope", 2),
        (&good, "build content/index.md", 2),
        (&good, "build --base-url docs.example.com", 2),
        (&good, "build --config nope.toml", 2),
        (&good, "serve nope", 2),
        (&good, "explain nope", 2),
        (&good, "new", 2),
        (&good, "new content", 2),
        (&good, "new docgen.toml", 2),
    ] {
        let words: Vec<&str> = arguments.split_whitespace().collect();
        let run = tree.run(&words);
        assert_eq!(run.code, code, "docgen {arguments}: {run:?}");
        if code == 2 {
            assert!(!run.err.is_empty(), "docgen {arguments}: says nothing");
        }
    }
}

#[test]
fn dump_shows_what_a_rule_sees_of_a_page() {
    let tree = native();
    tree.write("content/guide/a.md", "# A\n\n## Part\n\n![](p.png)\n\n```json\n{\"a\": }\n```\n");
    let all = tree.run(&["dump", "content/guide/a.md"]);
    assert_eq!(all.code, 0, "{all:?}");
    for (part, said) in [
        ("--facts", "text: \"Part\""),
        ("--outline", "1 at 3:1: Heading(2), inlines "),
        ("--blocks", "at 7:1: `json`, json: Some(Broken)\n    at 8:"),
        ("--targets", "at 5:5: Asset `p.png`: Asset(\"guide/p.png\", \"\")"),
    ] {
        let one = tree.run(&["dump", "content/guide/a.md", part]);
        assert!(one.out.contains(said), "{part}: {}", one.out);
        assert!(all.out.contains(&one.out) && one.out.len() < all.out.len(), "{part}");
    }
    for file in ["content/guide/p.png", "docgen.toml", "nope.md"] {
        assert_eq!(tree.run(&["dump", file]).code, 2, "{file}");
    }
    // A page outside of the tree: the error says what to do, and that works.
    tree.write("draft.md", "# Draft\n");
    let refused = tree.run(&["dump", "draft.md"]);
    assert!(refused.code == 2 && refused.err.contains("an empty docgen.toml"), "{refused:?}");
    tree.write("drafts/draft.md", "# Draft\n");
    tree.write("drafts/docgen.toml", "");
    let shown = tree.run(&["dump", "drafts/draft.md", "--facts"]);
    assert!(shown.code == 0 && shown.out.contains("text: \"Draft\""), "{shown:?}");
}

#[test]
fn an_open_gate_says_what_it_let_through() {
    let tree = Tree::new(&[
        ("docgen.toml", ""),
        ("content/index.md", "# A {#x}\n\n## B {#x}\n\n[gone](nope.md)\n\n[gone](nope.md)\n"),
        ("templates/page.html", "{% include \"page.html\" %}"),
        ("templates/404.html", "gone"),
    ]);
    let out = tree.run(&["build", "--gate", "off"]).out;
    assert!(out.contains("with 3 errors and 1 warning"), "{out}");
    assert!(
        out.contains("published because the gate is off: broken-link (2), template-error (1)\n"),
        "{out}"
    );
    assert!(out.contains("not used: `templates/page.html`, since it has errors"), "{out}");
    assert!(tree.read("public/index.html").contains("<h1"), "the theme's own stands in for it");
    assert_eq!(tree.read("public/404.html"), "gone");
    // What the settings stop counts, whatever the command line says.
    tree.write("docgen.toml", "[check]\ngate = \"warning\"\n");
    let out = tree.run(&["build", "--gate", "off"]).out;
    assert!(out.contains("broken-link (2), duplicate-anchor (1), template-error (1)"), "{out}");
    tree.write("docgen.toml", "[check]\ngate = \"off\"\n");
    assert!(
        tree.run(&["build"]).out.contains("published because the gate is off: broken-link (2)")
    );
    let good = native();
    let out = good.run(&["build", "--gate", "off"]).out;
    assert!(!out.contains("the gate is off") && !out.contains("not used"), "{out}");
}

/// `docgen build --output` into the tree, and then another build of it.
#[test]
fn a_published_site_is_never_content() {
    let plain = [("a.md", "# A\n\n[b](b.md)\n"), ("b.md", "# B\n\n[a](a.md)\n")];
    let native = [
        ("docgen.toml", ""),
        ("content/index.md", "# Home\n\n[b](sub/b.md)\n"),
        ("content/sub/b.md", "# B\n"),
    ];
    for (files, output) in
        [(&plain[..], "dist"), (&native[..], "content/dist"), (&native[..], "content/sub/old")]
    {
        let tree = Tree::new(files);
        let first = tree.run(&["build", "--output", output]);
        assert!(first.code == 0 && first.err.is_empty(), "{first:?}");
        let again = tree.run(&["build", "--output", output]);
        assert!(again.code == 0 && again.err.is_empty(), "its own output needs no word: {again:?}");
        for command in [&["check"][..], &["build"], &["build", "--gate", "off"]] {
            let run = tree.run(command);
            assert_eq!(run.code, 0, "{command:?}: {run:?}");
            let note = format!("note: skipped `{output}`, which is a site published by docgen");
            assert_eq!(run.err.matches(&note).count(), 1, "{command:?}: {run:?}");
            assert_eq!(run.err.lines().count(), 1, "{command:?}: {run:?}");
        }
        let list = |folder: &str| -> Vec<String> {
            snapshot(&tree.root().join(folder)).into_keys().collect()
        };
        assert_eq!(list("public"), list(output), "the same pages as before");
        // Away from its tree, which commands would find around it.
        let away = tree.root().with_file_name("site");
        fs::rename(tree.root().join(output), &away).unwrap();
        for command in ["check", "build"] {
            let run = run_in(&away, &[command]);
            assert!(run.code == 2 && run.err.contains("published"), "{run:?}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_fix_passes_over_symbolic_links_and_keeps_its_report() {
    use std::os::unix::fs::symlink;
    let page = "# T\n\n```json\n{\u{201c}a\u{201d}: 1}\n```\n\n[gone](nope.md)\n";
    let tree = Tree::new(&[
        ("docgen.toml", ""),
        ("content/index.md", "# Home\n\n[a](a.md), [in](in.md), [out](out.md)\n"),
        ("content/a.md", page),
        ("content/notes.txt", page),
    ]);
    symlink("a.md", tree.root().join("content/in.md")).unwrap();
    symlink("notes.txt", tree.root().join("content/out.md")).unwrap();
    let run = tree.run(&["check", "--diff"]);
    assert!(!run.out.contains("b/content/out.md") && run.err.contains("out.md"), "{run:?}");
    let run = tree.run(&["check", "--fix"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.err.contains("fixed 1 finding in 1 file\n"), "{run:?}");
    assert_eq!(run.err.matches("content/out.md: not fixed").count(), 1, "{run:?}");
    assert!(!run.err.contains("in.md"), "it is mended with the file that it leads to: {run:?}");
    assert_eq!(run.out.matches("error[broken-link]").count(), 3, "{run:?}");
    assert_eq!(run.out.matches("smart-quotes-in-code").count(), 1, "{run:?}");
    assert!(tree.read("content/a.md").contains("{\"a\": 1}"));
    assert_eq!(tree.read("content/notes.txt"), page);
    let kind = fs::symlink_metadata(tree.root().join("content/out.md")).unwrap();
    assert!(kind.is_symlink());
}

#[test]
fn gates() {
    // Two headings with one id that the author wrote: a warning.
    let tree = Tree::new(&[("docgen.toml", ""), ("content/index.md", "# A {#x}\n\n## B {#x}\n")]);
    assert!(tree.findings().iter().all(|one| one.severity == "warning"));
    for (gate, code) in [("error", 0), ("warning", 1), ("off", 0)] {
        for command in ["check", "build"] {
            assert_eq!(tree.run(&[command, "--gate", gate]).code, code, "{command} {gate}");
        }
    }
    tree.write("docgen.toml", "[check]\ngate = \"warning\"\n");
    assert_eq!(tree.run(&["check"]).code, 1);
    assert_eq!(tree.run(&["check", "--gate", "error"]).code, 0, "the command line goes first");
}

#[test]
fn build_says_what_it_refuses_and_where_it_published() {
    let tree = native();
    let run = tree.run(&["build"]);
    let public = tree.root().join("public").canonicalize().unwrap();
    assert!(run.out.contains(public.to_str().unwrap()), "{run:?}");
    tree.write("content/index.md", BROKEN);
    let before = snapshot(&public);
    let run = tree.run(&["build"]);
    assert!(run.out.contains("--> content/index.md:3:8"), "{run:?}");
    assert!(run.err.contains("nothing was published"), "{run:?}");
    assert_eq!(snapshot(&public), before);
}

#[test]
fn paths_are_checked_within_their_nearest_root() {
    let tree = Tree::new(&[
        ("native/docgen.toml", ""),
        ("native/content/index.md", "# Home\n\n[a](guide/a.md)\n"),
        ("native/content/guide/a.md", "# A\n\n[home](../index.md) [x](gone.md)\n"),
        ("mint/docs.json", "{\"navigation\": {\"pages\": [\"index\", \"sub/a\"]}}"),
        ("mint/index.md", "# Home\n\n[a](/sub/a)\n"),
        ("mint/sub/a.mdx", "# A\n\n[home](/) [x](/gone)\n"),
        ("plain/README.md", "# Home\n\n[a](sub/a.md)\n"),
        ("plain/sub/a.md", "# A\n\n[x](gone.md)\n"),
    ]);
    for (path, code, said) in [
        ("native", 1, "content/guide/a.md:3:25"),
        ("native/content", 1, "content/guide/a.md:3:25"),
        ("native/content/guide", 1, "content/guide/a.md:3:25"),
        ("native/content/guide/a.md", 1, "content/guide/a.md:3:25"),
        ("native/content/index.md", 0, "no findings"),
        ("mint", 1, "sub/a.mdx:3:15"),
        ("mint/sub", 1, "sub/a.mdx:3:15"),
        ("mint/sub/a.mdx", 1, "sub/a.mdx:3:15"),
        ("mint/index.md", 0, "no findings"),
        ("plain", 1, "sub/a.md:3:5"),
        ("plain/sub", 1, "a.md:3:5"),
        ("plain/sub/a.md", 1, "a.md:3:5"),
    ] {
        let run = tree.run(&["check", path]);
        assert_eq!(run.code, code, "{path}: {run:?}");
        assert!(run.out.contains(said), "{path}: {run:?}");
    }
    let run = tree.run(&["check", "native/content/index.md", "mint/sub/a.mdx"]);
    assert_eq!(run.code, 1, "two trees at once: {run:?}");
    let run = run_in(&tree.root().join("mint/sub"), &["check"]);
    assert_eq!(run.code, 1, "from inside: {run:?}");
}

#[test]
fn json_follows_its_schema() {
    let schema = include_str!("../../content/manual/check-output.schema.json");
    let tree = native();
    tree.write(
        "content/bad.md",
        "# A {#x}\n# B {#x}\n\n[a](nope.md) [b](#gone) <Frob/>\n\n<Note>\n\n```json\n{\"a\" 1}\n```\n\n```json\n{a: 1}\n```\n\n```bash\nfor\n",
    );
    let run = tree.run(&["check", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let faults = schema_errors(schema, &run.out);
    assert!(faults.is_empty(), "{faults:#?}\n{}", run.out);
    assert!(report["diagnostics"].as_array().unwrap().len() >= 5, "{}", run.out);
    let mut wrong = report;
    wrong["diagnostics"][0]["severity"] = "fatal".into();
    assert!(!schema_errors(schema, &wrong.to_string()).is_empty(), "the schema refuses something");
}

#[test]
fn faults_in_the_settings_have_a_place_and_a_way_out() {
    for (text, place, said) in [
        ("titel = \"x\"\n", "1:1", "`title`"),
        ("\ntitle = 1\n", "2:9", "a string"),
        ("[check]\ngate = \"eror\"\n", "2:8", "`error`"),
        ("title = \"x\"\noutput = \"../out\"\n", "2:10", "leaves the root"),
        ("cache = \"../../c\"\n", "1:9", "leaves the root"),
        ("content = \"/etc\"\n", "1:11", "leaves the root"),
        ("[[schema]]\nfile = \"../s.json\"\n", "2:8", "leaves the root"),
        ("title = \"x\n", "1:", ""),
        ("a = [[[[\n", "1:", ""),
        ("[check.rules]\nbroken-lnk = \"off\"\n", "2:1", "`broken-link`"),
    ] {
        let tree = native();
        tree.write("docgen.toml", text);
        for command in ["check", "build", "serve"] {
            let arguments =
                if command == "serve" { vec!["serve", "--port", "0"] } else { vec![command] };
            let run = tree.run(&arguments);
            assert_eq!(run.code, 2, "{text}: {run:?}");
            let place = format!("docgen.toml:{place}");
            assert!(run.err.contains(&place) && run.err.contains(said), "{text} {place}: {run:?}");
        }
        assert!(!tree.exists("public"));
    }
}

#[test]
fn a_settings_file_from_elsewhere() {
    let tree = native();
    tree.write("other/site.toml", "title = \"Other\"\noutput = \"out\"\n");
    let run = tree.run(&["build", "--config", "other/site.toml"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(tree.read("out/index.html").contains("Other"));
    assert!(!tree.exists("public"));
    tree.write("other/site.toml", "\ntitel = 1\n");
    let run = tree.run(&["check", "--config", "other/site.toml"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("site.toml:2:1"), "{run:?}");
}

#[test]
fn a_base_url_moves_every_address() {
    let tree = native();
    tree.write(
        "content/raw.md",
        "# Raw\n\n<a href=\"/guide/a/\">x</a> <img src=\"/guide/p.png\"> [y](/guide/a)\n",
    );
    tree.write("docgen.toml", "[[redirect]]\nfrom = \"/old\"\nto = \"/guide/a\"\n");
    let run = tree.run(&["build", "--base-url", "https://example.com/docs/v1/"]);
    assert_eq!(run.code, 0, "{run:?}");
    let mut seen = 0;
    for (name, bytes) in snapshot(&tree.root().join("public")) {
        if !name.ends_with(".html") {
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        for attribute in ["href=\"", "src=\""] {
            for (at, _) in text.match_indices(attribute) {
                let rest = &text[at + attribute.len()..];
                let address = &rest[..rest.find('"').unwrap()];
                let fine = ["/docs/v1/", "#", "https://", "http://"];
                assert!(fine.iter().any(|start| address.starts_with(start)), "{name}: {address}");
                seen += 1;
            }
        }
    }
    assert!(seen > 20, "{seen}");
    assert!(tree.read("public/sitemap.xml").contains("https://example.com/docs/v1/guide/a/"));
    assert!(tree.read("public/old/index.html").contains("/docs/v1/guide/a/"));
}

#[test]
fn a_new_site_is_clean() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(run_in(dir.path(), &["new", "a/site"]).code, 0);
    for arguments in [["check", "a/site"], ["build", "a/site"]] {
        let run = run_in(dir.path(), &arguments);
        assert_eq!(run.code, 0, "{run:?}");
    }
    let run = run_in(dir.path(), &["check", "a/site", "--gate", "warning", "--notes"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.out.contains("no findings"), "{run:?}");
    assert_eq!(run_in(dir.path(), &["new", "a/site"]).code, 2, "never over something");
}

#[test]
fn settings_beside_a_docs_json_add_to_it() {
    let tree = Tree::new(&[
        (
            "docs.json",
            "{\"name\": \"Mint\", \"navigation\": {\"pages\": [\"index\"]}, \"redirects\": [{\"source\": \"/one\", \"destination\": \"/\"}]}",
        ),
        ("docgen.toml", "output = \"site\"\n[[redirect]]\nfrom = \"/two\"\nto = \"/\"\n"),
        ("index.mdx", "# Home\n\n<Note>Hi</Note>\n"),
    ]);
    let run = tree.run(&["build"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(tree.read("site/index.html").contains("Mint"));
    assert!(tree.exists("site/one/index.html") && tree.exists("site/two/index.html"));
    assert!(!tree.exists("site/docs.json") && !tree.exists("site/docgen.toml"));
}

#[test]
fn the_cache_helps_and_never_harms() {
    let tree = native();
    tree.write("content/code.md", "# C\n\n```rust\nfn main() {}\n```\n");
    assert_eq!(tree.run(&["build", "--no-cache"]).code, 0);
    assert!(!tree.exists(".docgen"), "--no-cache writes none");
    let without = snapshot(&tree.root().join("public"));
    assert_eq!(tree.run(&["build"]).code, 0);
    let cache = snapshot(&tree.root().join(".docgen"));
    assert!(!cache.is_empty());
    for (name, bytes) in &cache {
        let half = bytes.len() / 2;
        let mut flipped = bytes.clone();
        flipped[half] ^= 0xff;
        for damaged in [&bytes[..half], b"", &flipped, b"\xff\xff\xff\xff\xff\xff\xff\xff"] {
            tree.write(&format!(".docgen/{name}"), damaged);
            let run = tree.run(&["build"]);
            assert_eq!(run.code, 0, "{run:?}");
            assert_eq!(snapshot(&tree.root().join("public")), without);
        }
    }
}

#[test]
fn what_is_written_and_what_is_kept() {
    let tree = native();
    tree.write(
        "docgen.toml",
        "base_url = \"https://x.example\"\n[[redirect]]\nfrom = \"/old/page\"\nto = \"/guide/a\"\n",
    );
    assert_eq!(tree.run(&["build"]).code, 0);
    for path in ["index.html", "guide/a/index.html", "guide/p.png", "404.html", "sitemap.xml"] {
        assert!(tree.exists(&format!("public/{path}")), "{path}");
    }
    assert!(tree.read("public/old/page/index.html").contains("/guide/a/"));
    tree.write("public/.nojekyll", "");
    tree.write("public/CNAME", "docs.example");
    tree.write("public/.git/HEAD", "ref: x");
    fs::remove_file(tree.root().join("content/guide/a.md")).unwrap();
    tree.write("content/index.md", "# Only\n");
    tree.write("docgen.toml", "");
    let run = tree.run(&["build"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(!tree.exists("public/guide/a") && !tree.exists("public/old"));
    assert_eq!(tree.read("public/CNAME"), "docs.example");
    assert_eq!(tree.read("public/.git/HEAD"), "ref: x");
    assert!(tree.exists("public/.nojekyll"));
    tree.write("public/mine.txt", "mine");
    let run = tree.run(&["build"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.err.contains("mine.txt"), "{run:?}");
    assert_eq!(tree.read("public/mine.txt"), "mine");
}

#[test]
fn a_site_overrides_and_adds_to_the_theme() {
    let tree = native();
    tree.write("templates/404.html", "<p>lost in {{ site.title }}</p>");
    tree.write("static/docgen.css", "/* mine */");
    tree.write("static/extra.js", "/* more */");
    let run = tree.run(&["build"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(tree.read("public/404.html").trim(), "<p>lost in T</p>");
    assert_eq!(tree.read("public/docgen/docgen.css"), "/* mine */");
    assert_eq!(tree.read("public/docgen/extra.js"), "/* more */");
    assert!(tree.exists("public/docgen/docgen.js"), "the rest of the theme is still there");
    assert!(tree.read("public/index.html").contains("docgen.css"));
}

#[test]
fn the_output_never_depends_on_threads() {
    let tree = native();
    for number in 0..40 {
        tree.write(
            &format!("content/p{number}.md"),
            format!("# P{number}\n\n```json\n{{\"a\": {number}}}\n```\n"),
        );
    }
    let mut sites = Vec::new();
    for threads in ["1", "2", "7"] {
        let output = tree.root().join(format!("out{threads}"));
        assert_cmd::Command::cargo_bin("docgen")
            .unwrap()
            .env("RAYON_NUM_THREADS", threads)
            .args(["build", "--no-cache", "--output"])
            .arg(&output)
            .arg(tree.root())
            .assert()
            .success();
        let site = snapshot(&output);
        fs::remove_dir_all(&output).unwrap();
        sites.push(site);
    }
    assert!(sites.windows(2).all(|pair| pair[0] == pair[1]));
}
