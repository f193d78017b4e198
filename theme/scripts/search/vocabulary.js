// The words of the site, among which a misspelt one is looked up.
import { distance } from "../lib/distance.js";
import { unaccented } from "./query.js";

// Words of up to so many letters are thought to have one slip, longer ones two.
const ONE_SLIP = 7;
// src/render/publish/search/vocabulary.rs has the same limits.
const MOST_WORDS = 20000;
const SHORTEST = 3;
const LONGEST = 24;
const MOST = 2;

/**
 * Reads the list beside the index: `{ words, complete }`. Of each word it says on how many pages it is, as
 * a power of two; of too many words the rare ones are missing.
 */
export function read(list) {
  const words = [];
  const [lines, counts] = list.split("\n\n");
  let last = [];
  for (const line of lines.split("\n").filter(Boolean)) {
    last = [...last.slice(0, parseInt(line[0], 36)), ...line.slice(1)];
    words.push({ word: unaccented(last.join("")), pages: parseInt(counts[words.length], 36) });
  }
  return { words, complete: words.length < MOST_WORDS };
}

/** Whether some word begins so. */
export function someBegins(words, text) {
  const asked = unaccented(text);
  return words.some(({ word }) => word.startsWith(asked));
}

/** The words that a misspelt one is most likely to be, best first. */
export function nearest(words, misspelt) {
  const asked = unaccented(misspelt);
  if (asked.length < SHORTEST || asked.length > LONGEST) return [];
  const most = asked.length <= ONE_SLIP ? 1 : 2;
  const found = [];
  for (const { word, pages } of words) {
    const slips = distance(asked, word, most);
    // The first letter is seldom wrong.
    if (slips <= most) found.push({ word, pages, slips: slips + (word[0] === asked[0] ? 0 : 0.5) });
  }
  found.sort((a, b) => a.slips - b.slips || b.pages - a.pages);
  return found
    .filter(({ slips }) => slips === found[0].slips)
    .slice(0, MOST)
    .map(({ word }) => word);
}
