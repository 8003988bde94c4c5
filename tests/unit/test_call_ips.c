/* SPDX-License-Identifier: Apache-2.0 */
/* Addresses of calls on several threads within a memory, against a walk over all calls. */
#include "correlate/calls/call_ips.h"
#include "correlate_world.h"

enum { SEGMENTS = 12, ROWS = 400, CALLS = SEGMENTS * ROWS, ACCOUNTS = 6, ADDRESSES = 600 };

struct made {
	char text[90];
	int64_t key, flags;
};

static struct made all[CALLS];

/* Few digits, many digits, letters, blanks around, none, and what is no address. */
static void make_text(uint64_t draw, char out[static 90])
{
	const unsigned number = (unsigned)(draw % ADDRESSES);

	switch (draw >> 32 & 7) {
	case 0:
	case 1:
		(void)snprintf(out, 90, "192.0.2.%u", number);
		break;
	case 2:
		(void)snprintf(out, 90, " 192.0.2.%u\t", number);
		break;
	case 3:
		(void)snprintf(out, 90, "2001:db8:1111:2222:3333:4444:5555:%04u", number);
		break;
	case 4:
		(void)snprintf(out, 90, "2001:db8::%x", number);
		break;
	case 5:
		(void)snprintf(out, 90, "%066u", number);
		break;
	default:
		out[0] = '\0';
	}
}

static void store(struct world *w, int segment)
{
	static int64_t values[READ_COLUMNS * SEGMENT_ROWS];
	struct text fields[CALL_ROLES] = { { NULL, 0 } };
	struct segment_writer writer;
	struct forms forms = { 0 };
	bool good = forms_load(&forms, &w->casefile) == STATUS_OK && segment_writer_open(&writer, &w->casefile, &forms, 1) == STATUS_OK;

	memset(values, 0, sizeof(values));
	for (int i = 0; i < ROWS && good; i++) {
		const struct made *m = &all[segment * ROWS + i];

		/* The last segments have no role ip. */
		fields[CALL_IP] = segment < SEGMENTS - 2 ? text_of(m->text) : text_of(NULL);
		fields[CALL_DIALLED] = text_of("1");
		values[READ_ACCOUNT * SEGMENT_ROWS + i] = m->key;
		values[READ_FLAGS * SEGMENT_ROWS + i] = m->flags;
		good = segment_writer_add(&writer, fields, &(struct segment_place){ 0, (uint64_t)(segment * ROWS + i + 2), 0, 1 }) == STATUS_OK;
	}
	good = good && segment_writer_flush(&writer) == STATUS_OK && forms_store(&forms, &w->casefile) == STATUS_OK &&
	       understand_segment(&w->casefile, segment + 1, values) == STATUS_OK;
	segment_writer_close(&writer);
	forms_release(&forms);
	if (!good)
		printf("Bail out! %s\n", w->casefile.error.text);
}

static void fill(struct world *w)
{
	uint64_t state = 3;

	for (int i = 0; i < CALLS; i++) {
		make_text(scratch_random(&state), all[i].text);
		all[i].key = (int64_t)(scratch_random(&state) % (ACCOUNTS + 1));
		all[i].flags = scratch_random(&state) % 16 ? 0 : scratch_random(&state) & 1 ? CALL_FLAG_UNREAD : CALL_FLAG_LEG;
	}
	for (int segment = 0; segment < SEGMENTS; segment++)
		store(w, segment);
}

/* The first line on which an account calls from an address; 0: it does not. */
static int64_t line_of(struct text address, int64_t key)
{
	for (int i = 0; i < CALLS - 2 * ROWS; i++)
		if (all[i].key == key && !(all[i].flags & CALL_FLAG_UNREAD) && text_equal(text_trim(text_of(all[i].text)), address))
			return i + 2;
	return 0;
}

struct result {
	struct identifiers ips;
	uint32_t *alone;
	enum status status;
};

static void scan_ips(struct world *w, struct result *r, const struct persons *persons, uint64_t memory, unsigned threads)
{
	struct spill spill;
	struct never never = { 0 };
	struct remark_writer remarks = { 0 };
	const struct source_absent absent = { 0 };
	struct identity_sift sift = { 0 };
	struct identifiers rules[LINK_RULES], outputs = { 0 };
	const struct identity_sift_given sifted = { .accounts = ACCOUNTS, .never = &never, .spill = &spill, .memory = memory };
	const struct call_ips_given given = { .casefile = &w->casefile, .observer = &w->observer, .persons = persons, .absent = &absent,
					      .spill = &spill, .memory = memory, .remarks = &remarks, .threads = threads, .sift = &sift };

	memset(r, 0, sizeof(*r));
	memset(rules, 0, sizeof(rules));
	buf_clear(&w->notices);
	(void)dictionary_add(&never.values[LINK_IP], text_of("192.0.2.599"));
	r->status = spill_open(&spill, ".") ? remark_writer_open(&remarks, &w->casefile, LAYER_CONCLUDED, &w->observer) : STATUS_FAILED;
	if (r->status == STATUS_OK)
		r->status = identity_sift_open(&sift, &sifted) ? call_ips_run(&given) : STATUS_FAILED;
	if (r->status == STATUS_OK && !(identity_sift_run(&sift, rules, &outputs) && identifiers_arrange(&rules[LINK_IP])))
		r->status = STATUS_FAILED;
	r->ips = rules[LINK_IP];
	r->alone = sift.alone[LINK_IP];
	sift.alone[LINK_IP] = NULL;
	identity_sift_close(&sift);
	remark_writer_close(&remarks);
	never_release(&never);
	spill_close(&spill);
}

static void release(struct result *r)
{
	identifiers_release(&r->ips);
	free(r->alone);
}

/* How many accounts call from an address. */
static unsigned accounts_of(struct text address)
{
	unsigned count = 0;

	for (int64_t key = 1; key <= ACCOUNTS; key++)
		count += line_of(address, key) != 0;
	return count;
}

static bool right(const struct result *r, const struct persons *persons)
{
	uint32_t alone[ACCOUNTS + 1] = { 0 };
	size_t shared = 0;
	bool good = true;

	for (int i = 0; i < CALLS - 2 * ROWS; i++) {
		const struct text address = text_trim(text_of(all[i].text));
		const bool first = line_of(address, all[i].key) == i + 2;
		const bool kept = accounts_of(address) > 1 || text_is(address, "192.0.2.599");

		if (!first || all[i].key == 0 || address.len == 0 || address.len > CALL_IP_MOST)
			continue;
		alone[persons->slots[all[i].key]] += !kept;
		shared += kept;
	}
	for (size_t i = 0; i < r->ips.count && good; i++)
		good = row_place_line(r->ips.items[i].place) ==
		       line_of(dictionary_text(&r->ips.values, r->ips.items[i].value), persons->keys[r->ips.items[i].slot]);
	return good && r->ips.count == shared && shared > 100 && memcmp(alone, r->alone, sizeof(alone)) == 0 && alone[1] > 20;
}

static void test_against_walk(struct world *w, const struct persons *persons)
{
	static const struct { uint64_t memory; unsigned threads; } ways[] = { { 1 << 20, 1 }, { 1, 1 }, { 1, 3 }, { 1 << 20, 4 } };
	unsigned long long_ones = 0;
	char said[100];

	for (int i = 0; i < CALLS - 2 * ROWS; i++)
		long_ones += strlen(all[i].text) == 66 && all[i].key && !(all[i].flags & CALL_FLAG_UNREAD);
	(void)snprintf(said, sizeof(said), "ip-too-long|ip|%lu", long_ones);
	for (size_t i = 0; i < COUNT(ways); i++) {
		struct result r;

		sql(w, "DELETE FROM conclusion_remark");
		scan_ips(w, &r, persons, ways[i].memory, ways[i].threads);
		OK(&tap, r.status == STATUS_OK && right(&r, persons), "memory %" PRIu64 ", %u threads: %zu shared", ways[i].memory,
		   ways[i].threads, r.ips.count);
		expect(w, "what is no address is said", "SELECT topic, role, count FROM conclusion_remark", said);
		release(&r);
	}
}

int main(void)
{
	struct persons persons = { 0 };
	struct result r;
	struct world w;
	char folder[32];

	scratch_enter(folder);
	begin(&w);
	if (casefile_reset_concluded(&w.casefile) != STATUS_OK || persons_load(&persons, &w.casefile) != STATUS_OK)
		printf("Bail out! %s\n", w.casefile.error.text);
	scan_ips(&w, &r, &persons, 1, 2);
	OK(&tap, r.status == STATUS_OK && r.ips.count == 0 && !r.alone, "no calls");
	release(&r);
	fill(&w);
	test_against_walk(&w, &persons);
	persons.accounts = 3;
	scan_ips(&w, &r, &persons, 1, 2);
	OK(&tap, r.status == STATUS_INTEGRITY && strstr(w.casefile.error.text, "names an account that the case has not"), "%s",
	   w.casefile.error.text);
	release(&r);
	persons_release(&persons);
	end(&w);
	scratch_leave(folder);
	return tap_done(&tap);
}
