//! Shell scripts.

use super::script::{judge_plain, session};
use super::{Judgement, Language};

pub(super) static LANGUAGE: Language = Language {
    name: "shell",
    labels: &["shell", "bash", "sh", "zsh", "ksh", "shellscript"],
    judge,
};

fn judge(text: &str) -> Judgement {
    match session(text, false) {
        Some(commands) => judge_plain(&commands, text),
        None => judge_plain(text, text),
    }
}
