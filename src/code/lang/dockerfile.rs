//! Dockerfiles, whole or without their first line.

use super::program::line_offset;
use super::{
    Comments, Content, Family, Fault, Judgement, Language, MAX_BLOCK, Strings, Verdict, fill,
    templates,
};
use crate::source::Span;

pub(super) static LANGUAGE: Language = Language {
    family: Family::Loose,
    comments: Comments::HASH_OR_SEMICOLON,
    strings: Some(Strings::PLAIN),
    holds_markup: false,
    mistaken_for: &["bash"],
    judge: Some(judge),
    ..Language::new(&["dockerfile", "docker", "containerfile"])
};

const BEFORE: &str = "FROM x\n";

fn judge(text: &str) -> Judgement {
    if text.len() > MAX_BLOCK {
        return Judgement::too_large();
    }
    let filled = filled(text);
    let part = [BEFORE, &filled].concat();
    let fault = match (parse(&filled, 0), parse(&part, BEFORE.len())) {
        (Ok(()), _) | (_, Ok(())) if !quotes(&filled).is_empty() => {
            return Judgement::broken(quotes(&filled));
        }
        (Ok(()), _) => {
            let verdict = if filled == text { Verdict::Valid } else { Verdict::Elision };
            return Judgement::new(verdict, Content::Opaque);
        }
        (_, Ok(())) => return Judgement::new(Verdict::Fragment, Content::Opaque),
        (Err(whole), Err(part)) if whole.span.start > part.span.start => whole,
        (_, Err(part)) => part,
    };
    // Commands of `docker` are often labelled as Dockerfiles, too.
    let first = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    let program = ["docker ", "$ ", "docker-compose ", "podman "];
    if first.is_some_and(|line| program.iter().any(|start| line.starts_with(start))) {
        return Judgement::new(Verdict::Mislabelled("bash"), Content::Opaque);
    }
    // A block may show several files, whose stages may have the same name.
    if fault.message.contains("duplicate stage name") {
        return Judgement::new(Verdict::Several, Content::Opaque);
    }
    Judgement::broken(vec![Fault { span: fault.span.clamped(text), ..fault }])
}

fn parse(text: &str, before: usize) -> Result<(), Fault> {
    let error = match parse_dockerfile::parse(text) {
        Ok(_) => return Ok(()),
        Err(error) => error,
    };
    // The crate counts columns from the start of the text.
    let line = line_offset(text, error.line(), 1);
    let line = line.saturating_sub(before);
    let len = text[before..].get(line..).and_then(|rest| rest.lines().next()).map_or(1, str::len);
    Err(Fault::new(Span::new(line, line + len), format!("{error:#}")))
}

/// Lists and variables with a missing quote: Docker would run such a list as a shell command.
fn quotes(text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut at = 0;
    let mut heredoc = false;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        let (name, rest) = words.split_once(' ').unwrap_or((words, ""));
        let rest = rest.trim();
        let whole = !words.ends_with('\\');
        let list = ["CMD", "ENTRYPOINT", "SHELL"].contains(&name)
            && rest.starts_with('[')
            && rest.ends_with(']')
            && rest.contains('"');
        heredoc |= words.contains("<<");
        let start = at + line.len() - line.trim_start().len();
        let span = Span::new(start, start + words.len());
        if heredoc || !whole {
            // A list that a shell or another line completes is not checked.
        } else if list && serde_json::from_str::<Vec<String>>(rest).is_err() {
            faults.push(Fault::new(span, format!("the list of this {name} is not JSON")));
        } else if name == "ENV" && rest.matches('"').count() % 2 == 1 && !rest.contains('\\') {
            faults.push(Fault::new(span, "this quote is never closed"));
        }
        at += line.len();
    }
    faults
}

/// The text with template tags replaced by words, and lines of dots blanked.
fn filled(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for span in templates(text) {
        fill(&mut bytes, span, b'x');
    }
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        let dots = words.trim_start_matches('#').trim_matches(['[', ']', '(', ')']);
        let tag = words.starts_with("{{") && words.ends_with("}}") || words.starts_with("{%");
        if matches!(dots, "..." | "…" | "....") || tag {
            fill(&mut bytes, Span::new(at, at + line.len()), b' ');
        }
        at += line.len();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Verdict::*;

    #[test]
    fn verdicts() {
        let cases = [
            (
                "FROM a AS b\nRUN --mount=type=cache,target=/c \\\n    d\nCMD [\"e\", \"f\"]\n",
                Valid,
            ),
            ("RUN a && \\\n    b\nCOPY . .\n", Fragment),
            ("FROM a\n...\nRUN b\n", Elision),
            ("FROM a\nRUN <<EOF\nb\nEOF\n", Valid),
            ("docker build .\n", Mislabelled("bash")),
            ("FROM a\nRUNN b\n", Broken),
            ("FROM a\nCOPY b\n", Broken),
            ("FROM a\nRUN <<EOF\nb\n", Broken),
            ("FROM a\nCMD [\"b, \"c\"]\n", Broken),
            ("FROM a\nENV B=\"c\n", Broken),
            ("FROM a\nRUN [ -f \"b\" ]\n", Valid),
        ];
        crate::lang::testing::verdicts(|text| judge(text).verdict, cases);
        assert_eq!(judge("FROM a\nRUNN b\n").faults[0].span, Span::new(7, 13));
    }
}
