/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers read: ids for how. */
#include "normalise/readings.h"

#include <string.h>

#include "casefile/sql.h"
#include "number/read/number_name.h"

/* A reading packed into an integer, the fields of table reading: where each
 * begins. Regions are below 256 and flags fill the upper half. */
enum {
	AT_CLASS = 0,
	AT_RULE = 4,
	AT_TYPE = 8,
	AT_POSSIBLE = 12,
	AT_VALID = 13,
	AT_REGION = 14,
	AT_COUNTRY = 23,
	AT_FLAGS = 32
};

#define FIELD(packed, at, bits) ((packed) >> (at) & ((UINT64_C(1) << (bits)) - 1))

void readings_release(struct readings *readings)
{
	map64_release(&readings->ids);
	buf_release(&readings->packed);
	memset(readings, 0, sizeof(*readings));
}

uint64_t readings_pack(const struct readings *readings, const struct reading *r)
{
	int country = r->number.region;

	/* Ranges kept for fiction, and others that are not in the plan, belong
	 * to no region; the country of their calling code is known. */
	if (r->e164 && country == 0)
		country = numplan_main_region(readings->plan,
					      r->number.country_code);
	return (uint64_t)r->class << AT_CLASS | (uint64_t)r->rule << AT_RULE |
	       (uint64_t)r->number.type << AT_TYPE |
	       (uint64_t)r->number.possible << AT_POSSIBLE |
	       (uint64_t)r->number.valid << AT_VALID |
	       (uint64_t)r->number.region << AT_REGION |
	       (uint64_t)country << AT_COUNTRY |
	       (uint64_t)flag_table_number(readings->flags, r) << AT_FLAGS;
}

int64_t readings_id(struct readings *readings, uint64_t packed)
{
	bool added;
	uint64_t *id = map64_add(&readings->ids, packed, &added);

	if (!id)
		return 0;
	if (added) {
		*id = readings->ids.count;
		buf_add(&readings->packed, &packed, sizeof(packed));
	}
	return readings->packed.failed ? 0 : (int64_t)*id;
}

uint64_t readings_packed(const struct readings *readings, int64_t id)
{
	uint64_t packed;

	memcpy(&packed, readings->packed.data + (size_t)(id - 1) * sizeof(packed),
	       sizeof(packed));
	return packed;
}

enum number_class readings_class(uint64_t packed)
{
	return (enum number_class)FIELD(packed, AT_CLASS, 4);
}

enum number_rule readings_rule(uint64_t packed)
{
	return (enum number_rule)FIELD(packed, AT_RULE, 4);
}

struct reading_sort readings_sort(const struct readings *readings, int64_t id)
{
	const uint64_t packed = readings_packed(readings, id);
	const uint32_t unsure = flag_table_unsure(readings->flags);

	return (struct reading_sort){
		readings_class(packed),
		readings_rule(packed),
		((uint32_t)(packed >> AT_FLAGS) & unsure) != 0,
	};
}

bool readings_see(struct readings *readings, const struct reading *reading,
		  struct number_seen *seen)
{
	seen->e164 = seen->reading = 0;
	if (reading->class == NUMBER_CLASS_ABSENT)
		return true;
	seen->reading = readings_id(readings, readings_pack(readings, reading));
	seen->e164 = (int64_t)reading->e164;
	return seen->reading != 0;
}

uint64_t readings_by_country(const struct readings *readings, uint64_t packed, bool unsure)
{
	packed &= ~(UINT64_C(15) << AT_RULE);
	packed |= (uint64_t)NUMBER_RULE_COUNTRY << AT_RULE;
	if (unsure)
		packed |= (uint64_t)flag_table_unsure(readings->flags) << AT_FLAGS;
	return packed;
}

uint64_t readings_look(const struct readings *readings, struct text text,
		       struct number_manner manner, int64_t *e164)
{
	struct unwrapped room;
	struct reading reading;

	*e164 = 0;
	if (!text.data)
		return 0;
	number_read_prefixed(readings->plan, text.data, text.len, manner, &reading);
	if (reading.class == NUMBER_CLASS_ABSENT && number_name(text, &room).len > 0)
		reading.class = NUMBER_CLASS_NON_NUMBER;
	if (reading.class == NUMBER_CLASS_ABSENT)
		return 0;
	*e164 = (int64_t)reading.e164;
	return readings_pack(readings, &reading);
}

bool readings_read(struct readings *readings, struct text text,
		   struct number_manner manner, struct number_seen *seen)
{
	const uint64_t packed =
		readings_look(readings, text, manner, &seen->e164);

	seen->reading = packed ? readings_id(readings, packed) : 0;
	return !packed || seen->reading;
}

static void bind_reading(const struct readings *readings, sqlite3_stmt *insert,
			 int64_t id)
{
	const uint64_t packed = readings_packed(readings, id);
	const struct reading_sort sort = readings_sort(readings, id);
	const struct numplan *plan = readings->plan;

	bind_cstring(insert, 2,
		     number_class_name(readings_class(packed)));
	bind_cstring(insert, 3,
		     number_rule_name(readings_rule(packed)));
	bind_cstring(insert, 4,
		     numplan_region_name(plan, (int)FIELD(packed, AT_REGION, 9)));
	bind_cstring(insert, 5,
		     numplan_region_name(plan, (int)FIELD(packed, AT_COUNTRY, 9)));
	bind_cstring(insert, 6,
		     number_type_name((enum number_type)FIELD(packed, AT_TYPE, 4)));
	bind_integer(insert, 7, (int64_t)FIELD(packed, AT_POSSIBLE, 1));
	bind_integer(insert, 8, (int64_t)FIELD(packed, AT_VALID, 1));
	bind_integer(insert, 10, sort.class == NUMBER_CLASS_SEVERAL ? 2 : sort.unsure);
}

static enum status store_reading(const struct readings *readings,
				 struct casefile *casefile, sqlite3_stmt *insert,
				 size_t i, struct buf *names)
{
	const uint64_t packed = readings_packed(readings, (int64_t)i + 1);

	buf_clear(names);
	flag_table_names(readings->flags, (uint32_t)(packed >> AT_FLAGS), names);
	if (names->failed)
		return error_memory(&casefile->error);
	bind_integer(insert, 1, (int64_t)i + 1);
	bind_reading(readings, insert, (int64_t)i + 1);
	bind_cstring(insert, 9, names->len ? names->data : "");
	return casefile_run(casefile, insert);
}

static enum status store_readings(const struct readings *readings,
				  struct casefile *casefile)
{
	struct buf names = { 0 };
	enum status status = STATUS_OK;
	sqlite3_stmt *insert = casefile_prepare(
		casefile, "INSERT INTO reading(id, class, rule, region, country,"
			  " type, possible, valid, flags, other)"
			  " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

	if (!insert)
		return casefile->error.status;
	for (size_t i = 0; i < readings->ids.count && status == STATUS_OK; i++)
		status = store_reading(readings, casefile, insert, i, &names);
	sqlite3_finalize(insert);
	buf_release(&names);
	return status;
}

/* What the names of flags mean, for whoever reads the case. */
static enum status store_flags(const struct readings *readings,
			       struct casefile *casefile)
{
	enum status status = STATUS_OK;
	const struct flag *flag;
	sqlite3_stmt *insert = casefile_prepare(
		casefile, "INSERT INTO flag(name, class, words, source)"
			  " VALUES(?, ?, ?, ?)");

	if (!insert)
		return casefile->error.status;
	for (size_t i = 0; status == STATUS_OK &&
			   (flag = flag_table_at(readings->flags, i)) != NULL; i++) {
		bind_cstring(insert, 1, flag->name);
		bind_cstring(insert, 2, flag_class_name(flag->class));
		bind_cstring(insert, 3, flag->words);
		bind_cstring(insert, 4, flag->source);
		status = casefile_run(casefile, insert);
	}
	sqlite3_finalize(insert);
	return status;
}

enum status readings_store(const struct readings *readings,
			   struct casefile *casefile)
{
	enum status status = store_flags(readings, casefile);

	return status == STATUS_OK ? store_readings(readings, casefile) : status;
}
