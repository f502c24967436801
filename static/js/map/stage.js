/* The stage: moves and scales the layer, with pointer, wheel, keys and the small map in its corner. */
(() => {
  const map = self.argumentMap;
  const LEAST = 0.06;
  const MOST = 2;
  const FAR = 0.55;
  const STILL = 5;
  const STRETCH = (ratio) => ratio > 0.45 && ratio < 2;

  map.Stage = class {
    x = 0;
    y = 0;
    zoom = 1;
    painted = 1;
    pointers = new Map();

    constructor(frame, picture, changed) {
      const [canvas, mini] = [frame.querySelector(".map-canvas"), frame.querySelector(".minimap")];
      Object.assign(this, { canvas, picture, changed, layer: picture.layer, glide: picture.layer.parentElement, mini, lens: mini.querySelector(".lens") });
      this.listen();
    }

    get size() {
      return [this.canvas.clientWidth, this.canvas.clientHeight];
    }

    /* Put the layer where it now is; at most once a frame. While it is being scaled, what is painted already is
       stretched; it is painted anew at its size when it rests, or where it would be stretched too far. */
    place() {
      this.frame ??= requestAnimationFrame(() => {
        this.frame = null;
        if (!STRETCH(this.zoom / this.painted)) this.paint();
        this.glide.style.transform = `translate(${this.x}px, ${this.y}px) scale(${this.zoom / this.painted})`;
        this.showLens();
        clearTimeout(this.rest);
        this.rest = setTimeout(() => this.settle(), 160);
      });
    }

    paint() {
      this.painted = this.zoom;
      this.layer.style.transform = `scale(${this.zoom})`;
    }

    settle() {
      if (this.painted !== this.zoom) {
        this.paint();
        this.glide.style.transform = `translate(${this.x}px, ${this.y}px)`;
      }
      this.layer.classList.toggle("far", this.zoom < FAR);
      this.changed();
    }

    /* Keep some of the picture in sight. */
    hold() {
      const [width, height] = this.size;
      const [w, h] = this.picture.box.map((length) => length * this.zoom);
      const edge = 80;
      this.x = Math.min(width - edge, Math.max(edge - w, this.x));
      this.y = Math.min(height - edge, Math.max(edge - h, this.y));
    }

    move(dx, dy) {
      this.x += dx;
      this.y += dy;
      this.hold();
      this.place();
    }

    /* Scale, with the point (px, py) of the canvas kept in place. */
    scale(factor, px = this.size[0] / 2, py = this.size[1] / 2) {
      const zoom = Math.min(MOST, Math.max(LEAST, this.zoom * factor));
      this.x = px - ((px - this.x) * zoom) / this.zoom;
      this.y = py - ((py - this.y) * zoom) / this.zoom;
      this.zoom = zoom;
      this.hold();
      this.place();
    }

    fit(least = LEAST, most = 1) {
      const [width, height] = this.size;
      const [w, h] = this.picture.box;
      this.zoom = Math.min(most, Math.max(least, Math.min((width - 32) / w, (height - 32) / h)));
      this.x = (width - w * this.zoom) / 2;
      this.y = h * this.zoom <= height - 32 ? (height - h * this.zoom) / 2 : 16;
      this.place();
    }

    centre(slug) {
      const [x, y] = this.picture.places[slug];
      this.x = this.size[0] / 2 - x * this.zoom;
      this.y = this.size[1] / 2 - y * this.zoom;
      this.hold();
      this.place();
    }

    /* Where not all of it fits, begin with one claim; the first in sight from its top on. */
    lead(slug, middle) {
      const [width, height] = this.size;
      if (this.picture.width * this.zoom > width) this.x = Math.min(16, width / 2 - this.picture.places[slug][0] * this.zoom);
      if (middle && this.picture.height * this.zoom > height) this.y = Math.min(16, height / 2 - this.picture.places[slug][1] * this.zoom);
      this.hold();
      this.place();
    }

    /* Where a claim stands on the canvas. */
    spot(slug) {
      const [x, y] = this.picture.places[slug];
      return [this.x + x * this.zoom, this.y + y * this.zoom];
    }

    /* Move no more than it takes for the whole card to be in sight. */
    reach(slug) {
      const [x, y] = this.spot(slug);
      const [width, height] = this.size;
      const [w, h] = this.picture.graph.claims.get(slug).size.map((length) => (length * this.zoom) / 2 + 24);
      const into = (at, half, room) => (2 * half > room ? room / 2 - at : Math.max(half - at, Math.min(0, room - half - at)));
      this.move(into(x, w, width), into(y, h, height));
    }

    /* The whole in small. */
    sketch() {
      const paper = this.mini.querySelector("canvas");
      const pen = paper.getContext("2d");
      const [w, h] = this.picture.box;
      this.small = Math.min(paper.width / w, paper.height / h);
      this.shift = [(paper.width - w * this.small) / 2, (paper.height - h * this.small) / 2];
      pen.clearRect(0, 0, paper.width, paper.height);
      for (const [slug, card] of this.picture.cards) {
        const [x, y] = this.picture.places[slug];
        const [cw, ch] = this.picture.graph.claims.get(slug).size;
        pen.fillStyle = getComputedStyle(card).borderTopColor;
        pen.fillRect(this.shift[0] + (x - cw / 2) * this.small, this.shift[1] + (y - ch / 2) * this.small, Math.max(2, cw * this.small - 1), Math.max(2, ch * this.small - 1));
      }
      this.showLens();
    }

    showLens() {
      if (!this.small) return;
      const k = this.small / this.zoom;
      const [width, height] = this.size;
      const whole = this.x >= 0 && this.y >= 0 && this.x + this.picture.box[0] * this.zoom <= width && this.y + this.picture.box[1] * this.zoom <= height;
      this.mini.classList.toggle("whole", whole);
      this.lens.style.transform = `translate(${this.shift[0] - this.x * k}px, ${this.shift[1] - this.y * k}px)`;
      this.lens.style.width = `${width * k}px`;
      this.lens.style.height = `${height * k}px`;
    }

    listen() {
      const { canvas, mini } = this;
      canvas.addEventListener("wheel", (event) => {
        if (!event.ctrlKey && !event.metaKey) return;
        event.preventDefault();
        const box = canvas.getBoundingClientRect();
        this.scale(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.004)), event.clientX - box.left, event.clientY - box.top);
      }, { passive: false });
      canvas.addEventListener("pointerdown", (event) => this.down(event));
      canvas.addEventListener("pointermove", (event) => this.drag(event));
      for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, (event) => this.up(event));
      canvas.addEventListener("click", (event) => { if (this.dragged) { event.preventDefault(); event.stopPropagation(); } }, true);
      canvas.addEventListener("dragstart", (event) => event.preventDefault());
      /* A browser that scrolls a focused card into view would scroll the canvas: the layer moves instead. */
      canvas.addEventListener("scroll", () => { canvas.scrollTo(0, 0); });
      const go = (event) => {
        if (!event.buttons) return;
        const box = mini.getBoundingClientRect();
        this.x = this.size[0] / 2 - ((event.clientX - box.left - this.shift[0]) / this.small) * this.zoom;
        this.y = this.size[1] / 2 - ((event.clientY - box.top - this.shift[1]) / this.small) * this.zoom;
        this.hold();
        this.place();
      };
      mini.addEventListener("pointerdown", (event) => { mini.setPointerCapture(event.pointerId); go(event); });
      mini.addEventListener("pointermove", go);
      new ResizeObserver(() => { if (this.small) this.showLens(); }).observe(canvas);
    }

    down(event) {
      if (event.button) return;
      if (!this.pointers.size) this.dragged = false;
      this.pointers.set(event.pointerId, [event.clientX, event.clientY]);
    }

    /* One finger or the mouse moves; two fingers scale about the point between them. */
    drag(event) {
      const before = this.pointers.get(event.pointerId);
      if (!before) return;
      const now = [event.clientX, event.clientY];
      const [dx, dy] = [now[0] - before[0], now[1] - before[1]];
      if (!this.dragged && Math.hypot(dx, dy) < STILL) return;
      if (!this.dragged) { this.dragged = true; this.canvas.setPointerCapture(event.pointerId); this.canvas.classList.add("dragging"); }
      const other = [...this.pointers].find(([id]) => id !== event.pointerId);
      this.pointers.set(event.pointerId, now);
      if (!other) return this.move(dx, dy);
      const box = this.canvas.getBoundingClientRect();
      const apart = (point) => Math.hypot(point[0] - other[1][0], point[1] - other[1][1]) || 1;
      this.move(dx / 2, dy / 2);
      this.scale(apart(now) / apart(before), (now[0] + other[1][0]) / 2 - box.left, (now[1] + other[1][1]) / 2 - box.top);
    }

    up(event) {
      this.pointers.delete(event.pointerId);
      if (!this.pointers.size) this.canvas.classList.remove("dragging");
    }
  };
})();
