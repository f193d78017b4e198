//! How many hyphens a flag begins with that was written with a dash: `ls –la`, `npm i –save-dev`.
//!
//! A dash in a command may stand for one hyphen or for two. Which of them is known only if the
//! program or the name says so; a wrong guess would be a command that fails in another way.

/// What is known of the flags of some programs.
struct Program {
    names: &'static [&'static str],
    /// The flags of one letter that may stand together after one hyphen.
    bundled: &'static str,
    /// Whether whole words follow one hyphen: `find -name`.
    words: bool,
}

/// Programs whose flags of one letter are often written together.
const fn bundles(names: &'static [&'static str], bundled: &'static str) -> Program {
    Program { names, bundled, words: false }
}

const PROGRAMS: &[Program] = &[
    bundles(&["ls", "ll"], "aABcCdfFghHiklLmnNopqQrRsStTuUvwxXZ1"),
    bundles(&["rm"], "dfiIrRv"),
    bundles(&["cp"], "abdfHiLlnPpRrsTuvxZ"),
    bundles(&["mv"], "bfinTuvZ"),
    bundles(&["mkdir"], "mpvZ"),
    bundles(&["ln"], "bdFfiLnPrsTv"),
    bundles(&["chmod", "chown", "chgrp"], "cfhHLPRv"),
    bundles(&["tar", "bsdtar"], "AcCdfhIjJkOpPrStTuUvxXzZ"),
    bundles(&["ps"], "aAcCdefFGHjlLmNoOpPrsSTtUuVvwxyZ"),
    bundles(&["grep", "egrep", "fgrep", "zgrep", "rg"], "ABCcEeFfGHhiIlLmnoPqRrsTUuvwxZz"),
    bundles(&["sed"], "Eeinrsuz"),
    bundles(&["du", "df"], "abBcDdHhiklLmPsSTtx"),
    bundles(&["curl"], "0123468AbBcCdDEfFgGhHiIjJkKlLmMnNoOpPqQrRsStTuUvVwxXyYzZ#"),
    bundles(&["wget"], "46bcdeEFhHiIjkKlLmnNoOpPqQrRStTUvVwxX"),
    bundles(&["ssh", "scp", "sftp"], "1246aAbBcCDeEfFgGhiIJkKlLmMnNoOpPqQrRsStTuvVwWxXyY"),
    bundles(&["rsync"], "0468aAbBcCdDeEFgHhIJkKlLmMnNoOpPqrRsStTuUvVWxXyz"),
    bundles(&["netstat", "ss"], "0468aAbceEfFghHiIlLmMnNopPrsStTuvVwWxXzZ"),
    bundles(&["lsof"], "abCDfgFhiKlLmMnNoOpPrRsStTuUvVwxX"),
    bundles(&["unzip", "zip"], "aAbBcCdDeEfFghiIjJklLmMnNoOpPqrRsStTuUvVwWxXyzZ9"),
    bundles(&["sort", "uniq", "head", "tail", "wc", "cut"], "bcdDfFghikmMnoRrsStuVwz"),
    bundles(&["bash", "sh", "zsh", "set"], "abBcCDeEfhHiklmnopPrstTuvx"),
    bundles(&["docker", "podman", "nerdctl", "kubectl", "oc"], "aditqf"),
    bundles(&["git"], "abdfimnpqsuvwxz"),
    bundles(&["pacman", "yay"], "bcdDFghiklmnopQRsStTuUvVwxyz"),
    bundles(&["apt", "apt-get", "dnf", "yum"], "qy"),
    bundles(&["base64", "xxd", "od"], "AabcdDegilnopPrstuvwx"),
    Program { names: &["find"], bundled: "", words: true },
    Program {
        names: &["java", "javac", "javadoc", "keytool", "jarsigner"],
        bundled: "",
        words: true,
    },
    Program { names: &["go", "gofmt"], bundled: "", words: true },
    Program { names: &["terraform", "tofu", "packer"], bundled: "", words: true },
    Program { names: &["ffmpeg", "ffprobe", "ffplay"], bundled: "", words: true },
    Program { names: &["openssl"], bundled: "", words: true },
    Program { names: &["convert", "magick", "mogrify"], bundled: "", words: true },
    Program { names: &["xcodebuild", "xset", "xrandr", "xterm"], bundled: "", words: true },
    Program { names: &["msbuild", "powershell", "pwsh"], bundled: "", words: true },
];

/// Names that have two hyphens in each program that has them, except where whole words follow one.
const LONG: &[&str] = &[
    "all",
    "amend",
    "branch",
    "build",
    "cached",
    "check",
    "config",
    "data",
    "debug",
    "delete",
    "depth",
    "detach",
    "dev",
    "dry-run",
    "env",
    "exclude",
    "file",
    "filter",
    "follow",
    "force",
    "format",
    "from",
    "global",
    "hard",
    "header",
    "help",
    "host",
    "ignore",
    "image",
    "include",
    "insecure",
    "install",
    "interactive",
    "json",
    "key",
    "label",
    "level",
    "limit",
    "list",
    "local",
    "log-level",
    "message",
    "mount",
    "name",
    "namespace",
    "network",
    "no-cache",
    "no-deps",
    "oneline",
    "output",
    "password",
    "path",
    "platform",
    "port",
    "privileged",
    "production",
    "profile",
    "prune",
    "publish",
    "pull",
    "quiet",
    "rebase",
    "recursive",
    "region",
    "release",
    "remove",
    "request",
    "requirement",
    "restart",
    "rm",
    "save",
    "save-dev",
    "server",
    "set",
    "soft",
    "staged",
    "stdin",
    "strict",
    "tag",
    "tags",
    "target",
    "timeout",
    "token",
    "type",
    "update",
    "upgrade",
    "url",
    "user",
    "username",
    "value",
    "values",
    "verbose",
    "version",
    "volume",
    "watch",
    "workspace",
    "yes",
];

/// The hyphens of the flag `name` whose dashes are `written`, if they are certain. `before` is the
/// command up to it.
pub fn hyphens(before: &str, written: &str, name: &str) -> Option<&'static str> {
    let letters = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    let name = &name[..letters.unwrap_or(name.len())];
    let mut chars = name.chars();
    let (first, rest) = (chars.next()?, chars.as_str());
    if written.chars().count() > 1 {
        return Some("--");
    }
    // `-x`, `-p8080`
    if rest.bytes().all(|byte| byte.is_ascii_digit()) && first.is_ascii_alphabetic() {
        return Some("-");
    }
    let program = program(before);
    let known = PROGRAMS.iter().find(|one| program.is_some_and(|name| one.names.contains(&name)));
    if known.is_some_and(|one| one.words) {
        return Some("-");
    }
    let bundle = known.is_some_and(|one| name.chars().all(|c| one.bundled.contains(c)));
    match (bundle, LONG.contains(&name)) {
        (true, false) => Some("-"),
        (false, true) => Some("--"),
        _ => None,
    }
}

/// The program that a command calls, without the words before it: prompts, variables, `sudo`.
fn program(before: &str) -> Option<&str> {
    let command = before.rsplit(['|', ';', '&', '(', '`']).next()?;
    let words = command.split_whitespace();
    let mut words = words.skip_while(|word| {
        let prompt = matches!(*word, "$" | "%" | "#" | ">") || word.ends_with(['$', '#']);
        prompt || matches!(*word, "sudo" | "time" | "exec" | "RUN") || word.contains('=')
    });
    let name = words.next()?;
    Some(name.rsplit('/').next().unwrap_or(name))
}

#[cfg(test)]
mod tests {
    use super::hyphens;

    #[test]
    fn only_what_is_certain_is_written() {
        for (command, expected) in [
            ("ls –la", Some("-")),
            ("$ sudo rm –rf x", Some("-")),
            ("cd x && /bin/tar –xzf y", Some("-")),
            ("A=1 ps –ef", Some("-")),
            ("x | grep –rn y", Some("-")),
            ("find . –name x", Some("-")),
            ("java –jar x", Some("-")),
            ("java –version", Some("-")),
            ("unknown –p8080", Some("-")),
            ("unknown –x", Some("-")),
            ("docker run –it x", Some("-")),
            ("docker run –rm x", Some("--")),
            ("git commit –amend", Some("--")),
            ("npm i –save-dev x", Some("--")),
            ("unknown –verbose=2", Some("--")),
            ("unknown –-anything", Some("--")),
            ("unknown ––anything", Some("--")),
            ("unknown –anything", None),
            ("unknown –la", None),
            ("unknown —else", None),
            // Both are flags of it.
            ("ls –all", None),
            ("ls x; unknown –la", None),
        ] {
            let at = command.find(['–', '—']).expect("a dash");
            let rest = &command[at..];
            let name = rest.trim_start_matches(['–', '—', '-']);
            let written = &rest[..rest.len() - name.len()];
            assert_eq!(hyphens(&command[..at], written, name), expected, "{command}");
        }
    }
}
