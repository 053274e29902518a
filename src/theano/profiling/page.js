"use strict";

const profile = JSON.parse(document.getElementById("profile").textContent);
const NARROW = 0.0007; // of the chart's width: bars below are drawn as one
const SPREAD = 500; // of those, drawn where that one is zoomed to
const ROW = 24; // pixels
const MOST_ROWS = 1000; // of a table, so that browsers draw it at once

// -- text ---------------------------------------------------------------------------------------------------------------

const scaled = (x, base, units) => {
  let k = 0;
  while (Math.abs(x) >= base && k < units.length - 1) { x /= base; k += 1; }
  return `${k === 0 ? Math.round(x) : x.toPrecision(3)} ${units[k]}`;
};
const time = (s) => s === 0 ? "0 s" : s >= 1 ? `${s.toPrecision(4)} s` : scaled(s * 1e9, 1000, ["ns", "µs", "ms", "s"]);
const size = (n) => n ? scaled(n, 1024, ["B", "KiB", "MiB", "GiB", "TiB"]) : "";
const count = (n) => n.toLocaleString("en");
const percent = (part, whole) => whole ? `${(100 * part / whole).toFixed(1)} %` : "";
const rate = (x) => x ? x.toPrecision(3) : "";
const file_name = (path) => path.split(/[\\/]/).pop();
const place = (node) => node.file ? `${file_name(node.file)}:${node.line}` : "";
const distinct = (texts) => [...new Set(texts.filter(Boolean))];

/** An op in few letters: Elemwise{tanh,no_inplace} is tanh, AbstractConv2d{...} its class. */
const short = (op) => {
  const elementwise = /^Elemwise\{(\w+(\{\w+\})?)/.exec(op);
  return elementwise ? elementwise[1] : op.length > 32 ? op.replace(/\{.*/, "") : op;
};

// -- trees ----------------------------------------------------------------------------------------------------------------

/** Bars: name, color, seconds, calls, facts (pairs of words), source (a line of text), parts. */
const bar = (name, color, seconds, calls, more = {}) =>
  ({ name, color, seconds, calls, facts: [], source: "", parts: [], ...more });

const longest_first = (bars) => bars.sort((a, b) => b.seconds - a.seconds);

const step_bars = profile.steps.map((step) => {
  const lines = distinct(step.nodes.map(place));
  const name = `${step.kind}: ${distinct(step.nodes.map((n) => short(n.op))).join(", ")}`;
  const facts = [
    ["read", size(step.bytes_read)], ["written", size(step.bytes_written)],
    ["GB/s", rate(step.gigabytes_per_second)], ["Gflop/s", rate(step.gigaflops)],
    ["temporaries", size(step.temporary_bytes)], ["way", step.note],
  ];
  return bar(lines.length ? `${name}  [${lines.join(", ")}]` : name, step.kind, step.seconds, step.calls, { facts, step });
});
profile.steps.forEach((step, k) => {
  const around = step_bars[k], nodes = step.nodes;
  if (step.within >= 0) step_bars[step.within].parts.push(around);
  if (step.kind === "scan" || step.kind === "branch") { // its parts are the steps inside
    around.source = nodes.map((n) => n.source).find(Boolean) || "";
    return;
  }
  around.parts = nodes.map((node) => bar(
    `${short(node.op)}  ${place(node)}  ${node.source || ""}`, "application", step.seconds * node.share, step.calls, {
      source: node.source || "", node,
      facts: [["application", node.text], ["line", node.file ? `${node.file}:${node.line} in ${node.function}` : ""],
        ["share of its step", nodes.length > 1 ? `${percent(node.share, 1)}, by the cost of its function` : ""]],
    }));
});
step_bars.forEach((around) => longest_first(around.parts));

const function_bars = profile.functions.map((fn, k) => bar(fn.name, "function", fn.seconds, fn.calls, {
  parts: longest_first(step_bars.filter((_, s) => profile.steps[s].within < 0 && profile.steps[s].function === k)),
  facts: [["outputs", size(fn.output_bytes)], ["temporaries", size(fn.temporary_bytes)]],
}));
const calls = function_bars.length === 1 ? function_bars[0]
  : bar(profile.message || "all functions", "function", profile.seconds, profile.calls, { parts: longest_first(function_bars) });

const phase_bar = (phase, depth) => bar(
  phase.changes > 0 ? `${phase.name}  (${phase.changes} changes)` : phase.name, depth < 3 ? "phase" : "rule", phase.seconds, phase.calls, {
    facts: [["changes", phase.changes === undefined ? "" : count(phase.changes)]], phase,
    parts: longest_first((phase.parts || []).map((part) => phase_bar(part, depth + 1))),
  });
const compiling = phase_bar(profile.compile, 0);

// -- elements -------------------------------------------------------------------------------------------------------------

const element = (tag, text = "", settings = {}) =>
  Object.assign(document.createElement(tag), { textContent: text }, settings);
const by_id = (id) => document.getElementById(id);
const hover = by_id("hover");

function show_hover(event, found, root, parent) {
  const rows = [
    ["calls", count(found.calls)], ["time", time(found.seconds)],
    ["each call", found.calls > 1 ? time(found.seconds / found.calls) : ""],
    ["share of all", percent(found.seconds, root.seconds)],
    ["share of what is above", parent && parent !== root ? percent(found.seconds, parent.seconds) : ""], ...found.facts,
  ];
  const list = element("dl");
  for (const [word, said] of rows) if (said) list.append(element("dt", word), element("dd", said));
  hover.replaceChildren(element("b", found.name), ...(found.source ? [element("code", found.source)] : []), list);
  hover.hidden = false;
  move_hover(event);
}

function move_hover(event) {
  const box = event.target.getBoundingClientRect();
  const x = event.clientX ?? box.left, y = event.clientY ?? box.bottom;
  hover.style.left = `${Math.max(4, Math.min(x + 14, innerWidth - hover.offsetWidth - 8))}px`;
  hover.style.top = `${y + 18 + hover.offsetHeight > innerHeight ? Math.max(4, y - hover.offsetHeight - 12) : y + 18}px`;
}

/** Draws a tree into an element; what is returned zooms it to one of its bars. */
function chart(into, root) {
  const parents = new Map([[root, null]]);
  for (const found of parents.keys()) for (const part of found.parts) parents.set(part, found);

  /** The parts of a bar that has ``width``; those that are too narrow are gathered in one more, which can be zoomed to. */
  function drawn_parts(found, width, whole) {
    const wide = (part, k) => width * part.seconds >= NARROW * whole || (found.gathers && k < SPREAD);
    const narrow = found.parts.filter((part, k) => !wide(part, k));
    if (narrow.length < 2) return found.parts;
    const sum = (key) => narrow.reduce((so_far, part) => so_far + part[key], 0);
    const others = bar(`${narrow.length} others`, "application", sum("seconds"), sum("calls"), { parts: narrow, gathers: true });
    parents.set(others, found);
    return [...found.parts.filter(wide), others];
  }

  function draw(focus) {
    const above = [];
    for (let found = parents.get(focus); found; found = parents.get(found)) above.unshift(found);
    const bars = above.map((found, row) => [found, 0, 1, row, "outer"]);
    let last = above.length;
    const waiting = [[focus, 0, 1, above.length]];
    while (waiting.length) {
      const [found, left, width, row] = waiting.pop();
      bars.push([found, left, width, row, ""]);
      last = Math.max(last, row);
      const whole = Math.max(found.seconds, found.parts.reduce((sum, part) => sum + part.seconds, 0));
      let begin = left;
      for (const part of found.gathers && found !== focus ? [] : drawn_parts(found, width, whole)) {
        const share = whole ? width * part.seconds / whole : 0;
        if (share >= NARROW) waiting.push([part, begin, share, row + 1]);
        begin += share;
      }
    }
    bars.sort((a, b) => a[3] - b[3] || a[1] - b[1]); // as one reads, and as the Tab key goes
    into.style.height = `${(last + 1) * ROW}px`;
    into.replaceChildren(...bars.map(([found, left, width, row, kind]) => {
      const thin = width < 0.003 ? "hair" : width < 0.02 ? "thin" : ""; // without text; without an edge
      const drawn = element("button", thin ? "" : found.name, { className: `${kind} ${thin}` });
      drawn.setAttribute("aria-label", `${found.name}, ${time(found.seconds)}`);
      Object.assign(drawn.style, {
        left: `${100 * left}%`, width: `${100 * width}%`, top: `${row * ROW}px`, background: `var(--${found.color}, var(--application))`,
      });
      drawn.onclick = () => { hover.hidden = true; draw(found); };
      drawn.onmouseenter = drawn.onfocus = (event) => show_hover(event, found, root, parents.get(found));
      drawn.onmousemove = move_hover;
      drawn.onmouseleave = drawn.onblur = () => { hover.hidden = true; };
      return drawn;
    }));
  }

  draw(root);
  addEventListener("keydown", (event) => { if (event.key === "Escape") { hover.hidden = true; draw(root); } });
  return (found) => { draw(found); into.scrollIntoView({ block: "center" }); };
}

// -- tables ---------------------------------------------------------------------------------------------------------------

/** A column: its head, its value in a row, how that is written, and its class; numbers are sorted downwards first. */
const number = (head, value, written = String) => ({ head, value, written, kind: "number" });
const words = (head, value, kind = "text") => ({ head, value, written: String, kind });
const shared = (whole) => [
  number("share", (r) => r.seconds, (s) => percent(s, whole)), number("time", (r) => r.seconds, time),
  number("calls", (r) => r.calls, count),
];
const each = number("each call", (r) => r.calls ? r.seconds / r.calls : 0, time);

function lines_of(applications) {
  const found = new Map();
  for (const { node, seconds, calls: runs } of applications) {
    const key = node.file ? `${node.file}:${node.line}` : "";
    const row = found.get(key) || { seconds: 0, calls: 0, applications: 0, node };
    found.set(key, row);
    row.seconds += seconds;
    row.calls = Math.max(row.calls, runs);
    row.applications += 1;
  }
  return [...found.values()];
}

function paths_of(found, before, rows) {
  for (const part of found.parts) {
    const path = [...before, part.phase.name];
    rows.push({ seconds: part.seconds, calls: part.calls, changes: part.phase.changes ?? 0, path: path.join(" > "), bar: part });
    paths_of(part, path, rows);
  }
  return rows;
}

const applications = step_bars.flatMap((around) => around.step.nodes.map((node) => ({
  node, seconds: around.seconds * node.share, calls: around.calls, inside: around.step.within >= 0,
  bar: around.parts.find((part) => part.node === node) || around,
})));
const VIEWS = {
  Steps: { zoom: "calls", rows: step_bars.map((found) => ({ ...found.step, bar: found })), columns: [
    ...shared(calls.seconds), each,
    number("read", (r) => r.bytes_read, size), number("written", (r) => r.bytes_written, size),
    number("GB/s", (r) => r.gigabytes_per_second, rate), number("Gflop/s", (r) => r.gigaflops, rate),
    words("kind", (r) => r.within < 0 ? r.kind : `${r.kind}, in ${profile.steps[r.within].kind}`, "place"),
    words("applications", (r) => r.nodes.map((n) => short(n.op)).join(", ") + (r.note ? ` (${r.note})` : "")),
    words("lines", (r) => distinct(r.nodes.map(place)).join(", "), "lines"),
  ] },
  Applications: { zoom: "calls", rows: applications, columns: [
    ...shared(calls.seconds), each, words("application", (r) => r.node.text), words("line", (r) => place(r.node), "place"),
    words("source", (r) => r.node.source || ""),
  ] },
  Lines: { rows: lines_of(applications.filter((r) => !r.inside)), columns: [
    ...shared(calls.seconds), number("applications", (r) => r.applications), words("line", (r) => place(r.node), "place"),
    words("source", (r) => r.node.source || ""),
  ] },
  Compiling: { zoom: "compile", rows: paths_of(compiling, [], []), columns: [
    ...shared(compiling.seconds), number("changes", (r) => r.changes, (n) => n ? count(n) : ""), words("phase", (r) => r.path),
  ] },
};

const zoom_to = { calls: chart(by_id("calls"), calls), compile: chart(by_id("compile"), compiling) };

function show_table(name, sorted = 1, downwards = true) {
  const { rows, columns, zoom } = VIEWS[name];
  by_id("views").replaceChildren(...Object.keys(VIEWS).map((other) => {
    const button = element("button", `${other} (${VIEWS[other].rows.length})`, { onclick: () => show_table(other) });
    button.setAttribute("aria-pressed", String(other === name));
    return button;
  }));
  const heads = element("tr");
  heads.append(...columns.map((column, k) => {
    const again = () => show_table(name, k, k === sorted ? !downwards : column.kind === "number");
    const head = element("th", column.head, { className: column.kind, scope: "col", tabIndex: 0, onclick: again });
    head.onkeydown = (event) => { if (event.key === "Enter") again(); };
    if (k === sorted) head.setAttribute("aria-sort", downwards ? "descending" : "ascending");
    return head;
  }));
  const { value } = columns[sorted];
  const order = (a, b) => typeof value(a) === "number" ? value(a) - value(b) : value(a).localeCompare(value(b));
  const body = element("tbody"), shown = [...rows].sort((a, b) => downwards ? order(b, a) : order(a, b)).slice(0, MOST_ROWS);
  body.append(...shown.map((row) => {
    const line = element("tr");
    line.append(...columns.map((c) => element("td", c.written(c.value(row)), { className: c.kind })));
    if (zoom) Object.assign(line, { className: "leads", title: "show in the chart", onclick: () => zoom_to[zoom](row.bar) });
    return line;
  }));
  const head = element("thead");
  head.append(heads);
  const rest = rows.length - shown.length;
  by_id("table").replaceChildren(head, body, ...(rest ? [element("caption", `and ${count(rest)} more rows`)] : []));
}

// -- the page -------------------------------------------------------------------------------------------------------------

by_id("totals").textContent = [
  `${count(profile.calls)} calls in ${time(profile.seconds)}`,
  profile.calls ? `${time(profile.seconds / profile.calls)} each` : "",
  `compiling ${time(profile.compile_seconds)}`, "hover for numbers, click to zoom, Escape to see all",
].filter(Boolean).join("  ·  ");
by_id("tips").append(...profile.tips.map((tip) => element("li", tip)));
by_id("legend").append(...distinct(profile.steps.map((step) => step.kind)).map((kind) => {
  const entry = element("span"), color = element("i");
  color.style.background = `var(--${kind}, var(--application))`;
  entry.append(color, kind);
  return entry;
}));
show_table(profile.steps.length ? "Steps" : "Compiling");
