// What of a page is shown below its title: the sections and the words that were asked for.

const SHOWN_WORDS = 24;
const SHOWN_SECTIONS = 3;

// The words of a page, and what stands between them.
function split(content) {
  return content.includes("\u200B")
    ? { words: content.split("\u200B"), space: "" }
    : { words: content.split(/[^\S\uFEFF]+/), space: " " };
}

// The sections of a page: an id, a title, and from where to where they reach.
function sections({ anchors, meta }, count) {
  const all = [{ id: null, title: meta.title, from: 0, to: count }];
  const titled = anchors
    .map(({ element, id, title, text, location }) => ({
      id,
      title: title || (/^h\d$/i.test(element) ? text : ""),
      location,
    }))
    .filter(({ title }) => title?.trim())
    .sort((a, b) => a.location - b.location);
  for (const { id, title, location } of titled) {
    all.at(-1).to = location;
    // The first heading is the title of the page.
    const top = title === meta.title && all.length === 1;
    all.push({ id: top ? null : id, title, from: location, to: count });
  }
  return all;
}

// Where a section begins behind its heading, which its title says already.
function behindHeading({ title, from, to }, words, space) {
  const heading = space ? title.trim().split(/\s+/).length : 0;
  const said = words.slice(from, from + heading).join(" ");
  const is = heading && said.replace(/\W+$/u, "") === title.trim().replace(/\s+/g, " ").replace(/\W+$/u, "");
  return is && from + heading < to ? from + heading : from;
}

// A word as a mark, without the punctuation around it; a long one is code, and stays whole.
function marked(word) {
  if (word.length > 80) return [{ mark: word }];
  const [, before, inner, after] = /^(\p{P}*)(.*?)(\p{P}*)$/su.exec(word);
  return inner ? [before, { mark: inner }, after] : [{ mark: word }];
}

// The words around those that were asked for: texts, and marks in them.
function excerpt({ from, to }, hits, words, space) {
  const values = new Map();
  for (const { location, weight } of hits) values.set(location, Math.max(weight, values.get(location) ?? 0));
  const inside = [...values]
    .filter(([location]) => location >= from && location < to)
    .sort((a, b) => a[0] - b[0]);
  let [best, start] = [-1, from];
  for (const [first] of inside) {
    const seen = inside.filter(([location]) => location >= first && location < first + SHOWN_WORDS);
    const sum = seen.reduce((total, [, weight]) => total + weight, 0);
    if (sum > best) [best, start] = [sum, first];
  }
  // Some words before the first mark, and no blank at the end of the section.
  const end = Math.min(to, Math.max(from, start - 4) + SHOWN_WORDS);
  start = Math.max(from, end - SHOWN_WORDS);
  const parts = start > from ? ["…", space || " "] : [];
  for (let at = start; at < end; at += 1) {
    const word = words[at] ?? "";
    parts.push(...(values.has(at) ? marked(word) : [word]), space);
  }
  if (end < to) parts.push("…");
  return parts;
}

/**
 * What is shown of a page: `{ top, sections }`, each an excerpt (texts and `{ mark }`), with an id
 * and a title for a section. `terms` are `{ weight, locations }`: where the words of the query are.
 */
export function shown(fragment, terms) {
  const { words, space } = split(fragment.content);
  const hits = terms.flatMap(({ weight, locations }, term) =>
    locations.map((location) => ({ location, weight, term })),
  );
  const found = new Map();
  for (const section of sections(fragment, words.length)) {
    const own = hits.filter(({ location }) => location >= section.from && location < section.to);
    if (!own.length) continue;
    const counts = terms.map((_, term) => own.filter((hit) => hit.term === term).length);
    const score = counts.reduce((sum, count, term) => sum + terms[term].weight * Math.log2(1 + count), 0);
    if (!(found.get(section.id)?.score >= score)) found.set(section.id, { ...section, own, score });
  }
  const text = (section) =>
    excerpt({ ...section, from: behindHeading(section, words, space) }, section.own, words, space);
  const best = [...found.values()].sort((a, b) => b.score - a.score).slice(0, SHOWN_SECTIONS);
  const top = best.find(({ id }) => id === null);
  return {
    top: top ? text(top) : null,
    sections: best
      .filter(({ id }) => id !== null)
      .map((section) => ({ id: section.id, title: section.title, text: text(section) })),
  };
}
