# Reference numbers of the tests of this package. Base R 4.2: Rscript reference.R
mc <- function(x) { # medcouple by its definition: Brys, Hubert and Struyf, 2004
  m <- median(x); p <- rev(sort(x[x >= m])); q <- rev(sort(x[x <= m])); k <- sum(x == m); h <- c()
  for (i in seq_along(p)) for (j in seq_along(q))
    h <- c(h, if (p[i] != q[j]) ((p[i] - m) - (m - q[j])) / (p[i] - q[j]) else sign(k + 1 - (i - (length(p) - k)) - j))
  median(h)
}
fences <- function(x) { # Hubert and Vandervieren, 2008
  c <- mc(x); q <- quantile(x, c(.25, .75), names = FALSE); i <- 1.5 * (q[2] - q[1])
  if (c >= 0) c(q[1] - exp(-4 * c) * i, q[2] + exp(3 * c) * i) else c(q[1] - exp(-3 * c) * i, q[2] + exp(4 * c) * i)
}
options(digits = 15)
x <- c(10, 12, 11, 13, 12, 48)
cat("modified z", .6745 * (x - median(x)) / median(abs(x - median(x))), "\n")
for (x in list(1:5, c(1, 2, 3, 4, 10), c(1, 2, 2, 2, 9, 15), qexp(ppoints(25)), qlnorm(ppoints(40)), -qexp(ppoints(25))))
  cat("medcouple", mc(x), "fences", fences(x), "\n")
t <- chisq.test(c(30, 8, 9, 7, 10, 26, 9, 8, 7, 6))
cat("last digits", t$statistic, t$p.value, "\n")
cat("difference 10.8 (SE .87) and 6.41:", 4.39 + c(-1, 1) * qt(.95, 60) * .87, "ratio", 10.8 / 6.41 + c(-1, 1) * qt(.975, 60) * 10.8 / 6.41 * .87 / 10.8, "\n")
