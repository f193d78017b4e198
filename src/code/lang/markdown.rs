//! Markdown in a code block. Pages about writing show mistakes on purpose, or only the first line
//! of a fence, so the only fault is a fence that swallowed another.

use super::{Comments, Content, Family, Fault, Judgement, Language, MAX_BLOCK, Verdict};
use crate::source::Span;

pub(super) static LANGUAGE: Language = Language {
    family: Family::Markdown,
    comments: Comments::MARKUP,
    holds_entities: true,
    holds_backslashes: true,
    shows_marks: true,
    judge: Some(judge),
    ..Language::new(&["markdown", "md"])
};

fn judge(text: &str) -> Judgement {
    if text.len() > MAX_BLOCK {
        return Judgement::too_large();
    }
    match swallowing(text) {
        Some(span) => {
            let fault = Fault::new(
                span,
                "the fence that opens here is never closed, and the next begins inside of it",
            );
            Judgement::broken(vec![fault])
        }
        None => Judgement::new(Verdict::Valid, Content::Opaque),
    }
}

/// A fence inside which another of the same kind opens, and which nothing closes.
fn swallowing(text: &str) -> Option<Span> {
    let mut open: Option<(u8, usize, Span, bool)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        let mark = words.bytes().next().filter(|byte| matches!(byte, b'`' | b'~'));
        let len = words.bytes().take_while(|byte| Some(*byte) == mark).count();
        if let (Some(mark), 3..) = (mark, len) {
            let info = &words[len..];
            open = match open {
                None if info.contains('`') => None,
                None => Some((mark, len, Span::new(at, at + line.trim_end().len()), false)),
                Some((opened, width, _, _))
                    if opened == mark && len >= width && info.is_empty() =>
                {
                    None
                }
                Some((opened, width, span, inner)) => {
                    let again = opened == mark && len == width && !info.is_empty();
                    Some((opened, width, span, inner || again))
                }
            };
        }
        at += line.len();
    }
    open.filter(|open| open.3).map(|open| open.2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts() {
        assert_eq!(judge("# a\n\n```js\nb\n```\n").verdict, Verdict::Valid);
        assert_eq!(judge("```js {1,3}\n").verdict, Verdict::Valid);
        assert_eq!(judge("# a\n\n```js\nb\n\n```ts\nc\n```\n").verdict, Verdict::Valid);
        assert_eq!(judge("```js\nb\n\n```ts\nc\n").verdict, Verdict::Broken);
    }
}
