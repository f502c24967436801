/* The picture as a file of its own: SVG with fonts and light colours written into it, and PNG made from that. */
(() => {
  const map = self.argumentMap;
  const { svg, shaped } = map;
  const MARGIN = 24;
  const LONGEST = 8000;
  const READ = "Charter, 'Bitstream Charter', Cambria, Georgia, 'Liberation Serif', serif";
  const UI = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', sans-serif";
  const GLYPHS = { asserts: "●", denies: "✕", qualifies: "◐", concedes: "○", reports: "❝", silent: "·" };
  const EDGES = { supports: [1.6, "", "quiet"], rebuts: [2.8, "", "ink"], qualifies: [2, "7 5", "ink"], undercuts: [5, "", "ink"] };

  /* The tokens as they are on light paper, whatever the page wears. */
  const colours = (page) => {
    const probe = document.createElement("i");
    probe.style.colorScheme = "light";
    page.append(probe);
    const found = {};
    for (const name of ["paper", "sheet", "wash", "ink", "quiet", "rule", "edge", "blue", "orange", "green", "violet"]) {
      probe.style.color = `var(--${name})`;
      found[name] = getComputedStyle(probe).color;
    }
    probe.remove();
    return { ...found, neither: found.quiet };
  };

  const pen = document.createElement("canvas").getContext("2d");
  const wrapped = (text, font, width) => {
    pen.font = font;
    const lines = [""];
    for (const word of text.trim().split(/ +/)) {
      const longer = `${lines[lines.length - 1]} ${word}`.trim();
      if (pen.measureText(longer).width <= width || !lines[lines.length - 1]) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines.filter(Boolean);
  };

  const words = (text, x, y, size, fill, more = {}) => svg("text", { x, y, "font-size": size, fill, "font-family": UI, ...more }, text);

  /* A side's disc: half filled on its hand, or a ring. */
  const disc = (marks, x, y, colour) => {
    const half = { left: "M0-5A5 5 0 0 0 0 5Z", right: "M0-5A5 5 0 0 1 0 5Z", top: "M-5 0A5 5 0 0 1 5 0Z", bottom: "M-5 0A5 5 0 0 0 5 0Z" }[marks[1]];
    const ring = svg("g", { transform: `translate(${x} ${y})` }, svg("circle", { r: 5, fill: "none", stroke: colour, "stroke-width": 1.6 }));
    if (half) ring.append(svg("path", { d: half, fill: colour }));
    return ring;
  };

  const card = (claim, [x, y], ink) => {
    const [w, h] = claim.size;
    const lamp = ink[claim.side.marks[0]] || ink.quiet;
    const size = claim.thesis ? 17 : 14;
    const group = svg("g", { transform: `translate(${Math.round(x - w / 2)} ${Math.round(y - h / 2)})` },
      svg("title", {}, `${claim.text} ${claim.side.word}, ${claim.kind}, ${claim.strength}`),
      svg("rect", { width: w, height: h, rx: 6, fill: claim.between ? ink.paper : ink.sheet, stroke: ink.edge, "stroke-width": claim.focus ? 3 : 1, "stroke-dasharray": claim.between ? "4 3" : "none" }),
      svg("path", { d: `M0 6a6 6 0 0 1 6-6h${w - 12}a6 6 0 0 1 6 6v${claim.thesis ? 0 : -2}h-${w}z`, fill: lamp }),
      disc(claim.side.marks, 17, 20, lamp),
      words(claim.side.word, 27, 24, 11.5, lamp, { "font-weight": 600 }),
      words(claim.kind, w - 12, 24, 11.5, ink.quiet, { "text-anchor": "end" }));
    wrapped(claim.text, `${claim.thesis ? 600 : 500} ${size}px ${READ}`, w - 24).forEach((told, n) => {
      group.append(words(told, 12, 46 + n * size * 1.28, size, ink.ink, { "font-family": READ, "font-weight": claim.thesis ? 600 : 500 }));
    });
    const voices = wrapped(claim.voices.slice(0, 4).map((voice) => `${GLYPHS[voice.kind] || ""}\u00a0${voice.text.replaceAll(" ", "\u00a0")}`).join("  "), `11.5px ${UI}`, w - 24);
    voices.forEach((told, n) => group.append(words(told, 12, h - 32 - (voices.length - 1 - n) * 16, 11.5, ink.quiet)));
    group.append(words([claim.strength, ...claim.own.map((part) => part.text)].join(" · "), 12, h - 12, 11.5, ink.quiet));
    return group;
  };

  const arrow = ({ points, link }, ink, word) => {
    const [width, dash, colour] = EDGES[link.kind];
    const { way, tip } = shaped(link.kind, points);
    const stroke = { fill: "none", stroke: ink[colour], "stroke-width": width };
    const group = svg("g", {}, svg("title", {}, word), svg("path", { d: way, ...stroke, ...(dash && { "stroke-dasharray": dash }) }));
    if (link.kind === "undercuts") group.append(svg("path", { d: way, ...stroke, stroke: ink.paper, "stroke-width": 2 }));
    if (tip) group.append(svg("path", { d: tip, stroke: ink[colour], "stroke-width": link.kind === "rebuts" ? 2.8 : 1.4, fill: link.kind === "qualifies" ? ink.paper : ink[colour] }));
    return group;
  };

  const LEGEND = ["supports", "rebuts", "qualifies", "undercuts"];

  /* A picture that says what it is: title, address, the arrows' words. */
  map.asSVG = (picture, say, title) => {
    const ink = colours(document.body);
    const [w, h] = picture.box;
    const width = Math.ceil(Math.max(w, 600) + 2 * MARGIN);
    const heading = wrapped(title, `600 20px ${READ}`, width - 2 * MARGIN);
    const top = 36 + heading.length * 26;
    const height = Math.ceil(top + 34 + h + MARGIN);
    const root = svg("svg", { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}` },
      svg("title", {}, title), svg("rect", { width: "100%", height: "100%", fill: ink.paper }));
    heading.forEach((told, n) => root.append(words(told, MARGIN, 36 + n * 26, 20, ink.ink, { "font-family": READ, "font-weight": 600 })));
    const legend = svg("g", { transform: `translate(${MARGIN} ${top})` });
    LEGEND.forEach((kind, n) => {
      const key = svg("g", { transform: `translate(${n * 136} 0)` }, arrow({ points: [[0, 0], [44, 0]], link: { kind } }, ink, say(`word-${kind}`)), words(say(`word-${kind}`), 58, 4, 12, ink.quiet));
      if (kind === "undercuts") key.append(knot(47, 0, ink));
      legend.append(key);
    });
    const drawing = svg("g", { transform: `translate(${Math.round((width - w) / 2)} ${top + 34})` });
    for (const drawn of picture.arrows.values()) drawing.append(arrow(drawn, ink, say(`word-${drawn.link.kind}`)));
    for (const key of picture.knots.keys()) drawing.append(knot(...spot(picture, key), ink));
    for (const slug of picture.cards.keys()) drawing.append(card(picture.graph.claims.get(slug), picture.places[slug], ink));
    for (const { link, said } of picture.arrows.values()) {
      if (said) drawing.append(words(say(`word-${link.kind}`), ...said, 12, ink.ink, { "text-anchor": "middle", "font-weight": 600, stroke: ink.paper, "stroke-width": 5, "paint-order": "stroke" }));
    }
    root.append(legend, drawing);
    return root;
  };

  const spot = (picture, key) => ["cx", "cy"].map((name) => Number(picture.knots.get(key).firstChild.getAttribute(name)));
  const knot = (x, y, ink) => svg("g", { transform: `translate(${x} ${y})`, stroke: ink.ink, "stroke-width": 2 }, svg("circle", { r: 6, fill: ink.paper }), svg("path", { d: "M-4 4L4-4" }));
  const told = (root) => `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(root)}\n`;

  const hand = (blob, name) => {
    const link = document.createElement("a");
    const address = URL.createObjectURL(blob);
    Object.assign(link, { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  };

  map.saveSVG = (root, name) => hand(new Blob([told(root)], { type: "image/svg+xml" }), `${name}.svg`);

  /* At twice its size, or as large as a canvas may safely be. */
  map.savePNG = async (root, name) => {
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(told(root))}`;
    await image.decode();
    const paper = document.createElement("canvas");
    const scale = Math.min(2, LONGEST / Math.max(image.naturalWidth, image.naturalHeight));
    Object.assign(paper, { width: image.naturalWidth * scale, height: image.naturalHeight * scale });
    paper.getContext("2d").drawImage(image, 0, 0, paper.width, paper.height);
    hand(await new Promise((resolve) => { paper.toBlob(resolve, "image/png"); }), `${name}.png`);
  };
})();
