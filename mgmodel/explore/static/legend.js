// What the marks of this drawing mean: small samples painted from the same looks as the drawing.

function svgElement(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const LEGEND_HEADS = {
  arrow: (colour) => svgElement("path", { d: "M32 4 L44 10 L32 16 Z", fill: colour }),
  bar: (colour) => svgElement("path", { d: "M42 2 V18", stroke: colour, "stroke-width": 4 }),
  box: (colour) => svgElement("rect", { x: 34, y: 5, width: 10, height: 10, fill: colour }),
  circle: (colour) => svgElement("circle", { cx: 39, cy: 10, r: 5, fill: colour }),
};

function legendGlyph(mark, colour, onLine) {
  const place = { x: onLine ? 14 : 24, y: 15, "text-anchor": "middle", "font-size": 14, "font-weight": "bold" };
  // a mark on a line stands on a patch of the ground
  const ring = { "paint-order": "stroke", stroke: "var(--mgm-ground)", "stroke-width": onLine ? 5 : 0 };
  const text = svgElement("text", { ...place, ...ring, fill: colour });
  text.textContent = mark;
  return text;
}

function legendEdge(picture, look, mark) {
  const line = { d: "M2 10 H40", stroke: look.colour, "stroke-width": look.width, fill: "none" };
  if (look.dash.length) line["stroke-dasharray"] = look.dash.join(" ");
  picture.append(svgElement("path", line), LEGEND_HEADS[look.head](look.colour));
  if (mark) picture.append(legendGlyph(mark, look.mark_colour, true));
}

function legendNode(picture, look, { mark, radius }, ring) {
  const box = { x: 4, y: 3, width: 40, height: 14, rx: Math.min(7, radius ?? 4) };
  const style = { fill: look.fill, stroke: look.border, "stroke-width": Math.min(3, look.width) };
  if (look.dash.length) style["stroke-dasharray"] = look.dash.join(" ");
  const outer = { x: 1, y: 0.75, width: 46, height: 18.5, rx: 8, fill: "none", "stroke-width": 1.5 };
  if (ring) picture.append(svgElement("rect", { ...outer, stroke: ring }));
  picture.append(svgElement("rect", { ...box, ...style }));
  if (mark) picture.append(legendGlyph(mark, look.text, false));
}

function makeLegend() {
  const title = h("h3");
  const list = h("ul", { class: "mgm-legend" });
  let shown = null;

  function sample(entry, looks) {
    const size = { width: 48, height: 20, viewBox: "0 0 48 20", "aria-hidden": "true" };
    const picture = svgElement("svg", size);
    if (entry.kind === "edge") {
      const look = lookOf(looks.edges, entry.look);
      legendEdge(picture, look, entry.mark || look.mark);
    } else {
      const ring = entry.look.endsWith("x") ? looks.ring : "";
      legendNode(picture, lookOf(looks.nodes, entry.look), entry, ring);
    }
    return picture;
  }

  return {
    element: h("section", { class: "mgm-legend-box" }, title, list),
    show({ words, looks, theme, plan, book }) {
      const key = `${book.language} ${theme} ${plan.legend.map((entry) => entry.key).join()}`;
      if (key === shown) return;
      shown = key;
      setText(title, words.say("legend.title"));
      list.replaceChildren(
        ...plan.legend.map((entry) =>
          h("li", {}, sample(entry, looks), h("span", { text: words.say(`legend.${entry.key}`) }))
        )
      );
    },
  };
}
