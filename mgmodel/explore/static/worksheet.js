// A worksheet: blocks to read, to answer and to press, beside a drawing. What is done goes out as
// {do, value}; the answer comes back as traits that change together, `seq` last.

const LEGIBLE = 0.85; // the letters of a drawing are 14 pixels high, and may shrink to 12
const [COLUMN, EASY] = [316, 456]; // pixels that the questions need beside a drawing, and like to have

// The nearest place around an element that can be scrolled.
function scrolledBy(element) {
  for (let at = element.parentElement; at; at = at.parentElement) {
    const { overflowY } = getComputedStyle(at);
    if (/auto|scroll/.test(overflowY) && at.scrollHeight > at.clientHeight + 1) return at;
  }
  return document.scrollingElement;
}

// Does what may change heights, and leaves what has the focus where it stands in the window.
function inPlace(root, step) {
  const held = root.contains(document.activeElement) ? document.activeElement : null;
  const before = held?.getBoundingClientRect().top;
  step();
  if (!held) return;
  if (!root.contains(document.activeElement)) {
    root.querySelector(".mgm-blocks :is(input, select, textarea, button):not(:disabled)")?.focus({ preventScroll: true });
    return;
  }
  const back = () => {
    const moved = held.getBoundingClientRect().top - before;
    if (Math.abs(moved) > 1) scrolledBy(root).scrollBy({ top: moved, behavior: "instant" });
  };
  back();
  requestAnimationFrame(back); // the browser may have held on to something else
}

function render({ model, el }) {
  const id = newId();
  const sender = makeSender(model);
  const send = (act, value = null) => sender.send(act, { do: act, value });

  // ---- what is read aloud -------------------------------------------------------------------------
  let heard = new Set(); // what stands on the page already
  let fresh = [];
  let told = new Set();
  const flushes = [];
  const tell = {
    send: sender.send,
    settled: sender.settled,
    onceIdle: sender.onceIdle,
    beforeActing: (step) => flushes.push(step),
    before: () => flushes.forEach((step) => step()),
    aloud(text, now = false) {
      if (now) return say(text);
      told.add(text);
      if (!heard.has(text)) fresh.push(text);
    },
  };
  function say(text) {
    // the same text is said again only when it was gone in between
    live.textContent = "";
    requestAnimationFrame(() => setText(live, text));
  }

  // ---- the parts ----------------------------------------------------------------------------------
  const title = h("h3");
  const device = h("p", { class: "mgm-note mgm-device" });
  const reset = h("button", { type: "button", onclick: () => send("reset") });
  const language = makeSelect(`${id}-language`, (value) => send("language", value));
  const question = h("p", { class: "mgm-asked" });
  const status = h("p", { class: "mgm-status" });
  const error = h("p", { class: "mgm-error", role: "alert", hidden: true });
  const live = h("p", { class: "mgm-sr", role: "status" });
  const blocks = makeStack(h("div", { class: "mgm-blocks" }), id, tell);
  const frame = makeFrame((seq) => (root.dataset.seq = String(seq)));
  const altSummary = h("summary");
  const altText = h("p");
  const details = h("details", {}, altSummary, altText);
  const help = h("p", { class: "mgm-note" });
  const root = h(
    "div",
    { class: "mgm mgm-sheet", id, role: "group" },
    h("div", { class: "mgm-head" }, title, device, language.element, reset),
    question,
    status,
    error,
    h("div", { class: "mgm-work" }, blocks.element, frame.element),
    live,
    details,
    help
  );
  el.append(root);

  // ---- what comes in ------------------------------------------------------------------------------
  let [spoken, painted, said] = ["", null, ""];
  function update() {
    const sheet = model.get("sheet");
    const { words } = sheet;
    root.lang = sheet.language;
    root.setAttribute("aria-label", sheet.title);
    setText(title, sheet.title);
    setText(device, words.teaching);
    setText(reset, words.reset);
    setText(question, sheet.question);
    setText(status, sheet.status);
    setText(altSummary, words.picture_in_words);
    setText(altText, sheet.alt);
    setText(help, words.keyboard_help);
    language.fill(words.language, [{ options: sheet.languages }]);
    if (sender.settled("language")) language.choose(sheet.language);
    inPlace(root, () => blocks.show(sheet.blocks));
    const opens = spoken !== sheet.language; // then all of it is new, and nothing happened
    if (!opens && fresh.length) say([sheet.status, ...fresh].join(" "));
    else if (!opens && sheet.status !== said) say(sheet.status);
    [heard, told, fresh, spoken, said] = [told, new Set(), [], sheet.language, sheet.status];
    paint(sheet);
  }

  function paint(sheet) {
    const picture = model.get("picture");
    frame.element.hidden = details.hidden = !picture.byteLength;
    if (!picture.byteLength || picture === painted) {
      root.dataset.seq = String(model.get("seq"));
      return;
    }
    painted = picture;
    frame.show(picture, null, sheet.alt, model.get("seq"));
    measure();
  }

  function showError() {
    const text = model.get("error");
    error.hidden = !text;
    setText(error, text);
  }

  // ---- the screen: beside each other where both can be read, light or dark -------------------------
  const theme = () => (document.body.dataset.jpThemeLight === "false" ? "dark" : "light");
  let asked = model.get("sheet").theme;
  function measure() {
    root.dataset.theme = theme();
    const room = root.clientWidth;
    const { width_px: drawn, beside: may } = model.get("sheet");
    const beside = may && drawn > 0 && room >= 900 && room - COLUMN >= LEGIBLE * drawn;
    root.classList.toggle("mgm-two-columns", beside);
    root.classList.toggle("mgm-rows", !beside && room >= 900);
    const wide = beside ? Math.min(Math.max(LEGIBLE * drawn, room - EASY), 1.25 * drawn) : Math.min(room, drawn);
    root.style.setProperty("--mgm-drawn", `${Math.round(wide)}px`);
    if (room && asked !== theme()) send("theme", (asked = theme()));
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
    sender.rested();
  };
  model.on("change:seq", onSeq);
  model.on("change:error", showError);
  const themeWatch = new MutationObserver(measure);
  themeWatch.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  const sizeWatch = new ResizeObserver(measure);
  sizeWatch.observe(root);
  update();
  measure();
  showError();

  return () => {
    model.off("change:seq", onSeq);
    model.off("change:error", showError);
    sender.destroy();
    themeWatch.disconnect();
    sizeWatch.disconnect();
    frame.destroy();
    root.remove();
  };
}

export default { render };
