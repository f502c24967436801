/* The picture: cards and arrows on one layer, drawn from what of the graph is unfolded. */
(() => {
  const map = self.argumentMap;
  const SVG = "http://www.w3.org/2000/svg";
  const KNOT = 13;
  const APART = 110;
  const LONG = 150;
  const CROWD = 80;
  const make = (name, className, ...inside) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    element.append(...inside);
    return element;
  };
  const svg = (name, attributes, ...inside) => {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...inside);
    return element;
  };
  const round = (number) => Math.round(number * 10) / 10;

  /* How far before its end an arrow's line stops, and what stands there: each kind has a shape of its own. */
  const TIPS = {
    supports: [10, [[0, 0], [-11, -5.5], [-11, 5.5], [0, 0]]],
    rebuts: [2, [[-1.5, -8], [-1.5, 8]]],
    qualifies: [16, [[0, 0], [-8, -5.5], [-16, 0], [-8, 5.5], [0, 0]]],
    undercuts: [0, []],
  };

  /* The line up to the tip, and the tip turned its way. In plain coordinates: a transform on each would cost each frame. */
  const shaped = (kind, points) => {
    const [end, before] = [points[points.length - 1], points[points.length - 2]];
    const turn = Math.atan2(end[1] - before[1], end[0] - before[0]);
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    const [short, shape] = TIPS[kind];
    const tip = shape.map(([x, y]) => `${round(end[0] + x * cos - y * sin)} ${round(end[1] + x * sin + y * cos)}`);
    return { way: line([...points.slice(0, -1), [end[0] - short * cos, end[1] - short * sin]]), tip: tip.length ? `M${tip.join("L")}` : "" };
  };

  /* A line through points, bent softly at each. */
  const line = (points) => {
    const said = points.map(([x, y]) => `${round(x)} ${round(y)}`);
    if (points.length < 3) return `M${said.join("L")}`;
    const middle = (n) => `${round((points[n][0] + points[n + 1][0]) / 2)} ${round((points[n][1] + points[n + 1][1]) / 2)}`;
    const bends = points.slice(1, -2).map((_point, n) => `Q${said[n + 1]} ${middle(n + 1)}`);
    return `M${said[0]}${bends.join("")}Q${said[points.length - 2]} ${said[points.length - 1]}`;
  };

  const halfway = (points) => {
    const lengths = points.slice(1).map(([x, y], n) => Math.hypot(x - points[n][0], y - points[n][1]));
    let left = lengths.reduce((sum, length) => sum + length, 0) / 2;
    const n = lengths.findIndex((length) => (left -= length) <= 0);
    if (n < 0) return points[0];
    const share = lengths[n] ? 1 + left / lengths[n] : 0;
    return [0, 1].map((axis) => points[n][axis] + (points[n + 1][axis] - points[n][axis]) * share);
  };

  map.Picture = class {
    cards = new Map();
    places = {};
    arrows = new Map();
    knots = new Map();

    constructor(layer, graph, words) {
      Object.assign(this, { layer, graph, words, edges: layer.querySelector(".edges"), deck: layer.querySelector(".cards") });
    }

    /* A card: a link with the sentence, and below it the strength and what unfolds it. */
    card(claim) {
      const side = make("span", ["side", ...claim.side.marks].join(" "), claim.side.word);
      const meta = make("span", "meta", side, make("span", "kind", claim.kind));
      const voices = make("span", "voices", ...claim.voices.slice(0, 4).map((voice) => make("span", `stance ${voice.kind}`, voice.text)));
      if (claim.voices.length > 4) voices.append(`+${claim.voices.length - 4}`);
      const link = make("a", "body", meta, make("span", "text", claim.text), voices);
      Object.assign(link, { href: claim.href, tabIndex: -1, draggable: false });
      const number = make("a", "number", claim.strength);
      Object.assign(number, { href: claim.method, tabIndex: -1, draggable: false });
      const end = make("div", "end", number, ...claim.own.map((part) => make("span", part.votes ? "number" : "yours", part.text)));
      const fold = make("button", "fold");
      Object.assign(fold, { type: "button", tabIndex: -1 });
      const card = make("div", ["card", ...claim.side.marks.slice(0, 1)].join(" "), link, end, fold);
      card.dataset.claim = claim.slug;
      for (const name of ["thesis", "between", "focus"]) card.classList.toggle(name, claim[name]);
      card.classList.toggle("long", claim.text.length > LONG);
      return card;
    }

    /* Bring cards in and out, and measure the new ones in one go. */
    deal() {
      for (const [slug, card] of this.cards) {
        if (!this.graph.shown.has(slug)) { card.remove(); this.cards.delete(slug); }
      }
      const fresh = [...this.graph.shown].filter((slug) => !this.cards.has(slug));
      for (const slug of fresh) this.cards.set(slug, this.card(this.graph.claims.get(slug)));
      this.deck.append(...fresh.map((slug) => this.cards.get(slug)));
      for (const slug of this.cards.keys()) this.mark(slug);
      const far = this.layer.classList.contains("far");
      this.layer.classList.remove("far");
      for (const slug of fresh) {
        const card = this.cards.get(slug);
        this.graph.claims.get(slug).size = [card.offsetWidth, card.offsetHeight];
      }
      for (const slug of fresh) this.cards.get(slug).style.height = `${this.graph.claims.get(slug).size[1]}px`;
      this.layer.classList.toggle("far", far);
    }

    /* Say on a card how many it hides, or that it can be folded. */
    mark(slug) {
      const button = this.cards.get(slug).querySelector(".fold");
      const hidden = this.graph.hidden(slug);
      const folds = [...this.graph.via.values()].includes(slug);
      button.hidden = !hidden && !folds;
      button.dataset.do = hidden ? "unfold" : "fold";
      button.textContent = hidden ? `+${hidden}` : "−";
      button.setAttribute("aria-label", this.words(hidden ? "unfold" : "fold", { n: hidden }));
    }

    /* What dagre is asked: claims, a knot on each step that is attacked, and arrows from what is above. */
    work() {
      const links = this.graph.drawnLinks;
      const attacked = new Set(links.map((link) => link.attacks).filter(Boolean));
      const theses = new Set([...this.graph.shown].filter((slug) => this.graph.claims.get(slug).thesis));
      const beside = (link) => theses.has(link.source) && theses.has(link.claim);
      const knot = (key) => `:${key}`;
      const nodes = [...this.graph.shown].map((slug) => {
        const [width, height] = this.graph.claims.get(slug).size;
        return { id: slug, width: width + (theses.has(slug) ? APART : 0), height, top: theses.has(slug) };
      });
      const edges = [];
      this.across = links.filter(beside);
      for (const link of links.filter((each) => !beside(each))) {
        const host = link.attacks && this.graph.links.get(link.attacks);
        const target = host && beside(host) ? host.source : link.claim ?? knot(link.attacks);
        if (target === link.source) continue;
        if (attacked.has(link.key)) {
          nodes.push({ id: knot(link.key), width: KNOT, height: KNOT, small: true });
          edges.push({ id: `${link.key}>`, from: target, to: knot(link.key) }, { id: link.key, from: knot(link.key), to: link.source });
        } else edges.push({ id: link.key, from: target, to: link.source });
      }
      return { nodes, edges };
    }

    /* The first side stands on the left. */
    faced({ width, height, places, bends }) {
      const [first, second] = this.graph.roots.filter((slug) => this.graph.claims.get(slug).thesis && places[slug]);
      if (!second || places[first][0] <= places[second][0]) return { width, height, places, bends };
      const mirrored = (points) => points.map(([x, y]) => [width - x, y]);
      const both = (given, change) => Object.fromEntries(Object.entries(given).map(([id, value]) => [id, change(value)]));
      return { width, height, places: both(places, (spot) => mirrored([spot])[0]), bends: both(bends, mirrored) };
    }

    apply(arranged) {
      const { width, height, places, bends } = this.faced(arranged);
      Object.assign(this, { places, width, height });
      for (const [slug, card] of this.cards) {
        const [x, y] = places[slug];
        const [w, h] = this.graph.claims.get(slug).size;
        card.style.left = `${round(x - w / 2)}px`;
        card.style.top = `${round(y - h / 2)}px`;
      }
      this.edges.setAttribute("width", Math.ceil(width));
      this.edges.setAttribute("height", Math.ceil(height));
      this.arrows.clear();
      this.knots.clear();
      this.said = [];
      const drawn = [];
      for (const link of this.graph.drawnLinks) {
        const points = this.points(link, bends);
        if (points) drawn.push(this.arrow(link, points));
      }
      this.edges.replaceChildren(...drawn, ...this.knots.values());
    }

    /* An arrow's way from its source: through its knot where it has one; between theses straight across. */
    points(link, bends) {
      if (this.across.includes(link)) return this.between(link);
      const lower = bends[link.key] && [...bends[link.key]].reverse();
      const upper = bends[`${link.key}>`] && [...bends[`${link.key}>`]].reverse();
      if (lower && upper) {
        this.tie(link.key, this.places[`:${link.key}`]);
        return [...lower.slice(0, -1), this.places[`:${link.key}`], ...upper.slice(1)];
      }
      return lower;
    }

    between(link) {
      const [from, to] = [link.source, link.claim].map((slug) => ({ at: this.places[slug], size: this.graph.claims.get(slug).size }));
      const way = Math.sign(to.at[0] - from.at[0]);
      const twice = this.across.some((other) => other.source === link.claim && other.claim === link.source);
      const y = (from.at[1] + to.at[1]) / 2 + (twice ? way * 14 : 0);
      const points = [[from.at[0] + (way * from.size[0]) / 2, y], [to.at[0] - (way * to.size[0]) / 2, y]];
      if ((this.graph.under.get(link.key) || []).some((under) => this.graph.drawn(under))) this.tie(link.key, halfway(points));
      return points;
    }

    tie(key, [x, y]) {
      this.knots.set(key, svg("g", { class: "knot" }, svg("circle", { cx: round(x), cy: round(y), r: 6 }), svg("path", { d: `M${round(x) - 4} ${round(y) + 4}l8-8` })));
    }

    arrow(link, points) {
      const { way, tip } = shaped(link.kind, points);
      const group = svg("g", { class: `edge ${link.kind}` }, svg("path", { class: "way", d: way }));
      group.append(tip ? svg("path", { class: "tip", d: tip }) : svg("path", { class: "core", d: way }));
      group.append(this.label(link, points));
      const label = group.lastChild;
      const said = link.kind !== "supports" && !label.matches(".tight") && ["x", "y"].map((name) => Number(label.getAttribute(name)));
      this.arrows.set(link.key, { group, points, link, said });
      return group;
    }

    /* An arrow's word, in the band above its source, where no card stands, and clear of other words where it can be. */
    label(link, points) {
      const [from, to] = points.length > 3 ? points.slice(1, 3) : points;
      const spots = [0.5, 0.3, 0.7, 0.12, 0.88].map((share) => [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]);
      const free = ([x, y]) => this.said.every(([a, b]) => Math.abs(a - x) > 62 || Math.abs(b - y) > 13);
      const [x, y] = spots.find(free) || spots[0];
      const tight = !free([x, y]);
      if (!tight && link.kind !== "supports") this.said.push([x, y]);
      return svg("text", { x: round(x), y: round(y) + 4, ...(tight && { class: "tight" }) }, this.words(`word-${link.kind}`));
    }

    /* Bring out one claim with its arrows; none for null. */
    lift(slug) {
      this.layer.classList.toggle("lifted", Boolean(slug));
      this.layer.classList.toggle("crowded", this.cards.size > CROWD);
      const near = new Set([slug]);
      for (const { group, link } of this.arrows.values()) {
        const ends = [link.source, ...this.graph.ends(link)];
        const mine = slug !== null && (link.source === slug || this.graph.struck(link) === slug || link.claim === slug);
        group.classList.toggle("near", mine);
        if (mine) for (const end of ends) near.add(end);
      }
      for (const [other, card] of this.cards) {
        card.classList.toggle("near", near.has(other));
        card.classList.toggle("at", other === slug);
      }
    }

    get box() {
      return [this.width || 1, this.height || 1];
    }
  };
  Object.assign(map, { svg, shaped });
})();
