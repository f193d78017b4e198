//! Syntax highlighting: syntect's scopes, mapped to a dozen short classes.

mod json;

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use super::escape;
use crate::lang;

/// Longer blocks are shown without colours: it bounds what one block can cost.
const MAX_BLOCK: usize = 256 * 1024;
/// Likewise for lines.
const MAX_LINE: usize = 8 * 1024;

/// Highlights blocks and remembers them: the same block stands on many pages.
pub struct Highlighter {
    syntaxes: SyntaxSet,
    classes: Vec<(Scope, &'static str)>,
    done: Mutex<HashMap<u64, Arc<str>>>,
    known: HashMap<u64, Arc<str>>,
    /// Code is written without colours.
    plain: bool,
}

impl Highlighter {
    /// A highlighter that already knows some blocks (from an earlier run).
    pub fn new(known: HashMap<u64, Arc<str>>) -> Self {
        let classes = CLASSES
            .iter()
            .filter_map(|(scope, class)| Some((Scope::new(scope).ok()?, *class)))
            .collect();
        let syntaxes = two_face::syntax::extra_newlines();
        Self { syntaxes, classes, done: Mutex::default(), known, plain: false }
    }

    /// One that paints nothing, for readers without eyes.
    pub fn plain() -> Self {
        let (syntaxes, classes) = (SyntaxSet::new(), Vec::new());
        Self { syntaxes, classes, done: Mutex::default(), known: HashMap::new(), plain: true }
    }

    /// The HTML of a block: one line of HTML for each line of text.
    pub fn block(&self, language: &str, text: &str) -> Arc<str> {
        if self.plain {
            let mut out = String::with_capacity(text.len());
            escape::text(&mut out, text);
            return out.into();
        }
        let key = key(language, text);
        if let Some(html) = self.lock().get(&key) {
            return Arc::clone(html);
        }
        let html = match self.known.get(&key) {
            Some(html) => Arc::clone(html),
            None => self.make(language, text).into(),
        };
        self.lock().insert(key, Arc::clone(&html));
        html
    }

    /// Everything that was asked for in this run, by key.
    pub fn used(&self) -> HashMap<u64, Arc<str>> {
        self.lock().clone()
    }

    /// A panic of another thread cannot leave the map half-written, so its poison means nothing.
    fn lock(&self) -> MutexGuard<'_, HashMap<u64, Arc<str>>> {
        self.done.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn make(&self, language: &str, text: &str) -> String {
        let mut out = String::with_capacity(text.len() * 2);
        let small = text.len() <= MAX_BLOCK && text.lines().all(|line| line.len() <= MAX_LINE);
        if small && json::speaks(language) {
            json::paint(&mut out, text);
            return out;
        }
        match self.syntax(language).filter(|_| small) {
            Some(syntax) => match lang::session(language, text) {
                // What a program prints is no command, whatever its words are.
                Some(commands) if commands.len() == text.len() => {
                    self.paint(&mut out, syntax, &commands, text);
                }
                _ => self.paint(&mut out, syntax, text, text),
            },
            None => escape::text(&mut out, text),
        }
        out
    }

    fn syntax(&self, language: &str) -> Option<&SyntaxReference> {
        let name = ALIASES
            .iter()
            .find_map(|(alias, name)| (*alias == language).then_some(*name))
            .unwrap_or(language);
        if name.is_empty() || name == "text" {
            return None;
        }
        self.syntaxes.find_syntax_by_token(name)
    }

    /// Paints a text as `code`, which is as long, line for line, would be painted.
    fn paint(&self, out: &mut String, syntax: &SyntaxReference, code: &str, text: &str) {
        let mut state = ParseState::new(syntax);
        let mut stack = ScopeStack::new();
        let mut seen: HashMap<Scope, Option<&'static str>> = HashMap::new();
        for (line, code) in text.split_inclusive('\n').zip(code.split_inclusive('\n')) {
            let Ok(ops) = state.parse_line(code, &self.syntaxes) else {
                escape::text(out, line);
                continue;
            };
            let (body, end) = line.strip_suffix('\n').map_or((line, ""), |body| (body, "\n"));
            let mut pen = Pen { out, class: None };
            let mut done = 0;
            for (at, op) in ops {
                // Captures that look ahead may stand out of order.
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

/// Joins runs of one class into one span.
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

/// Labels that syntect knows under another name.
const ALIASES: &[(&str, &str)] = &[
    ("console", "bash"),
    ("shell", "bash"),
    ("shell-session", "bash"),
    ("sh-session", "bash"),
    ("zsh", "bash"),
    ("ps1", "powershell"),
    ("jsx", "js"),
    ("mdx", "md"),
    ("env", "dotenv"),
    ("docker", "dockerfile"),
    ("compose", "yaml"),
    ("plaintext", "text"),
    ("txt", "text"),
];

/// The first prefix that fits decides; an empty class means plain text.
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
    ("markup.heading", "h"),
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
        let html = highlighter.block("console", text);
        let lines: Vec<&str> = html.lines().collect();
        assert_eq!(lines.len(), 3, "{html}");
        assert!(lines[0].starts_with("$ <span"), "{html}");
        assert_eq!(lines[1], "error[E1]: if `x` in \"y\"", "{html}");
        assert!(lines[2].starts_with("$ <span"), "{html}");
        let script = highlighter.block("bash", "echo \"a\"\n");
        assert!(script.starts_with("<span"), "{script}");
    }
}
