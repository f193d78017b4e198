//! Numbered listings around code blocks, as in the Rust book.

use super::attributes::Attrs;
use super::{escape, title};
use crate::config::words::Words;

/// The HTML above the code: the name of its file.
pub(super) fn open(out: &mut String, attrs: &dyn Attrs, words: &Words) {
    out.push_str("<figure class=\"listing\">");
    if let Some(name) = attrs.get("file-name") {
        out.push_str("<p class=\"file-name\">");
        escape::text(out, &words.filled("file_name", &name));
        out.push_str("</p>");
    }
}

/// The Markdown below it: the number and the caption, if any.
pub(super) fn caption(attrs: &dyn Attrs, words: &Words) -> Option<String> {
    let number = attrs.get("number").map(|number| words.filled("listing_number", &number));
    match (number, attrs.get("caption")) {
        (Some(number), Some(caption)) => Some(format!("{number}: {caption}")),
        (number, caption) => number.or(caption),
    }
}

pub(super) fn close(out: &mut String, caption: Option<&str>) {
    if let Some(caption) = caption {
        out.push_str("<figcaption>");
        title::html(out, caption);
        out.push_str("</figcaption>");
    }
    out.push_str("</figure>");
}
