//! The tags of one line, and which of them get their own line.

use super::{Line, Reader, State};
use crate::markdown::components::is_component_name;
use crate::markdown::expressions;
use crate::markdown::html::{self, TagKind};
use crate::markdown::lines::Ticks;
use crate::markdown::tokens::{Class, Token, has_expression, pair};
use crate::source::line_start;

impl Reader<'_> {
    /// Whether `<!--` at `at` opens a comment of several lines: at the start of a line always,
    /// inside a line only if it ends before the paragraph does.
    fn opens_comment(&mut self, from: usize, at: usize) -> bool {
        if self.text[from..at].trim().is_empty() {
            return true;
        }
        let mut end = at;
        for line in self.text[at..].split_inclusive('\n').take_while(|line| !line.trim().is_empty())
        {
            if line.contains("-->") {
                return true;
            }
            end += line.len();
        }
        // No comment ends before the end of the paragraph.
        self.no_comment = end;
        false
    }

    pub(super) fn take_tags(&mut self, mut line: Line, from: usize) -> usize {
        let mut tokens = Vec::new();
        let mut ticks = Ticks::default();
        let mut pos = from;
        let bytes = self.text.as_bytes();
        let brace = if self.options.mdx { b'{' } else { b'<' };
        while let Some(at) = memchr::memchr3(b'<', b'`', brace, &bytes[pos..line.end]) {
            let at = pos + at;
            if bytes[at] == b'`' {
                pos = ticks.span_end(self.text, at, line.end);
                continue;
            }
            if bytes[at] == b'{' {
                let found = expressions::at(self.text, from, at, line.end);
                pos = found.as_ref().map_or(at + 1, |found| found.range.end);
                tokens.extend(found.map(Token::expression));
                continue;
            }
            if self.text[at..].starts_with("<!--") {
                if at < self.no_comment {
                    pos = at + 4;
                    continue;
                }
                match self.text[at..line.end].find("-->") {
                    Some(close) => pos = at + close + 3,
                    None if self.opens_comment(from, at) => {
                        self.state = State::Comment(at);
                        break;
                    }
                    None => pos = at + 4,
                }
                continue;
            }
            let only_tags_before = tokens.last().map_or(from, |token: &Token| token.tag.range.end);
            let leading = self.text[only_tags_before..at].trim().is_empty();
            match self.html.at(self.text, at).filter(|tag| tag.range.end <= line.end || leading) {
                None => pos = at + 1,
                Some(tag) => {
                    pos = tag.range.end;
                    if pos > line.end {
                        self.extend(&mut line, pos);
                        ticks = Ticks::default();
                    }
                    tokens.push(Token::new(self.text, tag, self.options));
                }
            }
        }
        pair(self.text, &mut tokens);
        if self.options.closed_html {
            self.html_block.read(self.text, &line, from, &tokens);
        }
        self.decide(&mut tokens, from, line.end);
        self.count_loose(&tokens);
        if !tokens.iter().any(|token| token.split || token.rewrite) {
            self.narrow(&line);
            return self.push(line);
        }
        self.changed = true;
        self.cut(line, from, tokens)
    }

    /// Joins the lines up to the one that contains `pos`, for a tag over several lines.
    fn extend(&self, line: &mut Line, pos: usize) {
        let last = self.line_at(line_start(self.text, pos));
        line.end = last.end;
        line.next = last.next;
    }

    /// Decides which tags get their own line.
    fn decide(&self, tokens: &mut [Token], from: usize, end: usize) {
        let mut pos = from;
        let only_tags = tokens.iter().all(|token| {
            let between = self.text[pos..token.tag.range.start].trim().is_empty();
            pos = token.tag.range.end;
            between
        }) && self.text[pos.min(end)..end].trim().is_empty();
        if only_tags && tokens.iter().any(|token| token.class >= Class::Container) {
            tokens.iter_mut().for_each(|token| token.split = true);
            return;
        }
        if let Some(last) = self.spans_line(tokens, from, end) {
            (tokens[0].split, tokens[last].split) = (true, true);
        }
        let mut edge = from;
        for at in 0..tokens.len() {
            if tokens[at].split {
                edge = tokens[at].tag.range.end;
                continue;
            }
            let token = &tokens[at];
            let leading = self.text[edge..token.tag.range.start].trim().is_empty();
            let closes = token.tag.kind == TagKind::Close && self.closes_open(tokens, at);
            let split = match token.class {
                Class::Block if token.tag.kind == TagKind::Close => closes,
                Class::Block => leading,
                Class::Container if token.pair.is_some() => false,
                Class::Container => {
                    if token.tag.kind == TagKind::Close {
                        closes
                    } else {
                        leading && token.tag.kind == TagKind::Open
                    }
                }
                Class::Other => false,
            };
            if split {
                edge = tokens[at].tag.range.end;
                tokens[at].split = true;
            } else if self.options.mdx && self.hides_markdown(token) {
                tokens[at].rewrite = true;
            }
        }
    }

    /// The tag at the end of a line that closes a component of the site at its beginning, which then
    /// stands on lines of its own.
    fn spans_line(&self, tokens: &[Token], from: usize, end: usize) -> Option<usize> {
        let first = tokens.first().filter(|first| {
            self.options.own_components
                && first.class == Class::Container
                && is_component_name(first.tag.name(self.text))
                && self.text[from..first.tag.range.start].trim().is_empty()
        })?;
        let last = first.pair?;
        self.text[tokens[last].tag.range.end.min(end)..end].trim().is_empty().then_some(last)
    }

    /// Whether CommonMark would not read a tag, or not read the Markdown between it and its other
    /// half on the line: it knows no expressions, and an HTML block has no Markdown in it.
    fn hides_markdown(&self, token: &Token) -> bool {
        has_expression(&token.tag)
            || self.text[token.tag.range.clone()].contains('\n')
            || token.pair.is_some() && html::is_block(token.tag.name(self.text))
    }

    /// Whether the closing tag at `at` closes something that has its own line.
    fn closes_open(&self, tokens: &[Token], at: usize) -> bool {
        match tokens[at].pair {
            Some(open) => tokens[open].split,
            None => {
                let name = tokens[at].tag.name(self.text);
                if tokens[at].class == Class::Container && self.loose.has(name) {
                    return false;
                }
                self.open.has(name)
            }
        }
    }

    /// Counts the elements that are opened in a line of text: they are closed in text too, not by a
    /// tag on its own line.
    fn count_loose(&mut self, tokens: &[Token]) {
        let stays = |token: &&Token| {
            token.class == Class::Container && !token.split && token.pair.is_none()
        };
        for token in tokens.iter().filter(stays) {
            match token.tag.kind {
                TagKind::Open => self.loose.add(token.tag.name(self.text)),
                TagKind::SelfClosing => {}
                TagKind::Close => self.loose.remove(token.tag.name(self.text)),
            }
        }
    }
}
