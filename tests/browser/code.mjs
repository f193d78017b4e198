// Code blocks and tabs: what is copied, what switches, what folds.
import { readFileSync } from "node:fs";
import { COMPONENTS, DOCKER, PAIRING, equal, holds } from "./expect.mjs";

const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());

// Presses a button and waits for what that changes on it: it is changed back after a while.
async function pressed(page, button, press) {
  await button.evaluate((element) => {
    window.changed = new Promise((done) => {
      const what = { attributes: true, attributeFilter: ["class"], childList: true, subtree: true };
      new MutationObserver(() => done()).observe(element, what);
    });
  });
  await press(button);
  await page.evaluate(() => window.changed);
}

// The text of every fence of a page, from its source.
function fences(file) {
  const found = [];
  let open = null;
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const mark = /^(\s*)(`{3,}|~{3,})(.*)$/.exec(line);
    if (!open && mark) {
      open = { indent: mark[1].length, mark: mark[2], language: mark[3].trim().split(/[\s{]/)[0], text: [] };
    } else if (open && mark && mark[2].startsWith(open.mark) && !mark[3].trim()) {
      found.push({ language: open.language, text: open.text.map((each) => each + "\n").join("") });
      open = null;
    } else if (open) {
      open.text.push(line.startsWith(" ".repeat(open.indent)) ? line.slice(open.indent) : line.trimStart());
    }
  }
  return found;
}

export default [
  {
    name: "what is copied is what the source says, byte for byte",
    async run({ open, sites }) {
      let count = 0;
      for (const [path, file] of [[DOCKER, "deployment/docker-reverse-proxy.md"], [PAIRING, "operations/pairing-and-permissions.md"]]) {
        const page = await open(path);
        const wanted = fences(`${sites.source.folder}/${file}`);
        const buttons = page.locator("figure.code > .copy");
        equal(await buttons.count(), wanted.length, `blocks of ${file}`);
        for (let at = 0; at < wanted.length; at += 1) {
          if (wanted[at].language === "console") continue;
          await pressed(page, buttons.nth(at), (button) => button.evaluate((element) => element.click()));
          equal(await clipboard(page), wanted[at].text, `block ${at + 1} of ${file}`);
          count += 1;
        }
      }
      holds(count > 20, `only ${count} blocks`);
    },
  },
  {
    name: "prompts, output, marks and deleted lines are not copied",
    async run({ open }) {
      const page = await open(COMPONENTS);
      const copied = async (selector) => {
        await page.locator(selector).first().hover();
        await pressed(page, page.locator(`${selector} > .copy`).first(), (button) => button.click());
        return clipboard(page);
      };
      equal(await copied("figure[data-lang=console]"), "echo hello\n", "a terminal session");
      // A mark is for docgen: pasted, it would be a part of the reader's file.
      equal(await copied("figure[data-lang=yaml]:has(.line.del)"), "image: example:2\n", "a change");
      equal(await copied("figure[data-lang=diff]"), "image: example:2\n", "a difference");
      const marked = "const port = 8080;\nlisten(port);\nlog(port);\n";
      equal(await copied("figure:has(.line.error)"), marked, "marked lines and words");
      equal(await copied("figure.numbered"), "{\n  \"name\": \"example\",\n  \"private\": true\n}\n", "numbered lines");
    },
  },
  {
    name: "a patch is copied as it is",
    async run({ open }) {
      const page = await open(COMPONENTS);
      await page.locator("figure[data-lang=diff]").first().evaluate((figure) => figure.classList.add("patch"));
      await pressed(page, page.locator("figure.patch > .copy"), (button) => button.evaluate((element) => element.click()));
      equal(await clipboard(page), "- image: example:1\n+ image: example:2\n", "the patch");
    },
  },
  {
    name: "empty and wrapped lines are as high as they are, and their numbers stand at the first row",
    async run({ open }) {
      const page = await open(COMPONENTS);
      const lines = await page.locator("figure.numbered").first().evaluate((figure) => {
        figure.classList.add("wrap");
        const [first, second] = figure.querySelectorAll(".line");
        const row = second.getBoundingClientRect().height;
        first.textContent = "\n";
        const empty = first.getBoundingClientRect().height;
        first.textContent = `${"a word and another ".repeat(40)}\n`;
        const long = first.getBoundingClientRect().height;
        return { row, empty, long, top: parseFloat(getComputedStyle(first, "::after").top) };
      });
      equal(lines.empty, lines.row, "the height of an empty line");
      holds(lines.long >= 2 * lines.row, `a long line is wrapped: ${lines.long}`);
      equal(lines.top, 0, "where the number of a wrapped line begins");
    },
  },
  {
    name: "the page is copied as its Markdown",
    async run({ open, sites }) {
      const page = await open(DOCKER);
      await pressed(page, page.locator(".copy-page"), (button) => button.click());
      const twin = readFileSync(`${sites.own.folder}${DOCKER.slice(0, -1)}.md`, "utf8");
      equal(await clipboard(page), twin, "the text");
    },
  },
  {
    name: "tabs of one title switch together and are remembered",
    async run({ open, sites }) {
      const page = await open(COMPONENTS);
      const chosen = () => page.locator(".tab-button[aria-selected=true]").allTextContents();
      equal((await chosen()).slice(0, 2), ["Linux", "Linux"], "the first of each");
      await page.locator(".tab-button", { hasText: "macOS" }).first().click();
      equal((await chosen()).slice(0, 2), ["macOS", "macOS"], "both groups");
      await page.goto(sites.own.url + COMPONENTS);
      equal((await chosen()).slice(0, 2), ["macOS", "macOS"], "after a reload");
      equal(await page.locator(".code-group .tab-button").allTextContents(), ["npm", "pnpm"], "blocks of a group");
    },
  },
  {
    name: "the tab bar shows titles as the page does",
    needs: "own-look",
    async run({ open }) {
      const page = await open("/tabs/");
      const bar = await page.locator(".tab-button").evaluateAll((all) => all.map((each) => each.innerHTML));
      const title = "Use <code>npm</code> &amp; <strong>x</strong>";
      equal(bar, [title, "B", title, "B"], "the buttons");
      await page.locator(".tab-button", { hasText: "B" }).first().click();
      const chosen = await page.locator(".tab-button[aria-selected=true]").allTextContents();
      equal(chosen, ["B", "B"], "they switch together");
    },
  },
  {
    name: "a long block unfolds and folds again",
    async run({ open }) {
      const page = await open(COMPONENTS);
      const block = page.locator("figure.expandable");
      const height = () => block.evaluate((each) => each.offsetHeight);
      const folded = await height();
      await block.locator(".expand").click();
      holds(await height() > folded + 50, "it grows");
      await block.locator(".expand").click();
      equal(await height(), folded, "it shrinks");
    },
  },
  {
    name: "a heading's link is copied",
    async run({ open, sites }) {
      const page = await open(COMPONENTS);
      await page.hover("#steps");
      await page.click("#steps + .anchor");
      await page.waitForSelector("#steps + .anchor.done");
      equal(await clipboard(page), `${sites.own.url}${COMPONENTS}#steps`, "the address");
    },
  },
  {
    name: "every component has its look",
    async run({ open }) {
      const page = await open(COMPONENTS);
      for (const selector of [
        ".callout-note", ".callout-tip", ".callout-warning", ".callout-danger", ".callout-info", ".callout-check",
        "ol.steps > li.step", ".tabs.ready", ".code-group.ready", ".cards > .card", "details.accordion", ".accordion-group",
        ".field", ".expandable", "figure.frame figcaption", ".tooltip", ".badge", ".update", ".table table",
        ".footnotes li", "figure.code.bad", "figure.code.wrap", "li input[type=checkbox]",
      ]) {
        const found = page.locator(selector).first();
        holds(await found.count(), `${selector} is there`);
        const box = await found.boundingBox();
        holds(box && box.height > 0 && box.width > 0, `${selector} takes room`);
      }
      const update = await page.evaluate(() => {
        const width = (part) => document.querySelector(`.update > .update-${part}`).clientWidth;
        return [width("label"), width("body")];
      });
      holds(update[1] > update[0], `the text of an entry is wider than its label: ${update}`);
      for (const tag of ["<Note", ":::", "<Step", "<Card"]) {
        holds(!(await page.evaluate((text) => [...document.querySelectorAll(".prose :not(pre, pre *, code, code *)")].some((each) => each.children.length === 0 && each.textContent.includes(text)), tag)), `${tag} is not text`);
      }
    },
  },
];
