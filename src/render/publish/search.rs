//! The search index: one Pagefind index per language, built from the visible text of pages.
//!
//! Without the feature `search`, sites have none.

#[cfg(feature = "search")]
mod bundle;
#[cfg(feature = "search")]
mod names;
#[cfg(feature = "search")]
mod stop_words;
#[cfg(feature = "search")]
mod vocabulary;

use std::collections::BTreeMap;

#[cfg(feature = "search")]
use self::names::Names;

use super::pages::Pages;
use crate::error::Error;
use crate::site::pages::PageId;
use crate::site::visibility::{Finder, is_hidden_from};

/// The folder of the indexes in the site.
pub const FOLDER: &str = "docgen/search/";

/// The files of all indexes, by their published paths.
pub type SearchFiles = BTreeMap<String, Vec<u8>>;

/// The folder of the index of a language.
pub fn folder(language: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    format!("{FOLDER}{}/", language.chars().map(plain).collect::<String>())
}

/// A cache of indexes between runs.
pub trait IndexCache: Sync {
    /// Whether there may be a cached index of a language.
    fn has(&self, language: &str) -> bool;
    /// The cached index of a language, if it was built from the same inputs.
    fn take(&self, language: &str, made_of: u64) -> Option<SearchFiles>;
    /// Caches the index of a language, replacing an earlier one.
    fn put(&self, language: &str, made_of: u64, files: &SearchFiles);
}

/// The pages to index, by language.
pub fn languages(pages: &Pages<'_>) -> Vec<(String, Vec<PageId>)> {
    let mut languages: BTreeMap<String, Vec<PageId>> = BTreeMap::new();
    for page in pages.published().filter(|page| is_searched(pages, *page)) {
        languages.entry(pages.language(page)).or_default().push(page);
    }
    languages.into_iter().collect()
}

/// Whether the front matter allows indexing a page.
fn is_searched(pages: &Pages<'_>, page: PageId) -> bool {
    !is_hidden_from(&pages.site.index.pages[page], Finder::Search)
}

/// Builds the indexes.
#[cfg(not(feature = "search"))]
pub fn index(_: &Pages<'_>, _: Option<&dyn IndexCache>) -> Result<SearchFiles, Error> {
    Ok(SearchFiles::new())
}

/// Builds the indexes, two languages at a time, since that takes half a megabyte of memory per
/// page.
#[cfg(feature = "search")]
pub fn index(
    pages: &Pages<'_>,
    index_cache: Option<&dyn IndexCache>,
) -> Result<SearchFiles, Error> {
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicUsize, Ordering};

    let languages = languages(pages);
    let next = AtomicUsize::new(0);
    let all: Mutex<Result<SearchFiles, Error>> = Mutex::new(Ok(SearchFiles::new()));
    let work = || {
        while let Some((language, numbers)) = languages.get(next.fetch_add(1, Ordering::Relaxed)) {
            let made = kept(pages, index_cache, language, numbers);
            let mut all = all.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            match (&mut *all, made) {
                (Ok(all), Ok(files)) => all.extend(files),
                (Ok(_), Err(error)) => *all = Err(error),
                (Err(_), _) => return,
            }
        }
    };
    // On separate threads: on those of the pool, Pagefind would wait for itself.
    std::thread::scope(|scope| {
        for _ in 0..languages.len().min(2) {
            scope.spawn(work);
        }
    });
    all.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// The index of a language: the cached one if it was built from the same text, else a new one.
#[cfg(feature = "search")]
fn kept(
    pages: &Pages<'_>,
    index_cache: Option<&dyn IndexCache>,
    language: &str,
    numbers: &[PageId],
) -> Result<SearchFiles, Error> {
    let Some(index_cache) = index_cache else {
        return of_language(pages, language, numbers);
    };
    let known = index_cache.has(language).then(|| made_of(pages, language, numbers));
    if let Some(files) = known.and_then(|known| index_cache.take(language, known)) {
        return Ok(files);
    }
    let (files, known) = caught_index(pages, language, numbers)?;
    if let Some(known) = known {
        index_cache.put(language, known, &files);
    }
    Ok(files)
}

/// The index of some pages in one language.
#[cfg(feature = "search")]
pub fn of_language(
    pages: &Pages<'_>,
    language: &str,
    numbers: &[PageId],
) -> Result<SearchFiles, Error> {
    Ok(caught_index(pages, language, numbers)?.0)
}

/// The index of some pages, with a panic of Pagefind as an error.
#[cfg(feature = "search")]
fn caught_index(
    pages: &Pages<'_>,
    language: &str,
    numbers: &[PageId],
) -> Result<(SearchFiles, Option<u64>), Error> {
    let made = crate::panics::caught(|| pagefind::index(pages, language, numbers));
    made.unwrap_or_else(|panic| {
        let advice = "`--no-search` publishes without a search";
        Err(Error::new(format!("cannot index the pages in `{language}`: {panic} ({advice})")))
    })
}

/// A hash of all inputs of an index.
#[cfg(feature = "search")]
fn made_of(pages: &Pages<'_>, language: &str, numbers: &[PageId]) -> u64 {
    let mut mark = Mark::new(language);
    for page in numbers {
        mark.add(pages.links.page(*page).as_bytes());
        mark.add(pages.searched(*page).as_bytes());
    }
    mark.add(&Names::new(pages, language, numbers).json());
    mark.0
}

/// Adds a part to the hash.
#[cfg(feature = "search")]
struct Mark(u64);

#[cfg(feature = "search")]
impl Mark {
    fn new(language: &str) -> Self {
        Self(rapidhash::v3::rapidhash_v3(language.as_bytes()))
    }

    fn add(&mut self, part: &[u8]) {
        let next = rapidhash::v3::rapidhash_v3(part);
        let both = [self.0.to_le_bytes(), next.to_le_bytes()].concat();
        self.0 = rapidhash::v3::rapidhash_v3(&both);
    }
}

#[cfg(feature = "search")]
mod pagefind {
    use ::pagefind::api::PagefindIndex;
    use ::pagefind::options::PagefindServiceConfig;

    use super::bundle::Bundle;
    use super::{Error, Mark, Names, PageId, Pages, SearchFiles, folder};

    /// The longest language tag that is passed to Pagefind.
    const MAX_CODE: usize = 24;
    /// Symbols that belong to a word: `c#`, `c++`, `--flag`, `foo_bar` and `$HOME` are not `c`, `flag`,
    /// `foobar` and `home`. theme/scripts/search/query.js has them as well.
    const SYMBOLS: &str = "-+#_$";
    /// The most bytes of Markdown whose text is one file.
    const MAX_ONE_FILE: usize = 100 * 1024;

    /// The language tag that is passed to Pagefind. It cuts hashes of 39 characters to the length
    /// of the tag plus eight, so a long tag is shortened at one of its hyphens.
    fn code(language: &str) -> String {
        let code = language.to_lowercase();
        let end = code.match_indices(['-', '_']).map(|(at, _)| at).chain([code.len()]);
        let end = end.take_while(|at| *at <= MAX_CODE).last().unwrap_or(0);
        code[..end].to_owned()
    }

    /// The index of some pages in one language, and the hash of its inputs. There is no hash if a
    /// page failed to render, so that the next run reports it again.
    pub fn index(
        pages: &Pages<'_>,
        language: &str,
        numbers: &[PageId],
    ) -> Result<(SearchFiles, Option<u64>), Error> {
        let mut complete = true;
        let mut mark = Mark::new(language);
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        let runtime = runtime.map_err(|error| Error::new(format!("cannot index: {error}")))?;
        let files = runtime.block_on(async {
            let options = PagefindServiceConfig::builder()
                .force_language(code(language))
                .include_characters(SYMBOLS.to_owned());
            let source = |page: &PageId| pages.site.index.pages[*page].source.text.len();
            let options = match numbers.iter().map(source).sum::<usize>() <= MAX_ONE_FILE {
                true => options.max_fragments(1u32).build(),
                false => options.build(),
            };
            let mut index = PagefindIndex::new(Some(options))?;
            let mut html = |at: usize| {
                let page = *numbers.get(at)?;
                let html = pages.searched(page);
                mark.add(pages.links.page(page).as_bytes());
                mark.add(html.as_bytes());
                Some(html)
            };
            let mut next = html(0);
            for (at, page) in numbers.iter().enumerate() {
                let url = pages.links.page(*page);
                let add = index.add_html_file(None, Some(url), next.take().unwrap_or_default());
                // The next page is rendered while Pagefind indexes one.
                let (added, made) = tokio::join!(add, async { html(at + 1) });
                if let Err(error) = added {
                    let what = "this page cannot be searched";
                    pages.findings.failed(*page, 0, what, &error.to_string());
                    complete = false;
                }
                next = made;
            }
            index.get_files().await
        });
        let files = files.map_err(|error| Error::new(format!("cannot index: {error}")))?;
        let named = files
            .into_iter()
            .filter_map(|file| Some((file.filename.to_str()?.replace('\\', "/"), file.contents)));
        let bundle = Bundle::new(named);
        let mut names = Names::new(pages, language, numbers);
        mark.add(&names.json());
        names.know(&bundle.keys);
        let folder = folder(language);
        let placed = |(name, bytes)| (format!("{folder}{name}"), bytes);
        let names = names.json();
        let files = bundle.published(&names).into_iter().map(placed).collect();
        Ok((files, complete.then_some(mark.0)))
    }
}
