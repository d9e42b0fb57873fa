// The blocks of a worksheet: each is made once, known by its key, and then only shown anew, so that
// focus, scroll position and a half-written text stay when an answer comes back.

// Sentences, as text.
function makeWords() {
  const element = h("p");
  return {
    element,
    show({ text, strong }) {
      element.className = strong ? "mgm-strong" : "mgm-plain";
      setText(element, text);
    },
  };
}

// What is said to an answer: a mark and a word tell how it is meant, and colour only repeats it.
function makeFeedback(_id, tell) {
  const [mark, word, text] = [h("span", { class: "mgm-mark", "aria-hidden": "true" }), h("strong"), h("span")];
  const element = h("p", { class: "mgm-feedback" }, mark, word, " ", text);
  return {
    element,
    show(block) {
      element.dataset.tone = block.tone;
      setText(mark, block.mark);
      setText(word, block.word);
      setText(text, block.text);
      tell.aloud(`${block.word} ${block.text}`);
    },
  };
}

const acting = ({ act, about = "" }, value) => ({ do: act, value: about === "" ? value : [about, value] });
const named = ({ act, about }) => `${act} ${about ?? ""}`;

function makeQuestion(id, tell) {
  const element = h("div", { class: "mgm-question" });
  let radios = null;
  let built = "";
  let now = null;
  const chosen = (value) => tell.send(named(now), acting(now, value));
  return {
    element,
    show(block) {
      now = block;
      const values = block.options.map(([value]) => value);
      const shape = JSON.stringify(values);
      if (shape !== built) {
        built = shape;
        radios = makeRadios(id, values, chosen);
        element.replaceChildren(radios.element);
      }
      radios.element.classList.toggle("mgm-below", block.below);
      radios.fill(block.prompt, block.options.map(([, text]) => text));
      radios.element.disabled = Boolean(block.locked);
      if (tell.settled(named(block))) radios.choose(block.chosen);
    },
  };
}

function makeMenu(id, tell) {
  let now = null;
  const select = makeSelect(id, (value) => tell.send(named(now), acting(now, value)));
  const field = select.element.querySelector("select");
  return {
    element: select.element,
    show(block) {
      now = block;
      select.fill(block.label, [{ options: block.options }]);
      field.disabled = Boolean(block.locked);
      if (tell.settled(named(block))) select.choose(block.chosen);
    },
  };
}

// Lines to write. What is being written goes out when the hand rests, and is never written over.
function makeLines(id, tell) {
  const label = h("label", { for: id });
  const area = h("textarea", { id, rows: "7", spellcheck: "false", oninput: later, onblur: now });
  let [block, pause] = [null, null];
  function now() {
    if (pause === null) return;
    clearTimeout(pause);
    pause = null;
    tell.send(named(block), acting(block, area.value));
  }
  function later() {
    clearTimeout(pause);
    pause = setTimeout(now, 400);
  }
  tell.beforeActing(now);
  return {
    element: h("div", { class: "mgm-lines" }, label, area),
    show(next) {
      block = next;
      setText(label, block.label);
      area.placeholder = block.example;
      if (pause === null && tell.settled(named(block)) && area.value !== block.text) area.value = block.text;
    },
  };
}

// A button; where it cannot be pressed, the reason stands beside it and is said again when one tries.
function makeButton(id, tell) {
  let now = null;
  const press = () => {
    tell.before();
    if (now.refused) tell.aloud(now.refused, true);
    else tell.send(`${named(now)} ${++presses}`, { do: now.act, value: now.about === "" ? null : now.about });
  };
  const button = h("button", { type: "button", onclick: press });
  const reason = h("span", { class: "mgm-note", id: `${id}-why` });
  const element = h("div", {}, button, reason);
  return {
    element,
    show(block) {
      now = block;
      element.className = block.main ? "mgm-press mgm-chief" : "mgm-press";
      setText(button, block.label);
      button.setAttribute("aria-disabled", String(Boolean(block.refused)));
      if (block.refused) button.setAttribute("aria-describedby", reason.id);
      else button.removeAttribute("aria-describedby");
      setText(reason, block.refused);
      reason.className = block.quiet ? "mgm-sr" : "mgm-note";
      reason.hidden = !block.refused;
    },
  };
}

let presses = 0; // each press counts, while of a choice only the newest does

// A text that becomes a file; the page makes it by itself and nothing is asked of any server.
function makeDownload(_id, tell) {
  let now = null;
  const save = () => {
    tell.before();
    tell.onceIdle(() => {
      const address = URL.createObjectURL(new Blob([now.text], { type: "text/plain" }));
      const link = h("a", { href: address, download: now.filename });
      link.click();
      setTimeout(() => URL.revokeObjectURL(address), 1000);
    });
  };
  const button = h("button", { type: "button", onclick: save });
  return {
    element: h("div", { class: "mgm-press" }, button),
    show(block) {
      now = block;
      setText(button, block.label);
    },
  };
}

function makeTable() {
  const table = h("table", { class: "mgm-facts" });
  const element = h("div", { class: "mgm-wide-table" }, table);
  let drawn = "";
  // what is scrolled sideways is reached by key
  const watch = new ResizeObserver(() => {
    if (element.scrollWidth > element.clientWidth + 1) element.tabIndex = 0;
    else element.removeAttribute("tabindex");
  });
  watch.observe(element);
  return {
    element,
    show({ caption, header, rows }) {
      const key = JSON.stringify([caption, header, rows]);
      if (key === drawn) return;
      drawn = key;
      const cell = (text, place) => (place ? h("td", { text }) : h("th", { scope: "row", text }));
      table.replaceChildren(
        h("caption", { text: caption }),
        h("thead", {}, h("tr", {}, ...header.map((text) => h("th", { scope: "col", text })))),
        h("tbody", {}, ...rows.map((row) => h("tr", {}, ...row.map(cell))))
      );
    },
  };
}

function makeGroup(id, tell) {
  const heading = h("h4");
  const stack = makeStack(h("div"), id, tell);
  return {
    element: h("section", {}, heading, stack.element),
    show(block) {
      stack.element.className = block.row ? "mgm-row" : "mgm-stack";
      setText(heading, block.heading);
      heading.hidden = !block.heading;
      stack.show(block.blocks);
    },
  };
}

const BLOCK_MAKERS = {
  text: makeWords,
  feedback: makeFeedback,
  question: makeQuestion,
  menu: makeMenu,
  lines: makeLines,
  button: makeButton,
  download: makeDownload,
  table: makeTable,
  group: makeGroup,
};

// Blocks one below the other; one that was there already stays the same element.
function makeStack(element, id, tell) {
  let parts = new Map();
  let made = 0;
  return {
    element,
    show(blocks) {
      const [next, times] = [new Map(), new Map()];
      const elements = blocks.map((block) => {
        const name = [block.kind, block.act ?? block.name, block.about].join(" ");
        times.set(name, (times.get(name) ?? 0) + 1);
        const key = `${name} ${times.get(name)}`;
        const part = parts.get(key) ?? BLOCK_MAKERS[block.kind](`${id}-${++made}`, tell);
        part.show(block);
        next.set(key, part);
        return part.element;
      });
      const wanted = new Set(elements);
      [...element.children].filter((one) => !wanted.has(one)).forEach((one) => one.remove());
      elements.forEach((one, place) => {
        // an element that is moved loses the focus, so only what is new is put in
        if (element.children[place] !== one) element.insertBefore(one, element.children[place] ?? null);
      });
      parts = next;
    },
  };
}
