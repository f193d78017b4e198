// What a reader has searched for and found.
import { forget, recall, remember } from "../lib/storage.js";

const NAME = "searches";
const MOST = 5;

/** The queries, the last one first. */
export function recent() {
  try {
    const all = JSON.parse(recall(NAME));
    return Array.isArray(all) ? all.filter((one) => typeof one === "string").slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/** Remembers a query that led somewhere. */
export function keep(query) {
  remember(NAME, JSON.stringify([query, ...recent().filter((one) => one !== query)].slice(0, MOST)));
}

/** Forgets them all. */
export const clear = () => forget(NAME);
