//! A code span, a link, bold text, a comment or a tag that is opened in a line of text and not
//! closed, so that readers see its source.

use memchr::memmem::Finder;

use crate::diagnostic::{Finding, Severity};
use crate::markdown::components;
use crate::markdown::html;
use crate::markdown::outline::{BlockKind, InlineKind};
use crate::prose::{self, Leaf};
use crate::rule::{Check, PageContext, Rule};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "unclosed-inline",
    severity: Some(Severity::Warning),
    doc: include_str!("../../../content/manual/rules/unclosed-inline.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let source = context.text();
    let page_end = source.trim_end().len();
    // Computed at most once.
    let mut remarks = None;
    let (links, bolds) = (Finder::new("]("), Finder::new("**"));
    for leaf in prose::leaves(context.outline) {
        let bytes = &source.as_bytes()[leaf.span.start..leaf.span.end];
        let link = links.find(bytes).is_some();
        let bold = bolds.find(bytes).is_some();
        let code = memchr::memchr(b'`', bytes).is_some();
        let tag = memchr::memchr(b'<', bytes).is_some();
        if !(link || bold || code || tag) {
            continue;
        }
        let runs = leaf.runs();
        let text = Text { source, leaf: &leaf, runs: &runs };
        let found = [
            code.then(|| text.code()).flatten(),
            link.then(|| text.link()).flatten(),
            bold.then(|| text.bold())
                .flatten()
                .filter(|_| !*remarks.get_or_insert_with(|| has_remarks(context))),
            tag.then(|| text.comment()).flatten(),
        ];
        let ends_page = leaf.span.end >= page_end;
        for (span, message, help) in found.into_iter().flatten() {
            let mut finding = Finding::new(context.path(), span, message).help(help);
            if ends_page {
                finding = finding.severity(Severity::Error);
            }
            out.push(finding);
        }
    }
    out.extend(cut_tag(context, page_end));
}

/// Whether a table has cells that end with two asterisks, which refer to a note under it.
fn has_remarks(context: &PageContext<'_>) -> bool {
    context.outline.blocks.iter().filter(|block| block.kind == BlockKind::Cell).any(|block| {
        let text = &context.text()[block.span.start..block.span.end];
        text.trim_end().ends_with("**") && text.matches("**").count() == 1
    })
}

/// Span, message, help.
type Fault = (Span, &'static str, &'static str);

/// A block of text, and the inlines of it that are plain text.
struct Text<'o, 'a> {
    source: &'a str,
    leaf: &'o Leaf<'o, 'a>,
    runs: &'o [Span],
}

impl Text<'_, '_> {
    /// The offsets of a mark that is plain text and not escaped. Most pieces of text are short, so
    /// that no searcher is made for them.
    fn places(&self, mark: &str) -> Vec<usize> {
        let Some(first) = mark.bytes().next() else { return Vec::new() };
        let mut places = Vec::new();
        for run in self.runs {
            let mut from = run.start;
            while let Some(at) = memchr::memchr(first, &self.source.as_bytes()[from..run.end]) {
                let at = from + at;
                let found = self.source[at..run.end].starts_with(mark);
                if found && !self.source[..at].ends_with('\\') {
                    places.push(at);
                }
                from = at + if found { mark.len() } else { 1 };
            }
        }
        places
    }

    /// The character before an offset, in the same block.
    fn before(&self, at: usize) -> Option<char> {
        self.source[self.leaf.span.start..at].chars().next_back()
    }

    fn after(&self, at: usize) -> &str {
        &self.source[at..self.leaf.span.end]
    }

    /// A run of backticks without its counterpart.
    fn code(&self) -> Option<Fault> {
        let places = self.places("`");
        let first = *places.first()?;
        let run = self.after(first).bytes().take_while(|byte| *byte == b'`').count();
        // Several backticks may be anything; a single one is a span that was cut off.
        if run > 2 || places.len() != run {
            return None;
        }
        let span = Span::new(first, first + run);
        let before = self.before(first);
        let rest = self.after(first + run);
        let next = rest.chars().next();
        let cell = self.leaf.block.kind == BlockKind::Cell;
        let opens = before.is_none_or(|c| {
            c.is_whitespace() || matches!(c, '(' | '[' | '|' | '—') || prose::is_unspaced(c)
        }) && next
            .is_some_and(|c| c.is_alphanumeric() || "./-$~@#<{[*%_\"".contains(c));
        // `quoted' and ``quoted''
        let quote = rest
            .match_indices('\'')
            .any(|(at, _)| !rest[at + 1..].starts_with(char::is_alphanumeric));
        if opens && !quote {
            let help = if cell {
                "close it with a backtick; a `|` ends the cell even inside code, unless it is written `\\|`"
            } else {
                "close it with a backtick where the code ends"
            };
            return Some((span, "this code is not closed, so its backtick is shown", help));
        }
        let closes = before.is_some_and(|c| c.is_alphanumeric() || ")/.>}]\"".contains(c))
            && next.is_none_or(|c| c.is_whitespace() || ",.;:)".contains(c));
        let help = "add a backtick where the code begins";
        (closes && run == 1 && !quote).then_some((
            span,
            "this backtick closes nothing, so it is shown",
            help,
        ))
    }

    /// A link whose address is cut off.
    fn link(&self) -> Option<Fault> {
        let at = *self.places("](").last()?;
        let open = self.source[self.leaf.span.start..at].rfind('[')? + self.leaf.span.start;
        if self.after(at).contains(')') {
            return None;
        }
        let line = self.after(at).lines().next()?.trim_end().len();
        let span = Span::new(open, at + line).clamped(self.source);
        Some((
            span,
            "this link is cut off: its address is not closed",
            "close the address with `)`",
        ))
    }

    /// Bold text that is not closed.
    fn bold(&self) -> Option<Fault> {
        let [at] = self.places("**")[..] else { return None };
        let rest = self.after(at + 2);
        let next = rest.chars().next()?;
        let before = self.before(at);
        let whole = &self.source[self.leaf.span.start..self.leaf.span.end];
        if before == Some('*') || next == '*' || whole.contains("***") {
            return None;
        }
        let line_start = before.is_none_or(|c| c == '\n' || c == '\r');
        let begins = next.is_uppercase()
            || (next.is_alphabetic() && !next.is_ascii())
            || matches!(next, '`' | '[' | '"')
            // Bold text at the start of a line may begin in lower case; `**options` alone is code.
            || (line_start && next.is_lowercase() && {
                let word = rest.find(|c: char| !prose::is_word_char(c)).unwrap_or(rest.len());
                rest[word..].starts_with([' ', '\n', '-'])
            });
        let apart = line_start || before.is_some_and(|c| c.is_whitespace() || c == '(');
        (begins && apart).then_some((
            Span::new(at, at + 2),
            "this bold text is not closed, so its asterisks are shown",
            "close it with `**` directly after its last letter",
        ))
    }

    /// A comment that begins in a line of text and has no end there.
    fn comment(&self) -> Option<Fault> {
        let at = *self.places("<!--").first()?;
        let help = "close it with `-->`";
        Some((Span::new(at, at + 4), "this comment is not closed, so it is shown", help))
    }
}

/// A tag that the page ends in.
fn cut_tag(context: &PageContext<'_>, page_end: usize) -> Option<Finding> {
    let source = context.text();
    let facts = context.facts();
    // No tag is longer than this.
    let from = Span::new(page_end.saturating_sub(2000), page_end).clamped(source).start;
    let at = from + source[from..page_end].rfind('<')?;
    let rest = &source[at..page_end];
    if rest.contains('>') && !rest.contains("=\"") || at < facts.front.span.end {
        return None;
    }
    if facts.open_comment.is_some()
        || facts.code.iter().any(|code| code.span.start <= at && at < code.span.end)
    {
        return None;
    }
    let in_code = |inline: &crate::markdown::outline::Inline<'_>| {
        matches!(inline.kind, InlineKind::Code | InlineKind::Tag)
            && inline.span.start <= at
            && at < inline.span.end
    };
    if context.outline.inlines.iter().rev().take(64).any(in_code)
        || html::tag_at(source, at).is_some()
    {
        return None;
    }
    let body = rest[1..].strip_prefix('/').unwrap_or(&rest[1..]);
    let name =
        &body[..body.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(body.len())];
    let attributes = &body[name.len()..];
    let attribute = attributes.starts_with(char::is_whitespace) && attributes.contains('=');
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let known = components::find(name).is_some() || (name.len() > 1 && html::is_html_element(name));
    let line_start = source[..at].rsplit('\n').next().is_some_and(|line| line.trim().is_empty());
    let short = line_start && rest.len() < 40 && !rest.contains('\n');
    if !(begins && (attribute || known) || (line_start && rest == "<") || (short && begins)) {
        return None;
    }
    let finding =
        Finding::new(context.path(), Span::new(at, page_end), "the page ends inside this tag");
    Some(finding.help("complete the tag, and add what follows it").severity(Severity::Error))
}
