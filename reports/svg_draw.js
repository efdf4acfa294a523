// Draws an option as SVG, in a machine that has nothing but the chart library,
// measure(text, font) and wrap(text, font, width, lines). Nothing that the
// library puts off is ever done: a picture does not move.
var setTimeout = function () { return 0; }, clearTimeout = function () {};

(function (option, map, outlines, spoken, width, height) {
  "use strict";
  var ink = "#1c2430", soft = "#5b6675";

  // Names get the room they need, beside rows up to a third of the picture, and
  // break where their script allows it.
  function fit(axis, room, lines) {
    var label = axis.axisLabel = axis.axisLabel || {};
    if (axis.type !== "category" || label.show === false) { return; }
    delete label.width;
    delete label.overflow;
    label.lineHeight = 15;
    label.formatter = function (name) {
      return String(name).split("\n").map(function (line) { return wrap(line, (label.fontSize || 12) + "px", room, lines); }).join("\n");
    };
  }

  // The numbers of rows stand to their right.
  function addRows(texts) {
    option.yAxis = [].concat(option.yAxis).concat({
      type: "category", data: texts, inverse: true, position: "right", axisLine: { show: false }, axisTick: { show: false },
      axisLabel: { color: soft, fontSize: 12, interval: 0 }
    });
    option.series = option.series.concat({ type: "scatter", yAxisIndex: 1, data: [], silent: true });
    [].concat(option.grid).forEach(function (grid) { grid.right = 4; });
  }

  // How much of the height each row of an axis has, without legend and numbers.
  function rowHeight(axis) { return (height - 70) / Math.max(1, (axis.data || []).length); }

  // The numbers of points stand at them, below where a target's name stands above;
  // points are named, other data are not.
  function addPoints(texts, flat, low) {
    var bars = option.series.filter(function (series) { return series.type === "bar"; }).length;
    if (flat && rowHeight([].concat(option.yAxis)[0]) / bars < 13) { return; }
    option.series.forEach(function (series) {
      var own = texts[series.name];
      (own && series.data || []).forEach(function (point, at) {
        if (!point || !point.name || !own[at]) { return; }
        var side = flat ? "right" : low.indexOf(at) >= 0 ? "bottom" : "top";
        point.label = { show: true, position: side, formatter: own[at], color: ink, fontSize: 12, backgroundColor: "rgba(255,255,255,0.8)", padding: [0, 2] };
      });
    });
    [].concat(option.grid).forEach(function (grid) {
      if (flat) { grid.right = 60; } else { grid.top = Math.max(24, parseFloat(grid.top)); }
    });
  }

  echarts.setPlatformAPI({ measureText: function (text, font) { return { width: measure(String(text), String(font)) }; } });
  option = JSON.parse(option);
  if (map) {
    outlines = JSON.parse(outlines);
    if (outlines.features.length === 0) { option = {}; }
    echarts.registerMap(map, outlines);
  }
  spoken = JSON.parse(spoken);
  option.series = option.series || [];
  option.textStyle = { fontFamily: "sans-serif" };
  delete option.tooltip;
  if (spoken.rows) { addRows(spoken.rows); }
  if (spoken.points) { addPoints(spoken.points, spoken.flat, spoken.below || []); }
  [].concat(option.yAxis || []).forEach(function (axis) { axis.axisTick = { show: false }; fit(axis, width * 0.34, rowHeight(axis) < 29 ? 1 : 2); });
  [].concat(option.xAxis || []).forEach(function (axis, at, all) { fit(axis, all.length > 2 ? 64 : 160, 1); });
  option.series.forEach(function (series) { if (series.type === "sankey") { series.bottom = 16; } });
  [].concat(option.legend || []).forEach(function (legend) {
    legend.formatter = function (name) { return wrap(name, "12px", width - 80, 1); };
  });

  var chart = echarts.init(null, null, { renderer: "svg", ssr: true, width: width, height: height });
  chart.setOption(option);
  return chart.renderToSVGString();
})
