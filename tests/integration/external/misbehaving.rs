//! One server for each way to misbehave. None of them may make a link dead that is not gone.

use std::time::Duration;

use super::server::{Act, Asked, Server, answer, status};
use super::{SETTINGS, check};
use crate::common::Tree;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    Alive,
    Moved,
    Undecided,
    Dead,
}
use Expected::{Alive, Dead, Moved, Undecided};

struct Case {
    name: &'static str,
    scheme: &'static str,
    server: Server,
    expected: Expected,
    /// The most requests that it may get.
    most: usize,
}

fn case(
    name: &'static str,
    expected: Expected,
    most: usize,
    behaviour: impl Fn(&Asked, usize) -> Vec<Act> + Send + Sync + 'static,
) -> Case {
    Case { name, scheme: "http", server: Server::new(behaviour), expected, most }
}

/// One answer to HEAD, another one to GET.
fn by_method(
    head: impl Fn() -> Vec<Act> + Send + Sync + 'static,
    get: impl Fn() -> Vec<Act> + Send + Sync + 'static,
) -> impl Fn(&Asked, usize) -> Vec<Act> + Send + Sync + 'static {
    move |asked, _| if asked.method == "HEAD" { head() } else { get() }
}

fn to(code: u16, location: &str) -> Vec<Act> {
    answer(code, &format!("Location: {location}\r\n"))
}

/// The statuses in a row; the last one stays.
fn row(codes: &'static [u16]) -> impl Fn(&Asked, usize) -> Vec<Act> + Send + Sync + 'static {
    move |_, before| status(codes[before.min(codes.len() - 1)])
}

const LONG: Duration = Duration::from_secs(60);

fn heads() -> Vec<Case> {
    let ok = || status(200);
    vec![
        case("there", Alive, 1, |_, _| status(200)),
        case("no content", Alive, 1, |_, _| status(204)),
        case("HEAD not allowed", Alive, 2, by_method(|| status(405), ok)),
        case("HEAD not implemented", Alive, 2, by_method(|| status(501), ok)),
        case("HEAD forbidden", Alive, 2, by_method(|| status(403), ok)),
        case("HEAD fails", Alive, 2, by_method(|| status(500), ok)),
        case("HEAD unavailable", Alive, 2, by_method(|| status(503), ok)),
        case("HEAD is not found", Alive, 2, by_method(|| status(404), ok)),
        case("HEAD is gone", Alive, 2, by_method(|| status(410), ok)),
        case("HEAD hangs", Alive, 2, by_method(|| vec![Act::Hang(LONG)], ok)),
        case("HEAD is dropped", Alive, 3, by_method(|| vec![Act::Close], ok)),
        case("HEAD with a body", Alive, 2, |_, _| {
            vec![Act::Send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello".into())]
        }),
        case("HEAD turns in circles", Alive, 4, by_method(|| to(302, "/"), ok)),
    ]
}

fn delays() -> Vec<Case> {
    vec![
        case("busy, then there", Alive, 2, |_, before| match before {
            0 => answer(429, "Retry-After: 1\r\n"),
            _ => status(200),
        }),
        case("always busy", Undecided, 3, |_, _| answer(429, "Retry-After: 0\r\n")),
        case("busy for an hour", Undecided, 1, |_, _| answer(429, "Retry-After: 3600\r\n")),
        case("no requests left", Undecided, 2, |_, _| {
            answer(403, "X-RateLimit-Remaining: 0\r\nX-RateLimit-Reset: 9999999999\r\n")
        }),
        case("unavailable, then there", Alive, 3, row(&[503, 503, 200])),
        case("always unavailable", Undecided, 4, row(&[503])),
        case("slow head", Undecided, 4, |_, _| {
            vec![Act::Drip("HTTP/1.1 200 OK\r\nX: y\r\n\r\n".into(), Duration::from_millis(300))]
        }),
        case("silent", Undecided, 4, |_, _| vec![Act::Hang(LONG)]),
        case(
            "endless body",
            Alive,
            2,
            by_method(
                || status(405),
                || {
                    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";
                    vec![Act::Send(head.into()), Act::Endless("<p>more</p>\n")]
                },
            ),
        ),
        case("endless head", Undecided, 4, |_, _| {
            vec![Act::Send("HTTP/1.1 200 OK\r\n".into()), Act::Endless("X-More: yes\r\n")]
        }),
    ]
}

fn redirects(port: u16) -> Vec<Case> {
    let steps = |code: u16, last: usize| {
        move |asked: &Asked, _: usize| {
            let at: usize = asked.target.trim_start_matches("/step").parse().unwrap_or(0);
            if at == last { status(200) } else { to(code, &format!("/step{}", at + 1)) }
        }
    };
    let fixed = |code: u16, place: String| move |_: &Asked, _: usize| to(code, &place);
    vec![
        case("moved for good", Moved, 2, steps(301, 1)),
        case("moved for good, in steps", Moved, 6, steps(308, 5)),
        case("moved for now", Alive, 2, steps(302, 1)),
        case("a circle", Undecided, 4, |_, _| to(301, "/")),
        case("a larger circle", Undecided, 6, |asked, _| {
            to(302, if asked.target == "/b" { "/c" } else { "/b" })
        }),
        case("without an end", Undecided, 20, |_, before| to(302, &format!("/{before}"))),
        case("to nowhere", Undecided, 2, |_, _| status(302)),
        case("to another protocol", Undecided, 1, fixed(302, "ftp://a.dev/".into())),
        case("into the own machine", Undecided, 1, fixed(302, format!("http://localhost:{port}/"))),
        case(
            "into the own machine, as a number",
            Undecided,
            1,
            fixed(301, format!("http://2130706433:{port}/")),
        ),
        case(
            "into the own machine, in hexadecimal",
            Undecided,
            1,
            fixed(301, format!("http://0x7f.1:{port}/")),
        ),
        case(
            "into the own machine, by IPv6",
            Undecided,
            1,
            fixed(302, format!("http://[::1]:{port}/")),
        ),
        case(
            "into the own machine, mapped",
            Undecided,
            1,
            fixed(302, format!("http://[::ffff:127.0.0.1]:{port}/")),
        ),
        case("to the data of a cloud", Undecided, 1, fixed(307, "http://169.254.169.254/".into())),
        case("to a login", Undecided, 2, |asked, _| match asked.target.as_str() {
            "/" => to(302, "/users/sign_in"),
            _ => status(200),
        }),
    ]
}

fn broken() -> Vec<Case> {
    let garbage =
        |text: &'static str| move |_: &Asked, _: usize| vec![Act::Send(text.into()), Act::Close];
    let mut cases = vec![
        case("no status", Undecided, 6, garbage("hello\r\n\r\n")),
        case("nothing", Undecided, 6, garbage("")),
        case("half a head", Undecided, 6, garbage("HTTP/1.1 200 OK\r\nContent-")),
        case("chunks that are none", Alive, 2, |asked, _| match asked.method.as_str() {
            "HEAD" => status(405),
            _ => vec![
                Act::Send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n!".into()),
                Act::Close,
            ],
        }),
        case("an old protocol", Alive, 1, garbage("HTTP/1.0 200 OK\r\n\r\n")),
        case("a hint before the answer", Alive, 2, |_, _| {
            vec![Act::Send("HTTP/1.1 103 Early\r\nLink: <x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".into())]
        }),
        case("a very long head", Undecided, 4, |_, _| {
            answer(200, &format!("X: {}\r\n", "y".repeat(200_000)))
        }),
        Case {
            scheme: "https",
            ..case("plain where encryption is due", Undecided, 9, |_, _| status(200))
        },
        Case {
            scheme: "https",
            ..case("no encryption at all", Undecided, 9, |_, _| vec![Act::Close])
        },
    ];
    for (name, server) in [("resets", Server::resetting()), ("not there", Server::nowhere())] {
        cases.push(Case { name, scheme: "http", server, expected: Undecided, most: 0 });
    }
    cases
}

fn gone() -> Vec<Case> {
    let mut cases = vec![
        case("404 once", Alive, 2, row(&[404, 200])),
        case("404 twice", Alive, 3, row(&[404, 404, 200])),
        case("404, then forbidden", Undecided, 3, row(&[404, 404, 403])),
        case("404, then unavailable", Undecided, 6, row(&[404, 404, 503])),
        case("404 each time", Dead, 3, row(&[404])),
        case("410 each time", Dead, 3, row(&[410])),
        case("moved to what is gone", Dead, 6, |asked, _| match asked.target.as_str() {
            "/" => to(301, "/new"),
            _ => status(404),
        }),
    ];
    for code in [400, 401, 402, 403, 407, 409, 418, 451, 500, 502, 504, 520, 999] {
        cases.push(case("a status that says nothing", Undecided, 4, move |_, _| status(code)));
    }
    cases
}

#[test]
fn only_what_is_gone_is_dead() {
    let inner = Server::new(|_, _| status(200));
    let cases: Vec<Case> = [heads(), delays(), redirects(inner.port), broken(), gone()]
        .into_iter()
        .flatten()
        .collect();
    let url = |case: &Case| format!("{}://127.0.0.1:{}/", case.scheme, case.server.port);
    let page: String =
        cases.iter().map(|case| format!("- [{}]({})\n", case.name, url(case))).collect();
    let tree =
        Tree::new(&[("docgen.toml", SETTINGS), ("content/index.md", &format!("# Home\n\n{page}"))]);
    let said = check(&tree, &["--external"]);
    assert_eq!(said.code, 1, "{}", said.err);
    let mut wrong = Vec::new();
    for case in &cases {
        let about: Vec<_> = said
            .findings
            .iter()
            .filter(|(_, message, _)| message.contains(&format!("`{}`", url(case))))
            .collect();
        let found = match about.as_slice() {
            [] => Alive,
            [(severity, message, _)] if severity == "note" && message.contains("has moved") => {
                Moved
            }
            [(severity, message, _)] if severity == "note" && message.contains("not known") => {
                Undecided
            }
            [(severity, message, _)] if severity == "error" && message.contains("is gone") => Dead,
            other => panic!("{}: {other:?}", case.name),
        };
        let asked = case.server.asked();
        if found != case.expected || asked.len() > case.most {
            let asked: Vec<_> = asked.iter().map(|one| (&one.method, &one.target)).collect();
            wrong.push(format!(
                "{}: {found:?}, not {:?}: {about:?} {asked:?}",
                case.name, case.expected
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(inner.asked().is_empty(), "the own machine was asked: {:?}", inner.asked());
    let (alive, dead) = cases.iter().fold((0, 0), |(alive, dead), case| match case.expected {
        Alive | Moved => (alive + 1, dead),
        Dead => (alive, dead + 1),
        Undecided => (alive, dead),
    });
    assert!(said.err.contains(&format!("{alive} alive, {dead} dead")), "{}", said.err);
}

#[test]
fn a_server_is_asked_again_when_it_says_so() {
    let server = Server::new(|_, before| match before {
        0 => answer(429, "Retry-After: 1\r\n"),
        _ => status(200),
    });
    let links: String =
        (0..4).map(|at| format!("<http://127.0.0.1:{}/{at}>\n", server.port)).collect();
    let tree = Tree::new(&[
        ("docgen.toml", SETTINGS),
        ("content/index.md", &format!("# Home\n\n{links}")),
    ]);
    let settings = format!("{SETTINGS}concurrency = 1\n");
    tree.write("docgen.toml", settings);
    assert_eq!(check(&tree, &["--external"]).code, 0);
    let asked = server.asked();
    assert_eq!(asked.len(), 5, "{asked:?}");
    let waited = asked[1].at - asked[0].at;
    assert!(waited >= Duration::from_millis(990), "{waited:?}");
}

#[test]
fn connections_that_end_between_requests_are_made_anew() {
    let server = Server::new(|_, _| {
        let mut acts = answer(200, "Connection: keep-alive\r\n");
        acts.push(Act::Close);
        acts
    });
    let links: String =
        (0..20).map(|at| format!("<http://127.0.0.1:{}/{at}>\n", server.port)).collect();
    let tree = Tree::new(&[
        ("docgen.toml", SETTINGS),
        ("content/index.md", &format!("# Home\n\n{links}")),
    ]);
    let said = check(&tree, &["--external"]);
    assert!(said.err.contains("20 alive, 0 dead;"), "{}", said.err);
}

#[test]
fn addresses_are_asked_for_as_they_are_written() {
    let server = Server::new(|_, _| status(200));
    let written = [
        "/a%2Fb",
        "/c%23d",
        "/e%2Bf+g",
        "/h(i)",
        "/j%20k",
        "/l,m;n=o:p@q",
        "/~r!s*t'",
        "/%E2%82%AC",
        "/?u=%2F&v=w+x",
        "/y[z]",
        "/%7Eb",
        "/$a",
    ];
    let links: String = written
        .iter()
        .map(|path| format!("- [x](<http://127.0.0.1:{}{path}#part>)\n", server.port))
        .collect();
    let tree = Tree::new(&[
        ("docgen.toml", SETTINGS),
        ("content/index.md", &format!("# Home\n\n{links}")),
    ]);
    let said = check(&tree, &["--external"]);
    let mut asked: Vec<String> = server.asked().into_iter().map(|one| one.target).collect();
    asked.dedup();
    asked.sort();
    let mut expected = written.to_vec();
    expected.sort_unstable();
    assert_eq!(asked, expected, "{}", said.err);
}

#[test]
fn the_own_network_is_asked_only_where_it_is_allowed() {
    let server = Server::new(|_, _| status(404));
    let page = format!("# Home\n\n<http://127.0.0.1:{0}/> <http://localhost:{0}/>\n", server.port);
    let tree = Tree::new(&[("docgen.toml", ""), ("content/index.md", &page)]);
    let said = check(&tree, &["--external"]);
    assert_eq!((said.code, server.asked().len()), (0, 0), "{}", said.err);
    assert!(said.err.contains("0 alive, 0 dead"), "{}", said.err);
    tree.write("docgen.toml", "[external]\npause = 0\nprivate = [\"localhost\"]\n");
    let said = check(&tree, &["--external"]);
    assert_eq!((said.code, server.asked().len()), (1, 3), "{}", said.err);
}

#[test]
fn the_time_of_a_run_is_limited() {
    let server = Server::new(|_, _| vec![Act::Hang(LONG)]);
    let links: String =
        (0..9).map(|at| format!("<http://127.0.0.1:{}/{at}>\n", server.port)).collect();
    let settings = SETTINGS
        .replace("time_limit = 120", "time_limit = 1")
        .replace("timeout = 2", "timeout = 1");
    let tree = Tree::new(&[
        ("docgen.toml", &settings),
        ("content/index.md", &format!("# Home\n\n{links}")),
    ]);
    let said = check(&tree, &["--external"]);
    assert!(said.code == 0 && said.err.contains("9 undecided"), "{}", said.err);
    assert!(server.asked().len() <= 4, "{:?}", server.asked());
}

#[test]
fn without_the_option_nobody_is_asked() {
    let server = Server::new(|_, _| status(404));
    let page = format!("# Home\n\n<http://127.0.0.1:{}/>\n", server.port);
    let tree = Tree::new(&[("docgen.toml", SETTINGS), ("content/index.md", &page)]);
    let said = check(&tree, &[]);
    assert_eq!((said.code, server.asked().len(), said.findings.len()), (0, 0, 0), "{}", said.err);
}
