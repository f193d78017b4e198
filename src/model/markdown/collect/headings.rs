//! Headings: their visible text, and the text for their ids.

use std::ops::Range;

use super::{Collector, OpenHeading, Titled};
use crate::markdown::extensions;
use crate::markdown::facts::{Heading, Ids};
use crate::markdown::heading::split_attributes;
use crate::markdown::html::{Tag, TagKind};
use crate::markdown::slug::SlugRule;
use crate::source::Span;

impl Collector<'_> {
    pub(super) fn start_heading(&mut self, level: u8, range: Range<usize>) {
        self.facts.headings.push(Heading {
            level,
            text: String::new(),
            ids: Ids::default(),
            attributes: false,
            span: self.scan.offsets.span(range.clone()),
        });
        self.heading = Some(OpenHeading { range, code: 0, slug: String::new() });
    }

    pub(super) fn heading_text(&mut self, text: &str) {
        if let Some((_, title)) = &mut self.html_heading {
            title.push_str(text);
        }
        if let (Some(open), Some(heading)) = (&mut self.heading, self.facts.headings.last_mut()) {
            heading.text.push_str(text);
            if self.images == 0 || self.rule.reads_images() {
                open.slug.push_str(text);
            }
        }
    }

    pub(super) fn end_heading_code(&mut self) {
        if let (Some(open), Some(heading)) = (&mut self.heading, self.facts.headings.last()) {
            open.code = heading.text.len();
        }
    }

    pub(super) fn end_heading(&mut self) {
        let Some(open) = self.heading.take() else { return };
        let at = self.facts.headings.len() - 1;
        let heading = &mut self.facts.headings[at];
        let mut slug = open.slug;
        if let Some((shown, id)) = split_attributes(&heading.text[open.code..]) {
            if let Some(id) = id {
                self.explicit.push((id.to_owned(), heading.span));
                heading.ids.primary = id.to_owned();
            }
            let shown = open.code + shown.len();
            if let Some(text) = slug.strip_suffix(&heading.text[shown..]) {
                slug.truncate(text.len());
            }
            heading.text.truncate(shown);
            heading.attributes = true;
        }
        if self.rule.reads_source() {
            slug = markdown_of(&self.scan.text[open.range]).to_owned();
        } else if self.rule.drops_emoji() && slug.contains(':') {
            slug = without_emoji(&slug);
        }
        heading.text = extensions::plain(&heading.text, self.scan.extensions);
        let own = slug != heading.text;
        self.titled.push(Titled::Heading(at, own.then_some(slug)));
    }

    /// GitHub gives ids to headings in HTML, too.
    pub(super) fn html_heading(&mut self, tag: &Tag, name: &str) {
        let level = name.strip_prefix(['h', 'H']).filter(|level| level.len() == 1);
        if self.rule != SlugRule::GitHub || !level.is_some_and(|level| ("1"..="6").contains(&level))
        {
            return;
        }
        if tag.kind == TagKind::Close {
            if let Some((span, title)) = self.html_heading.take() {
                self.titled.push(Titled::Html(span, title));
            }
        } else if tag.kind == TagKind::Open && tag.attr(self.source, "id").is_none() {
            self.html_heading = Some((Span::new(tag.range.start, tag.range.end), String::new()));
        }
    }
}

/// The Markdown of a heading, without the marks of the heading.
fn markdown_of(text: &str) -> &str {
    let text = text.trim();
    if text.starts_with('#') {
        let inner = text.trim_start_matches('#').trim();
        let open = inner.trim_end_matches('#');
        let inner = if open.is_empty() || open.ends_with([' ', '\t']) { open } else { inner };
        return split_attributes(inner).map_or(inner, |(shown, _)| shown).trim();
    }
    // If a heading has several lines, the last one counts.
    let lines = text.trim_end_matches(['=', '-']).trim_end();
    let line = lines.rsplit('\n').next().unwrap_or(lines).trim();
    split_attributes(line).map_or(line, |(shown, _)| shown)
}

/// `text` without `:name:`.
fn without_emoji(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(':') {
        let name = &rest[at + 1..];
        let len = name
            .bytes()
            .take_while(|byte| {
                byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_+-".contains(byte)
            })
            .count();
        out.push_str(&rest[..at]);
        if len > 1 && name[len..].starts_with(':') {
            rest = &name[len + 1..];
        } else {
            out.push(':');
            rest = name;
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use crate::markdown::slug::SlugRule;
    use crate::markdown::{Dialect, facts};

    fn ids(rule: SlugRule, text: &str) -> Vec<String> {
        let dialect = Dialect { slugs: rule, aliases: false, ..Dialect::GITHUB };
        facts(text, false, dialect).anchors.into_iter().map(|anchor| anchor.id).collect()
    }

    #[test]
    fn each_rule_reads_headings_in_its_own_way() {
        use SlugRule::{Astro, GitHub, Hugo, MdBook, Python, Slugger, Vue};
        for (text, rule, expected) in [
            ("## ![logo](a.png) Name", GitHub, "-name"),
            ("## ![logo](a.png) Name", Slugger, "logo-name"),
            ("## ![logo](a.png) Name", MdBook, "name"),
            ("## :rocket: Launch", GitHub, "rocket-launch"),
            ("## :rocket: Launch", Vue, "launch"),
            ("## :material-check: Launch", Python, "launch"),
            ("## See [this](/a/b) *now*", Hugo, "see-thisab-now"),
            ("## See [this](/a/b) *now*", GitHub, "see-this-now"),
            ("## A `b_c` ##", Hugo, "a-b_c"),
            ("A B\n---", Hugo, "a-b"),
            ("A `<T>` &amp; B\n===", Python, "a-t-b"),
            ("## A &amp; B", MdBook, "a--b"),
            ("## 1. First {#own}", Vue, "own"),
            ("## A {: #own data-toc-label=\"x y\" }", Python, "own"),
            ("## A { data-toc-label='x' }", Python, "a"),
            ("## A {/* #own */}", Slugger, "own"),
            ("## A {#own .c} ##", Hugo, "own"),
            ("## <b>A</b> B", Astro, "a-b"),
            ("<h2>A <i>b</i></h2>", GitHub, "a-b"),
            ("<h2 id=\"own\">A</h2>", Vue, "own"),
            ("## A[^1]\n\n[^1]: x", MdBook, "footnote-1 a"),
            ("## A[^1]\n\n[^1]: x", Python, "fn:1 a"),
        ] {
            assert_eq!(ids(rule, text).join(" "), expected, "{rule:?} {text}");
        }
    }
}
