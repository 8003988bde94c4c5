/* SPDX-License-Identifier: Apache-2.0 */
/* Checking segments. */
#include "casefile/verify_segments.h"

#include <string.h>

#include "casefile/rawsegment.h"

/* The reading of all segments. */
struct segments_check {
	struct casefile *casefile;
	const struct observer *observer;
	struct verify_counts *counts;
	uint64_t understood;               /* columns of that layer; 0: none */
	struct forms forms;
	struct segment_fetch fetch;
	struct raw_segment raw;
	struct segment_decoder decoder;
	struct segment segment;
	sqlite3_stmt *digests;
	struct buf text;
};

static void fail(struct segments_check *check, const char *what)
{
	char text[100];

	(void)sqlite3_snprintf(sizeof(text), text, "segment %lld: %s",
			       check->raw.id, what);
	verify_fail(check->observer, check->counts, text_of(text));
}

/* Every found text can be given back, and names no form that is not there. */
static bool texts_sound(struct segments_check *check)
{
	const struct segment *segment = &check->segment;

	for (unsigned role = 0; role < CALL_ROLES; role++) {
		for (uint32_t i = 0; i < segment->rows; i++) {
			if (segment_found(segment, FOUND_FORM(role), i) == FORM_ABSENT)
				continue;
			buf_clear(&check->text);
			if (!segment_text(segment, &check->forms,
					  (enum call_role)role, i, &check->text))
				return false;
		}
	}
	return true;
}

static enum status check_digest(struct segments_check *check, int place,
				const struct raw_layer *layer, const char *what)
{
	char hex[DIGEST_HEX];

	if (!raw_segment_digest(&check->raw, layer, hex))
		return error_set(&check->casefile->error, STATUS_FAILED,
				 "libcrypto has no SHA-256");
	if (!text_is(column_text(check->digests, place), hex))
		fail(check, what);
	return STATUS_OK;
}

static enum status check_digests(struct segments_check *check)
{
	enum status status;

	bind_integer(check->digests, 1, check->raw.id);
	status = casefile_step(check->casefile, check->digests);
	if (status == STATUS_OK)
		status = check_digest(check, 0, &check->raw.found,
				      "its columns as found are not those that "
				      "were stored");
	if (status == STATUS_OK && check->understood)
		status = check_digest(check, 1, &check->raw.understood,
				      "its columns as understood are not those "
				      "that were stored");
	sqlite3_reset(check->digests);
	return status == STATUS_END ? STATUS_OK : status;
}

/* The next segment that hangs together; those that do not are noticed. */
static enum status next_sound(struct segments_check *check)
{
	for (;;) {
		const int64_t last = check->fetch.last;
		enum status status = segment_fetch_next(&check->fetch, &check->raw);

		if (status == STATUS_OK)
			status = segment_decode(&check->decoder, &check->raw,
						SEGMENT_ALL, check->understood,
						&check->segment);
		if (status == STATUS_INTEGRITY && check->fetch.last == last) {
			/* It is the table itself that cannot be read. */
			verify_fail_error(check->observer, check->counts,
					  &check->casefile->error);
			return STATUS_END;
		}
		if (status != STATUS_INTEGRITY)
			return status;
		(void)segment_decode_failed(check->casefile, check->raw.id, status);
		verify_fail_error(check->observer, check->counts,
				  &check->casefile->error);
	}
}

static enum status check_all(struct segments_check *check)
{
	struct progress progress = { .step = "verify" };
	int64_t total = 0;
	enum status status = casefile_integer(
		check->casefile, "SELECT sum(rows) FROM segment", 0, &total);

	progress.total = total > 0 ? (uint64_t)total : 0;
	while (status == STATUS_OK && (status = next_sound(check)) == STATUS_OK) {
		check->counts->segments++;
		check->counts->calls += check->segment.rows;
		progress.rows = progress.done = check->counts->calls;
		observer_progress(check->observer, &progress);
		if (!texts_sound(check))
			fail(check, "a text cannot be given back");
		status = check_digests(check);
	}
	return status == STATUS_END ? STATUS_OK : status;
}

static enum status open_all(struct segments_check *check)
{
	enum status status = segment_fetch_open(&check->fetch, check->casefile,
						SEGMENT_ALL, check->understood);

	if (status != STATUS_OK)
		return status;
	check->digests = casefile_prepare(
		check->casefile,
		check->understood
			? "SELECT s.sha256, r.sha256 FROM segment s LEFT JOIN"
			  " segment_read r ON r.id = s.id WHERE s.id = ?"
			: "SELECT sha256 FROM segment WHERE id = ?");
	if (!check->digests)
		return check->casefile->error.status;
	return forms_load(&check->forms, check->casefile);
}

enum status verify_segments(struct casefile *casefile,
			    const struct observer *observer,
			    struct verify_counts *counts)
{
	struct segments_check check = {
		.casefile = casefile,
		.observer = observer,
		.counts = counts,
		.understood = casefile_understood(casefile) ? SEGMENT_ALL : 0,
	};
	enum status status = open_all(&check);

	if (status == STATUS_OK) {
		status = check_all(&check);
	} else if (status == STATUS_INTEGRITY) {
		verify_fail_error(observer, counts, &casefile->error);
		status = STATUS_OK;
	}
	segment_fetch_close(&check.fetch);
	sqlite3_finalize(check.digests);
	segment_decoder_release(&check.decoder);
	raw_segment_release(&check.raw);
	forms_release(&check.forms);
	buf_release(&check.text);
	return status;
}
