// The admin's search-as-you-type selects have no name of their own: lend them their label's words.
"use strict";
{
  const name = () => {
    for (const select of document.querySelectorAll("select.admin-autocomplete[id]")) {
      const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
      const widget = select.nextElementSibling;
      if (!label || !widget || !widget.matches(".select2")) continue;
      const words = label.textContent.trim().replace(/:$/, "");
      for (const part of widget.querySelectorAll(".select2-selection, .select2-selection__rendered, .select2-search__field")) {
        part.setAttribute("aria-label", words);
      }
    }
  };
  window.addEventListener("load", name);
  document.addEventListener("formset:added", () => setTimeout(name));
}
