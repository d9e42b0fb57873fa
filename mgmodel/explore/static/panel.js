// The panel: native controls and texts beside the drawing. It shows what Python says and tells
// Python what a person did; it computes nothing. Texts enter the page as text, never as HTML.

let instances = 0;

function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "text") element.textContent = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// A labelled <select>; groups are [{label, options: [[value, text], ...]}].
function makeSelect(id, onChange) {
  const label = h("label", { for: id });
  const select = h("select", { id, onchange: () => onChange(select.value) });
  let filled = null;
  return {
    element: h("div", { class: "mgm-field" }, label, select),
    fill(text, groups) {
      setText(label, text);
      const key = JSON.stringify(groups);
      if (key === filled) return;
      filled = key;
      select.replaceChildren(
        ...groups.flatMap(({ label: name, options }) => {
          const items = options.map(([value, shown]) => h("option", { value, text: shown }));
          return name ? [h("optgroup", { label: name }, ...items)] : items;
        })
      );
    },
    choose(value) {
      select.value = value ?? "";
    },
  };
}

// A group of radio buttons in a <fieldset>.
function makeRadios(name, values, onChange) {
  const legend = h("legend");
  const inputs = new Map();
  const texts = new Map();
  const labels = values.map((value) => {
    const input = h("input", { type: "radio", name, value, onchange: () => onChange(value) });
    const text = h("span");
    inputs.set(value, input);
    texts.set(value, text);
    return h("label", {}, input, text);
  });
  return {
    element: h("fieldset", { class: "mgm-radios" }, legend, ...labels),
    fill(title, words) {
      setText(legend, title);
      values.forEach((value, index) => setText(texts.get(value), words[index]));
    },
    choose(value) {
      for (const [key, input] of inputs) input.checked = key === value;
    },
  };
}

// Every node with its two ticks and its verdict, grouped by system.
function makeNodeList(id, send) {
  const search = h("input", { type: "search", id: `${id}-find`, oninput: () => sift() });
  const searchLabel = h("label", { for: `${id}-find` });
  const all = h("input", { type: "checkbox", id: `${id}-all`, onchange: () => sift() });
  const allText = h("span");
  const groups = h("div", { class: "mgm-groups" });
  const found = h("p", { class: "mgm-note", role: "status" });
  let rows = new Map();
  let drawn = new Set();
  let words = {};

  function row(node) {
    const tick = (action, text) =>
      h("input", {
        type: "checkbox",
        "aria-label": `${text}: ${node.label}`,
        onchange: (event) => send(event.target.checked ? action : "restore", node.id),
      });
    const [off, held] = [tick("switch_off", words.click_off), tick("hold", words.click_hold)];
    const verdict = h("td", { class: "mgm-verdict" });
    const element = h(
      "tr",
      { title: node.term },
      h("td", {}, off),
      h("td", {}, held),
      h("th", { scope: "row", text: node.label }),
      verdict
    );
    return { element, off, held, verdict, names: node.names.toLowerCase() };
  }

  function sift() {
    const wanted = search.value.trim().toLowerCase();
    let shown = 0;
    for (const [node, { element, names }] of rows) {
      const visible = (all.checked || wanted || drawn.has(node)) && names.includes(wanted);
      element.hidden = !visible;
      shown += visible ? 1 : 0;
    }
    for (const group of groups.children)
      group.hidden = !group.querySelector("tbody tr:not([hidden])");
    setText(found, wanted && !shown ? words.nothing_found : "");
  }

  return {
    element: h(
      "div",
      {},
      h("div", { class: "mgm-field" }, searchLabel, search),
      h("label", { class: "mgm-tick" }, all, allText),
      found,
      groups
    ),
    fill(map) {
      words = map.words;
      setText(searchLabel, words.find);
      setText(allText, words.all_nodes);
      rows = new Map();
      groups.replaceChildren(
        ...map.systems.map((system) => {
          const body = h("tbody");
          for (const node of map.nodes.filter((one) => one.system === system.id)) {
            rows.set(node.id, row(node));
            body.append(rows.get(node.id).element);
          }
          const head = ["click_off", "click_hold", "node", "verdict"].map((key) =>
            h("th", { scope: "col", text: words[key] })
          );
          return h(
            "fieldset",
            {},
            h("legend", { text: system.label }),
            h("table", {}, h("thead", {}, h("tr", {}, ...head)), body)
          );
        })
      );
      sift();
    },
    drawnNodes(ids) {
      drawn = new Set(ids);
      sift();
    },
    show(view, lineOf) {
      for (const [node, { off, held, verdict }] of rows) {
        off.checked = view.switched_off.includes(node);
        held.checked = view.held.includes(node);
        setText(verdict, lineOf(node));
      }
    },
  };
}

// The paths as sentences that can be highlighted, and the same as a table.
function makePaths(send) {
  const heading = h("h3");
  const question = h("p");
  const count = h("p", { class: "mgm-count" });
  const list = h("ol", { class: "mgm-paths" });
  const note = h("p", { class: "mgm-note" });
  const summary = h("summary");
  const tableBody = h("tbody");
  const tableHead = h("tr");
  const caption = h("caption");
  const twin = h("details", {}, summary, h("table", {}, caption, h("thead", {}, tableHead), tableBody));
  let shownPaths = null;
  return {
    element: h("section", {}, heading, question, count, list, note, twin),
    fill(words) {
      setText(heading, words.paths);
      setText(summary, words.as_table);
      setText(caption, words.paths);
      tableHead.replaceChildren(
        ...["number", "sign", "length", "grade", "path"].map((key) =>
          h("th", { scope: "col", text: words[key] })
        )
      );
      shownPaths = null;
    },
    show(shown, words) {
      setText(question, shown.question);
      setText(count, shown.count);
      setText(note, shown.note);
      twin.hidden = !shown.paths.length;
      const key = JSON.stringify(shown.paths);
      if (key !== shownPaths) {
        shownPaths = key;
        list.replaceChildren(
          ...shown.paths.map((path, index) =>
            h(
              "li",
              {},
              h(
                "button",
                {
                  type: "button",
                  "aria-pressed": "false",
                  onclick: (event) => {
                    const on = event.currentTarget.getAttribute("aria-pressed") === "true";
                    send("highlight", on ? null : index);
                  },
                },
                h("span", { class: "mgm-sign", text: path.sign, "data-sign": path.sign }),
                h("span", { text: path.sentence })
              ),
              path.outside ? h("span", { class: "mgm-note", text: path.outside }) : null
            )
          )
        );
        tableBody.replaceChildren(
          ...shown.paths.map((path, index) =>
            h(
              "tr",
              {},
              h("th", { scope: "row", text: String(index + 1) }),
              ...[path.sign, path.length, path.grade, path.short].map((cell) =>
                h("td", { text: String(cell) })
              )
            )
          )
        );
      }
      list.querySelectorAll("button").forEach((button, index) => {
        button.setAttribute("aria-pressed", String(index === shown.view.route));
        button.title = words.highlight;
      });
    },
  };
}

// The claim card of one arrow.
function makeCard(id, send) {
  const heading = h("h3", { tabindex: "-1" });
  const picker = makeSelect(`${id}-arrow`, (value) => send("card", value || null));
  const body = h("div", { class: "mgm-card", "aria-live": "polite" });
  let shownCard = null;
  return {
    element: h("section", {}, heading, picker.element, body),
    fill(words) {
      setText(heading, words.card_title);
    },
    arrows(text, groups) {
      picker.fill(text, groups);
    },
    show(card, view) {
      picker.choose(view.arrow);
      const key = JSON.stringify(card);
      if (key === shownCard) return;
      shownCard = key;
      body.replaceChildren(
        ...card.flatMap(({ heading: title, lines }) => [
          title ? h("h4", { text: title }) : null,
          lines.length > 1
            ? h("ul", {}, ...lines.map((line) => h("li", { text: line })))
            : h("p", { text: lines[0] ?? "" }),
        ]).filter(Boolean)
      );
    },
  };
}

// What the marks of this drawing mean.
function makeLegend() {
  const title = h("h3");
  const list = h("ul", { class: "mgm-legend" });
  const NS = "http://www.w3.org/2000/svg";
  const svg = (tag, attributes, ...children) => {
    const element = document.createElementNS(NS, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const heads = {
    arrow: (colour) => svg("path", { d: "M32 4 L44 10 L32 16 Z", fill: colour }),
    bar: (colour) => svg("path", { d: "M42 2 V18", stroke: colour, "stroke-width": 4 }),
    box: (colour) => svg("rect", { x: 34, y: 5, width: 10, height: 10, fill: colour }),
    circle: (colour) => svg("circle", { cx: 39, cy: 10, r: 5, fill: colour }),
    box: (colour) => svg("rect", { x: 34, y: 5, width: 10, height: 10, fill: colour }),
  };
  function sample(entry) {
    const look = entry.look;
    const picture = svg("svg", { width: 48, height: 20, viewBox: "0 0 48 20", "aria-hidden": "true" });
    if (entry.kind === "edge") {
      const line = { d: "M2 10 H40", stroke: look.colour, "stroke-width": look.width, fill: "none" };
      if (look.dash.length) line["stroke-dasharray"] = look.dash.join(" ");
      picture.append(svg("path", line), heads[look.head](look.colour));
      if (entry.mark) picture.append(glyph(entry.mark, look.colour, 14));
    } else if (entry.kind === "node") {
      const box = { x: 3, y: 2, width: 42, height: 16, rx: Math.min(8, look.radius ?? 4) };
      const style = { fill: look.fill, stroke: look.border, "stroke-width": Math.min(3, look.width) };
      if (look.dash.length) style["stroke-dasharray"] = look.dash.join(" ");
      picture.append(svg("rect", { ...box, ...style }));
      if (entry.mark) picture.append(glyph(entry.mark, look.text));
    } else picture.append(glyph(entry.mark, look.text));
    return picture;
  }
  function glyph(mark, colour, x = 24) {
    const place = { x, y: 15, "text-anchor": "middle", "font-size": 14, "font-weight": "bold" };
    const ring = { "paint-order": "stroke", stroke: "var(--mgm-ground)", "stroke-width": 0 };
    if (x !== 24) ring["stroke-width"] = 5; // a mark on a line stands on a patch of the ground
    const text = svg("text", { ...place, ...ring, fill: colour });
    text.textContent = mark;
    return text;
  }
  return {
    element: h("section", { class: "mgm-legend-box" }, title, list),
    show(text, entries) {
      setText(title, text);
      list.replaceChildren(
        ...entries.map((entry) => h("li", {}, sample(entry), h("span", { text: entry.text })))
      );
    },
  };
}
