# SPDX-License-Identifier: Apache-2.0
# Embeds texts in the program.
#   awk -v header=FILE.h -v text=NAME -f embed.awk FILE: the array NAME, a C string
#   awk -v header=FILE.h -v table=NAME -f embed.awk FILE...: the array NAME of
#       { name without ending, text, size } and NAME_count
# Bytes are written one by one, since a string literal has a length to keep to.
# Run it in the C locale.

BEGIN {
	for (i = 1; i < 256; i++)
		code[sprintf("%c", i)] = i < 128 ? i : sprintf("'\\%o'", i)
	print "/* SPDX-License-Identifier: Apache-2.0 */"
	print "/* Part of the program as data. Generated: edit the text. */"
	printf "#include \"%s\"\n", header
	count = 0
}

FNR == 1 {
	finish()
	name = FILENAME
	sub(/.*\//, "", name)
	sub(/\.[a-z]*$/, "", name)
	names[++count] = name
	if (text != "")
		printf "\nconst char %s[] = {\n", text
	else
		printf "\nstatic const char text_%d[] = {\n", count
	open = 1
}

{
	line = "\t"
	for (i = 1; i <= length($0); i++) {
		line = line code[substr($0, i, 1)] ","
		if (i % 24 == 0) {
			print line
			line = "\t"
		}
	}
	print line "10,"
}

function finish() {
	if (open)
		print (text != "" ? "\t0\n};" : "};")
	open = 0
}

END {
	finish()
	if (table == "")
		exit
	printf "\nconst struct profile_text %s[] = {\n", table
	for (i = 1; i <= count; i++)
		printf "\t{ \"%s\", text_%d, sizeof(text_%d) },\n", names[i], i, i
	printf "};\n\nconst size_t %s_count = %d;\n", table, count
}
