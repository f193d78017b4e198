//! `kill -9` at fifty random moments of a build over a published site: what stands afterwards is
//! the old site or the new one, whole.

#![cfg(unix)]

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::common::{Tree, snapshot};
use docgen::io::publish::verify;

const PAGES: usize = 300;
const KILLS: u64 = 50;

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
    let mut length = Duration::MAX;
    // The last of these leaves version 0; the second round runs with a warm cache, as the kills do.
    for version in [0, 1, 0, 1, 0] {
        let start = Instant::now();
        assert!(build(version).wait().unwrap().success());
        length = length.min(start.elapsed());
        sites.push(snapshot(&output));
    }
    let sites = [sites[4].clone(), sites[3].clone()];
    assert_ne!(sites[0], sites[1]);

    let (mut random, mut standing) = (0x9e37_79b9_7f4a_7c15_u64, 0);
    let (mut killed, mut swapped) = (0, 0);
    for kill in 0..KILLS {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        // Spread over the whole build, with some chance on both sides of its end.
        let share = (kill as f64 + (random % 1000) as f64 / 1000.0) / KILLS as f64;
        let mut child = build(1 - standing);
        std::thread::sleep(length.mul_f64(share * 1.15));
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
    println!("{killed} killed, {swapped} of {KILLS} had swapped, a build takes {length:?}");
}
