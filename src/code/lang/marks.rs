//! Marks for readers in the comments of code blocks, such as `// [!code ++]` and
//! `// highlight-next-line`, and the signs of differences. Neither is part of the code: what is
//! shown, copied, searched and checked is the code without them.

mod ansi;

use std::ops::Range;

use super::{Family, Language, find};

/// What a mark says of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It was added.
    Inserted,
    /// It was removed: it is not part of the code after the change.
    Removed,
    /// It is highlighted.
    Highlighted,
    /// It is in focus; other lines are dimmed.
    Focused,
    /// It causes an error.
    Error,
    /// It causes a warning.
    Warning,
    /// It is worth a look.
    Info,
}

impl Kind {
    /// Every kind, in the order of their classes.
    pub const ALL: [Self; 7] = [
        Self::Inserted,
        Self::Removed,
        Self::Highlighted,
        Self::Focused,
        Self::Error,
        Self::Warning,
        Self::Info,
    ];

    /// The class of a line in the HTML.
    pub fn class(self) -> &'static str {
        match self {
            Self::Inserted => "ins",
            Self::Removed => "del",
            Self::Highlighted => "hl",
            Self::Focused => "focus",
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// The words in `[!code …]`.
const NOTATION: &[(&str, Kind)] = &[
    ("++", Kind::Inserted),
    ("--", Kind::Removed),
    ("highlight", Kind::Highlighted),
    ("hl", Kind::Highlighted),
    ("focus", Kind::Focused),
    ("error", Kind::Error),
    ("warning", Kind::Warning),
    ("info", Kind::Info),
];

/// What begins and ends a notation.
const NOTE: (&str, &str) = ("[!code ", "]");
/// How a notation is written that readers should see: with one `!` less.
const ESCAPED_NOTE: &str = "[!!code ";
/// The longest notation, in bytes.
const MAX_NOTE: usize = 200;
/// The most words that are looked for in the lines of a block.
const MAX_WORDS: usize = 16;
/// In a line with more marks no words are looked for.
const MAX_CUTS: usize = 16;

/// Comments that are marks as a whole: a line, or the lines between two of them.
const WHOLE: &[(&str, Whole)] = &[
    ("highlight-next-line", Whole::Line),
    ("highlight-line", Whole::Line),
    ("highlight-start", Whole::Start),
    ("highlight-end", Whole::End),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whole {
    /// The line it stands in or, if nothing else does, the next.
    Line,
    /// The lines from here.
    Start,
    /// The lines up to here.
    End,
}

/// Comments of all languages: a mark needs no more than to stand in one of them.
const COMMENTS: &[(&str, &str)] = &[
    ("{/*", "*/}"),
    ("/*", "*/"),
    ("<!--", "-->"),
    ("(*", "*)"),
    ("{-", "-}"),
    ("//", ""),
    ("--", ""),
    ("::", ""),
    ("#", ""),
    (";", ""),
    ("%", ""),
];

/// The comment at the end of a line that stands for an item of a list, `# (1)` or `// (1)!`: its
/// bytes with the blanks before it, and the number of the item.
pub fn annotation(line: &str) -> Option<(Range<usize>, usize)> {
    let text = line.trim_end();
    COMMENTS.iter().find_map(|(open, close)| {
        let inside = text.strip_suffix(close)?.trim_end();
        let inside = inside.strip_suffix('!').unwrap_or(inside).strip_suffix(')')?;
        let digits = inside.len() - inside.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let (before, number) = inside.split_at(inside.len() - digits);
        let before = before.strip_suffix('(')?.trim_end().strip_suffix(open)?;
        Some((before.trim_end().len()..line.len(), number.parse().ok()?))
    })
}

/// A line of a block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// What is said of it.
    pub kinds: Vec<Kind>,
    /// The bytes of it that are not part of the code, in order.
    pub cut: Vec<Range<usize>>,
    /// Whether it is a mark and nothing else, and so is no line of the code.
    pub gone: bool,
    /// The words in it that are marked, in order.
    pub words: Vec<Range<usize>>,
    /// The parts of it that have colours, with their classes, in order.
    pub colors: Vec<(Range<usize>, String)>,
    /// The length of the sign that it begins with in a difference.
    pub sign: usize,
}

impl Line {
    /// Adds what is said of it.
    pub fn add(&mut self, kind: Kind) {
        if !self.kinds.contains(&kind) {
            self.kinds.push(kind);
        }
    }
}

/// The marks of a block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// All lines of the block, or none if nothing is marked.
    pub lines: Vec<Line>,
    /// Whether the block is a patch, which is used as a whole, signs and headers included.
    pub patch: bool,
}

impl Marks {
    /// Reads the marks of a block with a label.
    pub fn new(label: &str, text: &str) -> Self {
        let language = find(label);
        if language.is_some_and(|one| one.family == Family::Diff) {
            return signs(text);
        }
        if language.is_some_and(|one| one.has_colors) {
            return ansi::marks(text);
        }
        let may_hold = text.contains("[!code ") || text.contains(ESCAPED_NOTE);
        if !may_hold && !text.contains("highlight-") {
            return Self::default();
        }
        let mut reader = Reader::new(language);
        let lines: Vec<Line> = text.split('\n').map(|line| reader.line(line)).collect();
        let any = lines.iter().any(|line| *line != Line::default());
        Self { lines: if any { lines } else { Vec::new() }, patch: false }
    }

    /// The code after the change that the marks describe, with removed lines and the marks blanked,
    /// so that offsets stay the same; `None` if it is the text.
    pub fn blanked(&self, text: &str) -> Option<String> {
        if self.lines.iter().all(|line| line.cut.is_empty() && !line.gone) {
            return None;
        }
        let mut out = String::with_capacity(text.len());
        for (at, (content, line)) in text.split('\n').zip(&self.lines).enumerate() {
            out.push_str(if at == 0 { "" } else { "\n" });
            if line.gone || line.kinds.contains(&Kind::Removed) {
                out.extend(std::iter::repeat_n(' ', content.len()));
                continue;
            }
            let mut done = 0;
            for cut in &line.cut {
                out.push_str(&content[done..cut.start]);
                out.extend(std::iter::repeat_n(' ', cut.len()));
                done = cut.end;
            }
            out.push_str(&content[done..]);
        }
        Some(out)
    }
}

/// Reads the lines of a block in order.
struct Reader {
    /// The comments of the language itself, which may hold more than a mark.
    own: Vec<&'static str>,
    /// Whether marks are part of the text.
    kept: bool,
    /// For how many more lines each kind holds.
    left: [usize; Kind::ALL.len()],
    /// Whether the lines are between a start and an end.
    within: bool,
    /// Words to mark, and in how many more lines.
    words: Vec<(String, usize)>,
}

impl Reader {
    fn new(language: Option<&'static Language>) -> Self {
        let own = language.map(|language| {
            let block = language.comments.block.map(|(open, _)| open);
            language.comments.line.iter().copied().chain(block).collect()
        });
        Self {
            own: own.unwrap_or_default(),
            kept: language.is_some_and(|language| language.shows_marks),
            left: [0; Kind::ALL.len()],
            within: false,
            words: Vec::new(),
        }
    }

    fn line(&mut self, text: &str) -> Line {
        let mut line = Line::default();
        if !self.kept {
            let comments = self.comments(text);
            line.gone = !comments.is_empty() && is_blank_without(text, &comments);
            for comment in &comments {
                comment.notes.iter().for_each(|note| self.note(note));
                line.cut.extend(comment.cut.iter().cloned());
            }
        }
        let escaped = text.match_indices(ESCAPED_NOTE).map(|(at, _)| at + 1..at + 2);
        line.cut.extend(escaped);
        line.cut.sort_by_key(|cut| cut.start);
        if !line.gone {
            self.hold(text, &mut line);
        }
        line
    }

    /// The comments of a line that hold marks.
    fn comments<'t>(&self, text: &'t str) -> Vec<Comment<'t>> {
        let mut found = Vec::new();
        let (mut from, mut next) = (0, 0);
        while let Some(at) = text[next..].find(['[', 'h']).map(|at| next + at) {
            next = at + 1;
            let rest = &text[at..];
            let is_note = rest.starts_with(NOTE.0);
            if !is_note && !WHOLE.iter().any(|(word, _)| rest.starts_with(word)) {
                continue;
            }
            from = match self.comment(text, from, at) {
                None => at + 1,
                Some(comment) => {
                    let end = comment.end;
                    found.extend(Some(comment).filter(|comment| !comment.notes.is_empty()));
                    end
                }
            };
            next = from;
        }
        found
    }

    /// The comment around a mark at `at`, if there is one behind `from`.
    fn comment<'t>(&self, text: &'t str, from: usize, at: usize) -> Option<Comment<'t>> {
        let before = &text[from..at];
        let opened = |(open, close): &(&'static str, &'static str)| {
            Some((from + before.rfind(open)?, *open, *close))
        };
        // The one that begins last, and of those that end alike the longest: `{/*` goes before `/*`.
        let found = COMMENTS.iter().filter_map(opened);
        let (start, open, close) =
            found.max_by_key(|(start, open, _)| (start + open.len(), open.len()))?;
        let inside = start + open.len();
        let words = !text[inside..at].trim().is_empty();
        let apart = text[..start].chars().next_back().is_none_or(char::is_whitespace);
        if words && !(self.own.contains(&open) && apart) {
            return None;
        }
        match text[inside..].find(close) {
            _ if close.is_empty() => {
                Some(Comment::new(text, start, open, &text[inside..], text.len()))
            }
            Some(length) => {
                let end = inside + length + close.len();
                Some(Comment::new(text, start, open, &text[inside..inside + length], end))
            }
            // It goes on in other lines, so that nothing can be taken from this one.
            None => Some(Comment { notes: Vec::new(), cut: Vec::new(), end: text.len() }),
        }
    }

    /// Takes a mark, before the line that it begins with is read.
    fn note(&mut self, note: &Note<'_>) {
        match note {
            Note::Kind(kind, lines) => {
                let left = &mut self.left[*kind as usize];
                *left = (*left).max(*lines);
            }
            Note::Word(word, lines) if self.words.len() < MAX_WORDS => {
                self.words.push(((*word).to_owned(), *lines));
            }
            Note::Whole(Whole::Line) => self.note(&Note::Kind(Kind::Highlighted, 1)),
            Note::Whole(Whole::Start) => self.within = true,
            Note::Whole(Whole::End) => self.within = false,
            Note::Word(..) => {}
        }
    }

    /// Applies what holds to a line of code.
    fn hold(&mut self, text: &str, line: &mut Line) {
        for kind in Kind::ALL {
            let left = &mut self.left[kind as usize];
            if *left > 0 {
                *left -= 1;
                line.add(kind);
            }
        }
        if self.within {
            line.add(Kind::Highlighted);
        }
        for (word, left) in &mut self.words {
            *left = left.saturating_sub(1);
            if line.cut.len() > MAX_CUTS {
                continue;
            }
            let found = text.match_indices(word.as_str());
            let ranges = found.map(|(at, word)| at..at + word.len());
            let is_code = |range: &Range<usize>| {
                line.cut.iter().all(|cut| range.end <= cut.start || cut.end <= range.start)
            };
            line.words.extend(ranges.filter(is_code));
        }
        self.words.retain(|(_, left)| *left > 0);
        line.words.sort_by_key(|word| (word.start, word.end));
        let mut end = 0;
        line.words.retain(|word| {
            let apart = word.start >= end;
            end = if apart { word.end } else { end };
            apart
        });
    }
}

/// Whether a line has nothing but its comments.
fn is_blank_without(text: &str, comments: &[Comment<'_>]) -> bool {
    let mut at = 0;
    let mut cuts = comments.iter().flat_map(|comment| &comment.cut);
    let blank = cuts.all(|cut| {
        let blank = text[at..cut.start].trim().is_empty();
        at = cut.end;
        blank
    });
    blank && text[at..].trim().is_empty()
}

/// A comment with marks in it.
struct Comment<'t> {
    notes: Vec<Note<'t>>,
    /// What is not part of the code: the comment, or only the marks in it.
    cut: Vec<Range<usize>>,
    end: usize,
}

#[derive(Clone, Copy, Debug)]
enum Note<'t> {
    /// A kind, and the number of lines it holds for.
    Kind(Kind, usize),
    /// A word, and the number of lines it is looked for in.
    Word(&'t str, usize),
    /// The whole comment.
    Whole(Whole),
}

impl<'t> Comment<'t> {
    fn new(text: &str, start: usize, open: &str, content: &'t str, end: usize) -> Self {
        let inside = start + open.len();
        let mut cut: Vec<Range<usize>> = Vec::new();
        let mut notes = Vec::new();
        if let Some((_, whole)) = WHOLE.iter().find(|(word, _)| *word == content.trim()) {
            notes.push(Note::Whole(*whole));
            cut.push(inside..inside + content.len());
        }
        for (at, _) in content.match_indices(NOTE.0) {
            let Some((note, length)) = note(&content[at..]) else { continue };
            notes.push(note);
            let blanks = content[..at].len() - content[..at].trim_end().len();
            cut.push(inside + at - blanks..inside + at + length);
        }
        let mut rest = 0;
        let other = cut.iter().any(|cut| {
            let words = !content[rest..cut.start - inside].trim().is_empty();
            rest = cut.end - inside;
            words
        });
        if !notes.is_empty() && !other && content[rest..].trim().is_empty() {
            // Nothing else is in it: the comment goes, and the blanks before it.
            let repeated = open.chars().next().unwrap_or_default();
            let before = if open.chars().all(|c| c == repeated) {
                text[..start].trim_end_matches(repeated)
            } else {
                &text[..start]
            };
            let end = if text[end..].trim().is_empty() { text.len() } else { end };
            cut = std::iter::once(before.trim_end().len()..end).collect();
        }
        Self { notes, cut, end }
    }
}

/// The notation that a text begins with, and its length.
fn note(text: &str) -> Option<(Note<'_>, usize)> {
    let end = text.bytes().take(MAX_NOTE).position(|byte| byte == NOTE.1.as_bytes()[0])?;
    let inside = text[NOTE.0.len()..end].trim();
    let (said, count) = match inside.rsplit_once(':') {
        Some((said, count)) if said != "word" && count.bytes().all(|c| c.is_ascii_digit()) => {
            (said, Some(count.parse().ok()?))
        }
        _ => (inside, None),
    };
    let note = match said.strip_prefix("word:").filter(|word| !word.is_empty()) {
        Some(word) => Note::Word(word, count.unwrap_or(usize::MAX)),
        None => {
            let (_, kind) = NOTATION.iter().find(|(name, _)| *name == said)?;
            Note::Kind(*kind, count.unwrap_or(1))
        }
    };
    Some((note, end + NOTE.1.len()))
}

/// The signs of a difference.
fn signs(text: &str) -> Marks {
    let lines: Vec<&str> = text.split('\n').collect();
    let named = |pair: &[&str]| pair[0].starts_with("--- ") && pair[1].starts_with("+++ ");
    let patch = lines.windows(2).any(named)
        || lines.iter().any(|line| line.starts_with("@@ ") || line.starts_with("diff --git "));
    let kind = |line: &str| match line.as_bytes().first()? {
        b'+' if !line.starts_with("+++") => Some(Kind::Inserted),
        b'-' if !line.starts_with("---") => Some(Kind::Removed),
        _ => None,
    };
    let blanks = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let least = |signed: bool| {
        let alike = lines.iter().filter(|line| kind(line).is_some() == signed);
        let texts = alike.map(|line| if signed { &line[1..] } else { line });
        texts.filter(|line| !line.trim().is_empty()).map(blanks).min()
    };
    // Code is indented by even numbers of blanks or by tabs: one blank more belongs to the sign.
    let sign = if least(true) == Some(1) { 2 } else { 1 };
    let other = match least(false).unwrap_or(0) {
        2.. if sign == 2 => 2,
        odd if odd % 2 == 1 => 1,
        _ => 0,
    };
    let line = |text: &&str| match (patch, kind(text)) {
        (true, kind) => Line { kinds: kind.into_iter().collect(), ..Line::default() },
        (false, Some(kind)) => {
            let sign = sign.min(1 + blanks(&text[1..]));
            Line { kinds: vec![kind], sign, ..Line::default() }
        }
        (false, None) => Line { sign: other.min(blanks(text)), ..Line::default() },
    };
    Marks { lines: lines.iter().map(line).collect(), patch }
}

#[cfg(test)]
mod tests;
