//! `_redirects`: moved addresses, in the format of Netlify and Cloudflare Pages. Only here can
//! patterns work, as other hosts need a file for each address.

use std::collections::BTreeMap;

use crate::escape::field;
use crate::publish::pages::Pages;
use crate::site::route;

/// The file.
pub fn write(pages: &Pages<'_>) -> String {
    let (mut exact, mut patterns) = (BTreeMap::new(), Vec::new());
    let base = pages.links.base();
    let site = pages.site;
    let line =
        |from: &str, to: &str| format!("{}/{} {} 301\n", field(base), field(from), field(to));
    let possible = |from: &str| route::is_possible(route::key(from));
    for redirect in site.config.redirects.iter().filter(|one| possible(&one.from)) {
        let (from, splat) = pattern(&redirect.from);
        let line = |to: &str| line(route::key(&from), to);
        if splat || from.contains("/:") {
            // The value of a placeholder is unknown, so the target is not resolved.
            patterns.push(line(&pages.links.absolute(&as_splat(&redirect.to))));
        } else {
            let line = line(&pages.redirect_target(&redirect.to));
            exact.entry(from).or_insert(line);
        }
    }
    for (from, page) in site.index.old_addresses() {
        let to = pages.links.page(page);
        let line = line(&from, &to);
        exact.entry(format!("/{from}")).or_insert(line);
    }
    // Netlify knows the page at the top only. Hosts that do not know this status leave the line out.
    let of_languages = site.index.published().filter_map(|at| {
        let route = &site.index.pages[at].route;
        let folder = route.strip_suffix(route::NOT_FOUND)?;
        (route::is_not_found(route) && !folder.is_empty()).then(|| {
            let to = pages.links.page(at);
            format!("{}{}/* {} 404\n", field(base), field(folder), field(&to))
        })
    });
    // The first match counts, so an address must come before patterns that match it.
    exact.into_values().chain(patterns).chain(of_languages).collect()
}

/// Converts `/a/:slug*` to `/a/*`; also returns whether there was such a part.
fn pattern(from: &str) -> (String, bool) {
    let Some(star) = from.find('*') else { return (from.to_owned(), false) };
    let start = from[..star].rfind('/').map_or(star, |at| at + 1);
    (format!("{}*", &from[..start]), true)
}

fn as_splat(to: &str) -> String {
    let Some(star) = to.find('*') else { return to.to_owned() };
    let start = to[..star].rfind('/').map_or(star, |at| at + 1);
    format!("{}:splat{}", &to[..start], &to[star + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_written_as_hosts_read_them() {
        assert_eq!(pattern("/a/:slug*"), ("/a/*".to_owned(), true));
        assert_eq!(pattern("/a/b"), ("/a/b".to_owned(), false));
        assert_eq!(as_splat("/b/:slug*"), "/b/:splat");
        assert_eq!(as_splat("https://x.dev/*"), "https://x.dev/:splat");
    }
}
