/* SPDX-License-Identifier: Apache-2.0 */
/* Values sifted within little memory, against identifiers of all that was noted: what is shared is the same,
 * with its rows and marks, and what accounts alone have is counted. */
#include "correlate/persons/identity_sift.h"
#include "correlate/persons/email_twins.h"
#include "correlate/persons/identity_read.h"
#include "scratch.h"
#include "tap.h"

static struct tap tap;

enum { NOTED = 60000, ACCOUNTS = 900 };

static const char weak_text[] = "email\tweak\tnone*@*\tsays none\nip\tweak\t10.0.0.0/8\tprivate\nphone\tweak\tfiction\tmade up\n";

/* What a sift is compared with. */
struct whole {
	struct identifiers rules[LINK_RULES], outputs;
};

struct sifted {
	struct whole kept;
	uint32_t *alone[LINK_RULES];
};

static char text[40];

/* Blanks around, dots and tags in e-mail, few transactions with outputs. */
static struct identity_noted draw(uint64_t *state)
{
	const unsigned r = (unsigned)(scratch_random(state) % 1000000), number = r % 4000;
	struct identity_noted noted = { .rule = (enum link_rule)(scratch_random(state) % LINK_RULES),
					.item = { .slot = (uint32_t)(scratch_random(state) % (ACCOUNTS + 1)),
						  .member = scratch_random(state) % 2 } };

	(void)row_place_of(1 + (int64_t)(scratch_random(state) % 3), (int64_t)(scratch_random(state) % 100000), &noted.item.place);
	if (noted.rule == LINK_EMAIL) {
		(void)snprintf(text, sizeof(text), r % 7 == 1 ? "no.ne%u@x.org" : r % 7 == 2 ? "none%u+t@x.org" : r % 3 ? "none%u@x.org" : "%u@x.org",
			       number / 4);
		noted.mark = r % 11 == 0 ? MARK_FOLDED : 0;
	} else if (noted.rule == LINK_IP) {
		(void)snprintf(text, sizeof(text), "%s%u.%u ", r % 3 ? " 10.0." : "192.0.", number / 250, number % 250);
	} else {
		(void)snprintf(text, sizeof(text), "%s%u", number % 50 ? "v" : "", number);
	}
	if (noted.rule == LINK_PHONE) {
		noted.mark = (uint16_t)(r % 13 == 0 ? 1 : r % 13 == 1 ? MARK_NO_NUMBER : 0);
		noted.item.there = r % 5 == 0;
		noted.item.country = r % 5 == 0 ? occurrence_country(text_of("GB")) : 0;
	}
	if (noted.rule == LINK_TXID) {
		noted.has_output = r % 2;
		noted.output = r % 2 ? (int64_t)(r % 3) : -7;
		noted.mark = r % 2 ? 0 : MARK_NO_OUTPUT;
	}
	noted.value = text_of(r % 97 ? text : " \t");
	return noted;
}

static bool add_whole(struct whole *whole, const struct identity_noted *noted)
{
	char output[60];
	const struct text value = text_trim(noted->value);

	if (!identifiers_add_marked(&whole->rules[noted->rule], value, noted->item, noted->mark))
		return false;
	(void)snprintf(output, sizeof(output), "%.*s:%lld", (int)value.len, value.data, (long long)noted->output);
	return !noted->has_output || value.len == 0 || identifiers_add(&whole->outputs, text_of(output), noted->item);
}

static bool arrange(struct whole *whole)
{
	bool good = identifiers_arrange(&whole->outputs);

	for (unsigned rule = 0; rule < LINK_RULES; rule++)
		good = good && identifiers_arrange(&whole->rules[rule]);
	return good;
}

static void release(struct whole *whole)
{
	identifiers_release(&whole->outputs);
	for (unsigned rule = 0; rule < LINK_RULES; rule++)
		identifiers_release(&whole->rules[rule]);
}

static bool same_items(const struct identifiers *a, size_t i, const struct identifiers *b, size_t k, size_t count)
{
	bool same = identifiers_mark(a, a->items[i].value) == identifiers_mark(b, b->items[k].value);

	for (; count && same; count--, i++, k++)
		same = a->items[i].place == b->items[k].place && a->items[i].member == b->items[k].member &&
		       a->items[i].slot == b->items[k].slot && a->items[i].there == b->items[k].there &&
		       a->items[i].country == b->items[k].country;
	return same;
}

/* Whether two have the same shared values, with the same rows. */
static bool same_shared(const struct identifiers *a, const struct identifiers *b)
{
	bool same = a->shared_count == b->shared_count;

	for (size_t i = 0; i < a->shared_count && same; i++) {
		const struct shared *x = &a->shared[i], *y = &b->shared[i];

		same = text_equal(x->value, y->value) && x->count == y->count && same_items(a, x->first, b, y->first, x->count);
	}
	return same;
}

static bool same_twins(const struct identifiers *a, const struct identifiers *b)
{
	struct identifiers x = { 0 }, y = { 0 };
	const bool same = email_twins_find(&x, a) && email_twins_find(&y, b) && x.shared_count > 20 && same_shared(&x, &y);

	identifiers_release(&x);
	identifiers_release(&y);
	return same;
}

static bool in_figures(const struct whole *whole, const struct identity_sift_given *given, enum link_rule rule, uint32_t value)
{
	const uint16_t mark = identifiers_mark(&whole->rules[rule], value);
	const struct text of = dictionary_text(&whole->rules[rule].values, value);
	const struct weak_row *row = rule == LINK_PHONE ? weak_list_marked(given->weak, (uint8_t)mark) : weak_list_find(given->weak, rule, of);

	return !(row && row->weak) && !never_has(given->never, rule, of) && !(rule == LINK_PHONE && mark & MARK_NO_NUMBER);
}

/* Counts the values of accounts that are not kept; gives how many values are of no one's company but kept. */
static size_t count_alone(const struct whole *whole, const struct sifted *sifted, const struct identity_sift_given *given,
			  enum link_rule rule, uint32_t *alone)
{
	const struct identifiers *ids = &whole->rules[rule], *kept = &sifted->kept.rules[rule];
	size_t more = 0, first;

	for (size_t i = 0; i < ids->count; i++) {
		const struct text of = dictionary_text(&ids->values, ids->items[i].value);
		const uint32_t there = dictionary_find(&kept->values, of);

		if (there == DICTIONARY_NONE)
			alone[ids->items[i].slot] += in_figures(whole, given, rule, ids->items[i].value);
		else
			more += identifiers_of(kept, there, &first) == 1;
	}
	return more;
}

static bool same_rule(const struct whole *whole, const struct sifted *sifted, const struct identity_sift_given *given,
		      enum link_rule rule)
{
	uint32_t alone[ACCOUNTS + 1] = { 0 };
	const size_t more = count_alone(whole, sifted, given, rule, alone);
	const size_t never = given->never->values[rule].count;

	return same_shared(&whole->rules[rule], &sifted->kept.rules[rule]) && whole->rules[rule].shared_count > 100 &&
	       (sifted->alone[rule] ? memcmp(alone, sifted->alone[rule], sizeof(alone)) == 0 : alone[1] == 0) &&
	       (rule == LINK_EMAIL ? more < whole->rules[rule].values.count / 2 : more <= never);
}

static bool fill(struct identity_sift *sift, struct whole *whole)
{
	uint64_t state = 77;
	bool good = true;

	for (size_t i = 0; i < NOTED && good; i++) {
		const struct identity_noted noted = draw(&state);

		good = add_whole(whole, &noted) && identity_sift_note(sift, &noted);
		/* Logins come again and again. */
		if (good && i % 3 == 0)
			good = add_whole(whole, &noted) && identity_sift_note(sift, &noted);
	}
	return good;
}

static void test_against_all(const struct identity_sift_given *given)
{
	struct identity_sift sift;
	struct sifted sifted = { .kept = { .outputs = { .count = 0 } } };
	struct whole whole = { .outputs = { .count = 0 } };
	bool good = identity_sift_open(&sift, given) && fill(&sift, &whole) &&
		    identity_sift_run(&sift, sifted.kept.rules, &sifted.kept.outputs) && arrange(&whole) && arrange(&sifted.kept);

	memcpy(sifted.alone, sift.alone, sizeof(sift.alone));
	OK(&tap, good, "sifted within %llu bytes", (unsigned long long)given->memory);
	for (unsigned rule = 0; rule < LINK_RULES; rule++)
		OK(&tap, good && same_rule(&whole, &sifted, given, (enum link_rule)rule), "%s: what is shared, and what is not",
		   link_rule_name((enum link_rule)rule));
	OK(&tap, good && same_shared(&whole.outputs, &sifted.kept.outputs) && whole.outputs.shared_count > 100, "outputs of transactions");
	OK(&tap, good && same_twins(&whole.rules[LINK_EMAIL], &sifted.kept.rules[LINK_EMAIL]), "twins of e-mail");
	identity_sift_close(&sift);
	identity_sift_close(&sift);
	release(&whole);
	release(&sifted.kept);
}

static void test_nothing(const struct identity_sift_given *given)
{
	struct identity_sift sift;
	struct whole whole = { .outputs = { .count = 0 } };
	const bool good = identity_sift_open(&sift, given) && identity_sift_run(&sift, whole.rules, &whole.outputs);

	OK(&tap, good && whole.rules[0].count == 0 && !sift.alone[LINK_IP], "nothing was noted");
	identity_sift_close(&sift);
	release(&whole);
}

static void test_few(struct identity_sift_given given)
{
	struct identity_noted noted = { .rule = LINK_DEVICE, .value = text_of("one"), .item = { .slot = 1 } };
	struct identity_sift sift;
	struct whole whole = { .outputs = { .count = 0 } };
	struct spill spill;
	bool good = spill_open(&spill, ".");

	given.spill = &spill;
	good = good && identity_sift_open(&sift, &given) && identity_sift_note(&sift, &noted);
	noted.item.slot = 2;
	good = good && identity_sift_note(&sift, &noted) && identity_sift_run(&sift, whole.rules, &whole.outputs);
	OK(&tap, good && whole.rules[LINK_DEVICE].count == 2 && spill.file < 0, "few values take no file");
	identity_sift_close(&sift);
	spill_close(&spill);
	release(&whole);
}

static void test_no_file(struct identity_sift_given given)
{
	struct identity_sift sift;
	struct whole whole = { .outputs = { .count = 0 } };
	struct spill spill;
	bool good = spill_open(&spill, "/nonexistent/directory");

	given.spill = &spill;
	good = good && identity_sift_open(&sift, &given);
	OK(&tap, good && !fill(&sift, &whole) && spill.error != 0, "no file, no more values");
	identity_sift_close(&sift);
	spill_close(&spill);
	release(&whole);
}

int main(void)
{
	struct identity_sift_given given = { .accounts = ACCOUNTS, .memory = 1 };
	struct weak_list weak = { 0 };
	struct never never = { 0 };
	struct error error = { 0 };
	struct spill spill;
	char folder[32];

	scratch_enter(folder);
	OK(&tap, spill_open(&spill, ".") && weak_list_parse(&weak, "weak", weak_text, &error) == STATUS_OK, "%s", error.text);
	for (unsigned i = 0; i < 4000; i += 50) {
		char name[20];

		(void)snprintf(name, sizeof(name), "%u", i);
		(void)dictionary_add(&never.values[LINK_DEVICE], text_of(name));
	}
	given.weak = &weak;
	given.never = &never;
	given.spill = &spill;
	test_against_all(&given);
	given.memory = UINT64_C(1) << 24;
	test_against_all(&given);
	test_nothing(&given);
	test_few(given);
	test_no_file(given);
	weak_list_release(&weak);
	never_release(&never);
	spill_close(&spill);
	scratch_leave(folder);
	return tap_done(&tap);
}
