//! `_headers`: HTTP headers for the pages, in the format of Netlify and Cloudflare Pages.

use crate::escape::field;
use crate::publish::pages::Pages;
use crate::site::pages::PageId;

/// The file.
pub fn write(pages: &Pages<'_>) -> String {
    let base = field(pages.links.base());
    let policy = &pages.policy;
    let mut out = format!(
        "{base}/*\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: \
         strict-origin-when-cross-origin\n  Content-Security-Policy: {policy}; frame-ancestors \
         'self'\n"
    );
    let exempt: Vec<PageId> = pages.exempt();
    if !exempt.is_empty() {
        out.push_str("\n# Pages with scripts of their authors, which the policy would stop.\n");
    }
    for page in exempt {
        let url = pages.links.page(page);
        let url = field(&url);
        out.push_str(&format!("{url}\n  ! Content-Security-Policy\n"));
    }
    out
}
