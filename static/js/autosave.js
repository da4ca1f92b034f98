// A section saves itself: 30 seconds after the first change that is not saved yet, with Ctrl+S at once, and when the page
// is left. The server keeps what can be read and answers with a sentence; without this script the buttons save.
"use strict";
{
  const form = document.querySelector("form[data-autosave]");
  const EVERY = 30_000;
  const AGAIN = 10_000;

  if (form) {
    const status = form.querySelector("[data-autosave-status]");
    const field = (name) => form.querySelector(`input[type=hidden][name=${name}]`);
    const content = () => {
      const data = new FormData(form);
      for (const name of ["csrfmiddlewaretoken", "version", "seen"]) data.delete(name);
      return new URLSearchParams([...data].filter(([, value]) => typeof value === "string")).toString();
    };
    let saved = content();
    let timer = null;
    let busy = false;
    let leaving = false;
    let pressed = null;

    const say = (text) => {
      if (status.textContent !== text) status.textContent = text;
    };
    const later = (wait) => {
      clearTimeout(timer);
      timer = setTimeout(() => save(), wait);
    };

    const save = async (keepalive = false) => {
      clearTimeout(timer);
      timer = null;
      const now = content();
      if (busy || leaving) return;
      if (now === saved) return;
      busy = true;
      try {
        const answer = await fetch(form.dataset.autosave, {
          method: "POST",
          body: new FormData(form),
          headers: { Accept: "application/json" },
          redirect: "manual",
          keepalive,
        });
        if (answer.type === "opaqueredirect" || answer.status === 403) {
          say(form.dataset.signedOut);
          later(EVERY);
          return;
        }
        const told = await answer.json();
        say(told.message);
        if (answer.ok) {
          saved = now;
          field("version").value = told.version;
          field("seen").value = told.seen;
        }
      } catch {
        say(form.dataset.offline);
        later(AGAIN);
      } finally {
        busy = false;
        if (pressed) {
          form.requestSubmit(pressed);
          pressed = null;
        } else if (!timer && content() !== saved && content() !== now) later(EVERY);
      }
    };

    const changed = () => {
      if (content() === saved) return;
      if (!timer && !busy) {
        say(form.dataset.unsaved);
        later(EVERY);
      }
    };
    form.addEventListener("input", changed);
    form.addEventListener("change", changed);

    document.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
      event.preventDefault();
      save();
    });

    // A button pressed while a save is under way waits for it: the page must know what it was made from.
    form.addEventListener("submit", (event) => {
      if (busy) {
        event.preventDefault();
        pressed = event.submitter;
        return;
      }
      leaving = true;
      clearTimeout(timer);
    });
    // Closing the tab, or a phone that puts the page away: the last words go along.
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") save(true);
    });
    window.addEventListener("pageshow", () => {
      leaving = false;
    });
  }
}
