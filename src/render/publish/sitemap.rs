//! sitemap.xml.

use std::collections::HashMap;

use super::day;
use crate::escape;
use crate::project::Model;
use crate::site::visibility::{Finder, is_hidden_from};

/// The sitemap of all pages of a site whose base URL is known.
pub fn write(site: &Model, days: &HashMap<String, String>) -> String {
    let base_url = escape::field(site.config.base_url.as_deref().unwrap_or_default());
    let index = &site.index;
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let mut routes: Vec<(&str, &str)> = index
        .published()
        .filter(|page| index.pages[*page].redirect().is_none())
        .filter(|page| !is_hidden_from(&index.pages[*page], Finder::Engines))
        .map(|page| (index.pages[page].route.as_str(), day::of(site, days, page)))
        .collect();
    routes.sort_unstable();
    for (route, day) in routes {
        out.push_str("<url><loc>");
        escape::text(&mut out, &format!("{base_url}{}", escape::path(route)));
        out.push_str("</loc>");
        if !day.is_empty() {
            out.push_str(&format!("<lastmod>{day}</lastmod>"));
        }
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    out
}
