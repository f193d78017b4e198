//! `robots.txt`: allows everything, and names the sitemap.

use crate::escape::field;
use crate::publish::pages::Pages;

/// The file.
pub fn write(pages: &Pages<'_>) -> String {
    let mut out = "User-agent: *\nAllow: /\n".to_owned();
    // The sitemap must be an absolute URL.
    if let Some(base) = &pages.site.config.base_url {
        out.push_str(&format!("\nSitemap: {}/sitemap.xml\n", field(base)));
    }
    out
}
