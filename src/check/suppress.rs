//! Suppressions: findings that are accepted in a page, with a reason.
//!
//! `<!-- docgen-ignore RULE: reason -->`, in MDX also `{/* … */}`, applies to the next block;
//! `docgen-ignore` in the front matter applies to the whole page.

use super::rule::{Diagnostic, Rule};
use super::rules::{self, RULES, invalid_suppression, unused_suppression};
use crate::diagnostic::{Edit, Finding, Fix, Safety};
use crate::markdown::Dialect;
use crate::markdown::outline::InlineKind;
use crate::site::index::Page;
use crate::source::{Span, line_start};
use crate::suggest::nearest;

/// The text that introduces a suppression.
pub const MARK: &str = "docgen-ignore";

/// The most suppressions of one page that are read, since each costs a search.
const MAX_SUPPRESSIONS: usize = 10_000;

/// Rules about the marks themselves, which no mark can accept.
const ABOUT_MARKS: [&Rule; 2] = [&invalid_suppression::RULE, &unused_suppression::RULE];

/// A suppression of one rule.
#[derive(Clone, Debug)]
pub struct Accept {
    /// The rule.
    pub rule: &'static Rule,
    /// The location of its name.
    pub place: Span,
    /// The part of the page that it applies to; `None` for all of it.
    pub region: Option<Span>,
    /// The span to delete if it accepts nothing: the name, and the punctuation around it.
    removal: Span,
}

/// The suppressions of a page.
#[derive(Debug, Default)]
pub struct Accepts {
    /// The valid ones.
    pub accepts: Vec<Accept>,
    /// Findings about invalid ones.
    pub invalid: Vec<Finding>,
}

/// Reads the suppressions of a page.
pub fn read(page: &Page, dialect: Dialect) -> Accepts {
    let mut found = Accepts::default();
    if memchr::memmem::find(page.source.text.as_bytes(), MARK.as_bytes()).is_none() {
        return found;
    }
    of_front_matter(page, &mut found);
    of_comments(page, dialect, &mut found);
    found
}

impl Accepts {
    /// The number of the suppression that accepts a finding.
    pub fn taker(&self, one: &Diagnostic) -> Option<usize> {
        let span = one.finding.span;
        self.accepts.iter().position(|accept| {
            accept.rule == one.rule
                && accept
                    .region
                    .is_none_or(|region| region.start <= span.start && span.start < region.end)
        })
    }

    /// The finding about a suppression that accepts nothing.
    pub fn unused(&self, page: &Page, number: usize) -> Finding {
        let accept = &self.accepts[number];
        let place = match accept.region {
            Some(_) => "in the block below",
            None => "on this page",
        };
        let edit = Edit {
            path: page.source.path.clone(),
            span: accept.removal,
            replacement: String::new(),
        };
        Finding::new(
            &page.source.path,
            accept.place,
            format!("`{}` is accepted {place}, but has no findings there", accept.rule.name),
        )
        .help("remove it, so that it does not hide a future finding")
        .fix(Fix {
            title: "remove it".to_owned(),
            safety: Safety::Safe,
            edits: vec![edit],
        })
    }

    fn refuse(&mut self, page: &Page, span: Span, message: String, help: &str) {
        self.invalid.push(Finding::new(&page.source.path, span, message).help(help));
    }

    /// Adds a suppression with its reason.
    fn add(&mut self, page: &Page, name: Name<'_>, reason: &str, region: Option<Span>) {
        let Name { name, place, removal } = name;
        let Some(rule) = rules::find(name) else {
            let near = nearest(name, RULES.iter().map(|rule| rule.name));
            let help = near.map_or_else(
                || "run `docgen rules` for a list".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            return self.refuse(page, place, format!("unknown rule `{name}`"), &help);
        };
        if ABOUT_MARKS.contains(&rule) {
            let help = "remove the suppression that it is about";
            return self.refuse(page, place, format!("`{name}` cannot be accepted"), help);
        }
        if reason.trim().is_empty() {
            let message = format!("`{name}` is accepted without a reason");
            return self.refuse(page, place, message, "add a reason after a colon");
        }
        self.accepts.push(Accept { rule, place, region, removal });
    }
}

/// A name and its location.
struct Name<'a> {
    name: &'a str,
    place: Span,
    removal: Span,
}

fn of_front_matter(page: &Page, found: &mut Accepts) {
    let Some(node) = page.facts.front.node.as_ref().and_then(|front| front.get(MARK)) else {
        return;
    };
    let text = &page.source.text;
    let members = node.members();
    if members.is_empty() {
        let help = "write each rule and its reason on a line: `RULE: reason`";
        return found.refuse(page, node.span, format!("`{MARK}` names no rule"), help);
    }
    for member in members {
        let place = member.key_span;
        let line = line_start(text, place.start);
        let end = text[place.start..].find('\n').map_or(text.len(), |at| place.start + at + 1);
        // Deleting the last one also deletes the key above it.
        let above = line_start(text, text[..line].trim_end().len());
        let alone = members.len() == 1 && text[above..line].trim_start().starts_with(MARK);
        let removal = Span::new(if alone { above } else { line }, end);
        let name = Name { name: &member.key, place, removal };
        found.add(page, name, member.value.as_str().unwrap_or_default(), None);
    }
}

fn of_comments(page: &Page, dialect: Dialect, found: &mut Accepts) {
    let text = page.source.text.as_str();
    let front = page.facts.front.span.end;
    let code = &page.facts.code;
    let in_block = |at: usize| {
        let behind = code.partition_point(|block| block.span.start <= at);
        behind.checked_sub(1).is_some_and(|last| at < code[last].span.end)
    };
    let (mut spans, mut starts) = page.with_outline(dialect, |outline| {
        let code = outline.inlines.iter().filter(|inline| inline.kind == InlineKind::Code);
        let spans: Vec<Span> = code.map(|inline| inline.span).collect();
        let starts: Vec<Span> = outline.blocks.iter().map(|block| block.span).collect();
        (spans, starts)
    });
    spans.sort();
    let in_span = |at: usize| {
        let behind = spans.partition_point(|span| span.start <= at);
        behind.checked_sub(1).is_some_and(|last| at < spans[last].end)
    };
    // Of blocks that start at the same place, the outermost comes first.
    starts.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let marks = memchr::memmem::find_iter(text.as_bytes(), MARK.as_bytes());
    for at in
        marks.filter(|&at| at >= front && !in_block(at) && !in_span(at)).take(MAX_SUPPRESSIONS)
    {
        let before = text[..at].trim_end();
        let closer = match before {
            _ if before.ends_with("<!--") => "-->",
            _ if before.ends_with("{/*") => "*/}",
            _ => continue,
        };
        let start = before.len() - closer.len().max(if closer == "-->" { 4 } else { 3 });
        let Some(len) = text[at..].find(closer) else {
            let span = Span::new(start, at + MARK.len());
            let help = "end the comment";
            found.refuse(page, span, format!("this `{MARK}` never ends"), help);
            return;
        };
        let comment = Span::new(start, at + len + closer.len());
        let words = Span::new(at + MARK.len(), at + len);
        comment_of(page, comment, words, below(text, comment.end, &starts), found);
    }
}

/// The block below a comment: up to its end or, if it is made of tags, up to an empty line.
fn below(text: &str, from: usize, blocks: &[Span]) -> Span {
    let rest = &text[from..];
    let first = from + rest.len() - rest.trim_start().len();
    let behind = blocks.partition_point(|block| block.start < from);
    let end = match blocks.get(behind) {
        Some(block) if block.start <= first + 3 => block.end,
        _ => {
            let lines = text[first..].split_inclusive('\n');
            let chunk = lines.take_while(|line| !line.trim().is_empty());
            first + chunk.map(str::len).sum::<usize>()
        }
    };
    Span::new(from, end.max(from))
}

/// Parses the text of a comment: rules, a colon, a reason.
fn comment_of(page: &Page, comment: Span, words: Span, region: Span, found: &mut Accepts) {
    let text = page.source.text.as_str();
    let written = &text[words.start..words.end];
    let Some((names, reason)) = written.split_once(':') else {
        let message = format!("this `{MARK}` gives no reason");
        return found.refuse(page, comment, message, "write `RULE: reason`");
    };
    if names.trim().is_empty() || !names.starts_with(char::is_whitespace) {
        let message = format!("this `{MARK}` names no rule");
        return found.refuse(page, comment, message, "write `RULE: reason`");
    }
    let several = names.contains(',');
    let mut at = words.start;
    for (number, part) in names.split(',').enumerate() {
        let name = part.trim();
        let start = at + part.len() - part.trim_start().len();
        let place = Span::new(start, start + name.len());
        let removal = match several {
            // Including the comma before it, or after it if it is the first.
            true if number > 0 => Span::new(at - 1, at + part.len()),
            true => Span::new(start, at + part.len() + 1),
            false => with_line(text, comment),
        };
        at += part.len() + 1;
        found.add(page, Name { name, place, removal }, reason, Some(region));
    }
}

/// The span of a comment and its line, if there is nothing else on it, and of one of the two empty
/// lines that would otherwise meet.
fn with_line(text: &str, comment: Span) -> Span {
    let start = line_start(text, comment.start);
    let next = |at: usize| text[at..].find('\n').map_or(text.len(), |len| at + len + 1);
    let end = next(comment.end);
    let empty = |from: usize, to: usize| text[from..to].trim().is_empty();
    if !empty(start, comment.start) || !empty(comment.end, end) {
        return comment;
    }
    let above = text[..start].trim_end_matches(['\n', '\r']).len();
    let gap = start == 0 || text[above..start].matches('\n').count() > 1;
    let after = next(end);
    let more = gap && end < text.len() && empty(end, after);
    Span::new(start, if more { after } else { end })
}
