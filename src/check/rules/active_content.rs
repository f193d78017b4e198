//! Content that acts by itself: scripts, addresses that are code, redirects of readers.

use std::collections::HashSet;

use globset::Glob;

use crate::data::html_tokens::{HtmlToken, html_tokens};
use crate::data::{Node, Value};
use crate::diagnostic::{Finding, Severity};
use crate::markdown::active::{is_code, is_code_address, is_handler};
use crate::markdown::collect::unescape;
use crate::markdown::html::{self, TagKind};
use crate::markdown::outline::{Inline, InlineKind};
use crate::rule::{Check, PageContext, Rule};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "active-content",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/active-content.md"),
    check: Check::Page(check),
};

/// The number of characters of an address that a message shows.
const SHOWN: usize = 40;

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let mut found = Found { context, seen: HashSet::new(), out: Vec::new() };
    if let Some(node) = &context.facts().front.node {
        found.strings(node);
    }
    for (link, _) in context.destinations().filter(|(link, _)| is_code_address(&link.dest)) {
        found.address(link.dest_span(), &link.dest);
    }
    // The content of these elements is not HTML.
    let mut verbatim = false;
    for inline in &context.outline.inlines {
        match inline.kind {
            InlineKind::Tag => verbatim = found.tag(inline.span),
            InlineKind::Raw if !verbatim && inline.text.contains('<') => found.raw(inline),
            _ => {}
        }
    }
    let found = found.out;
    // Patterns are compiled only now, since most pages have no findings.
    if !found.is_empty() {
        let allowed = may_have_scripts(context);
        out.extend(found.into_iter().filter(|(what, _)| !(allowed && what.is_code())).map(
            |(what, finding)| match what {
                What::Script => finding.severity(Severity::Warning),
                _ => finding,
            },
        ));
    }
}

/// Whether the settings let the page have scripts of its own.
fn may_have_scripts(context: &PageContext<'_>) -> bool {
    let path = context.page.content_path.as_str();
    let patterns = &context.site.config.security.scripts;
    let globs = patterns.iter().filter_map(|pattern| Glob::new(pattern).ok());
    globs.into_iter().any(|glob| glob.compile_matcher().is_match(path))
}

/// What was found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    /// Code that runs when the page is opened or used.
    Script,
    /// An address that is code, which the policy of the site never lets run.
    Address,
    /// An element that redirects readers, or the addresses of the page.
    Elsewhere,
}

impl What {
    fn is_code(self) -> bool {
        self != Self::Elsewhere
    }
}

struct Found<'c, 'a> {
    context: &'c PageContext<'a>,
    /// What was reported already: a link and its attribute are visited twice.
    seen: HashSet<Span>,
    out: Vec<(What, Finding)>,
}

impl Found<'_, '_> {
    fn say(&mut self, what: What, span: Span, message: String) {
        if !self.seen.insert(span) {
            return;
        }
        let help = match what {
            What::Script => "remove it, or name the page under `scripts` in `[security]`",
            What::Address => "link to a page instead",
            What::Elsewhere => "remove it",
        };
        self.out.push((what, Finding::new(self.context.path(), span, message).help(help)));
    }

    fn address(&mut self, span: Span, address: &str) {
        let shown: String = address.trim().chars().filter(|c| !c.is_control()).collect();
        let short: String = shown.chars().take(SHOWN).collect();
        let more = if short.len() < shown.len() { "…" } else { "" };
        self.say(What::Address, span, format!("the address `{short}{more}` runs code"));
    }

    /// The strings of front matter, at any depth, since themes use them as addresses.
    fn strings(&mut self, node: &Node) {
        match &node.value {
            Value::String(text) if is_code_address(text) => self.address(node.span, text),
            Value::Array(items) => items.iter().for_each(|item| self.strings(item)),
            Value::Object(_) => node.members().iter().for_each(|one| self.strings(&one.value)),
            _ => {}
        }
    }

    /// Checks a tag as it is published, without attributes that are code. Returns whether the text
    /// of a script or a style follows.
    fn tag(&mut self, span: Span) -> bool {
        let text = self.context.text();
        if text[span.start..].starts_with("</") {
            return false;
        }
        let Some(tag) = html::tag_at(text, span.start) else { return false };
        let name = tag.name(text);
        let attrs = tag.attrs.iter().map(|attr| {
            let name = text[attr.name.clone()].to_owned();
            let bare = matches!(attr.value, html::AttrValue::None);
            let value = html::literal(text, &attr.value);
            let span = value.clone().unwrap_or_else(|| attr.name.clone());
            let value = value.map(|range| unescape(&text[range]));
            (name, Span::new(span.start, span.end), value.or(bare.then(String::new)))
        });
        let known = attrs.filter_map(|(name, span, value)| Some((name, span, value?)));
        let attrs: Vec<(String, Span, String)> = known.collect();
        let is_html = |name: &str| html::is_html_element(name);
        let element = !attrs.is_empty() && (is_html(name) || is_html(&name.to_lowercase()));
        self.element(element, name, Span::new(tag.range.start, tag.range.end), &attrs);
        let verbatim = ["script", "style"].iter().any(|one| name.eq_ignore_ascii_case(one));
        verbatim && tag.kind == TagKind::Open
    }

    /// Checks HTML that is published as it is written, since docgen found no valid tag in it. It is
    /// parsed as browsers do, which accept almost anything as a tag.
    fn raw(&mut self, inline: &Inline<'_>) {
        html_tokens(&inline.text, false, &mut |token| {
            let HtmlToken::Start(tag) = token else { return };
            let same = inline.span.end - inline.span.start == inline.text.len();
            let span = if same { tag.span.shifted(inline.span.start) } else { inline.span };
            let attrs = tag.attributes.into_iter().map(|(name, value)| (name, span, value));
            let attrs: Vec<(String, Span, String)> = attrs.collect();
            self.element(true, &tag.name, span, &attrs);
        });
    }

    /// Checks one element; each attribute has its name, span and value.
    fn element(&mut self, is_html: bool, name: &str, span: Span, attrs: &[(String, Span, String)]) {
        let name = name.to_ascii_lowercase();
        let value = |wanted: &str| {
            let found = attrs.iter().find(|(name, ..)| name.eq_ignore_ascii_case(wanted));
            found.map_or("", |(_, _, value)| value.as_str())
        };
        let component = self.context.site.config.dialect().component_scripts;
        match name.as_str() {
            "script" if is_code(value("type")) && !component => {
                let message = match value("src") {
                    "" => "a script of this page runs when it is opened".to_owned(),
                    src => format!("the script `{src}` runs when this page is opened"),
                };
                self.say(What::Script, span, message);
            }
            "base" => {
                let message = "`<base>` changes where every relative address of the page leads";
                self.say(What::Elsewhere, span, message.to_owned());
            }
            "meta" if value("http-equiv").trim().eq_ignore_ascii_case("refresh") => {
                let message = "`<meta http-equiv=\"refresh\">` takes readers to another page";
                self.say(What::Elsewhere, span, message.to_owned());
            }
            _ => {}
        }
        for (attr, place, value) in attrs {
            let attr = attr.to_ascii_lowercase();
            if is_code_address(value) {
                self.address(*place, value);
            } else if is_html && is_handler(&attr) {
                self.say(What::Script, *place, format!("`{attr}` is a script of this page"));
            } else if is_html && attr == "srcdoc" {
                let message = "`srcdoc` is a document of its own, with scripts if it has some";
                self.say(What::Script, *place, message.to_owned());
            } else if is_html && matches!(attr.as_str(), "action" | "formaction") {
                self.form(*place, value);
            }
        }
    }

    fn form(&mut self, span: Span, address: &str) {
        let config = self.context.site.config;
        if config.security.allows_form(address, config.base_url.as_deref()) {
            return;
        }
        let message = format!(
            "the security policy of the site does not allow forms to send data to `{address}`"
        );
        if self.seen.insert(span) {
            let finding = Finding::new(self.context.path(), span, message)
                .help("name its host under `forms` in `[security]`")
                .severity(Severity::Warning);
            self.out.push((What::Elsewhere, finding));
        }
    }
}
