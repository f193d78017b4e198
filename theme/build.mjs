// Puts the modules and the styles of the theme together, one file for each that a page loads, and
// writes them into static/, from where docgen takes them: whoever builds docgen needs no node.
// `--check` writes nothing and fails where static/ is not what the sources make.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL(".", import.meta.url));
const outdir = fileURLToPath(new URL("../static", import.meta.url));

const common = {
  absWorkingDir: root,
  bundle: true,
  legalComments: "none",
  outdir,
  write: !process.argv.includes("--check"),
};
const script = { charset: "utf8", minify: true, target: "es2022" };
const builds = [
  // A page loads these by a plain <script>: what they define stays in a function.
  {
    entryPoints: ["scripts/docgen.js", "scripts/theme.js", "scripts/redirect.js"],
    format: "iife",
    ...script,
  },
  // docgen.js imports this one.
  { entryPoints: ["scripts/search.js"], format: "esm", ...script },
  // Blanks and comments go; every rule stays as it is written.
  { entryPoints: ["styles/docgen.css", "styles/search.css"], external: ["*.woff2"], minifyWhitespace: true },
];

const results = await Promise.all(builds.map((each) => build({ ...common, ...each })));

if (!common.write) {
  const made = results.flatMap((result) => result.outputFiles);
  const stale = made.filter(({ path, contents }) => !readFileSync(path).equals(contents));
  for (const { path } of stale) console.error(`static/${basename(path)} is not what the sources make`);
  if (stale.length) {
    console.error("run `npm run build` in theme/ and commit what it writes");
    process.exitCode = 1;
  }
}
