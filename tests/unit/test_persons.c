/* SPDX-License-Identifier: Apache-2.0 */
/* Persons as unions of accounts, against labels that spread until nothing changes; and links. */
#include "correlate/persons/links.h"
#include "correlate/persons/persons.h"
#include "correlate_world.h"

enum { MANY = 400 };

/* Accounts beside the six of the world, whose keys are in another order than their names. */
static void add_accounts(struct world *w, int many)
{
	sql(w, "WITH RECURSIVE n(i) AS (SELECT 7 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
	       " INSERT INTO account_key SELECT i, '', printf('n%%05d', i * 7919 %% 10007) FROM n WHERE i <= %d", many, many);
}

static void test_load(void)
{
	struct persons persons;
	struct world w;
	uint32_t slot = 99;
	bool good;

	begin(&w);
	add_accounts(&w, MANY);
	good = persons_load(&persons, &w.casefile) == STATUS_OK && persons.accounts == MANY;
	for (uint32_t i = 2; i <= MANY && good; i++)
		good = text_compare(persons_name(&persons, i - 1), persons_name(&persons, i)) < 0;
	OK(&tap, good, "slots are in byte order of the accounts");
	for (uint32_t key = 1; key <= MANY && good; key++)
		good = persons_slot(&persons, key, &slot) && persons.keys[slot] == key;
	OK(&tap, good && persons_slot(&persons, 0, &slot) && slot == 0, "keys and slots");
	OK(&tap, !persons_slot(&persons, -1, &slot) && !persons_slot(&persons, MANY + 1, &slot) && !persons_slot(&persons, INT64_MAX, &slot),
	   "a key that the case has not");
	OK(&tap, text_is(persons_name(&persons, 1), "a") && text_is(persons_name(&persons, 6), "f"), "names");
	persons_release(&persons);
	persons_release(&persons);
	sql(&w, "DELETE FROM account_key WHERE id = 5");
	OK(&tap, persons_load(&persons, &w.casefile) == STATUS_INTEGRITY && strstr(w.casefile.error.text, "account keys"), "a key is missing: %s",
	   w.casefile.error.text);
	persons_release(&persons);
	sql(&w, "DELETE FROM account_key");
	OK(&tap, persons_load(&persons, &w.casefile) == STATUS_OK && persons.accounts == 0, "no accounts");
	persons_number(&persons);
	OK(&tap, persons.count == 0, "and no persons");
	persons_release(&persons);
	end(&w);
}

static void test_ties(struct persons *persons, unsigned ties)
{
	static uint32_t label[MANY + 1], ends[2][MANY];
	uint64_t state = ties;
	uint32_t count = 0;
	bool good = true, changed = true;

	for (uint32_t i = 0; i <= MANY; i++)
		label[i] = persons->persons_of[i] = i;
	persons->count = 0;
	for (unsigned i = 0; i < ties; i++) {
		ends[0][i] = 1 + (uint32_t)(scratch_random(&state) % MANY);
		ends[1][i] = 1 + (uint32_t)(scratch_random(&state) % MANY);
		persons_tie(persons, ends[0][i], ends[1][i]);
	}
	while (changed) {
		changed = false;
		for (unsigned i = 0; i < ties; i++) {
			const uint32_t a = label[ends[0][i]], b = label[ends[1][i]];

			changed |= a != b;
			label[ends[0][i]] = label[ends[1][i]] = a < b ? a : b;
		}
	}
	persons_number(persons);
	/* A person is numbered where its least account is. */
	for (uint32_t slot = 1; slot <= MANY && good; slot++) {
		count += label[slot] == slot;
		good = persons->persons_of[slot] == (label[slot] == slot ? count : persons->persons_of[label[slot]]);
	}
	OK(&tap, good && persons->count == count && persons->persons_of[0] == 0, "%u ties make %u persons", ties, count);
}

static void test_numbers(void)
{
	static const unsigned ties[] = { 0, 1, 100, 200, 399 };
	struct persons persons;
	struct world w;
	bool good;

	begin(&w);
	add_accounts(&w, MANY);
	good = persons_load(&persons, &w.casefile) == STATUS_OK;
	for (size_t i = 0; i < COUNT(ties) && good; i++)
		test_ties(&persons, ties[i]);
	persons_release(&persons);
	end(&w);
}

/* ---- links ---- */

/* Values that some accounts share, by rule; a hub of them; each link's rows. */
static void test_links(unsigned threads)
{
	struct identifiers rules[LINK_RULES];
	uint32_t *alone[LINK_RULES] = { [LINK_TXID] = calloc(7, sizeof(uint32_t)) };
	struct links links = { 0 };
	struct persons persons;
	struct world w;
	struct links_given given;
	bool good = true;

	memset(rules, 0, sizeof(rules));
	begin(&w);
	w.settings.hub = 3;
	w.settings.links = 1u << LINK_EMAIL | 1u << LINK_PHONE;
	good = casefile_reset_concluded(&w.casefile) == STATUS_OK && persons_load(&persons, &w.casefile) == STATUS_OK;
	for (uint32_t slot = 1; slot <= 4; slot++) {
		struct occurrence item = { .slot = slot };

		(void)row_place_of(2, 10 + slot, &item.place);
		good = good && identifiers_add(&rules[LINK_EMAIL], text_of("hub"), item) &&
		       (slot > 2 || identifiers_add(&rules[LINK_PHONE], text_of("+44"), item)) &&
		       (slot < 3 || identifiers_add(&rules[LINK_IP], text_of("192.0.2.1"), item)) &&
		       identifiers_add(&rules[LINK_PHONE], text_of(slot == 4 ? "+45" : "+46"), item);
	}
	for (unsigned rule = 0; rule < LINK_RULES; rule++)
		good = good && identifiers_arrange(&rules[rule]);
	given = (struct links_given){ .casefile = &w.casefile, .observer = &w.observer, .settings = &w.settings, .rules = rules,
				      .persons = &persons, .threads = threads };
	OK(&tap, good && links_write(&links, &given) == STATUS_OK && links.rows == 7, "%u threads: links are written", threads);
	expect(&w, "from the least account to each other", "SELECT rule, value, account_a, account_b, strength, row_a, row_b FROM link ORDER BY id",
	       "email|hub|6|5|hub|11|12\nemail|hub|6|4|hub|11|13\nemail|hub|6|3|hub|11|14\nip|192.0.2.1|4|3|weak|13|14\n"
	       "phone|+44|6|5|decisive|11|12\nphone|+46|6|5|decisive|11|12\nphone|+46|6|4|decisive|11|13");
	notices_are(&w, "a hub ties nothing", "email 'hub': shared by 4 accounts, more than 3: a hub, it ties nothing\n", true);
	/* Slots 1 to 3 are person 1; 4 to 6 are 2 to 4. */
	alone[LINK_TXID][3] = 1;
	alone[LINK_TXID][4] = 2;
	alone[LINK_TXID][6] = 7;
	persons_number(&persons);
	OK(&tap, persons.count == 4 && persons.persons_of[3] == 1 && persons.persons_of[4] == 2, "what was asked for ties");
	OK(&tap, persons_group(&persons) && persons.starts[1] == 1 && persons.starts[2] == 4 && persons.starts[5] == 7 &&
			 persons.members[0] == 0 && persons.members[3] == 3 && persons.members[6] == 6, "the accounts of each");
	OK(&tap, links_count(&links, &given, alone) && links.counts[LINK_EMAIL][1] == 1 && links.counts[LINK_PHONE][1] == 2 &&
			 links.counts[LINK_PHONE][2] == 1 && links.counts[LINK_IP][1] == 1 && links.counts[LINK_TXID][1] == 1 &&
			 links.counts[LINK_TXID][4] == 7 && !alone[LINK_TXID] && rules[LINK_EMAIL].count == 4,
	   "values of each person, with those that accounts alone have, and the rules are as they were");
	links_release(&links);
	links_release(&links);
	for (unsigned rule = 0; rule < LINK_RULES; rule++)
		identifiers_release(&rules[rule]);
	persons_release(&persons);
	end(&w);
}

int main(void)
{
	char folder[32];

	scratch_enter(folder);
	test_load();
	test_numbers();
	test_links(1);
	test_links(2);
	scratch_leave(folder);
	return tap_done(&tap);
}
