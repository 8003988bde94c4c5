/* SPDX-License-Identifier: Apache-2.0 */
/* Identifiers that an analyst says tie nothing: of an exchange, a shop, the service. */
#ifndef UNSPOOF_CORRELATE_PERSONS_NEVER_H
#define UNSPOOF_CORRELATE_PERSONS_NEVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/table/dictionary.h"
#include "base/text.h"
#include "correlate/correlate.h"
#include "correlate/persons/email_identity.h"

/* A line of the list that names what none before it does. */
struct never_entry {
	unsigned line;             /* from 1 */
	unsigned rules;            /* bit r: it may be one of rule r */
	uint32_t values[LINK_RULES];   /* then its number among those of the rule */
};

/* Zeroed is empty. */
struct never {
	struct dictionary values[LINK_RULES];  /* as they are compared */
	unsigned *lines[LINK_RULES];           /* by number, the first that names it */
	size_t lines_capacity[LINK_RULES];
	struct never_entry *entries;
	size_t count, capacity;
};

/* Reads a list: `RULE VALUE` or `VALUE` a line. STATUS_FAILED: error says which line is
 * wrong and why, or that there is no memory. Release also then. */
enum status never_parse(struct never *never, const struct email_providers *providers,
			const char *name, const char *text, struct error *error);
void never_release(struct never *never);
/* Whether a value of a rule, as it is compared, is on the list. */
bool never_has(const struct never *never, enum link_rule rule, struct text value);

#endif
