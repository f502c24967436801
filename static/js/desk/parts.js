/* Parts of the page put in place of what is there: what is open stays open, and the focus stays where it was. */
(() => {
  const desk = self.desk;
  if (!desk) return;
  const line = () => document.querySelector("#bench-state .state");

  desk.say = (text, error = false) => {
    const told = line();
    told.classList.toggle("error", error);
    if (told.textContent !== text) told.textContent = text;
  };
  desk.mark = () => document.getElementById("bench-state").dataset.mark;
  desk.told = (words, value) => words.replace("%s", value);

  const keepOpen = (old, fresh) => {
    for (const fold of old.querySelectorAll("details[id]")) {
      const again = fresh.querySelector(`#${fold.id}`);
      if (again) again.open = fold.open;
    }
  };
  /* The line that says what happened stays where it is, so that it is read out; what it says and offers changes. */
  const putState = (old, fresh) => {
    old.dataset.mark = fresh.dataset.mark;
    const now = fresh.querySelector(".state");
    if (!now.textContent.trim()) return;
    old.querySelector("form")?.remove();
    old.append(...fresh.querySelectorAll("form"));
    desk.say(now.textContent.trim(), now.classList.contains("error"));
  };
  const keepChosen = (fresh) => {
    if (fresh.id === "source" && desk.chosen) desk.choose(desk.chosen, { within: fresh });
  };

  /* What has the focus after what had it is gone: the claim that took its place, else the chosen paragraph. */
  const instead = (among) => {
    const cards = document.querySelectorAll("#claims .card");
    return (among >= 0 && cards[Math.min(among, cards.length - 1)]) || document.getElementById(`pick-${desk.chosen}`);
  };

  const latest = new Map();
  /* Whether a part says what it said when it was put in place last. */
  const isSame = (part) => {
    const told = part.outerHTML;
    const same = latest.get(part.id) === told;
    latest.set(part.id, told);
    return same;
  };

  /* Puts the parts of an answer in place by their ids; `entry` only where it is wanted. */
  desk.put = (html, { entry = false } = {}) => {
    const held = document.activeElement?.id;
    const among = [...document.querySelectorAll("#claims .card")].findIndex((card) => card.contains(document.activeElement));
    const fresh = document.createElement("template");
    fresh.innerHTML = html;
    for (const part of [...fresh.content.children]) {
      const old = part.id && document.getElementById(part.id);
      if (!old || (part.id === "entry" && !entry)) continue;
      if (part.id === "bench-state") { putState(old, part); continue; }
      if (part.id !== "entry" && isSame(part)) continue;
      keepOpen(old, part);
      keepChosen(part);
      old.replaceWith(part);
    }
    document.dispatchEvent(new CustomEvent("desk:put", { detail: { entry } }));
    if (held && document.activeElement?.id !== held) (document.getElementById(held) ?? instead(among))?.focus({ preventScroll: true });
  };

  /* Asks for parts of the page. Throws where the site cannot be reached. */
  desk.ask = (url, options = {}) => fetch(url, {
    ...options,
    cache: "no-store",
    headers: { "HX-Request": "true", "X-Curator": desk.bench.dataset.curator, ...options.headers },
    signal: AbortSignal.timeout(20000),
  });
})();
