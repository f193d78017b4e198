//! The open corpora: real trees of documentation, each with what its project holds it against.
#![allow(dead_code, reason = "each test program uses a part of it")]

use docgen::project::{Loader, MemoryTree, Model};

/// A corpus: its archive, the folder in it that is opened, and what is written beside it.
pub struct Corpus {
    pub name: &'static str,
    pub archive: &'static str,
    pub root: &'static str,
    /// Files put into the tree: name, and shared file.
    bound: &'static [(&'static str, &'static str)],
    settings: &'static str,
}

/// Everything that the corpora are read from.
pub const NEEDS: [&str; 5] = [
    "corpora/openclaw-en.tar.zst",
    "corpora/rust-book.tar.zst",
    "corpora/uv.tar.zst",
    SCHEMA,
    COMMANDS,
];

const SCHEMA: &str = "openclaw/openclaw.schema.normalized.json";
const COMMANDS: &str = "openclaw/openclaw-cli.json";

const OPENCLAW: &[(&str, &str)] =
    &[("openclaw.schema.json", SCHEMA), ("openclaw.spec.json", COMMANDS)];

const TRUTHS: &str = "[[schema]]\nfile = \"openclaw.schema.json\"\nname = \"openclaw\"\n\
                      languages = [\"json\", \"json5\", \"jsonc\"]\n\
                      [[command]]\nname = \"openclaw\"\nspec = \"openclaw.spec.json\"\n";

/// The corpora that every run looks at.
pub const CORPORA: [Corpus; 3] = [
    Corpus {
        name: "openclaw-en",
        archive: NEEDS[0],
        root: "openclaw-en/docs/",
        bound: OPENCLAW,
        settings: TRUTHS,
    },
    Corpus { name: "rust-book", archive: NEEDS[1], root: "rust-book/", bound: &[], settings: "" },
    Corpus { name: "uv", archive: NEEDS[2], root: "uv/", bound: &[], settings: "" },
];

/// Twenty-one languages of one tree.
pub const ALL_LANGUAGES: Corpus = Corpus {
    name: "openclaw-all",
    archive: "corpora/openclaw-all.tar.zst",
    root: "openclaw-all/docs/",
    bound: OPENCLAW,
    settings: TRUTHS,
};

impl Corpus {
    /// Names and texts; of a file that is not text the name alone.
    pub fn files(&self) -> Vec<(String, String)> {
        let mut files = Vec::new();
        crate::shared::unpack(&crate::shared::shared(self.archive), |path, bytes| {
            let path = path.to_str().and_then(|path| path.strip_prefix(self.root));
            if let Some(path) = path {
                files.push((path.to_owned(), String::from_utf8(bytes).unwrap_or_default()));
            }
        });
        for (name, file) in self.bound {
            let text = std::fs::read_to_string(crate::shared::shared(file)).expect("readable");
            files.push(((*name).to_owned(), text));
        }
        if !self.settings.is_empty() {
            files.push(("docgen.toml".to_owned(), self.settings.to_owned()));
        }
        files
    }
}

impl Corpus {
    /// Writes the tree and what belongs to it into a folder.
    pub fn unpack(&self, folder: &std::path::Path) {
        let write = |name: &str, bytes: &[u8]| {
            let place = folder.join(name);
            std::fs::create_dir_all(place.parent().expect("a parent")).expect("a folder");
            std::fs::write(place, bytes).expect("a file");
        };
        crate::shared::unpack(&crate::shared::shared(self.archive), |path, bytes| {
            let path = path.to_str().and_then(|path| path.strip_prefix(self.root));
            path.inspect(|path| write(path, &bytes));
        });
        for (name, file) in self.bound {
            write(name, &std::fs::read(crate::shared::shared(file)).expect("readable"));
        }
        if !self.settings.is_empty() {
            write("docgen.toml", self.settings.as_bytes());
        }
    }
}

/// A site of these files.
pub fn open(files: Vec<(String, String)>) -> Model {
    Loader::default().load(&MemoryTree::new(files)).expect("a site")
}
