// States and who may ask whom, drawn by forces: ties draw together, all States push each other away. The drawing always
// comes out the same. Everything within it happens here; the server is told only of the State that is opened.
const SVG = "http://www.w3.org/2000/svg";
const DRAWN = new Set(["svg", "g", "line", "circle", "text", "defs", "marker", "path", "title"]);
const ROUNDS = 320;
const GAP = 5;
const WIDE_PX = 560;

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElementNS(DRAWN.has(tag) ? SVG : "http://www.w3.org/1999/xhtml", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

// Places of the nodes in a frame: those with ties by forces, the others in rows below.
const placed = (nodes, ties, width, height, radius) => {
  const tied = new Set(ties.flatMap((tie) => [tie.one, tie.other]));
  const web = nodes.filter((node) => tied.has(node.id));
  const lone = nodes.filter((node) => !tied.has(node.id));
  const step = 2 * radius + GAP * 2;
  const inRow = Math.max(1, Math.floor((width - 2 * GAP) / step));
  const rows = Math.ceil(lone.length / inRow);
  const room = web.length ? height - rows * step - (rows ? GAP * 3 : 0) : 0;
  const places = new Map();
  web.forEach((node, place) => {
    const turn = (2 * Math.PI * place) / web.length;
    places.set(node.id, { x: width / 2 + Math.cos(turn) * width * 0.35, y: room / 2 + Math.sin(turn) * room * 0.35 });
  });
  const length = Math.sqrt((width * room) / Math.max(1, web.length)) * 0.8;
  const all = [...places.values()];
  const springs = ties.map((tie) => [places.get(tie.one), places.get(tie.other), tie.certain ? 1 : 0.4]);
  for (let round = 0; round < ROUNDS; round += 1) {
    const most = (length * (1 - round / ROUNDS)) / 2 + 0.5;
    for (const one of all) { one.dx = (width / 2 - one.x) * 0.04 * (room / width); one.dy = (room / 2 - one.y) * 0.04; }
    for (let i = 0; i < all.length; i += 1) for (let j = i + 1; j < all.length; j += 1) {
      const x = all[i].x - all[j].x || 0.01 * (i - j), y = all[i].y - all[j].y || 0.01;
      const push = (length * length) / (x * x + y * y);
      all[i].dx += x * push; all[i].dy += y * push; all[j].dx -= x * push; all[j].dy -= y * push;
    }
    // A dense web would draw everything into one point: the pull is shared among the ties that a State has on average.
    const share = Math.max(1, (2 * ties.length) / Math.max(1, web.length) / 4);
    for (const [one, other, weight] of springs) {
      const x = one.x - other.x, y = one.y - other.y;
      const pull = (weight * Math.hypot(x, y)) / length / share;
      one.dx -= x * pull; one.dy -= y * pull; other.dx += x * pull; other.dy += y * pull;
    }
    for (const one of all) {
      const far = Math.hypot(one.dx, one.dy) || 1;
      one.x += (one.dx / far) * Math.min(far, most); one.y += (one.dy / far) * Math.min(far, most);
    }
  }
  fit(all, radius + GAP, radius + GAP, width - radius - GAP, Math.max(room - radius - GAP, radius + GAP));
  apart(all, 2 * radius + GAP, width, room, radius + GAP);
  lone.forEach((node, place) => places.set(node.id, {
    x: radius + GAP + (place % inRow) * step, y: (web.length ? room + GAP * 3 : 0) + radius + GAP + Math.floor(place / inRow) * step }));
  return places;
};

const fit = (all, left, top, right, bottom) => {
  for (const [axis, from, to] of [["x", left, right], ["y", top, bottom]]) {
    const values = all.map((one) => one[axis]);
    const least = Math.min(...values), span = Math.max(...values) - least || 1;
    for (const one of all) one[axis] = all.length > 1 ? from + ((one[axis] - least) / span) * (to - from) : (from + to) / 2;
  }
};

const apart = (all, distance, width, height, edge) => {
  for (let round = 0; round < 60; round += 1) for (let i = 0; i < all.length; i += 1) for (let j = i + 1; j < all.length; j += 1) {
    const x = all[i].x - all[j].x || 0.01, y = all[i].y - all[j].y || 0.01;
    const far = Math.hypot(x, y);
    if (far >= distance) continue;
    const move = (distance - far) / 2 / far;
    for (const [one, sign] of [[all[i], 1], [all[j], -1]]) {
      one.x = Math.min(width - edge, Math.max(edge, one.x + sign * x * move));
      one.y = Math.min(Math.max(height - edge, edge), Math.max(edge, one.y + sign * y * move));
    }
  }
};

class NetworkGraph {
  constructor(root) {
    this.root = root;
    this.at = null;
    this.box = make("div", { class: "net" });
    root.append(this.box);
    this.watch = new ResizeObserver(() => { if (this.data && Math.abs(this.box.clientWidth - this.width) > 24) this.build(); });
    this.watch.observe(this.box);
  }

  take({ data: told, setTriggerValue }) {
    this.open = (id) => setTriggerValue("chosen", id);
    const text = new TextDecoder().decode(told);
    if (text === this.drawn) return;
    this.drawn = text;
    this.data = JSON.parse(text);
    this.at = null;
    this.build();
  }

  build() {
    const { data } = this;
    this.width = this.box.clientWidth;
    this.box.replaceChildren();
    this.box.dir = data.rtl ? "rtl" : "ltr";
    this.byId = new Map(data.nodes.map((node) => [node.id, node]));
    this.order = data.nodes.map((node) => node.id);
    this.tiesOf = new Map(data.nodes.map((node) => [node.id, []]));
    for (const tie of data.ties) { this.tiesOf.get(tie.one).push(tie); this.tiesOf.get(tie.other).push(tie); }
    const wide = this.width > 760;
    const list = this.list();
    this.told = make("div", { class: "told", role: "status" }, data.words.hint);
    this.panel = make("div", { class: "panel", role: "region", "aria-label": data.words.ties, tabindex: 0, hidden: "" });
    this.picture = this.draw(Math.max(280, wide ? this.width - 17 * 16 : this.width));
    const left = make("div", {}, this.picture, this.legend(), this.told, this.panel);
    this.box.append(make("div", { class: wide ? "grid" : "grid one" }, left, list));
    if (this.at) this.choose(this.at);
  }

  draw(width) {
    const { data } = this;
    const height = Math.round(width * (width > WIDE_PX ? 0.66 : 1.2));
    const radius = Math.min(17, Math.max(7, Math.sqrt((width * height) / Math.max(12, data.nodes.length)) / 5.5));
    const places = placed(data.nodes, data.ties, width, height, radius);
    const lines = make("g", { "aria-hidden": "true" });
    const dots = make("g", { "aria-hidden": "true" });
    this.lines = new Map();
    for (const tie of data.ties) {
      const [from, to] = tie.forth ? [tie.one, tie.other] : [tie.other, tie.one];
      const a = places.get(from), b = places.get(to);
      const far = Math.hypot(b.x - a.x, b.y - a.y) || 1;
      const cut = tie.forth && tie.back ? 0 : (radius + 3) / far;
      const line = make("line", { x1: a.x, y1: a.y, x2: b.x - (b.x - a.x) * cut, y2: b.y - (b.y - a.y) * cut,
        class: `tie${tie.certain ? "" : " open"}`, ...(cut ? { "marker-end": "url(#one-way)" } : {}) });
      this.lines.set(tie, line);
      lines.append(line);
    }
    this.dots = new Map();
    for (const node of data.nodes) {
      const { x, y } = places.get(node.id);
      const dot = make("g", { class: `node c${node.community}`, transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})` },
        make("circle", { r: radius }), ...(node.cut ? [make("circle", { r: radius + 3, class: "cut" })] : []),
        make("text", { "font-size": (radius * 0.76).toFixed(1), dy: "0.35em" }, node.id));
      dot.addEventListener("pointerenter", () => this.point(node.id));
      dot.addEventListener("click", () => (this.at === node.id ? this.open(node.id) : this.choose(node.id)));
      this.dots.set(node.id, dot);
      dots.append(dot);
    }
    const arrow = make("defs", {}, make("marker", { id: "one-way", viewBox: "0 0 8 8", refX: 6, refY: 4, markerWidth: 6, markerHeight: 6, orient: "auto" },
      make("path", { d: "M0 0L8 4L0 8z", class: "head" })));
    const svg = make("svg", { class: `web${data.ties.length > 250 ? " dense" : ""}`, viewBox: `0 0 ${width} ${height}`, tabindex: 0, role: "img",
      "aria-label": `${data.title}. ${data.words.keys}` }, arrow, lines, dots);
    svg.addEventListener("keydown", (event) => this.key(event));
    svg.addEventListener("pointerleave", () => this.point(this.at));
    return svg;
  }

  list() {
    const { data } = this;
    const rows = data.nodes.map((node) => {
      const button = make("button", { type: "button" }, make("span", {}, node.name), make("span", { class: "v" }, node.short));
      button.addEventListener("click", () => this.choose(node.id));
      button.addEventListener("pointerenter", () => this.point(node.id));
      button.addEventListener("focus", () => this.point(node.id));
      return make("li", {}, button);
    });
    return make("div", {}, make("p", { class: "sum" }, data.words.ranked), make("ol", { class: "rank", "aria-label": data.words.ranked, tabindex: 0 }, ...rows));
  }

  legend() {
    const { data } = this;
    const sample = (...drawn) => make("svg", { viewBox: "0 0 26 16", "aria-hidden": "true" }, ...drawn);
    const line = (kind) => make("line", { x1: 1, y1: 8, x2: 25, y2: 8, class: `tie ${kind}` });
    const entries = [
      [sample(line("")), data.words.certain], [sample(line("open")), data.words.open],
      [sample(make("line", { x1: 1, y1: 8, x2: 16, y2: 8, class: "tie" }), make("path", { d: "M16 3L25 8L16 13z", class: "head" })), data.words.one_way],
      [sample(make("circle", { cx: 13, cy: 8, r: 4, class: "plain" }), make("circle", { cx: 13, cy: 8, r: 6.5, class: "cut" })), data.words.cut],
      ...data.communities.map(({ look, name }) => [sample(make("g", { class: `node c${look}` }, make("circle", { cx: 13, cy: 8, r: 7 }))), name]),
    ];
    return make("ul", { class: "legend", "aria-label": data.words.legend }, ...entries.map(([drawn, label]) => make("li", {}, drawn, label)));
  }

  key(event) {
    const moves = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
    if (event.key === "Enter" && this.at) this.open(this.at);
    else if (event.key === "Escape") this.choose(null);
    else if (event.key in moves) this.choose(this.order[(this.order.indexOf(this.at) + moves[event.key] + this.order.length) % this.order.length]);
    else return;
    event.preventDefault();
  }

  // Light up a State and its ties.
  point(id) {
    const near = new Set([id, ...(this.tiesOf.get(id) ?? []).flatMap((tie) => [tie.one, tie.other])]);
    this.picture.classList.toggle("lit", Boolean(id));
    for (const [node, dot] of this.dots) {
      dot.classList.toggle("near", near.has(node));
      dot.classList.toggle("at", node === id);
    }
    for (const [tie, line] of this.lines) line.classList.toggle("near", tie.one === id || tie.other === id);
    const node = this.byId.get(id);
    this.told.replaceChildren(...(node ? [make("b", {}, node.name), ` · ${node.text}`] : [this.data.words.hint]));
  }

  // Point at a State and list its ties.
  choose(id) {
    this.at = id;
    this.point(id);
    this.panel.toggleAttribute("hidden", !id);
    if (!id) return;
    const { words } = this.data;
    const rows = this.tiesOf.get(id).map((tie) => {
      const mine = tie.one === id;
      const other = this.byId.get(mine ? tie.other : tie.one);
      const may = mine ? tie.forth : tie.back, mayBe = mine ? tie.back : tie.forth;
      const way = may && mayBe ? words.both : may ? words.asks : words.asked;
      return [other.name, make("li", {}, make("b", {}, other.name), ` · ${way} · ${tie.certain ? words.certain : words.open} · ${tie.by}`)];
    }).sort(([one], [other]) => one.localeCompare(other, this.data.language)).map(([, row]) => row);
    const button = make("button", { type: "button" }, words.open_state);
    button.addEventListener("click", () => this.open(id));
    this.panel.replaceChildren(button, rows.length ? make("ul", {}, ...rows) : make("p", {}, words.none));
  }
}

export default function (component) {
  const { parentElement } = component;
  parentElement.comityNetwork ??= new NetworkGraph(parentElement);
  parentElement.comityNetwork.take(component);
}
