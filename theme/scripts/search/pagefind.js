// The program of Pagefind, which finds words in an index: its WebAssembly is called from here, since
// the script that comes with it is a request of its own and can much more than this search needs.
// What all data of Pagefind begins with once it is unpacked.
const SIGNATURE = "pagefind_dcd".length;
const PUNCTUATION = /[\p{Pd}\p{Pe}\p{Pf}\p{Pi}\p{Po}\p{Ps}]/u;
const VOICED = /[\u3099\u309A]/;

/** The bytes of a gzip stream. */
export const unpacked = async (bytes) =>
  new Uint8Array(
    await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer(),
  );

const data = async (bytes) => (await unpacked(bytes)).subarray(SIGNATURE);

const text = new TextDecoder();
const bytesOf = new TextEncoder();

// What the program asks of its surroundings: a table for values that it never gets.
const imports = (exports) => ({
  "./pagefind_web_bg.js": {
    __wbindgen_init_externref_table() {
      const table = exports().__wbindgen_externrefs;
      const at = table.grow(4);
      table.set(0, undefined);
      [undefined, null, true, false].forEach((value, by) => table.set(at + by, value));
    },
  },
});

/** The program with an index: texts and bytes go through its memory. */
class Program {
  async start(code, meta, ranking) {
    const made = await WebAssembly.instantiate(
      code,
      imports(() => this.own),
    );
    this.own = made.instance.exports;
    this.own.__wbindgen_start();
    this.index = this.own.init_pagefind(...this.put(meta)) >>> 0;
    this.index = this.own.set_ranking_weights(this.index, ...this.put(ranking)) >>> 0;
  }

  // Where bytes or a text stand in the memory, and how long they are.
  put(value) {
    const bytes = typeof value === "string" ? bytesOf.encode(value) : value;
    const at = this.own.__wbindgen_malloc(bytes.length, 1) >>> 0;
    new Uint8Array(this.own.memory.buffer).set(bytes, at);
    return [at, bytes.length];
  }

  // What a text says that the program answered with.
  read([at, length]) {
    const said = text.decode(new Uint8Array(this.own.memory.buffer, at >>> 0, length));
    this.own.__wbindgen_free(at, length, 1);
    return JSON.parse(said);
  }

  add(list) {
    this.index = this.own.load_index_chunk(this.index, ...this.put(list)) >>> 0;
  }

  lists(query) {
    return this.read(this.own.request_indexes(this.index, ...this.put(query)));
  }

  search(query, original, exact) {
    const texts = [query, original, "{}", ""].flatMap((each) => this.put(each));
    return this.read(this.own.search(this.index, ...texts, exact, false));
  }
}

// A text without accents, as the index has it: the marks of kana are no accents.
function unaccented(word) {
  const bare = word.normalize("NFD").replace(/(?![\u3099\u309A])\p{M}/gu, "");
  return VOICED.test(bare) ? bare.normalize("NFC") : bare;
}

// Words of a script without spaces as words, and all without the punctuation that is not indexed.
function normal(query, symbols, language) {
  const kept = (word) =>
    [...word]
      .filter((letter) => symbols.has(letter) || !PUNCTUATION.test(letter))
      .map((letter) => (symbols.has(letter) ? letter : letter.toLowerCase()))
      .join("");
  const unspaced = /^(?:zh|ja|th)\b/.test(language) && typeof Intl.Segmenter !== "undefined";
  const words = unspaced
    ? [...new Intl.Segmenter(language, { granularity: "word" }).segment(query)].map(({ segment }) => segment)
    : [query];
  return words.map(kept).join(" ").split(/\s+/).filter(Boolean).join(" ");
}

/**
 * Starts the program. `file(name)` gives a file that every search needs, and `load(name)` promises any
 * other; `search(text)`, which comes back, promises pages with `{ id, score, words, data }`, best first.
 */
export async function pagefind({ names, file, load, language, ranking }) {
  const named = (ending) => file(names.find((name) => ending.test(name)));
  const entry = JSON.parse(text.decode(named(/^pagefind-entry\.json$/)));
  const symbols = new Set(entry.include_characters);
  const program = new Program();
  const parts = await Promise.all([data(named(/^wasm\./)), data(named(/\.pf_meta$/))]);
  await program.start(...parts, JSON.stringify(ranking));

  const known = new Map();
  // Each file is loaded once; one that could not be is loaded again by the next search.
  const once = (name, make) => {
    if (!known.has(name)) {
      const made = make(name);
      known.set(name, made);
      made.catch(() => known.delete(name));
    }
    return known.get(name);
  };
  const list = (hash) =>
    once(`index/${hash}.pf_index`, async (name) => {
      program.add(await data(file(name) ?? (await load(name))));
    });
  const page = async (id, group) => {
    const json = (name) =>
      load(name)
        .then(data)
        .then((bytes) => JSON.parse(text.decode(bytes)));
    const read = await once(`fragment/${group || id}.pf_fragment`, json);
    return group ? read[id] : read;
  };

  const search = async (asked) => {
    const exact = /^\s*".+"\s*$/.test(asked);
    const original = normal(asked, symbols, language);
    const query = original.split(" ").map(unaccented).filter(Boolean).join(" ");
    if (!query) return [];
    await Promise.all(program.lists(query).filter(Boolean).map(list));
    const { results } = program.search(query, original, exact);
    return results.map(({ p, g, s, l }) => ({
      id: p,
      score: s,
      words: l.map((place) => place.l),
      data: () => page(p, g),
    }));
  };
  return { search };
}
