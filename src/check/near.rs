//! Candidates for what an author may have meant by a broken link or anchor.

use std::collections::BTreeMap;

use crate::site::index::Index;
use crate::site::pages::PageId;
use crate::site::route;
use crate::site::translation;
use crate::source::VPath;
use crate::suggest;

/// The most candidates that are named.
const MAX_CANDIDATES: usize = 3;

/// Candidates, best first.
#[derive(Debug, Default)]
pub struct Near<T> {
    /// The candidates.
    pub found: Vec<T>,
    /// There is only one, and little doubt about it.
    pub clear: bool,
}

impl<T> Near<T> {
    /// "did you mean …?", with the `name` of each candidate.
    pub fn help(&self, name: impl Fn(&T) -> String) -> Option<String> {
        let names: Vec<String> =
            self.found.iter().map(|found| format!("`{}`", name(found))).collect();
        let (last, others) = names.split_last()?;
        Some(match others {
            [] => format!("did you mean {last}?"),
            _ => format!("did you mean {} or {last}?", others.join(", ")),
        })
    }

    /// The candidate, if there is little doubt about it.
    pub fn clear(&self) -> Option<&T> {
        self.found.first().filter(|_| self.clear)
    }
}

/// The pages that an address may mean: those whose addresses end in the same part, else those in
/// the same folder with similar names.
pub fn pages(index: &Index, key: &str) -> Near<PageId> {
    let key = route::stem(key.trim_matches('/'));
    let key = key.strip_suffix(".html").unwrap_or(key);
    let (folder, name) = key.rsplit_once('/').unwrap_or(("", key));
    if name.is_empty() {
        return Near { found: Vec::new(), clear: false };
    }
    let moved: Vec<(PageId, &str)> =
        index.keys_named(name).filter_map(|key| Some((index.page_at(key)?, key))).collect();
    if !moved.is_empty() {
        return closest(moved, key);
    }
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    // Pages are sorted by path, so those of a folder are neighbours.
    let pages = index.pages.as_slice();
    let first = pages.partition_point(|page| page.content_path.as_str() < prefix.as_str());
    let within = index
        .pages
        .entries()
        .skip(first)
        .take_while(|(_, page)| page.content_path.starts_with(&prefix))
        .filter(|(_, page)| !page.dropped);
    // By the name of the address and that of the file, which differ for an index page.
    let beside = within.flat_map(|(at, page)| {
        [route::key(&page.route), route::stem(&page.content_path)]
            .into_iter()
            .map(|path| path.rsplit_once('/').unwrap_or(("", path)))
            .filter(|(up, _)| *up == folder)
            .map(move |(_, name)| (at, name))
    });
    misspelled(beside, name)
}

/// The file that a path may mean: one of the same name elsewhere, or one in the same folder with a
/// similar name.
pub fn assets<'a>(assets: &'a BTreeMap<String, VPath>, path: &str) -> Near<&'a str> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let same = |other: &str| other.rsplit('/').next() == Some(name);
    let moved: Vec<(&str, &str)> = assets
        .keys()
        .filter(|other| other.ends_with(name) && same(other))
        .map(|other| (other.as_str(), other.as_str()))
        .collect();
    if !moved.is_empty() {
        return closest(moved, path);
    }
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let beside = assets
        .range(prefix.clone()..)
        .map(|(other, _)| other.as_str())
        .take_while(|other| other.starts_with(&prefix))
        .filter(|other| !other[prefix.len()..].contains('/'))
        .map(|other| (other, &other[prefix.len()..]));
    misspelled(beside, name)
}

/// Of candidates with the right name in other folders, those whose folders are most like the one
/// that was written.
fn closest<T>(mut moved: Vec<(T, &str)>, written: &str) -> Near<T> {
    let parts: Vec<&str> = written.split('/').collect();
    let shared = |other: &str| {
        let before = parts.iter().zip(other.split('/')).take_while(|(a, b)| *a == b).count();
        let any = other.split('/').filter(|part| parts.contains(part)).count();
        (any, before)
    };
    moved.sort_by(|a, b| shared(b.1).cmp(&shared(a.1)).then_with(|| a.1.cmp(b.1)));
    let best = moved.first().map(|(_, path)| shared(path)).unwrap_or_default();
    let level = moved.iter().filter(|(_, path)| shared(path) == best).count();
    let several = moved.len() > 1;
    // A name that many pages have does not tell which one was meant.
    moved.truncate(if level > MAX_CANDIDATES { 0 } else { level });
    let depth = moved.first().map_or(0, |(_, path)| path.split('/').count());
    // Require that some folder matches too, unless the path is only a name.
    let clear = level == 1 && (best.0 > 1 || !several && (depth == 1 || parts.len() == 1));
    Near { found: moved.into_iter().map(|(found, _)| found).collect(), clear }
}

/// Of candidates in the same folder, those whose names are most like the one that was written.
fn misspelled<'a, T: PartialEq>(
    candidates: impl Iterator<Item = (T, &'a str)>,
    written: &str,
) -> Near<T> {
    let mut found = suggest::near(written, candidates);
    found.dedup_by(|a, b| a.2 == b.2);
    let best = found.first().map_or(0, |(distance, ..)| *distance);
    let level = found.iter().filter(|(distance, ..)| *distance == best).count();
    let clear = level == 1 && best <= 2;
    found.truncate(level.min(MAX_CANDIDATES));
    Near { found: found.into_iter().map(|(_, _, thing)| thing).collect(), clear }
}

/// The anchors of a page that an id may mean. In a translated page, which has other headings, it is
/// the heading at the same position.
pub fn anchors(index: &Index, page: PageId, id: &str, language: &str) -> Near<String> {
    if let Some((id, clear)) = in_translation(index, page, id, language) {
        return Near { found: vec![id.to_owned()], clear };
    }
    let facts = &index.pages[page].facts;
    let own = |at: usize| {
        let anchor = &facts.anchors[at];
        anchor.primary.as_deref().unwrap_or(&anchor.id)
    };
    let ids = facts.anchors.iter().enumerate().map(|(at, anchor)| (at, anchor.id.as_str()));
    let mut ranked: Vec<(usize, usize)> =
        suggest::near(id, ids).into_iter().map(|(distance, _, at)| (distance, at)).collect();
    let words = words(id);
    if ranked.is_empty() && words.len() > 1 {
        // The same words, in a longer or shorter heading.
        let near = facts.anchors.iter().enumerate().filter_map(|(at, anchor)| {
            let theirs = self::words(&anchor.id);
            let shared = words.iter().filter(|word| theirs.contains(word)).count();
            let all = words.len().max(theirs.len());
            (shared > 1 && shared * 3 >= all * 2).then_some((all - shared, at))
        });
        ranked.extend(near);
    }
    ranked.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| own(a.1).cmp(own(b.1))));
    let best = ranked.first().map_or(0, |(distance, _)| *distance);
    let mut found: Vec<String> = Vec::new();
    for (_, at) in ranked.into_iter().filter(|(distance, _)| *distance == best) {
        if !found.iter().any(|id| id == own(at)) && found.len() < MAX_CANDIDATES {
            found.push(own(at).to_owned());
        }
    }
    let plain = |id: &str| -> String { id.chars().filter(|c| c.is_alphanumeric()).collect() };
    let clear = found.len() == 1 && {
        let (a, b) = (plain(id).to_lowercase(), plain(&found[0]).to_lowercase());
        let limit = (a.chars().count() / 6).max(1);
        a.chars().count().abs_diff(b.chars().count()) <= limit && suggest::distance(&a, &b) <= limit
    };
    Near { found, clear }
}

fn words(id: &str) -> Vec<&str> {
    id.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1).collect()
}

/// The id in a translation of the heading that has the id `id` in the original page, and whether
/// both pages have the same structure throughout.
fn in_translation<'a>(
    index: &'a Index,
    page: PageId,
    id: &str,
    language: &str,
) -> Option<(&'a str, bool)> {
    let source = translation::source(index, page, language)?;
    let anchor = index.anchor(source, id)?;
    let (from, to) = (&index.pages[source].facts, &index.pages[page].facts);
    if let Some(at) = from.headings.iter().position(|heading| heading.span == anchor.span) {
        let level = |heading: &crate::markdown::facts::Heading| heading.level;
        let before = from.headings[..=at].iter().map(level);
        let alike = to.headings.len() > at && before.eq(to.headings[..=at].iter().map(level));
        let whole = from.headings.iter().map(level).eq(to.headings.iter().map(level));
        return alike.then(|| (to.headings[at].ids.primary.as_str(), whole));
    }
    let own = anchor.primary.as_deref().unwrap_or(&anchor.id);
    let at = from.component_ids.iter().position(|(_, ids)| ids.primary == own)?;
    let whole = from.component_ids.len() == to.component_ids.len();
    whole.then(|| (to.component_ids[at].1.primary.as_str(), true))
}
