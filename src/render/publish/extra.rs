//! Machine-readable files besides the pages, one module each.

mod headers;
mod llms;
mod redirects;
mod robots;
mod urls;

use super::publisher::Publisher;
use crate::site::plan::MachineFile;

/// The text of a machine-readable file.
pub(super) fn write(file: MachineFile, publisher: &Publisher<'_>) -> String {
    match file {
        MachineFile::Headers => headers::write(publisher),
        MachineFile::Redirects => redirects::write(publisher),
        MachineFile::Urls => urls::write(publisher),
        MachineFile::LlmsFull => llms::full(publisher),
        MachineFile::Llms => llms::short(publisher),
        MachineFile::Robots => robots::write(publisher),
    }
}
