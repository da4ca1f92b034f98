// Lists on a section page: rows come and go without loading the page; questions that have no place are put away; a sector
// code is suggested while it is typed. Without this script the buttons of the form do the same on the server.
"use strict";
{
  // --- rows ---------------------------------------------------------------------------------------------------------
  const number = (list) => {
    list.querySelectorAll("[data-lines-rows] > [data-line]:not([hidden]) [data-line-number]").forEach((label, index) => {
      label.textContent = index + 1;
    });
  };

  const add = (list) => {
    const total = list.querySelector("input[name$='-TOTAL_FORMS']");
    const most = Number(list.querySelector("input[name$='-MAX_NUM_FORMS']").value);
    const index = Number(total.value);
    if (index >= most) return;
    const holder = document.createElement("template");
    holder.innerHTML = list.querySelector("template[data-lines-empty]").innerHTML.replaceAll("__prefix__", index);
    const row = holder.content.firstElementChild;
    list.querySelector("[data-lines-rows]").append(row);
    total.value = index + 1;
    number(list);
    settle(row.closest("form"));
    row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  };

  const wake = (list) => {
    list.querySelector("[data-lines-add]")?.addEventListener("click", (event) => {
      event.preventDefault();
      add(list);
    });
    list.addEventListener("change", (event) => {
      const box = event.target;
      if (!box.name?.endsWith("-DELETE")) return;
      const row = box.closest("[data-line]");
      row.classList.toggle("line-going", box.checked);
      for (const field of row.querySelectorAll("input, select, textarea")) {
        if (field !== box && field.type !== "hidden") field.readOnly = box.checked;
      }
    });
  };

  // --- questions that hang on another answer -------------------------------------------------------------------------
  const answerOf = (form, field, name) => {
    const prefix = name.startsWith(".") ? field.name.replace(/[^-]*$/, "") : "";
    const asked = form.elements[prefix + name.replace(/^\./, "")];
    return asked && "value" in asked ? asked.value : null;
  };

  const settle = (form) => {
    if (!form) return;
    for (const field of form.querySelectorAll("[data-when]")) {
      const box = field.closest("[class*='col-']") ?? field.parentElement;
      const verdicts = JSON.parse(field.dataset.when).map((all) =>
        Object.entries(all).every(([name, wanted]) => {
          const given = answerOf(form, field, name);
          return given === null || wanted.map(String).includes(given); // asked on another page: leave it to the server
        }),
      );
      const away = !verdicts.includes(true) && !field.classList.contains("is-invalid");
      box.hidden = away;
    }
    for (const group of form.querySelectorAll("fieldset")) {
      const boxes = [...group.querySelectorAll(":scope > .row > [class*='col-']")];
      if (boxes.length) group.hidden = boxes.every((box) => box.hidden);
    }
  };

  // --- sector codes --------------------------------------------------------------------------------------------------
  let asking = null;
  const suggest = (field) => {
    const choices = document.getElementById(field.getAttribute("list"));
    if (!choices || field.value.trim().length < 2) return;
    clearTimeout(asking);
    asking = setTimeout(async () => {
      const edition = field.form.elements[field.name.replace("vsic_code", "vsic_edition")]?.value ?? "2025";
      const question = new URLSearchParams({ q: field.value, edition, format: "json" });
      const answer = await fetch(`${field.dataset.sectors}?${question}`).catch(() => null);
      if (!answer?.ok) return;
      const { sectors } = await answer.json();
      choices.replaceChildren(...sectors.map(({ code, name }) => new Option(`${code} ${name}`, code)));
    }, 250);
  };

  document.querySelectorAll("[data-lines]").forEach(wake);
  document.querySelectorAll("form").forEach(settle);
  document.addEventListener("change", (event) => settle(event.target.closest("form")));
  document.addEventListener("input", (event) => {
    if (event.target.dataset?.sectors) suggest(event.target);
  });
}
