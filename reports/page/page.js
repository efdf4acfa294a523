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
  phone.addEventListener("change", function () {
    if (phone.matches) { document.querySelector("details.areas").open = true; }
  });

  function draw(box) {
    var source = box.querySelector("script");
    if (!source) { return; }
    var option = JSON.parse(source.textContent);
    option.textStyle = { fontFamily: getComputedStyle(document.body).fontFamily };
    source.remove();
    var chart = echarts.init(box, null, { renderer: "svg" });
    chart.setOption(option);
    drawn.push(chart);
  }

  function resize() {
    drawn.forEach(function (chart) { if (visible(chart.getDom())) { chart.resize(); } });
  }

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
    boxes.filter(visible).forEach(draw);
    resize();
  });
  window.addEventListener("afterprint", function () {
    document.documentElement.classList.remove("printing");
    resize();
  });
}());
