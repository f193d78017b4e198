// The names of pages and headings: what is called as the reader asks stands first.
import { UNSPACED, bare, folded, plain } from "./query.js";

// Words that begin alike and differ by so many letters at the end are forms of one word.
const SHORTEST_STEM = 4;
const LONGEST_ENDING = 3;

// The words of a name: those that are spelt with symbols also without.
const words = (text) => {
  const parts = plain(text).split(" ").filter(Boolean);
  return { parts, all: new Set([...parts, ...folded(text).split(" ").map(bare).filter(Boolean)]) };
};

const name = (text, id, weight) => ({
  id,
  title: text,
  weight,
  text: folded(text),
  plain: plain(text),
  words: words(text),
});

// The id that most headings have; `usual_id` in src/render/publish/search/names.rs is the same.
const usualId = (text) =>
  text
    .trim()
    .replace(/[^\p{Alphabetic}\p{N} _-]+/gu, "")
    .replaceAll(" ", "-")
    .toLowerCase();

/**
 * The pages of a site from the list beside the index: `{ tabs, tags, start, stop, pages }`, made once, for
 * there are thousands of names and each keystroke asks them all. `linked` is from 0 to 1, by how many
 * pages link to a page: what the others refer to is seldom what nobody looks for.
 */
export function site({ tabs, tags, start, stop, pages, keys }) {
  const most = Math.log(2 + Math.max(0, ...pages.map((page) => page[6])));
  const read = ([url, title, first, tab, groups, headings, links, about], at) => ({
    url,
    title,
    tab,
    tags: about,
    key: keys[at],
    groups,
    linked: Math.log(1 + links) / most,
    names: [
      name(title, null, 1),
      ...(first ? [name(first, null, 1)] : []),
      // A heading alone, or behind an id that does not follow from it.
      ...headings.map((own) =>
        typeof own === "string" ? name(own, usualId(own), 0.8) : name(own[1], own[0], 0.8),
      ),
    ],
  });
  return { tabs, tags, start, stop, pages: pages.map(read) };
}

/** How well a word of a name is a word that was asked for: 1 for the same, 0 for another. */
export function alike(own, asked) {
  if (own === asked) return 1;
  const [short, long] = own.length < asked.length ? [own, asked] : [asked, own];
  if (!long.startsWith(short)) return 0;
  if (short.length >= SHORTEST_STEM && long.length - short.length <= LONGEST_ENDING) return 0.9;
  // A word that is not yet written to its end.
  return short === asked && short.length > 1 ? 0.5 : 0;
}

// How much of a name was asked for, and how much of what was asked it has, from 0 to 1.
function shared({ parts, all }, terms) {
  let [found, sum] = [0, 0];
  for (const { words: spellings, weight } of terms) {
    let best = 0;
    for (const spelling of spellings) {
      if (all.has(spelling)) best = 1;
      else for (const own of parts) best = Math.max(best, alike(own, spelling));
    }
    found += best * weight;
    sum += weight;
  }
  if (!found) return 0;
  const spoken = new Set(terms.flatMap((term) => term.words));
  const covered = parts.filter((own) => [...spoken].some((spelling) => alike(own, spelling))).length;
  return (found / sum) * (0.6 + 0.4 * Math.min(1, covered / parts.length || 1));
}

// How well a name fits a query: 3 for the very text, 2 for its words, less for some of them.
function fit(each, query, terms) {
  if (each.text === query.text) return 3;
  if (query.plain && each.plain === query.plain) return 2;
  if (query.unspaced && UNSPACED.test(each.text)) {
    return each.plain.includes(query.plain) ? 1 + query.plain.length / each.plain.length / 2 : 0;
  }
  return shared(each.words, terms);
}

/** The name of a page that fits a query best: `{ id, title, score }`; null for none. */
export function called(page, query, terms) {
  let best = null;
  for (const each of page.names) {
    const score = fit(each, query, terms) * each.weight;
    if (score > 0 && !(best?.score >= score)) best = { id: each.id, title: each.title, score };
  }
  return best;
}
