# Answers of R's package survey to the questions the tests ask of pediment: one
# JSON file a case, one answer a line, from the CSV files beside this script.
# Needs r-base-core, r-cran-survey 4.1-1 and r-cran-mass. Run it with: make reference
#
# A result is what is asked (see analysis/survey/request.go) followed by R's
# answer. Where releases of survey from 4.2 on answer otherwise, v45 is their
# answer, worked out here; tol is a relative tolerance of its own.

suppressMessages(library(survey))
options(warn = 1, warnPartialMatchDollar = TRUE)

source("json.R")
source("designs.R")
source("answers.R")
source("quantiles.R")
source("cases.R")
