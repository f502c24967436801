/* The entry: what is typed is kept at every stroke, by what it is about; sending goes through the outbox. */
(() => {
  const desk = self.desk;
  if (!desk) return;
  const { kept, words } = desk;
  const entry = () => document.getElementById("entry");
  const form = () => document.getElementById("entry-form");
  const blank = document.createElement("template");

  /* What an entry is about, as its draft is kept by. */
  const aboutOf = (here = form()) => {
    if (!here) return "";
    const { kind } = here.dataset;
    return { mark: `mark ${entry().dataset.paragraph}`, link: `link ${here.elements.source?.value}` }[kind] ?? `${kind} ${here.action}`;
  };
  const TYPED = ["text", "gist", "speaker", "rationale", "target"];
  const fieldsOf = (here, submitter) => [...new FormData(here, submitter)].map(([name, value]) => [name, String(value)]);
  const typed = (here) => TYPED.some((name) => here.elements[name] && here.elements[name].value.trim() !== here.elements[name].defaultValue.trim());

  const isRefused = () => "parted" in entry().dataset || Boolean(form()?.querySelector(".errorlist"));
  desk.isWriting = () => Boolean(form()) && (typed(form()) || isRefused());
  desk.about = () => aboutOf();
  desk.focusEntry = () => {
    const here = form();
    const wrong = here?.querySelector(".wrong input, .wrong textarea, .wrong select");
    const first = wrong || here?.elements.text || here?.elements.kind || here?.elements.rationale || document.getElementById("entry-save");
    first?.focus();
    entry().scrollIntoView({ block: "nearest" });
  };

  const keep = () => {
    const here = form();
    const safe = typed(here) ? kept.keep(aboutOf(here), fieldsOf(here)) : kept.drop(aboutOf(here));
    tellLeft(here);
    desk.stashed();
    if (!safe && typed(here)) desk.say(words.unkept, true);
  };
  const tellLeft = (here) => {
    const left = here.querySelector(".left");
    const text = here.elements.text;
    if (left && text) left.textContent = text.value ? `${desk.told(words.left, text.maxLength - text.value.length)} · ${kept.lasting() ? words.kept : words.unkept}` : "";
  };
  /* With the version that the words were typed over: where somebody has saved since, the site shows both. */
  const fill = (here, fields) => {
    for (const [name, value] of fields) {
      const field = here.elements[name];
      if (field && !["paragraph", "seal", "source", "seen"].includes(name)) field.value = value;
    }
    if (here.elements.gist?.value || here.elements.speaker?.value || here.elements.stance?.value === "reports") here.querySelector("details")?.setAttribute("open", "");
  };
  /* Puts back what was typed here before and not sent. */
  const restore = () => {
    const here = form();
    const fields = here && kept.draft(aboutOf(here));
    if (fields && !isRefused()) fill(here, fields);
    if (here) tellLeft(here);
    here?.elements.target?.removeAttribute("list");
  };

  desk.openAt = (number, { focus = true } = {}) => {
    const row = document.getElementById(`p${number}`);
    if (!row) return;
    if (!blank.innerHTML) { desk.visit(`?paragraph=${number}`, null, focus); return; }
    if (entry().dataset.mode !== "mark" || isRefused()) entry().replaceWith(blank.content.firstElementChild.cloneNode(true));
    else if (entry().dataset.paragraph !== String(number)) { form().reset(); document.getElementById("similar").replaceChildren(); }
    entry().dataset.paragraph = number;
    form().elements.paragraph.value = number;
    form().elements.seal.value = row.dataset.seal;
    document.getElementById("entry-place").textContent = row.dataset.place;
    restore();
    if (focus) desk.focusEntry();
  };
  const remember = () => {
    if (blank.innerHTML || entry().dataset.mode !== "mark" || form().querySelector(".errorlist, .option")) return;
    blank.innerHTML = entry().outerHTML;
    const fresh = blank.content.querySelector("form");
    fresh.querySelectorAll("textarea").forEach((field) => { field.textContent = ""; });
  };

  const back = () => {
    const number = desk.chosen || entry().dataset.paragraph;
    if (number) desk.openAt(number, { focus: false });
    else desk.visit("?", null, false);
    document.getElementById(`pick-${number}`)?.focus();
  };

  const submit = (here, submitter) => {
    const fields = fieldsOf(here, submitter);
    const about = aboutOf(here);
    const said = submitter?.textContent.trim() || "";
    kept.drop(about);
    const safe = desk.send(here.action, fields, said);
    if (!safe) desk.say(words.unkept, true);
    here.querySelectorAll("input, textarea").forEach((field) => { if (TYPED.includes(field.name)) field.value = field.defaultValue = ""; });
    document.getElementById("similar")?.replaceChildren();
    desk.stashed();
    back();
  };

  /* An entry that was not taken, to be mended. */
  desk.mend = (item) => {
    const about = new Map(item.fields);
    if (item.url.endsWith("/marks/")) {
      kept.keep(`mark ${about.get("paragraph")}`, item.fields);
      desk.choose(about.get("paragraph"));
      desk.openAt(about.get("paragraph"));
    } else desk.visit(item.url.includes("/links/") && about.get("source") ? `?link=${about.get("source")}` : `?edit=${item.url.match(/(\d+)\/$/)?.[1] ?? ""}`, item.fields);
  };

  /* Another form in the entry, by its address: that of a mark to change, a claim to link, a reason to word anew. */
  desk.visit = async (address, fields, focus = true) => {
    try {
      const response = await desk.ask(address.replace(/#.*/, "") || location.pathname);
      if (!response.ok) return;
      desk.put(await response.text(), { entry: true });
      if (fields && form()) { fill(form(), fields); keep(); }
      if (entry().dataset.paragraph) desk.choose(entry().dataset.paragraph, { scroll: true });
      if (focus) desk.focusEntry();
    } catch { desk.say(desk.told(words.offline, kept.outbox().length), true); }
  };

  document.addEventListener("input", (event) => {
    if (!event.target.closest("#entry-form")) return;
    keep();
    desk.offer(event.target);
    if (event.target.value === "reports") document.getElementById("entry-more")?.setAttribute("open", "");
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.closest("#bench")) return;
    if (event.target.id === "entry-form") {
      event.preventDefault();
      submit(event.target, event.submitter);
    } else if (event.target.classList.contains("at-once")) {
      event.preventDefault();
      desk.send(event.target.action, fieldsOf(event.target), event.submitter?.textContent.trim() ?? "");
    }
  });
  document.addEventListener("keydown", (event) => {
    if (!event.target.closest?.("#entry") || event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (form()?.reportValidity()) submit(form(), document.getElementById("entry-save"));
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (event.target.matches(".option")) document.querySelector("#entry-text, #entry-target").focus();
      else back();
    } else if (desk.amongOptions(event) || desk.takesFirst(event)) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest('#bench a[href^="?"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.matches(".pick, .place")) return;
    event.preventDefault();
    const paragraph = new URLSearchParams(link.search).get("paragraph");
    if (link.id === "entry-leave") { kept.drop(aboutOf()); desk.say(""); back(); }
    else if (paragraph) { desk.choose(paragraph); desk.openAt(paragraph); }
    else desk.visit(link.getAttribute("href"));
  });
  document.addEventListener("desk:put", (event) => { if (event.detail.entry) { remember(); restore(); } });

  desk.beginEntry = () => { remember(); restore(); };
})();
