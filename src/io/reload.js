// Reloads the page when the tree behind it changed. Only the preview server adds this script.
(() => {
  let seen = null;
  let events = null;
  const arrived = (event) => {
    if (seen !== null && seen !== event.data) location.reload();
    seen = event.data;
  };
  const open = () => {
    events = new EventSource("/__docgen/events");
    events.addEventListener("version", arrived);
    events.addEventListener("reload", () => location.reload());
  };
  // A browser opens six connections to a server: hidden tabs give theirs back.
  document.addEventListener("visibilitychange", () => {
    events?.close();
    if (!document.hidden) open();
  });
  open();
})();
