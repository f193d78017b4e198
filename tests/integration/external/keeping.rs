//! What is kept from one run to the next, and what the settings of a host change.

use std::fs;

use super::server::{Act, Server, answer, status};
use super::{SETTINGS, Said, check};
use crate::common::Tree;

fn tree(settings: &str, page: &str) -> Tree {
    let page = format!("# Home\n\n{page}");
    Tree::new(&[("docgen.toml", settings), ("content/index.md", &page)])
}

fn url(server: &Server, path: &str) -> String {
    format!("http://127.0.0.1:{}{path}", server.port)
}

fn ledger(tree: &Tree) -> Vec<String> {
    let text = fs::read_to_string(tree.root().join("docgen-links.tsv")).unwrap();
    text.lines().skip(1).map(str::to_owned).collect()
}

/// The severities and messages, without the notes about what is undecided.
fn said(run: &Said) -> Vec<(&str, &str)> {
    run.findings
        .iter()
        .map(|(severity, message, _)| (severity.as_str(), message.as_str()))
        .collect()
}

#[test]
fn a_change_is_held_only_for_links_that_it_adds() {
    let server = Server::new(|asked, _| match asked.target.as_str() {
        "/alive" => status(200),
        _ => status(404),
    });
    let old = format!("<{}> <{}>\n", url(&server, "/alive"), url(&server, "/old"));
    let tree = tree(SETTINGS, &old);
    // The first run of the schedule: nothing is dead on its first day.
    let first = check(&tree, &["--external=scheduled"]);
    assert_eq!(first.code, 0, "{} {:?}", first.err, first.findings);
    assert_eq!(said(&first)[0].0, "note");
    assert!(said(&first)[0].1.contains("it is dead if it still is on "), "{:?}", first.findings);
    let rows = ledger(&tree);
    assert_eq!(rows.len(), 2);
    assert!(rows[0].starts_with(&format!("{}\t2", url(&server, "/alive"))), "{rows:?}");
    assert!(rows[1].starts_with(&format!("{}\t-\t2", url(&server, "/old"))), "{rows:?}");
    // The second run changes nothing.
    assert_eq!(check(&tree, &["--external=scheduled"]).code, 0);
    assert_eq!(ledger(&tree), rows);
    // A change that adds no link is not held up.
    let run = check(&tree, &["--external"]);
    assert_eq!(run.code, 0, "{} {:?}", run.err, run.findings);
    assert!(said(&run)[0].1.contains("it was linked before this change"), "{:?}", run.findings);
    // One that adds a dead link is, and does not write the file.
    tree.write("content/b.md", format!("# B\n\n[home](index.md) <{}>\n", url(&server, "/new")));
    let run = check(&tree, &["--external"]);
    let errors: Vec<_> =
        said(&run).into_iter().filter(|(severity, _)| *severity == "error").collect();
    assert_eq!((run.code, errors.len()), (1, 1), "{} {errors:?}", run.err);
    assert!(errors[0].1.contains("/new"));
    assert_eq!(ledger(&tree), rows);
}

#[test]
fn a_schedule_has_exit_codes_of_its_own() {
    let server = Server::new(|asked, _| match asked.target.as_str() {
        "/wall" => status(403),
        "/old" => status(404),
        _ => status(200),
    });
    let tree = tree(SETTINGS, &format!("[a](nowhere.md) <{}>\n", url(&server, "/alive")));
    let run = check(&tree, &["--external=scheduled"]);
    // The link to nowhere is for the other checks.
    assert_eq!((run.code, run.findings.len()), (0, 0), "{} {:?}", run.err, run.findings);
    tree.write("content/index.md", format!("# Home\n\n<{}>\n", url(&server, "/wall")));
    assert_eq!(check(&tree, &["--external=scheduled"]).code, 4);
    // It is gone since a day that is long enough ago.
    let row = format!("{}\t2026-01-01\t2026-01-02\n", url(&server, "/old"));
    tree.write("docgen-links.tsv", row);
    let page = format!("# Home\n\n<{}> <{}>\n", url(&server, "/wall"), url(&server, "/old"));
    tree.write("content/index.md", page);
    let run = check(&tree, &["--external=scheduled"]);
    assert_eq!(run.code, 3, "{} {:?}", run.err, run.findings);
    let dead = said(&run).into_iter().find(|(severity, _)| *severity == "error").unwrap();
    assert!(dead.1.ends_with("is gone: status 404, since 2026-01-02"), "{}", dead.1);
    // Links that are not in the tree any more are forgotten.
    assert_eq!(ledger(&tree).len(), 2);
    tree.write("content/index.md", "# Home\n");
    assert_eq!(check(&tree, &["--external=scheduled"]).code, 0);
    assert_eq!(ledger(&tree).len(), 0);
}

#[test]
fn a_ledger_that_cannot_be_read_is_said_so() {
    let tree = tree(SETTINGS, "Text.\n");
    tree.write("docgen-links.tsv", "<<<<<<< HEAD\n");
    let run = tree.run(&["check", "--external"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("line 1: expected an address"), "{}", run.err);
    let part = tree.run(&["check", "--external=scheduled", "content/index.md"]);
    assert!(part.code == 2 && part.err.contains("works on a whole tree"), "{}", part.err);
}

#[test]
fn what_was_alive_is_not_asked_for_again() {
    let server = Server::new(|asked, _| match asked.target.as_str() {
        "/wall" => status(403),
        _ => status(200),
    });
    let page = format!("<{}> <{}>\n", url(&server, "/alive"), url(&server, "/wall"));
    let tree = tree(SETTINGS, &page);
    let asked = |path: &str| server.asked().iter().filter(|one| one.target == path).count();
    for run in 1..=2 {
        let run_of = tree.run(&["check", "--external"]);
        assert_eq!(run_of.code, 0, "{}", run_of.err);
        assert_eq!((asked("/alive"), asked("/wall")), (1, 2 * run));
    }
    // Settings of the host, a schedule, and `--no-cache` each ask anew.
    let host = "[[external.host]]\nhost = \"127.0.0.1\"\nreason = \"x\"\nuntil = \"2999-01-01\"\n";
    tree.write("docgen.toml", format!("{SETTINGS}{host}accept = [403]\n"));
    let run = tree.run(&["check", "--external"]);
    assert!(run.err.contains("2 alive, 0 dead;"), "{}", run.err);
    assert_eq!((asked("/alive"), asked("/wall")), (2, 5));
    assert_eq!(check(&tree, &["--external"]).code, 0);
    assert_eq!((asked("/alive"), asked("/wall")), (3, 6));
    assert_eq!(tree.run(&["check", "--external=scheduled"]).code, 0);
    assert_eq!((asked("/alive"), asked("/wall")), (4, 7));
}

#[test]
fn a_host_has_settings_until_a_day() {
    let server = Server::new(|asked, _| {
        let known = asked.headers.iter().any(|line| line.eq_ignore_ascii_case("X-Key: open"));
        status(if known { 200 } else { 403 })
    });
    let page = format!("<{}>\n", url(&server, "/"));
    let host = |rest: &str| {
        format!(
            "{SETTINGS}[[external.host]]\nhost = \"127.0.0.1:{}\"\nreason = \"a wall\"\n{rest}",
            server.port
        )
    };
    let tree = tree(SETTINGS, &page);
    let run = |settings: &str| {
        tree.write("docgen.toml", settings);
        check(&tree, &["--external"])
    };
    assert!(run(SETTINGS).err.contains("status 403: 1"));
    let later = "until = \"2999-01-01\"\n";
    assert!(
        run(&host(&format!("{later}headers = {{ X-Key = \"open\" }}\n"))).err.contains("1 alive")
    );
    assert!(run(&host(&format!("{later}accept = [403]\n"))).err.contains("1 alive"));
    let skipped = run(&host(&format!("{later}skip = true\n")));
    assert!(skipped.err.contains("skipped by a setting: 1"), "{}", skipped.err);
    let ended = run(&host("until = \"2026-01-01\"\naccept = [403]\n"));
    assert!(ended.err.contains("status 403: 1"), "{}", ended.err);
    let warned = said(&ended).into_iter().find(|(severity, _)| *severity == "warning").unwrap();
    assert!(warned.1.ends_with("ended on 2026-01-01"), "{}", warned.1);
    let refused = host(&format!("{later}headers = {{ X-Key = \"$HOME\" }}\n"));
    tree.write("docgen.toml", refused);
    let run = tree.run(&["check", "--external"]);
    assert!(run.code == 2 && run.err.contains("begin with `DOCGEN_`"), "{}", run.err);
}

#[test]
fn headers_of_a_host_stay_there() {
    let other = Server::new(|_, _| status(200));
    let to = format!("Location: http://127.0.0.1:{}/\r\n", other.port);
    let server = Server::new(move |_, _| answer(302, &to));
    let settings = format!(
        "{SETTINGS}[[external.host]]\nhost = \"127.0.0.1:{}\"\nreason = \"x\"\nuntil = \"2999-01-01\"\n\
         headers = {{ Authorization = \"secret\" }}\n",
        server.port
    );
    let tree = tree(&settings, &format!("<{}>\n", url(&server, "/")));
    assert_eq!(check(&tree, &["--external"]).code, 0);
    let sent =
        |server: &Server| server.asked()[0].headers.iter().any(|line| line.contains("secret"));
    assert_eq!((sent(&server), sent(&other)), (true, false));
}

#[test]
fn parts_of_pages_are_looked_up() {
    let page = |body: &str| {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n";
        vec![Act::Send(format!("{head}Content-Length: {}\r\n\r\n{body}", body.len()))]
    };
    let server = Server::new(move |asked, _| match asked.target.as_str() {
        "/made" => page("<div id=root></div><script src=app.js></script>"),
        "/text" => answer(200, "Content-Type: text/plain\r\n"),
        "/endless" => vec![
            Act::Send("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n".into()),
            Act::Endless("<h2 id=x>x</h2>\n"),
        ],
        _ => page("<h1 id=one>a</h1><h2 id='user-content-two'>b</h2><h2 id=d\u{e9}j\u{e0}>c</h2>"),
    });
    let links: String = [
        "/page#one",
        "/page#two",
        "/page#d%C3%A9j%C3%A0",
        "/page#gone",
        "/page#L3",
        "/page#",
        "/made#x",
        "/text#x",
        "/endless#y",
    ]
    .iter()
    .map(|path| format!("- <{}>\n", url(&server, path)))
    .collect();
    let tree = tree(SETTINGS, &links);
    let run = check(&tree, &["--external"]);
    let found: Vec<(&str, &str)> = said(&run)
        .into_iter()
        .map(|(severity, message)| (severity, message.rsplit(' ').next().unwrap()))
        .collect();
    let expected = [
        ("warning", "`#gone`"),
        ("note", "`#L3`"),
        ("note", "`#x`"),
        ("note", "`#x`"),
        ("note", "`#y`"),
    ];
    assert_eq!(found, expected, "{}", run.err);
    // One request for all parts of a page, and none has its fragment.
    let asked = server.asked();
    assert_eq!(asked.len(), 4, "{asked:?}");
    assert!(asked.iter().all(|one| one.method == "GET" && !one.target.contains('#')));
}

#[test]
fn links_that_were_decided_count_as_checked() {
    let server = Server::new(|asked, _| match asked.target.as_str() {
        "/alive" => status(200),
        "/dead" => status(404),
        _ => status(403),
    });
    let (alive, dead) = (url(&server, "/alive"), url(&server, "/dead"));
    let wall = url(&server, "/wall");
    let page = format!("[a] [b][a] <{dead}> <{wall}> <mailto:a@b.dev>\n\n[a]: {alive}\n");
    let tree = tree(SETTINGS, &page);
    assert_eq!(check(&tree, &[]).not_checked, 5);
    let run = check(&tree, &["--external"]);
    assert_eq!(run.not_checked, 2, "{}", run.err);
}

#[test]
fn a_dead_link_can_be_accepted_on_its_page() {
    let server = Server::new(|_, _| status(404));
    let mark = "<!-- docgen-ignore dead-external-link: the site comes back in spring -->";
    let tree = tree(SETTINGS, &format!("{mark}\n\n<{}>\n", url(&server, "/")));
    for arguments in [&["--external"][..], &[]] {
        let run = check(&tree, arguments);
        assert_eq!((run.code, said(&run)), (0, Vec::new()), "{}", run.err);
    }
}

#[test]
fn with_an_earlier_version_only_new_addresses_are_asked_for() {
    let server = Server::new(|_, _| status(404));
    let tree = tree(SETTINGS, &format!("<{}>\n", url(&server, "/old")));
    let git = |arguments: &[&str]| {
        let mut git = std::process::Command::new("git");
        git.current_dir(tree.root()).args(["-c", "user.name=a", "-c", "user.email=a@b.dev"]);
        assert!(git.args(arguments).output().unwrap().status.success(), "{arguments:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "first"]);
    let page = format!("# Home\n\n<{}> <{}>\n", url(&server, "/old"), url(&server, "/new"));
    tree.write("content/index.md", page);
    let run = check(&tree, &["--external", "--since", "HEAD"]);
    assert_eq!((run.code, said(&run).len()), (1, 1), "{} {:?}", run.err, run.findings);
    assert!(server.asked().iter().all(|one| one.target == "/new"));
}
