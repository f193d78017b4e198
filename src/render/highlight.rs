//! Syntax highlighting: maps the scopes of syntect to a dozen short CSS classes.

mod grammar;
mod json;

use std::cell::Cell;
use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use syntect::parsing::{Scope, ScopeStack, SyntaxReference, SyntaxSet};

use self::grammar::{Reader, Stop};
use super::escape;
use crate::lang::{self, Family};
use crate::panics::caught;

/// The longest block that is highlighted, in bytes; it bounds the cost of one block.
const MAX_BLOCK: usize = 256 * 1024;
/// The longest line that is highlighted, in bytes.
const MAX_LINE: usize = 8 * 1024;
/// The longest run of one character in a line. The steps inside one search for a pattern are not
/// counted, and patterns that begin with "any number of blanks" take cubic time: 2,000 blanks in
/// an `ini` block took 20 seconds.
const MAX_RUN: usize = 512;

/// Why a block with a grammar could not be highlighted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unpainted {
    /// The block is too long.
    Block,
    /// One of its lines is too long.
    Line,
    /// One of its lines repeats a character too often.
    Run,
    /// Its grammar took too many steps.
    Steps,
    /// Its grammar or the library failed, with this message.
    Failed(String),
}

impl std::fmt::Display for Unpainted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Block => write!(f, "it is longer than {} KiB", MAX_BLOCK >> 10),
            Self::Line => write!(f, "one of its lines is longer than {} KiB", MAX_LINE >> 10),
            Self::Run => write!(f, "one of its lines repeats a character over {MAX_RUN} times"),
            Self::Steps => f.write_str("reading it takes too many steps"),
            Self::Failed(said) => write!(f, "its grammar failed: {said}"),
        }
    }
}

/// A highlighted block: one line of HTML for each line of text.
#[derive(Clone, Debug)]
pub struct Painted {
    /// The HTML.
    pub html: Arc<str>,
    /// Why it could not be highlighted, if its language has a grammar.
    pub unpainted: Option<Unpainted>,
    /// The number of steps (searches for a pattern) its grammar took; `None` if it did not run.
    pub steps: usize,
}

impl Painted {
    fn new(html: String) -> Self {
        Self { html: html.into(), unpainted: None, steps: 0 }
    }
}

/// Highlights blocks and caches the results, since the same block occurs on many pages.
pub struct Highlighter {
    syntaxes: SyntaxSet,
    classes: Vec<(Scope, &'static str)>,
    done: Mutex<HashMap<u64, Painted>>,
    known: HashMap<u64, Arc<str>>,
    /// Whether code is only escaped.
    plain: bool,
}

impl Highlighter {
    /// A highlighter with the cached blocks of an earlier run.
    pub fn new(known: HashMap<u64, Arc<str>>) -> Self {
        let classes = CLASSES
            .iter()
            .filter_map(|(scope, class)| Some((Scope::new(scope).ok()?, *class)))
            .collect();
        let syntaxes = two_face::syntax::extra_newlines();
        Self { syntaxes, classes, done: Mutex::default(), known, plain: false }
    }

    /// A highlighter that only escapes, for the search index and the detection of scripts.
    pub fn plain() -> Self {
        let (syntaxes, classes) = (SyntaxSet::new(), Vec::new());
        Self { syntaxes, classes, done: Mutex::default(), known: HashMap::new(), plain: true }
    }

    /// The HTML of a block.
    pub fn block(&self, language: &str, text: &str) -> Painted {
        if self.plain {
            return Painted::new(escaped(text));
        }
        let key = key(language, text);
        if let Some(painted) = self.lock().get(&key) {
            return painted.clone();
        }
        let painted = match self.known.get(&key) {
            Some(html) => Painted { html: Arc::clone(html), unpainted: None, steps: 0 },
            None => self.painted(language, text),
        };
        self.lock().insert(key, painted.clone());
        painted
    }

    /// Every block that was highlighted in this run, by key. Blocks that could not be are not
    /// cached, so that their findings appear in each run.
    pub fn used(&self) -> HashMap<u64, Arc<str>> {
        let done = self.lock();
        let painted = done.iter().filter(|(_, painted)| painted.unpainted.is_none());
        painted.map(|(key, painted)| (*key, Arc::clone(&painted.html))).collect()
    }

    /// Labels of all languages that have a grammar.
    pub fn labels(&self) -> Vec<&str> {
        let own = lang::all().flat_map(|language| language.labels).copied();
        let mut labels: Vec<&str> = own.filter(|label| self.syntax(label).is_some()).collect();
        for syntax in self.syntaxes.syntaxes() {
            labels.extend(syntax.file_extensions.iter().map(String::as_str));
            labels.push(&syntax.name);
        }
        labels
    }

    /// A label for each grammar.
    pub fn grammars(&self) -> Vec<&str> {
        self.syntaxes.syntaxes().iter().map(|syntax| syntax.name.as_str()).collect()
    }

    /// Ignores poisoning: a panic of another thread cannot leave the map in a broken state.
    fn lock(&self) -> MutexGuard<'_, HashMap<u64, Painted>> {
        self.done.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Highlights a block without the cache.
    pub fn painted(&self, language: &str, text: &str) -> Painted {
        let steps = Cell::new(0);
        // Grammars and their regular expressions are third-party and may panic.
        let made = caught(|| self.make(language, text, &steps)).map_err(Unpainted::Failed);
        let painted = match made.flatten() {
            Ok(html) => Painted::new(html),
            Err(reason) => Painted { unpainted: Some(reason), ..Painted::new(escaped(text)) },
        };
        Painted { steps: steps.get(), ..painted }
    }

    fn make(&self, language: &str, text: &str, steps: &Cell<usize>) -> Result<String, Unpainted> {
        let family = lang::find(language).map(|known| known.family);
        let is_json = family == Some(Family::Json);
        let syntax = self.syntax(language).filter(|_| !is_json);
        if syntax.is_none() && !is_json {
            return Ok(escaped(text));
        }
        if text.len() > MAX_BLOCK {
            return Err(Unpainted::Block);
        }
        if text.lines().any(|line| line.len() > MAX_LINE) {
            return Err(Unpainted::Line);
        }
        let mut out = String::with_capacity(text.len() * 2);
        let Some(syntax) = syntax else {
            json::paint(&mut out, text);
            return Ok(out);
        };
        if text.as_bytes().chunk_by(|a, b| a == b).any(|run| run.len() > MAX_RUN && run[0] != b'\n')
        {
            return Err(Unpainted::Run);
        }
        // Output of a program is not highlighted as commands.
        let session = lang::session(language, text).filter(|code| code.len() == text.len());
        let code = session.as_deref().unwrap_or(text);
        let front = front_matter(code).filter(|_| family == Some(Family::Markdown));
        let (at, front) = front.map_or((0, None), |(at, label)| (at, self.syntax(label)));
        for (syntax, part) in [(front.unwrap_or(syntax), 0..at), (syntax, at..code.len())] {
            let mut reader = Reader::new(&self.syntaxes, syntax, part.len())
                .ok_or_else(|| Unpainted::Failed("it has no beginning".to_owned()))?;
            let painted = self.paint(&mut out, &mut reader, &code[part.clone()], &text[part]);
            steps.set(steps.get() + reader.taken());
            painted?;
        }
        Ok(out)
    }

    fn syntax(&self, language: &str) -> Option<&SyntaxReference> {
        if language.is_empty() {
            return None;
        }
        let Some(known) = lang::find(language) else {
            return self.syntaxes.find_syntax_by_token(language);
        };
        let by = |name| self.syntaxes.find_syntax_by_token(name);
        match (known.family, known.grammar) {
            (Family::Text, _) => None,
            (_, Some(grammar)) => by(grammar),
            (_, None) => by(language).or_else(|| by(known.name)),
        }
    }

    /// Highlights a text as `code`, whose lines have the same lengths, would be.
    fn paint(
        &self,
        out: &mut String,
        reader: &mut Reader<'_>,
        code: &str,
        text: &str,
    ) -> Result<(), Unpainted> {
        let mut stack = ScopeStack::new();
        let mut seen: HashMap<Scope, Option<&'static str>> = HashMap::new();
        for (line, code) in text.split_inclusive('\n').zip(code.split_inclusive('\n')) {
            let ops = match reader.line(code) {
                Ok(ops) => ops,
                Err(Stop::OutOfSteps) => return Err(Unpainted::Steps),
                Err(Stop::Broken) => {
                    escape::text(out, line);
                    continue;
                }
            };
            let (body, end) = line.strip_suffix('\n').map_or((line, ""), |body| (body, "\n"));
            let mut pen = Pen { out, class: None };
            let mut done = 0;
            for (at, op) in ops {
                // Captures of a lookahead may be out of order.
                let at = at.clamp(done, body.len());
                pen.write(&body[done..at], self.class(&stack, &mut seen));
                done = at;
                if stack.apply(&op).is_err() {
                    break;
                }
            }
            pen.write(&body[done..], self.class(&stack, &mut seen));
            pen.lift();
            out.push_str(end);
        }
        Ok(())
    }

    fn class(
        &self,
        stack: &ScopeStack,
        seen: &mut HashMap<Scope, Option<&'static str>>,
    ) -> Option<&'static str> {
        stack
            .as_slice()
            .iter()
            .rev()
            .find_map(|scope| {
                *seen.entry(*scope).or_insert_with(|| {
                    self.classes
                        .iter()
                        .find(|(prefix, _)| prefix.is_prefix_of(*scope))
                        .map(|(_, class)| *class)
                })
            })
            .filter(|class| !class.is_empty())
    }
}

/// A text that is only escaped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape::text(&mut out, text);
    out
}

/// Joins adjacent spans of the same class.
struct Pen<'a> {
    out: &'a mut String,
    class: Option<&'static str>,
}

impl Pen<'_> {
    fn write(&mut self, text: &str, class: Option<&'static str>) {
        if text.is_empty() {
            return;
        }
        let blank = text.bytes().all(|byte| byte == b' ' || byte == b'\t');
        if class != self.class && !blank {
            self.lift();
            if let Some(class) = class {
                self.out.push_str("<span class=\"");
                self.out.push_str(class);
                self.out.push_str("\">");
            }
            self.class = class;
        }
        escape::text(self.out, text);
    }

    fn lift(&mut self) {
        if self.class.take().is_some() {
            self.out.push_str("</span>");
        }
    }
}

/// The key of a block in the cache.
pub fn key(language: &str, text: &str) -> u64 {
    let mut hasher = rapidhash::fast::RapidHasher::default();
    language.hash(&mut hasher);
    text.hash(&mut hasher);
    hasher.finish()
}

/// Front matter at the beginning of Markdown: where it ends, and the label of its language.
fn front_matter(text: &str) -> Option<(usize, &'static str)> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    let label = match first.trim_end() {
        "---" => "yaml",
        "+++" => "toml",
        _ => return None,
    };
    let mut end = first.len();
    for line in lines {
        end += line.len();
        if line.trim_end() == first.trim_end() {
            return Some((end, label));
        }
    }
    None
}

/// The classes of scopes. The first matching prefix counts; an empty class means plain text.
const CLASSES: &[(&str, &str)] = &[
    ("comment", "c"),
    ("punctuation.definition.comment", "c"),
    ("meta.mapping.key string", "a"),
    ("constant.character.escape", "b"),
    ("punctuation.definition.string", "s"),
    ("string", "s"),
    ("constant.numeric", "n"),
    ("constant.language", "b"),
    ("constant", "b"),
    ("support.type.property-name", "a"),
    ("meta.property.name", "a"),
    ("entity.name.tag", "e"),
    ("entity.other.attribute-name", "a"),
    ("entity.name.section", "h"),
    ("punctuation.definition.heading", "h"),
    ("markup.heading", "h"),
    ("markup.bold", "m"),
    ("markup.italic", "l"),
    // Not what stands between fences, which has a language of its own.
    ("markup.raw.inline", "s"),
    ("markup.raw.block", "s"),
    ("markup.underline.link", "f"),
    ("meta.link.inline.description", "t"),
    ("meta.link.reference.description", "t"),
    ("meta.image.inline.description", "t"),
    ("markup.list.numbered.bullet", "k"),
    ("punctuation.definition.list_item", "k"),
    ("punctuation.definition.blockquote", "k"),
    ("markup.inserted", "i"),
    ("markup.deleted", "d"),
    ("entity.name.function", "f"),
    ("variable.function", "f"),
    ("support.function", "f"),
    ("entity.name.type", "t"),
    ("entity.name.class", "t"),
    ("entity.name", "t"),
    ("storage.type.function", "k"),
    ("storage", "k"),
    ("support.type", "t"),
    ("support.class", "t"),
    ("support.constant", "b"),
    ("keyword.operator", "o"),
    ("keyword", "k"),
    ("variable.parameter.option", "a"),
    ("variable.other.readwrite", ""),
    ("variable.language", "b"),
    ("variable", "v"),
    ("punctuation", "p"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_of_a_session_is_no_command() {
        let highlighter = Highlighter::new(HashMap::new());
        let text = "$ echo \"hé\"\nerror[E1]: if `x` in \"y\"\n$ true\n";
        let html = highlighter.block("console", text).html;
        let lines: Vec<&str> = html.lines().collect();
        assert_eq!(lines.len(), 3, "{html}");
        assert!(lines[0].starts_with("$ <span"), "{html}");
        assert_eq!(lines[1], "error[E1]: if `x` in \"y\"", "{html}");
        assert!(lines[2].starts_with("$ <span"), "{html}");
        let script = highlighter.block("bash", "echo \"a\"\n").html;
        assert!(script.starts_with("<span"), "{script}");
    }

    #[test]
    fn markdown_is_in_colour_with_its_front_matter_and_the_code_in_it() {
        let highlighter = Highlighter::new(HashMap::new());
        let has = |language: &str, text: &str, expected: &[&str]| {
            let html = highlighter.block(language, text).html;
            for one in expected {
                assert!(html.contains(one), "{one}: {html}");
            }
        };
        for language in ["markdown", "mdx", "qmd"] {
            let text = "---\ntitle: One\n---\n\n# Two\n\n**b** *i* `c` [t](u)\n\n- i\n\n```js\nlet a = b;\n```\n";
            let expected = [
                "<span class=\"e\">title</span>",
                "<span class=\"h\"># Two",
                "<span class=\"m\">b</span>",
                "<span class=\"l\">i</span>",
                "<span class=\"s\">c</span>",
                "<span class=\"t\">t</span>",
                "<span class=\"f\">u</span>",
                "<span class=\"k\">- </span>i",
                "<span class=\"k\">let </span>a <span",
            ];
            has(language, text, &expected);
        }
        has("md", "+++\ntitle = \"One\"\n+++\n# Two\n", &["class=\"s\">\"One", "class=\"h\">"]);
        // A line between paragraphs begins no front matter.
        has("md", "---\n\n**b**\n", &["<span class=\"m\">b</span>"]);
        assert_eq!(front_matter("---\na\n---\nb"), Some((10, "yaml")));
        assert_eq!(front_matter("---\na\n+++\n"), None);
        assert_eq!(front_matter(""), None);
    }

    /// Grammars with which syntect's own loop never ends.
    #[test]
    fn grammars_that_set_each_other_come_to_an_end() {
        let highlighter = Highlighter::new(HashMap::new());
        for text in [
            "\"a\" /* b",
            "x /* b */\n",
            "return a /* b */",
            "\"a\": true /* b */",
            "{\n\"a\": true\n/* b */\n}\n",
        ] {
            let painted = highlighter.block("javascript", text);
            assert_eq!(painted.unpainted, None, "{text}");
            assert!(painted.html.contains("class=\"c\">/* b"), "{}", painted.html);
        }
    }

    #[test]
    fn what_is_too_large_is_not_painted() {
        let highlighter = Highlighter::new(HashMap::new());
        let long = format!("let a = \"{}\";\n", "<".repeat(MAX_LINE));
        let many = "let a = 1;\n".repeat(MAX_BLOCK / 11 + 1);
        for (label, text, reason) in [
            ("rust", &long, Some(Unpainted::Line)),
            ("rust", &many, Some(Unpainted::Block)),
            ("ini", &" ".repeat(MAX_RUN + 1), Some(Unpainted::Run)),
            ("json", &" ".repeat(MAX_RUN + 1), None),
            ("json", &long, Some(Unpainted::Line)),
            ("text", &long, None),
            ("nonsense", &many, None),
        ] {
            let painted = highlighter.block(label, text);
            assert_eq!(painted.unpainted, reason, "{label}");
            assert_eq!(&*painted.html, escaped(text));
        }
        assert_eq!(highlighter.used().len(), 3);
    }
}
