//! Finds the call of the tool in a line: by name, after `sudo`, in a container, by a runner.

use crate::lang::Word;

/// A program that runs the rest of its line.
struct Wrapper {
    name: &'static str,
    /// Its flags that take a value.
    values: &'static [&'static str],
    /// The words between it and the program.
    before: Before,
}

/// The words between a wrapper and the program that it runs.
enum Before {
    /// Only flags and assignments.
    Nothing,
    /// Another word, such as a duration.
    Word,
    /// One of these words or none: `yarn x`, `yarn dlx x`.
    Maybe(&'static [&'static str]),
    /// One of these words: `npm exec x`.
    One(&'static [&'static str]),
}

const fn plain(name: &'static str, values: &'static [&'static str]) -> Wrapper {
    Wrapper { name, values, before: Before::Nothing }
}

const fn wrapper(name: &'static str, values: &'static [&'static str], before: Before) -> Wrapper {
    Wrapper { name, values, before }
}

const XARGS_VALUES: &[&str] = &["-n", "-I", "-P", "-L", "-d", "-E", "-s", "-a"];
const NPX_VALUES: &[&str] = &["-p", "--package"];
const UV_VALUES: &[&str] =
    &["--from", "--with", "-p", "--python", "--index", "--project", "--directory", "--extra"];
const RUN_WORDS: &[&str] = &["dlx", "exec", "x", "run"];

const WRAPPERS: &[Wrapper] = &[
    plain("sudo", &["-u", "-g", "-h", "-p", "-C", "-D", "--user", "--group"]),
    plain("doas", &["-u", "-C"]),
    plain("env", &["-u", "-C", "--unset", "--chdir"]),
    plain("exec", &["-a"]),
    plain("time", &["-f", "-o"]),
    plain("nohup", &[]),
    plain("command", &[]),
    plain("nice", &["-n"]),
    plain("ionice", &["-c", "-n", "-p"]),
    plain("setsid", &[]),
    plain("stdbuf", &["-i", "-o", "-e"]),
    plain("watch", &["-n", "--interval"]),
    plain("xargs", XARGS_VALUES),
    wrapper("timeout", &["-s", "-k", "--signal", "--kill-after"], Before::Word),
    plain("npx", NPX_VALUES),
    plain("bunx", NPX_VALUES),
    plain("uvx", UV_VALUES),
    wrapper("uv", UV_VALUES, Before::One(&["run", "tool run"])),
    wrapper("pipx", &["--spec", "--python"], Before::One(&["run"])),
    wrapper("poetry", &["-C", "-P"], Before::One(&["run"])),
    wrapper("mise", &["-C"], Before::One(&["exec", "x"])),
    wrapper("pnpm", &["-C", "--dir", "--filter", "-F"], Before::Maybe(RUN_WORDS)),
    wrapper("yarn", &[], Before::Maybe(RUN_WORDS)),
    wrapper("bun", &["--cwd"], Before::Maybe(RUN_WORDS)),
    wrapper("npm", NPX_VALUES, Before::One(RUN_WORDS)),
];

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

/// The index of the first word after the tool; `None` if the line does not call it.
pub(super) fn arguments(words: &[Word], tool: &str, runners: &[Vec<String>]) -> Option<usize> {
    let mut at = 0;
    loop {
        if let Some(end) = runners.iter().find_map(|runner| run_by(words, at, runner)) {
            return Some(end);
        }
        let word = words.get(at).filter(|word| word.literal)?;
        let name = base_name(&word.text);
        if name == tool {
            // `/tool` is a chat command, not a path.
            return (word.text.strip_prefix('/') != Some(tool)).then_some(at + 1);
        }
        if matches!(name, "docker" | "podman" | "docker-compose" | "podman-compose") {
            let inner = in_container(words, at, name.ends_with("-compose"))?;
            let word = words.get(inner).filter(|word| word.literal)?;
            return (base_name(&word.text) == tool).then_some(inner + 1);
        }
        if name.starts_with("python") {
            return as_module(words, at + 1, tool);
        }
        let wrapper = WRAPPERS.iter().find(|wrapper| wrapper.name == name)?;
        at = behind(words, at + 1, wrapper)?;
        // `npx tool@latest`, `uvx tool==1.2`
        let word = words.get(at).filter(|word| word.literal)?;
        if unversioned(base_name(&word.text)) == tool {
            return Some(at + 1);
        }
    }
}

/// Whether words from elsewhere follow those of the line.
pub(super) fn gets_more_words(words: &[Word]) -> bool {
    words.iter().any(|word| base_name(&word.text) == "xargs")
}

/// The index of the word that a wrapper runs.
fn behind(words: &[Word], at: usize, wrapper: &Wrapper) -> Option<usize> {
    let mut at = skip_flags(words, at, wrapper.values);
    let one_of = |list: &[&str]| {
        let here = &words.get(at)?.text;
        let next = words.get(at + 1).map_or("", |word| word.text.as_str());
        list.iter().find_map(|wanted| match wanted.split_once(' ') {
            Some((first, second)) => (here == first && next == second).then_some(at + 2),
            None => (here == wanted).then_some(at + 1),
        })
    };
    match wrapper.before {
        Before::Nothing => {}
        Before::Word => at += 1,
        Before::Maybe(list) => at = one_of(list).unwrap_or(at),
        Before::One(list) => at = one_of(list)?,
    }
    at = skip_flags(words, at, wrapper.values);
    while words.get(at).is_some_and(|word| is_assignment(&word.text)) {
        at += 1;
    }
    Some(at)
}

/// `-m tool`: the index after the module.
fn as_module(words: &[Word], at: usize, tool: &str) -> Option<usize> {
    let module = words.get(at + 1).filter(|word| word.literal)?;
    let is_tool = words[at].text == "-m" && module.text.replace('_', "-") == tool.replace('_', "-");
    is_tool.then_some(at + 2)
}

/// The program's name without folder and Windows suffix.
fn base_name(text: &str) -> &str {
    let name = text.rsplit(['/', '\\']).next().unwrap_or(text);
    name.strip_suffix(".exe").or_else(|| name.strip_suffix(".cmd")).unwrap_or(name)
}

/// The name of a package without its version.
fn unversioned(name: &str) -> &str {
    let end = name.find("==").or_else(|| name.rfind('@')).filter(|&at| at > 0);
    &name[..end.unwrap_or(name.len())]
}

fn is_assignment(text: &str) -> bool {
    text.split_once('=').is_some_and(|(name, value)| {
        !name.is_empty()
            && !value.starts_with('=')
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
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

/// The index of the program that is run in a container: after `exec` or `run` and the service.
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

/// The index after `runner` if it is at `at`, with flags and their values between its words.
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
