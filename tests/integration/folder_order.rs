//! The order of a navigation that is made from the folders.

use crate::common::Tree;

#[test]
fn folders_and_pages_stand_where_a_reader_looks_for_them() {
    let tree = Tree::new(&[
        ("docgen.toml", "title = \"X\"\n"),
        ("content/index.md", "# Home\n"),
        ("content/a.md", "# Step 10\n"),
        ("content/b.md", "# Step 2\n"),
        ("content/c.md", "---\norder: 1\n---\n\n# Zuerst\n"),
        ("content/aa/index.md", "---\norder: 2\n---\n\n# Second folder\n"),
        ("content/aa/x.md", "# In the second\n"),
        ("content/zz/index.md", "---\norder: 1\n---\n\n# First folder\n"),
        ("content/part-10/x.md", "# In part 10\n"),
        ("content/part-9/x.md", "# In part 9\n"),
    ]);
    let build = tree.run(&["build", "--no-search"]);
    assert_eq!(build.code, 0, "{build:?}");
    let html = tree.read("public/index.html");
    let nav = html.split("<main").next().unwrap_or_default();
    let place = |title: &str| nav.find(&format!(">{title}<")).unwrap_or_else(|| panic!("{title}"));
    let titles = [
        "Zuerst",
        "Step 2",
        "Step 10",
        "First folder",
        "Second folder",
        "In the second",
        "In part 9",
        "In part 10",
    ];
    for pair in titles.windows(2) {
        assert!(place(pair[0]) < place(pair[1]), "{pair:?}");
    }
}
