// What is said to people, in the words of one book: the twin of mgmodel/wording (catalogues and
// telling), held equal by tests/browser/test_answers_js.py. Texts alone; nothing here knows a page.

// say(key, values), sayCount(key, n, values), number(value, digits), percent(fraction), join(parts)
function makeWords(book) {
  const texts = book.words;

  function say(key, values = {}) {
    if (!Object.hasOwn(texts, key)) throw new Error(`The ${book.language} words have no key ${key}.`);
    return texts[key].replace(/\{(\w+)\}/g, (_, name) => {
      if (!Object.hasOwn(values, name))
        throw new Error(`The ${book.language} words under ${key} need a value for ${name}.`);
      return values[name];
    });
  }

  function number(value, digits) {
    let [whole, part] = decimals(Math.abs(value), digits ?? 6).split(".");
    if (digits === undefined) part = part.replace(/0+$/, "");
    const isNothing = !/[1-9]/.test(whole + (part ?? "")); // a small negative has no sign
    whole = whole.replace(/\B(?=(\d{3})+$)/g, () => texts["number.thousands_mark"]);
    const text = part ? whole + texts["number.decimal_mark"] + part : whole;
    return value < 0 && !isNothing ? `-${text}` : text;
  }

  function percent(fraction) {
    // the small term is for fractions such as 0.29, which a computer holds a hair too low
    let value = Math.trunc(fraction * 100 + 1e-6);
    if (fraction > 0 && fraction < 1) value = Math.min(Math.max(value, 1), 99);
    return say("number.percent", { number: number(value) });
  }

  const sayCount = (key, n, values = {}) =>
    say(`${key}.${n === 1 ? "one" : "many"}`, { ...values, n: number(n) });

  function join(parts) {
    if (parts.length < 2) return parts[0] ?? "";
    return say("list.and", { first: parts.slice(0, -1).join(", "), last: parts.at(-1) });
  }

  return { say, sayCount, number, percent, join };
}

// A positive number with so many decimals, ties to the even digit as in Python; toFixed takes the
// larger one. With 100 decimals it writes every number out that can lie on a tie.
function decimals(size, digits) {
  if (size >= 1e21) return `${BigInt(size)}${digits ? `.${"0".repeat(digits)}` : ""}`;
  const [whole, part] = size.toFixed(100).split(".");
  const cut = part.slice(0, digits);
  const rest = part.slice(digits);
  const isTie = /^50*$/.test(rest);
  const isUp = isTie ? Number((whole + cut).at(-1)) % 2 === 1 : rest[0] >= "5";
  const scaled = (BigInt(whole + cut) + (isUp ? 1n : 0n)).toString().padStart(digits + 1, "0");
  return digits ? `${scaled.slice(0, -digits)}.${scaled.slice(-digits)}` : scaled;
}

// An arrow below is {source, target (names inside a sentence), effect, sign}.

const arrowName = (words, { source, target }) => words.say("edge.arrow", { source, target });

// A route read aloud: what a change of its first node does at each step.
function arrowsInWords(words, arrows, rise = true) {
  const steps = [];
  let direction = rise ? 1 : -1;
  let closing = "";
  for (const arrow of arrows) {
    if (arrow.effect === "no_effect") {
      steps.push(words.say("route.to_nothing", { node: arrow.target }));
      break; // nothing known travels on
    }
    if (arrow.sign === 0 && direction)
      closing = ` ${words.say("route.unclear_from", { arrow: arrowName(words, arrow) })}`;
    direction *= arrow.sign;
    const key = direction > 0 ? "to_rise" : direction < 0 ? "to_fall" : "to_change";
    steps.push(words.say(`route.${key}`, { node: arrow.target }));
  }
  const hence = steps.slice(1).map((step) => words.say("route.hence", { step }));
  const spoken = steps[0] + hence.join("");
  const said = words.say(rise ? "route.rise" : "route.fall", {
    node: arrows[0].source,
    steps: spoken,
  });
  return said + closing;
}

const signOf = (arrows) => arrows.reduce((sign, arrow) => sign * arrow.sign, 1);

function loopWord(words, sign) {
  const kind = sign > 0 ? "reinforcing" : sign < 0 ? "balancing" : "undecided";
  return words.say(`loop.word.${kind}`);
}

// A loop read once round, and whether it reinforces or balances, and why.
function loopInWords(words, arrows) {
  const undecided = arrows.filter(({ sign }) => sign === 0).length;
  const minus = arrows.filter(({ sign }) => sign < 0).length;
  let why = words.say("loop.reinforcing.none");
  if (undecided) why = words.sayCount("loop.undecided", undecided);
  else if (minus % 2) why = words.sayCount("loop.balancing", minus);
  else if (minus) why = words.say("loop.reinforcing.some", { n: words.number(minus) });
  return `${arrowsInWords(words, arrows)} ${why}`;
}

// How many paths there are between two nodes (names), and of which sign.
function pathCountInWords(words, ends, signs, { longest = null, removed = false } = {}) {
  const sentences = [];
  if (signs.length) {
    const among = (wanted) => words.number(signs.filter((sign) => sign === wanted).length);
    const counts = { plus: among(1), minus: among(-1), undecided: among(0) };
    sentences.push(words.sayCount("path.count", signs.length, ends));
    sentences.push(words.say("path.signs", counts));
  } else sentences.push(words.say(removed ? "path.none_left" : "path.none", ends));
  if (longest !== null) sentences.push(words.say("path.bound", { length: words.number(longest) }));
  return sentences.join(" ");
}

// What a question says of one node; `share` is that of its direction, or of rises where it depends.
function verdictInWords(words, label, verdict, share, strength) {
  const isDirected = verdict === "rises" || verdict === "falls";
  if (isDirected && strength === "always") return words.say(`verdict.always.${verdict}`, { label });
  const percent = words.percent(share);
  if (isDirected) {
    const values = { label, percent, strength: words.say(`strength.word.${strength}`) };
    return words.say(`verdict.mostly.${verdict}`, values);
  }
  if (verdict === "depends") return words.say("verdict.depends_share", { label, percent });
  return words.say(`verdict.${verdict}`, { label });
}

// The last part of the key under which a topic has its words for a verdict.
function verdictKey(verdict, strength) {
  if (verdict !== "rises" && verdict !== "falls") return verdict;
  return `${strength === "always" ? "always" : "mostly"}.${verdict}`;
}

// What an intervention does, where `name` is its node, or its arrow, in words. `verb` is press,
// clamp, block, knock_out, cut_edge or flip_edge; the first two have a size.
function interventionInWords(words, verb, name, size = 0) {
  const { say, number } = words;
  if (verb === "press") {
    const key = size < 0 ? "press_down" : "press_up";
    return say(`intervention.${key}`, { node: name, amount: number(Math.abs(size)) });
  }
  if (verb === "clamp")
    return say("intervention.clamp", { node: name, value: (size > 0 ? "+" : "") + number(size) });
  return say(`intervention.${verb}`, { node: name, arrow: name });
}
