/* SPDX-License-Identifier: Apache-2.0 */
/* All is written to the file, with its texts, and its hashes are sorted: then it is known which
 * are of several accounts, and the file is read once for these. */
#include "correlate/persons/identity_sift.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/table/dictionary.h"
#include "correlate/persons/email_identity.h"
#include "correlate/persons/identity_read.h"

/* Bytes that are written at a time. */
#define CHUNK 262144
/* Of what was seen last, which is not noted again: a power of two. */
#define RECENT 16384

/* Beside the marks of a value: */
#define SIGHTING_KEPT 0x8000       /* it goes to the identifiers whoever has it */
#define SIGHTING_WEAK 0x4000       /* it is in no figure */

/* A value of an account. Two values of one hash would be taken for one where they are
 * counted, which memory errs more often than. */
struct sighting {
	uint64_t group;            /* a hash of what accounts share, and of the rule */
	uint64_t value;            /* of the value: of a group there are several by e-mail alone */
	uint32_t slot;
	uint16_t marks;
	uint16_t rule;
	/* Of those seen last: */
	uint64_t place, member;
};

/* What the file has, before the text. */
struct noted_head {
	uint64_t group;
	struct occurrence item;    /* value: the bytes of the text */
	int64_t output;
	uint16_t mark, rule;
	bool has_output;
};

struct sift_chunk {
	uint64_t at;
	size_t len;
};

static int compare(const void *a, const void *b)
{
	const struct sighting *x = a, *y = b;

	if (x->group != y->group)
		return x->group < y->group ? -1 : 1;
	if (x->value != y->value)
		return x->value < y->value ? -1 : 1;
	return x->slot < y->slot ? -1 : x->slot > y->slot;
}

static void combine(void *sum, const void *part)
{
	struct sighting *to = sum;

	to->marks |= ((const struct sighting *)part)->marks;
}

/* Without where they stand. */
static const struct record_kind kind = { offsetof(struct sighting, place), compare, combine, true };

bool identity_sift_open(struct identity_sift *sift, const struct identity_sift_given *given)
{
	memset(sift, 0, sizeof(*sift));
	sift->given = *given;
	sift->secret = secret_get();
	sift->recent = calloc(RECENT, sizeof(*sift->recent));
	return sift->secret && sift->recent &&
	       parts_open(&sift->sightings, &kind, given->spill, given->memory, 1, 64);
}

void identity_sift_close(struct identity_sift *sift)
{
	parts_close(&sift->sightings);
	free(sift->recent);
	free(sift->chunks);
	free(sift->wanted);
	free(sift->starts);
	buf_release(&sift->noted);
	buf_release(&sift->room);
	for (unsigned rule = 0; rule < LINK_RULES; rule++)
		free(sift->alone[rule]);
	memset(sift, 0, sizeof(*sift));
}

/* ---- noting ---- */

static uint64_t hash(const struct identity_sift *sift, enum link_rule rule, struct text text)
{
	return hash_pair(sift->secret, hash_bytes(sift->secret, text.data, text.len), rule);
}

/* What e-mail addresses that may be twins have in common. False: no memory. */
static bool group_email(struct identity_sift *sift, struct text email, struct sighting *sighting)
{
	struct text bare;

	buf_clear(&sift->room);
	if (!buf_room(&sift->room, email.len + EMAIL_IDENTITY_ROOM))
		return false;
	bare = (struct text){ sift->room.data, email_bare(email, sift->room.data) };
	if (bare.len)
		sighting->group = hash(sift, LINK_EMAIL, bare);
	return true;
}

/* What is not told by marks. */
static uint16_t marks_of(const struct identity_sift *sift, enum link_rule rule, struct text text)
{
	const struct identity_sift_given *given = &sift->given;
	const struct weak_row *row = given->weak && rule != LINK_PHONE ? weak_list_find(given->weak, rule, text) : NULL;

	if (given->never && never_has(given->never, rule, text))
		return SIGHTING_KEPT | SIGHTING_WEAK;
	return row && row->weak ? SIGHTING_WEAK : 0;
}

static struct sighting *recent_of(const struct identity_sift *sift, const struct sighting *sighting)
{
	return &sift->recent[(sighting->value ^ sighting->slot) & (RECENT - 1)];
}

/* Whether a row before this one said all that it says: with outputs the value is another. */
static bool is_seen(const struct identity_sift *sift, const struct sighting *sighting, uint16_t mark)
{
	const struct sighting *at = recent_of(sift, sighting);

	return at->slot == sighting->slot && at->value == sighting->value && (mark & ~at->marks) == 0 &&
	       !occurrence_before(sighting->place, sighting->member, at->place, at->member);
}

static bool write_chunk(struct identity_sift *sift)
{
	struct sift_chunk chunk = { 0, sift->noted.len };
	void *chunks = sift->chunks;

	if (!memory_room(&chunks, &sift->chunk_capacity, sift->chunk_count + 1, sizeof(*sift->chunks)))
		return false;
	sift->chunks = chunks;
	if (!spill_reserve(sift->given.spill, chunk.len, &chunk.at) ||
	    !spill_write(sift->given.spill, chunk.at, sift->noted.data, chunk.len))
		return false;
	sift->chunks[sift->chunk_count++] = chunk;
	buf_clear(&sift->noted);
	return true;
}

static bool write_noted(struct identity_sift *sift, const struct identity_noted *noted, struct text text,
			uint64_t group)
{
	struct noted_head head;

	memset(&head, 0, sizeof(head));
	head.group = group;
	head.item = noted->item;
	head.item.value = (uint32_t)text.len;
	head.output = noted->output;
	head.mark = noted->mark;
	head.rule = (uint16_t)noted->rule;
	head.has_output = noted->has_output;
	buf_add(&sift->noted, &head, sizeof(head));
	buf_add(&sift->noted, text.data, text.len);
	return !sift->noted.failed && (sift->noted.len < CHUNK || write_chunk(sift));
}

bool identity_sift_note(struct identity_sift *sift, const struct identity_noted *noted)
{
	const struct text text = text_trim(noted->value);
	struct sighting sighting = { .slot = noted->item.slot, .rule = (uint16_t)noted->rule,
				     .marks = noted->mark, .place = noted->item.place, .member = noted->item.member };

	if (!text.len || !noted->item.slot)
		return true;
	if (text.len > UINT32_MAX)
		return false;
	sighting.group = sighting.value = hash(sift, noted->rule, text);
	/* Where a country makes it what it is, a later row without one comes first. */
	if (!noted->has_output && !noted->item.there && is_seen(sift, &sighting, noted->mark))
		return true;
	if (noted->rule == LINK_EMAIL && !group_email(sift, text, &sighting))
		return false;
	sighting.marks |= marks_of(sift, noted->rule, text);
	if (!noted->item.there)
		*recent_of(sift, &sighting) = sighting;
	return parts_put(&sift->sightings, 0, &sighting) && write_noted(sift, noted, text, sighting.group);
}

/* ---- which are wanted ---- */

/* Whether a value is in figures. */
static bool counts(const struct identity_sift *sift, const struct sighting *value)
{
	const struct weak_row *row;

	if (value->rule != LINK_PHONE || value->marks & SIGHTING_WEAK)
		return !(value->marks & SIGHTING_WEAK);
	row = sift->given.weak ? weak_list_marked(sift->given.weak, (uint8_t)value->marks) : NULL;
	return !(row && row->weak) && !(value->marks & MARK_NO_NUMBER);
}

static bool count_alone(struct identity_sift *sift, const struct sighting *value)
{
	uint32_t **alone = &sift->alone[value->rule];

	if (!*alone)
		*alone = calloc((size_t)sift->given.accounts + 1, sizeof(**alone));
	if (*alone)
		(*alone)[value->slot] += counts(sift, value);
	return *alone != NULL;
}

static bool want(struct identity_sift *sift, uint64_t group)
{
	void *wanted = sift->wanted;

	if (!memory_room(&wanted, &sift->wanted_capacity, sift->wanted_count + 1, sizeof(*sift->wanted)))
		return false;
	sift->wanted = wanted;
	sift->wanted[sift->wanted_count++] = group;
	return true;
}

/* A group whose first sighting this was, and which had others or not. */
static bool end_group(struct identity_sift *sift, const struct sighting *first, bool several)
{
	return several || first->marks & SIGHTING_KEPT ? want(sift, first->group) : count_alone(sift, first);
}

static bool find_wanted(struct identity_sift *sift)
{
	const struct sighting *next;
	struct sighting first;
	bool begun = false, several = false, good = parts_begin(&sift->sightings);

	while (good && (next = parts_next(&sift->sightings))) {
		if (begun && next->group == first.group) {
			several = true;
			continue;
		}
		good = !begun || end_group(sift, &first, several);
		memset(&first, 0, sizeof(first));
		memcpy(&first, next, kind.size);
		begun = true;
		several = false;
	}
	good = good && !parts_broken(&sift->sightings) && (!begun || end_group(sift, &first, several));
	parts_close(&sift->sightings);
	return good;
}

/* Where the wanted groups begin that have the same upper bits: about one each. */
static bool index_wanted(struct identity_sift *sift)
{
	unsigned bits = 1;
	size_t prefix = 0;

	while (bits < 31 && (size_t)1 << bits < sift->wanted_count)
		bits++;
	sift->shift = 64 - bits;
	sift->starts = memory_array(NULL, ((size_t)1 << bits) + 1, sizeof(*sift->starts));
	if (!sift->starts || sift->wanted_count > UINT32_MAX)
		return false;
	for (size_t i = 0; i < sift->wanted_count; i++)
		while (prefix <= sift->wanted[i] >> sift->shift)
			sift->starts[prefix++] = (uint32_t)i;
	while (prefix <= (size_t)1 << bits)
		sift->starts[prefix++] = (uint32_t)sift->wanted_count;
	return true;
}

static bool is_wanted(const struct identity_sift *sift, uint64_t group)
{
	const size_t prefix = (size_t)(group >> sift->shift);
	const uint32_t end = sift->starts[prefix + 1];

	for (uint32_t i = sift->starts[prefix]; i < end; i++)
		if (sift->wanted[i] == group)
			return true;
	return false;
}

/* ---- reading what is wanted ---- */

static bool add_output(struct identity_sift *sift, const struct noted_head *head, struct text txid,
		       struct identifiers *outputs)
{
	buf_clear(&sift->room);
	buf_add(&sift->room, txid.data, txid.len);
	buf_format(&sift->room, ":%lld", (long long)head->output);
	return !sift->room.failed && identifiers_add(outputs, buf_view(&sift->room), head->item);
}

static bool add_noted(struct identity_sift *sift, const struct noted_head *head, struct text text,
		      struct identifiers *rules, struct identifiers *outputs)
{
	if (!is_wanted(sift, head->group))
		return true;
	return identifiers_add_marked(&rules[head->rule], text, head->item, head->mark) &&
	       (!head->has_output || add_output(sift, head, text, outputs));
}

/* What is at hand. */
static bool add_all(struct identity_sift *sift, struct identifiers *rules, struct identifiers *outputs)
{
	const struct buf *noted = &sift->noted;
	struct noted_head head;
	bool good = true;

	for (size_t at = 0; at < noted->len && good; at += sizeof(head) + head.item.value) {
		memcpy(&head, noted->data + at, sizeof(head));
		good = add_noted(sift, &head, (struct text){ noted->data + at + sizeof(head), head.item.value }, rules,
				 outputs);
	}
	return good;
}

static bool read_chunk(struct identity_sift *sift, const struct sift_chunk *chunk)
{
	struct buf *noted = &sift->noted;

	buf_clear(noted);
	if (!buf_room(noted, chunk->len) || !spill_read(sift->given.spill, chunk->at, noted->data, chunk->len))
		return false;
	noted->len = chunk->len;
	return true;
}

bool identity_sift_run(struct identity_sift *sift, struct identifiers *rules, struct identifiers *outputs)
{
	/* The last ones were not written; no order matters. */
	bool good = find_wanted(sift) && index_wanted(sift) && add_all(sift, rules, outputs);

	for (size_t i = 0; i < sift->chunk_count && good; i++)
		good = read_chunk(sift, &sift->chunks[i]) && add_all(sift, rules, outputs);
	return good;
}
