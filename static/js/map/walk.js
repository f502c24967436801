/* Walking from claim to claim along the arrows by keyboard: one stop of the Tab key, and a voice that says the way. */
(() => {
  const map = self.argumentMap;
  const PAN = 80;

  map.Walk = class {
    at = null;
    came = null;

    constructor({ graph, picture, stage, words, live, redraw }) {
      Object.assign(this, { graph, picture, stage, words, live, redraw });
      stage.canvas.addEventListener("keydown", (event) => this.key(event));
      picture.deck.addEventListener("focusin", (event) => {
        const card = event.target.closest(".card");
        if (event.target.matches(".body") && card.dataset.claim !== this.at) this.settle(card.dataset.claim);
        if (event.target.matches(".body")) picture.lift(card.dataset.claim);
      });
      picture.deck.addEventListener("focusout", () => picture.lift(null));
      picture.deck.addEventListener("pointerover", (event) => {
        const card = event.target.closest(".card");
        if (card && event.pointerType === "mouse" && !stage.pointers.size) picture.lift(card.dataset.claim);
      });
      picture.deck.addEventListener("pointerout", (event) => {
        if (event.target.closest(".card") && !picture.deck.contains(document.activeElement)) picture.lift(null);
      });
    }

    link(slug) {
      return this.picture.cards.get(slug)?.querySelector(".body");
    }

    /* Which card the Tab key comes to. */
    settle(slug, came = null) {
      const old = this.link(this.at);
      if (old) old.tabIndex = -1;
      this.at = slug;
      this.came = came ?? (this.graph.roots.includes(slug) ? null : this.above(slug)[0] ?? null);
      this.link(slug).tabIndex = 0;
    }

    /* After a redraw the card may be gone: then the first root. */
    refresh() {
      if (!this.picture.cards.has(this.at)) this.at = null;
      this.settle(this.at ?? this.graph.roots.find((slug) => this.picture.cards.has(slug)) ?? this.picture.cards.keys().next().value, this.at && this.came);
    }

    say(...parts) {
      this.live.textContent = "";
      setTimeout(() => { this.live.textContent = parts.filter(Boolean).join(" "); }, 30);
    }

    short(slug) {
      return `“${this.graph.claims.get(slug).text}”`;
    }

    /* Go to a claim; `came` is the link by which it is reached, from either end. */
    go(slug, came, beside = null) {
      this.settle(slug, came);
      this.stage.reach(slug);
      this.link(slug).focus({ preventScroll: true });
      this.picture.lift(slug);
      this.tell(slug, came, beside);
    }

    tell(slug, came, beside) {
      const relation = came && came.source === slug ? this.words(came.kind, { target: this.short(this.graph.struck(came)) }) : "";
      const place = beside ? this.words("place", { n: beside.n + 1, all: beside.all }) : "";
      const hidden = this.graph.hidden(slug);
      this.say(relation || (this.graph.roots.includes(slug) ? this.words("start") : ""), place, hidden ? this.words("folded", { n: hidden }) : "");
    }

    /* What bears on a claim and is drawn: row by row, and within a row from left to right. */
    below(slug) {
      const there = this.graph.bearing(slug).filter((link) => this.graph.drawn(link) && link.source !== slug);
      const once = [...new Map(there.map((link) => [link.source, link])).values()];
      const place = (link) => this.picture.places[link.source];
      return once.sort((a, b) => place(a)[1] - place(b)[1] || place(a)[0] - place(b)[0]);
    }

    above(slug) {
      return (this.graph.from.get(slug) || []).filter((link) => this.graph.drawn(link));
    }

    async down() {
      const slug = this.at;
      if (!this.below(slug).length && this.graph.hidden(slug)) await this.unfold();
      const below = this.below(slug);
      if (!below.length) return this.say(this.words("bottom"));
      this.go(below[0].source, below[0], { n: 0, all: below.length });
    }

    /* To what it bears on: by the arrow that led here, or with `next` by the one after it. */
    up(next = false) {
      const ways = this.above(this.at);
      if (!ways.length) return this.say(this.words("top"));
      const mine = ways.indexOf(this.came);
      const way = ways[next ? (mine + 1) % ways.length : Math.max(0, mine)];
      const target = this.graph.struck(way);
      this.go(target, this.above(target)[0] ?? null);
    }

    /* To what else bears on the same claim; the roots stand beside each other. */
    aside(step) {
      const parent = this.came && this.came.source === this.at ? this.graph.struck(this.came) : null;
      const beside = parent ? this.below(parent) : this.graph.roots.filter((slug) => this.picture.cards.has(slug)).map((source) => ({ source }));
      const mine = beside.findIndex((link) => link.source === this.at);
      if (beside.length < 2) return this.say(this.words("alone"));
      const n = (mine + step + beside.length) % beside.length;
      this.go(beside[n].source, parent ? beside[n] : null, { n, all: beside.length });
    }

    async unfold() {
      const count = await this.redraw.unfold(this.at);
      if (count) this.say(this.words("unfolded", { n: count }));
    }

    async fold() {
      if (await this.redraw.fold(this.at)) this.say(this.words("closed"));
    }

    key(event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const onCard = event.target.matches(".body");
      if (!onCard && event.target !== this.stage.canvas) return;
      const keys = onCard ? this.cardKeys(event.shiftKey) : this.canvasKeys();
      const act = keys[event.key];
      if (!act) return;
      event.preventDefault();
      this.redraw.done().then(act);
    }

    cardKeys(shift) {
      return {
        ArrowDown: () => this.down(),
        ArrowUp: () => this.up(shift),
        ArrowLeft: () => this.aside(-1),
        ArrowRight: () => this.aside(1),
        "+": () => this.unfold(),
        "=": () => this.unfold(),
        "-": () => this.fold(),
        "−": () => this.fold(),
        Home: () => this.go(this.graph.roots.find((slug) => this.picture.cards.has(slug)) ?? this.at, null),
        Escape: () => this.stage.canvas.focus(),
      };
    }

    canvasKeys() {
      return {
        ArrowDown: () => this.stage.move(0, -PAN),
        ArrowUp: () => this.stage.move(0, PAN),
        ArrowLeft: () => this.stage.move(PAN, 0),
        ArrowRight: () => this.stage.move(-PAN, 0),
        "+": () => this.stage.scale(1.25),
        "=": () => this.stage.scale(1.25),
        "-": () => this.stage.scale(0.8),
        "0": () => this.stage.fit(),
        Enter: () => this.go(this.at, this.came),
        Escape: () => document.querySelector(".map-bar .switch [aria-pressed=true]").focus(),
      };
    }
  };
})();
