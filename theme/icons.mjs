// Makes the icons that docgen draws, in src/model/icons/, from the packages of Lucide and Simple Icons:
// for each of the two a list of names, `name number` in the order of the names, and a file with the
// drawings. That one has a table of offsets, and then the drawings eight at a time, each time
// deflated, so that drawing one icon costs no more than reading its eight.
// `--check` writes nothing and fails where src/model/icons/ is not what the packages make. It compares
// the drawings and not the bytes, which depend on the version of the compressor.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { optimize } from "svgo";

const PER_BLOCK = 8;
const outdir = fileURLToPath(new URL("../src/model/icons/", import.meta.url));
const inPackage = (path) => fileURLToPath(new URL(`node_modules/${path}`, import.meta.url));
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** The icons of a package, by name: what is inside of their `svg`. */
function drawings(folder, read) {
  const names = readdirSync(inPackage(folder)).filter((name) => name.endsWith(".svg"));
  return new Map(
    names.map((name) => [name.slice(0, -4), read(readFileSync(inPackage(`${folder}/${name}`), "utf8"))]),
  );
}

/** Lucide as it is, without blanks. */
function strokes(svg) {
  const inside = /<svg[^>]*>([^]*)<\/svg>/.exec(svg)[1];
  return inside.trim().replaceAll(/\s*\/>\s*/g, "/>");
}

/** Simple Icons with two decimals, which is a thousandth of the width: half of the size. */
function shape(svg) {
  const { data } = optimize(svg, { floatPrecision: 2, multipass: true });
  return `<path d="${/ d="([^"]*)"/.exec(data)[1]}"/>`;
}

/** Lucide with the names that it has given up; of two names of one drawing, each is a name of it. */
function lucide() {
  const all = drawings("lucide-static-0/icons", strokes);
  for (const [name, drawing] of drawings("lucide-static/icons", strokes)) all.set(name, drawing);
  return all;
}

/** Simple Icons by slug, and by title in small letters: `nextdotjs` and `nextjs`. */
function brands() {
  const all = drawings("simple-icons/icons", shape);
  const titled = JSON.parse(readFileSync(inPackage("simple-icons/data/simple-icons.json"), "utf8"));
  for (const { title, slug } of titled) {
    const name = title.toLowerCase().replaceAll(/[ .-]/g, "");
    if (/^[a-z0-9]{3,}$/.test(name) && all.has(slug) && !all.has(name)) all.set(name, all.get(slug));
  }
  return all;
}

/** The list of names, and the drawings in the order of their numbers. */
function numbered(icons) {
  const unique = [...new Set(icons.values())].sort(compare);
  const numbers = new Map(unique.map((drawing, number) => [drawing, number]));
  const rows = [...icons].sort(([a], [b]) => compare(a, b));
  return { names: rows.map(([name, drawing]) => `${name} ${numbers.get(drawing)}\n`).join(""), unique };
}

function packed(unique) {
  const blocks = [];
  for (let at = 0; at < unique.length; at += PER_BLOCK) {
    blocks.push(deflateRawSync(unique.slice(at, at + PER_BLOCK).join("\n"), { level: 9, memLevel: 9 }));
  }
  const table = Buffer.alloc(4 * (blocks.length + 1));
  let offset = table.length;
  blocks.forEach((block, at) => {
    table.writeUInt32LE(offset, 4 * at);
    offset += block.length;
  });
  table.writeUInt32LE(offset, 4 * blocks.length);
  return Buffer.concat([table, ...blocks]);
}

function unpacked(bytes) {
  const count = bytes.readUInt32LE(0) / 4 - 1;
  const block = (at) => bytes.subarray(bytes.readUInt32LE(4 * at), bytes.readUInt32LE(4 * at + 4));
  return Array.from({ length: count }, (_, at) => inflateRawSync(block(at)).toString()).join("\n");
}

for (const [set, icons] of Object.entries({ lucide: lucide(), brands: brands() })) {
  const { names, unique } = numbered(icons);
  if (!process.argv.includes("--check")) {
    mkdirSync(outdir, { recursive: true });
    writeFileSync(`${outdir}${set}.txt`, names);
    writeFileSync(`${outdir}${set}.bin`, packed(unique));
  } else if (
    readFileSync(`${outdir}${set}.txt`, "utf8") !== names ||
    unpacked(readFileSync(`${outdir}${set}.bin`)) !== unique.join("\n")
  ) {
    console.error(`src/model/icons/ has other icons than ${set} in the packages`);
    console.error("run `npm run build` in theme/ and commit what it writes");
    process.exitCode = 1;
  }
}
