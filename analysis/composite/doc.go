// Package composite puts indicators together into an index of places or cities,
// always with its parts and with how sure its ranks are: every choice of the
// method and every sampling error is varied together, and what that does to the
// ranks stands beside them.
//
// The steps: screen by availability, fill gaps, treat outliers, normalise, weigh,
// average level by level. Definitions: OECD and European Commission, Handbook on
// Constructing Composite Indicators, 2008.
package composite
