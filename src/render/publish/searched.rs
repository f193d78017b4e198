//! The text of a page for the search index: what readers see, once, as words of their own.
//!
//! Pagefind reads HTML, but knows little of it: it glues cells of the head of a table together, reads
//! what is hidden, and ends a section only at a heading.

mod skipped;

use std::collections::BTreeMap;

use crate::data::html_tokens::{HtmlToken, html_tokens};
use crate::escape;
use crate::lang::{self, Drawn};
use crate::markdown::html::is_void;

use self::skipped::{Place, Skipped};

/// Elements whose content nobody reads, or reads in another form.
const UNREAD: [&str; 6] = ["annotation", "annotation-xml", "script", "style", "svg", "template"];
/// Elements that are written for Pagefind as this one, which ends a sentence.
const SENTENCES: [&str; 6] = ["caption", "dd", "dt", "figcaption", "summary", "th"];
/// Elements that words do not span.
const BLOCKS: [&str; 9] =
    ["aside", "blockquote", "button", "details", "figure", "math", "option", "pre", "tr"];
/// The parts of a formula that stand for a word.
const FORMULA_WORDS: [&str; 5] = ["mi", "mn", "mo", "ms", "mtext"];
/// The element without content that stands between two words.
const LINE_BREAK: &str = "br";
/// Classes of what is hidden until somebody asks for it, or from all who see.
const HIDDEN: [&str; 3] = ["diagram-source", "hidden-line", "visually-hidden"];

/// The HTML of a page as it is indexed.
pub(super) fn indexed(html: &str) -> String {
    let mut writer = Writer { out: String::with_capacity(html.len()), ..Writer::default() };
    // What is in scripts and styles is no HTML.
    html_tokens(html, true, &mut |token| match token {
        HtmlToken::Start(tag) => {
            let attributes = Attributes(tag.attributes.into_iter().collect());
            writer.start(&tag.name, &attributes, tag.self_closing);
        }
        HtmlToken::End(name) => writer.end(&name),
        HtmlToken::Text(text) => writer.text(&text),
    });
    writer.out
}

/// The attributes of an element.
struct Attributes(BTreeMap<String, String>);

impl Attributes {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    fn has_class(&self, class: &str) -> bool {
        self.get("class").is_some_and(|all| all.split_ascii_whitespace().any(|one| one == class))
    }

    fn is_hidden(&self) -> bool {
        self.get("hidden").is_some()
            || self.get("aria-hidden") == Some("true")
            || HIDDEN.iter().any(|class| self.has_class(class))
    }
}

/// A section: its id and its title.
type Section = (String, String);

#[derive(Default)]
struct Writer {
    out: String,
    /// The element that is left out.
    skipped: Option<Skipped>,
    /// Whether the block that is open is the source of a diagram.
    diagram: bool,
    /// The heading that is being read: its id, and the text so far.
    heading: Option<Section>,
    /// The section that the text belongs to.
    section: Option<Section>,
    /// How many `<div>` are open.
    depth: usize,
    /// The groups of tabs that are open: the depth of their elements, and the section around them.
    tabs: Vec<(usize, Option<Section>)>,
}

impl Writer {
    fn start(&mut self, name: &str, attributes: &Attributes, self_closing: bool) {
        if let Some(skipped) = &mut self.skipped {
            if skipped.start(name, self_closing || is_void(name)) == Place::Inside {
                return;
            }
            self.skipped = None;
        }
        // One that is hidden has no end to wait for.
        if is_void(name) {
            self.out.push_str(if name == LINE_BREAK { "<br>" } else { "" });
            return;
        }
        if name == "figure" {
            let language = attributes.get("data-lang").unwrap_or_default();
            self.diagram = matches!(lang::drawn(language), Some(Drawn::Diagram(_)));
        }
        let source = self.diagram && name == "pre";
        if UNREAD.contains(&name) || attributes.is_hidden() || source {
            if !self_closing {
                self.skipped = Some(Skipped::new(name));
            }
            return;
        }
        if BLOCKS.contains(&name) {
            self.out.push(' ');
        }
        if is_heading(name) {
            self.heading = attributes.get("id").map(|id| (id.to_owned(), String::new()));
        }
        if name == "div" {
            self.depth += 1;
            if attributes.has_class("tabs") {
                self.tabs.push((self.depth, self.section.clone()));
            }
        }
        let is_tab = name == "section" && attributes.has_class("tab");
        let own = if is_tab { self.tab(attributes) } else { None };
        self.out.push('<');
        self.out.push_str(written(name));
        for (key, value) in &attributes.0 {
            if key == "id" || key.starts_with("data-pagefind") {
                escape::attribute(&mut self.out, key, value);
            }
        }
        if let Some(title) = own {
            escape::attribute(&mut self.out, "data-pagefind-title", &title);
        }
        self.out.push('>');
    }

    /// Starts a tab, which is a section if it has an id: gives its title. The text of one without
    /// belongs to the section around the tabs, whatever headings those before it had.
    fn tab(&mut self, attributes: &Attributes) -> Option<String> {
        let title = attributes.get("data-title").filter(|title| !title.is_empty());
        if let (Some(id), Some(title)) = (attributes.get("id"), title) {
            self.section = Some((id.to_owned(), title.to_owned()));
            return Some(title.to_owned());
        }
        let around = self.tabs.last().and_then(|(_, around)| around.clone());
        self.back_to(around);
        None
    }

    /// Goes on with a section that was left.
    fn back_to(&mut self, section: Option<Section>) {
        if self.section == section {
            return;
        }
        if let Some((id, title)) = &section {
            self.out.push_str("<span");
            escape::attribute(&mut self.out, "id", id);
            escape::attribute(&mut self.out, "data-pagefind-title", title);
            self.out.push_str("></span>");
        }
        self.section = section;
    }

    fn end(&mut self, name: &str) {
        if let Some(skipped) = &mut self.skipped {
            let place = skipped.end(name);
            if place != Place::Inside {
                self.skipped = None;
            }
            if place != Place::Behind {
                return;
            }
        }
        if is_void(name) {
            return;
        }
        self.out.push_str("</");
        self.out.push_str(written(name));
        self.out.push('>');
        if BLOCKS.contains(&name) || FORMULA_WORDS.contains(&name) {
            self.out.push(' ');
        }
        if is_heading(name)
            && let Some((id, title)) = self.heading.take()
        {
            let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
            self.section = Some((id, title)).filter(|(_, title)| !title.is_empty());
        }
        if name == "div" {
            if let Some((_, around)) = self.tabs.pop_if(|(depth, _)| *depth == self.depth) {
                self.back_to(around);
            }
            self.depth = self.depth.saturating_sub(1);
        }
    }

    fn text(&mut self, text: &str) {
        if self.skipped.is_some() {
            return;
        }
        if let Some((_, title)) = &mut self.heading {
            title.push_str(text);
        }
        escape::text(&mut self.out, text);
    }
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// The name under which an element is written for Pagefind.
fn written(name: &str) -> &str {
    if SENTENCES.contains(&name) { "td" } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_and_terms_are_words_of_their_own() {
        let html = "<table><tr><th>Key</th><th align=\"left\">Type</th></tr></table>\
                    <dl><dt>A</dt><dd>b</dd></dl><summary>More</summary>";
        let indexed = indexed(html);
        assert!(indexed.contains("<td>Key</td><td>Type</td>"), "{indexed}");
        assert!(indexed.contains("<td>A</td><td>b</td>"), "{indexed}");
        assert!(indexed.contains("<td>More</td>"), "{indexed}");
    }

    #[test]
    fn formulas_are_read_once() {
        let html = "waits<math><semantics><mrow><mi>t</mi><mo>=</mo><mn>2</mn></mrow>\
                    <annotation encoding=\"x\">t = 2</annotation></semantics></math>times";
        let words = plain(&indexed(html));
        assert_eq!(words, "waits t = 2 times");
    }

    #[test]
    fn what_nobody_sees_is_left_out() {
        let html = "<pre><code>a<span class=\"hidden-line\">b<span>c</span>\n</span>d</code></pre>\
                    <p hidden>e</p><span aria-hidden=\"true\">f</span><i class=\"x visually-hidden\">g</i>\
                    <svg><text>h</text></svg><script>if (i<j) k()</script><img alt=\"l\">\
                    <video><source aria-hidden=\"true\"></video><br aria-hidden=\"true\">m";
        assert_eq!(plain(&indexed(html)), "ad m");
    }

    #[test]
    fn what_is_hidden_ends_where_html_ends_it() {
        for (html, expected) in [
            ("<p hidden>a<p>b", "b"),
            ("<div><p hidden>a <b>c</b></div>b", "b"),
            ("<p hidden>a<hr>b", "b"),
            ("<p hidden>a</span> c</p>b", "b"),
            ("<ul><li hidden>a<p>c<ul><li>d<li>e</ul>f<li>b</ul>g", "bg"),
            ("<ul><li hidden>a</ul>b", "b"),
            ("<dl><dt hidden>a<dd>b<dt> c</dl>", "b c"),
            (
                "<table><tr><td hidden>a<table><tr><td>c</table>d<td>b<tr hidden><td>e<tr><td> f</table>",
                "b f",
            ),
            ("<select><option hidden>a<option>b</select>", "b"),
            ("<div hidden><p>a<div>c</div>d</div>b", "b"),
        ] {
            assert_eq!(plain(&indexed(html)), expected, "{html}");
        }
    }

    #[test]
    fn the_source_of_a_diagram_is_left_out_and_its_caption_is_not() {
        let html = "<figure class=\"code\" data-lang=\"mermaid\"><figcaption>How it flows</figcaption>\
                    <pre><code>graph TD; A--&gt;B</code></pre></figure>\
                    <figure data-lang=\"bash\"><pre><code>ls</code></pre></figure>";
        assert_eq!(plain(&indexed(html)), "How it flows ls");
    }

    #[test]
    fn a_tab_is_a_section_and_what_follows_it_is_none_of_its() {
        let html = "<div class=\"heading h2\"><h2 id=\"install\">Install</h2><a class=\"anchor\" href=\"#install\"></a></div>\
                    <div class=\"tabs\"><section class=\"tab\" id=\"linux\" data-title=\"Linux\"><p>apt</p></section>\
                    <section class=\"tab\" id=\"windows\" data-title=\"Win &amp; more\"><div>winget</div></section></div><p>done</p>";
        let indexed = indexed(html);
        let back = "<span id=\"install\" data-pagefind-title=\"Install\"></span>";
        assert!(
            indexed.contains("id=\"windows\" data-pagefind-title=\"Win &amp; more\""),
            "{indexed}"
        );
        assert!(indexed.ends_with(&format!("</section></div>{back}<p>done</p>")), "{indexed}");
        assert_eq!(indexed.matches(back).count(), 1, "{indexed}");
    }

    #[test]
    fn a_heading_in_a_tab_does_not_reach_into_the_next() {
        let html = "<h2 id=\"a\">A</h2><div class=\"tabs\"><section class=\"tab\" data-title=\"1\">\
                    <h3 id=\"b\">B</h3></section><section class=\"tab\" data-title=\"2\">c</section></div>d";
        let indexed = indexed(html);
        let back = "<span id=\"a\" data-pagefind-title=\"A\"></span>";
        assert!(
            indexed.ends_with(&format!("</section>{back}<section>c</section></div>d")),
            "{indexed}"
        );
    }

    #[test]
    fn ids_and_what_is_said_to_pagefind_stay() {
        let html = "<sup class=\"x\" data-pagefind-ignore><a href=\"#fn\">1</a></sup><p id=\"p\">a &lt;b&gt;</p>";
        let expected = "<sup data-pagefind-ignore=\"\"><a>1</a></sup><p id=\"p\">a &lt;b&gt;</p>";
        assert_eq!(indexed(html), expected);
    }

    #[test]
    fn what_is_never_closed_is_no_fault() {
        for html in [
            "</div></div>",
            "<div hidden><p>a",
            "</h2>",
            "<h2 id=\"x\">",
            "</pre",
            "<div class=tabs>",
        ] {
            indexed(html);
        }
    }

    /// The words that Pagefind would read.
    fn plain(html: &str) -> String {
        let mut out = String::new();
        html_tokens(html, false, &mut |token| match token {
            HtmlToken::Text(text) => out.push_str(&text),
            HtmlToken::End(name) if name == "td" => out.push(' '),
            _ => {}
        });
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
