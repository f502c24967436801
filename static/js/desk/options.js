/* Options beneath a field while it is typed in: ↓ goes to the first, Enter takes one, Esc goes back.
   For a claim they are claims like it, to attach to; for a relation, what it may be aimed at. */
(() => {
  const desk = self.desk;
  if (!desk) return;
  const PAUSE = 220;
  let timer = 0;
  let asked = "";

  const fetchInto = async (box, url, key) => {
    asked = key;
    try {
      const response = await desk.ask(url);
      if (!response.ok || asked !== key || !box.isConnected) return;
      box.innerHTML = await response.text();
      const count = box.querySelectorAll(".option").length;
      document.getElementById("offered").textContent = count ? desk.told(desk.words.offered, count) : "";
    } catch { /* without a connection there is nothing to offer; the entry itself is kept */ }
  };
  const later = (act) => { clearTimeout(timer); timer = setTimeout(act, PAUSE); };

  desk.offer = (field) => {
    const form = field.form;
    const text = field.value.trim();
    if (field.id === "entry-text") {
      const box = document.getElementById("similar");
      later(() => fetchInto(box, `${desk.bench.dataset.similar}?text=${encodeURIComponent(text)}`, `similar ${text}`).then(() => {
        if ("warns" in box.dataset) box.querySelectorAll(".options, .similar-head").forEach((part) => part.remove());
      }));
    } else if (field.id === "entry-target") {
      form.elements.target_key.value = "";
      const kind = form.elements.kind.value;
      later(() => fetchInto(document.getElementById("targets"), `${desk.bench.dataset.targets}?kind=${kind}&text=${encodeURIComponent(text)}`, `${kind} ${text}`));
    }
  };

  const optionsOf = (element) => [...(element.closest("form")?.querySelectorAll(".similar .option") ?? [])];

  /* Whether the key did something among the options. */
  desk.amongOptions = (event) => {
    const here = event.target;
    const options = optionsOf(here);
    const at = options.indexOf(here);
    const field = here.closest("form")?.querySelector("#entry-text, #entry-target");
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1 };
    const atEnd = here === field && field.selectionStart === field.value.length;
    if (!options.length || !(event.key in steps) || !(at >= 0 || (atEnd && event.key === "ArrowDown"))) return false;
    const next = options[steps[event.key]];
    if (next) next.focus();
    else if (steps[event.key] < 0) field.focus();
    return true;
  };

  /* Enter where a target is typed and none is chosen yet: the first that is offered is meant. */
  desk.takesFirst = (event) => {
    const { form, id } = event.target;
    const first = event.key === "Enter" && id === "entry-target" && !form.elements.target_key.value && document.querySelector("#targets .option");
    if (first) first.click();
    return Boolean(first);
  };

  document.addEventListener("click", (event) => {
    const option = event.target.closest("#targets .option");
    if (!option) return;
    const { elements } = option.closest("form");
    elements.target.value = option.dataset.text;
    elements.target_key.value = option.dataset.key;
    document.getElementById("targets").replaceChildren();
    elements.rationale.focus();
  });
})();
