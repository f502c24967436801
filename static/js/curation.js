// The curation room: sentences tell how much of them is left, Markdown shows what readers will see.
(() => {
  const beneath = (field, ...parts) => {
    const box = document.createElement("div");
    box.className = "furnished";
    field.before(box);
    box.append(field, ...parts);
  };

  const count = (field) => {
    const left = document.createElement("output");
    left.className = "left";
    left.htmlFor = field.id;
    const tell = () => { left.textContent = field.dataset.counted.replace("%s", field.maxLength - field.value.length); };
    field.addEventListener("input", tell);
    beneath(field, left);
    tell();
  };

  const preview = (field) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "preview-button";
    button.textContent = field.dataset.previewWord;
    const shown = document.createElement("div");
    shown.className = "preview";
    shown.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      const body = new FormData();
      body.append("text", field.value);
      const token = field.form.querySelector("[name=csrfmiddlewaretoken]").value;
      const answer = await fetch(field.dataset.preview, { method: "POST", body, headers: { "X-CSRFToken": token } }).catch(() => null);
      if (answer?.ok) shown.innerHTML = await answer.text();
      else shown.textContent = field.dataset.previewFailed;
    });
    beneath(field, button, shown);
  };

  // The library that completes fields leaves what it draws without a name; the field's own label is one.
  const name = (select) => {
    const label = document.querySelector(`label[for="${select.id}"]`);
    const drawn = select.nextElementSibling;
    const word = label ? label.textContent.trim().replace(/:$/, "") : select.getAttribute("aria-label");
    const box = drawn?.querySelector("[role=combobox], [role=searchbox]");
    if (!word || !box) return;
    if (label) label.id ||= `label-${select.id}`;
    const shown = drawn.querySelector("[role=textbox]");
    shown?.setAttribute("aria-label", word);
    if (label && shown) box.setAttribute("aria-labelledby", `${label.id} ${shown.id}`);
    else box.setAttribute("aria-label", word);
    drawn.querySelector("[role=searchbox]")?.setAttribute("aria-label", word);
  };

  const furnish = (part) => {
    setTimeout(() => part.querySelectorAll("select.admin-autocomplete:not([name*=__prefix__])").forEach(name));
    part.querySelectorAll("textarea[data-counted][maxlength]:not([name*=__prefix__])").forEach(count);
    part.querySelectorAll("textarea[data-preview]:not([name*=__prefix__])").forEach(preview);
  };

  document.addEventListener("DOMContentLoaded", () => furnish(document));
  document.addEventListener("formset:added", (event) => furnish(event.target));
})();
