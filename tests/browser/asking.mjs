// What readers are asked, what they can enlarge, and pages about an API, on a site that has all of it.
import { PHONE, WIDE, comes, equal, holds, idle } from "./expect.mjs";
import { violations } from "./accessibility.mjs";

const copied = async (page, figure) => {
  await page.locator(`${figure} > .copy`).evaluate((button) => button.click());
  await page.waitForSelector(`${figure} > .copy.done`);
  return page.evaluate(() => navigator.clipboard.readText());
};

export default [
  {
    name: "scripts wait until a reader allows them",
    needs: "asking",
    async run({ open, sites }) {
      const page = await open("/");
      const asked = [];
      page.on("request", (request) => asked.push(new URL(request.url()).pathname));
      await page.reload();
      await idle(page);
      holds(await page.isVisible(".consent"), "the question is asked");
      holds(!asked.includes("/counts.js"), "the script is not loaded");
      await page.click(".consent [value=yes]");
      await comes(page, "the script", () => window.counted === 1);
      holds(!(await page.isVisible(".consent")), "the question goes");
      await page.goto(`${sites.asking.url}/api/`);
      await comes(page, "the script on the next page", () => window.counted === 1);
      holds(!(await page.isVisible(".consent")), "it is asked once");
      await page.click(".consent-button");
      equal(await page.evaluate(() => document.activeElement.value), "no", "the question has the focus");
      await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
      await idle(page);
      equal(await page.evaluate(() => window.counted), undefined, "what was allowed is gone");
      equal(page.complaints, [], "complaints");
    },
  },
  {
    name: "a reader who wants no tracking anywhere is not asked",
    needs: "asking",
    async run({ open, sites }) {
      const page = await open(null);
      await page.addInitScript(() => Object.defineProperty(navigator, "globalPrivacyControl", { value: true }));
      await page.goto(`${sites.asking.url}/`);
      await idle(page);
      holds(!(await page.isVisible(".consent")), "no question");
      equal(await page.evaluate(() => window.counted), undefined, "no script");
    },
  },
  {
    name: "whether a page helped is sent, and scripts of the site hear of it",
    needs: "asking",
    async run({ open }) {
      const page = await open("/api/");
      await page.evaluate(() => document.addEventListener("docgen:feedback", ({ detail }) => { window.heard = detail; }));
      const [request] = await Promise.all([page.waitForRequest("**/answers"), page.click(".feedback [value=no]")]);
      equal([request.method(), request.postData()], ["POST", "page=%2Fapi%2F&answer=no"], "what is sent");
      equal(await page.evaluate(() => window.heard), { page: "/api/", answer: "no" }, "what is heard");
      await comes(page, "the thanks", () => document.querySelector(".feedback [role=status]").textContent.length > 0);
      holds(!(await page.isVisible(".feedback button")), "it is answered once");
    },
  },
  {
    name: "a picture is enlarged and put back, by the keyboard too",
    needs: "asking",
    async run({ open }) {
      const page = await open("/");
      const large = "img.zoomable";
      await page.waitForSelector(large);
      equal(await page.locator(large).count(), 1, "only pictures that are shown smaller than they are");
      equal(await page.getAttribute(large, "aria-label"), "Enlarge the picture: Large", "its name");
      const before = (await page.locator(large).boundingBox()).width;
      await page.click(large);
      holds((await page.locator("dialog.zoom img").boundingBox()).width > before, "it is larger");
      await page.keyboard.press("Escape");
      await page.waitForSelector("dialog.zoom", { state: "detached" });
      await page.focus(large);
      await page.keyboard.press("Enter");
      holds(await page.isVisible("dialog.zoom"), "Enter opens it");
      await page.keyboard.press("Enter");
      await page.waitForSelector("dialog.zoom", { state: "detached" });
      equal(await page.evaluate(() => document.activeElement.alt), "Large", "focus is back");
    },
  },
  {
    name: "colours of terminals and annotations are not copied",
    needs: "asking",
    async run({ open }) {
      const page = await open("/");
      equal(await copied(page, "figure[data-lang=ansi]"), "ok done\n", "the text of the output");
      equal(await copied(page, "figure[data-lang=toml]"), "a = 1\nb = 2\n", "the annotated code");
      const [red, plain] = await page.evaluate(() => [".ansi-31", "figure[data-lang=ansi] code"].map((one) => getComputedStyle(document.querySelector(one)).color));
      holds(red !== plain, "the output has colours");
      await page.click(".annotation >> nth=1");
      equal(await page.evaluate(() => document.querySelector(":target").textContent), "The second.", "what it stands for");
    },
  },
  {
    name: "examples of an API stand beside the text, and stay in sight",
    needs: "asking",
    async run({ open }) {
      const page = await open("/api/", WIDE);
      const box = (selector) => page.locator(selector).first().boundingBox();
      const [text, example] = [await box(".prose > p"), await box(".example")];
      holds(example.x >= text.x + text.width, `they are beside each other: ${JSON.stringify([text, example])}`);
      holds(example.x + example.width <= 1440, "inside of the screen");
      await page.evaluate(() => scrollTo(0, 600));
      const [{ y }, answer] = [await box(".example"), await page.locator(".example").nth(1).boundingBox()];
      holds(y > 0 && y < 300, `it is in sight: ${y}`);
      holds(answer.y > y && answer.y < 500 && answer.x === example.x, `and so is the one below it: ${JSON.stringify(answer)}`);
      const small = await open("/api/", PHONE);
      const narrow = await small.locator(".example").first().boundingBox();
      holds(narrow.x >= 0 && narrow.x + narrow.width <= 390, "on a phone it is part of the text");
    },
  },
  {
    name: "folders of a tree of files fold, without a script too",
    needs: "asking",
    async run({ open }) {
      const page = await open("/media/", { ...WIDE, javaScriptEnabled: false });
      const file = page.locator(".file-tree a");
      holds(await file.isVisible(), "it is open at first");
      await page.locator(".file-tree summary").first().click();
      holds(!(await file.isVisible()), "it folds");
      await page.locator(".file-tree summary").first().press("Enter");
      holds(await file.isVisible(), "the keyboard opens it");
    },
  },
  {
    name: "nothing moves while a page is loaded",
    needs: "asking",
    async run({ open, sites }) {
      for (const size of [WIDE, PHONE]) {
        for (const path of ["/", "/api/", "/media/"]) {
          const page = await open(null, size);
          await page.addInitScript(() => {
            window.shifts = 0;
            new PerformanceObserver((list) => {
              for (const entry of list.getEntries()) window.shifts += entry.value;
            }).observe({ type: "layout-shift", buffered: true });
          });
          await page.goto(sites.asking.url + path);
          await idle(page);
          equal(await page.evaluate(() => window.shifts), 0, `${path} at ${size.viewport.width}`);
        }
      }
    },
  },
  {
    name: "axe finds nothing on open menus, questions and boxes",
    needs: "asking",
    async run({ open }) {
      for (const size of [WIDE, PHONE]) {
        for (const colorScheme of ["light", "dark"]) {
          const page = await open("/", { ...size, colorScheme, bypassCSP: true });
          const clean = async (what) => equal(await violations(page), [], `${what}, ${size.viewport.width} px, ${colorScheme}`);
          await page.click(".page-actions summary");
          await clean("the actions");
          await page.keyboard.press("Escape");
          await page.click(".theme-switch summary");
          await clean("the themes");
          await page.keyboard.press("Escape");
          await page.keyboard.press("?");
          await clean("the keys");
          await page.keyboard.press("Escape");
          // On a phone it is as wide as the screen already.
          if (size === WIDE) {
            await page.locator("img.zoomable").press("Enter");
            await clean("a picture");
          }
          await page.goto(new URL("/api/", page.url()).href);
          await clean("an endpoint");
        }
      }
    },
  },
];
