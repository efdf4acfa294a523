// Package budget says what a city planned, moved and spent, what that buys and for
// whom, from the lines of its budget and ledger.
//
// Amounts are exact: the database adds decimals, Go hundredths of the currency's
// unit. Every table of amounts adds up to the ledger's own total to the cent; what
// a column does not say stands in a row "not stated", and what could not be used
// at all in the table "reconciliation".
package budget
