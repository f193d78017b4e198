//! Renders containers of other dialects, such as admonitions, like the matching components.

use super::{OpenComponent, Writer};
use crate::markdown::collect::unescape;
use crate::markdown::components::Html;
use crate::markdown::containers::Container;
use crate::markdown::scan::{Markup, Role, ScanTag};
use crate::{components, escape, title};

impl Writer<'_> {
    pub(super) fn container(&mut self, mark: &ScanTag, number: usize) {
        match (&mark.markup, mark.role) {
            (Markup::Container(container), _) => self.open_container(container, number),
            (Markup::TitleEnd, _) => {
                let around = self.open.last().and_then(|open| open.component);
                self.out.push_str(match around.map(|component| component.html) {
                    Some(Html::Details(_)) => "</summary><div class=\"accordion-body\">",
                    Some(Html::Step) => "</div><div class=\"step-body\">",
                    Some(Html::Card) => "</div><div class=\"card-body\">",
                    _ => "</div>",
                });
            }
            (Markup::AlertTitle, _) if self.alert == Some(self.out.len()) => {
                let title = self.out.rfind("<p class=\"callout-title\">");
                self.out.truncate(title.unwrap_or(self.out.len()));
                self.out.push_str("<div class=\"callout-title\">");
            }
            (Markup::AlertTitleEnd, _) if self.alert.take().is_some() => {
                self.out.push_str("</div>");
            }
            (Markup::End, Role::Close { of }) => self.close_through(of),
            _ => {}
        }
    }

    /// Closes the component that tag `of` opened, and everything left open inside it.
    pub(super) fn close_through(&mut self, of: usize) {
        let Some(depth) = self.open.iter().rposition(|open| open.number == of) else { return };
        self.close_down_to(depth);
    }

    pub(super) fn close_down_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            if let Some(open) = self.open.pop() {
                self.close_component(open);
            }
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
        let titled = container.title.as_ref().filter(|title| !title.is_empty());
        let shown = titled.map_or("", |title| &self.source[title.clone()]);
        let html = container.like.html;
        match (html, titled.is_some()) {
            (Html::Callout(class), true) => {
                self.out.push_str(&format!(
                    "<aside class=\"callout callout-{class}\"><div class=\"callout-title\">"
                ));
            }
            // `""` means no title.
            (Html::Callout(class), false) if container.title.is_some() => {
                self.out.push_str(&format!("<aside class=\"callout callout-{class}\">"));
            }
            (Html::Callout(class), false) => {
                let title = self.title_of(kind);
                components::callout_open(&mut self.out, class, "", &title);
            }
            (Html::Details(class), titled) => {
                self.out.push_str(&format!("<details class=\"{class}\"><summary>"));
                if !titled {
                    let title = self.title_of(kind);
                    escape::text(&mut self.out, &title);
                    self.out.push_str("</summary><div class=\"accordion-body\">");
                }
            }
            (Html::Tab, _) => {
                self.out.push_str("<section class=\"tab\"");
                escape::attribute(&mut self.out, "data-title", &title::plain(&unescape(shown)));
                self.out.push('>');
            }
            (Html::CodeGroup(_), _) => self.out.push_str("<div class=\"tabs code-group\">"),
            (Html::Definition, _) => self.start_definition(),
            (Html::Element(open, _), _) => self.out.push_str(open),
            (Html::Cards(class), _) => self.out.push_str(&format!("<div class=\"{class}\">")),
            (Html::Step, true) => {
                self.out.push_str("<li class=\"step\"><div class=\"step-title\">")
            }
            (Html::Step, false) => {
                self.out.push_str("<li class=\"step\"><div class=\"step-body\">")
            }
            (Html::Card, true) => {
                self.out.push_str("<div class=\"card\"><div class=\"card-title\">")
            }
            (Html::Card, false) => {
                self.out.push_str("<div class=\"card\"><div class=\"card-body\">")
            }
            // No container looks like these.
            (
                Html::Field
                | Html::Frame
                | Html::Listing
                | Html::Update
                | Html::Tooltip
                | Html::Icon
                | Html::Video,
                _,
            ) => {}
        }
        // A component without a title of its own shows it above.
        let above = !matches!(html, Html::Callout(_) | Html::Details(_) | Html::Step | Html::Card);
        if titled.is_some() && above {
            self.out.push_str("<div class=\"tab-title\">");
        }
        self.open.push(OpenComponent {
            number,
            element: None,
            component: Some(container.like),
            caption: None,
            own: None,
        });
    }
}

fn capitalised(kind: &str) -> String {
    let mut chars = kind.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
