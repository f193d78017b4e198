//! Shell scripts.

use super::script::{filled, is_powershell, is_too_long, judge_plain, output_start, session};
use super::{Comments, Content, Family, Judgement, Language, NearMiss, Strings, Verdict, fill};
use crate::source::Span;

pub(super) static LANGUAGE: Language = Language {
    family: Family::Shell,
    comments: Comments::HASH,
    strings: Some(Strings::SHELL),
    holds_markup: false,
    near_miss: Some(NearMiss::SHELL),
    mistaken_for: &["python"],
    grammar: Some("bash"),
    judge: Some(judge),
    ..Language::new(&["shell", "bash", "sh", "zsh", "ksh", "shellscript"])
};

fn judge(text: &str) -> Judgement {
    if is_too_long(text) {
        return Judgement::too_large();
    }
    let judgement = match session(text, false) {
        Some(commands) => judge_plain(&commands, text),
        None => without_output(text),
    };
    match judgement.verdict {
        Verdict::Broken if is_powershell(text) => Judgement::fragment(),
        _ => judgement,
    }
}

/// The script that is parsed in place of a block.
pub(super) fn script_of(text: &str) -> String {
    let commands = session(text, false).or_else(|| {
        let broken = judge_plain(text, text).verdict == Verdict::Broken;
        broken.then(|| before_output(text)).flatten()
    });
    filled(commands.as_deref().unwrap_or(text)).0
}

/// The judgement on commands that are followed by their output, which is ignored.
fn without_output(text: &str) -> Judgement {
    let judgement = judge_plain(text, text);
    if judgement.verdict != Verdict::Broken {
        return judgement;
    }
    if is_named_call(text.trim()) {
        return Judgement::new(Verdict::Mislabelled("python"), Content::Opaque);
    }
    let Some(commands) = before_output(text) else { return judgement };
    let mut rest = judge_plain(&commands, text);
    if rest.verdict == Verdict::Valid {
        rest.verdict = Verdict::Fragment;
    }
    rest
}

/// Whether a block is one function call with named arguments, as in Python:
/// `send(to="x", loud=true)`. Arguments may be strings, words and numbers.
fn is_named_call(text: &str) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let Some(mut rest) = text.strip_suffix(')') else { return false };
    let Some((name, arguments)) = rest.split_once('(') else { return false };
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || !name.chars().all(word) {
        return false;
    }
    rest = arguments.trim();
    while !rest.is_empty() {
        let Some((key, value)) = rest.split_once('=') else { return false };
        if !key.starts_with(|c: char| c.is_ascii_alphabetic()) || !key.chars().all(word) {
            return false;
        }
        let len = match value.strip_prefix('"') {
            Some(inner) => inner.find(['"', '\\', '\n']).map(|end| end + 2),
            None => value.find(|c| !word(c)).or(Some(value.len())).filter(|&len| len > 0),
        };
        let Some((value, after)) = len.and_then(|len| value.split_at_checked(len)) else {
            return false;
        };
        if value.starts_with('"') && !value.ends_with('"') {
            return false;
        }
        let after = after.trim_start();
        match after.strip_prefix(',') {
            Some(more) => rest = more.trim_start(),
            None => return after.is_empty(),
        }
    }
    false
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
    fn what_is_no_script_is_let_alone() {
        let cases = [
            ("ls -l\n├── a (b)\n", Fragment),
            ("deno test\nCheck file (1)\nok | 1 passed (2ms)\n", Fragment),
            ("x y\nerror: Uncaught (in promise)\n", Fragment),
            ("x 'y\nerror: Uncaught (in promise)\n", Broken),
            ("cat <<EOF\nName: (x)\n", Broken),
            ("x \\\n  --y \"z\n", Broken),
            ("x –y\n", Broken),
            ("PS> Get-Item `\n  -Path x\n", Fragment),
            ("PS C:\\> ls `\n  x\n", Fragment),
            ("Invoke-WebRequest -Uri x `\n  -OutFile y\n", Fragment),
            ("$a = x | Select-Object 'y`\n", Fragment),
            ("get-it 'x\n", Broken),
            ("cat <<EOF > x\nfoo: \"bar\nEOF\n", Valid),
            ("$ cat <<E\n> it's\n> E\n$ ls 'x'\n", Valid),
            ("$ cat > x <<'E'\nit's\nE\n", Valid),
            ("$ cat <<E && \\\n  ls 'x'\nit's\nE\n# done\n", Valid),
            ("$ cat <<E && \\\n  ls 'x\nit's\nE\n", Broken),
            ("$ cat <<-E | tee x\n\tit's\n\tE\n$ ls \"x\n", Broken),
            ("send(a=\"b: c\", d=\"e\", loud=true)\n", Mislabelled("python")),
            ("send(\n  a=\"b\",\n  c=1)\n", Mislabelled("python")),
            ("send(a=\"b, c=\"d\")\n", Broken),
            ("send(a=\"b\" c=1)\n", Broken),
            ("send(a=\"b\")\nls\n", Broken),
            ("f() { x(a=1)\n", Broken),
        ];
        for (text, verdict) in cases {
            assert_eq!(judge(text).verdict, verdict, "{text}");
        }
    }
}
