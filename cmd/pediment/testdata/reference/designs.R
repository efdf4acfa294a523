# Requests' designs as R's.

or_else <- function(x, y) if (is.null(x)) y else x
columns <- function(names) if (is.null(names)) NULL else reformulate(names)

design_of <- function(rows, d) {
  options(survey.lonely.psu = or_else(d$lonely_psu, "fail"),
    survey.adjust.domain.lonely = isTRUE(d$adjust_domain_lonely))
  replicates <- identical(d$type, "replicate")
  if (replicates && !is.null(d$scale)) {
    weights <- if (is.null(d$repweights_file)) rows[paste0(d$repweights_cols_prefix, seq_len(d$repweights_cols))] else read.csv(d$repweights_file)
    made <- svrepdesign(data = rows, weights = columns(d$weights), repweights = as.matrix(weights), type = "other",
      combined.weights = d$combined_weights, scale = d$scale, rscales = unlist(unclass(d$rscales)), mse = d$mse)
  } else {
    more <- if (is.null(d$pps)) list() else list(pps = d$pps)
    made <- do.call(svydesign, c(list(ids = if (identical(d$ids, I("1"))) ~1 else columns(d$ids), strata = columns(d$strata),
      weights = columns(d$weights), fpc = columns(d[["fpc"]]), nest = isTRUE(d$nest), data = rows), more))
    if (replicates) made <- as.svrepdesign(made, type = d$rep_type)
  }
  if (is.null(d$calibration)) made else calibrated(made, d$calibration)
}

margin <- function(k, var) setNames(data.frame(names(k), unlist(k)), c(var, "Freq"))

calibrated <- function(made, k) {
  margins <- lapply(k$vars, function(v) margin(k$population[[v]], v))
  switch(k$method,
    poststratify = postStratify(made, columns(k$vars), margins[[1]]),
    rake = rake(made, lapply(k$vars, reformulate), margins, control = list(maxit = k$maxit, epsilon = k$epsilon)),
    calibrate = calibrate(made, as.formula(k$formula), population = unlist(k$population), calfun = k$calfun,
      bounds = if (is.null(k$bounds)) c(-Inf, Inf) else unlist(unclass(k$bounds)), epsilon = or_else(k$epsilon, 1e-7),
      maxit = 500, aggregate.stage = k$aggregate_stage))
}

part <- function(made, r) {
  keep <- eval(parse(text = r), made$variables)
  made[!is.na(keep) & keep, ]
}

is_replicates <- function(made) inherits(made, "svyrep.design")

