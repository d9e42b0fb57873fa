// What is wrong with the drawing and the texts of an explorer, as somebody in the back row sees it.

const root = document.querySelector(".mgm");
const { mgm } = root;

// In layout units: the boxes, and the pills on arrows, as the canvas paints them.
function painted() {
  const { plan, keys, looks, hidden, view, atlas } = mgm.now();
  const ctx = document.createElement("canvas").getContext("2d");
  ctx.font = `bold ${plan.font}px ${plan.face}`;
  const [width, height] = plan.box;
  const boxes = [...plan.places.values()]
    .filter(({ number }) => !hidden.node(number))
    .map(({ number, x, y }) => ({ name: atlas.nodes[number], x, y, width, height }));
  const pills = plan.edges
    .filter(({ id, mark }) => mark && !hidden.edge(id) && !view.cut.includes(atlas.edges[id].id))
    .map(({ id, mark, mark_at: [x, y] }) => {
      const text = (looks.edges[keys.edge(id, keys.mode(id))]?.mark ?? "") + mark;
      const wide = Math.max(plan.font * 1.4, ctx.measureText(text).width + plan.font * 0.7);
      return { name: `${text} on ${atlas.edges[id].id}`, x, y, width: wide, height: plan.font * 1.4 };
    });
  return [...boxes, ...pills];
}

function overlaps() {
  const all = painted();
  const over = (one, other) =>
    2 * Math.abs(one.x - other.x) < one.width + other.width &&
    2 * Math.abs(one.y - other.y) < one.height + other.height;
  return all.flatMap((one, place) =>
    all.slice(place + 1).filter((other) => over(one, other)).map((other) => `${one.name} over ${other.name}`)
  );
}

// Lines of a box that would have to be squeezed to less than 85 % to stand in it.
function squeezed() {
  const { plan, book, lineOf, hidden } = mgm.now();
  const ctx = document.createElement("canvas").getContext("2d");
  const wide = (text, weight, room) => {
    ctx.font = `${weight} ${plan.font}px ${plan.face}`;
    return ctx.measureText(text).width * 0.85 > room;
  };
  return [...plan.places.keys()]
    .filter((number) => !hidden.node(number))
    .flatMap((number) => [
      ...book.nodes[number].lines.filter((line) => wide(line, "", plan.box[0] - 4)),
      ...[lineOf(number)].filter((line) => wide(line, "bold", plan.box[0] - 8)),
    ]);
}

// Texts of HTML that have no room: in lists to choose from, and in places of a fixed height.
function withoutRoom() {
  const ctx = document.createElement("canvas").getContext("2d");
  const seen = (one) => one.getClientRects().length > 0;
  const lists = [...root.querySelectorAll(".mgm-bar select")].filter((one) => {
    const { fontSize, fontFamily } = getComputedStyle(one);
    ctx.font = `${fontSize} ${fontFamily}`;
    return seen(one) && ctx.measureText(one.selectedOptions[0].text).width > one.clientWidth - 32;
  });
  const places = [...root.querySelectorAll(".mgm-answer, .mgm-caption, .mgm-stage-text")].filter(
    (one) => seen(one) && one.scrollHeight > one.clientHeight + 1 && one.clientHeight > 1
  );
  return [...lists, ...places].map((one) => one.selectedOptions?.[0].text ?? one.textContent);
}

function smallest() {
  const texts = [...root.querySelectorAll("*")].filter(
    (one) =>
      one.getClientRects().length > 0 &&
      [...one.childNodes].some((part) => part.nodeType === Node.TEXT_NODE && part.data.trim())
  );
  const sizes = texts.map((one) => parseFloat(getComputedStyle(one).fontSize));
  return { label: mgm.now().plan.font * mgm.scale(), text: Math.min(...sizes) };
}

const tooWide = () => {
  const { scrollWidth, clientWidth } = document.scrollingElement;
  return scrollWidth > clientWidth + 1 ? [`the page is ${scrollWidth} wide in ${clientWidth}`] : [];
};

return {
  wrong: [...overlaps(), ...squeezed(), ...withoutRoom(), ...tooWide()],
  ...smallest(),
};
