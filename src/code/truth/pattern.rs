//! The regular expressions of JSON Schema: ECMA-262, in time linear in the text.
//!
//! Patterns come from foreign schemas and are matched against foreign texts, so nothing here
//! backtracks: a pattern is compiled to a nondeterministic automaton whose states are followed side
//! by side, and each state visited is a step of the caller's budget. Lookahead and lookbehind are
//! automata of their own. Backreferences have no automaton; a pattern with one is refused.

mod class;
mod parse;
mod program;
mod run;

pub use run::Pattern;

/// Why a text is no pattern that can be matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It breaks the grammar of ECMA-262.
    Syntax,
    /// It is a pattern, but uses something that has no automaton.
    Unsupported,
    /// It has more states than the caller allows.
    TooLarge,
}

#[cfg(test)]
mod tests;
