//! The tags of a line, and what each of them means to the scan.

use super::components::{self, is_component_name};
use super::html::{AttrValue, Tag, TagKind};
use super::scan::ScanOptions;

/// What a tag means to the scan, from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// Left to CommonMark, unless the whole line is tags.
    Other,
    /// An HTML element that holds Markdown in MDX.
    Container,
    /// A component.
    Block,
}

pub(super) struct Token {
    pub tag: Tag,
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
            None if !options.mdx => Class::Other,
            None if is_component_name(name) => Class::Container,
            None if is_container(name) => Class::Container,
            None => Class::Other,
        };
        Self { tag, class, pair: None, split: false, rewrite: false }
    }
}

/// Pairs the tags that open and close on one line.
pub(super) fn pair(text: &str, tokens: &mut [Token]) {
    let mut open: Vec<usize> = Vec::new();
    for at in 0..tokens.len() {
        match tokens[at].tag.kind {
            TagKind::Open => open.push(at),
            TagKind::SelfClosing => {}
            TagKind::Close => {
                let name = tokens[at].tag.name(text);
                if let Some(depth) =
                    open.iter().rposition(|&other| tokens[other].tag.name(text) == name)
                {
                    tokens[at].pair = Some(open[depth]);
                    tokens[open[depth]].pair = Some(at);
                    open.truncate(depth);
                }
            }
        }
    }
}

pub(super) fn has_expression(tag: &Tag) -> bool {
    tag.attrs.iter().any(|attr| matches!(attr.value, AttrValue::Expr(_)))
}

fn is_container(name: &str) -> bool {
    matches!(
        name,
        "div"
            | "section"
            | "article"
            | "aside"
            | "main"
            | "details"
            | "figure"
            | "center"
            | "header"
            | "footer"
            | "nav"
    )
}
