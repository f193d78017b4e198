//! A line that says that something goes on, where somebody waits at a terminal.

use std::io::{IsTerminal, Write};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// Nobody wonders before.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the line is drawn.
const STEP: Duration = Duration::from_millis(200);

/// Does something, and shows what is said of it while it takes long; nothing where the errors go to
/// a file or a pipe.
pub fn shown<T>(say: impl Fn() -> String + Send, work: impl FnOnce() -> T) -> T {
    if !std::io::stderr().is_terminal() {
        return work();
    }
    watched(say, work, PATIENCE, &mut std::io::stderr())
}

fn watched<T>(
    say: impl Fn() -> String + Send,
    work: impl FnOnce() -> T,
    patience: Duration,
    out: &mut (dyn Write + Send),
) -> T {
    let (done, waiting) = channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let mut wait = patience;
            let mut drawn = false;
            while waiting.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                // A terminal that went away is no reason to stop.
                let _ = write!(out, "\r\x1b[K{}", say()).and_then(|()| out.flush());
                (wait, drawn) = (STEP, true);
            }
            if drawn {
                let _ = write!(out, "\r\x1b[K").and_then(|()| out.flush());
            }
        });
        let result = work();
        drop(done);
        result
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_long_is_shown_and_wiped_away() {
        let mut out = Vec::new();
        let slow = || std::thread::sleep(Duration::from_millis(50));
        watched(|| "half".to_owned(), slow, Duration::from_millis(1), &mut out);
        assert_eq!(String::from_utf8(out).unwrap(), "\r\x1b[Khalf\r\x1b[K");
        let mut out = Vec::new();
        let seven = watched(|| "half".to_owned(), || 7, Duration::from_secs(60), &mut out);
        assert_eq!((seven, out.len()), (7, 0));
    }
}
