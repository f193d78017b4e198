// Runs before the first paint: sets the remembered theme, so that no page flashes in the other one,
// and marks the page as scripted, so that what the script is going to fold is folded from the start.
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");
  try {
    var theme = localStorage.getItem("docgen-theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    var banner = root.dataset.banner;
    if (banner && localStorage.getItem("docgen-banner") === banner) root.classList.add("no-banner");
  } catch (e) {
    // Storage may be forbidden: the system's theme stands.
  }
  // If docgen.js cannot be loaded, nothing may stay folded.
  addEventListener("error", function (event) {
    if (event.target instanceof HTMLScriptElement) root.classList.remove("js");
  }, true);
})();
