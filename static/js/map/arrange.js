/* Where everything goes. Layers, and the order within each, by dagre; then closer together than dagre would put them,
   with every arrow led through the gaps between cards. Runs in a worker, or in the page where it cannot. */
(() => {
  const ROW = 7;
  const ROWS = 3;
  const BESIDE = 34;
  const BELOW = 64;
  const ROUNDS = 14;
  const PORT = 22;
  const QUICK = 60;
  const TOP = "\u22a4";

  const gathered = (items, key) => {
    const found = new Map();
    for (const item of items) (found.get(key(item)) || found.set(key(item), []).get(key(item))).push(item);
    return found;
  };

  /* How many layers further down than its parent a claim stands, so that none grows too long: what bears more, first. */
  const staggered = (edges) => {
    const below = gathered(edges, (edge) => edge.from);
    const further = new Map();
    for (const children of below.values()) {
      const alone = children.map((edge) => edge.to).filter((child) => !further.has(child)).sort((a, b) => below.has(b) - below.has(a));
      const rows = Math.min(ROWS, Math.ceil(alone.length / ROW));
      alone.forEach((child, place) => further.set(child, Math.floor((place * rows) / alone.length)));
    }
    return further;
  };

  /* Each as near to the top as what it bears on allows; what more hangs on than it bears on, near to that instead. */
  const ranked = (graph) => {
    const order = [];
    const left = new Map(graph.nodes().map((id) => [id, graph.inEdges(id).length]));
    const ready = graph.nodes().filter((id) => !left.get(id));
    while (ready.length) {
      const id = ready.pop();
      order.push(id);
      for (const edge of graph.outEdges(id)) { left.set(edge.w, left.get(edge.w) - 1); if (!left.get(edge.w)) ready.push(edge.w); }
    }
    const rank = new Map();
    const down = (edge) => graph.edge(edge).minlen;
    for (const id of order) rank.set(id, Math.max(0, ...graph.inEdges(id).map((edge) => rank.get(edge.v) + down(edge))));
    for (const id of order.reverse()) {
      const [above, below] = [graph.inEdges(id), graph.outEdges(id)];
      const lowest = Math.min(...below.map((edge) => rank.get(edge.w) - down(edge)));
      if (below.length > above.length && above.every((edge) => edge.v !== TOP) && id !== TOP) rank.set(id, lowest);
    }
    for (const [id, level] of rank) graph.node(id).rank = level;
  };

  /* The layers from the top, each from left to right. */
  const layered = (nodes, edges) => {
    const graph = new self.dagre.graphlib.Graph({ multigraph: true });
    graph.setGraph({ rankdir: "TB", nodesep: BESIDE, edgesep: 4, ranksep: BELOW, ranker: nodes.length > QUICK ? ranked : "network-simplex" });
    graph.setDefaultEdgeLabel(() => ({}));
    const further = staggered(edges);
    for (const { id, width, height } of nodes) graph.setNode(id, { width, height });
    graph.setNode(TOP, { width: 1, height: 1 });
    for (const { id, top } of nodes) if (top) graph.setEdge(TOP, id, { weight: 50 }, TOP);
    for (const { id, from, to } of edges) graph.setEdge(from, to, { minlen: 1 + (further.get(to) || 0) }, id);
    self.dagre.layout(graph, { disableOptimalOrderHeuristic: nodes.length > QUICK });
    const rows = gathered(nodes, ({ id }) => Math.round(graph.node(id).y));
    return [...rows].sort(([a], [b]) => a - b).map(([, row]) => row.sort((a, b) => graph.node(a.id).x - graph.node(b.id).x));
  };

  /* The places nearest to those wanted, as a whole, that keep order and distance (pool adjacent violators). */
  const apart = (row, wanted) => {
    const offsets = [0];
    for (let n = 1; n < row.length; n += 1) offsets.push(offsets[n - 1] + (row[n - 1].width + row[n].width) / 2 + BESIDE);
    const blocks = [];
    row.forEach((_node, n) => {
      blocks.push({ sum: wanted[n] - offsets[n], count: 1 });
      while (blocks.length > 1) {
        const [a, b] = blocks.slice(-2);
        if (a.sum / a.count <= b.sum / b.count) break;
        blocks.splice(-2, 2, { sum: a.sum + b.sum, count: a.count + b.count });
      }
    });
    return blocks.flatMap(({ sum, count }) => Array(count).fill(sum / count)).map((at, n) => at + offsets[n]);
  };

  /* Every card as near to what it is tied to as its layer allows. */
  const drawnTogether = (layers, edges) => {
    const x = new Map();
    const near = new Map();
    for (const { from, to } of edges) for (const [a, b] of [[from, to], [to, from]]) (near.get(a) || near.set(a, []).get(a)).push(b);
    for (const row of layers) apart(row, row.map(() => 0)).forEach((at, n) => x.set(row[n].id, at));
    for (const row of layers) { const middle = (x.get(row[0].id) + x.get(row[row.length - 1].id)) / 2; for (const { id } of row) x.set(id, x.get(id) - middle); }
    const mean = (id) => { const ties = near.get(id) || []; return ties.length ? ties.reduce((sum, other) => sum + x.get(other), 0) / ties.length : x.get(id); };
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const row of round % 2 ? [...layers].reverse() : layers) apart(row, row.map(({ id }) => mean(id))).forEach((at, n) => x.set(row[n].id, at));
    }
    return x;
  };

  /* Put the layers below each other, and move all of it to begin at zero. */
  const placed = (layers, x) => {
    const left = Math.min(...layers.flat().map(({ id, width }) => x.get(id) - width / 2));
    const boxes = new Map();
    let y = 0;
    layers.forEach((row, layer) => {
      const height = Math.max(...row.map((node) => node.height));
      for (const node of row) boxes.set(node.id, { ...node, layer, x: x.get(node.id) - left, y: y + height / 2 });
      row.top = y;
      row.bottom = y + height;
      y = row.bottom + (height < 40 ? BELOW / 2 : BELOW);
    });
    return boxes;
  };

  /* Leads each arrow from card to card through the gaps of the layers between, a little beside the one before it. */
  class Router {
    constructor(layers, boxes) {
      Object.assign(this, { layers, boxes, used: new Map() });
      this.gaps = layers.map((row) => {
        const cards = row.map(({ id }) => boxes.get(id));
        const sides = cards.slice(1).map((card, n) => [cards[n].x + cards[n].width / 2, card.x - card.width / 2]);
        const [first, last] = [cards[0], cards[cards.length - 1]];
        return [[first.x - first.width / 2 - 600, first.x - first.width / 2], ...sides, [last.x + last.width / 2, last.x + last.width / 2 + 600]];
      });
    }

    /* Where an arrow that would like to pass at x does so. */
    pass(layer, x) {
      const into = ([left, right]) => Math.min(right - 12, Math.max(left + 12, x));
      const distance = (gap) => (gap[1] - gap[0] < 24 ? Infinity : Math.abs(into(gap) - x));
      const best = this.gaps[layer].reduce((a, b) => (distance(b) < distance(a) ? b : a));
      const key = `${layer} ${Math.round(into(best) / 24)}`;
      const count = this.used.get(key) || 0;
      this.used.set(key, count + 1);
      const beside = Math.ceil(count / 2) * 5 * (count % 2 ? 1 : -1);
      return Math.min(best[1] - 5, Math.max(best[0] + 5, into(best) + beside));
    }

    /* The bends between two cards, from the upper one down. */
    way(upper, lower) {
      const bends = [];
      let { x } = lower;
      for (let layer = lower.layer - 1; layer > upper.layer; layer -= 1) {
        const row = this.layers[layer];
        x = this.pass(layer, x + (upper.x - x) / (layer - upper.layer + 1));
        bends.push([x, row.bottom + 14], [x, row.top - 14]);
      }
      return bends.reverse();
    }

    /* Arrows that meet at one edge of a card share it out among them. */
    share(card, ends) {
      ends.sort((a, b) => a.next[0] - b.next[0]);
      const step = Math.min(PORT, (card.width - 36) / Math.max(1, ends.length - 1));
      ends.forEach((end, n) => { end.port[0] = card.small ? card.x : card.x + (n - (ends.length - 1) / 2) * step; });
    }

    route(edges) {
      const ways = edges.map((edge) => {
        const [from, to] = [this.boxes.get(edge.from), this.boxes.get(edge.to)];
        const [upper, lower] = from.layer <= to.layer ? [from, to] : [to, from];
        const bends = this.way(upper, lower);
        const [start, end] = [[upper.x, upper.y + upper.height / 2], [lower.x, lower.y - lower.height / 2]];
        return { edge, upper, lower, start, end, bends, turned: upper !== from };
      });
      const downs = gathered(ways.map((way) => ({ card: way.upper, port: way.start, next: way.bends[0] || way.end })), (end) => end.card);
      const ups = gathered(ways.map((way) => ({ card: way.lower, port: way.end, next: way.bends[way.bends.length - 1] || way.start })), (end) => end.card);
      for (const ends of [downs, ups]) for (const [card, shared] of ends) this.share(card, shared);
      return Object.fromEntries(ways.map(({ edge, start, end, bends, turned }) => {
        const points = [start, [start[0], start[1] + 16], ...bends, [end[0], end[1] - 12], end];
        return [edge.id, turned ? points.reverse() : points];
      }));
    }
  }

  /* Claims that nothing ties to the others stand in rows below. */
  const rowsOf = (nodes, width) => {
    const rows = [[]];
    let room = width;
    for (const node of nodes) {
      if (room < node.width && rows[rows.length - 1].length) { rows.push([]); room = width; }
      rows[rows.length - 1].push(node);
      room -= node.width + BESIDE;
    }
    return rows;
  };

  /* nodes: {id, width, height, top, small}; edges: {id, from, to}, from what is above. Answers centres and bends by id. */
  const arrange = ({ nodes, edges }) => {
    const tied = new Set(edges.flatMap(({ from, to }) => [from, to]));
    const [bound, free] = [nodes.filter(({ id, top }) => top || tied.has(id)), nodes.filter(({ id, top }) => !top && !tied.has(id))];
    const layers = bound.length ? layered(bound, edges) : [];
    if (free.length) layers.push(...rowsOf(free, Math.max(1200, ...layers.map((row) => row.length * 250))));
    const boxes = placed(layers, drawnTogether(layers, edges));
    const bends = new Router(layers, boxes).route(edges);
    const all = [...boxes.values()];
    const over = Object.values(bends).flat().map(([x]) => x);
    const left = Math.min(0, ...over.map((x) => x - 12));
    const width = Math.max(...all.map((box) => box.x + box.width / 2), ...over.map((x) => x + 12)) - left;
    return {
      width,
      height: layers[layers.length - 1].bottom,
      places: Object.fromEntries(all.map(({ id, x, y }) => [id, [x - left, y]])),
      bends: Object.fromEntries(Object.entries(bends).map(([id, points]) => [id, points.map(([x, y]) => [x - left, y])])),
    };
  };

  if (typeof WorkerGlobalScope !== "undefined") {
    self.onmessage = ({ data }) => {
      if (!self.dagre) importScripts(data.dagre);
      if (data.work) self.postMessage({ number: data.number, done: arrange(data.work) });
    };
    return;
  }
  if (!self.argumentMap) { self.arrange = arrange; return; }

  const loaded = (address) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    Object.assign(script, { src: address, onload: resolve, onerror: reject });
    document.head.append(script);
  });

  /* Answers each piece of work with its arrangement. The worker is started at once, so that it is ready when asked. */
  self.argumentMap.Arranger = class {
    number = 0;
    waiting = new Map();

    constructor(worker, dagre) {
      this.dagre = dagre;
      try {
        this.worker = new Worker(worker);
        this.worker.onmessage = ({ data }) => { this.waiting.get(data.number).resolve(data.done); this.waiting.delete(data.number); };
        this.worker.onerror = (event) => { event.preventDefault(); this.giveUp(); };
        this.worker.postMessage({ dagre });
      } catch { this.worker = null; }
    }

    /* Without a worker the page does it itself. */
    giveUp() {
      this.worker = null;
      for (const { work, resolve, reject } of this.waiting.values()) this.here(work).then(resolve, reject);
      this.waiting.clear();
    }

    async here(work) {
      if (!self.dagre) await loaded(this.dagre);
      return arrange(work);
    }

    ask(work) {
      if (!this.worker) return this.here(work);
      this.number += 1;
      this.worker.postMessage({ dagre: this.dagre, number: this.number, work });
      return new Promise((resolve, reject) => { this.waiting.set(this.number, { work, resolve, reject }); });
    }
  };
})();
