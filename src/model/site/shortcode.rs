//! The targets of `ref` and `relref` in Hugo: a path relative to the page or the content folder,
//! with or without its suffix, or the unique name of a page.

use super::lookup::Lookup;
use super::pages::PageId;
use super::places::{Place, Tail};
use super::reason::Reason;
use super::route;
use super::target::{Missing, Target};
use crate::config::layout::joined;
use crate::markdown::destination::{is_external, split};
use crate::markdown::facts::LinkKind;
use crate::source::VPath;

impl Lookup<'_> {
    pub(super) fn shortcode(&self, from: PageId, dest: &str) -> Target {
        if is_external(dest) {
            return Target::External;
        }
        if dest.contains('?') || dest.contains("{{") {
            return Target::Unknown(Reason::Template);
        }
        let (path, _, fragment) = split(dest);
        if path.is_empty() {
            return self.page(from, fragment, false, "");
        }
        let tail = Tail { fragment, query: "", kind: LinkKind::Link };
        let layout = &self.index.layout;
        let rest = path.trim_matches('/');
        let mut files: Vec<String> = Vec::new();
        let page = &self.index.pages[from];
        if !path.starts_with('/') {
            files.extend(page.source.path.join(rest).map(|file| file.to_string()));
        }
        let own = page.mount.into_iter().chain(0..layout.mounts.len());
        let roots = own.filter_map(|at| VPath::new(&joined(&layout.mounts[at].folder, rest)));
        files.extend(roots.map(|file| file.to_string()));
        let found =
            files.iter().find_map(|file| self.at(&Place::File(file.clone()), tail)).or_else(|| {
                // Hugo ignores case here.
                let ends = ["", ".md", "/index.md", "/_index.md"];
                let mut names =
                    files.iter().flat_map(|file| ends.map(|end| format!("{file}{end}")));
                let actual = names.find_map(|name| self.index.in_another_case(&name))?;
                self.at(&Place::File(actual.to_owned()), tail)
            });
        let found = found.or_else(|| {
            VPath::new(rest).and_then(|key| self.at(&Place::Address(key.to_string()), tail))
        });
        if let Some(found) = found {
            return found;
        }
        if layout.maker.is_some() {
            return Target::Unknown(Reason::ModulePage);
        }
        let unpublished = |file: &String| {
            [file.clone(), format!("{file}.md")].iter().any(|name| self.index.is_unpublished(name))
        };
        if files.iter().any(unpublished) {
            return Target::Unknown(Reason::Draft);
        }
        let mut named = self.named(rest);
        match (named.next().filter(|_| !path.starts_with('/')), named.next()) {
            (Some(_), Some(_)) => Target::Unknown(Reason::SeveralPages),
            (Some(page), None) => self.through(page, fragment, ""),
            _ => Target::Missing(Missing::Page(route::stem(rest).to_owned())),
        }
    }

    /// The pages whose paths end with this one, with or without their suffix.
    fn named(&self, path: &str) -> impl Iterator<Item = PageId> {
        let wanted = route::stem(path).to_lowercase();
        let last = wanted.rsplit('/').next().unwrap_or_default();
        let pages = self.index.pages_named(last);
        pages.iter().filter_map(move |&at| {
            let page = &self.index.pages[at];
            let stem = route::stem(&page.content_path).to_lowercase();
            let bundle = ["/index", "/_index"].iter().find_map(|end| stem.strip_suffix(end));
            let ends = |name: &str| {
                name.strip_suffix(wanted.as_str())
                    .is_some_and(|before| before.is_empty() || before.ends_with('/'))
            };
            (!page.dropped && (ends(&stem) || bundle.is_some_and(ends))).then_some(at)
        })
    }
}
