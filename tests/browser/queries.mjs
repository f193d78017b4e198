// Asks a search index: `node queries.mjs FOLDER LANGUAGE` reads lines of JSON `{"query", "urls",
// "first"}` from the standard input and writes, for each of which none of the addresses is among so
// many first pages, the line with what was found, then a summary.
// A line `{"url", "ids"}` says which ids the headings of a page have; it is written if the box would lead
// elsewhere.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const folder = `${resolve(process.argv[2])}/`;
globalThis.fetch = async (url) => new Response(readFileSync(String(url).replace(/\?.*$/, "")));
// What the box asks.
const { open } = await import(pathToFileURL(resolve(import.meta.dirname, "../../theme/scripts/search/engine.js")).href);
const { answer, site } = open(folder, process.argv[3]);
const { pages } = await site;

const lines = readFileSync(0, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
const asked = lines.filter((line) => line.query);
for (const { url, ids } of lines.filter((line) => line.ids)) {
  const own = pages.find((page) => page.url === url)?.names.map(({ id }) => id).filter((id) => id !== null);
  if (JSON.stringify(own) !== JSON.stringify(ids)) console.log(JSON.stringify({ url, ids, own }));
}
let hits = 0;
for (const { query, urls, first } of asked) {
  const found = (await answer(query)).hits.slice(0, first).map(({ page }) => page.url);
  if (urls.some((url) => found.includes(url))) hits += 1;
  else console.log(JSON.stringify({ query, urls, found }));
}
console.log(JSON.stringify({ asked: asked.length, hits }));
process.exit(0);
