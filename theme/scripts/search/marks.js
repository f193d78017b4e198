// The words that a reader searched for, marked on the page that was found: painted by the browser,
// so that nothing of the page changes or moves.
import { make } from "../lib/dom.js";
import { words } from "../lib/words.js";
import { alike } from "./names.js";
import { unaccented } from "./query.js";

const NAME = "docgen-found";
// More marks than this on one page say nothing.
const MOST = 500;

// Whether a word of the page is one of those that were found.
function isFound(word, found) {
  const own = unaccented(word.toLowerCase());
  return found.some((one) => alike(own, unaccented(one)) >= 0.9);
}

// The places of the words in the text of an element.
function places(element, found) {
  const ranges = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node && ranges.length < MOST; node = walker.nextNode()) {
    for (const { 0: word, index } of node.data.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
      if (!isFound(word, found)) continue;
      const range = new Range();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      ranges.push(range);
    }
  }
  return ranges;
}

/** Marks words on the page, until the reader removes them. */
export function mark(found) {
  const article = document.querySelector("article");
  if (!article || !globalThis.Highlight || !CSS.highlights) return;
  const ranges = places(article, found);
  if (!ranges.length) return;
  CSS.highlights.set(NAME, new Highlight(...ranges));
  const button = make("button", { type: "button", class: "search-unmark" }, words.clear_marks);
  const remove = () => {
    CSS.highlights.delete(NAME);
    button.remove();
    removeEventListener("keydown", onKey);
  };
  const onKey = (event) => {
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) remove();
  };
  button.addEventListener("click", remove);
  addEventListener("keydown", onKey);
  document.body.append(button);
}
