/* Finding a claim on the map by its words, folded or not, and going from one hit to the next. */
(() => {
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  self.argumentMap.Seek = class {
    hits = [];
    at = -1;

    constructor({ field, told, graph, words, show, go }) {
      Object.assign(this, { field, told, graph, words, show, go });
      field.addEventListener("input", () => this.look());
      field.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === "ArrowDown") { event.preventDefault(); this.step(event.shiftKey ? -1 : 1, event.key === "ArrowDown"); }
        if (event.key === "ArrowUp") { event.preventDefault(); this.step(-1); }
        if (event.key === "Escape" && field.value) { event.preventDefault(); field.value = ""; this.look(); }
      });
    }

    /* Every word has to be there, in any order. */
    look() {
      const words = fold(this.field.value).split(/\s+/).filter(Boolean);
      const holds = (claim) => words.every((word) => fold(`${claim.text} ${claim.voices.map((voice) => voice.text).join(" ")}`).includes(word));
      this.hits = words.length ? [...this.graph.claims.values()].filter(holds).map((claim) => claim.slug) : [];
      this.at = -1;
      clearTimeout(this.later);
      if (this.hits.length) this.later = setTimeout(() => this.step(1), 250);
      else { this.told.textContent = words.length ? this.words("nohit") : ""; this.show(null); }
    }

    /* To the next hit; with `enter` onto its card. */
    async step(by, enter = false) {
      clearTimeout(this.later);
      if (!this.hits.length) return;
      if (enter && this.at >= 0) return this.go(this.hits[this.at]);
      this.at = (this.at + by + this.hits.length) % this.hits.length;
      this.told.textContent = this.words("hits", { n: this.at + 1, all: this.hits.length });
      await this.show(this.hits[this.at]);
    }
  };
})();
