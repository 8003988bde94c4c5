/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers of a case read once: ids for how, and for texts that are none. */
#include "normalise/readings.h"

#include <stdlib.h>
#include <string.h>

#define CACHE_PLACES 65536

/* A reading packed into an integer: the fields of table reading. */
#define PACK(class, rule, region, country, type, possible, valid) \
	((uint64_t)(class) | (uint64_t)(rule) << 8 | (uint64_t)(region) << 16 | \
	 (uint64_t)(country) << 28 | (uint64_t)(type) << 40 | \
	 (uint64_t)(possible) << 48 | (uint64_t)(valid) << 49)

enum status readings_open(struct readings *readings, struct error *error)
{
	memset(readings, 0, sizeof(*readings));
	readings->plan = numplan_new();
	readings->cache = aligned_alloc(64, CACHE_PLACES * sizeof(*readings->cache));
	if (!readings->plan || !readings->cache)
		return error_memory(error);
	memset(readings->cache, 0, CACHE_PLACES * sizeof(*readings->cache));
	return STATUS_OK;
}

void readings_release(struct readings *readings)
{
	numplan_free(readings->plan);
	map64_release(&readings->ids);
	buf_release(&readings->packed);
	dictionary_release(&readings->shown);
	free(readings->cache);
	memset(readings, 0, sizeof(*readings));
}

static uint64_t pack(const struct readings *readings, const struct reading *r)
{
	int country = r->number.region;

	/* Ranges kept for fiction, and others that are not in the plan, belong
	 * to no region; the country of their calling code is known. */
	if (r->e164 && country == 0)
		country = numplan_main_region(readings->plan,
					      r->number.country_code);
	return PACK(r->class, r->rule, r->number.region, country, r->number.type,
		    r->number.possible, r->number.valid);
}

bool readings_read(struct readings *readings, struct text text, int region,
		   struct number_seen *seen)
{
	struct reading reading;
	uint64_t packed;
	uint64_t *id;
	bool added;

	seen->e164 = seen->reading = 0;
	if (!text.data)
		return true;
	number_read(readings->plan, text.data, text.len, region, &reading);
	if (reading.class == NUMBER_CLASS_ABSENT)
		return true;
	packed = pack(readings, &reading);
	id = map64_add(&readings->ids, packed, &added);
	if (!id)
		return false;
	if (added) {
		*id = readings->ids.count;
		buf_add(&readings->packed, &packed, sizeof(packed));
	}
	seen->reading = (int64_t)*id;
	seen->e164 = (int64_t)reading.e164;
	return !readings->packed.failed;
}

static struct reading_cache *place_of(const struct readings *readings,
				      int64_t form, int64_t value)
{
	/* The upper bits of the product mix all lower ones; that will do here. */
	uint64_t mix = ((uint64_t)value ^ (uint64_t)form << 44) *
		       UINT64_C(0x9e3779b97f4a7c15);

	return &readings->cache[mix >> 48 & (CACHE_PLACES - 1)];
}

void readings_fetch(const struct readings *readings, int64_t form, int64_t value)
{
	__builtin_prefetch(place_of(readings, form, value), 1);
}

struct reading_cache *readings_cached(struct readings *readings, int64_t form,
				      int64_t value, int region, bool *known)
{
	struct reading_cache *place = place_of(readings, form, value);

	*known = place->form == (uint32_t)form && place->value == value &&
		 place->region == region && form != FORM_ABSENT;
	if (!*known) {
		place->form = (uint32_t)form;
		place->value = value;
		place->region = region;
	}
	return place;
}

static void bind_reading(const struct readings *readings, sqlite3_stmt *insert,
			 uint64_t packed)
{
	const struct numplan *plan = readings->plan;

	bind_cstring(insert, 2, number_class_name((enum number_class)(packed & 0xff)));
	bind_cstring(insert, 3,
		     number_rule_name((enum number_rule)(packed >> 8 & 0xff)));
	bind_cstring(insert, 4,
		     numplan_region_name(plan, (int)(packed >> 16 & 0xfff)));
	bind_cstring(insert, 5,
		     numplan_region_name(plan, (int)(packed >> 28 & 0xfff)));
	bind_cstring(insert, 6,
		     number_type_name((enum number_type)(packed >> 40 & 0xff)));
	bind_integer(insert, 7, (int64_t)(packed >> 48 & 1));
	bind_integer(insert, 8, (int64_t)(packed >> 49 & 1));
}

static enum status store_readings(const struct readings *readings,
				  struct casefile *casefile)
{
	enum status status = STATUS_OK;
	sqlite3_stmt *insert = casefile_prepare(
		casefile, "INSERT INTO reading(id, class, rule, region, country,"
			  " type, possible, valid) VALUES(?, ?, ?, ?, ?, ?, ?, ?)");

	if (!insert)
		return casefile->error.status;
	for (size_t i = 0; i < readings->ids.count && status == STATUS_OK; i++) {
		uint64_t packed;

		memcpy(&packed, readings->packed.data + i * sizeof(packed),
		       sizeof(packed));
		bind_integer(insert, 1, (int64_t)i + 1);
		bind_reading(readings, insert, packed);
		status = casefile_run(casefile, insert);
	}
	sqlite3_finalize(insert);
	return status;
}

enum status readings_store(const struct readings *readings,
			   struct casefile *casefile)
{
	sqlite3_stmt *insert;
	enum status status = store_readings(readings, casefile);

	if (status != STATUS_OK)
		return status;
	insert = casefile_prepare(casefile,
				  "INSERT INTO shown(id, text) VALUES(?, ?)");
	if (!insert)
		return casefile->error.status;
	for (uint32_t i = 0; i < readings->shown.count && status == STATUS_OK; i++) {
		bind_integer(insert, 1, (int64_t)i + 1);
		bind_blob(insert, 2, dictionary_text(&readings->shown, i));
		status = casefile_run(casefile, insert);
	}
	sqlite3_finalize(insert);
	return status;
}
