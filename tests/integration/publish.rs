//! Publishing keeps its promise: the old site or the new one, whole, and nobody else's files.
//!
//! A kill is simulated at every step of the swap, and a publishing process is really killed at many
//! moments. `docgen::io::publish::verify` says whether an output is one whole site; a test that
//! kills a build of the real binary needs nothing else.

#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::{Path, PathBuf};

use crate::common::count_files;
use docgen::io::publish::{MANIFEST, Published, Stage, Step, verify};
use docgen::source::VPath;
use tempfile::TempDir;

type Pages<'a> = &'a [(&'a str, &'a str)];

const OLD: Pages = &[("index.html", "old"), ("same/a.css", "same"), ("gone.html", "gone")];
const NEW: Pages = &[("index.html", "new"), ("same/a.css", "same"), ("new/b.html", "b")];

struct Place {
    dir: TempDir,
}

impl Place {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    /// A place with the old site, a `.git`, a `CNAME` and a `.nojekyll`.
    fn with_old() -> Self {
        let place = Self::new();
        place.publish(OLD);
        fs::create_dir(place.output().join(".git")).unwrap();
        fs::write(place.output().join(".git/HEAD"), "ref").unwrap();
        fs::write(place.output().join("CNAME"), "docs.example").unwrap();
        fs::write(place.output().join(".nojekyll"), "").unwrap();
        place
    }

    fn output(&self) -> PathBuf {
        self.dir.path().join("public")
    }

    fn stage(&self, pages: Pages) -> Stage {
        let stage = Stage::begin(&self.output(), &[]).unwrap();
        for (path, text) in pages {
            stage.write(&vpath(path), text.as_bytes()).unwrap();
        }
        stage
    }

    fn publish(&self, pages: Pages) -> Published {
        self.stage(pages).commit().unwrap()
    }

    fn refusal(&self) -> String {
        Stage::begin(&self.output(), &[]).unwrap_err().to_string()
    }

    /// The site is exactly these pages, with what is kept, and nothing is left beside it.
    fn assert_is(&self, pages: Pages) {
        assert_eq!(verify(&self.output()).unwrap(), pages.len());
        for (path, text) in pages {
            assert_eq!(fs::read_to_string(self.output().join(path)).unwrap(), *text, "{path}");
        }
        assert_eq!(fs::read_to_string(self.output().join(".git/HEAD")).unwrap(), "ref");
        assert_eq!(fs::read_to_string(self.output().join("CNAME")).unwrap(), "docs.example");
        assert!(self.output().join(".nojekyll").exists());
        self.assert_nothing_beside();
    }

    fn assert_nothing_beside(&self) {
        let names: Vec<_> =
            fs::read_dir(self.dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(names, ["public"]);
    }
}

fn vpath(path: &str) -> VPath {
    VPath::new(path).unwrap()
}

fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let name = entry.path().strip_prefix(folder).unwrap().to_owned();
            (name, fs::read(entry.path()).unwrap())
        })
        .collect()
}

#[test]
fn a_first_publication_makes_the_folders_above_it() {
    let dir = tempfile::tempdir().unwrap();
    let output = dir.path().join("a/b/public");
    let stage = Stage::begin(&output, &[dir.path()]).unwrap();
    stage.write(&vpath("x/index.html"), b"x").unwrap();
    assert!(!output.exists(), "nothing is seen before the commit");
    let published = stage.commit().unwrap();
    assert_eq!(published, Published { written: 1, unchanged: 0, removed: 0 });
    assert_eq!(verify(&output).unwrap(), 1);
}

#[test]
fn an_empty_output_is_published_to() {
    let place = Place::new();
    fs::create_dir(place.output()).unwrap();
    place.publish(OLD);
    assert_eq!(verify(&place.output()).unwrap(), 3);
    place.assert_nothing_beside();
}

#[test]
fn both_ways_of_swapping_replace_the_site_and_keep_what_is_kept() {
    for exchange in [true, false] {
        let place = Place::with_old();
        let stage = place.stage(NEW);
        let stage = if exchange { stage } else { stage.without_exchange() };
        let published = stage.commit().unwrap();
        assert_eq!(published, Published { written: 2, unchanged: 1, removed: 1 });
        place.assert_is(NEW);
    }
}

#[test]
fn a_second_build_gives_the_same_bytes_in_any_order() {
    let (one, two) = (Place::new(), Place::new());
    one.publish(OLD);
    let mut shuffled = OLD.to_vec();
    shuffled.reverse();
    two.publish(&shuffled);
    assert_eq!(contents(&one.output()), contents(&two.output()));
    let again = one.publish(OLD);
    assert_eq!(again, Published { written: 0, unchanged: 3, removed: 0 });
    assert_eq!(contents(&one.output()), contents(&two.output()));
}

#[test]
fn unchanged_files_are_links_and_are_never_written_through() {
    let place = Place::with_old();
    let inode = |path: &str| fs::metadata(place.output().join(path)).unwrap().ino();
    let (same, index) = (inode("same/a.css"), inode("index.html"));
    // Somebody holds the earlier files by links of their own.
    let held = place.dir.path().join("held.html");
    fs::hard_link(place.output().join("index.html"), &held).unwrap();
    place.publish(NEW);
    assert_eq!(inode("same/a.css"), same);
    assert_ne!(inode("index.html"), index);
    assert_eq!(fs::read_to_string(&held).unwrap(), "old");
}

#[test]
fn a_file_that_was_edited_in_the_output_is_written_anew() {
    let place = Place::with_old();
    fs::write(place.output().join("same/a.css"), "SAME").unwrap();
    place.publish(NEW);
    place.assert_is(NEW);
}

#[test]
fn assets_are_copied_once_and_linked_after() {
    let place = Place::new();
    let asset = place.dir.path().join("logo.png");
    let big: Vec<u8> = (0..200_000_u32).map(|i| (i % 251) as u8).collect();
    fs::write(&asset, &big).unwrap();
    let publish = || {
        let stage = place.stage(&[]);
        stage.copy(&vpath("img/logo.png"), &asset).unwrap();
        stage.commit().unwrap()
    };
    assert_eq!(publish().written, 1);
    assert_eq!(publish().unchanged, 1);
    let mut changed = big.clone();
    changed[150_000] ^= 1;
    fs::write(&asset, &changed).unwrap();
    assert_eq!(publish().written, 1, "same size, other bytes");
    assert_eq!(fs::read(place.output().join("img/logo.png")).unwrap(), changed);
    verify(&place.output()).unwrap();
}

#[test]
fn one_path_cannot_be_written_twice_nor_a_path_that_is_not_a_page() {
    let place = Place::with_old();
    let stage = place.stage(NEW);
    assert!(stage.write(&vpath("index.html"), b"x").unwrap_err().to_string().contains("twice"));
    for path in ["", ".git/config", ".GIT", MANIFEST, "index.html/x"] {
        assert!(stage.write(&vpath(path), b"x").is_err(), "{path}");
    }
    drop(stage);
    place.assert_is(OLD);
}

#[test]
fn many_threads_write_one_site() {
    let place = Place::new();
    let stage = Stage::begin(&place.output(), &[]).unwrap();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let stage = &stage;
            scope.spawn(move || {
                for page in 0..50 {
                    stage.write(&vpath(&format!("{page}/{thread}.html")), b"x").unwrap();
                }
            });
        }
    });
    stage.commit().unwrap();
    assert_eq!(verify(&place.output()).unwrap(), 200);
}

#[test]
fn a_failure_before_the_commit_leaves_the_old_site() {
    let place = Place::with_old();
    let stage = place.stage(NEW);
    assert!(stage.copy(&vpath("x.png"), Path::new("/nonexistent")).is_err());
    assert!(stage.commit().is_err(), "a file that failed is not passed over");
    place.assert_is(OLD);
}

#[test]
fn a_kill_at_every_step_is_recovered_from() {
    use Step::{KeptGit, MovedAway, Sealed, Swapped};
    for (exchange, step, expected) in [
        (true, Sealed, OLD),
        (true, Swapped, NEW),
        (true, KeptGit, NEW),
        (false, Sealed, OLD),
        (false, MovedAway, OLD),
        (false, Swapped, NEW),
        (false, KeptGit, NEW),
    ] {
        let place = Place::with_old();
        let stage = place.stage(NEW);
        let stage = if exchange { stage } else { stage.without_exchange() };
        stage.commit_killed_at(step).unwrap();
        if step != MovedAway {
            assert_eq!(verify(&place.output()).unwrap(), 3, "{step:?}: whole at once");
        }
        // The next start recovers, whatever it goes on to do.
        drop(Stage::begin(&place.output(), &[]).unwrap());
        place.assert_is(expected);
        place.publish(NEW);
        place.assert_is(NEW);
    }
}

#[test]
fn two_git_folders_are_never_merged_nor_deleted() {
    let place = Place::with_old();
    place.stage(NEW).commit_killed_at(Step::Swapped).unwrap();
    fs::create_dir(place.output().join(".git")).unwrap();
    assert!(place.refusal().contains(".git"));
    assert!(place.refusal().contains(".git"), "the second time as well");
    fs::remove_dir(place.output().join(".git")).unwrap();
    drop(Stage::begin(&place.output(), &[]).unwrap());
    place.assert_is(NEW);
}

#[test]
fn folders_that_only_look_like_a_stage_are_left_alone() {
    let place = Place::with_old();
    let theirs = place.dir.path().join(".public.docgen-stage-7");
    fs::create_dir(&theirs).unwrap();
    fs::write(theirs.join("precious"), "x").unwrap();
    place.publish(NEW);
    assert!(theirs.join("precious").exists());
}

#[test]
fn two_runs_do_not_meet() {
    let place = Place::with_old();
    let stage = place.stage(NEW);
    assert!(place.refusal().contains("another docgen is publishing here"));
    stage.commit().unwrap();
    place.assert_is(NEW);
}

#[test]
fn foreign_files_are_refused_by_name_and_stay() {
    for manifest in [true, false] {
        let place = Place::new();
        if manifest {
            place.publish(OLD);
        } else {
            fs::create_dir(place.output()).unwrap();
        }
        for name in ["a.txt", "b.txt", "c.txt", "d.txt"] {
            fs::write(place.output().join(name), "precious").unwrap();
        }
        let refusal = place.refusal();
        assert!(refusal.contains("`a.txt`, `b.txt`, `c.txt`, 1 more"), "{refusal}");
        assert!(refusal.contains("--output"), "{refusal}");
        assert!(place.output().join("d.txt").exists());
        place.assert_nothing_beside();
    }
}

#[test]
fn a_foreign_file_that_comes_during_the_build_stops_it() {
    let place = Place::with_old();
    let stage = place.stage(NEW);
    fs::write(place.output().join("precious.txt"), "x").unwrap();
    assert!(stage.commit().unwrap_err().to_string().contains("precious.txt"));
    fs::remove_file(place.output().join("precious.txt")).unwrap();
    place.assert_is(OLD);
}

#[test]
fn a_symlink_in_place_of_a_page_is_foreign() {
    let place = Place::with_old();
    let secret = place.dir.path().join("secret");
    fs::write(&secret, "same").unwrap();
    fs::remove_file(place.output().join("same/a.css")).unwrap();
    symlink(&secret, place.output().join("same/a.css")).unwrap();
    assert!(place.refusal().contains("same/a.css"));
}

#[test]
fn a_damaged_manifest_is_said_and_nothing_is_touched() {
    let place = Place::with_old();
    for damage in ["", "{}", "{\"version\": 99, \"files\": []}", "[[["] {
        fs::write(place.output().join(MANIFEST), damage).unwrap();
        let refusal = place.refusal();
        assert!(refusal.contains("nothing here is overwritten"), "{refusal}");
    }
    assert_eq!(fs::read_to_string(place.output().join("index.html")).unwrap(), "old");
}

#[test]
fn places_that_are_no_output_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("site");
    fs::create_dir_all(root.join("content")).unwrap();
    fs::write(root.join("file"), "x").unwrap();
    symlink(&root, dir.path().join("alias")).unwrap();
    let protected = [root.join("content"), root.clone()];
    let protected: Vec<&Path> = protected.iter().map(PathBuf::as_path).collect();
    for output in ["site", "site/content", "site/file", "", "alias", "site/x/.."] {
        let output = dir.path().join(output);
        assert!(Stage::begin(&output, &protected).is_err(), "{}", output.display());
    }
    assert!(Stage::begin(Path::new("/"), &protected).is_err());
    assert!(Stage::begin(&root.join("public"), &protected).is_ok());
}

#[test]
fn an_output_that_is_a_symlink_stays_one() {
    let place = Place::with_old();
    let link = place.dir.path().join("link");
    symlink(place.output(), &link).unwrap();
    let stage = Stage::begin(&link, &[]).unwrap();
    for (path, text) in NEW {
        stage.write(&vpath(path), text.as_bytes()).unwrap();
    }
    stage.commit().unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    fs::remove_file(&link).unwrap();
    place.assert_is(NEW);
}

#[test]
fn a_kept_file_that_the_site_writes_itself_is_the_sites() {
    let place = Place::with_old();
    place.publish(&[("CNAME", "new.example")]);
    assert_eq!(fs::read_to_string(place.output().join("CNAME")).unwrap(), "new.example");
    place.publish(&[("index.html", "x")]);
    assert!(!place.output().join("CNAME").exists(), "docgen's own goes when it is not written");
}

/// Names the output for the child of the test below.
const CHILD_OUTPUT: &str = "DOCGEN_TEST_OUTPUT";

/// Publishes two sites in turn until it is killed. Run only by the test below, as a process.
#[test]
#[ignore = "the child process of `a_kill_at_any_moment_leaves_a_whole_site`"]
fn child_that_publishes_for_ever() {
    let Some(output) = std::env::var_os(CHILD_OUTPUT) else { return };
    for round in 0_u64.. {
        let stage = Stage::begin(Path::new(&output), &[]).unwrap();
        for page in 0..60 {
            // Every second page is the same in each round.
            let text = if page % 2 == 0 { 0 } else { round };
            let path = vpath(&format!("{}/{page}.html", page % 7));
            stage.write(&path, format!("page {page} of {text}").as_bytes()).unwrap();
        }
        stage.commit().unwrap();
    }
}

#[test]
fn a_kill_at_any_moment_leaves_a_whole_site() {
    let place = Place::with_old();
    let run = || {
        std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "publish::child_that_publishes_for_ever"])
            .env(CHILD_OUTPUT, place.output())
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap()
    };
    let inode = || fs::metadata(place.output()).map_or(0, |output| output.ino());
    let stage = |child: u32| place.dir.path().join(format!(".public.docgen-stage-{child}"));
    let mut seen = std::collections::BTreeSet::new();
    let mut left = PathBuf::new();
    for round in 0..42 {
        let (before, left_over) = (inode(), count_files(&left));
        let mut child = run();
        let own = stage(child.id());
        let (mut published, mut looks) = (false, 0);
        // What has happened decides, not a clock: this child has published and was looked at some
        // times more, or it has written some files, or it clears away what the last one left.
        let mut reached = || match round % 3 {
            0 => {
                published |= inode() != before;
                looks += usize::from(published);
                looks > round * 5
            }
            1 => count_files(&own) > round,
            _ => left_over == 0 || count_files(&left) < left_over,
        };
        while !reached() {
            assert!(child.try_wait().unwrap().is_none(), "the child ended by itself");
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        left = own;
        seen.insert(verify(&place.output()).unwrap());
    }
    assert!(seen.contains(&60), "no child published anything: {seen:?}");
    drop(Stage::begin(&place.output(), &[]).unwrap());
    assert_eq!(fs::read_to_string(place.output().join(".git/HEAD")).unwrap(), "ref");
    place.assert_nothing_beside();
}
