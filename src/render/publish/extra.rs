//! Machine-readable files besides the pages, one module each.

mod headers;
mod llms;
mod redirects;
mod robots;
mod urls;

use super::pages::Pages;
use crate::site::plan::MachineFile;

/// The text of a machine-readable file.
pub(super) fn write(file: MachineFile, pages: &Pages<'_>) -> String {
    match file {
        MachineFile::Headers => headers::write(pages),
        MachineFile::Redirects => redirects::write(pages),
        MachineFile::Urls => urls::write(pages),
        MachineFile::LlmsFull => llms::full(pages),
        MachineFile::Llms => llms::short(pages),
        MachineFile::Robots => robots::write(pages),
    }
}
