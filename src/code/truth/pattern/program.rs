//! Compiles the tree of a pattern to the states of an automaton.

use std::collections::HashMap;

use regex_syntax::hir::ClassUnicode;

use crate::truth::steps::Steps;

use super::Refusal;
use super::class::CharSet;
use super::parse::{Assertion, Ast};

/// One state of the automaton. Numbers refer to other states.
#[derive(Clone, Copy, Debug)]
pub(super) enum State {
    /// Takes this character and goes on to the next state.
    Char(char),
    /// Takes one character of the set.
    Class(u32),
    /// Goes on to two states at once.
    Split(u32, u32),
    /// Goes on to another state.
    Jump(u32),
    /// Goes on if the condition holds here.
    Assert(Assertion),
    /// Goes on if a lookaround does, or does not, match from here.
    Look(u32),
    /// The end: the text matches.
    Match,
}

/// A lookahead or lookbehind: an automaton inside the automaton.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// Its first state.
    pub start: u32,
    /// Whether it goes through the text backwards.
    pub behind: bool,
    /// Whether it must not match.
    pub negated: bool,
}

/// All states of a pattern.
#[derive(Debug, Default)]
pub(super) struct Program {
    pub states: Vec<State>,
    pub sets: Vec<CharSet>,
    pub looks: Vec<Look>,
}

/// Compiles a tree; each state is a step. The first state is the first one of the program.
pub(super) fn compile(ast: &Ast, steps: &mut Steps) -> Result<Program, Refusal> {
    let mut compiler =
        Compiler { program: Program::default(), known: HashMap::new(), backward: false, steps };
    compiler.part(ast)?;
    compiler.push(State::Match)?;
    Ok(compiler.program)
}

struct Compiler<'c> {
    program: Program,
    /// The number of each class of the tree, by its address: a part that is repeated is compiled
    /// several times.
    known: HashMap<*const ClassUnicode, u32>,
    /// Whether the states are for going through the text backwards.
    backward: bool,
    steps: &'c mut Steps,
}

impl Compiler<'_> {
    fn here(&self) -> u32 {
        self.program.states.len() as u32
    }

    fn push(&mut self, state: State) -> Result<u32, Refusal> {
        self.steps.spend(1).map_err(|_| Refusal::TooLarge)?;
        self.program.states.push(state);
        Ok(self.here() - 1)
    }

    fn set(&mut self, at: u32, state: State) {
        self.program.states[at as usize] = state;
    }

    fn part(&mut self, ast: &Ast) -> Result<(), Refusal> {
        match ast {
            Ast::Empty => {}
            Ast::Char(c) => {
                self.push(State::Char(*c))?;
            }
            Ast::Class(class) => {
                let number = *self.known.entry(class).or_insert_with(|| {
                    self.program.sets.push(CharSet::new(class));
                    self.program.sets.len() as u32 - 1
                });
                self.push(State::Class(number))?;
            }
            Ast::Assert(assertion) => {
                self.push(State::Assert(*assertion))?;
            }
            Ast::Concat(parts) if self.backward => {
                parts.iter().rev().try_for_each(|part| self.part(part))?;
            }
            Ast::Concat(parts) => parts.iter().try_for_each(|part| self.part(part))?,
            Ast::Alternate(parts) => self.alternatives(parts)?,
            Ast::Repeat { of, min, max } => self.repeat(of, *min, *max)?,
            Ast::Look { behind, negated, of } => self.look(of, *behind, *negated)?,
            Ast::Backreference => return Err(Refusal::Unsupported),
        }
        Ok(())
    }

    fn alternatives(&mut self, parts: &[Ast]) -> Result<(), Refusal> {
        let mut jumps = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            let last = at + 1 == parts.len();
            let split = if last { None } else { Some(self.push(State::Match)?) };
            self.part(part)?;
            if let Some(split) = split {
                jumps.push(self.push(State::Match)?);
                let next = self.here();
                self.set(split, State::Split(split + 1, next));
            }
        }
        let end = self.here();
        jumps.into_iter().for_each(|jump| self.set(jump, State::Jump(end)));
        Ok(())
    }

    fn repeat(&mut self, of: &Ast, min: u32, max: Option<u32>) -> Result<(), Refusal> {
        for _ in 0..min {
            let before = self.here();
            self.part(of)?;
            if self.here() == before {
                // An empty part stays empty when it is repeated.
                return Ok(());
            }
        }
        match max {
            None => {
                let split = self.push(State::Match)?;
                self.part(of)?;
                self.push(State::Jump(split))?;
                let end = self.here();
                self.set(split, State::Split(split + 1, end));
            }
            Some(max) => {
                let mut splits = Vec::new();
                for _ in min..max {
                    splits.push(self.push(State::Match)?);
                    self.part(of)?;
                }
                let end = self.here();
                splits.into_iter().for_each(|split| self.set(split, State::Split(split + 1, end)));
            }
        }
        Ok(())
    }

    fn look(&mut self, of: &Ast, behind: bool, negated: bool) -> Result<(), Refusal> {
        let number = self.program.looks.len() as u32;
        self.push(State::Look(number))?;
        let over = self.push(State::Match)?;
        self.program.looks.push(Look { start: self.here(), behind, negated });
        let backward = std::mem::replace(&mut self.backward, behind);
        self.part(of)?;
        self.backward = backward;
        self.push(State::Match)?;
        let end = self.here();
        self.set(over, State::Jump(end));
        Ok(())
    }
}
