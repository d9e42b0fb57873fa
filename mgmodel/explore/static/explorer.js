// One explorer on the page: joins the picture and the panel to the Python side. A person's act goes
// out as one message {do, value}; the answer comes back as traits that change together, `seq` last.

const CLICKS = ["switch_off", "hold", "source", "target"];

function render({ model, el }) {
  const id = `mgm-${++instances}`;
  const send = (action, value = null) => model.send({ do: action, value });
  const words = () => model.get("map").words;

  // ---- the parts ----------------------------------------------------------------------------------
  const drawing = makeSelect(`${id}-drawing`, (value) => send("draw", value));
  const source = makeSelect(`${id}-source`, (value) => send("source", value || null));
  const target = makeSelect(`${id}-target`, (value) => send("target", value || null));
  const language = makeSelect(`${id}-language`, (value) => send("language", value));
  const push = makeRadios(`${id}-push`, ["up", "down"], (value) => send("push", value === "up" ? 1 : -1));
  const click = makeRadios(`${id}-click`, CLICKS, (value) => send("click_means", value));
  const button = (onclick, glyph) => h("button", { type: "button", onclick, text: glyph });
  const reset = button(() => send("reset"), "");
  const zoomIn = button(() => picture.zoomBy(1.25), "+");
  const zoomOut = button(() => picture.zoomBy(0.8), "−");
  const fit = button(() => picture.fit(), "");

  const error = h("p", { class: "mgm-error", role: "alert", hidden: true });
  // what may grow stands below the drawing, so that the drawing never moves
  const answer = h("output", { class: "mgm-status mgm-answer", role: "status" });
  const carries = h("output", { class: "mgm-status", role: "status" });
  const whole = h("p", { class: "mgm-note" });
  const frame = h("div", { class: "mgm-canvas", "aria-hidden": "true" });
  const sizer = h("div", { class: "mgm-sizer" }, frame);
  const options = h("div", { class: "mgm-sr" });
  const scroll = h(
    "div",
    {
      class: "mgm-scroll",
      tabindex: "0",
      role: "listbox",
      "aria-multiselectable": "true",
      "aria-describedby": `${id}-alt`,
    },
    options,
    sizer
  );
  const alt = h("p", { class: "mgm-sr", id: `${id}-alt` });
  const legend = makeLegend();
  const paths = makePaths(send);
  const card = makeCard(id, send);
  const nodeList = makeNodeList(id, send);
  const nodeHeading = h("h3");
  const helpSummary = h("summary");
  const helpText = h("p");
  const codeSummary = h("summary");
  const code = h("code");
  const teaching = h("p", { class: "mgm-note" });

  const root = h(
    "div",
    { class: "mgm", id },
    h(
      "div",
      { class: "mgm-bar" },
      drawing.element,
      source.element,
      push.element,
      target.element,
      reset
    ),
    error,
    h(
      "div",
      { class: "mgm-main" },
      h(
        "div",
        { class: "mgm-map" },
        h("div", { class: "mgm-tools" }, click.element, h("div", { class: "mgm-zoom" }, zoomOut, zoomIn, fit)),
        answer,
        alt,
        scroll,
        carries,
        legend.element
      ),
      h(
        "div",
        { class: "mgm-panel" },
        paths.element,
        card.element,
        h("section", {}, nodeHeading, nodeList.element),
        h("details", {}, helpSummary, helpText),
        h("details", {}, codeSummary, h("pre", {}, code)),
        language.element,
        whole,
        teaching
      )
    )
  );
  el.append(root);

  const picture = makePicture(scroll, sizer, frame, {
    onNode: (node) => send("click", node),
    onEdge: (edge) => send("card", edge),
    onPainted: () => {
      painted = model.get("seq");
      if (said === painted) root.dataset.seq = String(painted);
    },
  });
  let painted = -1; // the answer that the drawing shows
  let said = -1; // the answer that the texts show; `data-seq` is the one that both do
  let seen = {}; // trait objects as last shown

  // ---- Python answers -----------------------------------------------------------------------------
  const theme = () => (document.body.dataset.jpThemeLight === "false" ? "dark" : "light");
  const looks = () => model.get("looks")[theme()];

  function numbers(trait, ids) {
    const bytes = model.get(trait);
    return new Map(ids.map((one, index) => [one, bytes.getUint8(index)]));
  }

  const numberOf = (node) => model.get("map").nodes.findIndex((one) => one.id === node);

  function fillWords(map) {
    const text = map.words;
    root.lang = map.language;
    root.setAttribute("role", "group");
    root.setAttribute("aria-label", text.title);
    drawing.fill(text.drawing, [{ options: map.drawings }]);
    const groups = map.systems.map((system) => ({
      label: system.label,
      options: map.nodes.filter((node) => node.system === system.id).map((node) => [node.id, node.label]),
    }));
    source.fill(text.source, [{ options: [["", text.no_source]] }, ...groups]);
    target.fill(text.target, [{ options: [["", text.no_target]] }, ...groups]);
    language.fill(text.language, [{ options: map.languages }]);
    push.fill(text.direction, [text.push_up, text.push_down]);
    click.fill(
      text.click,
      [text.click_off, text.click_hold, text.click_source, text.click_target]
    );
    setText(reset, text.reset);
    setText(fit, text.fit);
    zoomIn.setAttribute("aria-label", text.zoom_in);
    zoomOut.setAttribute("aria-label", text.zoom_out);
    scroll.setAttribute("aria-label", text.map_label);
    setText(nodeHeading, text.nodes);
    setText(helpSummary, text.keyboard);
    setText(helpText, text.keyboard_help);
    setText(codeSummary, text.code);
    setText(whole, text.whole_map_answers);
    setText(teaching, text.teaching);
    paths.fill(text);
    card.fill(text);
    nodeList.fill(map);
  }

  function fillDrawing(next) {
    options.replaceChildren(
      ...next.nodes.map((node, index) => h("div", { role: "option", id: `${id}-o${index}` }))
    );
    nodeList.drawnNodes(next.nodes.map((node) => node.id));
    card.arrows(words().arrow, [
      { options: [["", words().no_arrow], ...next.edges.map((edge) => [edge.id, edge.name])] },
    ]);
    setText(alt, next.alt);
    walker = null;
    scroll.removeAttribute("aria-activedescendant");
  }

  function showLooks() {
    root.dataset.theme = theme();
    picture.setLooks(looks());
    const entries = model.get("drawing").legend.map((entry) => ({
      ...entry,
      look: entry.looks[theme()],
    }));
    legend.show(words().legend, entries);
  }

  function showNodes(state) {
    const table = looks().nodes;
    const lineOf = (node) => table[state.node.get(node)].line;
    const { view } = model.get("shown");
    nodeList.show(view, lineOf);
    model.get("drawing").nodes.forEach((node, index) => {
      const option = options.children[index];
      setText(option, `${node.label.replaceAll("\n", " ")}: ${lineOf(node.id)}`);
      option.setAttribute("aria-selected", String(view.switched_off.includes(node.id)));
    });
  }

  function update() {
    const map = model.get("map");
    const next = model.get("drawing");
    const shown = model.get("shown");
    const state = {
      node: numbers("node_state", map.nodes.map((node) => node.id)),
      edge: numbers("edge_state", map.edges),
    };
    const newWords = map !== seen.map;
    const newDrawing = next !== seen.drawing;
    if (newWords) fillWords(map);
    if (newDrawing) fillDrawing(next);
    if (newWords || newDrawing) showLooks();
    if (newDrawing) {
      picture.setDrawing(next, state);
      picture.bringIntoView(shown.view.source);
    } else picture.setState(state);
    seen = { map, drawing: next };
    drawing.choose(shown.view.drawing);
    source.choose(shown.view.source);
    target.choose(shown.view.target);
    language.choose(shown.view.language);
    push.choose(shown.view.push > 0 ? "up" : "down");
    click.choose(shown.view.click);
    setText(answer, shown.answer || shown.count);
    setText(carries, shown.status);
    paths.show(shown, map.words);
    card.show(shown.card, shown.view);
    showNodes(state);
    setText(code, shown.code);
    said = model.get("seq");
    if (said === painted) root.dataset.seq = String(said);
  }

  function showError() {
    const text = model.get("error");
    error.hidden = !text;
    setText(error, text);
  }

  // ---- keyboard -----------------------------------------------------------------------------------
  let walker = null; // index of the node that the arrow keys stand on
  scroll.addEventListener("keydown", (event) => {
    const { nodes } = model.get("drawing");
    if (event.key.startsWith("Arrow")) {
      const at = walker === null ? startOfWalk(nodes) : neighbour(nodes, nodes[walker], event.key);
      walker = nodes.indexOf(at);
      scroll.setAttribute("aria-activedescendant", `${id}-o${walker}`);
      picture.setFocus(at.id);
    } else if ((event.key === " " || event.key === "Enter") && walker !== null) {
      send("click", nodes[walker].id);
    } else return;
    event.preventDefault();
  });
  scroll.addEventListener("blur", () => picture.setFocus(null));
  scroll.addEventListener("focus", () => {
    if (walker !== null) picture.setFocus(model.get("drawing").nodes[walker].id);
  });
  const startOfWalk = (nodes) =>
    nodes.find((node) => node.id === model.get("shown").view.source) ?? nodes[0];
  // JupyterLab takes single letters as commands wherever a control of an output has the focus
  const keepKeys = (event) => {
    if (event.key === "Escape") picture.hideTooltip();
    else event.stopPropagation();
  };
  root.addEventListener("keydown", keepKeys);

  // ---- life ---------------------------------------------------------------------------------------
  model.on("change:seq", update);
  model.on("change:error", showError);
  const themeWatch = new MutationObserver(() => {
    if (root.dataset.theme !== theme()) showLooks();
  });
  themeWatch.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  const sizeWatch = new ResizeObserver(() => {
    root.classList.toggle("mgm-wide", root.clientWidth >= 1300);
    picture.resize();
  });
  sizeWatch.observe(root);
  update();
  showError();
  // for tests and measurements: where things are on the screen
  root.mgm = {
    pixelOf: picture.pixelOf,
    scale: picture.scale,
    network: picture.network,
    drawing: () => model.get("drawing"),
    lineOf: (node) => looks().nodes[model.get("node_state").getUint8(numberOf(node))].line,
  };

  return () => {
    model.off("change:seq", update);
    model.off("change:error", showError);
    themeWatch.disconnect();
    sizeWatch.disconnect();
    picture.destroy();
    root.remove();
  };
}

export default { render };
