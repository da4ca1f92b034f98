// Small comforts of every page; nothing here is needed to get the work done.
"use strict";
{
  // The error summary takes the focus, and its links put the cursor into the field.
  const summary = document.querySelector("[data-error-summary]");
  if (summary) {
    summary.focus();
    summary.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#']");
      const target = link && document.getElementById(link.hash.slice(1));
      if (!target) return;
      event.preventDefault();
      const control = target.matches("input, select, textarea, button")
        ? target
        : target.querySelector("input, select, textarea");
      (target.closest(".mb-3, fieldset, .form-group") || target).scrollIntoView({ block: "start" });
      (control || target).focus({ preventScroll: true });
    });
  }

  // A second click on the same button is no second request (the server would not repeat the act anyway).
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-guard]")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    // After the browser has read the pressed button's name and value.
    setTimeout(() => form.querySelectorAll("button:not([type=button]), input[type=submit]").forEach((button) => {
      button.disabled = true;
    }));
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      form.querySelectorAll("button, input[type=submit]").forEach((button) => {
        button.disabled = false;
      });
    }
  });

  // Enter in a field never submits a case.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("form[data-no-enter] input:not([type=submit], [type=button])")) {
      event.preventDefault();
    }
  });

  // Menus close on Escape and when one looks elsewhere.
  const close = (menu, focus) => {
    menu.open = false;
    if (focus) menu.querySelector("summary").focus();
  };
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details.menu[open]")) close(menu, menu.contains(document.activeElement));
  });
  for (const kind of ["click", "focusin"]) {
    document.addEventListener(kind, (event) => {
      for (const menu of document.querySelectorAll("details.menu[open]")) {
        if (!menu.contains(event.target)) close(menu, false);
      }
    });
  }

  // Print buttons, and htmx requests that carry the token of the page.
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });
  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.querySelector("input[name=csrfmiddlewaretoken]");
    if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token.value;
  });
}
