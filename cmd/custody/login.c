/* SPDX-License-Identifier: Apache-2.0 */
/* The name of the user that runs the program. */
#include "cmd/custody/login.h"

#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include "base/text.h"

#define LINE_MOST 1024

/* NAME:PASSWORD:UID: and more. */
static bool is_of(const char *line, uid_t user, size_t *name)
{
	const char *password = strchr(line, ':');
	const char *uid = password ? strchr(password + 1, ':') : NULL;
	const char *end = uid ? strchr(uid + 1, ':') : NULL;
	uint64_t number;

	if (!end || !text_to_u64((struct text){ uid + 1, (size_t)(end - uid - 1) }, &number) || number != user)
		return false;
	*name = (size_t)(password - line);
	return *name > 0;
}

/* Most users are in this file, and to read it takes neither libraries nor memory, for want of which what getpwuid() loads
 * may end the program (glibc 2.36). */
static bool find_local(uid_t user, char *out, size_t size)
{
	FILE *file = fopen("/etc/passwd", "re");
	char line[LINE_MOST];
	bool found = false, begins = true;
	size_t name;

	while (file && !found && fgets(line, sizeof(line), file)) {
		found = begins && is_of(line, user, &name);
		if (found)
			(void)text_escape((struct text){ line, name }, out, size);
		begins = strchr(line, '\n') != NULL;
	}
	if (file)
		(void)fclose(file);
	return found;
}

void login_name(char *out, size_t size)
{
	const uid_t user = geteuid();
	const struct passwd *entry;

	if (find_local(user, out, size))
		return;
	entry = getpwuid(user);
	if (entry && entry->pw_name && *entry->pw_name)
		(void)text_escape(text_of(entry->pw_name), out, size);
	else
		(void)snprintf(out, size, "uid %lu", (unsigned long)user);
}
