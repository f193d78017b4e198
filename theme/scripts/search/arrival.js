// From the box to a page: what was searched for goes along, and is marked there.
import { make } from "../lib/dom.js";
import { rememberHere } from "../lib/storage.js";
import { mark } from "./marks.js";

/** Remembers the words that were found on the page that a link leads to. */
export function leave(href, words) {
  rememberHere("found", { path: new URL(href, location.href).pathname, words });
}

/** Loads the style sheet of the search, once. */
export function styles(href) {
  if (document.querySelector(`link[href="${CSS.escape(href)}"]`)) return Promise.resolve();
  return new Promise((done) => {
    const link = make("link", { rel: "stylesheet", href });
    link.onload = done;
    link.onerror = done;
    document.head.append(link);
  });
}

/** Marks words on this page. */
export async function arrive(href, words) {
  await styles(href);
  mark(words);
}
