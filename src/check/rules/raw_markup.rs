//! Text that readers see and that is markup which was not understood.

use std::cell::OnceCell;

use crate::diagnostic::{Finding, Safety, Severity};
use crate::markdown::Includes;
use crate::markdown::expand::{Variables, read_variables, similar, use_at};
use crate::raw_markup::{self, Kind, Raw, Shown};
use crate::rule::{Check, PageContext, Rule};
use crate::source::Span;
use crate::text::{fix, mentions};
use crate::understood::understands;

/// The rule.
pub static RULE: Rule = Rule {
    name: "raw-markup",
    severity: Some(Severity::Warning),
    doc: include_str!("../../../content/manual/rules/raw-markup.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let config = &context.site.config;
    let foreign = config.flavour.is_foreign();
    let includes = config.dialect().includes;
    // A program that reads the links of a book may read its directives as well.
    let applies = |only: Includes| only == includes && !config.layout.link_hook;
    let wanted = |kind: &Kind| !(foreign && kind.is_extension) && kind.only.is_none_or(applies);
    let understood = |kind: &'static Kind| understands(context.site, kind);
    let is_mdx = context.page.is_mdx();
    let calls = Calls::default();
    raw_markup::find(context.text(), context.outline, is_mdx, &wanted, &mut |kind, shown, raw| {
        let span = shown.span(raw.span.start, raw.span.end);
        // A text about such markup shows it on purpose.
        if !mentions(context.text(), span, kind.about)
            && !calls.tells(context, span)
            && !understood(kind)
        {
            out.push(finding(context, span, kind, shown, raw));
        }
    });
}

/// The calls that other rules report.
#[derive(Default)]
struct Calls {
    /// The variables of the page, which are read once.
    known: OnceCell<Variables>,
}

impl Calls {
    /// Whether another rule reports this markup: a part that is missing, or a misspelt variable.
    fn tells(&self, context: &PageContext<'_>, span: Span) -> bool {
        let config = context.site.config;
        if config.dialect().includes != Includes::Parts {
            return false;
        }
        let written = &context.text()[span.start..span.end];
        let variables = || {
            let mut known = config.variables.clone();
            let front = context.facts().front.node.as_ref();
            if let Some(own) = front.and_then(|node| node.get("variables")) {
                read_variables(own, &mut known, &mut |_, _| {});
            }
            known
        };
        written.starts_with("{{#include ")
            || use_at(written)
                .is_some_and(|used| similar(used.name, self.known.get_or_init(variables)).is_some())
    }
}

fn finding(
    context: &PageContext<'_>,
    span: Span,
    kind: &Kind,
    shown: &Shown<'_>,
    raw: Raw,
) -> Finding {
    let finding =
        Finding::new(context.path(), span, kind.message).help(kind.help).severity(kind.severity);
    let safety = if raw.is_safe { Safety::Safe } else { Safety::Unsafe };
    let correction = raw.edit.map(|(range, text)| {
        let edit = (shown.span(range.start, range.end), text);
        fix(context, "write it as CommonMark expects it", safety, [edit])
    });
    finding.maybe_fix(correction)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checker::Checker;
    use crate::project::{Inputs, Model};

    /// How often the rule finds something in a book with these settings.
    fn in_book(settings: &str, page: &str) -> usize {
        let files =
            [("book.toml", settings), ("src/SUMMARY.md", "- [A](a.md)\n"), ("src/a.md", page)];
        let files = files.map(|(path, text)| (path.to_owned(), text.to_owned())).to_vec();
        let model = Model::new(Inputs::from_texts(files).unwrap()).unwrap();
        let found = Checker::new(&model).check().diagnostics;
        found.iter().filter(|one| one.rule == &RULE).count()
    }

    /// A preprocessor may read directives of its own.
    #[test]
    fn directives_of_books() {
        let plain = "[book]\ntitle = \"A\"\n";
        let quiz = format!("{plain}[preprocessor.quiz]\n");
        let page = "# A\n\n{{#quiz a.toml}}\n";
        assert_eq!(in_book(plain, page), 1);
        assert_eq!(in_book(&quiz, page), 0);
        assert_eq!(in_book(plain, "# A\n\n{{#title A}}\n\n`{{#quiz a}}` \\{{#quiz a}}\n"), 0);
    }
}
