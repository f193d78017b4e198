// Runs the browser tests over built sites: `node run.mjs --list`, or
// `node run.mjs --site NAME=FOLDER … [--chromium PATH]`, which writes a line of JSON for each test.
import { readFileSync, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import accessibility from "./accessibility.mjs";
import asking from "./asking.mjs";
import code from "./code.mjs";
import frame from "./frame.mjs";
import search from "./search.mjs";
import weight from "./weight.mjs";

const TESTS = [...frame, ...search, ...code, ...asking, ...weight, ...accessibility];

// After ten minutes a wait is ended that would never end, and after three times as long a test:
// nothing is said of how long one takes.
const NEVER = 10 * 60 * 1000;

// What Chromium itself complains of where it is too busy to fade from one page into the next; the style sheet asks for
// that, and no script does.
const BUSY = new Set([
  "AbortError: Transition was skipped",
  "InvalidStateError: Transition was aborted because of invalid state. ViewTransition opt-in disabled",
]);

const TYPES = {
  ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".json": "application/json",
  ".svg": "image/svg+xml", ".png": "image/png", ".md": "text/markdown; charset=utf-8", ".xml": "text/xml",
  ".txt": "text/plain; charset=utf-8", ".wasm": "application/wasm",
};

// A host without any habits: files, folders with an index, and the site's own 404 page.
function serve(folder) {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname));
    let file = join(folder, path);
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    const found = existsSync(file) && statSync(file).isFile();
    if (!found) file = join(folder, "404.html");
    response.writeHead(found ? 200 : 404, { "content-type": TYPES[extname(file)] || "application/octet-stream" });
    response.end(readFileSync(file));
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

async function main() {
  if (process.argv.includes("--list")) {
    for (const test of TESTS) console.log(JSON.stringify({ name: test.name, needs: test.needs || "own" }));
    return;
  }
  const sites = {};
  const servers = [];
  let chromium = "/usr/bin/chromium";
  for (let at = 2; at < process.argv.length; at += 2) {
    const [flag, value] = [process.argv[at], process.argv[at + 1]];
    if (flag === "--chromium") chromium = value;
    if (flag === "--site") {
      const [name, folder] = value.split(/=(.*)/s);
      const server = await serve(folder);
      servers.push(server);
      sites[name] = { folder, url: `http://127.0.0.1:${server.address().port}` };
    }
  }
  const { chromium: driver } = await import("playwright-core");
  const browser = await driver.launch({ executablePath: chromium, args: ["--no-sandbox"], timeout: NEVER });
  for (const test of TESTS.filter((each) => sites[each.needs || "own"])) {
    const opened = [];
    // A fresh profile, and everything that its pages complain of.
    const open = async (path, options = {}) => {
      const { site = test.needs || "own", ...rest } = options;
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...rest });
      await context.grantPermissions(["clipboard-read", "clipboard-write"]);
      opened.push(context);
      const page = await context.newPage();
      page.setDefaultTimeout(NEVER);
      page.complaints = [];
      page.foreign = [];
      page.on("console", (message) => {
        if (message.type() === "error" || message.type() === "warning") page.complaints.push(message.text());
      });
      page.on("pageerror", (error) => {
        if (!BUSY.has(String(error))) page.complaints.push(String(error));
      });
      page.on("request", (request) => {
        if (!request.url().startsWith(sites[site].url) && !request.url().startsWith("data:")) page.foreign.push(request.url());
      });
      if (path !== null) await page.goto(sites[site].url + path);
      return page;
    };
    const result = { name: test.name, ok: true, message: "" };
    let limit;
    try {
      const hangs = new Promise((_, fail) => { limit = setTimeout(() => fail(new Error("it hangs")), 3 * NEVER); });
      result.message = (await Promise.race([test.run({ open, sites, browser }), hangs])) || "";
    } catch (error) {
      result.ok = false;
      result.message = String(error && error.stack || error);
    }
    clearTimeout(limit);
    for (const context of opened) await context.close();
    console.log(JSON.stringify(result));
  }
  await browser.close();
  servers.forEach((server) => server.close());
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
