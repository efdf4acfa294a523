# Answers of R to the steps of an index, from their definitions in base R:
#   Rscript reference.R > reference.csv
# Twelve invented units, four indicators; the third has one value far out, the
# fourth is skewed all along.
x <- list(
  a = c(61.2, 55.4, 70.1, 48.9, 66.0, 59.3, 52.7, 63.8, 57.1, 68.4, 50.2, 60.6),
  b = c(12.4, 15.1, 9.8, 18.3, 11.0, 13.7, 16.9, 10.2, 14.4, 9.1, 17.5, 12.9),
  c = c(3.1, 2.7, 3.4, 2.9, 3.0, 3.3, 2.8, 3.2, 24.6, 2.6, 3.5, 2.95),
  d = c(1.2, 1.5, 1.1, 2.4, 1.3, 1.9, 310, 1.4, 2.2, 96, 1.6, 38)
)
emit <- function(case, v) for (i in seq_along(v)) cat(case, ",", i, ",", format(v[i], digits = 17), "\n", sep = "")
cat("case,at,value\n")
for (n in names(x)) emit(paste0("data ", n), x[[n]])

# Moments, type 2 of Joanes and Gill.
skew <- function(v) { n <- length(v); m <- mean(v); g <- mean((v - m)^3) / mean((v - m)^2)^1.5; g * sqrt(n * (n - 1)) / (n - 2) }
kurt <- function(v) { n <- length(v); m <- mean(v); g <- mean((v - m)^4) / mean((v - m)^2)^2 - 3; ((n + 1) * g + 6) * (n - 1) / ((n - 2) * (n - 3)) }
for (n in names(x)) { emit(paste("skewness", n), skew(x[[n]])); emit(paste("kurtosis", n), kurt(x[[n]])) }

# Outliers: the highest 1, 2, … points down to the next, then the logarithm.
passes <- function(v) abs(skew(v)) < 2 || kurt(v) < 3.5
treat <- function(v, points) {
  if (passes(v)) return(v)
  s <- sort(v)
  for (k in seq_len(points)) {
    w <- if (skew(v) > 0) pmin(v, s[length(s) - k]) else pmax(v, s[k + 1])
    if (passes(w)) return(w)
  }
  range <- max(v) - min(v)
  w <- if (skew(v) > 0) log(v - min(v) + 0.01 * range) else -log(max(v) - v + 0.01 * range)
  if (passes(w)) w else v
}
emit("treated c", treat(x$c, 5))
emit("treated left", treat(-x$c, 5))
emit("treated d 1", treat(x$d, 1))
emit("treated d 0", treat(x$d, 0))
emit("treated d left", treat(-x$d, 0))

# Normalisations to 0 to 100; b is better when lower.
minmax <- function(v) 100 * (v - min(v)) / (max(v) - min(v))
emit("min-max a", minmax(x$a))
emit("min-max b", minmax(-x$b))
emit("z a", 50 + 10 * (x$a - mean(x$a)) / sd(x$a))
emit("z b", 50 - 10 * (x$b - mean(x$b)) / sd(x$b))
emit("goalposts a", 100 * pmin(pmax((x$a - 52) / (65 - 52), 0), 1))
emit("goalposts b", 100 * pmin(pmax((16 - x$b) / (16 - 10), 0), 1))
emit("target a", pmin(100 * (x$a - min(x$a)) / (65 - min(x$a)), 100))
emit("target b", pmin(100 * (max(x$b) - x$b) / (max(x$b) - 10), 100))
emit("best at a", minmax(-abs(x$a - 60)))
emit("rank a", 100 * (rank(x$a) - 1) / 11)
emit("rank b", 100 * (rank(-x$b) - 1) / 11)
ties <- c(1, 2, 2, 3, 3, 3, 4)
emit("rank ties", 100 * (rank(ties) - 1) / 6)

# Means.
scores <- cbind(minmax(x$a), minmax(-x$b), minmax(treat(x$c, 5)))
w <- c(1, 2, 0.5)
low <- pmax(scores, 1)
emit("arithmetic", apply(scores, 1, function(r) sum(w * r) / sum(w)))
emit("geometric", apply(low, 1, function(r) exp(sum(w * log(r)) / sum(w))))
emit("harmonic", apply(low, 1, function(r) sum(w) / sum(w / r)))
copeland <- function(s, w) {
  n <- nrow(s); net <- rep(0, n)
  for (i in 1:n) for (j in 1:n) if (i != j) {
    o <- sum(w * (s[i, ] > s[j, ])) / sum(w) + sum(w * (s[i, ] == s[j, ])) / sum(w) / 2
    net[i] <- net[i] + (if (o > 0.5 + 1e-12) 1 else if (o < 0.5 - 1e-12) -1 else 0)
  }
  100 * (net + n - 1) / (2 * (n - 1))
}
emit("copeland", copeland(scores, w))

# Structure.
emit("pca weights", prcomp(scores, scale. = TRUE)$rotation[, 1]^2)
p <- prcomp(scores, scale. = TRUE)
emit("pca explained", p$sdev[1]^2 / sum(p$sdev^2))
k <- ncol(scores)
emit("alpha", k / (k - 1) * (1 - sum(apply(scores, 2, var)) / var(rowSums(scores))))
index <- apply(scores, 1, function(r) sum(w * r) / sum(w))
r <- apply(scores, 2, cor, index)
emit("correlation", r)
emit("effective", r^2 / sum(r^2))
dominant <- 0
for (i in 2:12) for (j in 1:(i - 1)) {
  ahead <- any(scores[i, ] > scores[j, ]); behind <- any(scores[i, ] < scores[j, ])
  dominant <- dominant + (ahead != behind)
}
emit("dominant", dominant)

# A whole index: (a, b) by the arithmetic, c alone, the two by the geometric mean
# with weights 2 and 1.
ab <- rowMeans(scores[, 1:2])
whole <- exp((2 * log(pmax(ab, 1)) + log(low[, 3])) / 3)
emit("whole", whole)
emit("whole rank", rank(-whole, ties.method = "min"))

# Shares of variance from results of the design, y measured from its mean.
t <- 1:60
ya <- sin(t) + 0.3 * cos(3 * t); yb <- cos(2 * t) + 0.1 * (t %% 7); yab <- sin(t + 0.4) + 0.3 * cos(3 * t)
m <- mean(c(ya, yb)); v <- var(c(ya, yb))
emit("sobol first", mean((yb - m) * (yab - ya)) / v)
emit("sobol total", sum((ya - yab)^2) / (2 * length(t) * v))
