# Writes a constructed sample, rows.csv, and what R 4.2.2 with package survey says
# of the covariance of its groups' estimates, want.csv. Run in this folder:
#   Rscript covariance.R
# Each line of want.csv is one pair: the design, the indicator, the two groups and
# rounds, cov(a, b) and the variance of a - b (svycontrast).
suppressMessages(library(survey))

rows <- expand.grid(row = 1:6, psu = 1:4, stratum = c("n", "s", "w"), period = c(2023, 2025))
k <- seq_len(nrow(rows))
rows$psu <- paste0(rows$stratum, rows$psu) # kept from round to round
rows$weight <- 1 + (k %% 5) / 2 + as.integer(rows$stratum)
rows$sex <- c("female", "male", "other")[1 + (7 * k + k %/% 4) %% 3]
rows$band <- c("15-24", "25+")[1 + (k * k + k %/% 7) %% 2]
luck <- (37 * k * k + 11 * k) %% 101
rows$learned <- as.integer(luck %% 7 < 3 + (nchar(rows$psu) + as.integer(factor(rows$psu))) %% 3 - (rows$sex == "other"))
rows$hours <- (luck %% 13) + 2 * as.integer(rows$stratum)
rows$courses <- 1 + luck %% 4
rows$learned[c(5, 40, 77, 100)] <- NA
rows$courses[c(12, 90)] <- NA

out <- rows[c("period", "stratum", "psu", "weight", "sex", "band", "learned", "hours", "courses")]
names(out) <- c("period:period", "stratum:text", "psu:text", "weight:number", "sex:text", "band:text", "learned:boolean", "hours:number", "courses:number")
out[["learned:boolean"]] <- ifelse(is.na(rows$learned), "", ifelse(rows$learned == 1, "true", "false"))
write.csv(out, "rows.csv", row.names = FALSE, quote = FALSE, na = "")

# Rows that do not say count as 0 on both sides, so that the sample stays whole:
# svyby of part of a sample gives no covariance (survey 4.1-1).
rows$one <- 1
rows$says <- as.integer(!is.na(rows$learned))
rows$yes <- ifelse(is.na(rows$learned), 0, rows$learned)
rows$courses_known <- ifelse(is.na(rows$courses), 0, rows$courses)
rows$hours_known <- ifelse(is.na(rows$courses), 0, rows$hours)

designs <- list(
  psu = function(d) svydesign(~psu, strata = ~stratum, weights = ~weight, data = d),
  rows = function(d) svydesign(~1, strata = ~stratum, weights = ~weight, data = d),
  jackknife = function(d) as.svrepdesign(svydesign(~psu, strata = ~stratum, weights = ~weight, data = d), type = "JKn"),
  calibrated = function(d) calibrate(svydesign(~psu, strata = ~stratum, weights = ~weight, data = d), ~band, c(`(Intercept)` = 300, `band25+` = 170))
)
# Codes as in the test: a share, a mean, a total and a ratio of two columns.
estimates <- list(
  share = function(by, d) svyby(~yes, by, denominator = ~says, d, svyratio, covmat = TRUE),
  mean = function(by, d) svyby(~hours, by, d, svymean, covmat = TRUE),
  total = function(by, d) svyby(~hours, by, d, svytotal, covmat = TRUE),
  ratio = function(by, d) svyby(~hours_known, by, denominator = ~courses_known, d, svyratio, covmat = TRUE)
)
unit <- c(share = 100, mean = 1, total = 1, ratio = 1)

# Of a calibrated sample svyby gives no covariance: ratios of totals by the delta
# method do, which is the linearisation svyby uses.
calibrated_by <- function(columns, num, den, d) {
  data <- d$variables
  cells <- unique(data[c("period", columns)])
  inside <- lapply(seq_len(nrow(cells)), function(i) Reduce(`&`, lapply(names(cells), function(c) data[[c]] == cells[i, c])))
  for (i in seq_along(inside)) {
    d$variables[[paste0("n", i)]] <- inside[[i]] * data[[num]]
    d$variables[[paste0("d", i)]] <- inside[[i]] * (if (is.null(den)) 1 else data[[den]])
  }
  totals <- svytotal(reformulate(c(paste0("n", seq_along(inside)), paste0("d", seq_along(inside)))), d)
  ratios <- lapply(seq_along(inside), function(i) str2lang(if (is.null(den)) paste0("n", i, "*1") else paste0("n", i, "/d", i)))
  names(ratios) <- paste0("r", seq_along(ratios))
  list(groups = cells, vcov = as.matrix(vcov(svycontrast(totals, ratios))))
}

want <- NULL
pairs_of <- function(design, code, est, columns) {
  groups <- if (is.list(est) && !is.null(est$groups)) est$groups else est
  v <- (if (is.list(est) && !is.null(est$vcov)) est$vcov else vcov(est)) * unit[[code]]^2
  name <- function(i) paste(vapply(columns, function(c) paste0(c, "=", groups[[c]][i]), ""), collapse = ", ")
  for (i in seq_len(nrow(v))) for (j in seq_len(i)) {
    difference <- v[i, i] + v[j, j] - 2 * v[i, j]
    if (i != j && inherits(est, "svyby")) {
      along <- rep(0, nrow(v))
      along[c(i, j)] <- c(1, -1)
      difference <- as.numeric(attr(svycontrast(est, along), "var")) * unit[[code]]^2
    }
    line <- data.frame(design, code, period_a = groups$period[i], a = name(i), period_b = groups$period[j], b = name(j), covariance = v[i, j], difference)
    want <<- rbind(want, line)
  }
}
for (design in names(designs)) for (code in names(estimates)) {
  one <- designs[[design]](rows[rows$period == 2025, ])
  for (columns in list("sex", c("sex", "band"))) {
    est <- if (design != "calibrated") {
      estimates[[code]](reformulate(c("period", columns)), one)
    } else {
      switch(code,
        share = calibrated_by(columns, "yes", "says", one), mean = calibrated_by(columns, "hours", "one", one),
        total = calibrated_by(columns, "hours", NULL, one), ratio = calibrated_by(columns, "hours_known", "courses_known", one)
      )
    }
    pairs_of(design, code, est, columns)
  }
}
# Both rounds as one sample of the same PSUs.
for (code in names(estimates)) {
  pairs_of("same_psus", code, estimates[[code]](~period, designs$psu(rows)), character(0))
  pairs_of("same_psus", code, estimates[[code]](~ period + sex, designs$psu(rows)), "sex")
}
want$covariance <- sprintf("%.12g", want$covariance)
want$difference <- sprintf("%.12g", want$difference)
write.csv(want, "want.csv", row.names = FALSE)
