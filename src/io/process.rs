//! Runs a program that the user has named, and captures its output.

use std::io::Read;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

/// The limits of one run.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The time after which the program is killed.
    pub time: Duration,
    /// The number of bytes that are read of each of its two outputs.
    pub bytes: u64,
}

/// Runs a program, without a shell, and returns its standard output and standard error.
pub fn capture(program: &str, arguments: &[String], limits: Limits) -> Result<[String; 2], String> {
    let mut child = Command::new(program)
        .args(arguments)
        // Ask for wide and plain output without a pager.
        .env("COLUMNS", "200")
        .env("NO_COLOR", "1")
        .env("TERM", "dumb")
        .env("PAGER", "cat")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("cannot run `{program}`: {error}"))?;
    let outputs = [
        child.stdout.take().map(|output| read(output, limits.bytes)),
        child.stderr.take().map(|output| read(output, limits.bytes)),
    ];
    let ended = wait(&mut child, limits.time);
    // A background process of the program may keep its outputs open; do not wait for that.
    let patience = Duration::from_millis(500);
    let texts = outputs.map(|output| {
        let bytes = output.and_then(|output| output.recv_timeout(patience).ok());
        String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned()
    });
    if ended {
        Ok(texts)
    } else {
        Err(format!("`{program} {}` did not end in time", arguments.join(" ")))
    }
}

/// Reads an output on another thread, since a program blocks when either of its pipes is full.
fn read(output: impl Read + Send + 'static, limit: u64) -> Receiver<Vec<u8>> {
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        // Whatever was read before a failure is used.
        let _ = output.take(limit).read_to_end(&mut bytes);
        let _ = send.send(bytes);
    });
    receive
}

/// Waits until the program ends; `false` if it had to be killed.
fn wait(child: &mut Child, time: Duration) -> bool {
    let start = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(_)) => return true,
            Ok(None) if start.elapsed() < time => std::thread::sleep(Duration::from_millis(5)),
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                return false;
            }
        }
    }
}
