//! Parses a pattern into a tree.
//!
//! The grammar is that of ECMA-262 with the extensions of its Annex B, and also the flags in groups
//! and the named groups of patterns for other engines.

use regex_syntax::hir::ClassUnicode;

use crate::truth::steps::Steps;

use super::Refusal;
use super::class;

/// The deepest nesting of groups that is accepted, since the tree is walked by recursion.
const MAX_DEPTH: usize = 100;
/// The number of ranges of a class that take the time and memory of one state.
const RANGES_PER_STEP: usize = 4;

/// A part of a pattern.
#[derive(Debug)]
pub(super) enum Ast {
    /// Nothing.
    Empty,
    /// One character.
    Char(char),
    /// One character of a set.
    Class(ClassUnicode),
    /// A condition on a position between characters.
    Assert(Assertion),
    /// One after the other.
    Concat(Vec<Ast>),
    /// One of several.
    Alternate(Vec<Ast>),
    /// The same part several times.
    Repeat { of: Box<Ast>, min: u32, max: Option<u32> },
    /// What must or must not follow or precede.
    Look { behind: bool, negated: bool, of: Box<Ast> },
    /// What another group matched.
    Backreference,
}

/// A condition on a place between characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Assertion {
    Start,
    End,
    StartOfLine,
    EndOfLine,
    WordBoundary,
    NoWordBoundary,
}

/// What the flags of a group change.
#[derive(Clone, Copy, Debug, Default)]
struct Flags {
    ignore_case: bool,
    dot_takes_lines: bool,
    multiline: bool,
}

/// Which grammar a pattern is parsed with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Grammar {
    /// That of ECMA-262 in its Unicode mode.
    Ecma,
    /// That, and the extensions of other engines.
    Lenient,
}

/// Reads a pattern. Each part is a step, and so are the ranges of each class.
pub(super) fn parse(pattern: &str, grammar: Grammar, steps: &mut Steps) -> Result<Ast, Refusal> {
    let mut parser = Parser { rest: pattern, grammar, flags: Flags::default(), depth: 0, steps };
    let ast = parser.alternatives()?;
    if parser.rest.is_empty() { Ok(ast) } else { Err(Refusal::Syntax) }
}

struct Parser<'p> {
    rest: &'p str,
    grammar: Grammar,
    flags: Flags,
    depth: usize,
    steps: &'p mut Steps,
}

impl Parser<'_> {
    /// Spends the steps of a class: those of Unicode have hundreds of ranges.
    fn weigh(&mut self, class: &ClassUnicode) -> Result<(), Refusal> {
        self.steps.spend(class.ranges().len() / RANGES_PER_STEP).map_err(|_| Refusal::TooLarge)
    }

    fn is_lenient(&self) -> bool {
        self.grammar == Grammar::Lenient
    }

    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.rest = &self.rest[c.len_utf8()..];
        Some(c)
    }

    fn eat(&mut self, token: &str) -> bool {
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// `a|b`, up to the end of the group. Flags set inside apply until then.
    fn alternatives(&mut self) -> Result<Ast, Refusal> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Refusal::TooLarge);
        }
        let flags = self.flags;
        let mut all = vec![self.sequence()?];
        while self.eat("|") {
            all.push(self.sequence()?);
        }
        self.flags = flags;
        self.depth -= 1;
        Ok(one_or(all, Ast::Alternate))
    }

    fn sequence(&mut self) -> Result<Ast, Refusal> {
        let mut parts = Vec::new();
        while let Some(c) = self.peek() {
            if matches!(c, '|' | ')') {
                break;
            }
            self.steps.spend(1).map_err(|_| Refusal::TooLarge)?;
            let part = self.atom()?;
            parts.push(self.repeated(part)?);
        }
        Ok(one_or(parts, Ast::Concat))
    }

    fn atom(&mut self) -> Result<Ast, Refusal> {
        // A brace may be literal, but not if it would be a quantifier of nothing.
        if braces(self.rest).is_some() {
            return Err(Refusal::Syntax);
        }
        match self.next().ok_or(Refusal::Syntax)? {
            '^' if self.flags.multiline => Ok(Ast::Assert(Assertion::StartOfLine)),
            '^' => Ok(Ast::Assert(Assertion::Start)),
            '$' if self.flags.multiline => Ok(Ast::Assert(Assertion::EndOfLine)),
            '$' => Ok(Ast::Assert(Assertion::End)),
            '.' => Ok(Ast::Class(class::dot(self.flags.dot_takes_lines))),
            '(' => self.group(),
            '[' => self.class(),
            '\\' => self.escape(),
            '*' | '+' | '?' => Err(Refusal::Syntax),
            c => self.literal(c),
        }
    }

    fn literal(&self, c: char) -> Result<Ast, Refusal> {
        if !self.flags.ignore_case {
            return Ok(Ast::Char(c));
        }
        let mut both = class::of(&[(c, c)]);
        class::fold(&mut both)?;
        Ok(Ast::Class(both))
    }

    /// The part with the quantifier that follows it, if one does.
    fn repeated(&mut self, part: Ast) -> Result<Ast, Refusal> {
        let (min, max) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => match braces(self.rest) {
                Some((min, max, rest)) => {
                    self.rest = rest;
                    self.eat("?");
                    if max.is_some_and(|max| max < min) {
                        return Err(Refusal::Syntax);
                    }
                    return Ok(Ast::Repeat { of: Box::new(part), min, max });
                }
                // Not a quantifier, so a brace like any other character.
                None => return Ok(part),
            },
            _ => return Ok(part),
        };
        self.next();
        self.eat("?");
        Ok(Ast::Repeat { of: Box::new(part), min, max })
    }

    /// What follows an opening parenthesis.
    fn group(&mut self) -> Result<Ast, Refusal> {
        let flags = self.flags;
        let mut look = None;
        if self.eat("?") {
            if self.eat("=") {
                look = Some((false, false));
            } else if self.eat("!") {
                look = Some((false, true));
            } else if self.eat("<=") {
                look = Some((true, false));
            } else if self.eat("<!") {
                look = Some((true, true));
            } else if self.eat("<") || self.is_lenient() && self.eat("P<") {
                let (name, rest) = self.rest.split_once('>').ok_or(Refusal::Syntax)?;
                if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || "_$".contains(c))
                {
                    return Err(Refusal::Syntax);
                }
                self.rest = rest;
            } else if !self.flags()? {
                return Ok(Ast::Empty);
            }
        }
        let inside = self.alternatives()?;
        self.flags = flags;
        if !self.eat(")") {
            return Err(Refusal::Syntax);
        }
        Ok(match look {
            Some((behind, negated)) => Ast::Look { behind, negated, of: Box::new(inside) },
            None => inside,
        })
    }

    /// `i:` or `i)`; returns whether a group follows. Flags without a group apply to the rest of
    /// the group around them.
    fn flags(&mut self) -> Result<bool, Refusal> {
        let mut on = true;
        loop {
            match self.next().ok_or(Refusal::Syntax)? {
                ':' => return Ok(true),
                ')' if self.is_lenient() => return Ok(false),
                '-' => on = false,
                'i' => self.flags.ignore_case = on,
                's' => self.flags.dot_takes_lines = on,
                'm' => self.flags.multiline = on,
                _ if self.is_lenient() => return Err(Refusal::Unsupported),
                _ => return Err(Refusal::Syntax),
            }
        }
    }

    /// What follows a backslash, outside of a class.
    fn escape(&mut self) -> Result<Ast, Refusal> {
        let kind = self.peek().ok_or(Refusal::Syntax)?;
        match kind {
            'b' | 'B' => {
                self.next();
                let boundary = match kind {
                    'b' => Assertion::WordBoundary,
                    _ => Assertion::NoWordBoundary,
                };
                Ok(Ast::Assert(boundary))
            }
            '1'..='9' => {
                self.rest = self.rest.trim_start_matches(|c: char| c.is_ascii_digit());
                Ok(Ast::Backreference)
            }
            'k' if self.rest.starts_with("k<") => {
                let (_, rest) = self.rest.split_once('>').ok_or(Refusal::Syntax)?;
                self.rest = rest;
                Ok(Ast::Backreference)
            }
            _ => match self.class_escape()? {
                Member::Char(c) => self.literal(c),
                Member::Class(class) => self.folded(class),
            },
        }
    }

    fn folded(&self, mut class: ClassUnicode) -> Result<Ast, Refusal> {
        if self.flags.ignore_case {
            class::fold(&mut class)?;
        }
        Ok(Ast::Class(class))
    }

    /// `[…]`, after the opening bracket.
    fn class(&mut self) -> Result<Ast, Refusal> {
        let negated = self.eat("^");
        let mut set = class::of(&[]);
        loop {
            if self.eat("]") {
                break;
            }
            let first = self.member()?;
            let range = self.rest.starts_with('-') && !self.rest.starts_with("-]");
            if !range {
                set.union(&first.class());
                continue;
            }
            self.next();
            match (first, self.member()?) {
                (Member::Char(start), Member::Char(end)) if start <= end => {
                    set.union(&class::of(&[(start, end)]));
                }
                (Member::Char(_), Member::Char(_)) => return Err(Refusal::Syntax),
                // `[\w-.]`: with a set on one side, the hyphen is one.
                (first, second) => {
                    set.union(&first.class());
                    set.union(&class::of(&[('-', '-')]));
                    set.union(&second.class());
                }
            }
        }
        if self.flags.ignore_case {
            class::fold(&mut set)?;
        }
        if negated {
            set.negate();
        }
        self.weigh(&set)?;
        Ok(Ast::Class(set))
    }

    fn member(&mut self) -> Result<Member, Refusal> {
        if !self.eat("\\") {
            return self.next().map(Member::Char).ok_or(Refusal::Syntax);
        }
        if self.eat("b") {
            return Ok(Member::Char('\u{8}'));
        }
        self.class_escape()
    }

    /// The escapes that mean the same inside and outside a class, after the backslash.
    fn class_escape(&mut self) -> Result<Member, Refusal> {
        let kind = self.next().ok_or(Refusal::Syntax)?;
        let char = match kind {
            'd' | 'D' | 'w' | 'W' | 's' | 'S' => {
                return class::shorthand(kind).map(Member::Class).ok_or(Refusal::Syntax);
            }
            'p' | 'P' => {
                let name = match self.eat("{") {
                    true => {
                        let (name, rest) = self.rest.split_once('}').ok_or(Refusal::Syntax)?;
                        self.rest = rest;
                        name.to_owned()
                    }
                    false => self.next().ok_or(Refusal::Syntax)?.to_string(),
                };
                let class = class::property(&name, kind == 'P')?;
                self.weigh(&class)?;
                return Ok(Member::Class(class));
            }
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\u{b}',
            '0' if !self.rest.starts_with(|next: char| next.is_ascii_digit()) => '\0',
            '0'..='9' => return Err(Refusal::Unsupported),
            'c' => {
                let letter = self.next().filter(char::is_ascii_alphabetic);
                char::from(letter.ok_or(Refusal::Syntax)? as u8 % 32)
            }
            'x' => self.hex(2)?,
            'u' => self.unicode()?,
            // Any other escaped character is literal.
            other if self.is_lenient() || !other.is_ascii_alphanumeric() => other,
            _ => return Err(Refusal::Syntax),
        };
        Ok(Member::Char(char))
    }

    fn hex(&mut self, digits: usize) -> Result<char, Refusal> {
        let code = self.hex_code(digits)?;
        char::from_u32(code).ok_or(Refusal::Unsupported)
    }

    fn hex_code(&mut self, digits: usize) -> Result<u32, Refusal> {
        let text = self.rest.get(..digits).ok_or(Refusal::Syntax)?;
        if !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(Refusal::Syntax);
        }
        self.rest = &self.rest[digits..];
        u32::from_str_radix(text, 16).map_err(|_| Refusal::Syntax)
    }

    /// `XXXX`, `{X…}` and surrogate pairs, after `\u`.
    fn unicode(&mut self) -> Result<char, Refusal> {
        if self.eat("{") {
            let (digits, rest) = self.rest.split_once('}').ok_or(Refusal::Syntax)?;
            self.rest = rest;
            let code = u32::from_str_radix(digits, 16).map_err(|_| Refusal::Syntax)?;
            return char::from_u32(code).ok_or(Refusal::Unsupported);
        }
        let high = self.hex_code(4)?;
        if !(0xD800..0xE000).contains(&high) {
            return char::from_u32(high).ok_or(Refusal::Unsupported);
        }
        // A lone surrogate never occurs in a Rust string, and the meaning of a class of surrogates
        // depends on whether the engine counts characters or code units.
        if high >= 0xDC00 || !self.eat("\\u") {
            return Err(Refusal::Unsupported);
        }
        let low = self.hex_code(4)?;
        if !(0xDC00..0xE000).contains(&low) {
            return Err(Refusal::Unsupported);
        }
        let code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
        char::from_u32(code).ok_or(Refusal::Unsupported)
    }
}

/// A member of a class in brackets.
enum Member {
    Char(char),
    Class(ClassUnicode),
}

impl Member {
    fn class(self) -> ClassUnicode {
        match self {
            Self::Char(c) => class::of(&[(c, c)]),
            Self::Class(class) => class,
        }
    }
}

/// The only one, or all as one.
fn one_or(mut parts: Vec<Ast>, all: impl FnOnce(Vec<Ast>) -> Ast) -> Ast {
    match parts.len() {
        0 => Ast::Empty,
        1 => parts.pop().unwrap_or(Ast::Empty),
        _ => all(parts),
    }
}

/// `{n}`, `{n,}` or `{n,m}`, and what follows.
fn braces(text: &str) -> Option<(u32, Option<u32>, &str)> {
    let (inside, rest) = text.strip_prefix('{')?.split_once('}')?;
    let number = |text: &str| {
        let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        // Numbers that are too large become the largest.
        plain.then(|| text.parse().unwrap_or(u32::MAX))
    };
    match inside.split_once(',') {
        None => number(inside).map(|count| (count, Some(count), rest)),
        Some((min, "")) => Some((number(min)?, None, rest)),
        Some((min, max)) => Some((number(min)?, Some(number(max)?), rest)),
    }
}
