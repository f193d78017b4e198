// What answers: the list of names beside the index, and Pagefind.
import { named, names, related } from "./names.js";

const SHOWN_PAGES = 10;
const SHOWN_NAMES = 5;
const DEBOUNCE_MS = 80;
const EXCERPT_WORDS = 24;

async function titles(bundle) {
  try {
    const response = await fetch(`${bundle}titles.json`);
    return response.ok ? await response.json() : [];
  } catch {
    return [];
  }
}

async function pagefind(bundle) {
  const module = await import(`${bundle}pagefind.js`);
  await module.options({ baseUrl: "/", excerptLength: EXCERPT_WORDS });
  await module.init();
  return module;
}

/**
 * Loads the index in a folder. The answer to a query is `{ called, results, total }`; null for one
 * that was overtaken by the next.
 */
export function load(bundle) {
  const known = titles(bundle).then(names);
  const loaded = pagefind(bundle);
  // Whoever asks hears of it.
  loaded.catch(console.error);

  return async (query) => {
    const engine = await loaded;
    const found = await engine.debouncedSearch(query, {}, DEBOUNCE_MS);
    if (found === null) return null;
    const first = await Promise.all(found.results.slice(0, SHOWN_PAGES).map((result) => result.data()));
    const good = first.filter((result) => related(result, query));
    const called = named(await known, query, SHOWN_NAMES);
    const taken = new Set(called.map(({ url }) => url));
    const results = good.filter(({ url }) => !taken.has(url));
    const all = found.results.length - first.length + good.length;
    return { called, results, taken, total: Math.max(good.length && all, called.length) };
  };
}
