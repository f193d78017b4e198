// A heading's link is copied as it is followed.
import { copy } from "../lib/clipboard.js";

const SAID_FOR_MS = 1500;

export function headingLinks() {
  addEventListener("click", async (event) => {
    const link = event.target.closest?.("a.anchor");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    try {
      await copy(link.href);
    } catch {
      // The address bar has it.
      return;
    }
    link.classList.add("done");
    setTimeout(() => link.classList.remove("done"), SAID_FOR_MS);
  });
}
