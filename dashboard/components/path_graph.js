// The offices of a path in their order and the legs between them; a leg opens to show what it rests on.
const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};
const NARROW_PX = 620;

export default function ({ data: told, parentElement }) {
  const data = JSON.parse(new TextDecoder().decode(told));
  const box = make("div", { class: "path", dir: data.rtl ? "rtl" : "ltr" });
  const panel = make("div", { class: "panel", role: "region", "aria-live": "polite", "aria-label": data.words.leg });
  const flow = make("ol", { class: "flow", "aria-label": data.words.path });
  const buttons = [];

  const open = (place) => {
    buttons.forEach((button, other) => button.setAttribute("aria-expanded", String(other === place)));
    const leg = data.legs[place];
    panel.replaceChildren(make("h4", {}, leg.title), ...leg.lines.map((line) => make("p", {}, line)));
    if (leg.conditions.length) panel.append(make("ul", {}, ...leg.conditions.map((told) => make("li", {}, told))));
  };

  data.offices.forEach((office, place) => {
    flow.append(make("li", { class: office.there ? "office there" : "office" }, make("small", {}, office.state), make("b", {}, office.name)));
    if (place < data.legs.length) {
      const leg = data.legs[place];
      const button = make("button", { type: "button", "aria-expanded": "false" },
        make("span", { class: "by" }, leg.channel), make("span", { class: "arrow", "aria-hidden": "true" }), make("span", { class: "by" }, leg.status));
      button.addEventListener("click", () => open(place));
      buttons.push(button);
      flow.append(make("li", { class: leg.border ? "leg border" : "leg" }, button));
    }
  });
  box.append(flow, panel);
  parentElement.querySelector(".path")?.remove();
  parentElement.append(box);
  open(Math.max(0, data.legs.findIndex((leg) => leg.border)));
  const watch = new ResizeObserver(([entry]) => box.classList.toggle("narrow", entry.contentRect.width < Math.max(NARROW_PX, 210 * data.offices.length)));
  watch.observe(box);
  return () => watch.disconnect();
}
