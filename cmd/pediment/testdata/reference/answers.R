# Answers to questions: the calls of survey that give them.

# A condition in SQL with the same in R.
both <- function(sql, r = sql) list(sql = sql, r = r)

ask <- function(id, op, ...) c(list(id = id, op = op), list(...))

t_interval <- function(est, se, df, level = .95) {
  reach <- if (df > 0) qt(1 - (1 - level) / 2, df) else NaN
  I(c(est - reach * se, est + reach * se))
}

# Rows of a mean, total or ratio; design effects where R gives them.
rows_of <- function(stat, made, named, effect = NULL) {
  df <- degf(made)
  lapply(seq_along(coef(stat)), function(k) {
    est <- coef(stat)[[k]]
    se <- as.vector(SE(stat))[k]
    row <- c(named[[k]], list(est = est, se = se, ci_t = t_interval(est, se, df)))
    if (!is.null(effect)) row$deff <- effect[k]
    row
  })
}

# What R calls the figures of variables: a level of a text column is one.
names_of <- function(vars, made) {
  unlist(lapply(vars, function(v) {
    x <- made$variables[[v]]
    if (!is.factor(x)) return(list(list(name = v)))
    lapply(levels(x), function(l) list(name = paste0(v, l), var = v, level = l))
  }), recursive = FALSE)
}

plain <- function(q, made) {
  f <- reformulate(q$vars)
  effect <- NULL
  stat <- switch(sub("by_", "", q$op), mean = svymean, total = svytotal)
  result <- stat(f, made, na.rm = q$na_rm)
  if (isTRUE(q$deff)) {
    effect <- deff(suppressWarnings(stat(f, made, na.rm = q$na_rm, deff = TRUE)))
    effect <- if (is.matrix(effect)) diag(effect) else as.vector(effect)
  }
  named <- if (grepl("^factor", q$vars[1])) lapply(names(coef(result)), function(n) list(name = n)) else names_of(q$vars, made)
  rows_of(result, made, named, effect)
}

quotient <- function(q, made) {
  top <- or_else(q$num, q$vars)
  below <- q$den
  named <- list(list(name = paste0(top, "/", below)))
  effect <- NULL
  result <- svyratio(reformulate(top), reformulate(below), made, na.rm = q$na_rm)
  if (isTRUE(q$deff)) effect <- as.vector(deff(svyratio(reformulate(top), reformulate(below), made, na.rm = q$na_rm, deff = TRUE)))
  rows_of(result, made, named, effect)
}

# A breakdown is a domain for each combination that has rows.
broken_down <- function(q, made) {
  cells <- unique(made$variables[q$by])
  cells <- cells[complete.cases(cells), , drop = FALSE]
  cells <- cells[do.call(order, rev(unname(as.list(cells)))), , drop = FALSE]
  unlist(lapply(seq_len(nrow(cells)), function(k) {
    of <- vapply(q$by, function(b) as.character(cells[k, b]), "")
    keep <- rowSums(mapply(function(b, v) as.character(made$variables[[b]]) %in% v, q$by, of)) == length(of)
    cell <- made[keep, ]
    lapply(if (q$op == "by_ratio") quotient(q, cell) else plain(q, cell), function(row) {
      c(list(by = of), row, list(df = degf(cell)))
    })
  }), recursive = FALSE)
}

# The domain's rows are those with the variable known, which is what na.rm means.
contrast <- function(q, made) {
  known <- made[!is.na(made$variables[[q$vars]]), ]
  stat <- if (q$stat == "total") svytotal else svymean
  each <- svyby(reformulate(q$vars), reformulate(q$by), known, stat, covmat = TRUE)
  result <- svycontrast(each, unlist(q$coefficients))
  est <- coef(result)[[1]]
  se <- as.vector(SE(result))
  df <- degf(made)
  list(df = df, rows = list(list(name = "contrast", est = est, se = se, ci_t = t_interval(est, se, df),
    t = est / se, p_t = 2 * pt(-abs(est / se), df))))
}

# The interval on the logit scale without the fit of a model; by replicates it is
# the logits' own variance.
logit_closed <- function(holds, q, made) {
  made$variables$.holds <- as.numeric(holds)
  share <- svymean(~.holds, made)
  p <- coef(share)[[1]]
  se <- as.vector(SE(share)) / (p * (1 - p))
  if (is_replicates(made)) {
    se <- as.vector(SE(withReplicates(made, function(w, data) qlogis(sum(w * data$.holds) / sum(w)))))
  }
  reach <- qt(1 - (1 - q$level) / 2, degf(made))
  list(est = p, se = as.vector(SE(share)), ci = I(plogis(qlogis(p) + c(-1, 1) * reach * se)))
}

proportion <- function(q, made) {
  f <- as.formula(paste0("~I(", q$r, ")"))
  holds <- eval(parse(text = q$r), made$variables)
  known <- if (q$na_rm) made[!is.na(holds), ] else made
  result <- suppressWarnings(svyciprop(f, known, method = q$method, level = q$level))
  row <- list(name = q$r, est = coef(result)[[1]], se = as.vector(SE(result)), ci = I(as.vector(attr(result, "ci"))))
  if (q$method == "logit") row$closed_form <- logit_closed(holds[!is.na(holds)], q, known)
  list(df = degf(known), rows = list(row))
}

independence <- function(q, made) {
  result <- suppressWarnings(svychisq(reformulate(c(q$row, q$col)), made, statistic = q$statistic_type))
  out <- list(statistic = as.vector(result$statistic), parameter = I(as.numeric(result$parameter)), p_value = as.vector(result$p.value))
  if (!is_replicates(made)) out$v45 <- without_zero_psus(q, made, out)
  out
}

# Newer releases leave PSUs of weight 0 out of the denominator's degrees of freedom.
without_zero_psus <- function(q, made, out) {
  counted <- length(unique(made$cluster[, 1])) - length(unique(made$strata[, 1]))
  df <- degf(made)
  if (df == counted || q$statistic_type %in% c("Chisq", "saddlepoint")) return(NULL)
  statistic <- out$statistic
  first <- as.numeric(out$parameter)[1]
  second <- df
  if (q$statistic_type == "F") second <- first * df
  if (q$statistic_type == "adjWald") {
    statistic <- statistic * counted / (counted - first + 1) * (df - first + 1) / df
    second <- df - first + 1
  }
  list(statistic = statistic, parameter = I(c(first, second)), p_value = pf(statistic, first, second, lower.tail = FALSE))
}

t_test <- function(q, made) {
  result <- svyttest(as.formula(q$formula), made)
  list(df = as.vector(result$parameter), rows = list(list(name = "t", est = as.vector(result$estimate), t = as.vector(result$statistic),
    p = as.vector(result$p.value), ci = I(as.vector(result$conf.int)))))
}

model <- function(q, made) {
  family <- if (q$family == "binomial") quasibinomial() else gaussian()
  fit <- suppressWarnings(svyglm(as.formula(q$formula), made, family = family, control = glm.control(epsilon = 1e-14, maxit = 100)))
  df <- fit$df.residual
  est <- coef(fit)
  se <- SE(fit)
  list(df_residual = df, rows = lapply(seq_along(est), function(k) {
    list(name = names(est)[k], est = est[[k]], se = se[[k]], t = est[[k]] / se[[k]],
      p = 2 * pt(-abs(est[[k]] / se[[k]]), df),
      ci_t = if (df > 1) t_interval(est[[k]], se[[k]], df) else I(c(-Inf, Inf))) # as confint has it
  }))
}

variances <- function(q, made) {
  result <- svyvar(reformulate(q$vars), made, na.rm = q$na_rm)
  n <- length(q$vars)
  names <- as.vector(outer(q$vars, q$vars, paste, sep = ":"))
  est <- as.vector(as.matrix(unclass(result))[seq_len(n), seq_len(n)])
  se <- sqrt(diag(as.matrix(attr(result, "var"))))
  list(rows = lapply(seq_len(n * n), function(k) list(name = names[k], est = est[k], se = se[[k]])))
}

counts <- function(q, made) {
  cells <- as.data.frame(svytable(reformulate(q$vars), made))
  list(rows = lapply(seq_len(nrow(cells)), function(k) {
    list(by = vapply(q$vars, function(v) as.character(cells[k, v]), ""), est = cells$Freq[k])
  }))
}

weights_of <- function(made) {
  w <- weights(made, "sampling")
  list(sum = sum(w), sum_sq = sum(w^2), min = min(w), max = max(w), n = length(w))
}

# Newer releases centre totals of lonely PSUs on the mean PSU of the strata the
# domain has rows in.
centre <- function(out, q, rows) {
  list(rows = lapply(out$rows, function(row) {
    if (!is.null(row$by)) q$domain <- both(NULL, paste0(names(row$by), " == \"", row$by, "\"", collapse = " & "))
    se <- centred_total(row$name, q, rows)
    if (!is.null(row$deff)) row$deff <- row$deff * (se / row$se)^2
    row$ci_t <- t_interval(row$est, se, or_else(row[["df"]], out$df))
    row$se <- se
    row
  }))
}

centred_total <- function(y, q, rows) {
  inside <- if (is.null(q[["domain"]])) rep(TRUE, nrow(rows)) else eval(parse(text = q$domain$r), rows)
  rows <- rows[rows$str %in% rows$str[inside], ]
  inside <- if (is.null(q[["domain"]])) rep(TRUE, nrow(rows)) else eval(parse(text = q$domain$r), rows)
  z <- ifelse(inside, rows$w * rows[[y]], 0)
  strata <- split(data.frame(z = z, inside = inside, psu = rows$psu), rows$str)
  sums <- lapply(strata, function(s) as.vector(rowsum(s$z, s$psu)))
  centre <- sum(z) / sum(lengths(sums))
  present <- vapply(strata, function(s) length(unique(s$psu[s$inside])), 0)
  sqrt(sum(mapply(function(t, here) {
    n <- length(t)
    if (n == 1) (t - centre)^2
    else n / (n - 1) * sum((t - if (q$lonely_domains && here == 1) centre else mean(t))^2)
  }, sums, present)))
}

answer <- function(q, made, rows, centred) {
  within <- if (is.null(q[["domain"]])) made else part(made, q$domain$r)
  out <- switch(q$op,
    mean = , total = list(df = degf(within), rows = plain(q, within)),
    ratio = list(df = degf(within), rows = quotient(q, within)),
    by_mean = , by_total = , by_ratio = list(rows = broken_down(q, within)),
    domain_contrast = contrast(q, within), quantile = quantiles(q, within), ciprop = proportion(q, within),
    chisq = independence(q, within), ttest1 = , ttest2 = t_test(q, within), glm = model(q, within),
    variance = variances(q, within), table = counts(q, within), weights = weights_of(within))
  if (centred && q$op %in% c("total", "by_total")) out$v45 <- centre(out, q, rows)
  out
}

# The fields of a request.
asked <- function(q) {
  q <- q[setdiff(names(q), c("r", "deff", "lonely_domains", "expect"))]
  if (!is.null(q[["domain"]])) q$domain <- list(sql = q$domain$sql)
  for (name in intersect(names(q), c("vars", "by", "probs"))) q[[name]] <- I(q[[name]])
  q
}

# What is asked, and R's answer or refusal.
result_of <- function(q, made, rows, centred) {
  out <- tryCatch(answer(q, made, rows, centred), error = function(e) list(error = trimws(conditionMessage(e))))
  if (!is.null(q$expect)) out <- c(out[setdiff(names(out), c("rows", "v45"))], q$expect)
  c(asked(q), out)
}
