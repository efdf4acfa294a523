# Quantiles, by R and, where R before 4.2 is wrong, by their definition.

# The smallest value that reaches the share p; R before 4.2 goes one too far
# where p is below the first share.
reached <- function(x, w, p) {
  x <- x[w > 0]
  w <- w[w > 0]
  w <- w[order(x)]
  sort(x)[which(cumsum(w) >= p * sum(w))[1]]
}

below_first <- function(x, w, p) {
  first <- order(ifelse(w > 0, x, Inf))[1:2]
  length(x) > 1 && !is.na(p) && p < w[first[1]] / sum(w) && x[first[1]] != x[first[2]]
}

stepped <- c("math", "hf1", "school", "hf2", "hf3")

# The values between which R chooses by the last bit, where a share is p exactly.
ties <- function(x, w, p, rule) {
  x <- x[w > 0]
  w <- w[w > 0]
  w <- as.vector(rowsum(w, x))
  x <- sort(unique(x))
  k <- which(abs(cumsum(w) - p * sum(w)) < 1e-9 * sum(w))
  if (!(rule %in% stepped) || !length(k) || k[1] == length(x)) NULL else x[k[1] + 0:1]
}

ends_of <- function(P, se, df, type, n) {
  reach <- qt(.975, df)
  switch(type,
    mean = P + c(-1, 1) * reach * se,
    xlogit = plogis(qlogis(P) + c(-1, 1) * reach * se / (P * (1 - P))),
    asin = sin(asin(sqrt(P)) + c(-1, 1) * reach * se / (2 * sqrt(P * (1 - P))))^2,
    beta = {
      effective <- P * (1 - P) / se^2 * (qt(.025, n - 1) / qt(.025, df))^2
      c(qbeta(.025, effective * P, effective * (1 - P) + 1), qbeta(.975, effective * P + 1, effective * (1 - P)))
    })
}

ends_at <- function(est, q, known, df) {
  known$variables$.reached <- as.numeric(known$variables[[q$vars]] <= est)
  share <- svymean(~.reached, known)
  ends_of(coef(share)[[1]], as.vector(SE(share)), df, q$interval, nrow(known))
}

quantile_row <- function(q, p, known, one) {
  x <- known$variables[[q$vars]]
  w <- weights(known, "sampling")
  est <- one[p == q$probs, 1]
  row <- list(p = p, est = est, se = one[p == q$probs, 4], ci_t = I(unname(one[p == q$probs, 2:3])))
  candidates <- ties(x, w, p, q$qrule)
  if (!is.null(candidates)) row <- c(row, list(fp_tie = TRUE, tie_candidates = candidates))
  if (!(q$qrule %in% stepped)) return(list(row = row))
  df <- degf(known)
  ends <- c(NaN, NaN)
  if (q$interval != "quantile") {
    ends <- ends_at(est, q, known, df)
    on_a_jump(q, ends, x, w)
  }
  low <- below_first(x, w, p) || below_first(x, w, ends[1]) && ends[1] >= 0
  if (!low) return(list(row = row))
  if (!(q$qrule %in% c("math", "hf1"))) stop(q$id, ": a share below the first, whose answer by ", q$qrule, " is not settled")
  fixed <- quantile_fixed(q, p, known, x, w, df)
  list(row = row, v45 = if (is.null(candidates)) fixed else c(fixed, row[c("fp_tie", "tie_candidates")]))
}

# Woodruff's interval with the smallest value that reaches a share.
quantile_fixed <- function(q, p, known, x, w, df) {
  est <- reached(x, w, p)
  ends <- ends_at(est, q, known, df)
  on_a_jump(q, ends, x, w)
  ci <- vapply(ends, function(e) if (is.nan(e) || e < 0 || e > 1) NaN else reached(x, w, e), 0)
  list(p = p, est = est, se = diff(ci) / (2 * qt(.975, df)), ci_t = I(ci))
}

on_a_jump <- function(q, ends, x, w) {
  shares <- cumsum(rowsum(w, x)) / sum(w)
  for (e in ends) if (!is.nan(e) && any(abs(shares[-length(shares)] - e) < 1e-9)) stop(q$id, ": an interval ends on a jump")
}

quantiles <- function(q, made) {
  f <- reformulate(q$vars)
  known <- if (q$na_rm) made[!is.na(made$variables[[q$vars]]), ] else made
  one <- svyquantile(f, known, q$probs, ci = TRUE, qrule = q$qrule, interval.type = q$interval)[[1]]
  found <- lapply(q$probs, function(p) quantile_row(q, p, known, one))
  result <- list(df = degf(known), rows = lapply(found, `[[`, "row"))
  if (any(vapply(found, function(r) !is.null(r$v45), NA))) {
    result$v45 <- list(rows = lapply(found, function(r) or_else(r$v45, r$row)))
  }
  result
}

