
"use strict";
(() => {
  const find = (id) => document.getElementById(id);
  const sheet = JSON.parse(find("sheet").textContent);
  const items = sheet.items;
  const known = new Set(items.map((item) => item.id));
  const words = ["pass", "fail", "skip"];
  const place = "evalrun-review:" + sheet.sheet;
  const labelButtons = [...document.querySelectorAll("[data-label]")];

  // What the labeler did: kept in the browser after every change.
  let state = { labeler: "", keys: true, at: 0, labels: {} };
  let past = [];
  let isKept = true;
  let isSaved = true;

  const entry = (id) => (Object.hasOwn(state.labels, id) ? state.labels[id] : { label: "", note: "" });
  const current = () => items[state.at];
  const isLabeled = (item) => words.includes(entry(item.id).label);
  const labeledCount = () => items.filter(isLabeled).length;

  // Takes only what belongs to this sheet, whatever stands in storage or in a file.
  function cleaned(labels) {
    const clean = {};
    for (const [id, value] of labels) {
      if (!known.has(id) || typeof value !== "object" || value === null) continue;
      const label = words.includes(value.label) ? value.label : "";
      const note = typeof value.note === "string" ? value.note : "";
      if (label || note) clean[id] = { label, note };
    }
    return clean;
  }

  function restore(text) {
    try {
      const kept = JSON.parse(text);
      if (typeof kept !== "object" || kept === null) return;
      state = {
        labeler: typeof kept.labeler === "string" ? kept.labeler : "",
        keys: kept.keys !== false,
        at: Number.isInteger(kept.at) ? Math.min(Math.max(kept.at, 0), items.length - 1) : 0,
        labels: cleaned(Object.entries(kept.labels ?? {})),
      };
    } catch { /* Nothing that can be used was kept. */ }
  }

  function keep() {
    isSaved = false;
    try {
      localStorage.setItem(place, JSON.stringify(state));
      isKept = true;
    } catch {
      isKept = false;
      warn("This browser does not keep your labels. Save them before you close the page.");
    }
  }

  function warn(text) {
    find("warning").textContent = text;
    find("warning").hidden = !text;
  }

  function tell(text) { find("status").textContent = text; }

  function block(title, text, kind) {
    const box = document.createElement("section");
    const heading = document.createElement("h3");
    const body = document.createElement("div");
    box.className = "block";
    heading.textContent = title;
    body.className = kind ? "text " + kind : "text";
    body.dir = "auto";
    body.textContent = text;
    box.append(heading, body);
    return box;
  }

  function showItem() {
    const item = current();
    const context = item.context ?? [];
    find("title").textContent = `Answer ${state.at + 1} of ${items.length}`;
    const given = [];
    if (item.question !== undefined) given.push(block("Question", item.question));
    context.forEach((text, index) => {
      given.push(block(context.length === 1 ? "Context" : `Context ${index + 1} of ${context.length}`, text));
    });
    if (item.reference !== undefined) given.push(block("Reference", item.reference));
    const judged = [];
    if (item.criteria !== undefined) judged.push(block("Criteria", item.criteria));
    judged.push(block("Answer", item.answer, "answer"));
    find("given").replaceChildren(...given);
    find("given").hidden = given.length === 0;
    find("judged").replaceChildren(...judged);
    find("given").parentElement.classList.toggle("two", given.length > 0);
    find("note").value = entry(item.id).note;
    fitNote();
  }

  function showState() {
    const { label } = entry(current().id);
    for (const button of labelButtons) {
      button.setAttribute("aria-pressed", String(button.dataset.label === label));
    }
    const done = labeledCount();
    find("progress").max = items.length;
    find("progress").value = done;
    find("count").textContent = `${done} of ${items.length} labeled`;
    find("back").disabled = state.at === 0;
    find("next").disabled = state.at === items.length - 1;
    find("undo").disabled = past.length === 0;
    find("done").hidden = done < items.length;
    find("labeler").value = state.labeler;
    find("keys").checked = state.keys;
    document.title = `${done}/${items.length} Review`;
  }

  function show() {
    showItem();
    showState();
  }

  function go(at) {
    if (at < 0 || at >= items.length) return;
    state.at = at;
    keep();
    show();
    window.scrollTo(0, 0);
    find("title").focus({ preventScroll: true });
  }

  function label(word) {
    const item = current();
    const before = entry(item.id);
    past.push({ at: state.at, id: item.id, label: before.label });
    const wasDone = labeledCount() === items.length;
    state.labels[item.id] = { label: word, note: before.note };
    tell(`Answer ${state.at + 1}: ${word}.`);
    if (!wasDone && labeledCount() === items.length) {
      keep();
      show();
      window.scrollTo(0, 0);
      find("done-title").focus({ preventScroll: true });
    } else if (state.at < items.length - 1) {
      go(state.at + 1);
    } else {
      keep();
      showState();
    }
  }

  function undo() {
    const last = past.pop();
    if (!last) return;
    const { note } = entry(last.id);
    if (last.label || note) state.labels[last.id] = { label: last.label, note };
    else delete state.labels[last.id];
    tell(`Undone: answer ${last.at + 1} ${last.label ? "is " + last.label + " again" : "has no label"}.`);
    go(last.at);
  }

  function nextUnlabeled() {
    for (let step = 1; step <= items.length; step += 1) {
      const at = (state.at + step) % items.length;
      if (!isLabeled(items[at])) return go(at);
    }
    tell("Every answer has its label.");
  }

  function fitNote() {
    const note = find("note");
    note.style.height = "auto";
    note.style.height = `${Math.min(note.scrollHeight + 2, 160)}px`;
  }

  // One label a line, so that a complaint can name the line.
  function labelsFile() {
    const lines = items.map((item) => [item.id, entry(item.id)]).filter(([, made]) => made.label || made.note)
      .map(([id, made]) => "    " + JSON.stringify({ id, label: made.label, note: made.note }));
    return "{\n"
      + `  "evalrun_review": ${sheet.evalrun_review},\n`
      + `  "results": ${JSON.stringify(sheet.results)},\n`
      + `  "sheet": ${JSON.stringify(sheet.sheet)},\n`
      + `  "labeler": ${JSON.stringify(state.labeler.trim())},\n`
      + `  "labels": [\n${lines.join(",\n")}\n  ]\n}\n`;
  }

  function save() {
    const name = state.labeler.trim().toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 40);
    const link = document.createElement("a");
    const address = URL.createObjectURL(new Blob([labelsFile()], { type: "application/json" }));
    link.href = address;
    link.download = name ? `labels-${name}.json` : "labels.json";
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    isSaved = true;
    tell(`Saved as ${link.download}.`);
  }

  function load(text) {
    let made;
    try { made = JSON.parse(text); } catch { return warn("The file has no labels that this page can read."); }
    if (typeof made !== "object" || made === null || made.evalrun_review !== sheet.evalrun_review
      || !Array.isArray(made.labels)) {
      return warn("The file has no labels that this page can read.");
    }
    const pairs = made.labels.filter((label) => typeof label === "object" && label !== null)
      .map((label) => [label.id, label]);
    const labels = cleaned(pairs);
    const count = Object.keys(labels).length;
    if (pairs.length > 0 && count === 0) return warn("The labels in the file are not about this sheet.");
    const lost = pairs.filter(([id]) => !known.has(id)).length;
    Object.assign(state.labels, labels);
    if (!state.labeler && typeof made.labeler === "string") state.labeler = made.labeler;
    past = [];
    keep();
    show();
    if (isKept) warn(lost ? `${lost} of the file's labels are not about this sheet, and were left out.` : "");
    tell(`${count} labels opened.`);
  }

  function press(event) {
    if (event.defaultPrevented || event.isComposing || find("help").open) return;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "s") {
      event.preventDefault();
      return save();
    }
    const isWriting = event.target.matches?.("input, textarea, select");
    if (isWriting) {
      if (event.key === "Escape") find("title").focus({ preventScroll: true });
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || !state.keys) return;
    const actions = {
      p: () => label("pass"), f: () => label("fail"), s: () => label("skip"), u: undo,
      n: () => go(state.at + 1), j: nextUnlabeled, t: () => find("note").focus(), "?": help,
      arrowright: () => go(state.at + 1), arrowleft: () => go(state.at - 1),
    };
    const key = event.key.toLowerCase();
    if (!Object.hasOwn(actions, key)) return;
    event.preventDefault();
    // A key that is held down labels one answer, not all of them.
    if (event.repeat && !key.startsWith("arrow")) return;
    actions[key]();
  }

  function help() { find("help").showModal(); }

  function listen() {
    for (const button of labelButtons) button.addEventListener("click", () => label(button.dataset.label));
    find("back").addEventListener("click", () => go(state.at - 1));
    find("next").addEventListener("click", () => go(state.at + 1));
    find("undo").addEventListener("click", undo);
    find("save").addEventListener("click", save);
    find("done-save").addEventListener("click", save);
    find("help-button").addEventListener("click", help);
    find("help-close").addEventListener("click", () => find("help").close());
    find("open").addEventListener("click", () => find("file").click());
    find("file").addEventListener("change", async (event) => {
      const file = event.target.files[0];
      if (!file) return;
      try { load(await file.text()); } catch { warn("The file could not be read."); }
      event.target.value = "";
    });
    find("labeler").addEventListener("input", (event) => {
      state.labeler = event.target.value;
      keep();
    });
    find("keys").addEventListener("change", (event) => {
      state.keys = event.target.checked;
      keep();
    });
    find("note").addEventListener("input", (event) => {
      const { id } = current();
      const before = entry(id);
      if (before.label || event.target.value) state.labels[id] = { label: before.label, note: event.target.value };
      else delete state.labels[id];
      fitNote();
      keep();
    });
    document.addEventListener("keydown", press);
    // The same sheet in another tab: the last change counts, here as there.
    window.addEventListener("storage", (event) => {
      if (event.key !== place || event.newValue === null) return;
      const { at } = state;
      restore(event.newValue);
      state.at = at;
      past = [];
      show();
    });
    window.addEventListener("beforeunload", (event) => {
      if (!isKept && !isSaved) event.preventDefault();
    });
  }

  let kept = null;
  try { kept = localStorage.getItem(place); } catch { /* keep() says so at the first change. */ }
  if (kept !== null) restore(kept);
  listen();
  show();
})();
