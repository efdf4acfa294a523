package reports

// Role is what an account may do. Every account reads the internal edition.
type Role string

// The roles of accounts.
const (
	Viewer    Role = "viewer"    // reads the internal edition and filters it
	Evaluator Role = "evaluator" // also moderates and answers remarks
	Finance   Role = "finance"   // also takes recomputed appraisals away as workbooks
)

// Account is somebody who can sign in.
type Account struct {
	Name string
	Role Role
}

// Accounts are the people of a file who can sign in.
type Accounts struct{}

// RemarkBook is the file that remarks and their answers are appended to.
type RemarkBook struct{}
