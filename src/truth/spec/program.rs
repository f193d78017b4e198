//! Where in a line the tool is called: by name, behind `sudo`, in a container, by a runner.

use crate::lang::Word;

/// Programs that run the rest of the line, and their flags that take a value.
const WRAPPERS: &[(&str, &[&str])] = &[
    ("sudo", &["-u", "-g", "-h", "-p", "-C", "-D", "--user", "--group"]),
    ("doas", &["-u", "-C"]),
    ("env", &["-u", "-C", "--unset", "--chdir"]),
    ("exec", &["-a"]),
    ("time", &["-f", "-o"]),
    ("nohup", &[]),
    ("command", &[]),
    ("nice", &["-n"]),
    ("npx", &["-p", "--package"]),
    ("bunx", &["-p", "--package"]),
    ("pnpm", &["-C", "--dir", "--filter", "-F"]),
    ("yarn", &[]),
    ("bun", &["--cwd"]),
    ("npm", &["-p", "--package"]),
];

/// Sub-commands with which a package manager runs a program.
const RUN_WORDS: &[&str] = &["dlx", "exec", "x", "run"];

/// Flags of container tools that take a value.
const CONTAINER_VALUES: &[&str] = &[
    "-e",
    "--env",
    "--env-file",
    "-u",
    "--user",
    "-w",
    "--workdir",
    "-f",
    "--file",
    "-p",
    "--project-name",
    "--project-directory",
    "--profile",
    "-v",
    "--volume",
    "--name",
    "--entrypoint",
    "--index",
    "--publish",
    "--network",
    "-c",
    "--context",
    "-H",
    "--host",
    "--platform",
    "--label",
    "-l",
    "--detach-keys",
];

/// The index of the first word behind the tool; `None` if the line does not call it.
pub(super) fn arguments(words: &[Word], tool: &str, runners: &[Vec<String>]) -> Option<usize> {
    let mut at = 0;
    loop {
        if let Some(end) = runners.iter().find_map(|runner| run_by(words, at, runner)) {
            return Some(end);
        }
        let word = words.get(at).filter(|word| word.literal)?;
        let name = base_name(&word.text);
        if name == tool {
            return Some(at + 1);
        }
        if matches!(name, "docker" | "podman" | "docker-compose" | "podman-compose") {
            let inner = in_container(words, at, name.ends_with("-compose"))?;
            let word = words.get(inner).filter(|word| word.literal)?;
            return (base_name(&word.text) == tool).then_some(inner + 1);
        }
        let (_, values) = WRAPPERS.iter().find(|(wrapper, _)| *wrapper == name)?;
        let is_package_manager = matches!(name, "npx" | "bunx" | "pnpm" | "yarn" | "bun" | "npm");
        at = skip_flags(words, at + 1, values);
        if is_package_manager {
            if words.get(at).is_some_and(|word| RUN_WORDS.contains(&word.text.as_str())) {
                at = skip_flags(words, at + 1, values);
            } else if name == "npm" {
                return None;
            }
            // `npx tool@latest`
            let package = words.get(at).filter(|word| word.literal)?;
            let bare = package.text.get(1..).and_then(|rest| rest.find('@'));
            if bare.is_some_and(|cut| &package.text[..=cut] == tool) {
                return Some(at + 1);
            }
        }
        while words.get(at).is_some_and(|word| is_assignment(&word.text)) {
            at += 1;
        }
    }
}

/// The program's name without folder and Windows suffix.
fn base_name(text: &str) -> &str {
    let name = text.rsplit(['/', '\\']).next().unwrap_or(text);
    name.strip_suffix(".exe").or_else(|| name.strip_suffix(".cmd")).unwrap_or(name)
}

fn is_assignment(text: &str) -> bool {
    text.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    })
}

/// The index of the first word from `at` on that is neither a flag nor the value of one.
fn skip_flags(words: &[Word], mut at: usize, with_value: &[&str]) -> usize {
    while let Some(word) = words.get(at).filter(|word| word.text.starts_with('-')) {
        at += 1;
        if word.text == "--" {
            break;
        }
        at += usize::from(with_value.contains(&word.text.as_str()));
    }
    at.min(words.len())
}

/// The index of the program that is run in a container: behind `exec` or `run` and the service.
fn in_container(words: &[Word], at: usize, compose: bool) -> Option<usize> {
    let mut at = skip_flags(words, at + 1, CONTAINER_VALUES);
    if !compose && matches!(words.get(at)?.text.as_str(), "compose" | "container") {
        at = skip_flags(words, at + 1, CONTAINER_VALUES);
    }
    if !matches!(words.get(at)?.text.as_str(), "exec" | "run") {
        return None;
    }
    let service = skip_flags(words, at + 1, CONTAINER_VALUES);
    Some(service + 1)
}

/// The index behind `runner` if it stands at `at`, flags and their values between its words.
fn run_by(words: &[Word], at: usize, runner: &[String]) -> Option<usize> {
    let (first, rest) = runner.split_first()?;
    let program = words.get(at).filter(|word| word.literal)?;
    if program.text != *first && base_name(&program.text) != first {
        return None;
    }
    let mut at = at + 1;
    for (index, wanted) in rest.iter().enumerate() {
        let mut after_flag = false;
        loop {
            let word = words.get(at)?;
            if word.literal && word.text == *wanted {
                break;
            }
            let is_flag = word.text.starts_with('-');
            if !is_flag && !after_flag {
                return None;
            }
            // Another program runs in the service; its words are not the tool's.
            if word.text.starts_with("--entrypoint") && index + 1 == rest.len() {
                return None;
            }
            after_flag = is_flag;
            at += 1;
        }
        at += 1;
    }
    Some(at)
}
