//! `[theme]`: how the default theme looks on this site.

use super::colors::plain as color;
use super::reader::Reader;
use crate::data::Value;

/// A value for light and for dark mode.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pair {
    /// On light ground.
    pub light: String,
    /// On dark ground.
    pub dark: String,
}

/// What a site changes in the default theme.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThemeSettings {
    /// The background of the page.
    pub background: Pair,
    /// The text.
    pub text: Pair,
    /// The fonts of text, as CSS lists them.
    pub font: String,
    /// The fonts of code.
    pub font_mono: String,
    /// The banner above all pages, and the address that it links to.
    pub banner: Option<(String, String)>,
    /// The script that draws Mermaid diagrams.
    pub mermaid: String,
    /// What the title of a page is in the browser, with `{page}` and `{site}`; empty for the theme's
    /// own form.
    pub title: String,
    /// The picture for previews of pages that are shared.
    pub image: String,
}

impl ThemeSettings {
    /// The custom properties of CSS that these settings change, as declarations.
    pub fn properties(&self) -> String {
        let mut out = String::new();
        for (name, pair) in [("bg", &self.background), ("text", &self.text)] {
            let (light, dark) = (color(&pair.light), color(&pair.dark));
            if !light.is_empty() && !dark.is_empty() {
                out.push_str(&format!("--{name}:light-dark({light},{dark});"));
            }
        }
        for (name, fonts) in [("sans", &self.font), ("mono", &self.font_mono)] {
            let fonts = if fonts == SYSTEM { system(name) } else { family(fonts) };
            if !fonts.is_empty() {
                out.push_str(&format!("--{name}:{fonts};"));
            }
        }
        out
    }
}

/// The value of `font` and `font_mono` that means the fonts of the reader's system.
const SYSTEM: &str = "system";

/// The fonts of the reader's system.
fn system(name: &str) -> &'static str {
    if name == "mono" { "ui-monospace,Menlo,Consolas,monospace" } else { "system-ui,sans-serif" }
}

/// Reads the table; the main colour, if it names one.
pub(super) fn read(reader: &Reader<'_>, settings: &mut ThemeSettings) -> Option<Pair> {
    let theme = reader.table("theme")?;
    let primary = pair(&theme, "primary");
    settings.background = pair(&theme, "background").unwrap_or_default();
    settings.text = pair(&theme, "text").unwrap_or_default();
    settings.font = theme.string("font").unwrap_or_default();
    settings.font_mono = theme.string("font_mono").unwrap_or_default();
    settings.mermaid = theme.string("mermaid").unwrap_or_default();
    settings.title = theme.string("title").unwrap_or_default();
    settings.image = theme.string("image").unwrap_or_default();
    settings.banner = match theme.get("banner").map(|node| &node.value) {
        Some(Value::String(text)) => Some((text.clone(), String::new())),
        Some(_) => theme.table("banner").and_then(|banner| {
            let (text, url) = (banner.required("text"), banner.string("url"));
            banner.finish();
            Some((text?, url.unwrap_or_default()))
        }),
        None => None,
    };
    theme.finish();
    primary
}

/// A colour, or one for each mode.
fn pair(theme: &Reader<'_>, key: &'static str) -> Option<Pair> {
    match &theme.get(key)?.value {
        Value::String(one) => Some(Pair { light: one.clone(), dark: one.clone() }),
        _ => {
            let table = theme.table(key)?;
            let (light, dark) = (table.required("light"), table.required("dark"));
            table.finish();
            Some(Pair { light: light?, dark: dark? })
        }
    }
}

/// A list of fonts for a style; empty if the text contains anything else.
pub(super) fn family(text: &str) -> &str {
    let plain = |c: char| c.is_alphanumeric() || " ,-_'\"".contains(c);
    let paired = |quote: char| text.matches(quote).count().is_multiple_of(2);
    if text.chars().all(plain) && paired('"') && paired('\'') { text } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_else_gets_into_the_style() {
        let settings = ThemeSettings {
            background: Pair { light: "#fff".into(), dark: "rgb(1 2 3 / 50%)".into() },
            text: Pair { light: "red;}body{".into(), dark: "blue".into() },
            font: "\"Inter\", sans-serif".into(),
            font_mono: "x;color:red".into(),
            ..ThemeSettings::default()
        };
        assert_eq!(
            settings.properties(),
            "--bg:light-dark(#fff,rgb(1 2 3 / 50%));--sans:\"Inter\", sans-serif;"
        );
    }
}
