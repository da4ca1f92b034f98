// The line under a money field says the amount in short form and in words while it is typed. The server reads the figure
// (one set of rules for everybody); without this script the line appears after saving.
"use strict";
{
  const WAIT = 300;
  const timers = new WeakMap();

  const line = (field) => document.querySelector(`[data-echo-for="${CSS.escape(field.id)}"]`);

  const ask = async (field) => {
    const place = line(field);
    if (!place) return;
    const typed = field.value.trim();
    if (!typed) {
      place.textContent = "";
      return;
    }
    const question = new URLSearchParams({ value: typed, currency: field.dataset.currency });
    if (field.dataset.was) question.set("was", field.dataset.was); // what the certificate says: the difference is told too
    try {
      const answer = await fetch(`${field.dataset.echo}?${question}`, { headers: { Accept: "application/json" } });
      if (!answer.ok || field.value.trim() !== typed) return;
      const told = await answer.json();
      place.textContent = told.echo || told.error;
      place.classList.toggle("text-danger", Boolean(told.error));
    } catch {
      place.textContent = "";
    }
  };

  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement) || !field.dataset.echo) return;
    clearTimeout(timers.get(field));
    timers.set(field, setTimeout(() => ask(field), WAIT));
  });
}
