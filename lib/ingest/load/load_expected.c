/* SPDX-License-Identifier: Apache-2.0 */
/* The SHA-256 that a source is expected to have. */
#include "ingest/load/load_expected.h"

#include <string.h>

#include "base/text.h"

#define SHOWN 300

enum status load_expected(struct dump *dump, const struct ingest_options *options, struct error *error)
{
	char hex[DIGEST_HEX] = "", shown[SHOWN];
	enum status status = STATUS_OK;

	if (!options->expected)
		return STATUS_OK;
	memcpy(hex, dump_sha256(dump), DIGEST_HEX);
	if (!hex[0])
		(void)dump_hash(dump, hex, &status, error);
	if (status != STATUS_OK || !strcmp(hex, options->expected))
		return status;
	return error_set(error, STATUS_INTEGRITY,
			 "%s: its SHA-256 is not the expected one, so that nothing of it is kept:\n"
			 "it is    %s\nand not  %s", text_escape(text_of(dump_path(dump)), shown, sizeof(shown)), hex,
			 options->expected);
}
