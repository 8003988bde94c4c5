/* SPDX-License-Identifier: Apache-2.0 */
/* The dialect as options and profile give it. */
#include "ingest/format/dialect_given.h"

#include "ingest/plan/profile.h"

/* What options and profile say of the dialect. */
static void set_dialect(struct dialect *dialect, const struct profile *profile,
			const struct ingest_options *options)
{
	dialect->separator = dialect->quote = DIALECT_UNKNOWN;
	dialect->header = dialect->escape = dialect->inner = DIALECT_UNKNOWN;
	dialect->head = dialect->guard = DIALECT_UNKNOWN;
	dialect->feet = !options->keep_foot;
	if (profile) {
		dialect->separator = profile->separator;
		dialect->quote = profile->quote;
		dialect->header = profile->header;
		dialect->blanks = profile->blanks;
		dialect->escape = profile->escape;
		dialect->inner = profile->inner;
		dialect->guard = profile->guard;
		dialect->head = profile->head;
	}
	if (options->separator >= 0)
		dialect->separator = options->separator;
	if (options->quote >= 0)
		dialect->quote = options->quote;
	if (options->header >= 0)
		dialect->header = options->header;
	if (options->escape >= 0)
		dialect->escape = options->escape;
	if (options->inner >= 0)
		dialect->inner = options->inner;
	if (options->guard >= 0)
		dialect->guard = options->guard;
	if (options->head >= 0)
		dialect->head = options->head;
	dialect->trim = options->trim;
}

static enum status check(const struct dialect *dialect, struct error *error)
{
	if (dialect->inner != INNER_PART || dialect->escape != ESCAPE_BACKSLASH)
		return STATUS_OK;
	return error_set(error, STATUS_USAGE,
			 "quotes around a part of fields go with no escape that is "
			 "a backslash: leave out --inner-quotes part or --escape backslash");
}

enum status dialect_given(struct dialect *dialect, const struct ingest_options *options,
			  struct text table, struct error *error)
{
	struct profile profile;
	enum status status;

	if (!options->profile) {
		set_dialect(dialect, NULL, options);
		return check(dialect, error);
	}
	status = profile_load(&profile, options->profile, table, error);
	if (status == STATUS_OK)
		set_dialect(dialect, &profile, options);
	profile_release(&profile);
	return status == STATUS_OK ? check(dialect, error) : status;
}
