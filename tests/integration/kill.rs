//! `kill -9` at fifty moments of a build over a published site: what stands afterwards is the old
//! site or the new one, whole. After SIGINT and SIGTERM, nothing is left beside it either.
//!
//! A moment is told by what the build has written, not by a clock.

#![cfg(unix)]

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::common::{Tree, count_files, snapshot};
use docgen::io::publish::verify;

const PAGES: usize = 300;
const KILLS: usize = 50;
const SIGNALS: usize = 12;

/// Two versions of a site, so different that no mixture of them could pass for either.
fn write(tree: &Tree, version: usize) {
    for number in 0..PAGES {
        // Every third page is the same in both, and hard-linked; some are in one of them only.
        let said = if number % 3 == 0 { 0 } else { version };
        let name =
            if number % 10 == 1 { format!("only{version}-{number}") } else { format!("p{number}") };
        let code = format!("```rust\nfn f{number}() -> usize {{ {said} }}\n```\n");
        tree.write(&format!("content/{name}.md"), format!("# Page {number}, {said}\n\n{code}"));
    }
}

fn tree(version: usize) -> Tree {
    let tree = Tree::new(&[("docgen.toml", ""), ("content/index.md", "# Home\n")]);
    write(&tree, version);
    tree
}

/// What stands beside a site, and in the cache of a tree, but for what belongs there.
fn left_over(beside: &Path, tree: &Tree) -> Vec<String> {
    let names = |folder: &Path| -> Vec<String> {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
    };
    let mut all = names(beside);
    all.extend(names(&tree.root().join(".docgen")));
    all.retain(|name| name.starts_with('.'));
    all
}

/// The folder in which a build writes the new site.
fn stage(beside: &Path, child: &Child) -> PathBuf {
    beside.join(format!(".site.docgen-stage-{}", child.id()))
}

/// Waits until a build has come so far, or has ended.
fn until(child: &mut Child, mut reached: impl FnMut(&Child) -> bool) {
    while !reached(child) && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// SIGINT and SIGTERM, from the first moment at which there is something to clean up: the process
/// ends with the code of the signal, nothing is left, and the site is the old one or the new one.
#[test]
fn a_signal_cleans_up() {
    let trees = [tree(1), tree(2)];
    let place = tempfile::tempdir().unwrap();
    let output = place.path().join("site");
    let build = |version: usize| {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("docgen"));
        command.arg("build").arg(trees[version].root()).arg("--output").arg(&output);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    let mut sites = Vec::new();
    for version in [0, 1, 0, 1, 0] {
        assert!(build(version).wait().unwrap().success());
        sites.push(snapshot(&output));
    }
    let sites = [sites[4].clone(), sites[3].clone()];
    let (mut standing, mut codes) = (0, std::collections::BTreeSet::new());
    // A signal may come after the end, so there are more rounds if one has never met a build.
    for round in 0.. {
        if round >= SIGNALS && codes.contains(&130) && codes.contains(&143) {
            break;
        }
        assert!(round < 10 * SIGNALS, "signals end no build: {codes:?}");
        let (name, code) = if round % 2 == 0 { ("-INT", 130) } else { ("-TERM", 143) };
        let mut child = build(1 - standing);
        // Later in each round, by the number of pages in the stage.
        let enough = round % SIGNALS / 2 * 40;
        until(&mut child, |child| {
            let stage = stage(place.path(), child);
            let pages = std::fs::read_dir(stage.join("tree")).into_iter().flatten().count();
            stage.exists() && pages >= enough
        });
        let id = child.id().to_string();
        // It may have ended by itself.
        let _ = Command::new("kill").args([name, &id]).stderr(Stdio::null()).status().unwrap();
        let ended = child.wait().unwrap().code();
        assert!(ended == Some(code) || ended == Some(0), "{name}: {ended:?}");
        codes.extend(ended);
        assert_eq!(left_over(place.path(), &trees[1 - standing]), [""; 0], "{name}, {enough}");
        verify(&output).unwrap_or_else(|e| panic!("{name}, {enough}: {e}"));
        let found = snapshot(&output);
        let version = sites.iter().position(|site| *site == found);
        standing = version.expect("the old site or the new one");
        if ended == Some(0) {
            assert_eq!(found, sites[standing]);
        }
    }
}

/// What a `kill -9` leaves in the cache is swept by the next build.
#[test]
fn what_a_kill_left_in_the_cache_is_swept() {
    let tree = Tree::new(&[("docgen.toml", ""), ("content/index.md", "# Home\n")]);
    tree.write(".docgen/.search-en.docgen-4711.tmp", "half");
    tree.write(".docgen/.highlight.docgen-4711.tmp", "half");
    let run = tree.run(&["build"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(left_over(&tree.root(), &tree), [".docgen"]);
}

#[test]
fn a_killed_build_leaves_a_whole_site() {
    let trees = [tree(1), tree(2)];
    let place = tempfile::tempdir().unwrap();
    let output = place.path().join("site");
    let build = |version: usize| {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("docgen"));
        command.arg("build").arg(trees[version].root()).arg("--output").arg(&output);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    let mut sites = Vec::new();
    // The last of these leaves version 0; the second round runs with a warm cache, as the kills do.
    for version in [0, 1, 0, 1, 0] {
        assert!(build(version).wait().unwrap().success());
        sites.push(snapshot(&output));
    }
    let sites = [sites[4].clone(), sites[3].clone()];
    assert_ne!(sites[0], sites[1]);

    let (mut random, mut standing) = (0x9e37_79b9_7f4a_7c15_u64, 0);
    let (mut killed, mut swapped) = (0, 0);
    let inode = || std::fs::metadata(&output).map_or(0, |output| output.ino());
    for kill in 0..KILLS {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        // Spread over all that a build writes, with some on both sides of the swap, and some at the
        // end, when what is left of the old site was cleared away.
        let share = (kill as f64 + (random % 1000) as f64 / 1000.0) / KILLS as f64;
        let enough = (share * 1.15 * sites[1 - standing].len() as f64) as usize;
        let before = inode();
        let mut child = build(1 - standing);
        until(&mut child, |child| {
            let stage = stage(place.path(), child);
            match inode() == before {
                true => stage.exists() && count_files(&stage.join("tree")) >= enough,
                false => share < 0.95 || !stage.exists(),
            }
        });
        child.kill().unwrap();
        killed += usize::from(!child.wait().unwrap().success());
        verify(&output).unwrap_or_else(|e| panic!("kill {kill} at {share:.2}: {e}"));
        let found = snapshot(&output);
        match sites.iter().position(|site| *site == found) {
            Some(version) => {
                swapped += usize::from(version != standing);
                standing = version;
            }
            None => panic!("kill {kill} at {share:.2}: neither the old site nor the new one"),
        }
    }
    assert!(killed >= 25, "only {killed} builds were still running when they were killed");
    assert!(build(0).wait().unwrap().success());
    assert_eq!(snapshot(&output), sites[0]);
    let beside: Vec<_> = std::fs::read_dir(place.path()).unwrap().collect();
    assert_eq!(beside.len(), 1, "what the kills left is cleared away: {beside:?}");
    println!("{killed} killed, {swapped} of {KILLS} had swapped");
}
