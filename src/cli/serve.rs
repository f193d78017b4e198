//! `docgen serve`.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use super::open::{Opened, Wishes, open};
use super::view::{View, checker_of};
use super::{Outcome, TreeArguments, counted, note_published};
use crate::check::checker::{Checked, Checker};
use crate::error::Result;
use crate::io::http::{Answers, Reply, Server};
use crate::io::{mime, watch};
use crate::render::highlight::Highlighter;
use crate::render::publish::search::{self, SearchFiles};
use crate::render::publish::{Output, Presentation, Publisher};

/// Arguments of `docgen serve`.
#[derive(Clone, clap::Args)]
pub struct Arguments {
    /// Documentation tree: its root, or a folder inside or above it
    #[arg(value_name = "DIR", default_value = ".")]
    dir: PathBuf,
    /// Port to listen on at 127.0.0.1; 0 picks a free one
    #[arg(long, default_value_t = 4000)]
    port: u16,
    #[command(flatten)]
    tree: TreeArguments,
}

/// The site as of the last change: its model, and the files that can be requested.
struct Live {
    opened: Opened,
    checked: Checked,
    presentation: Presentation,
    outputs: BTreeMap<String, Output>,
    /// The search index, built at the first search.
    search: OnceLock<SearchFiles>,
}

impl Live {
    fn new(opened: Opened, checked: Checked) -> Self {
        let (presentation, outputs) = (opened.presentation(), opened.model.plan().files);
        Self { opened, checked, presentation, outputs, search: OnceLock::new() }
    }

    fn publisher<'a>(&'a self, highlighter: &'a Highlighter) -> Publisher<'a> {
        Publisher::new(&self.opened.model, &self.checked, &self.presentation, highlighter)
    }

    fn reply(&self, path: &str, highlighter: &Highlighter) -> Option<Reply> {
        if path.starts_with(search::FOLDER) && self.opened.model.config.search {
            return self.search_file(path, highlighter);
        }
        let output = self.outputs.get(path)?;
        let publisher = self.publisher(highlighter);
        let rendered = publisher.render(output);
        self.print_findings(&publisher);
        let body = match rendered {
            Ok(Some(bytes)) => bytes,
            Ok(None) => match output {
                Output::Asset(file) => std::fs::read(self.opened.tree.place(file)).ok()?,
                _ => return None,
            },
            Err(failure) => {
                let content_type = "text/plain; charset=utf-8".to_owned();
                let body = failure.to_string().into_bytes();
                return Some(Reply { status: 500, content_type, body });
            }
        };
        let status = if path == "404.html" { 404 } else { 200 };
        Some(Reply { status, content_type: mime::content_type(path).to_owned(), body })
    }

    /// Prints the findings that rendering a file has reported.
    fn print_findings(&self, publisher: &Publisher<'_>) {
        let found = publisher.findings();
        if found.is_empty() {
            return;
        }
        for one in Checker::new(&self.opened.model).report_rendering(found) {
            let source = self.opened.model.source(&one.finding.path);
            let line = source.map_or(1, |source| source.position(one.finding.span.start).line);
            let (path, message) = (&one.finding.path, &one.finding.message);
            eprintln!("{path}:{line}: {}[{}]: {message}", one.severity.name(), one.rule.name);
        }
    }

    fn search_file(&self, path: &str, highlighter: &Highlighter) -> Option<Reply> {
        let files = self.search.get_or_init(|| {
            let publisher = self.publisher(highlighter);
            search::index(&publisher).unwrap_or_else(|error| {
                eprintln!("error: {error}");
                SearchFiles::new()
            })
        });
        let body = files.get(path)?.clone();
        Some(Reply { status: 200, content_type: mime::content_type(path).to_owned(), body })
    }
}

struct Preview {
    live: RwLock<Arc<Live>>,
    highlighter: Highlighter,
}

impl Preview {
    fn live(&self) -> Arc<Live> {
        Arc::clone(&self.live.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn replace(&self, live: Live) {
        *self.live.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(live);
    }
}

impl Answers for Preview {
    fn get(&self, path: &str) -> Option<Reply> {
        let path = path.trim_start_matches('/');
        let file = if path.is_empty() || path.ends_with('/') {
            format!("{path}index.html")
        } else {
            path.to_owned()
        };
        self.live().reply(&file, &self.highlighter)
    }

    fn not_found(&self, _path: &str) -> Reply {
        let plain = Reply {
            status: 404,
            content_type: "text/plain".to_owned(),
            body: b"not found".to_vec(),
        };
        self.live().reply("404.html", &self.highlighter).unwrap_or(plain)
    }
}

/// Runs the preview server until the process is stopped.
pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let opened = open_again(arguments)?;
    note_published(&opened.tree);
    let highlighter = Highlighter::new(Default::default());
    let (root, ignored) = (opened.root.clone(), vec![opened.output.clone(), opened.cache.clone()]);
    let checked = report(&opened, arguments);
    let live = Live::new(opened, checked);
    let preview = Arc::new(Preview { live: RwLock::new(Arc::new(live)), highlighter });
    let server = Server::bind(arguments.port)?;
    println!("serving on http://{}/", server.address());
    let reloader = server.reloader();
    let (shared, again) = (Arc::clone(&preview), arguments.clone());
    let _watch = watch::watch(&[root], &ignored, move |_changed| {
        match open_again(&again) {
            Ok(opened) => {
                let checked = report(&opened, &again);
                let live = Live::new(opened, checked);
                shared.replace(live);
                reloader.reload();
            }
            // The last good version of the site stays up.
            Err(error) => eprintln!("error: {error}"),
        }
    })?;
    server.run(preview)?;
    Ok(Outcome::Clean)
}

/// Opens the tree as it is now. The preview is served at `/`, whatever path the site will have.
fn open_again(arguments: &Arguments) -> Result<Opened> {
    let mut opened = open(&arguments.dir, &Wishes::new(&arguments.tree))?;
    opened.model.config.base_url = None;
    opened.model.config.layout.base = None;
    Ok(opened)
}

fn report(opened: &Opened, arguments: &Arguments) -> Checked {
    let checked = match View::of(opened, arguments.tree.baseline.as_deref()) {
        Ok(view) => view.check(&opened.model),
        // A broken baseline must not stop the preview.
        Err(error) => {
            eprintln!("warning: {error}");
            checker_of(&opened.model).check()
        }
    };
    let count =
        |name: &str| checked.diagnostics.iter().filter(|one| one.severity.name() == name).count();
    let counts = [("error", count("error")), ("warning", count("warning"))];
    let counts = counts.map(|(name, number)| counted(number, name)).join(", ");
    println!("{}, {counts}", counted(checked.coverage.pages, "page"));
    checked
}
