// What the screens of the beamer are made with. Text is only ever textContent.
const SVG = "http://www.w3.org/2000/svg";
// Of a group: so many quotes, of at most so many lines.
const [QUOTES, WHOLE] = [2, 4];

function el(tag, cls = "", text = null) {
  const node = document.createElement(tag);
  if (cls) node.className = cls;
  if (text !== null) node.textContent = text;
  return node;
}

function svg(tag, attributes) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

function say(node, text) {
  node.hidden = !text;
  if (node.textContent !== (text || "")) node.textContent = text || "";
}

function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? 1 : 900;
}

// Makes the children of a node those of a list: what stays stays the same node, so that nothing flickers.
function keep(parent, items, make, update, { key = (item) => item.id, moves = false } = {}) {
  const old = new Map();
  for (const node of parent.children) if (!node.leaving) old.set(node.key, node);
  const places = new Map();
  if (moves) for (const [at, node] of old) places.set(at, node.getBoundingClientRect());
  const first = !parent.filled;
  parent.filled = true;
  let before = null;
  items.forEach((item, at) => {
    const name = String(key(item, at));
    let node = old.get(name);
    if (node) old.delete(name);
    else {
      node = make(item, first);
      node.key = name;
      if (!first) node.classList.add("come");
    }
    const next = before ? before.nextSibling : parent.firstChild;
    if (node !== next) parent.insertBefore(node, next);
    update(node, item, at);
    before = node;
  });
  for (const node of old.values()) leave(node);
  if (moves) {
    for (const node of parent.children) {
      const was = places.get(node.key);
      if (!was || node.leaving) continue;
      const is = node.getBoundingClientRect();
      const [x, y] = [was.left - is.left, was.top - is.top];
      if (Math.abs(x) + Math.abs(y) > 2) {
        node.animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: "none" }], { duration: calm(), easing: "ease" });
      }
    }
  }
}

function leave(node) {
  node.leaving = true;
  node.classList.remove("come");
  node.classList.add("leave");
  setTimeout(() => node.remove(), calm() / 2);
}

// The largest type in which a text fits its card; what does not fit at all is cut off at a line.
function fit(node, sizes) {
  const box = node.parentElement;
  const style = getComputedStyle(box);
  const room = box.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
  if (room <= 0) return;
  node.style.removeProperty("-webkit-line-clamp");
  node.style.display = "block";
  for (const size of sizes) {
    node.style.fontSize = `calc(${size} * var(--u))`;
    node.style.maxHeight = "none";
    if (node.scrollHeight <= room + 1) return;
  }
  const line = parseFloat(getComputedStyle(node).lineHeight);
  node.style.display = "-webkit-box";
  node.style.webkitBoxOrient = "vertical";
  node.style.webkitLineClamp = String(Math.max(1, Math.floor(room / line)));
}

// A name that is just too long for its line gets smaller letters before it is cut off.
function shrink(node) {
  for (const size of [1, 0.92, 0.84]) {
    node.style.fontSize = `${size}em`;
    if (node.scrollWidth <= node.clientWidth) return;
  }
}

// Whether lines of a text are left out; letters that reach a little past their line are not.
function clipped(text) {
  return text.scrollHeight > text.clientHeight + parseFloat(getComputedStyle(text).fontSize) / 2;
}

// Ends a quote that is longer than its lines after a word.
function cut(quote) {
  const [text, words] = [quote.firstChild, quote.full.split(" ")];
  while (words.length > 1 && clipped(text)) {
    words.pop();
    text.textContent = `${words.join(" ")}…`;
  }
}

// Whole quotes, as many as a group has room for; its name gives way before they go. Where none fits whole, the first lines of one.
function fill(group) {
  const inside = group.firstChild;
  const said = [...inside.lastChild.children].filter((one) => !one.leaving);
  const set = (title, lines, tight) => {
    inside.style.setProperty("--title", title);
    inside.style.setProperty("--lines", lines);
    inside.classList.toggle("tight", tight);
  };
  for (const quote of said) say(quote.firstChild, quote.full);
  const fits = (quote) => {
    quote.hidden = false;
    if (quote.getClientRects().length && !clipped(quote.firstChild) && inside.scrollHeight <= inside.clientHeight + 1) return true;
    quote.hidden = true;
    return false;
  };
  for (const [title, tight] of [[1, false], [0.9, false], [0.8, false], [0.7, false], [0.6, true]]) {
    set(title, WHOLE, tight);
    for (const quote of said) quote.hidden = true;
    let shown = 0;
    for (const quote of said) if (shown < QUOTES && fits(quote)) shown++;
    if (shown) return;
  }
  for (const lines of said.length ? [3, 2] : []) {
    set(0.6, lines, true);
    said[0].hidden = false;
    if (inside.scrollHeight <= inside.clientHeight + 1) return cut(said[0]);
    said[0].hidden = true;
  }
  set(1, WHOLE, false);
}

// Smaller letters, and then fewer lines of each text, until a list fits the room that is left to it.
function tighten(list) {
  const fits = () => list.scrollHeight <= list.clientHeight + 1;
  for (const [type, lines] of [[1, 9], [0.92, 9], [0.85, 9], [0.85, 3], [0.78, 3], [0.78, 2], [0.7, 1]]) {
    list.style.setProperty("--type", type);
    list.style.setProperty("--lines", lines);
    if (fits()) return;
  }
}

function dots(parent, n, weak) {
  parent.classList.toggle("many", n > 24);
  const many = Array.from({ length: n }, (_, at) => at);
  keep(parent, many, () => el("span", "dot"), (node, at) => node.classList.toggle("weak", at >= n - weak), { key: (at) => at });
}

// A dot for each phone; those of which something is awaited are open.
function crowd(parent, n, done) {
  parent.classList.toggle("many", n > 40);
  const people = Array.from({ length: n }, (_, at) => at);
  keep(parent, people, () => el("span", "dot"), (node, at) => node.classList.toggle("not", at >= done), { key: (at) => at });
}

function quotes(parent, items) {
  keep(parent, items, () => { const quote = el("blockquote"); quote.append(el("span")); return quote; }, (node, item) => {
    node.full = item.text;
    say(node.firstChild, item.text);
  });
}

function bars(parent, items, stage) {
  keep(parent, items, () => {
    const bar = el("li", "bar");
    const track = el("span", "track");
    track.append(el("span", "fill"), el("span", "fill less"), el("span", "zero"));
    bar.append(el("span", "name"), el("span", "value"), track, el("span", "sub"));
    return bar;
  }, (node, item) => {
    const [name, value, track, sub] = node.children;
    say(name, item.name);
    say(value, item.value);
    say(sub, item.sub);
    shrink(name);
    const [fill, less, zero] = track.children;
    stage.tint(node, item.colour);
    const place = (part, from, wide) => {
      part.style.setProperty("--from", `${from}%`);
      requestAnimationFrame(() => requestAnimationFrame(() => part.style.setProperty("--wide", `${wide}%`)));
    };
    less.hidden = item.less === undefined;
    if (item.less !== undefined) {
      place(fill, 0, item.more);
      place(less, 100 - item.less, item.less);
    } else place(fill, item.from || 0, item.wide);
    zero.hidden = !item.zero;
  });
}
