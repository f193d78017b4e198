//! What the pull request of a unknown_generator can do to those who build it: nothing. Its pages, settings
//! and symlinks read no file that its author could not see, and write nothing but their own pages.

use std::path::Path;
use std::process::Command;

use crate::common::{Tree, snapshot};

/// What no published file may say.
const SECRET: &str = "TOKEN-of-the-runner";

/// A clone as a runner has it: a token in the settings of git, another in a file that is ignored,
/// and a hidden file that is part of the repository.
fn clone(files: &[(&str, &str)]) -> Tree {
    let tree = Tree::new(files);
    tree.write(".gitignore", ".env\n");
    tree.write(".env", SECRET);
    tree.write(".github/workflows/ci.yml", "name: tracked\n");
    git(&tree.root(), &["init", "--quiet"]);
    git(&tree.root(), &["add", "--force", ".gitignore", ".github"]);
    git(&tree.root(), &["config", "url.x.insteadOf", SECRET]);
    tree.write(".secret/token.md", SECRET);
    tree
}

fn git(folder: &Path, arguments: &[&str]) {
    let run = Command::new("git").arg("-C").arg(folder).args(arguments).output().unwrap();
    assert!(run.status.success(), "{run:?}");
}

/// Builds a tree whatever is wrong with it, and sees that nothing secret was published.
fn keeps_secrets(tree: &Tree, output: &str) {
    let run = tree.run(&["build", "--gate", "off", "--no-cache"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(!format!("{run:?}").contains(SECRET), "{run:?}");
    for (path, bytes) in snapshot(&tree.root().join(output)) {
        assert!(!String::from_utf8_lossy(&bytes).contains(SECRET), "{path}");
    }
}

/// The settings of each generator that takes in other files, and the folder of its pages.
const GENERATORS: [(&str, &str, &str, &str); 4] = [
    ("mdbook", "book.toml", "[book]\n", "src"),
    ("mkdocs", "mkdocs.yml", "site_name: x\n", "docs"),
    ("vitepress", ".vitepress/config.mts", "export default {}\n", ""),
    ("docusaurus", "docusaurus.config.js", "module.exports = {}\n", "docs"),
];

fn refused(generator: &str, include: &str, why: &str) {
    let (_, settings, text, folder) =
        GENERATORS.into_iter().find(|(name, ..)| *name == generator).unwrap();
    let place = |name: &str| format!("{folder}/{name}").trim_start_matches('/').to_owned();
    let page = format!("# Page\n\n{include}\n");
    let tree = clone(&[(settings, text), (&place("index.md"), &page)]);
    tree.write(&place("SUMMARY.md"), "# Summary\n\n- [Page](index.md)\n");
    let found = tree.findings();
    let said: Vec<&str> = found
        .iter()
        .filter(|one| one.rule == "missing-include" && one.path == place("index.md"))
        .map(|one| one.message.as_str())
        .collect();
    let [said] = said.as_slice() else { panic!("{generator} {include}: {found:?}") };
    assert!(said.contains(why), "{generator} {include}: {said}");
    keeps_secrets(&tree, "_site");
}

#[test]
fn no_include_reads_what_git_keeps_or_does_not_track() {
    let (git, hidden) = ("it belongs to git itself", "it is hidden, and git does not track it");
    for (generator, include, why) in [
        ("mdbook", "{{#include ../.git/config}}", git),
        ("mdbook", "{{#include ../.env}}", hidden),
        ("mdbook", "{{#rustdoc_include ../.git/config:1:2}}", git),
        ("mdbook", "{{#playground ../.env}}", hidden),
        ("mkdocs", "--8<-- \".git/config\"", git),
        ("mkdocs", "--8<-- \".env\"", hidden),
        ("mkdocs", "--8<--\n.env\n--8<--", hidden),
        ("vitepress", "<<< @/.git/config", git),
        ("vitepress", "<<< ./.env", hidden),
        ("vitepress", "<!--@include: ./.env-->", hidden),
        ("vitepress", "<!--@include: ./.GIT/config-->", git),
        ("docusaurus", "import A from '../.secret/token.md';\n\n<A />", hidden),
        ("docusaurus", "import A from '@site/.secret/token.md';\n\n<A />", hidden),
    ] {
        refused(generator, include, why);
    }
}

#[test]
fn a_hidden_file_that_git_tracks_is_included() {
    let tree = clone(&[
        ("book.toml", "[book]\n"),
        ("src/SUMMARY.md", "# Summary\n\n- [Page](index.md)\n"),
        ("src/index.md", "# Page\n\n```yaml\n{{#include ../.github/workflows/ci.yml}}\n```\n"),
    ]);
    assert!(tree.findings().is_empty(), "{:?}", tree.findings());
    keeps_secrets(&tree, "_site");
    assert!(tree.read("_site/index.html").contains("tracked"));
    // Without a repository nobody knows what is meant to be seen.
    std::fs::remove_dir_all(tree.root().join(".git")).unwrap();
    let found = tree.findings();
    assert!(found.iter().any(|one| one.rule == "missing-include"), "{found:?}");
}

#[cfg(unix)]
#[test]
fn no_symlink_leads_to_them() {
    use std::os::unix::fs::symlink;
    let tree = clone(&[
        ("docgen.toml", "title = \"x\"\n"),
        ("content/index.md", "# Home\n"),
        ("templates/partials/footer.html", "x"),
    ]);
    let root = tree.root();
    symlink("../.git/config", root.join("content/a.txt")).unwrap();
    symlink("../.env", root.join("content/b.md")).unwrap();
    symlink("../.git", root.join("content/c")).unwrap();
    symlink("../.github/workflows/ci.yml", root.join("content/d.txt")).unwrap();
    symlink("../../.env", root.join("templates/partials/header.html")).unwrap();
    let mut said: Vec<(String, String)> =
        tree.findings().into_iter().map(|one| (one.path, one.message)).collect();
    said.sort();
    let said: Vec<String> = said.into_iter().map(|(path, why)| format!("{path}: {why}")).collect();
    assert_eq!(
        said,
        [
            "content/a.txt: not read: symlink: it leads to `.git/config` (it belongs to git \
             itself)",
            "content/b.md: not read: symlink: it leads to `.env` (it is hidden, and git does \
             not track it)",
            "content/c: not read: symlink: it leads to `.git` (it belongs to git itself)",
            "templates/partials/header.html: not read: symlink: it leads to `.env` (it is \
             hidden, and git does not track it)",
        ]
    );
    keeps_secrets(&tree, "public");
    assert!(tree.read("public/d.txt").contains("tracked"));
}

#[cfg(unix)]
#[test]
fn no_include_follows_a_symlink_to_them() {
    use std::os::unix::fs::symlink;
    for (link, target, include, why) in [
        ("src/a.txt", "../.git/config", "{{#include a.txt}}", "it leads to `.git/config`"),
        ("src/up", "../.git", "{{#include up/config}}", "it leads to `.git/config`"),
        ("src/hid", "../.secret", "{{#include hid/token.md}}", "it leads to `.secret/token.md`"),
        ("src/out", "/etc", "{{#include out/hostname}}", "it leads outside of the root"),
    ] {
        let page = format!("# Page\n\n{include}\n");
        let tree = clone(&[
            ("book.toml", "[book]\n"),
            ("src/SUMMARY.md", "# Summary\n\n- [Page](index.md)\n"),
            ("src/index.md", &page),
        ]);
        symlink(target, tree.root().join(link)).unwrap();
        let found = tree.findings();
        let said = found.iter().find(|one| one.rule == "missing-include");
        assert!(said.is_some_and(|one| one.message.contains(why)), "{include}: {found:?}");
        keeps_secrets(&tree, "_site");
    }
}

#[test]
fn no_setting_makes_them_content() {
    for (settings, text) in [
        ("mkdocs.yml", "site_name: x\ndocs_dir: .git\n"),
        ("mkdocs.yml", "site_name: x\ndocs_dir: .secret\n"),
        ("book.toml", "[book]\nsrc = \".secret\"\n"),
        ("docusaurus.config.js", "module.exports = { staticDirectories: ['.git', '.secret'] }\n"),
        ("docgen.toml", "content = \".secret\"\n"),
        ("docgen.toml", "flavour = \"plain\"\ncontent = \".git\"\n"),
    ] {
        let tree = clone(&[(settings, text), ("docs/index.md", "# Page\n")]);
        let run = tree.run(&["build", "--gate", "off", "--no-cache", "--output", "out"]);
        for (path, bytes) in snapshot(&tree.root()) {
            let shown =
                path.starts_with("out/") && String::from_utf8_lossy(&bytes).contains(SECRET);
            assert!(!shown, "{text}: {path} {run:?}");
        }
    }
}

#[test]
fn the_root_does_not_rise_above_the_repository() {
    let tree = Tree::new(&[
        ("secret.md", SECRET),
        ("clone/docs/mkdocs.yml", "site_name: x\ndocs_dir: ../..\n"),
        ("clone/docs/index.md", "# Page\n\n--8<-- \"../../secret.md\"\n"),
    ]);
    let clone = tree.root().join("clone");
    git(&clone, &["init", "--quiet"]);
    let run =
        crate::common::run_in(&clone.join("docs"), &["build", "--gate", "off", "--output", "out"]);
    for (path, bytes) in snapshot(&clone) {
        assert!(!String::from_utf8_lossy(&bytes).contains(SECRET), "{path}: {run:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_looks_like_a_repository_runs_nothing() {
    let tree = clone(&[("docs/index.md", "# Page\n")]);
    let (root, docs) = (tree.root(), tree.root().join("docs"));
    // The parts of a repository are files like others, and can be committed like others.
    git(&root, &["init", "--quiet", "--bare", "docs"]);
    let who = ["-c", "user.name=x", "-c", "user.email=x@example.com"];
    let commit = ["--git-dir=docs", "--work-tree=.", "commit", "--quiet", "--allow-empty", "-mx"];
    git(&root, &["--git-dir=docs", "--work-tree=.", "add", "docs/index.md"]);
    git(&root, &[&who[..], &commit].concat());
    let marker = root.join("RAN");
    let settings = format!(
        "[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = ..\n\tfsmonitor = \
         \"touch {}; false\"\n",
        marker.display()
    );
    tree.write("docs/config", settings);
    let unsafe_run =
        Command::new("git").arg("-C").arg(&docs).args(["diff", "HEAD", "--", "."]).output();
    assert!(unsafe_run.is_ok() && marker.exists(), "git itself runs it");
    std::fs::remove_file(&marker).unwrap();
    for arguments in [&["check"][..], &["check", "--since", "HEAD"], &["check", "--staged"]] {
        crate::common::run_in(&docs, arguments);
    }
    assert!(!marker.exists());
}

#[test]
fn no_value_writes_a_line_of_its_own() {
    let tree = Tree::new(&[
        (
            "docgen.toml",
            "title = \"T\\n## Evil title\"\ndescription = \"D\\n## Evil description\"\n\
             base_url = \"https://docs.example\"\n\
             [[redirect]]\nfrom = \"/a\\n/* /evil/ 302!\"\nto = \"/\"\n\
             [[redirect]]\nfrom = \"/b c\"\nto = \"/d\\n/* /evil/ 302!\"\n\
             [[redirect]]\nfrom = \"/e/*\"\nto = \"/d *\\n/* /evil/ 302!\"\n\
             [[nav]]\ntitle = \"N\\n## Evil group\"\npages = [\"index\", \"other\"]\n",
        ),
        (
            "content/index.md",
            "---\ntitle: \"I\\n## Evil page\"\ndescription: \"S\\n- [x](https://evil.example)\"\n\
             aliases:\n  - \"/x\\n/* https://evil.example/:splat 302!\"\n  - /*\n  - /:any\n  \
             - \"/y z\"\n  - \"/u\\u2028/* /evil/ 302!\"\n---\n\nText.\n",
        ),
        (
            "content/other.md",
            "---\ntitle: \"](https://evil.example) [x\"\n---\n\n<button onclick=\"x()\">A</button>\n",
        ),
    ]);
    let refused: Vec<String> = tree
        .findings()
        .into_iter()
        .filter(|one| one.rule == "broken-redirect" && one.path == "content/index.md")
        .map(|one| one.message)
        .collect();
    assert_eq!(refused.len(), 4, "{refused:?}");
    let run = tree.run(&["build", "--gate", "off", "--no-cache"]);
    assert_eq!(run.code, 0, "{run:?}");
    let redirects = tree.read("public/_redirects");
    for line in redirects.lines() {
        let fields: Vec<&str> = line.split(char::is_whitespace).collect();
        assert!(matches!(fields[..], [from, _, "301"] if from.starts_with('/')), "{redirects}");
        assert!(!fields[0].starts_with("/*") && !fields[0].starts_with("/:"), "{redirects}");
    }
    assert!(redirects.contains("/y%20z / 301\n"), "{redirects}");
    let list = tree.read("public/llms.txt");
    assert!(!list.contains("\n## Evil") && !list.contains("\n- [x]"), "{list}");
    assert!(
        list.contains("- [\\](https://evil.example) \\[x](https://docs.example/other.md)"),
        "{list}"
    );
    let all = tree.read("public/llms-full.txt");
    assert!(!all.contains("\n## Evil"), "{all}");
    let headers = tree.read("public/_headers");
    assert!(headers.contains("; form-action 'self'; frame-ancestors"), "{headers}");
    let page = tree.read("public/other/index.html");
    assert!(page.contains("form-action") && !page.contains("script-src"), "{page}");
}

#[test]
fn the_code_of_a_component_is_no_script_of_the_page() {
    let tree = Tree::new(&[
        (".vitepress/config.mts", "export default {}\n"),
        (
            "index.md",
            "# A\n\n<script setup>\nalert('SETUP')\n\nalert('<b>TWICE')\n</script>\n\nText.\n",
        ),
    ]);
    assert!(
        tree.findings().iter().all(|one| one.rule != "active-content"),
        "{:?}",
        tree.findings()
    );
    let run = tree.run(&["build", "--gate", "off", "--no-cache"]);
    assert_eq!(run.code, 0, "{run:?}");
    let page = tree.read("_site/index.html");
    for code in ["SETUP", "TWICE", "<script setup"] {
        assert!(!page.contains(code), "{page}");
    }
    assert!(page.contains("Text.") && page.contains("script-src"), "{page}");
}

#[test]
fn whatever_a_page_does_by_itself_is_found() {
    for (text, severity, what) in [
        ("[x](javascript:alert(1))", "error", "`javascript:alert(1)` runs code"),
        ("[x][r]\n\n[r]: JavaScript:alert(1)", "error", "runs code"),
        ("<javascript:alert(1)>", "error", "runs code"),
        ("![x](data:text/html,y)", "error", "runs code"),
        ("<a href=\"java\nscript:alert(1)\">x</a>", "error", "runs code"),
        ("<form action=\"javascript:alert(1)\"></form>", "error", "runs code"),
        ("<iframe src=\"javascript:alert(1)\"></iframe>", "error", "runs code"),
        ("<Card title=\"x\" href=\"javascript:alert(1)\">y</Card>", "error", "runs code"),
        ("<base href=\"https://evil.example/\">", "error", "`<base>`"),
        ("<META HTTP-EQUIV=refresh content=\"0;url=https://evil.example\">", "error", "refresh"),
        ("<p onclick=\"alert(1)\">x</p>", "warning", "`onclick`"),
        ("Text <b ONMOUSEOVER=alert(1)>x</b>.", "warning", "`onmouseover`"),
        ("<div\n\"x\" onload=alert(1)>", "warning", "`onload`"),
        ("<p a\"b onclick=alert(1)>x</p>", "warning", "`onclick`"),
        ("<script>\nalert(1)\n</script>", "warning", "a script of this page"),
        ("<script type=module src=\"https://evil.example/x.js\"></script>", "warning", "x.js"),
        ("<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>", "warning", "`srcdoc`"),
        ("<form action=\"https://evil.example/\"></form>", "warning", "does not allow forms"),
        ("<button formaction=\"//evil.example/\">x</button>", "warning", "does not allow forms"),
    ] {
        let page = format!("# A\n\n{text}\n");
        let tree = Tree::new(&[("docgen.toml", ""), ("content/index.md", &page)]);
        let found = tree.findings();
        let found: Vec<_> = found.iter().filter(|one| one.rule == "active-content").collect();
        let [one] = found.as_slice() else { panic!("{text}: {found:?}") };
        assert!(one.severity == severity && one.message.contains(what), "{text}: {one:?}");
    }
    for text in [
        "`<script>` and `onclick=x`",
        // No tag for Markdown, and so published as text.
        "<svg/onload=alert(1)>",
        "```html\n<script>x</script>\n```",
        "<script type=\"application/ld+json\">{}</script>",
        "<form action=\"/send\"></form>",
        "<!-- <script>x</script> <p onclick=x> -->",
        "<p title=\"onclick=x\" only=\"y\">x</p>",
        "Say javascript: or [x](https://example.com/?javascript:)",
    ] {
        let page = format!("# A\n\n{text}\n");
        let tree = Tree::new(&[("docgen.toml", ""), ("content/index.md", &page)]);
        let found = tree.findings();
        assert!(found.iter().all(|one| one.rule != "active-content"), "{text}: {found:?}");
    }
}
