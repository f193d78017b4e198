// Search: its box is loaded when it is first asked for.
import { areKeysOn, isWriting } from "../lib/keys.js";
import { recallHere, rememberHere } from "../lib/storage.js";

export function searchButton() {
  const button = document.querySelector(".search-button");
  if (!button) return;
  if (/Mac|iPhone|iPad/.test(navigator.platform)) button.querySelector("kbd").dataset.key = "⌘ K";

  let box = null;
  const open = async (query) => {
    // What every search needs is on its way before the script is there that reads it.
    const begin = () => {
      const begun = fetch(`${button.dataset.index}start.bin`);
      begun.catch(() => {});
      return import(button.dataset.script).then((module) => module.create(button, begun));
    };
    box ??= begin();
    try {
      const show = await box;
      show(query);
    } catch (error) {
      // The next attempt loads it again.
      box = null;
      console.error(error);
    }
  };
  button.addEventListener("click", () => open());
  addEventListener("keydown", (event) => {
    if (!asksForSearch(event)) return;
    event.preventDefault();
    open();
  });
  field(open);
  marks(button);
}

// The field on the page for addresses that do not exist.
function field(open) {
  const form = document.querySelector(".search-form");
  if (!form) return;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    open(form.elements.q.value);
  });
}

// What the reader searched for who comes from the box.
async function marks({ dataset }) {
  const found = recallHere("found");
  if (found?.path !== location.pathname) return;
  rememberHere("found", null);
  const module = await import(dataset.script);
  module.arrive(dataset.styles, found.words);
}

function asksForSearch(event) {
  const command = event.ctrlKey || event.metaKey;
  if (event.key === "/") return !command && !event.altKey && !isWriting(event.target) && areKeysOn();
  return event.key?.toLowerCase() === "k" && command && !event.shiftKey;
}
