/* SPDX-License-Identifier: Apache-2.0 */
/* TZif, the file form of the time zone database (RFC 8536). */
#ifndef UNSPOOF_BASE_TIME_TZIF_H
#define UNSPOOF_BASE_TIME_TZIF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/time/tzrule.h"

/* Offsets of a zone are less than this many seconds either way. */
#define TZIF_OFFSET_BOUND (26 * 3600)

/* From `at`, seconds since the epoch in UTC, the clocks are `offset` seconds east of UTC. */
struct tzif_change {
	int64_t at;
	int32_t offset;
};

#define TZIF_NAMES 64 /* abbreviations that are kept of a zone; no zone has as many */

/* The abbreviations of a zone, each once; that of number 0 is empty, for none. */
struct tzif_names {
	char text[TZIF_NAMES][TZRULE_NAME];
	uint8_t count; /* 0 before the first is added */
};

/* The number of an abbreviation, which is added; 0: it is too long, or too many are there. */
uint8_t tzif_names_add(struct tzif_names *names, const char *text, size_t len);

/* What a file says. */
struct tzif {
	struct tzif_change *changes; /* in order of time; tzif_release() frees them */
	uint8_t *change_names;       /* the abbreviation from each on; freed too */
	size_t count;
	int32_t first_offset; /* before the first change */
	uint8_t first_name;
	struct tzif_names names;
	struct tzrule rule;   /* after the last change, when has_rule */
	bool has_rule;
};

/*
 * Reads the bytes of a whole file, versions 1 to 4, the 64-bit data where there are some. Returns NULL, or a static
 * reason that follows the zone's name; then there is nothing to release. Files that count leap seconds are refused, since
 * their seconds are not those of the epoch.
 */
const char *tzif_read(const unsigned char *data, size_t len, struct tzif *out);

/* Frees the changes; twice is safe. */
void tzif_release(struct tzif *tzif);

#endif
