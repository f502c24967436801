/* Walking by keyboard: paragraph by paragraph on the left, claim by claim on the right, one stop of the Tab key each.
   Letters do something only while a paragraph or a claim has the focus, so they are in nobody's way. */
(() => {
  const desk = self.desk;
  if (!desk) return;
  const all = (selector) => [...document.querySelectorAll(selector)];
  const picks = () => all("#paragraphs .pick");
  const cards = () => all("#claims .card");

  /* Marks a paragraph as chosen; `within`: in a part that is not yet in place. */
  desk.choose = (number, { within = document, scroll = false } = {}) => {
    desk.chosen = String(number);
    for (const row of within.querySelectorAll("#paragraphs .paragraph, .paragraph")) {
      const chosen = row.dataset.number === desk.chosen;
      row.toggleAttribute("data-chosen", chosen);
      const pick = row.querySelector(".pick");
      chosen ? pick.setAttribute("aria-current", "true") : pick.removeAttribute("aria-current");
      pick.tabIndex = chosen ? 0 : -1;
    }
    desk.stashed(within);
    if (scroll) document.getElementById(`p${number}`)?.scrollIntoView({ block: "nearest" });
    if (within === document) showCards();
  };

  /* The claims at the chosen paragraph stand out, and are in sight unless somebody walks among the claims. */
  const showCards = () => {
    const here = cards().filter((card) => card.dataset.at.split(" ").includes(desk.chosen));
    for (const card of cards()) card.classList.toggle("here", here.includes(card));
    const side = document.querySelector(".bench-side");
    if (here.length && side.scrollHeight > side.clientHeight && !document.activeElement?.closest("#claims")) here[0].scrollIntoView({ block: "nearest" });
  };

  /* Shows at which paragraphs something is typed that is not sent. */
  desk.stashed = (within = document) => {
    for (const row of within.querySelectorAll(".paragraph")) row.classList.toggle("begun", Boolean(desk.kept.draft(`mark ${row.dataset.number}`)));
  };

  const go = (pick) => {
    if (!pick) return;
    const { number } = pick.closest(".paragraph").dataset;
    desk.choose(number, { scroll: true });
    const entry = document.getElementById("entry");
    if (entry.dataset.mode === "mark" && !("parted" in entry.dataset)) desk.openAt(number, { focus: false });
    pick.focus({ preventScroll: true });
  };
  const along = (list, from, step) => list[Math.min(Math.max(list.indexOf(from) + step, 0), list.length - 1)];
  const nextOpen = (from) => {
    const list = picks();
    const at = list.indexOf(from);
    const open = (pick) => !pick.closest(".claimed, .aside");
    return [...list.slice(at + 1), ...list.slice(0, at)].find(open);
  };

  const ON_PARAGRAPH = {
    j: (pick) => go(along(picks(), pick, 1)),
    k: (pick) => go(along(picks(), pick, -1)),
    n: (pick) => go(nextOpen(pick)),
    Home: () => go(picks()[0]),
    End: () => go(picks().at(-1)),
    Enter: (pick) => desk.openAt(pick.closest(".paragraph").dataset.number),
    x: (pick) => pick.closest(".paragraph").querySelector(".set-aside")?.requestSubmit(),
    c: (pick) => (cards().find((card) => card.dataset.at.split(" ").includes(pick.closest(".paragraph").dataset.number)) ?? cards()[0])?.focus(),
  };
  const ON_CARD = {
    j: (card) => along(cards(), card, 1).focus(),
    k: (card) => along(cards(), card, -1).focus(),
    l: (card) => card.querySelector('a[href^="?link"]')?.click(),
    e: (card) => card.querySelector('a[href^="?edit"]')?.click(),
    Enter: (card) => card.querySelector('a[href^="?edit"]')?.click(),
    d: (card) => card.querySelector(".card-mark form")?.requestSubmit(),
    s: () => document.getElementById(`pick-${desk.chosen}`)?.focus(),
  };
  for (const keys of [ON_PARAGRAPH, ON_CARD]) Object.assign(keys, { ArrowDown: keys.j, ArrowUp: keys.k });

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const pick = event.target.closest?.(".pick");
    const card = event.target.matches?.(".card") && event.target;
    if ((pick || card) && event.key === "?") { toggleHelp(event); return; }
    const act = pick ? ON_PARAGRAPH[event.key] : card && ON_CARD[event.key];
    if (!act) return;
    event.preventDefault();
    act(pick || card);
  });
  const toggleHelp = (event) => {
    event.preventDefault();
    const help = document.getElementById("keys");
    help.open = !help.open;
    if (help.open) help.querySelector("summary").focus();
  };

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const place = event.target.closest(".place[data-goes]");
    const row = event.target.closest("#paragraphs .paragraph");
    if (place) { event.preventDefault(); go(document.getElementById(`pick-${place.dataset.goes}`)); return; }
    if (!row || event.target.closest("a:not(.pick), button") || String(getSelection())) return;
    event.preventDefault();
    desk.choose(row.dataset.number);
    desk.openAt(row.dataset.number, { focus: !matchMedia("(pointer: coarse)").matches });
  });

  /* A claim dropped onto another: the entry asks how the first bears on the second. */
  document.addEventListener("dragstart", (event) => {
    const card = event.target.closest?.(".card[draggable]");
    if (card) event.dataTransfer.setData("application/x-claim", card.dataset.slug);
  });
  document.addEventListener("dragover", (event) => {
    const card = event.target.closest?.(".card");
    if (card && event.dataTransfer.types.includes("application/x-claim")) { event.preventDefault(); card.classList.add("over"); }
  });
  document.addEventListener("dragleave", (event) => { event.target.closest?.(".card")?.classList.remove("over"); });
  document.addEventListener("drop", (event) => {
    const card = event.target.closest?.(".card");
    const slug = event.dataTransfer.getData("application/x-claim");
    card?.classList.remove("over");
    if (!card || !slug || slug === card.dataset.slug) return;
    event.preventDefault();
    desk.visit(`?link=${slug}&to=${card.dataset.slug}`);
  });

  /* One claim can be reached by the Tab key, the one that had the focus last; the others by keys from there. */
  let current = "";
  const walkable = () => {
    const list = cards();
    const here = list.find((card) => card.id === current) ?? list.find((card) => card.classList.contains("here")) ?? list[0];
    for (const card of list) card.tabIndex = card === here ? 0 : -1;
  };
  document.addEventListener("focusin", (event) => {
    const card = event.target.closest?.("#claims .card");
    if (!card || card.id === current) return;
    current = card.id;
    walkable();
  });
  document.addEventListener("desk:put", () => { showCards(); walkable(); });
  desk.beginWalk = () => {
    walkable();
    const first = document.getElementById("entry").dataset.paragraph ?? picks()[0]?.closest(".paragraph").dataset.number;
    if (!first) return;
    desk.choose(first);
    if (!location.hash.includes("entry")) document.getElementById(`pick-${first}`)?.focus({ preventScroll: true });
  };
})();
