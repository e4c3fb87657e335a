// The beamer: draws the scene that Python sends, keeps what is there, and tells which keys were pressed.
// Comes after room_stage_dom.js and room_stage_screens.js, as one script.
const KEYS = {
  ArrowLeft: "left", PageUp: "back", ArrowRight: "right", PageDown: "on", ArrowUp: "up", ArrowDown: "down", " ": "down",
};
const LETTERS = "fhzqnls1234567";
const LOOK = "klantpanel.room.look";
const AWAKE = 3000;
// Once all colours are taken they come again, lighter: so much of the colour, in hundredths.
const SHADES = [100, 58, 34];
// Who presses so soon after the mark went on by itself meant the remark that was marked before.
const REACTION = 700;
const PATIENCE = 6000;
// Without a word from the server for so long, the browser asks whether it is there.
const SILENCE = 12000;
const stages = new WeakMap();

class Stage {
  constructor(root) {
    this.pressed = [];
    this.offset = 0;
    this.heard = Date.now();
    this.away = false;
    this.root = el("main", "stage");
    this.head = el("header", "head");
    this.body = el("div", "body");
    this.foot = el("footer", "foot");
    this.asked = el("h1", "asked");
    this.rehearsal = el("p", "mark");
    this.frozen = el("p", "mark ice");
    this.lost = el("p", "mark lost");
    this.lost.hidden = true;
    this.clock = el("p", "clock");
    const ring = svg("svg", { viewBox: "0 0 100 100", "aria-hidden": "true" });
    ring.append(svg("circle", { cx: 50, cy: 50, r: 40 }), svg("circle", { cx: 50, cy: 50, r: 40, pathLength: 100, "stroke-dasharray": 100 }));
    this.clock.append(el("span"), ring, el("span"));
    this.head.append(this.asked, this.clock);
    this.note = el("span", "note");
    this.turned = el("span");
    this.code = el("span", "code");
    this.ask = el("button", "ask", "?");
    this.foot.append(this.lost, this.rehearsal, this.frozen, this.note, this.turned, this.code, this.ask);
    this.help = el("div", "help");
    this.help.hidden = true;
    this.toast = el("p", "toast");
    this.toast.hidden = true;
    this.toast.setAttribute("role", "status");
    this.root.append(this.head, this.body, this.foot, this.help, this.toast);
    root.append(this.root);
    this.ask.onclick = () => this.showHelp(this.help.hidden);
    this.body.onclick = (event) => {
      const quote = event.target.closest("blockquote");
      if (quote && this.quotes().includes(quote)) this.mark(Number(quote.key), true);
    };
    this.help.onclick = (event) => { if (event.target === this.help) this.showHelp(false); };
    this.onKey = (event) => this.key(event);
    this.onMove = () => this.wake();
    this.onSize = () => { if (this.screen && this.screen.fit) this.screen.fit(); };
    addEventListener("keydown", this.onKey, true);
    addEventListener("pointermove", this.onMove);
    addEventListener("resize", this.onSize);
    this.watch = new ResizeObserver((entries) => { for (const { target } of entries) fill(target); });
    this.ticking = setInterval(() => this.tick(), 1000);
  }

  end() {
    removeEventListener("keydown", this.onKey, true);
    removeEventListener("pointermove", this.onMove);
    removeEventListener("resize", this.onSize);
    clearInterval(this.ticking);
    clearTimeout(this.sleeping);
    clearTimeout(this.passing);
    this.watch.disconnect();
    this.root.remove();
  }

  tint(node, colour) {
    const palette = this.scene.colours[this.look];
    const shade = (at) => {
      const share = SHADES[Math.floor(at / palette.length) % SHADES.length];
      return share === 100 ? palette[at % palette.length] : `color-mix(in srgb, ${palette[at % palette.length]} ${share}%, var(--paper))`;
    };
    const set = (name, at) => {
      if (at === null || at === undefined) node.style.removeProperty(name);
      else node.style.setProperty(name, typeof at === "string" ? this.scene.tones[this.look][at] : shade(at));
    };
    set("--c", colour);
    set("--c2", "less");
  }

  dress() {
    let look = null;
    try { look = localStorage.getItem(LOOK); } catch { /* A browser may forbid it: then the look is that of the app. */ }
    this.look = look || this.scene.look;
    this.root.dataset.look = this.look;
  }

  draw({ data, setTriggerValue }) {
    this.send = setTriggerValue;
    if (this.beat !== data.beat) {
      this.beat = data.beat;
      this.heard = Date.now();
      this.away = false;
      say(this.lost, "");
    }
    this.pressed = this.pressed.filter((one) => one.n > data.done);
    if (this.scene && this.scene.key === data.key) return;
    if (!this.scene || this.scene.clock !== data.clock) this.offset = data.clock * 1000 - Date.now();
    this.scene = data;
    this.redraw();
    if (data.notice && data.notice.n !== this.noticed) this.pass(data.notice);
  }

  redraw() {
    const scene = this.scene;
    this.dress();
    this.root.lang = scene.lang;
    say(this.asked, scene.asked);
    say(this.rehearsal, scene.rehearsal);
    say(this.frozen, scene.frozen);
    this.note.replaceChildren(el("b", "", scene.note), document.createTextNode(scene.aside ? ` ${scene.aside}` : ""));
    say(this.turned, scene.turned);
    this.code.replaceChildren();
    this.code.hidden = !scene.corner;
    if (scene.corner) this.code.append(document.createTextNode(`${scene.corner.address} `), el("b", "", scene.corner.code));
    this.ask.setAttribute("aria-label", scene.help.title);
    this.show(scene.view);
    this.tick();
    if (!this.help.hidden) this.showHelp(true);
  }

  // What can be marked here without asking the server: only the browser knows which quotes there is room for.
  quotes() {
    return [...this.screen.querySelectorAll("blockquote")].filter((one) => one.key && !one.leaving && one.getClientRects().length);
  }

  mark(id, own) {
    if (id !== this.marked) {
      this.before = own ? id : this.marked;
      this.moved = Date.now();
      this.marked = id;
    }
    for (const quote of this.quotes()) {
      const here = Number(quote.key) === id;
      quote.classList.toggle("marked", here);
      if (here) quote.setAttribute("aria-current", "true"); else quote.removeAttribute("aria-current");
    }
  }

  // Along the quotes in sight; past the last one the key leads on.
  walk(key) {
    const quotes = this.quotes();
    const at = quotes.findIndex((one) => Number(one.key) === this.marked);
    const next = key === "right" ? at + 1 : at - 1;
    if (next < 0 || next >= quotes.length) return false;
    this.mark(Number(quotes[next].key), true);
    return true;
  }

  show(view) {
    const name = `${view.kind}-${view.part || ""}`;
    const kind = SCREENS[view.kind];
    if (!this.screen || this.screen.name !== name) {
      const first = !this.screen;
      if (this.screen) leave(this.screen);
      this.screen = el("section", `screen ${view.kind}${first ? "" : " come"}`);
      this.screen.name = name;
      kind.make(this.screen);
      this.body.append(this.screen);
    }
    kind.update(this.screen, view, this);
    const { held, marked } = this.scene;
    const stays = this.on === name && view.kind !== "wall" && this.quotes().some((one) => Number(one.key) === this.marked);
    this.mark(stays ? this.marked : marked, held || this.on !== name);
    this.on = name;
  }

  // Streamlit waits longer and longer before it calls again, and a room does not wait: once the server is back, the page is opened anew.
  async listen() {
    if (this.asking || Date.now() - this.heard < SILENCE) return;
    this.asking = true;
    try {
      const answer = await fetch(new URL("_stcore/health", document.baseURI), { cache: "no-store" });
      if (answer.ok && this.away) location.reload();
    } catch {
      this.away = true;
      say(this.lost, this.scene.lost);
    }
    this.asking = false;
  }

  tick() {
    if (this.scene) this.listen();
    const timer = this.scene && this.scene.timer;
    this.clock.hidden = !timer;
    if (!timer) return;
    const left = Math.round(timer.ends - (Date.now() + this.offset) / 1000);
    const [step, ring, time] = this.clock.children;
    say(step, timer.step);
    const minutes = Math.floor(Math.abs(left) / 60);
    const clock = `${left < 0 ? "+" : ""}${minutes}:${String(Math.abs(left) % 60).padStart(2, "0")}`;
    // Seconds hurry people: minutes do, but for the last two.
    say(time, left < 0 ? timer.over : left >= 120 ? timer.left.replace("{n}", Math.ceil(left / 60)) : clock);
    ring.lastChild.setAttribute("stroke-dashoffset", String(100 - 100 * Math.min(1, Math.max(0, left / timer.lasts))));
    this.clock.classList.toggle("over", left < 0);
  }

  pass(notice) {
    this.noticed = notice.n;
    say(this.toast, notice.text);
    clearTimeout(this.passing);
    this.passing = setTimeout(() => say(this.toast, ""), 4000);
  }

  wake() {
    this.root.classList.add("awake");
    clearTimeout(this.sleeping);
    this.sleeping = setTimeout(() => this.root.classList.remove("awake"), AWAKE);
  }

  showHelp(open) {
    this.help.hidden = !open;
    if (!open) return this.help.replaceChildren();
    const box = el("div");
    const list = el("ul");
    for (const [key, label, press] of this.scene.help.keys) {
      const [item, button] = [el("li"), el("button")];
      button.append(el("kbd", "", key), el("span", "", label));
      button.onclick = () => this.go(press);
      item.append(button);
      list.append(item);
    }
    box.append(el("h2", "", this.scene.help.title), list);
    this.help.replaceChildren(box);
  }

  key(event) {
    const from = event.composedPath()[0];
    if (event.ctrlKey || event.metaKey || event.altKey || (from.matches && from.matches("input, textarea, select"))) return;
    if (event.key === " " && from.matches && from.matches("button")) return;
    let press = KEYS[event.key];
    if (event.key === " " && event.shiftKey) press = "up";
    if (!press && event.key.length === 1 && LETTERS.includes(event.key.toLowerCase())) press = event.key.toLowerCase();
    if (press === "z" && event.shiftKey) press = "redo";
    if (event.key === "?") press = "?";
    if (event.key === "Escape" && !this.help.hidden) press = "?";
    if (!press) return;
    event.preventDefault();
    // Streamlit has keys of its own, which would run the page or clear what it keeps.
    event.stopImmediatePropagation();
    if (!(event.repeat && !["left", "right"].includes(press))) this.go(press);
  }

  go(key) {
    if (this.scene && !(["left", "right"].includes(key) && this.walk(key))) this.press(key);
  }

  // What somebody meant who presses now; nothing that there was no room for.
  meant() {
    const id = Date.now() - this.moved < REACTION ? this.before : this.marked;
    return this.scene.view.kind === "wall" || this.quotes().some((one) => Number(one.key) === id) ? id : null;
  }

  press(key, on = this.scene && this.meant()) {
    if (!this.scene) return;
    if (key === "?") return this.showHelp(this.help.hidden);
    if (key === "s") return document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
    if (key === "l") {
      try { localStorage.setItem(LOOK, this.look === "dark" ? "light" : "dark"); } catch { return; }
      return this.redraw();
    }
    // Until Python says that it did them they are sent again with the next: a fast hand loses none. What was pressed while the
    // server was away is not done later, when nobody thinks of it any more.
    this.pressed = this.pressed.filter((one) => one.n > Date.now() - PATIENCE);
    this.pressed.push({ n: Math.max(Date.now(), this.last ? this.last + 1 : 0), key, on });
    this.last = this.pressed.at(-1).n;
    this.send("keys", this.pressed);
    const n = this.last;
    setTimeout(() => { if (this.pressed.some((one) => one.n === n)) this.pass({ n, text: this.scene.lost }); }, PATIENCE);
  }
}

export default function (component) {
  const { parentElement } = component;
  let stage = stages.get(parentElement);
  if (!stage) {
    stage = new Stage(parentElement);
    stages.set(parentElement, stage);
  }
  stage.draw(component);
  return () => { stage.end(); stages.delete(parentElement); };
}
