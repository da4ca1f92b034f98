// Keys and small comforts of the officials' desk. Nothing here decides anything, and every page works without it.
"use strict";
{
  const sheet = document.getElementById("keys");
  const off = () => document.cookie.split("; ").includes("desk_keys=off");
  const typing = (element) => element.closest("input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]");

  // --- keys ---------------------------------------------------------------------------------------------------
  const rows = () => [...document.querySelectorAll("[data-row], [data-pin]")].filter((row) => row.offsetParent);
  const move = (step) => {
    const all = rows();
    const at = all.indexOf(document.activeElement);
    const to = all[at === -1 ? (step > 0 ? 0 : all.length - 1) : at + step];
    if (!to) return;
    to.focus();
    to.scrollIntoView({ block: "nearest" });
  };
  const follow = (rel) => document.querySelector(`main a[rel=${rel}]`)?.click();
  const keys = {
    j: () => move(1),
    k: () => move(-1),
    "/": () => {
      const search = document.querySelector("[data-search]");
      if (search) search.select();
      search?.focus();
    },
    "[": () => follow("prev"),
    "]": () => follow("next"),
    p: () => {
      const pin = document.activeElement.closest("[id^=row-]")?.querySelector("[data-pin]");
      pin?.click();
    },
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || typing(event.target) || sheet?.open) return;
    if (event.key === "?" && sheet) {
      event.preventDefault();
      sheet.showModal();
      return;
    }
    if (off() || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });
  if (sheet) {
    const wanted = sheet.querySelector("[data-keys-switch]");
    wanted.checked = !off();
    wanted.addEventListener("change", () => {
      document.cookie = `desk_keys=${wanted.checked ? "on" : "off"}; path=/; max-age=31536000; samesite=lax`;
    });
    for (const opener of document.querySelectorAll("[data-keys-open]")) {
      opener.hidden = false;
      opener.addEventListener("click", () => sheet.showModal());
    }
  }

  // --- pins: empty rows fold away, one more at a time; ticks are counted -------------------------------------------
  const pins = document.querySelector("[data-pins]");
  if (pins) {
    const add = pins.querySelector("[data-pin-add]");
    const blank = (row) => [...row.querySelectorAll("select, textarea")].every((control) => !control.value);
    const spare = [...pins.querySelectorAll("[data-pin-row]")].filter(blank);
    const filled = pins.querySelectorAll("[data-pin-row]").length - spare.length;
    spare.slice(filled ? 0 : 1).forEach((row) => { row.hidden = true; });
    add.hidden = false;
    let number = pins.querySelectorAll("[data-pin-row]").length;
    add.addEventListener("click", () => {
      let row = pins.querySelector("[data-pin-row][hidden]");
      if (row) {
        row.hidden = false;
      } else {
        const last = [...pins.querySelectorAll("[data-pin-row]")].at(-1);
        row = last.cloneNode(true);
        const old = String(number);
        number += 1;
        for (const part of row.querySelectorAll("[id], [for]")) {
          for (const name of ["id", "for"]) {
            if (part.hasAttribute(name)) part.setAttribute(name, part.getAttribute(name).replace(/\d+$/, number));
          }
          if ("value" in part) part.value = "";
          if (part.matches("label")) part.textContent = part.textContent.replace(old, number);
        }
        last.after(row);
      }
      row.querySelector("select").focus();
    });
  }
  const ticked = document.querySelector("[data-ticked]");
  if (ticked) {
    const count = () => {
      const number = document.querySelectorAll("[data-pin]:checked").length;
      ticked.hidden = !number;
      ticked.textContent = number === 1 ? ticked.dataset.one : ticked.dataset.many.replace("{n}", number);
    };
    document.addEventListener("change", count);
    count();
  }

  // --- an anchor lands below the head of the case, however tall it is -------------------------------------------------
  const head = document.querySelector(".case-head");
  const bar = document.querySelector(".ask-bar");
  if (head && bar && getComputedStyle(head).position === "sticky") {
    const place = () => document.documentElement.style.setProperty("--case-head", `${head.offsetHeight}px`);
    place();
    window.addEventListener("resize", place);
  }
}
