//! The live preview of a project.

use std::collections::BTreeMap;
use std::iter;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use percent_encoding::percent_decode_str;

use super::project::Project;
use crate::check::checker::{Checked, Checker};
use crate::check::rule::Diagnostic;
use crate::error::{Error, Result};
use crate::io::http::{Answers, Reply, Server};
use crate::io::{mime, watch};
use crate::render::escape;
use crate::render::highlight::Highlighter;
use crate::render::publish::search::{self, SearchFiles};
use crate::render::publish::{Output, Presentation, Publisher};
use crate::site::route;

/// How a preview is served and what it reports.
pub struct ServeOptions<O, C, F> {
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// Opens the project again after its files have changed.
    pub open: O,
    /// Checks the project whenever it was opened, and reports what it likes of the result.
    pub check: C,
    /// Reports everything else.
    pub report: F,
}

/// What happens while a preview is served.
pub enum Event<'e> {
    /// The address that browsers can open.
    Listening(&'e str),
    /// Findings of a page that was rendered.
    Rendered(&'e Project, Vec<Diagnostic>),
    /// The project could not be opened again, or something else failed; the last good site stays.
    Failed(&'e Error),
}

impl Project {
    /// Serves the site and reloads open pages after each change, until the process ends.
    ///
    /// # Errors
    ///
    /// If the port is taken or the tree cannot be watched.
    pub fn serve<O, C, F>(self, options: ServeOptions<O, C, F>) -> Result<()>
    where
        O: Fn() -> Result<Self> + Send + 'static,
        C: Fn(&Self) -> Checked + Send + 'static,
        F: Fn(Event<'_>) + Send + Sync + 'static,
    {
        let ServeOptions { port, open, check, report } = options;
        let report: Arc<F> = Arc::new(report);
        let ignored = [self.output.clone(), self.cache.clone()];
        let outside = self.model.expansions.outside().map(|path| self.tree.place(path));
        let watched: Vec<PathBuf> = iter::once(self.root.clone()).chain(outside).collect();
        let checked = check(&self);
        let preview = Arc::new(Preview {
            site: RwLock::new(Arc::new(Site::new(self, checked))),
            highlighter: Highlighter::new(Default::default()),
            report: Arc::clone(&report),
        });
        let server = Server::bind(port)?;
        report(Event::Listening(&format!("http://{}{}", server.address(), preview.home())));
        let reloader = server.reloader();
        let shared = Arc::clone(&preview);
        let _watch = watch::watch(&watched, &ignored, move |_changed| match open() {
            Ok(project) => {
                let checked = check(&project);
                shared.replace(Site::new(project, checked));
                reloader.reload();
            }
            Err(error) => report(Event::Failed(&error)),
        })?;
        server.run(preview)
    }
}

/// A checked project and the list of its files.
struct Site {
    project: Project,
    checked: Checked,
    presentation: Presentation,
    outputs: BTreeMap<String, Output>,
    /// Made when somebody searches.
    search: OnceLock<SearchFiles>,
}

impl Site {
    fn new(project: Project, checked: Checked) -> Self {
        let (presentation, outputs) = (project.presentation(), project.model.plan().files);
        Self { project, checked, presentation, outputs, search: OnceLock::new() }
    }

    /// The path prefix that the site is published under, decoded, without a trailing slash.
    fn base(&self) -> String {
        let base = self.project.model.config.base_path();
        let decoded = percent_decode_str(base.trim_matches('/')).decode_utf8_lossy();
        if decoded.is_empty() { String::new() } else { format!("/{decoded}") }
    }

    fn publisher<'a>(&'a self, highlighter: &'a Highlighter) -> Publisher<'a> {
        Publisher::new(&self.project.model, &self.checked, &self.presentation, highlighter)
    }
}

/// The site that is served now.
struct Preview<F> {
    site: RwLock<Arc<Site>>,
    highlighter: Highlighter,
    report: Arc<F>,
}

impl<F: Fn(Event<'_>)> Preview<F> {
    fn site(&self) -> Arc<Site> {
        Arc::clone(&self.site.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn replace(&self, site: Site) {
        *self.site.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(site);
    }

    fn reply(&self, path: &str) -> Option<Reply> {
        let site = self.site();
        if path.starts_with(search::FOLDER) && site.project.model.config.search {
            return self.search_file(&site, path);
        }
        let output = site.outputs.get(path)?;
        let publisher = site.publisher(&self.highlighter);
        let rendered = publisher.render(output);
        let found = publisher.findings();
        if !found.is_empty() {
            let found = Checker::new(&site.project.model).report_rendering(found);
            (self.report)(Event::Rendered(&site.project, found));
        }
        let body = match rendered {
            Ok(Some(bytes)) => bytes,
            Ok(None) => match output {
                Output::Asset(file) => std::fs::read(site.project.tree.place(file)).ok()?,
                _ => return None,
            },
            Err(failure) => {
                let content_type = "text/plain; charset=utf-8".to_owned();
                let body = failure.to_string().into_bytes();
                return Some(Reply { status: 500, content_type, body });
            }
        };
        let status = if route::is_not_found(&format!("/{path}")) { 404 } else { 200 };
        Some(Reply { status, content_type: mime::content_type(path).to_owned(), body })
    }

    fn search_file(&self, site: &Site, path: &str) -> Option<Reply> {
        let files = site.search.get_or_init(|| {
            site.publisher(&self.highlighter).search().unwrap_or_else(|error| {
                (self.report)(Event::Failed(&error));
                SearchFiles::new()
            })
        });
        let body = files.get(path)?.clone();
        Some(Reply { status: 200, content_type: mime::content_type(path).to_owned(), body })
    }
}

impl<F: Fn(Event<'_>) + Send + Sync + 'static> Answers for Preview<F> {
    fn get(&self, path: &str) -> Option<Reply> {
        let path = path.strip_prefix(&self.site().base())?.strip_prefix('/')?;
        let file = if path.is_empty() || path.ends_with('/') {
            format!("{path}index.html")
        } else {
            path.to_owned()
        };
        self.reply(&file)
    }

    fn home(&self) -> String {
        format!("{}/", escape::path(&self.site().base()))
    }

    fn not_found(&self, path: &str) -> Reply {
        let plain = Reply {
            status: 404,
            content_type: "text/plain".to_owned(),
            body: b"not found".to_vec(),
        };
        // As hosts do: the page of the folder comes before that of the site.
        let top = path.strip_prefix(&self.site().base()).unwrap_or_default().trim_matches('/');
        let own = top.split('/').next().map(|top| format!("{top}{}", route::NOT_FOUND));
        let own = own.filter(|file| self.site().outputs.contains_key(file));
        own.and_then(|file| self.reply(&file)).or_else(|| self.reply("404.html")).unwrap_or(plain)
    }
}
