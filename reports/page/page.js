// Draws the charts of this page, each when it comes into view. Without scripts
// the tables behind the charts stand open instead.
(function () {
  "use strict";
  var drawn = [];
  var boxes = Array.prototype.slice.call(document.querySelectorAll(".chart"));

  // On a phone the list of areas stands in for the temple and stays open.
  var phone = window.matchMedia("screen and (max-width: 760px)");
  document.querySelectorAll("details.data").forEach(function (d) {
    d.open = phone.matches && d.classList.contains("areas");
  });
  // What is long is folded, some of it on phones alone, and unfolded on paper.
  function unfold(kind, open) {
    document.querySelectorAll("details." + kind).forEach(function (d) { d.open = open; });
  }
  unfold("fold", !phone.matches);
  phone.addEventListener("change", function () {
    unfold("fold", !phone.matches);
    var areas = document.querySelector("details.areas");
    if (phone.matches && areas) { areas.open = true; }
  });

  // How many rows a chart has decides how high it is.
  boxes.forEach(function (box) { box.style.setProperty("--rows", box.dataset.rows); });

  // The outlines of a map stand once on the page for all charts that draw it.
  function learn(map) {
    var source = document.querySelector('script[data-outlines="' + map + '"]');
    if (source && !echarts.getMap(map)) { echarts.registerMap(map, JSON.parse(source.textContent)); }
  }

  function draw(box) {
    var source = box.querySelector("script");
    if (!source) { return; }
    if (box.dataset.map) { learn(box.dataset.map); }
    var option = JSON.parse(source.textContent);
    option.textStyle = { fontFamily: getComputedStyle(document.body).fontFamily };
    source.remove();
    var chart = echarts.init(box, null, { renderer: "svg" });
    chart.setOption(option);
    drawn.push(chart);
  }

  // Flushed at once: paper does not wait for the next frame.
  function resize() {
    drawn.forEach(function (chart) {
      if (visible(chart.getDom())) { chart.resize(); chart.getZr().flush(); }
    });
  }

  // What came into the page after it was loaded takes the place of what was there.
  document.addEventListener("redraw", function (event) {
    drawn = drawn.filter(function (chart) {
      if (!chart.getDom().isConnected) { chart.dispose(); return false; }
      return true;
    });
    event.target.querySelectorAll("details.data").forEach(function (d) { d.open = false; });
    boxes = boxes.filter(function (box) { return box.isConnected; });
    event.target.querySelectorAll(".chart").forEach(function (box) {
      box.style.setProperty("--rows", box.dataset.rows);
      boxes.push(box);
      draw(box);
    });
  });

  if ("IntersectionObserver" in window) {
    var watcher = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        if (entry.isIntersecting) { watcher.unobserve(entry.target); draw(entry.target); }
      });
    }, { rootMargin: "400px" });
    boxes.forEach(function (box) { watcher.observe(box); });
  } else {
    document.querySelectorAll("details.more").forEach(function (d) { d.open = true; });
    boxes.forEach(draw);
  }

  function visible(box) { return box.clientWidth > 0; }

  // Paper is narrower than the screen: every chart that is not folded away is
  // drawn for its width first.
  window.addEventListener("resize", resize);
  document.addEventListener("toggle", resize, true);
  window.addEventListener("beforeprint", function () {
    document.documentElement.classList.add("printing");
    unfold("fold", true);
    unfold("long", true);
    boxes.filter(visible).forEach(draw);
    resize();
  });
  window.addEventListener("afterprint", function () {
    document.documentElement.classList.remove("printing");
    unfold("fold", !phone.matches);
    unfold("long", false);
    resize();
  });
}());
