// Scripts that wait until the reader allows them.
import { make } from "../lib/dom.js";
import { recall, remember } from "../lib/storage.js";

export function consent() {
  const box = document.querySelector(".consent");
  if (!box) return;
  const load = () => {
    for (const src of JSON.parse(box.dataset.scripts)) {
      const script = make("script", { src });
      // In their order.
      script.async = false;
      document.head.append(script);
    }
    box.dataset.scripts = "[]";
  };
  const choice = recall("consent");
  if (choice === "yes") load();
  // Who tells all sites not to sell or share anything need not say it again.
  else if (choice !== "no" && !navigator.globalPrivacyControl) box.hidden = false;
  box.addEventListener("click", ({ target }) => {
    const said = target.closest("button")?.value;
    if (!said) return;
    const had = recall("consent");
    remember("consent", said);
    box.hidden = true;
    if (said === "yes") load();
    // What runs already is only gone on a fresh page.
    else if (had === "yes") location.reload();
  });
  document.querySelector(".consent-button")?.addEventListener("click", () => {
    box.hidden = false;
    box.querySelector("button").focus();
  });
}
