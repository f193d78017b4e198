//! The regular expressions of JSON Schema: ECMA-262, in time linear in the text.
//!
//! Patterns and texts are untrusted, so nothing here backtracks: a pattern is compiled to a
//! nondeterministic automaton whose states are followed in parallel, and each visited state is a
//! step of the caller's budget. Lookahead and lookbehind are separate automata. Backreferences have
//! no automaton; a pattern with one is refused.

mod class;
mod parse;
mod program;
mod run;

pub use run::Pattern;

/// Why a pattern cannot be matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is not valid in the grammar of ECMA-262.
    Syntax,
    /// It is valid, but uses something that has no automaton.
    Unsupported,
    /// It has more states than the caller allows.
    TooLarge,
}

#[cfg(test)]
mod tests;
