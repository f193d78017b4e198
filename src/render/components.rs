//! The opening and closing HTML of components, by the shape in their table.

pub use super::attributes::Attrs;
use super::{escape, icons, listing, title};
use crate::config::words::Words;
use crate::markdown::components::{AttributeKind, Component, Html, IdRule, find};
use crate::markdown::facts::Ids;

/// Writes the opening HTML of a component. `library` is that of names of icons.
pub fn open(
    out: &mut String,
    name: &str,
    attrs: &dyn Attrs,
    ids: Option<&Ids>,
    words: &Words,
    library: &str,
) {
    let component = find(name);
    let own = component.is_some_and(|component| component.id != IdRule::None);
    // An explicit id is an anchor, whatever the component.
    if let Some(id) = attrs.get("id").filter(|_| !own || ids.is_none()) {
        out.push_str("<span class=\"anchor-alias\"");
        escape::attribute(out, "id", &id);
        out.push_str("></span>");
    }
    let Some(component) = component else {
        out.push_str("<div class=\"component\"");
        escape::attribute(out, "data-component", name);
        return out.push('>');
    };
    let shows_icon = component.attributes.iter().any(|one| one.kind == AttributeKind::Icon);
    let icon = if shows_icon { icons::of(attrs, library) } else { String::new() };
    match component.html {
        Html::Callout(kind) => {
            let title = attrs.get("title");
            callout_open(out, kind, &icon, title.as_deref().unwrap_or(words.get(kind)))
        }
        Html::Details(class) => details(out, class, &icon, attrs, ids, words),
        Html::Element(open, _) => out.push_str(open),
        Html::Definition => out.push_str("<dl>\n<dd>"),
        Html::CodeGroup(class) => {
            out.push_str("<div");
            escape::attribute(out, "class", class);
            out.push('>');
        }
        Html::Step => {
            with_ids(out, "li", "step", ids);
            with_icon(out, "step-title", &icon, attrs.get("title"));
            out.push_str("<div class=\"step-body\">");
        }
        Html::Tab => tab(out, &icon, attrs, ids),
        Html::Cards(class) => cards(out, class, attrs),
        Html::Card => card(out, &icon, attrs),
        Html::Field => field(out, attrs, ids, words),
        Html::Frame => {
            out.push_str("<figure class=\"frame\">");
            titled(out, "frame-hint", attrs.get("hint"));
        }
        Html::Listing => listing::open(out, attrs, words),
        Html::Update => {
            with_ids(out, "section", "update", ids);
            titled(out, "update-label", attrs.get("label"));
            out.push_str("<div class=\"update-body\">");
            titled(out, "update-description", attrs.get("description"));
        }
        Html::Tooltip => {
            out.push_str("<span class=\"tooltip\" tabindex=\"0\"");
            if let Some(tip) = tip(attrs) {
                escape::attribute(out, "title", &title::plain(&tip));
            }
            out.push('>');
        }
        Html::Video => video(out, attrs),
        Html::Icon => out.push_str(&icon),
    }
}

/// What a tooltip explains: its headline and its text.
pub fn tip(attrs: &dyn Attrs) -> Option<String> {
    match (attrs.get("headline"), attrs.get("tip")) {
        (Some(headline), Some(tip)) => Some(format!("{headline}: {tip}")),
        (headline, tip) => headline.or(tip),
    }
}

/// Where a tooltip leads, and the text of that link.
pub fn more(attrs: &dyn Attrs) -> Option<(String, String)> {
    let href = attrs.link("href")?;
    let text = attrs.get("cta").or_else(|| attrs.get("headline")).unwrap_or_else(|| href.clone());
    Some((href, text))
}

/// What stands behind the content of a component, if anything does: the caption of a frame or a
/// listing, or the HTML of the link of a tooltip.
pub fn caption(name: &str, attrs: &dyn Attrs, words: &Words) -> Option<String> {
    match find(name).map(|component| component.html) {
        Some(Html::Listing) => listing::caption(attrs, words),
        Some(Html::Tooltip) => {
            let (href, text) = more(attrs)?;
            let mut link = "<a".to_owned();
            escape::attribute(&mut link, "href", &href);
            link.push('>');
            title::html(&mut link, &text);
            link.push_str("</a>");
            Some(link)
        }
        _ => attrs.get("caption"),
    }
}

/// Writes the closing HTML of a component; `caption` is what stands behind its content.
pub fn close(out: &mut String, component: Option<&Component>, caption: Option<&str>) {
    let Some(component) = component else { return out.push_str("</div>") };
    match component.html {
        Html::Callout(_) => out.push_str("</aside>"),
        Html::Details(_) => out.push_str("</div></details>"),
        Html::Element(_, close) => out.push_str(close),
        Html::Definition => out.push_str("</dd>\n</dl>"),
        Html::Step => out.push_str("</div></li>"),
        Html::Tab => out.push_str("</section>"),
        Html::CodeGroup(_) | Html::Cards(_) => out.push_str("</div>"),
        Html::Card | Html::Field => out.push_str("</div></div>"),
        Html::Update => out.push_str("</div></section>"),
        Html::Video => out.push_str("</figcaption></figure>"),
        Html::Tooltip => {
            out.push_str("</span>");
            // In the line and not in the explanation, so that it can be reached by touch.
            caption.iter().for_each(|link| out.push_str(&format!(" ({link})")));
        }
        Html::Icon => {}
        Html::Listing => listing::close(out, caption),
        Html::Frame => {
            if let Some(caption) = caption {
                out.push_str("<figcaption>");
                title::html(out, caption);
                out.push_str("</figcaption>");
            }
            out.push_str("</figure>");
        }
    }
}

/// Writes empty spans with the other spellings of an id.
pub fn aliases(out: &mut String, ids: &Ids) {
    for alias in &ids.aliases {
        out.push_str("<span class=\"anchor-alias\"");
        escape::attribute(out, "id", alias);
        out.push_str("></span>");
    }
}

/// A callout with its kind as title, and an icon other than that of its kind, if it is not empty.
pub fn callout_open(out: &mut String, kind: &str, icon: &str, title: &str) {
    out.push_str("<aside class=\"callout callout-");
    out.push_str(kind);
    out.push_str("\"><p class=\"callout-title\">");
    out.push_str(icon);
    title::html(out, title);
    out.push_str("</p>");
}

fn with_ids(out: &mut String, element: &str, class: &str, ids: Option<&Ids>) {
    out.push('<');
    out.push_str(element);
    escape::attribute(out, "class", class);
    if let Some(ids) = ids {
        escape::attribute(out, "id", &ids.primary);
    }
    out.push('>');
    if let Some(ids) = ids {
        aliases(out, ids);
    }
}

fn titled(out: &mut String, class: &str, title: Option<String>) {
    with_icon(out, class, "", title);
}

/// Writes a title behind an icon, if there is either.
fn with_icon(out: &mut String, class: &str, icon: &str, title: Option<String>) {
    if title.is_none() && icon.is_empty() {
        return;
    }
    out.push_str("<p");
    escape::attribute(out, "class", class);
    out.push('>');
    out.push_str(icon);
    title::html(out, &title.unwrap_or_default());
    out.push_str("</p>");
}

/// Writes a value: text in which backticks mark code, and everything else is as it is.
fn inline_code(out: &mut String, title: &str) {
    let parts: Vec<&str> = title.split('`').collect();
    let paired = parts.len() % 2 == 1;
    for (at, part) in parts.iter().enumerate() {
        let code = paired && at % 2 == 1;
        if !paired && at > 0 {
            out.push('`');
        }
        out.push_str(if code { "<code>" } else { "" });
        escape::text(out, part);
        out.push_str(if code { "</code>" } else { "" });
    }
}

fn details(
    out: &mut String,
    class: &str,
    icon: &str,
    attrs: &dyn Attrs,
    ids: Option<&Ids>,
    words: &Words,
) {
    out.push_str("<details");
    escape::attribute(out, "class", class);
    if let Some(ids) = ids {
        escape::attribute(out, "id", &ids.primary);
    }
    out.push_str(if attrs.flag("defaultOpen") { " open>" } else { ">" });
    out.push_str("<summary>");
    if let Some(ids) = ids {
        aliases(out, ids);
    }
    out.push_str(icon);
    // One element, since the parts of a summary are laid out side by side.
    out.push_str("<span>");
    title::html(out, attrs.get("title").as_deref().unwrap_or(words.get("details")));
    out.push_str("</span>");
    if let Some(description) = attrs.get("description") {
        out.push_str(" <small>");
        title::html(out, &description);
        out.push_str("</small>");
    }
    out.push_str("</summary><div");
    escape::attribute(out, "class", &format!("{class}-body"));
    out.push('>');
}

fn tab(out: &mut String, icon: &str, attrs: &dyn Attrs, ids: Option<&Ids>) {
    let title = attrs.get("title").or_else(|| attrs.get("label")).unwrap_or_default();
    tab_start(out, &title::plain(&title), ids);
    with_icon(out, "tab-title", icon, Some(title));
}

/// Writes the start of a tab for a block of a code group, whose title is the name of a file.
pub fn code_tab(out: &mut String, title: &str) {
    tab_start(out, title, None);
    out.push_str("<p class=\"tab-title\">");
    out.push_str(&icons::of_file(title));
    escape::text(out, title);
    out.push_str("</p>");
}

fn tab_start(out: &mut String, title: &str, ids: Option<&Ids>) {
    out.push_str("<section class=\"tab\"");
    if let Some(ids) = ids {
        escape::attribute(out, "id", &ids.primary);
    }
    escape::attribute(out, "data-title", title);
    out.push('>');
    if let Some(ids) = ids {
        aliases(out, ids);
    }
}

fn cards(out: &mut String, class: &str, attrs: &dyn Attrs) {
    let count =
        attrs.get("cols").and_then(|cols| cols.parse::<usize>().ok()).unwrap_or(2).clamp(1, 4);
    out.push_str("<div");
    escape::attribute(out, "class", class);
    escape::attribute(out, "style", &format!("--columns:{count}"));
    out.push('>');
}

fn card(out: &mut String, icon: &str, attrs: &dyn Attrs) {
    out.push_str("<div class=\"card\">");
    if let Some(image) = attrs.link("img") {
        out.push_str("<img class=\"card-image\" alt=\"\" loading=\"lazy\"");
        escape::attribute(out, "src", &image);
        out.push('>');
    }
    let title = attrs.get("title");
    if title.is_some() || !icon.is_empty() {
        let title = title.unwrap_or_default();
        out.push_str("<p class=\"card-title\">");
        out.push_str(icon);
        match attrs.link("href").filter(|_| !title.is_empty()) {
            Some(href) => {
                out.push_str("<a");
                escape::attribute(out, "href", &href);
                out.push('>');
                title::html(out, &title);
                out.push_str("</a>");
            }
            None => title::html(out, &title),
        }
        out.push_str("</p>");
    }
    out.push_str("<div class=\"card-body\">");
    titled(out, "card-description", attrs.get("description"));
    if attrs.get("title").is_none()
        && let Some(href) = attrs.link("href")
    {
        out.push_str("<p><a");
        escape::attribute(out, "href", &href);
        out.push('>');
        match attrs.get("cta") {
            Some(cta) => title::html(out, &cta),
            None => escape::text(out, &href),
        }
        out.push_str("</a></p>");
    }
}

/// Writes a video up to its caption. Only what a reader needs to begin is loaded ahead.
fn video(out: &mut String, attrs: &dyn Attrs) {
    out.push_str("<figure class=\"video\"><video controls preload=\"metadata\"");
    for name in ["src", "poster"] {
        if let Some(address) = attrs.link(name) {
            escape::attribute(out, name, &address);
        }
    }
    if let Some(title) = attrs.get("title") {
        escape::attribute(out, "aria-label", &title::plain(&title));
    }
    out.push('>');
    if let Some(captions) = attrs.link("captions") {
        out.push_str("<track kind=\"captions\" default");
        escape::attribute(out, "src", &captions);
        out.push('>');
    }
    out.push_str("</video><figcaption>");
}

fn field(out: &mut String, attrs: &dyn Attrs, ids: Option<&Ids>, words: &Words) {
    let (place, name) = ["query", "path", "body", "header", "name"]
        .into_iter()
        .find_map(|key| attrs.get(key).map(|name| (key, name)))
        .unwrap_or(("name", String::new()));
    with_ids(out, "div", "field", ids);
    out.push_str("<p class=\"field-head\"><code class=\"field-name\">");
    escape::text(out, &name);
    out.push_str("</code>");
    if let Some(ids) = ids {
        out.push_str("<a class=\"anchor\"");
        escape::attribute(out, "href", &format!("#{}", escape::fragment(&ids.primary)));
        escape::attribute(out, "aria-label", words.get("section_link"));
        out.push_str("></a>");
    }
    let mut note = |class: &str, text: &str| {
        out.push_str(" <span");
        escape::attribute(out, "class", class);
        out.push('>');
        inline_code(out, text);
        out.push_str("</span>");
    };
    if let Some(kind) = attrs.get("type") {
        note("field-type", &kind);
    }
    if place != "name" {
        note("field-place", place);
    }
    if attrs.flag("required") {
        note("field-required", words.get("field_required"));
    }
    if attrs.flag("deprecated") {
        note("field-deprecated", words.get("field_deprecated"));
    }
    if let Some(default) = attrs.get("default") {
        note("field-default", &words.filled("field_default", &default));
    }
    out.push_str("</p><div class=\"field-body\">");
}
