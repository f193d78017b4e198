//! Marks that stand for lines that the author left out: `...`, `. . .`, dots below one another,
//! `--snip--`, `<snip>`, `[…]`, `... other fields`.

use crate::source::Span;

/// Words of such marks, which need brackets or dashes around them.
const WORDS: &[&str] =
    &["abridged", "cut", "etc", "omitted", "rest omitted", "snip", "snipped", "truncated"];

/// The length of the mark that begins at an offset, if it is all that its line holds, apart from
/// closing brackets and a comma.
pub fn mark(text: &str, at: usize) -> Option<usize> {
    // Blanks are looked through backwards: lines may be long, and hold many places to look at.
    let before = text[..at].trim_end_matches([' ', '\t']);
    if !(before.is_empty() || before.ends_with('\n')) {
        return None;
    }
    let rest = text[at..].split('\n').next().unwrap_or("");
    // `... # more of them`
    let told = [" #", " //"].iter().filter_map(|mark| rest.find(mark)).min();
    let content = rest[..told.unwrap_or(rest.len())].trim_end().trim_end_matches(',').trim_end();
    let line = Span::new(before.len(), at + rest.len());
    let found = if content == "." { is_column(text, line) } else { is_mark(content) };
    found.then_some(content.len())
}

/// Whether a line of one dot is part of a column of them.
fn is_column(text: &str, line: Span) -> bool {
    let above = text[..line.start].strip_suffix('\n').and_then(|text| text.rsplit('\n').next());
    let below = text[line.end..].strip_prefix('\n').and_then(|text| text.split('\n').next());
    [above, below].into_iter().flatten().any(|line| line.trim() == ".")
}

fn is_mark(content: &str) -> bool {
    let dots = |text: &str| {
        let count = text.matches('.').count();
        (count > 1 || text.contains('…')) && text.chars().all(|c| matches!(c, '.' | '…' | ' '))
    };
    let bare = content.trim_matches(|c: char| "[](){}<>-*=~_✂ ".contains(c));
    if dots(content) || dots(bare) {
        return true;
    }
    if bare.len() < content.len()
        && !bare.is_empty()
        && WORDS.iter().any(|word| bare.eq_ignore_ascii_case(word))
    {
        let around = &content[..content.find(bare).unwrap_or(0)];
        return !matches!(around.trim(), "" | "-" | "*");
    }
    // `... other fields`
    let words = content.strip_prefix("... ").or_else(|| content.strip_prefix("… "));
    words.is_some_and(|words| words.chars().all(|c| c.is_alphabetic() || " ,.…()'’-".contains(c)))
}

/// The text with blanks in place of the lines that are marks; `None` if there is none.
pub fn without(text: &str) -> Option<String> {
    // Each mark has dots or one of the words.
    let mut bytes = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let at = start + line.len() - line.trim_start().len();
        let near = line
            .trim_start()
            .starts_with(['.', '…', '[', '(', '{', '<', '-', '*', '=', '~', '_', '✂']);
        if near && mark(text, at).is_some() {
            if bytes.is_empty() {
                bytes = text.as_bytes().to_vec();
            }
            bytes[at..start + line.trim_end().len()].fill(b' ');
        }
        start += line.len();
    }
    (!bytes.is_empty()).then(|| String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn lines_that_stand_for_others_are_told_from_content() {
        for line in [
            "...",
            "…",
            "....",
            ". . .",
            "[...]",
            "<…>",
            "--snip--",
            "-- snip --",
            "<snip>",
            "[snip]",
            "(SNIP)",
            "... other fields",
            "  ...,",
            "** omitted **",
            "✂ ... ✂",
        ] {
            let text = format!("a\n{line}\nb");
            let blank = " ".repeat(line.len());
            assert_eq!(without(&text), Some(format!("a\n{blank}\nb")), "{line}");
        }
        assert_eq!(without("... # as above\n").as_deref(), Some("              \n"));
        assert_eq!(without(".\n.\n.\n").as_deref(), Some(" \n \n \n"));
        for line in [
            "snip", ".", "...rest", "[a]", "- cut", "* etc", "a ...", "-", "...: 1", "-- a", "",
            "[]",
        ] {
            assert_eq!(without(&format!("a\n{line}\nb")), None, "{line}");
        }
    }
}
