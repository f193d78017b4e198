//! The preview, over a plain socket: what it sends is what `build` writes, less the reload script.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::common::{Tree, snapshot};

const SCRIPT: &str = "<script src=\"/__docgen/reload.js\" defer></script>";

/// After this a wait is ended that would never end: nothing is said of how long one takes.
const NEVER: Duration = Duration::from_secs(20 * 60);

struct Server {
    child: Child,
    address: String,
    /// What it writes to standard error, line by line.
    errors: Receiver<String>,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts a preview and reads from its output where it listens. Both outputs are read to their end,
/// or the server would wait for somebody to do it.
fn serve(tree: &Tree) -> Server {
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("docgen"))
        .args(["serve", "--port", "0"])
        .current_dir(tree.root())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (send, errors) = channel();
    let written = BufReader::new(child.stderr.take().unwrap()).lines();
    // Not every test listens.
    std::thread::spawn(move || {
        written.map_while(Result::ok).for_each(|line| drop(send.send(line)))
    });
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let line = lines.by_ref().map(Result::unwrap).find(|line| line.contains("http://")).unwrap();
    let address = line.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
    std::thread::spawn(move || lines.for_each(drop));
    Server { child, address, errors }
}

impl Server {
    fn ask(&self, path: &str, host: &str) -> (String, Vec<u8>) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(NEVER)).unwrap();
        let end = "Connection: close\r\nOrigin: https://evil.example\r\n\r\n";
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\n{end}").unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap_or_else(|error| panic!("{path} hangs: {error}"));
        let at = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let body = bytes.split_off(at + 4);
        (String::from_utf8(bytes).unwrap().to_ascii_lowercase(), body)
    }

    fn get(&self, path: &str) -> (String, Vec<u8>) {
        self.ask(path, "localhost")
    }

    /// Waits until it says that it could not open the tree.
    fn refuses(&self) {
        let mut lines = std::iter::repeat_with(|| self.errors.recv_timeout(NEVER));
        lines.find(|line| line.as_ref().expect("no error is said").starts_with("error: "));
    }
}

/// A site below a path of its host, by docgen's own settings and by those of another generator.
#[test]
fn the_preview_stands_where_the_site_will_stand() {
    let page = "# Home\n\n![](p.png) <object data=\"/p.png\"></object>\n";
    for (settings, text, content) in [
        (
            "docgen.toml",
            "title = \"T\"\nbase_url = \"https://example.org/a%20b/docs\"\n",
            "content",
        ),
        ("mkdocs.yml", "site_name: T\nsite_url: https://example.org/a%20b/docs/\n", "docs"),
    ] {
        let tree = Tree::new(&[
            (settings, text),
            (&format!("{content}/index.md"), page),
            (&format!("{content}/p.png"), "\u{89}PNG"),
        ]);
        let server = serve(&tree);
        for path in ["/", "/a%20b/docs"] {
            let (head, _) = server.get(path);
            assert!(head.starts_with("http/1.1 302"), "{settings} {path}: {head}");
            assert!(head.contains("location: /a%20b/docs/\r\n"), "{settings} {path}: {head}");
        }
        let (head, body) = server.get("/a%20b/docs/");
        assert!(head.starts_with("http/1.1 200"), "{settings}: {head}");
        let body = String::from_utf8(body).unwrap();
        assert!(body.contains("src=\"/a%20b/docs/p.png"), "{settings}: {body}");
        assert!(server.get("/a%20b/docs/p.png").0.starts_with("http/1.1 200"), "{settings}");
        // What is not below the path is not there, as it will not be on the host.
        for path in ["/p.png", "/index.html", "/a%20b/docsp.png"] {
            assert!(server.get(path).0.starts_with("http/1.1 404"), "{settings} {path}");
        }
    }
}

fn tree() -> Tree {
    Tree::new(&[
        ("docgen.toml", "title = \"T\"\n[[redirect]]\nfrom = \"/old\"\nto = \"/guide/a\"\n"),
        (
            "content/index.md",
            "# Home\n\n[a](guide/a.md) ![](guide/p.png)\n\n```json\n{\"a\": 1}\n```\n",
        ),
        ("content/guide/a.md", "# A\n\n[home](/) [ä](../%C3%A4%20b.md)\n"),
        ("content/ä b.md", "# Umlaut\n"),
        ("content/guide/p.png", "\u{89}PNG"),
    ])
}

#[test]
fn each_language_gets_its_own_page_for_missing_addresses() {
    for (settings, base) in [("", ""), ("base_url = \"https://x.example/docs\"\n", "/docs")] {
        let tree = Tree::new(&[
            ("docgen.toml", settings),
            ("content/index.md", "# Home\n"),
            ("content/ar/index.md", "# Arabic home\n"),
            ("content/ar/404.md", "# Nowhere in Arabic\n"),
        ]);
        let server = serve(&tree);
        for (path, own) in [("/ar/none/", true), ("/ar/404.html", true), ("/none/", false)] {
            let (head, body) = server.get(&format!("{base}{path}"));
            assert!(head.starts_with("http/1.1 404"), "{base}{path}: {head}");
            let text = String::from_utf8(body).unwrap();
            assert_eq!(text.contains("Nowhere in Arabic"), own, "{base}{path}: {text}");
        }
    }
}

#[test]
fn the_preview_is_the_publication() {
    let tree = tree();
    let run = tree.run(&["build"]);
    assert_eq!(run.code, 0, "{run:?}");
    let server = serve(&tree);
    let mut pages = 0;
    for (name, bytes) in snapshot(&tree.root().join("public")) {
        if name.starts_with('.') {
            continue;
        }
        let path = format!("/{}", name.strip_suffix("index.html").unwrap_or(&name));
        let path = path.replace(' ', "%20").replace('ä', "%C3%A4");
        let (head, body) = server.get(&path);
        let expected = if name == "404.html" { "http/1.1 404" } else { "http/1.1 200" };
        assert!(head.starts_with(expected), "{path}: {head}");
        assert!(!head.contains("access-control"), "{path}: {head}");
        if name.ends_with(".html") {
            let text = String::from_utf8(body).unwrap();
            assert_eq!(text.matches(SCRIPT).count(), 1, "{path}");
            assert_eq!(text.replace(SCRIPT, ""), String::from_utf8(bytes).unwrap(), "{path}");
            pages += 1;
        } else {
            assert_eq!(body, bytes, "{path}");
        }
    }
    assert!(pages >= 5, "{pages}");
    assert!(server.get("/nowhere/").0.starts_with("http/1.1 404"));
    assert!(server.get("/../docgen.toml").0.starts_with("http/1.1 404"));
    assert!(server.get("/docgen.toml").0.starts_with("http/1.1 404"));
    for host in ["evil.example", "localhost.evil.example", "10.0.0.1"] {
        assert!(server.ask("/", host).0.starts_with("http/1.1 403"), "{host}");
    }
}

#[test]
fn a_save_reloads() {
    let tree = tree();
    let server = serve(&tree);
    let mut stream = TcpStream::connect(&server.address).unwrap();
    stream.set_read_timeout(Some(NEVER)).unwrap();
    write!(stream, "GET /__docgen/events HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut lines = BufReader::new(stream).lines().map(|line| line.expect("no event comes"));
    let mut wait = |event: &str| assert!(lines.any(|line| line == event), "no {event}");
    wait("event: version");

    tree.write("content/guide/a.md", "# A\n\nsaved just now\n");
    // A file may be read when it is still empty: the rest is a change of its own.
    let saved = || String::from_utf8(server.get("/guide/a/").1).unwrap().contains("saved just now");
    wait("event: reload");
    while !saved() {
        wait("event: reload");
    }

    // Settings that cannot be read leave the last good site up; a page that comes later is seen.
    tree.write("docgen.toml", "titel = 1\n");
    server.refuses();
    tree.write("content/new.md", "# New\n");
    server.refuses();
    assert!(saved(), "the last good site is up");
    assert!(server.get("/new/").0.starts_with("http/1.1 404"), "nothing is half new");
    tree.write("docgen.toml", "title = \"Again\"\n");
    while !server.get("/new/").0.starts_with("http/1.1 200") {
        wait("event: reload");
    }
    assert!(!tree.exists("public"), "a preview publishes nothing");
}
