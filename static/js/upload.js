// Papers without leaving the page: choose or drop a file and it is on its way, with true progress. A file that fails says
// why and leaves the others alone. Without this script each paper has its own form and button.
"use strict";
{
  const enhance = (line) => {
    const form = line.querySelector("form[data-upload]");
    if (!form) return;
    const input = form.querySelector("input[type=file]");
    const button = form.querySelector("button");
    const bar = form.querySelector("progress");
    const sentence = line.querySelector("[data-sentence]");
    button.hidden = true;
    form.querySelector("[data-drop-hint]").textContent = form.dataset.drop;

    const fail = (text) => {
      sentence.textContent = text;
      sentence.hidden = false;
      sentence.setAttribute("role", "alert");
      bar.hidden = true;
      input.disabled = false;
      input.value = "";
    };

    const send = (file) => {
      if (file.size > Number(form.dataset.max)) {
        fail(`${file.name}: ${form.dataset.tooLarge}`);
        return;
      }
      const data = new FormData(form);
      data.set("file", file, file.name);
      sentence.hidden = true;
      bar.hidden = false;
      bar.value = 0;
      bar.setAttribute("aria-label", `${form.dataset.progress}: ${file.name}`);
      input.disabled = true;
      const request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.setRequestHeader("X-Requested-With", "upload");
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) bar.value = Math.round((event.loaded / event.total) * 100);
      });
      request.addEventListener("error", () => fail(`${file.name}: ${form.dataset.cut}`));
      request.addEventListener("abort", () => fail(`${file.name}: ${form.dataset.cut}`));
      request.addEventListener("load", () => replace(request, file));
      request.send(data);
    };

    const replace = (request, file) => {
      const answer = new DOMParser().parseFromString(request.responseText, "text/html").querySelector("[data-paper]");
      if (!answer || answer.id !== line.id) {
        fail(`${file.name}: ${form.dataset.cut}`);
        return;
      }
      const fresh = document.adoptNode(answer);
      line.replaceWith(fresh);
      enhance(fresh);
      fresh.focus({ preventScroll: true });
      const told = fresh.querySelector("[data-sentence]");
      if (!told.hidden) told.setAttribute("role", "alert");
    };

    input.addEventListener("change", () => {
      if (input.files.length) send(input.files[0]);
    });
    form.addEventListener("dragover", (event) => {
      event.preventDefault();
      form.classList.add("dragging");
    });
    for (const kind of ["dragleave", "drop"]) form.addEventListener(kind, () => form.classList.remove("dragging"));
    form.addEventListener("drop", (event) => {
      event.preventDefault();
      if (event.dataTransfer.files.length && !input.disabled) send(event.dataTransfer.files[0]);
    });
  };

  document.querySelectorAll("[data-paper]").forEach(enhance);
}
