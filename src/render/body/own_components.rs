//! Components that the site makes itself, by its templates.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Context;

use super::{OpenComponent, Writer};
use crate::escape;
use crate::markdown::active::is_code_address;
use crate::markdown::collect::unescape;
use crate::markdown::html::{self, AttrValue, Tag, TagKind};
use crate::markdown::own_components::OwnComponent;
use crate::markdown::scan::Role;
use crate::source::Span;
use crate::template::{TemplateFault, safe};

/// The most components of the site that may be open around another one: each copies what is in it.
const DEEPEST: usize = 32;

/// The most faults that are kept of one page.
const MAX_FAULTS: usize = 100;

/// A component of the site that is open.
pub(super) struct OpenOwn<'a> {
    name: &'a str,
    component: &'a OwnComponent,
    attributes: BTreeMap<String, Given>,
    /// Where its content begins in the HTML.
    start: usize,
    span: Span,
}

/// The value of an attribute.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
enum Given {
    Text(String),
    Flag(bool),
    Number(i64),
}

impl<'a> Writer<'a> {
    /// The component of the site with this name.
    pub(super) fn own(&self, name: &str) -> Option<(&'a str, &'a OwnComponent)> {
        let (name, own) = self.input.config.own_components.get_key_value(name)?;
        self.components.has(&own.template).then_some((name, own))
    }

    /// Writes a tag of a component of the site.
    pub(super) fn own_tag(
        &mut self,
        (name, component): (&'a str, &'a OwnComponent),
        tag: &Tag,
        role: Role,
        number: Option<usize>,
    ) {
        if tag.kind == TagKind::Close {
            match self.inline_own.iter().rposition(|open| open.name == name) {
                Some(at) => {
                    while self.inline_own.len() > at
                        && let Some(open) = self.inline_own.pop()
                    {
                        self.close_own(open);
                    }
                }
                None => self.unknown_inline(tag),
            }
            return;
        }
        if self.facts.is_unknown(tag.range.start) {
            return self.unknown_inline(tag);
        }
        let open = self.open_own(name, component, tag);
        match (role, number) {
            (Role::Open { .. }, Some(number)) => self.open.push(OpenComponent {
                number,
                element: None,
                component: None,
                caption: None,
                own: Some(open),
            }),
            _ if tag.kind == TagKind::SelfClosing => self.close_own(open),
            _ => self.inline_own.push(open),
        }
    }

    fn open_own(&mut self, name: &'a str, component: &'a OwnComponent, tag: &Tag) -> OpenOwn<'a> {
        let urls = self.cursor.urls(tag);
        let empty = |name: &String| (name.clone(), Given::Text(String::new()));
        let mut attributes: BTreeMap<String, Given> =
            component.attributes.iter().map(empty).collect();
        for attr in &tag.attrs {
            let name = &self.source[attr.name.clone()];
            let url = urls.get(name).map(String::as_str);
            if let Some(value) = given(self.source, &attr.value, url) {
                attributes.insert(name.to_owned(), value);
            }
        }
        if let Some(Given::Text(id)) = attributes.get("id")
            && !component.attributes.contains("id")
        {
            self.out.push_str("<span class=\"anchor-alias\"");
            escape::attribute(&mut self.out, "id", id);
            self.out.push_str("></span>");
        }
        let span = Span::new(tag.range.start, tag.range.end);
        OpenOwn { name, component, attributes, start: self.out.len(), span }
    }

    /// Renders a component whose content is written.
    pub(super) fn close_own(&mut self, open: OpenOwn<'a>) {
        // One that ends inside a link and began before it has no content of its own.
        if self.in_link && self.link_start > open.start {
            return;
        }
        let depth = self.open.iter().filter(|one| one.own.is_some()).count();
        if depth + self.inline_own.len() > DEEPEST {
            let message = format!("components are nested more than {DEEPEST} deep");
            let template = open.component.template.clone();
            return self.own_fault(open.span, TemplateFault { template, range: 0..0, message });
        }
        let children = self.out.split_off(open.start.min(self.out.len()));
        // What they point at is no longer there.
        (self.last_paragraph, self.tag_before, self.alert) = (None, None, None);
        self.folders.examples = None;
        let mut context = Context::new();
        context.insert("attributes", &open.attributes);
        context.insert_value("children", safe(&children));
        match self.components.render(&open.component.template, &context) {
            Ok(html) => self.out.push_str(&html),
            Err(fault) => {
                self.own_fault(open.span, fault);
                self.out.push_str(&children);
            }
        }
    }

    /// The text that components were opened in ends: they are closed elsewhere, or never.
    pub(super) fn end_inline_own(&mut self) {
        self.inline_own.clear();
    }

    /// Notes a fault at its first use.
    fn own_fault(&mut self, span: Span, fault: TemplateFault) {
        let known = self.own_faults.iter().any(|(_, one)| *one == fault);
        if !known && self.own_faults.len() < MAX_FAULTS {
            self.own_faults.push((span, fault));
        }
    }
}

/// The value of an attribute for a template; `None` if only a program knows it. An address that is
/// code is none.
fn given(source: &str, value: &AttrValue, url: Option<&str>) -> Option<Given> {
    if *value == AttrValue::None {
        return Some(Given::Flag(true));
    }
    let raw = &source[html::literal(source, value)?];
    let text = unescape(raw);
    if is_code_address(&text) {
        return Some(Given::Text(String::new()));
    }
    if matches!(value, AttrValue::Expr(_)) {
        match raw {
            "true" | "false" => return Some(Given::Flag(raw == "true")),
            number if number.parse::<i64>().is_ok() => {
                return number.parse().ok().map(Given::Number);
            }
            _ => {}
        }
    }
    Some(Given::Text(url.map_or(text, str::to_owned)))
}
