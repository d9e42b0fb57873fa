// What a page has with its host: messages that go out one after the other, and pictures that come.

// One message is under way at a time, and of a control only the newest value waits, so that a dragged
// slider never runs ahead of its picture. The host answers each by `seq`, which is to be told here.
function makeSender(model) {
  const waiting = new Map();
  let underWay = null;
  let patience = null;
  let resting = [];
  const idle = () => underWay === null && !waiting.size;
  function next() {
    if (underWay !== null || !waiting.size) return;
    const [name, message] = waiting.entries().next().value;
    waiting.delete(name);
    underWay = name;
    clearTimeout(patience);
    patience = setTimeout(() => (answered(), rested()), 20000); // a kernel that was restarted
    model.send(message);
  }
  function answered() {
    clearTimeout(patience);
    underWay = null;
    next();
  }
  function rested() {
    if (idle()) resting.splice(0).forEach((then) => then());
  }
  return {
    send(name, message) {
      waiting.set(name, message);
      next();
    },
    onceIdle(then) {
      if (idle()) then();
      else resting.push(then);
    },
    answered,
    rested, // once the page has shown the answer
    idle,
    settled: (name) => !waiting.has(name) && underWay !== name,
    destroy() {
      clearTimeout(patience);
      resting = [];
    },
  };
}

// A picture that is exchanged only when the next one can be painted.
function makeFrame(onShown) {
  const image = h("img", { class: "mgm-picture" });
  let newest = 0;
  let address = null;
  return {
    element: h("div", { class: "mgm-frame" }, image),
    async show(bytes, screen, alt, done) {
      const turn = ++newest;
      const next = URL.createObjectURL(new Blob([bytes], { type: "image/png" }));
      const ready = new Image();
      ready.src = next;
      await ready.decode().catch(() => {});
      if (turn !== newest) return URL.revokeObjectURL(next);
      image.src = next;
      image.alt = alt;
      if (screen) [image.width, image.height] = [screen.width_px, screen.height_px];
      if (address) URL.revokeObjectURL(address);
      address = next;
      onShown(done);
    },
    destroy() {
      newest += 1;
      if (address) URL.revokeObjectURL(address);
    },
  };
}
