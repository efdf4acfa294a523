// Computes an appraisal again while its levers are moved. Without scripts the form
// does the same at the press of its button.
(function () {
  "use strict";
  var form = document.getElementById("levers");
  var result = document.getElementById("result");
  if (!form || !result || !window.fetch || !window.DOMParser) { return; }
  var waiting = 0;
  var under = null;

  var levers = Array.prototype.slice.call(form.querySelectorAll("input[type=range]"));

  // Only levers that are moved stand in the address.
  function address() {
    var query = new URLSearchParams();
    levers.forEach(function (lever) {
      if (Number(lever.value) !== Number(lever.dataset.given)) { query.set(lever.name, lever.value); }
    });
    var text = query.toString();
    return form.getAttribute("action") + (text ? "?" + text : "");
  }

  // What the slider stands at is shown at once; the engine's own words follow.
  function show(lever) {
    var unit = lever.dataset.unit;
    var number = unit === "year" ? lever.value : Number(lever.value).toLocaleString("en", { maximumFractionDigits: 6 });
    var text = unit.indexOf("percent") === 0 ? number + "\u00a0%" + unit.slice(7) : unit === "year" ? number : number + " " + unit;
    document.getElementById("shown-" + lever.name).textContent = text;
    lever.setAttribute("aria-valuetext", text);
    lever.closest(".lever").classList.toggle("moved", Number(lever.value) !== Number(lever.dataset.given));
  }

  function swap(text) {
    var page = new DOMParser().parseFromString(text, "text/html");
    var fresh = page.getElementById("result");
    if (!fresh) { throw new Error("no result"); }
    result.replaceChildren.apply(result, Array.prototype.slice.call(document.importNode(fresh, true).childNodes));
    result.dispatchEvent(new CustomEvent("redraw", { bubbles: true }));
  }

  function recompute() {
    var to = address();
    if (under) { under.abort(); }
    var mine = under = new AbortController();
    result.setAttribute("aria-busy", "true");
    fetch(to, { credentials: "same-origin", redirect: "error", signal: mine.signal }).then(function (answer) {
      if (!answer.ok) { throw new Error(answer.status); }
      return answer.text();
    }).then(function (text) {
      swap(text);
      history.replaceState(null, "", to);
      result.removeAttribute("aria-busy");
    }).catch(function (reason) {
      if (reason.name === "AbortError") { return; }
      location.assign(to); // the page that says what is wrong
    });
  }

  form.addEventListener("input", function (event) {
    show(event.target);
    clearTimeout(waiting);
    waiting = setTimeout(recompute, 300);
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    clearTimeout(waiting);
    recompute();
  });
}());
