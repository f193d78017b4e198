//! Shell scripts.

use super::script::{filled, is_too_long, judge_plain, output_start, session};
use super::{Content, Judgement, Language, Verdict, fill};
use crate::source::Span;

pub(super) static LANGUAGE: Language = Language {
    name: "shell",
    labels: &["shell", "bash", "sh", "zsh", "ksh", "shellscript"],
    judge,
};

fn judge(text: &str) -> Judgement {
    if is_too_long(text) {
        return Judgement::new(Verdict::NotChecked, Content::Opaque);
    }
    match session(text, false) {
        Some(commands) => judge_plain(&commands, text),
        None => without_output(text),
    }
}

/// What is parsed in place of a block.
pub(super) fn script_of(text: &str) -> String {
    let commands = session(text, false).or_else(|| {
        let broken = judge_plain(text, text).verdict == Verdict::Broken;
        broken.then(|| before_output(text)).flatten()
    });
    filled(commands.as_deref().unwrap_or(text)).0
}

/// Commands with their output behind them, which nobody can paste as a whole: the commands count.
fn without_output(text: &str) -> Judgement {
    let judgement = judge_plain(text, text);
    if judgement.verdict != Verdict::Broken {
        return judgement;
    }
    let Some(commands) = before_output(text) else { return judgement };
    let mut rest = judge_plain(&commands, text);
    if rest.verdict == Verdict::Valid {
        rest.verdict = Verdict::Fragment;
    }
    rest
}

/// The block with its output blanked, if it seems to have some.
fn before_output(text: &str) -> Option<String> {
    let start = output_start(text)?;
    let mut bytes = text.as_bytes().to_vec();
    fill(&mut bytes, Span::new(start, text.len()), b' ');
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use Verdict::*;

    #[test]
    fn output_behind_commands_is_let_alone() {
        let cases = [
            ("ls -l\n├── a (b)\n", Fragment),
            ("deno test\nCheck file (1)\nok | 1 passed (2ms)\n", Fragment),
            ("x y\nerror: Uncaught (in promise)\n", Fragment),
            ("x 'y\nerror: Uncaught (in promise)\n", Broken),
            ("cat <<EOF\nName: (x)\n", Broken),
            ("x \\\n  --y \"z\n", Broken),
            ("x –y\n", Broken),
        ];
        for (text, verdict) in cases {
            assert_eq!(judge(text).verdict, verdict, "{text}");
        }
    }
}
