//! The pages that this project began with, broken in every way that a review found: each way
//! gives a finding of the right rule at the right line, nothing is published, and the site that
//! stands is not touched.

use std::fs;
use std::path::Path;

use crate::common::{Tree, snapshot};

pub(crate) const PROXY: &str = "content/deployment/docker-reverse-proxy.md";
pub(crate) const OTHERS: &str = "content/deployment/other-proxies.md";
pub(crate) const PAIRING: &str = "content/operations/pairing-and-permissions.md";

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).unwrap();
        }
    }
}

/// A copy of this repository's own site.
pub(crate) fn copy_of_own_site() -> Tree {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tree = Tree::new(&[]);
    for folder in ["content", "specs"] {
        copy(&here.join(folder), &tree.root().join(folder));
    }
    fs::copy(here.join("docgen.toml"), tree.root().join("docgen.toml")).unwrap();
    tree
}

/// A copy of this repository's own site, published.
fn own_site() -> Tree {
    let tree = copy_of_own_site();
    let run = tree.run(&["build"]);
    assert_eq!(run.code, 0, "{run:?}");
    tree
}

/// A fenced block: the bytes of the opening line, of the text, and of the closing line.
#[derive(Clone, Debug)]
pub(crate) struct Fence {
    pub(crate) info: String,
    pub(crate) open: usize,
    pub(crate) text: std::ops::Range<usize>,
    pub(crate) end: usize,
}

pub(crate) fn fences(page: &str) -> Vec<Fence> {
    let (mut found, mut at) = (Vec::new(), 0);
    let mut open: Option<Fence> = None;
    for line in page.split_inclusive('\n') {
        let next = at + line.len();
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(info)) => {
                let info = info.trim().to_owned();
                open = Some(Fence { info, open: at, text: next..next, end: next });
            }
            (Some(fence), Some(_)) => {
                (fence.text.end, fence.end) = (at, next);
                found.extend(open.take());
            }
            _ => {}
        }
        at = next;
    }
    assert!(open.is_none());
    found
}

/// The first fence of a language that is no bad example and whose text has `needle`.
fn good(page: &str, language: &str, needle: &str) -> Fence {
    let is = |fence: &&Fence| {
        fence.info.split(' ').next() == Some(language)
            && !fence.info.contains("bad=")
            && page[fence.text.clone()].contains(needle)
    };
    fences(page).iter().find(is).unwrap_or_else(|| panic!("no {language} with {needle}")).clone()
}

pub(crate) fn line_of(page: &str, offset: usize) -> usize {
    page[..offset].matches('\n').count() + 1
}

/// A page made wrong: its text, the rule that must fire, and the line where.
struct Broken {
    what: String,
    text: String,
    rule: &'static str,
    line: usize,
}

/// Puts `with` in the place of the first `what` from `from` on.
fn replaced(page: &str, from: usize, what: &str, with: &str, rule: &'static str) -> Broken {
    let at = from + page[from..].find(what).unwrap_or_else(|| panic!("no `{what}`"));
    let text = format!("{}{with}{}", &page[..at], &page[at + what.len()..]);
    let line = line_of(&text, at);
    Broken { what: format!("`{what}` as `{with}`"), text, rule, line }
}

/// All ways of the review, on one page.
fn ways(page: &str) -> Vec<Broken> {
    let json = good(page, "json", "\"gateway\"");
    let mut ways = Vec::new();
    // A quote may have a backslash of its own in JSON, so the parser names that one.
    for (what, with, rule) in [
        ("\"g", "\"\\_g", "escaped-code"),
        ("{", "\\{", "escaped-code"),
        ("\"", "\\\"", "code-syntax"),
    ] {
        ways.push(replaced(page, json.text.start, what, with, rule));
    }
    ways.push(replaced(page, json.text.start, "\"gateway\"", "\"gatewy\"", "config-schema"));
    let inner = page[json.text.clone()].trim_end().rfind('\n').unwrap() + json.text.start + 1;
    let text = format!("{}{}", &page[..inner], &page[json.text.end..]);
    let line = line_of(&text, inner) - 1;
    ways.push(Broken { what: "JSON cut".into(), text, rule: "code-syntax", line });

    let last = fences(page).pop().unwrap();
    let text = format!("{}{}", &page[..last.text.end], &page[last.end..]);
    let line = line_of(&text, last.open);
    ways.push(Broken { what: "open fence".into(), text, rule: "unclosed-fence", line });

    ways.push(replaced(page, 0, ".md)", "-gone.md)", "broken-link"));
    let anchor = page.find("](#").unwrap() + 3;
    let end = anchor + page[anchor..].find(')').unwrap();
    ways.push(replaced(page, end, ")", "-gone)", "broken-anchor"));
    ways.extend(commands(page));
    ways.extend(bad_examples(page));
    ways
}

/// A misspelt flag and a misspelt command.
fn commands(page: &str) -> Vec<Broken> {
    let bash = good(page, "bash", "openclaw gateway --bind");
    let list = good(page, "bash", "devices list");
    vec![
        replaced(page, bash.text.start, "--bind", "--bnd", "unknown-flag"),
        replaced(page, list.text.start, "devices list", "devices lst", "unknown-command"),
    ]
}

/// Every asserted bad example, made right.
fn bad_examples(page: &str) -> Vec<Broken> {
    let mut ways = Vec::new();
    for fence in fences(page) {
        let Some((_, rule)) = fence.info.split_once("bad=") else { continue };
        if rule.starts_with('"') {
            continue;
        }
        let right = if fence.info.starts_with("json") {
            "{ \"gateway\": { \"port\": 18789 } }\n"
        } else {
            "openclaw devices list\n"
        };
        let text = format!("{}{right}{}", &page[..fence.text.start], &page[fence.text.end..]);
        let line = line_of(&text, fence.open);
        ways.push(Broken { what: fence.info.clone(), text, rule: "bad-example-passes", line });
    }
    assert!(ways.len() >= 3, "the page asserts too little to show anything");
    ways
}

fn refuses_each(page: &str, ways: impl Fn(&str) -> Vec<Broken>) {
    let tree = own_site();
    let public = tree.root().join("public");
    let before = snapshot(&public);
    let right = tree.read(page);
    for broken in ways(&right) {
        assert_ne!(broken.text, right, "{}", broken.what);
        tree.write(page, &broken.text);
        let found = tree.findings();
        let inside = page.strip_prefix("content/").unwrap();
        let fires = found.iter().any(|one| {
            one.rule == broken.rule
                && one.line == broken.line
                && one.severity == "error"
                && one.path.ends_with(inside)
        });
        let (what, rule, line) = (&broken.what, broken.rule, broken.line);
        assert!(fires, "{what}: no {rule} at line {line}: {found:#?}");
        let run = tree.run(&["build"]);
        assert_eq!(run.code, 1, "{what}: {run:?}");
        assert!(run.out.contains(rule) && run.err.contains("nothing was published"), "{run:?}");
        assert_eq!(snapshot(&public), before, "{what}: the site was touched");
    }
    tree.write(page, &right);
    assert_eq!(tree.run(&["build"]).code, 0);
    assert_eq!(snapshot(&public), before, "the right page again gives the site again");
}

#[test]
fn the_page_on_the_proxy() {
    refuses_each(PROXY, ways);
}

#[test]
fn the_page_on_pairing() {
    // It shows no gateway command, so that one stands only on the other page.
    refuses_each(PAIRING, |page| {
        let end = page.len();
        let page = format!("{page}\n```bash\nopenclaw gateway --bind lan --port 18789\n```\n");
        assert!(page.len() > end);
        ways(&page)
    });
}

/// Whichever fence loses its end, somebody hears of it.
#[test]
fn every_fence_matters() {
    let tree = own_site();
    for page in [PROXY, OTHERS, PAIRING] {
        let right = tree.read(page);
        for fence in fences(&right) {
            let text = format!("{}{}", &right[..fence.text.end], &right[fence.end..]);
            tree.write(page, text);
            let run = tree.run(&["check"]);
            assert_eq!(run.code, 1, "{page}: {} at {}: {run:?}", fence.info, fence.open);
        }
        tree.write(page, right);
    }
}
