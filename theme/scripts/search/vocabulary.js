// The words of the site, among which a misspelt one is looked up.
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

/**
 * How many letters are wrong, missing, too many or exchanged between two words; more than `most` is
 * as good as any more.
 */
export function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, row] = [[], Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        next[j] = Math.min(next[j], before[j - 2] + 1);
      }
    }
    if (Math.min(...next) > most) return most + 1;
    [before, row] = [row, next];
  }
  return row[b.length];
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
