// What is told in sentences: the paths, the Why of one node, the card of one arrow, the loops.

// A button that lights something in the drawing and puts it out again.
function litButton(send, action, value) {
  const mark = h("span", { class: "mgm-sign" });
  const text = h("span");
  const button = actButton(
    () => send(action, button.getAttribute("aria-pressed") === "true" ? null : value),
    { "aria-pressed": "false", class: "mgm-line" }
  );
  button.append(mark, text);
  return { button, mark, text };
}

// ---- paths ----------------------------------------------------------------------------------------
function makePathsPanel(id, send) {
  const question = h("p");
  const count = h("p", { class: "mgm-count" });
  const list = h("ol", { class: "mgm-paths" });
  const note = h("p", { class: "mgm-note" });
  const summary = h("summary");
  const caption = h("caption", { class: "mgm-sr" });
  const head = h("tr");
  const body = h("tbody");
  const table = h("table", {}, caption, h("thead", {}, head), body);
  const twin = h("details", {}, summary, h("div", { class: "mgm-wide-table" }, table));
  const sentences = keepRows(list);
  const rows = keepRows(body);

  function makeSentence(path, index) {
    const { button, mark, text } = litButton(send, "highlight", index);
    const more = h("span", { class: "mgm-note" });
    return { element: h("li", {}, button, more), button, mark, text, more };
  }
  function showSentence(now, row, path, index) {
    const grade = now.words.say("page.weakest_grade", { grade: path.grade });
    const outside = path.outside ? now.words.say("explore.partly_outside") : "";
    setText(row.mark, path.sign);
    setText(row.text, path.sentence);
    setText(row.more, [grade, outside].filter(Boolean).join(" "));
    setAttribute(row.button, "aria-pressed", now.view.route === index);
  }
  function makeRow(path, index) {
    const cells = ["sign", "length", "grade", "short"].map(() => h("td"));
    const first = h("th", { scope: "row", text: String(index + 1) });
    return { element: h("tr", {}, first, ...cells), cells };
  }
  function showRow(now, { cells }, path) {
    const texts = [path.sign, now.words.number(path.length), path.grade, path.short];
    cells.forEach((cell, index) => setText(cell, texts[index]));
  }

  return {
    element: h("div", {}, question, count, list, note, twin),
    fill({ words }) {
      setText(summary, words.say("explore.as_table"));
      setText(caption, words.say("explore.paths"));
      const keys = ["explore.number", "heading.sign", "heading.length", "heading.grade", "heading.path"];
      head.replaceChildren(...keys.map((key) => h("th", { scope: "col", text: words.say(key) })));
    },
    show(now) {
      const { told } = now;
      setText(question, told.question);
      setText(count, told.count || now.words.say("explore.choose_ends"));
      setText(note, told.note);
      twin.hidden = list.hidden = !told.paths.length;
      sentences.show(told.paths, (_, index) => index, makeSentence, (row, path, index) =>
        showSentence(now, row, path, index)
      );
      rows.show(told.paths, (_, index) => index, makeRow, (row, path) => showRow(now, row, path));
    },
  };
}

// ---- why ------------------------------------------------------------------------------------------
// One step of a way: what it says, and how well it is borne out.
function makeWayStep(now, step, send) {
  const { words } = now;
  const edge = now.atlas.edges[edgePlace(now, step.edge)];
  const marks = makeMarks();
  marks.show(now, step);
  const contested = step.contested
    ? h("span", {
        class: "mgm-mark mgm-contested",
        text: `? ${words.say("card.contested")}: ${countsText(now, ...step.contested)}`,
      })
    : null;
  const weakest = step.weakest
    ? h("strong", { class: "mgm-mark mgm-weakest", text: `▼ ${words.say("page.weakest")}` })
    : null;
  const turned = step.turned
    ? h("span", { class: "mgm-mark", text: `↻ ${words.say("page.turned")}` })
    : null;
  const grade = h("span", {
    class: "mgm-mark",
    text: `${words.say("heading.grade")} ${step.grade}`,
    title: words.say(`grade.meaning.${step.grade}`),
  });
  const card = actButton(() => send("card", edge.id), {
    text: words.say("card.title"),
    "aria-label": `${words.say("card.title")}: ${now.book.edges[edgePlace(now, step.edge)].arrow}`,
  });
  const cites = step.cites?.length
    ? h("ul", { class: "mgm-cites" }, ...step.cites.map((text) => h("li", { text })))
    : h("p", { class: "mgm-note", text: words.say("page.no_cites") });
  return h(
    "li",
    { class: step.weakest ? "mgm-step mgm-step-weakest" : "mgm-step" },
    h("p", { text: step.sentence }),
    h("p", { class: "mgm-marks" }, ...[weakest, grade, contested, turned, marks.element].filter(Boolean)),
    cites,
    card
  );
}

function makeWay(now, way, send) {
  return h(
    "section",
    { class: `mgm-way mgm-way-${way.kind}` },
    h("h4", { text: way.heading }),
    way.start ? h("p", { text: way.start }) : null,
    h("ol", {}, ...way.steps.map((step) => makeWayStep(now, step, send)))
  );
}

// Texts that are there or not, in place.
function makeTexts(tag, className = "") {
  const element = h("div");
  const rows = keepRows(element);
  const make = () => ({ element: h(tag, { class: className || null }) });
  return {
    element,
    show(texts) {
      const place = (_, index) => index;
      rows.show(texts.filter(Boolean), place, make, (row, text) => setText(row.element, text));
    },
  };
}

function makeWhyPanel(id, send) {
  const search = makeSearch(`${id}-node`, send, { act: "why", label: "page.why_of" });
  const none = h("p", { class: "mgm-note" });
  const sentence = h("p", { class: "mgm-answer-text", role: "status" });
  const because = makeTexts("p");
  const blocked = makeTexts("p", "mgm-blocked");
  const ways = h("div");
  const after = makeTexts("p");
  const decidingTitle = h("h4");
  const deciding = h("ul");
  const decidingRows = keepRows(deciding);
  const summary = h("summary");
  const narration = h("p");
  const read = h("details", {}, summary, narration);
  const close = actButton(() => {
    send("why", null);
    search.focus();
  });
  const parts = [because, blocked, after].map((part) => part.element);
  const told = h("div", {}, sentence, ...parts.slice(0, 2), ways, parts[2]);
  told.append(decidingTitle, deciding, read, close);
  let shown = null;

  function showWays(now, { ways: all }) {
    const key = JSON.stringify(all);
    if (key === shown) return;
    shown = key;
    ways.replaceChildren(...all.map((way) => makeWay(now, way, send)));
  }
  // Which arrows decide takes a moment to find, and comes by itself.
  function showDeciding(texts) {
    decidingTitle.hidden = deciding.hidden = !texts.length;
    const place = (_, index) => index;
    const make = () => ({ element: h("li") });
    decidingRows.show(texts, place, make, (row, text) => setText(row.element, text));
  }

  return {
    element: h("div", {}, search.element, none, told),
    fill(now) {
      shown = null;
      search.fill(now);
      setText(none, now.words.say("page.why_none"));
      setText(decidingTitle, now.words.say("page.deciding"));
      setText(summary, now.words.say("page.why_as_text"));
      setText(close, now.words.say("page.close"));
    },
    show(now) {
      const { why } = now;
      search.show(now);
      none.hidden = Boolean(why);
      told.hidden = !why;
      if (!why) return;
      setText(sentence, why.sentence);
      because.show([why.itself, ...(why.because ?? [])]);
      blocked.show([why.blocked]);
      after.show([why.note]);
      setText(narration, why.narration);
      read.hidden = !why.narration;
      showWays(now, why);
      showDeciding(why.deciding ?? []);
    },
  };
}

// ---- the card of one arrow ------------------------------------------------------------------------
function makeCardPanel(id, send) {
  const picker = makeSelect(`${id}-arrow`, (value) => send("card", value || null));
  const switchPlace = h("div");
  const marks = makeMarks();
  const counts = h("span", { class: "mgm-mark" });
  const badges = h("p", { class: "mgm-marks" }, counts, marks.element);
  const body = h("div", { class: "mgm-card", "aria-live": "polite" });
  let drawn = { of: null, ids: new Set() };
  let offered = null;
  let shown = null;
  let arrowSwitch = null;

  // The arrows of the drawing, and the open one where it is not drawn.
  function offer(now) {
    const { drawing, arrow } = now.view;
    if (drawn.of !== drawing) {
      const idOf = (edge) => now.atlas.edges[edgePlace(now, edge.id)].id;
      drawn = { of: drawing, ids: new Set(now.atlas.plans[drawing].edges.map(idOf)) };
    }
    const outside = arrow !== null && !drawn.ids.has(arrow) ? [arrow] : [];
    const key = [drawing, ...outside].join(" ");
    if (key === offered) return;
    offered = key;
    const nameOf = (edge) => now.book.edges[edgePlace(now, edge)].sentence;
    const named = [...drawn.ids, ...outside].map((edge) => [edge, nameOf(edge)]);
    const options = [["", now.words.say("explore.no_arrow")], ...named];
    picker.fill(now.words.say("explore.arrow"), [{ options }]);
  }
  function lines({ heading, lines: texts }) {
    const many = texts.length > 1;
    return [
      heading ? h("h4", { text: heading }) : null,
      many
        ? h("ul", {}, ...texts.map((text) => h("li", { text })))
        : h("p", { text: texts[0] ?? "" }),
    ].filter(Boolean);
  }
  function showBody(now) {
    const { arrow, language } = now.view;
    const here = now.card?.edge === arrow && now.card.language === language;
    const waiting = [{ heading: "", lines: [now.words.say(arrow ? "page.waiting" : "card.none")] }];
    const sections = arrow && here ? now.card.sections : waiting;
    setAttribute(body, "aria-busy", arrow && !here ? "true" : null);
    const key = JSON.stringify(sections);
    if (key === shown) return;
    shown = key;
    body.replaceChildren(...sections.flatMap(lines));
  }
  function showSwitch(now) {
    const { arrow } = now.view;
    badges.hidden = switchPlace.hidden = !arrow;
    if (!arrow) return;
    const edge = now.atlas.edges[edgePlace(now, arrow)];
    marks.show(now, edge);
    setText(counts, countsText(now, edge.supporting, edge.opposing));
    if (arrowSwitch?.arrow !== arrow) {
      arrowSwitch = { arrow, ...makeArrowSwitch(`${id}-switch`, arrow, send) };
      switchPlace.replaceChildren(arrowSwitch.element);
    }
    arrowSwitch.show(now);
  }

  return {
    element: h("div", {}, picker.element, badges, switchPlace, body),
    fill() {
      offered = shown = drawn.of = null;
    },
    show(now) {
      offer(now);
      picker.choose(now.view.arrow);
      showSwitch(now);
      showBody(now);
    },
  };
}

// ---- loops ----------------------------------------------------------------------------------------
// R and B stand for reinforcing and balancing in every language, and never without the word.
const LOOP_LETTERS = { reinforcing: "R", balancing: "B", undecided: "?" };

function makeLoopsPanel(id, send) {
  const intro = h("p");
  const list = h("ol", { class: "mgm-paths" });
  const rows = keepRows(list);
  const none = h("p", { class: "mgm-note" });

  function makeRow(loop, place) {
    const { button, mark, text } = litButton(send, "loop", place);
    mark.className = "mgm-loop-word";
    const broken = h("strong", { class: "mgm-mark mgm-weakest" });
    return { element: h("li", {}, button, broken), button, mark, text, broken };
  }
  function letter(words, word) {
    const known = Object.keys(LOOP_LETTERS);
    const key = known.find((one) => one === word || words.say(`loop.word.${one}`) === word);
    return { letter: LOOP_LETTERS[key] ?? "?", word: key ? words.say(`loop.word.${key}`) : word };
  }

  return {
    element: h("div", {}, intro, none, list),
    fill({ words }) {
      setText(none, words.say("page.no_loops"));
    },
    show(now) {
      const { loops } = now.told;
      const broken = loops.filter((loop) => loop.broken).length;
      const counts = { n: now.words.number(loops.length), broken: now.words.number(broken) };
      setText(intro, now.words.say("page.loops_counted", counts));
      intro.hidden = list.hidden = !loops.length;
      none.hidden = loops.length > 0;
      rows.show(loops, (_, place) => place, makeRow, (row, loop, place) => {
        const kind = letter(now.words, loop.word);
        setText(row.mark, `${kind.letter} ${kind.word}`);
        setText(row.text, loop.sentence);
        setText(row.broken, loop.broken ? `✕ ${now.words.say("page.broken")}` : "");
        row.broken.hidden = !loop.broken;
        row.element.classList.toggle("mgm-broken", Boolean(loop.broken));
        setAttribute(row.button, "aria-pressed", now.view.loop === place);
      });
    },
  };
}
