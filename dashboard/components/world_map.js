// A map of States on one of several days, with the same ranked beside it. Everything within a day is drawn here, so that
// moving through the years asks nobody; the server is told only of the day where the slider comes to rest.
const SVG = "http://www.w3.org/2000/svg";
const STEP_MS = 450;
const STEPS = [0.05, 0.15, 0.3, 0.5];

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElementNS(["svg", "path", "circle", "g", "defs", "pattern", "rect", "title"].includes(tag) ? SVG : "http://www.w3.org/1999/xhtml", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

const hatch = (id) => make("defs", {}, make("pattern", { id, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
  make("rect", { width: 6, height: 6, style: "fill: color-mix(in srgb, var(--hi) 10%, var(--paper))" }),
  make("rect", { width: 2, height: 6, style: "fill: color-mix(in srgb, var(--hi) 55%, var(--paper))" })));

class WorldMap {
  constructor(root) {
    this.root = root;
    this.at = null;
    this.pending = [];
    this.box = make("div", { class: "world" });
    root.append(this.box);
  }

  // Draw anew for other data; keep the day unless the data names another than they did before.
  take({ data: told, setStateValue, setTriggerValue }) {
    const data = JSON.parse(new TextDecoder().decode(told));
    this.tell = setStateValue;
    this.open = (id) => setTriggerValue("chosen", id);
    this.keepDay(data);
    if (this.signature(data) === this.drawn) return;
    this.drawn = this.signature(data);
    const before = this.data;
    this.data = data;
    if (!before || before.day !== data.day || String(before.days) !== String(data.days)) this.step = Math.max(0, data.days.indexOf(data.day));
    this.stop();
    this.states = new Map(data.states.map((state) => [state.id, state]));
    if (this.ground(data) !== this.built) this.build();
    this.map.setAttribute("aria-label", `${data.title}. ${data.words.keys}`);
    this.drawLegend();
    this.show();
  }

  // Data may come late, with a day that the reader has left meanwhile: only a day that is news to us moves the slider.
  keepDay(data) {
    const given = data.day;
    const echoed = this.pending.indexOf(given);
    const known = echoed >= 0 || given === this.given;
    this.pending = known ? this.pending.slice(echoed + 1) : [];
    this.given = given;
    if (known && this.data && String(this.data.days) === String(data.days)) data.day = data.days[this.step];
  }

  // What stands through all layers and days: the outlines, which take longest to draw, and the words around them.
  ground(data) { return JSON.stringify([data.words, data.rtl, data.days.length, data.days.includes(data.today), data.states.map((state) => state.id)]); }

  // What makes a drawing another one.
  signature(data) { return JSON.stringify([data.title, data.day, data.language, data.shown, data.words, data.drawn]); }

  build() {
    const { data } = this;
    this.built = this.ground(data);
    this.at = null;
    this.box.replaceChildren();
    this.box.className = data.days.length > 1 ? "world" : "world plain";
    this.box.dir = data.rtl ? "rtl" : "ltr";
    this.shapes = new Map();
    const land = make("g", { "aria-hidden": "true" });
    const points = make("g", { "aria-hidden": "true" });
    for (const [id, shape] of Object.entries(data.outlines.states)) {
      const state = this.states.get(id);
      const isLand = typeof shape === "string";
      if (!isLand && !state) continue;
      const drawn = isLand
        ? make("path", { d: shape, class: "state other" })
        : make("circle", { cx: shape[0], cy: shape[1], r: 4, class: "state other point" });
      (isLand ? land : points).append(drawn);
      if (!state) continue;
      this.shapes.set(id, drawn);
      drawn.addEventListener("pointerenter", () => this.point(id));
      drawn.addEventListener("click", () => this.open(id));
    }
    this.map = make("svg", { class: "map", viewBox: data.outlines.frame, tabindex: 0, role: "img" },
      hatch("unsure"), land, points);
    this.map.addEventListener("keydown", (event) => this.key(event));
    this.map.addEventListener("pointerleave", () => this.point(null));
    this.told = make("div", { class: "told", role: "status" });
    this.legend = make("ul", { class: "legend", "aria-label": data.words.legend });
    const left = make("div", {}, this.map);
    if (data.days.length > 1) left.append(this.slider());
    left.append(this.legend, this.told, make("p", { class: "note" }, data.words.borders));
    this.sum = make("p", { class: "sum" });
    this.rank = make("ol", { class: "rank", "aria-label": data.words.ranked, tabindex: 0 });
    this.box.append(make("div", { class: "grid" }, left, make("div", {}, this.sum, this.rank)));
  }

  slider() {
    const { data } = this;
    this.button = make("button", { type: "button", "aria-pressed": "false" });
    this.range = make("input", { type: "range", min: 0, max: data.days.length - 1, step: 1, "aria-label": data.words.day });
    this.range.value = this.step;
    this.day = make("output");
    const now = make("button", { type: "button" }, data.words.today);
    this.ahead = make("div", { class: "ahead" });
    this.button.addEventListener("click", () => (this.timer ? this.rest() : this.play()));
    this.range.addEventListener("input", () => { this.stop(); this.step = Number(this.range.value); this.show(); });
    this.range.addEventListener("change", () => this.rest());
    now.addEventListener("click", () => { this.step = this.data.days.indexOf(this.data.today); this.rest(); });
    return make("div", {}, make("div", { class: "bar" }, this.button, this.range, this.day, ...(data.days.includes(data.today) ? [now] : [])), this.ahead);
  }

  play() {
    if (this.step >= this.data.days.length - 1) this.step = -1;
    this.timer = setInterval(() => {
      this.step += 1;
      this.show();
      if (this.step >= this.data.days.length - 1) this.rest();
    }, STEP_MS);
    this.show();
  }

  stop() { clearInterval(this.timer); this.timer = null; }

  // The day is settled: the server is told, and its answer for this same day draws nothing anew.
  rest() {
    this.stop();
    this.show();
    this.data.day = this.data.days[this.step];
    this.drawn = this.signature(this.data);
    this.pending.push(this.data.day);
    this.tell("day", this.data.day);
  }

  key(event) {
    const order = this.order.map((state) => state.id);
    const moves = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
    if (event.key === "Enter" && this.at) this.open(this.at);
    else if (event.key in moves) this.point(order[(order.indexOf(this.at) + moves[event.key] + order.length) % order.length]);
    else return;
    event.preventDefault();
  }

  point(id) {
    if (this.at) this.shapes.get(this.at)?.classList.remove("at");
    this.at = id;
    const state = id && this.states.get(id);
    if (!state) { this.told.replaceChildren(this.data.words.hint); return; }
    const drawn = this.shapes.get(id);
    drawn?.classList.add("at");
    drawn?.parentNode.append(drawn);
    this.told.replaceChildren(make("b", {}, state.name), ` · ${this.sentence(state)} · ${this.data.words.asof}`);
  }

  // What a State has on the day: the class that it is drawn with, the number it is ranked by, and the words for it;
  // worked out here for words and counts, or given with the data as it is to be drawn.
  value(state) {
    const { data, step } = this;
    if (state.drawn) return state.drawn;
    if (state.words) {
      const word = data.scale[state.words[step]];
      return { look: word.look, rank: -state.words[step], short: word.label, met: 0, open: 0 };
    }
    const met = state.met[step], open = state.unknown[step];
    const share = met / data.pairs;
    const look = met ? `r${STEPS.filter((limit) => share >= limit).length}` : open ? "unsure" : "void";
    return { look, rank: met * 1000 + open, short: `${met} + ${open} ?`, met, open };
  }

  sentence(state) {
    const { words } = this.data;
    const held = this.value(state);
    if (state.drawn) return held.told;
    if (state.words) return held.short;
    return words.counted.replace("{met}", held.met).replace("{unknown}", held.open).replace("{pairs}", this.data.pairs);
  }

  show() {
    const { data } = this;
    for (const state of data.states) {
      const drawn = this.shapes.get(state.id);
      drawn?.setAttribute("class", `state ${this.value(state).look}${drawn.tagName === "circle" ? " point" : ""}${state.shown ? "" : " faded"}`);
    }
    const shown = data.states.filter((state) => state.shown);
    this.order = shown.sort((one, other) => this.value(other).rank - this.value(one).rank || one.name.localeCompare(other.name, data.language));
    this.drawRank();
    this.drawSum();
    if (this.range) {
      const day = data.days[this.step];
      this.range.value = this.step;
      this.range.setAttribute("aria-valuetext", day);
      this.day.textContent = day === data.today ? data.words.today : day.endsWith("-01-01") ? day.slice(0, 4) : day;
      this.button.textContent = this.timer ? `❚❚ ${data.words.pause}` : `▶ ${data.words.play}`;
      this.button.setAttribute("aria-pressed", String(Boolean(this.timer)));
      this.ahead.textContent = `${day}${day > data.today ? ` · ${data.words.future}` : ""}`;
    }
    this.point(this.at);
  }

  drawRank() {
    const rows = this.order.map((state) => {
      const held = this.value(state);
      const button = make("button", { type: "button" }, make("span", {}, state.name), make("span", { class: "v" }, held.short));
      if (!state.words && !state.drawn) button.append(make("span", { class: "m" },
        make("i", { style: `width: ${(100 * held.met) / this.data.pairs}%` }),
        make("i", { class: "open", style: `width: ${(100 * held.open) / this.data.pairs}%` })));
      button.addEventListener("click", () => this.open(state.id));
      button.addEventListener("pointerenter", () => this.point(state.id));
      button.addEventListener("focus", () => this.point(state.id));
      return make("li", {}, button);
    });
    this.rank.replaceChildren(...rows);
  }

  drawSum() {
    const { data } = this;
    if (data.sum) this.sum.textContent = data.sum;
    else if (data.scale) {
      const counts = data.scale.map((word, place) => [word.label, this.order.filter((state) => state.words[this.step] === place).length]).filter(([, many]) => many);
      this.sum.textContent = counts.map(([label, many]) => `${label} ${many}`).join(" · ");
    } else {
      const reached = this.order.filter((state) => this.value(state).met).length;
      this.sum.textContent = data.words.summed.replace("{met}", reached).replace("{all}", this.order.length);
    }
  }

  drawLegend() {
    const { data } = this;
    const entries = data.legend ? data.legend.map(({ look, label }) => [look, label]) : data.scale
      ? data.scale.map((word) => [word.look, word.label])
      : [...[4, 3, 2, 1, 0].map((place) => [`r${place}`, data.words.shares[place]]), ["unsure", data.words.only_open], ["void", data.words.no_path]];
    const seen = new Map();
    for (const [look, label] of entries) seen.set(look, seen.has(look) ? `${seen.get(look)} / ${label}` : label);
    this.legend.replaceChildren(...[...seen].map(([look, label]) =>
      make("li", {}, make("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, make("rect", { width: 16, height: 16, class: look })), label)));
  }
}

export default function (component) {
  const { parentElement } = component;
  parentElement.comityMap ??= new WorldMap(parentElement);
  parentElement.comityMap.take(component);
  return () => parentElement.comityMap?.stop();
}
