/* SPDX-License-Identifier: Apache-2.0 */
/* Texts drawn of the calls of a source. */
#ifndef UNSPOOF_NORMALISE_QUALITY_CALL_SAMPLE_H
#define UNSPOOF_NORMALISE_QUALITY_CALL_SAMPLE_H

#include <stdint.h>

#include "base/status.h"
#include "casefile/casefile.h"
#include "normalise/calls/form_meaning.h"
#include "normalise/countries.h"
#include "normalise/quality/number_draw.h"

/* Rows of a source that its texts are drawn from: those of so many of its segments,
 * evenly spread. */
#define CALL_SAMPLE_SEGMENTS 8

/* What some rows of a source hold. Zeroed is closed. */
struct call_sample {
	struct number_draw accounts, presented, dialled;
	uint64_t answered;          /* calls with some talk */
	uint64_t over_hour;         /* of these, with more than an hour */
};

struct call_sample_given {
	struct casefile *casefile;
	const struct form_meanings *meanings;
	const struct countries *countries;  /* NULL: calls are of no account's country */
	int64_t source;
};

/* Draws; the source is understood and stored. Release also after a failure. */
enum status call_sample_draw(struct call_sample *sample,
			     const struct call_sample_given *given);
void call_sample_release(struct call_sample *sample);

#endif
