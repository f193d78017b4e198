//! What components do with the HTML around them: folders of a tree of files fold, and examples of
//! an API that follow each other stand in one box.

use super::Writer;
use crate::markdown::components::{Component, Html};

/// The component whose lists are files and folders.
const TREE: &str = "FileTree";

/// The box around examples, which are beside the text on wide screens.
const EXAMPLES: &str = "<div class=\"examples\">";
/// Its end.
pub(super) const EXAMPLES_END: &str = "</div>";

/// Whether a component is an example of an API.
pub(super) fn is_example(component: &Component) -> bool {
    matches!(component.html, Html::CodeGroup(class) if class.ends_with(" example"))
}

/// What was written that may turn out to be something else.
#[derive(Default)]
pub(super) struct Folders {
    /// The open items of lists: where the content of each begins, and whether it is a folder.
    items: Vec<(usize, bool)>,
    /// Where the last box of examples ends.
    pub(super) examples: Option<usize>,
}

impl Writer<'_> {
    /// An item of a list begins, its tag is written.
    pub(super) fn enter_item(&mut self) {
        self.folders.items.push((self.out.len(), false));
    }

    /// The end of an item of a list.
    pub(super) fn end_item(&mut self) -> &'static str {
        match self.folders.items.pop() {
            Some((_, true)) => "</details></li>\n",
            _ => "</li>\n",
        }
    }

    /// A list begins. In a tree of files the item around it is a folder, which is named by what
    /// stands before the list.
    pub(super) fn fold_item(&mut self) {
        let around = self.open.last().and_then(|open| open.component);
        if around.is_none_or(|component| component.name != TREE) {
            return;
        }
        let open = self.folders.items.last_mut().filter(|(_, folded)| !folded);
        let Some((start, folded)) = open else { return };
        let Some(name) = self.out.get(*start..) else { return };
        // A summary holds no paragraphs.
        let name = name.replace("<p>", "").replace("</p>", "");
        if name.trim().is_empty() {
            // A list further on is no folder of its name either.
            self.folders.items.pop();
            self.folders.items.push((usize::MAX, false));
            return;
        }
        *folded = true;
        self.out.truncate(*start);
        self.out.push_str("<details open><summary>");
        self.out.push_str(name.trim());
        self.out.push_str("</summary>\n");
        // What these point to has moved.
        self.last_paragraph = None;
        self.tag_before = None;
    }

    /// A component begins: an example directly behind another one stands in the box of that.
    pub(super) fn enter_component(&mut self, component: Option<&Component>) {
        if !component.is_some_and(is_example) {
            return;
        }
        let end = self.folders.examples.take();
        let follows =
            end.filter(|end| self.out.get(*end..).is_some_and(|gap| gap.trim().is_empty()));
        match follows {
            Some(end) => self.out.truncate(end - EXAMPLES_END.len()),
            None => self.out.push_str(EXAMPLES),
        }
    }

    /// A component has ended, its closing tag is written.
    pub(super) fn leave_component(&mut self, component: Option<&Component>) {
        if component.is_some_and(is_example) {
            self.out.push_str(EXAMPLES_END);
            self.folders.examples = Some(self.out.len());
        }
    }
}
