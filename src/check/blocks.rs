//! Judges code blocks: each is parsed as its language once, for all rules.

use std::ops::RangeInclusive;
use std::sync::Arc;

use super::character_damage;
use super::judged::{Damage, Judged};
use super::judgement_cache::{JudgementCache, Key};
use super::near_miss;
use crate::config::Config;
use crate::lang::marks::{Kind, Line, Marks};
use crate::lang::{self, Family, Fault, Judgement, Language, Verdict};
use crate::markdown::facts::CodeBlock;
use crate::markdown::hidden::Hiding;
use crate::markdown::info::Info;
use crate::source::Span;

/// A code block and its judgement.
pub struct Block<'a> {
    /// The block.
    pub code: &'a CodeBlock,
    /// Its language, if docgen checks it.
    pub language: Option<&'static Language>,
    judged: Arc<Judged>,
    source: &'a str,
}

impl<'a> Block<'a> {
    /// Judges a block of `source`.
    pub fn new(
        code: &'a CodeBlock,
        source: &'a str,
        config: &Config,
        judgements: &JudgementCache,
    ) -> Self {
        let language = lang::judged(&code.info.language);
        // A block that is never closed contains the rest of the page, so its verdict means nothing.
        if code.info.unchecked || !code.closed {
            return Self { code, language, judged: Arc::default(), source };
        }
        let said = source.get(code.info_span.start..code.info_span.end).unwrap_or("");
        let written = code.text(source);
        let label = &code.info.language;
        // The parser of Rust handles hidden lines itself: they are code.
        let prefix = match config.hiding(label, said) {
            Some(Hiding::Prefix(prefix)) => prefix,
            _ => "",
        };
        let key = Key::new([label, said, prefix, &written]);
        let judged = judgements.get(key, || judge(language, &code.info, said, prefix, written));
        Self { code, language, judged, source }
    }

    /// What the language says.
    pub fn judgement(&self) -> Option<&Judgement> {
        self.judged.judgement.as_ref()
    }

    /// The damage to its characters, such as escapes or curly quotes left by a paste.
    pub fn damages(&self) -> &[Damage] {
        &self.judged.damages
    }

    /// Syntax errors that character damage does not explain. Damage has rules of its own.
    pub fn faults(&self) -> Vec<&Fault> {
        let all = self.judgement().map_or(&[][..], |judgement| &judgement.faults);
        match &self.judged.faults {
            None => all.iter().collect(),
            Some(numbers) => numbers.iter().filter_map(|&number| all.get(number)).collect(),
        }
    }

    /// Maps a range of the block's text to the bytes of the page.
    pub fn span(&self, span: Span) -> Span {
        self.code.source_span(self.source, span)
    }
}

/// Judges the text of a block.
fn judge(
    language: Option<&'static Language>,
    info: &Info,
    said: &str,
    prefix: &str,
    written: String,
) -> Judged {
    let mut judged = Judged::default();
    let hidden = Hiding::Prefix(prefix).blanked(&written);
    let in_parts = hidden.is_some();
    let written = hidden.unwrap_or(written);
    let marks = Marks::new(&info.language, &written);
    let after = marks.blanked(&written);
    let removed = |line: &Line| line.kinds.contains(&Kind::Removed);
    let marked = !info.removed.is_empty() || after.is_some() && marks.lines.iter().any(removed);
    let text = without_lines(after.unwrap_or(written), &info.removed);
    judged.judgement = language.map(|language| {
        let mut judgement = language.judge(&text);
        if is_sketch(said, marked, &text) {
            judgement.faults.iter_mut().for_each(|fault| fault.doubtful = true);
        }
        judgement
    });
    character_damage::of(&text, &info.language, &mut judged);
    let broken = judged.judgement.as_ref().is_some_and(|one| one.verdict == Verdict::Broken);
    let explained = judged.faults.as_ref().is_some_and(Vec::is_empty);
    // Hidden lines may contain what the visible ones lack.
    if broken && !explained && (in_parts || is_excused(said, &text)) {
        judged.judgement = Some(Judgement::fragment());
        judged.faults = None;
    }
    doubt(language, &text, &mut judged);
    judged
}

/// Discards errors of a block that is not even a near miss: it is probably not code.
fn doubt(language: Option<&'static Language>, text: &str, judged: &mut Judged) {
    let (Some(language), Some(judgement)) = (language, &mut judged.judgement) else { return };
    let explained = judged.faults.as_ref().is_some_and(Vec::is_empty);
    let sure = judgement.faults.iter().any(|fault| !fault.doubtful);
    if explained || !sure {
        return;
    }
    if is_other_block(language, text) {
        judgement.faults.iter_mut().for_each(|fault| fault.doubtful = true);
        return;
    }
    if is_captioned(language, text) {
        for fault in &mut judgement.faults {
            fault.doubtful = true;
            fault.help = Some("the first line belongs in the title of the block".to_owned());
        }
        return;
    }
    if near_miss::is_attempt(language, text, &judgement.faults) {
        return;
    }
    for fault in &mut judgement.faults {
        fault.doubtful = true;
        fault.help.get_or_insert_with(|| {
            format!("if this is not {}, give it another label, such as `text`", language.name)
        });
    }
}

/// Whether a block of JavaScript or JSON begins with a name before a brace: it is a block of another
/// language, such as that of Terraform, nginx or Android's build files.
fn is_other_block(language: &Language, text: &str) -> bool {
    if !matches!(language.family, Family::Script | Family::Json) {
        return false;
    }
    let code = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with("//");
    let Some(first) = text.lines().find(code) else { return false };
    let Some(head) = first.strip_suffix('{') else { return false };
    let name = |c: char| c.is_ascii_alphanumeric() || "_-. \"".contains(c);
    let word = head.split_whitespace().next().unwrap_or("");
    const KEYWORDS: &[&str] = &[
        "class",
        "do",
        "else",
        "enum",
        "export",
        "finally",
        "function",
        "interface",
        "module",
        "namespace",
        "return",
        "static",
        "switch",
        "try",
        "type",
        "while",
        "if",
        "for",
        "async",
        "const",
        "abstract",
        "declare",
    ];
    head.ends_with(' ')
        && head.starts_with(|c: char| c.is_ascii_alphabetic())
        && head.chars().all(name)
        && !KEYWORDS.contains(&word)
        && text.trim_end().ends_with('}')
}

/// Whether the first line of data is not a part of it, but the name of its file, or the command or
/// the request that it belongs to.
fn is_captioned(language: &Language, text: &str) -> bool {
    if !matches!(language.family, Family::Json | Family::Yaml | Family::Toml) {
        return false;
    }
    let Some((line, rest)) = text.trim_start().split_once('\n') else { return false };
    let mut words = line.split_whitespace();
    let (first, second) = (words.next().unwrap_or(""), words.next());
    let file = second.is_none()
        && first.rsplit_once('.').is_some_and(|(name, end)| {
            !name.is_empty()
                && (2..=5).contains(&end.len())
                && end.chars().all(char::is_alphanumeric)
        });
    let command = matches!(first, "$" | "%" | ">") && second.is_some();
    let methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
    let request = methods.contains(&first) && second.is_some_and(|path| path.contains('/'))
        || first.starts_with("HTTP/");
    (file || command || request) && !matches!(language.judge(rest).verdict, Verdict::Broken)
}

/// Whether an info string says that the block does not compile, is of another edition, or is only
/// a sketch that is not compiled.
fn is_excused(info: &str, text: &str) -> bool {
    const REFUSED: &[&str] = &["compile_fail", "does_not_compile", "edition2015"];
    if REFUSED.iter().any(|flag| info.contains(flag)) {
        return true;
    }
    let balanced = [('(', ')'), ('[', ']'), ('{', '}')]
        .iter()
        .all(|&(open, close)| text.matches(open).count() == text.matches(close).count())
        && text.matches('"').count().is_multiple_of(2);
    is_ignored(info) && balanced && text.lines().count() <= 5
}

/// Whether a block may not be whole code of its language: it is not compiled, only some lines of a
/// change are marked, or it is Markdown that contains fences.
fn is_sketch(info: &str, marked: bool, text: &str) -> bool {
    let fences = text.lines().filter(|line| line.trim_start().starts_with("```")).count();
    marked || fences > 1 || is_ignored(info)
}

/// Whether an info string tells rustdoc not to compile the block.
fn is_ignored(info: &str) -> bool {
    info.split([',', ' ']).skip(1).any(|flag| flag.trim() == "ignore")
}

/// The text without the lines that an info string marks as removed: `del={2,4-5}`.
fn without_lines(text: String, gone: &[RangeInclusive<usize>]) -> String {
    if gone.is_empty() {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    for (at, line) in text.split_inclusive('\n').enumerate() {
        if gone.iter().any(|range| range.contains(&(at + 1))) {
            let content = line.trim_end_matches('\n');
            out.extend(std::iter::repeat_n(' ', content.len()));
            out.push_str(&line[content.len()..]);
        } else {
            out.push_str(line);
        }
    }
    out
}
