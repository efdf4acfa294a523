# Reference values of methods_test.go, shares_test.go and path_test.go, in R 4.2
# (base R only): Rscript progress.R. No data; every number is made here.
options(digits = 15)
cagr <- function(y0, y1, years) (y1 / y0)^(1 / years) - 1

# Open SDG: up, down, and without target near a limit.
g <- cagr(40, 52, 8); gT <- cagr(40, 60, 15); R <- g / abs(gT)
print(c(up = g, need = gT, ratio = R, score = 7.1429 * R - 4.2857))
g <- cagr(14, 11, 8); gT <- cagr(14, 5, 15)
print(c(down = g, need = gT, ratio = -g / abs(gT)))
C <- 1 - (92 / 100)^4.44; g <- cagr(92, 94, 8)
print(c(limit = C, first = .015 * C, second = .005 * C, pace = g, score = 250 * g / C - 1.25))

# ESCAP: weighted and plain least squares.
t <- c(2015, 2017, 2019, 2021, 2023); y <- c(40, 43, 44, 47, 52)
w <- (t - 2015 + 1) / (2023 - 2015 + 1)
print(c(wls = predict(lm(y ~ t, weights = w), data.frame(t = 2030)),
        ols = predict(lm(y ~ t), data.frame(t = 2030))))

# Level: the chance to be on the linear path in 2023.
req <- 40 + 20 * 8 / 15
print(c(required = req, level = pnorm((52 - req) / 2)))

# Shares of the statuses: the ends bivariate normal, the inner probability exact,
# the outer integral adaptive. Bounds .95, .6 and 0; the last value when the ratio is r:
reach <- function(y0, r, yT, d) y0 * pmax(0, 1 + d * r * abs((yT / y0)^(1 / 15) - 1))^8
shares <- function(m0, s0, m1, s1, rho, yT, d, low, high) {
  sd <- s1 * sqrt(1 - rho^2)
  inner <- function(y0, r) {
    mu <- m1 + rho * s1 / s0 * (y0 - m0)
    cdf <- function(x) pnorm(pmin(pmax(x, low), high), mu, sd)
    if (is.na(r)) return(cdf(high) - cdf(low))
    b <- if (is.infinite(r)) rep(yT, length(y0)) else
      if (d > 0) pmin(yT, reach(y0, r, yT, d)) else pmax(yT, reach(y0, r, yT, d))
    if (d > 0) cdf(high) - cdf(b) else cdf(b) - cdf(low)
  }
  outer <- function(r) integrate(function(y0) dnorm(y0, m0, s0) * inner(y0, r),
    max(low, m0 - 7 * s0), min(high, m0 + 7 * s0), rel.tol = 1e-11, subdivisions = 5000)$value
  p <- sapply(c(Inf, .95, .6, 0), outer) / outer(NA)
  c(p[1], diff(p), 1 - p[4])
}
print(shares(40, 1.8, 52, 2.0, 0, 60, 1, 0, 100))
print(shares(40, 1.8, 52, 2.0, .5, 60, 1, 0, 100))
print(shares(14, 2.5, 11, 2.0, 0, 5, -1, 0, 100))
print(shares(90, 4, 94, 3, 0, 97, 1, 0, 100))

# The same by drawing, as a check of the integral: P(R >= .95).
set.seed(1); n <- 4e6
y0 <- rnorm(n, 40, 1.8); y1 <- rnorm(n, 52, 2)
R <- cagr(y0, y1, 8) / abs(cagr(y0, 60, 15))
print(c(drawn = mean(R >= .95), reached = mean(y1 >= 60)))
