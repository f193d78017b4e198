//! From the tree of the parser to the simple commands, in order.

use super::parse;
use super::words::{substitutions, unquoted};
use crate::lang::{Command, Fault, Word};
use crate::source::Span;
use brush_parser::ast;
use brush_parser::ast::{CommandPrefixOrSuffixItem as Item, CompoundCommand as Compound};

pub(super) struct Walk<'t> {
    /// What was parsed.
    filled: &'t str,
    /// What was written.
    text: &'t str,
    holes: &'t [Span],
    /// Where each character starts; empty if each is one byte.
    starts: Vec<usize>,
    base: usize,
    depth: usize,
    pub(super) commands: Vec<Command>,
    pub(super) faults: Vec<Fault>,
}

impl<'t> Walk<'t> {
    pub(super) fn new(filled: &'t str, text: &'t str, holes: &'t [Span]) -> Self {
        let (commands, faults) = (Vec::new(), Vec::new());
        let starts = if filled.is_ascii() {
            Vec::new()
        } else {
            filled.char_indices().map(|(at, _)| at).collect()
        };
        Self { filled, text, holes, starts, base: 0, depth: 0, commands, faults }
    }

    pub(super) fn program(&mut self, program: &ast::Program) {
        program.complete_commands.iter().for_each(|list| self.list(list));
    }

    fn list(&mut self, list: &ast::CompoundList) {
        for ast::CompoundListItem(and_or, _) in &list.0 {
            self.pipeline(&and_or.first);
            for ast::AndOr::And(pipeline) | ast::AndOr::Or(pipeline) in &and_or.additional {
                self.pipeline(pipeline);
            }
        }
    }

    fn pipeline(&mut self, pipeline: &ast::Pipeline) {
        pipeline.seq.iter().for_each(|command| self.command(command));
    }

    fn command(&mut self, command: &ast::Command) {
        match command {
            ast::Command::Simple(simple) => self.simple(simple),
            ast::Command::Compound(compound, _) => self.compound(compound),
            ast::Command::Function(function) => self.compound(&function.body.0),
            ast::Command::ExtendedTest(..) => {}
        }
    }

    fn compound(&mut self, compound: &Compound) {
        match compound {
            Compound::Arithmetic(_) => {}
            Compound::ArithmeticForClause(clause) => self.list(&clause.body.list),
            Compound::BraceGroup(group) => self.list(&group.list),
            Compound::Subshell(subshell) => self.list(&subshell.list),
            Compound::ForClause(clause) => {
                let values = clause.values.iter().flatten();
                values.for_each(|word| self.inside(word));
                self.list(&clause.body.list);
            }
            Compound::CaseClause(clause) => {
                clause.cases.iter().filter_map(|case| case.cmd.as_ref()).for_each(|l| self.list(l));
            }
            Compound::IfClause(clause) => {
                self.list(&clause.condition);
                self.list(&clause.then);
                for branch in clause.elses.iter().flatten() {
                    branch.condition.iter().for_each(|list| self.list(list));
                    self.list(&branch.body);
                }
            }
            Compound::WhileClause(clause) | Compound::UntilClause(clause) => {
                self.list(&clause.0);
                self.list(&clause.1.list);
            }
            Compound::Coprocess(coprocess) => self.command(&coprocess.body),
        }
    }

    fn simple(&mut self, simple: &ast::SimpleCommand) {
        let mut words = Vec::new();
        let mut inner = Vec::new();
        for item in simple.prefix.iter().flat_map(|prefix| &prefix.0) {
            if let Item::AssignmentWord(_, word) = item {
                inner.push(word);
            }
        }
        if let Some(word) = &simple.word_or_name {
            inner.push(word);
            words.extend(self.word(word));
        }
        for item in simple.suffix.iter().flat_map(|suffix| &suffix.0) {
            match item {
                Item::Word(word) | Item::AssignmentWord(_, word) => {
                    inner.push(word);
                    words.extend(self.word(word));
                }
                Item::ProcessSubstitution(_, subshell) => self.list(&subshell.list),
                Item::IoRedirect(_) => {}
            }
        }
        if !words.is_empty() {
            self.commands.push(Command { words });
        }
        inner.into_iter().for_each(|word| self.inside(word));
    }

    fn span(&self, word: &ast::Word) -> Option<Span> {
        let loc = word.loc.as_ref()?;
        let (start, end) = (self.byte_of(loc.start.index), self.byte_of(loc.end.index));
        (start <= end).then(|| Span::new(start, end).clamped(self.text))
    }

    /// The byte of a character, counted from the base.
    fn byte_of(&self, chars: usize) -> usize {
        if self.starts.is_empty() {
            return (self.base + chars).min(self.filled.len());
        }
        let before = self.starts.partition_point(|&start| start < self.base);
        self.starts.get(before + chars).copied().unwrap_or(self.filled.len())
    }

    fn word(&mut self, word: &ast::Word) -> Option<Word> {
        let mut span = self.span(word)?;
        // Behind a continued line the parser counts the indentation to the word.
        span.start += continuation_len(&self.text[span.start..span.end]);
        let raw = &self.text[span.start..span.end];
        // They stand in order: the first that ends behind the start is the one to look at.
        let next = self.holes.partition_point(|hole| hole.end <= span.start);
        let hole = self.holes.get(next).is_some_and(|hole| hole.start < span.end);
        let dots = matches!(raw, "..." | "…");
        self.invisible(raw, span);
        let (text, literal) = unquoted(raw);
        Some(Word { text, span, literal: literal && !hole && !dots })
    }

    /// Characters that look like others and that no shell takes for them.
    fn invisible(&mut self, raw: &str, span: Span) {
        if raw.contains(['"', '\'', '`']) || raw.is_ascii() {
            return;
        }
        let dash = |c| matches!(c, '–' | '—');
        let mut after = raw.chars();
        let first = after.next();
        let found = match first {
            Some(c)
                if dash(c) && after.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '-') =>
            {
                Some((0, c))
            }
            // `ls: cannot access ‘x’` is what a program says.
            Some(c @ ('“' | '”' | '‘' | '’')) if !self.is_said(span.start) => Some((0, c)),
            _ => raw
                .char_indices()
                .find(|&(_, c)| matches!(c, '\u{a0}' | '\u{200b}' | '\u{2060}' | '\u{feff}')),
        };
        if let Some((at, c)) = found {
            let start = span.start + at;
            let shown = if c.is_whitespace() || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}') {
                format!("the invisible character U+{:04X} is part of this word", c as u32)
            } else {
                format!("the shell takes `{c}` for a letter")
            };
            let fault = Fault::new(Span::new(start, start + c.len_utf8()), shown);
            self.faults.push(fault.help("write the plain ASCII character"));
        }
    }

    /// Whether the line of a place begins with a name and a colon: a message and no command.
    fn is_said(&self, at: usize) -> bool {
        let line = self.text[..at].rsplit('\n').next().unwrap_or("");
        let first = line.split_whitespace().next().unwrap_or("");
        first.len() > 1 && first.ends_with(':')
    }

    /// The commands inside `$(…)`.
    fn inside(&mut self, word: &ast::Word) {
        let Some(span) = self.span(word) else { return };
        if self.depth > 4 || !self.filled[span.start..span.end].contains("$(") {
            return;
        }
        for part in substitutions(&self.filled[span.start..span.end]) {
            let part = part.shifted(span.start);
            if let Ok(program) = parse(&self.filled[part.start..part.end]) {
                let outer = std::mem::replace(&mut self.base, part.start);
                self.depth += 1;
                self.program(&program);
                self.depth -= 1;
                self.base = outer;
            }
        }
    }
}

/// The length of the blanks and continued line ends at the start of a word.
fn continuation_len(raw: &str) -> usize {
    let mut rest = raw;
    while let Some(shorter) =
        rest.strip_prefix([' ', '\t', '\n']).or_else(|| rest.strip_prefix("\\\n"))
    {
        rest = shorter;
    }
    raw.len() - rest.len()
}
