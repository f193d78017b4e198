//! Which findings of a tree are reported: those in the given paths, without those that the baseline
//! accepts.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::check::baseline::Baseline;
use crate::check::checker::{Checked, Checker};
use crate::check::rule::Diagnostic;
use crate::error::{Error, Result};
use crate::open::{Project, checker_of};
use crate::project::Model;
use crate::source::VPath;

/// The largest baseline file that is read, in bytes.
const MAX_BASELINE: u64 = 256 << 20;

/// The part of a tree whose findings are reported.
pub enum Part {
    /// The whole tree.
    Whole,
    /// These files and folders; if the flag is set, the settings files as well, because the paths
    /// cover all pages.
    Paths(Vec<VPath>, bool),
}

impl Part {
    /// The part at the given paths; an error if one of them has no pages. The whole tree is read
    /// all the same, since links lead to other pages.
    pub fn new(project: &Project, paths: &[PathBuf]) -> Result<Self> {
        if paths.iter().any(|path| project.root.starts_with(path)) {
            return Ok(Self::Whole);
        }
        let mut wanted = Vec::new();
        for path in paths {
            let inside = path.strip_prefix(&project.root).ok().and_then(|path| path.to_str());
            let inside = inside.and_then(|path| VPath::new(&path.replace('\\', "/")));
            wanted.push(inside.ok_or_else(|| {
                Error::at(path, "cannot check", "outside of the documentation tree")
            })?);
        }
        let pages = &project.model.index.pages;
        for one in &wanted {
            if !pages.iter().any(|page| covers(one, &page.source.path)) {
                return Err(Error::new(format!(
                    "{one}: no pages of the documentation here, so there is nothing to check"
                )));
            }
        }
        // Checking all pages includes checking the settings.
        let mounts = &project.model.config.layout.mounts;
        let all = project.model.config.flavour.is_foreign()
            && mounts
                .first()
                .and_then(|first| VPath::new(&first.folder))
                .is_some_and(|content| wanted.iter().any(|one| covers(one, &content)));
        Ok(Self::Paths(wanted, all))
    }

    /// Whether the findings of a page are reported.
    pub fn takes_in(&self, page: &VPath) -> bool {
        match self {
            Self::Whole => true,
            Self::Paths(wanted, _) => wanted.iter().any(|one| covers(one, page)),
        }
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

/// A baseline and its file.
pub struct Accepted {
    /// The path of the file.
    pub file: PathBuf,
    /// The accepted findings.
    pub baseline: Baseline,
}

impl Accepted {
    /// Loads the baseline that the command line names, else the one of the settings. With
    /// `writing`, the baseline starts empty, whether the file exists or not.
    pub fn load(project: &Project, named: Option<&Path>, writing: bool) -> Result<Option<Self>> {
        let set = project.model.config.baseline.as_ref();
        let set = set.map(|path| project.root.join(path.as_str()));
        let Some(file) = named.map(Path::to_owned).or(set) else { return Ok(None) };
        if writing {
            return Ok(Some(Self { file, baseline: Baseline::default() }));
        }
        let fail = |why: &dyn std::fmt::Display| Error::at(&file, "cannot read the baseline", why);
        let meta = fs::metadata(&file).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => {
                fail(&"no such file; create it with `docgen check --write-baseline`")
            }
            _ => fail(&error),
        })?;
        if !meta.is_file() || meta.len() > MAX_BASELINE {
            return Err(fail(&"not a regular file, or too large to be a baseline"));
        }
        let text = fs::read_to_string(&file).map_err(|error| fail(&error))?;
        let baseline = Baseline::from_json(&text).map_err(|why| fail(&why))?;
        Ok(Some(Self { file, baseline }))
    }
}

/// An earlier version of the tree, to compare with.
pub struct Since {
    /// Its model.
    pub model: Model,
    /// The files that differ between the two versions.
    pub changed: BTreeSet<VPath>,
}

/// A selection of the findings of a tree.
pub struct View {
    /// The part of the tree that is reported.
    pub part: Part,
    /// The findings that are accepted.
    pub accepted: Option<Accepted>,
    /// The earlier version that is compared with.
    pub since: Option<Since>,
}

impl View {
    /// A view of the whole tree, without the findings that the baseline accepts.
    pub fn of(project: &Project, baseline: Option<&Path>) -> Result<Self> {
        let accepted = Accepted::load(project, baseline, false)?;
        Ok(Self { part: Part::Whole, accepted, since: None })
    }

    /// Whether the whole tree is reported, in its current version.
    pub fn is_whole(&self) -> bool {
        self.since.is_none() && matches!(self.part, Part::Whole)
    }

    /// Checks the tree. Returns the findings to report, and the part of the baseline that still
    /// matches findings, which is complete only if the view is whole.
    pub fn check_with(&self, checker: &Checker<'_>, model: &Model) -> (Checked, Option<Baseline>) {
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

    /// Checks a model and returns the findings to report.
    pub fn check(&self, model: &Model) -> Checked {
        self.check_with(&checker_of(model), model).0
    }
}
