//! The preview server: serves a site from memory on the loopback interface, with live reload.
//!
//! Responses are sent unchanged, except that HTML gets the reload script. There is no CORS header,
//! and requests with a foreign `Host` are refused, so that no other site can read the preview, not
//! even by DNS rebinding.

use std::convert::Infallible;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use tokio::sync::watch;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

use crate::error::{Error, Result};

const EVENTS: &str = "/__docgen/events";
const SCRIPT: &str = "/__docgen/reload.js";
const SCRIPT_TAG: &[u8] = b"<script src=\"/__docgen/reload.js\" defer></script>";
const RELOAD_JS: &str = include_str!("reload.js");

/// A response of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The content type.
    pub content_type: String,
    /// The body.
    pub body: Vec<u8>,
}

/// A site that answers requests from memory. Called from many threads.
pub trait Answers: Send + Sync + 'static {
    /// The response for a decoded URL path with its leading slash, if the site has one.
    fn get(&self, path: &str) -> Option<Reply>;

    /// The URL path of the front page, which `/` leads to.
    fn home(&self) -> String;

    /// The response for a path that the site does not have.
    fn not_found(&self, path: &str) -> Reply;
}

/// A server that is bound to its port but does not answer yet.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    version: watch::Sender<u64>,
}

/// A handle that makes open pages reload.
#[derive(Clone, Debug)]
pub struct Reloader(watch::Sender<u64>);

impl Reloader {
    /// Makes every open page reload.
    pub fn reload(&self) {
        self.0.send_modify(|version| *version += 1);
    }
}

impl Server {
    /// Binds to a port of 127.0.0.1; 0 picks a free one.
    pub fn bind(port: u16) -> Result<Self> {
        let fail = |error: std::io::Error| {
            if error.kind() == ErrorKind::AddrInUse {
                let advice = "stop the program that uses it, or choose another with `--port`";
                Error::new(format!("port {port} on 127.0.0.1 is already in use: {advice}"))
            } else {
                Error::new(format!("cannot listen on port {port} on 127.0.0.1: {error}"))
            }
        };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(fail)?;
        listener.set_nonblocking(true).map_err(fail)?;
        let address = listener.local_addr().map_err(fail)?;
        Ok(Self { listener, address, version: watch::Sender::new(0) })
    }

    /// The address that the server listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns a handle that makes open pages reload.
    pub fn reloader(&self) -> Reloader {
        Reloader(self.version.clone())
    }

    /// Serves until the process ends.
    pub fn run(self, site: Arc<dyn Answers>) -> Result<()> {
        let fail = |error: std::io::Error| Error::new(format!("cannot serve: {error}"));
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_io()
            .enable_time()
            .build()
            .map_err(fail)?;
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener).map_err(fail)?;
            let shared = Shared { site, version: self.version };
            let router = Router::new().fallback(answer).with_state(shared);
            axum::serve(listener, router).await.map_err(fail)
        })
    }
}

#[derive(Clone)]
struct Shared {
    site: Arc<dyn Answers>,
    version: watch::Sender<u64>,
}

async fn answer(State(shared): State<Shared>, request: Request) -> Response {
    if !is_local(request.headers(), request.uri()) {
        return plain(StatusCode::FORBIDDEN, "this preview answers requests for localhost only\n");
    }
    let head = request.method() == Method::HEAD;
    if !head && request.method() != Method::GET {
        let refused = plain(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD\n");
        return ([(header::ALLOW, "GET, HEAD")], refused).into_response();
    }
    match request.uri().path() {
        EVENTS if head => plain(StatusCode::OK, ""),
        EVENTS => events(&shared.version),
        SCRIPT => {
            let content_type = "text/javascript; charset=utf-8".into();
            send(Reply { status: 200, content_type, body: RELOAD_JS.into() }, head)
        }
        _ => {
            let uri = request.uri().clone();
            // Rendering may take long and must not block the event streams.
            let found = tokio::task::spawn_blocking(move || look_up(&*shared.site, &uri)).await;
            match found {
                Ok(Found::Reply(reply)) => send(with_script(reply), head),
                Ok(Found::Elsewhere(to)) => {
                    (StatusCode::FOUND, [(header::LOCATION, to)]).into_response()
                }
                Ok(Found::Unreadable) => {
                    plain(StatusCode::BAD_REQUEST, "the path is not valid UTF-8\n")
                }
                Err(_) => {
                    plain(StatusCode::INTERNAL_SERVER_ERROR, "the page could not be rendered\n")
                }
            }
        }
    }
}

enum Found {
    Reply(Reply),
    Elsewhere(String),
    Unreadable,
}

fn look_up(site: &dyn Answers, uri: &Uri) -> Found {
    let Ok(path) = percent_decode_str(uri.path()).decode_utf8() else { return Found::Unreadable };
    if let Some(reply) = site.get(&path) {
        return Found::Reply(reply);
    }
    if path == "/" {
        return Found::Elsewhere(site.home());
    }
    // A `Location` that starts with `//host` would lead to another site.
    let safe = !path.ends_with('/') && !uri.path().starts_with("//") && !path.contains('\\');
    if safe && site.get(&format!("{path}/")).is_some() {
        let query = uri.query().map_or(String::new(), |query| format!("?{query}"));
        return Found::Elsewhere(format!("{}/{query}", uri.path()));
    }
    Found::Reply(site.not_found(&path))
}

/// The event stream. The first event names the version, so that a page that reconnects learns of a
/// change it missed; the process id distinguishes a restarted server.
fn events(version: &watch::Sender<u64>) -> Response {
    let mut first = true;
    let stream = WatchStream::new(version.subscribe()).map(move |version| {
        let name = if std::mem::take(&mut first) { "version" } else { "reload" };
        let data = format!("{}-{version}", std::process::id());
        Ok::<_, Infallible>(Event::default().event(name).data(data))
    });
    Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))).into_response()
}

fn is_local(headers: &HeaderMap, uri: &Uri) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter().peekable();
    hosts.peek().is_some()
        && hosts.all(|host| host.to_str().is_ok_and(is_loopback))
        && uri.authority().is_none_or(|authority| is_loopback(authority.as_str()))
}

/// Whether a host, with or without a port, is a loopback address or a name reserved for it.
fn is_loopback(host: &str) -> bool {
    let (name, port) = match host.find(']') {
        Some(end) => host.split_at(end + 1),
        None => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    let port_is_good = port.is_empty()
        || port.strip_prefix(':').is_some_and(|port| port.bytes().all(|b| b.is_ascii_digit()));
    let name_is_good =
        name.eq_ignore_ascii_case("localhost") || name == "127.0.0.1" || name == "[::1]";
    port_is_good && name_is_good
}

/// Inserts the reload script before the last `</body>` of an HTML page, or at its end.
fn with_script(mut reply: Reply) -> Reply {
    if reply.content_type.starts_with("text/html") {
        let end = b"</body>";
        let at = reply.body.windows(end.len()).rposition(|part| part.eq_ignore_ascii_case(end));
        let at = at.unwrap_or(reply.body.len());
        reply.body.splice(at..at, SCRIPT_TAG.iter().copied());
    }
    reply
}

fn plain(status: StatusCode, text: &str) -> Response {
    let content_type = "text/plain; charset=utf-8".into();
    send(Reply { status: status.as_u16(), content_type, body: text.into() }, false)
}

fn send(reply: Reply, head: bool) -> Response {
    let length = reply.body.len();
    let body = if head { Body::empty() } else { Body::from(reply.body) };
    Response::builder()
        .status(reply.status)
        .header(header::CONTENT_TYPE, reply.content_type)
        .header(header::CONTENT_LENGTH, length)
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .body(body)
        // Reached only with an invalid status or content type.
        .unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufRead, BufReader, Read, Write};
    use std::net::TcpStream;

    struct Pages;

    impl Answers for Pages {
        fn get(&self, path: &str) -> Option<Reply> {
            let (content_type, body) = match path {
                "/a/" | "/ä b/" | "/base/" => {
                    ("text/html; charset=utf-8", "<body>hi</BODY></html>")
                }
                "/x.css" => ("text/css; charset=utf-8", "</body>"),
                _ => return None,
            };
            Some(Reply { status: 200, content_type: content_type.into(), body: body.into() })
        }

        fn home(&self) -> String {
            "/base/".to_owned()
        }

        fn not_found(&self, path: &str) -> Reply {
            Reply { status: 404, content_type: "text/plain".into(), body: path.into() }
        }
    }

    fn start() -> (SocketAddr, Reloader) {
        let server = Server::bind(0).unwrap();
        let (address, reloader) = (server.address(), server.reloader());
        std::thread::spawn(move || server.run(Arc::new(Pages)));
        (address, reloader)
    }

    fn ask(address: SocketAddr, line: &str, host: &str) -> String {
        let mut stream = TcpStream::connect(address).unwrap();
        write!(stream, "{line} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        text.to_ascii_lowercase()
    }

    #[test]
    fn pages_are_sent_with_the_script_and_the_rest_as_it_is() {
        let (address, _) = start();
        let page = ask(address, "GET /a/", "localhost:1");
        assert!(page.starts_with("http/1.1 200"), "{page}");
        let script = String::from_utf8(SCRIPT_TAG.into()).unwrap();
        assert!(page.ends_with(&format!("<body>hi{script}</body></html>")), "{page}");
        assert!(!page.contains("access-control"), "{page}");
        assert!(ask(address, "GET /%C3%A4%20b/", "[::1]:80").starts_with("http/1.1 200"));
        assert!(ask(address, "GET /x.css", "127.0.0.1").ends_with("\r\n\r\n</body>"));
        assert!(ask(address, "GET /__docgen/reload.js", "localhost").contains("eventsource"));
        let head = ask(address, "HEAD /x.css", "localhost");
        assert!(head.contains("content-length: 7") && head.ends_with("\r\n\r\n"), "{head}");
    }

    #[test]
    fn other_requests_are_answered_as_they_deserve() {
        let (address, _) = start();
        for (line, host, start) in [
            ("GET /none", "localhost", "http/1.1 404"),
            ("GET /a", "localhost", "http/1.1 302"),
            ("GET /", "localhost", "http/1.1 302"),
            ("GET /%ff", "localhost", "http/1.1 400"),
            ("POST /a/", "localhost", "http/1.1 405"),
            ("GET /a/", "evil.example", "http/1.1 403"),
            ("GET http://evil.example/a/", "localhost", "http/1.1 403"),
        ] {
            let reply = ask(address, line, host);
            assert!(reply.starts_with(start), "{line} {host}: {reply}");
        }
        assert!(ask(address, "GET /", "localhost").contains("location: /base/\r\n"));
        assert!(ask(address, "GET /a?q=1", "localhost").contains("location: /a/?q=1\r\n"));
        assert!(ask(address, "GET //a", "localhost").starts_with("http/1.1 404"));
    }

    #[test]
    fn open_pages_hear_of_a_change() {
        let (address, reloader) = start();
        let mut stream = TcpStream::connect(address).unwrap();
        // It only ends a test that would hang.
        stream.set_read_timeout(Some(Duration::from_secs(20 * 60))).unwrap();
        write!(stream, "GET {EVENTS} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        let mut lines = BufReader::new(stream).lines();
        let mut wait = |wanted: &str| {
            let line = |line: std::io::Result<String>| line.expect("the events hang");
            lines.by_ref().map(line).find(|line| line.contains(wanted)).expect("the events end")
        };
        wait("event: version");
        reloader.reload();
        wait("event: reload");
    }

    #[test]
    fn a_taken_port_is_said_clearly() {
        let server = Server::bind(0).unwrap();
        let error = Server::bind(server.address().port()).unwrap_err().to_string();
        assert!(error.contains("already in use"), "{error}");
    }

    #[test]
    fn only_loopback_names_pass() {
        for host in ["localhost", "LOCALHOST:1", "127.0.0.1:8080", "[::1]", "[::1]:3"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in
            ["", "evil", "localhost.evil", "127.0.0.1.evil", "[::1]evil", "localhost:x", "::1"]
        {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
