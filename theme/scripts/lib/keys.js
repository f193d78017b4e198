// Single keys that do something on every page; a reader may turn them off.
import { forget, recall, remember } from "./storage.js";

/** Whether single keys do something. */
export const areKeysOn = () => recall("keys") !== "off";

/** Turns single keys on or off. */
export const turnKeys = (on) => (on ? forget("keys") : remember("keys", "off"));

/** Whether the reader is writing. A field of a box that was closed this moment may hold the focus still. */
export function isWriting(target) {
  const field = target.closest?.("input, textarea, select, [contenteditable]");
  return Boolean(field) && field.getClientRects().length > 0;
}
