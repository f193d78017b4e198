//! Runs a grammar of syntect over a block in a bounded number of steps.
//!
//! syntect's own loop (`ParseState::parse_line`) detects one kind of endless loop: a push that
//! consumes nothing, followed by a pop that consumes nothing. Grammars have others: two contexts
//! that *set* each other loop for ever, and the caller cannot stop that (`x /* b */` does so in the
//! grammar of JavaScript). So this module has its own loop over the contexts, patterns and regular
//! expressions of syntect, in the same order and with the same result wherever syntect's loop ends.
//! It adds a budget of steps, and detects when it returns to an earlier state.

mod scopes;

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hash, Hasher};
use std::rc::Rc;

use rapidhash::fast::RapidHasher;
use serde_json::json;
use syntect::parsing::syntax_definition::{
    Context, ContextId, ContextReference, MatchOperation, MatchPattern, Pattern, context_iter,
};
use syntect::parsing::{ParsingError, Regex, Region, ScopeStackOp, SyntaxReference, SyntaxSet};

use self::scopes::{Operation, captured};

/// The deepest stack of contexts, as in syntect and Sublime Text.
const MAX_DEPTH: usize = 100;
/// How often the stack may change while no character is consumed. Grammars that end need at most
/// a hundred or so changes (one for each context that is left); one that sets more contexts than
/// it leaves would grow for ever.
const MAX_MOVES: usize = 1_000;
/// The budget of a block, in searches for a pattern, that does not depend on its length. The first
/// line tries most patterns of a grammar for the first time, which takes thousands of searches.
const BASE_STEPS: usize = 100_000;
/// The additional budget for each byte of a block. Ordinary code takes up to about twenty searches
/// per byte.
const STEPS_PER_BYTE: usize = 500;
/// The cost of compiling a pattern with references to another match, in searches.
const COMPILING: usize = 50;

type Hashing = BuildHasherDefault<RapidHasher<'static>>;

/// Why a line was not read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// The budget of the block is used up.
    OutOfSteps,
    /// The grammar is invalid: it refers to something that does not exist.
    Broken,
}

impl From<ParsingError> for Stop {
    fn from(_: ParsingError) -> Self {
        Self::Broken
    }
}

/// The changes of a line to the scope stack, with their offsets.
pub(super) type Ops = Vec<(usize, ScopeStackOp)>;

/// A context that is open.
struct Level<'s> {
    id: ContextId,
    context: &'s Context,
    /// Prototypes: contexts whose patterns take precedence over those of all levels above.
    prototypes: Vec<ContextId>,
    captures: Option<Rc<Captures>>,
}

/// The match of the pattern that opened the context.
struct Captures {
    region: Region,
    line: String,
}

impl Captures {
    fn hash(&self, hasher: &mut impl Hasher) {
        for group in 0..10 {
            self.region.pos(group).hash(hasher);
        }
        self.line.hash(hasher);
    }
}

/// The best match so far.
struct Best<'s> {
    region: Region,
    pattern: &'s MatchPattern,
    from_prototype: bool,
    /// Whether it pops what was just pushed, with nothing consumed in between.
    would_loop: bool,
}

/// The state of a line.
#[derive(Default)]
struct Line {
    /// The next match of each pattern; `None` if there is no other.
    found: HashMap<*const MatchPattern, Option<Region>, Hashing>,
    /// The offset and depth of the last push that consumed nothing.
    pushed: (usize, usize),
    /// The offset of the last move, and the states of the stack at that offset.
    place: usize,
    seen: HashSet<u64, Hashing>,
}

/// Parses a block, line by line.
pub(super) struct Reader<'s> {
    set: &'s SyntaxSet,
    stack: Vec<Level<'s>>,
    first_line: bool,
    /// The depths of levels that a prototype pushed; prototypes below are ignored there.
    proto_starts: Vec<usize>,
    /// The patterns of each context, including those of contexts that it includes.
    patterns: HashMap<ContextId, Rc<[&'s MatchPattern]>, Hashing>,
    /// Patterns with references that were resolved to another match; `None` if the result is not a
    /// regular expression.
    made: HashMap<String, Option<Rc<Regex>>, Hashing>,
    /// The last match, kept to reuse its memory.
    region: Region,
    /// The budget of the block in steps, and how much of it is left.
    budget: usize,
    steps: usize,
}

impl<'s> Reader<'s> {
    /// A parser at the start of a block of `length` bytes; `None` if the set lacks the syntax.
    pub(super) fn new(set: &'s SyntaxSet, syntax: &SyntaxReference, len: usize) -> Option<Self> {
        let (id, context) = start(set, syntax)?;
        let level = Level { id, context, prototypes: Vec::new(), captures: None };
        let budget = BASE_STEPS.saturating_add(len.saturating_mul(STEPS_PER_BYTE));
        Some(Self {
            set,
            stack: vec![level],
            first_line: true,
            proto_starts: Vec::new(),
            patterns: HashMap::default(),
            made: HashMap::default(),
            region: Region::new(),
            budget,
            steps: budget,
        })
    }

    /// The number of steps taken so far.
    pub(super) fn taken(&self) -> usize {
        self.budget - self.steps
    }

    /// Parses a line, including its line feed if it has one.
    pub(super) fn line(&mut self, text: &str) -> Result<Ops, Stop> {
        let mut ops = Ops::new();
        if self.first_line {
            let scope = self.top()?.context.meta_content_scope.first();
            ops.extend(scope.map(|scope| (0, ScopeStackOp::Push(*scope))));
            self.first_line = false;
        }
        let mut line = Line::default();
        let mut at = 0;
        while let Some(next) = self.token(text, at, &mut line, &mut ops)? {
            at = next;
        }
        Ok(ops)
    }

    fn top(&self) -> Result<&Level<'s>, Stop> {
        self.stack.last().ok_or(Stop::Broken)
    }

    fn spend(&mut self, steps: usize) -> Result<(), Stop> {
        let left = self.steps.checked_sub(steps);
        self.steps = left.unwrap_or(0);
        left.map(|_| ()).ok_or(Stop::OutOfSteps)
    }

    /// Applies the next match from `at` on, and returns the offset where the one after it may
    /// start.
    fn token(
        &mut self,
        text: &str,
        at: usize,
        line: &mut Line,
        ops: &mut Ops,
    ) -> Result<Option<usize>, Stop> {
        self.spend(1)?;
        while self.proto_starts.last().is_some_and(|start| *start >= self.stack.len()) {
            self.proto_starts.pop();
        }
        if self.is_repeated(at, line) {
            return Ok(behind_next_char(text, at));
        }
        let Some(best) = self.best(text, at, line)? else { return Ok(None) };
        if best.would_loop {
            return Ok(behind_next_char(text, at));
        }
        let (_, end) = best.region.pos(0).ok_or(Stop::Broken)?;
        let pushes = matches!(best.pattern.operation, MatchOperation::Push(_));
        if end <= at && pushes {
            line.pushed = (end, self.stack.len() + 1);
        }
        if best.from_prototype {
            self.proto_starts.push(self.stack.len());
        }
        self.apply(text, &best, ops)?;
        Ok(Some(end))
    }

    /// Whether the parser is in the same state as before at this offset, and so would loop for
    /// ever.
    fn is_repeated(&self, at: usize, line: &mut Line) -> bool {
        if line.place != at || line.seen.is_empty() {
            line.place = at;
            line.seen.clear();
        }
        let mut hasher = RapidHasher::default();
        for level in &self.stack {
            level.id.hash(&mut hasher);
            level.prototypes.hash(&mut hasher);
            if let Some(captures) = &level.captures {
                captures.hash(&mut hasher);
            }
        }
        self.proto_starts.hash(&mut hasher);
        line.pushed.hash(&mut hasher);
        !line.seen.insert(hasher.finish()) || line.seen.len() > MAX_MOVES
    }

    /// The pattern with the earliest match; of several at one offset, the first pattern.
    fn best(&mut self, text: &str, at: usize, line: &mut Line) -> Result<Option<Best<'s>>, Stop> {
        let pushed_here = line.pushed == (at, self.stack.len());
        let mut best: Option<(usize, Best<'s>)> = None;
        for (from_prototype, id, captures) in self.chain()? {
            for pattern in self.patterns_of(id)?.iter().copied() {
                let found = self.search(text, at, pattern, captures.as_deref(), line)?;
                let Some(region) = found else { continue };
                let (start, end) = region.pos(0).ok_or(Stop::Broken)?;
                let is_better = best.as_ref().is_none_or(|(first, best)| {
                    start < *first || (start == *first && best.would_loop)
                });
                if !is_better {
                    continue;
                }
                let pops = matches!(pattern.operation, MatchOperation::Pop);
                let would_loop = pushed_here && end <= at && pops;
                let pushes = matches!(pattern.operation, MatchOperation::Push(_));
                if pushes && self.stack.len() >= MAX_DEPTH {
                    return Ok(None);
                }
                let found = Best { region, pattern, from_prototype, would_loop };
                if start == at && !would_loop {
                    // No match can be earlier.
                    return Ok(Some(found));
                }
                best = Some((start, found));
            }
        }
        Ok(best.map(|(_, best)| best))
    }

    /// The contexts whose patterns apply, in order: whether it is a prototype of a level, the
    /// context, and the captures that its patterns may refer to.
    #[expect(clippy::type_complexity)]
    fn chain(&self) -> Result<Vec<(bool, ContextId, Option<Rc<Captures>>)>, Stop> {
        let top = self.top()?;
        let from = self.proto_starts.last().copied().unwrap_or(0).min(self.stack.len());
        let mut chain = Vec::new();
        for level in &self.stack[from..] {
            chain.extend(level.prototypes.iter().map(|id| (true, *id, level.captures.clone())));
        }
        chain.extend(top.context.prototype.map(|id| (false, id, None)));
        chain.push((false, top.id, top.captures.clone()));
        Ok(chain)
    }

    /// The patterns of a context, including those of contexts that it includes.
    fn patterns_of(&mut self, id: ContextId) -> Result<Rc<[&'s MatchPattern]>, Stop> {
        if let Some(known) = self.patterns.get(&id) {
            return Ok(Rc::clone(known));
        }
        let context = context(self.set, id)?;
        let matching = |(context, at): (&'s Context, usize)| context.match_at(at);
        let patterns = context_iter(self.set, context).map(matching);
        let patterns: Rc<[&'s MatchPattern]> = patterns.collect::<Result<Vec<_>, _>>()?.into();
        self.patterns.insert(id, Rc::clone(&patterns));
        Ok(patterns)
    }

    /// Where a pattern matches, from `at` on.
    fn search(
        &mut self,
        text: &str,
        at: usize,
        pattern: &'s MatchPattern,
        captures: Option<&Captures>,
        line: &mut Line,
    ) -> Result<Option<Region>, Stop> {
        let key = std::ptr::from_ref(pattern);
        match line.found.get(&key) {
            Some(None) => return Ok(None),
            Some(Some(region)) if region.pos(0).is_some_and(|(start, _)| start >= at) => {
                return Ok(Some(region.clone()));
            }
            _ => {}
        }
        self.spend(1)?;
        let captures = captures.filter(|_| pattern.has_captures);
        let made = match captures {
            Some(captures) => self.made(pattern, captures)?,
            None => None,
        };
        let regex = made.as_deref().or(captures.is_none().then(|| pattern.regex()));
        let region = &mut self.region;
        let matched = regex.is_some_and(|it| it.search(text, at, text.len(), Some(region)));
        let position = self.region.pos(0).filter(|_| matched);
        // A match that changes nothing is ignored.
        let does_something = position.is_some_and(|(start, end)| match pattern.operation {
            MatchOperation::None => start != end,
            MatchOperation::Push(_) => self.stack.len() < MAX_DEPTH,
            _ => true,
        });
        let found = does_something.then(|| self.region.clone());
        // It may change something at another depth.
        if captures.is_none() && (does_something || !matched) {
            line.found.insert(key, found.clone());
        }
        Ok(found)
    }

    /// A pattern whose references are replaced by captured text.
    fn made(
        &mut self,
        pattern: &'s MatchPattern,
        captures: &Captures,
    ) -> Result<Option<Rc<Regex>>, Stop> {
        let regex = pattern.regex_with_refs(&captures.region, &captures.line);
        if let Some(known) = self.made.get(regex.regex_str()) {
            return Ok(known.clone());
        }
        self.spend(COMPILING)?;
        let text = regex.regex_str().to_owned();
        let made = Regex::try_compile(&text).is_none().then(|| Rc::new(regex));
        self.made.insert(text, made.clone());
        Ok(made)
    }

    /// Records the changes of a match to the scopes, and changes the stack.
    fn apply(&mut self, text: &str, best: &Best<'s>, ops: &mut Ops) -> Result<(), Stop> {
        let pattern = best.pattern;
        let (start, end) = best.region.pos(0).ok_or(Stop::Broken)?;
        let current = self.top()?.context;
        let operation = Operation::new(self.set, &pattern.operation)?;
        operation.before(current, start, ops);
        ops.extend(pattern.scope.iter().map(|scope| (start, ScopeStackOp::Push(*scope))));
        if let Some(groups) = &pattern.captures {
            captured(groups, &best.region, ops);
        }
        if !pattern.scope.is_empty() {
            ops.push((end, ScopeStackOp::Pop(pattern.scope.len())));
        }
        operation.after(current, end, ops);
        self.move_to(text, best, operation)
    }

    fn move_to(
        &mut self,
        text: &str,
        best: &Best<'s>,
        operation: Operation<'s>,
    ) -> Result<(), Stop> {
        // Prototypes of a level remain when another context is set in its place.
        let (mut kept, targets) = match operation {
            Operation::None => return Ok(()),
            Operation::Pop => {
                self.stack.pop();
                return Ok(());
            }
            Operation::Push(targets) => (Vec::new(), targets),
            Operation::Set(targets) => {
                (self.stack.pop().map(|level| level.prototypes).unwrap_or_default(), targets)
            }
        };
        let last = targets.len().saturating_sub(1);
        for (at, (id, target)) in targets.into_iter().enumerate() {
            let mut prototypes = std::mem::take(&mut kept);
            if at == last
                && let Some(prototype) = &best.pattern.with_prototype
            {
                prototypes.push(prototype.id()?);
            }
            let mut refers = target.uses_backrefs;
            for id in &prototypes {
                refers = refers || context(self.set, *id)?.uses_backrefs;
            }
            let captures = refers
                .then(|| Rc::new(Captures { region: best.region.clone(), line: text.to_owned() }));
            self.stack.push(Level { id, context: target, prototypes, captures });
        }
        Ok(())
    }
}

/// The offset after the next character, if there is another one after that.
fn behind_next_char(text: &str, at: usize) -> Option<usize> {
    text.get(at..)?.char_indices().nth(1).map(|(len, _)| at + len)
}

/// A reference to the context of a number. syntect gives out numbers but looks up references; it
/// stores both in the same form.
fn context(set: &SyntaxSet, id: ContextId) -> Result<&Context, Stop> {
    let reference = json!({ "Direct": id });
    let reference: ContextReference =
        serde_json::from_value(reference).map_err(|_| Stop::Broken)?;
    Ok(reference.resolve(set)?)
}

/// The start context of a syntax, which at once pushes the main context.
fn start<'s>(set: &'s SyntaxSet, syntax: &SyntaxReference) -> Option<(ContextId, &'s Context)> {
    let index = set.syntaxes().iter().position(|one| std::ptr::eq(one, syntax))?;
    (0..).map_while(|at| numbered(set, index, at)).find(|(_, context)| {
        let pattern = match &context.patterns[..] {
            [Pattern::Match(pattern)] => pattern,
            _ => return false,
        };
        context.meta_content_scope == [syntax.scope]
            && pattern.regex.regex_str().is_empty()
            && matches!(&pattern.operation, MatchOperation::Push(targets) if targets.len() == 1)
    })
}

/// A context by its position in a set.
fn numbered(set: &SyntaxSet, syntax: usize, at: usize) -> Option<(ContextId, &Context)> {
    let id = json!({ "syntax_index": syntax, "context_index": at });
    let id: ContextId = serde_json::from_value(id).ok()?;
    Some((id, context(set, id).ok()?))
}

#[cfg(test)]
mod tests {
    use syntect::parsing::ParseState;

    use super::*;

    /// Code whose grammars use backreferences, prototypes, cleared scopes and embedded languages.
    const SAMPLES: &[(&str, &str)] = &[
        ("rs", "fn a<'b>(c: &'b str) -> u8 { r#\"x\"# ; /* d /* e */ */ 1 }\n#[f]\nmod g;\n"),
        ("sh", "cat <<'END' | grep -v \"$x\"\na $b\nEND\nfor i in *; do echo ${i%.*}; done\n"),
        ("html", "<p class=\"a\">b<script>let c = `d${e}`;</script><style>f { g: h }</style>\n"),
        ("md", "# A\n\n```js\nlet b = 1;\n```\n\n- *c* [d](e)\n\n| f |\n|---|\n| g |\n"),
        ("py", "def a(b: int = 1) -> str:\n    \"\"\"c\"\"\"\n    return f\"{b!r:>{d}} {e}\"\n"),
        ("yaml", "a: &b\n  - 'c'\n  - |\n    d\n  - {e: f}\ng: *b\n"),
        ("ts", "type A<B> = { c?: B[] };\nconst d = async (e: A<string>) => e!.c as any;\n"),
        ("rb", "a = <<~B\n  c #{d}\nB\nputs %w[e f], /g/i\n"),
        ("php", "<?php\n$a = <<<B\n c {$d}\nB;\nfunction e(int $f): void {}\n"),
        ("sql", "SELECT a, 'b' FROM c WHERE d = 1; -- e\n"),
        ("tex", "\\begin{a} $b^c$ % d\n\\end{a}\n"),
        ("diff", "--- a\n+++ b\n@@ -1 +1 @@\n-c\n+d\n"),
    ];

    #[test]
    fn what_syntect_reads_is_read_the_same() {
        let set = two_face::syntax::extra_newlines();
        for (label, text) in SAMPLES {
            let syntax = set.find_syntax_by_token(label).expect("a syntax");
            let mut reader = Reader::new(&set, syntax, text.len()).expect("a beginning");
            let mut state = ParseState::new(syntax);
            for line in text.split_inclusive('\n') {
                let theirs = state.parse_line(line, &set).expect("a good grammar");
                assert_eq!(reader.line(line).as_ref(), Ok(&theirs), "{label}: {line:?}");
            }
        }
    }

    #[test]
    fn every_syntax_has_a_beginning() {
        let set = two_face::syntax::extra_newlines();
        for syntax in set.syntaxes() {
            assert!(Reader::new(&set, syntax, 0).is_some(), "{}", syntax.name);
        }
    }

    #[test]
    fn a_budget_ends() {
        let set = two_face::syntax::extra_newlines();
        let syntax = set.find_syntax_by_token("rs").expect("a syntax");
        let mut reader = Reader::new(&set, syntax, 0).expect("a beginning");
        reader.steps = 1_000;
        let ended = (0..1_000).find_map(|_| reader.line("let a = 1;\n").err());
        assert_eq!(ended, Some(Stop::OutOfSteps));
    }
}
