//! Material that lies beside the checkout and is not part of the project.
//!
//! Where it is absent, a trial that needs it is shown as ignored, with the reason in its name;
//! where `DOCGEN_REQUIRE_SHARED` is set it fails instead, so that nobody takes silence for success.
#![allow(dead_code, reason = "each test program uses a part of it")]

use std::io::Read;
use std::path::{Path, PathBuf};

use libtest_mimic::{Failed, Trial};

/// Where a file of the shared material is.
pub fn shared(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(file)
}

/// A trial that needs files of the shared material.
pub fn trial(
    name: &str,
    needs: &[&str],
    run: impl FnOnce() -> Result<(), Failed> + Send + 'static,
) -> Trial {
    let Some(absent) = needs.iter().find(|file| !shared(file).is_file()) else {
        return Trial::test(name, run);
    };
    let reason = format!("{absent} is absent");
    if std::env::var_os("DOCGEN_REQUIRE_SHARED").is_some() {
        Trial::test(name, move || Err(Failed::from(reason)))
    } else {
        Trial::test(format!("{name} (ignored: {reason})"), || Ok(())).with_ignored_flag(true)
    }
}

/// Reads the files of an archive, one after the other.
pub fn unpack(archive: &Path, mut visit: impl FnMut(&Path, Vec<u8>)) {
    let file = std::fs::File::open(archive).expect("the archive can be opened");
    let decoder = ruzstd::decoding::StreamingDecoder::new(file).expect("it is zstd");
    for entry in tar::Archive::new(decoder).entries().expect("it is a tar") {
        let mut entry = entry.expect("a whole entry");
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let path = entry.path().expect("a path").into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("readable");
        visit(&path, bytes);
    }
}
