// The screens of the beamer: each makes its nodes once, and updates them with every scene.
const SCREENS = {
  words: {
    make(screen) { screen.append(el("p", "empty")); },
    update(screen, scene) { say(screen.firstChild, scene.text); },
  },
  join: {
    make(screen) {
      const [qr, how] = [el("div", "qr"), el("div", "how")];
      how.append(el("p", "lead"), el("p", "address"), el("p", "lead"), el("p", "giant"), el("p", "joined"), el("div", "people"), el("p", "warning"));
      screen.append(qr, how);
    },
    update(screen, scene) {
      const [qr, how] = screen.children;
      qr.hidden = !scene.qr;
      if (scene.qr && qr.drawn !== scene.qr.path) {
        qr.drawn = scene.qr.path;
        const box = svg("svg", { viewBox: `0 0 ${scene.qr.size} ${scene.qr.size}`, role: "img", "aria-label": scene.qr.label });
        box.append(svg("path", { d: scene.qr.path, stroke: "#000", "stroke-width": 1, "shape-rendering": "crispEdges" }));
        qr.replaceChildren(box);
      }
      const texts = [scene.go, scene.address, scene.type, scene.code, scene.joined, null, scene.warning];
      texts.forEach((text, at) => { if (text !== null) say(how.children[at], text); });
      crowd(how.children[5], scene.phones, scene.phones);
    },
  },
  wall: {
    make(screen) { screen.append(el("div", "notes")); },
    update(screen, scene, stage) {
      const notes = screen.firstChild;
      notes.style.setProperty("--rows", scene.rows);
      const make = () => {
        const card = el("article", "note-card");
        card.append(el("p"), el("span", "pin", "★"));
        card.onclick = () => stage.press("mark", Number(card.key));
        return card;
      };
      keep(notes, scene.notes, make, (card, item) => {
        card.style.setProperty("--row", Math.floor(item.cell / 2) + 1);
        card.style.setProperty("--column", (item.cell % 2) + 1);
        stage.tint(card, item.colour);
        card.classList.toggle("marked", item.marked);
        if (item.marked) card.setAttribute("aria-current", "true"); else card.removeAttribute("aria-current");
        say(card.firstChild, item.text);
        card.lastChild.hidden = !item.pinned;
      }, { moves: true });
      screen.fit = () => { for (const card of notes.children) if (!card.leaving) fit(card.firstChild, [...(scene.rows < 3 ? [4.6] : []), 3.6, 3, 2.6, 2.3]); };
      screen.fit();
    },
  },
  themes: {
    make(screen) {
      for (let at = 0; at < 3; at++) screen.append(el("div", "row"));
    },
    update(screen, scene, stage) {
      const make = (item, first) => {
        const group = el("article", "group");
        const inside = el("div", "in");
        const size = el("div", "size");
        const told = el("p", "facts");
        told.append(el("span"), el("span", "more"));
        size.append(el("div", "dots"), told);
        inside.append(el("h2"), size, el("div", "said-of"));
        group.append(inside);
        if (!first) group.classList.add("new");
        return group;
      };
      for (let at = 0; at < 3; at++) {
        const [row, groups] = [screen.children[at], scene.groups.filter((one) => one.row === at)];
        row.style.setProperty("--grow", scene.heights[at]);
        keep(row, groups, make, (group, item) => {
          const inside = group.firstChild;
          stage.tint(group, item.colour);
          group.style.setProperty("--grow", item.grow);
          if (group.classList.contains("new")) requestAnimationFrame(() => requestAnimationFrame(() => group.classList.remove("new")));
          say(inside.children[0], item.name);
          const [spots, told] = inside.children[1].children;
          dots(spots, item.dots, item.weak);
          item.facts.forEach((text, at) => say(told.children[at], text));
          quotes(inside.children[2], item.quotes);
          stage.watch.observe(group);
          fill(group);
        });
      }
    },
  },
  focus: {
    make(screen) { screen.append(el("h2", "headline"), el("p", "under"), el("div", "dots"), el("div", "said")); },
    update(screen, scene, stage) {
      const [name, under, spots, said] = screen.children;
      stage.tint(screen, scene.colour);
      say(name, scene.name);
      say(under, scene.facts);
      dots(spots, scene.dots, scene.weak);
      quotes(said, scene.quotes);
    },
  },
  areas: {
    make(screen) { screen.append(el("div", "cards")); },
    update(screen, scene, stage) {
      const cards = screen.firstChild;
      cards.style.setProperty("--rows", scene.rows);
      cards.style.setProperty("--columns", scene.columns);
      keep(cards, scene.areas, () => {
        const card = el("article", "card");
        const head = el("h2");
        head.append(el("span"), el("span"));
        card.append(head, el("ul", "bars"), el("p", "rest"));
        return card;
      }, (card, item) => {
        say(card.children[0].children[0], item.name);
        say(card.children[0].children[1], item.facts);
        bars(card.children[1], item.themes, stage);
        say(card.children[2], item.rest);
      }, { moves: true });
    },
  },
  vote: {
    make(screen) {
      const turnout = el("div", "turnout");
      turnout.append(el("span"), el("span", "people"));
      screen.append(el("h2", "headline"), el("p", "lead"), el("ul", "options"), turnout);
    },
    update(screen, scene, stage) {
      const [headline, lead, options, turnout] = screen.children;
      say(headline, scene.title);
      say(lead, scene.how);
      options.style.setProperty("--columns", scene.options.length > 6 ? 2 : 1);
      options.style.setProperty("--type", scene.options.length > 6 ? 2.6 : 3.2);
      keep(options, scene.options, () => { const item = el("li"); item.append(el("span", "dot"), el("span")); return item; }, (node, item) => {
        stage.tint(node, item.colour);
        say(node.children[1], item.name);
      });
      say(turnout.children[0], scene.turnout);
      crowd(turnout.children[1], scene.joined, scene.voted);
    },
  },
  result: {
    make(screen) {
      const ends = el("p", "ends");
      ends.append(el("span"), el("span"));
      screen.append(el("h2", "headline"), el("p", "figure"), el("ul", "bars"), ends, el("p", "lead"));
      screen.classList.add("vote");
    },
    update(screen, scene, stage) {
      const [headline, figure, list, ends, lead] = screen.children;
      say(headline, scene.title);
      say(figure, scene.figure);
      bars(list, scene.bars, stage);
      ends.hidden = !scene.ends;
      (scene.ends || ["", ""]).forEach((text, at) => say(ends.children[at], text));
      say(lead, scene.lead);
      screen.classList.toggle("scale", Boolean(scene.figure));
    },
  },
  regroup: {
    make(screen) { screen.append(el("h2", "headline"), el("p", "lead"), el("ul", "moves")); },
    update(screen, scene, stage) {
      say(screen.children[0], scene.title);
      say(screen.children[1], scene.lead);
      keep(screen.children[2], scene.moves, () => {
        const move = el("li", "move");
        const arrow = el("div", "arrow");
        const picture = svg("svg", { viewBox: "0 0 70 24", "aria-hidden": "true" });
        picture.append(svg("path", { d: "M2 12h62m-10-9 10 9-10 9" }));
        arrow.append(el("span"), picture);
        const box = () => { const node = el("div", "box"); node.append(el("span"), el("small")); return node; };
        move.append(box(), arrow, box(), el("blockquote"));
        return move;
      }, (move, item) => {
        const [before, arrow, after, quote] = move.children;
        for (const [box, side] of [[before, item.before], [after, item.after]]) {
          stage.tint(box, side.colour);
          say(box.children[0], side.name);
          say(box.children[1], side.note);
        }
        say(arrow.firstChild, item.count);
        say(quote, item.quote);
      });
    },
  },
  podium: {
    make(screen) { screen.append(el("h2", "headline"), el("div", "places")); },
    update(screen, scene, stage) {
      say(screen.children[0], scene.title);
      screen.children[1].style.setProperty("--n", Math.max(3, scene.places.length));
      keep(screen.children[1], scene.places, () => {
        const place = el("div", "place");
        place.append(el("p", "name"), el("p", "label"), el("p", "block"));
        return place;
      }, (place, item, at) => {
        stage.tint(place, item.colour);
        place.style.setProperty("--order", [3, 2, 4, 1, 5][at]);
        place.style.setProperty("--high", `${[58, 42, 30][item.place - 1]}%`);
        say(place.children[0], item.name);
        say(place.children[1], item.label);
        say(place.children[2], item.place);
      });
    },
  },
  list: {
    make(screen) { screen.append(el("h2", "headline"), el("ul", "items")); },
    update(screen, scene, stage) {
      say(screen.children[0], scene.title);
      keep(screen.children[1], scene.items, () => {
        const item = el("li");
        const under = el("p", "under");
        under.append(el("b", "kind"), el("span", "who"));
        item.append(el("p", "name"), el("p", "text"), under);
        return item;
      }, (node, item) => {
        stage.tint(node, item.colour);
        const [name, text, under] = node.children;
        say(name, item.name);
        say(text, item.text);
        say(under.children[0], item.kind);
        say(under.children[1], item.who);
      });
      screen.fit = () => tighten(screen.children[1]);
      screen.fit();
    },
  },
};
