//! Watches files and reports changes.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, EventKind, MetadataKind, ModifyKind};
use notify::{Event, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};

use super::{never_content, publish, real_path};
use crate::error::{Error, Result};

/// Changes within this time of each other are reported as one.
const DEBOUNCE: Duration = Duration::from_millis(100);

/// A watch, which ends when it is dropped.
pub struct Watch {
    _debouncer: Debouncer<RecommendedWatcher, RecommendedCache>,
}

/// Calls `changed` with the sorted paths that changed under `paths` (files or folders).
///
/// Ignored are the `ignored` folders, docgen's own staging folders, hidden entries, `node_modules`
/// and `target` below a watched folder, and events of files that were only read. If the system has
/// lost events, the watched paths themselves are reported.
pub fn watch(
    paths: &[PathBuf],
    ignored: &[PathBuf],
    mut changed: impl FnMut(Vec<PathBuf>) + Send + 'static,
) -> Result<Watch> {
    let filter = Filter {
        roots: paths.iter().map(|path| real_path(path)).collect(),
        ignored: ignored.iter().map(|path| real_path(path)).collect(),
    };
    let roots = filter.roots.clone();
    let handler = move |result: DebounceEventResult| {
        let found: BTreeSet<PathBuf> = match result {
            Ok(events) => events.iter().flat_map(|event| filter.paths(event)).collect(),
            // Events were lost: anything may have changed.
            Err(_) => filter.roots.iter().cloned().collect(),
        };
        if !found.is_empty() {
            changed(found.into_iter().collect());
        }
    };
    let fail = |error: notify::Error| Error::new(format!("cannot watch for changes: {error}"));
    let mut debouncer = new_debouncer(DEBOUNCE, None, handler).map_err(fail)?;
    for root in &roots {
        // An editor may replace a file: a watch of the folder notices, one of the file does not.
        let (path, mode) = match root.parent() {
            Some(parent) if !root.is_dir() => (parent, RecursiveMode::NonRecursive),
            _ => (root.as_path(), RecursiveMode::Recursive),
        };
        debouncer
            .watch(path, mode)
            .map_err(|error| Error::at(path, "cannot watch for changes", error))?;
    }
    Ok(Watch { _debouncer: debouncer })
}

struct Filter {
    roots: Vec<PathBuf>,
    ignored: Vec<PathBuf>,
}

impl Filter {
    fn paths(&self, event: &Event) -> Vec<PathBuf> {
        if event.need_rescan() {
            return self.roots.clone();
        }
        if !changes(event.kind) {
            return Vec::new();
        }
        event.paths.iter().filter(|path| self.concerns(path)).cloned().collect()
    }

    fn concerns(&self, path: &Path) -> bool {
        !publish::is_own(path)
            && !self.ignored.iter().any(|folder| path.starts_with(folder))
            && self.roots.iter().any(|root| {
                path.strip_prefix(root).is_ok_and(|inside| {
                    inside.components().all(|part| {
                        let name = part.as_os_str().to_string_lossy();
                        // A changed `.gitignore` changes what is content.
                        name == ".gitignore" || !never_content(&name, true)
                    })
                })
            })
    }
}

fn changes(kind: EventKind) -> bool {
    match kind {
        // notify reports the end of a write as an access.
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        EventKind::Modify(ModifyKind::Metadata(kind)) => kind != MetadataKind::AccessTime,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::sync::mpsc;

    #[test]
    fn a_save_is_reported_and_the_output_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().canonicalize().unwrap();
        for folder in ["content", "public", ".git", ".public.docgen-stage-1"] {
            fs::create_dir(root.join(folder)).unwrap();
        }
        let (send, receive) = mpsc::channel();
        let _watch = watch(std::slice::from_ref(&root), &[root.join("public")], move |paths| {
            let _ = send.send(paths);
        })
        .unwrap();
        for path in ["public/a.html", ".git/index", ".public.docgen-stage-1/x"] {
            fs::write(root.join(path), "x").unwrap();
        }
        fs::write(root.join("content/a.md"), "x").unwrap();
        // The time only ends a test that would hang.
        let first = receive.recv_timeout(Duration::from_secs(20 * 60)).expect("the watch hangs");
        assert_eq!(first, [root.join("content/a.md")]);
    }

    #[test]
    fn only_changes_count() {
        assert!(!changes(EventKind::Access(AccessKind::Read)));
        assert!(!changes(EventKind::Modify(ModifyKind::Metadata(MetadataKind::AccessTime))));
        assert!(changes(EventKind::Any));
    }
}
