// On this page: the list folds on small screens, and follows the reading on wide ones.
import { all, root } from "../lib/dom.js";
import { idOf } from "../lib/fragment.js";

export function toc() {
  const nav = document.querySelector(".toc");
  if (!nav) return;
  const toggle = nav.querySelector(".toc-toggle");
  const set = (open) => {
    nav.classList.toggle("open", open);
    toggle.setAttribute("aria-expanded", String(open));
  };
  toggle.addEventListener("click", () => set(!nav.classList.contains("open")));
  nav.addEventListener("click", ({ target }) => {
    if (target.closest("a")) set(false);
  });
  followReading(nav);
}

function followReading(nav) {
  const entries = all("a", nav)
    .map((link) => ({ link, heading: document.getElementById(idOf(link.hash)) }))
    .filter(({ heading }) => heading);
  if (!entries.length) return;

  let marked = null;
  // What a link led to, and where the page stood then.
  let led = null;
  const follow = () => {
    if (led && Math.abs(scrollY - led.at) > 2) led = null;
    const now = led ? led.entry : current(entries);
    if (now === marked) return;
    marked?.link.removeAttribute("aria-current");
    marked = now;
    if (now) mark(now.link, nav);
  };
  let frame = 0;
  const soon = () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      follow();
    });
  };
  // A heading that a link led to is the one that is read, wherever the end of the page lets it
  // stand, until the reader scrolls on.
  const arrive = () => {
    requestAnimationFrame(() => {
      const entry = entries.find(({ heading }) => heading.id === idOf(location.hash));
      led = entry && isInView(entry.heading) ? { entry, at: scrollY } : null;
      follow();
    });
  };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon);
  addEventListener("hashchange", arrive);
  addEventListener("load", arrive);
  // A second click on the same link changes no hash.
  nav.addEventListener("click", () => setTimeout(arrive));
  follow();
}

function isInView(heading) {
  const { top } = heading.getBoundingClientRect();
  return top > -2 && top < innerHeight;
}

// The last heading above the line where links lead to. Headings near the end never get there, so on
// the last screen the line sinks with the reading, down to the end of the page.
function current(entries) {
  const furthest = root.scrollHeight - innerHeight;
  const last = Math.min(innerHeight, furthest);
  const sunk = last > 0 ? Math.max(0, 1 - (furthest - scrollY) / last) : 0;
  const line = (parseFloat(getComputedStyle(root).scrollPaddingTop) || 0) + 12;
  const now = line + (innerHeight - line) * sunk;
  const shown = entries.filter(({ heading }) => heading.offsetParent);
  return shown.filter(({ heading }) => heading.getBoundingClientRect().top < now).at(-1);
}

function mark(link, nav) {
  link.setAttribute("aria-current", "true");
  const box = link.getBoundingClientRect();
  const frame = nav.getBoundingClientRect();
  const hidden = box.top < frame.top || box.bottom > frame.bottom;
  if (hidden) nav.scrollTop += box.top - frame.top - frame.height / 3;
}
