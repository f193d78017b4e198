// axe over whole pages: no violation, in both themes and at both widths.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { COMPONENTS, DOCKER, PAIRING, PHONE, WIDE, holds } from "./expect.mjs";

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

export default PAGES.map(([needs, path]) => one(needs, path));
