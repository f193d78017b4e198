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
  if (window.IntersectionObserver) followReading(nav);
}

function followReading(nav) {
  const entries = all("a", nav)
    .map((link) => ({ link, heading: document.getElementById(idOf(link.hash)) }))
    .filter(({ heading }) => heading);
  if (!entries.length) return;

  let marked = null;
  const follow = () => {
    const now = current(entries);
    if (now === marked) return;
    marked?.link.removeAttribute("aria-current");
    marked = now;
    if (now) mark(now.link, nav);
  };
  // All that lies above the line counts as seen, so a jump past several headings is noticed.
  const observer = new IntersectionObserver(follow, { rootMargin: "1000000px 0px -70% 0px" });
  for (const { heading } of entries) observer.observe(heading);
  const end = document.querySelector(".site-footer");
  if (end) new IntersectionObserver(follow, { threshold: [0, 0.5, 1] }).observe(end);
}

// The last heading above the line where people read; at the end of the page, the last of all.
function current(entries) {
  const shown = entries.filter(({ heading }) => heading.offsetParent);
  const atEnd = innerHeight + scrollY >= root.scrollHeight - 4 && scrollY > 0;
  if (atEnd) return shown.at(-1);
  const line = innerHeight * 0.3;
  return shown.filter(({ heading }) => heading.getBoundingClientRect().top < line).at(-1);
}

function mark(link, nav) {
  link.setAttribute("aria-current", "true");
  const box = link.getBoundingClientRect();
  const frame = nav.getBoundingClientRect();
  const hidden = box.top < frame.top || box.bottom > frame.bottom;
  if (hidden) nav.scrollTop += box.top - frame.top - frame.height / 3;
}
