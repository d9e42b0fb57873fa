// What counts as evidence and what that changes; and this view held against the one beside it.

// ---- evidence -------------------------------------------------------------------------------------
// Which evidence counts: a radio for each bar, with how many arrows pass it, and what the chosen one
// means; what another one means is its description.
function makeBars(id, send) {
  const legend = h("legend");
  const body = h("div");
  const meaning = h("p", { class: "mgm-note" });
  const element = h("fieldset", { class: "mgm-bars" }, legend, body, meaning);
  const rows = new Map();
  function makeRow(now, bar, place) {
    const [word, about] = now.book.bars[bar];
    const reasoning = now.atlas.edges.filter((edge) => edge.reasons);
    const passing = reasoning.filter((edge) => edge.bar >= place).length;
    const values = { n: now.words.number(passing), all: now.words.number(reasoning.length) };
    const described = h("span", { class: "mgm-sr", id: `${id}-about-${bar}`, text: about });
    const input = h("input", {
      type: "radio",
      name: `${id}-bar`,
      "aria-describedby": described.id,
      onchange: () => send("evidence", bar),
    });
    rows.set(bar, input);
    const text = h("span", { text: `${word} (${now.words.say("page.arrows_pass", values)})` });
    return h("div", { class: "mgm-bar-row" }, h("label", {}, input, text), described);
  }
  return {
    element,
    fill(now) {
      rows.clear();
      setText(legend, now.words.say("page.bar"));
      body.replaceChildren(...now.atlas.bars.map((bar, place) => makeRow(now, bar, place)));
    },
    show({ view, book }) {
      for (const [bar, input] of rows) input.checked = bar === view.evidence;
      const [word, about] = book.bars[view.evidence];
      setText(meaning, `${word}: ${about}`);
    },
  };
}

// One arrow under dispute: what it says, how many stand on each side, and its switches.
function makeDisputed(id, edge, send) {
  const arrowSwitch = makeArrowSwitch(`${id}-switch-${edge}`, edge, send);
  const sentence = h("p");
  const counts = h("span", { class: "mgm-mark" });
  const grade = h("span", { class: "mgm-mark" });
  const contested = h("span", { class: "mgm-mark mgm-contested" });
  const card = actButton(() => send("card", edge));
  const marks = h("p", { class: "mgm-marks" }, contested, counts, grade, card);
  return {
    element: h("li", { class: "mgm-disputed" }, arrowSwitch.element, sentence, marks),
    show(now) {
      const place = edgePlace(now, edge);
      const one = now.atlas.edges[place];
      const { arrow, sentence: text } = now.book.edges[place];
      arrowSwitch.show(now);
      setText(sentence, text);
      setText(contested, `? ${now.words.say("card.contested")}`);
      contested.hidden = !one.contested;
      setText(counts, countsText(now, one.supporting, one.opposing));
      setText(grade, `${now.words.say("heading.grade")} ${one.grade}`);
      setText(card, now.words.say("card.title"));
      setAttribute(card, "aria-label", `${now.words.say("card.title")}: ${arrow}`);
    },
  };
}

const MOST_DISPUTED = 150; // what one page still shows at once; the filter finds the others

function makeEvidencePanel(id, send) {
  const bars = makeBars(id, send);
  const changedTitle = h("h4");
  const unchanged = h("p", { class: "mgm-note" });
  const changed = h("ul");
  const disputedTitle = h("h4");
  const label = h("label", { for: `${id}-find` });
  const find = h("input", { type: "search", id: `${id}-find`, oninput: () => now && showDisputed() });
  const found = h("p", { class: "mgm-note", role: "status" });
  const list = h("ul", { class: "mgm-disputes" });
  const changedRows = keepRows(changed);
  const rows = keepRows(list);
  let now = null;

  function disputed() {
    const touched = new Set([...now.view.cut, ...now.view.flipped]);
    const wanted = foldText(find.value);
    return now.atlas.edges
      .map((edge, place) => [edge, now.book.edges[place]])
      .filter(([edge]) => edge.contested || touched.has(edge.id))
      .filter(([, told]) => !wanted || foldText(`${told.arrow} ${told.sentence}`).includes(wanted))
      .map(([edge]) => edge.id);
  }
  function showDisputed() {
    const all = disputed();
    const shown = all.slice(0, MOST_DISPUTED);
    const counts = { shown: now.words.number(shown.length), all: now.words.number(all.length) };
    setText(found, now.words.say("page.rows_shown", counts));
    rows.show(
      shown,
      (edge) => edge,
      (edge) => makeDisputed(id, edge, send),
      (row) => row.show(now)
    );
  }

  return {
    element: h(
      "div",
      {},
      bars.element,
      changedTitle,
      unchanged,
      changed,
      disputedTitle,
      h("div", { class: "mgm-field" }, label, find),
      found,
      list
    ),
    fill(next) {
      now = next;
      bars.fill(now);
      rows.empty();
      setText(changedTitle, now.words.say("page.bar_changed"));
      setText(disputedTitle, now.words.say("page.disputed"));
      setText(label, now.words.say("page.filter_arrows"));
    },
    show(next) {
      now = next;
      bars.show(now);
      const { told, view, atlas, words } = now;
      const first = view.evidence === atlas.bars[0];
      setText(unchanged, words.say(first ? "page.bar_open" : "page.bar_changed_nothing"));
      unchanged.hidden = told.changed.length > 0;
      const make = () => ({ element: h("li") });
      const place = (_, index) => index;
      changedRows.show(told.changed, place, make, (row, text) => setText(row.element, text));
      showDisputed();
    },
  };
}

// ---- compare --------------------------------------------------------------------------------------
function makeComparePanel(id, send) {
  const intro = h("p");
  const keep = actButton(() => send("beside", true));
  const swap = actButton(() => send("code", now.told.code.split("/").reverse().join("/")));
  const away = actButton(() => {
    send("beside", false);
    keep.focus(); // this button is about to vanish
  });
  const codes = h("dl", { class: "mgm-codes" });
  const count = h("p", { class: "mgm-count", role: "status" });
  const list = h("ul", { class: "mgm-differences" });
  const rows = keepRows(list);
  let now = null;

  function makeRow([place]) {
    const text = h("span");
    const focus = actButton(() => send("focus", now.atlas.nodes[place]));
    return { element: h("li", {}, text, focus), text, focus };
  }
  function showCodes() {
    const keys = ["page.this_view", "page.beside_view"];
    const parts = now.told.code.split("/").flatMap((code, index) => [
      h("dt", { text: now.words.say(keys[index]) }),
      h("dd", {}, h("code", { text: code })),
    ]);
    codes.replaceChildren(...parts);
  }

  return {
    element: h(
      "div",
      {},
      intro,
      h("p", { class: "mgm-buttons" }, keep, swap, away),
      codes,
      count,
      list
    ),
    fill({ words }) {
      setText(keep, words.say("page.keep_beside"));
      setText(swap, words.say("page.swap"));
      setText(away, words.say("page.away"));
    },
    show(next) {
      now = next;
      const { view, told, words } = now;
      const two = Boolean(view.beside);
      setText(intro, words.say(two ? "page.compare_two" : "page.compare_none"));
      for (const part of [swap, away, codes, count, list]) part.hidden = !two;
      if (two) showCodes();
      const n = told.differences.length;
      setText(count, n ? words.sayCount("page.differ", n) : words.say("page.differ_not"));
      rows.show(told.differences, ([place]) => place, makeRow, (row, [place, sentence]) => {
        setText(row.text, sentence);
        setText(row.focus, words.say("page.tab_focus"));
        const name = `${words.say("page.tab_focus")}: ${now.book.nodes[place].label}`;
        setAttribute(row.focus, "aria-label", name);
      });
    },
  };
}
