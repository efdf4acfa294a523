# Cases as JSON, numbers by the fewest digits that read back as the same number.

digits17 <- function(x) {
  if (is.nan(x)) return("\"NaN\"")
  if (is.na(x)) return("\"NA\"")
  if (is.infinite(x)) return(if (x > 0) "\"Inf\"" else "\"-Inf\"")
  for (digits in 15:17) {
    text <- sprintf("%.*g", digits, x)
    if (as.numeric(text) == x) break
  }
  text
}

quoted <- function(x) paste0("\"", gsub("\"", "\\\"", gsub("\\", "\\\\", x, fixed = TRUE), fixed = TRUE), "\"")

# Named vectors and lists are objects, unnamed lists and I(...) arrays.
json <- function(x) {
  if (is.null(x)) return("null")
  if (!is.null(names(x))) {
    return(paste0("{", paste0(quoted(names(x)), ": ", vapply(seq_along(x), function(k) json(x[[k]]), ""), collapse = ", "), "}"))
  }
  if (is.list(x) || inherits(x, "AsIs") || length(x) != 1) {
    return(paste0("[", paste(vapply(unclass(x), json, ""), collapse = ", "), "]"))
  }
  if (is.logical(x) && !is.na(x)) return(if (x) "true" else "false")
  if (is.character(x)) quoted(x) else digits17(x)
}

write_case <- function(case, results) {
  lines <- c("{", paste0(quoted(names(case)), ": ", vapply(case, json, ""), ","),
    "\"results\": [", paste0(vapply(results, json, ""), c(rep(",", max(0, length(results) - 1)), "")[seq_along(results)]), "]}")
  writeLines(lines, paste0(case$case, ".json"))
}

