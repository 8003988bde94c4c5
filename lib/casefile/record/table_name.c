/* SPDX-License-Identifier: Apache-2.0 */
/* Names of tables, as they are given. */
#include "casefile/record/table_name.h"

#include <string.h>

bool table_name_is(struct text name, struct text given)
{
	if (given.len == 0 || given.len > name.len)
		return false;
	if (given.len < name.len && name.data[name.len - given.len - 1] != '.')
		return false;
	name.data += name.len - given.len;
	name.len = given.len;
	return text_equal_fold(name, given);
}

/* A name that begins with a dot has that for no ending. */
struct text table_name_of_path(const char *path)
{
	const char *slash = strrchr(path, '/');
	struct text name = text_of(slash ? slash + 1 : path);
	const char *dot = name.len > 1 ? memchr(name.data + 1, '.', name.len - 1) : NULL;

	if (dot)
		name.len = (size_t)(dot - name.data);
	return name;
}
