// A panel of controls with one picture. What a person moves goes out as {do, value}; the answer comes
// back as traits that change together, `seq` last.

// A number on a range, with its value beside the name.
function makeSlider(id, control, send) {
  const label = h("label", { for: id });
  const value = h("output", { class: "mgm-value", for: id });
  const input = h("input", {
    type: "range",
    id,
    oninput: () => send(control.name, Number(input.value)),
  });
  return {
    element: h("div", { class: "mgm-slider" }, label, value, input),
    fill(next) {
      setText(label, next.label);
      for (const [key, trait] of [["min", "low"], ["max", "high"], ["step", "step"]])
        if (input.getAttribute(key) !== String(next[trait])) input.setAttribute(key, next[trait]);
    },
    show({ value: number, said }, settled) {
      setText(value, said);
      input.setAttribute("aria-valuetext", said);
      if (settled) input.value = String(number); // not under the hand that moves it
    },
  };
}

function makeTick(id, control, send) {
  const input = h("input", { type: "checkbox", id, onchange: () => send(control.name, input.checked) });
  const label = h("label", { for: id });
  return {
    element: h("div", { class: "mgm-tick" }, input, label),
    fill: (next) => setText(label, next.label),
    show({ value }, settled) {
      if (settled) input.checked = value;
    },
  };
}

function makeChoice(id, control, send) {
  const select = makeSelect(id, (value) => send(control.name, value));
  return {
    element: select.element,
    fill: (next) => select.fill(next.label, [{ options: next.options }]),
    show({ value }, settled) {
      if (settled) select.choose(value);
    },
  };
}

// Some of many, each so and so often: a menu to add from, and a row with two buttons for each.
function makePicks(id, control, send, words) {
  let counts = {};
  const menu = makeSelect(id, () => {});
  const chosen = () => menu.element.querySelector("select").value;
  const change = (one, by) => {
    counts = { ...counts, [one]: (counts[one] ?? 0) + by };
    send(control.name, counts);
  };
  const add = h("button", { type: "button", onclick: () => change(chosen(), 1) });
  const list = h("ul", { class: "mgm-picked" });
  let drawn = "";
  return {
    element: h("div", { class: "mgm-picks" }, menu.element, add, list),
    fill(next) {
      menu.fill(next.label, [{ options: next.options }]);
      setText(add, words().add);
      drawn = "";
    },
    show({ value, rows }, settled) {
      if (settled) counts = value;
      const key = JSON.stringify(rows);
      if (key === drawn) return;
      drawn = key;
      const held = document.activeElement?.dataset?.pick; // the focus stays on its button
      const button = (one, by, text) =>
        h("button", {
          type: "button",
          "data-pick": `${one}${by}`,
          "aria-label": `${by > 0 ? words().more : words().less}: ${text}`,
          text: by > 0 ? "+" : "−",
          onclick: () => change(one, by),
        });
      list.replaceChildren(
        ...rows.map(([one, text]) =>
          h("li", {}, button(one, -1, text), button(one, 1, text), h("span", { text }))
        )
      );
      if (held) [...list.querySelectorAll("button")].find((one) => one.dataset.pick === held)?.focus();
    },
  };
}

const MAKERS = { slider: makeSlider, tick: makeTick, choice: makeChoice, picks: makePicks };

// Control elements in their order; those of one section stand in a fieldset of that name.
function arranged(place, made, controls) {
  const groups = new Map();
  for (const control of controls) {
    if (!groups.has(control.section)) groups.set(control.section, []);
    const part = made.get(control.name).element;
    const note = control.note ? h("p", { class: "mgm-note", text: control.note }) : null;
    groups.get(control.section).push(note ? h("div", { class: "mgm-noted" }, part, note) : part);
  }
  place.replaceChildren(
    ...[...groups].map(([section, parts]) =>
      section
        ? h("fieldset", { class: "mgm-section" }, h("legend", { text: section }), ...parts)
        : h("div", { class: "mgm-section" }, ...parts)
    )
  );
}

function render({ model, el }) {
  const id = newId();
  const words = () => model.get("panel").words;

  // ---- what goes out ------------------------------------------------------------------------------
  const sender = makeSender(model);
  const send = (name, value = null) => sender.send(name, { do: name, value });
  const { settled } = sender;

  // ---- the parts ----------------------------------------------------------------------------------
  const title = h("h3");
  const device = h("p", { class: "mgm-note mgm-device" });
  const reset = h("button", { type: "button", onclick: () => send("reset") });
  const language = makeSelect(`${id}-language`, (value) => send("language", value));
  const controls = h("div", { class: "mgm-controls" });
  const error = h("p", { class: "mgm-error", role: "alert", hidden: true });
  const answer = h("output", { class: "mgm-status mgm-answer", role: "status" });
  const notes = h("ul", { class: "mgm-notes" });
  const bar = h("progress", { max: "1", value: "0" });
  const coming = h("p", { class: "mgm-note mgm-coming" }, h("span"), bar);
  const altSummary = h("summary");
  const altText = h("p");
  const numbersSummary = h("summary");
  const numbers = h("ul", { class: "mgm-numbers" });
  const codeSummary = h("summary");
  const code = h("code");
  const help = h("p", { class: "mgm-note" });
  const frame = makeFrame((seq) => (root.dataset.seq = String(seq)));
  const root = h(
    "div",
    { class: "mgm mgm-panelled", id },
    h("div", { class: "mgm-head" }, title, device, language.element, reset),
    h(
      "div",
      { class: "mgm-work" },
      controls,
      // what comes and goes stands below the picture, so that the picture stays put
      h("div", { class: "mgm-show" }, error, answer, frame.element, coming, notes)
    ),
    h("details", {}, numbersSummary, numbers),
    h("details", {}, altSummary, altText),
    h("details", {}, codeSummary, h("pre", {}, code)),
    help
  );
  el.append(root);

  // ---- what comes in ------------------------------------------------------------------------------
  let made = new Map();
  let drawn = null;
  function build(panel) {
    const shape = JSON.stringify(panel.controls.map(({ kind, name, section, note }) => [kind, name, section, note]));
    if (shape !== drawn) {
      drawn = shape;
      made = new Map(
        panel.controls.map((control) => [
          control.name,
          MAKERS[control.kind](`${id}-${control.name}`, control, send, words),
        ])
      );
      arranged(controls, made, panel.controls);
    }
    panel.controls.forEach((control) => made.get(control.name).fill(control));
  }

  const lines = (place, texts) => {
    const key = JSON.stringify(texts);
    if (place.dataset.key === key) return;
    place.dataset.key = key;
    place.replaceChildren(...texts.map((text) => h("li", { text })));
  };

  let seen = null;
  function update() {
    const [panel, reading, screen] = ["panel", "reading", "screen"].map((name) => model.get(name));
    if (panel !== seen) {
      seen = panel;
      root.lang = panel.language;
      root.setAttribute("role", "group");
      root.setAttribute("aria-label", panel.title);
      root.classList.toggle("mgm-beside", panel.beside);
      setText(title, panel.title);
      setText(device, panel.device);
      setText(reset, panel.words.reset);
      setText(altSummary, panel.words.picture_in_words);
      setText(codeSummary, panel.words.code);
      setText(help, panel.words.keyboard_help);
      language.fill(panel.words.language, [{ options: panel.languages }]);
      build(panel);
    }
    language.choose(panel.language);
    for (const [name, value] of Object.entries(model.get("values")))
      made.get(name)?.show(value, settled(name));
    setText(answer, reading.answer);
    announce(reading.unfinished);
    setText(altText, reading.alt);
    setText(numbersSummary, reading.counted);
    lines(notes, reading.notes);
    lines(numbers, reading.numbers);
    setText(code, reading.code);
    if (fits(screen)) frame.show(model.get("picture"), screen, reading.alt, model.get("seq"));
  }

  // What takes seconds is asked for once the hand rests, for nothing else is answered meanwhile.
  let rest = null;
  function announce(text) {
    clearTimeout(rest);
    setText(coming.firstChild, text);
    coming.hidden = !text;
    bar.hidden = true;
    if (text) rest = setTimeout(() => sender.idle() && send("refine"), 1200);
  }
  function showProgress() {
    bar.hidden = false;
    bar.value = model.get("progress");
  }

  function showError() {
    const text = model.get("error");
    error.hidden = !text;
    setText(error, text);
  }

  // ---- the screen: how wide the picture is, how dense, light or dark ------------------------------
  const theme = () => (document.body.dataset.jpThemeLight === "false" ? "dark" : "light");
  let asked = null; // the screen that Python was asked for
  let first = true;
  let measured = false;
  function fits(screen) {
    // the first picture waits for its own size, so that none is seen that is replaced at once
    if (!first) return true;
    const other = asked && (asked.width_px !== screen.width_px || asked.theme !== screen.theme);
    first = !measured || Boolean(other);
    return !first;
  }
  function measure() {
    root.dataset.theme = theme();
    const room = Math.floor(frame.element.clientWidth / 10) * 10;
    if (room < 40) return; // not laid out yet
    const width_px = Math.max(320, Math.min(2400, room));
    measured = true;
    const wanted = { width_px, density: devicePixelRatio > 1.3 ? 2 : 1, theme: theme() };
    const now = asked ?? model.get("screen");
    if (Object.keys(wanted).every((key) => wanted[key] === now[key])) return first && update();
    asked = wanted;
    send("screen", wanted);
  }

  // JupyterLab takes single letters as commands wherever a control of an output has the focus
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") event.stopPropagation();
  });
  keepKeysInside(root);

  // ---- life ---------------------------------------------------------------------------------------
  const onSeq = () => {
    sender.answered();
    update();
  };
  model.on("change:seq", onSeq);
  model.on("change:error", showError);
  model.on("change:progress", showProgress);
  const themeWatch = new MutationObserver(measure);
  themeWatch.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  let pause = null;
  const sizeWatch = new ResizeObserver(() => {
    clearTimeout(pause);
    pause = setTimeout(measure, first ? 0 : 150);
  });
  sizeWatch.observe(frame.element);
  measure();
  update();
  showError();
  setTimeout(() => {
    if (!first) return;
    first = false;
    update();
  }, 3000); // without a kernel the stored picture is better than none

  return () => {
    model.off("change:seq", onSeq);
    model.off("change:error", showError);
    model.off("change:progress", showProgress);
    clearTimeout(rest);
    sender.destroy();
    clearTimeout(pause);
    themeWatch.disconnect();
    sizeWatch.disconnect();
    frame.destroy();
    root.remove();
  };
}

export default { render };
