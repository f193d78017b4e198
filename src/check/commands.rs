//! Compares the commands of a page, in shell blocks and code spans, with specifications. Done once
//! for all rules that report a part of the result.

use std::borrow::Cow;

use super::blocks::Block;
use super::claims::{self, Claim};
use crate::diagnostic::{Finding, Severity};
use crate::lang::{self, Command, Content};
use crate::markdown::outline::{Inline, InlineKind, Outline};
use crate::project::bindings::{Bindings, BoundCommand};
use crate::site::index::Page;
use crate::source::Span;
use crate::truth::command::{CommandFault, FaultKind};

/// The longest code span that is read as a command.
const MAX_INLINE: usize = 400;

/// The most faults of one block that are reported.
const MAX_FAULTS: usize = 50;

/// The checked commands of a page.
#[derive(Default)]
pub struct Commands {
    /// The number of commands that were compared with a specification.
    pub checked: usize,
    /// The blocks that contain them, by the offset of the block, and the tool.
    pub validated: Vec<(usize, String)>,
    /// The faults, in the order of the page within blocks and within code spans.
    found: Vec<(FaultKind, Finding)>,
}

impl Commands {
    /// Checks the commands of a page.
    pub fn new(
        bindings: &Bindings,
        page: &Page,
        blocks: &[Block<'_>],
        outline: &Outline<'_>,
    ) -> Self {
        let mut commands = Self::default();
        if bindings.commands.is_empty() {
            return commands;
        }
        for block in blocks {
            let judgement = block.judgement();
            if let Some(Content::Shell(lines)) = judgement.map(|judgement| &judgement.content) {
                let before = commands.found.len();
                for (line, bound) in of_tools(lines, bindings) {
                    commands.checked += 1;
                    commands.validated.push((block.code.span.start, bound.spec.name.clone()));
                    if commands.found.len() - before > MAX_FAULTS {
                        continue;
                    }
                    let faults = bound.spec.check(line, &bound.runners);
                    commands.found.extend(faults.into_iter().map(|fault| {
                        let (kind, span) = (fault.kind, block.span(fault.span));
                        let finding = finding(page, span, fault);
                        let bad = is_called_bad(&page.source.text, span.start);
                        (kind, if bad { finding.severity(Severity::Note) } else { finding })
                    }));
                }
            }
        }
        commands.add_spans(bindings, page, outline);
        commands
    }

    /// The findings of some kinds.
    pub fn of(&self, kinds: &[FaultKind]) -> impl Iterator<Item = Finding> {
        self.found
            .iter()
            .filter(move |(kind, _)| kinds.contains(kind))
            .map(|(_, finding)| finding.clone())
    }

    /// Checks the code spans that begin like a command.
    fn add_spans(&mut self, bindings: &Bindings, page: &Page, outline: &Outline<'_>) {
        let text = &page.source.text;
        for (at, inline) in outline.inlines.iter().enumerate() {
            if inline.kind != InlineKind::Code || !may_call(&inline.text, bindings) {
                continue;
            }
            let shell = lang::judged("sh").map(|shell| shell.judge(&inline.text).content);
            let Some(Content::Shell(lines)) = shell else {
                continue;
            };
            for (line, bound) in of_tools(&lines, bindings) {
                self.checked += 1;
                let mut faults = bound.spec.check(line, &bound.runners);
                // `tool --port` refers to a flag; it is not a command to run.
                faults.retain(|fault| fault.kind != FaultKind::MissingValue);
                if faults.is_empty() {
                    continue;
                }
                let told = claims::about(outline, at);
                faults.retain(|fault| {
                    told == Claim::Nothing || told == Claim::Nearby && fault.similar
                });
                for fault in faults {
                    let span = source_span(inline, text, fault.span);
                    let kind = fault.kind;
                    let sure = fault.similar;
                    let mut finding = finding(page, span, fault);
                    // `tool is not installed` may be prose, and `tool --json` may mean all
                    // commands that have this flag.
                    if !sure && finding.severity.is_none() {
                        finding = finding.severity(Severity::Warning);
                    }
                    self.found.push((kind, finding));
                }
            }
        }
    }
}

/// The commands of a block that run a tool with a specification.
fn of_tools<'a>(
    lines: &'a [Command],
    bindings: &'a Bindings,
) -> impl Iterator<Item = (&'a Command, &'a BoundCommand)> {
    lines.iter().flat_map(|line| {
        let bound = bindings.commands.iter();
        bound
            .filter(|bound| bound.spec.is_for(line, &bound.runners))
            .map(move |bound| (line, bound))
    })
}

fn finding(page: &Page, span: Span, fault: CommandFault) -> Finding {
    let mut finding = Finding::new(&page.source.path, span, fault.message).maybe_help(fault.help);
    finding.severity = fault.severity;
    finding
}

/// The beginnings of comments that introduce a command as a bad example.
const BAD: &[&str] = &[
    "avoid",
    "bad",
    "do not",
    "don't",
    "incorrect",
    "invalid",
    "not supported",
    "unsupported",
    "wrong",
    "\u{274c}",
    "\u{2717}",
    "\u{2718}",
    "\u{1f6ab}",
];

/// Whether the comment above a line says that it does not work. A comment applies up to the next
/// blank line.
fn is_called_bad(source: &str, at: usize) -> bool {
    let before = &source[..source[..at].rfind('\n').unwrap_or(0)];
    let lines = before.rsplit('\n').map(|line| line.trim_start_matches('>').trim());
    for line in lines.take_while(|line| !line.is_empty()).take(10) {
        let Some(remark) = line.strip_prefix('#') else { continue };
        let remark = remark.trim_start_matches(['#', ' ']).to_lowercase();
        return BAD.iter().any(|word| {
            remark.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        });
    }
    false
}

/// Whether a code span may be a call of a tool with arguments: a cheap test, as spans are many.
fn may_call(text: &str, bindings: &Bindings) -> bool {
    if text.len() > MAX_INLINE || !text.contains(' ') {
        return false;
    }
    bindings.commands.iter().any(|bound| {
        let starts = |name: &str| text.strip_prefix(name).is_some_and(|rest| rest.starts_with(' '));
        let inside = |name: &str| {
            text.match_indices(name).any(|(at, _)| {
                text[..at].ends_with([' ', '/']) && text[at + name.len()..].starts_with([' ', '@'])
            })
        };
        let runs = |runner: &Vec<String>| {
            runner.first().is_some_and(|first| starts(first))
                && runner.last().is_some_and(|last| inside(last) || starts(last))
        };
        starts(&bound.spec.name) || inside(&bound.spec.name) || bound.runners.iter().any(runs)
    })
}

/// Maps a range of a code span's text to the bytes of the page; the whole code span if its text
/// differs from the source.
fn source_span(inline: &Inline<'_>, source: &str, range: Span) -> Span {
    let span = inline.span;
    let raw = &source[span.start..span.end];
    let ticks = raw.bytes().take_while(|&byte| byte == b'`').count();
    let inner = raw.get(ticks..raw.len().saturating_sub(ticks)).unwrap_or_default();
    // One blank on either side separates a backtick, and is not part of the code.
    let blank = usize::from(inner.len() == inline.text.len() + 2);
    let inner = inner.get(blank..inner.len().saturating_sub(blank)).unwrap_or_default();
    let shown: Cow<'_, str> =
        if inner.contains('\n') { inner.replace('\n', " ").into() } else { inner.into() };
    if ticks == 0 || shown != inline.text {
        return span;
    }
    range.shifted(span.start + ticks + blank).clamped(source)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Dialect, prepare};

    #[test]
    fn a_remark_is_about_the_lines_below_it() {
        for (text, bad) in [
            ("# Bad\nx y\n", true),
            ("# ❌ Unsupported\nx a\nx y\n", true),
            ("# Don't\nx a\n\nx y\n", false),
            ("# Bad\nx a\n# Good\nx y\n", false),
            ("# Badges\nx y\n", false),
            ("x y\n", false),
        ] {
            assert_eq!(is_called_bad(text, text.find("x y").unwrap()), bad, "{text}");
        }
    }

    #[test]
    fn places_in_code_spans() {
        for (text, expected) in [
            ("a `x ab y` b", "ab"),
            ("a ``x ab ` y`` b", "ab"),
            ("a `` `x ab y` `` b", "ab"),
            ("`x\nab`", "ab"),
            ("> `x\n> ab`", "`x\n> ab`"),
            ("|a|\n|-|\n|`x \\| ab`|", "`x \\| ab`"),
        ] {
            let scan = prepare(text, false, 0, Dialect::GITHUB);
            let outline = Outline::new(text, &scan);
            let code = outline.inlines.iter().find(|inline| inline.kind == InlineKind::Code);
            let code = code.expect("a code span");
            let at = code.text.find("ab").expect("its text");
            let span = source_span(code, text, Span::new(at, at + 2));
            assert_eq!(&text[span.start..span.end], expected, "{text}");
        }
    }
}
