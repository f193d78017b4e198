//! Tests of the library and of the real binary, as one program: each module is one subject.
#![allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests run the program"
)]

#[path = "../common/mod.rs"]
mod common;

mod architecture;
mod bad_input;
mod bad_truth;
mod books;
mod ci;
mod cli;
mod components;
mod constructs;
mod daily;
#[cfg(feature = "external")]
mod external;
mod finding_a_tree;
mod flavours;
mod folder_order;
mod footnotes;
mod formats;
mod frame;
mod fuzz;
mod hostile;
mod kill;
mod labels;
mod links;
mod machines;
mod manual;
mod mdx;
mod nav_icons;
mod new_from;
mod own_address;
mod own_components;
mod parts;
mod plan;
mod positions;
mod properties;
mod publish;
mod pull_request;
mod rendering_faults;
mod review;
mod review_blocks;
mod serve;
mod settings;
mod side_texts;
mod spec_import;
mod suggestions;
mod suppressions;
mod syntax;
mod theme;
mod visibility;
mod words;
