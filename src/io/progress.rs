//! A status line on the terminal for work that takes long.

use std::io::{IsTerminal, Write};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// How long the work must take before the status line appears.
const DELAY: Duration = Duration::from_secs(1);
/// How often the status line is redrawn.
const REDRAW_INTERVAL: Duration = Duration::from_millis(200);

/// Runs `work`, and shows the text that `say` returns as a status line if it takes longer than
/// `DELAY`. Nothing is shown unless standard error is a terminal.
pub fn shown<T>(say: impl Fn() -> String + Send, work: impl FnOnce() -> T) -> T {
    if !std::io::stderr().is_terminal() {
        return work();
    }
    watched(say, work, DELAY, &mut std::io::stderr())
}

fn watched<T>(
    say: impl Fn() -> String + Send,
    work: impl FnOnce() -> T,
    delay: Duration,
    out: &mut (dyn Write + Send),
) -> T {
    let (done, waiting) = channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let mut wait = delay;
            let mut drawn = false;
            while waiting.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                // The work goes on even if the terminal is gone.
                let _ = write!(out, "\r\x1b[K{}", say()).and_then(|()| out.flush());
                (wait, drawn) = (REDRAW_INTERVAL, true);
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
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn what_takes_long_is_shown_and_wiped_away() {
        let (said, heard) = channel();
        let count = AtomicUsize::new(0);
        let say = || {
            let number = count.fetch_add(1, Ordering::Relaxed) + 1;
            // The work may be over by now.
            let _ = said.send(());
            format!("step {number}")
        };
        let mut out = Vec::new();
        // The work ends when the line was drawn twice, however long that takes.
        let slow = || (0..2).for_each(|_| heard.recv().unwrap());
        watched(say, slow, Duration::from_millis(1), &mut out);
        let drawn = (1..=count.into_inner()).map(|number| format!("\r\x1b[Kstep {number}"));
        let expected = drawn.collect::<String>() + "\r\x1b[K";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn what_ends_before_the_delay_shows_nothing() {
        let mut out = Vec::new();
        let seven = watched(|| "half".to_owned(), || 7, Duration::MAX, &mut out);
        assert_eq!((seven, out.len()), (7, 0));
    }
}
