// The words of the theme in the language of the page, by the keys of templates/words/en.toml.
// src/pipeline/values.rs lists those that stand in the page.

const { words: given, ...attributes } = document.body.dataset;

// A base.html that a site has put in the place of the theme's may still name them one by one.
const older = () => ({
  ...attributes,
  copy_failed: attributes.failed,
  less_lines: attributes.less,
  more_lines: attributes.more,
  nothing_found: attributes.nothingFound,
  search_failed: attributes.searchFailed,
  search_hint: attributes.searchHint,
  show_hidden: attributes.hidden,
  variants: attributes.tabs,
});

export const words = given ? JSON.parse(given) : older();
