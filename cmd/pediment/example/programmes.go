package example

// programme is a line of the city's budget that has a purpose of its own.
type programme struct {
	code, name string
	function   string  // of government: COFOG division or group
	target     string  // disadvantaged group it is meant for, "" for all residents
	perHead    float64 // approved in 2025, EUR a resident
	growth     float64 // a year
	executed   float64 // share of the adjusted budget that is spent
	mix        string  // how it splits by economic nature: see mixes
	source     string  // how it is funded: see sources
	local      bool    // budgeted by district
}

// programmes is the whole budget in the order it is printed. The codes VOC, JOB
// and so on are those the providers' records carry.
var programmes = []programme{
	{"GEN", "Council and administration", "01.1", "", 265, .031, .97, "services", "own", false},
	{"DBT", "Interest on debt", "01.7", "", 58, .044, 1, "transfers", "own", false},
	{"CIV", "Civil protection", "02.2", "", 9, .02, .94, "services", "own", false},
	{"FIR", "Fire and rescue", "03.2", "", 118, .028, .98, "services", "own", false},
	{"ORD", "Public order", "03.1", "", 92, .026, .98, "services", "state", false},
	{"TRA", "Public transport", "04.5", "", 236, .033, .98, "transfers", "state", false},
	{"ECO", "Business and innovation", "04.1", "", 41, .018, .88, "transfers", "eu", false},
	{"WAS", "Waste and cleaning", "05.1", "", 131, .024, .99, "services", "fees", false},
	{"NAT", "Rivers, parks and nature", "05.4", "", 64, .027, .93, "services", "own", false},
	{"HOU", "Housing and renewal", "06.1", "", 172, .03, .84, "investment", "state", true},
	{"HEA", "Public health service", "07.4", "", 88, .035, .97, "services", "state", false},
	{"SPO", "Sports grounds and swimming", "08.1", "", 76, .02, .95, "services", "fees", true},
	{"LIB", "Libraries", "08.2", "", 47, .021, .98, "services", "own", true},
	{"MUS", "Museums and heritage", "08.2", "", 52, .019, .96, "services", "own", false},
	{"THE", "Theatre and music", "08.2", "", 61, .02, .99, "transfers", "own", false},
	{"FES", "Learning festival and events", "08.2", "", 3.1, .05, .93, "services", "own", false},
	{"KIN", "Early childhood centres", "09.1", "", 214, .046, .98, "services", "state", true},
	{"PRI", "Primary schools", "09.1", "", 176, .032, .98, "services", "state", true},
	{"SEC", "Secondary schools", "09.2", "", 201, .031, .97, "services", "state", true},
	{"VOC", "Vocational programmes", "09.3", "", 13.2, .028, .97, "services", "state", false},
	{"ADU", "Adult courses", "09.5", "", 7.9, .025, .98, "services", "fees", false},
	{"NEW", "Language for newcomers", "09.5", "migrants", 4.4, .038, .95, "services", "state", false},
	{"BAS", "Literacy and basic skills", "09.5", "low qualified", 2.3, .02, .91, "services", "own", false},
	{"DIP", "Second-chance diploma", "09.5", "low qualified", 3.9, .03, .71, "services", "eu", false},
	{"PAS", "Digital Passport", "09.5", "low income", 5.5, .12, .96, "equipment", "eu", false},
	{"JOB", "Training for jobseekers", "09.5", "unemployed", 6.8, .027, .94, "services", "state", false},
	{"NEI", "Neighbourhood learning", "09.5", "", 3.7, .035, .97, "services", "own", true},
	{"FAM", "Family learning", "09.5", "low income", 1.9, .06, .96, "services", "own", true},
	{"ONL", "Online campus", "09.5", "", 1.4, .09, .95, "equipment", "own", false},
	{"TEA", "Teachers' digital training", "09.6", "", 1.2, .08, .92, "services", "state", false},
	{"GRA", "School meals and learning grants", "09.6", "low income", 22, .04, .96, "transfers", "own", true},
	{"INC", "Learning support and inclusion", "09.6", "disabled", 11.5, .037, .95, "services", "state", true},
	{"SOC", "Family and youth welfare", "10.4", "", 288, .041, .99, "transfers", "state", false},
	{"OLD", "Care for older people", "10.2", "older people", 197, .043, .99, "transfers", "state", false},
	{"DIS", "Support for disabled people", "10.1", "disabled", 133, .042, .99, "transfers", "state", false},
	{"INT", "Integration service", "10.7", "migrants", 14, .03, .93, "services", "state", false},
}

// part is a share of a programme's amount.
type part struct {
	name  string
	share float64
}

// mixes split expenditure by economic nature.
func mixes(mix string) []part {
	switch mix {
	case "transfers":
		return []part{{"Personnel", .08}, {"Goods and services", .07}, {"Grants and transfers", .85}}
	case "investment":
		return []part{{"Personnel", .18}, {"Goods and services", .22}, {"Investment", .60}}
	case "equipment":
		return []part{{"Personnel", .31}, {"Goods and services", .27}, {"Investment", .42}}
	}
	return []part{{"Personnel", .64}, {"Goods and services", .27}, {"Grants and transfers", .03}, {"Investment", .06}}
}

// sources split expenditure by who pays.
func sources(source string) []part {
	switch source {
	case "state":
		return []part{{"city", .58}, {"state", .42}}
	case "eu":
		return []part{{"city", .45}, {"EU", .55}}
	case "fees":
		return []part{{"city", .66}, {"fees", .34}}
	}
	return []part{{"city", 1}}
}

// revenues are the city's income, EUR a resident in 2025.
var revenues = []struct {
	code, name, source string
	perHead, growth    float64
}{
	{"TAX", "Local taxes", "city", 1480, .031},
	{"GRT", "State grants", "state", 905, .036},
	{"EUF", "EU funds", "EU", 34, .05},
	{"FEE", "Fees and charges", "fees", 312, .024},
}
