// What a page gives to eyes and keys, read from its computed styles and boxes.

const EVERY_CONTROL =
  "button, select, textarea, summary, a[href], input:not([type=hidden]), [tabindex], [role=tab]";
const root = document.querySelector(".mgm");

function* ancestors(element) {
  for (let at = element.parentElement; at && root.contains(at); at = at.parentElement) yield at;
}

const inSight = (element) =>
  element.getClientRects().length > 0 &&
  getComputedStyle(element).visibility === "visible" &&
  !element.closest("[hidden]");
const clippedAway = (element) => getComputedStyle(element).clipPath !== "none";
const onlyRead = (element) => clippedAway(element) || [...ancestors(element)].some(clippedAway);
const ownText = (element) =>
  [...element.childNodes].some((one) => one.nodeType === Node.TEXT_NODE && one.data.trim());

function called(element) {
  const text = element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent;
  const said = (text ?? element.textContent).trim().slice(0, 60);
  return `${element.tagName.toLowerCase()} "${said}"`;
}

const everySeen = () =>
  [...root.querySelectorAll("*")].filter(
    (one) => inSight(one) && !one.closest("svg") && !onlyRead(one)
  );

// ---- contrast -------------------------------------------------------------------------------------
function channels(text) {
  const [r, g, b, alpha = 1] = text.match(/[\d.]+/g).map(Number);
  return { rgb: [r, g, b], alpha };
}
const over = (top, below) => top.rgb.map((c, k) => top.alpha * c + (1 - top.alpha) * below[k]);

function ground(element) {
  const own = channels(getComputedStyle(element).backgroundColor);
  if (own.alpha === 1) return own.rgb;
  return over(own, element.parentElement ? ground(element.parentElement) : [255, 255, 255]);
}

// WCAG 2.2
function luminance(rgb) {
  return rgb
    .map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, k) => sum + c * [0.2126, 0.7152, 0.0722][k], 0);
}

// Texts whose colour and ground differ by less than 4.5, with how many were looked at.
function weakTexts() {
  const weak = [];
  let looked = 0;
  const judge = (element, colour) => {
    const below = ground(element);
    const pair = [over(channels(colour), below), below].map(luminance);
    const ratio = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
    looked += 1;
    if (ratio < 4.5) weak.push(`${called(element)} ${ratio.toFixed(2)}`);
  };
  for (const element of everySeen()) {
    if (ownText(element) || element.matches("select, input[type=text], input[type=search]"))
      judge(element, getComputedStyle(element).color);
    if (element.placeholder) judge(element, getComputedStyle(element, "::placeholder").color);
  }
  return { weak, looked };
}

// ---- targets --------------------------------------------------------------------------------------
// Every target with its width and height; a label is part of its control's target.
function targets() {
  const found = [];
  for (const element of everySeen()) {
    if (!element.matches(EVERY_CONTROL) || element.matches("[role=tabpanel], section")) continue;
    const boxes = [element, ...(element.labels ?? [])].map((one) => one.getBoundingClientRect());
    const [right, left] = [Math.max(...boxes.map((one) => one.right)), Math.min(...boxes.map((one) => one.left))];
    found.push([called(element), right - left, Math.max(...boxes.map((one) => one.height))]);
  }
  return found;
}

// ---- what is cut off or covered -------------------------------------------------------------------
// What is wider than its place and cannot be scrolled to.
function cutOff() {
  const wrong = [];
  if (root.scrollWidth > root.clientWidth + 1)
    wrong.push(`the widget is ${root.scrollWidth} wide in ${root.clientWidth}`);
  const scrolls = (one) =>
    /auto|scroll/.test(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth + 1;
  const edge = root.getBoundingClientRect().right + 1;
  for (const element of everySeen()) {
    if (!ownText(element) && !element.matches("select, input")) continue;
    const { right } = element.getBoundingClientRect();
    if (right > edge && ![...ancestors(element)].some(scrolls))
      wrong.push(`beyond the edge: ${called(element)}`);
    const hides = getComputedStyle(element).overflowX !== "visible" && !scrolls(element);
    const wider = element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1;
    if (hides && wider && !element.matches("input, select")) wrong.push(`cut off: ${called(element)}`);
  }
  return wrong;
}

// What its scrolling places show of a box.
function seenOf(element, box) {
  let { top, bottom, left, right } = box;
  for (const one of ancestors(element)) {
    if (getComputedStyle(one).overflowX === "visible") continue;
    const place = one.getBoundingClientRect();
    [top, bottom] = [Math.max(top, place.top), Math.min(bottom, place.bottom)];
    [left, right] = [Math.max(left, place.left), Math.min(right, place.right)];
  }
  // lines of one text may touch
  return { top: top + 2, bottom: bottom - 2, left: left + 1, right: right - 1, element };
}

function boxesSeen() {
  const boxes = [];
  for (const element of everySeen()) {
    if (element.closest(".mgm-canvas, .mgm-error-place")) continue;
    const control = element.matches("select, input, button");
    if (!control && (!ownText(element) || element.closest("button"))) continue;
    const range = document.createRange();
    range.selectNodeContents(element);
    const rects = control ? element.getClientRects() : range.getClientRects();
    boxes.push(...[...rects].map((one) => seenOf(element, one)));
  }
  return boxes.filter((one) => one.bottom > one.top && one.right > one.left);
}

// Pairs of texts or controls that lie over one another, as far as they can be seen.
function overlapping() {
  const boxes = boxesSeen().sort((one, other) => one.top - other.top);
  const wrong = new Set();
  boxes.forEach((one, place) => {
    for (let next = place + 1; next < boxes.length && boxes[next].top < one.bottom; next += 1) {
      const other = boxes[next];
      const nested = one.element.contains(other.element) || other.element.contains(one.element);
      if (!nested && one.left < other.right && other.left < one.right)
        wrong.add(`${called(one.element)} over ${called(other.element)}`);
    }
  });
  return [...wrong];
}

// ---- focus ----------------------------------------------------------------------------------------
// What has the focus, whether its outline is to be seen, and whether anything covers it.
function focused() {
  const { activeElement: one } = document;
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  const top = Math.max(box.top, 0); // of what a long one shows
  const x = box.left + Math.min(box.width / 2, 30);
  const y = top + Math.min((box.bottom - top) / 2, 12);
  const found = document.elementFromPoint(x, y);
  const related = (other) => other && (one.contains(other) || other.contains(one));
  return {
    called: called(one),
    inside: one.closest(".mgm") !== null,
    outlined: one.matches(":focus-visible") && outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
    seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    onTop: Boolean(related(found) || one.labels?.[0]?.contains(found)),
  };
}

// Numbers the controls of a panel: the first, the last, and one of each kind in between.
function numberControls() {
  const all = [...root.querySelectorAll(`.mgm-tabpanel:not([hidden]) :is(${EVERY_CONTROL})`)].filter(
    (one) => inSight(one) && !one.disabled && one.type !== "file"
  );
  all.forEach((one, nth) => (one.dataset.nth = nth));
  const kindOf = ({ tagName, type, className, textContent }) => `${tagName} ${type} ${className} ${textContent}`;
  const kinds = new Map(all.map((one, nth) => [kindOf(one), nth]));
  return [...new Set([0, ...kinds.values(), all.length - 1])].filter((nth) => nth >= 0).slice(0, 14);
}
