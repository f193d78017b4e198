// The files of the index.
import { unpacked } from "./pagefind.js";

/** The text of a packed file. */
export const textOf = async (bytes) => new TextDecoder().decode(await unpacked(bytes));

/**
 * Opens a folder: `{ names, file, load, loads }`. What every search needs comes as one file, a list of
 * names and places, and their content: `names` are its files, and `file(name)` gives one, or null.
 * `load(name)` promises any other, and `loads()` is how many files were asked for. `begun` is the answer
 * to the first request, if it was sent already.
 */
export async function files(folder, begun) {
  let count = 0;
  // A file of the index; it is there, or the search is not.
  const load = async (name, answer = fetch(`${folder}${name}`)) => {
    count += 1;
    const response = await answer;
    if (!response.ok) throw new Error(`${response.status}: ${name}`);
    return new Uint8Array(await response.arrayBuffer());
  };
  const bytes = await load("start.bin", begun);
  const length = new DataView(bytes.buffer).getUint32(0, true);
  const places = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  const file = (name) => {
    if (!places[name]) return null;
    const [at, size] = places[name];
    return bytes.subarray(4 + length + at, 4 + length + at + size);
  };
  return { names: Object.keys(places), file, load, loads: () => count };
}
