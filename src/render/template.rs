//! Templates: those of the embedded default theme, overridden by the site's own, file by file.

pub mod body;
pub mod components;
mod filters;
mod steps;

use std::borrow::Cow;
use std::collections::BTreeMap;

use tera::{Context, ErrorKind, Tera, Value};

use self::steps::{Counted, Page};

/// The default theme's templates.
pub static TEMPLATES: &[(&str, &str)] = &[
    ("404.html", include_str!("../../templates/404.html")),
    ("base.html", include_str!("../../templates/base.html")),
    ("page.html", include_str!("../../templates/page.html")),
    ("partials/banner.html", include_str!("../../templates/partials/banner.html")),
    ("partials/consent.html", include_str!("../../templates/partials/consent.html")),
    ("partials/feedback.html", include_str!("../../templates/partials/feedback.html")),
    ("partials/footer.html", include_str!("../../templates/partials/footer.html")),
    ("partials/head.html", include_str!("../../templates/partials/head.html")),
    ("partials/header.html", include_str!("../../templates/partials/header.html")),
    ("partials/icon_menu.html", include_str!("../../templates/partials/icon_menu.html")),
    ("partials/page_foot.html", include_str!("../../templates/partials/page_foot.html")),
    ("partials/page_header.html", include_str!("../../templates/partials/page_header.html")),
    ("partials/pager.html", include_str!("../../templates/partials/pager.html")),
    ("partials/sidebar.html", include_str!("../../templates/partials/sidebar.html")),
    ("partials/tabs.html", include_str!("../../templates/partials/tabs.html")),
    ("partials/toc.html", include_str!("../../templates/partials/toc.html")),
    ("redirect.html", include_str!("../../templates/redirect.html")),
];

/// The default theme's static files, published under `docgen/`.
pub static STATIC: &[(&str, &[u8])] = &[
    ("docgen.css", include_bytes!("../../static/docgen.css")),
    ("docgen.js", include_bytes!("../../static/docgen.js")),
    ("favicon.svg", include_bytes!("../../static/favicon.svg")),
    ("fonts/inter-cyrillic.woff2", include_bytes!("../../static/fonts/inter-cyrillic.woff2")),
    ("fonts/inter-greek.woff2", include_bytes!("../../static/fonts/inter-greek.woff2")),
    ("fonts/inter-latin-ext.woff2", include_bytes!("../../static/fonts/inter-latin-ext.woff2")),
    ("fonts/inter-latin.woff2", include_bytes!("../../static/fonts/inter-latin.woff2")),
    ("fonts/inter-vietnamese.woff2", include_bytes!("../../static/fonts/inter-vietnamese.woff2")),
    ("fonts/mono-cyrillic.woff2", include_bytes!("../../static/fonts/mono-cyrillic.woff2")),
    ("fonts/mono-greek.woff2", include_bytes!("../../static/fonts/mono-greek.woff2")),
    ("fonts/mono-latin-ext.woff2", include_bytes!("../../static/fonts/mono-latin-ext.woff2")),
    ("fonts/mono-latin.woff2", include_bytes!("../../static/fonts/mono-latin.woff2")),
    ("redirect.js", include_bytes!("../../static/redirect.js")),
    ("search.css", include_bytes!("../../static/search.css")),
    ("search.js", include_bytes!("../../static/search.js")),
    ("theme.js", include_bytes!("../../static/theme.js")),
];

/// An error in a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateFault {
    /// The name of the template.
    pub template: String,
    /// The location, if it is known.
    pub range: std::ops::Range<usize>,
    /// The message.
    pub message: String,
}

/// A file of the default theme, by its name.
pub fn static_file(name: &str) -> Option<&'static [u8]> {
    STATIC.iter().find(|(one, _)| *one == name).map(|(_, bytes)| *bytes)
}

/// The templates of a site.
pub struct Theme {
    tera: Tera,
    /// The site's own templates, as passed to the engine.
    own: BTreeMap<String, Counted>,
    left_out: Vec<String>,
}

impl Theme {
    /// The default theme, overridden by the site's `own` templates. A template that cannot be
    /// parsed is not used and reported as a fault, so that the rest of the site can still be
    /// checked.
    pub fn new(own: &[(String, String)]) -> (Self, Vec<TemplateFault>) {
        let (own, beyond) = own.split_at(own.len().min(steps::MAX_TEMPLATES));
        let mut faults: Vec<TemplateFault> = beyond.iter().map(too_many).collect();
        let counted: BTreeMap<String, Counted> =
            own.iter().map(|(name, text)| (name.clone(), Counted::new(text))).collect();
        let build = |own: &[&(String, String)]| {
            let mut tera = Tera::new();
            steps::count(&mut tera);
            filters::register(&mut tera);
            let mut all: Vec<(&str, &str)> = TEMPLATES
                .iter()
                .filter(|(name, _)| !own.iter().any(|(other, _)| other == name))
                .copied()
                .collect();
            let text = |name: &str| counted.get(name).map_or("", |counted| counted.text.as_str());
            all.extend(own.iter().map(|(name, _)| (name.as_str(), text(name))));
            tera.add_raw_templates(all).map(|()| tera)
        };
        let mut good: Vec<&(String, String)> = own.iter().collect();
        loop {
            match build(&good) {
                Ok(tera) => {
                    let left_out = own.iter().filter(|one| !good.contains(one)).chain(beyond);
                    let left_out = left_out.map(|(name, _)| name.clone()).collect();
                    return (Self { tera, own: counted, left_out }, faults);
                }
                Err(_) if good.is_empty() => {
                    let left_out = Vec::new();
                    return (Self { tera: Tera::new(), own: counted, left_out }, faults);
                }
                Err(error) => {
                    let found = among(&good, &counted, &error);
                    let named = |name: &String| found.iter().any(|fault| fault.template == *name);
                    if good.iter().any(|(name, _)| named(name)) {
                        good.retain(|(name, _)| !named(name));
                    } else {
                        // The error concerns several templates: use none of the site's own.
                        good.clear();
                    }
                    faults.extend(found);
                }
            }
        }
    }

    /// Renders a template with limits on steps and output length.
    pub fn render(&self, name: &str, context: &Context) -> Result<Vec<u8>, TemplateFault> {
        let mut out = Page::new(32 * 1024, steps::MAX_OUTPUT);
        // The limit is per page. Built-in templates do not count.
        let mut tera = Cow::Borrowed(&self.tera);
        if !self.own.is_empty() {
            steps::count(tera.to_mut());
        }
        let mut render = || tera.render_to(name, context, &mut out);
        // Each include takes stack, and all templates may be nested.
        let rendered =
            if self.own.is_empty() { render() } else { stacker::grow(steps::STACK, render) };
        match rendered {
            Ok(()) => Ok(out.bytes),
            Err(error) => Err(fault(name, &self.own, &error)),
        }
    }

    /// The faults of the site's own templates that are not used, by name.
    pub fn left_out(&self) -> &[String] {
        &self.left_out
    }

    /// The site's own template that frames a page, if it has one.
    pub fn own_frame(&self) -> Option<&str> {
        ["page.html", "base.html"].into_iter().find(|name| self.own.contains_key(*name))
    }

    /// Whether the site has a template of its own for what stands above the text of a page.
    pub fn own_top(&self) -> bool {
        self.own_frame().is_some() || self.own.contains_key("partials/page_header.html")
    }

    /// Whether the site or the default theme has this template.
    pub fn has(&self, name: &str) -> bool {
        self.tera.contains_template(name)
    }
}

/// The message about a template that exceeds the maximum number.
fn too_many((name, _): &(String, String)) -> TemplateFault {
    let message = format!("a site has {} templates at most", steps::MAX_TEMPLATES);
    TemplateFault { template: name.clone(), range: 0..0, message }
}

/// HTML that a template may print unescaped.
pub fn safe(html: &str) -> Value {
    Value::safe_string(html)
}

fn fault(template: &str, own: &BTreeMap<String, Counted>, error: &tera::Error) -> TemplateFault {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let template = report.filename().to_owned();
            let place = |at| own.get(&template).map_or(at, |counted| counted.place(at));
            let range = &report.span().range;
            let range = place(range.start)..place(range.end);
            TemplateFault { template, range, message: plain(report.message()) }
        }
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            TemplateFault { template: tpl.clone(), range: 0..0, message: plain(&error.to_string()) }
        }
        ErrorKind::MissingParent { current, parent } => TemplateFault {
            template: current.clone(),
            range: 0..0,
            message: format!("this template extends `{parent}`, which does not exist"),
        },
        _ => TemplateFault {
            template: template.to_owned(),
            range: 0..0,
            message: plain(&error.to_string()),
        },
    }
}

/// The faults of the site's own templates. The engine returns errors between templates as one
/// text with several reports.
fn among(
    own: &[&(String, String)],
    counted: &BTreeMap<String, Counted>,
    error: &tera::Error,
) -> Vec<TemplateFault> {
    let mut found = match error.kind() {
        ErrorKind::Msg(text) => reports(counted, text),
        _ => Vec::new(),
    };
    if found.is_empty() {
        found.push(fault("", counted, error));
    }
    // A built-in template fails only because of one of the site's own.
    for fault in &mut found {
        if !own.iter().any(|(name, _)| *name == fault.template) {
            let message = format!("the built-in `{}` fails: {}", fault.template, fault.message);
            let blamed = own.first().map(|(name, _)| name.clone()).unwrap_or_default();
            *fault = TemplateFault { template: blamed, range: 0..0, message };
        }
    }
    found
}

/// Parses reports of the form `error: MESSAGE`, `--> FILE:LINE:COLUMN`, a separator, the line, its
/// underline.
fn reports(own: &BTreeMap<String, Counted>, text: &str) -> Vec<TemplateFault> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(message) = line.strip_prefix("error: ") else { continue };
        let place = lines.get(at + 1).and_then(|line| line.trim_start().strip_prefix("--> "));
        let mut parts = place.unwrap_or_default().rsplitn(3, ':');
        let column = parts.next().and_then(|part| part.parse::<usize>().ok());
        let row = parts.next().and_then(|part| part.parse::<usize>().ok());
        let (Some(column), Some(row), Some(name)) = (column, row, parts.next()) else { continue };
        let width = lines.get(at + 4).map_or(0, |line| line.matches('^').count());
        let counted = own.get(name);
        let source = counted.map_or("", |counted| &counted.text);
        let start: usize =
            source.split_inclusive('\n').take(row.saturating_sub(1)).map(str::len).sum();
        // The columns of the engine are in characters.
        let byte = |chars: usize| {
            let rest = &source[start..];
            start + rest.char_indices().nth(chars).map_or(rest.len(), |(at, _)| at)
        };
        let first = column.saturating_sub(1);
        let place = |at| counted.map_or(at, |counted| counted.place(at));
        let range = place(byte(first))..place(byte(first + width));
        found.push(TemplateFault { template: name.to_owned(), range, message: plain(message) });
    }
    found
}

/// A message of the engine in the style of docgen: no initial capital, no full stop.
fn plain(message: &str) -> String {
    let message = message.trim_end_matches('.');
    let mut chars = message.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if first.is_ascii_uppercase() && second.is_lowercase() => {
            format!("{}{}", first.to_ascii_lowercase(), &message[1..])
        }
        _ => message.to_owned(),
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests read files of the repository")]
mod tests {
    use super::*;

    #[test]
    fn faults_between_templates_are_told_one_by_one() {
        let own = [
            ("404.html".to_owned(), "é {{ 1 | nonsense }}\n{% include \"x.html\" %}".to_owned()),
            ("page.html".to_owned(), "{% extends \"gone.html\" %}".to_owned()),
            ("redirect.html".to_owned(), "fine".to_owned()),
        ];
        let (theme, faults) = Theme::new(&own);
        let told: Vec<(&str, &str, &str)> = faults
            .iter()
            .map(|fault| {
                let (_, text) = own.iter().find(|(name, _)| *name == fault.template).unwrap();
                (fault.template.as_str(), &text[fault.range.clone()], fault.message.as_str())
            })
            .collect();
        let gone = "this template extends `gone.html`, which does not exist";
        assert_eq!(
            told,
            [
                ("page.html", "", gone),
                ("404.html", "nonsense", "unknown filter `nonsense`"),
                ("404.html", "\"x.html\"", "unknown template `x.html`"),
            ]
        );
        assert_eq!(theme.render("redirect.html", &Context::new()).unwrap(), b"fine");
    }

    #[test]
    fn a_built_in_template_fails_at_one_of_the_sites_own() {
        let own = [("base.html".to_owned(), "no blocks".to_owned())];
        let (_, faults) = Theme::new(&own);
        assert!(!faults.is_empty());
        for fault in faults {
            assert_eq!(fault.template, "base.html");
            assert!(fault.message.starts_with("the built-in `"), "{}", fault.message);
        }
    }

    #[test]
    fn what_never_ends_is_a_fault() {
        let twice = |other: &str| format!("{{% include \"{other}\" %}}{{% include \"{other}\" %}}");
        let mut doubling: Vec<(String, String)> =
            (0..40).map(|at| (format!("{at}.html"), twice(&format!("{}.html", at + 1)))).collect();
        doubling.push(("40.html".to_owned(), String::new()));
        doubling.push(("page.html".to_owned(), twice("0.html")));
        let loops = "{% set a = range(end=9999) %}\n{% for b in a %}{% for c in a %}{% endfor %}{% endfor %}";
        let calls = "{% component a() %}{{<a />}}{{<a />}}{% endcomponent a %}{{<a />}}";
        let chain = (0..steps::MAX_TEMPLATES).map(|at| match at {
            0 => ("page.html".to_owned(), "{% include \"1.html\" %}".to_owned()),
            _ => (format!("{at}.html"), format!("{{% include \"{}.html\" %}}", at + 1)),
        });
        let mut chain: Vec<(String, String)> = chain.collect();
        chain[steps::MAX_TEMPLATES - 1].1 = "{{ gone }}".to_owned();
        for own in [
            chain,
            vec![("page.html".to_owned(), loops.to_owned())],
            vec![("page.html".to_owned(), calls.to_owned())],
            doubling,
        ] {
            let (theme, faults) = Theme::new(&own);
            assert_eq!(faults, []);
            let fault = theme.render("page.html", &Context::new()).expect_err("a bound");
            assert!(own.iter().any(|(name, _)| *name == fault.template), "{fault:?}");
        }
    }

    #[test]
    fn places_are_those_of_the_source() {
        let text =
            "{% for a in [1] %}{{ a }}{% endfor %}\n{% for a in [1] %}é{{ b.c }}{% endfor %}";
        let (theme, _) = Theme::new(&[("page.html".to_owned(), text.to_owned())]);
        let fault = theme.render("page.html", &Context::new()).expect_err("b is not there");
        assert_eq!(&text[fault.range], "b");
    }

    #[test]
    fn messages_are_in_one_manner() {
        for (said, shown) in [
            ("Found `}}` but expected identifier.", "found `}}` but expected identifier"),
            ("HTML", "HTML"),
            ("", ""),
        ] {
            assert_eq!(plain(said), shown);
        }
    }

    #[test]
    fn the_tables_hold_every_file_of_the_theme() {
        let root = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
        let mut found = Vec::new();
        for (folder, prefix) in [("templates", ""), ("templates/partials", "partials/")] {
            for entry in std::fs::read_dir(root.join(folder)).unwrap() {
                let entry = entry.unwrap();
                if entry.file_type().unwrap().is_file() {
                    found.push(format!("{prefix}{}", entry.file_name().to_str().unwrap()));
                }
            }
        }
        found.sort();
        assert_eq!(found, TEMPLATES.iter().map(|(name, _)| *name).collect::<Vec<_>>());
        let mut files: Vec<String> = Vec::new();
        for (folder, prefix) in [("static", ""), ("static/fonts", "fonts/")] {
            let entries = std::fs::read_dir(root.join(folder)).unwrap().map(Result::unwrap);
            let names = entries.filter(|entry| entry.file_type().unwrap().is_file());
            let names = names.map(|entry| entry.file_name().to_str().unwrap().to_owned());
            let published = names.filter(|name| !name.ends_with(".LICENSE"));
            files.extend(published.map(|name| format!("{prefix}{name}")));
        }
        files.sort();
        assert_eq!(files, STATIC.iter().map(|(name, _)| *name).collect::<Vec<_>>());
        assert_eq!(files, docgen_model::site::plan::THEME_FILES, "what sites publish");
    }

    #[test]
    fn a_broken_template_is_left_out_with_its_fault() {
        let own = [
            (
                "page.html".to_owned(),
                "{% extends \"base.html\" %}{% block content %}{{ }}".to_owned(),
            ),
            ("partials/footer.html".to_owned(), "fine".to_owned()),
        ];
        let (theme, faults) = Theme::new(&own);
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert_eq!(faults[0].template, "page.html");
        assert!(theme.has("page.html"));
    }
}
