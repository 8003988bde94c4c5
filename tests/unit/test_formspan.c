/* SPDX-License-Identifier: Apache-2.0 */
/* Fields looked at together against each by itself: the same forms and numbers, whatever stands between them. */
#include "casefile/form/formspan.h"

#include <stdio.h>

#include "casefile/form/formspan_known.h"
#include "scratch.h"
#include "starve.h"
#include "tap.h"

#define FIELDS 8
#define ROOM 512

/* A record: its bytes, and where its fields are, some of them elsewhere. */
struct bench {
	char bytes[ROOM], copy[ROOM];
	struct text fields[FIELDS];
	struct formcache *cache;
	int64_t next;           /* form of a text that is new */
	uint64_t state;
};

static uint64_t below(struct bench *bench, uint64_t limit)
{
	return scratch_random(&bench->state) % limit;
}

static const size_t which[FIELDS] = { 0, 1, 2, 3, 4, 5, 6, 7 };

/* # is a digit; of each column the first few are the most. */
static const char *const masks[FIELDS][6] = {
	{ "####-##-## ##:##:##", "####-##-## ##:##:##", "##/##/#### ##:##", "", "#", "##################" },
	{ "##########", "#########", "user###", "a,#", "#,a", "\\##" },
	{ "+############", "###########", "", "sip:+#############@gw.example;user=phone", "x", "y" },
	{ "###########", "+## #### ######", "##", "####", "", "z" },
	{ "##", "#", "###", "####", "#,#", "" },
	{ "#", "##", "###", ",", "#,#", "#################" },
	{ "ANSWERED", "NO ANSWER", "BUSY", "FAILED", "", "a status of many more bytes than are looked at together" },
	{ "#.####", "#", "#.######", "#.##", "", "########.########" },
};

static size_t write_field(struct bench *bench, const char *mask, char *to)
{
	size_t len = strlen(mask);

	for (size_t i = 0; i < len; i++)
		to[i] = mask[i] == '#' ? (char)('0' + below(bench, 10)) : mask[i];
	return len;
}

/* odd: fields stand elsewhere, further apart, or nowhere, too. */
static void draw_record(struct bench *bench, char separator, bool odd)
{
	size_t at = 0, copied = 0;

	memset(bench->bytes, 'x', sizeof bench->bytes);
	for (size_t i = 0; i < FIELDS; i++) {
		const size_t pick = below(bench, 4) ? below(bench, 2) : below(bench, 6);
		const size_t len = write_field(bench, masks[i][pick], bench->bytes + at);

		bench->fields[i] = (struct text){ bench->bytes + at, len };
		if (odd && below(bench, 12) == 0) {
			memcpy(bench->copy + copied, bench->bytes + at, len);
			bench->fields[i].data = bench->copy + copied;
			copied += len;
		} else if (odd && below(bench, 12) == 0) {
			bench->fields[i] = (struct text){ NULL, 0 };
		}
		at += len;
		bench->bytes[at++] = separator;
		if (odd && below(bench, 12) == 0)
			bench->bytes[at++] = separator;
	}
}

/* Teaches the cache what it has not met: looks alike are one form. */
static void teach(struct bench *bench)
{
	const struct text *f = bench->fields;

	for (size_t i = 0; i < FIELDS; i++) {
		int64_t form, values[FORMCACHE_GROUP];

		if (f[i].data && f[i].len <= FORMCACHE_TEXT && below(bench, 3) &&
		    formcache_choose(CPU_PLAIN)(bench->cache, f, &which[i], 1, &form, values))
			formcache_add(bench->cache, f[i], bench->next++);
	}
}

/* Whether both ways find the same of the record. */
static bool same(struct bench *bench, struct formspans *spans)
{
	int64_t forms[2][FORMSPAN_TEXTS], values[2][FORMSPAN_TEXTS];
	const size_t missing[2] = {
		formcache_choose(CPU_PLAIN)(bench->cache, bench->fields, which, FIELDS, forms[0], values[0]),
		formspans_find(spans, bench->cache, bench->fields, which, forms[1], values[1])
	};

	return missing[0] == missing[1] && !memcmp(forms[0], forms[1], FIELDS * sizeof **forms) &&
	       !memcmp(values[0], values[1], FIELDS * sizeof **values);
}

static void test_same(struct tap *tap, char separator, bool odd)
{
	static struct bench bench;
	const bool few[FIELDS] = { true, true, false, true, true, true, true, true };
	struct formspans *spans = formspans_new(which, few, FIELDS, CPU_AVX2);
	unsigned wrong = 0;

	bench = (struct bench){ .state = 11, .next = 2, .cache = formcache_new() };
	for (unsigned row = 0; row < 30000 && spans && bench.cache; row++) {
		draw_record(&bench, separator, odd);
		wrong += !same(&bench, spans);
		teach(&bench);
	}
	OK(tap, spans && bench.cache && formspans_any(spans) == (separator != '7') && wrong == 0, "records parted by %d%s", separator,
	   odd ? ", some fields elsewhere" : "");
	OK(tap, spans && (spans->count > 0) == (separator != '7'), "%zu of them are known", spans ? spans->count : 0);
	formspans_free(spans);
	formcache_free(bench.cache);
}

/* Fields that never are the same together are looked at one by one. */
static void test_apart(struct tap *tap)
{
	static struct bench bench;
	const bool few[FIELDS] = { true, true };
	struct formspans *spans = formspans_new(which, few, FIELDS, CPU_AVX2);
	const size_t parts = spans ? spans->part_count : 0;
	unsigned wrong = 0;

	bench = (struct bench){ .state = 5, .next = 2, .cache = formcache_new() };
	for (unsigned row = 0; row < 20000 && spans && bench.cache; row++) {
		draw_record(&bench, ',', false);
		/* Too long together. */
		bench.fields[1].len = 60;
		formcache_add(bench.cache, bench.fields[0], 2);
		formcache_add(bench.cache, bench.fields[1], 3);
		wrong += !same(&bench, spans);
		formcache_clear(bench.cache);
	}
	OK(tap, spans && wrong == 0 && parts == FIELDS - 1 && formspans_any(spans), "what is not known is no miss");
	for (unsigned row = 0; row < 20000 && spans && bench.cache; row++) {
		draw_record(&bench, ',', false);
		bench.fields[1].data = bench.copy;
		for (size_t i = 0; i < FIELDS; i++)
			formcache_add(bench.cache, bench.fields[i], (int64_t)i + 2);
		wrong += !same(&bench, spans);
		formcache_clear(bench.cache);
		for (size_t i = 0; i < 2; i++)
			formcache_add(bench.cache, bench.fields[i], (int64_t)i + 2);
		wrong += !same(&bench, spans);
	}
	OK(tap, spans && wrong == 0 && spans->part_count == FIELDS && !formspans_any(spans), "what never is known together is parted");
	formspans_free(spans);
	formcache_free(bench.cache);
}

static void test_parts(struct tap *tap)
{
	static const size_t columns[6] = { 4, 5, 6, 2, 3, 9 };
	const bool few[6] = { true, true, true, true, true, true }, none[6] = { false };
	struct formspans *spans = formspans_new(columns, few, 6, CPU_AVX2);

	OK(tap, spans && spans->part_count == 4 && spans->parts[0].count == 2 && spans->parts[1].count == 1 &&
			spans->parts[2].first == 3 && spans->parts[2].count == 2 && spans->parts[3].count == 1,
	   "columns one behind another, two or four");
	formspans_free(spans);
	spans = formspans_new(columns, none, 6, CPU_AVX2);
	OK(tap, spans && !formspans_any(spans), "fields of many forms are not looked at together");
	formspans_free(spans);
	spans = formspans_new(columns, few, 6, CPU_SSE2);
	OK(tap, spans && !formspans_any(spans), "nor are any below AVX2");
	formspans_free(spans);
	spans = formspans_new(columns, few, 6, CPU_AVX512);
	OK(tap, spans && !formspans_any(spans), "or above it");
	formspans_free(spans);
	formspans_free(NULL);
}

static bool open_one(void *context)
{
	const bool few[FIELDS] = { true, true };
	struct formspans *spans = formspans_new(which, few, FIELDS, CPU_PLAIN);

	(void)context;
	formspans_free(spans);
	return spans != NULL;
}

int main(void)
{
	struct tap tap = { 0 };

	test_parts(&tap);
	OK(&tap, starve(open_one, NULL) > 0, "memory that is refused");
	if (cpu_has(CPU_AVX2)) {
		test_same(&tap, ',', false);
		test_same(&tap, ',', true);
		test_same(&tap, '7', false);
		test_apart(&tap);
	} else {
		tap_skip(&tap, cpu_name(CPU_AVX2), "not on this machine");
	}
	return tap_done(&tap);
}
