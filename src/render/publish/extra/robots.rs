//! robots.txt: all may be read, and where the sitemap is.

use crate::escape::field;
use crate::publish::publisher::Publisher;

/// The file.
pub fn write(publisher: &Publisher<'_>) -> String {
    let mut out = "User-agent: *\nAllow: /\n".to_owned();
    // A sitemap is named by its whole address or not at all.
    if let Some(base) = &publisher.site().config.base_url {
        out.push_str(&format!("\nSitemap: {}/sitemap.xml\n", field(base)));
    }
    out
}
