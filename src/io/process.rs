//! Running a program that the user named, for what it prints.

use std::io::Read;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

/// What a run may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Time until it is ended.
    pub time: Duration,
    /// Bytes of each of its two outputs; what is beyond is not read.
    pub bytes: u64,
}

/// What a program printed, to both of its outputs. No shell is between.
pub fn capture(program: &str, arguments: &[String], limits: Limits) -> Result<[String; 2], String> {
    let mut child = Command::new(program)
        .args(arguments)
        // Wide, plain and without a pager.
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
    // A process that it left behind may hold the outputs open: they are not waited for.
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

/// Reads an output on a thread of its own: a program that fills one pipe waits.
fn read(output: impl Read + Send + 'static, limit: u64) -> Receiver<Vec<u8>> {
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        // What was read until a failure counts.
        let _ = output.take(limit).read_to_end(&mut bytes);
        let _ = send.send(bytes);
    });
    receive
}

/// Waits until the program ends; `false` if it had to be ended.
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
