// The frame of every page: theme, menus, addresses, print, no script, policy, directions.
import { COMPONENTS, DOCKER, PAIRING, PHONE, WIDE, comes, equal, holds, idle, still } from "./expect.mjs";

const background = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const dark = (color) => color.match(/\d+/g).slice(0, 3).every((part) => Number(part) < 60);

export default [
  {
    name: "the theme is switched, remembered, and never flashes",
    async run({ open, sites }) {
      const page = await open("/", { colorScheme: "light" });
      holds(!dark(await background(page)), "the system's theme comes first");
      await chooses(page, "dark");
      holds(dark(await background(page)), "a choice makes it dark");
      // The ground of every frame from the first on.
      await page.addInitScript(() => {
        window.seen = [];
        const look = () => {
          if (document.body) window.seen.push(getComputedStyle(document.body).backgroundColor);
          requestAnimationFrame(look);
        };
        look();
      });
      await page.goto(sites.own.url + COMPONENTS);
      await comes(page, "a tenth frame", () => window.seen.length > 9);
      const seen = await page.evaluate(() => window.seen);
      holds(seen.every(dark), `every frame is dark: ${[...new Set(seen)]}`);
      const pressed = () => page.locator(".theme-switch [aria-pressed=true]").evaluateAll((all) => all.map((each) => each.value));
      equal(await pressed(), ["dark"], "what is chosen");
      await chooses(page, "system");
      holds(!dark(await background(page)), "the system's theme again");
      equal(await pressed(), ["system"], "what is chosen then");
      equal(await page.evaluate(() => localStorage.getItem("docgen-theme")), null, "nothing is remembered of the system's");
      await page.emulateMedia({ colorScheme: "dark" });
      holds(dark(await background(page)), "it follows the system");
      await chooses(page, "light");
      holds(!dark(await background(page)), "light on a dark system");
    },
  },
  {
    name: "the theme is chosen by the keyboard, and its choices have names",
    async run({ open }) {
      const page = await open("/", { colorScheme: "light" });
      equal(await page.getAttribute(".theme-switch summary", "aria-label"), "Theme", "the name of the menu");
      await page.focus(".theme-switch summary");
      await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      equal(await page.evaluate(() => document.activeElement.textContent), "Dark", "the second choice");
      await page.keyboard.press("Enter");
      holds(dark(await background(page)), "it is dark");
      holds(!(await page.isVisible(".theme-switch ul")), "the menu is closed");
      equal(await page.evaluate(() => document.activeElement.tagName), "SUMMARY", "focus is back");
    },
  },
  {
    name: "the sidebar is a sheet on a phone",
    async run({ open }) {
      const page = await open(COMPONENTS, PHONE);
      holds(!(await page.isVisible("#docgen-sidebar")), "it is closed at first");
      await page.tap(".menu-button");
      holds(await page.isVisible("#docgen-sidebar"), "it opens");
      holds(await page.evaluate(() => document.querySelector(".main").inert), "what is behind it is out of reach");
      await page.keyboard.press("Escape");
      holds(!(await page.isVisible("#docgen-sidebar")), "Escape closes it");
      equal(await page.evaluate(() => document.activeElement.className), "icon-button menu-button", "focus is back");
      await page.tap(".menu-button");
      await page.tap("#docgen-sidebar a:has-text('Getting started')");
      await page.waitForURL("**/getting-started/");
      holds(!(await page.isVisible("#docgen-sidebar")), "the next page is open");
    },
  },
  {
    name: "the list of headings is a sheet on a phone, and stays at hand",
    async run({ open }) {
      const page = await open(COMPONENTS, PHONE);
      await page.evaluate(() => scrollTo(0, 2500));
      await page.tap(".toc-toggle");
      holds(await page.isVisible("#docgen-toc"), "it opens from the middle of the page");
      const box = await page.locator("#docgen-toc").boundingBox();
      holds(box.y >= 0 && box.y + box.height <= 844, `it fits the screen: ${JSON.stringify(box)}`);
      await page.tap("#docgen-toc a:has-text('Tabs')");
      holds(!(await page.isVisible("#docgen-toc")), "a choice closes it");
      await reachable(page, "tabs");
    },
  },
  {
    name: "anchors are not hidden behind the header",
    async run({ open, sites }) {
      for (const size of [WIDE, PHONE]) {
        const page = await open(`${COMPONENTS}#code-blocks`, size);
        await reachable(page, "code-blocks");
        await page.goto(`${sites.own.url}${DOCKER}`);
        const id = await page.locator(".prose h2[id]").nth(3).getAttribute("id");
        await page.goto(`${sites.own.url}${DOCKER}#${id}`);
        await reachable(page, id);
      }
    },
  },
  {
    name: "what a link points into is opened, and the way back works",
    async run({ open }) {
      const page = await open(COMPONENTS);
      const at = () => page.evaluate(() => Math.round(scrollY));
      await page.evaluate(() => { document.querySelector(".accordion").id = "folded"; });
      await page.evaluate(() => { location.hash = "folded"; });
      await comes(page, "the open accordion", () => document.getElementById("folded").open);
      await still(page);
      const there = await at();
      await page.click("#docgen-sidebar a:has-text('Getting started')");
      await page.waitForURL("**/getting-started/");
      await page.goBack();
      await comes(page, `the place at ${there}`, (wanted) => Math.abs(scrollY - wanted) < 80, there);
      await page.goForward();
      await page.waitForURL("**/getting-started/");
    },
  },
  {
    name: "the list of headings follows the reading",
    async run({ open }) {
      const page = await open(COMPONENTS);
      await page.evaluate(() => document.getElementById("cards").scrollIntoView());
      await comes(page, "the mark of the heading in view", () => document.querySelector(".toc [aria-current]")?.textContent === "Cards");
    },
  },
  {
    name: "the list of headings marks what a link led to, on the tallest screens too",
    async run({ open }) {
      let clicks = 0;
      for (const viewport of [WIDE.viewport, { width: 2560, height: 1440 }]) {
        const page = await open(COMPONENTS, { viewport });
        for (const link of await page.locator(".toc a").all()) {
          await link.click();
          await still(page);
          const marked = await page.locator(".toc [aria-current]").evaluateAll((all) => all.map((each) => each.hash));
          equal(marked, [await link.getAttribute("href")], `the mark at ${viewport.width} px`);
          clicks += 1;
        }
        await page.evaluate(() => scrollTo(0, 0));
        await comes(page, "no mark or the first one at the top", () => {
          const marked = document.querySelector(".toc [aria-current]");
          return !marked || marked === document.querySelector(".toc a");
        });
        await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
        await comes(page, "the mark of the last heading at the end", () => [...document.querySelectorAll(".toc a")].at(-1).hasAttribute("aria-current"));
      }
      holds(clicks > 30, `only ${clicks} clicks`);
    },
  },
  {
    name: "keys lead to the neighbours and show what keys do, unless they are turned off",
    async run({ open }) {
      const page = await open(COMPONENTS);
      const [prev, next] = await page.locator("link[rel=prev], link[rel=next]").evaluateAll((all) => all.map((each) => each.href));
      await page.keyboard.press("ArrowRight");
      await page.waitForURL(next);
      await page.keyboard.press("ArrowLeft");
      await page.waitForURL(`**${COMPONENTS}`);
      await page.focus(".tab-button");
      await page.keyboard.press("ArrowRight");
      await page.focus("pre");
      await page.keyboard.press("ArrowLeft");
      await idle(page);
      holds(page.url().endsWith(COMPONENTS), `arrows of tabs and code stay there: ${page.url()} is not ${prev}`);
      await page.keyboard.press("?");
      holds(await page.isVisible("dialog.shortcuts"), "the list is open");
      await page.uncheck("dialog.shortcuts input");
      await page.keyboard.press("Escape");
      await page.keyboard.press("?");
      await page.keyboard.press("/");
      await idle(page);
      equal(await page.locator("dialog[open]").count(), 0, "keys that are turned off do nothing");
      await page.click(".shortcuts-button");
      holds(!(await page.isChecked("dialog.shortcuts input")), "it says that they are off");
      await page.check("dialog.shortcuts input");
      await page.click("dialog.shortcuts button");
      await page.keyboard.press("?");
      holds(await page.isVisible("dialog.shortcuts"), "they are on again");
    },
  },
  {
    name: "the way back to the top shows once a reader is down",
    async run({ open }) {
      const page = await open(COMPONENTS);
      const shown = () => page.evaluate(() => getComputedStyle(document.querySelector(".to-top")).visibility);
      equal(await shown(), "hidden", "at the top");
      await page.evaluate(() => scrollTo(0, 3000));
      await comes(page, "the way back", () => getComputedStyle(document.querySelector(".to-top")).visibility === "visible");
      const bar = await page.evaluate(() => getComputedStyle(document.querySelector(".site-header"), "::after").visibility);
      equal(bar, "visible", "how far one has read");
      await page.click(".to-top");
      await comes(page, "the top", () => scrollY === 0);
    },
  },
  {
    name: "sections of the sidebar fold, and no page shows them unfolded first",
    async run({ open }) {
      const page = await open("/manual/rules/broken-link/");
      const first = "#docgen-sidebar .nav-section";
      holds(await page.evaluate((one) => document.querySelector(one).open, first), "it is open");
      await page.evaluate(() => sessionStorage.setItem("docgen-groups", JSON.stringify({ Start: false, Rules: false })));
      await page.addInitScript(() => {
        window.seen = [];
        const look = () => {
          const group = document.querySelector("#docgen-sidebar .nav-section");
          if (group) window.seen.push(group.open);
          requestAnimationFrame(look);
        };
        look();
      });
      await page.goto(new URL("/", page.url()).href);
      await comes(page, "a tenth frame", () => window.seen.length > 9);
      equal(await page.evaluate(() => [...new Set(window.seen)]), [true], "the section of the page itself stays open");
      await page.goto(new URL("/manual/build/", page.url()).href);
      await comes(page, "a tenth frame", () => window.seen.length > 9);
      equal(await page.evaluate(() => [...new Set(window.seen)]), [false], "the other one is folded in every frame");
    },
  },
  {
    name: "groups of the sidebar stay as they were left",
    async run({ open }) {
      const page = await open("/manual/rules/broken-link/");
      const group = "details.nav-group >> nth=1";
      await page.click(`${group} >> summary`);
      holds(await page.evaluate(() => document.querySelectorAll("details.nav-group")[1].open), "it opens");
      await page.click("#docgen-sidebar a[href*='broken-anchor']");
      await page.waitForURL("**/broken-anchor/");
      holds(await page.evaluate(() => document.querySelectorAll("details.nav-group")[1].open), "it is still open");
    },
  },
  {
    name: "a page can be read and left by the keyboard alone",
    async run({ open }) {
      const page = await open(COMPONENTS);
      await page.keyboard.press("Tab");
      equal(await page.evaluate(() => document.activeElement.className), "skip-link", "the first stop leads past the menus");
      await page.keyboard.press("Enter");
      equal(await page.evaluate(() => document.activeElement.id), "docgen-content", "focus is in the text");
      const seen = new Set();
      for (let step = 0; step < 400; step += 1) {
        await page.keyboard.press("Tab");
        const stop = await page.evaluate(() => {
          const element = document.activeElement;
          const box = element.getBoundingClientRect();
          const style = getComputedStyle(element);
          const marked = style.outlineStyle !== "none" || element.closest(".card");
          return {
            hidden: !box.height, what: element.tagName + "." + element.className, end: Boolean(element.closest(".site-footer")),
            fine: Boolean(marked) && box.bottom > 0 && box.top < innerHeight,
          };
        });
        seen.add(stop.what.split(" ")[0]);
        holds(!stop.hidden, `${stop.what} is no hidden stop`);
        holds(stop.fine, `focus is visible at ${stop.what}`);
        if (stop.end) break;
        if (stop.what.startsWith("BUTTON.tab-button")) {
          await page.keyboard.press("ArrowRight");
          equal(await page.evaluate(() => document.activeElement.getAttribute("aria-selected")), "true", "an arrow chooses a tab");
        }
        if (stop.what.startsWith("SUMMARY")) {
          const open = () => page.evaluate(() => document.activeElement.parentElement.open);
          const before = await open();
          await page.keyboard.press("Enter");
          holds((await open()) !== before, "Enter folds and unfolds");
        }
      }
      for (const what of ["BUTTON.tab-button", "BUTTON.copy", "PRE.", "SUMMARY."]) {
        holds([...seen].some((each) => each.startsWith(what)), `${what} was reached: ${[...seen]}`);
      }
    },
  },
  {
    name: "print shows the text and nothing else",
    async run({ open }) {
      const page = await open(COMPONENTS);
      await page.emulateMedia({ media: "print" });
      for (const selector of [".site-header", ".sidebar", ".toc", ".copy", ".pager", ".tablist"]) {
        holds(!(await page.isVisible(selector)), `${selector} is not printed`);
      }
      equal(await page.evaluate(() => [...document.querySelectorAll(".tab")].filter((tab) => tab.offsetHeight === 0).length), 0, "hidden tabs");
    },
  },
  {
    name: "without JavaScript all of the text is there",
    async run({ open }) {
      const page = await open(COMPONENTS, { javaScriptEnabled: false, ...PHONE });
      equal(await page.locator(".theme-switch, .copy-page, .menu-button").evaluateAll((all) => all.filter((each) => each.offsetHeight).length), 0, "no button that does nothing");
      equal(await page.locator(".tab").evaluateAll((all) => all.filter((each) => !each.offsetHeight).length), 0, "hidden tabs");
      await page.tap(".menu-link");
      holds(await page.isVisible("#docgen-sidebar"), "the menu opens");
    },
  },
  {
    name: "no page asks another host or breaks its policy",
    async run({ open, sites }) {
      for (const [site, path] of pages(sites)) {
        const page = await open(path, { site });
        await idle(page);
        equal(page.complaints, [], `complaints of ${path}`);
        equal(page.foreign, [], `requests of ${path}`);
        holds(await page.locator("meta[http-equiv='Content-Security-Policy']").count(), `${path} has a policy`);
      }
      // The policy is no decoration.
      const page = await open("/");
      await page.evaluate(() => {
        const script = document.createElement("script");
        script.textContent = "window.broken = true";
        document.body.append(script);
      });
      equal(await page.evaluate(() => window.broken), undefined, "an inline script that runs");
    },
  },
  {
    name: "no page is wider than its screen",
    async run({ open, sites }) {
      for (const [site, path] of pages(sites)) {
        for (const width of [360, 768, 1440, 2560]) {
          const page = await open(path, { site, viewport: { width, height: 800 } });
          const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          holds(over <= 0, `${path} at ${width} is ${over} px too wide`);
          await page.context().close();
        }
      }
    },
  },
  {
    name: "from right to left",
    needs: "rtl",
    async run({ open }) {
      const page = await open("/a/");
      equal(await page.getAttribute("html", "dir"), "rtl", "the direction");
      const box = async (selector) => page.locator(selector).first().boundingBox();
      const [side, main, toc] = [await box(".sidebar"), await box(".page-body"), await box(".toc")];
      await page.keyboard.press("ArrowRight");
      await page.waitForURL((url) => url.pathname === "/");
      await page.goBack();
      holds(side.x > main.x && main.x > toc.x, "sidebar, text and headings go from right to left");
      equal(await page.evaluate(() => getComputedStyle(document.querySelector("pre code")).direction), "ltr", "code stays as it is");
      holds(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing overflows");
    },
  },
  {
    name: "a site changes template, colours and logo in nine lines",
    needs: "own-look",
    async run({ open }) {
      const page = await open("/");
      equal(await page.textContent(".site-footer"), "Ours", "the template");
      holds(/^\/logo\.svg\?v=[0-9a-f]{8}$/.test(await page.getAttribute(".logo", "src")), "the logo");
      equal(await page.getAttribute(".logo", "width"), "28", "its width, before it has come");
      equal(await background(page), "rgb(255, 250, 240)", "the ground");
      equal(await page.evaluate(() => getComputedStyle(document.body).color), "rgb(34, 34, 51)", "the text");
    },
  },
  {
    name: "pictures have their size, and the one of the theme is shown",
    needs: "own-look",
    async run({ open }) {
      const page = await open("/pictures/", { colorScheme: "light" });
      const seen = async () => {
        const names = [];
        for (const name of ["L", "D"]) if (await page.isVisible(`img[alt=${name}]`)) names.push(name);
        const source = await page.evaluate(() => document.querySelector("img[alt=P]").currentSrc);
        return [...names, source.includes("wide") ? "dark source" : "light source"];
      };
      equal(await seen(), ["L", "light source"], "on light ground");
      await chooses(page, "dark");
      await page.waitForFunction(() => document.querySelector("img[alt=P]").currentSrc.includes("wide"));
      equal(await seen(), ["D", "dark source"], "on dark ground");
      await chooses(page, "system");
      await page.waitForFunction(() => !document.querySelector("img[alt=P]").currentSrc.includes("wide"));
      equal(await seen(), ["L", "light source"], "on light ground again");
      const box = await page.locator("img[alt=W]").boundingBox();
      equal([box.width, box.height], [40, 10], "in proportion");
      equal(await page.getAttribute("img[alt=L]", "width"), "80", "the width of the file");
    },
  },
  {
    name: "the banner stays closed once it is closed",
    needs: "own-look",
    async run({ open, sites }) {
      const page = await open("/");
      equal((await page.textContent(".banner p")).trim(), "Version 2 is out", "what it says");
      await page.click(".banner-close");
      await page.goto(`${sites["own-look"].url}/`);
      holds(!(await page.isVisible(".banner")), "it is closed on the next page");
    },
  },
  {
    name: "what scripts write is in the language of the page",
    needs: "rtl",
    async run({ open }) {
      const page = await open("/a/");
      equal(await page.getAttribute(".copy", "title"), "نسخ", "the label of the copy button");
    },
  },
  {
    name: "a base.html that gives each word an attribute of its own is understood",
    async run({ open, sites }) {
      const page = await open(null);
      const words = 'data-copy="one" data-tabs="two" data-search="three" data-search-hint="four"';
      await page.route(`**${COMPONENTS}`, async (route) => {
        const response = await route.fetch();
        const body = (await response.text()).replace(/<body [^>]*>/, `<body ${words}>`);
        await route.fulfill({ response, body });
      });
      await page.goto(sites.own.url + COMPONENTS);
      equal(await page.getAttribute(".copy", "title"), "one", "a word of the same name");
      equal(await page.getAttribute(".tablist", "aria-label"), "two", "a word that had another name");
      await page.click(".search-button");
      await page.waitForSelector("dialog.search[open]");
      equal(await page.textContent(".search-status"), "four", "a word of the search box");
    },
  },
  {
    name: "a landing page has the width and the edges of its header",
    async run({ open }) {
      const page = await open("/");
      const edges = await page.evaluate(() => [".site-name", ".hero", ".site-footer > :first-child"].map((part) => document.querySelector(part).getBoundingClientRect()).map(({ left, width }) => ({ left: Math.round(left), width })));
      equal(edges.map(({ left }) => left), Array(3).fill(edges[0].left), "the left edges");
      holds(edges[1].width > 1000, `the hero is ${edges[1].width} px wide`);
    },
  },
  {
    name: "an address that does not exist names near ones",
    async run({ open }) {
      const page = await open("/manuals/configuration.html");
      await page.waitForSelector(".suggestions li");
      const first = await page.locator(".suggestions a").first().getAttribute("href");
      equal(first, "/manual/configuration/", "the nearest page");
      const misspelt = await open("/manual/configuratoin/");
      await misspelt.waitForSelector(".suggestions li");
      const meant = await misspelt.locator(".suggestions a").first().getAttribute("href");
      equal(meant, "/manual/configuration/", "the page that was meant");
    },
  },
];

// Chooses a theme.
async function chooses(page, theme) {
  await page.click(".theme-switch summary");
  await page.click(`.theme-switch [value=${theme}]`);
}

async function reachable(page, id) {
  await still(page);
  const { top, edge } = await page.evaluate((wanted) => {
    const bars = [...document.querySelectorAll(".site-header, .site-tabs, .toc")];
    const fixed = bars.filter((bar) => getComputedStyle(bar).position === "sticky" && bar.offsetHeight && bar.offsetWidth > innerWidth / 2);
    const edges = fixed.map((bar) => bar.getBoundingClientRect().bottom);
    return { top: document.getElementById(wanted).getBoundingClientRect().top, edge: Math.max(0, ...edges) };
  }, id);
  holds(top >= edge - 1 && top < edge + 250, `#${id} at ${top} stands below ${edge}`);
}

function pages(sites) {
  const own = ["/", COMPONENTS, DOCKER, PAIRING, "/404.html"].map((path) => ["own", path]);
  const reference = ["/gateway/configuration/", "/gateway/configuration-reference/", "/plugins/sdk-channel-plugins/"];
  return own.concat(sites.openclaw ? reference.map((path) => ["openclaw", path]) : []);
}
