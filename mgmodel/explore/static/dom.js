// Elements of the page, made by hand: texts enter as text, never as HTML. Every script of ours that
// is shown in JupyterLab begins with this one.

// A name for the parts of one widget that no other on the page has. JupyterLab runs the script of each
// widget by itself, so the page is what they count on.
function newId() {
  const { dataset } = document.documentElement;
  dataset.mgmWidgets = String(Number(dataset.mgmWidgets ?? 0) + 1);
  return `mgm-${dataset.mgmWidgets}`;
}

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

// JupyterLab and Notebook 7 take single letters as commands wherever a control of an output has the
// focus. Notebook 7 looks at a key before the page sees it, and passes over an element with this mark.
function keepKeysInside(root) {
  root.addEventListener("focusin", ({ target }) =>
    target.setAttribute("data-lm-suppress-shortcuts", "true")
  );
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
