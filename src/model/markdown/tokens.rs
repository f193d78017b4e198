//! The tags of a line, and their classes.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use rapidhash::fast::RapidHasher;

use super::components::{self, is_component_name};
use super::expressions::Expression;
use super::html::{self, AttrValue, Tag, TagKind};
use super::scanned::{Markup, ScanOptions};

/// The class of a tag, in ascending order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// Left to CommonMark, unless the whole line is tags.
    Other,
    /// An HTML element that contains Markdown in MDX.
    Container,
    /// A component.
    Block,
}

pub(super) struct Token {
    pub tag: Tag,
    /// What it was in the source: a tag or an expression.
    pub markup: Markup,
    pub class: Class,
    /// The tag on the same line that belongs to it.
    pub pair: Option<usize>,
    pub split: bool,
    pub rewrite: bool,
}

impl Token {
    pub(super) fn new(text: &str, tag: Tag, options: ScanOptions) -> Self {
        let name = tag.name(text);
        let class = match components::find(name) {
            Some(component) if component.inline => Class::Other,
            Some(_) => Class::Block,
            None if options.own_components && is_component_name(name) => Class::Container,
            None if !options.mdx => Class::Other,
            None if is_component_name(name) => Class::Container,
            None if html::is_block(name) && !html::is_void(name) => Class::Container,
            None => Class::Other,
        };
        Self { tag, markup: Markup::Tag, class, pair: None, split: false, rewrite: false }
    }

    /// An expression that needs no program.
    pub(super) fn expression(Expression { range, text }: Expression) -> Self {
        let name = range.start..range.start;
        let tag = Tag { kind: TagKind::SelfClosing, name, attrs: Vec::new(), range };
        let (markup, class) = (Markup::Expression(text), Class::Other);
        Self { tag, markup, class, pair: None, split: false, rewrite: true }
    }
}

/// How often each name is open, to find out quickly whether a closing tag closes anything.
#[derive(Default)]
pub(super) struct Names<'a>(HashMap<&'a str, usize, BuildHasherDefault<RapidHasher<'static>>>);

impl<'a> Names<'a> {
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|count| *count > 0)
    }

    pub(super) fn add(&mut self, name: &'a str) {
        *self.0.entry(name).or_default() += 1;
    }

    pub(super) fn remove(&mut self, name: &str) {
        if let Some(count) = self.0.get_mut(name) {
            *count = count.saturating_sub(1);
        }
    }
}

/// Pairs the tags that open and close on one line.
pub(super) fn pair(text: &str, tokens: &mut [Token]) {
    if tokens.len() < 2 {
        return;
    }
    let mut open: Vec<usize> = Vec::new();
    let mut names = Names::default();
    for at in 0..tokens.len() {
        match tokens[at].tag.kind {
            TagKind::Open => {
                open.push(at);
                names.add(tokens[at].tag.name(text));
            }
            TagKind::Close if names.has(tokens[at].tag.name(text)) => {
                let name = tokens[at].tag.name(text);
                while let Some(other) = open.pop() {
                    let own = tokens[other].tag.name(text);
                    names.remove(own);
                    if own == name {
                        tokens[at].pair = Some(other);
                        tokens[other].pair = Some(at);
                        break;
                    }
                }
            }
            TagKind::SelfClosing | TagKind::Close => {}
        }
    }
}

pub(super) fn has_expression(tag: &Tag) -> bool {
    tag.attrs.iter().any(|attr| matches!(attr.value, AttrValue::Expr(_)))
}
