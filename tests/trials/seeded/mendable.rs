//! Faults that docgen can mend and that no other class puts in: one offer for each rule.

use docgen::markdown::outline::{BlockKind, InlineKind, Mark};
use docgen::site::target::{Fragment, Target};

use super::links::{is_plain, links_anywhere};
use super::mutant::{Edit, Mutant, Near, View};

type Offer<'o> = &'o mut dyn FnMut(Mutant);

/// The bytes of paragraphs that stand by themselves.
fn paragraphs<'v>(view: &'v View<'_>) -> impl Iterator<Item = (usize, usize)> + 'v {
    let inner = [BlockKind::Quote, BlockKind::Item, BlockKind::Footnote, BlockKind::Table];
    let spans = view.outline.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph);
    let spans = spans.map(|block| (block.span.start, block.span.end));
    spans.filter(move |(start, _)| {
        let alone = view.text[..*start].ends_with("\n\n");
        alone && !inner.iter().any(|kind| view.is_in(*start, *kind))
    })
}

pub fn dashes(view: &View<'_>, offer: Offer<'_>) {
    for (start, end) in paragraphs(view) {
        let text = view.text[start..end].trim_end();
        if text.ends_with('.') && !text.contains('<') {
            let at = start + text.len();
            offer(view.mutant(at..at, "\n---", Near::Page));
        }
    }
}

pub fn other_spelling(view: &View<'_>, offer: Offer<'_>) {
    links_anywhere(view, &mut |_, anchor, target| {
        let (Some(anchor), Target::Page { page, fragment: Fragment::Found(_), .. }) =
            (anchor, target)
        else {
            return;
        };
        let headings = &view.site.index.pages[*page].facts.headings;
        let ids = headings.iter().map(|heading| &heading.ids);
        let own = ids.filter(|ids| ids.primary == view.text[anchor.clone()]);
        if let Some(other) = own.flat_map(|ids| &ids.aliases).find(|id| is_plain(id)) {
            offer(view.mutant(anchor, other.clone(), Near::Line));
        }
    });
}

pub fn label(view: &View<'_>, offer: Offer<'_>) {
    for (at, _) in view.text.match_indices("][") {
        let label = view.text[at + 2..].split(']').next().unwrap_or("");
        let defined = view.text.contains(&format!("\n[{label}]: "));
        if label.len() > 4 && defined && !view.in_code(at) {
            let middle = at + 2 + label.floor_char_boundary(label.len() / 2);
            offer(view.mutant(middle..middle, "q", Near::Line));
        }
    }
}

pub fn torn_link(view: &View<'_>, offer: Offer<'_>) {
    for (at, _) in view.text.match_indices("](http") {
        if !view.in_code(at) {
            offer(view.mutant(at + 1..at + 1, " ", Near::Line));
        }
    }
}

pub fn capital(view: &View<'_>, offer: Offer<'_>) {
    links_anywhere(view, &mut |path, _, _| {
        let text = &view.text[path.clone()];
        let name = path.start + text.rfind('/').map_or(0, |at| at + 1);
        let first = view.text[name..path.end].chars().next();
        if let Some(first) = first.filter(char::is_ascii_lowercase) {
            let capital = first.to_ascii_uppercase().to_string();
            offer(view.mutant(name..name + 1, capital, Near::Line));
        }
    });
}

pub fn escaped_bold(view: &View<'_>, offer: Offer<'_>) {
    for inline in
        view.outline.inlines.iter().filter(|one| one.kind == InlineKind::Open(Mark::Strong))
    {
        let (start, end) = (inline.span.start, inline.span.end);
        let text = &view.text[start..end];
        if text.starts_with("**") && text.ends_with("**") && text.len() > 4 {
            let escaped = |at| Edit { at, with: "\\*\\*".into() };
            let edits = vec![escaped(start..start + 2), escaped(end - 2..end)];
            offer(Mutant { page: view.page, edits, near: Near::Line });
        }
    }
}

pub fn key(view: &View<'_>, offer: Offer<'_>) {
    let front = view.facts.front.span;
    for name in ["title", "description", "sidebarTitle"] {
        let found = view.text[front.start..front.end].find(&format!("\n{name}:"));
        if let Some(at) = found.map(|at| front.start + at + 2) {
            // Two letters change their places.
            let swapped: String = name[1..3].chars().rev().collect();
            offer(view.mutant(at..at + 2, swapped, Near::Page));
        }
    }
}

pub fn old_address(view: &View<'_>, offer: Offer<'_>) {
    links_anywhere(view, &mut |path, _, target| {
        let Target::Page { page, redirected: false, .. } = target else { return };
        let route = view.site.index.pages[*page].route.trim_matches('/');
        let leads = view.site.config.redirects.iter();
        let mut leads = leads.filter(|one| one.to.trim_matches('/') == route);
        let plain = |from: &str| from.starts_with('/') && is_plain(&from[1..]);
        if let Some(old) = leads.find(|one| plain(&one.from) && !one.from.contains(['*', ':'])) {
            offer(view.mutant(path, old.from.clone(), Near::Line));
        }
    });
}

pub fn wrong_encoding(view: &View<'_>, offer: Offer<'_>) {
    for (letter, read) in [('’', "â€™"), ('—', "â€\u{201d}"), ('é', "Ã©")] {
        for (at, _) in view.text.match_indices(letter).filter(|(at, _)| !view.in_code(*at)) {
            offer(view.mutant(at..at + letter.len_utf8(), read, Near::Line));
        }
    }
}

pub fn fence_in_a_fence(view: &View<'_>, offer: Offer<'_>) {
    for (number, code) in view.facts.code.iter().enumerate() {
        let (start, end) = (code.span.start, code.span.end);
        let text = view.text[start..end].trim_end();
        let language = &code.info.language;
        let plain = text.starts_with("```") && text.ends_with("\n```") && !language.is_empty();
        if plain && view.text[..start].ends_with("\n\n") && language != "markdown" {
            let end = start + text.len();
            let edit = |at: usize, with: &'static str| Edit { at: at..at, with: with.into() };
            let edits = vec![edit(start, "```markdown\nRun:\n\n"), edit(end, "\n```")];
            offer(Mutant { page: view.page, edits, near: Near::Block(number) });
        }
    }
}

pub fn needless_mark(view: &View<'_>, offer: Offer<'_>) {
    if view.site.index.pages[view.page].source.path.as_str().ends_with(".mdx") {
        return;
    }
    for (start, _) in paragraphs(view) {
        let mark = "<!-- docgen-ignore broken-link: kept for an old page -->\n\n";
        offer(view.mutant(start..start, mark, Near::Page));
    }
}
