// Asks a search index: `node queries.mjs FOLDER` reads lines of JSON `{"query", "url"}` from the
// standard input and writes, for each that is not among the first five, the line with what was
// found, then a summary.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const folder = resolve(process.argv[2]);
globalThis.fetch = async (url) => {
  const path = String(url).replace(/^file:\/\//, "").replace(/\?.*$/, "");
  const bytes = readFileSync(path);
  return {
    ok: true,
    status: 200,
    arrayBuffer: async () => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
    json: async () => JSON.parse(bytes.toString("utf8")),
    text: async () => bytes.toString("utf8"),
  };
};
// The box shows what is called as it was asked before what Pagefind finds.
const { named, names, related } = await import(new URL("../../theme/scripts/search/names.js", import.meta.url).href);
const known = names(JSON.parse(readFileSync(`${folder}/titles.json`, "utf8")));
const pagefind = await import(pathToFileURL(`${folder}/pagefind.js`).href);
await pagefind.options({ basePath: `${folder}/`, baseUrl: "/" });
await pagefind.init();

const asked = readFileSync(0, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
let hits = 0;
for (const { query, url } of asked) {
  const called = named(known, query, 5).map((one) => one.url.split("#")[0]);
  const found = called.length < 5 ? (await pagefind.search(query)).results : [];
  const results = await Promise.all(found.slice(0, 5).map((result) => result.data()));
  const rest = results.filter((result) => related(result, query)).map((result) => result.raw_url);
  const first = called.concat(rest).slice(0, 5);
  if (first.includes(url)) hits += 1;
  else console.log(JSON.stringify({ query, url, first }));
}
console.log(JSON.stringify({ asked: asked.length, hits }));
process.exit(0);
