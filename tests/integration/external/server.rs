//! A server that behaves as it is told to, one connection after the other or several at once.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// A request that came.
#[derive(Clone, Debug)]
#[allow(dead_code, reason = "what is not looked at is shown when a test fails")]
pub struct Asked {
    pub method: String,
    pub target: String,
    pub headers: Vec<String>,
    pub at: Instant,
}

/// What the server does on a connection.
pub enum Act {
    /// Sends this.
    Send(String),
    /// Sends this byte by byte, each after some time.
    Drip(String, Duration),
    /// Sends this again and again until nobody listens.
    Endless(&'static str),
    /// Says nothing for a while.
    Hang(Duration),
    /// Ends the connection.
    Close,
}

/// What is done for a request; the number says how many came before it.
pub type Behaviour = dyn Fn(&Asked, usize) -> Vec<Act> + Send + Sync;

/// A server at a port of its own.
pub struct Server {
    pub port: u16,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    pub fn new(behaviour: impl Fn(&Asked, usize) -> Vec<Act> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (behaviour, log): (Arc<Behaviour>, _) = (Arc::new(behaviour), Arc::clone(&asked));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (behaviour, log) = (Arc::clone(&behaviour), Arc::clone(&log));
                std::thread::spawn(move || drop(serve(stream, &*behaviour, &log)));
            }
        });
        Self { port, asked }
    }

    /// One that ends each connection before it has read from it.
    pub fn resetting() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || listener.incoming().flatten().for_each(drop));
        Self { port, asked: Arc::default() }
    }

    /// The port of a server that is gone.
    pub fn nowhere() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        Self { port: listener.local_addr().unwrap().port(), asked: Arc::default() }
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

fn serve(stream: TcpStream, behaviour: &Behaviour, log: &Mutex<Vec<Asked>>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut out = stream;
    loop {
        let mut lines = Vec::new();
        loop {
            let mut line = Vec::new();
            // What is no request, such as the start of an encrypted connection, is answered as if
            // it were one.
            if reader.read_until(b'\n', &mut line)? == 0 {
                return Ok(());
            }
            let line = String::from_utf8_lossy(&line).trim_end().to_owned();
            if line.is_empty() || !line.is_ascii() {
                break;
            }
            lines.push(line);
        }
        let first = lines.first().cloned().unwrap_or_default();
        let mut words = first.split(' ').map(str::to_owned);
        let asked = Asked {
            method: words.next().unwrap_or_default(),
            target: words.next().unwrap_or_default(),
            headers: lines.split_off(lines.len().min(1)),
            at: Instant::now(),
        };
        let before = {
            let mut log = log.lock().unwrap();
            log.push(asked.clone());
            log.len() - 1
        };
        for act in behaviour(&asked, before) {
            match act {
                Act::Send(text) => out.write_all(text.as_bytes())?,
                Act::Drip(text, pause) => {
                    for byte in text.as_bytes() {
                        out.write_all(&[*byte])?;
                        std::thread::sleep(pause);
                    }
                }
                Act::Endless(text) => loop {
                    out.write_all(text.as_bytes())?;
                },
                Act::Hang(time) => std::thread::sleep(time),
                Act::Close => return Ok(()),
            }
        }
    }
}

/// A response without a body.
pub fn status(code: u16) -> Vec<Act> {
    answer(code, "")
}

/// A response without a body, with more lines in its head.
pub fn answer(code: u16, head: &str) -> Vec<Act> {
    vec![Act::Send(format!("HTTP/1.1 {code} Such\r\nContent-Length: 0\r\n{head}\r\n"))]
}
