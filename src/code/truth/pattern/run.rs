//! Runs the automaton of a pattern over a text.

use std::collections::HashMap;

use crate::truth::steps::{Exhausted, Steps};

use super::Refusal;
use super::parse::{Assertion, Ast, Grammar, parse};
use super::program::{Program, State, compile};

/// A pattern that can be matched.
#[derive(Debug)]
pub struct Pattern {
    program: Program,
    /// Whether it can match at the start of the text only.
    anchored: bool,
}

impl Pattern {
    /// Compiles a pattern of ECMA-262. Each state is a step.
    pub fn new(pattern: &str, steps: &mut Steps) -> Result<Self, Refusal> {
        let ast = parse(pattern, Grammar::Lenient, steps)?;
        let program = compile(&ast, steps)?;
        Ok(Self { program, anchored: is_anchored(&ast) })
    }

    /// Whether the text is a valid pattern of ECMA-262, including those that cannot be matched
    /// here.
    pub fn is_valid(pattern: &str, steps: &mut Steps) -> Result<bool, Exhausted> {
        match parse(pattern, Grammar::Ecma, steps) {
            Err(Refusal::TooLarge) => Err(Exhausted),
            Err(Refusal::Syntax) => Ok(false),
            Ok(_) | Err(Refusal::Unsupported) => Ok(true),
        }
    }

    /// How many states the automaton has.
    pub fn states(&self) -> usize {
        self.program.states.len()
    }

    /// Whether the pattern matches somewhere in the text. Each state visited is a step.
    pub fn is_match(&self, text: &str, steps: &mut Steps) -> Result<bool, Exhausted> {
        let mut run = Run { program: &self.program, text, looked: HashMap::new(), steps };
        run.matches(0, 0, false, !self.anchored)
    }
}

/// Whether the pattern can match only at the start of the text.
fn is_anchored(ast: &Ast) -> bool {
    match ast {
        Ast::Assert(assertion) => *assertion == Assertion::Start,
        Ast::Concat(parts) => parts.first().is_some_and(is_anchored),
        Ast::Alternate(parts) => parts.iter().all(is_anchored),
        _ => false,
    }
}

struct Run<'r> {
    program: &'r Program,
    text: &'r str,
    /// Results of lookaheads and lookbehinds, by their number and the position.
    looked: HashMap<(u32, usize), bool>,
    steps: &'r mut Steps,
}

/// A set of states.
struct States {
    list: Vec<u32>,
    seen: Vec<bool>,
}

impl States {
    fn new(count: usize) -> Self {
        Self { list: Vec::new(), seen: vec![false; count] }
    }

    fn insert(&mut self, state: u32) -> bool {
        let fresh = !std::mem::replace(&mut self.seen[state as usize], true);
        if fresh {
            self.list.push(state);
        }
        fresh
    }

    fn clear(&mut self) {
        for state in self.list.drain(..) {
            self.seen[state as usize] = false;
        }
    }
}

impl Run<'_> {
    /// Whether the automaton that begins at `start` matches from `at` on, or with `search` from
    /// any later place.
    fn matches(
        &mut self,
        start: u32,
        mut at: usize,
        backward: bool,
        search: bool,
    ) -> Result<bool, Exhausted> {
        let count = self.program.states.len();
        // Two sets of all states are made, at a fraction of a step for each state.
        self.steps.spend(1 + count / 16)?;
        let (mut here, mut next) = (States::new(count), States::new(count));
        if self.enter(&mut here, start, at)? {
            return Ok(true);
        }
        loop {
            let char = match backward {
                true => self.text[..at].chars().next_back(),
                false => self.text[at..].chars().next(),
            };
            let Some(char) = char else { return Ok(false) };
            at = if backward { at - char.len_utf8() } else { at + char.len_utf8() };
            self.steps.spend(1)?;
            for &state in &here.list {
                let takes = match self.program.states[state as usize] {
                    State::Char(one) => one == char,
                    State::Class(set) => self.program.sets[set as usize].contains(char),
                    _ => false,
                };
                if takes && self.enter(&mut next, state + 1, at)? {
                    return Ok(true);
                }
            }
            if search && self.enter(&mut next, start, at)? {
                return Ok(true);
            }
            std::mem::swap(&mut here, &mut next);
            next.clear();
            if here.list.is_empty() && !search {
                return Ok(false);
            }
        }
    }

    /// Adds a state and all that follow without a character; returns whether the end is among
    /// them.
    fn enter(&mut self, states: &mut States, first: u32, at: usize) -> Result<bool, Exhausted> {
        let mut open = vec![first];
        while let Some(state) = open.pop() {
            self.steps.spend(1)?;
            if !states.insert(state) {
                continue;
            }
            let found = self.program.states[state as usize];
            match found {
                State::Match => return Ok(true),
                State::Split(one, other) => open.extend([other, one]),
                State::Jump(to) => open.push(to),
                State::Assert(assertion) if self.holds(assertion, at) => open.push(state + 1),
                State::Look(number) if self.look(number, at)? => open.push(state + 1),
                _ => {}
            }
        }
        Ok(false)
    }

    fn look(&mut self, number: u32, at: usize) -> Result<bool, Exhausted> {
        if let Some(&known) = self.looked.get(&(number, at)) {
            return Ok(known);
        }
        let look = self.program.looks[number as usize];
        let holds = self.matches(look.start, at, look.behind, false)? != look.negated;
        self.looked.insert((number, at), holds);
        Ok(holds)
    }

    fn holds(&self, assertion: Assertion, at: usize) -> bool {
        let before = || self.text[..at].chars().next_back();
        let after = || self.text[at..].chars().next();
        let line = |c: char| matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}');
        let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
        match assertion {
            Assertion::Start => at == 0,
            Assertion::End => at == self.text.len(),
            Assertion::StartOfLine => before().is_none_or(line),
            Assertion::EndOfLine => after().is_none_or(line),
            Assertion::WordBoundary => word(before()) != word(after()),
            Assertion::NoWordBoundary => word(before()) == word(after()),
        }
    }
}
