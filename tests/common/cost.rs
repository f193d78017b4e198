//! What work costs, in processor time: a clock tells as much of the machine as of the work.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::Run;

/// What a run may take: address space in KiB, threads and their stacks included, and seconds of
/// processor time. The second only ends a run that would never end.
const MEMORY: usize = 3 << 20;
const SECONDS: usize = 600;

/// Who costs less is too cheap to be measured: loading the program costs as much.
const CHEAP: Duration = Duration::from_secs(1);

/// How often a pair is measured before it is believed that it grows too fast.
const ATTEMPTS: usize = 4;

/// Runs docgen in a folder with bounded memory; the processor time of all of its threads together.
pub fn measured(folder: &Path, arguments: &[&str]) -> Result<(Run, Duration), String> {
    let script = format!("ulimit -v {MEMORY} -t {SECONDS}; TIMEFORMAT='%U %S'; time \"$0\" \"$@\"");
    let output = Command::new("bash")
        .args(["-c", &script])
        .arg(assert_cmd::cargo::cargo_bin("docgen"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .map_err(|error| error.to_string())?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (code, out, err) = (output.status.code(), text(&output.stdout), text(&output.stderr));
    let (err, last) = err.trim_end().rsplit_once('\n').unwrap_or(("", err.trim_end()));
    let seconds: f64 = last.split(' ').filter_map(|one| one.parse::<f64>().ok()).sum();
    let code = code.unwrap_or(-1);
    if !(0..=2).contains(&code) || err.contains("panicked") {
        let end: String = err.chars().take(400).collect();
        return Err(format!("{} after {seconds} s of the processor: {end}", output.status));
    }
    Ok((Run { code, out, err: err.to_owned() }, Duration::from_secs_f64(seconds)))
}

/// Does work on this thread: the result, and the processor time, which is zero where the system does
/// not tell that of a thread.
pub fn of_thread<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let spent = || {
        let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
    };
    let start = spent();
    let done = work();
    (done, start.zip(spent()).map_or(Duration::ZERO, |(start, end)| end.saturating_sub(start)))
}

/// Whether work grows evenly with its input, and not with the square of it: `cost` does it for a
/// text, for half of the text and for none, which is what any input costs. Of two inputs that differ
/// by half, a square differs by a quarter.
pub fn even<E: From<String>>(
    whole: &str,
    half: &str,
    mut cost: impl FnMut(&str) -> Result<Duration, E>,
) -> Result<(), E> {
    let allowed = 1.5 * whole.len() as f64 / half.len() as f64;
    let (mut all, mut part, mut none) = (Duration::MAX, Duration::MAX, Duration::MAX);
    for _ in 0..ATTEMPTS {
        all = all.min(cost(whole)?);
        if all < CHEAP {
            return Ok(());
        }
        part = part.min(cost(half)?);
        none = none.min(cost("")?);
        if all.saturating_sub(none) <= part.saturating_sub(none).mul_f64(allowed) {
            return Ok(());
        }
    }
    Err(E::from(format!(
        "{} bytes cost {all:?} of the processor, {} bytes {part:?} and none {none:?}: that grows \
         too fast",
        whole.len(),
        half.len()
    )))
}
