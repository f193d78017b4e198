//! Trees on the disk, and what is read of them.

use super::*;

fn put(root: &Path, path: &str, text: &[u8]) {
    let full = root.join(path);
    fs::create_dir_all(full.parent().unwrap()).unwrap();
    fs::write(full, text).unwrap();
}

fn names(tree: &Tree) -> Vec<&str> {
    tree.files.iter().map(|file| file.path.as_str()).collect()
}

#[test]
fn content_is_listed_sorted_and_the_rest_left_out() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    for path in [
        "b.md",
        "a/x.md",
        "a.md",
        ".hidden/x.md",
        ".env",
        "node_modules/x.md",
        "target/x.md",
        "a/node_modules/x.md",
        "public/x.html",
        "sub/public/x.md",
        "a/target",
    ] {
        put(root, path, b"x");
    }
    let tree = walk(root, &[root.join("public")]).unwrap();
    assert_eq!(names(&tree), ["a.md", "a/target", "a/x.md", "b.md", "sub/public/x.md"]);
    assert_eq!(tree.skipped, []);
}

#[test]
fn gitignore_of_every_level_counts_and_the_innermost_wins() {
    let dir = tempfile::tempdir().unwrap();
    let top = dir.path();
    fs::create_dir_all(top.join(".git")).unwrap();
    put(top, ".gitignore", b"*.log\n/docs/built/\n");
    put(top, "docs/.gitignore", b"drafts/\n");
    put(top, "docs/keep/.gitignore", b"!wanted.log\n");
    for path in ["a.log", "built/x.md", "drafts/x.md", "keep/wanted.log", "z/b.log", "z/c.md"] {
        put(&top.join("docs"), path, b"x");
    }
    let tree = walk(&top.join("docs"), &[]).unwrap();
    assert_eq!(names(&tree), ["keep/wanted.log", "z/c.md"]);
}

#[cfg(unix)]
#[test]
fn symlinks_are_followed_only_to_files_inside() {
    use std::os::unix::fs::symlink;
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("root");
    put(&root, "a/real.md", b"hello");
    put(dir.path(), "secret.md", b"secret");
    symlink("a/real.md", root.join("link.md")).unwrap();
    symlink("../secret.md", root.join("out.md")).unwrap();
    symlink("..", root.join("up")).unwrap();
    symlink("a", root.join("folder")).unwrap();
    symlink("nowhere", root.join("broken.md")).unwrap();
    let tree = walk(&root, &[]).unwrap();
    assert_eq!(names(&tree), ["a/real.md", "link.md"]);
    let skipped: Vec<&str> = tree.skipped.iter().map(|s| s.path.as_str()).collect();
    assert_eq!(skipped, ["broken.md", "folder", "out.md", "up"]);
    assert!(tree.skipped[2].reason.contains("outside of the root"));
    for path in ["out.md", "up/secret.md"] {
        let read = read_text(&root, &VPath::new(path).unwrap(), 100);
        assert!(matches!(read, ReadText::Unreadable { .. }), "{path}: {read:?}");
    }
}

#[cfg(unix)]
#[test]
fn names_that_are_not_unicode_are_reported() {
    use std::os::unix::ffi::OsStrExt;
    let dir = tempfile::tempdir().unwrap();
    let name = std::ffi::OsStr::from_bytes(b"bad\xff.md");
    if fs::write(dir.path().join(name), "x").is_err() {
        return; // The file system refuses such names.
    }
    let tree = walk(dir.path(), &[]).unwrap();
    assert!(tree.files.is_empty());
    assert_eq!(tree.skipped[0].reason, "the name is not valid UTF-8");
}

#[test]
fn whatever_is_wrong_with_a_file_is_a_value() {
    let dir = tempfile::tempdir().unwrap();
    put(dir.path(), "good.md", "é".as_bytes());
    put(dir.path(), "bad.md", b"ab\xffcd");
    fs::create_dir(dir.path().join("folder")).unwrap();
    let read = |path: &str, limit| read_text(dir.path(), &VPath::new(path).unwrap(), limit);
    assert_eq!(read("good.md", 2), ReadText::Text("é".into()));
    assert_eq!(read("good.md", 1), ReadText::TooLarge { limit: 1 });
    assert_eq!(read("bad.md", 9), ReadText::NotUtf8 { at: 2, lossy: "ab\u{fffd}cd".into() });
    assert!(matches!(read("gone.md", 9), ReadText::Unreadable { .. }));
    assert!(matches!(read("folder", 9), ReadText::Unreadable { .. }));
}

#[test]
fn a_published_site_is_no_content_wherever_it_lies() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    for path in ["a.md", "dist/a.md", "sub/old/x/a.md", "sub/b.md"] {
        put(root, path, b"x");
    }
    put(root, &format!("dist/{MANIFEST}"), b"{}");
    put(root, &format!("sub/old/{MANIFEST}"), b"{}");
    // A folder of that name is none of docgen's.
    put(root, &format!("own/{MANIFEST}/c.md"), b"x");
    put(root, "own/c.md", b"x");
    let tree = walk(root, &[]).unwrap();
    assert_eq!(names(&tree), ["a.md", "own/c.md", "sub/b.md"]);
    assert_eq!(tree.published, ["dist", "sub/old"]);
    // An output that is left out anyway is not worth a word.
    assert_eq!(walk(root, &[root.join("dist")]).unwrap().published, ["sub/old"]);
    let parts = ["sub".to_owned(), "dist".to_owned()];
    assert_eq!(
        walk_parts(root, &parts, &[], &Tracked::hidden(root)).unwrap().published,
        ["dist", "sub/old"]
    );
    let error = walk(&root.join("dist"), &[]).unwrap_err().to_string();
    assert!(error.contains("published") && error.contains(MANIFEST), "{error}");
}

/// Folders in each other until the path of the innermost is too long for any user, so that it
/// cannot be read even by one who may read everything.
#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_read_is_reported_as_a_folder() {
    let dir = tempfile::tempdir().unwrap();
    put(dir.path(), "a.md", b"x");
    let name = "d".repeat(200);
    let open = |at: &std::os::fd::OwnedFd, name: &str| {
        let flags = rustix::fs::OFlags::DIRECTORY;
        rustix::fs::openat(at, name, flags, rustix::fs::Mode::empty()).unwrap()
    };
    let mut at = std::os::fd::OwnedFd::from(FsFile::open(dir.path()).unwrap());
    for _ in 0..25 {
        rustix::fs::mkdirat(&at, &name, rustix::fs::Mode::RWXU).unwrap();
        at = open(&at, &name);
    }
    let tree = walk(dir.path(), &[]).unwrap();
    assert_eq!(names(&tree), ["a.md"]);
    let [skipped] = &tree.skipped[..] else { panic!("{:?}", tree.skipped) };
    assert!(skipped.folder && skipped.path.ends_with(&name), "{skipped:?}");
}

#[test]
fn a_root_that_is_no_folder_is_an_error() {
    let dir = tempfile::tempdir().unwrap();
    assert!(walk(&dir.path().join("none"), &[]).is_err());
}
