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
struct people {
	uint32_t accounts;
	uint32_t persons;      /* 0 until people_number() */
	uint32_t *slots;       /* of a key; keys are 1 to accounts */
	uint32_t *keys;        /* of a slot */
	uint32_t *persons_of;  /* of a slot; a tied slot until people_number() */
	size_t *ends;          /* of the text of a slot, in names */
	struct buf names;
};

/* Reads account_key. */
enum status people_load(struct people *people, struct casefile *casefile);
void people_release(struct people *people);
/* The slot of a key; false when the case has no such account. */
bool people_slot(const struct people *people, int64_t key, uint32_t *slot);
/* The text of an account; borrowed from people. */
struct text people_name(const struct people *people, uint32_t slot);
/* Makes two accounts (not slot 0) one person. */
void people_tie(struct people *people, uint32_t a, uint32_t b);
/* Numbers the persons; after the last people_tie(). */
void people_number(struct people *people);

#endif
