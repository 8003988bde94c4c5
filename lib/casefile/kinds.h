/* SPDX-License-Identifier: Apache-2.0 */
/* The kinds of row a case holds and the roles their columns play. */
#ifndef UNSPOOF_CASEFILE_KINDS_H
#define UNSPOOF_CASEFILE_KINDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

enum kind {
	KIND_CALL,
	KIND_ACCOUNT,
	KIND_PAYMENT,
	KIND_LOGIN,
	KIND_REPORT,
	KIND_RATE,
	KIND_ORGANISATION,
	KIND_LOOKUP,            /* of keys that rows of other tables have; joins alone use it */
	KIND_COUNT
};

/* What the text of a role must look like to be taken; an empty text always
 * looks right, unless the role is filled. */
enum role_type {
	ROLE_TEXT,
	ROLE_NUMBER,    /* a telephone number or what stands in its place */
	ROLE_TIME,
	ROLE_SECONDS,   /* a duration */
	ROLE_AMOUNT     /* a decimal: money or a rate */
};

/* The roles of a call, in the order of the design. Each has a pair of columns
 * in a segment. */
enum call_role {
	CALL_ID,
	CALL_STARTED,
	CALL_ANSWERED_AT,
	CALL_ENDED,
	CALL_ACCOUNT,
	CALL_PRESENTED,
	CALL_PRESENTED_NAME,
	CALL_DIALLED,
	CALL_DURATION,
	CALL_TALK,
	CALL_BILLED,
	CALL_STATUS,
	CALL_COST,
	CALL_CURRENCY,
	CALL_IP,
	CALL_TRUNK,
	CALL_ROLES
};

#define ROLES_MOST 16   /* no kind has more roles */

struct role {
	const char *name;
	enum role_type type;
	bool needed;    /* a source without this column cannot be taken */
	bool filled;    /* a row where this is empty cannot be taken */
};

struct kind_info {
	const char *name;        /* also the table of the found rows, but for calls */
	const struct role *roles;
	size_t role_count;
};

const struct kind_info *kind_info(enum kind kind);     /* static */
/* The kind of a name; false when there is none. */
bool kind_find(const char *name, enum kind *kind);
/* The index of a role in its kind, or -1. */
int kind_role(enum kind kind, struct text name);

#endif
