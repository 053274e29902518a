// The page of a graph.  What stands above "start" are functions of data alone, which tests call without a browser.
"use strict";

const MARGIN = 16, TITLE = 24; // around a graph inside a node, and above it
const GAP = 22, THREAD = 8, THREAD_GAP = 4, SWEEPS = 8; // as in layout.py
const READABLE = 0.75; // the smallest factor by which a picture is shown at first

// The picture with the graphs inside the nodes of `open` (a set of paths such as "3/0") unfolded.  A node that grows
// pushes the layers below it down; along the layers, places are chosen anew.
function arrange(picture, open, path = "") {
  const grown = picture.nodes.map((node, k) => {
    const own = path + k;
    if (!node.inner || !open.has(own)) return null;
    const inside = arrange(node.inner, open, own + "/");
    return { inside, width: Math.max(inside.width + 2 * MARGIN, node.width), height: inside.height + TITLE + 2 * MARGIN };
  });
  const taller = new Map();
  picture.nodes.forEach((node, k) => {
    if (grown[k]) taller.set(node.y, Math.max(taller.get(node.y) || 0, grown[k].height - node.height));
  });
  const down = (y) => [...taller].reduce((sum, [at, more]) => sum + (at < y ? more : at === y ? more / 2 : 0), y);
  const across = places(picture, picture.nodes.map((node, k) => (grown[k] || node).width));
  const nodes = picture.nodes.map((node, k) => {
    const { width, height } = grown[k] || node;
    return { node, path: path + k, x: across.nodes[k], y: down(node.y), width, height, inside: grown[k] && grown[k].inside };
  });
  const met = new Map(), order = picture.edges.map(({ target }) => {
    met.set(target, (met.get(target) || 0) + 1);
    return met.get(target);
  });
  const edges = picture.edges.map((edge, k) => {
    const from = nodes[edge.source], to = nodes[edge.target], among = met.get(edge.target);
    const gap = Math.min(14, (to.width - 16) / among);
    const points = [
      [from.x, from.y + from.height / 2],
      ...edge.points.slice(1, -1).map(([, y], i) => [across.edges[k][i], down(y)]),
      [to.x + (order[k] - (among + 1) / 2) * gap, to.y - to.height / 2],
    ];
    return { edge, points, label: along(points[points.length - 2], points[points.length - 1], order[k] / (among + 1)) };
  });
  const all_taller = [...taller.values()].reduce((sum, more) => sum + more, 0);
  return { nodes, edges, width: across.width, height: picture.height + all_taller };
}

// Where nodes of these widths, and the points that edges go through, stand along their layers: in the order that they have,
// as near to the means of their neighbours as widths allow.  See layout.py.
function places(picture, widths) {
  const x = picture.nodes.map((node) => node.x), y = picture.nodes.map((node) => node.y), all = [...widths];
  const edges = picture.edges.map((edge) => edge.points.slice(1, -1).map((point) => {
    [x[x.length], y[y.length]] = point;
    return all.push(THREAD) - 1;
  }));
  if (widths.some((width, k) => width !== picture.nodes[k].width)) {
    const near = x.map(() => [[], []]); // above and below
    picture.edges.forEach(({ source, target }, k) => {
      const chain = [source, ...edges[k], target];
      for (let i = 1; i < chain.length; i++) {
        near[chain[i]][0].push(chain[i - 1]);
        near[chain[i - 1]][1].push(chain[i]);
      }
    });
    const rows = new Map();
    x.forEach((_, k) => rows.has(y[k]) ? rows.get(y[k]).push(k) : rows.set(y[k], [k]));
    const layers = [...rows.keys()].sort((a, b) => a - b).map((at) => rows.get(at).sort((a, b) => x[a] - x[b]));
    for (let sweep = 0; sweep < SWEEPS; sweep++) {
      for (const row of sweep % 2 ? [...layers].reverse() : layers) {
        const wanted = row.map((k) => {
          const around = sweep === 0 ? [] : sweep >= SWEEPS - 2 ? near[k].flat() : near[k][sweep % 2];
          return around.length ? around.reduce((sum, other) => sum + x[other], 0) / around.length : x[k];
        });
        apart(wanted, row.map((k) => all[k])).forEach((at, i) => { x[row[i]] = at; });
      }
    }
  }
  const left = x.reduce((least, at, k) => Math.min(least, at - all[k] / 2), Infinity);
  const right = x.reduce((most, at, k) => Math.max(most, at + all[k] / 2), -Infinity);
  return {
    nodes: widths.map((_, k) => x[k] - left),
    edges: edges.map((own) => own.map((k) => x[k] - left)),
    width: x.length ? right - left : 0,
  };
}

// The numbers in this order that keep their distances and are nearest to those wanted, by least squares.
function apart(wanted, widths) {
  const pools = [], offsets = [];
  let offset = 0;
  wanted.forEach((target, k) => {
    const last = k ? widths[k - 1] : 0, gap = Math.max(last, widths[k]) > THREAD ? GAP : THREAD_GAP;
    offset += k ? last / 2 + gap + widths[k] / 2 : 0;
    offsets.push(offset);
    let mean = target - offset, count = 1;
    while (pools.length && pools[pools.length - 1][0] > mean) {
      const [other, others] = pools.pop();
      mean = (mean * count + other * others) / (count + others);
      count += others;
    }
    pools.push([mean, count]);
  });
  return pools.flatMap(([mean, count]) => Array(count).fill(mean)).map((mean, k) => mean + offsets[k]);
}

// Where the label of an edge stands: of several that meet at one node, each at a height of its own.
function along([x0, y0], [x1, y1], part) {
  const t = 0.05 + 0.95 * part, s = 1 - t, middle = (y0 + y1) / 2;
  return [s * s * s * x0 + 3 * s * s * t * x0 + 3 * s * t * t * x1 + t * t * t * x1,
          s * s * s * y0 + 3 * s * s * t * middle + 3 * s * t * t * middle + t * t * t * y1];
}

// A smooth line through points, going down.
function curve(points) {
  let text = `M${points[0][0]},${points[0][1]}`;
  for (let k = 1; k < points.length; k++) {
    const [x0, y0] = points[k - 1], [x1, y1] = points[k], middle = (y0 + y1) / 2;
    text += ` C${x0},${middle} ${x1},${middle} ${x1},${y1}`;
  }
  return text;
}

// Paths of the nodes, those inside others too, in whose texts all words occur; first those with the first word in their labels.
function search(picture, words) {
  const wanted = words.toLowerCase().split(/\s+/).filter((word) => word);
  if (!wanted.length) return [];
  const first = (path) => has_first_word(at(picture, path), words);
  return matching(picture, wanted).sort((a, b) => first(b) - first(a));
}

function has_first_word(node, words) {
  return node.label.toLowerCase().includes(words.trim().toLowerCase().split(/\s+/)[0]);
}

// The node of a path.
function at(picture, path) {
  return path.split("/").reduce((graph, k) => (graph.inner || graph).nodes[+k], picture);
}

function matching(picture, wanted, path = "") {
  return picture.nodes.flatMap((node, k) => {
    const place = node.place.file ? `${node.place.file}:${node.place.line} ${node.place.source}` : "";
    const text = [node.label, node.below, node.kind, place, ...node.facts.map(([, fact]) => fact)].join(" ").toLowerCase();
    const own = wanted.every((word) => text.includes(word)) ? [path + k] : [];
    return node.inner ? [...own, ...matching(node.inner, wanted, path + k + "/")] : own;
  });
}

// Paths of all nodes that have a graph inside.
function foldable(picture, path = "") {
  return picture.nodes.flatMap((node, k) => (node.inner ? [path + k, ...foldable(node.inner, path + k + "/")] : []));
}

// The paths of the nodes around that of a path: "3/0/2" has "3" and "3/0".
function around(path) {
  const parts = path.split("/");
  return parts.slice(0, -1).map((_, k) => parts.slice(0, k + 1).join("/"));
}

// Fill and border of a node: those of its kind, or by its share of the time from white to red.
function colours(node, by_time, kinds) {
  if (!by_time) return kinds[node.kind];
  if (node.seconds === null) return ["#f6f6f6", "#c4c4c4"];
  const part = Math.sqrt(node.share), mix = (low, high) => Math.round(low + (high - low) * part);
  return [`rgb(${mix(255, 238)},${mix(250, 106)},${mix(240, 80)})`, "#b08d80"];
}

// What is to be seen so that a box of this width and height fits into a window: factor and shift.  Where that factor would
// be below `smallest`, the box's upper part is seen.
function fitted(width, height, window_width, window_height, smallest = 0) {
  const whole = Math.min(1.4, (window_width - 40) / Math.max(width, 1), (window_height - 40) / Math.max(height, 1));
  const scale = Math.max(whole, smallest);
  return { scale, x: (window_width - width * scale) / 2, y: Math.max(20, (window_height - height * scale) / 2) };
}

// The same view, `factor` times as large, where the point (x, y) of the window stays.
function zoomed(view, factor, x, y) {
  const scale = Math.min(8, Math.max(0.02, view.scale * factor)), real = scale / view.scale;
  return { scale, x: x - (x - view.x) * real, y: y - (y - view.y) * real };
}

function start(document, data) {
  const svg_name = "http://www.w3.org/2000/svg";
  const find = (id) => document.getElementById(id);
  const svg = find("graph"), notice = find("notice"), details = find("details"), box = find("search"), count = find("count");
  const make = (name, attributes, parent, text) => {
    const made = document.createElementNS(svg_name, name);
    for (const key in attributes) made.setAttribute(key, attributes[key]);
    if (text !== undefined) made.textContent = text;
    if (parent) parent.appendChild(made);
    return made;
  };
  const scene = make("g", { id: "scene" }, svg);
  const state = { which: "after", by_time: false, open: new Set(), chosen: null, found: [], next: 0, view: { scale: 1, x: 0, y: 0 } };
  const picture = () => data[state.which];
  let drawn = null, boxes = new Map();

  function show_view() {
    scene.setAttribute("transform", `translate(${state.view.x},${state.view.y}) scale(${state.view.scale})`);
    svg.classList.toggle("far", state.view.scale < 0.45);
  }

  function draw_graph(arranged, parent) {
    const lines = make("g", {}, parent), titles = make("g", {}, parent);
    for (const { edge, points, label } of arranged.edges) {
      const own = make("g", { class: "edge" }, lines);
      make("path", { d: curve(points), "marker-end": "url(#arrow)" }, own);
      make("text", { x: label[0], y: label[1] + 3 }, own, edge.label);
      make("title", {}, own, edge.full);
      own.dataset.source = arranged.nodes[edge.source].path;
      Object.assign(own.dataset, { label: edge.label, full: edge.full });
      own.dataset.target = arranged.nodes[edge.target].path;
    }
    for (const { node, path, x, y, width, height, inside } of arranged.nodes) {
      const [fill, border] = colours(node, state.by_time && state.which === "after", data.kinds);
      const own = make("g", { class: "node", transform: `translate(${x - width / 2},${y - height / 2})` }, titles);
      own.dataset.path = path;
      make("rect", { width, height, rx: 6, fill: inside ? "#fffdf5" : fill, stroke: border }, own);
      if (inside) {
        make("text", { x: 12, y: 17, class: "frame" }, own, `−  ${node.label}  ${node.below}`);
        const room = make("g", { class: "inside", transform: `translate(${(width - inside.width) / 2},${TITLE + MARGIN})` }, own);
        draw_graph(inside, room);
      } else {
        const middle = { x: width / 2, "text-anchor": "middle" };
        make("text", { ...middle, y: node.below ? 17 : 17.5 }, own, node.inner ? `+ ${node.label}` : node.label);
        if (node.below) make("text", { ...middle, y: 32, class: "below" }, own, node.below);
      }
      make("title", {}, own, [node.label, ...node.facts.map((fact) => fact.join(": "))].join("\n"));
      boxes.set(path, own);
    }
  }

  function draw() {
    scene.textContent = "";
    boxes = new Map();
    drawn = arrange(picture(), state.open);
    draw_graph(drawn, scene);
    mark();
    const left = picture().left_out;
    notice.textContent = left ? `${left} applications far from the outputs are not shown` : "";
    for (const [id, on] of [["before", state.which === "before"], ["after", state.which === "after"], ["time", state.by_time]])
      find(id).setAttribute("aria-pressed", on);
    find("time").hidden = !data.profiled || state.which === "before"; // nothing is measured of what is not carried out
  }

  function mark() {
    const found = new Set(state.found);
    for (const [path, own] of boxes) {
      own.classList.toggle("found", found.has(path));
      own.classList.toggle("by_label", found.has(path) && has_first_word(at(picture(), path), box.value));
      own.classList.toggle("chosen", path === state.chosen);
    }
    for (const own of svg.querySelectorAll(".edge")) {
      const touches = state.chosen !== null && [own.dataset.source, own.dataset.target].includes(state.chosen);
      own.classList.toggle("chosen", touches);
      own.querySelector("text").textContent = own.dataset[touches ? "full" : "label"];
    }
    count.textContent = box.value.trim() ? `${state.found.length} found` : "";
  }

  function choose(path) {
    state.chosen = path;
    mark();
    details.textContent = "";
    const add = (name, text) => {
      const made = document.createElement(name);
      made.textContent = text;
      details.appendChild(made);
      return made;
    };
    if (path === null) {
      add("p", "Click a node for its types and for the line that made it. Double-click a node with + to unfold it.").className = "hint";
      return;
    }
    const node = at(picture(), path);
    add("h2", node.label);
    if (node.place.file) {
      add("dt", `made at ${node.place.file}:${node.place.line}, in ${node.place.function}`);
      if (node.place.source) add("pre", node.place.source);
    }
    for (const [name, text] of node.facts) { add("dt", name); add("dd", text); }
    if (node.inner) {
      const button = add("button", state.open.has(path) ? "fold" : "unfold the graph inside");
      button.id = "unfold";
      button.onclick = () => { toggle(path); choose(path); };
    }
  }

  function toggle(path) {
    if (!at(picture(), path).inner) return;
    if (!state.open.delete(path)) state.open.add(path);
    draw();
  }

  function centre(path) {
    const own = boxes.get(path);
    if (!own) return;
    const at = own.getBoundingClientRect(), window_box = svg.getBoundingClientRect();
    state.view.x += window_box.left + window_box.width / 2 - (at.left + at.width / 2);
    state.view.y += window_box.top + window_box.height / 2 - (at.top + at.height / 2);
    show_view();
  }

  function fit(smallest) {
    const { width, height } = svg.getBoundingClientRect();
    state.view = fitted(drawn.width, drawn.height, width, height, smallest);
    show_view();
  }

  function look() {
    state.found = search(picture(), box.value);
    state.next = 0;
    for (const path of state.found) for (const outer of around(path)) state.open.add(outer);
    draw();
    if (state.found.length) centre(state.found[0]);
  }

  function show(which) {
    Object.assign(state, { which, open: new Set(), chosen: null });
    state.found = search(picture(), box.value);
    draw();
    choose(null);
    fit(READABLE);
  }

  box.oninput = look;
  box.onkeydown = (event) => {
    if (event.key !== "Enter" || !state.found.length) return;
    state.next = (state.next + 1) % state.found.length;
    centre(state.found[state.next]);
    choose(state.found[state.next]);
  };
  find("before").onclick = () => show("before");
  find("after").onclick = () => show("after");
  find("time").onclick = () => { state.by_time = !state.by_time; draw(); };
  find("unfold_all").onclick = () => { state.open = new Set(foldable(picture())); draw(); fit(READABLE); };
  find("fold_all").onclick = () => { state.open = new Set(); draw(); fit(READABLE); };
  find("fit").onclick = () => fit(0);
  const zoom_middle = (factor) => {
    const { width, height } = svg.getBoundingClientRect();
    state.view = zoomed(state.view, factor, width / 2, height / 2);
    show_view();
  };
  find("larger").onclick = () => zoom_middle(1.3);
  find("smaller").onclick = () => zoom_middle(1 / 1.3);
  svg.addEventListener("wheel", (event) => {
    event.preventDefault();
    const at = svg.getBoundingClientRect();
    state.view = zoomed(state.view, Math.exp(-event.deltaY / 400), event.clientX - at.left, event.clientY - at.top);
    show_view();
  }, { passive: false });
  let held = null;
  svg.addEventListener("pointerdown", (event) => { held = { x: event.clientX, y: event.clientY, view: state.view, moved: false }; });
  svg.addEventListener("pointermove", (event) => {
    if (!held || !event.buttons) return;
    const dx = event.clientX - held.x, dy = event.clientY - held.y;
    if (Math.abs(dx) + Math.abs(dy) > 4) held.moved = true;
    if (held.moved) { state.view = { ...held.view, x: held.view.x + dx, y: held.view.y + dy }; show_view(); }
  });
  svg.addEventListener("click", (event) => {
    if (held && held.moved) return;
    const own = event.target.closest(".node");
    choose(own ? own.dataset.path : null);
  });
  svg.addEventListener("dblclick", (event) => {
    const own = event.target.closest(".node");
    if (own) toggle(own.dataset.path);
  });
  for (const id of ["before", "after"]) find(id).hidden = !data.before;
  find("unfold_all").hidden = find("fold_all").hidden = !foldable(data.after).length && !(data.before && foldable(data.before).length);
  const legend = find("legend");
  const used = new Set([...data.after.nodes, ...(data.before ? data.before.nodes : [])].map((node) => node.kind));
  for (const kind in data.kinds) {
    if (!used.has(kind)) continue;
    const own = document.createElement("span"), mark_of = document.createElement("i");
    [mark_of.style.background, mark_of.style.borderColor] = data.kinds[kind];
    own.append(mark_of, kind);
    legend.appendChild(own);
  }
  draw();
  choose(null);
  fit(READABLE);
}
