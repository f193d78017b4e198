//! The table of rules. A rule is a file here, a page of the manual in `content/manual/rules/`,
//! which `explain`, the site and the tests share, and a row of this table.

pub mod accidental_heading;
pub mod active_content;
pub mod anchor_style;
pub mod bad_argument_value;
pub mod bad_example_passes;
pub mod broken_anchor;
pub mod broken_link;
pub mod broken_redirect;
pub mod broken_reference;
pub mod broken_setting;
pub mod case_mismatch;
pub mod code_label;
pub mod code_syntax;
pub mod config_schema;
pub mod dead_external_link;
pub mod duplicate_anchor;
pub mod duplicate_key;
pub mod duplicate_route;
pub mod duplicate_title;
pub mod empty_link;
pub mod entity_in_code;
pub mod escaped_code;
pub mod escaped_markdown;
pub mod front_matter;
pub mod heading_order;
pub mod invalid_suppression;
pub mod invisible_character;
pub mod leaked_text;
pub mod link_to_redirect;
pub mod lost_text;
pub mod math_syntax;
pub mod mdx_syntax;
pub mod merge_conflict;
pub mod missing_asset;
pub mod missing_include;
pub mod missing_nav_page;
pub mod missing_title;
pub mod mojibake;
pub mod nested_fence;
pub mod orphan_page;
pub mod raw_markup;
pub mod run_on_fence;
pub mod secret_in_example;
pub mod shrunken_page;
pub mod smart_quotes_in_code;
pub mod stray_close;
pub mod swallowed_content;
pub mod template_error;
pub mod truncated_code;
pub mod truncated_heading;
pub mod truncated_page;
pub mod truncated_table;
pub mod truncated_text;
pub mod unclosed_component;
pub mod unclosed_fence;
pub mod unclosed_inline;
pub mod undocumented_command;
pub mod unknown_attribute;
pub mod unknown_command;
pub mod unknown_component;
pub mod unknown_flag;
pub mod unknown_icon;
pub mod unknown_variable;
pub mod unpainted_code;
pub mod unreadable_file;
pub mod unrendered_page;
pub mod unused_suppression;
pub mod vanished_target;

use super::prefilter::Prefilter;
use super::rule::Rule;

/// Every rule, sorted by name.
pub static RULES: &[&Rule] = &[
    &accidental_heading::RULE,
    &active_content::RULE,
    &anchor_style::RULE,
    &bad_argument_value::RULE,
    &bad_example_passes::RULE,
    &broken_anchor::RULE,
    &broken_link::RULE,
    &broken_redirect::RULE,
    &broken_reference::RULE,
    &broken_setting::RULE,
    &case_mismatch::RULE,
    &code_label::RULE,
    &code_syntax::RULE,
    &config_schema::RULE,
    &dead_external_link::RULE,
    &duplicate_anchor::RULE,
    &duplicate_key::RULE,
    &duplicate_route::RULE,
    &duplicate_title::RULE,
    &empty_link::RULE,
    &entity_in_code::RULE,
    &escaped_code::RULE,
    &escaped_markdown::RULE,
    &front_matter::RULE,
    &heading_order::RULE,
    &invalid_suppression::RULE,
    &invisible_character::RULE,
    &leaked_text::RULE,
    &link_to_redirect::RULE,
    &lost_text::RULE,
    &math_syntax::RULE,
    &mdx_syntax::RULE,
    &merge_conflict::RULE,
    &missing_asset::RULE,
    &missing_include::RULE,
    &missing_nav_page::RULE,
    &missing_title::RULE,
    &mojibake::RULE,
    &nested_fence::RULE,
    &orphan_page::RULE,
    &raw_markup::RULE,
    &run_on_fence::RULE,
    &secret_in_example::RULE,
    &shrunken_page::RULE,
    &smart_quotes_in_code::RULE,
    &stray_close::RULE,
    &swallowed_content::RULE,
    &template_error::RULE,
    &truncated_code::RULE,
    &truncated_heading::RULE,
    &truncated_page::RULE,
    &truncated_table::RULE,
    &truncated_text::RULE,
    &unclosed_component::RULE,
    &unclosed_fence::RULE,
    &unclosed_inline::RULE,
    &undocumented_command::RULE,
    &unknown_attribute::RULE,
    &unknown_command::RULE,
    &unknown_component::RULE,
    &unknown_flag::RULE,
    &unknown_icon::RULE,
    &unknown_variable::RULE,
    &unpainted_code::RULE,
    &unreadable_file::RULE,
    &unrendered_page::RULE,
    &unused_suppression::RULE,
    &vanished_target::RULE,
];

/// The rule called `name`.
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.name == name)
}

/// The search for the texts of all rules that run only on pages with such a text.
pub fn prefilter() -> Prefilter {
    let texts = [leaked_text::PREFILTER_TEXTS, secret_in_example::PREFILTER_TEXTS];
    Prefilter::new(&texts.concat())
}

/// The names of all rules.
pub const NAMES: &[&str] = &names();

const fn names() -> [&'static str; RULES.len()] {
    let mut names = [""; RULES.len()];
    let mut at = 0;
    while at < RULES.len() {
        names[at] = RULES[at].name;
        at += 1;
    }
    names
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests read files of the repository")]
mod tests {
    use super::*;

    #[test]
    fn the_folder_is_the_table() {
        let root = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
        let files = |folder: &str, suffix: &str| {
            let mut names: Vec<String> = std::fs::read_dir(root.join(folder))
                .unwrap()
                .filter_map(|entry| {
                    entry.unwrap().file_name().to_str()?.strip_suffix(suffix).map(str::to_owned)
                })
                .filter(|name| name != "mod")
                .map(|name| name.replace('_', "-"))
                .collect();
            names.sort();
            names
        };
        let names: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
        assert!(names.is_sorted());
        assert_eq!(files("src/check/rules", ".rs"), names);
        assert_eq!(files("content/manual/rules", ".md"), names);
    }
}
