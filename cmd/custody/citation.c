/* SPDX-License-Identifier: Apache-2.0 */
/* What a case is, as commands are told it and say it. */
#include "cmd/custody/citation.h"

#include <stdio.h>
#include <string.h>

#define SHOWN (4 * REFERENCE_ROOM)

enum status identity_check(const struct invocation *inv, const char *name, const char *given)
{
	const char *problem = given ? reference_problem(text_of(given)) : NULL;
	char shown[120];

	return problem ? command_usage(inv, "--%s '%s': %s", name,
				       text_escape(text_of(given), shown, sizeof(shown)), problem)
		       : STATUS_OK;
}

enum status identity_compare(const struct invocation *inv, struct casefile *casefile, const char *given, bool *anew)
{
	char now[REFERENCE_ROOM], shown[SHOWN], other[SHOWN], path[300];

	*anew = false;
	if (!given)
		return STATUS_OK;
	if (reference_read(casefile, now) != STATUS_OK)
		return command_error(inv, &casefile->error);
	*anew = !now[0];
	if (*anew || !strcmp(now, given))
		return STATUS_OK;
	return command_fail(inv, STATUS_FAILED,
			    "%s: is case '%s', and --case says '%s': nothing added; leave --case out if they are one, "
			    "else give another CASE", text_escape(text_of(casefile->path), path, sizeof(path)),
			    text_escape(text_of(now), shown, sizeof(shown)),
			    text_escape(text_of(given), other, sizeof(other)));
}

void identity_cite(const struct invocation *inv, const struct citation *citation)
{
	struct buf line = { 0 };

	identity_text(&citation->identity, ", ", &line);
	if (citation->table && citation->maker.id)
		buf_format(&line, "; table %s of run %lld (%s)", citation->table, (long long)citation->maker.id,
			   citation->maker.hash);
	if (!line.failed)
		observer_notice(&inv->observer, "unspoof %s: %s", inv->command->name, line.data);
	buf_release(&line);
}

enum status identity_print(struct invocation *inv, struct casefile *casefile)
{
	struct identity identity;
	struct buf line = { 0 };
	enum status status = identity_read(casefile, &identity);

	if (status != STATUS_OK)
		return command_error(inv, &casefile->error);
	identity_text(&identity, "\n", &line);
	buf_byte(&line, '\n');
	if (line.failed)
		status = command_fail(inv, STATUS_FAILED, "out of memory");
	else if (!standard_output(inv, line.data, line.len))
		status = STATUS_FAILED;        /* main() says why when it closes it */
	buf_release(&line);
	return status;
}
