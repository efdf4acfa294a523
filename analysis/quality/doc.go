// Package quality says how far a city's data can be trusted: how complete, timely,
// unique, valid and consistent each dataset is, measured against what the city
// declares of it, with the rows that fail, values unlike the others, traces of how
// a survey was answered, and how well two sources of one figure agree.
//
// What was not declared cannot be checked, and is said to be not checked: it never
// counts as perfect.
package quality
