// Search: its box is loaded when it is first asked for.
import { areKeysOn, isWriting } from "../lib/keys.js";

export function searchButton() {
  const button = document.querySelector(".search-button");
  if (!button) return;
  if (/Mac|iPhone|iPad/.test(navigator.platform)) button.querySelector("kbd").dataset.key = "⌘ K";

  let box = null;
  const open = async () => {
    box ??= import(button.dataset.script).then((module) => module.create(button));
    try {
      const show = await box;
      show();
    } catch (error) {
      // The next attempt loads it again.
      box = null;
      console.error(error);
    }
  };
  button.addEventListener("click", open);
  addEventListener("keydown", (event) => {
    if (!asksForSearch(event)) return;
    event.preventDefault();
    open();
  });
}

function asksForSearch(event) {
  const command = event.ctrlKey || event.metaKey;
  if (event.key === "/") return !command && !event.altKey && !isWriting(event.target) && areKeysOn();
  return event.key?.toLowerCase() === "k" && command && !event.shiftKey;
}
