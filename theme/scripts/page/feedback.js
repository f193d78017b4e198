// Whether the page helped: the answer goes to a script of the site, and to its address if it has one.

export function feedback() {
  const form = document.querySelector(".feedback");
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = new FormData(form, event.submitter);
    document.dispatchEvent(new CustomEvent("docgen:feedback", { detail: Object.fromEntries(answer) }));
    const status = form.querySelector("[role=status]");
    try {
      // Whoever keeps the answers need not know of other origins.
      if (form.hasAttribute("action")) {
        await fetch(form.action, { method: "POST", mode: "no-cors", body: new URLSearchParams(answer) });
      }
    } catch (error) {
      // The buttons stay, for another attempt.
      console.error(error);
      return;
    }
    status.textContent = status.dataset.thanks;
    form.classList.add("done");
  });
}
