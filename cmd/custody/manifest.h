/* SPDX-License-Identifier: Apache-2.0 */
/* The manifest of an export: what `sha256sum -c` reads, and what case it is of. */
#ifndef UNSPOOF_CMD_CUSTODY_MANIFEST_H
#define UNSPOOF_CMD_CUSTODY_MANIFEST_H

#include <stdint.h>

#include "cmd/common/output.h"
#include "cmd/custody/citation.h"

struct manifest {
	struct output file;             /* closed where none is asked for */
	char sha256[DIGEST_HEX];        /* of what is exported, once it is whole */
};

/* Makes PATH.partial for the manifest of an export to `exported` (NULL: standard output),
 * by the rules of output_open(); path NULL: none is asked for. Says what is wrong. */
enum status manifest_open(struct manifest *manifest, struct invocation *inv, const char *path, const char *exported,
			  bool force, struct casefile *casefile);

/* With STATUS_OK writes it, of mode 0600: lines that begin with # for the case, its digest,
 * the ends of its chain, the table with its rows; then the hash, two spaces and the name, as
 * sha256sum(1) has them. Closes it whatever status is, which it returns, or what writing came
 * to, said. */
enum status manifest_close(struct manifest *manifest, enum status status, const struct citation *citation,
			   uint64_t rows, const char *exported);

#endif
