/* SPDX-License-Identifier: Apache-2.0 */
/* The numbers of a part, and whom long calls reached, in order. */
#ifndef UNSPOOF_CORRELATE_SETTLE_H
#define UNSPOOF_CORRELATE_SETTLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "correlate/callees.h"

struct settled {
	struct callee *numbers;    /* by number */
	size_t number_count;
	struct contact *contacts;  /* by number, then as contact_compare() */
	size_t contact_count;
};

/* Takes what is in the memory of a part, without its runs; alone: only numbers
 * with a long call. False: out of memory. Call settled_release() also then. */
bool settle(struct settled *settled, const struct part *part,
	    const struct people *people, bool alone);
void settled_release(struct settled *settled);

/* Contacts of one number: by person, what is shown, and slot. */
int contact_compare(const void *a, const void *b);

#endif
