// A View as a dozen characters, and as a small file: the twin of mgmodel/explore/view_digits.py and
// codes.py, held equal by tests/browser/test_state_js.py. The place of a View among all Views of one
// map is a whole number, which BigInt holds however large it is.

const CODE_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford's: no I, L, O and U
const READ_SIGNS = new Map([
  ...[...CODE_SIGNS].flatMap((sign, value) => [
    [sign, value],
    [sign.toLowerCase(), value],
  ]),
  ...[..."oO"].map((sign) => [sign, 0]),
  ...[..."iIlL"].map((sign) => [sign, 1]),
]);
const IGNORED_SIGNS = /[ \t\r\n\u00a0\u2009\u202f\u2010-\u2015\u2212-]/g;
const ALIKE_SIGNS = ["2Z", "5S", "6G", "8B", "0D", "0Q", "17", "CG", "MN", "VY"];
const CODE = { mapSigns: 3, group: 4, shortest: 4, suggested: 3, foreign: 8 };

// ---- a View as one number -------------------------------------------------------------------------

// Digits of no View of this map.
class NoView extends Error {}

// The most often used part first: what is left at its default at the end takes no room.
function makeCodec({ atlas, nodes, edges }) {
  const [ids, arrows] = [[...nodes.keys()], [...edges.keys()]];
  const drawn = ["whole", ...atlas.drawings.filter((name) => name !== "whole")];
  const parts = [
    ["drawing", "one", drawn],
    ["push", "one", [1, -1]],
    ["source", "maybe", ids],
    ["target", "maybe", ids],
    ["switched_off", "many", ids],
    ["evidence", "one", atlas.bars],
    ["held", "many", ids],
    ["cut", "many", arrows],
    ["flipped", "many", arrows],
    ["focus", "maybe", ids],
    ["steps", "one", [1, 2, 3]],
    ["way", "one", WAYS],
    ["route", "number", []],
    ["arrow", "maybe", arrows],
    ["why", "maybe", ids],
    ["loop", "number", []],
    ["without_layers", "many", atlas.layers],
    ["hidden", "parts", [...ids, ...arrows]],
  ].map(([name, kind, choices]) => ({ name, kind, choices, place: numbersOf(choices) }));
  return { parts, mark: markOfMap(atlas.fingerprint, parts) };
}

// Fifteen bits of everything that the meaning of a digit hangs on: the map, and each choice.
function markOfMap(fingerprint, parts) {
  const lists = parts.map(({ name, kind, choices }) => [name, kind, ...choices].join("\t"));
  return crc32(new TextEncoder().encode([fingerprint, ...lists].join("\n"))) & 0x7fff;
}

function crc32(bytes) {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

function* digitsOf({ kind, choices, place }, value) {
  if (kind === "one") yield [place.get(value), choices.length];
  else if (kind === "maybe") yield [value === null ? 0 : place.get(value) + 1, choices.length + 1];
  else if (kind === "number") yield* several(hexadecimal(value), 16);
  else {
    const places = value.map((each) => place.get(each));
    if (kind === "many") yield* several(places, choices.length);
    else yield* partsAsDigits(places, choices.length);
  }
}

function hexadecimal(value) {
  const digits = [];
  for (let left = value === null ? 0 : value + 1; left; left = Math.floor(left / 16)) digits.push(left % 16);
  return digits;
}

function* several(places, size) {
  for (const place of places) {
    yield [1, 2];
    yield [place, size];
  }
  yield [0, 2];
}

// many at once take less room as a yes or no for each, where their order is that of the map
function* partsAsDigits(places, size) {
  const inOrder = places.every((place, at) => at === 0 || places[at - 1] < place);
  const bits = size.toString(2).length;
  const every = inOrder && places.length * (bits + 1) > size;
  yield [Number(every), 2];
  if (!every) return yield* several(places, size);
  const chosen = new Set(places);
  for (let place = 0; place < size; place += 1) yield [Number(chosen.has(place)), 2];
}

function partFrom({ kind, choices }, take) {
  const size = choices.length;
  if (kind === "one") return choices[take(size)];
  if (kind === "maybe") {
    const chosen = take(size + 1);
    return chosen ? choices[chosen - 1] : null;
  }
  if (kind === "number") {
    const digits = takeSeveral(take, 16);
    return digits.length ? digits.reduceRight((total, digit) => total * 16 + digit, 0) - 1 : null;
  }
  const every = kind === "parts" && take(2);
  const places = every ? [...choices.keys()].filter(() => take(2)) : takeSeveral(take, size);
  return places.map((place) => choices[place]);
}

function takeSeveral(take, size) {
  const places = [];
  while (take(2)) places.push(take(size));
  return places;
}

function numberOfView({ parts }, view) {
  const digits = parts.flatMap((part) => [...digitsOf(part, view[part.name])]);
  return digits.reduceRight((number, [digit, size]) => number * BigInt(size) + BigInt(digit), 0n);
}

function viewOfNumber({ parts }, number) {
  let left = number;
  const take = (size) => {
    if (!size) throw new NoView();
    const digit = Number(left % BigInt(size));
    left /= BigInt(size);
    return digit;
  };
  const view = openView(Object.fromEntries(parts.map((part) => [part.name, partFrom(part, take)])));
  if (left) throw new NoView();
  return view;
}

// ---- short codes ----------------------------------------------------------------------------------

function encode(chart, view) {
  checkedView(chart, view);
  const both = view.beside === null ? [view] : [view, view.beside];
  return both.map((one) => writtenSigns(signsOfView(chart.codec, one))).join("/");
}

function signsOfView(codec, view) {
  const payload = [];
  for (let number = numberOfView(codec, view); number; number >>= 5n) payload.unshift(Number(number & 31n));
  const signs = [...signsOfMap(codec.mark), ...payload];
  return [...signs, turnedSign(sumOfSigns(signs))];
}

const signsOfMap = (mark) => [mark >> 10, (mark >> 5) & 31, mark & 31];

// With the check character it is zero; one wrong character or two swapped neighbours never are.
const sumOfSigns = (signs) => signs.reduce((total, sign) => turnedSign(total) ^ sign, 0);
// an element of the field of 32 times its generator, with x^5 = x^2 + 1
const turnedSign = (element) => (element << 1) ^ (element & 16 ? 0b100101 : 0);

function writtenSigns(signs) {
  const text = signs.map((sign) => CODE_SIGNS[sign]).join("");
  return (text.match(new RegExp(`.{1,${CODE.group}}`, "g")) ?? []).join("-");
}

// The View that has this code; forgives lower case, blanks, dashes, and O, I and L for 0, 1 and 1.
function decode(chart, code) {
  const codes = code.split("/").map((part) => [...part.replace(IGNORED_SIGNS, "")]);
  if (codes.length > 2) throw new Refusal("code.too_many");
  const problems = codes.flatMap((one) => problemsOfCode(chart, one));
  if (problems.length) throw Refusal.all(problems);
  const [view, beside] = codes.map((one) => viewOfSigns(chart.codec, signsOfText(one)));
  return beside ? openView({ ...view, beside }) : view;
}

const signsOfText = (text) => text.map((sign) => READ_SIGNS.get(sign));

// Why one code, without blanks and dashes, opens nothing; the first reason that there is.
function problemsOfCode(chart, text) {
  const foreign = [...new Set(text.filter((sign) => !READ_SIGNS.has(sign)))];
  const signs = signsOfText(text);
  if (foreign.length) {
    const named = foreign.slice(0, CODE.foreign).map((sign) => `'${sign}'`);
    return [new Refusal("code.foreign", { signs: named })];
  }
  if (text.length < CODE.shortest)
    return [new Refusal("code.too_short", { least: String(CODE.shortest), n: String(text.length) })];
  const code = writtenSigns(signs);
  if (sumOfSigns(signs)) {
    const meant = meantCodes(chart, signs);
    const perhaps = meant.length ? [new Refusal("code.perhaps", { codes: meant })] : [];
    return [new Refusal("code.wrong", { code }), ...perhaps];
  }
  if (markOfSigns(signs) !== chart.codec.mark) {
    const ours = writtenSigns(signsOfMap(chart.codec.mark));
    const theirs = code.slice(0, CODE.mapSigns);
    return [new Refusal("code.other_map", { code, theirs, ours })];
  }
  return isView(chart, signs) ? [] : [new Refusal("code.no_view", { code })];
}

const markOfSigns = ([first, second, third]) => (first << 10) | (second << 5) | third;

// Codes of this map with two neighbours swapped, or another character that looks alike.
function meantCodes(chart, signs) {
  const found = nearSigns(signs).filter(
    (near) => !sumOfSigns(near) && markOfSigns(near) === chart.codec.mark && isView(chart, near)
  );
  return [...new Set(found.map(writtenSigns))].slice(0, CODE.suggested);
}

function nearSigns(signs) {
  const pairs = ALIKE_SIGNS.map((pair) => [...pair].map((sign) => READ_SIGNS.get(sign)));
  return signs.flatMap((sign, at) => [
    ...pairs
      .filter((pair) => pair.includes(sign))
      .map(([one, other]) => signs.with(at, one + other - sign)),
    ...(at ? [signs.with(at - 1, sign).with(at, signs[at - 1])] : []),
  ]);
}

function isView(chart, signs) {
  let view;
  try {
    view = checkedView(chart, viewOfSigns(chart.codec, signs));
  } catch {
    return false;
  }
  // each View has one code, so that equal codes mean equal Views and the reverse
  return signsOfView(chart.codec, view).join() === signs.join();
}

function viewOfSigns(codec, signs) {
  const payload = signs.slice(CODE.mapSigns, -1);
  return viewOfNumber(codec, payload.reduce((number, sign) => (number << 5n) | BigInt(sign), 0n));
}

// ---- files ----------------------------------------------------------------------------------------

// A View as the text of a small file, with everything in words.
function viewFile(chart, view) {
  checkedView(chart, view);
  const said = { mgmodel_view: 1, map: chart.atlas.fingerprint, view: viewInWords(chart, view) };
  return JSON.stringify(said, null, 2);
}

function viewInWords(chart, view) {
  const differs = ({ name }) => JSON.stringify(view[name]) !== JSON.stringify(DEFAULTS[name]);
  const parts = chart.codec.parts.filter(differs).map(({ name }) => [name, view[name]]);
  if (view.beside !== null) parts.push(["beside", viewInWords(chart, view.beside)]);
  return Object.fromEntries(parts);
}

const isTable = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

// What a file says: {view, leftOut: refusals about what this map has no place for}.
function openedFile(chart, text) {
  const said = tableOfFile(text);
  const same = said.map === chart.atlas.fingerprint;
  const leftOut = [];
  let view = keptView(chart, said.view, same, leftOut);
  if (isTable(said.view.beside)) {
    const { beside: _, ...parts } = said.view.beside;
    view = openView({ ...view, beside: keptView(chart, parts, same, leftOut) });
  } else if (said.view.beside !== null && said.view.beside !== undefined)
    leftOut.push(new Refusal("code.odd_part", { part: "beside" }));
  return { view: checkedView(chart, view), leftOut };
}

function tableOfFile(text) {
  let said = null;
  try {
    said = JSON.parse(text);
  } catch {
    // said below, as for a file of anything else
  }
  if (!isTable(said) || !("mgmodel_view" in said)) throw new Refusal("code.no_file");
  if (said.mgmodel_view !== 1 || !isTable(said.view)) throw new Refusal("code.later_file");
  return said;
}

// What the map has of a View in words; what it has not is added to `leftOut`.
function keptView(chart, said, same, leftOut) {
  const { parts } = chart.codec;
  const known = new Set(["beside", ...parts.map(({ name }) => name)]);
  for (const part of Object.keys(said))
    if (!known.has(part)) leftOut.push(new Refusal("code.unknown_part", { part }));
  const found = {};
  for (const part of parts) {
    const value = said[part.name] ?? null;
    const kept = value === null ? null : keptPart(part, value, same, leftOut);
    if (kept !== null) found[part.name] = kept;
  }
  return withoutConflicts(chart, openView(found), leftOut);
}

// The value of one part, or null for its default.
function keptPart({ name, kind, choices, place }, value, same, leftOut) {
  const odd = () => {
    leftOut.push(new Refusal("code.odd_part", { part: name }));
    return null;
  };
  if (kind === "number") {
    if (!(Number.isInteger(value) && value >= 0)) return odd();
    if (same) return value;
    leftOut.push(new Refusal(name === "route" ? "code.lost_route" : "code.lost_loop"));
    return null;
  }
  const isMany = kind === "many" || kind === "parts";
  if (isMany && !Array.isArray(value)) return odd();
  const values = isMany ? value : [value];
  if (!values.every((one) => typeof one === "string" || Number.isInteger(one))) return odd();
  for (const one of values)
    if (!place.has(one)) leftOut.push(new Refusal("code.gone", { what: `'${one}'` }));
  const kept = values.filter((one) => place.has(one)).map((one) => choices[place.get(one)]);
  return isMany ? [...new Set(kept)] : (kept[0] ?? null);
}

// The View with the second of two choices that exclude each other taken back.
function withoutConflicts({ nodes, edges }, view, leftOut) {
  const same = view.source !== null && view.source === view.target;
  const node = (id) => ({ node: { node: nodes.get(id) } });
  if (same) leftOut.push(new Refusal("code.same_ends", node(view.source)));
  for (const id of inBoth(view.switched_off, view.held))
    leftOut.push(new Refusal("code.off_and_held", node(id)));
  for (const id of inBoth(view.cut, view.flipped))
    leftOut.push(new Refusal("code.cut_and_flipped", { arrow: { edge: edges.get(id) } }));
  return openView({
    ...view,
    target: same ? null : view.target,
    held: withoutIds(view.held, ...view.switched_off),
    flipped: withoutIds(view.flipped, ...view.cut),
  });
}
