//! Files of environment variables.

use super::{Comments, Content, Family, Fault, Judgement, Language, MAX_BLOCK, Strings, Verdict};
use crate::source::Span;

pub(super) static LANGUAGE: Language = Language {
    family: Family::Loose,
    comments: Comments::HASH_OR_SEMICOLON,
    strings: Some(Strings::PLAIN),
    holds_markup: false,
    judge: Some(judge),
    ..Language::new(&["dotenv", "env"])
};

fn judge(text: &str) -> Judgement {
    if text.len() > MAX_BLOCK {
        return Judgement::too_large();
    }
    let mut at = 0;
    while at < text.len() {
        let line = text[at..].split_inclusive('\n').next().unwrap_or("");
        let end = at + line.len();
        match quoted(line) {
            Some((start, quote)) if !closed(&text[at + start + 1..end], quote) => {
                // A value may have several lines; the closing quote is then on one of the next.
                match text[end..]
                    .split_inclusive('\n')
                    .scan(end, |start, line| {
                        let here = *start;
                        *start += line.len();
                        Some((here, line))
                    })
                    .take_while(|(_, line)| quoted(line).is_none())
                    .find(|(_, line)| closed(line, quote))
                {
                    Some((start, line)) => at = start + line.len(),
                    None => {
                        let span = Span::new(at + start, at + start + 1);
                        let fault = Fault::new(span, "this quote is never closed");
                        return Judgement::broken(vec![fault]);
                    }
                }
            }
            _ => at = end,
        }
    }
    Judgement::new(Verdict::Valid, Content::Opaque)
}

/// The offset of the opening quote of a value, and the quote.
fn quoted(line: &str) -> Option<(usize, char)> {
    let (name, value) = line.split_once('=')?;
    let name = name.trim().trim_start_matches("export ");
    if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || "_.-".contains(c)) {
        return None;
    }
    let quote = value.trim_start().chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Some((line.len() - value.trim_start().len(), quote))
}

fn closed(rest: &str, quote: char) -> bool {
    let mut escaped = false;
    rest.chars().any(|c| {
        let ends = c == quote && !escaped;
        escaped = c == '\\' && !escaped && quote == '"';
        ends
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use Verdict::*;

    #[test]
    fn verdicts() {
        let cases = [
            ("A=b\nexport C=\"d e\"\n# f\nG=it's\nH='i\"'\n", Valid),
            ("A=\"-----BEGIN\nb\n-----END\"\nC=d\n", Valid),
            ("A=<your key>\nB=\n", Valid),
            ("A=\"b\nC=\"d\"\n", Broken),
            ("A='b\n", Broken),
        ];
        crate::lang::testing::verdicts(|text| judge(text).verdict, cases);
    }
}
