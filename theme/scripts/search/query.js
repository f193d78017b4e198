// What was asked, as words.

/** The most words of a query that count. */
const MOST = 8;

/** Scripts without spaces between words; Pagefind cuts them into words itself. */
export const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** A text as it is compared: with its symbols, in small letters. */
export const folded = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();

/** A text as words with spaces between them, without symbols. */
export const plain = (text) =>
  folded(text)
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, " ")
    .trim();

/** A word as the index has it: some symbols belong to it, others do not. */
export const bare = (word) => word.replace(/[^\p{Alphabetic}\p{N}\-+#_$]+/gu, "");

/** A word without accents, as the index has it. */
export const unaccented = (word) => word.normalize("NFD").replace(/\p{M}/gu, "");

// The words of a script without spaces.
function segments(text, language) {
  if (typeof Intl.Segmenter === "undefined") return [];
  const segmenter = new Intl.Segmenter(language, { granularity: "word" });
  return [...segmenter.segment(text)].filter((each) => each.isWordLike).map((each) => each.segment);
}

/**
 * A query: `text` and `plain` as above, `terms` the words to look for, and `parts` the words that
 * they consist of, for those that are nowhere. Stop words count only where nothing else was asked.
 */
export function parse(query, stop, language) {
  const text = folded(query);
  const asked = { text, plain: plain(query), unspaced: UNSPACED.test(text), parts: new Map() };
  if (/^".+"$/.test(text)) return { ...asked, terms: [text] };
  if (asked.unspaced) {
    const parts = segments(text, language);
    if (parts.length > 1) asked.parts.set(text, parts);
    return { ...asked, terms: [text] };
  }
  const ignored = new Set(stop);
  const tells = (word) =>
    plain(word)
      .split(" ")
      .some((part) => part.length > 1 && !ignored.has(part));
  const words = text.split(" ").filter((word) => bare(word).length > 1 || plain(word));
  const telling = words.filter((word) => /[-+#_$]/.test(bare(word)) || tells(word));
  for (const word of telling.length ? telling : words) {
    const parts = plain(word).split(" ");
    if (parts[0] && parts.join("") !== bare(word)) asked.parts.set(bare(word), parts);
  }
  const terms = (telling.length ? telling : words).map(bare);
  return { ...asked, terms: [...new Set(terms)].slice(0, MOST) };
}
