// The page as Markdown, for the clipboard.
import { copy } from "../lib/clipboard.js";
import { words } from "../lib/words.js";

const SAID_FOR_MS = 2000;

export function pageActions() {
  const button = document.querySelector(".copy-page");
  if (!button) return;
  const label = button.textContent;
  const say = (text) => {
    button.textContent = text;
    setTimeout(() => {
      button.textContent = label;
    }, SAID_FOR_MS);
  };
  button.addEventListener("click", async () => {
    try {
      const response = await fetch(button.dataset.url);
      if (!response.ok) throw new Error(response.statusText);
      await copy(await response.text());
      say(words.copied);
    } catch {
      say(words.copy_failed);
    }
  });
}
