/* SPDX-License-Identifier: Apache-2.0 */
/* The digest of a layer: what the chain of runs vouches for. */
#ifndef UNSPOOF_CASEFILE_SEAL_H
#define UNSPOOF_CASEFILE_SEAL_H

#include "base/digest/digest.h"
#include "base/status.h"
#include "base/text.h"
#include "casefile/casefile.h"

/* What a seal covers, and what it is. */
struct seal {
	enum layer layer;
	int64_t sources;       /* the found layer up to this source ... */
	int64_t forms;         /* ... and this form; 0 for the other layers */
	char hex[DIGEST_HEX];
};

/* The bounds that take in all of a layer as it is, but for a source that is not
 * whole yet. */
enum status seal_bounds(struct casefile *casefile, struct seal *seal);

/* Fills in the digest within the bounds.
 * SHA-256 over the layer's tables in the order of their names: of each its
 * name and the digest of its rows, which is SHA-256 in hexadecimal digits over
 * each value of each row in the order of its key. Before a name, a digest or a
 * value stand one letter for its type (n, i, r, t, b), its length in bytes in
 * decimal and a colon; integers are in decimal. Digests that the case has kept
 * since the tables were filled are taken as they are. Table run is in no seal, for
 * it holds them, nor are table_digest, checkpoint, found and understood.
 * Rows of later sources, such as those of an ingest that was cut short, are
 * not in a seal of the found layer. */
enum status seal_digest(struct casefile *casefile, struct seal *seal);
/* The same, and keeps the digest of each table in table_digest. Inside a transaction.
 * Appends what column tables of the run is to say of the tables, as the members of a JSON
 * object, a comma between: the digest of each over what all share, see case_digest.h. */
enum status seal_keep(struct casefile *casefile, struct seal *seal, struct buf *tables);
/* Whether the layer, within the bounds, and the digests that were kept of its
 * tables are those of the seal, and of its run; if not, the tables that differ, as far as
 * that can be told, are appended to a text, a comma between. */
enum status seal_check(struct casefile *casefile, const struct seal *seal, bool *same,
		       struct buf *tables);

#define SEAL_TEXT 140

/* A seal as column run.seal has it: layer, sources, forms and digest, a blank
 * between them. Of a run that made a layer and took decisions it has both, that of the
 * decisions behind the other and a blank. */
void seal_text(const struct seal *seal, char out[static SEAL_TEXT]);

/* The seal of the layer that *seal says, in such a text; false: it has none, or is not one. */
bool seal_parse(struct text text, struct seal *seal);

/* The last seal that a run left of a layer, in *seal; STATUS_END: none did.
 * STATUS_INTEGRITY: it is not one. */
enum status seal_last(struct casefile *casefile, enum layer layer,
		      struct seal *seal);

#endif
