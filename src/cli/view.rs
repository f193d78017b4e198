//! What of the findings of a tree is reported: those in the paths that were asked for, without
//! those that a baseline accepts.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::open::Opened;
use crate::check::baseline::Baseline;
use crate::check::checker::{Checked, Checker};
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::project::Model;
use crate::render::publish::template_faults;
use crate::source::VPath;

/// A larger file is no baseline.
const MAX_BASELINE: u64 = 256 << 20;

/// Which paths are asked for.
pub enum Part {
    /// All of the tree.
    Whole,
    /// These, and the settings as well if all pages are asked for.
    Paths(Vec<VPath>, bool),
}

impl Part {
    /// The part that paths name; an error if there is no page. The whole tree is looked at all the
    /// same: what a link leads to is known only then.
    pub fn new(opened: &Opened, paths: &[PathBuf]) -> Result<Self> {
        if paths.iter().any(|path| opened.root.starts_with(path)) {
            return Ok(Self::Whole);
        }
        let mut wanted = Vec::new();
        for path in paths {
            let inside = path.strip_prefix(&opened.root).ok().and_then(|path| path.to_str());
            let inside = inside.and_then(|path| VPath::new(&path.replace('\\', "/")));
            wanted.push(
                inside.ok_or_else(|| Error::at(path, "cannot check it", "outside of its tree"))?,
            );
        }
        let pages = &opened.model.index.pages;
        for one in &wanted {
            if !pages.iter().any(|page| covers(one, &page.source.path)) {
                return Err(Error::new(format!(
                    "{one}: nothing to examine: no page of the tree is there"
                )));
            }
        }
        // Who asks for all the pages asks for what the settings say of them as well.
        let mounts = &opened.model.config.layout.mounts;
        let all = opened.model.config.flavour.is_foreign()
            && mounts
                .first()
                .and_then(|first| VPath::new(&first.folder))
                .is_some_and(|content| wanted.iter().any(|one| covers(one, &content)));
        Ok(Self::Paths(wanted, all))
    }

    fn narrow(&self, model: &Model, diagnostics: &mut Vec<Diagnostic>) {
        let Self::Paths(wanted, all) = self else { return };
        diagnostics.retain(|diagnostic| {
            let path = &diagnostic.finding.path;
            *all && model.is_setting(path) || wanted.iter().any(|one| covers(one, path))
        });
    }
}

fn covers(wanted: &VPath, path: &VPath) -> bool {
    let (wanted, path) = (wanted.as_str(), path.as_str());
    path == wanted || path.strip_prefix(wanted).is_some_and(|rest| rest.starts_with('/'))
}

/// A baseline and the file that it is kept in.
pub struct Accepted {
    /// The file.
    pub file: PathBuf,
    /// What is accepted.
    pub baseline: Baseline,
}

impl Accepted {
    /// The baseline that the command line names, else the settings. `writing` takes a file that is
    /// not there yet, or is none, for an empty one.
    pub fn load(opened: &Opened, named: Option<&Path>, writing: bool) -> Result<Option<Self>> {
        let set = opened.model.config.baseline.as_ref();
        let set = set.map(|path| opened.root.join(path.as_str()));
        let Some(file) = named.map(Path::to_owned).or(set) else { return Ok(None) };
        if writing {
            return Ok(Some(Self { file, baseline: Baseline::default() }));
        }
        let fail = |why: &dyn std::fmt::Display| Error::at(&file, "cannot read the baseline", why);
        let meta = fs::metadata(&file).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => fail(
                &"there is no such file; `docgen check --write-baseline` with this path makes one",
            ),
            _ => fail(&error),
        })?;
        if !meta.is_file() || meta.len() > MAX_BASELINE {
            return Err(fail(&"it is no file, or too large for one"));
        }
        let text = fs::read_to_string(&file).map_err(|error| fail(&error))?;
        let baseline = Baseline::from_json(&text).map_err(|why| fail(&why))?;
        Ok(Some(Self { file, baseline }))
    }
}

/// The tree as it was before a change.
pub struct Since {
    /// Its model.
    pub model: Model,
    /// The files that differ.
    pub changed: BTreeSet<VPath>,
}

/// How the findings of a tree are looked at.
pub struct View {
    /// The part of the tree.
    pub part: Part,
    /// What is accepted.
    pub accepted: Option<Accepted>,
    /// What is compared with.
    pub since: Option<Since>,
}

impl View {
    /// All of a tree, without what a baseline accepts.
    pub fn of(opened: &Opened, baseline: Option<&Path>) -> Result<Self> {
        let accepted = Accepted::load(opened, baseline, false)?;
        Ok(Self { part: Part::Whole, accepted, since: None })
    }

    /// Whether all findings are looked at.
    pub fn is_whole(&self) -> bool {
        self.since.is_none() && matches!(self.part, Part::Whole)
    }

    /// What is reported, and what the baseline is still needed for; this says all only if the view
    /// is whole.
    pub fn look(&self, checker: &Checker<'_>, model: &Model) -> (Checked, Option<Baseline>) {
        let mut checked = match (&self.since, &self.part) {
            (Some(since), _) => checker.check_since(&checker_of(&since.model), &since.changed),
            (None, Part::Whole) => checker.check(),
            (None, Part::Paths(wanted, _)) => {
                checker.check_part(&|path| wanted.iter().any(|one| covers(one, path)))
            }
        };
        let mut left = None;
        if let Some(accepted) = &self.accepted {
            let sources = |path: &VPath| model.source(path);
            let applied = accepted.baseline.apply(&mut checked.diagnostics, &sources);
            checked.coverage.accepted_before = applied.accepted;
            left = Some(applied.left);
        }
        self.part.narrow(model, &mut checked.diagnostics);
        (checked, left)
    }

    /// What is reported of a model.
    pub fn check(&self, model: &Model) -> Checked {
        self.look(&checker_of(model), model).0
    }
}

/// A checker of a model that knows what is wrong with its templates.
pub fn checker_of(model: &Model) -> Checker<'_> {
    Checker::new(model).with_faults(template_faults(model))
}
