//! Links by reference: their definitions, and references without a definition.

use std::collections::HashMap;

use pulldown_cmark::LinkType;

use super::Collector;
use crate::markdown::facts::Definition;
use crate::markdown::parse::{self, References};
use crate::source::Span;

impl Collector<'_> {
    /// Records the label of a link that refers to a definition.
    pub(super) fn refers(&mut self, link_type: LinkType, label: &str) {
        if matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut) {
            self.referring.push((self.facts.links.len(), folded(label)));
        }
    }

    /// Removes the links inside `spans`, which are shown as text. The spans are sorted, and links
    /// before the first of them are skipped.
    pub(super) fn drop_links(&mut self, spans: &[Span]) {
        let Some(first) = spans.first() else { return };
        let links = &mut self.facts.links;
        let kept = links.iter().rposition(|link| link.span.start < first.start);
        let from = kept.map_or(0, |at| at + 1);
        let mut gone = 0;
        let mut moved = Vec::with_capacity(links.len() - from);
        let tail: Vec<_> = links.drain(from..).collect();
        for link in tail {
            moved.push(gone);
            let behind = spans.partition_point(|span| span.start <= link.span.start);
            if behind > 0 && spans[behind - 1].contains(link.span) {
                gone += 1;
            } else {
                links.push(link);
            }
        }
        for (at, _) in self.referring.iter_mut().rev().take_while(|(at, _)| *at >= from) {
            *at -= moved.get(*at - from).copied().unwrap_or(gone);
        }
    }

    /// Converts the references that the parser found to facts.
    pub(super) fn references(&mut self, found: References) {
        let text = &self.scan.text;
        // `[a][b](c)` is `[a]` and a link, not a reference to `b`.
        let undefined =
            found.undefined.into_iter().filter(|(_, range)| !text[range.end..].starts_with('('));
        let spanned = |(label, range)| (label, self.scan.offsets.span(range));
        self.facts.undefined_refs = undefined.map(spanned).collect();
        if found.defined.is_empty() {
            return;
        }
        let mut first: HashMap<String, usize> = HashMap::new();
        for range in parse::definitions(text, &found.defined) {
            let Some(parts) = parts(&text[range.clone()]) else { continue };
            let span = |from: usize, to: usize| {
                self.scan.offsets.span(range.start + from..range.start + to)
            };
            let label = text[range.clone()][parts.label.0..parts.label.1].to_owned();
            let here = self.facts.definitions.len();
            let earlier = *first.entry(folded(&label)).or_insert(here);
            self.facts.definitions.push(Definition {
                label_span: span(parts.label.0, parts.label.1),
                dest_span: span(parts.dest.0, parts.dest.1),
                label,
                earlier: (earlier != here).then_some(earlier),
                used: false,
            });
        }
        for (link, label) in std::mem::take(&mut self.referring) {
            let Some(&at) = first.get(&label) else { continue };
            let definition = &mut self.facts.definitions[at];
            definition.used = true;
            if let Some(link) = self.facts.links.get_mut(link) {
                link.definition = Some(definition.dest_span);
            }
        }
    }
}

/// A label in the form in which labels are compared, ignoring case and repeated spaces.
fn folded(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

struct Parts {
    label: (usize, usize),
    dest: (usize, usize),
}

/// The label and the destination of `[label]: destination`.
fn parts(text: &str) -> Option<Parts> {
    let close = text.find("]:")?;
    let rest = &text[close + 2..];
    let start = close + 2 + (rest.len() - rest.trim_start().len());
    let dest = &text[start..];
    let (start, len) = match dest.strip_prefix('<') {
        Some(inner) => (start + 1, inner.find('>')?),
        None => (start, dest.find(char::is_whitespace).unwrap_or(dest.len())),
    };
    Some(Parts { label: (1, close), dest: (start, start + len) })
}

#[cfg(test)]
mod tests {
    use crate::markdown::{Dialect, facts};

    #[test]
    fn only_full_and_collapsed_references_can_be_undefined() {
        for (text, expected) in [
            ("[a][b]", vec!["b"]),
            ("[a][]", vec!["a"]),
            ("![a][b]", vec!["b"]),
            ("[a]", vec![]),
            ("[a][b]\n\n[b]: /x", vec![]),
            ("[a][B  c]\n\n[b c]: /x", vec![]),
            ("[a][b](c)", vec![]),
            ("`[a][b]`", vec![]),
            ("- [ ] [a][b]", vec!["b"]),
            ("```\n[a][b]\n```", vec![]),
        ] {
            let facts = facts(text, false, Dialect::GITHUB);
            let labels: Vec<&str> =
                facts.undefined_refs.iter().map(|(label, _)| label.as_str()).collect();
            assert_eq!(labels, expected, "{text}");
        }
    }

    #[test]
    fn links_know_the_definition_that_they_use() {
        let text = "[a][b] [b] <c>\n\n> [B]: </x y> \"t\"\n\n- i\n\n  [c]: z\n\n[b]: /other\n\n```\n[b]: no\n```\n";
        let facts = facts(text, false, Dialect::GITHUB);
        let cut = |span: crate::source::Span| &text[span.start..span.end];
        let dests: Vec<_> = facts.links.iter().map(|link| link.definition.map(cut)).collect();
        assert_eq!(dests, [Some("/x y"), Some("/x y")]);
        let found: Vec<_> = facts
            .definitions
            .iter()
            .map(|one| (cut(one.label_span), cut(one.dest_span), one.earlier, one.used))
            .collect();
        assert_eq!(
            found,
            [("B", "/x y", None, true), ("c", "z", None, false), ("b", "/other", Some(0), false)]
        );
    }
}
