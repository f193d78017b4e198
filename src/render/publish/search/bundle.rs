//! The files of an index as they are published: those that every search needs in one, since each
//! request costs a reader more than its few bytes.

use std::collections::{BTreeMap, HashMap};
use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde_json::Value;

use super::vocabulary::Vocabulary;

/// The file with what every search needs.
const START: &str = "start.bin";
/// In it, the words of the language, among which a misspelt one is looked up.
const VOCABULARY: &str = "words.txt";
/// The most bytes of word lists that are loaded with the start.
const MAX_INDEX: usize = 160 * 1024;
/// Files of Pagefind that the theme does not need: theme/scripts/search/pagefind.js calls its program.
const UNUSED: [&str; 6] = [
    "pagefind.js",
    "pagefind-ui",
    "pagefind-modular-ui",
    "pagefind-component-ui",
    "pagefind-highlight",
    "pagefind-worker",
];
/// What all data of Pagefind begins with once it is unpacked.
const SIGNATURE: &[u8] = b"pagefind_dcd";
/// The files of an index, by their names in its folder.
pub(super) struct Bundle {
    files: BTreeMap<String, Vec<u8>>,
    /// What Pagefind calls the pages, by their addresses.
    pub(super) keys: HashMap<String, String>,
}

impl Bundle {
    /// Reads the files that Pagefind made.
    pub(super) fn new(files: impl Iterator<Item = (String, Vec<u8>)>) -> Self {
        let used = |name: &String| !UNUSED.iter().any(|one| name.starts_with(one));
        let mut bundle =
            Self { files: files.filter(|(name, _)| used(name)).collect(), keys: HashMap::new() };
        let (mut keys, mut vocabulary) = (HashMap::new(), Vocabulary::default());
        for (name, bytes) in bundle.files.iter().filter(|(name, _)| name.ends_with(".pf_fragment"))
        {
            for (key, page) in fragments(name, bytes) {
                let text = |field: &str| page[field].as_str().unwrap_or_default();
                vocabulary.add(text("content"));
                keys.insert(text("url").to_owned(), key);
            }
        }
        bundle.keys = keys;
        bundle.files.insert(VOCABULARY.to_owned(), packed(vocabulary.text().as_bytes()));
        bundle
    }

    /// The files to publish; `names` are those of the pages.
    pub(super) fn published(mut self, names: &[u8]) -> BTreeMap<String, Vec<u8>> {
        // Without the stems of a language, Pagefind uses this one.
        let language =
            |name: &&String| name.starts_with("wasm.") && !name.starts_with("wasm.unknown.");
        if self.files.keys().any(|name| language(&name)) {
            self.files.remove("wasm.unknown.pagefind");
        }
        let is_list = |name: &str| name.starts_with("index/");
        let lists: usize =
            self.files.iter().filter(|(name, _)| is_list(name)).map(|(_, bytes)| bytes.len()).sum();
        let at_start = |name: &str| {
            name.ends_with(".pf_meta")
                || name.starts_with("wasm.")
                || name == "pagefind-entry.json"
                || name == VOCABULARY
                || is_list(name) && lists <= MAX_INDEX
        };
        let (start, mut rest): (BTreeMap<_, _>, BTreeMap<_, _>) =
            self.files.into_iter().partition(|(name, _)| at_start(name));
        let names = ("names.json".to_owned(), packed(names));
        rest.insert(START.to_owned(), joined(start.into_iter().chain([names])));
        rest
    }
}

/// The pages in a file of Pagefind: what it calls them, and their data.
fn fragments(name: &str, bytes: &[u8]) -> Vec<(String, Value)> {
    let mut unpacked = Vec::new();
    let read = GzDecoder::new(bytes).read_to_end(&mut unpacked).is_ok();
    let json = unpacked.strip_prefix(SIGNATURE).filter(|_| read);
    match json.and_then(|json| serde_json::from_slice(json).ok()) {
        Some(Value::Object(page)) if page.contains_key("url") => {
            let file = name.rsplit('/').next().unwrap_or(name);
            let key = file.strip_suffix(".pf_fragment").unwrap_or(file);
            vec![(key.to_owned(), Value::Object(page))]
        }
        // Several pages in one file, by their keys.
        Some(Value::Object(group)) => group.into_iter().collect(),
        _ => Vec::new(),
    }
}

/// A gzip stream of some bytes; the same for the same.
fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    // Writing into memory does not fail.
    let written = packer.write_all(bytes);
    debug_assert!(written.is_ok());
    packer.finish().unwrap_or_default()
}

/// Several files in one: the length of a list, the list (the place of each file, as JSON), the files.
fn joined(files: impl Iterator<Item = (String, Vec<u8>)>) -> Vec<u8> {
    let (mut places, mut content) = (BTreeMap::new(), Vec::new());
    for (name, bytes) in files {
        places.insert(name, [content.len(), bytes.len()]);
        content.extend(bytes);
    }
    let list = serde_json::to_vec(&places).unwrap_or_default();
    let length = u32::try_from(list.len()).unwrap_or_default();
    [&length.to_le_bytes()[..], &list, &content].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fragment(json: &Value) -> Vec<u8> {
        packed(&[SIGNATURE, json.to_string().as_bytes()].concat())
    }

    fn unpacked(bytes: &[u8]) -> String {
        let mut out = String::new();
        GzDecoder::new(bytes).read_to_string(&mut out).unwrap();
        out
    }

    fn bundle(list: usize) -> Bundle {
        let one = serde_json::json!({"url": "/a/", "content": "The quick fox"});
        let group = serde_json::json!({
            "en_2": {"url": "/b/", "content": "The slow"},
            "en_3": {"url": "/c/", "content": ""},
        });
        let files = [
            ("fragment/en_1.pf_fragment", fragment(&one)),
            ("fragment/en_group_4.pf_fragment", fragment(&group)),
            ("fragment/en_5.pf_fragment", b"no gzip".to_vec()),
            ("index/en_6.pf_index", vec![7; list]),
            ("pagefind.js", b"export {}".to_vec()),
            ("pagefind-worker.js", vec![1]),
            ("wasm.en.pagefind", vec![1, 2]),
            ("wasm.unknown.pagefind", vec![3]),
            ("pagefind.en_7.pf_meta", vec![4]),
            ("pagefind-entry.json", b"{}".to_vec()),
        ];
        Bundle::new(files.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)))
    }

    #[test]
    fn pages_are_known_by_what_pagefind_calls_them() {
        let keys = bundle(1).keys;
        let of = |url: &str| keys[url].as_str();
        assert_eq!((of("/a/"), of("/b/"), of("/c/"), keys.len()), ("en_1", "en_2", "en_3", 3));
    }

    #[test]
    fn what_every_search_needs_is_one_file() {
        let files = bundle(1).published(b"[]");
        let start = &files[START];
        let length = u32::from_le_bytes(start[..4].try_into().unwrap()) as usize;
        let list: BTreeMap<String, [usize; 2]> =
            serde_json::from_slice(&start[4..4 + length]).unwrap();
        let of = |name: &str| {
            let [at, long] = list[name];
            &start[4 + length + at..4 + length + at + long]
        };
        assert_eq!((of("wasm.en.pagefind"), of("index/en_6.pf_index")), (&[1, 2][..], &[7][..]));
        assert_eq!(unpacked(of("names.json")), "[]");
        assert_eq!(unpacked(of(VOCABULARY)), "0fox\n0quick\n0slow\n0the\n\n0001");
        let others: Vec<&str> = files.keys().map(String::as_str).collect();
        assert_eq!(
            others,
            [
                "fragment/en_1.pf_fragment",
                "fragment/en_5.pf_fragment",
                "fragment/en_group_4.pf_fragment",
                START,
            ]
        );
    }

    #[test]
    fn long_word_lists_are_loaded_as_they_are_needed() {
        assert!(bundle(MAX_INDEX + 1).published(b"").contains_key("index/en_6.pf_index"));
    }
}
