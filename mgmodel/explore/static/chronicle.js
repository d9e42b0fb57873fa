// The steps so far, the short code and the file of this view, its line of Python; and the help.

// A text with a button that copies it; `say` is a live region.
function makeCopied(id, className) {
  const code = h("code", { id: `${id}-text`, class: className });
  const status = h("span", { role: "status", class: "mgm-note" });
  const button = actButton(copy);
  let done = "";
  async function copy() {
    try {
      await navigator.clipboard.writeText(code.textContent);
    } catch {
      copyBySelection(); // a page that is not served safely has no clipboard of its own
    }
    setText(status, done);
  }
  function copyBySelection() {
    getSelection().selectAllChildren(code);
    document.execCommand("copy");
  }
  return {
    code,
    element: h("div", { class: "mgm-copied" }, code, h("p", { class: "mgm-buttons" }, button, status)),
    fill({ words }, what) {
      setText(button, words.say("page.copy"));
      setAttribute(button, "aria-label", `${words.say("page.copy")}: ${what}`);
      done = words.say("page.copied");
    },
    show(text) {
      if (code.textContent === text) return;
      setText(code, text);
      setText(status, "");
    },
  };
}

// What is wrong with what was put into a field, said beside it and not only over the drawing.
function makeProblem(id, field) {
  const element = h("p", { class: "mgm-problem", role: "alert", id });
  field.setAttribute("aria-describedby", id);
  const show = (text) => {
    setText(element, text);
    setAttribute(field, "aria-invalid", text ? "true" : null);
  };
  show("");
  return { element, show };
}

// A field for a code that was read out or stands on a blackboard.
function makeCodeField(id, send) {
  const label = h("label", { for: `${id}-enter` });
  const field = h("input", {
    type: "text",
    id: `${id}-enter`,
    class: "mgm-code-field",
    autocomplete: "off",
    autocapitalize: "characters",
    spellcheck: "false",
    onkeydown: (event) => event.key === "Enter" && go(),
  });
  const button = actButton(go);
  const problem = makeProblem(`${id}-enter-problem`, field);
  let now = null;
  function go() {
    const code = field.value.trim();
    problem.show("");
    if (!code) return;
    try {
      decode(now.chart, code);
    } catch (error) {
      return problem.show(refusalInWords(now.words, now.book, error));
    }
    field.value = "";
    send("code", code);
  }
  return {
    element: h(
      "div",
      { class: "mgm-field" },
      label,
      h("p", { class: "mgm-buttons" }, field, button),
      problem.element
    ),
    fill({ words }) {
      setText(label, words.say("page.enter_code"));
      setText(button, words.say("page.open_code"));
    },
    show(next) {
      now = next;
    },
  };
}

const LARGEST_FILE = 1000000; // a saved view has some hundred characters

// Saving the view as a file and opening one, without a server.
function makeFiles(id, send) {
  const label = h("label", { for: `${id}-file` });
  const field = h("input", { type: "file", id: `${id}-file`, accept: ".json", onchange: read });
  const problem = makeProblem(`${id}-file-problem`, field);
  const save = actButton(download);
  let now = null;
  function read() {
    const [file] = field.files;
    problem.show("");
    if (!file) return;
    const refuse = () => problem.show(now.words.say("page.file_not_read", { name: file.name }));
    if (file.size > LARGEST_FILE) return refuse();
    const reader = new FileReader();
    reader.onload = () => open(String(reader.result));
    reader.onerror = refuse;
    reader.readAsText(file);
    field.value = ""; // so that the same file can be opened twice
  }
  // What the map has no place for is left out, and said.
  function open(text) {
    const told = (error) => refusalInWords(now.words, now.book, error);
    try {
      problem.show(openedFile(now.chart, text).leftOut.map(told).join(" "));
    } catch (error) {
      return problem.show(told(error));
    }
    send("file", text);
  }
  function download() {
    const address = URL.createObjectURL(
      new Blob([viewFile(now.chart, now.view)], { type: "application/json" })
    );
    const name = `mgmodel-view-${now.told.code.replaceAll("/", "-")}.json`;
    h("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  }
  return {
    element: h(
      "div",
      {},
      h("p", { class: "mgm-buttons" }, save),
      h("div", { class: "mgm-field" }, label, field),
      problem.element
    ),
    fill({ words }) {
      setText(save, words.say("page.save"));
      setText(label, words.say("page.load"));
    },
    show(next) {
      now = next;
    },
  };
}

function makeHistoryPanel(id, send) {
  const codeTitle = h("h4");
  const code = makeCopied(`${id}-code`, "mgm-short-code");
  const enter = makeCodeField(id, send);
  const fileTitle = h("h4");
  const files = makeFiles(id, send);
  const stepsTitle = h("h4");
  const list = h("ol", { class: "mgm-history" });
  const pythonTitle = h("h4");
  const python = makeCopied(`${id}-python`, "mgm-python");
  const rows = keepRows(list);

  function makeStepRow(_, place) {
    const text = h("span");
    const mark = h("span", { class: "mgm-mark" });
    const button = actButton(() => send("step", place), { class: "mgm-line" });
    button.append(text, mark);
    return { element: h("li", {}, button), button, text, mark };
  }
  function showStep(now, row, label, place) {
    const { at } = now.history;
    const word = place === at ? "page.step_here" : place > at ? "page.step_undone" : "";
    setText(row.text, label);
    setText(row.mark, word && `${place === at ? "◀" : "↶"} ${now.words.say(word)}`);
    row.mark.hidden = !word;
    setAttribute(row.button, "aria-current", place === at ? "step" : null);
    row.element.classList.toggle("mgm-undone", place > at);
  }

  return {
    element: h(
      "div",
      {},
      codeTitle,
      code.element,
      enter.element,
      fileTitle,
      files.element,
      pythonTitle,
      python.element,
      stepsTitle,
      list
    ),
    fill(now) {
      const { words } = now;
      setText(codeTitle, words.say("page.code_title"));
      setText(fileTitle, words.say("page.file_title"));
      setText(stepsTitle, words.say("page.steps_title"));
      setText(pythonTitle, words.say("explore.code"));
      code.fill(now, words.say("page.code_title"));
      python.fill(now, words.say("explore.code"));
      enter.fill(now);
      files.fill(now);
    },
    show(now) {
      code.show(now.told.code);
      python.show(now.told.python);
      for (const part of [enter, files]) part.show(now);
      rows.show(now.history.labels, (_, place) => place, makeStepRow, (row, label, place) =>
        showStep(now, row, label, place)
      );
    },
  };
}

// ---- help -----------------------------------------------------------------------------------------
const HELP_KEYS = [
  ["Tab", "page.help_tab"],
  ["→", "page.help_right"],
  ["←", "page.help_left"],
  ["↑ ↓", "page.help_up_down"],
  ["Home", "page.help_home"],
  ["page.key_space", "page.help_space"],
  ["w", "page.help_w"],
  ["/", "page.help_search"],
  ["Ctrl Z", "page.help_undo"],
  ["Ctrl Y", "page.help_redo"],
  ["← →", "page.help_tabs"],
];

function makeHelpPanel() {
  const title = h("h4");
  const body = h("tbody");
  const head = h("tr");
  const notes = h("div");
  return {
    element: h("div", {}, title, h("table", {}, h("thead", {}, head), body), notes),
    fill({ words }) {
      setText(title, words.say("explore.keyboard"));
      const heads = ["page.key", "page.key_does"];
      head.replaceChildren(...heads.map((key) => h("th", { scope: "col", text: words.say(key) })));
      body.replaceChildren(
        ...HELP_KEYS.map(([key, does]) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, h("kbd", { text: key.includes(".") ? words.say(key) : key })),
            h("td", { text: words.say(does) })
          )
        )
      );
      const texts = ["explore.whole_map_answers", "page.help_marks", "explore.teaching"];
      notes.replaceChildren(...texts.map((key) => h("p", { text: words.say(key) })));
    },
    show() {},
  };
}
