//! Addresses in the settings that readers follow, none of which may be code.

use crate::config::{Config, Feedback, NavItem};
use crate::diagnostic::Finding;
use crate::markdown::active::is_code_address;
use crate::source::{Source, Span};

/// A finding for each that is code, at its text in the settings.
pub(super) fn faults(config: &Config, settings: &[Source]) -> Vec<Finding> {
    let mut all: Vec<(&str, &str)> =
        vec![("repository", &config.repository), ("edit_url", &config.edit_url)];
    all.push(("report_url", &config.report_url));
    if let Some(Feedback::Address(url)) = &config.feedback {
        all.push(("feedback", url));
    }
    all.extend(config.assistants.iter().map(|one| ("assistants", one.url.as_str())));
    all.extend(config.links.iter().map(|link| ("link.url", link.url.as_str())));
    let languages = config.nav.iter().flat_map(|nav| &nav.languages);
    for tab in languages.flat_map(|language| &language.tabs) {
        navigation(&tab.items, &mut all);
    }
    let mut found = Vec::new();
    for (setting, address) in all.into_iter().filter(|(_, address)| is_code_address(address)) {
        // The rule itself checks these.
        if config.named.iter().any(|named| named.target == address) {
            continue;
        }
        let place = settings.iter().find_map(|source| {
            let at = source.text.find(address)?;
            Some((&source.path, Span::new(at, at + address.len())))
        });
        let first = settings.first().map(|source| (&source.path, Span::new(0, 0)));
        if let Some((path, span)) = place.or(first) {
            found.push(Finding::new(path, span, message(setting)));
        }
    }
    found.dedup();
    found
}

fn message(setting: &str) -> String {
    format!("`{setting}` is code, not an address that readers can follow")
}

fn navigation<'a>(items: &'a [NavItem], out: &mut Vec<(&'a str, &'a str)>) {
    for item in items {
        match item {
            NavItem::Link { url, .. } => out.push(("nav", url)),
            NavItem::Group { items, .. } => navigation(items, out),
            NavItem::Chapter(chapter) => navigation(&chapter.items, out),
            NavItem::Page { .. } | NavItem::Separator => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::project::{Inputs, LoadFault};

    #[test]
    fn code_in_the_settings_is_found_where_it_stands() {
        let settings = "repository = \"javascript:a\"\nedit_url = \"javascript:b/{path}\"\n\
                        [[nav]]\ntitle = \"A\"\npages = [{ title = \"x\", pages = [\n\
                        { title = \"y\", url = \"JavaScript:d\" }] }]\n";
        let files = [("docgen.toml", settings), ("content/index.md", "# Home\n")];
        let files = files.map(|(path, text)| (path.to_owned(), text.to_owned())).to_vec();
        let inputs = Inputs::from_texts(files).unwrap();
        let code = inputs.faults.iter().filter(|(kind, _)| *kind == LoadFault::CodeAddress);
        let said: Vec<&str> =
            code.map(|(_, one)| &settings[one.span.start..one.span.end]).collect();
        assert_eq!(said, ["javascript:a", "javascript:b/{path}", "JavaScript:d"]);
    }
}
