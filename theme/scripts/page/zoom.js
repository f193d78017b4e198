// Pictures that are shown smaller than they are can be enlarged.
import { all, make } from "../lib/dom.js";
import { words } from "../lib/words.js";

// Less is not worth a click.
const SMALLER = 0.8;

export function zoom() {
  for (const picture of all(".prose img:not(.icon, a *, button *, [noZoom], .no-zoom)")) {
    const offer = () => {
      if (picture.width > 0 && picture.width < SMALLER * Math.min(picture.naturalWidth, innerWidth)) {
        enlargeable(picture);
      }
    };
    if (picture.complete) offer();
    else picture.addEventListener("load", offer, { once: true });
  }
}

function enlargeable(picture) {
  picture.classList.add("zoomable");
  picture.tabIndex = 0;
  picture.setAttribute("role", "button");
  picture.setAttribute("aria-label", [words.zoom, picture.alt].filter(Boolean).join(": "));
  picture.addEventListener("click", () => enlarge(picture));
  picture.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    enlarge(picture);
  });
}

function enlarge(picture) {
  const large = make("img", { src: picture.currentSrc, alt: picture.alt });
  const close = make("button", { type: "button", "aria-label": words.close }, large);
  const box = make("dialog", { class: "zoom", "aria-label": picture.alt || words.zoom }, close);
  close.addEventListener("click", () => box.close());
  box.addEventListener("click", ({ target }) => target === box && box.close());
  // Focus goes back to the picture by itself.
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}
