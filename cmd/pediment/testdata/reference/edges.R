# What goes wrong: one PSU in a stratum, nothing in a domain, unknown values,
# impossible populations, numbers large and small.

edge <- function(..., weights = "w") modifyList(list(ids = I("psu"), strata = I("str"), weights = weights, nest = TRUE, lonely_psu = "fail"), list(...))
paired <- both("str <> 'L'", "str != \"L\"")
group_a <- both("g = 'a'", "g == \"a\"")

basic <- asks(mean_of("mean", c("y", "x")), total_of("total", c("y", "x")), ratio_of("ratio", "y", "x"), mean_of("share", "cat"),
  mean_of("mean_a", "y", domain = group_a), total_of("total_a", "y", domain = group_a),
  quantile_of("median", "y", .5), share_of("b", "b = 1", "b == 1"))
for (how in c("fail", "remove", "certainty", "adjust", "average")) {
  run_case(paste0("edge_lonely_", how), paste("a stratum of one PSU:", how), "edge.csv", edge(lonely_psu = how),
    lapply(basic, function(q) if (how == "adjust" && q$op == "total") c(q, lonely_domains = FALSE) else q), centred = how == "adjust",
    refused = if (how == "fail") vapply(basic, `[[`, "", "id"))
}

rare_k <- both("h = 'k'", "h == \"k\"")
for (how in c("remove", "adjust", "average")) for (spread in c(FALSE, TRUE)) {
  run_case(paste0("edge_domain_", how, if (spread) "_spread"), "a domain with one PSU in stratum B and none in C", "edge.csv",
    edge(lonely_psu = how, adjust_domain_lonely = spread), asks(
      ask("mean", "mean", vars = c("y", "x"), domain = rare_k, na_rm = FALSE),
      ask("total", "total", vars = c("y", "x"), domain = rare_k, na_rm = FALSE, lonely_domains = TRUE),
      ask("ratio", "ratio", num = "y", den = "x", domain = rare_k, na_rm = FALSE), mean_of("all", "y"),
      by("by_mean", "mean", "y", "h"), by("by_total", "total", "y", "h", lonely_domains = TRUE)),
    filter = paired, centred = how == "adjust" && spread)
}

run_case("edge_zero_weights", "weights of 0, all of one PSU's among them", "edge.csv", edge(weights = "w0"), asks(
  basic, quantile_of("q", "y", c(.25, .75)), by("by", "mean", "y", "g"), by("by_str", "total", "y", c("str", "g")), share_of("b_beta", "b = 1", "b == 1", "beta"),
  table_test("test", "cat", "g", four), fit("lm", "y~x+g"), gap("gap", "y", "g", c(a = 1, b = -1))), filter = paired,
  notes = "the PSU of weight 0 counts among its stratum's, not in the degrees of freedom")

run_case("edge_unknown", "unknown values", "edge.csv", edge(), asks(
  mean_of("mean_kept", "yna"), total_of("total_kept", "yna"), mean_of("mean", "yna", na_rm = TRUE), total_of("total", "yna", na_rm = TRUE),
  mean_of("both", c("yna", "xna"), na_rm = TRUE), mean_of("alone", "xna", na_rm = TRUE), total_of("total_both", c("yna", "xna"), na_rm = TRUE),
  ratio_of("ratio", "yna", "xna", na_rm = TRUE), ask("ratio_kept", "ratio", num = "yna", den = "xna", na_rm = FALSE),
  ask("share_kept", "mean", vars = "catna", na_rm = FALSE), mean_of("share", "catna", na_rm = TRUE), total_of("count", "catna", na_rm = TRUE),
  quantile_of("q", "yna", c(.25, .5, .75), na_rm = TRUE), by("by", "mean", "y", "gna"), by("by_both", "mean", "yna", "gna", na_rm = TRUE),
  mean_of("domain", "y", domain = both("gna = 'a'", "gna == \"a\"")), share_of("b", "bna = 1", "bna == 1", na_rm = TRUE),
  share_of("b_beta", "bna = 1", "bna == 1", "beta", na_rm = TRUE), gap("gap", "yna", "g", c(a = 1, b = -1), na_rm = TRUE),
  table_test("test", "catna", "g", four), fit("lm", "yna~x+g"), fit("logistic", "bna~x", "binomial"), ask("tt", "ttest2", formula = "yna~g2")), filter = paired)

nothing <- list(rows = list(list(name = "y", est = NA_real_, se = NA_real_, ci_t = I(c(NA_real_, NA_real_)))))
run_case("edge_domains", "domains with next to nothing in them", "edge.csv", edge(), asks(
  mean_of("one_stratum", c("y", "x"), domain = both("str = 'A'", "str == \"A\"")), total_of("one_stratum_total", c("y", "x"), domain = both("str = 'A'", "str == \"A\"")),
  ask("one_row", "mean", vars = "y", domain = both("id = 9", "id == 9"), na_rm = FALSE), ask("one_row_total", "total", vars = "y", domain = both("id = 9", "id == 9"), na_rm = FALSE),
  ask("one_psu", "mean", vars = "y", domain = both("str = 'A' AND psu = 1", "str == \"A\" & psu == 1"), na_rm = FALSE),
  ask("no_rows", "mean", vars = "y", domain = both("id < 0"), na_rm = FALSE, expect = nothing),
  quantile_of("q", "y", c(.25, .5), domain = group_a), by("by_two", "mean", "y", c("g", "h")), by("by_two_total", "total", "y", c("g", "h")),
  by("by_share", "mean", "cat", "g"), gap("gap", "y", "g", c(a = 1, b = -1)), gap("gap_total", "y", "g", c(a = 1, b = -1), "total"), by("by_ratio", "ratio", "y", "g", den = "x"),
  quantile_of("one_row_q", "y", .5, domain = both("id = 9", "id == 9")), mean_of("everything", "y", domain = both("id > 0"))),
  filter = paired, notes = "no_rows: R says 0 with standard error 0; there is no answer")

populations <- asks(mean_of("mean", c("y", "x")), total_of("total", c("y", "x")), ratio_of("ratio", "y", "x"), mean_of("mean_a", "y", domain = group_a),
  quantile_of("median", "y", .5), fit("lm", "y~x"))
run_case("edge_fpc_population", "finite populations as counts", "edge.csv", edge(fpc = I("N1"), fpc_kind = "population"), populations, filter = paired)
run_case("edge_fpc_fraction", "finite populations as fractions", "edge.csv", edge(fpc = I("f1"), fpc_kind = "fraction"), populations, filter = paired)
run_case("edge_fpc_lonely", "the lonely stratum with a population", "edge.csv", edge(fpc = I("N1"), fpc_kind = "population", lonely_psu = "average"), populations)
run_case("edge_fpc_mixed", "counts and fractions mixed", "edge.csv", edge(fpc = I("fbad")), populations[1], filter = paired, impossible = TRUE)
run_case("edge_fpc_small", "populations smaller than the sample", "edge.csv", edge(fpc = I("Nsmall")), populations[1], filter = paired, impossible = TRUE)
run_case("edge_not_nested", "codes of PSUs that repeat, not nested", "edge.csv", edge(nest = FALSE), populations[1], filter = paired, impossible = TRUE)

plainly <- function(q) q[names(q) != "deff"]
for (w in c("wsum", "wtiny", "whuge")) {
  run_case(paste0("edge_scale_", w), "weights on another scale", "edge.csv", edge(weights = w), asks(
    lapply(basic[1:3], plainly), quantile_of("q", "y", c(.25, .5, .75)), table_test("test", "cat", "g", four), share_of("b", "b = 1", "b == 1")), filter = paired)
}

run_case("edge_numbers", "values large, tiny and constant, under large weights", "edge.csv", edge(weights = "whuge"), lapply(asks(
  mean_of("big", "ybig", tol = 1e-6), total_of("total_big", "ybig"), mean_of("tiny", "ytiny"), total_of("total_tiny", "ytiny"),
  ratio_of("ratio_big", "ybig", "x", tol = 1e-6), mean_of("constant", "one"), total_of("total_constant", "one"), ask("var", "variance", vars = "y", na_rm = FALSE),
  quantile_of("q", "ybig", c(.25, .5)), by("by", "mean", "ybig", "g", tol = 1e-6)), plainly), filter = paired,
  notes = "ybig is 1e9 + y/1000, ytiny y/1e6")

run_case("edge_categories", "a level without rows; shares of 0 and 1", "edge.csv", edge(levels = list(cat = I(c("p", "q", "r", "none")))), asks(
  mean_of("share", "cat"), total_of("count", "cat"), by("by", "mean", "cat", "g"), ask("all", "mean", vars = c("all1", "all0"), na_rm = FALSE),
  lapply(c("beta", "asin", "xlogit", "mean"), function(m) share_of(paste0("all1_", m), "all1 = 1", "all1 == 1", m)),
  lapply(c("beta", "asin", "xlogit", "mean"), function(m) share_of(paste0("all0_", m), "all0 = 1", "all0 == 1", m)),
  share_of("all1_logit", "all1 = 1", "all1 == 1", tol = 1), share_of("all0_logit", "all0 = 1", "all0 == 1", tol = 1),
  share_of("b_of_b", "b = 1", "b == 1", domain = both("b = 1", "b == 1"), tol = 1),
  table_test("one_column", "cat", "onecat", "F"), quantile_of("median", "all1", .5)), filter = paired, refused = "one_column_F")
run_case("edge_empty_cell", "a table with an empty cell", "edge.csv", edge(), asks(table_test("test", "cat", "zc", four), ask("tab", "table", vars = c("cat", "zc"), na_rm = FALSE)), filter = paired)

run_case("edge_quantiles", "ties and extreme shares, every weight 1", "edge.csv", edge(weights = "one"), asks(
  quantile_of("math", "y", c(.001, .1, .25, .5, .75, .9, .999)),
  lapply(c("school", "hf3", "hf4", "hf7", "shahvaish"), function(rule) quantile_of(rule, "y", c(.25, .5, .75), rule)),
  quantile_of("likert", "lik", c(.1, .25, .5, .75, .9)), quantile_of("likert_school", "lik", c(.25, .5, .75), "school"), quantile_of("likert_hf3", "lik", c(.25, .5, .75), "hf3"),
  quantile_of("small", "y", c(.05, .5, .95), domain = rare_k)), filter = paired)
