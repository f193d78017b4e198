// What answers: the names of the pages, Pagefind, and for words that are nowhere the words of the site.
import { files, textOf } from "./files.js";
import { called, site } from "./names.js";
import { pagefind } from "./pagefind.js";
import { bare, parse, plain, unaccented } from "./query.js";
import { nearest, read, someBegins } from "./vocabulary.js";

// A word of letters alone, of which the words of the site know.
const SPELT = /^\p{L}+$/u;
const DEBOUNCE_MS = 80;
const CANDIDATES = 60;
// Words that stand so close to each other belong together.
const NEAR = 8;
// Long pages answer as well as short ones.
const RANKING = { page_length: 0.25 };
// What the name of a page counts beside its text, links from other pages, and words beside each other.
const NAMED = 1.2;
const LINKED = 0.4;
const CLOSE = 0.4;
// What it counts that a word is on a page at all, and how often and in what place it is.
const PRESENT = 0.4;
// Pages that have less of what was asked than this are noise.
const ENOUGH = 0.34;

const MOST_REQUESTS = 8;
// What is loaded in any case: the script and the style of the box, and what every search needs.
const BOX = 3;
// The texts of so many pages are loaded with an answer if there is room for them, but at least one.
const TEXTS = 3;

// Whether a result has the word, or a word that begins so: Pagefind shortens one that it does not
// know until something begins like it.
async function has(result, text) {
  const { content } = await result.data();
  const words = content.split(content.includes("\u200B") ? "\u200B" : /[^\S\uFEFF]+/);
  const asked = unaccented(text);
  return result.words.some((at) => {
    const word = unaccented((words[at] ?? "").toLowerCase());
    return [...plain(word).split(" "), bare(word)].some((part) => part.startsWith(asked));
  });
}

/** Pages with a word: how well each fits, and where the word is. */
function pagesWith(results, byKey) {
  const most = results[0]?.score || 1;
  const pages = new Map();
  for (const result of results) {
    const page = byKey.get(result.id);
    if (page) pages.set(page, { share: PRESENT + (1 - PRESENT) * (result.score / most), result });
  }
  return pages;
}

// What a word tells that is on so many pages of the site; a rare one is not all that was asked.
const rarity = (total, pages) => Math.sqrt(Math.log(1 + total / (0.5 + pages)));

// What a search needs to know of the site.
class Searcher {
  constructor({ file, loads }, engine, names, language) {
    Object.assign(this, { file, loads, engine, site: names, language });
    this.byKey = new Map(names.pages.map((page) => [page.key, page]));
  }

  vocabulary() {
    this.words ??= textOf(this.file("words.txt")).then(read);
    return this.words;
  }

  // Whether the word, or one that begins so, is anywhere in the text. The words of the site know of
  // most; where they do not, a page is asked whose text may be needed for this alone.
  async begins(text, [first]) {
    const { words, complete } = await this.vocabulary();
    if (someBegins(words, text)) return true;
    if (complete && SPELT.test(text) && nearest(words, text).length) return false;
    return has(first, text);
  }

  // A word that is on pages as it is written, or null.
  async known(text, unspaced) {
    const results = await this.engine.search(text);
    if (!results.length) return null;
    const sure = unspaced || text.startsWith('"') || (await this.engine.search(`"${text}"`)).length > 0;
    if (!sure && !(await this.begins(text, results))) return null;
    return { text, words: [text], pages: pagesWith(results, this.byKey) };
  }

  // A word that is on no page as the words that it may be meant for, or null.
  async corrected(text) {
    const words = nearest((await this.vocabulary()).words, text);
    const found = await Promise.all(words.map((word) => this.known(word, false)));
    const good = found.filter(Boolean);
    if (!good.length) return null;
    const pages = new Map(good.toReversed().flatMap((each) => [...each.pages]));
    return { text, words: good.map((each) => each.text), instead: good[0].text, pages };
  }

  // A word with symbols: as it is written, and wherever its parts are one word with others.
  async compound(text, parts) {
    const known = await this.known(text, false);
    const each = await Promise.all(
      parts.filter((part) => part.length > 1).map((part) => this.known(part, false)),
    );
    if (each.length < 2 || !each.every(Boolean)) return known;
    const pages = new Map(known?.pages);
    for (const [page, { result, share }] of each[0].pages) {
      const others = each.slice(1).map((other) => other.pages.get(page));
      if (pages.has(page) || !others.every(Boolean)) continue;
      const sets = others.map((other) => new Set(other.result.words));
      const words = result.words.filter((place) => sets.every((set) => set.has(place)));
      if (words.length) pages.set(page, { share, result: { ...result, words } });
    }
    return pages.size ? { text, words: [text], parts, pages } : null;
  }

  // The words of a query with their pages: as they are, as their parts, or as they were meant.
  async terms(query) {
    const one = async (text, parts) => {
      const known =
        parts?.length > 1 ? await this.compound(text, parts) : await this.known(text, query.unspaced);
      if (known) return [known];
      if (parts) return (await Promise.all(parts.map((part) => one(part)))).flat();
      const meant = query.unspaced || text.startsWith('"') ? null : await this.corrected(text);
      return meant ? [meant] : [];
    };
    const all = await Promise.all(query.terms.map((text) => one(text, query.parts.get(text))));
    const total = this.site.pages.length;
    return all.flat().map((term) => ({ ...term, weight: rarity(total, term.pages.size) }));
  }
}

// How many words of the query stand beside each other on a page, from 0 to 1.
function closeness(page, terms) {
  let near = 0;
  for (let at = 1; at < terms.length; at += 1) {
    const [a, b] = [terms[at - 1], terms[at]].map((term) => term.pages.get(page)?.result.words);
    if (!a || !b) continue;
    const known = new Set(a);
    const close = b.some((place) =>
      Array.from({ length: NEAR }, (_, by) => place - by - 1).some((each) => known.has(each)),
    );
    near += close ? 1 : 0;
  }
  return near / (terms.length - 1);
}

/** The pages that answer, best first: `{ page, name, score, terms }`. */
export function ranked(pages, query, terms) {
  const sum = terms.reduce((total, { weight }) => total + weight, 0) || 1;
  const hits = [];
  for (const page of pages) {
    const text =
      terms.reduce((total, term) => total + term.weight * (term.pages.get(page)?.share ?? 0), 0) / sum;
    const found = terms.reduce((total, term) => total + (term.pages.has(page) ? term.weight : 0), 0) / sum;
    const name = called(page, query, terms);
    if (found >= ENOUGH || name?.score >= ENOUGH) {
      hits.push({ page, name, score: text + NAMED * (name?.score ?? 0) + LINKED * page.linked });
    }
  }
  hits.sort((a, b) => b.score - a.score);
  if (terms.length > 1) {
    for (const hit of hits.slice(0, CANDIDATES)) hit.score += CLOSE * closeness(hit.page, terms);
    hits.sort((a, b) => b.score - a.score || a.page.url.length - b.page.url.length);
  }
  return hits;
}

/**
 * Loads the index in a folder: `{ site, ask, answer }`. `ask(query, only)` is
 * `{ hits, instead, terms, texts }`, or null for a query that was overtaken by the next. `only(page)` is
 * whether a page is asked for, and `texts` of how many pages the text is to be loaded at once.
 * `begun` is the answer to the first request, if it was sent already.
 */
export function open(folder, language, begun) {
  const opened = files(folder, begun);
  const names = opened.then(({ file }) => textOf(file("names.json"))).then((text) => site(JSON.parse(text)));
  const engine = opened.then((all) => pagefind({ ...all, language, ranking: RANKING }));
  const searcher = Promise.all([opened, engine, names]).then((all) => new Searcher(...all, language));
  // Whoever asks hears of it.
  for (const promise of [names, engine, searcher]) promise.catch(console.error);

  const answer = async (text, only = () => true) => {
    const own = await searcher;
    const before = own.loads();
    const query = parse(text, own.site.stop, language);
    const terms = await own.terms(query);
    const replaced = new Map(terms.filter((term) => term.instead).map((term) => [term.text, term.instead]));
    const instead = replaced.size ? query.terms.map((term) => replaced.get(term) ?? term).join(" ") : null;
    const room = MOST_REQUESTS - BOX - (own.loads() - before);
    // A name is compared with what was meant.
    const meant = instead ? parse(instead, own.site.stop, language) : query;
    const hits = ranked(own.site.pages.filter(only), meant, terms);
    return { hits, instead, terms, texts: Math.max(1, Math.min(TEXTS, room)) };
  };
  let latest = 0;
  const ask = async (text, only) => {
    latest += 1;
    const mine = latest;
    await new Promise((done) => {
      setTimeout(done, DEBOUNCE_MS);
    });
    if (mine !== latest) return null;
    const found = await answer(text, only);
    return mine === latest ? found : null;
  };
  return { site: names, ask, answer };
}
