//! Terminal sessions: only the text after a prompt is parsed, not the output.

use super::{Comments, Family, Judgement, Language, NearMiss, Strings, Verdict, script};

pub(super) static LANGUAGE: Language = Language {
    family: Family::Shell,
    comments: Comments::HASH,
    strings: Some(Strings::SHELL),
    is_session: true,
    near_miss: Some(NearMiss::SHELL),
    grammar: Some("bash"),
    judge: Some(judge),
    ..Language::new(&[
        "console",
        "shell-session",
        "shellsession",
        "terminal",
        "bash-session",
        "sh-session",
    ])
};

fn judge(text: &str) -> Judgement {
    if script::is_too_long(text) {
        return Judgement::too_large();
    }
    if script::is_powershell(text) {
        return Judgement::fragment();
    }
    let session = script::session(text, false).or_else(|| script::session(text, true));
    match session {
        Some(commands) => script::judge_plain(&commands, text),
        None => {
            // Without a prompt, commands cannot be told from output: accept what parses.
            let judgement = script::judge_plain(text, text);
            match judgement.verdict {
                Verdict::Broken => Judgement::new(Verdict::Valid, super::Content::Opaque),
                _ => judgement,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_prompt_lines_are_read() {
        let text = "$ ls -l \\\n  x\nit's output (\n$ echo 'a\n";
        assert_eq!(judge(text).verdict, Verdict::Broken);
        assert_eq!(judge("$ ls\nit's output (\n").verdict, Verdict::Valid);
        assert_eq!(judge("it's only output (\n").verdict, Verdict::Valid);
        assert_eq!(judge("# Don't do this\n").verdict, Verdict::Valid);
        assert_eq!(judge("# don't do this\n").verdict, Verdict::Valid);
        assert_eq!(judge("# apt install 'x\n").verdict, Verdict::Broken);
        assert_eq!(judge("$ cat <<E\n> it's\n> E\n$ ls\n").verdict, Verdict::Valid);
        assert_eq!(judge("PS> ls `\n  x\n$ ls 'x\n").verdict, Verdict::Fragment);
        assert_eq!(judge("root@host:~# ls | (\n").verdict, Verdict::Broken);
    }
}
