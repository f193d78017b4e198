//! The sites in a real browser: `browser/*.mjs` say what, Chromium shows it.
//!
//! Where node, Chromium or the packages of `browser/package.json` are absent, the trials are shown
//! as ignored with the reason; where `DOCGEN_REQUIRE_BROWSER` is set, that is a failure.

use crate::shared;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, OnceLock};

use libtest_mimic::{Failed, Trial};
use serde::Deserialize;

const OPENCLAW: &str = "corpora/openclaw-en.tar.zst";

#[derive(Deserialize)]
struct Listed {
    name: String,
    needs: String,
}

#[derive(Deserialize)]
struct Verdict {
    name: String,
    ok: bool,
    message: String,
}

type Verdicts = Arc<OnceLock<Result<HashMap<String, Verdict>, String>>>;

/// The trials of this subject.
pub fn trials() -> Vec<Trial> {
    match chromium().and_then(|chromium| Ok((chromium, list()?))) {
        Ok((chromium, listed)) => browser_trials(chromium, listed),
        Err(reason) => vec![absent(reason)],
    }
}

/// A trial for all that cannot run, with the reason.
fn absent(reason: String) -> Trial {
    if std::env::var_os("DOCGEN_REQUIRE_BROWSER").is_some() {
        return Trial::test("browser", move || Err(Failed::from(reason)));
    }
    Trial::test(format!("browser (ignored: {reason})"), || Ok(())).with_ignored_flag(true)
}

fn scripts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser")
}

fn chromium() -> Result<PathBuf, String> {
    let named = std::env::var_os("DOCGEN_CHROMIUM").map(PathBuf::from);
    let usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    let found = named.into_iter().chain(usual.map(PathBuf::from)).find(|path| path.is_file());
    found.ok_or_else(|| "Chromium is absent; DOCGEN_CHROMIUM names another place".to_owned())
}

/// The tests, by asking the script that holds them.
fn list() -> Result<Vec<Listed>, String> {
    let packages = scripts().join("node_modules/playwright-core");
    if !packages.is_dir() {
        return Err("`npm ci` in tests/browser was not run".to_owned());
    }
    let output = Command::new("node").current_dir(scripts()).args(["run.mjs", "--list"]).output();
    let output = output.map_err(|error| format!("node is absent: {error}"))?;
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    let listed: Vec<Listed> =
        lines.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    if listed.is_empty() {
        return Err(format!("node lists no test: {}", String::from_utf8_lossy(&output.stderr)));
    }
    Ok(listed)
}

fn browser_trials(chromium: PathBuf, listed: Vec<Listed>) -> Vec<Trial> {
    let verdicts: Verdicts = Arc::default();
    let chromium = Arc::new(chromium);
    let trial = |one: Listed| {
        let (verdicts, chromium, name) =
            (Arc::clone(&verdicts), Arc::clone(&chromium), one.name.clone());
        let run = move || {
            let all = verdicts.get_or_init(|| run(&chromium)).as_ref().map_err(Failed::from)?;
            match all.get(&name) {
                Some(verdict) if verdict.ok => Ok(()),
                Some(verdict) => Err(Failed::from(&verdict.message)),
                None => Err(Failed::from("the script did not come so far")),
            }
        };
        let needs: &[&str] = if one.needs == "openclaw" { &[OPENCLAW] } else { &[] };
        shared::trial(&one.name, needs, run)
    };
    listed.into_iter().map(trial).collect()
}

/// Builds the sites and runs all tests in one browser.
fn run(chromium: &Path) -> Result<HashMap<String, Verdict>, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sites = vec![("source".to_owned(), root.join("content"))];
    let mut build = |name: &str, tree: &Path| {
        let output = folder.path().join(format!("{name}-site"));
        docgen(tree, &output)?;
        sites.push((name.to_owned(), output));
        Ok::<(), String>(())
    };
    build("own", root)?;
    for (name, files) in small_sites() {
        let tree = folder.path().join(name);
        for (path, text) in files {
            write(&tree.join(path), text.as_bytes())?;
        }
        build(name, &tree)?;
    }
    if shared::shared(OPENCLAW).is_file() {
        let tree = folder.path().join("openclaw");
        let mut failed = None;
        shared::unpack(&shared::shared(OPENCLAW), |path, bytes| {
            if let Ok(path) = path.strip_prefix("openclaw-en/docs") {
                failed = write(&tree.join(path), &bytes).err().or(failed.take());
            }
        });
        failed.map_or(Ok(()), Err)?;
        build("openclaw", &tree)?;
    }
    let mut command = Command::new("node");
    command.current_dir(scripts()).arg("run.mjs").arg("--chromium").arg(chromium);
    for (name, site) in &sites {
        command.arg("--site").arg(format!("{name}={}", site.display()));
    }
    let output = command.stdin(Stdio::null()).output().map_err(|error| error.to_string())?;
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    let verdicts = lines.lines().filter_map(|line| serde_json::from_str::<Verdict>(line).ok());
    let verdicts: HashMap<String, Verdict> = verdicts.map(|one| (one.name.clone(), one)).collect();
    for verdict in verdicts.values().filter(|one| one.ok && !one.message.is_empty()) {
        eprintln!("{}: {}", verdict.name, verdict.message);
    }
    if !output.status.success() {
        return Err(format!("the script failed: {}", String::from_utf8_lossy(&output.stderr)));
    }
    Ok(verdicts)
}

fn docgen(tree: &Path, output: &Path) -> Result<(), String> {
    let run = Command::new(env!("CARGO_BIN_EXE_docgen"))
        .arg("build")
        .arg(tree)
        .arg("--output")
        .arg(output)
        .args(["--gate", "off", "--no-cache"])
        .output()
        .map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    if run.status.success() { Ok(()) } else { Err(format!("{}: {said}", tree.display())) }
}

fn write(file: &Path, bytes: &[u8]) -> Result<(), String> {
    let folder = file.parent().ok_or("no folder")?;
    std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    std::fs::write(file, bytes).map_err(|error| format!("{}: {error}", file.display()))
}

/// A picture for each theme, in each spelling.
const PICTURES: &str = "# Pictures\n\n![L](wide.svg#only-light)\n![D](wide.svg#gh-dark-mode-only)\n\n\
    <picture><source media=\"(prefers-color-scheme: dark)\" srcset=\"wide.svg\">\
    <img alt=\"P\" src=\"logo.svg\" width=\"40\"></picture>\n\n<img alt=\"W\" src=\"wide.svg\" width=\"40\">\n";

/// Tabs whose titles are Markdown, in both spellings.
const TABS: &str = "# Tabs\n\n<Tabs>\n<Tab title=\"Use `npm` &amp; **x**\">\n\na\n\n</Tab>\n<Tab title=\"B\">\n\nb\n\n\
    </Tab>\n</Tabs>\n\n::::tabs\n:::tab Use `npm` &amp; **x**\nc\n:::\n:::tab [B](index.md)\nd\n:::\n::::\n";

/// A page with a large picture and a small one, and code with colours and annotations.
const ASKING: &str = "---\ntags: [Code]\n---\n\n# Asking\n\n![Large](large.svg)\n\n![Small](small.svg)\n\n\
    ```ansi\n\\x1b[31mok\\x1b[0m done\n```\n\n\
    ```toml annotate\na = 1 # (1)\nb = 2 # (2)!\n```\n\n1. The first.\n2. The second.\n\n## One\n\nText.\n";

/// A page with what a screen reader has to name: files, a video, terms.
const MEDIA: &str = "# Media\n\nThe Gateway speaks HTTP to a <Tooltip tip=\"One of many\">client</Tooltip>.\n\n\
    <FileTree>\n\n- content\n  - [index.md](index.md)\n  - manual\n    - **install.md** the page\n- docgen.toml\n\n\
    </FileTree>\n\n<Video src=\"tour.mp4\" poster=\"small.svg\" captions=\"tour.vtt\" title=\"A tour\">\n  \
    The first minutes.\n</Video>\n\n<Update label=\"2.0.0\" description=\"Today\">\n  More.\n</Update>\n";

/// The terms that pages explain.
const GLOSSARY: &str =
    "*[HTTP]: Hypertext Transfer Protocol\n\nGateway\n: What all messages go through.\n";

/// A page about an endpoint, longer than a screen.
const ENDPOINT: &str = "---\ntitle: Users\napi: GET /users\ntags: [Users, http]\n---\n\nAll of them.\n\n\
    <RequestExample>\n```bash title=\"a.sh\"\ncurl https://a.dev\n```\n</RequestExample>\n\n\
    <ResponseExample>\n```json title=\"200\"\n[1]\n```\n</ResponseExample>\n\n\
    <ParamField query=\"limit\" type=\"integer\" required>At most.</ParamField>\n\n\
    <ParamField body=\"name\">A name.</ParamField>\n\n## One\n\n1\n\n## Two\n\n2\n\n## Three\n\n3\n\n\
    ## Four\n\n4\n\n## Five\n\n5\n\n## Six\n\n6\n\n## Seven\n\n7\n\n## Eight\n\n8\n\n## Nine\n\n9\n";

/// Sites that are made for one test.
fn small_sites() -> [(&'static str, Vec<(&'static str, &'static str)>); 3] {
    let page =
        "# صفحة\n\n## الأول\n\nنص مع `code`.\n\n```bash\necho hello\n```\n\n## الثاني\n\nنص.\n";
    let look = "logo = \"logo.svg\"\n[theme]\nbackground = \"#fffaf0\"\ntext = \"#222233\"\n\
                primary = \"#7a1f5c\"\nbanner = \"Version 2 is out\"\n";
    let footer = "{% extends \"base.html\" %}\n{% block content %}{{ page.body | safe }}{% endblock content %}\n\
                  {% block footer %}<footer class=\"site-footer\">Ours</footer>{% endblock footer %}\n";
    let asking = "title = \"Asking\"\nglossary = \"glossary.md\"\nfeedback = \"/answers\"\nreport_url = \"https://a.dev/new\"\n\
                  [consent]\nscripts = [\"counts.js\"]\n";
    [
        (
            "asking",
            vec![
                ("docgen.toml", asking),
                ("content/index.md", ASKING),
                ("content/api.md", ENDPOINT),
                ("content/media.md", MEDIA),
                ("content/tour.mp4", ""),
                ("content/tour.vtt", "WEBVTT\n"),
                ("glossary.md", GLOSSARY),
                ("content/counts.js", "window.counted = 1 + (window.counted || 0);\n"),
                (
                    "content/large.svg",
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"2400\" height=\"800\"/>",
                ),
                (
                    "content/small.svg",
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"80\" height=\"20\"/>",
                ),
            ],
        ),
        (
            "rtl",
            vec![
                ("docgen.toml", "title = \"دليل\"\nlanguage = \"ar\"\n"),
                ("content/index.md", "# البداية\n\n[صفحة](a.md)\n"),
                ("content/a.md", page),
            ],
        ),
        (
            "own-look",
            vec![
                ("docgen.toml", look),
                ("content/index.md", "# Ours\n\nText.\n"),
                (
                    "content/logo.svg",
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"/>",
                ),
                ("content/pictures.md", PICTURES),
                ("content/tabs.md", TABS),
                (
                    "content/wide.svg",
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"80\" height=\"20\"/>",
                ),
                ("templates/page.html", footer),
            ],
        ),
    ]
}
