// An address that does not exist: the nearest ones that do.
import { distance } from "../lib/distance.js";
import { make } from "../lib/dom.js";

const SHOWN = 5;
// Of 1 for the same words; less alike than this is noise.
const ALIKE = 0.3;

export async function suggestions() {
  const box = document.querySelector(".suggestions");
  if (!box) return;
  const asked = wordsOf(location.pathname);
  if (!asked.length) return;
  const found = nearest(asked, await paths(box.dataset.addresses));
  const items = found.map((path) => make("li", {}, make("a", { href: path }, decodeURI(path))));
  box.querySelector("ul").append(...items);
  box.hidden = !found.length;
}

function wordsOf(path) {
  let text = path;
  try {
    text = decodeURIComponent(path);
  } catch {
    // As it is.
  }
  const bare = text.toLowerCase().replace(/\.(html?|mdx?)$/, "");
  return bare.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

// The paths of all pages that readers may come across, from a sitemap or from `docs-urls.json`.
async function paths(list) {
  let text;
  try {
    const response = await fetch(list);
    text = response.ok ? await response.text() : "";
  } catch {
    // The page stands without.
    return [];
  }
  if (text.startsWith("{")) {
    return JSON.parse(text).pages.flatMap(({ url, hidden }) => (hidden ? [] : url));
  }
  const locations = text.match(/<loc>[^<]*/g) || [];
  return locations.map((entry) => {
    const address = entry.slice("<loc>".length).replaceAll("&amp;", "&");
    return new URL(address, location.href).pathname;
  });
}

function nearest(asked, known) {
  const found = known.map((path) => ({ path, score: likeness(asked, wordsOf(path)) }));
  return found
    .filter(({ score }) => score > ALIKE)
    .sort((a, b) => b.score - a.score || a.path.length - b.path.length)
    .slice(0, SHOWN)
    .map(({ path }) => path);
}

// How many words two addresses share; the last one counts more, and a misspelt one less.
function likeness(asked, own) {
  const shared = [...new Set(asked)].reduce(
    (sum, word) => sum + Math.max(0, ...own.map((other) => alike(word, other))),
    0,
  );
  return (2 * shared + alike(asked.at(-1), own.at(-1))) / (own.length + asked.length);
}

function alike(word, other = "") {
  if (word === other) return 1;
  const most = Math.min(2, Math.floor(word.length / 4));
  return distance(word, other, most) <= most ? 0.8 : 0;
}
