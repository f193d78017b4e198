//! Emphasis beside Chinese, Japanese and Korean text, as the CJK-friendly amendment of CommonMark
//! reads it: `这是**“引号”**后面` is bold although no space stands around the asterisks.
//!
//! CommonMark lets a run of asterisks open or close emphasis by the characters on both sides, and
//! tells words apart by their spaces, which these scripts do not have. An empty tag on the other
//! side of the run makes the parser decide as the amendment does; the walk leaves it out again.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use unicode_general_category::{GeneralCategory, get_general_category};

/// The tag that separates. It is known by its place, so an author may write the same.
const SEPARATOR: &str = "<dg>";

/// Scripts that are written without spaces, and their punctuation.
const CJK: &[(u32, u32)] = &[
    (0x1100, 0x11FF),
    (0x2E80, 0x303E),
    (0x3041, 0x4DBF),
    (0x4E00, 0xA4CF),
    (0xA960, 0xA97F),
    (0xAC00, 0xD7FF),
    (0xF900, 0xFAFF),
    (0xFE10, 0xFE19),
    (0xFE30, 0xFE6F),
    (0xFF00, 0xFFEF),
    (0x16FE0, 0x18DFF),
    (0x1AFF0, 0x1B2FF),
    (0x20000, 0x3FFFD),
];

/// A text with separators in it.
#[derive(Debug)]
pub struct Separated {
    /// The text for the parser.
    pub text: String,
    /// Where each separator begins in it, in order.
    marks: Vec<usize>,
}

impl Separated {
    /// Puts separators where `text` needs them; `None` if it needs none.
    pub fn new(text: &str, options: Options) -> Option<Self> {
        let mut places: Vec<(Range<usize>, usize)> = candidates(text).collect();
        if places.is_empty() {
            return None;
        }
        let shown = shown(text, options);
        places.retain(|(run, _)| {
            let behind = shown.partition_point(|range| range.start <= run.start);
            behind > 0 && run.end <= shown[behind - 1].end
        });
        let mut out = String::with_capacity(text.len() + places.len() * SEPARATOR.len());
        let (mut marks, mut done) = (Vec::new(), 0);
        for (_, at) in places {
            out.push_str(&text[done..at]);
            marks.push(out.len());
            out.push_str(SEPARATOR);
            done = at;
        }
        out.push_str(&text[done..]);
        (!marks.is_empty()).then_some(Self { text: out, marks })
    }

    /// Whether a separator begins at an offset.
    pub fn is_mark(&self, at: usize) -> bool {
        self.marks.binary_search(&at).is_ok()
    }

    /// The same range without the separators.
    pub fn without(&self, range: Range<usize>) -> Range<usize> {
        let place = |at: usize| {
            let before = self.marks.partition_point(|mark| *mark < at);
            let inside = before
                .checked_sub(1)
                .map_or(0, |last| (self.marks[last] + SEPARATOR.len()).saturating_sub(at));
            (at + inside) - before * SEPARATOR.len()
        };
        place(range.start)..place(range.end)
    }
}

/// Runs of asterisks and tildes that the amendment reads in another way, each with the place of the
/// separator.
fn candidates(text: &str) -> impl Iterator<Item = (Range<usize>, usize)> {
    let mut done = 0;
    memchr::memchr2_iter(b'*', b'~', text.as_bytes()).filter_map(move |start| {
        if start < done {
            return None;
        }
        let mark = text.as_bytes()[start];
        let len = text[start..].bytes().take_while(|byte| *byte == mark).count();
        done = start + len;
        let run = start..done;
        let beside = text[..start].chars().next_back()?;
        let before = text[..start].chars().rev().find(|c| !is_variation(*c))?;
        let after = text[done..].chars().next()?;
        let apart = before == '\\' || before.is_whitespace() || after.is_whitespace();
        if apart || !(is_cjk(before) || is_cjk(after)) {
            return None;
        }
        // One side is punctuation and the other a letter: CommonMark decides by the punctuation.
        match (is_punctuation(before), is_punctuation(after)) {
            (false, true) => Some((run, start)),
            // CommonMark takes a variation selector for a letter.
            (true, false) if !is_variation(beside) => Some((run, done)),
            _ => None,
        }
    })
}

/// Where text is shown as text or as the marks around it: not code, tags and addresses.
fn shown(text: &str, options: Options) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut in_code = false;
    let mut add = |range: Range<usize>| match ranges.last_mut() {
        Some(last) if last.end >= range.start => last.end = last.end.max(range.end),
        _ => ranges.push(range),
    };
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(_) if !in_code => add(range),
            Event::Start(Tag::Emphasis) => add(range.start..range.start + 1),
            Event::Start(Tag::Strong | Tag::Strikethrough) => add(range.start..range.start + 2),
            Event::End(TagEnd::Emphasis) => add(range.end - 1..range.end),
            Event::End(TagEnd::Strong | TagEnd::Strikethrough) => add(range.end - 2..range.end),
            _ => {}
        }
    }
    ranges
}

fn is_cjk(c: char) -> bool {
    let c = u32::from(c);
    c >= CJK[0].0 && CJK.iter().any(|(first, last)| (*first..=*last).contains(&c))
}

/// Selects the look of the character before it and is none itself.
fn is_variation(c: char) -> bool {
    matches!(u32::from(c), 0xFE00..=0xFE0F | 0xE0100..=0xE01EF)
}

/// Punctuation or a symbol, as CommonMark has it.
fn is_punctuation(c: char) -> bool {
    use GeneralCategory as Category;
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    matches!(
        get_general_category(c),
        Category::ConnectorPunctuation
            | Category::DashPunctuation
            | Category::ClosePunctuation
            | Category::FinalPunctuation
            | Category::InitialPunctuation
            | Category::OtherPunctuation
            | Category::OpenPunctuation
            | Category::CurrencySymbol
            | Category::MathSymbol
            | Category::ModifierSymbol
            | Category::OtherSymbol
    )
}

#[cfg(test)]
mod tests {
    use crate::markdown::outline::{InlineKind, Mark, Outline};
    use crate::markdown::{Dialect, prepare};

    /// The text as the reader sees it, with the marks that were understood as tags.
    fn read(text: &str) -> String {
        let scan = prepare(text, false, 0, Dialect::GITHUB);
        let mut out = String::new();
        for inline in Outline::new(text, &scan).inlines {
            match inline.kind {
                InlineKind::Open(Mark::Strong) => out.push_str("<b>"),
                InlineKind::Close(Mark::Strong) => out.push_str("</b>"),
                InlineKind::Open(Mark::Emphasis) => out.push_str("<i>"),
                InlineKind::Close(Mark::Emphasis) => out.push_str("</i>"),
                InlineKind::Open(Mark::Strikethrough) => out.push_str("<s>"),
                InlineKind::Close(Mark::Strikethrough) => out.push_str("</s>"),
                _ => {
                    if inline.kind == InlineKind::Text {
                        assert_eq!(inline.text, text[inline.span.start..inline.span.end]);
                    }
                    out.push_str(&inline.text);
                }
            }
        }
        out
    }

    #[test]
    fn emphasis_needs_no_space_beside_cjk_text() {
        for (text, seen) in [
            ("这是**“引号”**后面。", "这是<b>“引号”</b>后面。"),
            ("**粗体。**后面", "<b>粗体。</b>后面"),
            ("日本語の**「強調」**です。", "日本語の<b>「強調」</b>です。"),
            ("한국어 **강조(bold)**입니다", "한국어 <b>강조(bold)</b>입니다"),
            ("文字**`code`**文字", "文字<b>code</b>文字"),
            ("文字**[link](a.md)**文字", "文字<b>link</b>文字"),
            ("文*（a）*字", "文<i>（a）</i>字"),
            ("~~“删除”~~后", "<s>“删除”</s>后"),
            ("**“一”**后**“二”**。", "<b>“一”</b>后<b>“二”</b>。"),
            ("这**“a”**和***（b）***的", "这<b>“a”</b>和<i><b>（b）</b></i>的"),
            ("abc**「強調」**です", "abc<b>「強調」</b>です"),
            ("ไทย**(ก)**ไทย", "ไทย**(ก)**ไทย"),
            ("⚠️**注意**：方法", "⚠️<b>注意</b>：方法"),
            ("⚠**注意**：方法", "⚠<b>注意</b>：方法"),
            ("**注意⚠️**方法", "<b>注意⚠️</b>方法"),
        ] {
            assert_eq!(read(text), seen, "{text}");
        }
    }

    #[test]
    fn what_is_no_emphasis_stays_as_it_is() {
        for text in [
            r"这是\**“引号”\**后面",
            "`文**“a”**字`",
            "文字 ** “a” ** 文字",
            "a**\"b\"**c",
            "<dg>文 <dg>",
        ] {
            assert!(!read(text).contains("<b>"), "{text}");
        }
        let text = "[文](</文**（a）**字>) ![文](b**（c）**字.png)\n\n    文**（a）**字\n\n```\n文**（a）**字\n```\n";
        let scan = prepare(text, false, 0, Dialect::GITHUB);
        assert!(scan.separated.is_none(), "{:?}", scan.separated);
    }

    /// What the author escaped stays escaped, and the places of everything behind are the author's.
    #[test]
    fn places_are_those_of_the_source() {
        let text = "| 甲 | 乙 |\n| - | - |\n| 文**（a）**字 | [x](y.md) |\n\n# 文**“t”**字\n\n[z]: /w\n\n[q][z]\n";
        let facts = crate::markdown::facts(text, false, Dialect::GITHUB);
        assert_eq!(facts.headings[0].text, "文“t”字");
        let places: Vec<&str> =
            facts.links.iter().map(|link| &text[link.span.start..link.span.end]).collect();
        assert_eq!(places, ["y.md", "[q][z]"], "{:?}", facts.links);
    }
}
