//! The action and the hook of this repository, run as GitHub and pre-commit run them: from their own
//! files, in a clean checkout of a repository with one fault.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::common::Tree;
use docgen::data::{Node, yaml};

fn read(name: &str) -> Node {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let text = fs::read_to_string(path).expect("it is there");
    yaml::parse(&text).expect("YAML").remove(0)
}

fn text(node: &Node, key: &str) -> String {
    node.get(key).and_then(Node::as_str).unwrap_or_default().to_owned()
}

fn git(folder: &Path, arguments: &[&str]) {
    let who = ["-c", "user.name=x", "-c", "user.email=x@example.com"];
    let output = Command::new("git").arg("-C").arg(folder).args(who).args(arguments).output();
    let output = output.expect("git runs");
    assert!(output.status.success(), "{arguments:?}: {output:?}");
}

/// A clean checkout of a repository, in a folder of its own.
fn checkout(tree: &Tree) -> PathBuf {
    let root = tree.root();
    git(&root, &["init", "--quiet"]);
    git(&root, &["add", "--all"]);
    git(&root, &["commit", "--quiet", "--message", "x"]);
    let to = root.with_file_name("checkout");
    git(&root, &["clone", "--quiet", ".", to.to_str().expect("a name")]);
    to
}

fn faulty() -> Tree {
    Tree::new(&[
        ("docs/docgen.toml", ""),
        ("docs/content/index.md", "# Home\n\n[a](a.md)\n"),
        ("docs/content/a.md", "# A\n\n[x](gone.md)\n"),
        ("docs/content/b.md", "# B\n"),
    ])
}

/// A folder with docgen in it, as on a PATH.
fn bin(folder: &Path) -> PathBuf {
    let bin = folder.join("bin");
    fs::create_dir_all(&bin).expect("a folder");
    fs::copy(assert_cmd::cargo::cargo_bin("docgen"), bin.join("docgen")).expect("a copy");
    bin
}

/// Runs the steps of the action, with the values that GitHub would put in.
fn act(checkout: &Path, inputs: &[(&str, &str)], bin: &Path) -> Output {
    let action = read("action.yml");
    let mut values: BTreeMap<String, String> = BTreeMap::new();
    for input in action.get("inputs").expect("inputs").members() {
        values.insert(format!("inputs.{}", input.key), text(&input.value, "default"));
    }
    for (name, value) in inputs {
        assert!(values.contains_key(&format!("inputs.{name}")), "no input `{name}`");
        values.insert(format!("inputs.{name}"), (*value).to_owned());
    }
    values.insert("github.action_path".to_owned(), env!("CARGO_MANIFEST_DIR").to_owned());
    values.insert("runner.temp".to_owned(), bin.display().to_string());
    let out = bin.join("output");
    let mut last = None;
    let steps = action.get("runs").and_then(|runs| runs.get("steps")).expect("steps");
    for step in steps.items() {
        fs::write(&out, "").expect("a file");
        let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
        let mut command = Command::new("bash");
        command.arg("-c").arg(text(step, "run")).current_dir(checkout);
        command.env("GITHUB_OUTPUT", &out).env("PATH", path);
        for one in step.get("env").map_or(&[][..], Node::members) {
            let name = one.value.as_str().expect("a text");
            let name = name.trim_start_matches("${{ ").trim_end_matches(" }}");
            let value = values.get(name).unwrap_or_else(|| panic!("nothing is known of `{name}`"));
            command.env(&one.key, value);
        }
        let output = command.output().expect("bash runs");
        for line in fs::read_to_string(&out).expect("a file").lines() {
            let (key, value) = line.split_once('=').expect("key=value");
            values.insert(format!("steps.{}.outputs.{key}", text(step, "id")), value.to_owned());
        }
        let failed = !output.status.success();
        last = Some(output);
        if failed {
            break;
        }
    }
    last.expect("there are steps")
}

#[test]
fn the_action_annotates_the_fault_and_fails() {
    let tree = faulty();
    let checkout = checkout(&tree);
    let bin = bin(checkout.parent().expect("a folder"));
    let output = act(&checkout, &[("path", "docs"), ("sarif", "out.sarif")], &bin);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let said = String::from_utf8_lossy(&output.stdout);
    let expected = "::error file=docs/content/a.md,line=3,endLine=3,col=5,endColumn=12,\
                    title=docgen broken-link::no page at `gone.md`\n";
    assert_eq!(said, expected);
    let sarif = fs::read_to_string(checkout.join("out.sarif")).expect("it was written");
    assert!(sarif.contains("\"ruleId\":\"broken-link\""));
}

#[test]
fn the_action_takes_its_inputs() {
    let tree = faulty();
    let checkout = checkout(&tree);
    let bin = bin(checkout.parent().expect("a folder"));
    let named = bin.join("docgen").display().to_string();
    let run = |inputs: &[(&str, &str)]| act(&checkout, inputs, &bin).status.code();
    assert_eq!(run(&[("path", "docs"), ("arguments", "--gate off --notes")]), Some(0));
    assert_eq!(run(&[("path", "docs/content/b.md"), ("docgen", &named)]), Some(0));
    assert_eq!(run(&[("path", "docs"), ("since", "HEAD")]), Some(0), "the fault was there");
    assert_eq!(run(&[("path", "docs"), ("docgen", "/no/such/docgen")]), Some(127));
}

#[test]
fn the_hook_checks_the_files_of_a_commit() {
    let tree = faulty();
    let checkout = checkout(&tree);
    let bin = bin(checkout.parent().expect("a folder"));
    let hooks = read(".pre-commit-hooks.yaml");
    let hook = &hooks.items()[0];
    assert_eq!(text(hook, "language"), "rust");
    let entry = text(hook, "entry");
    let run = |files: &[&str]| {
        let mut words = entry.split(' ');
        let program = bin.join(words.next().expect("a program"));
        let mut command = Command::new(program);
        command.args(words).args(files).current_dir(&checkout).output().expect("it runs")
    };
    let output = run(&["docs/content/a.md", "README.md"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("gone.md"));
    let output = run(&["docs/content/b.md"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
}
