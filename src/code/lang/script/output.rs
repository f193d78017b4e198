//! Tells commands from their output in blocks without prompts.

/// Programs that are common in documentation: a line that begins with one is a command.
const PROGRAMS: &[&str] = &[
    "bun", "bunx", "cargo", "cd", "curl", "deno", "docker", "git", "mkdir", "npm", "npx", "pip",
    "pip3", "pipx", "pnpm", "poetry", "sudo", "uv", "uvx", "yarn",
];

/// Whether a text is commands of well-known programs and nothing else.
pub(in crate::lang) fn is_only_commands(text: &str) -> bool {
    let known = |line: &str| {
        let mut words = line.trim_start_matches("$ ").split_whitespace();
        PROGRAMS.contains(&words.next().unwrap_or(""))
            && words.next().is_some_and(|word| !word.starts_with(['=', '(', '.']))
    };
    let mut lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    lines.next().is_some_and(known) && lines.all(known)
}

/// The offset at which output begins in a script without prompts: the first line that is clearly
/// not a command, since it begins with a symbol, an option, a word before a colon, a single
/// bracket, or like a sentence.
pub(in crate::lang) fn output_start(text: &str) -> Option<usize> {
    let mut at = 0;
    let mut continued = false;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        if !continued && is_output(words) {
            return Some(at);
        }
        continued = words.ends_with('\\');
        at += line.len();
    }
    None
}

fn is_output(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or("");
    let word = first.trim_end_matches(':');
    let label = word.len() < first.len() && word.chars().all(|c| c.is_alphanumeric() || c == '-');
    let letters = |text: &str, upper: bool| {
        text.chars().all(|c| c == ':' || c.is_ascii_alphabetic() && c.is_ascii_uppercase() == upper)
    };
    let sentence = first.starts_with(|c: char| c.is_ascii_uppercase())
        && first.len() > 1
        && (letters(&first[1..], false) || letters(first, true))
        && words.contains(' ');
    // Word processors replace ASCII dashes and quotes with these.
    let damage = ['–', '—', '“', '”', '‘', '’', '…', '\u{a0}', '\u{200b}'];
    let sign =
        first.starts_with(|c: char| !c.is_ascii() && !c.is_alphabetic() && !damage.contains(&c));
    let bracket = matches!(words, "{" | "[");
    let other = first == ">" || first.starts_with("--") || first.starts_with("file:");
    sign || label || sentence || bracket || other || words.contains(" ... ")
}
