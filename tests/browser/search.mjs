// The search box: by keyboard alone, on a phone, from right to left, and where it is left out.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { PHONE, WIDE, comes, equal, holds, idle } from "./expect.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// Asks, and waits until the box says what it found.
const ask = async (page, query) => {
  await page.evaluate(() => { document.querySelector(".search-status").textContent = ""; });
  await page.locator(".search input").fill(query);
  await page.waitForFunction((text) => {
    const status = document.querySelector(".search-status").textContent;
    return /\d/.test(status) || status.includes(text);
  }, query);
};

export default [
  {
    name: "search opens, answers and leads on by the keyboard alone",
    async run({ open }) {
      const page = await open("/");
      for (const keys of ["/", "Control+k"]) {
        await page.keyboard.press(keys);
        await page.waitForSelector("dialog.search[open]");
        equal(await page.evaluate(() => document.activeElement.getAttribute("role")), "combobox", `${keys}: focus is in the box`);
        await page.keyboard.press("Escape");
        holds(!(await page.isVisible("dialog.search")), "Escape closes it");
      }
      await page.keyboard.press("/");
      await page.waitForSelector("dialog.search[open]");
      await page.keyboard.type("The working setup");
      // An answer to the first letters is no answer: the box is asked once more and drops all others.
      await page.evaluate(() => {
        document.querySelector(".search-status").textContent = "";
        document.querySelector(".search input").dispatchEvent(new Event("input"));
      });
      await page.waitForFunction(() => document.querySelector(".search-status").textContent);
      await page.waitForFunction(() => document.querySelector(".search [role=option]").textContent.includes("working"));
      // Sections of a page come with its text: until then an arrow leads to the next page.
      await page.waitForSelector("#docgen-result-0 .search-excerpt");
      const chosen = () => page.evaluate(() => document.getElementById(document.querySelector(".search input").getAttribute("aria-activedescendant"))?.getAttribute("aria-selected"));
      equal(await chosen(), "true", "the first is chosen");
      const first = await page.locator(".search [aria-selected=true]").getAttribute("id");
      await page.keyboard.press("ArrowDown");
      holds(await page.locator(".search [aria-selected=true]").getAttribute("id") !== first, "an arrow goes on");
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("Enter");
      await page.waitForURL("**/deployment/docker-reverse-proxy/#the-working-setup");
      equal(page.complaints, [], "complaints");
      equal(page.foreign, [], "requests elsewhere");
    },
  },
  {
    name: "what is found stands under its page, with headings and marks",
    async run({ open }) {
      const page = await open("/");
      await page.click(".search-button");
      await page.waitForSelector("dialog.search[open]");
      await ask(page, "trustedProxies");
      const groups = page.locator(".search-results [role=group]");
      holds(await groups.count() > 0, "pages");
      await comes(page, "a heading", () => document.querySelector(".search .search-heading"));
      const way = await page.locator(".search .search-way").first().textContent();
      holds(way.startsWith("OpenClaw › "), `the way to the page: ${way}`);
      const heading = await page.locator(".search .search-heading").first().getAttribute("href");
      holds(heading.includes("#"), `a heading is linked: ${heading}`);
      holds(await page.locator(".search mark").count() > 0, "marks");
      await ask(page, "qqzzxx");
      holds((await page.textContent(".search-status")).includes("qqzzxx"), "that nothing was found is said");
      equal(await page.locator(".search [role=option]").count(), 0, "results");
      // A word that nothing begins like is not shortened until something does.
      await ask(page, "xylophone");
      equal(await page.locator(".search [role=option]").count(), 0, "results for a word that is nowhere");
      await ask(page, "configurationz");
      holds(await page.locator(".search [role=option]").count() > 0, "a word with a slip at its end");
      await page.click(".search-close");
      equal(await page.evaluate(() => document.activeElement.className), "search-button", "focus is back");
    },
  },
  {
    name: "code is found",
    async run({ open }) {
      const page = await open("/");
      await page.keyboard.press("/");
      await page.waitForSelector("dialog.search[open]");
      await ask(page, "proxy_set_header");
      const found = await page.locator(".search [role=option]").evaluateAll((all) => all.map((each) => each.getAttribute("href")));
      holds(found.some((href) => href.startsWith("/deployment/other-proxies/")), `the page with the block: ${found}`);
    },
  },
  {
    name: "a misspelt word is found, and the box says what it searched for",
    async run({ open }) {
      const page = await open("/");
      await page.keyboard.press("/");
      await page.waitForSelector("dialog.search[open]");
      await ask(page, "brokn link");
      equal(await page.locator(".search [role=option]").first().getAttribute("href"), "/manual/rules/broken-link/", "the page");
      const status = await page.textContent(".search-status");
      holds(status.includes("broken link"), status);
      equal(page.complaints, [], "complaints");
    },
  },
  // The word lists of the larger one do not come with the start.
  ...[["own", ["flag", "dark mode", "brokn link"]], ["openclaw", ["gateway", "dark mode", "gatewy", "brokn link"]]].map(([needs, queries]) => ({
    name: `a first search takes few requests: ${needs}`,
    needs,
    async run({ open, sites }) {
      const counts = [];
      for (const query of queries) {
        const page = await open(null);
        const asked = [];
        await page.goto(`${sites[needs].url}/`);
        await idle(page);
        page.on("request", (request) => asked.push(new URL(request.url()).pathname));
        await page.keyboard.press("/");
        await page.waitForSelector("dialog.search[open]");
        await ask(page, query);
        await comes(page, "texts", () => document.querySelectorAll(".search-results .search-excerpt").length > 1);
        await idle(page);
        holds(asked.length <= 8, `${query}: ${asked.length}: ${asked}`);
        equal(asked.some((path) => path.includes("/index/")), needs === "openclaw", "word lists beside the start");
        counts.push(`${query}: ${asked.length} requests`);
        await page.context().close();
      }
      return counts.join(", ");
    },
  })),
  {
    name: "what was searched for is marked on the page that was found, and nothing moves",
    async run({ open }) {
      const page = await open("/");
      await page.keyboard.press("/");
      await page.waitForSelector("dialog.search[open]");
      await ask(page, "brokn link");
      await page.keyboard.press("Enter");
      await page.waitForURL("**/manual/rules/broken-link/");
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      await comes(page, "a mark", () => CSS.highlights.get("docgen-found")?.size > 0);
      const marked = await page.evaluate(() => [...CSS.highlights.get("docgen-found")].map(String));
      holds(marked.includes("broken") && marked.includes("links"), `marked: ${marked}`);
      equal(await page.evaluate(() => document.documentElement.scrollHeight), height, "the height of the page");
      await page.keyboard.press("Escape");
      equal(await page.evaluate(() => CSS.highlights.has("docgen-found")), false, "marks after Escape");
      equal(await page.locator(".search-unmark").count(), 0, "buttons after Escape");
      await page.reload();
      await idle(page);
      equal(await page.evaluate(() => CSS.highlights.has("docgen-found")), false, "marks when the page is opened again");
    },
  },
  {
    name: "searches that led somewhere are offered again, until they are cleared",
    async run({ open }) {
      const page = await open("/");
      await page.keyboard.press("/");
      await page.waitForSelector("dialog.search[open]");
      await comes(page, "a page to start with", () => document.querySelector(".search [role=option]"));
      equal(await page.locator(".search-asked").count(), 0, "searches of a new reader");
      await ask(page, "sitemap");
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => url.pathname !== "/");
      await page.keyboard.press("/");
      await page.waitForSelector("dialog.search[open]");
      await comes(page, "the search", () => document.querySelector(".search-asked")?.textContent === "sitemap");
      await page.click(".search-asked");
      equal(await page.inputValue(".search input"), "sitemap", "what is asked");
      await page.fill(".search input", "");
      await page.click(".search-forget");
      await comes(page, "a list without it", () => !document.querySelector(".search-asked") && document.querySelector(".search [role=option]"));
    },
  },
  {
    name: "one tab of the site can be searched",
    async run({ open }) {
      const page = await open("/");
      await page.keyboard.press("/");
      await page.waitForSelector("dialog.search[open]");
      await ask(page, "link");
      await page.click(".search-filters button:has-text('Reference')");
      await comes(page, "pages of the tab alone", () => {
        const ways = [...document.querySelectorAll(".search-way")].map((way) => way.textContent);
        return ways.length && ways.every((way) => way.startsWith("Reference"));
      });
      equal(await page.locator(".search-filters [aria-pressed=true]").allTextContents(), ["Reference"], "the tab");
    },
  },
  {
    name: "the pages with a tag can be searched",
    needs: "asking",
    async run({ open }) {
      const page = await open("/");
      await page.keyboard.press("/");
      await page.waitForSelector("dialog.search[open]");
      const found = () => page.locator(".search-results .search-page").evaluateAll((all) => all.map((each) => each.getAttribute("href").replace(/#.*/, "")));
      await comes(page, "the tags", () => document.querySelectorAll(".search-filters option").length === 4);
      equal(await page.locator(".search-filters option").allTextContents(), ["Tags", "Code", "http", "Users"], "tags");
      await page.selectOption(".search-filters select", { label: "Users" });
      await comes(page, "its pages, before anything is asked", () => document.querySelector(".search [role=option]")?.getAttribute("href") === "/api/");
      equal(await found(), ["/api/"], "pages with the tag");
      await ask(page, "one");
      equal(await found(), ["/api/"], "pages with the tag and the word");
      await page.selectOption(".search-filters select", { label: "Tags" });
      await comes(page, "all pages with the word", () => document.querySelectorAll(".search-results .search-page").length === 2);
      equal(page.complaints, [], "complaints");
    },
  },
  {
    name: "an address that does not exist offers the search",
    async run({ open }) {
      const page = await open("/nowhere/at/all/");
      await page.fill(".search-form input", "sitemap");
      await page.keyboard.press("Enter");
      await page.waitForSelector("dialog.search[open]");
      equal(await page.inputValue(".search input"), "sitemap", "what is asked");
      await comes(page, "an answer", () => document.querySelector(".search [role=option][href]"));
    },
  },
  {
    name: "a slash in a text field stays a slash",
    async run({ open }) {
      const page = await open("/");
      await page.evaluate(() => { document.querySelector("article").prepend(document.createElement("input")); });
      await page.focus("article input");
      await page.keyboard.press("/");
      equal(await page.inputValue("article input"), "/", "what was typed");
      equal(await page.locator("dialog.search").count(), 0, "boxes");
    },
  },
  {
    name: "nothing of the search is loaded before it is asked for",
    async run({ open, sites }) {
      const page = await open(null);
      const asked = [];
      page.on("request", (request) => asked.push(new URL(request.url()).pathname));
      await page.goto(`${sites.own.url}/`);
      await idle(page);
      equal(asked.filter((path) => path.includes("search")), [], "requests");
    },
  },
  {
    name: "axe finds nothing on the open search box",
    async run({ open }) {
      for (const size of [WIDE, PHONE]) {
        for (const colorScheme of ["light", "dark"]) {
          const page = await open("/", { ...size, colorScheme, bypassCSP: true });
          await page.click(".search-button");
          await page.waitForSelector("dialog.search[open]");
          await ask(page, "flag");
          const box = await page.locator("dialog.search").boundingBox();
          holds(box.x >= 0 && box.x + box.width <= size.viewport.width, "it fits the screen");
          await page.addScriptTag({ content: AXE });
          const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
          const found = result.violations.map((rule) => `${rule.id}: ${rule.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join("\n  ")}`);
          holds(!found.length, `${size.viewport.width} px, ${colorScheme}:\n${found.join("\n")}`);
          await page.context().close();
        }
      }
    },
  },
  {
    name: "search in a language from right to left",
    needs: "rtl",
    async run({ open }) {
      const page = await open("/");
      await page.keyboard.press("/");
      await page.waitForSelector("dialog.search[open]");
      await ask(page, "الثاني");
      holds((await page.locator(".search [role=option]").first().getAttribute("href")).startsWith("/a/"), "the page");
    },
  },
];
