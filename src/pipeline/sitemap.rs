//! sitemap.xml.

use crate::render::escape;
use crate::site::index::Index;

/// The sitemap of all pages; without a base URL its addresses are paths.
pub fn write(index: &Index, base_url: &str) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let mut routes: Vec<&str> = (0..index.pages.len())
        .filter(|page| index.is_published(*page) && index.pages[*page].redirect().is_none())
        .map(|page| index.pages[page].route.as_str())
        .collect();
    routes.sort_unstable();
    for route in routes {
        out.push_str("<url><loc>");
        escape::text(&mut out, &format!("{base_url}{}", escape::path(route)));
        out.push_str("</loc></url>\n");
    }
    out.push_str("</urlset>\n");
    out
}
