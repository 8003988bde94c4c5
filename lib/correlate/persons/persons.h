/* SPDX-License-Identifier: Apache-2.0 */
/* Accounts, and the persons that decisive evidence makes of them. */
#ifndef UNSPOOF_CORRELATE_PERSONS_PERSONS_H
#define UNSPOOF_CORRELATE_PERSONS_PERSONS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "base/text.h"
#include "casefile/casefile.h"

/* An account's slot is its place, from 1, in byte order of service and
 * account; slot 0 is "names no account". A person's id is its place, from 1,
 * in order of the least account; person 0 belongs to slot 0. */
struct persons {
	uint32_t accounts;
	uint32_t count;        /* 0 until persons_number() */
	uint32_t *slots;       /* of a key; keys are 1 to accounts */
	uint32_t *keys;        /* of a slot */
	uint32_t *persons_of;  /* of a slot; a tied slot until persons_number() */
	size_t *ends;          /* of the text of a slot, in names */
	uint32_t *members;     /* slots by person, rising; NULL until persons_group() */
	uint32_t *starts;      /* of a person, where its slots begin in members; the last: where all end */
	uint32_t *prefixes;    /* of a slot: bytes that name its service, with the /;
				* NULL: the case has one service */
	struct buf names;
};

/* Reads account_key. */
enum status persons_load(struct persons *persons, struct casefile *casefile);
void persons_release(struct persons *persons);
/* The slot of a key; false when the case has no such account. */
bool persons_slot(const struct persons *persons, int64_t key, uint32_t *slot);
/* The text of an account; where the case has several services, SERVICE/account as
 * casefile/service_name.h says. Borrowed from persons. */
struct text persons_name(const struct persons *persons, uint32_t slot);
/* What of that names the service, with the /; or nothing. */
struct text persons_service(const struct persons *persons, uint32_t slot);
/* Makes two accounts (not slot 0) one person. */
void persons_tie(struct persons *persons, uint32_t a, uint32_t b);
/* Numbers the persons; after the last persons_tie(). */
void persons_number(struct persons *persons);
/* Finds the accounts of each person, once they are numbered. False: out of memory. */
bool persons_group(struct persons *persons);

#endif
