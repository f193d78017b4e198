//! Renders containers of other dialects, such as admonitions, like the matching components.

use super::{OpenComponent, Writer};
use crate::markdown::containers::{Container, Shape};
use crate::markdown::scan::{Markup, Role, ScanTag};
use crate::{components, escape};

impl Writer<'_> {
    pub(super) fn container(&mut self, mark: &ScanTag, number: usize) {
        match (&mark.markup, mark.role) {
            (Markup::Container(container), _) => self.open_container(container, number),
            (Markup::TitleEnd, _) => self.out.push_str(match self.open.last() {
                Some(open) if open.name == "Accordion" => {
                    "</summary><div class=\"accordion-body\">"
                }
                Some(open) if open.name == "Step" => "</div><div class=\"step-body\">",
                Some(open) if open.name == "Card" => "</div><div class=\"card-body\">",
                _ => "</div>",
            }),
            (Markup::End, Role::Close { of }) => self.close_through(of),
            _ => {}
        }
    }

    /// The default title of a kind.
    fn title_of(&self, kind: &str) -> String {
        match self.input.words.get(kind) {
            "" => capitalised(kind),
            word => word.to_owned(),
        }
    }

    fn open_container(&mut self, container: &Container, number: usize) {
        let kind = self.source[container.name.clone()].to_ascii_lowercase();
        let kind = kind.split_whitespace().next().unwrap_or("note");
        let title = container.title.as_ref().filter(|title| !title.is_empty());
        let shown = title.map_or("", |title| &self.source[title.clone()]);
        let name = match container.shape {
            Shape::Callout => "Note",
            Shape::Details => "Accordion",
            Shape::Tab => "Tab",
            Shape::Group => "CodeGroup",
            Shape::Tabs => "Tabs",
            Shape::Steps => "Steps",
            Shape::Step => "Step",
            Shape::Cards => "CardGroup",
            Shape::Card => "Card",
            Shape::Plain => "div",
        };
        match (container.shape, title.is_some()) {
            (Shape::Callout, true) => {
                let class = callout_class(kind);
                self.out.push_str(&format!(
                    "<aside class=\"callout callout-{class}\"><div class=\"callout-title\">"
                ));
            }
            // `""` means no title.
            (Shape::Callout, false) if container.title.is_some() => {
                let class = callout_class(kind);
                self.out.push_str(&format!("<aside class=\"callout callout-{class}\">"));
            }
            (Shape::Callout, false) => {
                let title = self.title_of(kind);
                components::callout_open(&mut self.out, callout_class(kind), &title);
            }
            (Shape::Details, true) => {
                self.out.push_str("<details class=\"accordion\"><summary>");
            }
            (Shape::Details, false) => {
                self.out.push_str("<details class=\"accordion\"><summary>");
                let title = self.title_of(kind);
                escape::text(&mut self.out, &title);
                self.out.push_str("</summary><div class=\"accordion-body\">");
            }
            (Shape::Tab, _) => {
                self.out.push_str("<section class=\"tab\"");
                escape::attribute(&mut self.out, "data-title", shown);
                self.out.push('>');
            }
            (Shape::Group, _) => self.out.push_str("<div class=\"tabs code-group\">"),
            (Shape::Tabs, _) => self.out.push_str("<div class=\"tabs\">"),
            (Shape::Steps, _) => self.out.push_str("<ol class=\"steps\">"),
            (Shape::Cards, _) => self.out.push_str("<div class=\"cards\">"),
            (Shape::Step, true) => {
                self.out.push_str("<li class=\"step\"><div class=\"step-title\">")
            }
            (Shape::Step, false) => {
                self.out.push_str("<li class=\"step\"><div class=\"step-body\">")
            }
            (Shape::Card, true) => {
                self.out.push_str("<div class=\"card\"><div class=\"card-title\">")
            }
            (Shape::Card, false) => {
                self.out.push_str("<div class=\"card\"><div class=\"card-body\">")
            }
            (Shape::Plain, _) => self.out.push_str("<div>"),
        }
        // A component without a title of its own shows it above.
        let above =
            !matches!(container.shape, Shape::Callout | Shape::Details | Shape::Step | Shape::Card);
        if title.is_some() && above {
            self.out.push_str("<div class=\"tab-title\">");
        }
        let html = container.shape == Shape::Plain;
        self.open.push(OpenComponent { number, name: name.to_owned(), caption: None, html });
    }
}

/// The CSS class of a kind, if the theme has a colour for it.
fn callout_class(kind: &str) -> &'static str {
    match kind {
        "tip" | "hint" | "important" => "tip",
        "info" | "abstract" | "summary" | "tldr" | "todo" => "info",
        "success" | "check" | "done" => "check",
        "warning" | "attention" | "caution" => "warning",
        "danger" | "error" | "failure" | "fail" | "missing" | "bug" => "danger",
        _ => "note",
    }
}

fn capitalised(kind: &str) -> String {
    let mut chars = kind.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
