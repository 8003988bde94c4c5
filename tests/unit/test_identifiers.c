/* SPDX-License-Identifier: Apache-2.0 */
/* What accounts go by, and which of it several share, against a walk over all that was added. */
#include "correlate/persons/identifiers.h"
#include "scratch.h"
#include "starve.h"
#include "tap.h"

static struct tap tap;

enum { MOST = 4000 };

struct added {
	char text[16];
	uint32_t slot;
	uint64_t place;
};

static struct added all[MOST];

static void make(size_t count, unsigned values, unsigned slots)
{
	uint64_t state = count + values;

	for (size_t i = 0; i < count; i++) {
		(void)snprintf(all[i].text, sizeof(all[i].text), "%c%u", 'a' + (int)(scratch_random(&state) % 2),
			       (unsigned)(scratch_random(&state) % values));
		all[i].slot = (uint32_t)(scratch_random(&state) % (slots + 1));
		(void)row_place_of(1 + (int64_t)(scratch_random(&state) % 3), (int64_t)(scratch_random(&state) % 100000), &all[i].place);
	}
}

static bool add_all(struct identifiers *rule, size_t count)
{
	bool good = identifiers_add(rule, text_of(""), (struct occurrence){ .slot = 1 }) &&
		    identifiers_add(rule, text_of(" \t "), (struct occurrence){ .slot = 1 });
	struct buf text = { 0 };

	for (size_t i = 0; i < count && good; i++) {
		buf_clear(&text);
		buf_text(&text, i % 3 ? "" : "  ");
		buf_text(&text, all[i].text);
		buf_text(&text, i % 5 ? "" : " ");
		good = !text.failed && identifiers_add(rule, buf_view(&text), (struct occurrence){ .place = all[i].place, .slot = all[i].slot });
	}
	buf_release(&text);
	return good;
}

/* The first place of a value of an account; UINT64_MAX: it has not that value. */
static uint64_t first_place(size_t count, struct text value, uint32_t slot)
{
	uint64_t place = UINT64_MAX;

	for (size_t i = 0; i < count; i++)
		if (all[i].slot == slot && text_is(value, all[i].text) && all[i].place < place)
			place = all[i].place;
	return place;
}

/* Occurrences by value and slot, each once, with its first place; as many as there are. */
static bool occurrences_right(const struct identifiers *rule, size_t count, unsigned slots)
{
	size_t expected = 0;
	bool good = true;

	for (uint32_t value = 0; value < rule->values.count; value++)
		for (uint32_t slot = 1; slot <= slots; slot++)
			expected += first_place(count, dictionary_text(&rule->values, value), slot) != UINT64_MAX;
	for (size_t i = 0; i < rule->count && good; i++) {
		const struct occurrence *item = &rule->items[i];

		good = item->place == first_place(count, dictionary_text(&rule->values, item->value), item->slot) &&
		       (i == 0 || item->value > item[-1].value || (item->value == item[-1].value && item->slot > item[-1].slot));
	}
	return good && rule->count == expected;
}

/* All values of two accounts and more, in byte order, and no others. */
static bool shared_right(const struct identifiers *rule)
{
	size_t expected = 0;
	bool good = true;

	for (size_t i = 0; i < rule->count;) {
		size_t end = i + 1;

		while (end < rule->count && rule->items[end].value == rule->items[i].value)
			end++;
		expected += end - i > 1;
		i = end;
	}
	for (size_t i = 0; i < rule->shared_count && good; i++) {
		const struct shared *shared = &rule->shared[i];
		const uint32_t value = rule->items[shared->first].value;

		good = shared->count > 1 && (i == 0 || text_compare(shared[-1].value, shared->value) < 0) &&
		       text_compare(shared->value, dictionary_text(&rule->values, value)) == 0 &&
		       (shared->first == 0 || rule->items[shared->first - 1].value != value);
		for (size_t k = 0; k < shared->count && good; k++)
			good = rule->items[shared->first + k].value == value;
		good = good && (shared->first + shared->count == rule->count || rule->items[shared->first + shared->count].value != value);
	}
	return good && rule->shared_count == expected;
}

static void test_random(size_t count, unsigned values, unsigned slots)
{
	struct identifiers rule = { 0 };
	bool good;

	make(count, values, slots);
	good = add_all(&rule, count) && identifiers_arrange(&rule);
	OK(&tap, good && occurrences_right(&rule, count, slots), "%zu rows of %u values: %zu occurrences", count, values, rule.count);
	OK(&tap, good && shared_right(&rule), "%zu values are shared", rule.shared_count);
	identifiers_release(&rule);
	identifiers_release(&rule);
}

static void test_places(void)
{
	static const int64_t sources[] = { 0, 1, 8388607 }, lines[] = { 0, 1, 1099511627775 };
	uint64_t place, before = 0;
	bool good = true;

	for (size_t s = 0; s < 3; s++)
		for (size_t l = 0; l < 3; l++) {
			good = good && row_place_of(sources[s], lines[l], &place) && row_place_source(place) == sources[s] &&
			       row_place_line(place) == lines[l] && (s + l == 0 || place > before);
			before = place;
		}
	OK(&tap, good, "places in order of source and line, and back");
	OK(&tap, !row_place_of(-1, 0, &place) && !row_place_of(0, -1, &place) && !row_place_of(8388608, 0, &place) &&
			 !row_place_of(0, 1099511627776, &place) && !row_place_of(INT64_MAX, INT64_MAX, &place),
	   "what no case has");
}

static bool arrange(void *context)
{
	struct identifiers rule = { 0 };
	const bool good = add_all(&rule, 300) && identifiers_arrange(&rule);

	(void)context;
	identifiers_release(&rule);
	return good;
}

int main(void)
{
	int refused;

	test_places();
	test_random(0, 1, 1);
	test_random(1, 1, 1);
	test_random(2, 1, 2);
	test_random(500, 1, 40);
	test_random(500, 300, 1);
	test_random(MOST, 200, 30);
	make(300, 50, 20);
	refused = starve(arrange, NULL);
	OK(&tap, refused > 8, "%d allocations refused, each a failure", refused);
	return tap_done(&tap);
}
