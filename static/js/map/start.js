/* Turns the list into the drawn map, and back; keeps the place for whoever comes back. */
(() => {
  const map = self.argumentMap;
  const page = document.querySelector(".argument-map");
  if (!page) return;
  const FIRST = 12;
  const SMALL = 14;
  const MOST = 600;

  const list = page.querySelector(".map-list");
  page.prepend(document.getElementById("map-tools").content.cloneNode(true));
  const find = (selector) => page.querySelector(selector);
  const live = find("[data-live]");
  const sayings = new Map([...page.querySelectorAll("[data-say]")].map((said) => [said.dataset.say, said.textContent]));
  page.querySelectorAll(".legend li").forEach((li, n) => sayings.set(`word-${["supports", "rebuts", "qualifies", "undercuts"][n]}`, li.textContent.trim()));
  sayings.set("word-undercuts", sayings.get("word-undercuts").split(" ")[0]);
  const words = (name, filled = {}) => Object.entries(filled).reduce((said, [key, value]) => said.replace(`{${key}}`, value), sayings.get(name) ?? name);
  const say = (text) => { live.textContent = ""; setTimeout(() => { live.textContent = text; }, 30); };
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  const graph = new map.Graph();
  let arranger, picture, stage, walk, drawing = Promise.resolve(), shown = false;

  // The list: its folds, and the way to a claim in a folded part.

  const openTo = (element) => { for (let at = element; at; at = at.parentElement) if (at.matches("details")) at.open = true; };
  const follow = () => {
    const target = location.hash.startsWith("#c-") && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target) { openTo(target); target.scrollIntoView({ block: "center" }); }
  };
  addEventListener("hashchange", follow);

  // The drawing: what is unfolded is arranged, then shown.

  const redrawNow = async (anchor) => {
    const before = anchor && picture.places[anchor] ? stage.spot(anchor) : null;
    picture.deal();
    const arranged = await arranger.ask(picture.work());
    page.classList.toggle("gliding", shown && picture.cards.size <= 80 && !still.matches);
    picture.apply(arranged);
    shown = true;
    walk.refresh();
    stage.sketch();
    if (before) {
      const after = stage.spot(anchor);
      stage.move(before[0] - after[0], before[1] - after[1]);
    }
    if (picture.layer.classList.contains("lifted")) picture.lift(walk.at);
    keep();
  };
  /* One after the other: a second wish waits for the first. */
  const redraw = (anchor) => (drawing = drawing.then(() => redrawNow(anchor)));

  const fetched = async (slug) => {
    const answer = await fetch(page.dataset.around + encodeURIComponent(slug), { credentials: "same-origin" });
    if (!answer.ok) throw new Error(answer.statusText);
    const other = new DOMParser().parseFromString(await answer.text(), "text/html");
    graph.take(other.querySelector(".map-list"));
    graph.fetched.push(slug);
  };

  const folding = {
    done: () => drawing,
    async unfold(slug) {
      if (graph.missing(slug) > 0 && !graph.fetched.includes(slug)) {
        try { await fetched(slug); } catch { say(words("unreached")); }
      }
      const count = graph.unfold(slug);
      if (count) await redraw(slug);
      return count;
    },
    async fold(slug) {
      const count = graph.fold(slug);
      if (count) await redraw(slug);
      return count;
    },
  };

  // The place: what is unfolded, where the layer is, on which claim; kept with this entry of the history.

  let keeping;
  const place = () => ({ zoom: stage.zoom, x: stage.x, y: stage.y, at: walk.at, shown: [...graph.shown], via: [...graph.via], fetched: graph.fetched });
  const keepNow = () => { clearTimeout(keeping); if (picture?.width && drawn()) history.replaceState({ ...history.state, map: place() }, ""); };
  const keep = () => { clearTimeout(keeping); keeping = setTimeout(keepNow, 400); };
  addEventListener("pagehide", keepNow);
  page.addEventListener("click", (event) => { if (event.target.closest("a")) keepNow(); }, true);

  const recall = async (kept) => {
    for (const slug of (kept.fetched || []).slice(0, 10)) await fetched(slug).catch(() => null);
    const known = kept.shown.filter((slug) => graph.claims.has(slug));
    if (!known.length) return false;
    graph.shown = new Set(known);
    graph.via = new Map(kept.via.filter(([slug]) => graph.shown.has(slug)));
    await redraw();
    Object.assign(stage, { zoom: kept.zoom, x: kept.x, y: kept.y });
    stage.hold();
    stage.place();
    if (graph.shown.has(kept.at)) { walk.settle(kept.at); walk.link(kept.at).focus({ preventScroll: true }); }
    return true;
  };

  // The switch between the two.

  const drawn = () => document.documentElement.dataset.map === "drawn";
  const store = (how) => { try { localStorage.setItem("map", how); } catch { /* it then lasts for this page */ } };
  const press = () => {
    for (const button of page.querySelectorAll(".switch button")) button.setAttribute("aria-pressed", String((button.dataset.act === "draw") === drawn()));
  };
  const show = (how) => { document.documentElement.dataset.map = how; press(); };

  const begin = () => {
    graph.take(list, true);
    arranger = new map.Arranger(page.dataset.worker, page.dataset.dagre);
    picture = new map.Picture(find(".map-layer"), graph, words);
    stage = new map.Stage(find(".map-frame"), picture, keep);
    walk = new map.Walk({ graph, picture, stage, words, live, redraw: folding });
    new map.Seek({ field: find("#map-seek"), told: find("#map-hits"), graph, words, show: spotlight, go: (slug) => walk.go(slug, null) });
    picture.deck.addEventListener("click", (event) => {
      const button = event.target.closest(".fold");
      if (button) folding[button.dataset.do](button.closest(".card").dataset.claim);
    });
    Object.assign(map, { arranger, graph, picture, stage, walk });
  };

  const spotlight = async (slug) => {
    if (slug === null) return picture.lift(null);
    if (!graph.shown.has(slug)) { graph.uncover(slug); await redraw(); }
    if (stage.zoom < 0.6) stage.scale(0.8 / stage.zoom);
    walk.settle(slug);
    stage.centre(slug);
    picture.lift(slug);
  };

  /* First as much as can be read at once; a small map whole. */
  const draw = async () => {
    show("drawn");
    if (picture) return;
    find(".map-wait").hidden = false;
    try {
      begin();
      const kept = history.state?.map;
      if (!kept || !(await recall(kept))) {
        graph.begin(graph.claims.size <= SMALL ? graph.claims.size : FIRST);
        await redraw();
        stage.fit(0.8);
        const focus = [...graph.shown].find((slug) => graph.claims.get(slug).focus);
        if (focus) walk.settle(focus);
        stage.lead(walk.at, Boolean(focus));
      }
      page.dataset.drawn = "";
      performance.mark("map drawn");
    } catch (error) {
      show("list");
      say(words("failed"));
      throw error;
    } finally { find(".map-wait").hidden = true; }
  };

  // What the buttons do.

  const told = (selector) => document.querySelector(selector).textContent.replace(/\s+/g, " ").trim();
  const title = () => `${told("main .eyebrow")} ${told("h1")}`;
  const acts = {
    list() { store("list"); show("list"); },
    draw() { store("drawn"); draw(); },
    open() { for (const part of list.querySelectorAll("details")) part.open = true; },
    close() { for (const part of list.querySelectorAll("details")) part.open = false; },
    async "unfold-all"() { graph.unfoldAll(MOST); await redraw(); stage.fit(); },
    async "fold-all"() { graph.begin(FIRST); await redraw(); stage.fit(0.6); },
    in() { stage.scale(1.25); },
    out() { stage.scale(0.8); },
    fit() { stage.fit(); },
    svg() { map.saveSVG(map.asSVG(picture, words, title()), "argument-map"); },
    png() { map.savePNG(map.asSVG(picture, words, title()), "argument-map"); },
    print() { window.print(); },
  };
  page.addEventListener("click", (event) => {
    const button = event.target.closest("[data-act]");
    if (!button) return;
    button.closest(".save")?.removeAttribute("open");
    acts[button.dataset.act]();
  });
  const save = find(".save");
  save.addEventListener("keydown", (event) => { if (event.key === "Escape") { save.open = false; save.firstElementChild.focus(); } });
  document.addEventListener("pointerdown", (event) => { if (!save.contains(event.target)) save.open = false; });

  // On paper the drawn map stands on one page.

  const root = document.documentElement;
  const paper = () => {
    if (!drawn() || !picture?.width || root.classList.contains("on-paper")) return;
    const sheet = document.createElement("div");
    sheet.className = "map-paper";
    sheet.append(map.asSVG(picture, words, title()));
    page.append(sheet);
    root.classList.add("on-paper");
    root.classList.toggle("across", picture.width > picture.height);
  };
  const screen = () => { find(".map-paper")?.remove(); root.classList.remove("on-paper", "across"); };
  addEventListener("beforeprint", paper);
  addEventListener("afterprint", screen);
  matchMedia("print").addEventListener("change", ({ matches }) => (matches ? paper() : screen()));
  const relight = () => { if (picture?.width) setTimeout(() => stage.sketch()); };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", relight);
  document.addEventListener("change", (event) => { if (event.target.matches(".theme select")) relight(); });

  press();
  follow();
  if (drawn() && !location.hash.startsWith("#c-")) draw(); else show("list");
})();
