# The samples, their designs and what is asked of each.

## Questions asked of several samples

mean_of <- function(id, vars, ..., na_rm = FALSE) ask(id, "mean", vars = vars, na_rm = na_rm, ..., deff = TRUE)
total_of <- function(id, vars, ..., na_rm = FALSE) ask(id, "total", vars = vars, na_rm = na_rm, ..., deff = TRUE)
ratio_of <- function(id, num, den, ..., na_rm = FALSE) ask(id, "ratio", num = num, den = den, na_rm = na_rm, ..., deff = TRUE)
by <- function(id, stat, vars, by, ..., na_rm = FALSE) ask(id, paste0("by_", stat), vars = vars, by = by, na_rm = na_rm, ...)
quantile_of <- function(id, vars, probs, qrule = "math", interval = "mean", ..., na_rm = FALSE) {
  ask(id, "quantile", vars = vars, probs = probs, qrule = qrule, interval = interval, na_rm = na_rm, ...)
}
share_of <- function(id, sql, r, method = "logit", level = .95, ..., na_rm = FALSE) {
  ask(id, "ciprop", indicator = sql, r = r, method = method, level = level, na_rm = na_rm, ...)
}
gap <- function(id, vars, by, coefficients, stat = "mean", na_rm = FALSE) {
  ask(id, "domain_contrast", stat = stat, vars = vars, by = by, coefficients = coefficients, na_rm = na_rm)
}
table_test <- function(id, row, col, types, ...) {
  lapply(types, function(type) ask(paste0(id, "_", type), "chisq", row = row, col = col, statistic_type = type, ...))
}
fit <- function(id, formula, family = "gaussian", ...) ask(id, "glm", formula = formula, family = family, ...)

# Lists of questions and questions, in one list.
asks <- function(...) {
  unlist(lapply(list(...), function(q) if (is.null(q[["op"]])) q else list(q)), recursive = FALSE)
}

four <- c("F", "Chisq", "Wald", "adjWald")
methods <- c("logit", "beta", "likelihood", "mean", "asin", "xlogit")
rules <- c("hf1", "hf2", "hf3", "hf4", "hf5", "hf6", "hf7", "hf8", "hf9", "shahvaish")

# Reads a sample, runs a case and writes it. A design that R must refuse has
# questions all the same: none may be answered.
run_case <- function(case, title, data, design, questions, filter = NULL, notes = NULL, centred = FALSE, refused = NULL, impossible = FALSE) {
  message(case)
  rows <- read.csv(data, na.strings = "", stringsAsFactors = FALSE)
  if (!is.null(filter)) rows <- rows[eval(parse(text = filter$r), rows), ]
  for (name in names(rows)) {
    if (is.character(rows[[name]]) || name %in% names(design$levels)) {
      rows[[name]] <- factor(rows[[name]], levels = or_else(unclass(design$levels[[name]]), sort(unique(rows[[name]]))))
    }
  }
  made <- tryCatch(suppressWarnings(design_of(rows, design)), error = function(e) trimws(conditionMessage(e)))
  head <- list(schema = "survey-ref/1", case = case, title = title, data = data,
    row_filter = if (!is.null(filter)) list(sql = filter$sql), design = design, notes = notes,
    survey_version = as.character(packageVersion("survey")))
  if (is.character(made) != impossible) stop(case, ": ", if (impossible) "a design, against all odds" else made)
  if (impossible) {
    return(write_case(c(head, list(design_error = made)), lapply(questions, asked)))
  }
  results <- lapply(questions, function(q) suppressMessages(suppressWarnings(result_of(q, made, rows, centred))))
  failed <- vapply(Filter(function(r) !is.null(r[["error"]]), results), `[[`, "", "id")
  if (!setequal(failed, refused)) stop(case, ": no answer to ", toString(setdiff(failed, refused)), "; an answer to ", toString(setdiff(refused, failed)))
  write_case(c(head, list(design_info = list(n = nrow(rows), df = degf(made), sum_weights = sum(weights(made, "sampling"))))), results)
}

## The city

city_levels <- list(sex = I(c("F", "M", "X")), educ = I(c("none", "primary", "lower", "upper", "tertiary", "other")),
  age_group = I(c("16-24", "25-44", "45-64", "65+")), zone = I(c("centre", "north", "south")))
city <- list(ids = I("block"), strata = I("district"), weights = "weight", nest = TRUE, lonely_psu = "fail", levels = city_levels)
stages <- list(ids = I(c("block", "home")), strata = I("district"), weights = "weight", fpc = I(c("blocks_pop", "homes_pop")),
  fpc_kind = "population", nest = TRUE, lonely_psu = "fail", levels = city_levels)
women <- both("sex = 'F' AND age BETWEEN 25 AND 64", "sex == \"F\" & age >= 25 & age <= 64")

run_case("city", "stratified clusters, with replacement", "city.csv", city, asks(
  mean_of("mean", c("hours", "age")), total_of("total", c("hours", "age")),
  mean_of("income", "income", na_rm = TRUE), total_of("total_income", "income", na_rm = TRUE), mean_of("income_unknown", "income"),
  mean_of("listwise", c("q1", "q2", "q3", "q4"), na_rm = TRUE), mean_of("answers", "factor(q1)", na_rm = TRUE),
  ratio_of("ratio", "hours", "courses"), ratio_of("ratio_income", "income", "age", na_rm = TRUE),
  lapply(c("sex", "educ", "age_group"), function(v) mean_of(paste0("share_", v), v)),
  lapply(c("sex", "educ"), function(v) total_of(paste0("count_", v), v)),
  quantile_of("q_hours", "hours", c(.75, .9, .95)), quantile_of("q_age", "age", c(.1, .25, .5, .75, .9)),
  quantile_of("q_income", "income", c(.25, .5, .9), na_rm = TRUE), quantile_of("q_school", "income", c(.25, .5, .75), "school", na_rm = TRUE),
  lapply(rules, function(rule) quantile_of(paste0("q_", rule), "age", c(.25, .5, .9), rule)),
  lapply(c("beta", "xlogit", "asin"), function(type) quantile_of(paste0("q_", type), "income", c(.1, .5, .9), "math", type, na_rm = TRUE)),
  lapply(methods, function(m) share_of(paste0("part_", m), "participated = 1", "participated == 1", m, na_rm = TRUE)),
  lapply(methods, function(m) share_of(paste0("rare_", m), "rare = 1", "rare == 1", m)),
  share_of("part_90", "participated = 1", "participated == 1", "logit", .9, na_rm = TRUE),
  share_of("part_99", "participated = 1", "participated == 1", "beta", .99, na_rm = TRUE),
  share_of("women_rare", "rare = 1", "rare == 1", "logit", domain = women), share_of("women_beta", "rare = 1", "rare == 1", "beta", domain = women),
  by("by_sex", "mean", "hours", "sex"), by("by_age", "mean", "participated", "age_group", na_rm = TRUE),
  by("by_district", "mean", "hours", "district"), by("by_zone_total", "total", "courses", "zone"),
  by("by_cross", "mean", "hours", c("sex", "age_group")), by("by_cross_total", "total", "courses", c("zone", "educ")),
  by("by_share", "mean", "educ", "sex"), by("by_ratio", "ratio", "hours", "zone", den = "courses"),
  gap("gap_sex", "hours", "sex", c(F = 1, M = -1)), gap("gap_zone", "hours", "zone", c(north = 1, south = -1)),
  gap("gap_income", "income", "zone", c(centre = 2, north = -1, south = -1), na_rm = TRUE), gap("gap_total", "courses", "sex", c(F = 1, M = -1), "total"),
  mean_of("women_hours", "hours", domain = women), total_of("women_total", "hours", domain = women), mean_of("women_educ", "educ", domain = women),
  quantile_of("women_q", "age", c(.25, .5, .75), domain = women), quantile_of("women_income", "income", c(.25, .5, .75), domain = women, na_rm = TRUE),
  table_test("sex_part", "sex", "participated", four), table_test("educ_zone", "educ", "zone", four),
  table_test("age_q1", "age_group", "q1", c(four, "saddlepoint")), table_test("women", "zone", "participated", "F", domain = women),
  ask("tt2", "ttest2", formula = "hours~migrant"), ask("tt1", "ttest1", formula = "hours~0"), ask("tt_women", "ttest2", formula = "age~participated", domain = women),
  fit("lm", "hours~sex+age+educ"), fit("lm_income", "income~age+zone"), fit("logistic", "participated~sex+age+educ+zone", "binomial"),
  fit("logistic_women", "migrant~age", "binomial", domain = women),
  ask("var", "variance", vars = c("hours", "age"), na_rm = FALSE), ask("tab", "table", vars = c("sex", "zone"), na_rm = FALSE)),
  notes = "educ has a level without rows; some weights are 0")

run_case("city_two_stage", "two stages, a finite population at each", "city.csv", stages, asks(
  mean_of("mean", c("hours", "age")), total_of("total", c("hours", "age")), ratio_of("ratio", "hours", "courses"), mean_of("educ", "educ"),
  mean_of("income", "income", na_rm = TRUE), by("by_zone", "mean", "hours", "zone"), by("by_cross", "total", "hours", c("sex", "age_group")),
  quantile_of("q_age", "age", c(.25, .5, .9)), quantile_of("q_income", "income", c(.25, .5, .9), na_rm = TRUE),
  share_of("rare", "rare = 1", "rare == 1"), mean_of("women", "hours", domain = women), gap("gap", "hours", "sex", c(F = 1, M = -1)),
  table_test("age_sex", "age_group", "sex", four), fit("lm", "hours~sex+age"), fit("logistic", "participated~age+zone", "binomial")))

## Calibration

some <- both("weight > 0")
margins <- list(sex = c(F = 14500, M = 12100, X = 400), zone = c(centre = 11200, north = 7300, south = 8500),
  age_group = c(`16-24` = 4500, `25-44` = 8200, `45-64` = 9800, `65+` = 4500))
terms <- c(`(Intercept)` = 27000, sexM = 12100, sexX = 400, zonenorth = 7300, zonesouth = 8500, age = 1235000)
calibrations <- list(
  poststratify = list(method = "poststratify", vars = I("age_group"), population = margins["age_group"]),
  rake = list(method = "rake", vars = I(c("sex", "zone", "age_group")), population = margins, maxit = 10, epsilon = 1),
  rake_tight = list(method = "rake", vars = I(c("sex", "zone", "age_group")), population = margins, maxit = 500, epsilon = 1e-12),
  linear = list(method = "calibrate", calfun = "linear", formula = "~sex+zone+age", population = terms),
  bounded = list(method = "calibrate", calfun = "linear", formula = "~sex+zone+age", population = terms, bounds = I(c(.99, 1.12)), epsilon = 1e-12),
  raking = list(method = "calibrate", calfun = "raking", formula = "~sex+zone+age", population = terms, epsilon = 1e-13),
  logit = list(method = "calibrate", calfun = "logit", formula = "~sex+zone+age", population = terms, bounds = I(c(.9, 1.3)), epsilon = 1e-12),
  whole = list(method = "calibrate", calfun = "linear", formula = "~age", population = c(`(Intercept)` = 27000, age = 1235000), aggregate_stage = 1))

for (name in names(calibrations)) {
  margin_var <- if (name == "whole") "age" else if (name == "poststratify") "age_group" else "zone"
  run_case(paste0("city_", name), paste("calibrated:", name), "city.csv", c(city, list(calibration = calibrations[[name]])), asks(
    ask("w", "weights"), mean_of("mean", c("hours", "income"), na_rm = TRUE), total_of("total", "hours"), total_of("margin", margin_var),
    mean_of("educ", "educ"), ratio_of("ratio", "hours", "courses"), by("by_zone", "mean", "hours", "zone"), by("by_sex", "total", "hours", "sex"),
    mean_of("women", "hours", domain = women), quantile_of("q", "age", c(.3, .9)), share_of("rare", "rare = 1", "rare == 1"),
    table_test("test", "age_group", "migrant", "F"), fit("lm", "hours~age")), filter = if (name != "poststratify") some)
}

## Replicate weights

replicate_file <- function(name, weights) {
  weights <- as.matrix(weights)
  file <- paste0(name, "_rw.csv")
  text <- matrix(sprintf("%.15g", weights), nrow(weights))
  writeLines(c(paste0("rw", seq_len(ncol(weights)), collapse = ","), apply(text, 1, paste, collapse = ",")), file)
  list(repweights_file = file, repweights_cols = ncol(weights))
}

# A design by replicates in a file, from R's own.
filed <- function(name, made, kind, weights, combined = FALSE) {
  c(list(type = "replicate", weights = weights), replicate_file(name, weights(made, if (combined) "analysis" else "replication")),
    list(combined_weights = combined, rep_type = kind, scale = made$scale, rscales = I(as.vector(made$rscales) + numeric(ncol(made$repweights))),
      mse = isTRUE(made$mse), rows_aligned = TRUE))
}

replicate_asks <- asks(
  mean_of("mean", c("hours", "age")), total_of("total", c("hours", "age")), mean_of("educ", "educ"), ratio_of("ratio", "hours", "courses"),
  by("by_zone", "mean", "hours", "zone"), by("by_sex", "total", "hours", "sex"), mean_of("income", "income", na_rm = TRUE),
  mean_of("women", "hours", domain = women), gap("gap", "hours", "sex", c(F = 1, M = -1)),
  quantile_of("q", "age", c(.25, .5, .9)), quantile_of("q_replicates", "income", c(.25, .5, .9), "math", "quantile", na_rm = TRUE),
  share_of("part", "sex = 'F'", "sex == \"F\""), fit("lm", "hours~sex+age"), table_test("test", "age_group", "zone", "F"))
replicate_asks <- lapply(replicate_asks, function(q) q[names(q) != "deff"])

drawn <- read.csv("city.csv", na.strings = "")
taylor <- svydesign(~block, strata = ~district, weights = ~weight, nest = TRUE, data = drawn)
two_stage <- svydesign(~block + home, strata = ~district, weights = ~weight, fpc = ~blocks_pop + homes_pop, nest = TRUE, data = drawn)
with_levels <- function(d) c(d, list(levels = city_levels))
RNGversion("4.0.0")

jkn <- with_levels(filed("city_jkn", as.svrepdesign(taylor, type = "JKn"), "JKn", "weight"))
run_case("city_jkn", "jackknife of strata, given", "city.csv", jkn, replicate_asks)
set.seed(5)
run_case("city_bootstrap", "bootstrap within strata, given", "city.csv",
  with_levels(filed("city_bootstrap", as.svrepdesign(taylor, type = "subbootstrap", replicates = 24, mse = TRUE), "subbootstrap", "weight")), replicate_asks)
set.seed(6)
run_case("city_rescaled", "rescaled bootstrap of two stages, given with the weights in them", "city.csv",
  with_levels(filed("city_rescaled", as.svrepdesign(two_stage, type = "mrbbootstrap", replicates = 12), "mrbbootstrap", "weight", TRUE)), replicate_asks)
run_case("city_jkn_poststratify", "replicates post-stratified one by one", "city.csv",
  c(jkn, list(calibration = calibrations$poststratify)), replicate_asks[1:6])
run_case("city_jkn_made", "jackknife of strata, made", "city.csv",
  c(city[setdiff(names(city), "lonely_psu")], list(type = "replicate", rep_type = "JKn", mse = FALSE)), replicate_asks)

pairs_asks <- lapply(asks(mean_of("mean", c("y", "x")), total_of("total", c("y", "x")), ratio_of("ratio", "y", "x"),
  by("by", "mean", "y", "area"), by("by_ratio", "ratio", "y", "area", den = "x"), quantile_of("q", "y", .5, "math", "quantile"), share_of("b", "b = 1", "b == 1"),
  fit("lm", "y~x+area"), gap("gap", "y", "area", c(A = 1, B = -1))), function(q) q[names(q) != "deff"])
two <- read.csv("pairs.csv")
halves <- svydesign(~psu, strata = ~str, weights = ~w, nest = TRUE, data = two)
run_case("pairs", "two PSUs a stratum", "pairs.csv", list(ids = I("psu"), strata = I("str"), weights = "w", nest = TRUE), pairs_asks[-6])

brr <- as.svrepdesign(halves, type = "BRR")
multipliers <- as.data.frame(as.matrix(weights(brr, "replication")))
names(multipliers) <- paste0("rw", seq_along(multipliers))
write.csv(cbind(two, multipliers), "pairs_brr.csv", row.names = FALSE, quote = FALSE)
for (mse in c(FALSE, TRUE)) {
  run_case(if (mse) "pairs_brr_mse" else "pairs_brr", "balanced half-samples, in columns of the sample", "pairs_brr.csv",
    list(type = "replicate", weights = "w", repweights_cols_prefix = "rw", repweights_cols = ncol(multipliers), combined_weights = FALSE,
      rep_type = "BRR", scale = brr$scale, rscales = I(rep(1, ncol(multipliers))), mse = mse), pairs_asks)
}
run_case("pairs_fay", "Fay's half-samples with rho .3", "pairs.csv",
  filed("pairs_fay", as.svrepdesign(halves, type = "Fay", fay.rho = .3), "Fay", "w"), pairs_asks)

# Successive differences (Fay and Train 1995): PSU k is weighted in replicate r by
# 1 + 2^-1.5 (a[k+1, r] - a[k+2, r]), a a Hadamard matrix; V = 4/R sum (theta_r - theta)^2.
hadamard <- matrix(1)
for (k in 1:5) hadamard <- rbind(cbind(hadamard, hadamard), cbind(hadamard, -hadamard))
unit <- 2 * (two$str - 1) + two$psu
successive <- svrepdesign(data = two, weights = ~w, repweights = (1 + 2^-1.5 * (hadamard[2:17, ] - hadamard[3:18, ]))[unit, ],
  type = "other", combined.weights = FALSE, scale = 4 / 32, rscales = rep(1, 32), mse = TRUE)
run_case("pairs_successive", "successive differences", "pairs.csv", filed("pairs_successive", successive, "successive-difference", "w"), pairs_asks)

run_case("pps", "unequal probabilities without replacement, Brewer", "pps.csv",
  list(ids = I("psu"), strata = I("str"), fpc = I("p"), fpc_kind = "fraction", nest = TRUE, pps = "brewer"), pairs_asks[-c(6, 9)])
run_case("pps_weights", "unequal probabilities with replacement", "pps.csv", list(ids = I("psu"), strata = I("str"), weights = "w", nest = TRUE), pairs_asks[-6])

source("edges.R")
source("samples.R")
