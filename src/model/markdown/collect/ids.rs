//! The ids of a page, and the headings and components that have them.

use std::collections::{HashMap, HashSet};

use super::{Collector, Titled, unescape};
use crate::markdown::Dialect;
use crate::markdown::components::{self, IdRule};
use crate::markdown::facts::{Anchor, AnchorKind, Entry, Ids};
use crate::markdown::slug::{self, SlugRule, Slugger};
use crate::source::Span;

impl Collector<'_> {
    /// Assigns ids: explicit ones, then those of the flavour's rule in the order of the page, then
    /// other spellings if they are not taken.
    pub(super) fn ids(&mut self, dialect: Dialect) {
        let rule = dialect.slugs;
        let mut first: HashMap<&str, Span> = HashMap::new();
        let mut taken = HashSet::new();
        for (id, span) in &self.explicit {
            if let Some(earlier) = first.insert(id, *span) {
                self.facts.duplicate_ids.push((id.clone(), earlier, *span));
                first.insert(id, earlier);
                continue;
            }
            taken.insert(id.clone());
            self.facts.anchors.push(primary(id, *span));
        }
        let mut slugger = Slugger::new(rule, taken);
        let titled = std::mem::take(&mut self.titled);
        for item in &titled {
            self.primary_id(item, &mut slugger);
        }
        self.facts.component_ids.sort_by_key(|(number, _)| *number);
        if dialect.aliases {
            self.aliases(&titled, rule, &mut slugger);
        }
        self.entries();
    }

    /// Components that the list of headings names.
    fn entries(&mut self) {
        for (number, ids) in &self.facts.component_ids {
            let tag = &self.scan.tags[*number].tag;
            let component = components::find(tag.name(self.source));
            let Some(IdRule::Entry(attr)) = component.map(|component| component.id) else {
                continue;
            };
            if let Some(title) = tag.value(self.source, attr) {
                self.facts.entries.push(Entry {
                    title: unescape(title),
                    id: ids.primary.clone(),
                    start: tag.range.start,
                });
            }
        }
    }

    fn primary_id(&mut self, item: &Titled, slugger: &mut Slugger) {
        let (id, span) = match item {
            Titled::Heading(at, slug) => {
                let heading = &mut self.facts.headings[*at];
                if !heading.ids.primary.is_empty() {
                    return;
                }
                heading.ids.primary = slugger.next(slug.as_deref().unwrap_or(&heading.text));
                (heading.ids.primary.clone(), heading.span)
            }
            Titled::Html(span, title) => {
                let id = slugger.next(title.trim());
                self.facts.html_headings.push((span.start, id.clone()));
                (id, *span)
            }
            Titled::Component(number, title) => {
                self.component_id(*number, slugger.next(title.trim()))
            }
            Titled::Param(number, name) => {
                self.component_id(*number, slugger.unique(slug::param(name)))
            }
        };
        self.facts.anchors.push(primary(&id, span));
    }

    fn component_id(&mut self, number: usize, id: String) -> (String, Span) {
        let range = &self.scan.tags[number].tag.range;
        self.facts.component_ids.push((number, Ids { primary: id.clone(), aliases: Vec::new() }));
        (id, Span::new(range.start, range.end))
    }

    /// Assigns other spellings, first for headings, since GitHub numbers only headings.
    fn aliases(&mut self, titled: &[Titled], rule: SlugRule, slugger: &mut Slugger) {
        for other in [SlugRule::GitHub, SlugRule::Mintlify] {
            let mut spelling = Slugger::new(other, HashSet::new());
            for at in 0..self.facts.headings.len() {
                let heading = &self.facts.headings[at];
                let id = spelling.next(&heading.text);
                let (own, span) = (heading.ids.primary.clone(), heading.span);
                if slugger.claim(&id) {
                    self.facts.headings[at].ids.aliases.push(id.clone());
                    self.facts.anchors.push(alias(id, own, span));
                }
            }
        }
        for item in titled {
            let Titled::Component(number, title) = item else { continue };
            let found =
                self.facts.component_ids.binary_search_by_key(number, |(number, _)| *number);
            let Ok(at) = found else { continue };
            for other in
                [SlugRule::GitHub, SlugRule::Mintlify].into_iter().filter(|other| *other != rule)
            {
                let id = other.slug(title);
                if !id.is_empty() && slugger.claim(&id) {
                    let own = self.facts.component_ids[at].1.primary.clone();
                    let range = &self.scan.tags[*number].tag.range;
                    self.facts.component_ids[at].1.aliases.push(id.clone());
                    self.facts.anchors.push(alias(id, own, Span::new(range.start, range.end)));
                }
            }
        }
    }
}

fn primary(id: &str, span: Span) -> Anchor {
    Anchor { id: id.to_owned(), kind: AnchorKind::Primary, primary: None, span }
}

fn alias(id: String, own: String, span: Span) -> Anchor {
    Anchor { id, kind: AnchorKind::Alias, primary: Some(own), span }
}
