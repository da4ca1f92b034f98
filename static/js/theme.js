// Before the first paint: the reader's choice of colours (light, dark, or as the device), shared with the officials' desk.
"use strict";
{
  const device = window.matchMedia("(prefers-color-scheme: dark)");

  const choice = () => {
    try {
      const kept = localStorage.getItem("theme");
      return kept === "light" || kept === "dark" ? kept : "auto";
    } catch {
      return "auto"; // storage is switched off
    }
  };

  const apply = () => {
    const chosen = choice();
    const shown = chosen === "auto" ? (device.matches ? "dark" : "light") : chosen;
    document.documentElement.dataset.bsTheme = shown;
    document.documentElement.dataset.theme = shown;
    document.documentElement.dataset.themeChoice = chosen;
  };

  apply();
  device.addEventListener("change", apply);

  window.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-theme-button]")) {
      const label = button.querySelector("[data-theme-label]");
      const name = () => {
        const words = button.dataset[{ auto: "labelAuto", light: "labelLight", dark: "labelDark" }[choice()]];
        label.textContent = words;
        button.title = words;
      };
      button.hidden = false;
      name();
      button.addEventListener("click", () => {
        const order = device.matches ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
        try {
          localStorage.setItem("theme", order[(order.indexOf(choice()) + 1) % order.length]);
        } catch {
          return; // nothing to keep it in
        }
        apply();
        name();
      });
    }
  });
}
