# The bench's job by R's package survey, with data.table to read the file.
# Needs r-base-core, r-cran-survey and r-cran-data.table.
#
#   Rscript bench.R FILE.csv [ANSWERS.csv]
#
# FILE has the columns stratum, psu, w, i0 ... i19 (items of 1 to 5), a0 ... a4
# (amounts) and d0 ... d5 (demographics as text). Prints what each step took, all
# of them, and the most memory the process held; ANSWERS.csv gets the estimates.

suppressMessages({
  library(survey)
  library(data.table)
})
args <- commandArgs(trailingOnly = TRUE)
if (length(args) < 1) stop("usage: Rscript bench.R FILE.csv [ANSWERS.csv]")

answers <- list()
keep <- function(step, by, name, est, se) {
  answers[[length(answers) + 1]] <<- data.frame(step = step, by = by, name = name, est = as.vector(est), se = as.vector(se))
}

spent <- c()
step <- function(name, work) {
  spent[name] <<- system.time(result <- work, gcFirst = FALSE)[["elapsed"]]
  cat(sprintf("%-12s %9.3f s\n", name, spent[name]))
  invisible(result)
}

items <- paste0("i", 0:19)
amounts <- paste0("a", 0:4)
all_items <- reformulate(items)

rows <- step("read", {
  read <- as.data.frame(fread(args[1], stringsAsFactors = TRUE, showProgress = FALSE))
  read$item <- factor(read$i0)
  read
})
sample <- step("design", svydesign(ids = ~psu, strata = ~stratum, weights = ~w, nest = TRUE, data = rows))

means <- step("means", svymean(all_items, sample))
keep("means", "", names(coef(means)), coef(means), SE(means))
for (by in list("d0", "d1", "d2", c("d0", "d1"))) {
  name <- paste(c("by", by), collapse = " ")
  groups <- step(name, svyby(all_items, reformulate(by), sample, svymean))
  keep("means", paste(by, collapse = ","), names(coef(groups)), coef(groups), unlist(SE(groups)))
}
shares <- step("proportions", svymean(~item, sample))
keep("proportions", "", names(coef(shares)), coef(shares), SE(shares))
medians <- step("medians", svyquantile(reformulate(amounts), sample, .5))
keep("medians", "", amounts, coef(medians), SE(medians))

status <- readLines("/proc/self/status")
peak <- as.numeric(gsub("[^0-9]", "", grep("^VmHWM", status, value = TRUE))) / 1024
cat(sprintf("%-12s %9.3f s\n%-12s %9.0f MB\n", "total", sum(spent), "peak memory", peak))
if (length(args) > 1) fwrite(rbindlist(answers), args[2])
