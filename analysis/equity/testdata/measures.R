# Reference values of the measures of inequality and their delta-method standard
# errors, with gradients by Richardson extrapolation of central differences, all
# written from the definitions in base R. Run: Rscript measures.R > measures.csv
options(digits = 15)

gradient <- function(f, y) {
  sapply(seq_along(y), function(j) {
    central <- function(h) { up <- y; up[j] <- y[j] + h; down <- y; down[j] <- y[j] - h; (f(up) - f(down)) / (2 * h) }
    h <- 1e-2 * abs(y[j]); a <- central(h); b <- central(h / 2); c <- central(h / 4)
    b1 <- (4 * b - a) / 3; c1 <- (4 * c - b) / 3
    (16 * c1 - b1) / 15
  })
}
se <- function(f, y, S) { g <- gradient(f, y); sqrt(as.numeric(t(g) %*% S %*% g)) }

measures <- function(p, best, worst, ordered) {
  mu <- function(y) sum(p * y)
  x <- cumsum(p) - p / 2
  k <- length(p)
  linear <- function(y) coef(lm(y ~ x, weights = p))
  logit <- function(y) coef(glm(I(y / 100) ~ x, weights = p, family = quasibinomial, control = glm.control(epsilon = 1e-15, maxit = 200)))
  bgv <- function(y) sum(p * (y - mu(y))^2)
  aci <- function(y) 2 * sum(p * y * (x - .5))
  list_ <- list(
    difference = function(y) y[best] - y[worst],
    ratio = function(y) y[best] / y[worst],
    par = function(y) y[best] - mu(y),
    paf = function(y) 100 * (y[best] - mu(y)) / mu(y),
    bgv = bgv,
    bgsd = function(y) sqrt(bgv(y)),
    cov = function(y) 100 * sqrt(bgv(y)) / mu(y),
    mdm = function(y) sum(p * abs(y - mu(y))),
    mdm_unweighted = function(y) sum(abs(y - mu(y))) / k,
    mdb = function(y) sum(p * abs(y - y[best])),
    mdb_unweighted = function(y) sum(abs(y - y[best])) / k,
    idis = function(y) 100 * sum(p * abs(y - mu(y))) / mu(y),
    idis_unweighted = function(y) 100 * sum(abs(y - mu(y))) / mu(y) / k,
    theil = function(y) { r <- y / mu(y); sum(p * r * log(r)) },
    mld = function(y) -sum(p * log(y / mu(y))),
    parity = function(y) y[worst] / y[best],
    parity_adjusted = function(y) 2 - y[worst] / y[best])
  if (ordered) list_ <- c(list_, list(
    sii = function(y) unname(linear(y)[2]),
    rii = function(y) { b <- linear(y); unname((b[1] + b[2]) / b[1]) },
    sii_logit = function(y) { b <- logit(y); unname(100 * (plogis(b[1] + b[2]) - plogis(b[1]))) },
    rii_logit = function(y) { b <- logit(y); unname(plogis(b[1] + b[2]) / plogis(b[1])) },
    aci = aci,
    rci = function(y) aci(y) / mu(y),
    erreygers = function(y) 4 * aci(y) / 100))
  list_
}

put <- function(case, measure, value, se) cat(sprintf("%s,%s,%.12g,%.10g\n", case, measure, value, se))
cat("case,measure,value,se\n")

run <- function(case, y, n, S, best, worst, ordered, df) {
  p <- n / sum(n)
  m <- measures(p, best, worst, ordered)
  for (name in names(m)) put(case, name, m[[name]](y), se(m[[name]], y, S))
  A <- diag(p) - p %*% t(p)
  d <- p * (y - sum(p * y))
  AS <- A %*% S
  put(case, "bgv_variance", 4 * as.numeric(t(d) %*% S %*% d) + 2 * sum(diag(AS %*% AS)), 0)
  put(case, "bgv_chance", sum(diag(AS)), 0)
  k <- length(y); q <- k - 1
  C <- cbind(diag(q), -1)
  W <- as.numeric(t(C %*% y) %*% solve(C %*% S %*% t(C)) %*% (C %*% y))
  put(case, "equality_chisq", pchisq(W, q, lower.tail = FALSE), 0)
  put(case, "equality_f", pf((df - q + 1) / (df * q) * W, q, df - q + 1, lower.tail = FALSE), 0)
}

s <- c(2, 2.5, 1.8, 2.2, 2.4)
S <- outer(s, s) * .3^abs(outer(1:5, 1:5, "-"))
run("quintiles", c(22, 30, 37, 45, 58), c(2200, 2100, 2000, 1900, 1800), S, 5, 1, TRUE, 40)
run("near", c(36, 38, 37.8, 35, 39), c(2200, 2100, 2000, 1900, 1800), diag(s^2), 5, 4, TRUE, 40)
run("districts", c(41.3, 12.7, 28.4, 33.9), c(500, 120, 340, 910), diag(c(3.1, 4.2, 2.6, 1.9)^2), 1, 2, FALSE, 25)

# the formula for independent groups
p <- c(2200, 2100, 2000, 1900, 1800) / 10000; y <- c(22, 30, 37, 45, 58); mu <- sum(p * y)
put("independent", "bgv_variance", 4 * sum(p^2 * s^2 * (y - mu)^2) + 2 * (sum(p^2 * s^2)^2 - sum(p^4 * s^4) + sum(p^2 * (1 - p)^2 * s^4)), 0)

# two waves with a joint covariance: the later first
n1 <- c(500, 120, 340, 910); n2 <- c(520, 140, 330, 900); p1 <- n1 / sum(n1); p2 <- n2 / sum(n2)
J <- diag(c(3.1, 4.2, 2.6, 1.9, 2.9, 4.0, 2.8, 2.1)^2)
for (i in 1:4) J[i, i + 4] <- J[i + 4, i] <- .4 * sqrt(J[i, i] * J[i + 4, i + 4])
both <- c(45.1, 14.2, 31.0, 33.0, 41.3, 12.7, 28.4, 33.9) # later, earlier
wave <- function(z, w) if (w == 2) z[1:4] else z[5:8]
chanceBGV <- function(p, S) sum(diag((diag(p) - p %*% t(p)) %*% S))
second <- function(p, S) { AS <- (diag(p) - p %*% t(p)) %*% S; 2 * sum(diag(AS %*% AS)) }
bgv <- function(y, p) sum(p * (y - sum(p * y))^2)
theil <- function(y, p) { r <- y / sum(p * y); sum(p * r * log(r)) }
S2 <- J[1:4, 1:4]; S1 <- J[5:8, 5:8]
put("waves", "difference", (both[1] - both[2]) - (both[5] - both[6]), se(function(z) (z[1] - z[2]) - (z[5] - z[6]), both, J))
put("waves", "log_ratio", log(both[1] / both[2]) - log(both[5] / both[6]), se(function(z) log(z[1] / z[2]) - log(z[5] / z[6]), both, J))
put("waves", "bgv_corrected", bgv(both[1:4], p2) - chanceBGV(p2, S2) - bgv(both[5:8], p1) + chanceBGV(p1, S1),
    sqrt(se(function(z) bgv(z[1:4], p2) - bgv(z[5:8], p1), both, J)^2 + second(p2, S2) + second(p1, S1)))
h2 <- 1 / (2 * sum(p2 * both[1:4])^2); h1 <- 1 / (2 * sum(p1 * both[5:8])^2)
put("waves", "theil_corrected", theil(both[1:4], p2) - h2 * chanceBGV(p2, S2) - theil(both[5:8], p1) + h1 * chanceBGV(p1, S1),
    sqrt(se(function(z) theil(z[1:4], p2) - theil(z[5:8], p1), both, J)^2 + h2^2 * second(p2, S2) + h1^2 * second(p1, S1)))
