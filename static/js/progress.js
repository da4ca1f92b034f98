// Long work shows how far it is without loading the page; at its end the page is loaded once, with its result. Without
// this script the link “Refresh” does the same.
"use strict";
{
  const EVERY = 1000; // milliseconds
  for (const box of document.querySelectorAll("[data-progress]")) {
    const bar = box.querySelector("progress");
    const words = box.querySelector("[data-progress-words]");
    const ask = async () => {
      try {
        const answer = await fetch(box.dataset.progress, { headers: { Accept: "application/json" } });
        if (!answer.ok) return;
        const said = await answer.json();
        if (!said.running) {
          window.location.reload();
          return;
        }
        bar.max = said.total || 1;
        bar.value = said.done;
        words.textContent = said.words;
      } catch {
        // the network is away: asked again below
      }
      setTimeout(ask, document.hidden ? 5 * EVERY : EVERY);
    };
    setTimeout(ask, EVERY);
  }
}
