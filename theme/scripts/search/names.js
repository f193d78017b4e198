// The names of pages and headings: what is called as the reader asks stands first.

const plain = (text) =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, " ")
    .trim();

/**
 * The names of all pages and headings, made once: with each keystroke, nine thousand of them took
 * 11 ms, and a phone is slower. `titles` is the list that stands beside the index: [address, title,
 * first heading, [[id, heading], …]] for each page.
 */
export function names(titles) {
  const all = [];
  const add = (url, title, page, text, weight) => all.push({ url, title, page, weight, name: plain(text) });
  for (const [url, title, first, headings] of titles) {
    add(url, title, title, title, 1);
    if (first) add(url, title, title, first, 1);
    for (const [id, text] of headings) add(`${url}#${encodeURIComponent(id)}`, text, title, text, 0);
  }
  return all;
}

// How well a name fits: the same, begins so, a word begins so, or holds it somewhere.
function fit(name, asked, at) {
  if (name === asked) return 4;
  if (at === 0) return 2;
  return ` ${name}`.includes(` ${asked}`) ? 1 : 0;
}

/** The pages and headings that are called as the reader asks, best first. */
export function named(all, query, most) {
  const asked = plain(query);
  if (asked.length < 2) return [];
  const found = [];
  for (const { url, title, page, weight, name } of all) {
    const at = name.indexOf(asked);
    if (at < 0) continue;
    const score = 2 * fit(name, asked, at) + weight - name.length / 1000;
    found.push({ url, title, page, score });
  }
  found.sort((a, b) => b.score - a.score || a.url.length - b.url.length);
  const seen = new Set();
  return found.filter(({ url }) => !seen.has(url) && seen.add(url)).slice(0, most);
}

// Scripts without spaces are cut into words otherwise.
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/**
 * Whether a reader sees why Pagefind gives a result. It shortens a word that it does not know until
 * something begins like it; a result that shares less than half of a word is noise.
 */
export function related(result, query) {
  if (UNSPACED.test(query)) return true;
  const shown = [result, ...result.sub_results].map((part) => part.excerpt).join(" ");
  const marks = [...shown.matchAll(/<mark>(.*?)<\/mark>/gs)].map((match) => match[1]);
  const found = plain(marks.join(" "));
  const starts = plain(query)
    .split(" ")
    .map((word) => word.slice(0, Math.ceil(word.length / 2)));
  return !found || starts.some((start) => found.includes(start));
}
