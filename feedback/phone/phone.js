// Makes the page nicer; it works without. Texts come from the page, and are only ever set as text.
(() => {
  "use strict";
  const form = document.getElementById("form");
  if (!form) return;
  const page = document.body.dataset, say = JSON.parse(page.texts);
  const text = form.elements.text, nonce = form.elements.nonce, button = form.querySelector("button:not([type])");
  const said = document.getElementById("said"), news = document.getElementById("news"), count = document.getElementById("count");
  const key = "mee:" + page.code, label = button.textContent;
  const here = location.pathname + (/[?&]lang=/.test(location.search) ? "?lang=" + page.lang : "");
  let sending = false, timer = 0, tries = 0, renewed = 0, dirty = false;

  // A phone may forbid storage: then a reload loses what was not sent, and nothing else.
  const keep = (value) => { try { value ? localStorage.setItem(key, JSON.stringify(value)) : localStorage.removeItem(key); } catch (e) { /* forbidden */ } };
  const kept = () => { try { return JSON.parse(localStorage.getItem(key) || "null"); } catch (e) { return null; } };
  const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  const tell = (words, wait) => {
    said.textContent = words; said.classList.toggle("wait", !!wait);
    // With the keyboard up, the top of the page is out of sight.
    if (words) said.scrollIntoView({ block: "nearest" });
  };
  const problem = (words) => {
    let box = document.getElementById("problem");
    if (!words) { if (box) box.remove(); if (text) text.removeAttribute("aria-invalid"); return; }
    if (!box) {
      box = document.createElement("p");
      box.id = "problem"; box.className = "problem"; box.setAttribute("role", "alert");
      form.before(box);
    }
    box.textContent = words;
    if (text) text.setAttribute("aria-invalid", "true");
  };
  const lock = (on) => {
    sending = on;
    button.setAttribute("aria-disabled", String(on));
    button.textContent = on ? say.busy : label;
    if (text) text.readOnly = on;
  };
  const counted = () => {
    if (!text || !count) return;
    const left = Number(page.limit) - Array.from(text.value.trim()).length;
    count.classList.toggle("over", left < 0);
    count.textContent = fill(left < 0 ? say.over : say.left, { n: Math.abs(left) });
  };

  const send = async () => {
    clearTimeout(timer);
    lock(true);
    if (text) keep({ text: text.value, nonce: nonce.value, question: form.elements.question.value, pending: true });
    const stop = new AbortController(), limit = setTimeout(() => stop.abort(), 15000);
    let answer = null;
    try {
      const got = await fetch(here, {
        method: "POST", body: new URLSearchParams(new FormData(form)), signal: stop.signal, redirect: "error",
        headers: { Accept: "application/json" },
      });
      if (got.status < 500) answer = await got.json();
    } catch (e) { /* no connection: the same form goes again, and is stored once */ }
    clearTimeout(limit);
    if (answer && answer.ok) {
      tries = renewed = 0; dirty = false;
      nonce.value = answer.nonce;
      lock(false); problem(""); keep(null);
      // Emptied first, so that a second "received" is read out too.
      tell(""); setTimeout(() => tell(answer.said), 50);
      if (text) { text.value = ""; counted(); }
      const about = form.querySelector("details");
      if (about && text) about.remove();
      return;
    }
    if (answer && answer.nonce && renewed++ < 2) { nonce.value = answer.nonce; return send(); }
    if (answer && !answer.again) {
      lock(false); tell(""); problem(answer.problem);
      if (text) { keep({ text: text.value }); text.focus(); }
      return;
    }
    const seconds = answer ? answer.again : Math.min(15, 2 ** ++tries);
    problem("");
    tell(answer ? answer.problem : say.retry, true);
    timer = setTimeout(send, seconds * 1000);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!sending) send();
  });
  addEventListener("online", () => { if (sending) send(); });

  if (text) {
    const earlier = kept();
    if (earlier && !text.value) {
      text.value = earlier.text;
      if (earlier.pending) {
        nonce.value = earlier.nonce; form.elements.question.value = earlier.question;
        send();
      }
    }
    text.addEventListener("input", () => { counted(); keep(text.value.trim() ? { text: text.value } : null); });
    counted();
  }
  form.addEventListener("change", () => { dirty = true; });

  // Dots by thumb: minus, number, plus in the place of a list.
  const lists = Array.from(form.querySelectorAll("select[data-dots]"));
  const left = document.getElementById("left");
  if (lists.length) {
    const most = lists[0].options.length - 1, shown = [];
    const draw = () => {
      const rest = most - lists.reduce((sum, list) => sum + Number(list.value), 0);
      left.textContent = fill(say.dots, { n: rest, most });
      shown.forEach(([list, less, number, more]) => {
        number.textContent = list.value;
        less.setAttribute("aria-disabled", String(Number(list.value) <= 0));
        more.setAttribute("aria-disabled", String(rest <= 0));
      });
    };
    const made = (sign, words, act) => {
      const one = document.createElement("button");
      one.type = "button"; one.textContent = sign; one.setAttribute("aria-label", words);
      one.addEventListener("click", () => { if (one.getAttribute("aria-disabled") !== "true") { act(); dirty = true; draw(); } });
      return one;
    };
    lists.forEach((list) => {
      const name = list.labels[0].textContent, step = document.createElement("div"), number = document.createElement("output");
      const less = made("−", fill(say.fewer, { name }), () => { list.value = Number(list.value) - 1; });
      const more = made("+", fill(say.more, { name }), () => { list.value = Number(list.value) + 1; });
      step.className = "step"; step.setAttribute("role", "group"); step.setAttribute("aria-label", name);
      step.append(less, number, more);
      list.parentNode.append(step); list.parentNode.classList.add("live");
      shown.push([list, less, number, more]);
    });
    draw();
  }

  // Follows the room: another question or a vote comes by itself, unless somebody is typing.
  const other = () => {
    if (news.firstChild) return;
    const link = document.createElement("a"), words = document.createElement("span");
    words.textContent = say.news + " "; link.textContent = say.go; link.href = here;
    news.append(words, link);
  };
  const look = async () => {
    if (document.hidden) return;
    try {
      const got = await fetch(location.pathname + "/stand", { headers: { Accept: "application/json" } });
      if (got.status === 404 || got.status === 410) {
        if (text && text.value.trim()) return;
        return location.replace(here);
      }
      if (!got.ok || (await got.json()).key === page.key) return;
      if (sending || dirty || (text && text.value.trim())) other();
      else location.replace(here);
    } catch (e) { /* no connection: next time */ }
  };
  setInterval(look, 4000 + Math.random() * 400);
  addEventListener("pageshow", (event) => { if (event.persisted) look(); });
  if ("join" in page) {
    const hello = new URLSearchParams({ what: "join", nonce: nonce.value });
    fetch(here, { method: "POST", body: hello, headers: { Accept: "application/json" } }).catch(() => {});
  }
})();
