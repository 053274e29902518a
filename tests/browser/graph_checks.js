// What a reader does on the page of a graph, and what is then to be seen; check_pages.py puts it behind the page's own code.
"use strict";

const failures = [];
window.onerror = (message) => { failures.push(`error: ${message}`); };

function check(what, holds) {
  if (!holds) failures.push(what);
}

function visible(element) {
  const { width, height } = element.getBoundingClientRect();
  return !element.hidden && width > 0 && height > 0;
}

function middle(element) {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { clientX: left + width / 2, clientY: top + height / 2, bubbles: true, cancelable: true };
}

// An event where a reader's pointer would cause it: at whatever lies on top there.
function point(kind, element, more = {}) {
  const at = middle(element), Kind = kind.startsWith("pointer") ? PointerEvent : kind === "wheel" ? WheelEvent : MouseEvent;
  const hit = document.elementFromPoint(at.clientX, at.clientY);
  (hit || element).dispatchEvent(new Kind(kind, { ...at, ...more }));
  return hit;
}

function click(element) {
  for (const kind of ["pointerdown", "pointerup", "click"]) point(kind, element);
}

function id(name) {
  return document.getElementById(name);
}

function nodes(label) {
  return [...document.querySelectorAll(".node")].filter((node) => [...node.children].some((child) => child.tagName === "text" && child.textContent === label));
}

function look_for(text) {
  id("search").value = text;
  id("search").dispatchEvent(new Event("input", { bubbles: true }));
}

function scale() {
  return +/scale\((.*)\)/.exec(id("scene").getAttribute("transform"))[1];
}

function boxes(parent) {
  return [...parent.children].filter((child) => child.classList.contains("node")).map((node) => node.firstChild.getBoundingClientRect());
}

function overlaps() {
  let count = 0;
  for (const group of document.querySelectorAll("svg g")) {
    const all = boxes(group);
    all.forEach((a, k) => all.slice(0, k).forEach((b) => {
      if (a.left < b.right - 0.1 && b.left < a.right - 0.1 && a.top < b.bottom - 0.1 && b.top < a.bottom - 0.1) count++;
    }));
  }
  return count;
}

const CHECKS = {
  opening() {
    check("text of boxes is large enough to be read", scale() >= 0.7);
    check("the first layer is in the window", nodes("x").length && document.elementFromPoint(...Object.values(middle(nodes("x")[0])).slice(0, 2)).closest(".node"));
    check("types stand at edges", [...document.querySelectorAll(".edge text")].some((text) => text.textContent === "float64 ()"));
    check("the legend tells colours", /shared/.test(id("legend").textContent));
    for (const text of document.querySelectorAll(".node > text")) {
      const own = text.getBoundingClientRect(), around = text.parentNode.firstChild.getBoundingClientRect();
      check(`the text ${text.textContent} is inside its box`, own.left >= around.left - 1 && own.right <= around.right + 1);
    }
  },
  click_tells_the_line() {
    id("fit").click();
    click(nodes("dot")[0]);
    check("the line is shown", id("details").textContent.includes("T.dot(x, w)"));
    check("file and number are shown", /check_pages\.py:\d+/.test(id("details").textContent));
    check("the node is marked", nodes("dot")[0].classList.contains("chosen"));
    click(id("notice").parentNode.querySelector("svg"));
  },
  search_unfolds() {
    look_for("tanh");
    check("loops are unfolded", document.querySelectorAll(".inside").length > 0);
    check("the count is told", /^\d+ found$/.test(id("count").textContent) && !id("count").textContent.startsWith("0"));
    const found = nodes("tanh")[0];
    check("what is found is marked", found && found.classList.contains("by_label"));
    const at = middle(document.querySelector(".by_label"));
    check("the first is in the window", document.elementFromPoint(at.clientX, at.clientY).closest(".by_label"));
    id("search").dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    check("Enter chooses one", document.querySelectorAll(".node.chosen").length === 1);
    look_for("no such thing");
    check("nothing is found", id("count").textContent === "0 found");
    look_for("");
    check("nothing is marked", document.querySelectorAll(".found").length === 0 && id("count").textContent === "");
  },
  folding() {
    id("fold_all").click();
    check("all are folded", document.querySelectorAll(".inside").length === 0);
    check("no boxes overlap", overlaps() === 0);
    const before = document.querySelectorAll(".node").length;
    id("unfold_all").click();
    check("all are unfolded", document.querySelectorAll(".inside").length >= 2);
    check("there are more boxes", document.querySelectorAll(".node").length > before);
    check("no boxes overlap that are unfolded", overlaps() === 0);
    id("fold_all").click();
    id("fit").click();
    const loop = nodes("+ scan steps")[0];
    point("dblclick", loop);
    check("a double click unfolds", document.querySelectorAll(".inside").length === 1);
    point("dblclick", document.querySelector(".frame"));
    check("a double click folds", document.querySelectorAll(".inside").length === 0);
    id("fit").click();
    click(nodes("+ scan steps")[0]);
    id("unfold").click();
    check("the button unfolds", document.querySelectorAll(".inside").length === 1);
  },
  zoom_and_pan() {
    const svg = id("graph"), place = id("scene");
    const old = scale();
    id("larger").click();
    check("larger", scale() > old);
    id("smaller").click();
    check("smaller", Math.abs(scale() / old - 1) < 1e-6);
    const node = document.querySelector(".node"), at = middle(node);
    point("wheel", node, { deltaY: -200 });
    const now = middle(node);
    check("the wheel zooms", scale() > old);
    check("what is under the pointer stays", Math.hypot(now.clientX - at.clientX, now.clientY - at.clientY) < 1);
    const from = place.getAttribute("transform");
    svg.dispatchEvent(new PointerEvent("pointerdown", { clientX: 300, clientY: 300, buttons: 1, bubbles: true }));
    svg.dispatchEvent(new PointerEvent("pointermove", { clientX: 350, clientY: 320, buttons: 1, bubbles: true }));
    check("dragging moves", place.getAttribute("transform") !== from);
    const moved = middle(node);
    check("by as much as the pointer", Math.abs(moved.clientX - now.clientX - 50) < 1 && Math.abs(moved.clientY - now.clientY - 20) < 1);
    id("fit").click();
    const window_box = svg.getBoundingClientRect();
    const inside = [...document.querySelectorAll(".node")].every((own) => {
      const box = own.getBoundingClientRect();
      return box.left >= window_box.left && box.right <= window_box.right && box.top >= window_box.top && box.bottom <= window_box.bottom;
    });
    check("fit shows all", inside);
  },
  before_and_time() {
    const after = document.querySelectorAll(".node").length;
    id("time").click();
    const fills = () => new Set([...document.querySelectorAll(".node > rect")].map((box) => box.getAttribute("fill")));
    check("time colours", [...fills()].some((fill) => fill.startsWith("rgb(")));
    id("before").click();
    check("the other graph is shown", document.querySelectorAll(".node").length !== after);
    check("without times", !visible(id("time")) && ![...fills()].some((fill) => fill.startsWith("rgb(")));
    check("the button is pressed", id("before").getAttribute("aria-pressed") === "true");
    id("after").click();
    check("and back", visible(id("time")));
    id("time").click();
  },
};

for (const name in CHECKS) {
  const known = failures.length;
  try { CHECKS[name](); } catch (error) { failures.push(`error: ${error.message}`); }
  for (let k = known; k < failures.length; k++) failures[k] = `${name}: ${failures[k]}`;
}
const report = document.createElement("pre");
report.id = "report";
report.textContent = JSON.stringify({ checks: Object.keys(CHECKS), failures });
document.body.appendChild(report);
