/* The graph that the page's list tells: claims by slug, links by key, and which of the claims are unfolded. */
(() => {
  const map = (self.argumentMap = {});
  const text = (element) => (element ? element.textContent.trim() : "");
  const slugOf = (li) => {
    const claim = li.querySelector(":scope > .claim");
    return claim ? claim.id.slice(2) : decodeURIComponent(li.querySelector(":scope > .again a").hash.slice(3));
  };
  const push = (lists, key, value) => { lists.has(key) ? lists.get(key).push(value) : lists.set(key, [value]); };

  /* A claim as its place in the list tells it. */
  const read = (box, thesis) => {
    const link = box.querySelector(".claim-text a");
    const side = box.querySelector(".side");
    const number = box.querySelector(".number");
    return {
      slug: box.id.slice(2),
      text: text(link),
      href: link.getAttribute("href"),
      kind: text(box.querySelector(".kind")),
      side: { word: text(side), marks: [...side.classList].slice(1) },
      strength: text(number),
      method: number.getAttribute("href"),
      voices: [...box.querySelectorAll(".voices .stance")].map((voice) => ({ kind: voice.classList[1], text: text(voice) })),
      own: [...box.querySelectorAll(".own > *")].map((part) => ({ text: text(part), votes: part.matches(".by-votes") })),
      bearing: Number(box.dataset.bearing),
      hangs: Number(box.dataset.hangs),
      between: box.matches(".between"),
      focus: box.matches(".focus"),
      thesis,
    };
  };

  map.Graph = class {
    claims = new Map();
    links = new Map();
    to = new Map();
    from = new Map();
    under = new Map();
    roots = [];
    shown = new Set();
    via = new Map();
    fetched = [];

    /* Take in what a list tells and is not known yet. Its roots are ours only where it is the page's own. */
    take(list, own = false) {
      for (const li of list.querySelectorAll(".tree li")) {
        const box = li.querySelector(":scope > .claim");
        const thesis = !li.dataset.relation && li.closest("section").getAttribute("aria-labelledby").startsWith("side-");
        if (box && !this.claims.has(box.id.slice(2))) {
          const claim = read(box, thesis);
          this.claims.set(claim.slug, own ? claim : { ...claim, focus: false, between: false });
        }
        if (own && !li.dataset.relation) this.roots.push(slugOf(li));
        if (li.dataset.relation && !this.links.has(li.dataset.relation)) this.link(li);
      }
    }

    link(li) {
      const above = li.parentElement.closest("li");
      const attacks = li.parentElement.parentElement.matches(".undercutting");
      const key = li.dataset.relation;
      const link = { key, kind: li.className, source: slugOf(li), claim: attacks ? null : slugOf(above), attacks: attacks ? above.dataset.relation : null };
      this.links.set(key, link);
      push(this.from, link.source, link);
      attacks ? push(this.under, link.attacks, link) : push(this.to, link.claim, link);
    }

    /* The claim that a link is aimed at; of an undercut, the claim whose step it attacks. */
    struck(link) {
      return link.claim ?? this.links.get(link.attacks)?.source;
    }

    /* The claims without which a link cannot be drawn. */
    ends(link) {
      const attacked = link.attacks && this.links.get(link.attacks);
      return attacked ? [attacked.source, ...this.ends(attacked)] : [link.claim];
    }

    /* Links to a claim, and undercuts of its own steps. */
    bearing(slug) {
      const steps = this.from.get(slug) || [];
      return [...(this.to.get(slug) || []), ...steps.flatMap((link) => this.under.get(link.key) || [])];
    }

    drawn(link) {
      return this.shown.has(link.source) && this.ends(link).every((slug) => this.shown.has(slug));
    }

    get drawnLinks() {
      return [...this.links.values()].filter((link) => this.drawn(link));
    }

    /* How many bear on a claim and are not shown. */
    hidden(slug) {
      const there = this.bearing(slug).filter((link) => this.shown.has(link.source)).length;
      return Math.max(0, this.claims.get(slug).bearing - there);
    }

    /* How many of what bears on it this page has not been told. */
    missing(slug) {
      return this.claims.get(slug).bearing - this.bearing(slug).length;
    }

    show(slug, via) {
      if (this.shown.has(slug)) return 0;
      this.shown.add(slug);
      if (via) this.via.set(slug, via);
      return 1;
    }

    /* Show a claim, and an undercut with all that it needs. */
    reveal(link, via) {
      return [...this.ends(link), link.source].reduce((count, slug) => count + this.show(slug, via), 0);
    }

    unfold(slug) {
      return this.bearing(slug).reduce((count, link) => count + this.reveal(link, slug), 0);
    }

    /* Hide what was unfolded from a claim, and from that, and so on. */
    fold(slug) {
      const below = [...this.shown].filter((other) => this.via.get(other) === slug && other !== slug);
      for (const other of below) { this.via.delete(other); this.shown.delete(other); }
      return below.reduce((count, other) => count + 1 + this.fold(other), 0);
    }

    /* Make a claim visible by unfolding the way to it. */
    uncover(slug, seen = new Set()) {
      if (this.shown.has(slug) || seen.has(slug)) return;
      seen.add(slug);
      const link = (this.from.get(slug) || []).find((out) => this.claims.has(this.struck(out)));
      if (link) { this.uncover(this.struck(link), seen); this.reveal(link, this.struck(link)); }
      this.show(slug);
    }

    /* Begin with so many claims, those that most hangs on first: of each thesis a few, then from there outward. */
    begin(most) {
      this.shown.clear();
      this.via.clear();
      const focus = [...this.claims.values()].find((claim) => claim.focus);
      const theses = this.roots.filter((slug) => this.claims.get(slug).thesis);
      (theses.length ? theses : this.roots.slice(0, most)).forEach((slug) => this.show(slug));
      if (focus) { this.uncover(focus.slug); this.unfold(focus.slug); }
      const each = focus ? 0 : Math.ceil((most - this.shown.size) / Math.max(1, theses.length));
      for (const slug of theses) this.ways([slug]).slice(0, each).forEach(({ link }) => this.reveal(link, slug));
      while (this.shown.size < most) {
        const [next] = this.ways(this.shown);
        if (!next) break;
        this.reveal(next.link, next.slug);
      }
      if (!focus) this.roots.slice(0, Math.max(0, most - this.shown.size)).forEach((slug) => this.show(slug));
    }

    /* Links from what is not shown yet to these claims, what most hangs on first. */
    ways(slugs) {
      const hangs = ({ link }) => this.claims.get(link.source).hangs;
      const found = [...slugs].flatMap((slug) => this.bearing(slug).map((link) => ({ slug, link })));
      return found.filter(({ link }) => !this.shown.has(link.source)).sort((a, b) => hangs(b) - hangs(a));
    }

    unfoldAll(most) {
      for (const slug of this.roots) if (this.shown.size < most) this.show(slug);
      for (const slug of this.shown) if (this.shown.size < most) this.unfold(slug);
    }
  };
})();
