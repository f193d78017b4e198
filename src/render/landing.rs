//! The top of a landing page: its heading, its buttons, its picture and its features, from front
//! matter. The components `Hero` and `Features` look the same.

use super::assets::Assets;
use super::links::Links;
use super::picture::{self, Said};
use super::{escape, icons, title};
use crate::markdown::landing::{self, Action, Feature, Landing, Picture};
use crate::site::index::Page;
use crate::site::target::Target;
use docgen_code::data::Node;

/// What a landing page is made of.
pub struct Top<'a> {
    /// The page.
    pub page: &'a Page,
    /// The targets of the links in its front matter, in order.
    pub targets: &'a [Target],
    /// Writes addresses.
    pub links: &'a Links<'a>,
    /// The files of the site.
    pub assets: &'a Assets,
    /// The library that names of icons without a prefix are of.
    pub icon_library: &'a str,
}

impl Top<'_> {
    /// The HTML; empty for a page that has no such top.
    pub fn html(&self) -> String {
        let mut out = String::new();
        if let Some(landing) = landing::read(&self.page.facts.front) {
            self.hero(&mut out, &landing);
            self.features(&mut out, &landing.features);
        }
        out
    }

    /// The Markdown of the twin; empty for a page that has no such top.
    pub fn markdown(&self, origin: &str) -> String {
        let Some(landing) = landing::read(&self.page.facts.front) else { return String::new() };
        let mut out = String::new();
        let mut lines: Vec<String> = Vec::new();
        if let Some(title) = self.heading(&landing) {
            lines.push(format!("# {}", escape::line(title)));
        }
        let sub = landing.text.filter(|text| Some(*text) != landing.title());
        lines.extend(sub.map(|text| format!("**{}**", one_line(text))));
        lines.extend(landing.tagline.map(one_line));
        let link = |text: &str, node: &Node| {
            let address = self.address(node);
            let origin = if address.starts_with('/') { origin } else { "" };
            format!("[{}]({origin}{address})", escape::label(text))
        };
        let actions = landing.actions.iter().map(|action| link(action.text, action.link));
        lines.extend(Some(actions.collect::<Vec<_>>().join(" · ")).filter(|all| !all.is_empty()));
        let features = landing.features.iter().map(|feature| {
            let title = match feature.link {
                Some(node) => link(feature.title, node),
                None => one_line(feature.title),
            };
            let details =
                feature.details.map_or(String::new(), |text| format!(": {}", one_line(text)));
            format!("- **{title}**{details}")
        });
        lines.extend(Some(features.collect::<Vec<_>>().join("\n")).filter(|all| !all.is_empty()));
        for line in lines {
            out.push_str(&line);
            out.push_str("\n\n");
        }
        out
    }

    /// The heading: that of the hero, else the title of a page whose text has none.
    fn heading<'b>(&'b self, landing: &Landing<'b>) -> Option<&'b str> {
        landing.title().or_else(|| (!self.has_heading()).then_some(self.page.title.as_str()))
    }

    fn hero(&self, out: &mut String, landing: &Landing<'_>) {
        let Some(heading) = self.heading(landing) else { return };
        open_hero(out, landing.picture.is_some());
        let level = if self.has_heading() { "p" } else { "h1" };
        out.push_str(&format!("<{level} class=\"hero-title\">"));
        match landing.text.filter(|_| landing.name.is_some()) {
            Some(text) => {
                span(out, "hero-name", heading);
                out.push(' ');
                span(out, "hero-text", text);
            }
            None => title::html(out, heading),
        }
        out.push_str(&format!("</{level}>"));
        if let Some(tagline) = landing.tagline {
            out.push_str("<p class=\"hero-tagline\">");
            title::html(out, tagline);
            out.push_str("</p>");
        }
        if !landing.actions.is_empty() {
            out.push_str("<p class=\"hero-actions\">");
            landing.actions.iter().for_each(|action| self.action(out, action));
            out.push_str("</p>");
        }
        out.push_str("</div>");
        if let Some(picture) = &landing.picture {
            out.push_str("<div class=\"hero-picture\">");
            self.picture(out, picture);
            out.push_str("</div>");
        }
        out.push_str("</section>\n");
    }

    fn action(&self, out: &mut String, action: &Action<'_>) {
        out.push_str("<a");
        escape::attribute(out, "class", if action.primary { "action primary" } else { "action" });
        escape::attribute(out, "href", &self.address(action.link));
        out.push('>');
        title::html(out, action.text);
        if let Some(icon) = action.icon {
            out.push_str(&self.icon(icon));
        }
        out.push_str("</a> ");
    }

    fn features(&self, out: &mut String, features: &[Feature<'_>]) {
        if features.is_empty() {
            return;
        }
        out.push_str("<ul class=\"features\">");
        for feature in features {
            out.push_str("<li class=\"card\">");
            match (&feature.picture, feature.icon) {
                (Some(picture), _) => self.picture(out, picture),
                (None, Some(icon)) => {
                    out.push_str("<p class=\"feature-icon\">");
                    out.push_str(&self.icon(icon));
                    out.push_str("</p>");
                }
                (None, None) => {}
            }
            out.push_str("<p class=\"card-title\">");
            match feature.link {
                Some(link) => {
                    out.push_str("<a");
                    escape::attribute(out, "href", &self.address(link));
                    out.push('>');
                    title::html(out, feature.title);
                    out.push_str("</a>");
                }
                None => title::html(out, feature.title),
            }
            out.push_str("</p>");
            if let Some(details) = feature.details {
                out.push_str("<p class=\"card-body\">");
                title::html(out, details);
                out.push_str("</p>");
            }
            if let Some(text) = feature.link_text {
                out.push_str("<p class=\"feature-more\">");
                title::html(out, text);
                out.push_str("</p>");
            }
            out.push_str("</li>");
        }
        out.push_str("</ul>\n");
    }

    fn picture(&self, out: &mut String, shown: &Picture<'_>) {
        let both = shown.dark.is_some();
        let variants = [(Some(shown.light), "only-light"), (shown.dark, "only-dark")];
        for (node, class) in variants.into_iter().filter_map(|(node, class)| Some((node?, class))) {
            let src = self.address(node);
            out.push_str("<img");
            if both {
                escape::attribute(out, "class", class);
            }
            escape::attribute(out, "src", &self.assets.marked(&src));
            escape::attribute(out, "alt", shown.alt);
            // It stands at the top: a lazy picture would come late.
            let said = Said { loading: true, ..Said::default() };
            picture::complete(out, &src, &said, self.assets);
            out.push('>');
        }
    }

    fn icon(&self, node: &Node) -> String {
        let written = node.as_str().unwrap_or_default();
        icons::html(written, self.icon_library, Some(&self.assets.marked(&self.address(node))))
    }

    /// Whether the text has the heading of the page itself.
    fn has_heading(&self) -> bool {
        self.page.facts.headings.iter().any(|heading| heading.level == 1)
    }

    /// The published address of a link in front matter.
    fn address(&self, node: &Node) -> String {
        let dest = node.as_str().unwrap_or_default().trim();
        let links = &self.page.facts.front_links;
        let at = links.iter().position(|link| link.span == node.span);
        match at.and_then(|at| self.targets.get(at)) {
            Some(target) => self.links.href(target, dest),
            None => escape::address(dest),
        }
    }
}

/// Opens a hero and the part of it that has the text.
pub(super) fn open_hero(out: &mut String, has_picture: bool) {
    let class = if has_picture { "hero has-picture" } else { "hero" };
    out.push_str("<section");
    escape::attribute(out, "class", class);
    out.push_str("><div class=\"hero-main\">");
}

fn span(out: &mut String, class: &str, text: &str) {
    out.push_str("<span");
    escape::attribute(out, "class", class);
    out.push('>');
    title::html(out, text);
    out.push_str("</span>");
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
