// axe over whole pages: no violation, in both themes and at both widths.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { COMPONENTS, DOCKER, PAIRING, PHONE, WIDE, comes, equal, holds } from "./expect.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const PAGES = [
  ["own", "/"],
  ["own", COMPONENTS],
  ["own", DOCKER],
  ["own", PAIRING],
  ["own", "/404.html"],
  ["own", "/manual/writing/"],
  ["asking", "/media/"],
  ["openclaw", "/gateway/configuration/"],
  ["openclaw", "/gateway/configuration-reference/"],
];

// What axe finds on a page as it is now.
export async function violations(page) {
  await page.addScriptTag({ content: AXE });
  const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return result.violations.map((rule) => `${rule.id}: ${rule.nodes.slice(0, 3).map((node) => node.html.slice(0, 160))}`);
}

const one = (needs, path) => ({
  name: `axe finds nothing on ${needs}: ${path}`,
  needs,
  async run({ open }) {
    let rules = 0;
    for (const size of [WIDE, PHONE]) {
      for (const colorScheme of ["light", "dark"]) {
        // The policy of the page would stop the script of the test.
        const page = await open(path, { ...size, colorScheme, bypassCSP: true });
        await page.addScriptTag({ content: AXE });
        const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
        const found = result.violations.map((rule) => `${rule.id} (${rule.impact}): ${rule.nodes.slice(0, 3).map((node) => node.html.slice(0, 160) + " | " + node.any.map((any) => any.message).join("; ")).join("\n  ")}`);
        holds(!found.length, `${size.viewport.width} px, ${colorScheme}:\n${found.join("\n")}`);
        rules += result.passes.length;
        await page.context().close();
      }
    }
    holds(rules > 40, `only ${rules} rules passed`);
    return "4 runs: 2 widths, 2 themes";
  },
});

// What a screen reader has of a page, in order: the role, the name and the description of everything
// that it does not pass over.
async function told(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const by = new Map(nodes.map((node) => [node.nodeId, node]));
  const tell = (node) => [
    ...(node.ignored ? [] : [{
      role: node.role.value, name: node.name?.value ?? "", description: node.description?.value ?? "",
      state: Object.fromEntries((node.properties ?? []).map((one) => [one.name, one.value.value])),
    }]),
    ...(node.childIds ?? []).flatMap((id) => (by.has(id) ? tell(by.get(id)) : [])),
  ];
  return tell(nodes[0]);
}

// What can be used, and what leads to it, has a name, and none that is said twice.
function named(all) {
  const roles = ["button", "combobox", "dialog", "DisclosureTriangle", "heading", "link", "listbox", "navigation", "option", "tab", "tablist", "tabpanel"];
  const used = all.filter(({ role }) => roles.includes(role));
  equal(used.filter(({ name }) => !name), [], "what has no name");
  equal(used.filter(({ name, description }) => name === description), [], "what is said twice");
  // The link beside a heading is no part of what the heading is called.
  equal(used.filter(({ role, name }) => role === "heading" && name.includes("Link to this section")), [], "headings with their link");
  return used.length;
}

const READ = [
  {
    name: "a screen reader has names, order and states of a page",
    async run({ open }) {
      const page = await open(COMPONENTS);
      const all = await told(page);
      holds(named(all) > 100, "a page full of them");
      const at = (role, name) => all.findIndex((one) => one.role === role && one.name.startsWith(name));
      const order = [at("link", "Skip to content"), at("banner", ""), at("navigation", "Documentation"), at("main", ""), at("navigation", "Breadcrumb"), at("heading", "Components"), at("button", "Copy page"), at("navigation", "On this page"), at("heading", "Callouts"), at("contentinfo", "")];
      equal(order, order.filter((one) => one >= 0).toSorted((a, b) => a - b), "the order of its parts");
      const [chosen, other] = ["Linux", "macOS"].map((name) => all.find((one) => one.role === "tab" && one.name === name));
      equal([chosen.state.selected, other.state.selected], [true, false], "the tab that is chosen");
      equal(all.filter((one) => one.role === "tabpanel" && one.name === "macOS"), [], "a panel that is not shown");
      equal(all.find((one) => one.role === "DisclosureTriangle" && one.name === "manual").state.expanded, true, "a folder that is open");
      await page.locator(".tab-button:has-text('macOS')").first().click();
      holds((await told(page)).some((one) => one.role === "tabpanel" && one.name === "macOS"), "a panel that is shown");
    },
  },
  {
    name: "a screen reader has names and states of the front page and the search",
    async run({ open }) {
      const page = await open("/");
      const front = await told(page);
      named(front);
      equal(front.filter((one) => one.role === "heading" && one.state.level === 1).length, 1, "the title");
      await page.keyboard.press("/");
      await page.fill(".search input", "anchor");
      await comes(page, "an answer", () => document.querySelector(".search [role=option][aria-selected=true] .search-excerpt"));
      const box = await told(page);
      holds(named(box) > 5, "the box and its answers");
      const field = box.find((one) => one.role === "combobox");
      equal([field.name, field.state.expanded, field.state.focused], ["Search", true, true], "the field");
      equal(box.filter((one) => one.role === "option" && one.state.selected).length, 1, "the answer that is chosen");
      holds(!box.some((one) => one.role === "main"), "what is behind the box is out of reach");
    },
  },
];

export default [...PAGES.map(([needs, path]) => one(needs, path)), ...READ];
