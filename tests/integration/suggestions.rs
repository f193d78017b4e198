//! One misspelling gets the same suggestion wherever it stands.

use crate::common::Tree;

const SPEC: &str = r#"{"tool": "docgen", "version": "0", "root": {"name": "docgen", "commands": [
  {"name": "build", "flags": [{"long": "--output", "value": "required"}, {"long": "--no-search"}]}
]}}"#;

#[test]
fn in_settings_and_in_commands() {
    let settings = "[[command]]\nname = \"docgen\"\nspec = \"spec.json\"\n";
    let page = "# A\n\n```bash\ndocgen build --outputdir x\ndocgen build --no-serach\n```\n";
    let tree =
        Tree::new(&[("docgen.toml", settings), ("spec.json", SPEC), ("content/index.md", page)]);
    let run = tree.run(&["check"]);
    assert!(run.out.contains("a flag with a similar name exists: `--output`"), "{run:?}");
    assert!(run.out.contains("a flag with a similar name exists: `--no-search`"), "{run:?}");
    tree.write("docgen.toml", "outputdir = \"x\"\n");
    let run = tree.run(&["check"]);
    let said = run.out + &run.err;
    assert!(said.contains("did you mean `output`?"), "{said}");
}
