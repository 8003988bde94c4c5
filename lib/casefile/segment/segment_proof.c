/* SPDX-License-Identifier: Apache-2.0 */
/* Segments that are held against their digests when they are first read. */
#include "casefile/segment/segment_proof.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/segment/raw_segment.h"

#define IDS_MOST (1 << 22)     /* 270 thousand million calls */

void segment_proof_release(struct segment_proof *proof)
{
	free(proof->proved);
	memset(proof, 0, sizeof(*proof));
}

#define MARK_READ 4

static uint8_t mark_of(bool understood)
{
	return understood ? 3 : 1;
}

bool segment_proof_has(const struct segment_proof *proof, int64_t id, bool understood)
{
	const uint8_t mark = mark_of(understood);

	return id >= 0 && (uint64_t)id < proof->count && (proof->proved[id] & mark) == mark;
}

/* Whether there is room for the marks of an id, 0 or more. */
static bool make_room(struct segment_proof *proof, int64_t id)
{
	if ((uint64_t)id >= proof->count && id < IDS_MOST) {
		const size_t count = 2 * (size_t)id + 64;
		uint8_t *grown = memory_array(proof->proved, count, 1);

		if (grown) {
			memset(grown + proof->count, 0, count - proof->count);
			proof->proved = grown;
			proof->count = count;
		}
	}
	return (uint64_t)id < proof->count;
}

void segment_proof_keep(struct segment_proof *proof, int64_t id, bool understood)
{
	if (make_room(proof, id))
		proof->proved[id] |= mark_of(understood);
}

void segment_proof_read(struct segment_proof *proof, int64_t id)
{
	const bool room = make_room(proof, id);

	proof->read += !room || !(proof->proved[id] & MARK_READ);
	if (room)
		proof->proved[id] |= MARK_READ;
}

enum status segment_proof_differs(struct casefile *casefile, int64_t id, const char *name)
{
	char path[300];

	return error_set(&casefile->error, STATUS_INTEGRITY,
			 "%s: segment %lld: its columns as %s are not those that were stored; `unspoof verify` "
			 "checks all of the case",
			 text_escape(text_of(casefile->path), path, sizeof(path)), (long long)id, name);
}

/* Compares one layer, whose digest a statement asks for by the id of the segment. */
static enum status check_layer(struct casefile *casefile, const struct raw_segment *raw,
			       const struct raw_layer *layer, const char *sql, const char *name)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, sql);
	char hex[DIGEST_HEX];
	bool same = false;
	enum status status = statement ? STATUS_OK : casefile->error.status;

	if (status == STATUS_OK && !raw_segment_digest(raw, layer, hex))
		status = error_memory(&casefile->error);
	if (status == STATUS_OK) {
		bind_integer(statement, 1, raw->id);
		status = casefile_step(casefile, statement);
	}
	if (status == STATUS_OK) {
		same = text_is(column_text(statement, 0), hex);
		status = columns_read(casefile, statement);
	}
	sqlite3_finalize(statement);
	if (same || (status != STATUS_OK && status != STATUS_END))
		return status;
	return segment_proof_differs(casefile, raw->id, name);
}

enum status segment_proof_check(struct segment_proof *proof, struct casefile *casefile,
				const struct raw_segment *raw, bool understood)
{
	enum status status = check_layer(casefile, raw, &raw->found,
					 "SELECT sha256 FROM segment WHERE id = ?", "found");

	if (status == STATUS_OK && understood)
		status = check_layer(casefile, raw, &raw->understood,
				     "SELECT sha256 FROM segment_read WHERE id = ?", "understood");
	if (status == STATUS_OK)
		segment_proof_keep(proof, raw->id, understood);
	return status;
}
