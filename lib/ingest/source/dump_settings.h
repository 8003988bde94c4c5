/* SPDX-License-Identifier: Apache-2.0 */
/* What the user says of the files that are read, whatever is in them. */
#ifndef UNSPOOF_INGEST_SOURCE_DUMP_SETTINGS_H
#define UNSPOOF_INGEST_SOURCE_DUMP_SETTINGS_H

#include <stdint.h>

/* What a file may grow to unless told: bytes, and times the bytes that were read of it. */
#define EXPAND_BYTES (UINT64_C(100) << 30)
#define EXPAND_RATIO UINT64_C(1000)
/* The ratio is asked only behind so many bytes. */
#define EXPAND_UNASKED (UINT64_C(8) << 20)

struct encoding;

/* Zeroed is nothing said. Texts are borrowed. */
struct dump_settings {
	uint64_t expand_bytes;      /* 0: EXPAND_BYTES */
	uint64_t expand_ratio;      /* 0: EXPAND_RATIO */
	const char *password;       /* of encrypted archives; NULL: none is known */
	/* Of texts that say nothing of it themselves; NULL: UTF-8, or whatever they are. */
	const struct encoding *encoding;
};

#endif
