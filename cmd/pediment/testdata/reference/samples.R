# The random samples: designs by number, the same questions of each.

srs <- function(...) list(ids = I("1"), weights = "w", ...)
clusters <- function(...) list(ids = I("psu"), weights = "w", ...)
strata <- function(...) list(ids = I("1"), strata = I("str"), weights = "w", ...)
nested <- function(...) list(ids = I("psu"), strata = I("str"), weights = "w", nest = TRUE, ...)
two_stages <- function(...) list(ids = I(c("psu", "ssu")), weights = "w", fpc = I(c("N1", "N2")), fpc_kind = "population", ...)
without <- function(d) modifyList(d, list(fpc = I("N1"), fpc_kind = "population"))
unweighted <- function(d) d[names(d) != "weights"]

sample_designs <- list(srs(), without(srs()), srs(), strata(), without(strata()), strata(), unweighted(without(strata())),
  clusters(), clusters(), without(clusters()), nested(), nested(), without(nested()), nested(), nested(), nested(),
  two_stages(), two_stages(strata = I("str"), nest = TRUE), two_stages(strata = I("str"), nest = TRUE), unweighted(two_stages(strata = I("str"), nest = TRUE)))
sample_levels <- list(c = I(c("a", "b", "c", "d")), area = I(c("A", "B", "C")))
small <- both("area = 'A' AND b = 1", "area == \"A\" & b == 1")

sample_asks <- asks(
  mean_of("mean", c("y", "x", "b")), total_of("total", "y"), ratio_of("ratio", "y", "x"), mean_of("share", "c"), total_of("count", "c"),
  quantile_of("q", "x", c(.25, .5, .9)), quantile_of("q_hf7", "y", c(.25, .5), "hf7"),
  by("by_mean", "mean", "x", "area"), by("by_total", "total", "x", "area"), by("by_share", "mean", "c", "area"),
  share_of("logit", "b = 1", "b == 1"), share_of("beta", "b = 1", "b == 1", "beta"), table_test("test", "c", "area", "F"),
  fit("lm", "x~b+area"), ask("tt", "ttest2", formula = "x~b"), mean_of("small", "x", domain = small), gap("gap", "y", "area", c(A = 1, B = -1)))

for (k in seq_along(sample_designs)) {
  run_case(sprintf("random_%02d", k), "a random sample", "random.csv", c(sample_designs[[k]], list(levels = sample_levels)), sample_asks,
    filter = both(sprintf("\"case\" = %d", k), sprintf("case == %d", k)))
}

jack <- both("\"case\" = 8", "case == 8")
run_case("random_jk1_made", "jackknife of clusters, made", "random.csv",
  list(type = "replicate", rep_type = "JK1", ids = I("psu"), weights = "w", mse = FALSE, levels = sample_levels),
  lapply(sample_asks, function(q) q[names(q) != "deff"]), filter = jack)
