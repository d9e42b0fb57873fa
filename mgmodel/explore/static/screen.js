// What the page consists of and what surrounds it: the parts in their places, the theme, the size, the
// printer, the address.

// Calls back once the frame with the new drawing is on its way to the screen; only the last call counts.
function makeAfterPaint() {
  let turn = 0;
  return (task) => {
    turn += 1;
    const mine = turn;
    const run = () => {
      if (mine !== turn) return;
      turn += 1;
      task();
    };
    requestAnimationFrame(() => setTimeout(run));
    setTimeout(run, 120); // a tab in the background is given no frames
  };
}

function themeNow() {
  const { jpThemeLight } = document.body.dataset;
  const forced = matchMedia("(forced-colors: active)").matches;
  if (jpThemeLight !== undefined && !forced) return jpThemeLight === "false" ? "dark" : "light";
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

// Looks at everything that the page must follow; gives a function that stops it.
function watchSurroundings(root, board, { onTheme, onSize, onPrint }) {
  const attributes = new MutationObserver(onTheme);
  attributes.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  const schemes = ["(prefers-color-scheme: dark)", "(forced-colors: active)"].map((one) => matchMedia(one));
  for (const scheme of schemes) scheme.addEventListener("change", onTheme);
  const size = new ResizeObserver(onSize);
  size.observe(root);
  size.observe(board); // on a stage that fills the screen, unfolding changes it alone
  const [before, after] = [() => onPrint(true), () => onPrint(false)];
  addEventListener("resize", onSize);
  addEventListener("beforeprint", before);
  addEventListener("afterprint", after);
  return () => {
    attributes.disconnect();
    for (const scheme of schemes) scheme.removeEventListener("change", onTheme);
    size.disconnect();
    removeEventListener("resize", onSize);
    removeEventListener("beforeprint", before);
    removeEventListener("afterprint", after);
  };
}

function codeInAddress() {
  const inQuery = new URLSearchParams(location.search).get("mgview");
  return inQuery ?? new URLSearchParams(location.hash.slice(1)).get("mgview");
}

// The line for what went wrong lies over the drawing's upper edge, so that the drawing stays put.
function makeErrorLine(onClose, elsewhere) {
  const text = h("span");
  let held = null; // what had the focus when the line came
  const close = h("button", { type: "button", text: "✕" });
  close.addEventListener("click", () => {
    onClose();
    (held?.isConnected ? held : elsewhere).focus({ preventScroll: true });
  });
  const element = h("p", { class: "mgm-error", role: "alert", hidden: true }, text, close);
  return {
    element: h("div", { class: "mgm-error-place" }, element),
    fill: ({ words }) => nameButton(close, words.say("walk.close")),
    show(said) {
      const { activeElement: at } = document;
      if (said && element.hidden) held = at === document.body ? null : at;
      element.hidden = !said;
      setText(text, said);
    },
  };
}

// The parts of the page in their places.
function makeScreen(id, send, act) {
  const boards = makeBoards(act);
  const walk = makeWalk(id, act, { scroll: boards.main.scroll, boards });
  const bar = makeBar(id, send);
  const tools = makeTools(id, send, { zoomBy: boards.zoomBy, fit: boards.fit });
  const tabs = makeTabs(`${id}-tabs`, send);
  const legend = makeLegend();
  const stage = [makeStage(id, send)];
  const error = makeErrorLine(act.onClose, boards.main.scroll);
  const answer = h("output", { class: "mgm-status mgm-answer", role: "status" });
  const carries = h("output", { class: "mgm-status", role: "status" });
  const alone = h("p", { class: "mgm-note", role: "status" });
  const [whole, teaching] = [h("p", { class: "mgm-note" }), h("p", { class: "mgm-note" })];
  const alt = h("p", { class: "mgm-sr", id: `${id}-alt` });
  const map = h(
    "div",
    { class: "mgm-map" },
    answer,
    alt,
    error.element,
    boards.element,
    // what may grow stands below the drawing, so that the drawing never moves
    walk.told,
    carries,
    alone,
    legend.element
  );
  const panel = h("div", { class: "mgm-panel" }, tabs.element, whole, teaching);
  const main = h("div", { class: "mgm-main" }, map, ...stage.map((part) => part.element), panel);
  const controls = h("div", { class: "mgm-controls" }, bar.element, tools.element);
  const root = h("div", { class: "mgm mgm-explorer", id, role: "group" }, controls, main);
  return { root, boards, walk, bar, tools, tabs, legend, stage, error, answer, carries, alone, whole, teaching, alt };
}
