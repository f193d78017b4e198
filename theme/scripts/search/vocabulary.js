// The words of the site, among which a misspelt one is looked up.
import { distance } from "../lib/distance.js";
import { unaccented } from "./query.js";

// Words of up to so many letters are thought to have one slip, longer ones two.
const ONE_SLIP = 7;
const SHORTEST = 3;
const LONGEST = 24;
const MOST = 2;

/** Reads the list beside the index: words, and on how many pages each is. */
export function read(list) {
  const words = [];
  let last = [];
  for (const line of list.split("\n")) {
    if (!line) continue;
    const [rest, pages = "1"] = line.slice(1).split(" ");
    last = [...last.slice(0, parseInt(line[0], 36)), ...rest];
    words.push({ word: unaccented(last.join("")), pages: Number(pages) });
  }
  return words;
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
