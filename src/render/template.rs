//! Templates: the embedded default theme with the site's own files put over it, one by one.

use tera::{Context, ErrorKind, Tera, Value};

/// The default theme's templates.
pub static TEMPLATES: &[(&str, &str)] = &[
    ("404.html", include_str!("../../templates/404.html")),
    ("base.html", include_str!("../../templates/base.html")),
    ("page.html", include_str!("../../templates/page.html")),
    ("partials/footer.html", include_str!("../../templates/partials/footer.html")),
    ("partials/head.html", include_str!("../../templates/partials/head.html")),
    ("partials/header.html", include_str!("../../templates/partials/header.html")),
    ("partials/icon_menu.html", include_str!("../../templates/partials/icon_menu.html")),
    ("partials/page_header.html", include_str!("../../templates/partials/page_header.html")),
    ("partials/pager.html", include_str!("../../templates/partials/pager.html")),
    ("partials/sidebar.html", include_str!("../../templates/partials/sidebar.html")),
    ("partials/toc.html", include_str!("../../templates/partials/toc.html")),
    ("redirect.html", include_str!("../../templates/redirect.html")),
];

/// The default theme's static files, published under `docgen/`.
pub static STATIC: &[(&str, &[u8])] = &[
    ("docgen.css", include_bytes!("../../static/docgen.css")),
    ("docgen.js", include_bytes!("../../static/docgen.js")),
    ("favicon.svg", include_bytes!("../../static/favicon.svg")),
    ("redirect.js", include_bytes!("../../static/redirect.js")),
    ("theme.js", include_bytes!("../../static/theme.js")),
];

/// What is wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateFault {
    /// The template, by its name.
    pub template: String,
    /// The bytes, if they are known.
    pub range: std::ops::Range<usize>,
    /// What is wrong.
    pub message: String,
}

/// The templates of a site.
pub struct Theme {
    tera: Tera,
}

impl Theme {
    /// The default theme with `own` templates over it. A template that cannot be read is left
    /// out, with its fault, so that the rest of the site can still be checked.
    pub fn new(own: &[(String, String)]) -> (Self, Vec<TemplateFault>) {
        let mut faults = Vec::new();
        let build = |own: &[&(String, String)]| {
            let mut tera = Tera::new();
            let mut all: Vec<(&str, &str)> = TEMPLATES
                .iter()
                .filter(|(name, _)| !own.iter().any(|(other, _)| other == name))
                .copied()
                .collect();
            all.extend(own.iter().map(|(name, text)| (name.as_str(), text.as_str())));
            tera.add_raw_templates(all).map(|()| tera)
        };
        let mut good: Vec<&(String, String)> = own.iter().collect();
        loop {
            match build(&good) {
                Ok(tera) => return (Self { tera }, faults),
                Err(error) => {
                    let fault = fault("", &error);
                    let named = good.iter().position(|(name, _)| *name == fault.template);
                    // Without a name the fault lies between templates: none of the site's own is kept.
                    match named {
                        Some(at) => drop(good.remove(at)),
                        None if good.is_empty() => return (Self { tera: Tera::new() }, faults),
                        None => good.clear(),
                    }
                    faults.push(fault);
                }
            }
        }
    }

    /// Puts values at the disposal of every template.
    pub fn share(&mut self, name: &'static str, value: &impl serde::Serialize) {
        self.tera.global_context().insert(name, value);
    }

    /// Renders a template.
    pub fn render(&self, name: &str, context: &Context) -> Result<Vec<u8>, TemplateFault> {
        let mut out = Vec::with_capacity(32 * 1024);
        match self.tera.render_to(name, context, &mut out) {
            Ok(()) => Ok(out),
            Err(error) => Err(fault(name, &error)),
        }
    }

    /// Whether the site or the default theme has this template.
    pub fn has(&self, name: &str) -> bool {
        self.tera.contains_template(name)
    }
}

/// HTML that a template may print as it is.
pub fn safe(html: &str) -> Value {
    Value::safe_string(html)
}

fn fault(template: &str, error: &tera::Error) -> TemplateFault {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => TemplateFault {
            template: report.filename().to_owned(),
            range: report.span().range.clone(),
            message: plain(report.message()),
        },
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            TemplateFault { template: tpl.clone(), range: 0..0, message: error.to_string() }
        }
        ErrorKind::MissingParent { current, .. } => {
            TemplateFault { template: current.clone(), range: 0..0, message: error.to_string() }
        }
        _ => {
            TemplateFault { template: template.to_owned(), range: 0..0, message: error.to_string() }
        }
    }
}

/// The engine's sentence in the manner of all other messages: no capital, no full stop.
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
mod tests {
    use super::*;

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
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
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
        let mut files: Vec<String> = std::fs::read_dir(root.join("static"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_str().unwrap().to_owned())
            .collect();
        files.sort();
        assert_eq!(files, STATIC.iter().map(|(name, _)| *name).collect::<Vec<_>>());
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
