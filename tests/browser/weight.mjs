// What a page may weigh.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { COMPONENTS, holds, idle } from "./expect.mjs";

// What a page loads, gzipped: its styles, and its scripts without the search box.
const STYLES = 14 * 1024;
const SCRIPTS = 10 * 1024;

const size = (bytes) => gzipSync(bytes, { level: 9 }).length;

async function loaded(open, path, site) {
  const page = await open(null, { site });
  const files = { stylesheet: 0, script: 0 };
  const waiting = [];
  page.on("response", (response) => {
    const kind = response.request().resourceType();
    if (kind in files) waiting.push(response.body().then((body) => { files[kind] += size(body); }));
  });
  return { page, files, waiting, path };
}

export default [
  {
    name: "styles and scripts of a page stay within their budget",
    async run({ open, sites }) {
      const { page, files, waiting } = await loaded(open, COMPONENTS, "own");
      await page.goto(sites.own.url + COMPONENTS);
      await idle(page);
      await Promise.all(waiting);
      holds(files.stylesheet > 1000 && files.stylesheet <= STYLES, `styles: ${files.stylesheet} bytes`);
      holds(files.script > 1000 && files.script <= SCRIPTS, `scripts: ${files.script} bytes`);
      return `styles ${files.stylesheet} bytes, scripts ${files.script} bytes, gzipped`;
    },
  },
  {
    name: "the sidebar of a large site does not multiply",
    needs: "openclaw",
    async run({ sites }) {
      let [raw, packed, pages] = [0, 0, 0];
      const look = (folder) => {
        for (const entry of readdirSync(folder, { withFileTypes: true })) {
          const path = join(folder, entry.name);
          if (entry.isDirectory()) look(path);
          else if (entry.name === "index.html") {
            const nav = /<nav class="sidebar"[\s\S]*?<\/nav>/.exec(readFileSync(path, "utf8"));
            if (!nav) continue;
            pages += 1;
            raw = Math.max(raw, Buffer.byteLength(nav[0]));
            packed = Math.max(packed, size(nav[0]));
          }
        }
      };
      look(sites.openclaw.folder);
      holds(pages > 700, `only ${pages} pages`);
      holds(raw <= 20 * 1024 && packed <= 4 * 1024, `at most ${raw} bytes, ${packed} gzipped`);
      return `at most ${raw} bytes, ${packed} gzipped, on ${pages} pages`;
    },
  },
];
