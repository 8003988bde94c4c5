# SPDX-License-Identifier: Apache-2.0
# awk -v keys=N -v table=NAME [-v others=1] -f compare.awk EXPECTED GOT: two TSV tables by the
# names of their columns; rows are known by the first N columns of EXPECTED, and with others=1 GOT
# may have more of them. A line for each difference: table, key, column, what must come, what
# came. Values are compared as texts.
BEGIN { FS = "\t" }

function key_of(    i, key) {
	key = $place[1]
	for (i = 2; i <= keys; i++)
		key = key " " $place[i]
	return key
}

function differs(key, column, must, came) {
	printf "%s\t%s\t%s\t%s\t%s\n", table, key, column, must, came
}

FNR == 1 && NR == 1 {
	columns = NF
	for (i = 1; i <= NF; i++) {
		name[i] = $i
		place[i] = i
	}
	next
}

NR == FNR {
	key = key_of()
	rows[key] = ""
	for (i = 1; i <= columns; i++)
		must[key, i] = $i
	next
}

FNR == 1 {
	second = 1
	for (i = 1; i <= columns; i++)
		place[i] = 0
	for (i = 1; i <= NF; i++)
		for (k = 1; k <= columns; k++)
			if (name[k] == $i)
				place[k] = i
	for (i = 1; i <= columns; i++)
		if (place[i] == 0)
			differs("-", name[i], "a column", "none")
	next
}

{
	key = key_of()
	if (!(key in rows)) {
		if (!others)
			differs(key, "-", "no row", "a row")
		next
	}
	if (key in seen)
		differs(key, "-", "one row", "another row")
	seen[key] = ""
	for (i = 1; i <= columns; i++)
		if (place[i] > 0 && must[key, i] "" != $place[i] "")
			differs(key, name[i], must[key, i], $place[i])
}

END {
	if (!second)
		differs("-", "-", "a table", "none")
	for (key in rows)
		if (second && !(key in seen))
			differs(key, "-", "a row", "none")
}
