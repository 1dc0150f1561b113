
"use strict";
(() => {
  const {values, keys, words} = JSON.parse(document.getElementById("data").textContent);

  // What is copied is the text itself: what the page shows of it has lost line ends.
  const copy = async text => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      let put = false;
      const set = event => {
        event.clipboardData.setData("text/plain", text);
        event.preventDefault();
        put = true;
      };
      document.addEventListener("copy", set, {once: true});
      const done = document.execCommand("copy");
      document.removeEventListener("copy", set);
      return done && put;
    }
  };

  const status = document.getElementById("status");
  let end;
  const say = text => {
    status.textContent = "";
    clearTimeout(end);
    setTimeout(() => { status.textContent = text; }, 50); // the same text again is new to a screen reader, too
    end = setTimeout(() => { status.textContent = ""; }, 5000);
  };

  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const done = await copy(values[button.dataset.copy]);
      say((done ? words.copied : words.notCopied) + ": " + button.dataset.label);
    });
  }

  const notKept = () => {
    const warning = document.getElementById("not-kept");
    if (warning) warning.hidden = false;
  };
  const load = key => {
    try {
      const kept = JSON.parse(localStorage.getItem(key));
      return Array.isArray(kept) ? kept : [];
    } catch {
      notKept();
      return [];
    }
  };
  const keep = (key, steps) => {
    try {
      localStorage.setItem(key, JSON.stringify(steps));
    } catch {
      notKept();
    }
  };

  const count = (text, done, total) => text.replace("%s", done).replace("%s", total);
  const boxesIn = part => [...part.querySelectorAll("input[data-step]")];
  const show = () => {
    for (const progress of document.querySelectorAll("[data-of], [data-all]")) {
      const boxes = boxesIn(progress.parentElement);
      const all = "all" in progress.dataset;
      progress.textContent = count(all ? words.allProgress : words.progress, boxes.filter(box => box.checked).length, boxes.length);
    }
  };
  for (const item of document.querySelectorAll("[data-item]")) {
    const key = keys[item.dataset.item];
    const boxes = boxesIn(item);
    const kept = load(key);
    for (const box of boxes) {
      box.checked = kept.includes(box.dataset.step);
      box.addEventListener("change", () => {
        keep(key, boxes.filter(other => other.checked).map(other => other.dataset.step));
        show();
      });
    }
  }
  show();
})();
